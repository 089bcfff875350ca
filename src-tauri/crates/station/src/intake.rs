//! Photo import: walk, keep, match, then check.
//!
//! Bytes are kept in batches bounded by number and by size, each batch durable before its rows name
//! it; what was recorded when a job is cancelled stays. Checks run behind, so that what came in can
//! be looked at while the rest still comes.

mod beside;
mod coded;
mod codes;
mod filing;
mod held;
mod idle;
mod indexes;
pub(crate) mod limit;
mod references;
mod refused;
mod report;
mod returned;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use zhaoshen_exchange::intake::{self, IntakeItem, Limits, Photo, Source};
use zhaoshen_exchange::matching::{Matcher, Told};
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{RoundId, Student, StudentId};
use zhaoshen_store::{IntakeOutcome, IntakeRecord, Store};

use self::beside::Beside;
use self::codes::Codes;
use self::filing::Filer;
use self::held::{Held, counted};
use self::indexes::Indexes;
use self::limit::Turns;
use self::references::References;
pub(crate) use self::returned::SetOf;
use self::returned::{Bytes, Returned};
use crate::app::{count, now};
use crate::check::Checker;
use crate::checking::{check_round, checking_behind, keep_analysed};
use crate::failure::{exchange, refused, store};
use crate::job::Progress;
use crate::masking::{id_numbers, without_id_numbers};
use crate::scope::arrival;
use crate::wire::{
    Failure, IntakeLine, IntakeReport, JobKind, JobOutcome, JobStarted, PhotosImport, PhotosKind,
};
use crate::{Inner, Seat, zh};

/// Most photos in one batch.
pub(crate) const BATCH_PHOTOS: usize = 200;
/// Most bytes in one batch: it is held in memory.
const BATCH_BYTES: usize = 16 << 20;

impl Seat {
    /// Imports folders, zips and single files, matches the photos, then checks them.
    ///
    /// # Errors
    /// Refused while another job runs or without a path; a source that cannot be read is a line of the report.
    pub fn photos_import(&self, args: PhotosImport) -> Result<JobStarted, Failure> {
        let round = self.open_round(args.round)?.id;
        if args.paths.is_empty() {
            return Err(refused(zh::NO_SOURCE));
        }
        let sources: Vec<PathBuf> = args.paths.iter().map(PathBuf::from).collect();
        if sources.iter().any(|source| self.store().holds(source)) {
            return Err(refused(zh::PHOTOS_IN_WORKSPACE));
        }
        let reviewer = self.clerk()?;
        let inner = Arc::clone(&self.inner);
        let job = self.inner.jobs.start(
            (JobKind::Intake, self.person()),
            Some(round),
            move |progress| {
                let sources: Vec<Source<'_>> = sources.iter().map(Source::from).collect();
                let reviewer = reviewer.as_str();
                let filer = Filer {
                    store: &inner.store,
                    checker: &inner.checker,
                    round,
                    reviewer,
                };
                match args.kind {
                    PhotosKind::Photos | PhotosKind::Returned => {
                        let from = Taking {
                            sources: &sources,
                            returned: (args.kind == PhotosKind::Returned).then_some(SetOf {
                                delivery: args.delivery,
                            }),
                        };
                        let report = take_in_and_check(&inner, round, from, reviewer, progress)?;
                        Ok(JobOutcome::Intake { report })
                    }
                    PhotosKind::Codes => {
                        let report = filing::file::<Codes>(filer, &sources, progress)?;
                        Ok(JobOutcome::Codes { report })
                    }
                    PhotosKind::References => {
                        let report = filing::file::<References>(filer, &sources, progress)?;
                        Ok(JobOutcome::References { report })
                    }
                }
            },
        )?;
        Ok(JobStarted { job })
    }
}

/// Where photos come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taking<'a> {
    pub(crate) sources: &'a [Source<'a>],
    /// It is what the studio gave back of the photos delivered to it.
    pub(crate) returned: Option<SetOf>,
}

/// Takes the sources in and checks what came.
pub(crate) fn take_in_and_check(
    inner: &Inner,
    round: RoundId,
    from: Taking<'_>,
    reviewer: &str,
    progress: &Progress,
) -> Result<IntakeReport, Failure> {
    let mut report = checking_behind(inner, round, || {
        take_in(inner, round, from, reviewer, progress)
    })?;
    if let Err(failure) = check_round(inner, round, progress) {
        let line = IntakeLine {
            file: String::new(),
            whose: String::new(),
            problem: zh::checks_failed(&failure.message),
            remedy: zh::CHECK_AGAIN.to_owned(),
        };
        report.tell_first(progress, line);
    }
    report.cancelled = progress.is_cancelled();
    Ok(report)
}

