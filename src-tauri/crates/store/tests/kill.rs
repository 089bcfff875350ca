//! A process killed at any instant leaves every decision it confirmed, once.
//!
//! The test starts itself again as the process to be killed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::collections::HashSet;
use std::env;
use std::path::Path;
use std::time::Duration;

use desk::{Desk, KILL_FOLDER, approve, at, confirm, decision, kill_after, reject};
use zhaoshen_model::{DecisionId, DecisionKind, SubmissionId};
use zhaoshen_store::{Act, LogFilter, QueueKind, ReviewChoice, ReviewWhy, Store};

const DECISIONS: &str = "every_confirmed_decision_survives_being_killed";
const SECOND: &str = "every_confirmed_second_verdict_survives_being_killed";

#[test]
fn every_confirmed_decision_survives_being_killed() {
    if let Some(folder) = env::var_os(KILL_FOLDER) {
        decide_until_killed(Path::new(&folder));
    }
    let rounds = zhaoshen_killing::rounds(10);
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    for (student, bytes) in students.iter().zip([b"a", b"b", b"c"]) {
        desk.hand_in(*student, bytes);
    }
    let folder = desk.close();
    let mut confirmed = Vec::new();
    for round in 0..rounds {
        confirmed.append(&mut kill_after(
            DECISIONS,
            folder.path(),
            3 + round as usize,
            Duration::ZERO,
        ));
    }
    assert!(
        confirmed.len() >= rounds as usize * 3,
        "{} decisions",
        confirmed.len()
    );

    let store = Store::open(folder.path()).unwrap();
    let round = store.rounds().unwrap()[0].round.id;
    let mut kept = Vec::new();
    for row in store.submissions(round).unwrap() {
        kept.extend(store.decisions_on(row.id).unwrap());
        let newest = store.decisions_on(row.id).unwrap().last().map(|row| row.id);
        assert_eq!(row.decision, newest, "the newest decision stands");
    }
    let once: HashSet<DecisionId> = kept.iter().map(|row| row.id).collect();
    assert_eq!(once.len(), kept.len());
    let instants: HashSet<_> = kept.iter().map(|row| row.decided_at).collect();
    assert_eq!(instants.len(), kept.len(), "a decision was recorded twice");
    for id in &confirmed {
        assert!(once.contains(id), "decision {id} was confirmed and is gone");
    }
    // At most the one decision in flight was kept without its confirmation being heard.
    assert!(kept.len() <= confirmed.len() + rounds as usize);
    let filter = LogFilter {
        what: Some(Act::Decided),
        ..LogFilter::default()
    };
    assert_eq!(store.log_count(&filter).unwrap(), kept.len() as u64);
    let depth = store.undo_depth(round, "王").unwrap();
    assert_eq!(
        depth.undo,
        kept.len() as u64 + 1,
        "each can be undone, and the roster import"
    );
}

#[test]
fn every_confirmed_second_verdict_survives_being_killed() {
    if let Some(folder) = env::var_os(KILL_FOLDER) {
        review_until_killed(Path::new(&folder));
    }
    let rounds = zhaoshen_killing::rounds(10);
    // A photo for each verdict, and more than are heard of: a kill must find some that wait.
    let count = u16::try_from(24 * rounds).unwrap();
    let desk = Desk::new();
    let numbers: Vec<String> = (1..=count).map(|n| n.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let mut photos = Vec::new();
    for (student, n) in desk.roster(&numbers).into_iter().zip(1_u16..) {
        let photo = desk.hand_in(student, &n.to_be_bytes());
        let store = &desk.store;
        store.decide(photo, &approve("王"), None, at(1)).unwrap();
        photos.push(photo);
    }
    let choice = ReviewChoice {
        why: ReviewWhy::Share,
        submissions: photos.clone(),
        drawn: Some((100, 7)),
    };
    let (store, round) = (&desk.store, desk.round);
    store
        .choose_for_review(round, &choice, "王", at(2))
        .unwrap();
    let folder = desk.close();
    let mut confirmed = HashSet::new();
    for time in 0..rounds {
        confirmed.extend(kill_after(
            SECOND,
            folder.path(),
            2 + time as usize % 10,
            Duration::ZERO,
        ));
    }

    let store = Store::open(folder.path()).unwrap();
    let waiting = store.queue_counts(round).unwrap().reviewing;
    let verdicts: Vec<DecisionId> = photos
        .iter()
        .filter_map(|photo| store.review_of(*photo).unwrap()?.second)
        .map(|verdict| verdict.id)
        .collect();
    assert_eq!(waiting + verdicts.len() as u64, u64::from(count));
    assert!(
        waiting > 0,
        "every photo was judged before a kill could hit"
    );
    let kept: HashSet<DecisionId> = verdicts.iter().copied().collect();
    assert_eq!(kept.len(), verdicts.len());
    assert!(confirmed.is_subset(&kept), "a confirmed verdict is gone");
    assert!(kept.len() <= confirmed.len() + rounds as usize);
    let filter = LogFilter {
        what: Some(Act::SecondReviewed),
        ..LogFilter::default()
    };
    assert_eq!(store.log_count(&filter).unwrap(), kept.len() as u64);
}

/// Gives second verdicts and says so, for as long as it lives.
fn review_until_killed(folder: &Path) -> ! {
    let store = Store::open(folder).unwrap();
    let round = store.rounds().unwrap()[0].round.id;
    let mine = QueueKind::Second("李".to_owned());
    for (photo, n) in store.queue(round, &mine).unwrap().into_iter().zip(3..) {
        let verdict = match n % 2 {
            0 => approve("李"),
            _ => reject("李"),
        };
        let row = store.decide(photo, &verdict, None, at(n)).unwrap();
        confirm(row.id);
    }
    zhaoshen_killing::wait_for_it()
}

/// Decides on one submission after the other and says so, for as long as it lives.
fn decide_until_killed(folder: &Path) -> ! {
    let store = Store::open(folder).unwrap();
    let round = store.rounds().unwrap()[0].round.id;
    let submissions: Vec<SubmissionId> = store
        .submissions(round)
        .unwrap()
        .iter()
        .map(|row| row.id)
        .collect();
    let kinds = [
        DecisionKind::Approved,
        DecisionKind::Rejected,
        DecisionKind::Held,
    ];
    let start = store.log_count(&LogFilter::default()).unwrap();
    for (count, id) in (start..).zip(submissions.iter().cycle()) {
        let seen = store.submission(*id).unwrap().decision;
        let kind = kinds[usize::try_from(count % 3).unwrap()];
        let when = at(i64::try_from(count).unwrap());
        let row = store
            .decide(*id, &decision(kind, "王"), seen, when)
            .unwrap();
        confirm(row.id);
    }
    zhaoshen_killing::wait_for_it()
}
