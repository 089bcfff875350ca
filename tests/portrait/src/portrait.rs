//! The parameters of a drawn portrait, and the picture it becomes.

/// A colour as sRGB red, green, blue.
pub type Rgb = [u8; 3];

/// The light blue of the standard (教毕指〔2017〕99号).
pub const LIGHT_BLUE: Rgb = [100, 197, 255];
/// The light grey of the standard.
pub const LIGHT_GREY: Rgb = [240, 240, 240];
/// White.
pub const WHITE: Rgb = [255, 255, 255];

/// An upright 24-bit picture, three bytes a pixel, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// `width_px * height_px * 3` bytes, R G B.
    pub rgb: Vec<u8>,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
}

impl Picture {
    /// The colour at a pixel; `None` outside the picture.
    #[must_use]
    pub fn at(&self, x: u32, y: u32) -> Option<Rgb> {
        if x >= self.width_px || y >= self.height_px {
            return None;
        }
        let start = (y as usize * self.width_px as usize + x as usize) * 3;
        self.rgb.get(start..start + 3).map(|p| [p[0], p[1], p[2]])
    }

    /// The pixels as a camera held sideways would store them, so that a reader who obeys the EXIF orientation tag
    /// `orientation` (1..=8, TIFF 6.0 tag 274) sees this picture again. Any other value returns a plain copy.
    #[must_use]
    pub fn stored_for_orientation(&self, orientation: u16) -> Picture {
        let (w, h) = (self.width_px, self.height_px);
        let (sw, sh) = if (5..=8).contains(&orientation) {
            (h, w)
        } else {
            (w, h)
        };
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for y in 0..sh {
            for x in 0..sw {
                let (dx, dy) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (w - 1 - y, x),
                    7 => (w - 1 - y, h - 1 - x),
                    8 => (y, h - 1 - x),
                    _ => (x, y),
                };
                rgb.extend_from_slice(&self.at(dx, dy).unwrap_or_default());
            }
        }
        Picture {
            rgb,
            width_px: sw,
            height_px: sh,
        }
    }
}

/// What stands behind the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Backdrop {
    /// Colour of the backdrop, at the top when it fades.
    pub colour: Rgb,
    /// Colour at the bottom edge, for a backdrop that is not uniform.
    pub fades_to: Option<Rgb>,
    /// Strength of the shadow the person throws on the backdrop to the right, 0 none to 1 black.
    pub shadow: f32,
    /// A door frame and a picture on the wall: things that do not belong in an ID photo.
    pub object: bool,
}

/// The cut of the clothes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClothesStyle {
    /// Jacket with lapels, white shirt and tie.
    SuitAndTie,
    /// Jacket with lapels over a white open collar.
    Suit,
    /// Shirt with a folded collar.
    Shirt,
    /// Round-necked jumper.
    RoundNeck,
    /// Shoulders bare but for two straps, which the standard refuses.
    Straps,
}

/// What the person wears.
#[derive(Clone, Debug, PartialEq)]
pub struct Clothes {
    /// The cut.
    pub style: ClothesStyle,
    /// Colour of the jacket, shirt or jumper.
    pub colour: Rgb,
    /// Colour of the tie, where there is one.
    pub tie: Rgb,
}

/// How the hair is worn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HairStyle {
    /// Short, combed back.
    Short,
    /// Short with a side parting.
    SideParted,
    /// Drawn back tightly and tied.
    TiedBack,
    /// Long, tucked behind the ears.
    BehindEars,
    /// Long, hanging over both ears.
    OverEars,
}

/// The hair.
#[derive(Clone, Debug, PartialEq)]
pub struct Hair {
    /// How it is worn.
    pub style: HairStyle,
    /// Its colour.
    pub colour: Rgb,
    /// How far a fringe hangs: 0 none, about 0.5 to just above the brows, 1 over the brows to the lids, 1.25 over the
    /// eyes; at most 1.5.
    pub fringe: f32,
}

/// A pair of glasses.
#[derive(Clone, Debug, PartialEq)]
pub struct Glasses {
    /// Colour of the frame.
    pub frame: Rgb,
    /// Darkness of the lenses: 0 clear, 0.6 sunglasses, 1 black.
    pub tint: f32,
    /// Strength of a white reflection on the lenses, 0 none to 1 hiding the iris.
    pub glare: f32,
}

