//! Undo and redo of whom a round collects and of what was said of students.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::{LogId, Marks, StudentId};

use super::{Revert, Standing};
use crate::act::eligible;
use crate::act::scope::{ScopeState, put_state, state};
use crate::error::Result;
use crate::table::log::Subject;
use crate::table::scope;
use crate::table::undo::{self, Change};

impl Revert<'_> {
    pub(super) fn scope(&self, undo: i64) -> Result<Option<Standing>> {
        let now = state(self.connection, self.round)?;
        let change = undo::changes::<ScopeState>(self.connection, undo)?.pop();
        let stands = |change: &Change<ScopeState>| self.ends(change).0 == Some(&now);
        Ok(change
            .filter(stands)
            .map(|change| Standing::Scope(Box::new(change))))
    }

    pub(super) fn marks(&self, undo: i64) -> Result<Option<Standing>> {
        let changes = undo::changes::<Marks>(self.connection, undo)?;
        for change in &changes {
            let now = scope::marks_of(self.connection, StudentId(change.subject))?;
            if self.ends(change).0 != Some(&now) {
                return Ok(None);
            }
        }
        Ok(Some(Standing::Marks(changes)))
    }

    pub(super) fn put_scope(
        &self,
        undo: i64,
        change: &Change<ScopeState>,
        at: Timestamp,
    ) -> Result<LogId> {
        let (from, to) = self.ends(change);
        if let Some(to) = to {
            put_state(self.connection, self.round, to)?;
        }
        let states = (from.map(ScopeState::logged), to.map(ScopeState::logged));
        self.append_log(undo, Subject::Round(self.round), states, at)
    }

    pub(super) fn put_marks(
        &self,
        undo: i64,
        changes: &[Change<Marks>],
        at: Timestamp,
    ) -> Result<LogId> {
        for change in changes {
            if let Some(to) = self.ends(change).1 {
                scope::set_marks(self.connection, StudentId(change.subject), to)?;
            }
        }
        eligible::keep_current(self.connection, self.round)?;
        let after = json!({ "students": changes.len() as u64 });
        self.append_log(undo, Subject::Round(self.round), (None, Some(after)), at)
    }
}
