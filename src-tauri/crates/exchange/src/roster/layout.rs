//! Finds the sheet, the header row and the columns of a roster.
//!
//! Offices put titles, notes and merged cells above the header, and other sheets beside it. The
//! header is the row within the first twenty that names most fields, 学号 and 姓名 among them.

use std::collections::BTreeMap;

use zhaoshen_model::{RosterField, identity};

use super::columns::{Rank, letters, recognise, recognise_whole};
use super::sheet::{Book, SheetRow, Top, Tops};
use super::{ColumnMapping, RosterLimits};
use crate::error::Error;
use crate::workbook::REFUSED_COLUMNS;

/// Rows among which the header is sought.
pub(crate) const HEADER_WITHIN: u32 = 20;

/// Fields no roster can do without.
pub const REQUIRED: [RosterField; 2] = [RosterField::StudentNo, RosterField::Name];

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
    /// 0-based; of a header of two rows the lower.
    pub header_row: u32,
    /// 0-based; the header's first row.
    pub header_from: u32,
    /// Header texts by 0-based column.
    pub headers: Vec<(u32, String)>,
    pub kept: Vec<KeptColumn>,
    /// Other sheets that are rosters too.
    pub others: Vec<Self>,
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

    /// Whether the headers are those of a list of refused rows, as [`crate::workbook::refused_book`] writes it.
    pub(crate) fn is_refused_rows(&self) -> bool {
        let has = |title: &&str| self.headers.iter().any(|(_, header)| header == title);
        REFUSED_COLUMNS.iter().all(has)
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
            .map(|value| match field {
                RosterField::IdNumber => identity::mask(&value.shown()),
                _ => value.shown(),
            })
            .collect()
    }
}

/// A header row that was found.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub index: usize,
    pub sheet: String,
    pub visible: bool,
    /// 0-based; the lower one of two.
    pub row: u32,
    /// Whether the header takes two rows.
    pub is_doubled: bool,
    pub headers: Vec<(u32, String)>,
    fields: Vec<RosterField>,
}

impl Candidate {
    fn missing(&self) -> Vec<RosterField> {
        REQUIRED
            .into_iter()
            .filter(|field| !self.fields.contains(field))
            .collect()
    }

    /// The 0-based first row of the header.
    pub(super) fn header_from(&self) -> u32 {
        self.row - u32::from(self.is_doubled)
    }

    /// What staff should know of a header of two rows, in Chinese.
    pub(super) fn doubled_remark(&self) -> Option<String> {
        let (upper, lower) = (self.row, self.row + 1);
        self.is_doubled
            .then(|| format!("表头占第{upper}、{lower}两行，已合在一起读"))
    }

    /// The error that it is no header of a roster.
    pub(super) fn lacks(&self, file: &str, missing: Vec<RosterField>) -> Error {
        Error::ColumnMissing {
            file: file.to_owned(),
            sheet: self.sheet.clone(),
            missing,
            headers: self.headers.iter().map(|header| header.1.clone()).collect(),
        }
    }

