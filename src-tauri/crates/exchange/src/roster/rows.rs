//! Judges the rows of a roster: what is accepted, what is refused, what should be looked at.
//!
//! A row is refused when keeping it could put a photo to the wrong student or a wrong number on a
//! certificate. Everything that a person can settle by looking is a warning.

use std::collections::HashMap;

use jiff::civil::Date;
use zhaoshen_model::{RosterField, StudentDraft, identity, name};

use super::layout::{Layout, REQUIRED};
use super::named_keys;
use super::row::ReadRow;
use super::sheet::{MARK, SheetRow, Value, shorten};
use super::{RefusedCells, RefusedRow, RefusedStudent, RosterRow, RosterWarning, RowProblem};
use crate::totals::is_total;

/// The lists that judging makes.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub rows: Vec<RosterRow>,
    pub refused: Vec<RefusedRow>,
    pub refused_rows: usize,
    /// Rows of the refused, 0-based and rising.
    pub refused_at: Vec<u32>,
    /// Whom they name.
    pub refused_students: Vec<RefusedStudent>,
    pub warnings: Vec<RosterWarning>,
    pub remarks: Vec<String>,
}

/// Most problems listed of one import, and most warnings; nobody mends more in one go.
pub(super) const MOST_LISTED: usize = 10_000;

/// How many more may be listed, and how many were left out for it.
struct Quota {
    left: usize,
    omitted: usize,
}

impl Quota {
    const fn new() -> Self {
        Self {
            left: MOST_LISTED,
            omitted: 0,
        }
    }

    /// Keeps as many of the items as there is room for.
    fn admit<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        let kept = items.len().min(self.left);
        self.left -= kept;
        self.omitted += items.len() - kept;
        items.truncate(kept);
        items
    }

    /// Whether there is room for one more, which is then taken.
    const fn take(&mut self) -> bool {
        let has_room = self.left > 0;
        if has_room {
            self.left -= 1;
        } else {
            self.omitted += 1;
        }
        has_room
    }

    /// Shortens a list that grew past what was admitted.
    fn trim<T>(&mut self, items: &mut Vec<T>) {
        self.omitted += items.len().saturating_sub(MOST_LISTED);
        items.truncate(MOST_LISTED);
    }

    fn remark(&self, what: &str, remarks: &mut Vec<String>) {
        if self.omitted > 0 {
            let omitted = self.omitted;
            remarks.push(format!(
                "{what}太多，只列出{MOST_LISTED}处，还有{omitted}处没有列出；请检查是否选错了文件或整列有误，改正后重新导入"
            ));
        }
    }
}

/// Judges every row by itself, then the keys that two rows share.
pub(crate) fn judge(layout: &Layout, rows: &[SheetRow], today: Date) -> Outcome {
    let mut numeric: Vec<u32> = Vec::new();
    let (mut problems, mut warnings) = (Quota::new(), Quota::new());
    let mut judged = Vec::with_capacity(rows.len());
    for row in rows {
        let mut read = ReadRow::new(layout, row, today);
        read.read();
        if read.numeric_student_no {
            numeric.push(row.row + 1);
        }
        judged.push(Judged::new(read, &mut problems, &mut warnings));
    }
    refuse_shared(layout, &mut judged, RosterField::StudentNo, &mut problems);
    refuse_shared(layout, &mut judged, RosterField::IdNumber, &mut problems);
    let mut outcome = Outcome::default();
    problems.remark("问题", &mut outcome.remarks);
    for row in judged {
        if row.is_refused {
            outcome.refused_rows += 1;
            outcome.refused_at.push(row.row);
            outcome.refused_students.push(RefusedStudent {
                student_no: row.draft.student_no,
                name: row.draft.name,
            });
            outcome.refused.extend(row.problems);
        } else {
            outcome.warnings.extend(row.warnings);
            outcome.rows.push(RosterRow {
                sheet: layout.sheet.clone(),
                row_number: row.row + 1,
                draft: row.draft,
            });
        }
    }
    warn_leading_zeros(layout, &numeric, &mut outcome);
    outcome
        .remarks
        .extend(without_id_number(layout, &outcome.rows));
    warn_zeros_apart(layout, &mut outcome);
    named_keys::warn(layout, &mut outcome);
    warnings.trim(&mut outcome.warnings);
    warnings.remark("提示", &mut outcome.remarks);
    outcome
}

