//! Pictures of 采集码 that came among the photos: they are told and not taken in, since one would stand over the student's
//! portrait.
//!
//! A code is looked for only where the picture's shape or name hints at one, so that an import stays as fast as its disk.

use rayon::prelude::*;
use zhaoshen_exchange::intake::Photo;
use zhaoshen_vision::{code, jpeg};

use super::{Intake, file_name};
use crate::check::CheckSession;
use crate::zh;

/// Words in names of such pictures.
const WORDS: [&str; 3] = ["采集码", "二维码", "qr"];
/// Up to this ratio of the longer side to the shorter a picture is a square, as codes are.
const SQUARE: f64 = 1.15;
/// From this ratio on it is a screen's.
const SCREEN: f64 = 1.7;
/// Where a PNG states its width and its height, each of four bytes (PNG, 11.2.2).
const PNG_SIZE_AT: usize = 16;

impl Intake<'_> {
    /// The photos but the pictures of codes, which are told.
    pub(super) fn without_codes(&mut self, batch: Vec<Photo>) -> Vec<Photo> {
        let hints = |photo: &Photo| may_be_code(file_name(&photo.path), &photo.bytes);
        if self.returned.is_some() || !batch.iter().any(hints) {
            return batch;
        }
        let checker = self.checker;
        let coded: Vec<bool> = batch
            .par_iter()
            .map_init(|| checker.session(), is_code)
            .collect();
        let mut photos = Vec::with_capacity(batch.len());
        for (photo, coded) in batch.into_iter().zip(coded) {
            match coded {
                true => {
                    self.progress.advance(1);
                    self.refuse(&photo.path, zh::PHOTO_IS_CODE, zh::PHOTO_IS_CODE_REMEDY);
                }
                false => photos.push(photo),
            }
        }
        photos
    }
}

/// Whether it shows a code that can be read, and nobody.
fn is_code(session: &mut CheckSession, photo: &Photo) -> bool {
    let name = file_name(&photo.path);
    may_be_code(name, &photo.bytes)
        && code::read(&photo.bytes).is_some_and(|read| read.digest.is_some())
        && session.measure(&photo.bytes, name).faces.is_empty()
}

fn may_be_code(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_lowercase();
    if WORDS.iter().any(|word| name.contains(word)) {
        return true;
    }
    size_px(bytes).is_some_and(|(width, height)| {
        let ratio = f64::from(width.max(height)) / f64::from(width.min(height).max(1));
        ratio <= SQUARE || ratio >= SCREEN
    })
}

/// Width and height, as the file states them.
fn size_px(bytes: &[u8]) -> Option<(u32, u32)> {
    if let Some(header) = jpeg::read(bytes) {
        return Some((header.facts.stored_width_px, header.facts.stored_height_px));
    }
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(four))
    };
    bytes
        .starts_with(b"\x89PNG")
        .then(|| Some((number(PNG_SIZE_AT)?, number(PNG_SIZE_AT + 4)?)))?
}
