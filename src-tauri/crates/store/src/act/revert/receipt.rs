//! Undo and redo of whose a row of a receipt is said to be.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::{LogId, ReceiptId};

use super::{Revert, Standing};
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
