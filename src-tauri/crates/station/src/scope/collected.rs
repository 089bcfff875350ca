//! Reading a list of students who have a 学历照片 already: each row means one student of the roster, or is told of.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use zhaoshen_exchange::collected::{CollectedRow, CollectedTable, Says, read_collected};
use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{Student, StudentId, identity, name};
use zhaoshen_store::MarkEdit;

use crate::app::count;
use crate::failure::{exchange, store};
use crate::masking::{id_numbers, without_id_numbers};
use crate::roster::students_by_id;
use crate::wire::{CollectedImport, CollectedImported, CollectedLine, Failure};
use crate::{Seat, zh};

/// Rows told of one by one.
const LINES: usize = 500;

impl Seat {
    /// Marks the students of a list as having a 学历照片 already, in one act that is undone as one. Rows that fit several
    /// students or nobody are told of, and change nothing.
    ///
    /// # Errors
    /// When the file names no students, is protected or damaged.
    pub fn collected_import(&self, args: CollectedImport) -> Result<CollectedImported, Failure> {
        let round = self.round(args.round)?.id;
        let read = read_collected(Path::new(&args.path));
        let (file, table) = read.map_err(|error| exchange(&error))?;
        let CollectedTable {
            rows,
            totals,
            lost,
            remarks,
        } = table;
        let students = students_by_id(self.store(), round)?;
        let listed: Vec<Student> = students.values().cloned().collect();
        let matcher = Matcher::new(&listed);
        let marks = self.store().marks(round).map_err(|error| store(&error))?;
        let known = marks.iter().filter(|(_, said)| said.collected);
        let mut reading = Reading::new(file, known.map(|(id, _)| *id).collect(), &students);
        for row in &rows {
            match &row.says {
                Says::Listed | Says::HasPhoto => {
                    reading.take(row, &matcher.match_keys(&row.named));
                }
                Says::NoPhoto => reading.report.without += 1,
                Says::Unclear(written) => {
                    reading.report.unclear += 1;
                    reading.doubt(row, zh::collected_unclear(written));
                }
            }
        }
        let (students, mut report) = (reading.found, reading.report);
        self.mark_all(round, &students, &MarkEdit::Collected(true), &report.file)?;
        report.rows = count(rows.len());
        let totals = totals.into_iter().map(|(row, text)| CollectedLine {
            row,
            text,
            why: zh::COLLECTED_TOTAL.to_owned(),
        });
        report.remarks = remarks;
        report.lost = count(lost.len());
        let lost = lost.into_iter().map(|(row, why)| CollectedLine {
            row,
            text: String::new(),
            why,
        });
        report.lines = lost.take(LINES / 2).collect();
        report.lines.extend(reading.doubtful);
        report.lines.extend(totals);
        report.lines.extend(reading.strangers);
        report.lines.truncate(LINES);
        Ok(report)
    }
}

/// What the rows taken so far amount to.
struct Reading<'a> {
    students: &'a HashMap<StudentId, Student>,
    id_numbers: HashSet<String>,
    /// Marked before, or further up in the list.
    known: HashSet<StudentId>,
    found: Vec<StudentId>,
    report: CollectedImported,
    doubtful: Vec<CollectedLine>,
    strangers: Vec<CollectedLine>,
}

impl<'a> Reading<'a> {
    fn new(
        file: String,
        known: HashSet<StudentId>,
        students: &'a HashMap<StudentId, Student>,
    ) -> Self {
        Self {
            students,
            id_numbers: id_numbers(students.values()),
            known,
            found: Vec::new(),
            report: CollectedImported {
                file,
                ..CollectedImported::default()
            },
            doubtful: Vec::new(),
            strangers: Vec::new(),
        }
    }

    fn take(&mut self, row: &CollectedRow, whose: &Matching) {
        match whose {
            Matching::Matched { student, .. } if !self.is_called(*student, &row.named.name) => {
                self.doubt(row, zh::collected_ambiguous(1));
                self.report.ambiguous += 1;
            }
            Matching::Matched { student, by } => {
                if !self.known.insert(*student) {
                    self.report.known += 1;
                    return;
                }
                self.found.push(*student);
                self.report.marked += 1;
                if *by == MatchKey::Name {
                    self.report.by_name += 1;
                    self.doubt(row, zh::COLLECTED_BY_NAME.to_owned());
                }
            }
            Matching::Ambiguous { candidates } => {
                self.doubt(row, zh::collected_ambiguous(candidates.len()));
                self.report.ambiguous += 1;
            }
            // A name that nobody has is a stranger's as a number is.
            _ => {
                let line = self.line(row, zh::COLLECTED_STRANGER.to_owned());
                self.strangers.push(line);
                self.report.strangers += 1;
            }
        }
    }

    fn doubt(&mut self, row: &CollectedRow, why: String) {
        let line = self.line(row, why);
        self.doubtful.push(line);
    }

    /// Whether the row gives the student no other name: a number that was copied wrong names somebody, too.
    fn is_called(&self, student: StudentId, given: &str) -> bool {
        let known = self.students.get(&student);
        given.is_empty()
            || known.is_none_or(|known| name::fold(&known.draft.name) == name::fold(given))
    }

    fn line(&self, row: &CollectedRow, why: String) -> CollectedLine {
        let named = &row.named;
        let id_number = identity::mask(&named.id_number);
        let parts = [&named.student_no, &named.exam_no, &named.name, &id_number];
        let parts: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        // A number may stand in the wrong column, and is none that may be shown there either.
        let is_known = |number: &str| self.id_numbers.contains(number);
        CollectedLine {
            row: row.row,
            text: without_id_numbers(&parts.join(" "), is_known),
            why,
        }
    }
}
