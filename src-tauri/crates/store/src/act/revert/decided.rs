//! Undo and redo of decisions.
//!
//! Of an act on many photos undo takes back the decisions that still stand; what was decided anew since is left, and
//! leaves the act: whoever decided there builds on what stood before the act from then on, so that taking that decision
//! back does not bring up one that was taken back already. Redo does all that was undone again, or nothing.

use jiff::Timestamp;
use zhaoshen_model::{DecisionId, LogId, SubmissionId, Verdict};

use super::{Revert, Standing, Way};
use crate::act::decide::logged;
use crate::act::reverted::Reverted;
use crate::act::sample;
use crate::error::Result;
use crate::table::log::{self, Subject};
use crate::table::submission::{self, SubmissionRow};
use crate::table::undo::{self, Change};
use crate::table::{profile_version, second_review, student, together};

/// What an act decided.
pub(super) struct Decided {
    /// What still stands.
    standing: Vec<Change<DecisionId>>,
    /// What was decided anew since.
    left: Vec<Change<DecisionId>>,
}

impl Decided {
    pub(super) fn on(&self) -> Reverted {
        let subjects = self.standing.iter().map(|change| change.subject);
        Reverted::Decisions {
            submissions: subjects.map(SubmissionId).collect(),
            left: self.left.len() as u64,
        }
    }
}

impl Revert<'_> {
    pub(super) fn decisions(&self, undo: i64) -> Result<Option<Standing>> {
        Ok(self.decided(undo)?.map(Standing::Decisions))
    }

    /// As a decision, but a set is approved unseen again only where it could be released now: under a standard that was
    /// saved since it was released, photos of it may lie near a limit, and its plan is to be released anew.
    pub(super) fn release(&self, undo: i64) -> Result<Option<Standing>> {
        let decided = self.decided(undo)?;
        if self.way == Way::Redo
            && let Some(decided) = &decided
        {
            let standard = profile_version::get(self.connection, self.round, None)?;
            if undo::get(self.connection, undo)?.at <= standard.saved_at {
                return Ok(None);
            }
            for change in &decided.standing {
                let row = submission::get(self.connection, SubmissionId(change.subject))?;
                if row.verdict != Some(Verdict::Pass) {
                    return Ok(None);
                }
            }
            if !sample::holds_still(self.connection, undo)? {
                return Ok(None);
            }
        }
        Ok(decided.map(Standing::Decisions))
    }

    /// As a decision, but given again only while its review is still open.
    pub(super) fn second_verdict(&self, undo: i64) -> Result<Option<Standing>> {
        let decided = self.decided(undo)?;
        if self.way == Way::Redo
            && let Some(decided) = &decided
        {
            for change in &decided.standing {
                if !second_review::is_open_for(self.connection, change.after)? {
                    return Ok(None);
                }
            }
        }
        Ok(decided.map(Standing::Decisions))
    }

    fn decided(&self, undo: i64) -> Result<Option<Decided>> {
        let mut decided = Decided {
            standing: Vec::new(),
            left: Vec::new(),
        };
        let undone_by = undo::undone_by(self.connection, undo)?;
        for change in undo::changes::<DecisionId>(self.connection, undo)? {
            let row = submission::get(self.connection, SubmissionId(change.subject))?;
            let stands = row.decision == self.ends(&change).0.copied();
            match (stands && self.is_open(&row, undone_by)?, self.way) {
                (true, _) => decided.standing.push(change),
                (false, Way::Undo) => decided.left.push(change),
                (false, Way::Redo) => return Ok(None),
            }
        }
        Ok((!decided.standing.is_empty()).then_some(decided))
    }

    /// Whether the photo takes the decision: any is taken back, but given again only on a student's newest that counts, while the
    /// student is not exempt and is the one whose it was when the decision was taken back.
    fn is_open(&self, row: &SubmissionRow, undone_by: Option<LogId>) -> Result<bool> {
        let Some(undone_by) = undone_by else {
            return Ok(true);
        };
        let moved_from = log::student_before_move(self.connection, row.id, undone_by)?;
        if moved_from.is_some_and(|student| student != row.student) {
            return Ok(false);
        }
        let newest = match row.student {
            Some(student) if student::exempt(self.connection, student)?.is_none() => {
                submission::newest_of(self.connection, student)?
            }
            _ => None,
        };
        // Where the choice among photos that came together was taken back since, it comes first again.
        Ok(newest == Some(row.id) && !together::is_unpicked(self.connection, row)?)
    }

    pub(super) fn put_decisions(
        &self,
        undo: i64,
        decided: &Decided,
        at: Timestamp,
    ) -> Result<LogId> {
        for change in &decided.left {
            undo::take_out(self.connection, undo, change)?;
        }
        let mut last = LogId(0);
        for change in &decided.standing {
            let id = SubmissionId(change.subject);
            let (from, to) = self.ends(change);
            submission::set_decision(self.connection, id, to.copied())?;
            let states = (
                logged(self.connection, from.copied())?,
                logged(self.connection, to.copied())?,
            );
            last = self.append_log(undo, Subject::Submission(id), states, at)?;
        }
        Ok(last)
    }
}
