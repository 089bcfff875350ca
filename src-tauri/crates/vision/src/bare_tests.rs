//! Files with names written into them, and what is left of these.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::{jpeg, png};
use crate::picture::Picture;
use crate::{Photo, rendition};

const NAME: &[u8] = "张三110101199003070024".as_bytes();

fn picture() -> Picture {
    let rgb = (0..64 * 48 * 3).map(|at| (at * 7 % 251) as u8).collect();
    Picture::new(rgb, 64, 48).unwrap()
}

fn photo() -> Vec<u8> {
    rendition::encode(&picture(), 92, 300).unwrap()
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker][..], &length, body].concat()
}

fn with(photo: &[u8], segments: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let (start, rest) = photo.split_at(2);
    [start, &segments.concat(), rest, behind].concat()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn pixels(bytes: &[u8]) -> Vec<u8> {
    Photo::open(bytes, "").picture.unwrap().rgb().to_vec()
}

#[test]
fn a_photo_without_metadata_comes_back_as_it_is() {
    let photo = photo();
    assert_eq!(jpeg(&photo, Some(300)).unwrap(), photo);
    assert_eq!(jpeg(&photo, None).unwrap(), photo);
}

#[test]
fn names_go_from_every_place_they_can_stand_in_and_no_pixel_changes() {
    let plain = photo();
    let places: Vec<Vec<u8>> = [0xE0, 0xFE]
        .into_iter()
        .chain(0xE1..=0xEF)
        .map(|marker| segment(marker, NAME))
        .collect();
    for place in places.iter().map(std::slice::from_ref).chain([&places[..]]) {
        let told = with(&plain, place, b"");
        assert!(holds(&told, NAME));
        let bare = jpeg(&told, Some(300)).unwrap();
        assert!(!holds(&bare, NAME), "{:02X?}", place[0][1]);
        assert_eq!(pixels(&bare), pixels(&plain));
        let opened = Photo::open(&bare, "");
        assert_eq!(opened.jpeg.unwrap().density_dpi, Some((300.0, 300.0)));
        assert!(!holds(&jpeg(&told, None).unwrap(), NAME));
    }
    let behind = with(&plain, &[], NAME);
    assert_eq!(jpeg(&behind, None).unwrap(), plain);
}

#[test]
fn a_thumbnail_and_a_colour_profile_go() {
    let mut jfif = b"JFIF\0\x01\x02\x01\x01\x2C\x01\x2C\x01\x01".to_vec();
    jfif.extend_from_slice(NAME);
    let profile = [b"ICC_PROFILE\0\x01\x01", NAME].concat();
    let plain = photo();
    let told = with(
        &plain,
        &[segment(0xE0, &jfif), segment(0xE2, &profile)],
        b"",
    );
    for dpi in [Some(300), None] {
        let bare = jpeg(&told, dpi).unwrap();
        assert!(!holds(&bare, NAME) && !holds(&bare, b"ICC_PROFILE"));
        assert_eq!(pixels(&bare), pixels(&plain));
    }
    let opened = Photo::open(&jpeg(&told, None).unwrap(), "");
    assert_eq!(opened.jpeg.unwrap().density_dpi, Some((300.0, 300.0)));
}

#[test]
fn words_of_adobe_and_segments_that_nobody_knows_go() {
    let plain = photo();
    let adobe = |rest: &[u8]| segment(0xEE, &[b"Adobe", rest].concat());
    let unknown = [0xC8, 0xCC, 0xF0, 0xF5, 0xFD, 0x02, 0xBF, 0xDE, 0xDF];
    let unknown = unknown.map(|marker| segment(marker, NAME));
    // A word as long as it must be holds seven bytes of its maker's.
    let numbers = adobe(b"310002\x01");
    for place in [adobe(NAME), numbers, unknown.concat()] {
        let bare = jpeg(&with(&plain, &[place], b""), None).unwrap();
        assert!(!holds(&bare, NAME) && !holds(&bare, b"31000"));
        assert_eq!(pixels(&bare), pixels(&plain));
    }
    let word = adobe(b"\0\x64\0\0\0\0\x01");
    let told = with(&plain, std::slice::from_ref(&word), b"");
    assert_eq!(jpeg(&told, None).unwrap(), told, "the word itself stays");
}

#[test]
fn what_stands_behind_the_tables_of_a_segment_goes() {
    let plain = photo();
    let lengthened = |marker: u8| {
        let place = |at: &usize| plain[*at..].starts_with(&[0xFF, marker]);
        let at = (2..plain.len()).find(place).unwrap();
        let (body, next) = super::segment(&plain, at + 2).unwrap();
        let longer = segment(marker, &[body, NAME].concat());
        [&plain[..at], &longer, &plain[next..]].concat()
    };
    for marker in [0xC0, 0xC4, 0xDA, 0xDB] {
        let told = lengthened(marker);
        assert!(holds(&told, NAME));
        assert_eq!(jpeg(&told, None).unwrap(), plain, "{marker:02X}");
    }
}

#[test]
fn what_stands_between_the_last_block_and_the_end_goes() {
    let plain = photo();
    let (picture, end) = plain.split_at(plain.len() - 2);
    let scan = segment(0xDA, &[&[1, 1, 0, 0, 63, 0][..], NAME].concat());
    let tables = segment(0xDB, &[&[0][..], &NAME.repeat(3)[..64]].concat());
    let stuffed = [NAME, b"\xFF\0", NAME, b"\xFF\xD3", NAME].concat();
    for hidden in [NAME.to_vec(), scan, tables, stuffed] {
        let told = [picture, &hidden, end].concat();
        assert!(holds(&told, &NAME[..12]));
        for dpi in [None, Some(300)] {
            assert_eq!(jpeg(&told, dpi).unwrap(), plain);
        }
    }
}

#[test]
fn what_breaks_off_is_given_up() {
    let whole = with(&photo(), &[segment(0xE1, NAME)], b"");
    for end in 0..whole.len() {
        assert_eq!(jpeg(&whole[..end], Some(300)), None, "cut at {end}");
    }
    assert_eq!(jpeg(b"\x89PNG", None), None);
}

fn png_bytes() -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = image::RgbImage::from_raw(64, 48, picture().rgb().to_vec()).unwrap();
    let mut out = std::io::Cursor::new(&mut bytes);
    image.write_to(&mut out, image::ImageFormat::Png).unwrap();
    bytes
}

