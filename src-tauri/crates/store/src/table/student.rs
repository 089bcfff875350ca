//! Students (学生) of the rounds' rosters.
//!
//! A student is never deleted: undoing the import that added one clears `listed`, and the student
//! is then on no list while the photos and the log that name the row stay whole.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{
    DecisionKind, Exempt, PhotoHash, RoundId, Student, StudentDraft, StudentId, SubmissionId,
};

use crate::column::{word, word_or_null};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::queue::{DIFFERING, shown_kind};
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[
    Step {
        version: 2,
        sql: "CREATE TABLE student (
              id INTEGER PRIMARY KEY,
              round INTEGER NOT NULL REFERENCES round (id),
              student_no TEXT NOT NULL,
              name TEXT NOT NULL,
              name_key TEXT NOT NULL,
              id_number TEXT NOT NULL,
              sex TEXT NOT NULL,
              birth_date TEXT NOT NULL,
              exam_no TEXT NOT NULL,
              college TEXT NOT NULL,
              major TEXT NOT NULL,
              grade TEXT NOT NULL,
              class TEXT NOT NULL,
              level TEXT NOT NULL,
              study_mode TEXT NOT NULL,
              listed INTEGER NOT NULL DEFAULT 1,
              UNIQUE (round, student_no)
          ) STRICT;
          CREATE INDEX student_by_id_number ON student (round, id_number) WHERE id_number <> '';
          CREATE INDEX student_by_exam_no ON student (round, exam_no) WHERE exam_no <> '';
          CREATE INDEX student_by_name ON student (round, name_key);",
    },
    // `exempt` is what follows from scope, marks and columns (`act::eligible`), null for who is to be collected.
    Step {
        version: 21,
        sql: "ALTER TABLE student ADD COLUMN campus TEXT NOT NULL DEFAULT '';
              ALTER TABLE student ADD COLUMN exempt TEXT;",
    },
];

/// How many students are on the rosters of all rounds.
pub(crate) const ON_ROSTERS: &str = "SELECT count(*) FROM student WHERE listed";

