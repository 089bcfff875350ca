//! Whether the triggers that keep rows from being changed are those that this program sets.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{LogCheck, LogFault};
use crate::error::Result;
use crate::migration;

/// Notes in `check` each trigger that is gone, is another, or was added.
pub(super) fn hold(connection: &Connection, check: &mut LogCheck) -> Result<()> {
    let mut now = guards(connection)?;
    for (name, sql) in guards(&migration::fresh()?)? {
        if now.remove(&name).as_ref() != Some(&sql) {
            check.note(LogFault::Guard(name));
        }
    }
    for name in now.into_keys() {
        check.note(LogFault::Guard(name));
    }
    Ok(())
}

/// Every trigger by its name; how its text is broken into lines says nothing.
fn guards(connection: &Connection) -> Result<BTreeMap<String, String>> {
    let mut query = connection
        .prepare("SELECT name, ifnull(sql, '') FROM sqlite_schema WHERE type = 'trigger'")?;
    let rows = query.query_map([], |row| {
        let sql: String = row.get(1)?;
        let words: Vec<&str> = sql.split_whitespace().collect();
        Ok((row.get(0)?, words.join(" ")))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
