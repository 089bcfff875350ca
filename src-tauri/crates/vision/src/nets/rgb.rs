//! The picture every network reads: borrowed, interleaved RGB8.
//!
//! Deliberately not an owner of pixels and not a decoder; it only fixes the layout once.

/// A borrowed RGB picture: three bytes per pixel, rows top to bottom, no padding between rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RgbView<'a> {
    pixels: &'a [u8],
    width_px: usize,
    height_px: usize,
}

impl<'a> RgbView<'a> {
    /// Wraps `pixels`. `None` when a side is zero or the length is not `width_px * height_px * 3`.
    #[must_use]
    pub fn new(pixels: &'a [u8], width_px: usize, height_px: usize) -> Option<Self> {
        let bytes = width_px.checked_mul(height_px)?.checked_mul(3)?;
        (bytes > 0 && bytes == pixels.len()).then_some(Self {
            pixels,
            width_px,
            height_px,
        })
    }

    /// The bytes, `R G B R G B …`.
    #[must_use]
    pub fn pixels(&self) -> &'a [u8] {
        self.pixels
    }

    /// Width in pixels, at least 1.
    #[must_use]
    pub fn width_px(&self) -> usize {
        self.width_px
    }

    /// Height in pixels, at least 1.
    #[must_use]
    pub fn height_px(&self) -> usize {
        self.height_px
    }
}
