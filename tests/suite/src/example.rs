//! The example round, taken in: what most suites start from.

use std::path::{Path, PathBuf};

use zhaoshen_portrait::{ExampleRound, example_round};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    ChooseRequest, DecideRequest, DeliveryMode, DeliveryOptions, DeliveryReport, Failure,
    JobOutcome, LeftOutAsk, LeftOutOf, NotDelivered, PlanView, QueueItem, QueueOpen, Reason,
    ReconcileAsk, ReconcileRow, RuleEdit, SampleAsk, StandardRef, StandardSave, SubmissionRef,
    SubmissionView,
};

use crate::{import_photos, import_roster, new_round};

/// Students of the round.
pub const STUDENTS: u32 = 36;
/// Seed the station draws its example with.
const SEED: u64 = 20_210_918;

/// A round with roster and photos taken in and checked, of photos that came together the newest picked, nothing decided.
#[derive(Debug)]
pub struct TakenIn {
    /// The open workspace.
    pub station: Station,
    /// The round's id.
    pub round: i64,
    /// Holds workspace and files; removed when dropped.
    pub folder: tempfile::TempDir,
    /// What was drawn, with the planned faults.
    pub plan: ExampleRound,
    /// The roster workbook.
    pub roster: PathBuf,
    /// The folder of photos.
    pub photos: PathBuf,
}

impl TakenIn {
    /// Draws the files, makes the round and takes them in.
    ///
    /// # Errors
    /// What the station refuses.
    ///
    /// # Panics
    /// When there is no temporary folder.
    pub fn new() -> Result<Self, Failure> {
        Self::of(STUDENTS)
    }

