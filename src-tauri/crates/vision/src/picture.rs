//! An owned RGB picture and the few geometric things done to it: view, scale, turn upright.
//!
//! Deliberately not an image library: one layout (interleaved RGB8, rows from the top), no retouching.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions};
use zhaoshen_model::PixelRect;

use crate::box_mean::Means;
use crate::error::Error;
use crate::nets::RgbView;
use crate::spare::{self, Kept};

/// The whole number at or below `value`, which must lie within what `i64` holds. Without SSE 4.1, which not every
/// machine has, `f64::floor` is a call into the C library, too dear once per pixel.
#[inline]
pub(crate) fn floor_px(value: f64) -> i64 {
    let whole = value as i64;
    whole - i64::from(whole as f64 > value)
}

/// A picture as displayed: three bytes a pixel, rows from the top, no padding. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    rgb: Kept,
    width_px: u32,
    height_px: u32,
}

impl Picture {
    /// Wraps pixels. `None` when a side is zero or the length is not `width_px * height_px * 3`.
    pub fn new(rgb: Vec<u8>, width_px: u32, height_px: u32) -> Option<Self> {
        let bytes = u64::from(width_px)
            .checked_mul(u64::from(height_px))?
            .checked_mul(3)?;
        (bytes > 0 && bytes == rgb.len() as u64).then(|| Self {
            rgb: Kept::from(rgb),
            width_px,
            height_px,
        })
    }

