//! The frame the head is drawn in, and the outlines whose position the truth depends on.
//!
//! Origin between the eyes, x to the right, y down, in pixels. [`Head::turned`] slides a feature over a round head
//! (yaw, pitch); [`Head::in_picture`] then tilts the head about the origin (roll, a true rotation).

use tiny_skia::Transform;

use crate::portrait::{HairStyle, Portrait};

/// Lid gap of a calm open eye as a share of the distance from eyes to chin.
const OPEN_LID_GAP: f32 = 0.090;
/// Lip gap of a wide open mouth as a share of the distance from eyes to chin.
const WIDE_MOUTH_GAP: f32 = 0.30;
/// Points drawn between two knots of a curve where the truth needs its extremes.
const SAMPLES: usize = 24;

/// A point of the head's frame or of the picture, in pixels.
pub(crate) type Spot = (f32, f32);

/// A portrait's head: its lengths in pixels and its three angles.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Eye midpoint in the picture.
    pub(crate) origin: Spot,
    /// Face width at the cheekbones.
    pub(crate) width: f32,
    /// From the eyes up to the crown.
    pub(crate) up: f32,
    /// From the eyes down to the chin.
    pub(crate) down: f32,
    /// Distance of the irises.
    pub(crate) inter_eye: f32,
    /// Height of the opening between the lids.
    pub(crate) lid_gap: f32,
    /// Height of the opening between the lips.
    pub(crate) mouth_gap: f32,
    jaw: f32,
    yaw: Spot,
    pitch: Spot,
    roll: Spot,
}

impl Head {
    /// Reads the lengths out of a portrait, with the missing ones in usual proportion.
    pub(crate) fn new(portrait: &Portrait) -> Self {
        let width = portrait.face_width_px.max(4.0);
        let down = portrait.chin_y_px.map_or(width * 0.80, |chin| {
            (chin - portrait.eye_line_y_px).max(4.0)
        });
        Self {
            origin: (portrait.centre_x_px, portrait.eye_line_y_px),
            width,
            up: (portrait.eye_line_y_px - portrait.crown_y_px).max(4.0),
            down,
            inter_eye: portrait.inter_eye_px.unwrap_or(width * 0.45),
            lid_gap: portrait.lid_gap.clamp(0.0, 1.4) * OPEN_LID_GAP * down,
            mouth_gap: portrait.mouth_gap.clamp(0.0, 1.0) * WIDE_MOUTH_GAP * down,
            jaw: portrait.jaw.clamp(0.0, 1.0),
            yaw: sine_cosine(portrait.yaw_deg.clamp(-35.0, 35.0)),
            pitch: sine_cosine(portrait.pitch_deg.clamp(-25.0, 25.0)),
            roll: sine_cosine(portrait.roll_deg.clamp(-90.0, 90.0)),
        }
    }

    /// Where a feature of the straight face lies once the head is turned and nodded.
    pub(crate) fn turned(&self, x: f32, y: f32) -> Spot {
        self.turned_out(x, y, 0.0)
    }

    /// As [`Self::turned`] for a feature that stands out of the face by `out` pixels, as a nose does.
    pub(crate) fn turned_out(&self, x: f32, y: f32, out: f32) -> Spot {
        let radius = self.width * 0.62;
        let depth = (radius * radius - x * x).max(0.0).sqrt() + out;
        let (sin, cos) = self.yaw;
        let across = x * cos + (depth - radius * 0.45) * sin;
        let depth = depth * cos - x * sin;
        let (sin, cos) = self.pitch;
        (across, y * cos - (depth - radius * 0.45) * sin)
    }

    /// The picture's point for a point of the head's frame.
    pub(crate) fn in_picture(&self, (x, y): Spot) -> Spot {
        let (sin, cos) = self.roll;
        (
            self.origin.0 + x * cos - y * sin,
            self.origin.1 + x * sin + y * cos,
        )
    }

    /// [`Self::in_picture`] as a transform for drawing.
    pub(crate) fn transform(&self) -> Transform {
        let (sin, cos) = self.roll;
        Transform::from_row(cos, sin, -sin, cos, self.origin.0, self.origin.1)
    }

    /// Sine of the yaw: how far to the right the face looks, -1 to 1.
    pub(crate) fn sideways(&self) -> f32 {
        self.yaw.0
    }

