//! Archives written, read back, damaged and refused.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs::{self, File};
use std::io::Cursor;

use super::*;

fn written(folder: &Path, passphrase: Option<&str>) -> WrittenArchive {
    let path = folder.join("批次.zip");
    let mut archive = RoundArchive::create(&path, passphrase, "说明\n第二行\n").unwrap();
    archive.put("roster.json", "张小明".as_bytes()).unwrap();
    archive.put("originals/1.jpg", &[7; 5000]).unwrap();
    archive.finish().unwrap().publish().unwrap()
}

/// The archive with the bytes of `from` replaced once by `to`.
fn changed(path: &Path, from: &[u8], to: &[u8]) {
    let mut bytes = fs::read(path).unwrap();
    let at = bytes
        .windows(from.len())
        .position(|part| part == from)
        .unwrap();
    bytes[at..at + to.len()].copy_from_slice(to);
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_was_written_is_found_as_it_was() {
    for passphrase in [None, Some("四海-2026")] {
        let folder = tempfile::tempdir().unwrap();
        let written = written(folder.path(), passphrase);
        assert_eq!(written.entries, 4);
        let checked = verify(&written.path, passphrase).unwrap();
        assert_eq!(checked.problems, []);
        assert_eq!(
            (checked.sha256, checked.entries),
            (written.sha256.clone(), 4)
        );
        let line = fs::read_to_string(folder.path().join("批次.zip.sha256")).unwrap();
        assert_eq!(line, format!("{}  批次.zip\n", written.sha256));
    }
}

#[test]
fn the_readme_is_read_without_the_passphrase_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let written = written(folder.path(), Some("四海-2026"));
    let mut zip = ZipArchive::new(File::open(&written.path).unwrap()).unwrap();
    let mut readme = String::new();
    zip.by_name(README)
        .unwrap()
        .read_to_string(&mut readme)
        .unwrap();
    assert_eq!(readme, "说明\r\n第二行\r\n");
    for closed in ["roster.json", SUMS] {
        assert!(zip.by_name(closed).is_err(), "{closed}");
    }
    let bytes = fs::read(&written.path).unwrap();
    assert!(!bytes.windows(9).any(|part| part == "张小明".as_bytes()));
    for wrong in [None, Some("四海-2027")] {
        let refused = verify(&written.path, wrong);
        assert!(
            matches!(refused, Err(Error::WrongPassphrase { .. })),
            "{refused:?}"
        );
    }
}

#[test]
fn an_archive_that_is_not_published_leaves_nothing_and_takes_no_name_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("批次.zip");
    let begun = || RoundArchive::create(&path, None, "说明").unwrap();
    let names = || fs::read_dir(folder.path()).unwrap().count();
    assert!(is_free(&path));
    let ready = begun().finish().unwrap();
    assert_eq!(ready.names().unwrap().len(), 2);
    assert!(!path.exists() && !beside(&path).exists() && !is_free(&path));
    drop(ready);
    assert_eq!(names(), 0);

    // A sum that an earlier archive left there.
    fs::write(beside(&path), b"theirs").unwrap();
    assert!(!is_free(&path));
    let told = begun().finish().map(|_| ());
    assert!(matches!(told, Err(Error::AlreadyExists { .. })), "{told:?}");
    assert_eq!(names(), 1);
    fs::remove_file(beside(&path)).unwrap();

    // The name was taken when the archive was in the books already: it is finished later.
    let ready = begun().finish().unwrap();
    let last = ready.names().unwrap();
    fs::write(&path, b"theirs").unwrap();
    assert!(ready.publish().is_err());
    assert_eq!(fs::read(&path).unwrap(), b"theirs");
    let finish = || crate::delivery::give_last_names(folder.path(), &last);
    assert!(finish().is_err());
    fs::remove_file(&path).unwrap();
    finish().unwrap();
    finish().unwrap();
    assert_eq!(names(), 2);
    assert_eq!(verify(&path, None).unwrap().problems, []);
}

#[test]
fn whatever_was_changed_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), None).path;
    changed(&path, "张小明".as_bytes(), "张大明".as_bytes());
    let problems = verify(&path, None).unwrap().problems;
    let roster = ArchiveProblem::Changed("roster.json".to_owned());
    assert_eq!(problems, [ArchiveProblem::OtherFile, roster]);

    fs::remove_file(&path).unwrap();
    fs::remove_file(beside(&path)).unwrap();
    // Written by somebody else: an entry too many, one too few, and a list to match nothing.
    let mut other = NewArchive::create(&path, None).unwrap();
    let one = hex::encode(Sha256::digest(b"1"));
    other.put("1.txt", b"1").unwrap();
    other.put("2.txt", b"2").unwrap();
    let sums = format!("{one}  1.txt\n{one}  3.txt\n{OWN}00\n");
    other.put(SUMS, sums.as_bytes()).unwrap();
    other.finish().unwrap();
    let expected = [
        ArchiveProblem::SumsChanged,
        ArchiveProblem::Unlisted("2.txt".to_owned()),
        ArchiveProblem::Missing("3.txt".to_owned()),
    ];
    assert_eq!(verify(&path, None).unwrap().problems, expected);
}

