//! The set that the studio gave back (返回的照片): files under the names by which they were delivered.
//!
//! What comes back as it went out is no new photo of its student. What differs is one, to be reviewed as any other; what
//! does not come back, and a photo that comes back under another's name, is told. What the set held of each student is
//! kept as rows of receipts, which the reconciliation holds against the books.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use zhaoshen_exchange::intake::{Photo, Source};
use zhaoshen_exchange::matching::Told;
use zhaoshen_exchange::source::fingerprint_of;
use zhaoshen_model::handover::Since;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::measurement::LookHash;
use zhaoshen_model::receipt::{ReceiptKind, ReceiptState};
use zhaoshen_model::{PhotoHash, RoundId, Student, StudentId, StudentKeys, SubmissionId};
use zhaoshen_store::{KEPT_BITS, NewReceipt, ReceiptRow, ReceiptSource, Store};
use zhaoshen_vision::Analysis;

use super::{Intake, file_name, whose};
use crate::app::{count, now};
use crate::delivery::{Delivered, files};
use crate::failure::{refused, store};
use crate::reconcile::files::{Files, name_key};
use crate::wire::{Failure, IntakeLine};
use crate::zh;

/// What a returned set answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SetOf {
    /// The delivery, from 1; `None` for the last one that each student was in.
    pub(crate) delivery: Option<u32>,
}

/// What was delivered, and what of it has been met.
#[derive(Debug)]
pub(super) struct Returned {
    names: HashMap<String, StudentId>,
    /// The names under which a student was delivered who was delivered under another since.
    old_names: HashSet<String>,
    /// For whom the bytes of a delivered file went, by their SHA-256.
    went_out: HashMap<String, StudentId>,
    /// Who is waited for, and the file delivered last.
    due: HashMap<StudentId, Due>,
    /// 学号 and name of every student on the roster.
    whose: HashMap<StudentId, String>,
    /// They who are waited for, by 学号 and name.
    order: BTreeMap<String, StudentId>,
    met: HashSet<StudentId>,
    /// In whose place another picture came: its path, and what it is where that is known.
    changed: HashMap<StudentId, (String, String)>,
    /// What the photos that were delivered look like.
    looks: Vec<(StudentId, LookHash)>,
    /// What came and was not delivered.
    strays: Vec<(String, Matching)>,
    /// SHA-256 and path of all that came.
    came: Vec<String>,
    /// What was measured of the photos of this batch, by path.
    analysed: HashMap<String, Analysis>,
}

/// A file that is waited for.
#[derive(Debug)]
struct Due {
    submission: SubmissionId,
    delivery: u32,
    file_name: String,
    sha256: String,
    /// Whether the photo is another student's now.
    is_anothers: bool,
}

impl Due {
    fn of(file: &Delivered) -> Self {
        Self {
            submission: file.submission,
            delivery: file.delivery,
            file_name: file.file_name.clone(),
            sha256: file.sha256.to_string(),
            is_anothers: file.owner.is_some() && file.owner != file.student,
        }
    }
}

/// What the bytes of a file say, beside its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bytes {
    /// They did not go out so.
    New,
    /// They went out so.
    Unchanged,
    /// They went out so, and for another student than the name says: for whom, or empty where the roster knows no more.
    OfAnother(String),
    /// They went out so, and whose they are or what they are named is another since: what is wrong.
    Moved(&'static str),
    /// Nothing went out for the student whose name it is.
    NotDelivered,
}

impl Returned {
    /// What was delivered of the students on the roster: in that delivery, or last of each.
    ///
    /// # Errors
    /// Refused when nothing was, or for a delivery that never was.
    pub(super) fn load(
        store_: &Store,
        round: RoundId,
        students: &[Student],
        SetOf { delivery }: SetOf,
    ) -> Result<Self, Failure> {
        let delivered = files(store_, round)?;
        if delivered.is_empty() {
            return Err(refused(zh::RETURNED_NOTHING));
        }
        if delivery.is_some_and(|number| delivered.iter().all(|file| file.delivery != number)) {
            return Err(refused(zh::RECEIPT_DELIVERY));
        }
        let by_name = Files::new(&delivered, delivery);
        let whose: HashMap<StudentId, String> = students
            .iter()
            .map(|student| {
                let draft = &student.draft;
                (student.id, format!("{} {}", draft.student_no, draft.name))
            })
            .collect();
        let mut due = HashMap::new();
        let mut order = BTreeMap::new();
        for (id, file) in by_name.last() {
            let Some(named) = whose.get(&id) else {
                continue;
            };
            order.insert(named.clone(), id);
            due.insert(id, Due::of(file));
        }
        let looks = looks(store_, round, &due)?;
        let went_out = delivered
            .iter()
            .filter_map(|file| Some((file.sha256.to_string(), file.student?)));
        Ok(Self {
            old_names: old_names(&delivered, &due),
            due,
            whose,
            order,
            names: by_name.names(),
            went_out: went_out.collect(),
            met: HashSet::new(),
            changed: HashMap::new(),
            looks,
            strays: Vec::new(),
            came: Vec::new(),
            analysed: HashMap::new(),
        })
    }

