//! Decisions, undo and redo.

use zhaoshen_model::{Decision, DecisionId, DecisionKind, Role, RoundId, SubmissionId};
use zhaoshen_store::{Act, DecisionRow, PersonRow, Reverted, RevertedAct, Seen};

use crate::app::{count, now};
use crate::checking::{judge_photo, judge_round};
use crate::failure::{conflict, refused, store};
use crate::wire::{
    ChooseRequest, DecideRequest, Decided, DeskAct, Failure, QueueItem, RoundRef, UndoAsk,
    Undoable, Undone, UndoneAct,
};
use crate::{Seat, view, zh};

/// What the desk's undo reaches: never the roster under the decisions.
const DESK_ACTS: [Act; 8] = [
    Act::Decided,
    Act::ReturnedRejected,
    Act::SecondReviewed,
    Act::PhotoAssigned,
    Act::PhotoPutBack,
    Act::PhotoDismissed,
    Act::PhotoChosen,
    Act::BulkApproved,
];

/// One of [`DESK_ACTS`], as the desk hears of it.
const fn desk_act(act: Act) -> Option<DeskAct> {
    Some(match act {
        Act::Decided => DeskAct::Decided,
        Act::ReturnedRejected => DeskAct::ReturnedRejected,
        Act::SecondReviewed => DeskAct::SecondReviewed,
        Act::PhotoAssigned => DeskAct::PhotoAssigned,
        Act::PhotoPutBack => DeskAct::PhotoPutBack,
        Act::PhotoDismissed => DeskAct::PhotoDismissed,
        Act::PhotoChosen => DeskAct::PhotoChosen,
        Act::BulkApproved => DeskAct::BulkApproved,
        _ => return None,
    })
}

/// Of these, what somebody does who is 负责人 and no 审核员.
const LEAD_ACTS: [Act; 1] = [Act::BulkApproved];
/// Most submissions of an undone act that are listed.
const UNDONE_MAX: usize = 200;
/// What the undo of the roster screen reaches.
const ROSTER_ACTS: [Act; 1] = [Act::RosterImported];
/// What the undo of reconciliation reaches.
const RECONCILE_ACTS: [Act; 6] = [
    Act::ReceiptsImported,
    Act::ReceiptsDropped,
    Act::ReceiptAssigned,
    Act::ReceiptSettled,
    Act::ReturnedRejected,
    Act::PaperMarked,
];

impl Seat {
    /// Decides on a submission; on disk when it answers.
    ///
    /// # Errors
    /// Refused without a reviewer, for a rejection without a reason, while the photo has no student, or while nobody
    /// said which of several that came together counts;
    /// a conflict when somebody decided or gave the photo to another student meanwhile.
    pub fn submission_decide(&self, args: DecideRequest) -> Result<Decided, Failure> {
        let kind = DecisionKind::parse(&args.kind).ok_or_else(|| refused(zh::DECISION_UNKNOWN))?;
        let reasons = match kind {
            DecisionKind::Rejected => args
                .reasons
                .into_iter()
                .filter_map(view::reason_choice)
                .collect(),
            DecisionKind::Approved | DecisionKind::Held => Vec::new(),
        };
        let decision = Decision {
            kind,
            reasons,
            note: args.note.trim().to_owned(),
            reviewer: self.reviewer()?,
        };
        let submission = SubmissionId(args.submission);
        let seen = self.seen(submission, args.seen_decision, &args.seen_student)?;
        let blind = self.is_blind(submission)?;
        let decided = match args.second {
            true => self
                .store()
                .judge_again(submission, &decision, seen.student, now()),
            false => self.store().decide(submission, &decision, seen, now()),
        };
        let decided = decided.map_err(|error| store(&error))?;
        Ok(Decided {
            item: self.decided_item(&decided)?,
            review: match blind {
                true => self.review_view(submission)?,
                false => None,
            },
        })
    }

    /// What a page showed of a submission, where it is still the student's whom the page showed.
    pub(crate) fn seen(
        &self,
        submission: SubmissionId,
        decision: Option<i64>,
        student_no: &str,
    ) -> Result<Seen, Failure> {
        let row = self.store().submission(submission);
        let row = row.map_err(|error| store(&error))?;
        let student = row.student.map(|student| self.store().student(student));
        let student = student.transpose().map_err(|error| store(&error))?;
        let now = student.as_ref().map_or("", |one| &one.draft.student_no);
        if now != student_no {
            return Err(conflict(zh::photo_moved(student_no)));
        }
        Ok(Seen {
            decision: decision.map(DecisionId),
            student: row.student,
        })
    }