/// How many students have no 证件号码 though the table has a column for it.
fn without_id_number(layout: &Layout, rows: &[RosterRow]) -> Option<String> {
    let mut kept = layout.kept.iter();
    kept.find(|kept| kept.field == RosterField::IdNumber)?;
    let without = rows.iter().filter(|row| row.draft.id_number.is_empty());
    match without.count() {
        0 => None,
        count => Some(format!("有{count}名学生没有证件号码")),
    }
}

/// Rows named in the remark on totals.
const TOTALS_NAMED: usize = 10;

/// Takes the rows that only add up others out of those of students, and tells of them.
pub(crate) fn take_totals(layout: &Layout, rows: &mut Vec<SheetRow>) -> Option<String> {
    let mut taken: Vec<(u32, String)> = Vec::new();
    rows.retain(|row| {
        let total = total_in(layout, row);
        taken.extend(total.iter().map(|text| (row.row + 1, (*text).to_owned())));
        total.is_none()
    });
    let (_, first) = taken.first()?;
    let numbers = taken.iter().take(TOTALS_NAMED).map(|row| row.0.to_string());
    let numbers: Vec<String> = numbers.collect();
    let more = if taken.len() > TOTALS_NAMED {
        "等"
    } else {
        ""
    };
    Some(format!(
        "第{}{more}行是小计、合计一类的行（“{}”），不是学生，没有读入",
        numbers.join("、"),
        shorten(first)
    ))
}

/// The text by which the row is a total: its 学号 or 姓名, or another where one of the two is missing.
fn total_in<'a>(layout: &Layout, row: &'a SheetRow) -> Option<&'a str> {
    let text = |value: &'a Option<Value>| match value {
        Some(Value::Text(text)) if is_total(text) => Some(text.as_str()),
        _ => None,
    };
    let is_required = |field: RosterField| REQUIRED.contains(&field);
    let cells = || layout.kept.iter().zip(&row.cells);
    let named = cells().filter(|(kept, _)| is_required(kept.field));
    if let Some(found) = named.clone().find_map(|(_, value)| text(value)) {
        return Some(found);
    }
    let is_whole = named.clone().all(|(_, value)| value.is_some());
    let mut others = cells().filter(|(kept, _)| !is_required(kept.field));
    others
        .find_map(|(_, value)| text(value))
        .filter(|_| !is_whole)
}

/// A row with what was found, free of the cells it came from.
struct Judged {
    row: u32,
    draft: StudentDraft,
    /// Whether it has a problem, listed or not.
    is_refused: bool,
    problems: Vec<RefusedRow>,
    warnings: Vec<RosterWarning>,
}

impl Judged {
    fn new(read: ReadRow<'_>, problems: &mut Quota, warnings: &mut Quota) -> Self {
        let is_refused = !read.problems.is_empty();
        Self {
            row: read.source.row,
            draft: read.draft,
            is_refused,
            problems: problems.admit(read.problems),
            // Those of a refused row are never shown.
            warnings: if is_refused {
                Vec::new()
            } else {
                warnings.admit(read.warnings)
            },
        }
    }
}

