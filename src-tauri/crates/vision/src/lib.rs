//! Bytes of a photo to measurements, previews and renditions.
//!
//! A host needs three names: [`Engine`] (the networks, loaded once), [`Session`] (one per thread) and
//! [`analyse`] (bytes in, [`Measurements`] and small pictures out). [`rendition`] makes the file that is
//! handed over. Everything here is a function of bytes: no paths, no clock, no thresholds of a standard.
//! A photo that is broken is a value in the measurements, never an error; hostile bytes neither panic nor
//! take more memory than [`decode::MEMORY_BUDGET_BYTES`].

pub mod bare;
mod box_mean;
pub mod code;
pub mod colour;
pub mod decode;
mod error;
pub mod file;
pub mod jpeg;
pub mod measure;
pub mod nets;
pub mod picture;
pub mod preview;
pub mod rendition;
mod spare;

pub use decode::Photo;
pub use error::Error;
pub use nets::{Engine, Session};
pub use picture::Picture;
pub use rendition::{Deviation, Rendition};
pub use zhaoshen_model::Measurements;

/// What one look at a photo yields.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Everything measured.
    pub measurements: Measurements,
    /// JPEG for the screen, long side at most [`preview::PREVIEW_SIDE_PX`]; `None` when not decodable.
    pub preview: Option<Vec<u8>>,
    /// JPEG for the grid, fitted into [`preview::THUMBNAIL_PX`]; `None` when not decodable.
    pub thumbnail: Option<Vec<u8>>,
}

/// Decodes `bytes` once, measures the photo and makes its preview and thumbnail.
///
/// `file_name` only contributes its extension to the measurements.
pub fn analyse(bytes: &[u8], file_name: &str, session: &mut Session) -> Analysis {
    let photo = Photo::open(bytes, file_name);
    let measurements = measure::measure(&photo, session);
    let small = photo.picture.as_ref().and_then(|picture| {
        let preview = preview::preview(picture).ok()?;
        Some((preview, preview::thumbnail(picture).ok()?))
    });
    let (preview, thumbnail) = small.unzip();
    Analysis {
        measurements,
        preview,
        thumbnail,
    }
}

/// Measures a photo without making pictures of it.
pub fn check(bytes: &[u8], file_name: &str, session: &mut Session) -> Measurements {
    measure::measure(&Photo::open(bytes, file_name), session)
}
