//! Photo import: walk, keep, match, then check.
//!
//! Bytes are kept in batches bounded by number and by size, each batch durable before its rows name
//! it; what was recorded when a job is cancelled stays.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhaoshen_exchange::intake::{self, IntakeItem, Limits, Photo};
use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{RoundId, StudentId, SubmissionId};
use zhaoshen_store::{IntakeOutcome, IntakeRecord, Store};

use crate::app::{count, now};
use crate::checking::check_round;
use crate::failure::{exchange, refused, store};
use crate::job::Progress;
use crate::masking::{id_numbers, without_id_numbers};
use crate::wire::{
    Failure, IntakeLine, IntakeReport, JobKind, JobOutcome, JobStarted, PhotosImport,
};
use crate::{Inner, Station, zh};

/// Most photos in one batch.
const BATCH_PHOTOS: usize = 200;
/// Most bytes in one batch: it is held in memory.
const BATCH_BYTES: usize = 16 << 20;

impl Station {
    /// Imports folders, zips and single files, matches the photos, then checks them.
    ///
    /// # Errors
    /// Refused while another job runs or without a path; a source that cannot be read is a line of the report.
    pub fn photos_import(&self, args: PhotosImport) -> Result<JobStarted, Failure> {
        let round = self.round(args.round)?.id;
        if args.paths.is_empty() {
            return Err(refused(zh::NO_SOURCE));
        }
        let sources: Vec<PathBuf> = args.paths.iter().map(PathBuf::from).collect();
        let reviewer = self.clerk()?;
        let inner = Arc::clone(&self.inner);
        let job = self
            .inner
            .jobs
            .start(JobKind::Intake, Some(round), move |progress| {
                let mut report = take_in(&inner, round, &sources, &reviewer, progress)?;
                if let Err(failure) = check_round(&inner, round, progress) {
                    report.lines.push(IntakeLine {
                        file: String::new(),
                        problem: zh::checks_failed(&failure.message),
                        remedy: zh::CHECK_AGAIN.to_owned(),
                    });
                }
                Ok(JobOutcome::Intake {
                    report: IntakeReport {
                        cancelled: progress.is_cancelled(),
                        ..report
                    },
                })
            })?;
        Ok(JobStarted { job })
    }

    /// Looks again at the photos in the piles and at matches by name alone, after the roster
    /// changed: how many found a student, and how many matches are in question now.
    pub(crate) fn rematch(&self, round: RoundId) -> Result<Rematched, Failure> {
        let store_ = self.store();
        let students = store_.students(round).map_err(|error| store(&error))?;
        let matcher = Matcher::new(&students);
        let piled = store_
            .unmatched_submissions(round)
            .map_err(|error| store(&error))?;
        let records: Vec<IntakeRecord> = piled
            .into_iter()
            .filter_map(|row| {
                let matching = matcher.match_path(&row.source);
                let record = IntakeRecord {
                    photo: row.photo,
                    matching,
                    file_name: row.file_name,
                    source: row.source,
                };
                matches!(record.matching, Matching::Matched { .. }).then_some(record)
            })
            .collect();
        let reviewer = self.clerk()?;
        let questions = name_questions(store_, round, &matcher)?;
        store_
            .question_matches(round, &questions, &reviewer, now())
            .map_err(|error| store(&error))?;
        for batch in records.chunks(BATCH_PHOTOS) {
            store_
                .record_intake(round, batch, &reviewer, now())
                .map_err(|error| store(&error))?;
        }
        if !records.is_empty() || !questions.is_empty() {
            crate::checking::judge_round(store_, round)?;
        }
        Ok(Rematched {
            found: count(records.len()),
            questioned: count(questions.len()),
        })
    }
}

/// What a changed roster did to the matches.
pub(crate) struct Rematched {
    /// Photos that lay in a pile and found their student.
    pub(crate) found: u32,
    /// Photos that had a student by name alone, which now fits several.
    pub(crate) questioned: u32,
}

/// The matches by name alone that fit more students than one now.
fn name_questions(
    store_: &Store,
    round: RoundId,
    matcher: &Matcher,
) -> Result<Vec<(SubmissionId, Vec<StudentId>)>, Failure> {
    let rows = store_.submissions(round).map_err(|error| store(&error))?;
    let by_name = rows.into_iter().filter_map(|row| match row.matching {
        Matching::Matched {
            student,
            by: MatchKey::Name,
        } => Some((row.id, student, row.source)),
        _ => None,
    });
    let questions = by_name.filter_map(|(id, student, source)| {
        let mut candidates = match matcher.match_path(&source) {
            Matching::Ambiguous { candidates } => candidates,
            Matching::Matched { student: other, .. } if other != student => vec![other],
            _ => return None,
        };
        if !candidates.contains(&student) {
            candidates.push(student);
        }
        Some((id, candidates))
    });
    Ok(questions.collect())
}

