//! Pictures as files: JPEG in every kind a round meets, PNG, and files that are broken on purpose.

use jpeg_encoder::{ColorType, Encoder, PixelDensity, SamplingFactor};
use tiny_skia::{IntSize, Pixmap};

use crate::error::Error;
use crate::exif::with_segment;
use crate::portrait::Picture;

/// How the colour channels are thinned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subsampling {
    /// 4:4:4, not at all.
    Full,
    /// 4:2:2, by two across.
    Across,
    /// 4:2:0, by two across and down.
    Both,
}

/// The colour model inside the JPEG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JpegColour {
    /// Three channels, `YCbCr`, as nearly every JPEG.
    Colour,
    /// One channel.
    Grey,
    /// Four channels for print.
    Cmyk,
}

/// How a JPEG is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JpegOptions {
    /// Quality 1 to 100.
    pub quality: u8,
    /// Resolution written in the JFIF header, dots per inch; `None` writes an aspect ratio only.
    pub dpi: Option<u16>,
    /// Colour subsampling.
    pub subsampling: Subsampling,
    /// Progressive instead of baseline.
    pub progressive: bool,
    /// Colour model.
    pub colour: JpegColour,
}

impl Default for JpegOptions {
    /// Quality 92, 300 dpi, 4:2:0, baseline, colour.
    fn default() -> Self {
        Self {
            quality: 92,
            dpi: Some(300),
            subsampling: Subsampling::Both,
            progressive: false,
            colour: JpegColour::Colour,
        }
    }
}

/// Writes the picture as JPEG.
///
/// # Errors
/// [`Error::Jpeg`] for a picture with a side of 0 or above 65535 px.
pub fn encode_jpeg(picture: &Picture, options: &JpegOptions) -> Result<Vec<u8>, Error> {
    let refuse = |source| Error::Jpeg {
        width_px: picture.width_px,
        height_px: picture.height_px,
        source,
    };
    let side = |px: u32| u16::try_from(px).unwrap_or(0);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, options.quality.clamp(1, 100));
    encoder.set_sampling_factor(match options.subsampling {
        Subsampling::Full => SamplingFactor::F_1_1,
        Subsampling::Across => SamplingFactor::F_2_1,
        Subsampling::Both => SamplingFactor::F_2_2,
    });
    encoder.set_progressive(options.progressive);
    if let Some(dpi) = options.dpi {
        encoder.set_density(PixelDensity::dpi(dpi));
    }
    let (pixels, colour) = match options.colour {
        JpegColour::Colour => (picture.rgb.clone(), ColorType::Rgb),
        JpegColour::Grey => (
            picture.rgb.chunks_exact(3).map(luma).collect(),
            ColorType::Luma,
        ),
        JpegColour::Cmyk => (
            picture.rgb.chunks_exact(3).flat_map(cmyk).collect(),
            ColorType::Cmyk,
        ),
    };
    encoder
        .encode(
            &pixels,
            side(picture.width_px),
            side(picture.height_px),
            colour,
        )
        .map_err(refuse)?;
    Ok(bytes)
}

/// Writes the picture as PNG.
///
/// # Errors
/// [`Error::Png`] for a picture without pixels.
pub fn encode_png(picture: &Picture) -> Result<Vec<u8>, Error> {
    let refused = || Error::Png {
        width_px: picture.width_px,
        height_px: picture.height_px,
    };
    let rgba = picture
        .rgb
        .chunks_exact(3)
        .flat_map(|p| [p[0], p[1], p[2], 255])
        .collect();
    let size = IntSize::from_wh(picture.width_px, picture.height_px).ok_or_else(refused)?;
    let pixmap = Pixmap::from_vec(rgba, size).ok_or_else(refused)?;
    pixmap.encode_png().map_err(|_| refused())
}

/// The JPEG grown to at least `bytes` by comment segments of repeated text, which change no pixel. One that is
/// longer already, and what is no JPEG, is returned as it is.
#[must_use]
pub fn padded_to(jpeg: &[u8], bytes: usize) -> Vec<u8> {
    /// A segment's marker and length take four bytes besides its payload.
    const FRAME: usize = 4;
    const LARGEST: usize = 65_533;
    let mut out = jpeg.to_vec();
    while out.len() < bytes && out.starts_with(&[0xff, 0xd8]) {
        let payload = bytes.saturating_sub(out.len() + FRAME).clamp(1, LARGEST);
        out = with_segment(&out, 0xfe, &vec![b'.'; payload]);
    }
    out
}

/// The file cut off after this share (0 to 1) of its bytes, as an upload that broke.
#[must_use]
pub fn truncated(file: &[u8], share: f32) -> Vec<u8> {
    let kept = (file.len() as f32 * share.clamp(0.0, 1.0)) as usize;
    file[..kept.min(file.len())].to_vec()
}

/// The JPEG with another width and height in its frame header, as a hostile file would claim; the pixels stay.
#[must_use]
pub fn with_header_size(jpeg: &[u8], width_px: u16, height_px: u16) -> Vec<u8> {
    let mut out = jpeg.to_vec();
    let mut at = 2;
    while at + 9 < out.len() && out[at] == 0xff {
        let marker = out[at + 1];
        if (0xc0..=0xc2).contains(&marker) {
            out[at + 5..at + 7].copy_from_slice(&height_px.to_be_bytes());
            out[at + 7..at + 9].copy_from_slice(&width_px.to_be_bytes());
            break;
        }
        at += 2 + usize::from(u16::from_be_bytes([out[at + 2], out[at + 3]]));
    }
    out
}

/// Rec. 601 luma, as JFIF uses it.
fn luma(pixel: &[u8]) -> u8 {
    let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
    ((299 * r + 587 * g + 114 * b + 500) / 1000) as u8
}

/// Ink for light: black takes what the three inks share.
fn cmyk(pixel: &[u8]) -> [u8; 4] {
    let lightest = pixel[0].max(pixel[1]).max(pixel[2]);
    let ink = |value: u8| {
        let (lightest, value) = (u32::from(lightest), u32::from(value));
        ((lightest - value) * 255)
            .checked_div(lightest)
            .unwrap_or(0) as u8
    };
    [ink(pixel[0]), ink(pixel[1]), ink(pixel[2]), 255 - lightest]
}
