//! The EXIF and XMP fields the rules ask for: orientation, software, camera, time, place, density.
//!
//! Parsing of the TIFF structure is left to `kamadak-exif`, guarded against its panics.

use std::panic::{AssertUnwindSafe, catch_unwind};

use exif::{Exif, Field, In, Reader, Tag, Value};

/// Longest text kept of any field, characters.
const MAX_CHARS: usize = 120;
/// EXIF 2.32 has no name for it in the reader: tag 11, "ProcessingSoftware" of the ACD family.
const PROCESSING_SOFTWARE: Tag = Tag(exif::Context::Tiff, 11);

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ExifFacts {
    pub(super) orientation: u8,
    pub(super) software: Vec<String>,
    /// Descriptions and user comments.
    pub(super) comments: Vec<String>,
    pub(super) taken_at: Option<String>,
    pub(super) camera: Option<String>,
    pub(super) has_gps: bool,
    pub(super) density_dpi: Option<(f64, f64)>,
}

impl Default for ExifFacts {
    fn default() -> Self {
        Self {
            orientation: 1,
            software: Vec::new(),
            comments: Vec::new(),
            taken_at: None,
            camera: None,
            has_gps: false,
            density_dpi: None,
        }
    }
}

/// Reads the TIFF structure of an EXIF segment; what cannot be read counts as absent.
pub(super) fn read(tiff: &[u8]) -> ExifFacts {
    let tiff = tiff.to_vec();
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        let mut reader = Reader::new();
        reader.continue_on_error(true);
        let exif = reader
            .read_raw(tiff)
            .or_else(|error| error.distill_partial_result(|_| ()))
            .ok()?;
        Some(facts(&exif))
    }));
    parsed.ok().flatten().unwrap_or_default()
}

fn facts(exif: &Exif) -> ExifFacts {
    let field = |tag| exif.get_field(tag, In::PRIMARY);
    let text_of = |tag| field(tag).and_then(text);
    let mut software: Vec<String> = [Tag::Software, PROCESSING_SOFTWARE]
        .into_iter()
        .filter_map(text_of)
        .collect();
    software.dedup();
    let orientation = field(Tag::Orientation).and_then(|f| f.value.get_uint(0));
    ExifFacts {
        orientation: orientation
            .and_then(|o| u8::try_from(o).ok())
            .filter(|o| (1..=8).contains(o))
            .unwrap_or(1),
        software,
        comments: [
            Tag::ImageDescription,
            Tag::UserComment,
            Tag::Copyright,
            Tag::Artist,
        ]
        .into_iter()
        .filter_map(|tag| field(tag).and_then(comment))
        .collect(),
        taken_at: text_of(Tag::DateTimeOriginal)
            .as_deref()
            .and_then(date_time),
        camera: camera(text_of(Tag::Make), text_of(Tag::Model)),
        has_gps: field(Tag::GPSLatitude).is_some() || field(Tag::GPSLongitude).is_some(),
        density_dpi: density(exif),
    }
}

/// Make and model in one line; the make is dropped where the model repeats it.
fn camera(make: Option<String>, model: Option<String>) -> Option<String> {
    match (make, model) {
        (Some(make), Some(model)) if !model.to_lowercase().starts_with(&make.to_lowercase()) => {
            Some(format!("{make} {model}"))
        }
        (make, model) => model.or(make),
    }
}

fn density(exif: &Exif) -> Option<(f64, f64)> {
    let number = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(values) => values
            .first()
            .map(exif::Rational::to_f64)
            .filter(|v| v.is_finite() && *v > 0.0),
        _ => None,
    };
    let unit = exif
        .get_field(Tag::ResolutionUnit, In::PRIMARY)
        .and_then(|f| f.value.get_uint(0))
        .unwrap_or(2);
    let factor = match unit {
        2 => 1.0,
        3 => 2.54,
        _ => return None,
    };
    Some((
        number(Tag::XResolution)? * factor,
        number(Tag::YResolution)? * factor,
    ))
}

