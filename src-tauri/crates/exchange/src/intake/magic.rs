//! What a file is, told by its first bytes and never by its name.

/// Bytes needed to tell.
pub const HEAD_BYTES: usize = 512;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Zero bytes.
    Empty,
    /// A picture of any format; the file rules judge which are acceptable.
    Image(&'static str),
    /// A zip archive, or an office document that is one inside.
    Zip,
    /// A RAR archive.
    Rar,
    /// A 7z archive.
    SevenZip,
    /// A gzip stream.
    Gzip,
    /// An archive of another kind: tar, bzip2, xz, cab, lzh, zstd.
    OtherArchive,
    /// An OLE file: .doc, .xls, or a protected .xlsx.
    OldOffice,
    /// PDF.
    Pdf,
    /// HTML or XML text.
    Markup,
    /// A program.
    Program,
    /// None of these.
    Unknown,
}

const IMAGES: [(&[u8], &str); 7] = [
    (b"\xFF\xD8", "JPG"),
    (b"\x89PNG\r\n\x1A\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\0\0\x01\0", "ICO"),
    (b"8BPS", "PSD"),
];

const OTHERS: [(&[u8], Kind); 14] = [
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"PK\x07\x08", Kind::Zip),
    (b"Rar!\x1A\x07", Kind::Rar),
    (b"7z\xBC\xAF\x27\x1C", Kind::SevenZip),
    (b"\x1F\x8B", Kind::Gzip),
    (b"\xFD7zXZ\0", Kind::OtherArchive),
    (b"\x28\xB5\x2F\xFD", Kind::OtherArchive),
    (b"MSCF\0\0\0\0", Kind::OtherArchive),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::OldOffice),
    (b"%PDF", Kind::Pdf),
    (b"MZ", Kind::Program),
    (b"\x7FELF", Kind::Program),
    (b"#!", Kind::Program),
];

/// Tells what a file is from its first [`HEAD_BYTES`] bytes (fewer when it is shorter).
pub fn sniff(head: &[u8]) -> Kind {
    if head.is_empty() {
        return Kind::Empty;
    }
    if let Some(name) = image(head) {
        return Kind::Image(name);
    }
    if let Some((_, kind)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *kind;
    }
    if is_other_archive(head) {
        return Kind::OtherArchive;
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let start = text.trim_ascii_start();
    if start.first() == Some(&b'<') {
        return Kind::Markup;
    }
    Kind::Unknown
}

/// Whether a zip begins as Word, Excel, WPS and their like write their documents.
pub(super) fn is_document(head: &[u8]) -> bool {
    let firsts: [&[u8]; 6] = [
        b"[Content_Types].xml",
        b"_rels/",
        b"docProps/",
        b"word/",
        b"xl/",
        b"mimetype",
    ];
    head.get(LOCAL_HEADER_BYTES..)
        .is_some_and(|name| firsts.iter().any(|first| name.starts_with(first)))
}

/// Fixed part of a zip's local header, behind which the first name stands (APPNOTE.TXT 4.3.7), bytes.
const LOCAL_HEADER_BYTES: usize = 30;

fn is_other_archive(head: &[u8]) -> bool {
    let at = |at: usize, magic: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(magic));
    let bzip2 = at(0, b"BZh") && at(4, b"1AY&SY");
    let lzh = at(2, b"-lh") && at(6, b"-");
    bzip2 || lzh || at(257, b"ustar")
}

fn image(head: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = IMAGES.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(name);
    }
    // "BM" alone begins many a text; a bitmap has four reserved zeros after its size.
    if head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) {
        return Some("BMP");
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some("WebP");
    }
    if head.get(4..8) == Some(b"ftyp") {
        return match head.get(8..12)? {
            b"avif" | b"avis" => Some("AVIF"),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
                Some("HEIC")
            }
            _ => None,
        };
    }
    if head.starts_with(b"\0\0\0\x0CjP  ") {
        return Some("JPEG 2000");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_first_bytes() {
        let cases: [(&[u8], Kind); 14] = [
            (b"", Kind::Empty),
            (b"\xFF\xD8\xFF\xE0", Kind::Image("JPG")),
            (b"\x89PNG\r\n\x1A\n....", Kind::Image("PNG")),
            (b"RIFF....WEBPVP8 ", Kind::Image("WebP")),
            (b"\0\0\0\x18ftypheic", Kind::Image("HEIC")),
            (b"\0\0\0\x18ftypisom", Kind::Unknown),
            (b"PK\x03\x04", Kind::Zip),
            (b"Rar!\x1A\x07\x01", Kind::Rar),
            (b"7z\xBC\xAF\x27\x1C", Kind::SevenZip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::OldOffice),
            (b"%PDF-1.7", Kind::Pdf),
            (b"\xEF\xBB\xBF  <html>", Kind::Markup),
            (b"MZ\x90", Kind::Program),
            ("学号,姓名".as_bytes(), Kind::Unknown),
        ];
        for (head, kind) in cases {
            assert_eq!(sniff(head), kind, "{head:?}");
        }
    }
}