    /// A submission as lists show it, with the decision that was just committed: another may stand by now, and whoever
    /// made this one is not to take that for their own.
    pub(crate) fn decided_item(&self, decided: &DecisionRow) -> Result<QueueItem, Failure> {
        Ok(QueueItem {
            decision: view::decision_word(Some(decided.decision.kind)),
            decision_id: Some(decided.id.0),
            ..self.queue_item(decided.submission)?
        })
    }

    /// Says which of a student's photos counts: an earlier one takes the place of the newest, and of photos that came
    /// together the newest is said to count; as lists show it then.
    ///
    /// # Errors
    /// Refused without a reviewer, or while a decision stands on it or on the newest; a conflict when it was given to
    /// another student meanwhile.
    pub fn submission_choose(&self, args: ChooseRequest) -> Result<QueueItem, Failure> {
        let submission = SubmissionId(args.submission);
        let reviewer = self.reviewer()?;
        let seen = self.seen(submission, None, &args.seen_student)?;
        self.store()
            .choose(submission, seen.student, &reviewer, now())
            .map_err(|error| store(&error))?;
        self.judge_placed(&[submission])?;
        self.queue_item(submission)
    }

    /// Takes back the reviewer's last act in the round.
    ///
    /// # Errors
    /// Refused without a reviewer; a conflict when another act comes next than the one that was seen to.
    pub fn act_undo(&self, args: UndoAsk) -> Result<Undone, Failure> {
        let (acts, round) = (self.desk_acts(), RoundId(args.round));
        let reviewer = self.reviewer()?;
        let reverted = match args.seen {
            Some(seen) => self.store().undo_seen(seen, acts, round, &reviewer, now()),
            None => self.store().undo_of(acts, round, &reviewer, now()),
        };
        self.undone(reverted.map_err(|error| store(&error))?, zh::undone)
    }

    /// What the person at the desk may do there, and so take back.
    fn desk_acts(&self) -> &'static [Act] {
        let is_reviewer = |row: &PersonRow| row.roles.has(Role::Reviewer);
        match self.who.as_ref().is_none_or(is_reviewer) {
            true => &DESK_ACTS,
            false => &LEAD_ACTS,
        }
    }

    /// What [`Self::act_undo`] would take back now; changes nothing.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn act_peek(&self, args: RoundRef) -> Result<Undoable, Failure> {
        let store_ = self.store();
        let nothing = Undoable {
            summary: None,
            what: None,
            plan: None,
            total: 0,
            act: None,
        };
        let Some(reviewer) = self.seated() else {
            return Ok(nothing);
        };
        let next = store_.peek_undo_of(self.desk_acts(), RoundId(args.round), &reviewer);
        let Some(next) = next.map_err(|error| store(&error))? else {
            return Ok(nothing);
        };
        let concerned = submissions(&next.on);
        let item = concerned.first().map(|first| self.queue_item(*first));
        let summary = self.told_of(&next, item.transpose()?.as_ref(), concerned.len());
        Ok(Undoable {
            summary: Some(summary),
            what: desk_act(next.act),
            plan: self.plan_released(&next, RoundId(args.round))?,
            total: count(concerned.len()),
            act: Some(next.id),
        })
    }

    /// Does again what was last taken back.
    ///
    /// # Errors
    /// Refused without a reviewer.
    pub fn act_redo(&self, args: RoundRef) -> Result<Undone, Failure> {
        let reverted = self.store().redo_of(
            self.desk_acts(),
            RoundId(args.round),
            &self.reviewer()?,
            now(),
        );
        self.undone(reverted.map_err(|error| store(&error))?, zh::redone)
    }

    /// What [`Self::roster_undo`] would take back now; changes nothing.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn roster_peek(&self, args: RoundRef) -> Result<Undoable, Failure> {
        let (round, clerk) = (RoundId(args.round), self.clerk()?);
        let next = self.store().peek_undo_of(&ROSTER_ACTS, round, &clerk);
        let next = next.map_err(|error| store(&error))?;
        Ok(Undoable {
            summary: next.as_ref().map(|next| told(next, None, 0)),
            what: None,
            plan: None,
            total: next
                .as_ref()
                .map_or(0, |next| count(submissions(&next.on).len())),
            act: next.map(|next| next.id),
        })
    }

    /// Takes back the last import of the round's roster; students it added leave the list.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub fn roster_undo(&self, args: RoundRef) -> Result<Undone, Failure> {
        let (round, clerk) = (RoundId(args.round), self.clerk()?);
        let reverted = self.store().undo_of(&ROSTER_ACTS, round, &clerk, now());
        self.undone(reverted.map_err(|error| store(&error))?, zh::undone)
    }

    /// Does the import of the round's roster again that was last taken back.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub fn roster_redo(&self, args: RoundRef) -> Result<Undone, Failure> {
        let (round, clerk) = (RoundId(args.round), self.clerk()?);
        let reverted = self.store().redo_of(&ROSTER_ACTS, round, &clerk, now());
        self.undone(reverted.map_err(|error| store(&error))?, zh::redone)
    }

    /// Takes back the reviewer's last act of reconciliation in the round: a list, a rejection, ticks of paper photos.
    ///
    /// # Errors
    /// Refused without a reviewer.
    pub fn reconcile_undo(&self, args: RoundRef) -> Result<Undone, Failure> {
        let (round, reviewer) = (RoundId(args.round), self.reviewer()?);
        let reverted = self
            .store()
            .undo_of(&RECONCILE_ACTS, round, &reviewer, now());
        self.undone(reverted.map_err(|error| store(&error))?, zh::undone)
    }

    /// Does again what was last taken back of reconciliation.
    ///
    /// # Errors
    /// Refused without a reviewer.
    pub fn reconcile_redo(&self, args: RoundRef) -> Result<Undone, Failure> {
        let (round, reviewer) = (RoundId(args.round), self.reviewer()?);
        let reverted = self
            .store()
            .redo_of(&RECONCILE_ACTS, round, &reviewer, now());
        self.undone(reverted.map_err(|error| store(&error))?, zh::redone)
    }

    /// Judges photos anew that lie elsewhere now.
    pub(crate) fn judge_placed(&self, submissions: &[SubmissionId]) -> Result<(), Failure> {
        let Some(first) = submissions.first() else {
            return Ok(());
        };
        let row = self.store().submission(*first);
        let row = row.map_err(|error| store(&error))?;
        match submissions.len() {
            1 => judge_photo(self.store(), row.round, row.photo),
            _ => judge_round(self.store(), row.round),
        }
    }

    /// As [`told`], with the few students where no photo says whom it was about.
    fn told_of(&self, act: &RevertedAct, first: Option<&QueueItem>, count: usize) -> String {
        let told = told(act, first, count);
        let whom = self.students_named(act.whom.iter().copied());
        match whom.is_empty() {
            true => told,
            false => zh::with_whom(&told, &whom),
        }
    }

    pub(crate) fn undone(
        &self,
        reverted: Option<RevertedAct>,
        wording: fn(&str) -> String,
    ) -> Result<Undone, Failure> {
        let Some(reverted) = reverted else {
            return Ok(Undone { act: None });
        };
        let concerned = submissions(&reverted.on);
        if let Reverted::Placements {
            submissions: placed,
        }
        | Reverted::Roster { photos: placed, .. } = &reverted.on
        {
            self.judge_placed(placed)?;
        }
        let first = concerned.iter().take(UNDONE_MAX);
        let items: Vec<QueueItem> = first
            .map(|submission| self.queue_item(*submission))
            .collect::<Result<_, _>>()?;
        let item = items.first().cloned();
        let summary = wording(&self.told_of(&reverted, item.as_ref(), concerned.len()));
        Ok(Undone {
            act: Some(UndoneAct {
                summary,
                item,
                items,
                total: count(concerned.len()),
            }),
        })
    }
}

