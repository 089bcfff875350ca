//! A delivery that was frozen is written again bit for bit, whatever changed in the round since; and is not where it cannot be.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use serde_json::json;
use zhaoshen_model::RoundId;
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryRepeated, DeliveryReport,
    DeliveryShape, DeliverySplit, Failure, JobOutcome, LogQuery, RoundRef,
};
use zhaoshen_store::Store;
use zhaoshen_suite::example::TakenIn;
use zip::ZipArchive;

fn taken_in() -> TakenIn {
    let round = TakenIn::of(18).unwrap();
    round.station.example_review(round.round).unwrap();
    round
}

fn deliver(round: &TakenIn, pack: DeliveryPack, split: DeliverySplit, to: &Path) -> DeliveryReport {
    let options = DeliveryOptions {
        shape: DeliveryShape {
            split,
            pack,
            only_new: false,
            in_house: false,
        },
        columns: vec!["姓名".to_owned(), "学院".to_owned()],
        ..round.options(DeliveryMode::Roster, "{学号}-{姓名}.jpg")
    };
    let job = round.station.delivery_write_to(options, to).unwrap();
    match round.station.job_wait(job).unwrap() {
        JobOutcome::Delivery { report } => report,
        other => panic!("{other:?}"),
    }
}

fn repeat(
    station: &Station,
    round: i64,
    number: u32,
    to: &Path,
) -> Result<DeliveryRepeated, Failure> {
    let job = station.delivery_repeat_to(round, number, to)?;
    match station.job_wait(job)? {
        JobOutcome::Repeated { report } => Ok(report),
        other => panic!("{other:?}"),
    }
}

/// Every file beneath a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap();
            let bytes = fs::read(entry.path()).unwrap();
            (name.display().to_string(), bytes)
        })
        .collect()
}

/// Every entry of the archives in a folder.
fn entries(folder: &Path, passphrase: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for name in files(folder).into_keys() {
        let mut archive = ZipArchive::new(File::open(folder.join(&name)).unwrap()).unwrap();
        for at in 0..archive.len() {
            let mut entry = archive.by_index_decrypt(at, passphrase.as_bytes()).unwrap();
            let path = format!("{name}/{}", entry.name().unwrap());
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            found.insert(path, bytes);
        }
    }
    found
}

#[test]
fn a_delivery_is_the_same_again_whatever_changed_since() {
    let round = taken_in();
    let at = |name: &str| round.folder.path().join(name);
    let shapes = [
        (DeliveryPack::Folder, DeliverySplit::Whole),
        (DeliveryPack::Folder, DeliverySplit::College),
        (DeliveryPack::Zip, DeliverySplit::Whole),
        (DeliveryPack::Zip, DeliverySplit::Every(5)),
    ];
    for (pack, split) in shapes {
        let name = format!("first {pack:?} {split:?}");
        assert!(deliver(&round, pack, split, &at(&name)).files > 5);
    }
    // Another verdict, another name of the round: none of it is of the frozen ones.
    let delivered = files(&at("first Folder Whole"));
    let (first, _) = delivered.first_key_value().unwrap();
    let (student_no, _) = first.split_once('-').unwrap();
    let submission = round.submission(student_no).unwrap();
    round.decide(submission, "rejected").unwrap();
    for ((pack, split), number) in shapes.into_iter().zip(1..) {
        let before = files(&at(&format!("first {pack:?} {split:?}")));
        let to = at(&format!("again {number}"));
        let report = repeat(&round.station, round.round, number, &to).unwrap();
        assert_eq!(files(&to), before, "{pack:?} {split:?}");
        assert!(report.bit_for_bit && report.passphrase.is_none());
        assert_eq!(report.number, number);
        if let Some(manifest) = before.get("manifest.json") {
            let digest = <sha2::Sha256 as sha2::Digest>::digest(manifest);
            assert_eq!(report.manifest_sha256, hex::encode(digest));
        }
    }
    let of = RoundRef { round: round.round };
    let cards = round.station.delivery_list(of).unwrap();
    assert_eq!(cards.len(), 4, "a repeat is no new delivery");
    assert!(cards.iter().all(|card| card.repeatable));
    assert!(cards[0].how.contains("姓名、学院"), "{}", cards[0].how);
    let log = LogQuery {
        round: Some(round.round),
        offset: 0,
        limit: 1,
    };
    let entry = round.station.log_list(log).unwrap().entries.remove(0);
    assert_eq!(entry.act, "再次写出交付");
    let taken = repeat(&round.station, round.round, 1, &at("again 1")).unwrap_err();
    assert_eq!(taken.code, Code::File, "nothing is written over");
}

#[test]
fn an_encrypted_delivery_has_the_same_contents_again() {
    let round = taken_in();
    let at = |name: &str| round.folder.path().join(name);
    let pack = DeliveryPack::Encrypted;
    let first = deliver(&round, pack, DeliverySplit::College, &at("first"));
    let again = repeat(&round.station, round.round, 1, &at("again")).unwrap();
    assert!(!again.bit_for_bit);
    let (old, new) = (first.passphrase.unwrap(), again.passphrase.unwrap());
    assert_ne!(old, new);
    let contents = entries(&at("first"), &old);
    assert!(contents.len() > 5);
    assert_eq!(entries(&at("again"), &new), contents);
    assert_ne!(files(&at("again")), files(&at("first")), "salts differ");
}

#[test]
fn what_would_differ_is_said_and_nothing_is_written() {
    let round = taken_in();
    let at = |name: &str| round.folder.path().join(name);
    deliver(
        &round,
        DeliveryPack::Folder,
        DeliverySplit::Whole,
        &at("first"),
    );
    let (id, workspace) = (round.round, at("workspace"));
    let none = repeat(&round.station, id, 2, &at("none")).unwrap_err();
    assert_eq!(none.code, Code::NotFound);
    let TakenIn {
        station, folder, ..
    } = round;
    drop(station);
    // As if another version of the program made other pixels, and one original were erased.
    let store = Store::open(&workspace).unwrap();
    let again = store.delivery_again(RoundId(id), 1).unwrap().unwrap();
    let mut again: serde_json::Value = serde_json::from_str(&again).unwrap();
    let otherwise = again["files"][0]["student_no"].as_str().unwrap().to_owned();
    let erased = again["files"][1]["student_no"].as_str().unwrap().to_owned();
    again["files"][0]["sha256"] = json!("00".repeat(32));
    let photo = again["files"][1]["photo"].as_str().unwrap().to_owned();
    let name = format!("delivery_again.{id}.1");
    let now = "2026-11-29T00:00:00Z".parse().unwrap();
    store.set_setting(&name, &again, "王", now).unwrap();
    drop(store);
    let (shard, rest) = photo.split_at(2);
    fs::remove_file(workspace.join("photos").join(shard).join(rest)).unwrap();
    let station = Station::open(&workspace).unwrap();
    let target = folder.path().join("again");
    let refused = repeat(&station, id, 1, &target).unwrap_err();
    for word in [
        "2 张与当时不同",
        otherwise.as_str(),
        "程序版本不同",
        erased.as_str(),
        "已删除",
    ] {
        assert!(refused.message.contains(word), "{}", refused.message);
    }
    assert!(!target.exists());
}
