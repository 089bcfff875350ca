//! Import of pictures that are filed with students beside their submissions: walked and matched as photos are, kept as
//! they are. What is asked of such a picture, and what is said of it, is its [`Kind`]'s.
//!
//! A picture that is nobody's is told and not kept: it is a file that its sender has, and whose it shows is nobody's
//! business here. The rest is as for photos: bytes first, durable, then the rows that name them, batch by batch.

use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;

use rayon::prelude::*;
use zhaoshen_exchange::intake::{self, IntakeItem, Limits, Photo, Source};
use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{PhotoHash, RoundId, Student, StudentId};
use zhaoshen_store::{FilingOutcome, Pictures, Store};

use super::indexes::Indexes;
use super::{BATCH_BYTES, file_name};
use crate::app::now;
use crate::check::{CheckSession, Checker};
use crate::failure::{exchange, store};
use crate::job::Progress;
use crate::masking::{id_numbers, without_id_numbers};
use crate::wire::{Failure, FilingReport, IntakeLine};
use crate::zh;
use crate::zh::FilingWords;

/// A kind of pictures that are filed with students.
pub(super) trait Kind {
    /// What is known of a picture once it was looked at.
    type Read: Send;
    /// What is said of these pictures.
    const WORDS: &'static FilingWords;
    /// Most pictures in one batch.
    const BATCH: usize;

    /// Looks at a picture.
    ///
    /// # Errors
    /// When it is none of these pictures.
    fn read(session: &mut CheckSession, photo: &Photo) -> Result<Self::Read, Refusal>;

    /// Files pictures that are in the vault; what came of each, in order.
    fn file(filer: &Filer<'_>, kept: Vec<Kept<Self::Read>>) -> Result<Vec<FilingOutcome>, Failure>;

    /// With whose pictures in force something is to be looked at.
    fn doubts(filer: &Filer<'_>) -> Result<HashMap<StudentId, Doubt>, Failure>;
}

/// What is wrong with a picture that is not filed, and what to do.
pub(super) type Refusal = (&'static str, &'static str);

/// Whoever files pictures, and in which round.
#[derive(Clone, Copy)]
pub(super) struct Filer<'a> {
    pub(super) store: &'a Store,
    pub(super) checker: &'a Checker,
    pub(super) round: RoundId,
    pub(super) reviewer: &'a str,
}

impl Filer<'_> {
    /// Files pictures that are in the vault; what came of each, in order.
    pub(super) fn file(&self, pictures: Pictures<'_>) -> Result<Vec<FilingOutcome>, Failure> {
        self.store
            .file_pictures(self.round, pictures, self.reviewer, now())
            .map_err(|error| store(&error))
    }
}

/// A picture that is in the vault.
#[derive(Debug)]
pub(super) struct Kept<T> {
    pub(super) student: StudentId,
    pub(super) photo: PhotoHash,
    pub(super) file_name: String,
    pub(super) read: T,
}

/// What is to be looked at of a picture that was filed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Doubt {
    /// What it should show was not found in it.
    Unreadable,
    /// It is filed with this student too.
    SameAs(StudentId),
}

