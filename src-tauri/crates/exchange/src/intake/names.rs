//! Names of files as people see them.

use std::ffi::OsStr;
use std::path::Path;

use encoding_rs::GB18030;

/// UTF-8 where the bytes are, otherwise GB 18030, in which Chinese systems write names.
///
/// Some names in GB 2312 are valid UTF-8 by chance (小英 is D0 A1 D3 A2), but read so they hold nothing
/// but Cyrillic, Greek or Hebrew letters; two and more hanzi in a row are then the likelier text.
pub(super) fn decode(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(text) if !is_hanzi_by_chance(text) => text.to_owned(),
        _ => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// Whether all that is not ASCII are two-byte characters whose bytes are runs of hanzi in GB 2312.
fn is_hanzi_by_chance(text: &str) -> bool {
    let mut runs = text
        .split(|c: char| c.is_ascii())
        .filter(|run| !run.is_empty())
        .peekable();
    runs.peek().is_some()
        && runs.all(|run| {
            run.chars().nth(1).is_some()
                && run.chars().all(|c| {
                    let mut bytes = [0; 4];
                    matches!(
                        c.encode_utf8(&mut bytes).as_bytes(),
                        [0xB0..=0xF7, 0xA1..=0xFE]
                    )
                })
        })
}

/// A name of the file system as text.
pub(super) fn of_os(name: &OsStr) -> String {
    match name.to_str() {
        Some(text) => text.to_owned(),
        None => decode(name.as_encoded_bytes()),
    }
}

/// The last name of a path.
pub(super) fn of_path(path: &Path) -> String {
    path.file_name().map_or_else(
        || {
            path.canonicalize()
                .ok()
                .and_then(|whole| whole.file_name().map(of_os))
                .unwrap_or_default()
        },
        of_os,
    )
}

/// Whether the path's extension is `extension`, in any case.
pub(super) fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// Endings of names that pictures have.
const PICTURES: [&str; 13] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "tif", "tiff", "webp", "heic", "heif",
    "avif",
];

/// Whether the file at this display path may be a photo by its name: it ends as pictures do, or as nothing that is known to
/// be an ending ("2021001", "2021001.张三").
pub fn is_named_picture(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let Some((_, ending)) = file.rsplit_once('.') else {
        return true;
    };
    let lower = ending.to_ascii_lowercase();
    PICTURES.contains(&lower.as_str())
        || ending.is_empty()
        || !ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether systems and programs leave such a file behind.
pub(super) fn is_litter(path: &str) -> bool {
    let mut parts = path.split('/').rev();
    let file = parts.next().unwrap_or("");
    let lower = file.to_lowercase();
    matches!(
        lower.as_str(),
        "thumbs.db" | "ehthumbs.db" | ".ds_store" | "desktop.ini" | ".picasa.ini" | "picasa.ini"
    ) || file.starts_with("~$")
        || file.starts_with("._")
        || parts.any(|part| part == "__MACOSX" || part == "@eaDir")
}

/// The entry's parts joined by `/`, or `None` when it would leave the archive.
pub(super) fn safe_entry(name: &str) -> Option<String> {
    let unified = name.replace('\\', "/");
    let drive = unified.as_bytes().get(..2).is_some_and(|start| {
        start.first().is_some_and(u8::is_ascii_alphabetic) && start.ends_with(b":")
    });
    if unified.starts_with('/') || drive || unified.contains('\0') {
        return None;
    }
    let mut parts = Vec::new();
    for part in unified.split('/') {
        match part.trim() {
            ".." => return None,
            "" | "." => {}
            _ => parts.push(part),
        }
    }
    Some(parts.join("/")).filter(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_ends_as_a_document_does_is_no_pictures() {
        for name in [
            "a.jpg",
            "照/A.JPEG",
            "a.b.heic",
            "2021001",
            "2021001.张三",
            "照.片/一",
        ] {
            assert!(is_named_picture(name), "{name}");
        }
        for name in ["a.docx", "照/A.TXT", "a.jpg.pdf", "照.jpg/说明.wps"] {
            assert!(!is_named_picture(name), "{name}");
        }
    }

    #[test]
    fn gb18030_names_are_read() {
        assert_eq!(decode("张三.jpg".as_bytes()), "张三.jpg");
        assert_eq!(decode(b"\xD5\xC5\xC8\xFD.jpg"), "张三.jpg");
        // These bytes are valid UTF-8 too.
        for name in ["小英.jpg", "2021001-小英.jpg", "伟强(1).jpg"] {
            let (raw, _, _) = GB18030.encode(name);
            assert!(std::str::from_utf8(&raw).is_ok());
            assert_eq!(decode(&raw), name);
        }
        for name in ["Müller.jpg", "José-é.jpg", "Иван.jpg", "阿·买.jpg"] {
            assert_eq!(decode(name.as_bytes()), name);
        }
        // 䶮 needs four bytes.
        let (raw, _, _) = GB18030.encode("张𬱖.jpg");
        assert_eq!(decode(&raw), "张𬱖.jpg");
    }

    #[test]
    fn entries_that_leave_the_archive_are_none() {
        for name in [
            "../a.jpg",
            "a/../../b.jpg",
            "..\\a.jpg",
            "/etc/a.jpg",
            "\\a.jpg",
            "C:\\a.jpg",
            "c:a.jpg",
            "a/ .. /b.jpg",
            "a\0.jpg",
            "",
            "./",
            "a/..",
        ] {
            assert_eq!(safe_entry(name), None, "{name:?}");
        }
        assert_eq!(
            safe_entry("./甲\\乙//丙.jpg").as_deref(),
            Some("甲/乙/丙.jpg")
        );
        assert_eq!(safe_entry("a..b.jpg").as_deref(), Some("a..b.jpg"));
    }

    #[test]
    fn litter_is_known() {
        for path in [
            "a/Thumbs.db",
            ".DS_Store",
            "__MACOSX/a/._1.jpg",
            "~$名单.xlsx",
            "x/._1.jpg",
            "desktop.ini",
        ] {
            assert!(is_litter(path), "{path}");
        }
        assert!(!is_litter("a/1.jpg"));
        assert!(!is_litter("__MACOSX.jpg"));
    }
}
