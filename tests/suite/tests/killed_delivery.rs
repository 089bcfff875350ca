//! A delivery killed at any instant: no half file bears a good name, none that broke off looks finished, and what the record
//! calls delivered is all there.
//!
//! The test starts itself again as the process to be killed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use zhaoshen_killing::{Instants, Started, rounds, say, wait_for_it};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryPart, DeliveryShape, JobOutcome, RoundRef,
};
use zhaoshen_store::{Act, LogFilter, Store};
use zhaoshen_suite::example::TakenIn;

const FOLDER: &str = "ZHAOSHEN_TEST_KILLED_DELIVERY_FOLDER";
const TARGET: &str = "ZHAOSHEN_TEST_KILLED_DELIVERY_TARGET";
const ROUND: &str = "ZHAOSHEN_TEST_KILLED_DELIVERY_ROUND";
const PACK: &str = "ZHAOSHEN_TEST_KILLED_DELIVERY_PACK";
const NAME: &str = "a_delivery_killed_at_any_instant_never_looks_finished";
const STUDENTS: u32 = 24;
/// How long after its first file a delivery is killed, at most: every other kill meets one that is being written.
const IN_IT: Duration = Duration::from_millis(20);
/// How long after a file that is named last was there, at most.
const AT_THE_END: Duration = Duration::from_millis(4);
const MANIFEST: &str = "manifest.json";
const ZIP: &str = "照片.zip";

#[test]
fn a_delivery_killed_at_any_instant_never_looks_finished() {
    if let Some(folder) = env::var_os(FOLDER) {
        deliver_until_killed(Path::new(&folder));
    }
    let taken = TakenIn::of(STUDENTS).unwrap();
    taken.station.example_review(taken.round).unwrap();
    let round = taken.round;
    let TakenIn {
        station, folder, ..
    } = taken;
    let whole = folder.path().join("完整");
    let began = Instant::now();
    deliver(&station, round, &whole, false);
    let took = began.elapsed();
    drop(station);
    let good = files(&whole);
    assert!(good.len() > 10 && good.contains_key(MANIFEST));
    let (mut met, mut at_the_end, mut instants) = (0, 0, Instants::of(5));
    for time in 0..rounds(18) {
        let target = folder.path().join(format!("交付{time}"));
        let zipped = time % 6 >= 4;
        let last = if zipped { ZIP } else { MANIFEST };
        let (seen, span) = match time % 6 {
            0 => (Seen::Begun, took),
            1 => (Seen::Written, IN_IT),
            2 | 4 => (Seen::Named(format!("{last}.part")), AT_THE_END),
            _ => (Seen::Named(last.to_owned()), AT_THE_END),
        };
        let by_name = matches!(seen, Seen::Named(_));
        let pause = instants.within(span);
        kill_after(folder.path(), &target, round, zipped, (&seen, pause));
        let wrote = files(&target);
        let looks_whole = wrote.contains_key(last);
        met += u32::from(!wrote.is_empty() && !looks_whole);
        at_the_end += u32::from(by_name && !wrote.is_empty());
        if !zipped {
            holds_only_whole_files(&wrote, &good);
        }
        is_booked_or_told(folder.path(), round, &target, looks_whole);
        is_as_recorded(folder.path());
    }
    assert!(met > 0, "no kill met a delivery that was being written");
    assert!(at_the_end > 0, "no kill met a delivery at its end");
    let station = Station::open(&folder.path().join("workspace")).unwrap();
    let again = folder.path().join("再次");
    deliver(&station, round, &again, false);
    drop(station);
    assert_eq!(photos(&files(&again)), photos(&good));
    is_as_recorded(folder.path());
}

/// What a process that delivers has come to when it is killed.
enum Seen {
    /// It was started.
    Begun,
    /// A file is there.
    Written,
    /// This file is there.
    Named(String),
}

/// Opens the workspace as the next start does: what looks whole was in the books when it was killed and is complete now;
/// of everything else that lies there, it is told that it was broken off.
fn is_booked_or_told(folder: &Path, round: i64, target: &Path, looked_whole: bool) {
    let station = Station::open(&folder.join("workspace")).unwrap();
    let of = || RoundRef { round };
    let is_here = |at: &str| Path::new(at) == target;
    let cards = station.delivery_list(of()).unwrap();
    let booked = cards.iter().any(|card| is_here(&card.folder));
    let unfinished = station.delivery_unfinished(of()).unwrap();
    let told = unfinished.iter().any(|card| is_here(&card.folder));
    let left = files(target);
    assert!(booked || !looked_whole, "looks whole, and is in no books");
    let named = left.contains_key(MANIFEST) || left.contains_key(ZIP);
    assert_eq!(
        named, booked,
        "finished when the workspace opens, or not whole"
    );
    assert_eq!(told, !booked && !left.is_empty(), "{left:?}");
    let alarm = station
        .app_status(zhaoshen_station::wire::Empty {})
        .unwrap()
        .alarm;
    assert_eq!(alarm.is_empty(), unfinished.is_empty(), "{alarm}");
}