/// Keeps and matches every photo of the sources.
pub(crate) fn take_in(
    inner: &Inner,
    round: RoundId,
    sources: &[PathBuf],
    reviewer: &str,
    progress: &Progress,
) -> Result<IntakeReport, Failure> {
    let limits = Limits::default();
    progress.begin(zh::STAGE_COUNTING, 0);
    let mut total = 0;
    for source in sources {
        total += intake::count(source, &limits, progress.stop_flag()).unwrap_or(0);
    }
    progress.begin(zh::STAGE_INTAKE, count(total));
    let students = inner.store.students(round).map_err(|error| store(&error))?;
    let mut intake = Intake {
        store: &inner.store,
        round,
        reviewer,
        matcher: Matcher::new(&students),
        id_numbers: id_numbers(&students),
        progress,
        batch: Vec::new(),
        batch_bytes: 0,
        report: IntakeReport::default(),
        failure: None,
    };
    for source in sources {
        intake.take_source(source, &limits)?;
    }
    intake.flush()?;
    let mut report = intake.report;
    report.shared = shared(&inner.store, round)?;
    Ok(report)
}

/// The state of one import.
struct Intake<'a> {
    store: &'a Store,
    round: RoundId,
    reviewer: &'a str,
    matcher: Matcher,
    id_numbers: HashSet<String>,
    progress: &'a Progress,
    batch: Vec<Photo>,
    batch_bytes: usize,
    report: IntakeReport,
    /// Why keeping a batch failed; the walk is then stopped.
    failure: Option<Failure>,
}

impl Intake<'_> {
    /// A path as the report shows it.
    fn shown(&self, path: &str) -> String {
        without_id_numbers(path, |number| self.id_numbers.contains(number))
    }

    fn take_source(&mut self, source: &Path, limits: &Limits) -> Result<(), Failure> {
        let progress = self.progress;
        let walked = intake::walk(source, limits, progress.stop_flag(), |item| {
            self.take_item(item);
        });
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        if let Err(error) = walked {
            self.report.lines.push(IntakeLine {
                file: self.shown(&source.display().to_string()),
                problem: exchange(&error).message,
                remedy: String::new(),
            });
        }
        Ok(())
    }

    fn take_item(&mut self, item: IntakeItem) {
        match item {
            IntakeItem::Photo(photo) => {
                self.report.files += 1;
                self.batch_bytes += photo.bytes.len();
                self.batch.push(photo);
                if self.batch.len() >= BATCH_PHOTOS || self.batch_bytes >= BATCH_BYTES {
                    self.flush_or_stop();
                }
            }
            IntakeItem::Refused(refusal) => {
                self.report.files += 1;
                self.report.refused += 1;
                self.progress.advance(1);
                let (problem, remedy) = zh::split_remedy(refusal.code.message());
                self.report.lines.push(IntakeLine {
                    file: self.shown(&refusal.path),
                    problem,
                    remedy,
                });
            }
            IntakeItem::Ignored { .. } => {
                self.report.ignored += 1;
                self.progress.advance(1);
            }
        }
    }

    fn flush_or_stop(&mut self) {
        if self.failure.is_none()
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
        let bytes: Vec<&[u8]> = batch.iter().map(|photo| photo.bytes.as_slice()).collect();
        let hashes = self
            .store
            .put_photos(&bytes)
            .map_err(|error| store(&error))?;
        let records: Vec<IntakeRecord> = batch
            .iter()
            .zip(hashes)
            .map(|(photo, hash)| IntakeRecord {
                photo: hash,
                matching: self.matcher.match_path(&photo.path),
                file_name: file_name(&photo.path).to_owned(),
                source: photo.path.clone(),
            })
            .collect();
        let outcomes = self
            .store
            .record_intake(self.round, &records, self.reviewer, now());
        for (record, outcome) in records.iter().zip(outcomes.map_err(|error| store(&error))?) {
            self.report.count(&record.matching, outcome);
        }
        self.progress.advance(count(records.len()));
        Ok(())
    }
}

impl IntakeReport {
    fn count(&mut self, matching: &Matching, outcome: IntakeOutcome) {
        let number = match outcome {
            IntakeOutcome::AlreadyThere { .. } => {
                self.already_there += 1;
                return;
            }
            IntakeOutcome::Added { n, .. } => n,
            IntakeOutcome::Matched { n, .. } => Some(n),
        };
        match (matching, number) {
            (Matching::Matched { .. }, Some(n)) if n > 1 => self.resubmitted += 1,
            (Matching::Matched { .. }, _) => self.matched += 1,
            (Matching::Ambiguous { .. }, _) => self.ambiguous += 1,
            (Matching::NotOnRoster { .. }, _) => self.not_on_roster += 1,
            (Matching::Unknown, _) => self.unknown += 1,
        }
    }
}

/// How many submissions hold bytes that another student handed in too.
fn shared(store_: &Store, round: RoundId) -> Result<u32, Failure> {
    let histories = store_
        .photo_histories(round)
        .map_err(|error| store(&error))?;
    Ok(count(
        histories
            .values()
            .filter(|history| !history.shared_with.is_empty())
            .count(),
    ))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