    /// The same of another number of students.
    ///
    /// # Errors
    /// What the station refuses.
    ///
    /// # Panics
    /// When there is no temporary folder.
    pub fn of(students: u32) -> Result<Self, Failure> {
        #[expect(
            clippy::expect_used,
            reason = "a test without a temporary folder cannot go on"
        )]
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = zhaoshen_station::example::write_files(&folder.path().join("files"), students)?;
        let (station, round) = new_round(folder.path(), "ncepu2021")?;
        import_roster(&station, round, &files.roster, false)?;
        import_photos(&station, round, std::slice::from_ref(&files.photos))?;
        let plan = example_round(students as usize, SEED);
        let taken_in = Self {
            station,
            round,
            folder,
            plan,
            roster: files.roster,
            photos: files.photos,
        };
        taken_in.pick_newest()?;
        Ok(taken_in)
    }

    /// Says of photos that came together that the newest counts.
    fn pick_newest(&self) -> Result<(), Failure> {
        let pending = self.pending()?.into_iter();
        for item in pending.filter(|item| item.sequence > 1) {
            let submission = SubmissionRef {
                submission: item.submission,
            };
            let view = self.station.submission_show(submission)?;
            if view.history.iter().any(|entry| entry.unpicked) {
                self.station.submission_choose(ChooseRequest {
                    submission: item.submission,
                    seen_student: item.student_no,
                })?;
            }
        }
        Ok(())
    }

    /// The current submission of a student.
    ///
    /// # Errors
    /// Not found.
    pub fn submission(&self, student_no: &str) -> Result<i64, Failure> {
        self.station.current_submission(self.round, student_no)
    }

    /// Everything that waits for a decision, in the order of 学号.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn pending(&self) -> Result<Vec<QueueItem>, Failure> {
        self.queue("pending")
    }

    /// What a queue holds.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn queue(&self, key: &str) -> Result<Vec<QueueItem>, Failure> {
        let ask = QueueOpen {
            round: self.round,
            queue: key.to_owned(),
            limit: None,
        };
        Ok(self.station.queue_open(ask)?.items)
    }

    /// The photos in a queue.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn photos_in(&self, queue: &str) -> Result<Vec<i64>, Failure> {
        let items = self.queue(queue)?.into_iter();
        Ok(items.map(|item| item.submission).collect())
    }

    /// Draws a sample that vouches for at most five in a hundred faults.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn draw_sample(&self) -> Result<PlanView, Failure> {
        self.station.sample_plan(SampleAsk {
            round: self.round,
            defect_limit_permille: 50,
        })
    }

    /// Saves another version of the standard, by which one rule is another.
    ///
    /// # Errors
    /// What the station refuses; it refuses a version in which nothing is another.
    pub fn save_rule(&self, code: &str, change: impl Fn(&mut RuleEdit)) -> Result<(), Failure> {
        let (round, version) = (self.round, None);
        let shown = self.station.standard_show(StandardRef { round, version })?;
        let edits = shown.rules.into_iter().map(|rule| rule.settings);
        let mut rules: Vec<RuleEdit> = edits.filter(|edit| edit.code == code).collect();
        rules.iter_mut().for_each(change);
        self.station.standard_save(StandardSave {
            round,
            seen_version: shown.version,
            rules,
            note: String::new(),
        })?;
        Ok(())
    }

    /// Decides as a reviewer would, with the preset reasons or a reason of one's own.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn decide(&self, submission: i64, kind: &str) -> Result<(), Failure> {
        let view = self.station.submission_show(SubmissionRef { submission })?;
        let mut reasons = view.preset_reasons.clone();
        if reasons.is_empty() {
            reasons.push(Reason {
                code: None,
                text: "请重拍".to_owned(),
            });
        }
        self.decide_on(view, kind, reasons)
    }

    /// Sends a photo back for a reason.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn reject(&self, submission: i64, code: Option<&str>, text: &str) -> Result<(), Failure> {
        let view = self.station.submission_show(SubmissionRef { submission })?;
        let reason = Reason {
            code: code.map(str::to_owned),
            text: text.to_owned(),
        };
        self.decide_on(view, "rejected", vec![reason])
    }

    fn decide_on(
        &self,
        view: SubmissionView,
        kind: &str,
        reasons: Vec<Reason>,
    ) -> Result<(), Failure> {
        self.station.submission_decide(DecideRequest {
            submission: view.item.submission,
            seen_decision: view.item.decision_id,
            seen_student: view.item.student_no,
            second: view.item.decision == "reviewing",
            kind: kind.to_owned(),
            reasons,
            note: String::new(),
        })?;
        Ok(())
    }

    /// 学号 of the student whose photo it is; empty for one in a pile.
    ///
    /// # Errors
    /// Not found.
    pub fn student_no(&self, submission: i64) -> Result<String, Failure> {
        let view = self.station.submission_show(SubmissionRef { submission })?;
        Ok(view.item.student_no)
    }

    /// Those whom such a delivery would not hold.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn left_out(
        &self,
        options: &DeliveryOptions,
        which: LeftOutOf,
    ) -> Result<Vec<NotDelivered>, Failure> {
        let mut rows = Vec::new();
        loop {
            let page = self.station.delivery_left_out(LeftOutAsk {
                options: options.clone(),
                which,
                offset: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                limit: 7,
            })?;
            let is_last = page.rows.is_empty();
            rows.extend(page.rows);
            if is_last {
                return Ok(rows);
            }
        }
    }

    /// The first so many photos that nothing speaks against and nobody decided on, in the order of 学号.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn clear(&self, most: usize) -> Result<Vec<QueueItem>, Failure> {
        let mut items = self.pending()?;
        items.retain(|item| item.failing.is_empty());
        items.truncate(most);
        Ok(items)
    }

    /// The differences of a kind that the reconciliation tells.
    ///
    /// # Errors
    /// What the station refuses.
    pub fn differences(&self, kind: &str) -> Result<Vec<ReconcileRow>, Failure> {
        let ask = ReconcileAsk {
            round: self.round,
            kind: kind.to_owned(),
            text: String::new(),
            offset: 0,
            limit: 1000,
        };
        Ok(self.station.reconcile_list(ask)?.rows)
    }

    /// Delivers into a folder.
    ///
    /// # Errors
    /// What the station refuses.
    ///
    /// # Panics
    /// When a delivery ends as something else.
    pub fn deliver(
        &self,
        options: DeliveryOptions,
        folder: &Path,
    ) -> Result<DeliveryReport, Failure> {
        let job = self.station.delivery_write_to(options, folder)?;
        match self.station.job_wait(job)? {
            JobOutcome::Delivery { report } => Ok(report),
            other => unreachable!("{other:?}"),
        }
    }

    /// How to deliver this round.
    pub fn options(&self, mode: DeliveryMode, template: &str) -> DeliveryOptions {
        DeliveryOptions::plain(self.round, mode, template)
    }
}
