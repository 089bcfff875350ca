//! Nothing of the roster that names somebody stands anywhere in a delivery in 采集码模式: not in a name, not in the photos,
//! not in the account with every part of its workbook inflated, not in the archives as they lie on the disk.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use zhaoshen_station::wire::{
    DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryShape, DeliverySplit, JobOutcome,
};
use zhaoshen_suite::example::TakenIn;
use zip::ZipArchive;

/// The end of an ID number that mini-programs take for a password, characters.
const TAIL: usize = 6;

/// Bytes with where they were found.
type Found = Vec<(String, Vec<u8>)>;

/// Every name and every byte of the delivery: files, entries of archives, parts of workbooks.
fn everything(folder: &Path) -> Found {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap();
        let path = path.display().to_string();
        found.push((format!("name of {path}"), path.clone().into_bytes()));
        if entry.file_type().is_file() {
            open(&path, fs::read(entry.path()).unwrap(), &mut found);
        }
    }
    found
}

fn open(path: &str, bytes: Vec<u8>, found: &mut Found) {
    if bytes.starts_with(b"PK") {
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).unwrap();
            let inside = format!("{path}/{}", entry.name().unwrap());
            found.push((format!("name of {inside}"), inside.clone().into_bytes()));
            let mut inflated = Vec::new();
            entry.read_to_end(&mut inflated).unwrap();
            drop(entry);
            open(&inside, inflated, found);
        }
    }
    found.push((path.to_owned(), bytes));
}

fn holds(bytes: &[u8], word: &str) -> bool {
    let word = word.as_bytes();
    bytes.windows(word.len()).any(|window| window == word)
}

/// Names, ID numbers and their tails, in the encodings in which files are written.
fn secrets(round: &TakenIn) -> Vec<String> {
    let mut secrets = Vec::new();
    for entry in &round.plan.students {
        let number = &entry.id_number;
        assert!(number.len() > TAIL);
        secrets.push(entry.name.clone());
        secrets.push(number.clone());
        secrets.push(number.get(number.len() - TAIL..).unwrap().to_owned());
    }
    secrets
}

fn deliver(round: &TakenIn, mode: DeliveryMode, pack: DeliveryPack, to: &Path) {
    let options = DeliveryOptions {
        shape: DeliveryShape {
            split: DeliverySplit::College,
            pack,
            only_new: false,
            in_house: false,
        },
        // Asked for in vain where the mode forbids it.
        columns: vec!["姓名".to_owned()],
        ..round.options(mode, "{序号}.jpg")
    };
    let job = round.station.delivery_write_to(options, to).unwrap();
    match round.station.job_wait(job).unwrap() {
        JobOutcome::Delivery { report } => assert!(report.files > 10),
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_byte_of_a_delivery_by_code_names_anybody() {
    let round = TakenIn::new().unwrap();
    round.station.example_review(round.round).unwrap();
    let secrets = secrets(&round);
    assert!(secrets.len() > 90);
    for (pack, name) in [(DeliveryPack::Folder, "夹"), (DeliveryPack::Zip, "包")] {
        let folder = round.folder.path().join(name);
        deliver(&round, DeliveryMode::CollectionCode, pack, &folder);
        let found = everything(&folder);
        assert!(
            found
                .iter()
                .any(|(path, _)| path.ends_with("xl/sharedStrings.xml"))
                && found
                    .iter()
                    .any(|(path, _)| path.ends_with("manifest.json")),
            "the account is looked into"
        );
        for (path, bytes) in &found {
            for secret in &secrets {
                assert!(!holds(bytes, secret), "{secret} stands in {path}");
            }
        }
    }
    // The search finds what is there: the other mode lists names.
    let folder = round.folder.path().join("名单");
    deliver(&round, DeliveryMode::Roster, DeliveryPack::Zip, &folder);
    let found = everything(&folder);
    let name = &round.plan.students[0].name;
    assert!(found.iter().any(|(_, bytes)| holds(bytes, name)));
}