    /// Width, px, at least 1.
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Height, px, at least 1.
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// The bytes, `R G B R G B …`.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The picture as the networks read it; `None` never happens for a picture made by [`Picture::new`].
    pub fn view(&self) -> Option<RgbView<'_>> {
        RgbView::new(&self.rgb, self.width_px as usize, self.height_px as usize)
    }

    /// The colour at column `x`, row `y`, clamped to the rim.
    #[inline]
    pub fn at(&self, x: i64, y: i64) -> [u8; 3] {
        let x = x.clamp(0, i64::from(self.width_px) - 1) as usize;
        let y = y.clamp(0, i64::from(self.height_px) - 1) as usize;
        let start = (y * self.width_px as usize + x) * 3;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }

    /// One row of bytes, clamped to the rim.
    pub fn row(&self, y: u32) -> &[u8] {
        let stride = self.width_px as usize * 3;
        let start = y.min(self.height_px - 1) as usize * stride;
        &self.rgb[start..start + stride]
    }

    /// The part `crop` scaled to exactly `width_px` × `height_px` with `filter`.
    ///
    /// # Errors
    /// [`Error::CropOutside`] when the crop is empty or leaves the picture by more than rounding,
    /// [`Error::Scale`] for a size of zero.
    pub fn scaled(
        &self,
        crop: PixelRect,
        width_px: u32,
        height_px: u32,
        filter: FilterType,
    ) -> Result<Self, Error> {
        let crop = self.inside(crop)?;
        let refused = || Error::Scale {
            width_px,
            height_px,
        };
        if width_px == 0 || height_px == 0 {
            return Err(refused());
        }
        let mut rgb = spare::taken(width_px as usize * height_px as usize * 3);
        if filter == FilterType::Box
            && let Some(means) = Means::new(
                [self.width_px, self.height_px],
                [crop.x, crop.y, crop.width, crop.height],
                [width_px, height_px],
            )
        {
            means.run(&self.rgb, self.width_px as usize, &mut rgb);
            return Self::new(rgb, width_px, height_px).ok_or_else(refused);
        }
        // Typed: the untyped calls would compile the scaling of every pixel format into this crate.
        let source = TypedImageRef::<U8x3>::from_buffer(self.width_px, self.height_px, &self.rgb)
            .map_err(|_| refused())?;
        let mut target = TypedImage::<U8x3>::from_buffer(width_px, height_px, &mut rgb)
            .map_err(|_| refused())?;
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(filter))
            .crop(crop.x, crop.y, crop.width, crop.height);
        spare::with_resizer(|resizer| resizer.resize_typed(&source, &mut target, &options))
            .map_err(|_| refused())?;
        Self::new(rgb, width_px, height_px).ok_or_else(refused)
    }

    /// The whole picture scaled so that it fits `width_px` × `height_px`; never enlarged.
    ///
    /// # Errors
    /// [`Error::Scale`] when the box is empty.
    pub fn fitted(&self, width_px: u32, height_px: u32, filter: FilterType) -> Result<Self, Error> {
        let (width, height) = (f64::from(self.width_px), f64::from(self.height_px));
        let scale = (f64::from(width_px) / width)
            .min(f64::from(height_px) / height)
            .min(1.0);
        let side = |length: f64| ((length * scale).round() as u32).max(1);
        self.scaled(self.frame(), side(width), side(height), filter)
    }

    /// The rectangle of the whole picture.
    pub fn frame(&self) -> PixelRect {
        PixelRect::new(
            0.0,
            0.0,
            f64::from(self.width_px),
            f64::from(self.height_px),
        )
    }

    /// `crop` with rounding errors of up to a hundredth of a pixel cut off, or why it is unusable.
    fn inside(&self, crop: PixelRect) -> Result<PixelRect, Error> {
        const SLACK_PX: f64 = 0.01;
        let (width, height) = (f64::from(self.width_px), f64::from(self.height_px));
        let (right, bottom) = (crop.x + crop.width, crop.y + crop.height);
        let usable = crop.x >= -SLACK_PX
            && crop.y >= -SLACK_PX
            && right <= width + SLACK_PX
            && bottom <= height + SLACK_PX
            && crop.width > SLACK_PX
            && crop.height > SLACK_PX;
        if !usable {
            return Err(Error::CropOutside {
                x: crop.x,
                y: crop.y,
                width: crop.width,
                height: crop.height,
                picture_width_px: self.width_px,
                picture_height_px: self.height_px,
            });
        }
        let (x, y) = (crop.x.max(0.0), crop.y.max(0.0));
        Ok(PixelRect::new(
            x,
            y,
            right.min(width) - x,
            bottom.min(height) - y,
        ))
    }

    /// The picture turned upright: `orientation` is EXIF tag 274, 1..=8; anything else changes nothing.
    #[must_use]
    pub fn upright(self, orientation: u8) -> Self {
        let (width, height) = (self.width_px as usize, self.height_px as usize);
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let swapped = orientation >= 5;
        let (new_width, new_height) = if swapped {
            (height, width)
        } else {
            (width, height)
        };
        let mut rgb = spare::taken(self.rgb.len());
        rgb.clear();
        for y in 0..new_height {
            for x in 0..new_width {
                let (source_x, source_y) = match orientation {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                let start = (source_y * width + source_x) * 3;
                rgb.extend_from_slice(&self.rgb[start..start + 3]);
            }
        }
        Self {
            rgb: Kept::from(rgb),
            width_px: new_width as u32,
            height_px: new_height as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn numbered(width: u32, height: u32) -> Picture {
        let rgb = (0..width * height)
            .flat_map(|i| [i as u8, (i + 50) as u8, (i + 100) as u8])
            .collect();
        Picture::new(rgb, width, height).unwrap()
    }

    #[test]
    fn pixels_must_fill_the_size() {
        assert!(Picture::new(vec![0; 11], 2, 2).is_none());
        assert!(Picture::new(Vec::new(), 0, 5).is_none());
        assert!(Picture::new(vec![0; 12], u32::MAX, u32::MAX).is_none());
    }

    #[test]
    fn every_orientation_puts_the_stored_corner_where_tiff_says() {
        // Where the stored top left pixel is seen (TIFF 6.0, tag 274).
        let seen_at = [
            (1, (0, 0)),
            (2, (2, 0)),
            (3, (2, 1)),
            (4, (0, 1)),
            (5, (0, 0)),
            (6, (1, 0)),
            (7, (1, 2)),
            (8, (0, 2)),
        ];
        for (orientation, (x, y)) in seen_at {
            let stored = numbered(3, 2);
            let corner = stored.at(0, 0);
            let seen = stored.clone().upright(orientation);
            assert_eq!(seen.at(x, y), corner, "orientation {orientation}");
            // The stored second pixel of the first row must be the neighbour along the turned row.
            assert_eq!(seen.rgb().len(), stored.rgb().len());
        }
        assert_eq!(numbered(3, 2).upright(6).at(1, 1), numbered(3, 2).at(1, 0));
        assert_eq!(numbered(3, 2).upright(8).at(0, 1), numbered(3, 2).at(1, 0));
    }

    #[test]
    fn a_crop_outside_is_refused_and_rounding_is_not() {
        let picture = numbered(8, 8);
        let scaled = |crop| picture.scaled(crop, 4, 4, FilterType::Bilinear);
        assert!(matches!(
            scaled(PixelRect::new(-1.0, 0.0, 4.0, 4.0)),
            Err(Error::CropOutside { .. })
        ));
        assert!(matches!(
            scaled(PixelRect::new(0.0, 0.0, 0.0, 4.0)),
            Err(Error::CropOutside { .. })
        ));
        assert!(matches!(
            scaled(PixelRect::new(f64::NAN, 0.0, 4.0, 4.0)),
            Err(Error::CropOutside { .. })
        ));
        let whole = scaled(PixelRect::new(-1e-9, 0.0, 8.0 + 1e-6, 8.0)).unwrap();
        assert_eq!((whole.width_px(), whole.height_px()), (4, 4));
    }

    #[test]
    fn fitting_keeps_the_shape_and_never_enlarges() {
        let picture = numbered(40, 20);
        let small = picture.fitted(10, 10, FilterType::Bilinear).unwrap();
        assert_eq!((small.width_px(), small.height_px()), (10, 5));
        assert_eq!(
            picture.fitted(100, 100, FilterType::Bilinear).unwrap(),
            picture
        );
    }
}
