//! A process killed while one reviews at twenty decisions a second and backups are made: no confirmed decision is lost or
//! doubled, and whatever counts as a backup is whole.
//!
//! The test starts itself again as the process to be killed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::collections::HashSet;
use std::env;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use desk::{Desk, KILL_FOLDER, at, confirm, decision, kill_after};
use zhaoshen_killing::{Instants, rounds};
use zhaoshen_model::{DecisionId, DecisionKind, SubmissionId};
use zhaoshen_store::{Act, BackupWhy, LogFilter, Store};

const NAME: &str = "what_was_confirmed_while_backups_were_made_survives_being_killed";
/// Twenty decisions a second.
const PAUSE: Duration = Duration::from_millis(50);
const PHOTOS: u16 = 120;
/// Never set: what goes on goes on.
static GO: AtomicBool = AtomicBool::new(false);

#[test]
fn what_was_confirmed_while_backups_were_made_survives_being_killed() {
    if let Some(folder) = env::var_os(KILL_FOLDER) {
        work_until_killed(Path::new(&folder));
    }
    let desk = Desk::new();
    let numbers: Vec<String> = (1..=PHOTOS).map(|n| n.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    for (student, n) in desk.roster(&numbers).into_iter().zip(1_u16..) {
        desk.hand_in(student, &n.to_be_bytes());
    }
    let folder = desk.close();
    let mut confirmed = HashSet::new();
    let (mut half, mut instants) = (0, Instants::of(11));
    for _ in 0..rounds(10) {
        let further = instants.within(Duration::from_millis(120));
        for id in kill_after(NAME, folder.path(), 4, further) {
            assert!(confirmed.insert(id), "decision {id} was confirmed twice");
        }
        half += u32::from(has_half_a_backup(folder.path()));
        whole(folder.path(), &confirmed);
    }
    assert!(half > 0, "no kill met a backup that was being made");
    let kept = decisions(&Store::open(folder.path()).unwrap());
    // At most the one decision in flight was kept without its confirmation being heard.
    assert!(kept.len() <= confirmed.len() + rounds(10) as usize);
}

/// Opens the workspace as the next start does, and looks at everything.
fn whole(folder: &Path, confirmed: &HashSet<DecisionId>) {
    let store = Store::open(folder).unwrap();
    store.inspect().unwrap();
    assert!(store.verify_log(&GO).unwrap().holds());
    let kept = decisions(&store);
    let once: HashSet<DecisionId> = kept.iter().copied().collect();
    assert_eq!(once.len(), kept.len());
    assert!(confirmed.is_subset(&once), "a confirmed decision is gone");
    let filter = LogFilter {
        what: Some(Act::Decided),
        ..LogFilter::default()
    };
    assert_eq!(store.log_count(&filter).unwrap(), kept.len() as u64);
    let backups = store.backups();
    for row in &backups.list().unwrap() {
        let read = backups.verify(&row.name, &GO, |_, _| {}).unwrap();
        assert!(read.is_whole(), "{}: {read:?}", row.name);
        assert_eq!(read.photos, u64::from(PHOTOS));
    }
    // The next backup takes away what the killed one left.
    let last = i64::try_from(store.log_count(&LogFilter::default()).unwrap()).unwrap();
    store
        .back_up(BackupWhy::Asked, at(last), &GO, |_, _| {})
        .unwrap();
    assert!(!has_half_a_backup(folder));
}

fn has_half_a_backup(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(zhaoshen_store::Backups::of(folder).folder()) else {
        return false;
    };
    let half = |name: &str| Path::new(name).extension().is_some_and(|end| end == "part");
    entries
        .map(|entry| entry.unwrap().file_name())
        .any(|name| half(&name.to_string_lossy()))
}

/// Every decision that was ever made, by photo.
fn decisions(store: &Store) -> Vec<DecisionId> {
    let round = store.rounds().unwrap()[0].round.id;
    let of = |id: SubmissionId| store.decisions_on(id).unwrap();
    let rows = store.submissions(round).unwrap();
    rows.iter()
        .flat_map(|row| of(row.id))
        .map(|row| row.id)
        .collect()
}

/// Decides twenty times a second and says so, while one backup after the other is made, for as long as it lives.
fn work_until_killed(folder: &Path) -> ! {
    let store = Store::open(folder).unwrap();
    let round = store.rounds().unwrap()[0].round.id;
    let start = i64::try_from(store.log_count(&LogFilter::default()).unwrap()).unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            for second in start.. {
                let made = store.back_up(BackupWhy::Asked, at(second), &GO, |_, _| {});
                made.unwrap();
            }
        });
        let rows = store.submissions(round).unwrap();
        for (row, second) in rows
            .iter()
            .cycle()
            .skip(usize::try_from(start).unwrap())
            .zip(start..)
        {
            let seen = store.submission(row.id).unwrap().decision;
            let verdict = decision(DecisionKind::Held, "王");
            let made = store.decide(row.id, &verdict, seen, at(second)).unwrap();
            confirm(made.id);
            thread::sleep(PAUSE);
        }
    });
    unreachable!("the loops have no end")
}