/// The chunks between the signature and IEND: what kind, where, how long their data.
fn chunks(bytes: &[u8]) -> Vec<([u8; 4], usize, usize)> {
    let mut at = 8;
    let mut chunks = Vec::new();
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap()) as usize;
        chunks.push((head[4..].try_into().unwrap(), at, length));
        at += length + 12;
    }
    chunks
}

#[test]
fn what_stands_behind_the_image_data_of_a_png_goes() {
    let plain = png_bytes();
    let idat: Vec<_> = chunks(&plain)
        .into_iter()
        .filter(|(kind, ..)| kind == b"IDAT")
        .collect();
    let &(_, at, length) = idat.last().unwrap();
    let (before, behind) = (&plain[..at], &plain[at + length + 12..]);
    let data = &plain[at + 8..at + 8 + length];
    // A chunk of its own behind the data, and the same in the last chunk that holds some.
    let further = [&plain[..at + length + 12], &chunk(b"IDAT", NAME), behind].concat();
    assert_eq!(png(&further).unwrap(), plain);
    let longer = chunk(b"IDAT", &[data, NAME].concat());
    let bare = png(&[before, &longer, behind].concat()).unwrap();
    assert_eq!(bare, plain, "with the checksum of what is left");
    // More rows than the picture has.
    let raw: Vec<u8> = picture()
        .rgb()
        .chunks_exact(64 * 3)
        .flat_map(|row| [&[0], row].concat())
        .collect();
    let more = miniz_oxide::deflate::compress_to_vec_zlib(&[&raw, NAME].concat(), 0);
    let told = [&plain[..33], &chunk(b"IDAT", &more), behind].concat();
    assert!(holds(&told, NAME));
    let bare = png(&told).unwrap();
    let (kind, at, length) = chunks(&bare)[1];
    assert_eq!(&kind, b"IDAT");
    let data = &bare[at + 8..at + 8 + length];
    assert_eq!(
        miniz_oxide::inflate::decompress_to_vec_zlib(data).unwrap(),
        raw
    );
    assert_eq!(pixels(&bare), pixels(&plain));
    // Fewer rows than it has, and data that are none.
    let fewer = miniz_oxide::deflate::compress_to_vec_zlib(&raw[..raw.len() - 1], 6);
    for broken in [&fewer[..], NAME, b""] {
        let told = [&plain[..33], &chunk(b"IDAT", broken), behind].concat();
        assert_eq!(png(&told), None);
    }
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    // The checksum is not looked at here: what is kept is kept as it came.
    [&length, &kind[..], data, &[0; 4]].concat()
}

#[test]
fn texts_and_private_chunks_of_a_png_go() {
    let bytes = png_bytes();
    assert_eq!(png(&bytes).unwrap(), bytes);
    // After the header, whose chunk is 25 bytes long, and the signature.
    let (head, rest) = bytes.split_at(33);
    let kinds = [
        b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"prVt", b"iCCP", b"pHYs", b"sBIT", b"tRNS", b"gAMA",
        b"cHRM", b"sRGB", b"PLTE", b"ABCD", b"IHDR",
    ];
    let told: Vec<u8> = kinds
        .into_iter()
        .flat_map(|kind| chunk(kind, NAME))
        .collect();
    let told = [head, &told, rest, NAME].concat();
    assert_eq!(png(&told).unwrap(), bytes);
    for end in 0..bytes.len() {
        assert_eq!(png(&bytes[..end]), None, "cut at {end}");
    }
    let ending = [&rest[..rest.len() - 12], &chunk(b"IEND", NAME)].concat();
    let ending = [head, &ending].concat();
    assert_eq!(png(&ending).unwrap(), bytes);
    let (dense, digits) = (
        chunk(b"pHYs", b"\0\0\x2E\x23\0\0\x2E\x23\x01"),
        chunk(b"pHYs", b"31000231\x01"),
    );
    let told = [head, &dense, &digits, rest].concat();
    assert_eq!(png(&told).unwrap(), [head, &dense, rest].concat());
    let endless = [&head[..8], &u32::MAX.to_be_bytes(), b"IDAT"].concat();
    assert_eq!(png(&endless), None);
    assert_eq!(png(&photo()), None);
}
