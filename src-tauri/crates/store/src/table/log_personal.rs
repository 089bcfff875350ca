//! What the log says of persons, kept apart from the log.
//!
//! The log is for ever and a person's data is not. What a row of the log would say in words that may name somebody – a
//! note to a decision, a reason in the reviewer's words, a key read from a file name, the name of a list, a folder – stands here, and goes with its round;
//! the row keeps everything else, and a hash over the part that was taken out with a random salt, so that the part can be
//! held to its row while it is there, and nobody can guess it afterwards. The table came with [`super::round_end`]'s
//! step, and [`take_out_of_older_rows`] with it.
//!
//! The chain of the log goes over what the log keeps, so that it holds before and after a deletion alike.

use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use zhaoshen_model::LogId;

use crate::column::{json_or_null, json_text};
use crate::error::Result;
use crate::table::chain;

/// Fields whose words may name somebody, wherever they stand in a state.
const PERSONAL: [&str; 7] = ["note", "text", "key", "source", "file", "folder", "target"];
/// The hash in a row of the log over the part kept here.
pub(crate) const KEPT_APART: &str = "kept_apart";

/// Both states of a row in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct States {
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// The part of a row that is kept apart.
#[derive(Debug)]
pub(crate) struct Personal {
    salt: [u8; 16],
    text: String,
}

/// Takes the personal parts out of the rows of an older log, and chains what it keeps. No version whose heads could have
/// been noted elsewhere was in use before.
pub(crate) fn take_out_of_older_rows(connection: &Connection) -> Result<()> {
    chain::open(connection)?;
    let mut read = connection.prepare("SELECT id, before, after FROM log ORDER BY id")?;
    let mut write = connection.prepare("UPDATE log SET before = ?2, after = ?3 WHERE id = ?1")?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        let states = States {
            before: json_or_null(row, "before")?,
            after: json_or_null(row, "after")?,
        };
        if let (kept, Some(personal)) = divide(connection, &states)? {
            write.execute((
                id,
                text_of(kept.before.as_ref())?,
                text_of(kept.after.as_ref())?,
            ))?;
            insert(connection, LogId(id), &personal)?;
        }
    }
    drop(rows);
    chain::fill(connection)
}

/// A state as the log stores it.
pub(crate) fn text_of(state: Option<&Value>) -> Result<Option<String>> {
    state.map(|state| json_text("日志", state)).transpose()
}

/// What the log keeps of a row's states, and the part that is kept apart, if there is one.
pub(crate) fn divide(
    connection: &Connection,
    states: &States,
) -> Result<(States, Option<Personal>)> {
    let mut kept = states.clone();
    let mut taken = false;
    for state in [&mut kept.before, &mut kept.after].into_iter().flatten() {
        taken |= take_out(state);
    }
    if !taken {
        return Ok((kept, None));
    }
    let salt: [u8; 16] = connection
        .prepare_cached("SELECT randomblob(16)")?
        .query_row([], |row| row.get(0))?;
    let personal = Personal {
        salt,
        text: json_text("日志", states)?,
    };
    let seal = seal(&personal.salt, &personal.text);
    let after = kept.after.get_or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(fields) = after {
        fields.insert(KEPT_APART.to_owned(), Value::String(seal));
    }
    Ok((kept, Some(personal)))
}

/// Takes the personal fields out of a state; whether there were any.
fn take_out(state: &mut Value) -> bool {
    match state {
        Value::Object(fields) => {
            let before = fields.len();
            fields.retain(|name, value| !(PERSONAL.contains(&name.as_str()) && names(value)));
            let mut taken = fields.len() < before;
            for value in fields.values_mut() {
                taken |= take_out(value);
            }
            taken
        }
        Value::Array(values) => {
            let mut taken = false;
            for value in values {
                taken |= take_out(value);
            }
            taken
        }
        _ => false,
    }
}

/// Whether the value is words at all.
fn names(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

fn seal(salt: &[u8], text: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(text);
    hex::encode(hasher.finalize())
}

/// Keeps the part of a row apart.
pub(crate) fn insert(connection: &Connection, log: LogId, personal: &Personal) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO log_personal (log, salt, text) VALUES (?1, ?2, ?3)")?
        .execute((log.0, &personal.salt[..], &personal.text))?;
    Ok(())
}

/// Whether the part kept apart is the one that was taken out of the row, which has the columns `after`, `salt`,
/// `personal` and `erased`: it may be gone only with its round.
pub(crate) fn is_sound(row: &Row<'_>) -> rusqlite::Result<bool> {
    let after = row.get_ref("after")?.as_str_or_null()?.unwrap_or_default();
    let sealed = after.contains(KEPT_APART).then(|| {
        let state: Option<Value> = serde_json::from_str(after).ok();
        Some(state?.get(KEPT_APART)?.as_str()?.to_owned())
    });
    let part: (Option<Vec<u8>>, Option<String>) = (row.get("salt")?, row.get("personal")?);
    Ok(match (sealed.flatten(), part) {
        (Some(sealed), (Some(salt), Some(text))) => seal(&salt, &text) == sealed,
        (None, (None, None)) => true,
        (Some(_), _) => row.get::<_, Option<bool>>("erased")?.unwrap_or_default(),
        (None, _) => false,
    })
}

/// Both states in full from the column `personal`; `None` where nothing was taken out or it was deleted.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Option<States>> {
    json_or_null(row, "personal")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use serde_json::json;

    use super::*;

    #[test]
    fn words_that_may_name_somebody_are_taken_out_wherever_they_stand() {
        let mut state = json!({
            "kind": "rejected",
            "note": "张三说是旧照片",
            "matching": { "pile": "dismissed", "was": { "pile": "not_on_roster", "key": "2021001" } },
            "all": [{ "target": "D:/张三" }],
        });
        assert!(take_out(&mut state));
        let left = json!({
            "kind": "rejected",
            "matching": { "pile": "dismissed", "was": { "pile": "not_on_roster" } },
            "all": [{}],
        });
        assert_eq!(state, left);
        for nothing in [json!({ "note": "" }), json!({ "students": 3 }), json!(null)] {
            let mut state = nothing.clone();
            assert!(!take_out(&mut state));
            assert_eq!(state, nothing);
        }
    }

    #[test]
    fn a_part_is_held_to_its_row_and_says_nothing_without_its_salt() {
        let connection = Connection::open_in_memory().unwrap();
        let states = States {
            before: None,
            after: Some(json!({ "note": "张三" })),
        };
        let (kept, first) = divide(&connection, &states).unwrap();
        let (_, second) = divide(&connection, &states).unwrap();
        let (first, second) = (first.unwrap(), second.unwrap());
        let after = kept.after.unwrap();
        assert_eq!(after[KEPT_APART], seal(&first.salt, &first.text));
        assert_ne!(after[KEPT_APART], seal(&second.salt, &second.text));
        assert!(!after.to_string().contains("张三"));
    }
}
