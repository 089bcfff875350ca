//! What segments beside the picture tell of the programs that wrote the file.
//!
//! Names are kept as found; which of them count as editors is for the rules to say. An absent mark proves nothing.

use zhaoshen_model::measurement::FileMarks;

use super::exif::clean;
use super::segments::Segments;

/// Most names kept.
const MOST_NAMES: usize = 12;
/// Most bytes of a packet or box that are searched.
const SEARCHED: usize = 1 << 20;

/// Words by which a file says that an AI model made or changed it: IPTC digital source types
/// (cv.iptc.org/newscodes/digitalsourcetype), and the label of GB 45438-2025.
const AI_WORDS: [&str; 5] = [
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "compositeSynthetic",
    "TC260:AIGC",
    "\"AIGC\"",
];

/// Reads the marks; `comments` are the texts of the EXIF segment.
pub(super) fn read(segments: &Segments<'_>, comments: Vec<String>) -> FileMarks {
    let xmp = segments.xmp.map(head).unwrap_or_default();
    let mut programs = comments;
    programs.extend(segments.comments.iter().filter_map(|text| text_of(text)));
    programs.extend(properties(xmp, b"softwareAgent"));
    programs.extend(properties(xmp, b"CreatorTool"));
    programs.extend(properties(xmp, b"UserComment"));
    let screenshot = programs
        .iter()
        .any(|text| text.to_lowercase().contains("screenshot"));
    let in_texts = |word: &&str| {
        contains(xmp, word.as_bytes())
            || programs.iter().any(|text| text.contains(*word))
            || segments
                .boxes
                .iter()
                .any(|part| contains(part, word.as_bytes()))
    };
    let ai_label = AI_WORDS
        .iter()
        .find(|word| in_texts(word))
        .map(|word| (*word).trim_matches('"').to_owned());
    let is_manifest = |part: &&[u8]| contains(part, b"jumb") && contains(part, b"c2pa");
    let origin_manifest = segments.boxes.iter().any(is_manifest);
    let mut seen = Vec::new();
    programs.retain(|name| {
        let fresh = !seen.contains(name) && seen.len() < MOST_NAMES;
        if fresh {
            seen.push(name.clone());
        }
        fresh
    });
    FileMarks {
        programs,
        photoshop_resources: segments.photoshop,
        adobe_web: segments.ducky,
        editor_saves: saves(xmp),
        ai_label,
        origin_manifest,
        screenshot,
    }
}

/// A comment as text; binary ones count as none.
fn text_of(comment: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(comment.get(..comment.len().min(400))?);
    let readable = text
        .chars()
        .filter(|letter| letter.is_control() || *letter == '\u{FFFD}')
        .count()
        <= 2;
    readable.then(|| clean(&text)).flatten()
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(SEARCHED)]
}

/// The values of every attribute or element called `name`, whatever its prefix.
fn properties(packet: &[u8], name: &[u8]) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = packet;
    while values.len() < MOST_NAMES
        && let Some(at) = position(rest, name)
    {
        rest = &rest[at + name.len()..];
        values.extend(value(rest));
    }
    values
}

/// The value after a name: `="…"`, `='…'` or `>…<`.
fn value(after: &[u8]) -> Option<String> {
    let text = match after {
        [b'=', quote @ (b'"' | b'\''), text @ ..] => text.split(|byte| byte == quote).next()?,
        [b'>', text @ ..] => text.split(|&byte| byte == b'<').next()?,
        _ => return None,
    };
    clean(&String::from_utf8_lossy(text))
}

/// How often the XMP history (`xmpMM:History`) says "saved".
fn saves(packet: &[u8]) -> u32 {
    let count = properties(packet, b"stEvt:action")
        .iter()
        .filter(|action| *action == "saved")
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    position(bytes, word).is_some()
}

/// Where `word` begins; by its first byte, so that long runs of others cost little.
fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let (&first, _) = word.split_first()?;
    let mut from = 0;
    while let Some(offset) = bytes.get(from..)?.iter().position(|&byte| byte == first) {
        let at = from + offset;
        if bytes[at..].starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn values_are_read_from_either_form_and_saves_are_counted() {
        let packet: &[u8] =
            br#"<rdf:li stEvt:action="saved" stEvt:softwareAgent="Adobe Photoshop 24.0"/>
            <rdf:li stEvt:action="converted"/><rdf:li><stEvt:action>saved</stEvt:action>
            <stEvt:softwareAgent>Snapseed 2.0</stEvt:softwareAgent></rdf:li>"#;
        assert_eq!(
            properties(packet, b"softwareAgent"),
            ["Adobe Photoshop 24.0", "Snapseed 2.0"]
        );
        assert_eq!(saves(packet), 2);
        assert!(properties(b"softwareAgent", b"softwareAgent").is_empty());
        assert!(properties(b"softwareAgent=\"", b"softwareAgent").is_empty());
    }

    #[test]
    fn words_are_found_and_binary_comments_are_not_read() {
        assert_eq!(position(b"aaab", b"aab"), Some(1));
        assert_eq!(position(b"", b"a"), None);
        assert_eq!(
            text_of(b"Lavc58.54.100\0").as_deref(),
            Some("Lavc58.54.100")
        );
        assert_eq!(text_of(&[0, 1, 2, 3, 4, 255]), None);
    }
}