/// Keeps and matches every photo of the sources.
pub(crate) fn take_in(
    inner: &Inner,
    round: RoundId,
    from: Taking<'_>,
    reviewer: &str,
    progress: &Progress,
) -> Result<IntakeReport, Failure> {
    let sources = from.sources;
    let limits = Limits::default();
    progress.begin(zh::STAGE_COUNTING, 0);
    let students = inner.store.students(round).map_err(|error| store(&error))?;
    let exempt = exempt(&inner.store, round, &students)?;
    let matcher = Matcher::new(&students);
    let returned = match from.returned {
        Some(set) => Some(Returned::load(&inner.store, round, &students, set)?),
        None => None,
    };
    let indexes = Indexes::read(sources, &limits, &matcher, progress);
    let (total, several) = counted(sources, progress, |path| {
        whose(&indexes, returned.as_ref(), &matcher, path).matching
    });
    progress.begin(zh::STAGE_INTAKE, total);
    let mut intake = Intake {
        store: &inner.store,
        round,
        reviewer,
        matcher,
        id_numbers: id_numbers(&students),
        progress,
        batch: Vec::new(),
        batch_bytes: 0,
        several,
        held: Held::default(),
        beside: Beside::default(),
        exempt,
        turns: Turns::load(&inner.store, round)?,
        report: IntakeReport::default(),
        indexes,
        checker: &inner.checker,
        returned,
        is_whole: true,
        failure: None,
    };
    drop(students);
    for line in std::mem::take(&mut intake.indexes.problems) {
        intake.tell(&line.file, &line.problem, &line.remedy);
    }
    intake.tell_odd_rows()?;
    for source in sources {
        intake.take_source(*source, &limits)?;
    }
    intake.flush()?;
    intake.record_held()?;
    intake.tell_returned(sources)?;
    let mut report = intake.report;
    intake.beside.tell(&inner.store, &mut report)?;
    report.shared = shared(&inner.store, round)?;
    // What the studio gave back is no handing in: the window is the students'.
    if report.matched + report.resubmitted > 0 && from.returned.is_none() {
        report.outside_window = outside_window(&inner.store, round)?;
    }
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
    /// Students with several photos in this import.
    several: HashSet<StudentId>,
    held: Held,
    beside: Beside,
    /// Why photos of these students are not collected, in words.
    exempt: HashMap<StudentId, String>,
    /// How often each has handed in, where the round has a limit.
    turns: Turns,
    checker: &'a Checker,
    indexes: Indexes,
    /// What had been delivered, where the studio's set is read.
    returned: Option<Returned>,
    /// Every source could be read.
    is_whole: bool,
    report: IntakeReport,
    /// Why keeping a batch failed; the walk is then stopped.
    failure: Option<Failure>,
}