    /// Complete before incomplete, visible before hidden, more fields before fewer, two rows before their upper one alone.
    fn score(&self) -> (bool, bool, usize, bool) {
        let fields = self.fields.len();
        let is_complete = self.missing().is_empty();
        (is_complete, self.visible, fields, self.is_doubled)
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
    let mut tops = Tops::new(limits, file);
    book.read(&mut tops)?;
    let candidates: Vec<Candidate> = tops.found.iter().filter_map(best_row).collect();
    choose(file, &candidates)
}

/// The likeliest header of all sheets, complete or not.
pub(super) fn best_of(tops: &[Top]) -> Option<Candidate> {
    best(tops.iter().filter_map(best_row))
}

/// The first of those with the highest score.
fn best(candidates: impl IntoIterator<Item = Candidate>) -> Option<Candidate> {
    candidates.into_iter().reduce(|best, other| {
        if other.score() > best.score() {
            other
        } else {
            best
        }
    })
}

/// The error that nothing could be a header, on `sheet` or, where it is empty, anywhere.
pub(super) fn nothing(file: &str, sheet: &str) -> Error {
    Error::ColumnMissing {
        file: file.to_owned(),
        sheet: sheet.to_owned(),
        missing: REQUIRED.to_vec(),
        headers: Vec::new(),
    }
}

fn choose(file: &str, candidates: &[Candidate]) -> Result<Layout, Error> {
    let mut remarks = Vec::new();
    let best = &best(candidates.iter().cloned()).ok_or_else(|| nothing(file, ""))?;
    let missing = best.missing();
    if !missing.is_empty() {
        return Err(best.lacks(file, missing));
    }
    if !best.visible {
        remarks.push(format!("名单在隐藏的工作表“{}”中", best.sheet));
    }
    remark_others(best, candidates, &mut remarks);
    remarks.extend(best.doubled_remark());
    let kept = choose_columns(file, best, &mut remarks)?;
    Ok(Layout {
        index: best.index,
        sheet: best.sheet.clone(),
        header_row: best.row,
        header_from: best.header_from(),
        headers: best.headers.clone(),
        kept,
        others: others(file, best, candidates),
        remarks,
    })
}

/// The layouts of the other sheets that are rosters, each as if it were alone.
pub(super) fn others(file: &str, chosen: &Candidate, candidates: &[Candidate]) -> Vec<Layout> {
    let others = candidates
        .iter()
        .filter(|other| other.index != chosen.index && other.missing().is_empty());
    others
        .filter_map(|other| {
            Some(Layout {
                index: other.index,
                sheet: other.sheet.clone(),
                header_row: other.row,
                header_from: other.header_from(),
                headers: Vec::new(),
                kept: choose_columns(file, other, &mut Vec::new()).ok()?,
                others: Vec::new(),
                remarks: Vec::new(),
            })
        })
        .collect()
}

/// The row of the sheet that names most fields.
pub(super) fn best_row(top: &Top) -> Option<Candidate> {
    let mut rows: Vec<u32> = top.texts.keys().map(|place| place.0).collect();
    rows.dedup();
    best(rows.into_iter().filter_map(|row| candidate(top, row)))
}

/// The header in a 0-based row, together with the row above where the two are one header.
pub(super) fn candidate(top: &Top, row: u32) -> Option<Candidate> {
    let own = texts(top, row);
    let above = row.checked_sub(1).map(|above| texts(top, above));
    let doubled = above.and_then(|above| joined(&above, &own));
    let is_doubled = doubled.is_some();
    let headers = doubled.unwrap_or(own);
    if headers.is_empty() {
        return None;
    }
    let mut fields: Vec<RosterField> = headers.iter().filter_map(field_of).collect();
    fields.sort_unstable();
    fields.dedup();
    Some(Candidate {
        index: top.index,
        sheet: top.sheet.clone(),
        visible: top.visible,
        row,
        is_doubled,
        headers,
        fields,
    })
}

fn field_of((_, header): &(u32, String)) -> Option<RosterField> {
    recognise(header).map(|found| found.0)
}

fn texts(top: &Top, row: u32) -> Vec<(u32, String)> {
    top.texts
        .range((row, 0)..=(row, u32::MAX))
        .map(|((_, column), text)| (*column, text.clone()))
        .collect()
}

/// One header of two rows, where the lower goes on with the upper: 学号 and 姓名 stand above, merged downwards, and below
/// a title over several columns stand their names, by themselves or as the end of it (证件 over 类型 and 号码). Nothing
/// is written below a name that the upper row has, as a student's row would have it, but what makes a longer name of it:
/// 身份证 over 类型 and 号码.
fn joined(upper: &[(u32, String)], lower: &[(u32, String)]) -> Option<Vec<(u32, String)>> {
    let mut named: BTreeMap<u32, RosterField> = upper
        .iter()
        .filter_map(|header| Some((header.0, field_of(header)?)))
        .collect();
    for (column, text) in lower {
        if named.remove(column).is_some() {
            let title = upper.iter().find(|header| header.0 == *column);
            recognise_whole(&format!("{}{text}", title?.1))?;
        }
    }
    if named.is_empty() {
        return None;
    }
    let mut by_column: BTreeMap<u32, String> = upper.iter().cloned().collect();
    let mut goes_on = false;
    for (column, text) in lower {
        let whole = title_over(upper, lower, *column).map(|title| format!("{title}{text}"));
        let whole = whole.unwrap_or_else(|| text.clone());
        let alone = recognise(text).map(|found| found.0);
        let is_new = alone.is_some_and(|field| !named.values().any(|known| *known == field));
        let is_whole = recognise(&whole).is_some();
        goes_on |= is_whole || is_new;
        let header = if is_new && !is_whole {
            text.clone()
        } else {
            whole
        };
        by_column.insert(*column, header);
    }
    goes_on.then(|| by_column.into_iter().collect())
}

/// The upper text that stands over a column of the lower row, which may reach over several.
fn title_over<'a>(
    upper: &'a [(u32, String)],
    lower: &[(u32, String)],
    column: u32,
) -> Option<&'a str> {
    let (first, title) = upper.iter().rev().find(|header| header.0 <= column)?;
    let has_lower = |at: u32| lower.binary_search_by_key(&at, |header| header.0).is_ok();
    (*first..=column).all(has_lower).then_some(title.as_str())
}

pub(super) fn remark_others(best: &Candidate, candidates: &[Candidate], remarks: &mut Vec<String>) {
    for other in candidates {
        if other.index != best.index && other.missing().is_empty() {
            let hidden = if other.visible { "" } else { "（隐藏）" };
            remarks.push(format!(
                "工作表“{}”{hidden}也像名单，这次没有读取；要读它，请在“列的识别”中选择该工作表，再导入一次",
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
            // Two columns for what names a student are never guessed between.
            if first.0 == second.0 && field.is_key() {
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
