//! Hostile archives made byte by byte, and folders with everything in them.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

mod nested;
mod told;

/// The start of a JPEG and some bytes: a picture by its first bytes, which is all intake looks at.
fn jpeg(seed: u8, length: usize) -> Vec<u8> {
    let mut bytes = b"\xFF\xD8\xFF\xE0".to_vec();
    bytes.extend((4..length).map(|at| (at % 251) as u8 ^ seed));
    bytes
}

fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

/// So many entries of the same bytes, numbered.
fn copies(count: usize, ending: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let names = (0..count).map(|at| format!("{at}{ending}"));
    names.map(|name| (name, bytes.to_vec())).collect()
}

fn zipped(entries: &[(impl AsRef<str>, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_ref(), stored()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Writes `bytes` over every place where `old` stands, to make names no writer would.
fn renamed(mut archive: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let places: Vec<usize> = archive
        .windows(old.len())
        .enumerate()
        .filter_map(|(at, window)| (window == old).then_some(at))
        .collect();
    assert_eq!(
        places.len(),
        2,
        "once in the local header, once in the directory"
    );
    for at in places {
        archive[at..at + new.len()].copy_from_slice(new);
    }
    archive
}

struct Walked {
    photos: Vec<(String, Vec<u8>)>,
    refused: Vec<(String, RefusalCode)>,
    ignored: Vec<String>,
    summary: IntakeSummary,
}

fn walked(source: &Path, limits: &Limits) -> Result<Walked, Error> {
    let mut walked = Walked {
        photos: Vec::new(),
        refused: Vec::new(),
        ignored: Vec::new(),
        summary: IntakeSummary::default(),
    };
    let total = count(source, limits, &AtomicBool::new(false))?;
    let mut items = 0;
    walked.summary = walk(source, limits, &AtomicBool::new(false), |item| {
        items += 1;
        match item {
            IntakeItem::Photo(photo) => walked.photos.push((photo.path, photo.bytes)),
            IntakeItem::Refused(refusal) => {
                assert!(refusal.message_zh.contains(&refusal.path));
                walked.refused.push((refusal.path, refusal.code));
            }
            IntakeItem::Ignored { path } => walked.ignored.push(path),
        }
    })?;
    assert_eq!(items, total, "the total of the progress bar is kept");
    Ok(walked)
}

fn saved(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("照片.zip");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn walk_zip(bytes: &[u8]) -> Result<Walked, Error> {
    let (_folder, path) = saved(bytes);
    walked(&path, &Limits::default())
}

#[test]
fn an_archive_gives_its_photos_unchanged() {
    let found = walk_zip(&zipped(&[
        ("甲/2021001.jpg", jpeg(1, 5000)),
        ("b.PNG", b"\x89PNG\r\n\x1A\nrest".to_vec()),
        ("c.jpg", b"RIFF\0\0\0\0WEBPVP8 ".to_vec()),
        ("empty.jpg", Vec::new()),
        ("readme.txt", b"hello".to_vec()),
        ("a.pdf", b"%PDF-1.4".to_vec()),
        ("inner.doc", zipped(&[("1.jpg", jpeg(1, 10))])),
        ("__MACOSX/._b.PNG", b"x".to_vec()),
        ("Thumbs.db", b"x".to_vec()),
    ]))
    .unwrap();
    let names: Vec<&str> = found.photos.iter().map(|photo| photo.0.as_str()).collect();
    assert_eq!(
        names,
        [
            "照片.zip/b.PNG",
            "照片.zip/c.jpg",
            "照片.zip/甲/2021001.jpg"
        ]
    );
    assert_eq!(found.photos[2].1, jpeg(1, 5000));
    assert_eq!(
        found.refused,
        vec![
            ("照片.zip/a.pdf".into(), RefusalCode::Document),
            ("照片.zip/empty.jpg".into(), RefusalCode::Empty),
            ("照片.zip/inner.doc".into(), RefusalCode::MisnamedArchive),
            ("照片.zip/readme.txt".into(), RefusalCode::NotAPicture),
        ]
    );
    assert_eq!(found.ignored.len(), 2);
    assert_eq!(
        (
            found.summary.photos,
            found.summary.refused,
            found.summary.ignored
        ),
        (3, 4, 2)
    );
}

#[test]
fn names_in_gb18030_are_read() {
    let mut gbk = "张三".to_owned().into_bytes();
    gbk.clear();
    gbk.extend(b"\xD5\xC5\xC8\xFD.jpg");
    let found = walk_zip(&renamed(
        zipped(&[("ABCD.jpg", jpeg(1, 100))]),
        b"ABCD.jpg",
        &gbk,
    ))
    .unwrap();
    assert_eq!(found.photos[0].0, "照片.zip/张三.jpg");
    let (four_bytes, _, _) = encoding_rs::GB18030.encode("𬱖.jpg");
    let found = walk_zip(&renamed(
        zipped(&[("ABCD.jpg", jpeg(1, 100))]),
        b"ABCD.jpg",
        &four_bytes,
    ))
    .unwrap();
    assert_eq!(found.photos[0].0, "照片.zip/𬱖.jpg");
}

#[test]
fn entries_that_leave_the_archive_are_refused() {
    for (old, new) in [
        ("AA/x.jpg", "../x.jpg"),
        ("AAA/x.jpg", "..\\\\x.jpg"),
        ("AAAAAAAAA.jpg", "a/../../x.jpg"),
        ("AAAAA.jpg", "/etc1.jpg"),
        ("AAAAA.jpg", "C:\\1x.jpg"),
    ] {
        let archive = renamed(
            zipped(&[(old, jpeg(1, 100))]),
            old.as_bytes(),
            new.as_bytes(),
        );
        let found = walk_zip(&archive).unwrap();
        assert_eq!(found.photos, vec![], "{new}");
        assert_eq!(found.refused.len(), 1);
        assert_eq!(found.refused[0].1, RefusalCode::UnsafePath, "{new}");
    }
}

#[test]
fn a_name_twice_is_reported() {
    let archive = zipped(&[("AAAA.jpg", jpeg(1, 100)), ("BBBB.jpg", jpeg(2, 100))]);
    let found = walk_zip(&renamed(archive, b"BBBB.jpg", b"AAAA.jpg")).unwrap();
    assert_eq!(found.photos, vec![]);
    let told = ("照片.zip/AAAA.jpg".to_owned(), RefusalCode::DuplicateName);
    assert_eq!(found.refused, vec![told.clone(), told]);
}

#[test]
fn an_encrypted_entry_is_refused_and_the_rest_goes_on() {
    let mut archive = zipped(&[("AAAA.jpg", jpeg(1, 100)), ("BBBB.jpg", jpeg(2, 100))]);
    // Bit 0 of the general purpose flags, in the local header and in the directory.
    archive[6] |= 1;
    let directory = archive
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    archive[directory + 8] |= 1;
    let found = walk_zip(&archive).unwrap();
    assert_eq!(
        found.refused,
        vec![("照片.zip/AAAA.jpg".into(), RefusalCode::Encrypted)]
    );
    assert_eq!(found.photos.len(), 1);
}

#[test]
fn an_unknown_compression_is_refused() {
    let mut archive = zipped(&[("AAAA.jpg", jpeg(1, 100))]);
    archive[8] = 14;
    let directory = archive
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    archive[directory + 10] = 14;
    let found = walk_zip(&archive).unwrap();
    assert_eq!(found.refused[0].1, RefusalCode::UnsupportedCompression);
}

#[test]
fn a_damaged_entry_is_refused_and_the_rest_goes_on() {
    let mut archive = zipped(&[("AAAA.jpg", jpeg(1, 4000)), ("BBBB.jpg", jpeg(2, 100))]);
    archive[2000] ^= 0xFF;
    let found = walk_zip(&archive).unwrap();
    assert_eq!(
        found.refused,
        vec![("照片.zip/AAAA.jpg".into(), RefusalCode::Damaged)]
    );
    assert_eq!(found.photos.len(), 1);
}

/// A picture's first bytes and then `length` zeros, deflated.
fn bomb(length: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer.start_file("AAAA.jpg", options).unwrap();
    writer.write_all(b"\xFF\xD8\xFF\xE0").unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..length >> 20 {
        writer.write_all(&zeros).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_refused_whatever_size_they_claim() {
    let honest = bomb(64 << 20);
    let found = walk_zip(&honest).unwrap();
    assert_eq!(found.refused[0].1, RefusalCode::TooLarge);
    let mut lying = honest.clone();
    let directory = lying
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    for at in [22, directory + 24] {
        lying[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    let found = walk_zip(&lying).unwrap();
    assert_eq!(found.photos, vec![]);
    assert!(
        matches!(
            found.refused[0].1,
            RefusalCode::Bomb | RefusalCode::TooLarge | RefusalCode::Damaged
        ),
        "{:?}",
        found.refused
    );
    let found = walk_zip(&bomb(16 << 20)).unwrap();
    assert_eq!(
        found.refused[0].1,
        RefusalCode::Bomb,
        "small enough, yet no picture shrinks so"
    );
}

#[test]
fn the_sum_of_all_photos_is_bounded() {
    let (_folder, path) = saved(&zipped(&[
        ("1.jpg", jpeg(1, 600)),
        ("2.jpg", jpeg(2, 600)),
        ("3.jpg", jpeg(3, 300)),
    ]));
    let limits = Limits {
        max_total_bytes: 1000,
        ..Limits::default()
    };
    let found = walked(&path, &limits).unwrap();
    assert_eq!(found.photos.len(), 2);
    assert_eq!(
        found.refused,
        vec![("照片.zip/2.jpg".into(), RefusalCode::TotalTooLarge)]
    );
}

#[test]
fn too_many_entries_are_refused_before_they_are_read() {
    let (_folder, path) = saved(&zipped(&copies(20, ".jpg", &jpeg(1, 10))));
    let limits = Limits {
        max_entries: 10,
        ..Limits::default()
    };
    assert!(matches!(
        count(&path, &limits, &AtomicBool::new(false)),
        Err(Error::TooManyEntries {
            count: 20,
            max: 10,
            ..
        })
    ));
    let mut lying = zipped(&[("1.jpg", jpeg(1, 10))]);
    let end = lying.len() - 22;
    lying[end + 10..end + 12].copy_from_slice(&60_000_u16.to_le_bytes());
    assert!(
        matches!(walk_zip(&lying), Err(Error::BrokenArchive { .. })) || walk_zip(&lying).is_ok()
    );
}

#[test]
fn archives_of_other_kinds_and_cut_ones_say_so() {
    for (bytes, word) in [
        (b"Rar!\x1A\x07\x01\0rest".as_slice(), "RAR"),
        (b"7z\xBC\xAF\x27\x1Crest", "7z"),
        (b"\xFD7zXZ\0rest", "zip以外"),
        (b"\x1F\x8Brest", "gz"),
        (b"", "空文件"),
        (b"hello", "损坏"),
    ] {
        let error = walk_zip(bytes).err().unwrap();
        assert!(matches!(error, Error::NotAnArchive { .. }), "{error:?}");
        assert!(
            error.to_string().contains(word) && error.to_string().contains("照片.zip"),
            "{error}"
        );
    }
    let whole = zipped(&[("1.jpg", jpeg(1, 5000))]);
    let error = walk_zip(&whole[..3000]).err().unwrap();
    assert!(matches!(error, Error::BrokenArchive { .. }), "{error:?}");
    let document = zipped(&[("[Content_Types].xml", b"<Types/>".to_vec())]);
    assert!(matches!(
        walk_zip(&document),
        Err(Error::NotAnArchive { .. })
    ));
}

#[test]
fn a_folder_gives_everything_below_it_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("收来的照片");
    fs::create_dir_all(root.join("2021001-张三")).unwrap();
    fs::write(root.join("2021001-张三/IMG_1.jpg"), jpeg(1, 100)).unwrap();
    fs::write(root.join("b.jpg"), jpeg(2, 100)).unwrap();
    fs::write(
        root.join("名单.xlsx"),
        zipped(&[("[Content_Types].xml", b"x".to_vec())]),
    )
    .unwrap();
    fs::write(root.join("包.zip"), zipped(&[("李四.jpg", jpeg(3, 100))])).unwrap();
    fs::write(root.join("坏.zip"), b"PK\x03\x04broken").unwrap();
    fs::write(root.join("Thumbs.db"), b"x").unwrap();
    let found = walked(&root, &Limits::default()).unwrap();
    let names: Vec<&str> = found.photos.iter().map(|photo| photo.0.as_str()).collect();
    assert_eq!(
        names,
        [
            "收来的照片/2021001-张三/IMG_1.jpg",
            "收来的照片/b.jpg",
            "收来的照片/包.zip/李四.jpg"
        ]
    );
    assert_eq!(found.ignored, ["收来的照片/Thumbs.db"]);
    assert_eq!(
        found.refused,
        vec![
            ("收来的照片/名单.xlsx".into(), RefusalCode::Document),
            ("收来的照片/坏.zip".into(), RefusalCode::Damaged),
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("照片");
    fs::create_dir(&root).unwrap();
    fs::write(folder.path().join("secret.jpg"), jpeg(1, 100)).unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.jpg"), root.join("a.jpg")).unwrap();
    std::os::unix::fs::symlink(folder.path(), root.join("loop")).unwrap();
    let found = walked(&root, &Limits::default()).unwrap();
    assert_eq!(found.photos, vec![]);
    assert_eq!(
        found.refused,
        vec![
            ("照片/a.jpg".into(), RefusalCode::Link),
            ("照片/loop".into(), RefusalCode::Link)
        ]
    );
}

#[test]
fn folders_deeper_than_the_limit_are_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("1/2/3")).unwrap();
    fs::write(folder.path().join("1/2/3/x.jpg"), jpeg(1, 10)).unwrap();
    let limits = Limits {
        max_depth: 2,
        ..Limits::default()
    };
    let found = walked(folder.path(), &limits).unwrap();
    assert_eq!(found.refused.len(), 1);
    assert_eq!(found.refused[0].1, RefusalCode::TooDeep);
}

#[test]
fn a_single_file_is_a_source_and_a_missing_one_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("张三.jpg");
    fs::write(&path, jpeg(1, 100)).unwrap();
    let found = walked(&path, &Limits::default()).unwrap();
    assert_eq!(found.photos, vec![("张三.jpg".into(), jpeg(1, 100))]);
    let missing = folder.path().join("无.jpg");
    assert!(matches!(
        count(&missing, &Limits::default(), &AtomicBool::new(false)),
        Err(Error::NotFound { .. })
    ));
}

#[test]
fn cancelling_is_heard_while_files_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("1.jpg"), jpeg(1, 100)).unwrap();
    let limits = Limits::default();
    let counted = |cancelled| count(folder.path(), &limits, &AtomicBool::new(cancelled)).unwrap();
    assert_eq!((counted(false), counted(true)), (1, 0));
}

#[test]
fn copies_come_after_the_plain_name_in_folders_and_archives() {
    let files = ["7(1).jpg", "7.jpg", "7(10).jpg", "7(2).jpg"];
    let folder = tempfile::tempdir().unwrap();
    for name in files {
        fs::write(folder.path().join(name), jpeg(1, 100)).unwrap();
    }
    let (_zip, archive) = saved(&zipped(&files.map(|name| (name, jpeg(1, 100)))));
    for source in [folder.path(), archive.as_path()] {
        let found = walked(source, &Limits::default()).unwrap();
        let names: Vec<&str> = found
            .photos
            .iter()
            .filter_map(|(path, _)| path.rsplit('/').next())
            .collect();
        assert_eq!(names, ["7.jpg", "7(1).jpg", "7(2).jpg", "7(10).jpg"]);
    }
}

#[test]
fn cancelling_stops_before_the_next_file() {
    let (_folder, path) = saved(&zipped(&[("1.jpg", jpeg(1, 100)), ("2.jpg", jpeg(2, 100))]));
    let cancel = AtomicBool::new(false);
    let mut given = 0;
    let summary = walk(&path, &Limits::default(), &cancel, |_| {
        given += 1;
        cancel.store(true, Ordering::Relaxed);
    })
    .unwrap();
    assert_eq!(given, 1);
    assert!(summary.cancelled);
}

proptest! {
    #[test]
    fn damage_anywhere_is_answered(at in 0_usize..700, to in any::<u8>()) {
        let mut archive = zipped(&[("甲/1.jpg", jpeg(1, 200)), ("2.jpg", jpeg(2, 200))]);
        let at = at % archive.len();
        archive[at] = to;
        let (_folder, path) = saved(&archive);
        let limits = Limits::default();
        if let Ok(total) = count(&path, &limits, &AtomicBool::new(false)) {
            let mut items = 0;
            let summary = walk(&path, &limits, &AtomicBool::new(false), |_| items += 1);
            prop_assert!(summary.is_err() || items == total);
        }
    }
}
