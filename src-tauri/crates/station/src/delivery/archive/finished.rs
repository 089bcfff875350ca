//! The finished photos of an archive: of every photo that is approved, and of every one that was delivered as it was then.
//! Whom a delivery would hold now (who has paid, is exempt, handed in another photo since) does not matter: an archive is to
//! hold what was decided and what went out.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use zhaoshen_checks::FinalFrame;
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::profile::RenditionSpec;
use zhaoshen_model::{DecisionKind, Measurements, PhotoHash, SubmissionId};
use zhaoshen_store::{RoundRow, Store, SubmissionRow};

use super::photo_name;
use crate::app::count;
use crate::delivery::draft::frame_of;
use crate::delivery::frozen::{Frozen, FrozenFile};
use crate::delivery::make::Cut;
use crate::delivery::repeat::{hash_of, same_bytes};
use crate::failure::{cancelled, refused, store};
use crate::job::Progress;
use crate::wire::{Code, Failure};
use crate::{Seat, zh};

/// The folder of the finished photos.
const FOLDER: &str = "renditions";

/// How many finished photos an archive holds of those that belong in.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Tally {
    /// Photos whose approval stands.
    approved: usize,
    /// Photos that a delivery held.
    delivered: usize,
    /// Finished files in it.
    pub(super) files: usize,
    /// Photos among both of which not every finished file is in it.
    pub(super) lacking: Vec<SubmissionId>,
}

/// The finished photos that go in, all of them made, and how many do not.
pub(super) struct Finished<'a> {
    store: &'a Store,
    round: &'a RoundRow,
    measured: HashMap<PhotoHash, Measurements>,
    entries: Vec<(String, How)>,
    pub(super) tally: Tally,
}

/// How a finished photo is made.
enum How {
    /// As the round's standard has it now.
    Now(PhotoHash, FinalFrame),
    /// As a delivery had it.
    Frozen(Arc<RenditionSpec>, Box<FrozenFile>),
}

/// A photo that belongs in.
struct Wanted {
    row: SubmissionRow,
    is_approved: bool,
    /// The last delivery first.
    went: Vec<Went>,
}

/// What a delivery held of a photo.
struct Went {
    number: u32,
    sha256: PhotoHash,
    /// `None` of one by an earlier version, which did not keep it.
    held: Option<(Arc<RenditionSpec>, FrozenFile)>,
}

/// What was made of one photo.
#[derive(Default)]
struct Made {
    entries: Vec<(String, How)>,
    lacks: bool,
}

impl<'a> Finished<'a> {
    /// Makes all of them where they are `chosen`; else they are counted alone.
    pub(super) fn gather(
        station: &'a Seat,
        round: &'a RoundRow,
        chosen: bool,
        progress: &Progress,
    ) -> Result<Self, Failure> {
        let store_ = station.store();
        let wanted = wanted(store_, round)?;
        let measured = store_.round_measurements(round.id, MEASUREMENT_VERSION);
        let mut finished = Self {
            store: store_,
            round,
            measured: measured
                .map_err(|error| store(&error))?
                .into_iter()
                .collect(),
            entries: Vec::new(),
            tally: Tally {
                approved: wanted.iter().filter(|one| one.is_approved).count(),
                delivered: wanted.iter().filter(|one| !one.went.is_empty()).count(),
                files: 0,
                lacking: Vec::new(),
            },
        };
        let all = match chosen {
            true => finished.make_all(station, &wanted, progress)?,
            false => wanted.iter().map(|_| Made::none()).collect(),
        };
        for (one, made) in wanted.iter().zip(all) {
            if made.lacks {
                finished.tally.lacking.push(one.row.id);
            }
            finished.entries.extend(made.entries);
        }
        finished.tally.files = finished.entries.len();
        Ok(finished)
    }

    /// Name and bytes of every entry, by number of the submission.
    pub(super) fn entries(&self) -> impl Iterator<Item = Result<(&str, Vec<u8>), Failure>> {
        let entries = self.entries.iter();
        entries.map(|(name, how)| Ok((name.as_str(), self.bytes(how)?)))
    }

    fn make_all(
        &self,
        station: &Seat,
        wanted: &[Wanted],
        progress: &Progress,
    ) -> Result<Vec<Made>, Failure> {
        progress.begin(zh::STAGE_DELIVERY, count(wanted.len()));
        let all = wanted.par_iter().map(|one| {
            if progress.is_cancelled() {
                return Err(cancelled());
            }
            let made = match self.make(one) {
                Ok(made) => Some(made),
                Err(failure) => {
                    let at = |failure| station.at_photo(one.row.id, failure);
                    // Whose all of them are is said at once; what else was not found is no original.
                    match station.is_original_gone(one.row.photo).map_err(at)? {
                        true => None,
                        false => return Err(at(failure)),
                    }
                }
            };
            progress.advance(1);
            Ok(made)
        });
        let all: Vec<Option<Made>> = all.collect::<Result<_, Failure>>()?;
        let gone = wanted.iter().zip(&all).filter(|(_, made)| made.is_none());
        let gone: Vec<SubmissionId> = gone.map(|(one, _)| one.row.id).collect();
        match gone.is_empty() {
            true => Ok(all.into_iter().flatten().collect()),
            false => Err(station.originals_gone(&gone)),
        }
    }

