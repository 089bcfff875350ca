//! Workspaces of every earlier version, kept as SQL in `tests/earlier`: made by the steps as they were then, filled as
//! a station of that version would have. Opened by today's program in `tests/upgrade.rs`.
//!
//! A new step makes the version before it an earlier one: `ZHAOSHEN_KEEP_EARLIER=1 cargo nextest run -p zhaoshen-store
//! earlier` writes what is not kept yet. What is kept is never written again.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::{APPLICATION_ID, run, steps};

/// What was entered as soon as there was a place for it.
const ENTERED: [(u32, &str); 23] = [
    (1, include_str!("../../tests/earlier/entered/01_round.sql")),
    (
        2,
        include_str!("../../tests/earlier/entered/02_student.sql"),
    ),
    (3, include_str!("../../tests/earlier/entered/03_photo.sql")),
    (
        4,
        include_str!("../../tests/earlier/entered/04_submission.sql"),
    ),
    (
        5,
        "INSERT INTO measurement VALUES (X'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb', 1, '{}');",
    ),
    (
        6,
        include_str!("../../tests/earlier/entered/06_decision.sql"),
    ),
    (7, include_str!("../../tests/earlier/entered/07_log.sql")),
    (8, include_str!("../../tests/earlier/entered/08_undo.sql")),
    (
        9,
        include_str!("../../tests/earlier/entered/09_delivery.sql"),
    ),
    (10, "INSERT INTO setting VALUES ('reviewer', '\"王老师\"');"),
    (
        12,
        "INSERT INTO dispute VALUES (1, 2, 'GEO-02', 'fail', 1.5, 1, '王老师', '2025-09-12T02:00:00.000Z');",
    ),
    (
        13,
        "INSERT INTO sampling_plan VALUES (1, 1, '王老师', '2025-09-13T02:00:00.000Z', 10, 95, 7, '[1]', '[1]', '[]', 0, NULL);",
    ),
    (15, include_str!("../../tests/earlier/entered/15_look.sql")),
    (
        16,
        include_str!("../../tests/earlier/entered/16_second.sql"),
    ),
    (
        18,
        "INSERT INTO notice VALUES (1, 2, 1, '2025-10-01', '王老师', '2025-09-14T02:00:00.000Z');",
    ),
    (
        19,
        include_str!("../../tests/earlier/entered/19_payment.sql"),
    ),
    (
        20,
        include_str!("../../tests/earlier/entered/20_receipt.sql"),
    ),
    (21, "UPDATE student SET campus = '北京校部' WHERE id = 1;"),
    (22, include_str!("../../tests/earlier/entered/22_scope.sql")),
    (
        31,
        include_str!("../../tests/earlier/entered/31_reason.sql"),
    ),
    (
        32,
        include_str!("../../tests/earlier/entered/32_settings.sql"),
    ),
    (
        33,
        "INSERT INTO payment_list VALUES (1, '缴费 (2).xlsx', 7, 0);",
    ),
    (
        34,
        "INSERT INTO unfinished VALUES (3, 1, 2, 'delivery', 'D:/交付', '王老师', '2025-10-02T02:00:00.000Z', NULL);",
    ),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/earlier")
}

/// A database as a station of `version` left it.
fn made_at(version: u32) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "foreign_keys", false)
        .unwrap();
    for step in steps().iter().filter(|step| step.version <= version) {
        run(&connection, *step).unwrap();
        for (_, rows) in ENTERED.iter().filter(|(from, _)| *from == step.version) {
            connection.execute_batch(rows).unwrap();
        }
    }
    connection
}

/// The statements that make the tables, each on a line of its own, in the order they were made.
fn shape(connection: &Connection) -> Vec<(String, String)> {
    let mut query = connection
        .prepare("SELECT type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap()
        .map(|row: rusqlite::Result<(String, String)>| {
            let (kind, sql) = row.unwrap();
            (kind, sql.split_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect()
}

/// The database as SQL: tables, rows, then what watches over the rows.
fn dump(connection: &Connection, version: u32) -> String {
    let (tables, others): (Vec<_>, Vec<_>) = shape(connection)
        .into_iter()
        .partition(|(kind, _)| kind == "table");
    let mut text = format!(
        "PRAGMA foreign_keys = OFF;\nPRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {version};\n"
    );
    for (_, sql) in &tables {
        writeln!(text, "{sql};").unwrap();
    }
    let mut names = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
        .unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for name in names.map(Result::unwrap) {
        dump_rows(connection, &name, &mut text);
    }
    for (_, sql) in &others {
        writeln!(text, "{sql};").unwrap();
    }
    text
}

fn dump_rows(connection: &Connection, table: &str, text: &mut String) {
    let mut query = connection
        .prepare(&format!("SELECT * FROM {table}"))
        .unwrap();
    let width = query.column_count();
    let mut rows = query.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let cells: Vec<String> = (0..width)
            .map(|at| literal(row.get_ref(at).unwrap()))
            .collect();
        writeln!(text, "INSERT INTO {table} VALUES ({});", cells.join(", ")).unwrap();
    }
}

fn literal(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => format!("{number:?}"),
        ValueRef::Text(text) => format!("'{}'", String::from_utf8_lossy(text).replace('\'', "''")),
        ValueRef::Blob(bytes) => format!("X'{}'", hex::encode(bytes)),
    }
}

#[test]
fn every_earlier_version_is_kept_as_its_steps_made_it() {
    let newest = steps().len();
    let write = std::env::var_os("ZHAOSHEN_KEEP_EARLIER").is_some();
    for version in 1..u32::try_from(newest).unwrap() {
        let path = folder().join(format!("{version:02}.sql"));
        let made = made_at(version);
        if write && !path.exists() {
            fs::write(&path, dump(&made, version)).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_else(|_| {
            panic!("version {version} is not kept: run this test with ZHAOSHEN_KEEP_EARLIER=1 once")
        });
        let kept_shape = Connection::open_in_memory().unwrap();
        kept_shape.execute_batch(&kept).unwrap();
        let sorted = |connection: &Connection| {
            let mut shape = shape(connection);
            shape.sort();
            shape
        };
        assert_eq!(
            sorted(&made),
            sorted(&kept_shape),
            "a step up to {version} was edited after it had shipped"
        );
    }
}
