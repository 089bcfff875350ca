//! Bytes to an upright picture, with the file's facts; every failure is a value.
//!
//! JPEG is what the standard asks for. PNG is decoded too, so that the reviewer sees what a renamed PNG
//! shows; other containers are only named. Third-party decoders run under limits and guarded against panics.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use zhaoshen_model::measurement::{Completeness, FileFacts, FileFormat, FileMarks, JpegFacts};
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

use crate::file;
use crate::jpeg;
use crate::picture::Picture;
use crate::spare;

/// Longest side that is decoded, px.
pub const MAX_SIDE_PX: u32 = 20_000;
/// Most pixels that are decoded.
pub const MAX_PIXELS: u64 = 120_000_000;
/// Most memory that decoding one photo may take, bytes: the picture, its turned copy and the
/// coefficients of a progressive file.
pub const MEMORY_BUDGET_BYTES: u64 = 480 << 20;

/// A photo read from its bytes: the facts of the file, and the picture when it could be decoded.
#[derive(Debug, Clone)]
pub struct Photo {
    /// The file as bytes.
    pub file: FileFacts,
    /// What the JPEG headers say; `None` when the file is not a JPEG with a frame header.
    pub jpeg: Option<JpegFacts>,
    /// What the file's segments tell of the programs that wrote it; empty when it is not a JPEG.
    pub marks: FileMarks,
    /// Quantisation steps of a JPEG's luma, in zigzag order.
    pub luma_steps: Option<[u16; 64]>,
    /// The picture as displayed; present for truncated files too, as far as they go.
    pub picture: Option<Picture>,
}

impl Photo {
    /// Reads and decodes `bytes`. `file_name` only contributes its extension.
    pub fn open(bytes: &[u8], file_name: &str) -> Self {
        let format = file::sniff(bytes);
        let (completeness, trailing_bytes, header, picture) = match format {
            FileFormat::Jpeg => open_jpeg(bytes),
            FileFormat::Png => {
                let (completeness, picture) = open_png(bytes);
                (completeness, 0, None, picture)
            }
            FileFormat::Empty => (
                Completeness::Undecodable("empty file".to_owned()),
                0,
                None,
                None,
            ),
            _ => (
                Completeness::Undecodable("not a JPEG".to_owned()),
                0,
                None,
                None,
            ),
        };
        let file = FileFacts {
            extension: file::extension(file_name).to_owned(),
            size_bytes: bytes.len() as u64,
            format,
            completeness,
            trailing_bytes,
        };
        let (jpeg, marks, luma_steps) = match header {
            Some(header) => (Some(header.facts), header.marks, header.luma_steps),
            None => (None, FileMarks::default(), None),
        };
        Self {
            file,
            jpeg,
            marks,
            luma_steps,
            picture,
        }
    }
}

type Opened = (Completeness, u64, Option<jpeg::Header>, Option<Picture>);

fn open_jpeg(bytes: &[u8]) -> Opened {
    let Some(header) = jpeg::read(bytes) else {
        // Cut before the frame header, or no JPEG beyond its first bytes.
        let state = if bytes.ends_with(&[0xFF, 0xD9]) {
            Completeness::Undecodable("no frame header".to_owned())
        } else {
            Completeness::Truncated
        };
        return (state, 0, None, None);
    };
    let trailing = header
        .end
        .map_or(0, |end| (bytes.len() - end.min(bytes.len())) as u64);
    let facts = &header.facts;
    let (width, height) = (facts.stored_width_px, facts.stored_height_px);
    if too_large(facts, header.separate_scans) {
        return (
            Completeness::TooLarge(width, height),
            trailing,
            Some(header),
            None,
        );
    }
    let (state, picture) = match decode_jpeg(bytes, header.separate_scans) {
        Err(_) if header.end.is_none() => (Completeness::Truncated, None),
        Err(reason) => (Completeness::Undecodable(reason), None),
        Ok(picture) => {
            let whole = header.end.is_some()
                && !(tail_looks_invented(&picture) && jpeg::scan_is_complete(bytes) == Some(false));
            let state = if whole {
                Completeness::Complete
            } else {
                Completeness::Truncated
            };
            (state, Some(picture.upright(facts.orientation)))
        }
    };
    (state, trailing, Some(header), picture)
}

fn too_large(facts: &JpegFacts, separate_scans: bool) -> bool {
    let (width, height) = (facts.stored_width_px, facts.stored_height_px);
    let pixels = u64::from(width) * u64::from(height);
    let turned = if facts.orientation == 1 { 0 } else { 3 };
    let coefficients = if facts.progressive || separate_scans {
        2 * u64::from(facts.components)
    } else {
        0
    };
    let memory = pixels.saturating_mul(3 + turned.max(coefficients));
    width > MAX_SIDE_PX
        || height > MAX_SIDE_PX
        || pixels > MAX_PIXELS
        || memory > MEMORY_BUDGET_BYTES
}

/// Decodes to RGB as stored; the reason in the decoder's words when it refuses or panics.
///
/// `zune-jpeg` reads nearly everything fast, but mixes up subsampled colours that stand in scans of their
/// own (seen in 0.5.15); those files go to `jpeg-decoder`.
fn decode_jpeg(bytes: &[u8], separate_scans: bool) -> Result<Picture, String> {
    let decode = if separate_scans {
        decode_scans
    } else {
        decode_fast
    };
    let decoded = catch_unwind(AssertUnwindSafe(|| decode(bytes)));
    decoded.unwrap_or_else(|_| Err("the decoder panicked".to_owned()))
}

