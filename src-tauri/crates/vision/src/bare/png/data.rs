//! The image data of a PNG: as much of it as the picture has, without what else was put behind it, in the chunks or in what
//! they compress.

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::Pixels;
use crate::decode::MEMORY_BUDGET_BYTES;

/// How hard data is compressed that has to be anew.
const LEVEL: u8 = 6;

/// Where the seven passes of an interlaced picture begin and what they step by: column, row (PNG, clause 8.1).
const PASSES: [(u32, u32, u32, u32); 7] = [
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
];

impl Pixels {
    /// How long the picture's data are before they are compressed; `None` for no picture that is decoded.
    fn length(self) -> Option<usize> {
        let samples = match self.colour {
            0 | 3 => 1,
            4 => 2,
            2 => 3,
            6 => 4,
            _ => return None,
        };
        let rows = |width: u32, height: u32| {
            let row = 1 + (u64::from(width) * u64::from(self.bits) * samples).div_ceil(8);
            match width {
                0 => Some(0),
                _ => row.checked_mul(u64::from(height)),
            }
        };
        let length = match self.is_interlaced {
            false => rows(self.width, self.height)?,
            true => {
                let part = |all: u32, from: u32, step: u32| all.saturating_sub(from).div_ceil(step);
                let passes = PASSES
                    .iter()
                    .map(|&(x, y, dx, dy)| rows(part(self.width, x, dx), part(self.height, y, dy)));
                passes.sum::<Option<u64>>()?
            }
        };
        let fits = (1..=MEMORY_BUDGET_BYTES).contains(&length);
        usize::try_from(length).ok().filter(|_| fits)
    }
}

/// The chunks of image data, as they came where nothing stands behind the picture's; `None` where that is not all there.
pub(super) fn whole(pixels: Pixels, chunks: &[&[u8]]) -> Option<Vec<u8>> {
    let data = |chunk: &&[u8]| {
        chunk
            .get(8..chunk.len().saturating_sub(4))
            .map(<[u8]>::to_vec)
    };
    let packed: Vec<u8> = chunks
        .iter()
        .map(data)
        .collect::<Option<Vec<_>>>()?
        .concat();
    let mut raw = vec![0; pixels.length()?];
    let flags = inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER
        | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF
        | inflate_flags::TINFL_FLAG_IGNORE_ADLER32;
    let mut inflating = DecompressorOxide::new();
    let (status, used, made) = decompress(&mut inflating, &packed, &mut raw, 0, flags);
    match status {
        TINFLStatus::Done if made == raw.len() => Some(first(chunks, used)),
        TINFLStatus::HasMoreOutput if made == raw.len() => {
            Some(chunk(&compress_to_vec_zlib(&raw, LEVEL)))
        }
        _ => None,
    }
}

/// As many chunks as hold so many bytes of data, the last of them no longer than that.
fn first(chunks: &[&[u8]], length: usize) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut left = length;
    for whole in chunks {
        let data = whole
            .get(8..whole.len().saturating_sub(4))
            .unwrap_or_default();
        match data.get(..left) {
            Some(_) if left == 0 => break,
            Some(part) if part.len() < data.len() => kept.extend(chunk(part)),
            _ => kept.extend_from_slice(whole),
        }
        left = left.saturating_sub(data.len());
    }
    kept
}

/// A chunk of image data.
fn chunk(data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut chunk = [&length, &b"IDAT"[..], data].concat();
    let sum = checksum(chunk.get(4..).unwrap_or_default()).to_be_bytes();
    chunk.extend(sum);
    chunk
}

/// CRC-32 of a chunk's kind and data (PNG, annex D).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| match sum & 1 {
            0 => sum >> 1,
            _ => sum >> 1 ^ 0xEDB8_8320,
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}
