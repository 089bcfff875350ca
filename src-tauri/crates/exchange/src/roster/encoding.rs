//! Text files as Chinese systems write them: UTF-8, UTF-16 and GB18030, told by what decodes.
//!
//! A validity test is enough: Chinese text in GB18030 is hardly ever valid UTF-8, so UTF-8 is tried first and what a
//! file declares (often wrongly) only counts after that. Encodings of other languages are not guessed at.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// One character in so many may be broken: a file cut off or edited by careless tools is still read.
const BROKEN_ONE_IN: usize = 200;

/// Bytes among which UTF-16 without a mark is told, and which a document declares its encoding in.
const HEAD: usize = 4096;

/// What Chinese systems write when they say nothing: all of GBK and GB2312 is in it.
pub(super) const LOCAL: &Encoding = GB18030;

/// The text, or `None` when the bytes are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (text, ..) = encoding_of(bytes).decode(bytes);
    is_text(&text).then_some(text)
}

/// The encoding that the bytes are most likely in.
pub(super) fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        // Only the last character is cut off.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => UTF_8,
        Err(_) => declared(bytes).unwrap_or_else(|| fewer_errors(bytes)),
    }
}

/// GB18030 unless UTF-8 leaves fewer characters broken.
fn fewer_errors(bytes: &[u8]) -> &'static Encoding {
    let broken = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        text.matches('\u{FFFD}').count()
    };
    let in_gb18030 = broken(GB18030);
    if in_gb18030 > 0 && broken(UTF_8) < in_gb18030 {
        UTF_8
    } else {
        GB18030
    }
}

/// UTF-16 without its mark: told by line ends, separators and digits, which have a zero beside them, all on one side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let is_plain = |byte: u8| {
        matches!(
            byte,
            b'\t' | b'\n' | b'\r' | b',' | b';' | b'<' | b'0'..=b'9'
        )
    };
    let (mut little, mut big, mut neither) = (0_usize, 0_usize, 0_usize);
    for pair in head.chunks_exact(2) {
        match *pair {
            [one, 0] if is_plain(one) => little += 1,
            [0, other] if is_plain(other) => big += 1,
            // Side by side they are characters of one byte each.
            [one, other] if is_plain(one) && is_plain(other) => neither += 1,
            _ => {}
        }
    }
    // A text has them every few characters; a binary file has one by chance.
    let (encoding, most, least) = match little > big {
        true => (UTF_16LE, little, big),
        false => (UTF_16BE, big, little),
    };
    let is_solid = most > head.len() / 64 && most > 4 * least && most > neither;
    (is_solid && !is_holed_utf8(head)).then_some(encoding)
}

/// Whether the zeros only stand between the characters of a text in UTF-8.
fn is_holed_utf8(bytes: &[u8]) -> bool {
    let whole = without_zeros(bytes);
    let is_read = match std::str::from_utf8(&whole) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    is_read && !whole.is_ascii()
}

/// Whether the bytes would be a text but for zeros here and there, as broken transfers and exports leave them.
pub(super) fn is_holed_text(bytes: &[u8]) -> bool {
    let whole = without_zeros(bytes);
    let zeros = bytes.len() - whole.len();
    0 < zeros && zeros <= bytes.len() / 4 && decode(&whole).is_some()
}

fn without_zeros(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| *byte != 0).collect()
}

/// What a web page or an XML document says it is in, UTF-8 aside, which it is not.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let value = after(&head, b"charset=").or_else(|| after(&head, b"encoding="))?;
    let is_quote = |byte: &u8| matches!(byte, b'"' | b'\'');
    let start = usize::from(value.first().is_some_and(is_quote));
    let label = value.get(start..)?;
    let end = label
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
        .unwrap_or(label.len());
    let encoding = Encoding::for_label(label.get(..end)?)?;
    // UTF-16 would have been told, and GBK and GB2312 are parts of GB18030.
    match encoding.name() {
        "UTF-8" | "UTF-16LE" | "UTF-16BE" | "GBK" => None,
        _ => Some(encoding),
    }
}

fn after<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(word.len()).position(|window| window == word)?;
    text.get(at + word.len()..)
}

