//! The file for whoever sends text messages: the notices of the rejected, with their telephone numbers, under the column
//! titles that the operator's system asks for.
//!
//! Numbers are read from a table at that moment, put into the file, and kept nowhere; screens and the log know how many
//! there were. A row counts only where a number of the school's or the state's names the student: a private notice must
//! not go to somebody of the same name.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde_json::json;
use zhaoshen_exchange::matching::Matcher;
use zhaoshen_exchange::phones::{PhoneRow, read_phones};
use zhaoshen_exchange::workbook::{Book, Column};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::notice::signed;
use zhaoshen_model::{RoundId, Student, identity};
use zhaoshen_store::FileKind;

use crate::app::{count, local_date, now};
use crate::failure::{exchange, internal, refused, store};
use crate::notice::{is_past, unknown_placeholder};
use crate::roster::students_by_id;
use crate::table::Written;
use crate::wire::{
    Empty, Failure, NoticeAsk, NoticeRow, NoticeView, SmsAsk, SmsColumn, SmsColumns, SmsPreview,
    SmsSave, SmsSaved, SmsSignature, SmsStudent, SmsWhat,
};
use crate::{Saved, Seat, zh};

/// Name of the setting that holds the columns.
const COLUMNS: &str = "sms_columns";
/// Longest title of a column, characters.
const TITLE_MAX: usize = 30;
/// Longest signature, characters.
const SIGNATURE_MAX: usize = 20;
/// Students without a number that are named.
const NAMED: usize = 200;

