//! What an archive says in words: tables for people, and the same and more as JSON for programs.

mod ledgers;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};
use zhaoshen_checks::{Role, judge};
use zhaoshen_exchange::workbook::{Book, Column};
use zhaoshen_model::{Exempt, RosterField, Student, StudentId, SubmissionId};
use zhaoshen_store::{DecisionRow, LogFilter, RoundRow, SubmissionRow};

use super::finished::Tally;
use crate::app::local_time;
use crate::failure::{exchange, internal, store};
use crate::known::Known;
use crate::masking::{id_numbers, without_id_numbers};
use crate::wire::{ArchiveChoice, Failure};
use crate::{Seat, zh};

/// Number of the format, told in `ARCHIVE-FORMAT.md`.
const FORMAT: u32 = 1;
/// Rows of the log read at once.
const LOG_PAGE: u32 = 5000;
/// Fields whose texts are hashes or words of the program, in which no number is looked for.
const NOT_MASKED: [&str; 5] = ["photo", "sha256", "source_sha256", "kept_apart", "hash"];

/// Everything the tables are made of, read once.
pub(super) struct Content<'a> {
    station: &'a Seat,
    round: &'a RoundRow,
    choice: ArchiveChoice,
    made: &'a str,
    /// By 学号; those who are no longer on the roster but handed something in come last.
    students: Vec<(Student, bool)>,
    exempt: HashMap<StudentId, Exempt>,
    submissions: Vec<SubmissionRow>,
    decisions: BTreeMap<SubmissionId, Vec<DecisionRow>>,
    /// ID numbers of the round.
    numbers: HashSet<String>,
}

impl<'a> Content<'a> {
    pub(super) fn load(
        station: &'a Seat,
        round: &'a RoundRow,
        choice: ArchiveChoice,
        made: &'a str,
    ) -> Result<Self, Failure> {
        let failed = |error: zhaoshen_store::Error| store(&error);
        let store_ = station.store();
        let listed = store_.students(round.id).map_err(failed)?;
        let submissions = store_.submissions(round.id).map_err(failed)?;
        let there: HashSet<StudentId> = listed.iter().map(|student| student.id).collect();
        let mut gone: Vec<StudentId> = submissions.iter().filter_map(|row| row.student).collect();
        gone.retain(|id| !there.contains(id));
        gone.sort_unstable();
        gone.dedup();
        let gone = store_.students_with(&gone).map_err(failed)?;
        let mut decisions = BTreeMap::new();
        for row in &submissions {
            decisions.insert(row.id, store_.decisions_on(row.id).map_err(failed)?);
        }
        let mut numbers = id_numbers(&listed);
        numbers.extend(id_numbers(&gone));
        let listed = listed.into_iter().map(|student| (student, true));
        let gone = gone.into_iter().map(|student| (student, false));
        Ok(Self {
            station,
            round,
            choice,
            made,
            students: listed.chain(gone).collect(),
            exempt: store_.exempt(round.id).map_err(failed)?,
            submissions,
            decisions,
            numbers,
        })
    }