/// Refuses every row whose `field` another row has too. A row that repeats an earlier one in all
/// columns is only warned of, on the first.
fn refuse_shared(layout: &Layout, rows: &mut Vec<Judged>, field: RosterField, quota: &mut Quota) {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let text = row.draft.get(field);
        let key = match field {
            RosterField::IdNumber => identity::comparison_key(text),
            _ => text,
        };
        if !key.is_empty() {
            groups.entry(key.to_owned()).or_default().push(at);
        }
    }
    let mut shared: Vec<Vec<usize>> = groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect();
    shared.sort_unstable();
    let mut repeats = Vec::new();
    for group in shared {
        let Some(first) = group.first().and_then(|&at| rows.get(at)) else {
            continue;
        };
        let same = |at: &usize| rows.get(*at).is_some_and(|row| row.draft == first.draft);
        if field == RosterField::StudentNo && group.iter().all(same) && !first.is_refused {
            let others: Vec<usize> = group.iter().skip(1).copied().collect();
            warn_repeated(layout, rows, &group);
            repeats.extend(others);
        } else {
            refuse_group(layout, rows, &group, field, quota);
        }
    }
    repeats.sort_unstable();
    let mut at = 0_usize..;
    rows.retain(|_| {
        at.next()
            .is_none_or(|at| repeats.binary_search(&at).is_err())
    });
}

/// Rows named in one warning of repeated rows.
const REPEATS_NAMED: usize = 20;

fn warn_repeated(layout: &Layout, rows: &mut [Judged], group: &[usize]) {
    let numbers: Vec<String> = group
        .iter()
        .skip(1)
        .take(REPEATS_NAMED)
        .filter_map(|&at| rows.get(at))
        .map(|row| (row.row + 1).to_string())
        .collect();
    let more = match group.len() - 1 - numbers.len() {
        0 => "",
        _ => "等",
    };
    let Some(first) = group.first().and_then(|&at| rows.get_mut(at)) else {
        return;
    };
    first.warnings.push(RosterWarning {
        row_number: first.row + 1,
        cell: layout.address(RosterField::StudentNo, first.row),
        field: RosterField::StudentNo,
        message_zh: format!("第{}{more}行与本行完全相同，只保留本行", numbers.join("、")),
    });
}

/// Addresses named in one problem; a column filled with one number would otherwise name them all.
const ADDRESSES_NAMED: usize = 3;

fn refuse_group(
    layout: &Layout,
    rows: &mut [Judged],
    group: &[usize],
    field: RosterField,
    quota: &mut Quota,
) {
    let addresses: Vec<(usize, String)> = group
        .iter()
        .filter_map(|&at| rows.get(at).map(|row| (at, layout.address(field, row.row))))
        .collect();
    for &at in group {
        let others: Vec<&str> = addresses
            .iter()
            .filter(|(other, _)| *other != at)
            .take(ADDRESSES_NAMED)
            .map(|(_, address)| address.as_str())
            .collect();
        let more = match group.len() - 1 - others.len() {
            0 => String::new(),
            more => format!("等，另有{more}处"),
        };
        let Some(row) = rows.get_mut(at) else {
            continue;
        };
        row.is_refused = true;
        if !quota.take() {
            continue;
        }
        let (code, remedy) = match field {
            RosterField::StudentNo => (
                RowProblem::DuplicateStudentNo,
                "请核对后改正学号，或删除多余的一行",
            ),
            _ => (
                RowProblem::DuplicateIdNumber,
                "同一证件号码只能属于一名学生，请核对后改正",
            ),
        };
        let problem = refusal(
            layout,
            row.row,
            field,
            &row.draft,
            code,
            format!("{}与{}{more}重复", field.title(), others.join("、")),
            remedy.to_owned(),
        );
        row.problems.push(problem);
    }
}

