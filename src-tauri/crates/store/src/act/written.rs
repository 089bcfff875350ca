//! Files about a round, or all of them, that were written to a folder of the user's: logged, since they name students outside
//! the workspace; not undone. No name and no number is in the log, and where a file about a round lies goes with it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhaoshen_model::RoundId;

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry, LogRow};
use crate::table::round::{self, RoundRow};
use crate::table::round_end::{self, Outside};

/// What a file holds. The aliases are an earlier version's words, in the record of a deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The last page of the round, as a workbook or to be signed.
    #[serde(alias = "closing_written")]
    Closing,
    /// Notices for whoever sends text messages.
    #[serde(alias = "sms_written")]
    SmsList,
    /// A table of a screen.
    Table,
    /// The rows of a roster that were not taken in, with their ID numbers.
    RefusedRows,
    /// The log.
    Log,
}

/// A file that is about to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewFile<'a> {
    /// What it holds.
    pub kind: FileKind,
    /// Where it is going to lie.
    pub path: &'a str,
    /// Students in it, where they were counted, and whether their telephone numbers are.
    pub students: Option<(u64, bool)>,
}

impl FileKind {
    /// What the file of a row of the log holds, by the state after it; earlier versions had an act for each of two kinds.
    #[must_use]
    pub fn of_state(after: &Value) -> Option<Self> {
        let is = |key: &str| after.get(key).is_some();
        match after.get("written") {
            Some(kind) => serde_json::from_value(kind.clone()).ok(),
            None if is("sms") => Some(Self::SmsList),
            None if is("closing") => Some(Self::Closing),
            None => None,
        }
    }
}

/// Acts on a round that write photos or personal data outside.
const OF_ROUND: [Act; 5] = [
    Act::Delivered,
    Act::DeliveryRepeated,
    Act::Printed,
    Act::RoundArchived,
    Act::FileWritten,
];
/// Those on the workspace, of which the round was a part by then.
const OF_WORKSPACE: [Act; 3] = [Act::CopiedOut, Act::Restored, Act::FileWritten];

impl Store {
    /// Records a file of a round, or of the whole workspace, before it is written.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for the round; [`crate::Error::RoundClosed`] for a list of messages once it is closed, and
    /// [`crate::Error::RoundErased`] for any file once its data is deleted.
    pub fn record_file(
        &self,
        of: Option<RoundId>,
        new: NewFile<'_>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let mut after = json!({ "written": new.kind, "file": new.path });
            if let Some((students, numbers)) = new.students {
                after["students"] = json!(students);
                after["numbers"] = json!(numbers);
            }
            let by = (reviewer, at);
            let Some(id) = of else {
                let entry = Entry::of_workspace(Act::FileWritten, by, None, Some(after));
                log::append(transaction, &entry)?;
                return Ok(());
            };
            round::get(transaction, id)?;
            // Who is told nothing any more is sent nothing.
            if new.kind == FileKind::SmsList {
                round_end::check_open(transaction, id)?;
            }
            let entry = Entry::of_round(id, Act::FileWritten, by, after);
            log::append(transaction, &entry)?;
            Ok(())
        })
    }

    /// The rows of the log that tell of something written outside the workspace, with what is of the round in it; first to
    /// last.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn log_of_outside(&self, round: &RoundRow) -> Result<Vec<LogRow>> {
        self.read(|connection| {
            let since = round.created_at;
            log::of_acts(connection, (round.id, &OF_ROUND), (since, &OF_WORKSPACE))
        })
    }
}

impl From<Act> for Outside {
    fn from(act: Act) -> Self {
        Self::Act(act)
    }
}

impl LogRow {
    /// What the row tells of, of those that [`Store::log_of_outside`] lists.
    #[must_use]
    pub fn outside(&self) -> Outside {
        let file = match self.what {
            Act::FileWritten => self.after.as_ref().and_then(FileKind::of_state),
            _ => None,
        };
        file.map_or(Outside::Act(self.what), Outside::File)
    }
}
