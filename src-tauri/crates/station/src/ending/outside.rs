//! What was written outside the workspace, by the log: a deletion does not reach it, and whoever deletes is to know where
//! it lies. The list outlasts the deletion, and then names no student.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;
use zhaoshen_model::RoundId;
use zhaoshen_store::{Act, LogRow, Outside, RoundRow, WritingKind, WrittenOutside};

use super::{local_time, shown, store, without_students, zh};
use crate::Seat;
use crate::wire::{Failure, OutsideLine};

impl Seat {
    /// What of the round was written outside, first to last.
    pub(super) fn written_outside(&self, round: &RoundRow) -> Result<Vec<WrittenOutside>, Failure> {
        let rows = self.store().log_of_outside(round);
        let rows = rows.map_err(|error| store(&error))?;
        let mut all: Vec<WrittenOutside> = rows.iter().map(of_row).collect();
        all.extend(self.broken_off(round.id)?);
        // The workspace itself, restored in its place, is what the deletion does reach.
        let own = self.store().dir();
        let restored = Outside::Act(Act::Restored);
        all.retain(|one| one.what != restored || Path::new(&one.path) != own);
        all.sort_by_key(|one| one.at);
        // What was written twice to one place lies there once: the first time tells. An earlier version noted only the folder
        // of a file, and each time it was another file.
        let mut seen = HashSet::new();
        all.retain(|one| {
            let at = is_folder_of_file(one).then_some(one.at);
            one.path.is_empty() || seen.insert((one.what, one.number, one.path.clone(), at))
        });
        Ok(all)
    }

    /// The same without a word that names a student of the round.
    pub(super) fn outside_unnamed(&self, round: &RoundRow) -> Result<Vec<WrittenOutside>, Failure> {
        let mut all = self.written_outside(round)?;
        let students = self.store().everybody(round.id);
        let students = students.map_err(|error| store(&error))?;
        for one in &mut all {
            let drafts = students.iter().map(|student| &student.draft);
            one.path = without_students(&one.path, drafts);
        }
        Ok(all)
    }

    /// Writing that was broken off and is in no books: what it left lies there still.
    fn broken_off(&self, round: RoundId) -> Result<Vec<WrittenOutside>, Failure> {
        let rows = self.store().unfinished().map_err(|error| store(&error))?;
        let left = rows
            .into_iter()
            .filter(|row| row.round.is_none_or(|of| of == round) && row.booked.is_none());
        let left = left.map(|row| WrittenOutside {
            what: match row.kind {
                WritingKind::Delivery => Act::Delivered.into(),
                WritingKind::Repeat => Act::DeliveryRepeated.into(),
                WritingKind::Archive => Act::RoundArchived.into(),
                WritingKind::Prints => Act::Printed.into(),
                WritingKind::Copy => Act::CopiedOut.into(),
                WritingKind::Restore => Act::Restored.into(),
            },
            number: row.number,
            name: String::new(),
            path: row.target,
            at: row.started,
            broken_off: true,
        });
        Ok(left.collect())
    }
}

/// Whether of a file alone only the folder is known.
fn is_folder_of_file(one: &WrittenOutside) -> bool {
    let ends = |ending: &str| one.path.ends_with(ending);
    matches!(one.what, Outside::File(_)) && !ends(".xlsx") && !ends(".pdf")
}

/// What a row of the log tells of it.
fn of_row(row: &LogRow) -> WrittenOutside {
    let text = |key: &str| {
        let found = row.after.as_ref().and_then(|after| after.get(key));
        found.and_then(Value::as_str).unwrap_or_default()
    };
    let number = row.after.as_ref().and_then(|after| after.get("number"));
    let number = number.and_then(Value::as_u64).unwrap_or_default();
    // What a restored workspace took the place of lies aside. Archives of an earlier version are known by the name of the
    // file alone.
    let places = [text("aside"), text("target"), text("file")];
    let path = places.into_iter().find(|place| !place.is_empty());
    let path = path.unwrap_or_default();
    WrittenOutside {
        what: row.outside(),
        number: u32::try_from(number).unwrap_or_default(),
        name: text("printed").to_owned(),
        path: path.to_owned(),
        at: row.at,
        broken_off: false,
    }
}

/// For screens and the terminal.
pub(super) fn lines(outside: &[WrittenOutside]) -> Vec<OutsideLine> {
    let lines = outside.iter().map(|one| OutsideLine {
        what: zh::outside_what(one),
        path: shown(&one.path),
        at: local_time(one.at),
    });
    lines.collect()
}
