//! The one place where it is looked at who asks: a command's body runs only for whom [`crate::command`] lets it.
//!
//! The body is given the person who was let in, so that a change of person meanwhile does not sign for another.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use zhaoshen_store::PersonRow;

use crate::app::{now, system_account};
use crate::example::ExampleFiles;
use crate::failure::{conflict, failure, store};
use crate::job::Progress;
use crate::need::Need;
use crate::sitting::{Moment, Sitting, Who};
use crate::wire::{
    Code, DeliveryOptions, Failure, IntakeReport, JobOutcome, JobStarted, PrintsOptions,
};
use crate::{PhotoKind, Saved, Seat, Station, zh};

/// A photo, which is asked for by its address and by no command.
const PHOTO: &str = "photo";
/// What a screen asks by itself: it does not show that somebody is at work.
const QUIET: [&str; 5] = ["job_show", "job_list", "watch_show", "backup_list", PHOTO];

impl Station {
    /// Opens the plain workspace in `folder`, making it when there is none; a sealed one is [`Station::unlock`]ed.
    ///
    /// # Errors
    /// [`Code::Workspace`] when another program has it open, when it was written by a newer
    /// version, when it is damaged, or when the folder cannot be written.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let seat = Seat::open(folder)?;
        Ok(Self { seat })
    }

    /// Another session over the same workspace, at which nobody sits yet. Ends before this one.
    pub fn session(&self) -> Self {
        let sitting = Arc::new(Sitting::new(Moment::now()));
        Self {
            seat: self.seat.of(sitting, None),
        }
    }

    /// Lets a command in: gives the seat at which its body runs for whoever sits here.
    ///
    /// # Errors
    /// [`Code::SignedOut`], [`Code::NotAllowed`], and [`Code::Conflict`] when somebody else sits here than `shown`.
    pub(crate) fn admit(
        &self,
        name: &str,
        need: Need,
        shown: Option<i64>,
    ) -> Result<Seat, Failure> {
        let people = self.seat.people()?;
        let works = need != Need::Open && !QUIET.contains(&name);
        let idle = self.seat.idle()?;
        let who = match self.seat.sitting.who(&people, idle, works, Moment::now()) {
            Who::Unclaimed => None,
            Who::Seated(row) => Some(row),
            Who::Out(_) if need == Need::Open => None,
            Who::Out(_) => return Err(failure(Code::SignedOut, zh::SIGNED_OUT)),
        };
        if need != Need::Open
            && let Some(row) = &who
        {
            if shown.is_some_and(|shown| shown != row.id.0) {
                return Err(conflict(zh::person_changed(&row.name)));
            }
            if !need.allows(row.roles) {
                return Err(not_allowed(need, row, &people));
            }
        }
        Ok(self.seat.of(Arc::clone(&self.seat.sitting), who))
    }

    /// Gives the only 保管员 another PIN without the old one. No command: neither a window nor a page can ask for it, only
    /// a program of this computer that holds the workspace, whose user could as well write the database.
    ///
    /// # Errors
    /// Refused for anybody else, while another keeper could do it, and for an unfit PIN.
    pub fn reset_lone_keeper(&self, name: &str, pin: &str) -> Result<(), Failure> {
        let by = system_account();
        let store_ = self.seat.store();
        let reset = store_.reset_lone_keeper(name, pin, &by, now());
        reset.map_err(|error| store(&error))
    }

    /// A JPEG of the photo for the screen of whoever sits here.
    ///
    /// # Errors
    /// [`Code::SignedOut`] when nobody does; [`Code::NotAllowed`] for who may not see photos; [`Code::NotFound`] when there is no such photo or it cannot be shown.
    pub fn photo(&self, kind: PhotoKind, sha256: &str) -> Result<Vec<u8>, Failure> {
        self.admit(PHOTO, Need::Desk, None)?.photo(kind, sha256)
    }

    /// Waits for a job and gives what it brought.
    ///
    /// # Errors
    /// What the job failed with.
    pub fn job_wait(&self, job: JobStarted) -> Result<JobOutcome, Failure> {
        self.seat.job_wait(job)
    }

    /// [`Station::delivery_write`] into exactly this folder.
    ///
    /// # Errors
    /// As of that.
    pub fn delivery_write_to(
        &self,
        options: DeliveryOptions,
        folder: &Path,
    ) -> Result<JobStarted, Failure> {
        let need = Need::Lead(zh::DELIVERING);
        self.admit("delivery_write", need, None)?
            .delivery_write_to(options, folder)
    }

    /// [`Station::delivery_repeat`] into exactly this folder.
    ///
    /// # Errors
    /// As of that.
    pub fn delivery_repeat_to(
        &self,
        round: i64,
        number: u32,
        folder: &Path,
    ) -> Result<JobStarted, Failure> {
        let need = Need::Lead(zh::DELIVERING);
        self.admit("delivery_repeat", need, None)?
            .delivery_repeat_to(round, number, folder)
    }

    /// [`Station::prints_write`] into exactly this folder.
    ///
    /// # Errors
    /// As of that.
    pub fn prints_write_to(
        &self,
        options: PrintsOptions,
        folder: &Path,
    ) -> Result<JobStarted, Failure> {
        self.admit("prints_write", Need::Reviewer, None)?
            .prints_write_to(options, folder)
    }

    /// Makes a round of the example's files and takes them in; waits until the photos are checked.
    ///
    /// # Errors
    /// What the import of the roster or the photos fails with.
    pub fn example_import(&self, files: &ExampleFiles) -> Result<(i64, IntakeReport), Failure> {
        self.example_import_watched(files, &Progress::default())
    }

    /// As [`Self::example_import`], counting in `progress`.
    ///
    /// # Errors
    /// As there.
    pub fn example_import_watched(
        &self,
        files: &ExampleFiles,
        progress: &Progress,
    ) -> Result<(i64, IntakeReport), Failure> {
        self.admit("example_start", Need::Reviewer, None)?
            .example_import(files, progress)
    }

    /// Plays the reviewer of the example: rejects what fails with the preset reasons, approves the rest.
    ///
    /// Only for the example: in a real round a person looks at every photo.
    ///
    /// # Errors
    /// What a decision fails with.
    pub fn example_review(&self, round: i64) -> Result<(u32, u32), Failure> {
        self.example_review_watched(round, &Progress::default())
    }

    /// As [`Self::example_review`], counting in `progress`.
    ///
    /// # Errors
    /// As there.
    pub fn example_review_watched(
        &self,
        round: i64,
        progress: &Progress,
    ) -> Result<(u32, u32), Failure> {
        if self.seat.people()?.is_empty() {
            self.seat
                .store()
                .add_first_person((zh::EXAMPLE_REVIEWER, None), now())
                .map_err(|error| store(&error))?;
        }
        self.admit("submission_decide", Need::Reviewer, None)?
            .example_review(round, progress)
    }

    /// The folder that the last page of a round was saved to last, for the host to show.
    ///
    /// # Errors
    /// Not found where it was not saved since the station opened.
    pub fn closing_folder(&self, round: i64) -> Result<String, Failure> {
        self.admit("closing_save", Need::Desk, None)?
            .closing_folder(round)
    }

    /// The folder that the certificate of a round's deletion was saved to last, for the host to show.
    ///
    /// # Errors
    /// Not found where it was not saved since the station opened.
    pub fn certificate_folder(&self, round: i64) -> Result<String, Failure> {
        let need = Need::Keeper("打开销毁证明所在的文件夹");
        self.admit("certificate_save", need, None)?
            .certificate_folder(round)
    }

    /// The folder that a file of this kind was saved to last, for the host to show.
    ///
    /// # Errors
    /// Not found where none was saved since the station opened.
    pub fn saved_folder(&self, of: Saved) -> Result<String, Failure> {
        self.admit("table_save", Need::Anyone, None)?
            .saved_folder(of)
    }

    /// The student of a 学号.
    ///
    /// # Errors
    /// Not found.
    pub fn student_numbered(&self, round: i64, student_no: &str) -> Result<i64, Failure> {
        self.admit("student_search", Need::Desk, None)?
            .student_numbered(round, student_no)
    }

    /// The submission that counts of the student of a 学号.
    ///
    /// # Errors
    /// Not found.
    pub fn current_submission(&self, round: i64, student_no: &str) -> Result<i64, Failure> {
        self.admit("student_search", Need::Desk, None)?
            .current_submission(round, student_no)
    }

    /// Keeps the workspace safe on a thread of its own until the station closes; for programs that stay open.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn keep_safe(&self) -> Result<(), Failure> {
        self.seat.keep_safe()
    }

    /// Looks the workspace through once and makes a backup if one is due at `at`.
    pub fn keep_once(&self, at: Timestamp) {
        self.seat.keep_once(at);
    }

    /// Watches the drop folders on a thread of its own until the station closes; for programs that stay open.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn keep_watching(&self) -> Result<(), Failure> {
        self.seat.keep_watching()
    }

    /// Looks at every drop folder once and takes in what came to rest.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn watch_once(&self) -> Result<(), Failure> {
        self.seat.watch_once()
    }
}

/// What may not be done, and who may.
fn not_allowed(need: Need, row: &PersonRow, people: &[PersonRow]) -> Failure {
    let able: Vec<&str> = people
        .iter()
        .filter(|other| !other.disabled && need.allows(other.roles))
        .map(|other| other.name.as_str())
        .collect();
    let said = zh::not_allowed(need.what(), need.roles(), (&row.name, row.roles), &able);
    failure(Code::NotAllowed, said)
}

#[cfg(test)]
mod tests;
