//! Undo and redo of whose a row of a receipt is said to be, and of what its words are said to mean.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::{LogId, ReceiptId};

use super::{Revert, Standing};
use crate::act::receipt::Meaning;
use crate::error::Result;
use crate::table::log::Subject;
use crate::table::receipt::{self, Whose};
use crate::table::undo::{self, Change};

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
        let states = (from.map(logged), to.map(logged));
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
        let after = json!({ "receipts": 1 });
        self.append_log(undo, Subject::Round(self.round), (None, Some(after)), at)
    }
}
