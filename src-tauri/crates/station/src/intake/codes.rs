//! Import of 采集码 pictures: walked and matched as photos are, filed with their students, never read further than whether
//! a code is in them.
//!
//! A picture that is nobody's is told and not kept: it is a file that its sender has, and what it says is nobody's
//! business here. The rest is as for photos: bytes first, durable, then the rows that name them, batch by batch.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use zhaoshen_exchange::intake::{self, IntakeItem, Limits, Photo, Source};
use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{CodePicture, CodeState, RoundId, Student, StudentId, code_picture};
use zhaoshen_store::CodeOutcome;
use zhaoshen_vision::code::{self, CodeReading};

use super::indexes::Indexes;
use super::{BATCH_BYTES, BATCH_PHOTOS, file_name};
use crate::app::now;
use crate::failure::{exchange, store};
use crate::job::Progress;
use crate::masking::{id_numbers, without_id_numbers};
use crate::wire::{CodesReport, Failure, IntakeLine};
use crate::{Inner, zh};

/// Files every picture of the sources that is one student's.
pub(super) fn file_codes(
    inner: &Inner,
    round: RoundId,
    sources: &[Source<'_>],
    reviewer: &str,
    progress: &Progress,
) -> Result<CodesReport, Failure> {
    let limits = Limits::default();
    progress.begin(zh::STAGE_COUNTING, 0);
    let students = inner.store.students(round).map_err(|error| store(&error))?;
    let matcher = Matcher::new(&students);
    let indexes = Indexes::read(sources, &limits, &matcher, progress);
    let mut total = 0;
    for source in sources {
        // A source that cannot be listed is a line of the report when its turn comes.
        let _ = intake::list(*source, &limits, progress.stop_flag(), |_| total += 1);
    }
    progress.begin(zh::STAGE_CODES, total);
    let mut filing = Filing {
        inner,
        round,
        reviewer,
        matcher,
        id_numbers: id_numbers(&students),
        progress,
        batch: Vec::new(),
        batch_bytes: 0,
        met: HashMap::new(),
        report: CodesReport {
            lines: indexes.problems.clone(),
            ..CodesReport::default()
        },
        indexes,
        failure: None,
    };
    for source in sources {
        filing.take_source(*source, &limits)?;
    }
    filing.flush()?;
    filing.tell_states(&students)?;
    filing.report.cancelled = progress.is_cancelled();
    Ok(filing.report)
}

/// The state of one import.
struct Filing<'a> {
    inner: &'a Inner,
    round: RoundId,
    reviewer: &'a str,
    matcher: Matcher,
    id_numbers: HashSet<String>,
    progress: &'a Progress,
    batch: Vec<(StudentId, Photo)>,
    batch_bytes: usize,
    /// Whose picture was met, and the path of the last.
    met: HashMap<StudentId, String>,
    indexes: Indexes,
    report: CodesReport,
    /// Why keeping a batch failed; the walk is then stopped.
    failure: Option<Failure>,
}

