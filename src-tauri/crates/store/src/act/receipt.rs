//! Acts on receipts: lists read in, what the studio gave back rejected here, paper photos ticked off.

use jiff::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::receipt::ReceiptState;
use zhaoshen_model::{Decision, ReceiptId, RoundId, StudentId, SubmissionId};

use super::Act;
use super::decide::{Target, check_reasons, decide_one};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::decision::DecisionRow;
use crate::table::log::{self, Entry, Subject};
use crate::table::receipt::{self, NewReceipt, ReceiptSource, Whose};
use crate::table::undo::{self, Change};
use crate::table::{round, student};

/// What a row is said to mean, and its reason where that changes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Meaning {
    /// The state alone.
    State(ReceiptState),
    /// With another reason.
    Because {
        state: ReceiptState,
        reason: Option<String>,
    },
}

impl Meaning {
    pub(crate) const fn state(&self) -> ReceiptState {
        match self {
            Self::State(state) | Self::Because { state, .. } => *state,
        }
    }

    /// Writes it into the row.
    pub(crate) fn put(&self, connection: &Connection, id: ReceiptId) -> Result<()> {
        receipt::set_state(connection, id, self.state())?;
        match self {
            Self::State(_) => Ok(()),
            Self::Because { reason, .. } => receipt::set_reason(connection, id, reason.as_deref()),
        }
    }
}

/// An act on more students than this names none of them in the log.
const NAMED_MOST: usize = 3;

/// Those of an act, once each; none where they are not few.
pub(crate) fn few(whom: impl IntoIterator<Item = StudentId>) -> Vec<StudentId> {
    let mut few: Vec<StudentId> = Vec::new();
    for student in whom {
        if !few.contains(&student) {
            few.push(student);
        }
        if few.len() > NAMED_MOST {
            return Vec::new();
        }
    }
    few
}

/// What the log says of whom an act was about, where those are few.
pub(crate) fn with_whom(mut after: Value, whom: impl IntoIterator<Item = StudentId>) -> Value {
    let few = few(whom);
    if !few.is_empty() {
        after["whom"] = json!(few);
    }
    after
}

impl Store {
    /// Adds rows of a list; one act, undone as one. Nothing to add is no act.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the round.
    pub fn record_receipts(
        &self,
        round: RoundId,
        source: ReceiptSource<'_>,
        rows: &[NewReceipt],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            round::get(transaction, round)?;
            if rows.is_empty() {
                return Ok(());
            }
            let undo = undo::insert(transaction, round, reviewer, Act::ReceiptsImported, at)?;
            for new in rows {
                let id = receipt::insert(transaction, round, source, new, (reviewer, at))?;
                let change = Change {
                    subject: id.0,
                    before: None,
                    after: true,
                };
                undo::insert_change(transaction, undo, &change)?;
            }
            let after = json!({ "source": source.file, "receipts": rows.len() });
            let entry = Entry {
                undo: Some(undo),
                ..Entry::of_round(round, Act::ReceiptsImported, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            Ok(())
        })
    }