/// The last pixel of every row before it is decoded. A row that was written has it by chance alone.
const UNWRITTEN: [u8; 3] = [1, 254, 3];

fn decode_fast(bytes: &[u8]) -> Result<Picture, String> {
    // A file that breaks off, or whose segments contradict each other, may leave rows as they were: of another picture, where
    // memory is used again. Such files are few, and clearing megabytes for all the others costs more than decoding those twice.
    match decode_onto(bytes, false)? {
        Some(picture) => Ok(picture),
        None => decode_onto(bytes, true)?.ok_or_else(|| "no rows".to_owned()),
    }
}

/// Decodes onto memory that is `cleared` before or not; `None` when it was not, and may not have been written all over.
fn decode_onto(bytes: &[u8], cleared: bool) -> Result<Option<Picture>, String> {
    let options = DecoderOptions::new_fast()
        .set_strict_mode(false)
        .set_max_width(MAX_SIDE_PX as usize)
        .set_max_height(MAX_SIDE_PX as usize)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    let refused = |error: DecodeErrors| format!("{error:?}");
    decoder.decode_headers().map_err(refused)?;
    let length = decoder.output_buffer_size().ok_or("no dimensions")?;
    let (width, height) = decoder.dimensions().ok_or("no dimensions")?;
    // Any row may be left out, not only the last ones: where an Adobe segment tells of channels that the frame lacks, the
    // decoder passes over rows that it has no colours for, and fills what is behind them with grey. What it begins, it writes
    // from left to right.
    let row_bytes = (3 * width).max(1);
    let mut pixels = if cleared {
        spare::zeroed(length)
    } else {
        let mut pixels = spare::taken(length);
        for row in pixels.chunks_exact_mut(row_bytes) {
            if let Some(last) = row.last_chunk_mut() {
                *last = UNWRITTEN;
            }
        }
        pixels
    };
    decoder.decode_into(&mut pixels).map_err(refused)?;
    let mut rows = pixels.chunks_exact(row_bytes);
    if !cleared && rows.any(|row| row.ends_with(&UNWRITTEN)) {
        return Ok(None);
    }
    picture_of(pixels, width, height).map(Some)
}

fn decode_scans(bytes: &[u8]) -> Result<Picture, String> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size((MAX_PIXELS * 3) as usize);
    let pixels = decoder.decode().map_err(|error| error.to_string())?;
    let size = decoder.info().ok_or("no dimensions")?;
    if size.pixel_format != jpeg_decoder::PixelFormat::RGB24 {
        return Err("separate scans of other than three components".to_owned());
    }
    picture_of(pixels, size.width.into(), size.height.into())
}

fn picture_of(pixels: Vec<u8>, width: usize, height: usize) -> Result<Picture, String> {
    Picture::new(pixels, width as u32, height as u32)
        .ok_or_else(|| "unexpected pixel layout".to_owned())
}

fn open_png(bytes: &[u8]) -> (Completeness, Option<Picture>) {
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        let mut reader =
            image::ImageReader::with_format(Cursor::new(bytes), image::ImageFormat::Png);
        let mut limits = image::Limits::default();
        limits.max_image_width = Some(MAX_SIDE_PX);
        limits.max_image_height = Some(MAX_SIDE_PX);
        limits.max_alloc = Some(MEMORY_BUDGET_BYTES / 2);
        reader.limits(limits);
        reader.decode().map(image::DynamicImage::into_rgb8)
    }));
    match decoded {
        Ok(Ok(pixels)) => {
            let (width, height) = pixels.dimensions();
            (
                Completeness::Complete,
                Picture::new(pixels.into_raw(), width, height),
            )
        }
        Ok(Err(image::ImageError::Limits(_))) => {
            let (width, height) = png_size(bytes).unwrap_or_default();
            (Completeness::TooLarge(width, height), None)
        }
        Ok(Err(_))
            if !bytes
                .windows(4)
                .rev()
                .take(64)
                .any(|chunk| chunk == b"IEND") =>
        {
            (Completeness::Truncated, None)
        }
        Ok(Err(error)) => (Completeness::Undecodable(error.to_string()), None),
        Err(_) => (
            Completeness::Undecodable("the decoder panicked".to_owned()),
            None,
        ),
    }
}

/// Width and height of the IHDR chunk.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| {
        bytes
            .get(at..at + 4)
            .map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
    };
    Some((number(16)?, number(20)?))
}

/// Whether the last rows could be a decoder's filling instead of picture: it repeats one block over and
/// over, so that neighbouring blocks differ by at most a constant. Plain backgrounds look so too; the
/// caller asks the compressed data then.
fn tail_looks_invented(picture: &Picture) -> bool {
    const BLOCK_BYTES: usize = 8 * 3;
    const TOLERANCE: i32 = 3;
    let row = picture.row(picture.height_px() - 1);
    let blocks: Vec<&[u8]> = row.chunks_exact(BLOCK_BYTES).collect();
    let alike = blocks.windows(2).filter(|pair| {
        let step = i32::from(pair[1][0]) - i32::from(pair[0][0]);
        pair[0]
            .iter()
            .zip(pair[1])
            .step_by(3)
            .all(|(a, b)| (i32::from(*b) - i32::from(*a) - step).abs() <= TOLERANCE)
    });
    let alike = alike.count();
    blocks.len() < 4 || alike * 2 >= blocks.len()
}

#[cfg(test)]
mod tests;