/// Files every picture of the sources that is one student's.
pub(super) fn file<K: Kind>(
    filer: Filer<'_>,
    sources: &[Source<'_>],
    progress: &Progress,
) -> Result<FilingReport, Failure> {
    let limits = Limits::default();
    progress.begin(zh::STAGE_COUNTING, 0);
    let students = filer.store.students(filer.round);
    let students = students.map_err(|error| store(&error))?;
    let matcher = Matcher::new(&students);
    let indexes = Indexes::read(sources, &limits, &matcher, progress);
    let mut total = 0;
    for source in sources {
        // A source that cannot be listed is a line of the report when its turn comes.
        let _ = intake::list(*source, &limits, progress.stop_flag(), |_| total += 1);
    }
    progress.begin(K::WORDS.stage, total);
    let mut filing = Filing::<K> {
        kind: PhantomData,
        filer,
        matcher,
        id_numbers: id_numbers(&students),
        named: (students.iter())
            .map(|student| (student.id, zh::student_named(&student.draft)))
            .collect(),
        progress,
        batch: Vec::new(),
        batch_bytes: 0,
        met: HashMap::new(),
        report: FilingReport::default(),
        indexes,
        failure: None,
    };
    for line in std::mem::take(&mut filing.indexes.problems) {
        filing.tell(&line.file, None, line.problem, &line.remedy);
    }
    for source in sources {
        filing.take_source(*source, &limits)?;
    }
    filing.flush()?;
    filing.tell_doubts(&students)?;
    filing.report.cancelled = progress.is_cancelled();
    Ok(filing.report)
}

/// Looks at every picture of a batch, in order; `None` for those that the job was stopped before.
fn read_all<K: Kind>(
    checker: &Checker,
    batch: &[(StudentId, Photo)],
    progress: &Progress,
) -> Vec<Option<Result<K::Read, Refusal>>> {
    batch
        .par_iter()
        .map_init(
            || checker.session(),
            |session, (_, photo)| {
                if progress.is_cancelled() {
                    return None;
                }
                let reading = K::read(session, photo);
                progress.advance(1);
                Some(reading)
            },
        )
        .collect()
}

/// The state of one import.
struct Filing<'a, K> {
    kind: PhantomData<K>,
    filer: Filer<'a>,
    matcher: Matcher,
    id_numbers: HashSet<String>,
    /// 学号 and 姓名 of every student.
    named: HashMap<StudentId, String>,
    progress: &'a Progress,
    batch: Vec<(StudentId, Photo)>,
    batch_bytes: usize,
    /// Whose picture was met, and the path of the last.
    met: HashMap<StudentId, String>,
    indexes: Indexes,
    report: FilingReport,
    /// Why keeping a batch failed; the walk is then stopped.
    failure: Option<Failure>,
}