/// Everything about a drawn portrait. The default conforms to the standard at 480×640 px.
///
/// Lengths are pixels of the picture; left and right are the viewer's. Change single fields by struct update:
/// `Portrait { lid_gap: 0.0, ..Portrait::default() }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// Width of the picture, 16 to 8192.
    pub width_px: u32,
    /// Height of the picture, 16 to 8192.
    pub height_px: u32,
    /// Row of the highest hair of the upright head.
    pub crown_y_px: f32,
    /// Row of both iris centres of the upright head that looks straight ahead.
    pub eye_line_y_px: f32,
    /// Row of the chin of the head that looks straight ahead; `None` takes the eye line plus 0.80 of the face width.
    pub chin_y_px: Option<f32>,
    /// Width of the face at the cheekbones, without the ears.
    pub face_width_px: f32,
    /// Column of the middle of the face.
    pub centre_x_px: f32,
    /// Distance of the iris centres; `None` takes 0.45 of the face width.
    pub inter_eye_px: Option<f32>,
    /// Opening of the lids: 0 closed, 1 open as in a calm face, up to 1.4 staring.
    pub lid_gap: f32,
    /// Opening of the lips: 0 closed, 1 wide open (0.30 of the distance from eyes to chin).
    pub mouth_gap: f32,
    /// Whether teeth show where the lips are open.
    pub teeth: bool,
    /// Lift of the mouth's corners: 0 none, 1 a broad smile.
    pub smile: f32,
    /// Head turned: positive moves the nose to the right of the picture. Up to ±35.
    pub yaw_deg: f32,
    /// Head nodded: positive looks up. Up to ±25.
    pub pitch_deg: f32,
    /// Head tilted: positive turns it clockwise in the picture, about the point between the eyes.
    pub roll_deg: f32,
    /// What stands behind.
    pub backdrop: Backdrop,
    /// What the person wears.
    pub clothes: Clothes,
    /// Shoulders sloping: positive puts the right shoulder lower.
    pub shoulder_tilt_deg: f32,
    /// Colour of the skin in even light.
    pub skin: Rgb,
    /// The hair.
    pub hair: Hair,
    /// Both ears hidden behind the hair whatever its style.
    pub ears_hidden: bool,
    /// Fine grain of the face's skin in levels of 255 (standard deviation), as pores and down give it: 0 smooth, 4 usual.
    pub skin_grain: f32,
    /// Width of the jaw: 0 pointed, 0.5 oval, 1 square.
    pub jaw: f32,
    /// Colour of the lips.
    pub lips: Rgb,
    /// Thickness of the brows: 1 usual.
    pub brow: f32,
    /// Strength of the lashes: 0 hardly any, 1 long and dark.
    pub lash: f32,
    /// Width of the neck: 0 slender, 1 strong.
    pub neck: f32,
    /// Glasses, if worn.
    pub glasses: Option<Glasses>,
    /// A stud of gold in each lobe.
    pub earrings: bool,
    /// A cap of this colour.
    pub cap: Option<Rgb>,
    /// Light from one side only: 0 even, 1 the right half of the face nearly black.
    pub light_from_left: f32,
    /// Exposure in stops: 0 right, -2 dark, +2 washed out.
    pub exposure: f32,
    /// Radius of the blur over the whole picture in pixels, 0 sharp, at most 100.
    pub blur_px: f32,
    /// Strength of the sensor's noise in levels of 255, 2 usual.
    pub noise: f32,
    /// Somebody else in the picture, drawn behind the person with the lengths of this picture.
    pub bystander: Option<Box<Portrait>>,
    /// Seed of hair strands, skin texture and noise.
    pub seed: u64,
}

impl Default for Portrait {
    fn default() -> Self {
        Self {
            width_px: 480,
            height_px: 640,
            crown_y_px: 80.0,
            eye_line_y_px: 250.0,
            chin_y_px: None,
            face_width_px: 220.0,
            centre_x_px: 240.0,
            inter_eye_px: None,
            lid_gap: 1.0,
            mouth_gap: 0.0,
            teeth: false,
            smile: 0.3,
            yaw_deg: 0.0,
            pitch_deg: 0.0,
            roll_deg: 0.0,
            backdrop: Backdrop {
                colour: LIGHT_BLUE,
                fades_to: None,
                shadow: 0.0,
                object: false,
            },
            clothes: Clothes {
                style: ClothesStyle::Suit,
                colour: [38, 42, 56],
                tie: [120, 30, 40],
            },
            shoulder_tilt_deg: 0.0,
            skin: [236, 198, 172],
            skin_grain: 4.0,
            hair: Hair {
                style: HairStyle::Short,
                colour: [34, 28, 27],
                fringe: 0.0,
            },
            ears_hidden: false,
            jaw: 0.5,
            lips: [196, 112, 104],
            brow: 1.0,
            lash: 0.5,
            neck: 0.5,
            glasses: None,
            earrings: false,
            cap: None,
            light_from_left: 0.0,
            exposure: 0.0,
            blur_px: 0.0,
            noise: 2.0,
            bystander: None,
            seed: 1,
        }
    }
}

impl Portrait {
    /// The same person standing elsewhere: the head moved to this column and eye line, and all its lengths brought to
    /// this face width.
    #[must_use]
    pub fn placed(&self, centre_x_px: f32, eye_line_y_px: f32, face_width_px: f32) -> Portrait {
        let factor = face_width_px / self.face_width_px.max(1.0);
        let moved = |row: f32| eye_line_y_px + (row - self.eye_line_y_px) * factor;
        Portrait {
            crown_y_px: moved(self.crown_y_px),
            eye_line_y_px,
            chin_y_px: self.chin_y_px.map(moved),
            face_width_px,
            centre_x_px,
            inter_eye_px: self.inter_eye_px.map(|v| v * factor),
            ..self.clone()
        }
    }

    /// The same portrait drawn `factor` times as large, every length with it.
    #[must_use]
    pub fn scaled(&self, factor: f32) -> Portrait {
        let side = |px: u32| (px as f32 * factor).round() as u32;
        Portrait {
            width_px: side(self.width_px),
            height_px: side(self.height_px),
            crown_y_px: self.crown_y_px * factor,
            eye_line_y_px: self.eye_line_y_px * factor,
            chin_y_px: self.chin_y_px.map(|v| v * factor),
            face_width_px: self.face_width_px * factor,
            centre_x_px: self.centre_x_px * factor,
            inter_eye_px: self.inter_eye_px.map(|v| v * factor),
            blur_px: self.blur_px * factor,
            bystander: self.bystander.as_ref().map(|b| Box::new(b.scaled(factor))),
            ..self.clone()
        }
    }
}
