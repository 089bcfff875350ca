//! The small pictures a screen shows instead of the original: preview and thumbnail.

use fast_image_resize::FilterType;

use crate::error::Error;
use crate::picture::Picture;
use crate::rendition::encode;

/// Longest side of a preview, px.
pub const PREVIEW_SIDE_PX: u32 = 1080;
/// Box a thumbnail fits into, px: the grid draws heads of any size at one size, a small one at about half
/// as large again as its card.
pub const THUMBNAIL_PX: (u32, u32) = (240, 320);
/// JPEG quality of both.
const QUALITY: u8 = 85;

/// A JPEG of the picture as displayed with its long side at most [`PREVIEW_SIDE_PX`]; never enlarged.
///
/// # Errors
/// [`Error::Encode`] never for a picture of this size in practice.
pub fn preview(picture: &Picture) -> Result<Vec<u8>, Error> {
    within(picture, PREVIEW_SIDE_PX, PREVIEW_SIDE_PX)
}

/// A JPEG of the picture as displayed that fits [`THUMBNAIL_PX`]; never enlarged.
///
/// # Errors
/// As [`preview`].
pub fn thumbnail(picture: &Picture) -> Result<Vec<u8>, Error> {
    within(picture, THUMBNAIL_PX.0, THUMBNAIL_PX.1)
}

/// A JPEG of the picture as displayed that fits a box of `width_px` by `height_px`; never enlarged.
///
/// # Errors
/// As [`preview`].
pub fn within(picture: &Picture, width_px: u32, height_px: u32) -> Result<Vec<u8>, Error> {
    if picture.width_px() <= width_px && picture.height_px() <= height_px {
        return encode(picture, QUALITY, 72);
    }
    encode(
        &picture.fitted(width_px, height_px, FilterType::Hamming)?,
        QUALITY,
        72,
    )
}
