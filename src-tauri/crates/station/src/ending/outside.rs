//! What was written outside the workspace, by the log: a deletion does not reach it, and whoever deletes is to know where
//! it lies. The list outlasts the deletion, and then names no student.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;
use zhaoshen_model::RoundId;
use zhaoshen_store::{Act, LogFilter, LogRow, RoundRow, WritingKind, WrittenOutside};

use super::{local_time, shown, store, without_students, zh};
use crate::Seat;
use crate::wire::{Failure, OutsideLine};

/// Acts on a round that write photos or personal data outside.
const OF_ROUND: [Act; 6] = [
    Act::Delivered,
    Act::DeliveryRepeated,
    Act::Printed,
    Act::SmsWritten,
    Act::ClosingWritten,
    Act::RoundArchived,
];
/// Those on the workspace, of which the round was a part by then.
const OF_WORKSPACE: [Act; 2] = [Act::CopiedOut, Act::Restored];
/// Most rows of the log read of each.
const ROWS: u32 = 10_000;

impl Seat {
    /// What of the round was written outside, first to last.
    pub(super) fn written_outside(&self, round: &RoundRow) -> Result<Vec<WrittenOutside>, Failure> {
        let of_round = OF_ROUND.map(|what| LogFilter {
            round: Some(round.id),
            what: Some(what),
            ..LogFilter::default()
        });
        let of_workspace = OF_WORKSPACE.map(|what| LogFilter {
            what: Some(what),
            from: Some(round.created_at),
            ..LogFilter::default()
        });
        let mut all = Vec::new();
        for filter in of_round.into_iter().chain(of_workspace) {
            let rows = self.store().log(&filter, 0, ROWS);
            all.extend(rows.map_err(|error| store(&error))?.iter().map(of_row));
        }
        all.extend(self.broken_off(round.id)?);
        // The workspace itself, restored in its place, is what the deletion does reach.
        let own = self.store().dir();
        all.retain(|one| one.what != Act::Restored || Path::new(&one.path) != own);
        all.sort_by_key(|one| one.at);
        // What was written twice to one place lies there once: the first time tells.
        let mut seen = HashSet::new();
        all.retain(|one| {
            let place = (one.what.as_str(), one.number, one.path.clone());
            one.path.is_empty() || seen.insert(place)
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
            .filter(|row| row.round == round && row.booked.is_none());
        let left = left.map(|row| WrittenOutside {
            what: match row.kind {
                WritingKind::Delivery => Act::Delivered,
                WritingKind::Repeat => Act::DeliveryRepeated,
                WritingKind::Archive => Act::RoundArchived,
                WritingKind::Prints => Act::Printed,
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
        what: row.what,
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