impl<K: Kind> Filing<'_, K> {
    fn tell(&mut self, path: &str, of: Option<StudentId>, problem: String, remedy: &str) {
        let whose = of.and_then(|student| self.named.get(&student)).cloned();
        let line = IntakeLine {
            file: without_id_numbers(path, |number| self.id_numbers.contains(number)),
            whose: whose.unwrap_or_default(),
            problem,
            remedy: remedy.to_owned(),
        };
        self.report.tell(self.progress, line);
    }

    fn take_source(&mut self, source: Source<'_>, limits: &Limits) -> Result<(), Failure> {
        let progress = self.progress;
        let walked = intake::walk(source, limits, progress.stop_flag(), |item| {
            self.take_item(item);
        });
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        if let Err(error) = walked {
            let path = source.path.display().to_string();
            self.tell(&path, None, exchange(&error).message, "");
        }
        Ok(())
    }

    fn take_item(&mut self, item: IntakeItem) {
        match item {
            IntakeItem::Photo(photo) => {
                self.report.files += 1;
                let by_name = self.matcher.match_path(&photo.path);
                let told = self.indexes.tell(&photo.path, by_name);
                match told.matching {
                    _ if told.disagree => {
                        self.report.unmatched += 1;
                        self.progress.advance(1);
                        let problem = zh::INDEX_DISAGREES.to_owned();
                        self.tell(&photo.path, None, problem, K::WORDS.index_remedy);
                    }
                    Matching::Matched { student, .. } => self.take(student, photo),
                    other => {
                        self.report.unmatched += 1;
                        self.progress.advance(1);
                        let (problem, remedy) = zh::filed_with_nobody(&other);
                        self.tell(&photo.path, None, problem.to_owned(), remedy);
                    }
                }
            }
            IntakeItem::Refused(refusal) if self.indexes.holds(&refusal.path) => {
                self.progress.advance(1);
            }
            IntakeItem::Refused(refusal) => {
                self.report.files += 1;
                self.report.refused += 1;
                self.progress.advance(1);
                let (problem, remedy) = zh::split_remedy(refusal.code.message());
                let by_name = self.matcher.match_path(&refusal.path);
                let of = self.indexes.tell(&refusal.path, by_name).matching.student();
                self.tell(&refusal.path, of, problem, &remedy);
            }
            IntakeItem::Ignored { .. } => self.progress.advance(1),
        }
    }

    fn take(&mut self, student: StudentId, photo: Photo) {
        self.batch_bytes += photo.bytes.len();
        self.batch.push((student, photo));
        if (self.batch.len() >= K::BATCH || self.batch_bytes >= BATCH_BYTES)
            && self.failure.is_none()
            && let Err(failure) = self.flush()
        {
            self.failure = Some(failure);
            self.progress.cancel();
        }
    }

    /// Keeps the batch: bytes first, durable, then the rows that name them.
    fn flush(&mut self) -> Result<(), Failure> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        if batch.is_empty() {
            return Ok(());
        }
        let readings = read_all::<K>(self.filer.checker, &batch, self.progress);
        let mut wanted = Vec::with_capacity(batch.len());
        for ((student, photo), reading) in batch.into_iter().zip(readings) {
            match reading {
                Some(Ok(read)) => wanted.push((student, photo, read)),
                Some(Err((problem, remedy))) => {
                    self.report.refused += 1;
                    self.tell(&photo.path, Some(student), problem.to_owned(), remedy);
                }
                None => self.report.files -= 1,
            }
        }
        if wanted.is_empty() {
            return Ok(());
        }
        let bytes: Vec<&[u8]> = wanted
            .iter()
            .map(|(_, photo, _)| photo.bytes.as_slice())
            .collect();
        let hashes = self.filer.store.put_photos(&bytes);
        let hashes = hashes.map_err(|error| store(&error))?;
        let mut met = Vec::with_capacity(wanted.len());
        let mut kept = Vec::with_capacity(wanted.len());
        for ((student, photo, read), hash) in wanted.into_iter().zip(hashes) {
            kept.push(Kept {
                student,
                photo: hash,
                file_name: file_name(&photo.path).to_owned(),
                read,
            });
            met.push((student, photo.path));
        }
        let outcomes = K::file(&self.filer, kept)?;
        for ((student, path), outcome) in met.into_iter().zip(outcomes) {
            match outcome {
                FilingOutcome::Filed => self.report.filed += 1,
                FilingOutcome::AlreadyThere => self.report.already_there += 1,
                FilingOutcome::Replaced { earlier } => {
                    self.report.replaced += 1;
                    let earlier =
                        without_id_numbers(&earlier, |number| self.id_numbers.contains(number));
                    let problem = zh::filed_in_place_of(&earlier);
                    self.tell(&path, Some(student), problem, K::WORDS.replaced_remedy);
                }
            }
            self.met.insert(student, path);
        }
        Ok(())
    }

    /// Names those whose picture does not show what it should, or is another's too.
    fn tell_doubts(&mut self, students: &[Student]) -> Result<(), Failure> {
        let doubts = K::doubts(&self.filer)?;
        for student in students {
            let (Some(doubt), Some(path)) = (
                doubts.get(&student.id).copied(),
                self.met.remove(&student.id),
            ) else {
                continue;
            };
            match doubt {
                Doubt::Unreadable => {
                    self.report.unreadable += 1;
                    let (problem, remedy) = K::WORDS.unreadable;
                    self.tell(&path, Some(student.id), problem.to_owned(), remedy);
                }
                Doubt::SameAs(other) => {
                    self.report.shared += 1;
                    let (what, remedy) = K::WORDS.same;
                    let other = self.named.get(&other).map_or("", String::as_str);
                    let problem = zh::filed_with_another(other, what);
                    self.tell(&path, Some(student.id), problem, remedy);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::super::codes::Codes;
    use super::super::references::References;
    use super::*;

    fn looked_at<K: Kind>(progress: &Progress) -> Vec<bool> {
        let picture = || Photo {
            path: "2021001.jpg".to_owned(),
            bytes: b"no picture".to_vec(),
            taken_at: None,
            changed_at: None,
        };
        let batch = [(StudentId(1), picture()), (StudentId(2), picture())];
        let readings = read_all::<K>(&Checker::new().unwrap(), &batch, progress);
        readings.iter().map(Option::is_some).collect()
    }

    #[test]
    fn no_picture_of_any_kind_is_looked_at_once_the_job_is_stopped() {
        let progress = Progress::default();
        assert_eq!(looked_at::<Codes>(&progress), [true; 2]);
        assert_eq!(looked_at::<References>(&progress), [true; 2]);
        progress.cancel();
        assert_eq!(looked_at::<Codes>(&progress), [false; 2]);
        assert_eq!(looked_at::<References>(&progress), [false; 2]);
    }
}
