//! A picture file without what is not picture: comments, EXIF, XMP, IPTC, thumbnails and whatever else its makers wrote
//! into it, among it names and numbers of persons. No pixel is decoded or encoded; what cannot be followed to its end is
//! given up, never passed on half.

use crate::jpeg::segments::{end_of_scan, next_marker, segment};

/// JFIF segment with a density in dots per inch (JFIF 1.02), without a thumbnail.
fn jfif(dpi: u16) -> Vec<u8> {
    let [high, low] = dpi.to_be_bytes();
    let mut segment = vec![0xFF, 0xE0, 0, 16];
    segment.extend_from_slice(b"JFIF\0\x01\x02\x01");
    segment.extend_from_slice(&[high, low, high, low, 0, 0]);
    segment
}

/// Whether a segment is needed to show the picture: tables, frames and scans, Adobe's word on the colour transform
/// (APP14), the colour profile, and the JFIF header itself where `keep_jfif`, as long as no thumbnail is in it.
fn is_picture(marker: u8, body: &[u8], keep_jfif: bool) -> bool {
    match marker {
        0xE0 => keep_jfif && body.starts_with(b"JFIF\0") && body.len() <= 14,
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        0xEE => body.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// The JPEG without its metadata and without what follows its end. With `dpi` it gets a JFIF header of its own with that
/// density, for the one it states may stand in the EXIF alone; without, its JFIF header stays. A file that has nothing to
/// take out comes back as it is. `None` for what is no JPEG that can be followed from start to end.
#[must_use]
pub fn jpeg(bytes: &[u8], dpi: Option<u16>) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let mut kept = vec![0xFF, 0xD8];
    kept.extend(dpi.map(jfif).into_iter().flatten());
    let (mut at, mut is_bare) = (2, true);
    loop {
        let (marker, after) = next_marker(bytes, at)?;
        // Between two segments only fill bytes belong.
        is_bare &= after == at + 2;
        match marker {
            0xD9 => {
                kept.extend_from_slice(&[0xFF, 0xD9]);
                is_bare &= after == bytes.len();
                break;
            }
            0x01 | 0xD0..=0xD8 => at = after,
            _ => {
                let (body, next) = segment(bytes, after)?;
                let end = match marker {
                    0xDA => end_of_scan(bytes, next),
                    _ => next,
                };
                if is_picture(marker, body, dpi.is_none()) {
                    kept.extend_from_slice(&[0xFF, marker]);
                    kept.extend_from_slice(bytes.get(after..end)?);
                } else {
                    is_bare &= marker == 0xE0 && is_picture(marker, body, true);
                }
                at = end;
            }
        }
    }
    Some(if is_bare { bytes.to_vec() } else { kept })
}

/// Chunks of a PNG that say how to show it (PNG, third edition, clause 11): the critical ones are told by their capital
/// letter.
const SHOWN_BY: [&[u8; 4]; 8] = [
    b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"pHYs",
];

/// The PNG without text, EXIF, time and private chunks and without what follows its end; `None` for what is no PNG that
/// can be followed from start to end.
#[must_use]
pub fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    if !bytes.starts_with(SIGNATURE) {
        return None;
    }
    let mut kept = SIGNATURE.to_vec();
    let mut at = SIGNATURE.len();
    loop {
        let head = bytes.get(at..at + 8)?;
        let (length, kind) = head.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        let critical = kind.first().is_some_and(u8::is_ascii_uppercase);
        if critical || SHOWN_BY.iter().any(|shown| kind == *shown) {
            kept.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(kept);
        }
        at = end;
    }
}

#[cfg(test)]
#[path = "bare_tests.rs"]
mod tests;
