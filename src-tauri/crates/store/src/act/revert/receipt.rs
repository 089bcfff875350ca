//! Undo and redo of whose a row of a receipt is said to be, and of what its words are said to mean.

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;
use zhaoshen_model::{LogId, ReceiptId, StudentId};

use super::{Revert, Standing};
use crate::act::flag::Flag;
use crate::act::receipt::{Meaning, few, with_whom};
use crate::error::Result;
use crate::table::log::Subject;
use crate::table::receipt::{self, Whose};
use crate::table::undo::{self, Change};

impl Standing {
    /// Whom it is about, where that is receipts or paper photos of a few students.
    pub(super) fn whom(&self, connection: &Connection) -> Result<Vec<StudentId>> {
        match self {
            Self::Flags(flag, changes) => flagged(connection, *flag, changes),
            Self::Whose(change) => Ok(given(change)),
            Self::Settled(change) => Ok(of_row(connection, change.subject)?.into_iter().collect()),
            _ => Ok(Vec::new()),
        }
    }
}

/// Whose rows or paper photos were set or cleared; none of pictures, which are counted by their students.
pub(super) fn flagged(
    connection: &Connection,
    flag: Flag,
    changes: &[Change<bool>],
) -> Result<Vec<StudentId>> {
    let mut whom: Vec<StudentId> = Vec::new();
    for change in changes {
        let student = match flag {
            Flag::Receipt => of_row(connection, change.subject)?,
            Flag::Paper => Some(StudentId(change.subject)),
            Flag::Filed(_) => None,
        };
        if let Some(student) = student {
            whom.push(student);
            whom = few(whom);
            // They are many: nobody is named.
            if whom.is_empty() {
                break;
            }
        }
    }
    Ok(whom)
}

/// Whose a row was said to be, before and after.
fn given(change: &Change<Whose>) -> Vec<StudentId> {
    let ends = change.before.iter().chain([&change.after]);
    few(ends.filter_map(|whose| whose.matching.student()))
}

fn of_row(connection: &Connection, row: i64) -> Result<Option<StudentId>> {
    receipt::student_of(connection, ReceiptId(row))
}

impl Revert<'_> {
    /// Whose the row was said to be, where it was not put aside since, nor said to be another's.
    pub(super) fn whose(&self, undo: i64) -> Result<Option<Standing>> {
        let Some(change) = undo::changes::<Whose>(self.connection, undo)?.pop() else {
            return Ok(None);
        };
        let id = ReceiptId(change.subject);
        if !receipt::stands(self.connection, id)? {
            return Ok(None);
        }
        let now = receipt::get(self.connection, id)?.whose();
        // A roster read meanwhile may have said another thing of a row without a student.
        let is_stray = |whose: &Whose| whose.matching.student().is_none();
        let from = self.ends(&change).0;
        let stands = from.is_some_and(|from| now == *from || is_stray(from) && is_stray(&now));
        Ok(stands.then_some(Standing::Whose(change)))
    }

    /// What the row was said to mean, where it was not put aside since.
    pub(super) fn settled(&self, undo: i64) -> Result<Option<Standing>> {
        let Some(change) = undo::changes::<Meaning>(self.connection, undo)?.pop() else {
            return Ok(None);
        };
        let id = ReceiptId(change.subject);
        if !receipt::stands(self.connection, id)? {
            return Ok(None);
        }
        let now = receipt::get(self.connection, id)?.state;
        let stands = self.ends(&change).0.is_some_and(|from| from.state() == now);
        Ok(stands.then_some(Standing::Settled(change)))
    }

    pub(super) fn put_settled(
        &self,
        undo: i64,
        change: &Change<Meaning>,
        at: Timestamp,
    ) -> Result<LogId> {
        let (from, to) = self.ends(change);
        if let Some(to) = to {
            to.put(self.connection, ReceiptId(change.subject))?;
        }
        let logged =
            |meaning: &Meaning| json!({ "receipts": 1, "state": meaning.state().as_str() });
        let whom = of_row(self.connection, change.subject)?;
        let after = to.map(|to| with_whom(logged(to), whom));
        let states = (from.map(logged), after);
        self.append_log(undo, Subject::Round(self.round), states, at)
    }

    pub(super) fn put_whose(
        &self,
        undo: i64,
        change: &Change<Whose>,
        at: Timestamp,
    ) -> Result<LogId> {
        if let Some(to) = self.ends(change).1 {
            receipt::set_whose(self.connection, ReceiptId(change.subject), to)?;
        }
        let after = with_whom(json!({ "receipts": 1 }), given(change));
        self.append_log(undo, Subject::Round(self.round), (None, Some(after)), at)
    }
}
