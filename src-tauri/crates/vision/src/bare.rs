//! A picture file without what is not picture: comments, EXIF, XMP, IPTC, thumbnails, colour profiles and whatever else its
//! makers wrote into it, among it names and numbers of persons. No pixel is decoded or encoded; what cannot be followed to
//! its end is given up, never passed on half.
//!
//! What is kept is listed, and is as long as it must be: a segment or chunk that nobody knows is no picture. A colour
//! profile goes whatever it names, since its texts are free: who hands a file over as it is asks before whether the colours
//! are sRGB, as they are taken to be in a file that says nothing.

use crate::jpeg::entropy::blocks_end;
use crate::jpeg::segments::{end_of_scan, next_marker, segment};

mod png;
pub use png::png;

/// Length of the body of Adobe's segment.
const ADOBE_BYTES: usize = 12;

/// A whole segment.
fn whole(marker: u8, body: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(body.len() + 2).ok()?.to_be_bytes();
    Some([&[0xFF, marker][..], &length, body].concat())
}

/// JFIF segment with a density in dots per inch (JFIF 1.02), without a thumbnail.
fn jfif(dpi: u16) -> Option<Vec<u8>> {
    let [high, low] = dpi.to_be_bytes();
    let mut body = b"JFIF\0\x01\x02\x01".to_vec();
    body.extend_from_slice(&[high, low, high, low, 0, 0]);
    whole(0xE0, &body)
}

/// The body of a JFIF header with its version, unit and density, and nothing else.
fn plain_jfif(body: &[u8]) -> Option<Vec<u8>> {
    let &[minor, unit, x1, x0, y1, y0, ..] = body.strip_prefix(b"JFIF\0\x01")? else {
        return None;
    };
    let mut plain = b"JFIF\0\x01".to_vec();
    plain.extend_from_slice(&[minor.min(2), unit.min(2), x1, x0, y1, y0, 0, 0]);
    Some(plain)
}

/// The body of Adobe's word on the colour transform, and nothing but that word.
fn plain_adobe(body: &[u8]) -> Option<Vec<u8>> {
    let word = body.strip_prefix(b"Adobe")?;
    if body.len() != ADOBE_BYTES {
        return None;
    }
    let transform = word.last().filter(|transform| **transform <= 2)?;
    let mut plain = b"Adobe\0\x64\0\0\0\0".to_vec();
    plain.push(*transform);
    Some(plain)
}

/// How much of a segment of quantisation tables is tables.
fn quantisation(body: &[u8]) -> usize {
    let mut at = 0;
    while let Some(head) = body.get(at) {
        let next = at + if head >> 4 == 0 { 65 } else { 129 };
        if next > body.len() {
            break;
        }
        at = next;
    }
    at
}

/// How much of a segment of Huffman tables is tables.
fn huffman(body: &[u8]) -> usize {
    let mut at = 0;
    while let Some(counts) = body.get(at + 1..at + 17) {
        let symbols: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let next = at + 17 + symbols;
        if symbols > 256 || next > body.len() {
            break;
        }
        at = next;
    }
    at
}

/// The body of a segment as it is kept: as long as its kind says, without what stands behind. `None` for what is no
/// picture.
fn kept_body(marker: u8, body: &[u8]) -> Option<Vec<u8>> {
    let counted = |at: usize, head: usize, each: usize| {
        let count = body.get(at).map(|count| usize::from(*count));
        head + each * count.unwrap_or_default()
    };
    let length = match marker {
        0xC4 => huffman(body),
        0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => counted(5, 6, 3),
        0xDA => counted(0, 4, 2),
        0xDB => quantisation(body),
        0xDC | 0xDD => 2,
        0xE0 => return plain_jfif(body),
        0xEE => return plain_adobe(body),
        _ => return None,
    };
    body.get(..length).map(<[u8]>::to_vec)
}

/// The JPEG without its metadata, without what stands between the last block of its picture and its end, and without what
/// follows that. Where a picture has several scans (progressive), what stands behind the last block is not told from them, and
/// stays. With `dpi` it gets a JFIF header of its own with that
/// density, for the one it states may stand in the EXIF alone; without, its JFIF header stays. A file that has nothing to
/// take out comes back as it is. `None` for what is no JPEG that can be followed from start to end.
#[must_use]
pub fn jpeg(bytes: &[u8], dpi: Option<u16>) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let mut kept = vec![0xFF, 0xD8];
    if let Some(dpi) = dpi {
        kept.extend(jfif(dpi)?);
    }
    let blocks_end = blocks_end(bytes).flatten();
    let (mut at, mut is_bare, mut has_jfif) = (2, true, false);
    let mut is_whole = false;
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
            0x01 | 0xD0..=0xD8 => {
                is_bare = false;
                at = after;
            }
            // All blocks are there: what comes now is no picture, whatever it calls itself.
            _ if is_whole => {
                let (_, next) = segment(bytes, after)?;
                is_bare = false;
                at = match marker {
                    0xDA => end_of_scan(bytes, next),
                    _ => next,
                };
            }
            _ => {
                let (body, next) = segment(bytes, after)?;
                let end = match marker {
                    0xDA => end_of_scan(bytes, next),
                    _ => next,
                };
                let plain = kept_body(marker, body);
                let once_more = marker == 0xE0 && has_jfif;
                has_jfif |= marker == 0xE0 && plain.is_some();
                is_bare &= !once_more && plain.as_deref() == Some(body);
                let is_replaced = marker == 0xE0 && (dpi.is_some() || once_more);
                let used = blocks_end.filter(|used| marker == 0xDA && (next..=end).contains(used));
                is_whole |= used.is_some();
                is_bare &= used.is_none_or(|used| used == end);
                if let Some(plain) = plain.filter(|_| !is_replaced) {
                    kept.extend(whole(marker, &plain)?);
                    kept.extend_from_slice(bytes.get(next..used.unwrap_or(end))?);
                }
                at = end;
            }
        }
    }
    Some(if is_bare { bytes.to_vec() } else { kept })
}

#[cfg(test)]
#[path = "bare_tests.rs"]
mod tests;