#[test]
fn another_zip_and_half_an_archive_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("照片.zip");
    let mut other = NewArchive::create(&path, None).unwrap();
    other.put("1.txt", b"1").unwrap();
    other.finish().unwrap();
    assert_eq!(
        verify(&path, None).unwrap().problems,
        [ArchiveProblem::NoSums]
    );
    let half = written(folder.path(), None).path;
    let bytes = fs::read(&half).unwrap();
    fs::write(&half, &bytes[..bytes.len() / 2]).unwrap();
    assert!(matches!(
        verify(&half, None),
        Err(Error::BrokenArchive { .. })
    ));
    fs::remove_file(&half).unwrap();
    assert!(matches!(verify(&half, None), Err(Error::NotFound { .. })));
}

#[cfg(target_os = "linux")]
fn make_pipe(path: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};

    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("管道.zip");
    make_pipe(&pipe);
    for path in [pipe.as_path(), Path::new("/dev/zero"), folder.path()] {
        assert!(verify(path, None).is_err());
        assert!(crate::copy::Copy::open(path, "").is_err());
    }
    // Nor does a pipe beside an archive hold it up.
    let written = written(folder.path(), None);
    let beside = beside(&written.path);
    fs::remove_file(&beside).unwrap();
    make_pipe(&beside);
    assert_eq!(verify(&written.path, None).unwrap().problems, []);
}

/// No byte of the file is left out of the check, wherever it lies: headers, directory and end too.
#[test]
fn a_bit_that_turned_anywhere_is_told_without_the_sum_beside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("批次.zip");
    let mut archive = RoundArchive::create(&path, None, "说明\n").unwrap();
    archive.put("roster.json", "张小明".as_bytes()).unwrap();
    archive.put("log.json", &[7; 40]).unwrap();
    archive.finish().unwrap().publish().unwrap();
    fs::remove_file(beside(&path)).unwrap();
    assert_eq!(verify(&path, None).unwrap().problems, []);
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut turned = whole.clone();
        turned[at] ^= 1 << (at % 8);
        fs::write(&path, &turned).unwrap();
        let told = verify(&path, None);
        assert!(
            told.as_ref().is_ok_and(|told| !told.problems.is_empty()) || told.is_err(),
            "byte {at} of {}: {told:?}",
            whole.len()
        );
    }
}

/// Entries are held by what seals them; opening one takes a thousand rounds of hashing, so that the headers are asked alone.
#[test]
fn the_headers_of_an_encrypted_archive_tell_of_every_byte_but_those_of_its_entries() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(written(folder.path(), Some("四海-2026")).path).unwrap();
    let found = headers::problems(&mut Cursor::new(&whole));
    assert_eq!(found.unwrap(), []);
    let mut zip = ZipArchive::new(Cursor::new(&whole)).unwrap();
    let mut sealed = 0;
    for at in 0..zip.len() {
        sealed += zip.by_index_raw(at).unwrap().compressed_size();
    }
    let untold = (0..whole.len()).filter(|at| {
        let mut turned = whole.clone();
        turned[*at] ^= 1 << (at % 8);
        let found = headers::problems(&mut Cursor::new(turned));
        found.is_ok_and(|problems| problems.is_empty())
    });
    assert_eq!(untold.count() as u64, sealed);
}

#[test]
fn what_lies_beside_the_entries_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), None).path;
    fs::remove_file(beside(&path)).unwrap();
    let whole = fs::read(&path).unwrap();
    let (before, behind) = (
        [&b"before"[..], &whole].concat(),
        [&whole[..], b"behind"].concat(),
    );
    for changed in [before, behind] {
        fs::write(&path, changed).unwrap();
        let told = verify(&path, None);
        assert!(told.is_ok_and(|told| !told.problems.is_empty()));
    }
}

#[test]
fn what_is_compressed_or_lies_over_another_entry_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("批次.zip");
    let bomb = vec![0; 8 << 20];
    let sum = hex::encode(Sha256::digest(&bomb));
    let lines = format!("{sum}  originals/1.jpg\n");
    let own = hex::encode(Sha256::digest(&lines));
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let small = stored.compression_method(CompressionMethod::Deflated);
    zip.start_file("originals/1.jpg", small).unwrap();
    std::io::copy(&mut Cursor::new(&bomb), &mut zip).unwrap();
    zip.start_file(SUMS, stored).unwrap();
    std::io::copy(&mut Cursor::new(format!("{lines}{OWN}{own}\n")), &mut zip).unwrap();
    zip.finish().unwrap();
    let checked = verify(&path, None).unwrap();
    let changed = ArchiveProblem::Changed("originals/1.jpg".to_owned());
    assert!(checked.problems.contains(&changed), "{checked:?}");

    // A second entry that points at the first one's bytes: more is said to be there than the file holds.
    let mut archive = ZipArchive::new(Cursor::new({
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("1.jpg", stored).unwrap();
        std::io::copy(&mut Cursor::new([7; 100]), &mut zip).unwrap();
        zip.finish().unwrap().into_inner()
    }))
    .unwrap();
    let mut left = 150;
    assert_eq!(take_stored(&mut archive, 0, &mut left), Some(()));
    assert_eq!(take_stored(&mut archive, 0, &mut left), None);
}
