//! Sheets killed while they are written: no half PDF bears a good name, none lies whole that is in no books, and of what was
//! broken off it is told.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod killed;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use killed::{AT_THE_END, IN_IT, Round, Seen, Writes};
use lopdf::Document;
use zhaoshen_killing::{Instants, rounds};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{Empty, RoundRef, UnfinishedRef};
use zhaoshen_store::{Act, LogFilter, LogRow, Store};

const NAME: &str = "killed_prints_never_look_finished_and_are_told";

#[test]
fn killed_prints_never_look_finished_and_are_told() {
    let round = Round::new(NAME, Writes::Prints);
    let good = names(&round.whole());
    assert!(good.len() > 2, "{good:?}");
    let written = |name: &String| {
        fs::metadata(round.whole().join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    let last = good
        .iter()
        .max_by_key(|name| written(name))
        .unwrap()
        .clone();
    let (mut told, mut instants) = (0, Instants::of(11));
    for time in 0..rounds(10) {
        let target = round.beside(&format!("打印{time}"));
        let (seen, span) = match time % 5 {
            0 => (Seen::Begun, round.took),
            1 | 2 => (Seen::Written, IN_IT),
            3 => (Seen::Named(format!("{last}.part")), AT_THE_END),
            _ => (Seen::Named(last.clone()), AT_THE_END),
        };
        round.kill(&target, Writes::Prints, (&seen, instants.within(span)));
        let wrote = names(&target);
        for name in wrote.iter().filter(|name| good.contains(*name)) {
            assert!(Document::load(target.join(name)).is_ok(), "half of {name}");
        }
        let is_whole = wrote == good;
        let is_booked = printed(&round.workspace()).contains(&target.display().to_string());
        assert!(is_booked || !is_whole, "looks whole, and is in no books");
        told += u32::from(is_told(&round, &target, is_booked));
        assert_eq!(is_booked, names(&target) == good);
    }
    assert!(told > 0, "no kill met sheets that were being written");
    let again = round.beside("再次");
    round.deliver(&again, Writes::Prints);
    assert_eq!(names(&again), good);
}

/// Opens the workspace as the next start does: what is in the books is whole now, and of all else that lies there it is told
/// until somebody saw to it.
fn is_told(round: &Round, target: &Path, is_booked: bool) -> bool {
    let station = Station::open(&round.workspace()).unwrap();
    let alarm = || station.app_status(Empty {}).unwrap().alarm;
    let of = || RoundRef { round: round.id };
    let is_here = |at: &str| Path::new(at) == target;
    let unfinished = station.delivery_unfinished(of()).unwrap();
    assert_eq!(alarm().is_empty(), unfinished.is_empty());
    let card = unfinished.into_iter().find(|card| is_here(&card.folder));
    let left = names(target);
    let half = |name: &&String| name.ends_with(".part");
    match &card {
        Some(card) => {
            assert!(!is_booked && !left.is_empty(), "{left:?}");
            assert!(card.text.contains("打印"), "{}", card.text);
            let (round, id) = (round.id, card.id);
            let dismissed = station
                .delivery_dismiss(UnfinishedRef { round, id })
                .unwrap();
            assert!(!dismissed.iter().any(|card| is_here(&card.folder)));
        }
        None => {
            assert!(is_booked || left.is_empty(), "told nowhere: {left:?}");
            assert_eq!(left.iter().find(half), None);
        }
    }
    card.is_some()
}

/// Where sheets were written to that are in the log.
fn printed(workspace: &Path) -> Vec<String> {
    let store = Store::open(workspace).unwrap();
    let filter = LogFilter {
        what: Some(Act::Printed),
        ..LogFilter::default()
    };
    let rows = store.log(&filter, 0, 1000).unwrap();
    let target = |row: LogRow| {
        let after = row.after.unwrap();
        after.get("target").unwrap().as_str().unwrap().to_owned()
    };
    rows.into_iter().map(target).collect()
}

/// The names of what lies in the folder; none where there is none.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}
