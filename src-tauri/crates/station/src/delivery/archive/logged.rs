//! What the log says of an archive: the hash that it had when it was written.
//!
//! Whoever changes an archive can compute its own sums anew, and those beside it; not the log's.

use std::path::Path;

use serde_json::Value;
use zhaoshen_exchange::round_archive;
use zhaoshen_model::LogId;
use zhaoshen_store::{Act, LogFilter, RoundRow};

use crate::app::local_time;
use crate::failure::store;
use crate::wire::{ArchiveCheck, Failure};
use crate::{Seat, zh};

/// Rows of the log read at most: archives that were ever written.
const ROWS: u32 = 100_000;
/// Most bytes of `archive.json` that are read.
const FACTS_MOST: u64 = 1 << 20;

/// What the log says of an archive.
pub(super) enum Held {
    /// It is the one that was written of the round of this name; why it counts no longer, in Chinese, or empty.
    Same(String, String),
    /// It says of itself, by its name or what it holds, that it is one of which the log has another hash; in Chinese.
    Other(String),
    /// The log knows none like it.
    Unknown,
}

/// An archive in the log.
struct Logged {
    /// Its row.
    row: LogId,
    round: RoundRow,
    /// Empty where the round was deleted since.
    file: String,
    sha256: String,
}

/// Holds an archive to the log.
pub(super) fn held_to(seat: &Seat, args: &ArchiveCheck, sha256: &str) -> Result<Held, Failure> {
    let logged = logged(seat)?;
    if let Some(same) = logged.iter().find(|one| one.sha256 == sha256) {
        let voided = voided(seat, same)?;
        return Ok(Held::Same(same.round.name.clone(), voided));
    }
    let name = Path::new(&args.path).file_name().unwrap_or_default();
    let name = name.to_string_lossy();
    let begun = round_begun(args);
    let is_its = |one: &&Logged| {
        let created = serde_json::to_value(one.round.created_at).ok();
        one.file == name || (begun.is_some() && begun == created)
    };
    // The last one of that name; else the last one of its round.
    let named = logged.iter().find(|one| one.file == name);
    Ok(match named.or_else(|| logged.iter().find(is_its)) {
        Some(other) => Held::Other(zh::archive_not_logged(
            &other.round.name,
            &other.file,
            &other.sha256,
        )),
        None => Held::Unknown,
    })
}

/// Every archive that was ever written, the last one first.
fn logged(seat: &Seat) -> Result<Vec<Logged>, Failure> {
    let filter = LogFilter {
        what: Some(Act::RoundArchived),
        ..LogFilter::default()
    };
    let rows = seat.store().log(&filter, 0, ROWS);
    let mut logged = Vec::new();
    for row in rows.map_err(|error| store(&error))? {
        let (Some(id), Some(after)) = (row.round, row.after) else {
            continue;
        };
        let text = |key: &str| after.get(key).and_then(Value::as_str).unwrap_or_default();
        let (mut file, sha256) = (text("file").to_owned(), text("sha256").to_owned());
        // The log's words go with the round; the certificate's stay.
        let erased = match file.is_empty() {
            true => seat.ending(id)?.erased.and_then(|erased| erased.archive),
            false => None,
        };
        if let Some(archive) = erased.filter(|archive| archive.sha256 == sha256) {
            file = archive.file;
        }
        logged.push(Logged {
            row: row.id,
            round: seat.round(id.0)?,
            file,
            sha256,
        });
    }
    Ok(logged)
}

/// Why the archive counts no longer: its round was opened again after it, and may have become another. Empty where it was not.
fn voided(seat: &Seat, archive: &Logged) -> Result<String, Failure> {
    let filter = LogFilter {
        round: Some(archive.round.id),
        what: Some(Act::RoundReopened),
        ..LogFilter::default()
    };
    let rows = seat.store().log(&filter, 0, ROWS);
    let rows = rows.map_err(|error| store(&error))?.into_iter();
    // The last row comes first.
    let Some(opened) = rows.take_while(|row| row.id > archive.row).last() else {
        return Ok(String::new());
    };
    let end = seat.ending(archive.round.id)?;
    let erased = end.erased.and_then(|erased| erased.archive);
    let now = end.archived.map(|(_, record)| record).or(erased);
    Ok(zh::archive_voided(
        &local_time(opened.at),
        &opened.reviewer,
        now.as_ref()
            .map(|record| (record.file.as_str(), record.sha256.as_str())),
    ))
}

/// When the round was begun whose archive it says it is.
fn round_begun(args: &ArchiveCheck) -> Option<Value> {
    let passphrase = args.passphrase.trim();
    let passphrase = (!passphrase.is_empty()).then_some(passphrase);
    let path = Path::new(&args.path);
    let facts = round_archive::read_entry(path, passphrase, "archive.json", FACTS_MOST)?;
    let facts: Value = serde_json::from_slice(&facts).ok()?;
    facts.pointer("/round/created_at").cloned()
}
