//! The example round: drawn portraits and a roster workbook, taken in through the same doors as real ones.
//!
//! It needs no one's face and its faults are known. Its files are written to a folder first, so that
//! whoever tries the station can look at them, change them and import them again.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use zhaoshen_exchange::source::{free_folder, make_folder};
use zhaoshen_exchange::workbook::{save_new, write_roster};
use zhaoshen_model::{RoundId, StudentDraft};
use zhaoshen_portrait::{ExampleRound, ExampleStudent, example_round};

use crate::app::{count, now};
use crate::checking::check_round;
use crate::failure::{exchange, internal, store};
use crate::intake::{Taking, take_in};
use crate::job::{Progress, stop_if_cancelled};
use crate::wire::{
    DecideRequest, Empty, Failure, IntakeReport, JobKind, JobOutcome, JobStarted, QueueOpen,
    RosterCommit, RosterSource, RoundCreate, SubmissionRef,
};
use crate::{Seat, profiles, zh};

/// Students of the example round in the window.
const STUDENTS: u32 = 72;
/// Seed of the example: the same people every time.
const SEED: u64 = 20_210_918;

/// The example's files on disk.
#[derive(Debug, Clone)]
pub struct ExampleFiles {
    /// The roster workbook.
    pub roster: PathBuf,
    /// The folder of photos.
    pub photos: PathBuf,
    /// How many photo files.
    pub count: usize,
}

impl Seat {
    /// Makes the example round: files beside the workspace, then roster, photos and checks.
    ///
    /// # Errors
    /// Refused while another job runs.
    pub fn example_start(&self, _: Empty) -> Result<JobStarted, Failure> {
        let folder = free_folder(self.store().dir(), zh::EXAMPLE_FOLDER);
        let station = self.for_job();
        let job =
            self.inner
                .jobs
                .start((JobKind::Example, self.person()), None, move |progress| {
                    Ok(JobOutcome::Example {
                        round: station.example_round(&folder, progress)?,
                    })
                })?;
        Ok(JobStarted { job })
    }

    /// Makes a round of the example's files and takes them in; waits until the photos are checked.
    ///
    /// # Errors
    /// What the import of the roster or the photos fails with.
    pub fn example_import(
        &self,
        files: &ExampleFiles,
        progress: &Progress,
    ) -> Result<(i64, IntakeReport), Failure> {
        let round = self.round_create(RoundCreate {
            name: self.free_example_name()?,
            school_code: "10054".to_owned(),
            opens_on: String::new(),
            closes_on: String::new(),
            profile: profiles::default_profile().to_owned(),
        })?;
        let roster = RosterSource {
            round: round.round,
            path: files.roster.to_string_lossy().into_owned(),
            pasted: String::new(),
        };
        let preview = self.roster_preview(roster.clone())?;
        self.roster_commit(RosterCommit::whole(roster, &preview, true))?;
        let reviewer = self.clerk()?;
        let id = RoundId(round.round);
        let report = take_in(
            &self.inner,
            id,
            Taking {
                sources: &[(&files.photos).into()],
                returned: None,
            },
            &reviewer,
            progress,
        )?;
        check_round(&self.inner, id, progress)?;
        self.pick_newest(id)?;
        Ok((round.round, report))
    }

    /// Says of the example's photos that came together that the newest counts: in a real round a person looks at them.
    /// The example says so, under its own name: the log credits nobody with what they did not do.
    fn pick_newest(&self, round: RoundId) -> Result<(), Failure> {
        let unpicked = self.store().unpicked_submissions(round);
        let unpicked = unpicked.map_err(|error| store(&error))?;
        let mut unpicked: Vec<_> = unpicked.into_iter().collect();
        unpicked.sort_unstable_by_key(|submission| submission.0);
        for newest in unpicked {
            let chosen = self
                .store()
                .choose(newest, None, zh::EXAMPLE_REVIEWER, now());
            chosen.map_err(|error| store(&error))?;
        }
        Ok(())
    }

