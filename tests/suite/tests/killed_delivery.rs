//! A delivery killed at any instant: no half file bears a good name, none that broke off looks finished, and what the record
//! calls delivered is all there.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod killed;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use killed::{AT_THE_END, IN_IT, Round, Seen};
use sha2::{Digest, Sha256};
use zhaoshen_killing::{Instants, rounds};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{DeliveryPack, DeliveryShape, RoundRef};
use zhaoshen_store::{Act, LogFilter, Store};

const NAME: &str = "a_delivery_killed_at_any_instant_never_looks_finished";
const MANIFEST: &str = "manifest.json";
const ZIP: &str = "照片.zip";

#[test]
fn a_delivery_killed_at_any_instant_never_looks_finished() {
    let in_folder = DeliveryShape::default();
    let in_zip = DeliveryShape {
        pack: DeliveryPack::Zip,
        ..in_folder
    };
    let round = Round::new(NAME, in_folder);
    let good = files(&round.whole());
    assert!(good.len() > 10 && good.contains_key(MANIFEST));
    let (mut met, mut at_the_end, mut instants) = (0, 0, Instants::of(5));
    for time in 0..rounds(18) {
        let target = round.beside(&format!("交付{time}"));
        let zipped = time % 6 >= 4;
        let (last, shape) = match zipped {
            true => (ZIP, in_zip),
            false => (MANIFEST, in_folder),
        };
        let (seen, span) = match time % 6 {
            0 => (Seen::Begun, round.took),
            1 => (Seen::Written, IN_IT),
            2 | 4 => (Seen::Named(format!("{last}.part")), AT_THE_END),
            _ => (Seen::Named(last.to_owned()), AT_THE_END),
        };
        let by_name = matches!(seen, Seen::Named(_));
        round.kill(&target, shape, (&seen, instants.within(span)));
        let wrote = files(&target);
        let looks_whole = wrote.contains_key(last);
        met += u32::from(!wrote.is_empty() && !looks_whole);
        at_the_end += u32::from(by_name && !wrote.is_empty());
        if !zipped {
            holds_only_whole_files(&wrote, &good);
        }
        is_booked_or_told(&round, &target, looks_whole);
        is_as_recorded(&round.workspace());
    }
    assert!(met > 0, "no kill met a delivery that was being written");
    assert!(at_the_end > 0, "no kill met a delivery at its end");
    let again = round.beside("再次");
    round.deliver(&again, in_folder);
    assert_eq!(photos(&files(&again)), photos(&good));
    is_as_recorded(&round.workspace());
}

/// Opens the workspace as the next start does: what looks whole was in the books when it was killed and is complete now;
/// of everything else that lies there, it is told that it was broken off.
fn is_booked_or_told(round: &Round, target: &Path, looked_whole: bool) {
    let station = Station::open(&round.workspace()).unwrap();
    let of = || RoundRef { round: round.id };
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
fn is_as_recorded(workspace: &Path) {
    let store = Store::open(workspace).unwrap();
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
