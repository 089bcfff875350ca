//! What a whole round measured, kept in memory so that a threshold can be moved over it at will.
//!
//! One round at a time. A photo's measurements never change within a version of the engine, so they
//! are read once; who has which photo is read again after any write. Nothing here is stored.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use zhaoshen_checks::{Role, severities};
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{
    Finding, Measurements, PhotoHash, PhotoHistory, Profile, RoundId, Severity, SubmissionId,
    Verdict,
};
use zhaoshen_store::{NewestRow, ProfileVersionRow, Store};

use crate::failure::store;
use crate::wire::Failure;

/// The round read last.
#[derive(Debug, Default)]
pub(crate) struct Readings(Mutex<Option<Arc<Reading>>>);

/// A round as measured.
#[derive(Debug)]
pub(crate) struct Reading {
    round: RoundId,
    /// [`Store::writes`] when it was read.
    writes: u64,
    /// The current photo of every student on the roster, where it was measured, by 学号.
    pub(crate) rows: Vec<NewestRow>,
    measured: Arc<HashMap<PhotoHash, Measurements>>,
    histories: HashMap<SubmissionId, PhotoHistory>,
    /// What the profile that stands says of `rows`, with its version.
    standing: Mutex<Option<(u32, Arc<Vec<Judged>>)>>,
}

/// What the rules say of one photo, without texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    /// Codes of the rules that fail.
    pub(crate) failing: Vec<&'static str>,
}

impl Readings {
    /// The round as it stands, from memory where nothing was written since.
    pub(crate) fn of(&self, store_: &Store, round: RoundId) -> Result<Arc<Reading>, Failure> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.take().filter(|kept| kept.round == round);
        let reading = match known {
            Some(known) if known.writes == store_.writes() => known,
            known => Arc::new(Reading::read(
                store_,
                round,
                known.map(|known| Arc::clone(&known.measured)),
            )?),
        };
        *kept = Some(Arc::clone(&reading));
        Ok(reading)
    }
}

impl Reading {
    fn read(
        store_: &Store,
        round: RoundId,
        measured: Option<Arc<HashMap<PhotoHash, Measurements>>>,
    ) -> Result<Self, Failure> {
        // Taken first: a write meanwhile makes the next question read again.
        let writes = store_.writes();
        let mut rows = store_.newest_rows(round).map_err(|error| store(&error))?;
        let mut measured = measured.unwrap_or_default();
        if rows.iter().any(|row| !measured.contains_key(&row.photo)) {
            // Readers of before have let go of it by now, or keep their own.
            store_
                .add_round_measurements(round, MEASUREMENT_VERSION, Arc::make_mut(&mut measured))
                .map_err(|error| store(&error))?;
        }
        rows.retain(|row| measured.contains_key(&row.photo));
        let histories = store_
            .photo_histories(round)
            .map_err(|error| store(&error))?;
        Ok(Self {
            round,
            writes,
            rows,
            measured,
            histories,
            standing: Mutex::default(),
        })
    }

    /// What `profile` says of every row, in the order of the rows.
    pub(crate) fn judged(&self, profile: &Profile) -> Vec<Judged> {
        self.each(|measurements, history| {
            let judged = severities(measurements, profile, history, Role::of(history));
            Judged {
                verdict: Verdict::over(judged.iter().map(|(_, severity)| *severity)),
                failing: judged
                    .iter()
                    .filter(|(_, severity)| *severity == Severity::Fail)
                    .map(|(code, _)| *code)
                    .collect(),
            }
        })
        .into_iter()
        .map(|(_, judged)| judged)
        .collect()
    }

    /// The same for the version that stands, judged once.
    pub(crate) fn judged_by_version(&self, stands: &ProfileVersionRow) -> Arc<Vec<Judged>> {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        match &*standing {
            Some((version, judged)) if *version == stands.version => Arc::clone(judged),
            _ => {
                let judged = Arc::new(self.judged(&stands.profile));
                *standing = Some((stands.version, Arc::clone(&judged)));
                judged
            }
        }
    }

    /// What one rule measured of every row; empty when the profile does not ask it.
    pub(crate) fn findings(&self, profile: &Profile, code: &str) -> Vec<(SubmissionId, Finding)> {
        let asked = self.each(|measurements, history| {
            zhaoshen_checks::reading(measurements, profile, history, Role::of(history), code)
        });
        asked
            .into_iter()
            .filter_map(|(submission, finding)| Some((submission, finding?)))
            .collect()
    }

    fn each<T: Send>(
        &self,
        ask: impl Fn(&Measurements, &PhotoHistory) -> T + Sync,
    ) -> Vec<(SubmissionId, T)> {
        let none = PhotoHistory::default();
        self.rows
            .par_iter()
            .filter_map(|row| {
                let measurements = self.measured.get(&row.photo)?;
                let history = self.histories.get(&row.id).unwrap_or(&none);
                Some((row.id, ask(measurements, history)))
            })
            .collect()
    }
}