    /// Marks what a name or an index gives to a student who is waited for as come back, so that it counts as nothing
    /// that the student handed in.
    pub(super) fn marked(&self, told: Told) -> Told {
        match told.matching {
            Matching::Matched { student, .. } if self.due.contains_key(&student) => Told {
                matching: Matching::Matched {
                    student,
                    by: MatchKey::FileName,
                },
                ..told
            },
            _ => told,
        }
    }

    /// For whom a picture that came for `student` went out, where it is another's, saved anew; it is noted then as not come.
    fn of_another(&mut self, path: &str, student: StudentId, look: LookHash) -> Option<String> {
        let nearest = |own: bool| {
            let of = self.looks.iter();
            of.filter(|(whose, _)| (*whose == student) == own)
                .map(|(whose, theirs)| (look.distance(*theirs), *whose))
                .min()
                .filter(|(bits, _)| *bits <= KEPT_BITS)
        };
        if nearest(true).is_some() {
            return None;
        }
        let (_, of) = nearest(false)?;
        let other = self.whose.get(&of).cloned().unwrap_or_default();
        self.met.remove(&student);
        let what = (path.to_owned(), zh::set_like_another(&other));
        self.changed.insert(student, what);
        Some(other)
    }

    /// Whose a file was delivered as; `None` where its name means no delivered file, or several.
    pub(super) fn named(&self, path: &str) -> Option<Matching> {
        let student = *self.names.get(&name_key(file_name(path)))?;
        let by = MatchKey::FileName;
        Some(Matching::Matched { student, by })
    }

    /// What was measured of a photo of this batch.
    pub(super) fn take_analysis(&mut self, path: &str) -> Option<Analysis> {
        self.analysed.remove(path)
    }

    /// Takes note that a file has come, which its name gives to somebody or nobody.
    pub(super) fn meet(&mut self, path: &str, bytes: &[u8], whose: &Matching) -> Bytes {
        let sha256 = fingerprint_of(bytes);
        let named = whose.student();
        let went_out = self.went_out.get(&sha256).copied();
        let (found, met) = match (went_out, named) {
            (None, Some(named)) if !self.due.contains_key(&named) => (Bytes::NotDelivered, None),
            (None, _) => (Bytes::New, named),
            (Some(of), Some(named)) if of != named => {
                let other = self.whose.get(&of).cloned().unwrap_or_default();
                (Bytes::OfAnother(other), None)
            }
            (Some(of), _) => match self.moved(path, of) {
                Some(what) => (Bytes::Moved(what), None),
                None => (Bytes::Unchanged, Some(of)),
            },
        };
        self.met.extend(met);
        let student = met.or(named).or(went_out);
        let what = match (student.and_then(|id| self.due.get(&id)), &found) {
            (None, _) => None,
            (Some(_), Bytes::New | Bytes::NotDelivered) => Some(String::new()),
            (Some(_), Bytes::OfAnother(other)) => Some(zh::set_of_another(other)),
            (Some(_), Bytes::Moved(what)) => Some((*what).to_owned()),
            (Some(due), Bytes::Unchanged) if due.sha256 != sha256 => {
                Some(zh::SET_OF_EARLIER.to_owned())
            }
            (Some(_), Bytes::Unchanged) => None,
        };
        match (student.filter(|id| self.due.contains_key(id)), what) {
            (Some(id), Some(what)) => {
                self.changed.insert(id, (path.to_owned(), what));
            }
            (Some(_), None) => {}
            (None, _) => self.strays.push((path.to_owned(), whose.clone())),
        }
        self.came.push(format!("{sha256} {path}"));
        found
    }