fn is_text(text: &str) -> bool {
    let (mut all, mut odd) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        match c {
            '\0' => return false,
            '\t' | '\n' | '\r' | '\u{1A}' | '\u{85}' => {}
            '\u{FFFD}' => odd += 1,
            c if c.is_control() => odd += 1,
            _ => {}
        }
    }
    odd <= 1 + all / BROKEN_ONE_IN
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const ROSTER: &str = "学号,姓名\r\n2021001,张三\r\n2021002,欧阳娜娜·买买提\r\n";

    #[test]
    fn every_encoding_of_an_office_is_told() {
        let utf16 = |mark: bool, little: bool| -> Vec<u8> {
            let mark = mark.then_some('\u{FEFF}');
            let text = mark.into_iter().chain(ROSTER.chars()).collect::<String>();
            let units = text.encode_utf16();
            units
                .flat_map(|unit| {
                    if little {
                        unit.to_le_bytes()
                    } else {
                        unit.to_be_bytes()
                    }
                })
                .collect()
        };
        let cases = [
            ROSTER.as_bytes().to_vec(),
            format!("\u{FEFF}{ROSTER}").into_bytes(),
            GB18030.encode(ROSTER).0.into_owned(),
            utf16(true, true),
            utf16(true, false),
            utf16(false, true),
            utf16(false, false),
        ];
        for bytes in cases {
            assert_eq!(decode(&bytes).unwrap(), ROSTER, "{bytes:?}");
        }
    }

    #[test]
    fn four_byte_characters_and_damage_are_borne() {
        let rare = "学号,姓名\n1,𬱖䶮\n";
        assert_eq!(decode(&GB18030.encode(rare).0).unwrap(), rare);
        let mut cut = GB18030.encode(ROSTER).0.into_owned();
        cut.truncate(cut.len() - 3);
        assert!(decode(&cut).unwrap().starts_with("学号,姓名"));
        let cut = &ROSTER.as_bytes()[..ROSTER.len() - 3];
        assert!(decode(cut).unwrap().starts_with("学号,姓名"));
    }

    #[test]
    fn a_declaration_counts_where_utf8_fails() {
        let page = "<html><meta charset=big5><td>學號</td></html>";
        let big5 = encoding_rs::BIG5.encode(page).0;
        assert_eq!(decode(&big5).unwrap(), page);
        let lie = "<html><meta charset=\"utf-8\"><td>学号姓名</td></html>";
        assert_eq!(decode(&GB18030.encode(lie).0).unwrap(), lie);
    }

    #[test]
    fn zeros_within_a_text_do_not_make_it_utf16() {
        let lines = |end: &str| ROSTER.replace("\r\n", end);
        for text in [
            lines("\0\n"),
            lines("\0\r\n"),
            lines("\n\0"),
            "学号,姓名\0\n2021001,张三\0\n".repeat(400),
            "姓名\0\n张三\0\n李四\0\n欧阳娜\0\n".repeat(100),
            format!("\0{ROSTER}"),
        ] {
            for bytes in [
                text.clone().into_bytes(),
                GB18030.encode(&text).0.into_owned(),
            ] {
                if bytes != text.as_bytes() && text.starts_with("姓名\0") {
                    continue;
                }
                assert_eq!(decode(&bytes), None, "{text:?}");
                assert!(is_holed_text(&bytes), "{text:?}");
            }
        }
        assert!(!is_holed_text(ROSTER.as_bytes()) && !is_holed_text(b"a\0b\0\0\0\x01"));
    }

    #[test]
    fn unmarked_utf16_is_told_whatever_stands_in_it() {
        for text in [
            "姓名\n张三\n李四\n欧阳娜\n".to_owned(),
            "学号,姓名,学院,专业\r\n2021001001,王一一,电气与电子工程学院,电气工程及其自动化一班\r\n".repeat(200),
        ] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            assert_eq!(decode(&little).unwrap(), text);
            assert_eq!(decode(&big).unwrap(), text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_not_taken_for_one() {
        let noise: Vec<u8> = (0..3000_u32).map(|n| ((n * n * 31) >> 3) as u8).collect();
        assert_eq!(decode(&noise), None);
        assert_eq!(decode(b"a\0b\0\0\0\x01"), None);
    }
}
