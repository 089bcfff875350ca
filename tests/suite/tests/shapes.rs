//! Deliveries in parts, in archives, and of what is new.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use zhaoshen_station::wire::{
    DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryPart, DeliveryReport, DeliveryShape,
    DeliverySplit, Empty, JobOutcome, LeftOutOf, NotDelivered, ReconcileAsk, RoundRef,
};
use zhaoshen_suite::example::TakenIn;
use zip::ZipArchive;

fn options(round: &TakenIn, shape: DeliveryShape) -> DeliveryOptions {
    DeliveryOptions {
        shape,
        ..round.options(DeliveryMode::Roster, "{学号}-{姓名}.jpg")
    }
}

fn deliver(round: &TakenIn, shape: DeliveryShape, folder: &Path) -> DeliveryReport {
    let job = round
        .station
        .delivery_write_to(options(round, shape), folder)
        .unwrap();
    match round.station.job_wait(job).unwrap() {
        JobOutcome::Delivery { report } => report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_encrypted_delivery_opens_with_the_passphrase_that_is_told_once() {
    let round = TakenIn::new().unwrap();
    round.station.example_review(round.round).unwrap();
    let folder = round.folder.path().join("加密");
    let shape = DeliveryShape {
        split: DeliverySplit::College,
        pack: DeliveryPack::Encrypted,
        only_new: false,
        in_house: false,
    };
    let report = deliver(&round, shape, &folder);
    let passphrase = report.passphrase.unwrap();
    let mut photos = BTreeSet::new();
    let mut archives = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(path.extension().unwrap(), "zip", "{}", path.display());
        let mut archive = ZipArchive::new(File::open(&path).unwrap()).unwrap();
        archives += 1;
        for at in 0..archive.len() {
            assert!(
                archive.by_index(at).is_err(),
                "it opens without a passphrase"
            );
            let mut entry = archive.by_index_decrypt(at, passphrase.as_bytes()).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            if name.ends_with(".jpg") {
                assert!(bytes.starts_with(&[0xFF, 0xD8]));
                photos.insert(name);
            }
        }
    }
    assert_eq!(u32::try_from(photos.len()).unwrap(), report.files);
    assert!(archives > 2, "one for each college, one for the account");
    for entry in walkdir::WalkDir::new(round.folder.path()) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let bytes = std::fs::read(entry.path()).unwrap();
            let mut windows = bytes.windows(passphrase.len());
            let told = windows.any(|window| window == passphrase.as_bytes());
            assert!(!told, "{}", entry.path().display());
        }
    }
}

#[test]
fn a_delivery_of_what_is_new_leaves_out_what_went_before() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let [first, second, ..] = pending.as_slice() else {
        panic!("{} wait", pending.len())
    };
    round.decide(first.submission, "approved").unwrap();
    let new = DeliveryShape {
        only_new: true,
        ..DeliveryShape::default()
    };
    let of = |shape| {
        let preview = round.station.delivery_preview(options(&round, shape));
        preview.unwrap()
    };
    assert_eq!(of(new).ready, 1, "nothing went before");
    deliver(&round, new, &round.folder.path().join("一"));
    let preview = of(new);
    assert_eq!((preview.ready, preview.problems.len()), (0, 0));
    assert_eq!(preview.notices.len(), 1, "{:?}", preview.notices);
    let rows = |which| round.left_out(&options(&round, new), which).unwrap();
    let left_out = rows(LeftOutOf::NotReady);
    assert_eq!(left_out.len(), preview.not_ready as usize);
    let is_first = |row: &NotDelivered| row.student_no == first.student_no;
    assert!(!left_out.iter().any(is_first), "it is not left out");
    let before = rows(LeftOutOf::Before);
    assert_eq!((before.len(), preview.delivered_before), (1, 1));
    assert!(is_first(&before[0]));
    assert_eq!(before[0].why, "第1次交付时已交付");
    assert_eq!(preview.not_ready + preview.delivered_before, preview.due);
    round.decide(second.submission, "approved").unwrap();
    let report = deliver(&round, new, &round.folder.path().join("二"));
    assert_eq!((report.number, report.files), (2, 1));
    assert_eq!(report.delivered_before.len(), 1);
    assert_eq!(of(DeliveryShape::default()).ready, 2, "all, unless asked");
}

/// A copy for the office's own shelf is no delivery: the studio still gets the photos, and owes none of them before.
#[test]
fn what_stays_in_the_office_is_in_no_account_with_the_studio() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    round.decide(pending[0].submission, "approved").unwrap();
    let kept = DeliveryShape {
        in_house: true,
        ..DeliveryShape::default()
    };
    let new = |shape| DeliveryShape {
        only_new: true,
        ..shape
    };
    let preview = |shape| {
        let preview = round.station.delivery_preview(options(&round, shape));
        preview.unwrap()
    };
    let exported = || {
        let status = round.station.app_status(Empty {}).unwrap();
        status.rounds[0].delivered
    };
    deliver(&round, kept, &round.folder.path().join("留存"));
    assert_eq!(exported(), 0);
    let [card] = &round
        .station
        .delivery_list(RoundRef { round: round.round })
        .unwrap()[..]
    else {
        panic!("one delivery")
    };
    assert!(card.how.starts_with("校内留存；"), "{}", card.how);
    let ask = ReconcileAsk {
        round: round.round,
        kind: "undelivered".to_owned(),
        text: String::new(),
        offset: 0,
        limit: 10,
    };
    assert_eq!(
        round.station.reconcile_list(ask).unwrap().total,
        1,
        "still to be delivered"
    );
    assert_eq!(
        preview(new(kept)).notices,
        ["没有新增的照片：已通过的都交付过了"]
    );
    assert_eq!(preview(new(DeliveryShape::default())).ready, 1);
    deliver(
        &round,
        new(DeliveryShape::default()),
        &round.folder.path().join("交付"),
    );
    assert_eq!(exported(), 1);
}

#[test]
fn a_delivery_of_a_part_counts_the_others_and_names_none_of_them() {
    let round = TakenIn::new().unwrap();
    for photo in round.pending().unwrap() {
        round.decide(photo.submission, "approved").unwrap();
    }
    let of = |part: DeliveryPart| DeliveryOptions {
        part,
        ..options(&round, DeliveryShape::default())
    };
    let whole = round
        .station
        .delivery_preview(of(DeliveryPart::default()))
        .unwrap();
    assert_eq!(whole.outside, 0);
    let college = whole.parts.colleges[0].clone();
    assert!(whole.parts.colleges.len() > 1);
    let part = DeliveryPart {
        colleges: vec![college.clone()],
        ..DeliveryPart::default()
    };
    let preview = round.station.delivery_preview(of(part.clone())).unwrap();
    assert!(preview.ready > 0 && preview.ready < whole.ready);
    let left_out = round.left_out(&of(part.clone()), LeftOutOf::NotReady);
    let left_out = left_out.unwrap();
    assert_eq!(left_out.len(), preview.not_ready as usize);
    assert!(left_out.iter().all(|row| row.college == college));
    let told = preview.ready + preview.not_ready + preview.outside;
    assert_eq!(told, preview.due, "everybody is counted once");
    let folder = round.folder.path().join("一个学院");
    let job = round.station.delivery_write_to(of(part), &folder).unwrap();
    round.station.job_wait(job).unwrap();
    let [card] = &round
        .station
        .delivery_list(RoundRef { round: round.round })
        .unwrap()[..]
    else {
        panic!("one delivery")
    };
    assert_eq!(card.files, preview.ready);
    assert!(
        card.how.ends_with(&format!("只含 {college}")),
        "{}",
        card.how
    );
}