    /// What is wrong with a file that came back as it went out for a student.
    fn moved(&self, path: &str, student: StudentId) -> Option<&'static str> {
        if self.due.get(&student)?.is_anothers {
            return Some(zh::SET_MOVED);
        }
        let is_old = self.old_names.contains(&name_key(file_name(path)));
        is_old.then_some(zh::SET_OLD_NAME)
    }

    /// A line for each student of whom nothing came back.
    pub(super) fn missing(&self) -> Vec<IntakeLine> {
        // In whose place another's photo came is told by its file, and is a photo that differs.
        let came = |id: &StudentId| self.met.contains(id) || self.changed.contains_key(id);
        let missing = self.order.iter().filter(|(_, id)| !came(id));
        let lines = missing.filter_map(|(whose, id)| {
            let due = self.due.get(id).filter(|due| !due.is_anothers)?;
            Some(IntakeLine {
                file: whose.clone(),
                whose: String::new(),
                problem: zh::not_returned(&zh::delivered_as(due.delivery, &due.file_name)),
                remedy: zh::NOT_RETURNED_REMEDY.to_owned(),
            })
        });
        lines.collect()
    }

    /// Keeps what the set held of each student, where that is not what is known already; one act of the reconciliation.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub(super) fn record(
        &self,
        store_: &Store,
        round: RoundId,
        sources: &[Source<'_>],
        reviewer: &str,
    ) -> Result<(), Failure> {
        let known = store_.receipts(round).map_err(|error| store(&error))?;
        let known: Vec<&ReceiptRow> = known
            .iter()
            .filter(|row| row.state.kind() == ReceiptKind::Set)
            .collect();
        let newest: HashMap<StudentId, &ReceiptRow> = known
            .iter()
            .filter_map(|row| Some((row.matching.student()?, *row)))
            .collect();
        let mut rows: Vec<NewReceipt> = self
            .order
            .values()
            .filter_map(|id| self.row(*id))
            .filter(|row| {
                let student = row.matching.student();
                let known = student.and_then(|id| newest.get(&id));
                !known.is_some_and(|known| says_same(known, row))
            })
            .collect();
        let strays = self.strays.iter().map(|(path, whose)| NewReceipt {
            state: ReceiptState::SetStray,
            text: String::new(),
            reason: None,
            named: StudentKeys::default(),
            file_name: file_name(path).to_owned(),
            submission: None,
            delivery: None,
            matching: whose.clone(),
            source_cell: path.clone(),
        });
        rows.extend(strays.filter(|row| !known.iter().any(|known| says_same(known, row))));
        let names = sources.iter().map(|source| {
            let name = source.path.file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        });
        let names: Vec<String> = names.collect();
        let mut came = self.came.clone();
        came.sort_unstable();
        let from = ReceiptSource {
            file: &names.join("、"),
            sha256: &fingerprint_of(came.join("\n").as_bytes()),
        };
        store_
            .record_receipts(round, from, &rows, reviewer, now())
            .map_err(|error| store(&error))
    }

    /// What the set held of a student who is waited for.
    fn row(&self, student: StudentId) -> Option<NewReceipt> {
        let due = self.due.get(&student)?;
        let (state, text, path) = match self.changed.get(&student) {
            Some((path, what)) => (ReceiptState::SetChanged, what.as_str(), path.as_str()),
            None if self.met.contains(&student) => (ReceiptState::SetSame, "", ""),
            // The studio is to give it back no more.
            None if due.is_anothers => return None,
            None => (ReceiptState::SetMissing, "", ""),
        };
        let by = MatchKey::FileName;
        Some(NewReceipt {
            state,
            text: text.to_owned(),
            reason: None,
            named: StudentKeys::default(),
            file_name: due.file_name.clone(),
            submission: Some(due.submission),
            delivery: Some(due.delivery),
            matching: Matching::Matched { student, by },
            source_cell: path.to_owned(),
        })
    }
}

