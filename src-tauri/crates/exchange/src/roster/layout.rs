//! Finds the sheet, the header row and the columns of a roster.
//!
//! Offices put titles, notes and merged cells above the header, and other sheets beside it. The
//! header is the row within the first twenty that names most fields, 学号 and 姓名 among them.

use std::collections::BTreeMap;

use zhaoshen_model::{RosterField, identity};

use super::columns::{Rank, letters, recognise};
use super::sheet::{Book, SheetRow, Top, Tops, Value};
use super::{ColumnMapping, RosterLimits};
use crate::error::Error;

/// Rows among which the header is sought.
pub(crate) const HEADER_WITHIN: u32 = 20;

/// Fields no roster can do without.
const REQUIRED: [RosterField; 2] = [RosterField::StudentNo, RosterField::Name];

/// Fields that name a student: two columns for one of them are never guessed between.
const KEYS: [RosterField; 4] = [
    RosterField::StudentNo,
    RosterField::Name,
    RosterField::IdNumber,
    RosterField::ExamNo,
];

/// Values shown beside a column.
const SAMPLES: usize = 3;

/// A column that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeptColumn {
    pub column: u32,
    pub field: RosterField,
}

/// Where the roster is in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Number of the sheet in the file.
    pub index: usize,
    pub sheet: String,
    /// 0-based.
    pub header_row: u32,
    /// Header texts by 0-based column.
    pub headers: Vec<(u32, String)>,
    pub kept: Vec<KeptColumn>,
    pub remarks: Vec<String>,
}

impl Layout {
    /// The cell of `field` in 0-based `row`, as Excel writes it.
    pub(crate) fn address(&self, field: RosterField, row: u32) -> String {
        format!("{}{}", self.column_letters(field), u64::from(row) + 1)
    }

    /// The letters of the column of `field`.
    pub(crate) fn column_letters(&self, field: RosterField) -> String {
        self.kept
            .iter()
            .find(|kept| kept.field == field)
            .map(|kept| letters(kept.column))
            .unwrap_or_default()
    }

    /// Every column with what it was taken for and its first values.
    pub(crate) fn mapping(&self, rows: &[SheetRow]) -> Vec<ColumnMapping> {
        self.headers
            .iter()
            .map(|(column, header)| {
                let field = self
                    .kept
                    .iter()
                    .find(|kept| kept.column == *column)
                    .map(|kept| kept.field);
                ColumnMapping {
                    column: letters(*column),
                    header: header.clone(),
                    field,
                    samples: field.map_or_else(Vec::new, |field| self.samples(rows, field)),
                }
            })
            .collect()
    }

    fn samples(&self, rows: &[SheetRow], field: RosterField) -> Vec<String> {
        rows.iter()
            .filter_map(|row| row.get(self, field))
            .take(SAMPLES)
            .map(|value| {
                let shown = match value {
                    Value::Text(text) | Value::Date(text) | Value::Error(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    Value::Bool(truth) => truth.to_string(),
                    Value::TooLong => "…".into(),
                    Value::Uncalculated => String::new(),
                };
                match field {
                    RosterField::IdNumber => identity::mask(&shown),
                    _ => shown,
                }
            })
            .collect()
    }
}

/// A header row that was found.
struct Candidate {
    index: usize,
    sheet: String,
    visible: bool,
    row: u32,
    headers: Vec<(u32, String)>,
    fields: Vec<RosterField>,
}

impl Candidate {
    fn missing(&self) -> Vec<RosterField> {
        REQUIRED
            .into_iter()
            .filter(|field| !self.fields.contains(field))
            .collect()
    }