impl Seat {
    /// The columns of the file, as they were kept.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn sms_columns(&self, _: Empty) -> Result<SmsColumns, Failure> {
        let kept = self
            .store()
            .setting(COLUMNS)
            .map_err(|error| store(&error))?;
        let kept = kept.map(serde_json::from_value).transpose();
        let kept: Option<Vec<SmsColumn>> = kept.map_err(|error| internal(&error))?;
        let columns = kept.unwrap_or_else(|| {
            let own = [SmsWhat::Phone, SmsWhat::Text];
            let column = |what| SmsColumn {
                what,
                title: zh::sms_title(what).to_owned(),
            };
            own.map(column).to_vec()
        });
        Ok(SmsColumns { columns })
    }

    /// Says with what signature the round's text messages go out: counted, and written before every text of the file.
    ///
    /// # Errors
    /// Refused for one that is too long or has brackets within, and for a closed round.
    pub fn sms_signature(&self, args: SmsSignature) -> Result<SmsSignature, Failure> {
        let round = self.open_round(args.round)?.id;
        let given = args.signature.trim();
        let bare = given
            .strip_prefix('【')
            .and_then(|rest| rest.strip_suffix('】'));
        let signature = bare.unwrap_or(given).trim();
        let cannot_be = |c: char| c.is_control() || matches!(c, '【' | '】');
        if signature.chars().count() > SIGNATURE_MAX || signature.contains(cannot_be) {
            return Err(refused(zh::SMS_SIGNATURE));
        }
        let setting = (&*signature_of(round), &json!(signature));
        self.store()
            .set_round_setting(round, setting, &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        Ok(SmsSignature {
            round: args.round,
            signature: signature.to_owned(),
        })
    }

    /// The signature as it was kept, or empty.
    pub(crate) fn kept_signature(&self, round: RoundId) -> Result<String, Failure> {
        let kept = self.store().setting(&signature_of(round));
        let kept = kept.map_err(|error| store(&error))?;
        let kept = kept.and_then(|value| value.as_str().map(str::to_owned));
        Ok(kept.unwrap_or_default())
    }

    /// What the file would hold; nothing is written.
    ///
    /// # Errors
    /// As [`Seat::notice_list`]; when the table of numbers cannot be read.
    pub fn sms_preview(&self, args: SmsAsk) -> Result<SmsPreview, Failure> {
        Ok(self.sms(args)?.preview())
    }

    /// Writes the file into a folder and keeps its columns.
    ///
    /// # Errors
    /// Refused for columns that cannot be, without numbers where a column asks for them, for a template with a placeholder
    /// that stands for nothing, and where nobody would be in it;
    /// as [`Seat::sms_preview`]; when the folder cannot be written into.
    pub fn sms_save(&self, args: SmsSave) -> Result<SmsSaved, Failure> {
        self.reviewer()?;
        let columns = sound(args.columns)?;
        let numbers = columns.iter().any(|column| column.what == SmsWhat::Phone);
        if numbers && args.ask.path.is_empty() {
            return Err(refused(zh::SMS_NO_NUMBERS));
        }
        let round = RoundId(args.ask.round);
        let told = self.sms(args.ask)?;
        if let Some(unknown) = told.unknown.first() {
            return Err(refused(unknown_placeholder(unknown)));
        }
        let of_file: Vec<&NoticeRow> = (told.rows.iter())
            .filter(|row| !numbers || told.phone(row).is_some())
            .collect();
        let submissions = of_file.iter().map(|row| row.submission).collect();
        let rows: Vec<Vec<String>> = (of_file.iter())
            .map(|row| columns.iter().map(|of| told.cell(row, of.what)).collect())
            .collect();
        if rows.is_empty() {
            return Err(refused(zh::SMS_NOBODY));
        }
        let written = count(rows.len());
        let left_out = count(told.rows.len()) - written;
        let titles: Vec<Column<'_>> = (columns.iter())
            .map(|column| Column::new(&column.title, width(column.what)))
            .collect();
        let mut book = Book::new();
        book.sheet(zh::SMS_TITLE, &titles, rows)
            .map_err(|error| exchange(&error))?;
        let bytes = book.into_bytes().map_err(|error| exchange(&error))?;
        // A closed round does not take it.
        let what = Written {
            students: Some((u64::from(written), numbers)),
            ..Written::of(round, FileKind::SmsList)
        };
        let saved = self.save_listed(what, &args.folder, &bytes, |n| {
            zh::table_file(zh::SMS_TITLE, &local_date(now()), n)
        })?;
        self.inner.saved.note(Saved::Sms, args.folder);
        if columns != self.sms_columns(Empty {})?.columns {
            self.store()
                .set_setting(COLUMNS, &json!(columns), &self.clerk()?, now())
                .map_err(|error| store(&error))?;
        }
        Ok(SmsSaved {
            path: saved.path,
            rows: written,
            left_out,
            submissions,
            found: told.preview(),
        })
    }

    fn sms(&self, ask: SmsAsk) -> Result<Told, Failure> {
        let NoticeView {
            mut rows,
            deadline,
            signature,
            unknown,
            ..
        } = self.notice_list(NoticeAsk {
            round: ask.round,
            template: ask.template,
            deadline: ask.deadline,
        })?;
        rows.retain(|row| !ask.only_untold || row.told_at.is_empty());
        let passed = deadline.parse().is_ok_and(is_past);
        let mut told = Told {
            rows,
            deadline: if passed { String::new() } else { deadline },
            signature,
            unknown,
            ..Told::default()
        };
        if !ask.path.is_empty() {
            let read = read_phones(Path::new(&ask.path));
            let (file, table) = read.map_err(|error| exchange(&error))?;
            let students = students_by_id(self.store(), RoundId(ask.round))?;
            let listed: Vec<Student> = students.values().cloned().collect();
            let matcher = Matcher::new(&listed);
            told.file = file;
            told.remarks = table.remarks;
            for row in table.rows {
                let student = match matcher.match_keys(&row.named) {
                    Matching::Matched { student, by } if by != MatchKey::Name => {
                        students.get(&student)
                    }
                    _ => None,
                };
                told.take(row, student);
            }
        }
        Ok(told)
    }
}