impl Intake<'_> {
    /// The photos but those that the studio gave back for one student and that show what went out for another: by the
    /// picture, since their bytes are new.
    pub(super) fn without_others_photos(&mut self, batch: Vec<Photo>) -> Vec<Photo> {
        let Some(returned) = &mut self.returned else {
            return batch;
        };
        let checker = self.checker;
        let analysed: Vec<Analysis> = batch
            .par_iter()
            .map_init(
                || checker.session(),
                |session, photo| session.analyse(&photo.bytes, file_name(&photo.path)),
            )
            .collect();
        let mut own = Vec::with_capacity(batch.len());
        let mut others = Vec::new();
        returned.analysed.clear();
        for (photo, analysis) in batch.into_iter().zip(analysed) {
            let told = whose(&self.indexes, Some(&*returned), &self.matcher, &photo.path);
            let trace = analysis.measurements.trace.as_ref();
            let known = told
                .matching
                .student()
                .zip(trace.and_then(|trace| trace.look));
            match known.and_then(|(student, look)| returned.of_another(&photo.path, student, look))
            {
                Some(other) => others.push((photo.path, other)),
                None => {
                    returned.analysed.insert(photo.path.clone(), analysis);
                    own.push(photo);
                }
            }
        }
        for (path, other) in others {
            self.progress.advance(1);
            let problem = zh::returned_like_another(&other);
            self.refuse(&path, &problem, zh::SET_OF_ANOTHER_REMEDY);
        }
        own
    }

    /// Names those of whom nothing came back, where all was seen, and keeps what the set held for the reconciliation.
    pub(super) fn tell_returned(&mut self, sources: &[Source<'_>]) -> Result<(), Failure> {
        let Some(returned) = &self.returned else {
            return Ok(());
        };
        if self.progress.is_cancelled() || !self.is_whole {
            return Ok(());
        }
        let missing = returned.missing();
        self.report.not_returned = count(missing.len());
        for line in missing {
            self.report.tell(self.progress, line);
        }
        returned.record(self.store, self.round, sources, self.reviewer)
    }
}

/// The names of files that went for a student before the last one did under another.
fn old_names(delivered: &[Delivered], due: &HashMap<StudentId, Due>) -> HashSet<String> {
    let last: HashSet<String> = due.values().map(|due| name_key(&due.file_name)).collect();
    let moved = delivered.iter().filter(|file| {
        let is_due = file.student.is_some_and(|id| due.contains_key(&id));
        is_due && matches!(file.since, Some(Since::Number | Since::Name))
    });
    let names = moved.map(|file| name_key(&file.file_name));
    names.filter(|name| !last.contains(name)).collect()
}

/// What the photos look like that are waited for.
fn looks(
    store_: &Store,
    round: RoundId,
    due: &HashMap<StudentId, Due>,
) -> Result<Vec<(StudentId, LookHash)>, Failure> {
    let rows = store_.submissions(round).map_err(|error| store(&error))?;
    let pictures: HashMap<SubmissionId, PhotoHash> =
        rows.iter().map(|row| (row.id, row.photo)).collect();
    let seen = store_.round_looks(round).map_err(|error| store(&error))?;
    let looks = due.iter().filter_map(|(student, due)| {
        let picture = pictures.get(&due.submission)?;
        Some((*student, *seen.get(picture)?))
    });
    Ok(looks.collect())
}

/// Whether a row that stands says what a new one would.
fn says_same(known: &ReceiptRow, row: &NewReceipt) -> bool {
    (known.state, &known.text, known.submission, known.delivery)
        == (row.state, &row.text, row.submission, row.delivery)
        && known.matching == row.matching
        && known.file_name == row.file_name
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use zhaoshen_model::measurement::MEASUREMENT_VERSION;

    use super::*;
    use crate::Station;
    use crate::example::write_files;
    use crate::intake::{Taking, take_in};
    use crate::job::Progress;
    use crate::wire::{DeliveryMode, DeliveryOptions};

    #[test]
    fn what_was_measured_to_tell_whose_it_is_is_not_measured_again() {
        let folder = tempfile::tempdir().unwrap();
        let files = write_files(&folder.path().join("files"), 12).unwrap();
        let station = Station::open(&folder.path().join("workspace")).unwrap();
        let (round, _) = station.example_import(&files).unwrap();
        station.example_review(round).unwrap();
        let options = DeliveryOptions::plain(round, DeliveryMode::CollectionCode, "{学号}.jpg");
        let out = folder.path().join("delivery");
        let job = station.delivery_write_to(options, &out).unwrap();
        station.job_wait(job).unwrap();
        // The studio touched every photo.
        for entry in std::fs::read_dir(&out).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "jpg") {
                let touched = [std::fs::read(&path).unwrap().as_slice(), b"\0"].concat();
                std::fs::write(&path, touched).unwrap();
            }
        }

        let inner = &station.seat.inner;
        let round = RoundId(round);
        let from = Taking {
            sources: &[(&out).into()],
            returned: Some(SetOf { delivery: None }),
        };
        let report = take_in(inner, round, from, "王", &Progress::default()).unwrap();
        assert!(report.resubmitted > 3, "{report:?}");
        let missing = inner.store.missing_measurements(round, MEASUREMENT_VERSION);
        assert_eq!(missing.unwrap(), []);
        let newest = inner.store.newest_submissions(round).unwrap();
        let came = newest.iter().filter(|row| row.is_returned());
        assert!(came.clone().all(|row| row.verdict.is_some()), "{newest:?}");
        assert_eq!(count(came.count()), report.resubmitted);
    }
}
