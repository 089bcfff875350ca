//! Giving a round another name; undone like any act.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::RoundId;

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::round;
use crate::table::undo::{self, Change};

impl Store {
    /// Gives the round another name; whether that is another than before.
    ///
    /// # Errors
    /// [`crate::Error::RoundNameTaken`], [`crate::Error::NotFound`].
    pub fn rename_round(
        &self,
        id: RoundId,
        name: &str,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<bool> {
        self.write(|transaction| {
            let before = round::get(transaction, id)?.name;
            if before == name {
                return Ok(false);
            }
            round::set_name(transaction, id, name)?;
            let undo = undo::insert(transaction, id, reviewer, Act::RoundRenamed, at)?;
            let change = Change {
                subject: id.0,
                before: Some(before.clone()),
                after: name.to_owned(),
            };
            undo::insert_change(transaction, undo, &change)?;
            let by = (reviewer, at);
            let entry = Entry {
                undo: Some(undo),
                before: Some(json!({ "name": before })),
                ..Entry::of_round(id, Act::RoundRenamed, by, json!({ "name": name }))
            };
            log::append(transaction, &entry)?;
            Ok(true)
        })
    }
}
