//! How a round ends: closing it and opening it again, its name, how long its data is kept, and deleting it.
//!
//! Writing the archive is [`crate::delivery`]'s, since finished photos go in.

mod certificate;
mod outside;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use zhaoshen_model::RoundId;
use zhaoshen_store::{
    ArchiveRecord, BackupWhy, Erasing, ErasureRecord, LeftOpen, Retention, RoundEnd, RoundRow,
    Signed,
};

use crate::app::{count, local_time, now};
use crate::failure::{refused, store};
use crate::job::{Progress, lock};
use crate::masking::{shown, without_numbers, without_students};
use crate::round::round_name;
use crate::wire::{
    ArchiveView, EndingView, ErasedLine, ErasedView, Failure, JobKind, JobOutcome, JobStarted,
    RetentionSet, RoundCard, RoundClose, RoundErase, RoundRef, RoundRename,
};
use crate::{Inner, Seat, backup, zh};

/// Longest reason for having no archive, and for leaving differences open, characters.
const WHY_MAX: usize = 100;
/// Fewest letters of a reason for leaving differences open: it is signed, and printed.
const WHY_MIN: usize = 4;

/// How a round was closed.
#[derive(Debug, Default)]
pub(crate) struct Closed {
    /// Who did, and when; empty while it is open.
    pub(crate) by: String,
    /// Differences left open.
    pub(crate) left_open: u32,
    /// Why they were.
    pub(crate) why: String,
}

