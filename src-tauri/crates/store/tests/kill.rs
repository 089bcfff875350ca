//! A process killed at any instant leaves every decision it confirmed, once.
//!
//! The test starts itself again as the process to be killed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::collections::HashSet;
use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use desk::{Desk, at, decision};
use zhaoshen_model::{DecisionId, DecisionKind, SubmissionId};
use zhaoshen_store::{Act, LogFilter, Store};

const FOLDER: &str = "ZHAOSHEN_TEST_KILL_FOLDER";
const TEST: &str = "every_confirmed_decision_survives_being_killed";
const ROUNDS: u32 = 10;

#[test]
fn every_confirmed_decision_survives_being_killed() {
    if let Some(folder) = env::var_os(FOLDER) {
        decide_until_killed(Path::new(&folder));
    }
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    for (student, bytes) in students.iter().zip([b"a", b"b", b"c"]) {
        desk.hand_in(*student, bytes);
    }
    let folder = desk.close();
    let mut confirmed = Vec::new();
    for round in 0..ROUNDS {
        confirmed.append(&mut kill_after(folder.path(), 3 + round as usize));
    }
    assert!(
        confirmed.len() >= ROUNDS as usize * 3,
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
    assert!(kept.len() <= confirmed.len() + ROUNDS as usize);
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

/// Lets a process decide, kills it once it confirmed `enough`, and gives all it confirmed.
fn kill_after(folder: &Path, enough: usize) -> Vec<DecisionId> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", TEST, "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut confirmed = Vec::new();
    let mut hear = |line: io::Result<String>| {
        let line = line.unwrap();
        if let Some((_, id)) = line.split_once("confirmed ") {
            confirmed.push(DecisionId(id.parse().unwrap()));
        }
        confirmed.len()
    };
    while hear(lines.next().unwrap()) < enough {}
    child.kill().unwrap();
    for line in lines {
        hear(line);
    }
    child.wait().unwrap();
    confirmed
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
        let mut out = io::stdout().lock();
        writeln!(out, "confirmed {}", row.id).unwrap();
        out.flush().unwrap();
    }
    std::thread::sleep(Duration::MAX);
    unreachable!("the loop has no end")
}