impl Filing<'_> {
    fn tell(&mut self, path: &str, problem: String, remedy: &str) {
        let file = without_id_numbers(path, |number| self.id_numbers.contains(number));
        self.report.lines.push(IntakeLine {
            file,
            problem,
            remedy: remedy.to_owned(),
        });
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
            self.tell(&path, exchange(&error).message, "");
        }
        Ok(())
    }

    fn take_item(&mut self, item: IntakeItem) {
        match item {
            IntakeItem::Photo(photo) => {
                self.report.files += 1;
                let by_name = self.matcher.match_path(&photo.path);
                let told = self.indexes.tell(&photo.path, by_name);
                if told.disagree {
                    let problem = zh::INDEX_DISAGREES.to_owned();
                    self.tell(&photo.path, problem, zh::CODE_INDEX_REMEDY);
                }
                match told.matching {
                    Matching::Matched { student, .. } => self.take(student, photo),
                    other => {
                        self.report.unmatched += 1;
                        self.progress.advance(1);
                        let (problem, remedy) = zh::code_of_nobody(&other);
                        self.tell(&photo.path, problem.to_owned(), remedy);
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
                self.tell(&refusal.path, problem, &remedy);
            }
            IntakeItem::Ignored { .. } => self.progress.advance(1),
        }
    }

    fn take(&mut self, student: StudentId, photo: Photo) {
        self.batch_bytes += photo.bytes.len();
        self.batch.push((student, photo));
        if (self.batch.len() >= BATCH_PHOTOS || self.batch_bytes >= BATCH_BYTES)
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
        let progress = self.progress;
        let readings: Vec<Option<CodeReading>> = batch
            .par_iter()
            .map(|(_, photo)| {
                let reading = code::read(&photo.bytes);
                progress.advance(1);
                reading
            })
            .collect();
        let mut kept = Vec::with_capacity(batch.len());
        for ((student, photo), reading) in batch.into_iter().zip(readings) {
            match reading {
                Some(reading) => kept.push((student, photo, reading)),
                None => {
                    self.report.refused += 1;
                    self.tell(
                        &photo.path,
                        zh::CODE_FORMAT.to_owned(),
                        zh::CODE_FORMAT_REMEDY,
                    );
                }
            }
        }
        let bytes: Vec<&[u8]> = kept
            .iter()
            .map(|(_, photo, _)| photo.bytes.as_slice())
            .collect();
        let store_ = &self.inner.store;
        let hashes = store_.put_photos(&bytes).map_err(|error| store(&error))?;
        let pictures: Vec<CodePicture> = kept
            .iter()
            .zip(hashes)
            .map(|((student, photo, reading), hash)| CodePicture {
                student: *student,
                photo: hash,
                format: reading.format,
                digest: reading.digest,
                file_name: file_name(&photo.path).to_owned(),
            })
            .collect();
        if pictures.is_empty() {
            return Ok(());
        }
        let outcomes = store_
            .file_codes(self.round, &pictures, self.reviewer, now())
            .map_err(|error| store(&error))?;
        for ((student, photo, _), outcome) in kept.into_iter().zip(outcomes) {
            match outcome {
                CodeOutcome::Filed => self.report.filed += 1,
                CodeOutcome::AlreadyThere => self.report.already_there += 1,
                CodeOutcome::Replaced { earlier } => {
                    self.report.replaced += 1;
                    let earlier =
                        without_id_numbers(&earlier, |number| self.id_numbers.contains(number));
                    self.tell(
                        &photo.path,
                        zh::code_replaced(&earlier),
                        zh::CODE_REPLACED_REMEDY,
                    );
                }
            }
            self.met.insert(student, photo.path);
        }
        Ok(())
    }

    /// Names those whose picture cannot be read, or is another's too.
    fn tell_states(&mut self, students: &[Student]) -> Result<(), Failure> {
        let pictures = self
            .inner
            .store
            .code_pictures(self.round)
            .map_err(|error| store(&error))?;
        let states = code_picture::states(&pictures);
        let named: HashMap<StudentId, String> = students
            .iter()
            .map(|student| (student.id, zh::student_named(&student.draft)))
            .collect();
        for picture in &pictures {
            let (Some(path), Some(state)) = (
                self.met.remove(&picture.student),
                states.get(&picture.student),
            ) else {
                continue;
            };
            match state {
                CodeState::Readable => {}
                CodeState::Unreadable => {
                    self.report.unreadable += 1;
                    self.tell(
                        &path,
                        zh::CODE_UNREADABLE.to_owned(),
                        zh::CODE_UNREADABLE_REMEDY,
                    );
                }
                CodeState::SameAs(other) => {
                    self.report.shared += 1;
                    let other = named.get(other).map_or("", String::as_str);
                    self.tell(&path, zh::code_same(other), zh::CODE_SAME_REMEDY);
                }
            }
        }
        Ok(())
    }
}
