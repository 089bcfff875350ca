//! Archives within archives, and archives that are none to us.

use super::*;

type Maker = fn(&[(&'static str, Vec<u8>)]) -> Vec<u8>;

/// One deflated entry per name.
pub(super) fn deflated(entries: &[(impl AsRef<str>, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(name.as_ref(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn refused_codes(found: &Walked) -> Vec<RefusalCode> {
    found.refused.iter().map(|refused| refused.1).collect()
}

#[test]
fn archives_within_archives_are_opened_stored_or_compressed() {
    let innermost = zipped(&[("2021003.jpg", jpeg(3, 300))]);
    let inner = |make: Maker| {
        make(&[
            ("2021001.jpg", jpeg(1, 3000)),
            ("再一层.zip", innermost.clone()),
        ])
    };
    for make in [zipped as Maker, deflated] {
        let found = walk_zip(&make(&[
            ("一班.zip", inner(make)),
            ("二班/2021002.jpg", jpeg(2, 300)),
        ]))
        .unwrap();
        assert_eq!(
            found.photos,
            vec![
                ("照片.zip/一班.zip/2021001.jpg".into(), jpeg(1, 3000)),
                (
                    "照片.zip/一班.zip/再一层.zip/2021003.jpg".into(),
                    jpeg(3, 300)
                ),
                ("照片.zip/二班/2021002.jpg".into(), jpeg(2, 300)),
            ]
        );
        assert_eq!(found.refused, vec![]);
    }
}

#[test]
fn names_in_gbk_are_read_within_archives_too() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("伟强.jpg");
    let inner = renamed(zipped(&[("ABCD.jpg", jpeg(1, 100))]), b"ABCD.jpg", &gbk);
    let found = walk_zip(&zipped(&[("一班.zip", inner)])).unwrap();
    assert_eq!(found.photos[0].0, "照片.zip/一班.zip/伟强.jpg");
}

#[test]
fn archives_too_deep_are_named() {
    let mut archive = zipped(&[("1.jpg", jpeg(1, 100))]);
    for _ in 0..5 {
        archive = zipped(&[("a.zip", archive), ("2.jpg", jpeg(2, 100))]);
    }
    let found = walk_zip(&archive).unwrap();
    assert_eq!(refused_codes(&found), [RefusalCode::NestedTooDeep]);
    assert_eq!(found.photos.len(), 4, "the outermost and three within");
}

#[test]
fn a_compressed_archive_that_would_fill_the_memory_is_named() {
    let inner = zipped(&[("1.jpg", jpeg(1, 5000))]);
    let (_folder, path) = saved(&deflated(&[
        ("大.zip", inner.clone()),
        ("小.zip", zipped(&[("2.jpg", jpeg(2, 50))])),
    ]));
    let limits = Limits {
        max_held_bytes: 2000,
        ..Limits::default()
    };
    let found = walked(&path, &limits).unwrap();
    assert_eq!(refused_codes(&found), [RefusalCode::NestedTooLarge]);
    assert_eq!(found.photos.len(), 1);
    // Stored, it is read where it lies.
    let (_folder, path) = saved(&zipped(&[("大.zip", inner)]));
    assert_eq!(walked(&path, &limits).unwrap().photos.len(), 1);
}

#[test]
fn the_memory_bound_holds_for_all_levels_together() {
    let inner = deflated(&[("里.zip", zipped(&[("1.jpg", jpeg(1, 3000))]))]);
    let inner_bytes = inner.len() as u64;
    let (_folder, path) = saved(&deflated(&[("外.zip", inner)]));
    let limits = Limits {
        max_held_bytes: inner_bytes + 1000,
        ..Limits::default()
    };
    let found = walked(&path, &limits).unwrap();
    assert_eq!(refused_codes(&found), [RefusalCode::NestedTooLarge]);
}

/// `layers` archives around one file of zeros, each of which holds the one below many times over.
fn bomb_of_archives(layers: u32) -> Vec<u8> {
    let mut archive = bomb(48 << 20);
    for _ in 0..layers {
        archive = deflated(&copies(16, ".zip", &archive));
    }
    archive
}

#[test]
fn a_bomb_of_archives_is_refused_by_ratio_and_by_the_whole() {
    let found = walk_zip(&bomb_of_archives(2)).unwrap();
    assert_eq!(found.photos, vec![]);
    assert!(found.refused.len() >= 16, "{}", found.refused.len());
    let codes = refused_codes(&found);
    assert!(
        codes
            .iter()
            .all(|code| matches!(code, RefusalCode::Bomb | RefusalCode::TooLarge)),
        "{codes:?}"
    );
}

#[test]
fn what_is_read_of_refused_files_counts_towards_the_whole() {
    let picture = [jpeg(1, 4), vec![0; 200_000]].concat();
    let mut archive = deflated(&copies(6, ".jpg", &picture));
    // The same sum of all entries, before their bytes and in the directory, made another.
    let sum: [u8; 4] = archive[14..18].try_into().unwrap();
    let places: Vec<usize> = (0..archive.len() - 4)
        .filter(|at| archive[*at..*at + 4] == sum)
        .collect();
    assert_eq!(places.len(), 12);
    for at in places {
        archive[at] ^= 1;
    }
    let (_folder, path) = saved(&archive);
    let limits = Limits {
        harmless_bytes: 500_000,
        ..Limits::default()
    };
    let found = walked(&path, &limits).unwrap();
    let codes = refused_codes(&found);
    assert_eq!(codes[..3], [RefusalCode::Damaged; 3], "{codes:?}");
    assert_eq!(codes[3..], [RefusalCode::Bomb; 3], "{codes:?}");
}

#[test]
fn headers_beyond_those_counted_are_bounded_too() {
    let mut archive = zipped(&copies(9, ".jpg", &jpeg(1, 10)));
    for at in 1..9 {
        archive = renamed(archive, format!("{at}.jpg").as_bytes(), b"0.jpg");
    }
    let end = archive.len() - 22;
    for at in [end + 8, end + 10] {
        archive[at..at + 2].copy_from_slice(&2_u16.to_le_bytes());
    }
    let (_folder, path) = saved(&archive);
    let limits = Limits {
        max_entries: 5,
        ..Limits::default()
    };
    let found = walked(&path, &limits).err();
    let is_told = matches!(found, Some(Error::TooManyEntries { max: 5, .. }));
    assert!(is_told, "{found:?}");
}

#[test]
fn a_wide_count_is_seen_beside_a_narrow_one() {
    let mut archive = zipped(&[("1.jpg", jpeg(1, 10))]);
    let end = archive.split_off(archive.len() - 22);
    let mut wide = b"PK\x06\x06".to_vec();
    wide.extend(44_u64.to_le_bytes());
    wide.extend([0; 20]);
    wide.extend(9_000_000_u64.to_le_bytes());
    wide.extend([0; 16]);
    let archive = [archive, wide, end].concat();
    let (_folder, path) = saved(&archive);
    let found = walked(&path, &Limits::default()).err();
    let is_told = matches!(
        found,
        Some(Error::TooManyEntries {
            count: 9_000_000,
            ..
        })
    );
    assert!(is_told, "{found:?}");
}

#[test]
fn entries_are_counted_over_all_archives_together() {
    let inner = zipped(&copies(6, ".jpg", &jpeg(1, 10)));
    let limits = Limits {
        max_entries: 10,
        ..Limits::default()
    };
    let (_folder, path) = saved(&zipped(&[("一.zip", inner.clone()), ("二.zip", inner)]));
    assert!(matches!(
        walked(&path, &limits).err(),
        Some(Error::TooManyEntries {
            count: 11,
            max: 10,
            ..
        })
    ));
    let folder = tempfile::tempdir().unwrap();
    let many = zipped(&copies(11, ".jpg", &jpeg(1, 10)));
    fs::write(folder.path().join("多.zip"), many).unwrap();
    let found = walked(folder.path(), &limits).unwrap();
    assert_eq!(refused_codes(&found), [RefusalCode::TooManyFiles]);
}

#[test]
fn what_is_no_zip_is_refused_by_content_with_advice() {
    let tar = [vec![0_u8; 257], b"ustar\x0000".to_vec()].concat();
    for (bytes, code, advice) in [
        (b"Rar!\x1A\x07\x01\0rest".to_vec(), RefusalCode::Rar, "RAR"),
        (
            b"7z\xBC\xAF\x27\x1Crest".to_vec(),
            RefusalCode::SevenZip,
            "7z",
        ),
        (
            b"\x1F\x8Brest".to_vec(),
            RefusalCode::OtherArchive,
            "压缩包",
        ),
        (
            b"BZh91AY&SYrest".to_vec(),
            RefusalCode::OtherArchive,
            "压缩包",
        ),
        (
            b"!\x1B-lh5-rest".to_vec(),
            RefusalCode::OtherArchive,
            "压缩包",
        ),
        (tar, RefusalCode::OtherArchive, "压缩包"),
        (
            zipped(&[("docProps/app.xml", b"x".to_vec())]),
            RefusalCode::Document,
            "文档",
        ),
        (
            zipped(&[("1.jpg", b"x".to_vec())]),
            RefusalCode::MisnamedArchive,
            "扩展名",
        ),
    ] {
        // By content: the name lies.
        let found = walk_zip(&zipped(&[("2021001.jpg", bytes)])).unwrap();
        assert_eq!(refused_codes(&found), [code]);
        assert!(code.message().contains(advice), "{}", code.message());
    }
}

#[test]
fn a_damaged_archive_within_another_leaves_the_rest() {
    let whole = zipped(&[("1.jpg", jpeg(1, 5000))]);
    let found = walk_zip(&zipped(&[
        ("坏.zip", whole[..3000].to_vec()),
        ("好.jpg", jpeg(2, 100)),
        (
            "文档.zip",
            zipped(&[("a", vec![1]), ("[Content_Types].xml", vec![1])]),
        ),
    ]))
    .unwrap();
    assert_eq!(found.photos.len(), 1);
    assert_eq!(
        refused_codes(&found),
        [RefusalCode::Damaged, RefusalCode::Document]
    );
}

#[test]
fn a_listing_names_what_a_walk_gives() {
    let inner = deflated(&[("2021001.jpg", jpeg(1, 3000)), ("Thumbs.db", vec![1])]);
    let (_folder, path) = saved(&zipped(&[
        ("一班.zip", inner),
        ("2.jpg", jpeg(2, 300)),
        ("空.jpg", Vec::new()),
    ]));
    let limits = Limits::default();
    let never = AtomicBool::new(false);
    let (mut listed, mut given) = (Vec::new(), Vec::new());
    list(&path, &limits, &never, |path| listed.push(path.to_owned())).unwrap();
    walk(&path, &limits, &never, |item| {
        given.push(item.path().to_owned());
    })
    .unwrap();
    assert_eq!(listed, given);
}

proptest! {
    #[test]
    fn damage_in_an_archive_within_another_is_answered(at in 0_usize..900, to in any::<u8>()) {
        let inner = deflated(&[("甲/1.jpg", jpeg(1, 200)), ("2.jpg", jpeg(2, 200))]);
        let mut archive = zipped(&[("一.zip", inner), ("3.jpg", jpeg(3, 100))]);
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
