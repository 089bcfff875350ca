//! What can go wrong when pictures are made; a bad photo is not an error but a measurement.

/// Why a rendition, preview or thumbnail could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The photo could not be decoded, so nothing can be made of it.
    #[error("the photo cannot be decoded")]
    NotDecodable,
    /// The crop is empty or reaches outside the picture.
    #[error(
        "crop {x:.1},{y:.1} {width:.1}x{height:.1} px lies outside the picture of {picture_width_px}x{picture_height_px} px"
    )]
    CropOutside {
        /// Left edge of the crop, px.
        x: f64,
        /// Top edge of the crop, px.
        y: f64,
        /// Width of the crop, px.
        width: f64,
        /// Height of the crop, px.
        height: f64,
        /// Width of the picture, px.
        picture_width_px: u32,
        /// Height of the picture, px.
        picture_height_px: u32,
    },
    /// A picture cannot be scaled to this size.
    #[error("cannot scale to {width_px}x{height_px} px")]
    Scale {
        /// Width asked for, px.
        width_px: u32,
        /// Height asked for, px.
        height_px: u32,
    },
    /// The JPEG encoder refused the picture (a side of 0 or above 65,535 px).
    #[error("cannot encode {width_px}x{height_px} px as JPEG")]
    Encode {
        /// Width, px.
        width_px: u32,
        /// Height, px.
        height_px: u32,
        /// The encoder's reason.
        source: jpeg_encoder::EncodingError,
    },
}