/// What a student is looked up by; the text must be written as the roster import stored it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StudentKey<'a> {
    /// 学号.
    StudentNo(&'a str),
    /// 证件号码, upper case.
    IdNumber(&'a str),
    /// 考生号.
    ExamNo(&'a str),
    /// 姓名, folded as the import folded it.
    NameKey(&'a str),
}

/// A student's stored columns: what undo puts back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StudentImage {
    pub(crate) draft: StudentDraft,
    pub(crate) name_key: String,
    pub(crate) listed: bool,
}

/// What lists and searches look through of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// The student.
    pub student: StudentId,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// The newest submission; `None` before the first.
    pub submission: Option<SubmissionId>,
    /// Its original.
    pub photo: Option<PhotoHash>,
    /// What was decided on it and may be shown.
    pub decision: Option<DecisionKind>,
    /// Something was, but is not to be shown: a second review waits.
    pub reviewing: bool,
    /// Two people judged it otherwise, and nobody settled which stands.
    pub differing: bool,
    /// Why the student is exempt; `None` for who is to be collected.
    pub exempt: Option<Exempt>,
    /// What was written beside the reason, or empty.
    pub note: String,
    /// Named to be collected though of no cohort.
    pub straggler: bool,
}

impl Store {
    /// The roster, by 学号.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn students(&self, round: RoundId) -> Result<Vec<Student>> {
        self.read(|connection| listed(connection, round))
    }

    /// Every student of the round, those taken off the roster included, by 学号.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn everybody(&self, round: RoundId) -> Result<Vec<Student>> {
        self.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT * FROM student WHERE round = ?1 ORDER BY student_no, id")?;
            let rows = query.query_map([round.0], read_student)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// What lists and searches look through of every listed student, by 学号.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn roster_lines(&self, round: RoundId) -> Result<Vec<RosterLine>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT student.id, student.student_no, student.name, newest.id AS submission, newest.photo,
                        newest.kind, coalesce({DIFFERING}, 0) AS differing, student.exempt, coalesce(student_mark.straggler, 0) AS straggler,
                        coalesce(json_extract(student_mark.marks, '$.note'), '') AS note
                 FROM student LEFT JOIN newest_submission AS newest ON newest.student = student.id
                 LEFT JOIN student_mark ON student_mark.student = student.id
                 WHERE student.round = ?1 AND student.listed ORDER BY student.student_no"
            ))?;
            let rows = query.query_map([round.0], |row| {
                let (decision, reviewing) = shown_kind(row)?;
                Ok(RosterLine {
                    student: StudentId(row.get("id")?),
                    student_no: row.get("student_no")?,
                    name: row.get("name")?,
                    submission: row.get::<_, Option<i64>>("submission")?.map(SubmissionId),
                    photo: row.get::<_, Option<[u8; 32]>>("photo")?.map(PhotoHash),
                    decision,
                    reviewing,
                    differing: row.get("differing")?,
                    exempt: word_or_null(row, "exempt", Exempt::parse)?,
                    note: row.get("note")?,
                    straggler: row.get("straggler")?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// These students, listed or not; unknown ones are left out.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn students_with(&self, ids: &[StudentId]) -> Result<Vec<Student>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT * FROM student WHERE id = ?1")?;
            let students = ids
                .iter()
                .map(|id| query.query_row([id.0], read_student).optional());
            Ok(students
                .filter_map(rusqlite::Result::transpose)
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The listed students of the round who are not to be collected, and why.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn exempt(&self, round: RoundId) -> Result<HashMap<StudentId, Exempt>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, exempt FROM student
                 WHERE round = ?1 AND listed AND exempt IS NOT NULL",
            )?;
            let rows = query.query_map([round.0], |row| {
                Ok((
                    StudentId(row.get("id")?),
                    word(row, "exempt", Exempt::parse)?,
                ))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The roster as a map from 学号, for telling what an import would change.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn students_by_no(&self, round: RoundId) -> Result<HashMap<String, Student>> {
        let students = self.students(round)?.into_iter();
        Ok(students
            .map(|student| (student.draft.student_no.clone(), student))
            .collect())
    }

    /// One student, listed or not.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn student(&self, id: StudentId) -> Result<Student> {
        self.read(|connection| get(connection, id))
    }

    /// The listed students with that key, by 学号; a 学号 names at most one.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn find_students(&self, round: RoundId, key: StudentKey<'_>) -> Result<Vec<Student>> {
        let (column, text) = match key {
            StudentKey::StudentNo(text) => ("student_no", text),
            StudentKey::IdNumber(text) => ("id_number", text),
            StudentKey::ExamNo(text) => ("exam_no", text),
            StudentKey::NameKey(text) => ("name_key", text),
        };
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT * FROM student
                 WHERE round = ?1 AND {column} = ?2 AND {column} <> '' AND listed ORDER BY student_no"
            ))?;
            let rows = query.query_map((round.0, text), read_student)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// What cohorts ask of every student of the round, listed or not, and why the student is exempt as it stands.
pub(crate) fn facts(
    connection: &Connection,
    round: RoundId,
) -> Result<Vec<(StudentId, StudentDraft, Option<Exempt>)>> {
    let mut query = connection.prepare_cached(
        "SELECT id, grade, study_mode, level, campus, college, major, class, exempt
         FROM student WHERE round = ?1",
    )?;
    let rows = query.query_map([round.0], |row| {
        let draft = StudentDraft {
            grade: row.get("grade")?,
            study_mode: row.get("study_mode")?,
            level: row.get("level")?,
            campus: row.get("campus")?,
            college: row.get("college")?,
            major: row.get("major")?,
            class: row.get("class")?,
            ..StudentDraft::default()
        };
        let exempt = word_or_null(row, "exempt", Exempt::parse)?;
        Ok((StudentId(row.get("id")?), draft, exempt))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Why the student is exempt; `None` for who is to be collected.
pub(crate) fn exempt(connection: &Connection, id: StudentId) -> Result<Option<Exempt>> {
    Ok(connection
        .prepare_cached("SELECT exempt FROM student WHERE id = ?1")?
        .query_row([id.0], |row| word_or_null(row, "exempt", Exempt::parse))?)
}

/// Says why a student is exempt, or that it is not.
pub(crate) fn set_exempt(
    connection: &Connection,
    id: StudentId,
    why: Option<Exempt>,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE student SET exempt = ?2 WHERE id = ?1")?
        .execute((id.0, why.map(Exempt::as_str)))?;
    Ok(())
}

/// The roster, by 学号.
pub(crate) fn listed(connection: &Connection, round: RoundId) -> Result<Vec<Student>> {
    let mut query = connection
        .prepare_cached("SELECT * FROM student WHERE round = ?1 AND listed ORDER BY student_no")?;
    let rows = query.query_map([round.0], read_student)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One student, listed or not.
pub(crate) fn get(connection: &Connection, id: StudentId) -> Result<Student> {
    connection
        .prepare_cached("SELECT * FROM student WHERE id = ?1")?
        .query_row([id.0], read_student)
        .optional()?
        .ok_or(Error::NotFound {
            what: "学生",
            id: id.0,
        })
}

/// Every row of the round, listed or not, by 学号.
pub(crate) fn images(
    connection: &Connection,
    round: RoundId,
) -> Result<HashMap<String, (StudentId, StudentImage)>> {
    let mut query = connection.prepare_cached("SELECT * FROM student WHERE round = ?1")?;
    let rows = query.query_map([round.0], |row| {
        let image = read_image(row)?;
        Ok((
            image.draft.student_no.clone(),
            (StudentId(row.get("id")?), image),
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The columns of one row.
pub(crate) fn image(connection: &Connection, id: StudentId) -> Result<StudentImage> {
    Ok(connection
        .prepare_cached("SELECT * FROM student WHERE id = ?1")?
        .query_row([id.0], read_image)?)
}

/// Adds a student.
pub(crate) fn insert(
    connection: &Connection,
    round: RoundId,
    image: &StudentImage,
) -> Result<StudentId> {
    let draft = &image.draft;
    connection
        .prepare_cached(
            "INSERT INTO student (round, student_no, name, name_key, id_number, sex, birth_date,
                                  exam_no, college, major, grade, class, level, study_mode, campus,
                                  listed)
             VALUES (:round, :student_no, :name, :name_key, :id_number, :sex, :birth_date,
                     :exam_no, :college, :major, :grade, :class, :level, :study_mode, :campus,
                     :listed)",
        )?
        .execute(named_params! {
            ":round": round.0, ":student_no": draft.student_no, ":name": draft.name,
            ":name_key": image.name_key, ":id_number": draft.id_number, ":sex": draft.sex,
            ":birth_date": draft.birth_date, ":exam_no": draft.exam_no, ":college": draft.college,
            ":major": draft.major, ":grade": draft.grade, ":class": draft.class,
            ":level": draft.level, ":study_mode": draft.study_mode, ":campus": draft.campus,
            ":listed": image.listed,
        })?;
    Ok(StudentId(connection.last_insert_rowid()))
}

/// Overwrites every column of a student but the 学号.
pub(crate) fn overwrite(
    connection: &Connection,
    id: StudentId,
    image: &StudentImage,
) -> Result<()> {
    let draft = &image.draft;
    connection
        .prepare_cached(
            "UPDATE student SET student_no = :student_no, name = :name, name_key = :name_key, id_number = :id_number,
                    sex = :sex, birth_date = :birth_date, exam_no = :exam_no, college = :college,
                    major = :major, grade = :grade, class = :class, level = :level,
                    study_mode = :study_mode, campus = :campus, listed = :listed
             WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": id.0, ":student_no": draft.student_no, ":name": draft.name,
            ":name_key": image.name_key, ":id_number": draft.id_number, ":sex": draft.sex,
            ":birth_date": draft.birth_date, ":exam_no": draft.exam_no, ":college": draft.college,
            ":major": draft.major, ":grade": draft.grade, ":class": draft.class, ":level": draft.level,
            ":study_mode": draft.study_mode, ":campus": draft.campus, ":listed": image.listed,
        })?;
    Ok(())
}

/// Whether another student of the round has the 学号, on the roster or off it.
pub(crate) fn is_of_another(
    connection: &Connection,
    id: StudentId,
    student_no: &str,
) -> Result<bool> {
    let others = connection
        .prepare_cached(
            "SELECT count(*) FROM student
             WHERE round = (SELECT round FROM student WHERE id = ?1) AND student_no = ?2 AND id <> ?1",
        )?
        .query_row((id.0, student_no), |row| row.get::<_, i64>(0))?;
    Ok(others > 0)
}

/// Takes a student off the roster; the row stays.
pub(crate) fn unlist(connection: &Connection, id: StudentId) -> Result<()> {
    connection
        .prepare_cached("UPDATE student SET listed = 0 WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

fn read_student(row: &Row<'_>) -> rusqlite::Result<Student> {
    Ok(Student {
        id: StudentId(row.get("id")?),
        round: RoundId(row.get("round")?),
        draft: read_draft(row)?,
    })
}

fn read_image(row: &Row<'_>) -> rusqlite::Result<StudentImage> {
    Ok(StudentImage {
        draft: read_draft(row)?,
        name_key: row.get("name_key")?,
        listed: row.get("listed")?,
    })
}

fn read_draft(row: &Row<'_>) -> rusqlite::Result<StudentDraft> {
    Ok(StudentDraft {
        student_no: row.get("student_no")?,
        name: row.get("name")?,
        id_number: row.get("id_number")?,
        sex: row.get("sex")?,
        birth_date: row.get("birth_date")?,
        exam_no: row.get("exam_no")?,
        college: row.get("college")?,
        major: row.get("major")?,
        grade: row.get("grade")?,
        class: row.get("class")?,
        level: row.get("level")?,
        study_mode: row.get("study_mode")?,
        campus: row.get("campus")?,
    })
}