impl Intake<'_> {
    /// A path as the report shows it.
    fn shown(&self, path: &str) -> String {
        without_id_numbers(path, |number| self.id_numbers.contains(number))
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
            self.is_whole = false;
            let path = source.path.display().to_string();
            self.tell(&path, &exchange(&error).message, "");
        }
        Ok(())
    }

    /// Whether the photo is one that went out so and needs no more looking at.
    fn is_unchanged(&mut self, photo: &Photo) -> bool {
        let Some(returned) = &mut self.returned else {
            return false;
        };
        let told = whose(&self.indexes, Some(&*returned), &self.matcher, &photo.path);
        match returned.meet(&photo.path, &photo.bytes, &told.matching) {
            Bytes::New => return false,
            Bytes::Unchanged => self.report.unchanged += 1,
            Bytes::OfAnother(other) => {
                let problem = zh::returned_of_another(&other);
                self.refuse(&photo.path, &problem, zh::SET_OF_ANOTHER_REMEDY);
            }
            Bytes::Moved(what) => self.refuse(&photo.path, what, zh::SET_MOVED_REMEDY),
            Bytes::NotDelivered => {
                self.refuse(
                    &photo.path,
                    zh::RETURNED_NOT_DELIVERED,
                    zh::RETURNED_NOT_DELIVERED_REMEDY,
                );
            }
        }
        self.progress.advance(1);
        true
    }

    fn take_item(&mut self, item: IntakeItem) {
        match item {
            IntakeItem::Photo(photo) if self.is_unchanged(&photo) => self.report.files += 1,
            IntakeItem::Photo(photo) => {
                self.report.files += 1;
                self.batch_bytes += photo.bytes.len();
                self.batch.push(photo);
                if self.batch.len() >= BATCH_PHOTOS || self.batch_bytes >= BATCH_BYTES {
                    self.flush_or_stop();
                }
            }
            IntakeItem::Refused(refusal) => self.take_refused(&refusal),
            IntakeItem::Ignored { .. } => {
                self.report.ignored += 1;
                self.progress.advance(1);
            }
        }
    }

    fn tell(&mut self, path: &str, problem: &str, remedy: &str) {
        let line = IntakeLine {
            file: self.shown(path),
            whose: String::new(),
            problem: problem.to_owned(),
            remedy: remedy.to_owned(),
        };
        self.report.tell(self.progress, line);
    }

    /// Counts a file that is not taken in, and says why.
    fn refuse(&mut self, path: &str, problem: &str, remedy: &str) {
        self.report.refused += 1;
        self.tell(path, problem, remedy);
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
        let batch = self.without_others_photos(batch);
        let batch = self.without_codes(batch);
        if batch.is_empty() {
            return Ok(());
        }
        let bytes: Vec<&[u8]> = batch.iter().map(|photo| photo.bytes.as_slice()).collect();
        let hashes = self
            .store
            .put_photos(&bytes)
            .map_err(|error| store(&error))?;
        let mut records = Vec::with_capacity(batch.len());
        let mut analysed = Vec::new();
        let taken = count(batch.len());
        for (photo, hash) in batch.into_iter().zip(hashes) {
            let returned = self.returned.as_ref();
            let told = whose(&self.indexes, returned, &self.matcher, &photo.path);
            let returned = self.returned.as_mut();
            let analysis = returned.and_then(|returned| returned.take_analysis(&photo.path));
            if told.disagree {
                self.tell(&photo.path, zh::INDEX_DISAGREES, zh::INDEX_DISAGREES_REMEDY);
            }
            let record = IntakeRecord {
                photo: hash,
                matching: told.matching,
                file_name: file_name(&photo.path).to_owned(),
                source: photo.path,
            };
            match record.matching {
                Matching::Matched { student, .. } if self.several.contains(&student) => {
                    self.held
                        .add(student, record, photo.taken_at, photo.changed_at);
                }
                _ => {
                    analysed.extend(analysis.map(|analysis| (hash, analysis)));
                    records.push(record);
                }
            }
        }
        self.record(&records)?;
        if !analysed.is_empty() {
            keep_analysed(self.store, self.round, analysed)?;
        }
        self.progress.advance(taken);
        Ok(())
    }

    /// Why the photo is not collected, where it came in and is its student's.
    fn excluded(&self, record: &IntakeRecord, outcome: IntakeOutcome) -> Option<String> {
        match (&record.matching, outcome) {
            (_, IntakeOutcome::AlreadyThere { .. }) => None,
            (Matching::Matched { student, .. }, _) => self.exempt.get(student).cloned(),
            _ => None,
        }
    }

    /// Records the photos of the students who sent several, oldest first. A cancelled import leaves
    /// them to the next one, since it has not seen them all.
    fn record_held(&mut self) -> Result<(), Failure> {
        let held = std::mem::take(&mut self.held);
        if self.progress.is_cancelled() {
            self.report.files -= held.photos();
            self.store.sweep_awaited().map_err(|error| store(&error))?;
            return Ok(());
        }
        for batch in held.into_batches(BATCH_PHOTOS) {
            let together = self.record(&batch)?;
            self.report.together += together;
        }
        Ok(())
    }

    /// Records photos that are in the vault; how many students got more than one submission.
    fn record(&mut self, records: &[IntakeRecord]) -> Result<u32, Failure> {
        if records.is_empty() {
            return Ok(0);
        }
        let recorded = self
            .store
            .record_intake(self.round, records, self.reviewer, now());
        let mut new: HashMap<StudentId, u32> = HashMap::new();
        for (record, outcome) in records.iter().zip(recorded.map_err(|error| store(&error))?) {
            match self.excluded(record, outcome) {
                Some(why) => {
                    let shown = self.shown(&record.source);
                    self.report.exclude(self.progress, shown, why);
                }
                None => {
                    self.report.count(&record.matching, outcome);
                    let (matcher, hidden) = (&self.matcher, &self.id_numbers);
                    self.beside.note((record, outcome), matcher, hidden);
                    let over = self.returned.is_none()
                        && self.turns.is_over(record.matching.student(), outcome);
                    self.report.over_limit += u32::from(over);
                }
            }
            if let Matching::Matched { student, .. } = record.matching
                && !matches!(outcome, IntakeOutcome::AlreadyThere { .. })
            {
                *new.entry(student).or_default() += 1;
            }
        }
        Ok(count(new.values().filter(|photos| **photos > 1).count()))
    }
}

/// Whose the file at `path` is: by an index, by the name it was delivered under, or by its own.
fn whose(indexes: &Indexes, returned: Option<&Returned>, matcher: &Matcher, path: &str) -> Told {
    let delivered = returned.and_then(|returned| returned.named(path));
    let told = indexes.tell(path, delivered.unwrap_or_else(|| matcher.match_path(path)));
    match returned {
        Some(returned) => returned.marked(told),
        None => told,
    }
}

/// Why each exempt student's photo is not collected, in words.
fn exempt(
    store_: &Store,
    round: RoundId,
    students: &[Student],
) -> Result<HashMap<StudentId, String>, Failure> {
    let why = store_.exempt(round).map_err(|error| store(&error))?;
    let told = students.iter().filter_map(|student| {
        let why = why.get(&student.id)?.title();
        let draft = &student.draft;
        let text = zh::excluded_photo(&draft.student_no, &draft.name, why);
        Some((student.id, text))
    });
    Ok(told.collect())
}

/// What is to be said of photos that come now; empty within the round's window.
fn outside_window(store_: &Store, round: RoundId) -> Result<String, Failure> {
    let round = store_.round(round).map_err(|error| store(&error))?;
    let text = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let remark = arrival(now(), &round).remark();
    Ok(remark.map_or_else(String::new, |remark| {
        zh::outside_window(remark, &text(round.opens_on), &text(round.closes_on))
    }))
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