    /// Complete before incomplete, visible before hidden, more fields before fewer.
    fn score(&self) -> (bool, bool, usize) {
        (self.missing().is_empty(), self.visible, self.fields.len())
    }
}

/// Finds the roster in the file.
///
/// # Errors
/// [`Error::ColumnMissing`] when no sheet has a usable header, [`Error::ColumnAmbiguous`] when two
/// columns are equally good for one key, or the reader's failure.
pub(crate) fn find(
    book: &mut dyn Book,
    file: &str,
    limits: &RosterLimits,
) -> Result<Layout, Error> {
    let mut tops = Tops::new(limits);
    book.read(&mut tops)?;
    let candidates: Vec<Candidate> = tops.found.iter().filter_map(best_row).collect();
    choose(file, &candidates)
}

fn choose(file: &str, candidates: &[Candidate]) -> Result<Layout, Error> {
    let mut remarks = Vec::new();
    let mut best: Option<&Candidate> = None;
    for candidate in candidates {
        if best.is_none_or(|best| candidate.score() > best.score()) {
            best = Some(candidate);
        }
    }
    let missing_all = || Error::ColumnMissing {
        file: file.to_owned(),
        sheet: String::new(),
        missing: REQUIRED.to_vec(),
        headers: Vec::new(),
    };
    let best = best.ok_or_else(missing_all)?;
    let missing = best.missing();
    if !missing.is_empty() {
        return Err(Error::ColumnMissing {
            file: file.to_owned(),
            sheet: best.sheet.clone(),
            missing,
            headers: best.headers.iter().map(|header| header.1.clone()).collect(),
        });
    }
    remark_others(best, candidates, &mut remarks);
    let kept = choose_columns(file, best, &mut remarks)?;
    Ok(Layout {
        index: best.index,
        sheet: best.sheet.clone(),
        header_row: best.row,
        headers: best.headers.clone(),
        kept,
        remarks,
    })
}

fn best_row(top: &Top) -> Option<Candidate> {
    let mut by_row: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    for ((row, column), text) in &top.texts {
        by_row
            .entry(*row)
            .or_default()
            .push((*column, text.clone()));
    }
    let mut best: Option<Candidate> = None;
    for (row, headers) in by_row {
        let mut fields: Vec<RosterField> = headers
            .iter()
            .filter_map(|(_, header)| recognise(header).map(|found| found.0))
            .collect();
        fields.sort_unstable();
        fields.dedup();
        let candidate = Candidate {
            index: top.index,
            sheet: top.sheet.clone(),
            visible: top.visible,
            row,
            headers,
            fields,
        };
        if best
            .as_ref()
            .is_none_or(|best| candidate.score() > best.score())
        {
            best = Some(candidate);
        }
    }
    best
}

fn remark_others(best: &Candidate, candidates: &[Candidate], remarks: &mut Vec<String>) {
    if !best.visible {
        remarks.push(format!("名单在隐藏的工作表“{}”中", best.sheet));
    }
    for other in candidates {
        if other.index != best.index && other.missing().is_empty() {
            let hidden = if other.visible { "" } else { "（隐藏）" };
            remarks.push(format!(
                "工作表“{}”{hidden}也像名单，这次没有读取",
                other.sheet
            ));
        }
    }
}

fn choose_columns(
    file: &str,
    candidate: &Candidate,
    remarks: &mut Vec<String>,
) -> Result<Vec<KeptColumn>, Error> {
    let mut by_field: BTreeMap<RosterField, Vec<(Rank, u32, &str)>> = BTreeMap::new();
    for (column, header) in &candidate.headers {
        if let Some((field, rank)) = recognise(header) {
            by_field
                .entry(field)
                .or_default()
                .push((rank, *column, header));
        }
    }
    let mut kept = Vec::new();
    for (field, mut columns) in by_field {
        columns.sort_unstable();
        let named =
            |&(_, column, header): &(Rank, u32, &str)| format!("{}列“{header}”", letters(column));
        if let [first, second, ..] = columns.as_slice() {
            if first.0 == second.0 && KEYS.contains(&field) {
                return Err(Error::ColumnAmbiguous {
                    file: file.to_owned(),
                    sheet: candidate.sheet.clone(),
                    field,
                    columns: columns.iter().map(named).collect(),
                });
            }
            let others: Vec<String> = columns.iter().skip(1).map(named).collect();
            remarks.push(format!(
                "有多列都像“{}”：采用{}，忽略{}",
                field.title(),
                named(first),
                others.join("、")
            ));
        }
        if let Some(&(_, column, _)) = columns.first() {
            kept.push(KeptColumn { column, field });
        }
    }
    Ok(kept)
}
