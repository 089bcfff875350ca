//! What makes a delivery look whole comes last, and never over what another program did meanwhile.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::tests::{bytes_of, fits, names_in, notes, planned};
use super::*;
use crate::error::Error;

const ZIP: Packing = Packing::Zip { passphrase: None };

/// Writes three photos; `meanwhile` is done as the last of them is made.
fn prepared(packing: &Packing, folder: &Path, meanwhile: impl Fn()) -> Result<Prepared, Error> {
    let plan = planned(
        &[("1", "甲"), ("2", "乙"), ("3", "丙")],
        DEFAULT_TEMPLATE,
        DeliveryMode::CodeOnly,
    );
    prepare(
        &plan,
        &notes(),
        Destination { folder, packing },
        &AtomicBool::new(false),
        |submission: SubmissionId| {
            if submission.0 == 3 {
                meanwhile();
            }
            bytes_of(submission)
        },
        fits,
        |_| {},
    )
}

#[test]
fn what_makes_it_look_whole_is_named_last_or_not_at_all() {
    let parent = tempfile::tempdir().unwrap();
    for (packing, last) in [
        (
            Packing::Loose,
            vec!["交付清单.xlsx", CHECKSUM_FILE, MANIFEST_FILE],
        ),
        (ZIP, vec!["照片.zip"]),
    ] {
        let folder = parent.path().join("交付");
        let prepare = || prepared(&packing, &folder, || ()).unwrap();
        let ready = prepare();
        let names: Vec<_> = ready.names().iter().map(|last| last.name.clone()).collect();
        assert_eq!(names, last);
        for name in &last {
            assert!(!folder.join(name).exists(), "{name}");
        }
        assert_eq!(remains(&folder), Remains::There);
        drop(ready);
        assert_eq!(remains(&folder), Remains::Nothing);
        assert!(!folder.exists());

        let written = prepare().publish().unwrap();
        assert!(last.iter().all(|name| folder.join(name).exists()));
        assert!(!names_in(&folder).iter().any(|name| name.contains(".part")));
        assert_eq!(written.files.len(), 3);
        fs::remove_dir_all(&folder).unwrap();

        // Ended between the books and the names, and once more between two names.
        let ready = prepare();
        let names = ready.names().to_vec();
        let copy = parent.path().join("中断");
        copy_of(&folder, &copy);
        drop(ready);
        let first = copy.join(&names[0].name);
        let partial = copy.join(format!("{}.part", names[0].name));
        fs::hard_link(partial, &first).unwrap();
        give_last_names(&copy, &names).unwrap();
        give_last_names(&copy, &names).unwrap();
        assert!(last.iter().all(|name| copy.join(name).exists()));
        assert!(!names_in(&copy).iter().any(|name| name.contains(".part")));
        fs::write(&first, b"theirs").unwrap();
        assert!(give_last_names(&copy, &names).is_err());
        assert_eq!(fs::read(&first).unwrap(), b"theirs");
        fs::remove_dir_all(&copy).unwrap();
    }
    let away = parent.path().join("拔出的盘/交付");
    assert_eq!(remains(&away), Remains::OutOfSight);
}

fn copy_of(folder: &Path, copy: &Path) {
    fs::create_dir(copy).unwrap();
    for name in names_in(folder) {
        fs::copy(folder.join(&name), copy.join(&name)).unwrap();
    }
}

#[test]
fn an_archive_that_another_program_put_there_stays_and_nothing_is_delivered() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("交付");
    let theirs = folder.join("照片.zip");
    let told = prepared(&ZIP, &folder, || fs::write(&theirs, b"theirs").unwrap());
    assert!(matches!(told.map(|_| ()), Err(Error::AlreadyExists { .. })));
    assert_eq!(names_in(&folder), ["照片.zip"]);
    assert_eq!(fs::read(&theirs).unwrap(), b"theirs");
    // At the last moment, when it is in the books: theirs stays, and ours waits beside it.
    fs::remove_file(&theirs).unwrap();
    let ready = prepared(&ZIP, &folder, || ()).unwrap();
    fs::write(&theirs, b"theirs").unwrap();
    assert!(ready.publish().is_err());
    assert_eq!(fs::read(&theirs).unwrap(), b"theirs");
    assert_eq!(names_in(&folder), ["照片.zip", "照片.zip.part"]);
}

#[test]
fn a_photo_that_is_changed_or_taken_away_while_others_are_written_is_not_delivered() {
    // The first batch is written and read back when the last photo is made.
    let many: Vec<String> = (1..=40).map(|at| format!("{at:02}")).collect();
    let students: Vec<(&str, &str)> = many.iter().map(|number| (number.as_str(), "甲")).collect();
    let plan = planned(&students, DEFAULT_TEMPLATE, DeliveryMode::CodeOnly);
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("交付");
    let photo = folder.join("05.jpg");
    let changes: [&dyn Fn(); 3] = [
        &|| fs::remove_file(&photo).unwrap(),
        &|| fs::write(&photo, b"a longer one than was written").unwrap(),
        &|| {
            let mut bytes = fs::read(&photo).unwrap();
            bytes[0] ^= 1;
            fs::write(&photo, bytes).unwrap();
        },
    ];
    for change in changes {
        let told = prepare(
            &plan,
            &notes(),
            Destination {
                folder: &folder,
                packing: &Packing::Loose,
            },
            &AtomicBool::new(false),
            |submission: SubmissionId| {
                if submission.0 == 40 {
                    // A tick of the disk's clock later.
                    std::thread::sleep(std::time::Duration::from_millis(20));
                    change();
                }
                bytes_of(submission)
            },
            fits,
            |_| {},
        );
        let told = told.map(|_| ());
        assert!(
            matches!(&told, Err(Error::ChangedMeanwhile { path }) if path == &photo),
            "{told:?}"
        );
        assert!(!folder.exists(), "nothing of it stays");
    }
}