impl Seat {
    /// How far the round has ended.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn ending_show(&self, args: RoundRef) -> Result<EndingView, Failure> {
        let round = self.round(args.round)?;
        let end = self.ending(round.id)?;
        let counts = self
            .store()
            .round_counts(round.id)
            .map_err(|error| store(&error))?;
        let counted = self.store().submissions_and_photos(round.id);
        let (submissions, photos) = counted.map_err(|error| store(&error))?;
        let shared = self.store().shared_photos(round.id);
        let shared = shared.map_err(|error| store(&error))?;
        // A closed round's differences are what they were; counting them costs a whole reconciliation.
        let differences = match end.closed {
            None => self.reconcile_show(args)?.differences,
            Some(_) => 0,
        };
        let doubted = self.store().has_clock_jumped(now());
        let doubted = doubted.map_err(|error| store(&error))?;
        let kept = self
            .store()
            .retention(round.id)
            .map_err(|error| store(&error))?;
        let closed = self.closed(round.id, &end)?;
        Ok(EndingView {
            round: round.id.0,
            students: count(counts.students),
            submissions: count(submissions),
            photos: count(photos),
            shared: count(shared),
            pending: count(counts.to_review),
            reviewing: count(self.open_reviews(round.id)?),
            held: count(counts.held),
            differing: count(counts.differing),
            differences,
            closed: closed.by,
            left_open: closed.left_open,
            left_open_why: closed.why,
            archive: end
                .archived
                .as_ref()
                .map(|(by, record)| self.archive_view(by, record)),
            keep_until: day_text(end.keep_until),
            days_left: end.keep_until.map(|day| match doubted {
                // No day has passed by a clock that may be wrong.
                true => days_left(day).max(0),
                false => days_left(day),
            }),
            kept_why: kept_why(end.keep_until, kept, doubted),
            outside: match (&end.closed, &end.erased) {
                (Some(_), None) => outside::lines(&self.written_outside(&round)?),
                _ => Vec::new(),
            },
            erased: end.erased.as_ref().map(erased_view),
            name: round.name,
        })
    }

    /// Closes the round: it is for reading only until it is opened again.
    ///
    /// # Errors
    /// Refused without a reviewer, while another job runs or second reviews wait, over open differences without a reason,
    /// or for a round that is closed or erased.
    pub fn round_close(&self, args: RoundClose) -> Result<EndingView, Failure> {
        let round = self.round(args.round)?.id;
        let reviewer = self.reviewer()?;
        if self.inner.jobs.is_busy() {
            return Err(refused(zh::JOB_ALREADY_RUNNING));
        }
        if let Some(closed) = self.ending(round)?.closed {
            return Err(refused(zh::already_closed(&signed(&closed.by))));
        }
        self.check_no_second_review(round)?;
        let of = RoundRef { round: args.round };
        let differences = u64::from(self.reconcile_show(of)?.differences);
        let reason = args.reason.trim();
        if reason.chars().count() > WHY_MAX {
            return Err(refused(zh::LEFT_OPEN_LONG));
        }
        // None at all is refused with what to do.
        let told = reason.chars().filter(|c| c.is_alphanumeric()).count();
        if differences > 0 && !reason.is_empty() && told < WHY_MIN {
            return Err(refused(zh::LEFT_OPEN_SHORT));
        }
        let left = match differences {
            0 => LeftOpen::default(),
            differences => LeftOpen {
                differences,
                reason: self.masked(round, reason)?,
            },
        };
        self.store()
            .close_round(round, &left, &reviewer, now())
            .map_err(|error| store(&error))?;
        self.ending_show(of)
    }

    /// Who closed the round, and over what.
    pub(crate) fn closed(&self, round: RoundId, end: &RoundEnd) -> Result<Closed, Failure> {
        let Some(closed) = &end.closed else {
            return Ok(Closed::default());
        };
        Ok(Closed {
            by: signed(&closed.by),
            left_open: count(closed.left.differences),
            // An earlier version kept it as it was typed.
            why: self.masked(round, &closed.left.reason)?,
        })
    }

    /// A reason with every ID number in it masked, and what tells the end of one: it is printed, and goes into archives.
    fn masked(&self, round: RoundId, reason: &str) -> Result<String, Failure> {
        if reason.is_empty() {
            return Ok(String::new());
        }
        let students = self.store().everybody(round);
        let students = students.map_err(|error| store(&error))?;
        Ok(without_numbers(
            reason,
            students.iter().map(|student| &student.draft),
        ))
    }

    /// Why data is deleted, without a word that names a student: it outlasts what is deleted.
    fn unnamed(&self, round: RoundId, reason: &str) -> Result<String, Failure> {
        let students = self.store().everybody(round);
        let students = students.map_err(|error| store(&error))?;
        let masked = without_students(reason, students.iter().map(|student| &student.draft));
        match reason.is_empty() || masked.chars().any(char::is_alphanumeric) {
            true => Ok(masked),
            false => Err(refused(zh::WAIVED_NAMES)),
        }
    }

    fn archive_view(&self, by: &Signed, record: &ArchiveRecord) -> ArchiveView {
        let first = &record.lacking_first;
        let all = usize::try_from(record.lacking.unwrap_or_default()).unwrap_or(usize::MAX);
        let whose = match first.is_empty() {
            true => String::new(),
            false => self.first_of(first, all),
        };
        ArchiveView {
            made: signed(by),
            file: record.file.clone(),
            sha256: record.sha256.clone(),
            bytes: record.size_bytes as f64,
            entries: count(record.entries),
            encrypted: record.encrypted,
            id_numbers: record.id_numbers,
            renditions: record.renditions,
            originals: record.originals,
            lacks: zh::archive_lacks(record.lacking, &whose),
        }
    }

    /// How many photos of the round wait for their second, blind review.
    fn open_reviews(&self, round: RoundId) -> Result<usize, Failure> {
        let waiting = self.store().open_reviews(round);
        Ok(waiting.map_err(|error| store(&error))?.len())
    }

    /// Neither the end of a round nor its archive may tell a first verdict that somebody is still to judge unseen.
    pub(crate) fn check_no_second_review(&self, round: RoundId) -> Result<(), Failure> {
        match self.open_reviews(round)? {
            0 => Ok(()),
            waiting => Err(refused(zh::round_reviewing(waiting))),
        }
    }

    /// Opens a closed round again.
    ///
    /// # Errors
    /// Refused without a reviewer, while a job runs, or for an erased round.
    pub fn round_reopen(&self, args: RoundRef) -> Result<EndingView, Failure> {
        let round = self.round(args.round)?.id;
        // An archive that is being written would be recorded of a round that is open.
        if self.inner.jobs.is_busy() {
            return Err(refused(zh::JOB_ALREADY_RUNNING));
        }
        self.store()
            .reopen_round(round, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        self.ending_show(args)
    }

    /// Gives the round another name; undone with the changes of its scope.
    ///
    /// # Errors
    /// Refused for a name that is empty, too long or taken, and for a closed round.
    pub fn round_rename(&self, args: RoundRename) -> Result<RoundCard, Failure> {
        let round = self.round(args.round)?.id;
        let name = round_name(&args.name)?;
        self.store()
            .rename_round(round, name, &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        self.round_show(RoundRef { round: args.round })
    }

    /// Says how long the round's photos and personal data are kept.
    ///
    /// # Errors
    /// Refused for a day that is none, without a reviewer, or for an erased round.
    pub fn retention_set(&self, args: RetentionSet) -> Result<EndingView, Failure> {
        let round = self.round(args.round)?.id;
        let day = match args.keep_until.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| refused(zh::RETENTION_DAY))?),
        };
        self.store()
            .set_retention(round, day, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        self.ending_show(RoundRef { round: args.round })
    }

    /// Deletes the photos and personal data of the round, for good. Its name has to be typed; what the reason tells of
    /// students is masked before it is written anywhere.
    ///
    /// # Errors
    /// Refused when the name typed is another, without a reviewer, while another job runs, and for a round that is not
    /// closed, or not waived where it is not archived with every finished photo, or the day its data is kept until was not said,
    /// has not passed, was moved earlier or said too late.
    pub fn round_erase(&self, args: RoundErase) -> Result<JobStarted, Failure> {
        let round = self.round(args.round)?;
        let reviewer = self.reviewer()?;
        if args.name.trim() != round.name {
            return Err(refused(zh::ERASE_NAME));
        }
        let waived = args.waived.trim();
        if waived.chars().count() > WHY_MAX {
            return Err(refused(zh::WAIVED_LONG));
        }
        let waived = self.unnamed(round.id, waived)?;
        let outside = self.outside_unnamed(&round)?;
        let inner = Arc::clone(&self.inner);
        let id = round.id;
        let job =
            self.inner
                .jobs
                .start((JobKind::Erase, self.person()), Some(id), move |progress| {
                    progress.begin(zh::STAGE_ERASING, 0);
                    let why = Erasing {
                        waived: &waived,
                        outside,
                    };
                    let record = inner
                        .store
                        .erase_round(id, why, &reviewer, now())
                        .map_err(|error| store(&error))?;
                    inner.jobs.forget_round(id);
                    inner.readings.forget(id);
                    let mut report = erased_view(&record);
                    report.lines.push(backed_up(&inner, progress));
                    Ok(JobOutcome::Erase { report })
                })?;
        Ok(JobStarted { job })
    }

    /// The round, when it takes acts: asked before long work, which the store would refuse at its end.
    pub(crate) fn open_round(&self, round: i64) -> Result<RoundRow, Failure> {
        let row = self.round(round)?;
        let open = self.store().check_open(row.id);
        open.map_err(|error| store(&error))?;
        Ok(row)
    }

    pub(crate) fn ending(&self, round: RoundId) -> Result<RoundEnd, Failure> {
        self.store().round_end(round).map_err(|error| store(&error))
    }
}