/// The submissions that an act touched.
fn submissions(on: &Reverted) -> Vec<SubmissionId> {
    match on {
        Reverted::Decisions { submissions, .. } | Reverted::Placements { submissions } => {
            submissions.clone()
        }
        Reverted::Roster { .. }
        | Reverted::Receipts { .. }
        | Reverted::Paper { .. }
        | Reverted::Codes { .. }
        | Reverted::References { .. }
        | Reverted::Scope
        | Reverted::Name
        | Reverted::Marks { .. } => Vec::new(),
    }
}

/// An act with whose photo it was, or the first one's and how many there are.
pub(crate) fn told(act: &RevertedAct, first: Option<&QueueItem>, count: usize) -> String {
    let whose = first.map_or_else(String::new, |item| {
        format!("{} {}", item.student_no, item.name)
    });
    let whose = match count {
        0 | 1 => whose,
        _ => zh::and_others(&whose, count),
    };
    let whose = match &act.on {
        Reverted::Marks { students }
        | Reverted::Codes { students }
        | Reverted::References { students } => zh::student_number(*students),
        _ => whose,
    };
    let told = format!("{} {}", act.act.title(), whose);
    match &act.on {
        Reverted::Decisions { left, .. } if *left > 0 => {
            format!("{}{}", told.trim(), zh::left_decided(*left))
        }
        _ => told.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_hears_by_the_word_of_the_log_what_its_undo_reaches_and_nothing_else() {
        for act in Act::ALL {
            let heard = desk_act(act).map(|heard| serde_json::json!(heard));
            let reached = DESK_ACTS.contains(&act);
            assert_eq!(heard, reached.then(|| act.as_str().into()), "{act:?}");
        }
    }
}
