//! A delivery in archives killed at any instant: no half archive bears a good name, the account is never there before all
//! that it tells of, and what the record calls delivered is all there.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod killed;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use killed::{AT_THE_END, IN_IT, Round, Seen};
use zhaoshen_killing::{Instants, rounds};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{DeliveryPack, DeliveryShape, DeliverySplit};
use zhaoshen_store::Store;
use zip::ZipArchive;

const NAME: &str = "archives_of_a_killed_delivery_never_look_finished";
const ACCOUNT: &str = "交付清单.zip";
const ARCHIVES: DeliveryShape = DeliveryShape {
    split: DeliverySplit::College,
    pack: DeliveryPack::Zip,
    only_new: false,
    in_house: false,
};

#[test]
fn archives_of_a_killed_delivery_never_look_finished() {
    let round = Round::new(NAME, ARCHIVES);
    let good = files(&round.whole());
    assert!(
        good.len() > 3 && good.contains_key(ACCOUNT),
        "{:?}",
        good.keys()
    );
    let (mut met, mut instants) = (0, Instants::of(7));
    for time in 0..rounds(10) {
        let target = round.beside(&format!("交付{time}"));
        let (seen, span) = match time % 5 {
            0 | 2 => (Seen::Begun, round.took),
            4 => (Seen::Named(ACCOUNT.to_owned()), AT_THE_END),
            _ => (Seen::Written, IN_IT),
        };
        round.kill(&target, ARCHIVES, (&seen, instants.within(span)));
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
        is_as_recorded(&round.workspace(), &good);
    }
    assert!(met > 0, "no kill met a delivery that was being written");
    let again = round.beside("再次");
    round.deliver(&again, ARCHIVES);
    assert!(files(&again).keys().eq(good.keys()));
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

/// Opens the workspace as the next start does, which gives the last names to what is in the books: every delivery of the
/// record has all its archives.
fn is_as_recorded(workspace: &Path, good: &BTreeMap<String, Vec<u8>>) {
    drop(Station::open(workspace).unwrap());
    let store = Store::open(workspace).unwrap();
    store.inspect().unwrap();
    let round = store.rounds().unwrap()[0].round.id;
    for row in store.deliveries(round).unwrap() {
        let wrote = files(Path::new(&row.target));
        assert!(wrote.keys().eq(good.keys()), "{} is not whole", row.target);
    }
}