    /// Knots of the face's outline from the skull's top clockwise, hair and ears left out.
    pub(crate) fn face_outline(&self) -> Vec<Spot> {
        let (half, up, down) = (self.width / 2.0, self.up, self.down);
        let square = self.jaw - 0.5;
        let right = [
            (0.52, -0.86 * up),
            (0.86, -0.58 * up),
            (0.975, -0.22 * up),
            (1.0, 0.06 * down),
            (0.975, 0.30 * down),
            (0.915 + 0.07 * square, 0.53 * down),
            (0.765 + 0.14 * square, 0.755 * down),
            (0.50 + 0.15 * square, 0.920 * down),
            (0.225 + 0.08 * square, 0.983 * down),
        ];
        let slide = self.sideways() * half * 0.10;
        // Nodding carries the chin along, half as far as the mouth.
        let nod = -self.pitch.0 * down * 0.20;
        let place = |side: f32, (x, y): Spot| {
            let share = (y / down).clamp(0.0, 1.0);
            (side * x * half + slide * share, y + nod * share)
        };
        let mut knots = vec![(0.0, -0.92 * up)];
        knots.extend(right.iter().map(|&p| place(1.0, p)));
        knots.push((slide, down + nod));
        knots.extend(right.iter().rev().map(|&p| place(-1.0, p)));
        knots
    }

    /// Knots of the outer edge of the hair over the skull, from the left temple over the crown to the right one.
    pub(crate) fn skull_hair(&self, style: HairStyle) -> Vec<Spot> {
        let (half, up) = (self.width / 2.0, self.up);
        let full = match style {
            HairStyle::TiedBack => 0.0,
            HairStyle::Short | HairStyle::SideParted => 0.02,
            HairStyle::BehindEars | HairStyle::OverEars => 0.07,
        };
        let right = [
            (0.40, -0.955),
            (0.76, -0.80),
            (0.98, -0.53),
            (1.045, -0.22),
            (0.985, 0.05),
        ];
        let mut knots: Vec<Spot> = right
            .iter()
            .rev()
            .map(|&(x, y)| (-(x + full) * half, y * up))
            .collect();
        knots.push((0.0, -up));
        knots.extend(right.iter().map(|&(x, y)| ((x + full) * half, y * up)));
        knots
    }
}

/// Points along the smooth curve that [`crate::paint`] draws through these knots.
pub(crate) fn along(knots: &[Spot], closed: bool) -> Vec<Spot> {
    let mut points = Vec::with_capacity(knots.len() * SAMPLES);
    for [start, first, second, end] in segments(knots, closed) {
        for step in 0..SAMPLES {
            let t = step as f32 / SAMPLES as f32;
            let s = 1.0 - t;
            let weigh = |a: f32, b: f32, c: f32, d: f32| {
                a * s * s * s + 3.0 * b * s * s * t + 3.0 * c * s * t * t + d * t * t * t
            };
            points.push((
                weigh(start.0, first.0, second.0, end.0),
                weigh(start.1, first.1, second.1, end.1),
            ));
        }
    }
    points
}

/// The cubic Bézier pieces of the Catmull-Rom curve through the knots.
pub(crate) fn segments(knots: &[Spot], closed: bool) -> Vec<[Spot; 4]> {
    let count = knots.len();
    if count < 2 {
        return Vec::new();
    }
    let at = |index: isize| {
        if closed {
            knots[index.rem_euclid(count as isize) as usize]
        } else {
            knots[index.clamp(0, count as isize - 1) as usize]
        }
    };
    let pieces = if closed { count } else { count - 1 };
    (0..pieces as isize)
        .map(|i| {
            let (before, start, end, after) = (at(i - 1), at(i), at(i + 1), at(i + 2));
            let first = (
                start.0 + (end.0 - before.0) / 6.0,
                start.1 + (end.1 - before.1) / 6.0,
            );
            let second = (
                end.0 - (after.0 - start.0) / 6.0,
                end.1 - (after.1 - start.1) / 6.0,
            );
            [start, first, second, end]
        })
        .collect()
}

/// Sine and cosine of an angle in degrees by their series, the same on every machine (libm's are not).
fn sine_cosine(degrees: f32) -> (f32, f32) {
    let x = f64::from(degrees) * std::f64::consts::PI / 180.0;
    let (mut sine, mut cosine, mut term) = (0.0, 0.0, 1.0);
    for power in 0..20u32 {
        match power % 4 {
            0 => cosine += term,
            1 => sine += term,
            2 => cosine -= term,
            _ => sine -= term,
        }
        term *= x / f64::from(power + 1);
    }
    (sine as f32, cosine as f32)
}
