//! Whom a round collects (采集范围) and what was said of single students.
//!
//! Who is exempt follows from both and from the roster; `student.exempt` has it, kept current by `act::eligible`.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, Row};
use zhaoshen_model::{Marks, RoundId, Scope, StudentId};

use crate::column::{json, json_text};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;

// After the columns of `student`, which the view and the table are about.
pub(crate) const STEPS: &[Step] = &[Step {
    version: 22,
    sql: "CREATE TABLE round_scope (
              round INTEGER PRIMARY KEY REFERENCES round (id),
              scope TEXT NOT NULL
          ) STRICT;
          CREATE TABLE student_mark (
              student INTEGER PRIMARY KEY REFERENCES student (id),
              straggler INTEGER NOT NULL,
              marks TEXT NOT NULL
          ) STRICT;
          DROP VIEW newest_submission;
          CREATE VIEW newest_submission AS
              SELECT submission.*, student.student_no,
                     CASE WHEN submission.id IN (SELECT submission FROM open_review)
                          THEN 'reviewing' ELSE decision.kind END AS kind
              FROM submission
              JOIN student ON student.id = submission.student AND student.listed AND student.exempt IS NULL
              LEFT JOIN decision ON decision.id = submission.decision
              WHERE NOT EXISTS (SELECT 1 FROM submission AS later
                                WHERE later.student = submission.student AND later.n > submission.n);
          CREATE VIEW excluded_submission AS
              SELECT submission.* FROM submission
              JOIN student ON student.id = submission.student AND student.listed AND student.exempt IS NOT NULL;",
}];

impl Store {
    /// Whom the round collects; everybody before anything was said.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn scope(&self, round: RoundId) -> Result<Scope> {
        self.read(|connection| get(connection, round))
    }

    /// What was said of students of the round; nothing of who is not there.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn marks(&self, round: RoundId) -> Result<HashMap<StudentId, Marks>> {
        self.read(|connection| marks(connection, round))
    }
}

pub(crate) fn get(connection: &Connection, round: RoundId) -> Result<Scope> {
    let scope = connection
        .prepare_cached("SELECT scope FROM round_scope WHERE round = ?1")?
        .query_row([round.0], |row| json(row, "scope"))
        .optional()?;
    Ok(scope.unwrap_or_default())
}

pub(crate) fn set(connection: &Connection, round: RoundId, scope: &Scope) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO round_scope (round, scope) VALUES (?1, ?2)
             ON CONFLICT (round) DO UPDATE SET scope = ?2",
        )?
        .execute((round.0, json_text("采集范围", scope)?))?;
    Ok(())
}

pub(crate) fn marks(connection: &Connection, round: RoundId) -> Result<HashMap<StudentId, Marks>> {
    let mut query = connection.prepare_cached(
        "SELECT student_mark.student, marks FROM student_mark
         JOIN student ON student.id = student_mark.student WHERE student.round = ?1",
    )?;
    let rows = query.query_map([round.0], |row| {
        Ok((StudentId(row.get("student")?), read_marks(row)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn marks_of(connection: &Connection, student: StudentId) -> Result<Marks> {
    let marks = connection
        .prepare_cached("SELECT marks FROM student_mark WHERE student = ?1")?
        .query_row([student.0], read_marks)
        .optional()?;
    Ok(marks.unwrap_or_default())
}

/// Says this of a student, in place of what was said before; nothing is no row.
pub(crate) fn set_marks(connection: &Connection, student: StudentId, marks: &Marks) -> Result<()> {
    if marks.is_empty() {
        connection
            .prepare_cached("DELETE FROM student_mark WHERE student = ?1")?
            .execute([student.0])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO student_mark (student, straggler, marks) VALUES (?1, ?2, ?3)
             ON CONFLICT (student) DO UPDATE SET straggler = ?2, marks = ?3",
        )?
        .execute((student.0, marks.straggler, json_text("学生标记", marks)?))?;
    Ok(())
}

fn read_marks(row: &Row<'_>) -> rusqlite::Result<Marks> {
    json(row, "marks")
}
