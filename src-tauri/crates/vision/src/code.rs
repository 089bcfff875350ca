//! Whether a picture holds a QR code that can be read: asked of the picture of a 采集码, which is never read further.
//!
//! What the code says leaves this module as a digest only. `rqrr` finds and reads codes; it walks its picture with loops
//! that a picture made to that end keeps going for hours, so it is given one that counts every touch and ends the search
//! when a bound is passed. Not here: whose the picture is, and what two pictures of one code mean.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use fast_image_resize::FilterType;
use image::{GenericImage, GenericImageView, Luma};
use sha2::{Digest, Sha256};
use zhaoshen_model::measurement::FileFormat;
use zhaoshen_model::{CodeDigest, CodeFormat};

use crate::decode::Photo;
use crate::file;
use crate::picture::Picture;

/// Longest sides at which a code is looked for, px; a picture that is smaller is looked at as it is.
const SIDES_PX: [u32; 2] = [1600, 640];
/// Most touches of one picture: some twenty times what a sharp picture of the longest side takes.
const MOST_TOUCHES: u64 = 300_000_000;
/// Most corner marks that are held against each other; a code has three.
const MOST_CORNERS: u32 = 120;
/// What the digest begins with, so that it is the digest of nothing else.
const WORD: &[u8] = b"zhaoshen code 1\n";

/// What a picture of a code turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeReading {
    /// What kind of file it is.
    pub format: CodeFormat,
    /// Of what its codes say; `None` when none could be read.
    pub digest: Option<CodeDigest>,
}

/// Looks for a code in the file; `None` when it is neither JPEG nor PNG.
pub fn read(bytes: &[u8]) -> Option<CodeReading> {
    let format = match file::sniff(bytes) {
        FileFormat::Jpeg => CodeFormat::Jpeg,
        FileFormat::Png => CodeFormat::Png,
        _ => return None,
    };
    let digest = Photo::open(bytes, "")
        .picture
        .and_then(|picture| SIDES_PX.iter().find_map(|side| search(&picture, *side)));
    Some(CodeReading { format, digest })
}

/// The digest of all codes found in the picture at a size; several are one in whatever order they are found.
fn search(picture: &Picture, side_px: u32) -> Option<CodeDigest> {
    let (width, height) = (picture.width_px(), picture.height_px());
    let grey = match width.max(height) > side_px {
        false => Grey::of(picture),
        true => {
            let scale = f64::from(side_px) / f64::from(width.max(height));
            let scaled = |length: u32| ((f64::from(length) * scale) as u32).max(1);
            let small = picture.fitted(scaled(width), scaled(height), FilterType::Box);
            Grey::of(&small.ok()?)
        }
    };
    let said = catch_unwind(AssertUnwindSafe(|| payloads(grey))).unwrap_or_default();
    if said.is_empty() {
        return None;
    }
    let mut sha = Sha256::new_with_prefix(WORD);
    for payload in said {
        sha.update((payload.len() as u64).to_be_bytes());
        sha.update(payload);
    }
    Some(CodeDigest(sha.finalize().into()))
}

fn payloads(grey: Grey) -> BTreeSet<Vec<u8>> {
    let mut prepared = rqrr::PreparedImage::prepare(grey);
    let mut said = BTreeSet::new();
    for grid in prepared.detect_grids() {
        let mut payload = Vec::new();
        if grid.decode_to(&mut payload).is_ok() && !payload.is_empty() {
            said.insert(payload);
        }
    }
    said
}

/// A grey picture that ends the search when it has been touched too often.
struct Grey {
    pixels: Vec<u8>,
    width: u32,
    height: u32,
    /// Of this picture and of its copies.
    touches: Rc<Cell<u64>>,
    corners: u32,
    painted: u8,
}

/// What `rqrr` paints a region with that may be a corner mark, and one that is: once each, one after the other.
const MAYBE_CORNER: u8 = 4;
const CORNER: u8 = 2;

impl Grey {
    fn of(picture: &Picture) -> Self {
        let luma = |rgb: &[u8]| {
            let [r, g, b] = [rgb[0], rgb[1], rgb[2]].map(u32::from);
            ((r * 299 + g * 587 + b * 114) / 1000) as u8
        };
        Self {
            pixels: picture.rgb().chunks_exact(3).map(luma).collect(),
            width: picture.width_px(),
            height: picture.height_px(),
            touches: Rc::new(Cell::new(0)),
            corners: 0,
            painted: 0,
        }
    }

    fn touch(&self, times: u64) {
        let touches = self.touches.get() + times;
        self.touches.set(touches);
        if touches > MOST_TOUCHES {
            give_up();
        }
    }

    fn at(&self, x: u32, y: u32) -> usize {
        y as usize * self.width as usize + x as usize
    }
}

/// Leaves the search without a word to the panic hook: nothing is wrong with the program.
fn give_up() -> ! {
    resume_unwind(Box::new("too much for one picture"))
}

impl Clone for Grey {
    /// The search tries what it holds for a code on a copy.
    fn clone(&self) -> Self {
        self.touch(self.pixels.len() as u64);
        Self {
            pixels: self.pixels.clone(),
            touches: Rc::clone(&self.touches),
            ..*self
        }
    }
}

impl GenericImageView for Grey {
    type Pixel = Luma<u8>;

    fn dimensions(&self) -> (u32, u32) {
        self.touch(1);
        (self.width, self.height)
    }

    fn get_pixel(&self, x: u32, y: u32) -> Luma<u8> {
        self.touch(1);
        Luma([self.pixels[self.at(x, y)]])
    }
}

impl GenericImage for Grey {
    fn get_pixel_mut(&mut self, _: u32, _: u32) -> &mut Luma<u8> {
        // Deprecated, and asked by nobody: the search reads and puts.
        give_up()
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        self.touch(1);
        let [value] = pixel.0;
        if self.painted == MAYBE_CORNER && value == CORNER {
            self.corners += 1;
            if self.corners > MOST_CORNERS {
                give_up();
            }
        }
        self.painted = value;
        let at = self.at(x, y);
        self.pixels[at] = value;
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        self.put_pixel(x, y, pixel);
    }
}

#[cfg(test)]
mod tests;