    fn make(&self, wanted: &Wanted) -> Result<Made, Failure> {
        let mut made = Made::default();
        let mut hashes = HashSet::new();
        let is_asked = wanted.is_approved || wanted.went.iter().any(|went| went.held.is_none());
        let now = match is_asked {
            true => self.now(wanted.row.photo)?,
            false => None,
        };
        if wanted.is_approved {
            match &now {
                Some((frame, sha256)) => {
                    hashes.insert(*sha256);
                    made.add(wanted, None, How::Now(wanted.row.photo, frame.clone()));
                }
                None => made.lacks = true,
            }
        }
        for went in &wanted.went {
            if !hashes.insert(went.sha256) {
                continue;
            }
            match self.as_delivered(wanted, went, now.as_ref()) {
                Some(how) => made.add(wanted, Some(went.number), how),
                None => made.lacks = true,
            }
        }
        Ok(made)
    }

    /// As the standard has it now, with the SHA-256 of the file; `None` where none can be made.
    fn now(&self, photo: PhotoHash) -> Result<Option<(FinalFrame, PhotoHash)>, Failure> {
        let profile = &self.round.profile;
        let measured = self.measured.get(&photo);
        let Some(frame) = measured.and_then(|measured| frame_of(measured, profile).ok()) else {
            return Ok(None);
        };
        match self.cut_bytes(photo, &frame) {
            Ok(bytes) => Ok(Some((frame, hash_of(&bytes)))),
            Err(failure) if failure.code == Code::Refused => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// How the very file is made that went out; `None` where it cannot be made any more.
    fn as_delivered(
        &self,
        wanted: &Wanted,
        went: &Went,
        now: Option<&(FinalFrame, PhotoHash)>,
    ) -> Option<How> {
        if let Some((frame, _)) = now.filter(|(_, sha256)| *sha256 == went.sha256) {
            return Some(How::Now(wanted.row.photo, frame.clone()));
        }
        let (spec, file) = went.held.clone()?;
        same_bytes(self.store, &spec, &file).ok()?;
        Some(How::Frozen(spec, Box::new(file)))
    }

    fn bytes(&self, how: &How) -> Result<Vec<u8>, Failure> {
        match how {
            How::Now(photo, frame) => self.cut_bytes(*photo, frame),
            How::Frozen(spec, file) => {
                same_bytes(self.store, spec, file).map_err(|why| refused(&why))
            }
        }
    }

    fn cut_bytes(&self, photo: PhotoHash, frame: &FinalFrame) -> Result<Vec<u8>, Failure> {
        let measurements = self.measured.get(&photo);
        let cut = Cut {
            photo,
            measurements: measurements.ok_or_else(|| refused(zh::WHY_UNCHECKED))?,
            frame,
        };
        cut.bytes(self.store, &self.round.profile)
    }
}

impl Made {
    /// Of a photo of which nothing goes in.
    fn none() -> Self {
        Self {
            lacks: true,
            ..Self::default()
        }
    }

    /// The first file has the number of the submission alone; others, which differ from it, the delivery's too.
    fn add(&mut self, wanted: &Wanted, delivery: Option<u32>, how: How) {
        let submission = wanted.row.id.0;
        let name = match delivery.filter(|_| !self.entries.is_empty()) {
            None => photo_name(FOLDER, submission, "jpg"),
            Some(number) => photo_name(FOLDER, submission, &format!("{number}.jpg")),
        };
        self.entries.push((name, how));
    }
}

/// Every photo of the round whose approval stands or that a delivery held.
fn wanted(store_: &Store, round: &RoundRow) -> Result<Vec<Wanted>, Failure> {
    let failed = |error: zhaoshen_store::Error| store(&error);
    let mut went = went(store_, round)?;
    let decisions = store_.standing_decisions(round.id).map_err(failed)?;
    let rows = store_.submissions(round.id).map_err(failed)?;
    let wanted = rows.into_iter().map(|row| {
        let decision = decisions.get(&row.id);
        let kind = decision.map(|made| made.decision.kind);
        Wanted {
            is_approved: kind == Some(DecisionKind::Approved),
            went: went.remove(&row.id).unwrap_or_default(),
            row,
        }
    });
    Ok(wanted
        .filter(|one| one.is_approved || !one.went.is_empty())
        .collect())
}

/// What was delivered of each photo, the last delivery first.
fn went(store_: &Store, round: &RoundRow) -> Result<HashMap<SubmissionId, Vec<Went>>, Failure> {
    let failed = |error: zhaoshen_store::Error| store(&error);
    let mut all: HashMap<SubmissionId, Vec<Went>> = HashMap::new();
    let deliveries = store_.deliveries(round.id).map_err(failed)?;
    for delivery in deliveries.into_iter().rev() {
        let kept = store_.delivery_again(round.id, delivery.number);
        let frozen = kept.map_err(failed)?;
        let frozen: Option<Frozen> = frozen.and_then(|kept| serde_json::from_str(&kept).ok());
        let spec = frozen.as_ref().map(|frozen| Arc::new(frozen.spec.clone()));
        let files = frozen.into_iter().flat_map(|frozen| frozen.files);
        let mut held: HashMap<SubmissionId, FrozenFile> =
            files.map(|file| (file.submission, file)).collect();
        for file in store_.delivered_files(delivery.id).map_err(failed)? {
            let held = spec.clone().zip(held.remove(&file.submission));
            all.entry(file.submission).or_default().push(Went {
                number: delivery.number,
                sha256: file.sha256,
                held,
            });
        }
    }
    Ok(all)
}