    /// Every entry with its name, in the order they are written.
    pub(super) fn entries(&self, tally: &Tally) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
        let mut entries = vec![
            ("archive.json", self.facts(tally)?),
            ("archive.xlsx", self.workbook()?),
            ("roster.csv", self.roster_csv()),
            ("roster.json", self.text(self.roster_json())?),
            ("submissions.json", self.text(self.submissions_json())?),
            ("decisions.json", self.text(self.decisions_json()?)?),
            ("findings.json", self.text(self.findings_json()?)?),
            ("standard.json", self.text(json_of(&self.round.profile)?)?),
            ("deliveries.json", self.text(self.deliveries_json()?)?),
            ("codes.json", self.text(self.codes_json()?)?),
            ("receipts.json", self.text(self.receipts_json()?)?),
            ("notices.json", self.text(self.notices_json()?)?),
            ("paper.json", self.text(self.paper_json()?)?),
            ("fees.json", self.text(self.fees_json()?)?),
            ("log.json", self.text(self.log_json()?)?),
        ];
        let closing = self.station.closing_files(self.round)?;
        entries.push(("closing.xlsx", closing.book));
        // A machine without a font that writes Chinese still archives.
        entries.extend(closing.pdf.ok().map(|pdf| ("closing.pdf", pdf)));
        Ok(entries)
    }

    /// A value as text, every ID number in it masked unless they were chosen in.
    fn text(&self, mut value: Value) -> Result<Vec<u8>, Failure> {
        if !self.choice.id_numbers {
            self.mask(&mut value);
        }
        serde_json::to_vec_pretty(&value).map_err(|error| internal(&error))
    }

    fn mask(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.masked(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.mask(value)),
            Value::Object(fields) => {
                fields.remove("id_number");
                for (name, value) in fields.iter_mut() {
                    if !NOT_MASKED.contains(&name.as_str()) {
                        self.mask(value);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn masked(&self, text: &str) -> String {
        match self.choice.id_numbers {
            true => text.to_owned(),
            false => without_id_numbers(text, |number| self.numbers.contains(number)),
        }
    }

    /// The roster's columns; ID numbers only where they were chosen in.
    fn fields(&self) -> impl Iterator<Item = RosterField> {
        let with_numbers = self.choice.id_numbers;
        RosterField::ALL
            .into_iter()
            .filter(move |field| with_numbers || *field != RosterField::IdNumber)
    }

    fn facts(&self, tally: &Tally) -> Result<Vec<u8>, Failure> {
        let counts = self.station.store().round_counts(self.round.id);
        let end = self.station.ending(self.round.id)?;
        let facts = json!({
            "format": "zhaoshen-round-archive",
            "format_version": FORMAT,
            "program_version": env!("CARGO_PKG_VERSION"),
            "round": {
                "name": self.round.name,
                "school_code": self.round.school_code,
                "opens_on": self.round.opens_on,
                "closes_on": self.round.closes_on,
                "created_at": self.round.created_at,
                "standard": self.round.profile.title,
            },
            "closed": end.closed,
            "keep_until": end.keep_until,
            "archived": self.made,
            "contains": self.choice,
            "finished": tally,
            "counts": counts.map_err(|error| store(&error))?,
        });
        self.text(facts)
    }

    fn roster_rows(&self) -> Vec<Vec<String>> {
        let row = |(student, listed): &(Student, bool)| {
            let fields = self.fields();
            let mut row: Vec<String> = fields
                .map(|field| match field {
                    RosterField::IdNumber => student.draft.id_number.clone(),
                    field => self.masked(student.draft.get(field)),
                })
                .collect();
            let exempt = self.exempt.get(&student.id);
            row.push(exempt.map_or_else(String::new, |why| why.title().to_owned()));
            row.push(zh::yes(*listed).to_owned());
            row
        };
        self.students.iter().map(row).collect()
    }

    fn roster_titles(&self) -> Vec<&'static str> {
        let titles = self.fields().map(RosterField::title);
        titles
            .chain([zh::ARCHIVE_EXEMPT, zh::ARCHIVE_LISTED])
            .collect()
    }

    /// With the mark that Excel knows UTF-8 by, and a quote before what it would take for a formula.
    fn roster_csv(&self) -> Vec<u8> {
        let titles = self.roster_titles().into_iter().map(str::to_owned);
        let mut text = String::from("\u{feff}");
        for row in [titles.collect()].into_iter().chain(self.roster_rows()) {
            let cells: Vec<String> = row.iter().map(|cell| csv_cell(cell)).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text.into_bytes()
    }

    fn roster_json(&self) -> Value {
        let students = self.students.iter().map(|(student, listed)| {
            json!({
                "student": student.id,
                "listed": listed,
                "exempt": self.exempt.get(&student.id).map(|why| why.as_str()),
                "columns": student.draft,
            })
        });
        students.collect()
    }

    fn submissions_json(&self) -> Value {
        let numbers = self.student_numbers();
        let rows = self.submissions.iter().map(|row| {
            json!({
                "submission": row.id,
                "student": row.student,
                "student_no": row.student.and_then(|id| numbers.get(&id)),
                "n": row.n,
                "received_at": row.received_at,
                "file_name": row.file_name,
                "source": row.source,
                "matching": row.matching,
                "photo": row.photo.to_string(),
                "rejected_before": row.rejected_before,
                "standing_decision": row.decision,
            })
        });
        rows.collect()
    }

    fn student_numbers(&self) -> HashMap<StudentId, &str> {
        let students = self.students.iter();
        students
            .map(|(student, _)| (student.id, student.draft.student_no.as_str()))
            .collect()
    }

    fn decisions_json(&self) -> Result<Value, Failure> {
        json_of(&self.decisions.values().flatten().collect::<Vec<_>>())
    }

    fn findings_json(&self) -> Result<Value, Failure> {
        let known = Known::of(self.station.store(), self.round.id)?;
        let judged = self.submissions.iter().filter_map(|row| {
            let (measured, history) = known.about(row.id, row.photo)?;
            let profile = &self.round.profile;
            let findings = judge(measured, profile, &history, Role::of(&history));
            let findings: Vec<Value> = findings
                .iter()
                .map(|finding| {
                    json!({
                        "code": finding.code,
                        "severity": finding.severity,
                        "value": finding.value,
                        "unit": finding.unit,
                        "min": finding.min,
                        "max": finding.max,
                        "message": finding.message,
                        "clause": finding.clause,
                    })
                })
                .collect();
            Some(json!({ "submission": row.id, "findings": findings }))
        });
        Ok(judged.collect())
    }

    fn deliveries_json(&self) -> Result<Value, Failure> {
        let store_ = self.station.store();
        let mut all = Vec::new();
        for row in store_
            .deliveries(self.round.id)
            .map_err(|error| store(&error))?
        {
            let files = store_
                .delivered_files(row.id)
                .map_err(|error| store(&error))?;
            let files: Vec<Value> = files
                .iter()
                .map(|file| {
                    json!({
                        "file_name": file.file_name,
                        "submission": file.submission,
                        "sha256": file.sha256.to_string(),
                        "size_bytes": file.size_bytes,
                    })
                })
                .collect();
            all.push(json!({
                "number": row.number,
                "at": row.at,
                "reviewer": row.reviewer,
                "target": row.target,
                "standard": row.profile_name,
                "in_house": row.in_house,
                "files": files,
            }));
        }
        Ok(Value::Array(all))
    }

    /// The pictures of 采集码: what they say is in no archive, only whether something could be read.
    fn codes_json(&self) -> Result<Value, Failure> {
        let pictures = self.station.store().code_pictures(self.round.id);
        let pictures = pictures.map_err(|error| store(&error))?;
        let numbers = self.student_numbers();
        let rows = pictures.iter().map(|picture| {
            json!({
                "student": picture.student,
                "student_no": numbers.get(&picture.student),
                "file_name": picture.file_name,
                "format": picture.format.as_str(),
                "photo": picture.photo.to_string(),
                "readable": picture.digest.is_some(),
            })
        });
        Ok(rows.collect())
    }

    fn receipts_json(&self) -> Result<Value, Failure> {
        let receipts = self.station.store().receipts(self.round.id);
        json_of(&receipts.map_err(|error| store(&error))?)
    }

    fn log_json(&self) -> Result<Value, Failure> {
        let filter = LogFilter {
            round: Some(self.round.id),
            ..LogFilter::default()
        };
        let mut rows = Vec::new();
        loop {
            let offset = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let page = self.station.store().log(&filter, offset, LOG_PAGE);
            let page = page.map_err(|error| store(&error))?;
            if page.is_empty() {
                break;
            }
            rows.extend(page);
        }
        rows.reverse();
        json_of(&rows)
    }

    fn workbook(&self) -> Result<Vec<u8>, Failure> {
        let [roster, submissions] = zh::ARCHIVE_SHEETS;
        let mut book = Book::new();
        let titles = self.roster_titles();
        let columns: Vec<Column<'_>> = titles
            .iter()
            .map(|title| Column::new(title, 18.0))
            .collect();
        let failed = |error: zhaoshen_exchange::Error| exchange(&error);
        book.sheet(roster, &columns, self.roster_rows())
            .map_err(failed)?;
        let widths = [10.0, 18.0, 12.0, 8.0, 20.0, 30.0, 10.0, 50.0, 12.0];
        let columns: Vec<Column<'_>> = zh::ARCHIVE_COLUMNS
            .iter()
            .zip(widths)
            .map(|(title, width)| Column::new(title, width))
            .collect();
        book.sheet(submissions, &columns, self.submission_rows())
            .map_err(failed)?;
        book.into_bytes().map_err(failed)
    }

    fn submission_rows(&self) -> Vec<Vec<String>> {
        let whose: HashMap<StudentId, &Student> = self
            .students
            .iter()
            .map(|(student, _)| (student.id, student))
            .collect();
        let row = |row: &SubmissionRow| {
            let student = row.student.and_then(|id| whose.get(&id));
            let decisions = self.decisions.get(&row.id).map(Vec::as_slice);
            let standing = decisions
                .unwrap_or_default()
                .iter()
                .find(|made| Some(made.id) == row.decision)
                .map(|made| &made.decision);
            let reasons = standing.map_or_else(String::new, |decision| {
                let texts = decision.reasons.iter().map(|reason| reason.text.as_str());
                self.masked(&zh::in_one_line(texts.chain([decision.note.as_str()])))
            });
            vec![
                row.id.0.to_string(),
                student.map_or_else(String::new, |of| self.masked(&of.draft.student_no)),
                student.map_or_else(String::new, |of| of.draft.name.clone()),
                row.n.map_or_else(String::new, |n| n.to_string()),
                local_time(row.received_at),
                self.masked(&row.file_name),
                standing.map_or_else(String::new, |decision| decision.kind.title().to_owned()),
                reasons,
                standing.map_or_else(String::new, |decision| decision.reviewer.clone()),
            ]
        };
        self.submissions.iter().map(row).collect()
    }
}

fn json_of<T: serde::Serialize>(value: &T) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(|error| internal(&error))
}

/// One cell; what a spreadsheet would take for a formula, also behind blanks or in full width, is told to be text.
fn csv_cell(text: &str) -> String {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let is_formula = text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(SIGNS);
    let quote = if is_formula { "'" } else { "" };
    format!("\"{quote}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "－1", "＋1", "＠A",
        ] {
            assert_eq!(csv_cell(text), format!("\"'{text}\""));
        }
        for text in ["", "张三", "O'Neill", "2025-01-01", "a=b"] {
            assert_eq!(csv_cell(text), format!("\"{text}\""));
        }
        assert_eq!(csv_cell("=\"x\""), "\"'=\"\"x\"\"\"");
    }
}
