//! Reading and writing the columns that SQLite has no type for: times, dates, hashes, words, JSON.

use std::error::Error as StdError;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Row;
use rusqlite::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zhaoshen_model::PhotoHash;

use crate::error::{Error, Result};

/// What a column's text should have been.
#[derive(Debug, thiserror::Error)]
#[error("not a {what}: {text:?}")]
struct UnexpectedWord {
    what: &'static str,
    text: String,
}

fn failure(error: impl StdError + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
}

/// `at` as stored: RFC 3339, UTC, milliseconds, so that the text sorts as the time does.
pub(crate) fn time_text(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A stored time.
pub(crate) fn time(row: &Row<'_>, name: &str) -> rusqlite::Result<Timestamp> {
    row.get_ref(name)?.as_str()?.parse().map_err(failure)
}

/// A stored date, absent when the column is null.
pub(crate) fn date(row: &Row<'_>, name: &str) -> rusqlite::Result<Option<Date>> {
    match row.get_ref(name)?.as_str_or_null()? {
        Some(text) => text.parse().map(Some).map_err(failure),
        None => Ok(None),
    }
}

/// A stored hash.
pub(crate) fn hash(row: &Row<'_>, name: &str) -> rusqlite::Result<PhotoHash> {
    row.get(name).map(PhotoHash)
}

/// A stored word, read by `parse`.
pub(crate) fn word<T>(
    row: &Row<'_>,
    name: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let text = row.get_ref(name)?.as_str()?;
    parse(text).ok_or_else(|| {
        failure(UnexpectedWord {
            what: name,
            text: text.to_owned(),
        })
    })
}

/// A stored word that may be null.
pub(crate) fn word_or_null<T>(
    row: &Row<'_>,
    name: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    match row.get_ref(name)?.as_str_or_null()? {
        Some(_) => word(row, name, parse).map(Some),
        None => Ok(None),
    }
}

/// A stored JSON value.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, name: &str) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(name)?.as_str()?).map_err(failure)
}

/// A stored JSON value that may be null.
pub(crate) fn json_or_null<T: DeserializeOwned>(
    row: &Row<'_>,
    name: &str,
) -> rusqlite::Result<Option<T>> {
    match row.get_ref(name)?.as_str_or_null()? {
        Some(text) => serde_json::from_str(text).map(Some).map_err(failure),
        None => Ok(None),
    }
}

/// `value` as JSON text; `what` names it should that fail.
pub(crate) fn json_text<T: Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|source| Error::Unstorable { what, source })
}
