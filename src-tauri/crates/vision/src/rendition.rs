//! The finished file (成品): crop and scale only, never enlarged by itself, never retouched.
//!
//! [`render`] makes it, [`verify`] reads a written one back, [`conforms`] tells whether the original may
//! be handed over byte for byte. A source profile other than sRGB is left as it is: converting colours
//! would be retouching, so the photo's findings flag it instead.

use fast_image_resize::FilterType;
use jpeg_encoder::{ColorType, Encoder, PixelDensity, PixelDensityUnit, SamplingFactor};
use zhaoshen_model::measurement::{Completeness, FileFormat};
use zhaoshen_model::profile::RenditionSpec;
use zhaoshen_model::{Measurements, PixelRect};

use crate::decode::Photo;
use crate::error::Error;
use crate::jpeg;
use crate::picture::Picture;

/// Highest quality tried; above it files only grow.
pub const MAX_QUALITY: u8 = 95;

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// The JPEG.
    pub bytes: Vec<u8>,
    /// Its quality on the IJG scale.
    pub quality: u8,
    /// Whether it keeps to the largest size asked for; at the lowest quality it may not.
    pub fits: bool,
}

/// One way in which a file is not what the specification asks for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Deviation {
    /// Not a JPEG, or not decodable to its end.
    NotAJpeg,
    /// Width and height in px are other than asked for.
    Size {
        /// Width found, px.
        width_px: u32,
        /// Height found, px.
        height_px: u32,
    },
    /// Not 24-bit colour: components and bits per component found.
    Colour {
        /// Components.
        components: u8,
        /// Bits per component.
        bits: u8,
    },
    /// Chroma subsampling is another than 4:2:0.
    Subsampling(String),
    /// Quality on the IJG scale is below the lowest allowed, or unknown.
    Quality(Option<u8>),
    /// Density is other than asked for, or not stated.
    Density(Option<(f64, f64)>),
    /// File size in bytes is outside the usual band.
    Bytes(u64),
    /// The EXIF orientation turns the picture.
    Orientation(u8),
    /// A GPS position is embedded.
    Gps,
    /// A colour profile other than sRGB is embedded.
    Profile,
    /// Progressive instead of baseline: old printing software refuses it.
    Progressive,
    /// Bytes stand after the end of the picture.
    TrailingBytes(u64),
}

/// Crops, scales to exactly the size asked for, and encodes at the largest quality from
/// `spec.min_quality` to [`MAX_QUALITY`] whose file is at most `spec.max_bytes`.
///
/// `crop` is in px of the picture as displayed. The same pixels and specification give the same bytes.
///
/// # Errors
/// [`Error::CropOutside`], [`Error::Scale`], [`Error::Encode`].
pub fn render(
    picture: &Picture,
    crop: PixelRect,
    spec: &RenditionSpec,
) -> Result<Rendition, Error> {
    let (width, height) = (f64::from(spec.width_px), f64::from(spec.height_px));
    // Lanczos rings when it enlarges; Catmull-Rom rings less.
    let enlarged = crop.width < width || crop.height < height;
    let filter = if enlarged {
        FilterType::CatmullRom
    } else {
        FilterType::Lanczos3
    };
    let scaled = picture.scaled(crop, spec.width_px, spec.height_px, filter)?;
    largest_that_fits(&scaled, spec)
}

/// [`render`] from a file's bytes.
///
/// # Errors
/// [`Error::NotDecodable`] when there is no picture in the bytes; else as [`render`].
pub fn render_bytes(
    bytes: &[u8],
    crop: PixelRect,
    spec: &RenditionSpec,
) -> Result<Rendition, Error> {
    let photo = Photo::open(bytes, "");
    render(
        photo.picture.as_ref().ok_or(Error::NotDecodable)?,
        crop,
        spec,
    )
}

fn largest_that_fits(picture: &Picture, spec: &RenditionSpec) -> Result<Rendition, Error> {
    let lowest = spec.min_quality.clamp(1, 100);
    let at = |quality: u8| -> Result<Rendition, Error> {
        let bytes = encode(picture, quality, spec.dpi)?;
        let fits = bytes.len() as u64 <= spec.max_bytes;
        Ok(Rendition {
            bytes,
            quality,
            fits,
        })
    };
    let mut best = at(lowest)?;
    if !best.fits {
        return Ok(best);
    }
    let (mut low, mut high) = (lowest, MAX_QUALITY.max(lowest));
    // `low` fits; size grows with quality, so halve what is left.
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        let tried = at(middle)?;
        if tried.fits {
            low = middle;
            best = tried;
        } else {
            high = middle - 1;
        }
    }
    Ok(best)
}

