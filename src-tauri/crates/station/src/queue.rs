//! Queues: their counts, and one opened as it stands.

use zhaoshen_checks::registry;
use zhaoshen_model::{RoundId, Student, SubmissionId, Verdict};
use zhaoshen_store::{DecisionRow, QueueKind, QueueRow, SubmissionRow};

use crate::app::count;
use crate::failure::{refused, store};
use crate::wire::{Failure, QueueCount, QueueItem, QueueOpen, QueueOpened, RoundRef};
use crate::{Station, view, zh};

/// Prefix of the key of a rule's queue.
const RULE_PREFIX: &str = "rule:";

/// The queues that are not of one rule: key, kind, title.
const QUEUES: [(&str, QueueKind, &str); 10] = [
    ("pending", QueueKind::Pending, zh::QUEUE_PENDING),
    ("failing", QueueKind::Failing, zh::QUEUE_FAILING),
    ("unknown", QueueKind::Unknown, zh::QUEUE_UNKNOWN_VERDICT),
    ("hints", QueueKind::Hints, zh::QUEUE_HINTS),
    ("clear", QueueKind::Clear, zh::QUEUE_CLEAR),
    ("held", QueueKind::Held, zh::QUEUE_HELD),
    ("resubmitted", QueueKind::Resubmitted, zh::QUEUE_RESUBMITTED),
    ("shared", QueueKind::Duplicates, zh::QUEUE_SHARED),
    ("approved", QueueKind::Approved, zh::QUEUE_APPROVED),
    ("rejected", QueueKind::Rejected, zh::QUEUE_REJECTED),
];

impl Station {
    /// The queues with their counts: the ten fixed ones, then one per rule that some pending photo fails.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn queue_counts(&self, args: RoundRef) -> Result<Vec<QueueCount>, Failure> {
        let counts = self
            .store()
            .queue_counts(RoundId(args.round))
            .map_err(|error| store(&error))?;
        let fixed = [
            counts.pending,
            counts.failing,
            counts.unknown,
            counts.hints,
            counts.clear,
            counts.held,
            counts.resubmitted,
            counts.duplicates,
            counts.approved,
            counts.rejected,
        ];
        let fixed = QUEUES
            .iter()
            .zip(fixed)
            .map(|((key, _, title), number)| QueueCount {
                queue: (*key).to_owned(),
                title: (*title).to_owned(),
                count: count(number),
            });
        let by_rule = counts.codes.iter().map(|(code, number)| QueueCount {
            queue: format!("{RULE_PREFIX}{code}"),
            title: rule_title(code),
            count: count(*number),
        });
        Ok(fixed.chain(by_rule).collect())
    }

    /// Opens a queue, frozen as it stands, in the order of 学号.
    ///
    /// # Errors
    /// Refused for an unknown key.
    pub fn queue_open(&self, args: QueueOpen) -> Result<QueueOpened, Failure> {
        let (kind, title) = queue_of(&args.queue)?;
        let round = RoundId(args.round);
        let rows = self
            .store()
            .queue_rows(round, &kind)
            .map_err(|error| store(&error))?;
        let items = rows.into_iter().map(listed).collect();
        Ok(QueueOpened {
            queue: args.queue,
            title,
            items,
        })
    }

    /// One submission as lists show it.
    pub(crate) fn queue_item(&self, id: SubmissionId) -> Result<QueueItem, Failure> {
        let row = self.store().submission(id).map_err(|error| store(&error))?;
        let student = row
            .student
            .map(|student| self.store().student(student))
            .transpose();
        let decision = row
            .decision
            .map(|decision| self.store().decision(decision))
            .transpose();
        Ok(item(
            &row,
            student.map_err(|error| store(&error))?.as_ref(),
            decision.map_err(|error| store(&error))?.as_ref(),
        ))
    }
}

fn listed(row: QueueRow) -> QueueItem {
    QueueItem {
        submission: row.submission.0,
        photo: row.photo.to_string(),
        student_no: row.student_no,
        name: row.name,
        college: row.college,
        sequence: row.n,
        verdict: row.verdict.map_or("", Verdict::as_str).to_owned(),
        failing: row.failing,
        decision: view::decision_word(row.decision.map(|(_, kind)| kind)),
        decision_id: row.decision.map(|(id, _)| id.0),
    }
}

fn item(
    row: &SubmissionRow,
    student: Option<&Student>,
    decision: Option<&DecisionRow>,
) -> QueueItem {
    let text = |read: fn(&Student) -> &String| student.map(read).cloned().unwrap_or_default();
    QueueItem {
        submission: row.id.0,
        photo: row.photo.to_string(),
        student_no: text(|student| &student.draft.student_no),
        name: text(|student| &student.draft.name),
        college: text(|student| &student.draft.college),
        sequence: row.n.unwrap_or(1),
        verdict: row.verdict.map_or("", Verdict::as_str).to_owned(),
        failing: row.failing.clone(),
        decision: view::decision_word(decision.map(|row| row.decision.kind)),
        decision_id: decision.map(|row| row.id.0),
    }
}

fn queue_of(key: &str) -> Result<(QueueKind, String), Failure> {
    if let Some(code) = key.strip_prefix(RULE_PREFIX)
        && registry::rule(code).is_some()
    {
        return Ok((QueueKind::Code(code.to_owned()), rule_title(code)));
    }
    let found = QUEUES.iter().find(|(known, _, _)| *known == key);
    found
        .map(|(_, kind, title)| (kind.clone(), (*title).to_owned()))
        .ok_or_else(|| refused(zh::QUEUE_UNKNOWN))
}

fn rule_title(code: &str) -> String {
    registry::rule(code).map_or_else(|| code.to_owned(), |rule| rule.title_zh().to_owned())
}
