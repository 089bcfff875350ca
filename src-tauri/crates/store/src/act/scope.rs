//! Saying whom a round collects and when, and what is known of single students. Each act is undone as one, and who is
//! exempt follows in its transaction.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhaoshen_model::scope::Exclusion;
use zhaoshen_model::{Marks, RoundId, Scope, StudentId};

use super::{Act, eligible};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::undo::{self, Change};
use crate::table::{round, scope, student};

/// Whom a round collects, and when: what undo puts back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeState {
    /// First day of collection.
    pub opens_on: Option<Date>,
    /// Last day of collection.
    pub closes_on: Option<Date>,
    /// Whom.
    pub scope: Scope,
}

/// What is to be said of students.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkEdit {
    /// Whether they have a 学历照片 already.
    Collected(bool),
    /// Whether they are collected though of no cohort.
    Straggler(bool),
    /// Why they are not collected, with a note; `None` takes such a reason back.
    Excluded(Option<Exclusion>, String),
    /// Nothing any more.
    Nothing,
}

impl MarkEdit {
    fn apply(&self, marks: &Marks) -> Marks {
        let mut after = marks.clone();
        match self {
            Self::Collected(collected) => after.collected = *collected,
            Self::Straggler(straggler) => after.straggler = *straggler,
            Self::Excluded(excluded, note) => {
                after.excluded = *excluded;
                after.note.clone_from(note);
            }
            Self::Nothing => after = Marks::default(),
        }
        after
    }

    fn logged(&self) -> Value {
        let (mark, on) = match self {
            Self::Collected(on) => ("collected", *on),
            Self::Straggler(on) => ("straggler", *on),
            Self::Excluded(Some(Exclusion::Suspended), _) => ("suspended", true),
            Self::Excluded(Some(Exclusion::Left), _) => ("left", true),
            Self::Excluded(Some(Exclusion::Other), _) => ("other", true),
            Self::Excluded(None, _) => ("excluded", false),
            Self::Nothing => ("nothing", true),
        };
        json!({ "mark": mark, "on": on })
    }
}

impl Store {
    /// Says whom the round collects and when; whether that is another state than before.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the round.
    pub fn set_scope(
        &self,
        round: RoundId,
        after: &ScopeState,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<bool> {
        self.write(|transaction| {
            let before = state(transaction, round)?;
            if before == *after {
                return Ok(false);
            }
            put_state(transaction, round, after)?;
            let undo = undo::insert(transaction, round, reviewer, Act::ScopeChanged, at)?;
            let change = Change {
                subject: round.0,
                before: Some(before.clone()),
                after: after.clone(),
            };
            undo::insert_change(transaction, undo, &change)?;
            let entry = Entry {
                undo: Some(undo),
                before: Some(before.logged()),
                ..Entry::of_round(round, Act::ScopeChanged, (reviewer, at), after.logged())
            };
            log::append(transaction, &entry)?;
            Ok(true)
        })
    }

    /// Says something of students of the round, all in one act; how many it was not said of before. `source` is the
    /// list it was read from, or empty.
    ///
    /// # Errors
    /// [`Error::RoundsMixed`], [`Error::NotFound`]; nothing is changed then.
    pub fn mark_students(
        &self,
        round: RoundId,
        students: &[StudentId],
        edit: &MarkEdit,
        source: &str,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.write(|transaction| {
            let changes = edited(transaction, round, students, edit)?;
            if changes.is_empty() {
                return Ok(0);
            }
            let undo = undo::insert(transaction, round, reviewer, Act::StudentsMarked, at)?;
            for change in &changes {
                scope::set_marks(transaction, StudentId(change.subject), &change.after)?;
                undo::insert_change(transaction, undo, change)?;
            }
            eligible::keep_current(transaction, round)?;
            let mut after = edit.logged();
            after["students"] = json!(changes.len() as u64);
            if !source.is_empty() {
                after["file"] = json!(source);
            }
            let entry = Entry {
                undo: Some(undo),
                ..Entry::of_round(round, Act::StudentsMarked, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            Ok(changes.len() as u64)
        })
    }
}

/// The students of whom it was not said yet, once each.
fn edited(
    transaction: &Transaction<'_>,
    round: RoundId,
    students: &[StudentId],
    edit: &MarkEdit,
) -> Result<Vec<Change<Marks>>> {
    let mut once = students.to_vec();
    once.sort_unstable();
    once.dedup();
    let mut changes = Vec::new();
    for id in once {
        if student::get(transaction, id)?.round != round {
            return Err(Error::RoundsMixed);
        }
        let before = scope::marks_of(transaction, id)?;
        let after = edit.apply(&before);
        if before != after {
            changes.push(Change {
                subject: id.0,
                before: Some(before),
                after,
            });
        }
    }
    Ok(changes)
}

pub(crate) fn state(connection: &Connection, id: RoundId) -> Result<ScopeState> {
    let row = round::get(connection, id)?;
    Ok(ScopeState {
        opens_on: row.opens_on,
        closes_on: row.closes_on,
        scope: scope::get(connection, id)?,
    })
}

/// Writes the state, and who is exempt by it.
pub(crate) fn put_state(connection: &Connection, id: RoundId, state: &ScopeState) -> Result<()> {
    round::set_window(connection, id, state.opens_on, state.closes_on)?;
    scope::set(connection, id, &state.scope)?;
    eligible::keep_current(connection, id)
}

impl ScopeState {
    /// As the log shows it.
    pub(crate) fn logged(&self) -> Value {
        json!({
            "opens_on": self.opens_on,
            "closes_on": self.closes_on,
            "cohorts": self.scope.cohorts,
            "redo": self.scope.redo,
            "limit": self.scope.limit,
        })
    }
}