/// The notices and the numbers they go to.
#[derive(Default)]
struct Told {
    file: String,
    /// What to say of its sheets.
    remarks: Vec<String>,
    rows: Vec<NoticeRow>,
    deadline: String,
    signature: String,
    /// Placeholders of the template that stand for nothing.
    unknown: Vec<String>,
    /// By 学号.
    phones: HashMap<String, String>,
    /// 学号 of students of whom there is another number, too.
    several: HashSet<String>,
    unreadable: u32,
    unmatched: u32,
}

impl Told {
    /// A row of the table; of several with a number of one student the first counts.
    fn take(&mut self, row: PhoneRow, whose: Option<&Student>) {
        let Some(phone) = row.phone else {
            self.unreadable += 1;
            return;
        };
        match whose {
            Some(student) => {
                let number = &student.draft.student_no;
                match self.phones.get(number) {
                    Some(first) if *first != phone => {
                        self.several.insert(number.clone());
                    }
                    Some(_) => {}
                    None => {
                        self.phones.insert(number.clone(), phone);
                    }
                }
            }
            None => self.unmatched += 1,
        }
    }

    fn phone(&self, row: &NoticeRow) -> Option<&str> {
        self.phones.get(&row.student_no).map(String::as_str)
    }

    fn cell(&self, row: &NoticeRow, what: SmsWhat) -> String {
        match what {
            SmsWhat::Phone => self.phone(row).unwrap_or_default(),
            SmsWhat::Text => return signed(&self.signature, &row.text),
            SmsWhat::Name => &row.name,
            SmsWhat::StudentNo => &row.student_no,
            SmsWhat::College => &row.college,
            SmsWhat::Class => &row.class,
            SmsWhat::Reasons => &row.reasons,
            SmsWhat::Deadline => &self.deadline,
        }
        .to_owned()
    }

    fn preview(&self) -> SmsPreview {
        let numbers: Vec<&str> = self.rows.iter().filter_map(|row| self.phone(row)).collect();
        let mut met = HashSet::new();
        let twice: HashSet<&str> = (numbers.iter().copied())
            .filter(|number| !met.insert(*number))
            .collect();
        let shared = numbers.iter().filter(|number| twice.contains(*number));
        let several = self.rows.iter().map(|row| &row.student_no);
        let several = several.filter(|number| self.several.contains(*number));
        let unnumbered = self.rows.iter().filter(|row| self.phone(row).is_none());
        SmsPreview {
            file: self.file.clone(),
            remarks: self.remarks.clone(),
            students: count(self.rows.len()),
            numbered: count(numbers.len()),
            example: numbers
                .first()
                .map_or_else(String::new, |first| identity::mask(first)),
            shared: count(shared.count()),
            several: count(several.count()),
            unnumbered: unnumbered
                .take(NAMED)
                .map(|row| SmsStudent {
                    student_no: row.student_no.clone(),
                    name: row.name.clone(),
                })
                .collect(),
            unreadable: self.unreadable,
            unmatched: self.unmatched,
        }
    }
}

fn signature_of(round: RoundId) -> String {
    format!("sms_signature.{}", round.0)
}

/// The columns with their titles trimmed.
fn sound(mut columns: Vec<SmsColumn>) -> Result<Vec<SmsColumn>, Failure> {
    let mut met = HashSet::new();
    for column in &mut columns {
        column.title = column.title.trim().to_owned();
        let fits = (1..=TITLE_MAX).contains(&column.title.chars().count())
            && !column.title.chars().any(char::is_control)
            && met.insert(column.title.clone());
        if !fits {
            return Err(refused(zh::SMS_COLUMNS));
        }
    }
    match columns.len() {
        1..=NAMED => Ok(columns),
        _ => Err(refused(zh::SMS_COLUMNS)),
    }
}

const fn width(what: SmsWhat) -> f64 {
    match what {
        SmsWhat::Text => 90.0,
        SmsWhat::Reasons => 50.0,
        SmsWhat::College => 24.0,
        _ => 16.0,
    }
}
