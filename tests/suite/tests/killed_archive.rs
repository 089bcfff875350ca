//! A delivery in archives killed at any instant: no half archive bears a good name, the account is never there before all
//! that it tells of, and what the record calls delivered is all there.
//!
//! The test starts itself again as the process to be killed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use zhaoshen_killing::{Instants, Started, rounds, say, wait_for_it};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryPart, DeliveryShape, DeliverySplit,
    JobOutcome,
};
use zhaoshen_store::Store;
use zhaoshen_suite::example::TakenIn;
use zip::ZipArchive;

const FOLDER: &str = "ZHAOSHEN_TEST_KILLED_ARCHIVE_FOLDER";
const TARGET: &str = "ZHAOSHEN_TEST_KILLED_ARCHIVE_TARGET";
const ROUND: &str = "ZHAOSHEN_TEST_KILLED_ARCHIVE_ROUND";
const NAME: &str = "archives_of_a_killed_delivery_never_look_finished";
const STUDENTS: u32 = 24;
/// How long after its first file a delivery is killed, at most: every other kill meets one that is being written.
const IN_IT: Duration = Duration::from_millis(20);
const ACCOUNT: &str = "交付清单.zip";

#[test]
fn archives_of_a_killed_delivery_never_look_finished() {
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
    deliver(&station, round, &whole);
    let took = began.elapsed();
    drop(station);
    let good = files(&whole);
    assert!(
        good.len() > 3 && good.contains_key(ACCOUNT),
        "{:?}",
        good.keys()
    );
    let (mut met, mut instants) = (0, Instants::of(7));
    for time in 0..rounds(10) {
        let target = folder.path().join(format!("交付{time}"));
        let span = if time % 2 == 0 { took } else { IN_IT };
        let pause = instants.within(span);
        kill_after(folder.path(), &target, round, time % 2 == 1, pause);
        let wrote = files(&target);
        met += u32::from(!wrote.is_empty() && !wrote.contains_key(ACCOUNT));
        for (name, bytes) in wrote.iter().filter(|(name, _)| name.ends_with(".zip")) {
            let mut archive = ZipArchive::new(File::open(target.join(name)).unwrap()).unwrap();
            assert!((0..archive.len()).all(|at| archive.by_index(at).is_ok()));
            // The account alone holds the time of the delivery.
            assert!(name == ACCOUNT || good.get(name) == Some(bytes), "{name}");
        }
        let named = wrote.keys().filter(|name| good.contains_key(*name)).count();
        // No college's archive bears its name before all of them lie there.
        assert!(
            named == 0 || wrote.len() == good.len(),
            "{:?}",
            wrote.keys()
        );
        if wrote.contains_key(ACCOUNT) {
            assert!(wrote.keys().eq(good.keys()), "{:?}", wrote.keys());
        }
        is_as_recorded(folder.path(), &good);
    }
    assert!(met > 0, "no kill met a delivery that was being written");
}

/// What lies in the folder, by name; nothing where there is none.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Opens the workspace as the next start does: every delivery of the record has all its archives.
fn is_as_recorded(folder: &Path, good: &BTreeMap<String, Vec<u8>>) {
    let store = Store::open(&folder.join("workspace")).unwrap();
    store.inspect().unwrap();
    let round = store.rounds().unwrap()[0].round.id;
    for row in store.deliveries(round).unwrap() {
        let wrote = files(Path::new(&row.target));
        assert!(wrote.keys().eq(good.keys()), "{} is not whole", row.target);
    }
}

fn deliver(station: &Station, round: i64, target: &Path) {
    let options = DeliveryOptions {
        round,
        mode: DeliveryMode::Roster,
        template: "{学号}-{姓名}.jpg".to_owned(),
        shape: DeliveryShape {
            split: DeliverySplit::College,
            pack: DeliveryPack::Zip,
            only_new: false,
            in_house: false,
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

/// Starts a process that delivers, and kills it so long after it began, or after it wrote its first file.
fn kill_after(folder: &Path, target: &Path, round: i64, written: bool, pause: Duration) {
    let round = round.to_string();
    let variables = [
        (FOLDER, folder.as_os_str()),
        (TARGET, target.as_os_str()),
        (ROUND, round.as_ref()),
    ];
    let mut started = Started::test(NAME, variables).unwrap();
    started.wait_for("began").unwrap();
    if written {
        let begun = || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some());
        started.wait_until(begun).unwrap();
    }
    std::thread::sleep(pause);
    started.kill().unwrap();
}

fn deliver_until_killed(folder: &Path) -> ! {
    let station = Station::open(&folder.join("workspace")).unwrap();
    let round = env::var(ROUND).unwrap().parse().unwrap();
    let target = PathBuf::from(env::var_os(TARGET).unwrap());
    say("began").unwrap();
    deliver(&station, round, &target);
    wait_for_it()
}
