//! Whether a file is there to its end, told without decoding it: one that is still being written is not.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::magic::{self, HEAD_BYTES, Kind};

/// Bytes at the end that are looked at first.
const TAIL_BYTES: usize = 64;
/// Files beyond this size are no photos; they are refused by it, not waited for.
const LARGEST_BYTES: u64 = 64 << 20;
/// End of a JPEG.
const EOI: [u8; 2] = [0xFF, 0xD9];
/// Last chunk of a PNG: no bytes, its name and its sum.
const IEND: &[u8] = b"\0\0\0\0IEND\xAE\x42\x60\x82";
/// Signature of a PNG, bytes.
const PNG_SIGNATURE_BYTES: usize = 8;
/// Begins the record at the end of a zip (APPNOTE.TXT 4.3.16).
const ZIP_END: &[u8] = b"PK\x05\x06";

/// Whether the picture or archive at `path` has its end. What has no end of its own, or is nothing known, has one.
pub(super) fn has_end(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > LARGEST_BYTES {
        return Ok(true);
    }
    let mut head = Vec::with_capacity(HEAD_BYTES);
    file.by_ref()
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut head)?;
    let kind = magic::sniff(&head);
    let wanted: &[u8] = match kind {
        Kind::Image("JPG") => &EOI,
        Kind::Image("PNG") => IEND,
        Kind::Image("WebP") => return Ok(riff_bytes(&head).is_none_or(|bytes| bytes <= length)),
        Kind::Zip => ZIP_END,
        _ => return Ok(true),
    };
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES as u64)))?;
    let mut tail = Vec::with_capacity(TAIL_BYTES);
    file.read_to_end(&mut tail)?;
    let written = tail.trim_ascii_end();
    let padded = written
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(&[][..], |last| written.get(..=last).unwrap_or_default());
    if tail.ends_with(wanted) || padded.ends_with(wanted) {
        return Ok(true);
    }
    // Something may stand behind the end: the second picture of a phone, a signature, a comment.
    let bytes = fs::read(path)?;
    Ok(match kind {
        Kind::Image("JPG") => jpeg_ends(&bytes),
        Kind::Image("PNG") => png_ends(&bytes),
        _ => find(&bytes, ZIP_END).is_some(),
    })
}

/// Bytes of a RIFF file, as its head states them.
fn riff_bytes(head: &[u8]) -> Option<u64> {
    let stated = head.get(4..8)?.try_into().ok()?;
    Some(u64::from(u32::from_le_bytes(stated)) + 8)
}

/// Whether an end stands behind the beginning of the picture itself; that of a thumbnail in its head is none.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match marker {
            0xDA => return find(bytes.get(at + 2..).unwrap_or_default(), &EOI).is_some(),
            // Filling bytes may stand before a marker.
            0xFF => at += 1,
            _ => at += 2 + length,
        }
    }
    // A file of other parts than these ends where it ends, unless its last part runs beyond it.
    at < bytes.len()
}

/// Whether the chunks lead to the last one.
fn png_ends(bytes: &[u8]) -> bool {
    let mut at = PNG_SIGNATURE_BYTES;
    while let Some([a, b, c, d, name @ ..]) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let Some(next) = at.checked_add(12).and_then(|at| at.checked_add(length)) else {
            return true;
        };
        if name == b"IEND" {
            return next <= bytes.len();
        }
        at = next;
    }
    false
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|found| found == wanted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn ends(bytes: &[u8]) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("1");
        fs::write(&path, bytes).unwrap();
        has_end(&path).unwrap()
    }

    fn jpeg() -> Vec<u8> {
        // A thumbnail with an end of its own lies in the head.
        let head = b"\xFF\xD8\xFF\xE1\0\x08\xFF\xD8..\xFF\xD9\xFF\xDA\0\x02";
        [&head[..], &[7; 200], &EOI].concat()
    }

    fn png() -> Vec<u8> {
        let data = [&200_u32.to_be_bytes()[..], b"IDAT", &[7; 200], b"sums"].concat();
        [b"\x89PNG\r\n\x1A\n", &data[..], IEND].concat()
    }

    #[test]
    fn a_picture_cut_anywhere_has_no_end() {
        for whole in [jpeg(), png()] {
            assert!(ends(&whole));
            for cut in (16..whole.len()).step_by(7).chain([whole.len() - 1]) {
                assert!(!ends(&whole[..cut]), "cut at {cut} of {}", whole.len());
            }
        }
    }

    #[test]
    fn what_stands_behind_the_end_takes_it_not_away() {
        for whole in [jpeg(), png()] {
            assert!(ends(&[&whole[..], &[0; 20]].concat()));
            assert!(ends(&[&whole[..], &[9; 500]].concat()));
        }
    }

    #[test]
    fn a_webp_and_a_zip_end_where_they_say() {
        let webp = [b"RIFF\x10\0\0\0WEBPVP8 ", &[1; 8][..]].concat();
        assert!(ends(&webp));
        assert!(!ends(&webp[..20]));
        let zip = [b"PK\x03\x04", &[1; 300][..], ZIP_END, &[0; 18]].concat();
        assert!(ends(&zip));
        assert!(!ends(&zip[..250]));
        assert!(ends(b"anything else"));
    }
}