/// Numbers lose leading zeros: said once for the column, and for each 学号 shorter than others.
fn warn_leading_zeros(layout: &Layout, numeric: &[u32], outcome: &mut Outcome) {
    if numeric.is_empty() {
        return;
    }
    outcome.remarks.push(format!(
        "学号列有{}行存为数字，已按文本收下；如原有开头的0，请把该列设为“文本”格式重填后再导入",
        numeric.len()
    ));
    let length = |row: &RosterRow| row.draft.student_no.chars().count();
    let longest = outcome.rows.iter().map(length).max().unwrap_or(0);
    for row in &outcome.rows {
        if length(row) < longest && numeric.binary_search(&row.row_number).is_ok() {
            outcome.warnings.push(RosterWarning {
                row_number: row.row_number,
                cell: layout.address(RosterField::StudentNo, row.row_number - 1),
                field: RosterField::StudentNo,
                message_zh: format!(
                    "学号存为数字且只有{}位（其他行最长{longest}位），开头的0可能已丢失",
                    length(row)
                ),
            });
        }
    }
    outcome.warnings.sort_by_key(|warning| warning.row_number);
}

/// 0123 and 00123 of one name may be one student.
fn warn_zeros_apart(layout: &Layout, outcome: &mut Outcome) {
    let mut seen: HashMap<(&str, String), &RosterRow> = HashMap::with_capacity(outcome.rows.len());
    let mut found = Vec::new();
    for row in &outcome.rows {
        let draft = &row.draft;
        let rest = draft.student_no.trim_start_matches('0');
        let Some(above) = seen.insert((rest, name::fold(&draft.name)), row) else {
            continue;
        };
        found.push(RosterWarning {
            row_number: row.row_number,
            cell: layout.address(RosterField::StudentNo, row.row_number - 1),
            field: RosterField::StudentNo,
            message_zh: format!(
                "学号{}与第{}行的{}只差开头的0，姓名相同，请核对是不是同一人",
                draft.student_no, above.row_number, above.draft.student_no
            ),
        });
    }
    if !found.is_empty() {
        outcome.warnings.extend(found);
        outcome.warnings.sort_by_key(|warning| warning.row_number);
    }
}

/// What stands in the rows `at`, rising.
pub(crate) fn refused_cells(layout: &Layout, rows: &[SheetRow], at: &[u32]) -> Vec<RefusedCells> {
    let refused = rows.iter().filter(|row| at.binary_search(&row.row).is_ok());
    refused
        .map(|row| RefusedCells {
            row_number: row.row + 1,
            texts: layout
                .kept
                .iter()
                .zip(&row.cells)
                .filter_map(|(kept, value)| {
                    Some((kept.field, unmended(kept.field, value.as_ref()?)?))
                })
                .collect(),
        })
        .collect()
}

/// What a cell reads as, such that it is refused again until somebody mends it: a number that lost digits stays
/// abbreviated, and what is no text is marked. `None` where it stops no row.
fn unmended(field: RosterField, value: &Value) -> Option<String> {
    let is_strict = field.is_key() || matches!(field, RosterField::Sex | RosterField::BirthDate);
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Date(date) if !field.is_key() => Some(date.clone()),
        _ if !is_strict => value.as_read(),
        Value::Number(number) if field != RosterField::Name && value.is_lost() => {
            Some(format!("{number:.5E}").replace('E', "E+"))
        }
        Value::Number(number) if field != RosterField::Name && number.fract() == 0.0 => {
            Some(format!("{number:.0}"))
        }
        Value::Error(error) if error.starts_with(MARK) => Some(error.clone()),
        Value::Uncalculated => Some(format!("{MARK}公式没有算出的值")),
        Value::TooLong => Some(format!("{MARK}文字过长")),
        other => Some(format!("{MARK}{}", other.shown())),
    }
}

/// A problem of one cell, as it is listed.
pub(super) fn refusal(
    layout: &Layout,
    row: u32,
    field: RosterField,
    draft: &StudentDraft,
    code: RowProblem,
    problem_zh: String,
    remedy_zh: String,
) -> RefusedRow {
    RefusedRow {
        sheet: layout.sheet.clone(),
        row_number: row + 1,
        column: layout.column_letters(field),
        cell: layout.address(field, row),
        field,
        code,
        student_no: draft.student_no.clone(),
        name: draft.name.clone(),
        problem_zh,
        remedy_zh,
    }
}