    /// Puts rows aside, so that they count no longer; how many. One act, undone as one.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::RoundsMixed`] for a row of another round; nothing is changed then.
    pub fn drop_receipts(
        &self,
        round: RoundId,
        rows: &[ReceiptId],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.write(|transaction| {
            let (mut dropped, mut whom) = (Vec::new(), Vec::new());
            for id in rows {
                if receipt::round_of(transaction, *id)? != round {
                    return Err(Error::RoundsMixed);
                }
                if receipt::stands(transaction, *id)? {
                    let matching = receipt::get(transaction, *id)?.matching;
                    whom.extend(matching.student());
                    receipt::set_stands(transaction, *id, false)?;
                    dropped.push(*id);
                }
            }
            if dropped.is_empty() {
                return Ok(0);
            }
            let undo = undo::insert(transaction, round, reviewer, Act::ReceiptsDropped, at)?;
            for id in &dropped {
                let change = Change {
                    subject: id.0,
                    before: Some(true),
                    after: false,
                };
                undo::insert_change(transaction, undo, &change)?;
            }
            let after = with_whom(json!({ "receipts": dropped.len() }), whom);
            let entry = Entry {
                undo: Some(undo),
                ..Entry::of_round(round, Act::ReceiptsDropped, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            Ok(dropped.len() as u64)
        })
    }

    /// Says whose a row is, and which delivered photo of which delivery it answers. One act; none where that is known.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for a row that was put aside; [`Error::RoundsMixed`] for a row or a student of another
    /// round.
    pub fn assign_receipt(
        &self,
        round: RoundId,
        id: ReceiptId,
        (student, answers): (StudentId, Option<(SubmissionId, u32)>),
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let row = receipt::get(transaction, id)?;
            if row.round != round || student::get(transaction, student)?.round != round {
                return Err(Error::RoundsMixed);
            }
            let by = MatchKey::ByHand;
            let submission = answers.map(|(submission, _)| submission);
            let whose = Whose {
                matching: Matching::Matched { student, by },
                submission,
                delivery: answers.map(|(_, delivery)| delivery),
            };
            if row.whose() == whose {
                return Ok(());
            }
            receipt::set_whose(transaction, id, &whose)?;
            let undo = undo::insert(transaction, round, reviewer, Act::ReceiptAssigned, at)?;
            let change = Change {
                subject: id.0,
                before: Some(row.whose()),
                after: whose,
            };
            undo::insert_change(transaction, undo, &change)?;
            let source = format!("{} {}", row.source, row.source_cell);
            let after = json!({ "source": source, "receipts": 1, "student": student });
            let entry = Entry {
                subject: submission.map_or(Subject::Round(round), Subject::Submission),
                undo: Some(undo),
                ..Entry::of_round(round, Act::ReceiptAssigned, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            Ok(())
        })
    }

    /// Says whether the words of a row that say neither mean that the photo was taken or given back, and why where there is
    /// a `reason`; the words stay. One act; none where that was said already.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for a row that was put aside; [`Error::RoundsMixed`] for a row of another round;
    /// [`Error::Settled`] for a row that says something else by itself or by another's word.
    pub fn settle_receipt(
        &self,
        round: RoundId,
        (id, state, reason): (ReceiptId, ReceiptState, Option<String>),
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let row = receipt::get(transaction, id)?;
            if row.round != round {
                return Err(Error::RoundsMixed);
            }
            if row.state == state {
                return Ok(());
            }
            if row.state != ReceiptState::Unsettled {
                return Err(Error::Settled);
            }
            let meaning = |state, reason| match reason {
                Some(reason) => Meaning::Because { state, reason },
                None => Meaning::State(state),
            };
            let reason = Some(reason).filter(|new| new.is_some() && *new != row.reason);
            let before = meaning(row.state, reason.is_some().then(|| row.reason.clone()));
            let after = meaning(state, reason);
            after.put(transaction, id)?;
            let undo = undo::insert(transaction, round, reviewer, Act::ReceiptSettled, at)?;
            let change = Change {
                subject: id.0,
                before: Some(before),
                after,
            };
            undo::insert_change(transaction, undo, &change)?;
            let source = format!("{} {}", row.source, row.source_cell);
            let after = json!({ "source": source, "receipts": 1, "state": state.as_str() });
            let entry = Entry {
                subject: row
                    .submission
                    .map_or(Subject::Round(round), Subject::Submission),
                undo: Some(undo),
                ..Entry::of_round(round, Act::ReceiptSettled, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            Ok(())
        })
    }

    /// Decides on photos that the studio gave back, each with its own reasons; one act, undone as one. All or none.
    ///
    /// # Errors
    /// As [`Store::decide_all`], for the first that is refused.
    pub fn reject_returned(
        &self,
        round: RoundId,
        rejections: &[(Target, Decision)],
        at: Timestamp,
    ) -> Result<Vec<DecisionRow>> {
        let Some((_, first)) = rejections.first() else {
            return Ok(Vec::new());
        };
        for (_, decision) in rejections {
            check_reasons(decision)?;
        }
        self.write(|transaction| {
            let act = Act::ReturnedRejected;
            let undo = undo::insert(transaction, round, &first.reviewer, act, at)?;
            rejections
                .iter()
                .map(|(target, decision)| {
                    decide_one(transaction, round, (undo, act), *target, decision, at)
                })
                .collect()
        })
    }

    /// Says of paper photos that they have come, or not after all; how many changed. One act, undone as one.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::RoundsMixed`] for a student of another round; nothing is changed then.
    pub fn mark_paper(
        &self,
        round: RoundId,
        students: &[StudentId],
        arrived: bool,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.write(|transaction| {
            let mut changes = Vec::new();
            for id in students {
                if student::get(transaction, *id)?.round != round {
                    return Err(Error::RoundsMixed);
                }
                if receipt::paper_came(transaction, *id)? != arrived {
                    receipt::set_paper_came(transaction, *id, arrived)?;
                    changes.push(Change {
                        subject: id.0,
                        before: Some(!arrived),
                        after: arrived,
                    });
                }
            }
            if changes.is_empty() {
                return Ok(0);
            }
            let undo = undo::insert(transaction, round, reviewer, Act::PaperMarked, at)?;
            for change in &changes {
                undo::insert_change(transaction, undo, change)?;
            }
            let after = json!({ "arrived": arrived, "students": changes.len() });
            let whom = changes.iter().map(|change| StudentId(change.subject));
            let after = with_whom(after, whom);
            let entry = Entry {
                undo: Some(undo),
                ..Entry::of_round(round, Act::PaperMarked, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            Ok(changes.len() as u64)
        })
    }

    /// Writes what a changed roster says of rows whose student was not known. No act of a person, and not logged, as
    /// the match at the import is not.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rematch_receipts(&self, found: &[(ReceiptId, Whose)]) -> Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            for (id, whose) in found {
                receipt::set_whose(transaction, *id, whose)?;
            }
            Ok(())
        })
    }
}
