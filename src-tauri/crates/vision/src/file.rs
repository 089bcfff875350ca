//! What a file is by its first bytes, and what its name claims. Not a decoder.

use zhaoshen_model::measurement::FileFormat;

/// The container format told by magic bytes.
pub fn sniff(bytes: &[u8]) -> FileFormat {
    const MAGIC: &[(&[u8], FileFormat)] = &[
        (b"\xFF\xD8\xFF", FileFormat::Jpeg),
        (b"\x89PNG\r\n\x1A\n", FileFormat::Png),
        (b"GIF87a", FileFormat::Gif),
        (b"GIF89a", FileFormat::Gif),
        (b"II*\0", FileFormat::Tiff),
        (b"MM\0*", FileFormat::Tiff),
        (b"%PDF-", FileFormat::Pdf),
    ];
    if bytes.is_empty() {
        return FileFormat::Empty;
    }
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *format;
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => FileFormat::Webp,
        (_, Some(b"ftyp"), Some(brand)) if is_heif_brand(brand) => FileFormat::Heic,
        _ if is_bmp(bytes) => FileFormat::Bmp,
        _ => FileFormat::Unknown,
    }
}

/// Brands of ISO/IEC 23008-12 (HEIF) and of AVIF, which phones name `.heic` too.
fn is_heif_brand(brand: &[u8]) -> bool {
    matches!(
        brand,
        b"heic"
            | b"heix"
            | b"hevc"
            | b"hevx"
            | b"heim"
            | b"heis"
            | b"mif1"
            | b"msf1"
            | b"avif"
            | b"avis"
    )
}

/// "BM" alone would match text, so the header's size field must be a known one.
fn is_bmp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM")
        && matches!(
            bytes.get(14..18),
            Some([12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])
        )
}

/// The extension of a file name as written, without the dot; empty when there is none.
pub fn extension(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        let table: &[(&[u8], FileFormat)] = &[
            (b"", FileFormat::Empty),
            (b"\xFF\xD8\xFF\xE0....", FileFormat::Jpeg),
            (b"\x89PNG\r\n\x1A\n....", FileFormat::Png),
            (b"GIF89a", FileFormat::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8 ", FileFormat::Webp),
            (b"RIFF\x10\0\0\0WAVEfmt ", FileFormat::Unknown),
            (b"\0\0\0\x18ftypheic\0\0\0\0", FileFormat::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", FileFormat::Heic),
            (b"\0\0\0\x18ftypisom\0\0\0\0", FileFormat::Unknown),
            (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", FileFormat::Bmp),
            (b"BMW is a brand, not a bitmap", FileFormat::Unknown),
            (b"II*\0\x08\0\0\0", FileFormat::Tiff),
            (b"%PDF-1.7", FileFormat::Pdf),
            (b"\xFF\xD8", FileFormat::Unknown),
        ];
        for (bytes, format) in table {
            assert_eq!(sniff(bytes), *format, "{bytes:?}");
        }
    }

    #[test]
    fn extension_is_what_follows_the_last_dot_of_the_name() {
        let table = [
            ("2021001.jpg", "jpg"),
            ("a.b.JPG", "JPG"),
            ("dir.x/2021001", ""),
            ("dir\\张三.jpeg", "jpeg"),
            (".jpg", ""),
            ("name.", ""),
            ("", ""),
        ];
        for (name, expected) in table {
            assert_eq!(extension(name), expected, "{name}");
        }
    }
}
