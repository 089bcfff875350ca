//! EXIF written by hand: the few tags that the checks look at, laid out as TIFF 6.0 and Exif 2.3 ask.

/// The tags to write; those left `None` are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExifTags {
    /// Orientation, tag 0x0112: 1 upright, 3 upside down, 6 and 8 on the side, the rest mirrored.
    pub orientation: Option<u16>,
    /// Program that wrote the file, tag 0x0131.
    pub software: Option<String>,
    /// Maker of the camera, tag 0x010F.
    pub make: Option<String>,
    /// Model of the camera, tag 0x0110.
    pub model: Option<String>,
    /// Time of the shot as `YYYY:MM:DD HH:MM:SS`, tag 0x0132.
    pub date_time: Option<String>,
}

/// One entry of the directory: tag, type, count, bytes.
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    bytes: Vec<u8>,
}

/// Inserts an APP1 EXIF segment right after the JPEG's start marker. What does not begin as a JPEG is returned as it
/// is; so is a JPEG when the tags would not fit a segment (64 KB).
#[must_use]
pub fn with_exif(jpeg: &[u8], tags: &ExifTags) -> Vec<u8> {
    let mut payload = b"Exif\0\0".to_vec();
    payload.extend(directory(tags));
    with_segment(jpeg, 0xe1, &payload)
}

/// Inserts a marker segment after the start of a JPEG.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, payload: &[u8]) -> Vec<u8> {
    let Ok(length) = u16::try_from(payload.len() + 2) else {
        return jpeg.to_vec();
    };
    let Some(rest) = jpeg.strip_prefix(&[0xff, 0xd8]) else {
        return jpeg.to_vec();
    };
    let mut out = vec![0xff, 0xd8, 0xff, marker];
    out.extend(length.to_be_bytes());
    out.extend(payload);
    out.extend(rest);
    out
}

/// A TIFF header and one image file directory, little endian.
fn directory(tags: &ExifTags) -> Vec<u8> {
    let entries = entries(tags);
    let count = entries.len() as u16;
    let mut out = b"II\x2a\0\x08\0\0\0".to_vec();
    out.extend(count.to_le_bytes());
    let mut far = Vec::new();
    let far_start = 8 + 2 + 12 * entries.len() + 4;
    for entry in entries {
        out.extend(entry.tag.to_le_bytes());
        out.extend(entry.kind.to_le_bytes());
        out.extend(entry.count.to_le_bytes());
        if entry.bytes.len() <= 4 {
            let mut near = entry.bytes;
            near.resize(4, 0);
            out.extend(near);
        } else {
            out.extend(((far_start + far.len()) as u32).to_le_bytes());
            far.extend(entry.bytes);
            if far.len() % 2 == 1 {
                far.push(0);
            }
        }
    }
    out.extend([0; 4]);
    out.extend(far);
    out
}

/// The entries in ascending order of tag, as TIFF demands.
fn entries(tags: &ExifTags) -> Vec<Entry> {
    let text = |tag, value: &Option<String>| {
        value.as_ref().map(|value| {
            let mut bytes = value.as_bytes().to_vec();
            bytes.push(0);
            Entry {
                tag,
                kind: 2,
                count: bytes.len() as u32,
                bytes,
            }
        })
    };
    let orientation = tags.orientation.map(|value| Entry {
        tag: 0x0112,
        kind: 3,
        count: 1,
        bytes: value.to_le_bytes().to_vec(),
    });
    [
        text(0x010f, &tags.make),
        text(0x0110, &tags.model),
        orientation,
        text(0x0131, &tags.software),
        text(0x0132, &tags.date_time),
    ]
    .into_iter()
    .flatten()
    .collect()
}
