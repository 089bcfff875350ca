//! Bringing a database to the format this program writes.
//!
//! Each table file lists its own steps; a step is SQL that runs once, in a transaction that also
//! raises `PRAGMA user_version`. A step that has shipped is never edited: a change is a new step
//! with the next number. A database with a higher number than the last step is refused.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};
use crate::{act, queue, table};

#[cfg(test)]
mod earlier;

/// Marks the file as ours (`PRAGMA application_id`): "ZHSH".
const APPLICATION_ID: i64 = 0x5A48_5348;

/// One step of the database's format.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// `user_version` after this step; steps are numbered 1, 2, 3, … across all tables.
    pub(crate) version: u32,
    /// What it does.
    pub(crate) sql: &'static str,
}

/// What a step needs besides SQL.
type Computation = fn(&Connection) -> Result<()>;

/// Those there are, by version of the step; done right after its SQL.
const COMPUTED: [(u32, Computation); 4] = [
    (23, table::chain::fill),
    (24, table::log_personal::take_out_of_older_rows),
    (33, act::payment::older::tell_apart),
    (34, table::drop_folder_rest::move_out_of_settings),
];

/// Every step, in order.
fn steps() -> Vec<Step> {
    let mut steps = [
        table::round::STEPS,
        table::student::STEPS,
        table::photo::STEPS,
        table::submission::STEPS,
        table::measurement::STEPS,
        table::look::STEPS,
        table::decision::STEPS,
        table::log::STEPS,
        table::undo::STEPS,
        table::delivery::STEPS,
        table::setting::STEPS,
        queue::STEPS,
        table::dispute::STEPS,
        table::notice::STEPS,
        table::payment::STEPS,
        table::payment_list::STEPS,
        table::drop_folder_rest::STEPS,
        table::receipt::STEPS,
        table::sampling_plan::STEPS,
        table::profile_version::STEPS,
        table::second_review::STEPS,
        table::scope::STEPS,
        table::chain::STEPS,
        table::round_end::STEPS,
        table::person::STEPS,
        table::code_picture::STEPS,
        table::reference::STEPS,
        table::unfinished::STEPS,
    ]
    .concat();
    steps.sort_by_key(|step| step.version);
    steps
}

/// Brings the database of the workspace `dir` up to date.
///
/// # Errors
/// [`Error::NewerWorkspace`] for a newer format, [`Error::NotAWorkspace`] for another program's
/// database.
pub(crate) fn migrate(connection: &mut Connection, dir: &Path) -> Result<()> {
    let steps = steps();
    let (found, known) = versions(connection, dir)?;
    if found == known {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in steps.iter().filter(|step| step.version > found) {
        run(&transaction, *step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    tracing::info!(
        from = found,
        to = known,
        "workspace format brought up to date"
    );
    Ok(())
}

/// Whether [`migrate`] would change a database that holds something.
///
/// # Errors
/// As [`migrate`].
pub(crate) fn is_due(connection: &Connection, dir: &Path) -> Result<bool> {
    let (found, known) = versions(connection, dir)?;
    Ok(found > 0 && found < known)
}

/// The database's format and the newest that this program knows, of which the first is never higher.
pub(crate) fn versions(connection: &Connection, dir: &Path) -> Result<(u32, u32)> {
    let known = steps().last().map_or(0, |step| step.version);
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if !is_ours(connection)? {
        return Err(Error::NotAWorkspace {
            path: dir.to_owned(),
        });
    }
    if found > known {
        return Err(Error::NewerWorkspace {
            path: dir.to_owned(),
            found,
            known,
        });
    }
    Ok((found, known))
}

fn run(connection: &Connection, step: Step) -> Result<()> {
    connection.execute_batch(step.sql)?;
    for (_, compute) in COMPUTED.iter().filter(|(of, _)| *of == step.version) {
        compute(connection)?;
    }
    Ok(())
}

/// A new database in memory, up to date and empty: what one looks like that nobody else wrote into.
pub(crate) fn fresh() -> Result<Connection> {
    let connection = Connection::open_in_memory()?;
    for step in steps() {
        run(&connection, step)?;
    }
    Ok(connection)
}

/// Takes a new database as far as an earlier version of this program did.
#[cfg(test)]
pub(crate) fn migrate_to(connection: &Connection, version: u32) -> Result<()> {
    for step in steps().iter().filter(|step| step.version <= version) {
        run(connection, *step)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", version)?;
    Ok(())
}

/// Whether the database carries our mark or is still empty.
fn is_ours(connection: &Connection) -> Result<bool> {
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id == APPLICATION_ID {
        return Ok(true);
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(id == 0 && tables == 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    use rusqlite::Connection;

    use super::{migrate, migrate_to, steps};
    use crate::audit::follow;

    #[test]
    fn steps_are_numbered_without_gap() {
        let numbers: Vec<u32> = steps().iter().map(|step| step.version).collect();
        let expected: Vec<u32> = (1..).take(numbers.len()).collect();
        assert_eq!(numbers, expected);
    }

    #[test]
    fn words_that_may_name_somebody_leave_the_log_of_an_older_workspace() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_to(&connection, 22).unwrap();
        let states = [
            r#"{"kind":"rejected","note":"张小明","reasons":[{"code":"GEO-02","text":"张小明"},{"code":null,"text":"李"}]}"#,
            r#"{"kind":"approved","note":""}"#,
            r#"{"matching":{"pile":"dismissed","was":{"key":"2021001","pile":"not_on_roster"}}}"#,
            r#"{"outcome":{"added":3},"source":"张小明.xlsx"}"#,
        ];
        for state in states {
            let sql = "INSERT INTO log (at, reviewer, what, subject, after)
                       VALUES ('2026-01-01T00:00:00.000Z', '王', 'decided', 'workspace', ?1)";
            connection.execute(sql, [state]).unwrap();
        }
        migrate(&mut connection, Path::new("")).unwrap();
        let column = |sql: &str| -> Vec<String> {
            let mut query = connection.prepare(sql).unwrap();
            let rows = query.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let log = column("SELECT json_remove(after, '$.kept_apart') FROM log ORDER BY id");
        let kept = [
            r#"{"kind":"rejected","reasons":[{"code":"GEO-02"},{"code":null}]}"#,
            states[1],
            r#"{"matching":{"pile":"dismissed","was":{"pile":"not_on_roster"}}}"#,
            r#"{"outcome":{"added":3}}"#,
        ];
        assert_eq!(log, kept);
        let apart = column("SELECT json_extract(text, '$.after') FROM log_personal ORDER BY log");
        assert_eq!(apart, [states[0], states[2], states[3]]);
        assert!(
            connection
                .execute("UPDATE log SET after = NULL", [])
                .is_err()
        );
        let check = follow(&connection, &AtomicBool::new(false)).unwrap();
        assert!(check.holds() && check.rows == 4, "{check:?}");
    }
}
