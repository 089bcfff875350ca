//! Which lists hold payments that came with another: a payment belongs to the list that brought it, and goes with that.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use zhaoshen_model::RoundId;

use crate::error::Result;
use crate::store::Store;
use crate::table::setting;

/// By the name of a list, the lists that brought payments which stand in it as well.
type Held = BTreeMap<String, BTreeSet<String>>;

impl Store {
    /// By the name of a list, the others in which payments that it brought stand as well, as of when each was read last.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn payments_held_elsewhere(&self, round: RoundId) -> Result<BTreeMap<String, Vec<String>>> {
        let held = self.read(|connection| held(connection, round))?;
        let mut elsewhere: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (list, brought_by) in held {
            for other in brought_by {
                elsewhere.entry(other).or_default().push(list.clone());
            }
        }
        Ok(elsewhere)
    }
}

/// Keeps which other lists brought payments of the list that was just read.
pub(super) fn keep(
    connection: &Connection,
    (round, list): (RoundId, &str),
    brought_by: BTreeSet<String>,
) -> Result<()> {
    let mut held = held(connection, round)?;
    let known = held.remove(list).unwrap_or_default();
    let others: BTreeSet<String> = brought_by
        .into_iter()
        .filter(|other| other != list)
        .collect();
    if known == others {
        return Ok(());
    }
    if !others.is_empty() {
        held.insert(list.to_owned(), others);
    }
    put(connection, round, &held)
}

/// Forgets what a list holds that was taken out.
pub(super) fn forget(connection: &Connection, (round, list): (RoundId, &str)) -> Result<()> {
    let mut held = held(connection, round)?;
    match held.remove(list) {
        Some(_) => put(connection, round, &held),
        None => Ok(()),
    }
}

fn held(connection: &Connection, round: RoundId) -> Result<Held> {
    let kept = setting::get(connection, &setting_of(round))?;
    let held = kept.and_then(|kept| serde_json::from_value(kept).ok());
    Ok(held.unwrap_or_default())
}

fn put(connection: &Connection, round: RoundId, held: &Held) -> Result<()> {
    setting::set(connection, &setting_of(round), &serde_json::json!(held))
}

/// Erasing a round names it too.
fn setting_of(round: RoundId) -> String {
    format!("fee_lists.{}", round.0)
}
