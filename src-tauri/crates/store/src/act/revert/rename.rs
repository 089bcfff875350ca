//! Undo and redo of a round's name.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::LogId;

use super::{Revert, Standing};
use crate::error::Result;
use crate::table::log::Subject;
use crate::table::round;
use crate::table::undo::{self, Change};

impl Revert<'_> {
    pub(super) fn name(&self, undo: i64) -> Result<Option<Standing>> {
        let now = round::get(self.connection, self.round)?.name;
        let change = undo::changes::<String>(self.connection, undo)?.pop();
        let Some(change) = change.filter(|change| self.ends(change).0 == Some(&now)) else {
            return Ok(None);
        };
        // Another round may have taken the name since.
        let taken = match self.ends(&change).1 {
            Some(to) => round::is_name_taken(self.connection, self.round, to)?,
            None => false,
        };
        Ok((!taken).then_some(Standing::Name(change)))
    }

    pub(super) fn put_name(
        &self,
        undo: i64,
        change: &Change<String>,
        at: Timestamp,
    ) -> Result<LogId> {
        let (from, to) = self.ends(change);
        if let Some(to) = to {
            round::set_name(self.connection, self.round, to)?;
        }
        let logged = |name: &String| json!({ "name": name });
        let states = (from.map(logged), to.map(logged));
        self.append_log(undo, Subject::Round(self.round), states, at)
    }
}
