//! When a photo was taken, as far as it tells: to propose the newest of several, never to judge.

use std::time::SystemTime;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The instant a camera wrote into the JPEG: EXIF `DateTimeOriginal`, else `DateTime`.
pub(super) fn by_camera(bytes: &[u8]) -> Option<DateTime> {
    let tiff = exif_of(bytes)?;
    let order = Order::of(tiff)?;
    let first = order.u32(tiff, 4)?;
    let details = order
        .entry(tiff, first, EXIF_FOLDER)
        .and_then(|value| order.u32(tiff, value));
    details
        .and_then(|folder| order.instant(tiff, folder, TAKEN))
        .or_else(|| order.instant(tiff, first, CHANGED))
}

/// The time of change of a file, where this computer stands.
pub(super) fn by_file(modified: SystemTime) -> Option<DateTime> {
    let instant = jiff::Timestamp::try_from(modified).ok()?;
    Some(instant.to_zoned(TimeZone::system()).datetime())
}

/// The time of change that an archive states, which is local to who packed it.
pub(super) fn by_archive(stated: zip::DateTime) -> Option<DateTime> {
    let part = |number: u8| i8::try_from(number).ok();
    DateTime::new(
        i16::try_from(stated.year()).ok()?,
        part(stated.month())?,
        part(stated.day())?,
        part(stated.hour())?,
        part(stated.minute())?,
        part(stated.second())?,
        0,
    )
    .ok()
}

/// Tags of TIFF 6.0 and EXIF 2.3.
const CHANGED: u16 = 0x0132;
const EXIF_FOLDER: u16 = 0x8769;
const TAKEN: u16 = 0x9003;

/// Most entries of a folder looked at: cameras write a few dozen.
const MOST_ENTRIES: usize = 200;

/// Most JPEG segments looked at before the picture begins.
const MOST_SEGMENTS: usize = 64;

/// The TIFF structure within the segment that holds EXIF.
fn exif_of(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    for _ in 0..MOST_SEGMENTS {
        let &[0xFF, marker, high, low, ..] = rest else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length)?;
        if marker == 0xE1
            && let Some(tiff) = segment.strip_prefix(b"Exif\0\0")
        {
            return Some(tiff);
        }
        // The picture itself begins.
        if marker == 0xDA {
            return None;
        }
        rest = rest.get(2 + length..)?;
    }
    None
}

/// The order of bytes in a TIFF structure.
#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn of(tiff: &[u8]) -> Option<Self> {
        match tiff.get(..4)? {
            b"II*\0" => Some(Self::Little),
            b"MM\0*" => Some(Self::Big),
            _ => None,
        }
    }

    fn u16(self, tiff: &[u8], at: usize) -> Option<u16> {
        let bytes = tiff.get(at..)?.first_chunk()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(*bytes),
            Self::Big => u16::from_be_bytes(*bytes),
        })
    }

    fn u32(self, tiff: &[u8], at: usize) -> Option<usize> {
        let bytes = tiff.get(at..)?.first_chunk()?;
        let number = match self {
            Self::Little => u32::from_le_bytes(*bytes),
            Self::Big => u32::from_be_bytes(*bytes),
        };
        usize::try_from(number).ok()
    }

    /// Where the value of `tag` stands in the folder at `folder`.
    fn entry(self, tiff: &[u8], folder: usize, tag: u16) -> Option<usize> {
        let count = usize::from(self.u16(tiff, folder)?).min(MOST_ENTRIES);
        (0..count)
            .map(|index| folder.saturating_add(2 + index * 12))
            .find(|at| self.u16(tiff, *at) == Some(tag))
            .map(|at| at + 8)
    }

    /// The text `YYYY:MM:DD HH:MM:SS` of `tag`.
    fn instant(self, tiff: &[u8], folder: usize, tag: u16) -> Option<DateTime> {
        let start = self.u32(tiff, self.entry(tiff, folder, tag)?)?;
        let text = std::str::from_utf8(tiff.get(start..start.checked_add(19)?)?).ok()?;
        DateTime::strptime("%Y:%m:%d %H:%M:%S", text).ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// A JPEG's start with EXIF that states `text` as the instant it was taken.
    fn jpeg(text: &[u8; 19]) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        // One entry: the EXIF folder, at 26.
        tiff.extend(b"\x01\0\x69\x87\x04\0\x01\0\0\0\x1A\0\0\0\0\0\0\0");
        // One entry: DateTimeOriginal, its text at 44.
        tiff.extend(b"\x01\0\x03\x90\x02\0\x14\0\0\0\x2C\0\0\0\0\0\0\0");
        tiff.extend(text);
        let length = u16::try_from(tiff.len() + 8).unwrap_or(0).to_be_bytes();
        let jfif = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xE1";
        [&jfif[..], &length, b"Exif\0\0", &tiff, b"\xFF\xDA\0\x02"].concat()
    }

    #[test]
    fn the_camera_s_instant_is_read() {
        let taken = by_camera(&jpeg(b"2021:09:15 10:20:30"));
        assert_eq!(taken, Some(date(2021, 9, 15).at(10, 20, 30, 0)));
        assert_eq!(by_camera(&jpeg(b"0000:00:00 00:00:00")), None);
        assert_eq!(by_camera(b"\xFF\xD8\xFF\xDA\0\x02"), None);
    }

    proptest! {
        #[test]
        fn damage_is_answered(at in 0_usize..90, to in any::<u8>(), cut in 0_usize..90) {
            let mut bytes = jpeg(b"2021:09:15 10:20:30");
            let at = at % bytes.len();
            bytes[at] = to;
            let _ = by_camera(&bytes);
            let _ = by_camera(bytes.get(..cut).unwrap_or(&bytes));
        }
    }
}