pub(crate) fn day_text(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// Days from today until `day`, negative when it is past.
pub(crate) fn days_left(day: Date) -> i32 {
    let today = now().to_zoned(TimeZone::system()).date();
    today.until(day).map_or(0, |span| span.get_days())
}

/// Why deleting asks for a reason because of how long the data is kept.
fn kept_why(day: Option<Date>, kept: Retention, doubted: bool) -> String {
    let is_left = |day: &Date| days_left(*day) >= 0;
    if day.is_some_and(|day| doubted || is_left(&day)) {
        return zh::KEPT_STILL.to_owned();
    }
    match kept.until.filter(is_left) {
        Some(until) => zh::kept_longer(&until.to_string()),
        None if kept.backdated.is_some() => zh::KEPT_BACKDATED.to_owned(),
        // A day that was taken away again: none has passed by a clock that may be wrong.
        None if doubted && kept.until.is_some() => zh::KEPT_STILL.to_owned(),
        None if day.is_none() => zh::KEPT_NONE.to_owned(),
        None => String::new(),
    }
}

pub(crate) fn signed(by: &Signed) -> String {
    zh::signed(&local_time(by.at), &by.reviewer)
}

/// A backup of what is left: those there were held what was deleted, and went with it. The deletion stands whether it can be
/// made or not.
fn backed_up(inner: &Inner, progress: &Progress) -> ErasedLine {
    let made = backup::make(inner, BackupWhy::Erased, progress);
    let (number, problem) = match made {
        Ok(row) => (row.name, String::new()),
        Err(failure) => (
            zh::not_backed_up(&failure.message),
            zh::alarm_backup(&failure.message),
        ),
    };
    lock(&inner.keeping.alarms).backup = problem;
    ErasedLine {
        title: zh::BACKED_UP_AFTER.to_owned(),
        number,
    }
}

fn erased_view(record: &ErasureRecord) -> ErasedView {
    ErasedView {
        made: signed(&record.by),
        archived: record.archive.is_some(),
        early: record.early.is_some(),
        waived: shown(&record.waived),
        lines: erased_lines(zh::erased_lines(&record.erased)),
        kept: erased_lines(zh::kept_lines(&record.erased)),
        outside: outside::lines(&record.outside),
    }
}

fn erased_lines(lines: Vec<(&str, String)>) -> Vec<ErasedLine> {
    let lines = lines.into_iter();
    let lines = lines.map(|(title, number)| ErasedLine {
        title: title.to_owned(),
        number,
    });
    lines.collect()
}
