//! Photos on which no check has run, as an import that was broken off leaves them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_model::RoundId;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{QueueOpen, RoundRef};
use zhaoshen_store::{IntakeRecord, Store};
use zhaoshen_suite::example::TakenIn;

/// How long the queue is; `None` where it is not listed.
fn length(station: &Station, round: i64, key: &str) -> Option<u32> {
    let counts = station.queue_counts(RoundRef { round }).unwrap();
    let found = counts.into_iter().find(|queue| queue.queue == key);
    found.map(|queue| queue.count)
}

#[test]
fn they_have_a_queue_of_their_own_so_that_the_queues_add_up() {
    let TakenIn {
        station,
        folder,
        round,
        ..
    } = TakenIn::new().unwrap();
    assert_eq!(length(&station, round, "unchecked"), None);
    drop(station);
    let workspace = folder.path().join("workspace");
    let store = Store::open(&workspace).unwrap();
    let student = store.students(RoundId(round)).unwrap()[0].id;
    let record = IntakeRecord {
        photo: store.put_photo(b"\xFF\xD8\xFF\xE0 later \xFF\xD9").unwrap(),
        matching: Matching::Matched {
            student,
            by: MatchKey::StudentNo,
        },
        file_name: "后来.jpg".to_owned(),
        source: "后来.jpg".to_owned(),
    };
    let at = jiff::Timestamp::now();
    store
        .record_intake(RoundId(round), &[record], "测试员", at)
        .unwrap();
    drop(store);
    let station = Station::open(&workspace).unwrap();
    let of = |key: &str| length(&station, round, key).unwrap();
    assert_eq!(of("unchecked"), 1);
    let parts = ["failing", "unknown", "hints", "clear", "unchecked"];
    assert_eq!(parts.map(of).iter().sum::<u32>(), of("pending"));
    let opened = station.queue_open(QueueOpen {
        round,
        queue: "unchecked".to_owned(),
        limit: None,
    });
    assert_eq!(opened.unwrap().items.len(), 1);
}