/// Hashes of the files of a delivery by name; none where there is no folder.
fn files(folder: &Path) -> HashMap<String, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap();
            let digest = hex::encode(Sha256::digest(fs::read(entry.path()).unwrap()));
            (name.to_str().unwrap().to_owned(), digest)
        })
        .collect()
}

fn photos(files: &HashMap<String, String>) -> HashMap<&String, &String> {
    let photo = |(name, _): &(&String, &String)| is_photo(name);
    files.iter().filter(photo).collect()
}

fn is_photo(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "jpg")
}

/// A photo under its own name is the finished one, and where the manifest is, all of them are.
fn holds_only_whole_files(wrote: &HashMap<String, String>, good: &HashMap<String, String>) {
    for (name, digest) in wrote.iter().filter(|(name, _)| is_photo(name)) {
        assert_eq!(good.get(name), Some(digest), "{name} is not whole");
    }
    if wrote.contains_key(MANIFEST) {
        assert_eq!(photos(wrote), photos(good), "a manifest of half a delivery");
        let half = |name: &&String| Path::new(name).extension().is_some_and(|end| end == "part");
        assert_eq!(wrote.keys().find(half), None);
    }
}

/// Opens the workspace as the next start does: every delivery of the record is complete in its folder, and in the log once.
fn is_as_recorded(folder: &Path) {
    let store = Store::open(&folder.join("workspace")).unwrap();
    store.inspect().unwrap();
    assert!(store.check_log(&AtomicBool::new(false)).unwrap().holds());
    let round = store.rounds().unwrap()[0].round.id;
    let recorded = store.deliveries(round).unwrap();
    let filter = LogFilter {
        what: Some(Act::Delivered),
        ..LogFilter::default()
    };
    assert_eq!(store.log_count(&filter).unwrap(), recorded.len() as u64);
    let numbers: Vec<u32> = recorded.iter().map(|row| row.number).collect();
    // What lies broken off has a number of its own.
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    for row in &recorded {
        let wrote = files(Path::new(&row.target));
        if wrote.contains_key(ZIP) {
            continue;
        }
        assert!(wrote.contains_key(MANIFEST), "{} is not whole", row.target);
        for file in store.delivered_files(row.id).unwrap() {
            let digest = file.sha256.to_string();
            assert_eq!(
                wrote.get(&file.file_name),
                Some(&digest),
                "{}",
                file.file_name
            );
        }
    }
}

fn deliver(station: &Station, round: i64, target: &Path, zipped: bool) {
    let pack = match zipped {
        true => DeliveryPack::Zip,
        false => DeliveryPack::Folder,
    };
    let options = DeliveryOptions {
        round,
        mode: DeliveryMode::Roster,
        template: "{学号}-{姓名}.jpg".to_owned(),
        shape: DeliveryShape {
            pack,
            ..DeliveryShape::default()
        },
        columns: Vec::new(),
        purpose: String::new(),
        part: DeliveryPart::default(),
    };
    let job = station.delivery_write_to(options, target).unwrap();
    match station.job_wait(job).unwrap() {
        JobOutcome::Delivery { report } => assert!(report.files > 0),
        other => panic!("{other:?}"),
    }
}

/// Starts a process that delivers, and kills it so long after it came to where it is to be seen.
fn kill_after(
    folder: &Path,
    target: &Path,
    round: i64,
    zipped: bool,
    (seen, pause): (&Seen, Duration),
) {
    let round = round.to_string();
    let pack = if zipped { "zip" } else { "" };
    let variables = [
        (FOLDER, folder.as_os_str()),
        (TARGET, target.as_os_str()),
        (ROUND, round.as_ref()),
        (PACK, pack.as_ref()),
    ];
    let mut started = Started::test(NAME, variables).unwrap();
    started.wait_for("began").unwrap();
    let any = || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some());
    match seen {
        Seen::Begun => {}
        Seen::Written => started.wait_until(any).unwrap(),
        // What was there a moment ago may have got its name by now.
        Seen::Named(name) => {
            let whole = name.trim_end_matches(".part");
            let there = || target.join(name).exists() || target.join(whole).exists();
            started.wait_until(there).unwrap();
        }
    }
    std::thread::sleep(pause);
    started.kill().unwrap();
}

fn deliver_until_killed(folder: &Path) -> ! {
    let station = Station::open(&folder.join("workspace")).unwrap();
    let round = env::var(ROUND).unwrap().parse().unwrap();
    let target = PathBuf::from(env::var_os(TARGET).unwrap());
    let zipped = env::var(PACK).is_ok_and(|pack| pack == "zip");
    say("began").unwrap();
    deliver(&station, round, &target, zipped);
    wait_for_it()
}