/// Encodes a baseline 4:2:0 JPEG in a single scan with a JFIF density.
///
/// The encoder's optimised Huffman tables would save some 8 % of the size, but it then writes a scan per
/// component, which some readers show in false colours: not worth it for a file others must open.
pub(crate) fn encode(picture: &Picture, quality: u8, dpi: u16) -> Result<Vec<u8>, Error> {
    let (width_px, height_px) = (picture.width_px(), picture.height_px());
    let side = |length: u32| {
        u16::try_from(length).map_err(|_| Error::Scale {
            width_px,
            height_px,
        })
    };
    let mut bytes = Vec::with_capacity(64 << 10);
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_density(PixelDensity {
        density: (dpi, dpi),
        unit: PixelDensityUnit::Inches,
    });
    encoder
        .encode(
            picture.rgb(),
            side(width_px)?,
            side(height_px)?,
            ColorType::Rgb,
        )
        .map_err(|source| Error::Encode {
            width_px,
            height_px,
            source,
        })?;
    Ok(bytes)
}

/// Reads a written rendition back, pixels and all; an empty list when it is what `spec` asks for.
pub fn verify(bytes: &[u8], spec: &RenditionSpec) -> Vec<Deviation> {
    verify_opened(&Photo::open(bytes, ""), spec)
}

/// As [`verify`], for a file that has been opened, and so decoded, already.
pub fn verify_opened(photo: &Photo, spec: &RenditionSpec) -> Vec<Deviation> {
    if photo.file.completeness != Completeness::Complete {
        return vec![Deviation::NotAJpeg];
    }
    deviations(&photo.file, photo.jpeg.as_ref(), spec)
}

/// Whether the original is already a finished file, so that it may be handed over byte for byte when no
/// crop is needed; an empty list when it is. A file below the lowest usual size counts as a deviation too.
pub fn conforms(measurements: &Measurements, spec: &RenditionSpec) -> Vec<Deviation> {
    if measurements.file.completeness != Completeness::Complete {
        return vec![Deviation::NotAJpeg];
    }
    let mut found = deviations(&measurements.file, measurements.jpeg.as_ref(), spec);
    let Some(jpeg) = &measurements.jpeg else {
        return found;
    };
    if measurements.file.size_bytes < spec.min_bytes {
        found.push(Deviation::Bytes(measurements.file.size_bytes));
    }
    if jpeg.progressive {
        found.push(Deviation::Progressive);
    }
    if !jpeg::is_srgb(&jpeg.icc) {
        found.push(Deviation::Profile);
    }
    if measurements.file.trailing_bytes > 0 {
        found.push(Deviation::TrailingBytes(measurements.file.trailing_bytes));
    }
    found
}

fn deviations(
    file: &zhaoshen_model::measurement::FileFacts,
    jpeg: Option<&zhaoshen_model::measurement::JpegFacts>,
    spec: &RenditionSpec,
) -> Vec<Deviation> {
    let (FileFormat::Jpeg, Some(jpeg)) = (file.format, jpeg) else {
        return vec![Deviation::NotAJpeg];
    };
    let dpi = f64::from(spec.dpi);
    let density_fits = |(x, y): (f64, f64)| (x - dpi).abs() < 0.5 && (y - dpi).abs() < 0.5;
    let checks = [
        (
            (jpeg.stored_width_px, jpeg.stored_height_px) == (spec.width_px, spec.height_px),
            Deviation::Size {
                width_px: jpeg.stored_width_px,
                height_px: jpeg.stored_height_px,
            },
        ),
        (
            jpeg.components == 3 && jpeg.bits_per_component == 8,
            Deviation::Colour {
                components: jpeg.components,
                bits: jpeg.bits_per_component,
            },
        ),
        (
            jpeg.subsampling == "4:2:0",
            Deviation::Subsampling(jpeg.subsampling.clone()),
        ),
        (
            jpeg.quality.is_some_and(|q| q >= spec.min_quality),
            Deviation::Quality(jpeg.quality),
        ),
        (
            jpeg.density_dpi.is_some_and(density_fits),
            Deviation::Density(jpeg.density_dpi),
        ),
        (
            file.size_bytes <= spec.max_bytes,
            Deviation::Bytes(file.size_bytes),
        ),
        (
            jpeg.orientation == 1,
            Deviation::Orientation(jpeg.orientation),
        ),
        (!jpeg.has_gps, Deviation::Gps),
    ];
    checks
        .into_iter()
        .filter(|(fine, _)| !fine)
        .map(|(_, deviation)| deviation)
        .collect()
}

#[cfg(test)]
mod tests;