fn text(field: &Field) -> Option<String> {
    let Value::Ascii(parts) = &field.value else {
        return None;
    };
    let joined: Vec<u8> = parts.join(&b' ');
    clean(&String::from_utf8_lossy(&joined))
}

/// A text field, or a user comment: eight bytes naming its code, then the text (EXIF 2.32 4.6.5).
fn comment(field: &Field) -> Option<String> {
    match &field.value {
        Value::Undefined(bytes, _) => {
            let (code, words) = bytes.split_at_checked(8)?;
            if code == b"UNICODE\0" {
                let low: Vec<u8> = words.iter().copied().filter(|&byte| byte != 0).collect();
                return clean(&String::from_utf8_lossy(&low));
            }
            clean(&String::from_utf8_lossy(words))
        }
        _ => text(field),
    }
}

pub(super) fn clean(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_CHARS)
        .collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// "2024:05:06 07:08:09" as "2024-05-06 07:08:09"; `None` for blanks, zeros and other shapes.
fn date_time(exif: &str) -> Option<String> {
    let bytes = exif.as_bytes();
    let shape = b"dddd:dd:dd dd:dd:dd";
    let fits = bytes.len() >= shape.len()
        && bytes.iter().zip(shape).all(|(byte, want)| {
            if *want == b'd' {
                byte.is_ascii_digit()
            } else {
                byte == want
            }
        });
    let (date, time) = (exif.get(..10)?, exif.get(11..19)?);
    (fits && !date.starts_with("0000")).then(|| format!("{} {time}", date.replace(':', "-")))
}

/// The XMP property `xmp:CreatorTool`, written as an attribute or as an element.
pub(super) fn creator_tool(packet: &[u8]) -> Option<String> {
    const NAME: &str = "xmp:CreatorTool";
    let packet = String::from_utf8_lossy(packet);
    let (_, after) = packet.split_once(NAME)?;
    let value = match after.trim_start().strip_prefix('=') {
        Some(quoted) => {
            let quoted = quoted.trim_start();
            let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            quoted.get(1..)?.split(quote).next()?
        }
        None => after.strip_prefix('>')?.split('<').next()?,
    };
    clean(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_with_hyphens_and_blanks_are_none() {
        let table = [
            ("2024:05:06 07:08:09", Some("2024-05-06 07:08:09")),
            ("0000:00:00 00:00:00", None),
            ("    :  :     :  :  ", None),
            ("2024-05-06 07:08:09", None),
            ("2024", None),
            ("２０２４年五月六日，晚上", None),
        ];
        for (exif, expected) in table {
            assert_eq!(date_time(exif).as_deref(), expected, "{exif}");
        }
    }

    #[test]
    fn the_make_is_not_said_twice() {
        let camera = |make: &str, model: &str| camera(clean(make), clean(model));
        assert_eq!(
            camera("Canon", "Canon EOS R6").as_deref(),
            Some("Canon EOS R6")
        );
        assert_eq!(
            camera("HUAWEI", "LYA-AL00").as_deref(),
            Some("HUAWEI LYA-AL00")
        );
        assert_eq!(camera("", "X").as_deref(), Some("X"));
        assert_eq!(camera("", ""), None);
    }

    #[test]
    fn creator_tool_is_read_from_either_form() {
        let table: &[(&[u8], Option<&str>)] = &[
            (
                br#"<x xmp:CreatorTool="Adobe Photoshop CC 2019"/>"#,
                Some("Adobe Photoshop CC 2019"),
            ),
            (br"<x xmp:CreatorTool='Meitu'/>", Some("Meitu")),
            (
                b"<xmp:CreatorTool>GIMP 2.10</xmp:CreatorTool>",
                Some("GIMP 2.10"),
            ),
            (b"<xmp:CreatorTool", None),
            (b"xmp:CreatorTool=", None),
            (b"nothing", None),
        ];
        for (packet, expected) in table {
            assert_eq!(creator_tool(packet).as_deref(), *expected);
        }
    }

    #[test]
    fn broken_exif_counts_as_absent() {
        assert_eq!(read(b""), ExifFacts::default());
        assert_eq!(read(b"II*\0\xFF\xFF\xFF\xFF"), ExifFacts::default());
    }
}
