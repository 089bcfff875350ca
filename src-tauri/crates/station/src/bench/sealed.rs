//! What sealing costs: the same small round in a plain workspace and in a sealed one, taken in turns so that a machine
//! that grows busier meanwhile slows both.

use std::path::Path;
use std::time::Instant;

use serde::Serialize;
use zhaoshen_model::PhotoHash;

use super::{Place, decisions, intake_zip, median, new_round, pending, quantile, roster, sit};
use crate::failure::{internal, store};
use crate::wire::{DoorKey, Failure, PassphraseGiven};
use crate::{Seat, Station};

/// Workspaces made of each kind.
const TURNS: usize = 3;
/// Students, and photos taken in.
const PHOTOS: usize = 200;
/// Size of each photo, bytes.
const PHOTO_BYTES: usize = 300_000;
/// Opens the sealed ones; they are gone when the measurement ends.
const PASSPHRASE: &str = "a passphrase of the benchmark";

/// What was measured in one kind of workspace.
#[derive(Debug, Clone, Serialize)]
pub struct Costs {
    /// Opening the workspace of 200 students and photos, median, milliseconds. Of a sealed one the key is derived from
    /// the passphrase first, which is slow on purpose.
    pub open_ms: f64,
    /// 200 photos of 300 KB from a zip: kept, hashed, matched, median, seconds.
    pub intake_seconds: f64,
    /// One decision with log and undo, durable: median, milliseconds.
    pub decision_median_ms: f64,
    /// The same, 95th percentile.
    pub decision_p95_ms: f64,
    /// Reading one original of 300 KB: median, milliseconds.
    pub read_median_ms: f64,
    /// The same, 95th percentile.
    pub read_p95_ms: f64,
}

/// Plain beside sealed.
#[derive(Debug, Clone, Serialize)]
pub struct SealCosts {
    /// A plain workspace.
    pub plain: Costs,
    /// A sealed one.
    pub sealed: Costs,
}

/// Measures both in the temporary folder.
///
/// # Errors
/// When that cannot be written.
pub fn run() -> Result<SealCosts, Failure> {
    let place = Place::new()?;
    let [mut plain, mut sealed] = [Taken::default(), Taken::default()];
    for turn in 0..TURNS {
        let folder = |kind: &str| place.0.join(format!("{kind}-{turn}"));
        plain.take(&folder("plain"), false, PHOTOS)?;
        sealed.take(&folder("sealed"), true, PHOTOS)?;
    }
    Ok(SealCosts {
        plain: plain.costs(),
        sealed: sealed.costs(),
    })
}

/// Every single time: seconds of opening and taking in, milliseconds of decisions and reads.
#[derive(Default)]
struct Taken {
    opens: Vec<f64>,
    intakes: Vec<f64>,
    decisions: Vec<f64>,
    reads: Vec<f64>,
}

impl Taken {
    fn take(&mut self, folder: &Path, is_sealed: bool, photos: usize) -> Result<(), Failure> {
        let workspace = folder.join("workspace");
        let station = match is_sealed {
            true => {
                let passphrase = PASSPHRASE.to_owned();
                Station::create_sealed(&workspace, &PassphraseGiven { passphrase })?.0
            }
            false => Station::open(&workspace)?,
        };
        let seat = sit(&station)?;
        let round = new_round(&seat, "bench")?;
        roster(&seat, round, folder, photos)?;
        let (seconds, _) = intake_zip(&seat, round, folder, (photos, PHOTO_BYTES))?;
        self.intakes.push(seconds);
        self.reads.extend(reads(&seat, round)?);
        self.decisions.extend(decisions(&seat, round)?);
        drop((seat, station));
        let began = Instant::now();
        let opened = match is_sealed {
            true => Station::unlock(
                &workspace,
                &DoorKey {
                    passphrase: PASSPHRASE.to_owned(),
                    ..DoorKey::default()
                },
            ),
            false => Station::open(&workspace),
        }?;
        self.opens.push(began.elapsed().as_secs_f64());
        drop(opened);
        Ok(())
    }

    fn costs(mut self) -> Costs {
        self.decisions.sort_by(f64::total_cmp);
        self.reads.sort_by(f64::total_cmp);
        Costs {
            open_ms: median(self.opens) * 1000.0,
            intake_seconds: median(self.intakes),
            decision_median_ms: quantile(&self.decisions, 50),
            decision_p95_ms: quantile(&self.decisions, 95),
            read_median_ms: quantile(&self.reads, 50),
            read_p95_ms: quantile(&self.reads, 95),
        }
    }
}

/// Reads every original of the round.
fn reads(station: &Seat, round: i64) -> Result<Vec<f64>, Failure> {
    pending(station, round)?
        .iter()
        .map(|item| {
            let hash: PhotoHash = item.photo.parse().map_err(|error| internal(&error))?;
            let began = Instant::now();
            let bytes = station.store().read_photo(hash);
            std::hint::black_box(bytes.map_err(|error| store(&error))?);
            Ok(began.elapsed().as_secs_f64() * 1000.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn every_photo_of_both_kinds_is_taken_in_read_and_decided() {
        for is_sealed in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let mut taken = Taken::default();
            taken.take(folder.path(), is_sealed, 3).unwrap();
            let counts = [taken.reads.len(), taken.decisions.len()];
            assert_eq!(counts, [3, 3], "sealed: {is_sealed}");
            assert!(taken.costs().open_ms > 0.0);
        }
    }
}
