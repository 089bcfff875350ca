//! What can go wrong when a file is made.

/// Why a picture could not be written as a file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The JPEG encoder refused the picture (a side of 0 or above 65535 px).
    #[error("a picture of {width_px}x{height_px} px cannot be encoded as JPEG")]
    Jpeg {
        /// Width of the picture in pixels.
        width_px: u32,
        /// Height of the picture in pixels.
        height_px: u32,
        /// The encoder's own words.
        source: jpeg_encoder::EncodingError,
    },
    /// The PNG encoder refused the picture.
    #[error("a picture of {width_px}x{height_px} px cannot be encoded as PNG")]
    Png {
        /// Width of the picture in pixels.
        width_px: u32,
        /// Height of the picture in pixels.
        height_px: u32,
    },
}