    /// Plays the reviewer of the example: rejects what fails with the preset reasons, approves the rest.
    ///
    /// Only for the example: in a real round a person looks at every photo.
    ///
    /// # Errors
    /// What a decision fails with.
    pub fn example_review(&self, round: i64, progress: &Progress) -> Result<(u32, u32), Failure> {
        let (mut approved, mut rejected) = (0, 0);
        self.pick_newest(RoundId(round))?;
        let pending = self.queue_open(QueueOpen {
            round,
            queue: "pending".to_owned(),
            limit: None,
        })?;
        progress.begin(zh::STAGE_REVIEW, pending.total);
        for item in pending.items {
            let view = self.submission_show(SubmissionRef {
                submission: item.submission,
            })?;
            let rejects = !view.preset_reasons.is_empty();
            *(if rejects {
                &mut rejected
            } else {
                &mut approved
            }) += 1;
            self.submission_decide(DecideRequest {
                submission: item.submission,
                seen_decision: item.decision_id,
                seen_student: item.student_no,
                second: false,
                kind: if rejects { "rejected" } else { "approved" }.to_owned(),
                reasons: view.preset_reasons,
                note: String::new(),
            })?;
            progress.advance(1);
        }
        Ok((approved, rejected))
    }

    fn example_round(&self, folder: &Path, progress: &Progress) -> Result<i64, Failure> {
        let files = write_files_watched(folder, STUDENTS, progress)?;
        stop_if_cancelled(progress)?;
        Ok(self.example_import(&files, progress)?.0)
    }

    fn free_example_name(&self) -> Result<String, Failure> {
        let taken: Vec<String> = self
            .round_cards()?
            .into_iter()
            .map(|card| card.name)
            .collect();
        let numbered = (2..).map(|number| format!("{} {number}", zh::EXAMPLE_ROUND));
        let mut names = std::iter::once(zh::EXAMPLE_ROUND.to_owned()).chain(numbered);
        Ok(names.find(|name| !taken.contains(name)).unwrap_or_default())
    }
}

/// Writes the example's roster workbook and photos of `students` students under `folder`.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_files(folder: &Path, students: u32) -> Result<ExampleFiles, Failure> {
    write_files_watched(folder, students, &Progress::default())
}

/// As [`write_files`], counting in `progress`.
///
/// # Errors
/// As there; when it was told to stop.
pub fn write_files_watched(
    folder: &Path,
    students: u32,
    progress: &Progress,
) -> Result<ExampleFiles, Failure> {
    let plan = example_round(students as usize, SEED);
    make_folder(&folder.join(zh::EXAMPLE_PHOTO_FOLDER)).map_err(|error| exchange(&error))?;
    let roster = folder.join(zh::EXAMPLE_ROSTER_FILE);
    let drafts: Vec<StudentDraft> = plan.students.iter().map(draft).collect();
    write_roster(&roster, &drafts).map_err(|error| exchange(&error))?;
    let photos = folder.join(zh::EXAMPLE_PHOTO_FOLDER);
    progress.begin(zh::STAGE_DRAWING, count(plan.photos.len()));
    paint_all(&plan, &photos, progress)?;
    Ok(ExampleFiles {
        roster,
        photos,
        count: plan.photos.len(),
    })
}

fn paint_all(plan: &ExampleRound, folder: &Path, progress: &Progress) -> Result<(), Failure> {
    plan.photos.par_iter().try_for_each(|photo| {
        stop_if_cancelled(progress)?;
        let bytes = photo.bytes().map_err(|error| internal(&error))?;
        save_new(&folder.join(&photo.file_name), &bytes).map_err(|error| exchange(&error))?;
        progress.advance(1);
        Ok(())
    })
}

/// Few study elsewhere, so that a round can be tried out on one campus.
fn campus(student: &ExampleStudent) -> &'static str {
    match student.student_no.ends_with('9') {
        true => "保定校区",
        false => "北京校部",
    }
}

/// The roster row of a drawn student.
pub(crate) fn draft(student: &ExampleStudent) -> StudentDraft {
    StudentDraft {
        student_no: student.student_no.clone(),
        name: student.name.clone(),
        id_number: student.id_number.clone(),
        sex: student.sex.clone(),
        birth_date: student.id_number.get(6..14).unwrap_or_default().to_owned(),
        college: student.college.clone(),
        major: student.major.clone(),
        grade: student.grade.clone(),
        level: student.level.clone(),
        study_mode: student.study_mode.clone(),
        campus: campus(student).to_owned(),
        ..StudentDraft::default()
    }
}
