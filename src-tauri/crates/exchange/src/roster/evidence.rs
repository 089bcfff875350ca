//! What the first values of a column say for or against the field that its header names.
//!
//! It looks at a few dozen rows and decides nothing: rows are judged one by one in `rows`.

use std::collections::BTreeMap;

use zhaoshen_model::RosterField;
use zhaoshen_model::identity::{self, Sex};

use super::RosterLimits;
use super::sheet::{Cell, Next, Sheet, Taker, Value};
use crate::error::Error;

/// Rows below the header that are looked at.
const ROWS: u32 = 50;
/// Values shown beside a column.
const SAMPLES: usize = 3;
/// Digits in a row that may be somebody's number: a telephone has eleven.
const LONG_NUMBER: usize = 11;

/// Takes the first rows below a header, every column.
pub(super) struct Glimpse {
    sheet: usize,
    header_row: u32,
    limits: RosterLimits,
    seen: u64,
    values: BTreeMap<u32, Vec<Value>>,
}

impl Glimpse {
    pub(super) const fn new(sheet: usize, header_row: u32, limits: &RosterLimits) -> Self {
        Self {
            sheet,
            header_row,
            limits: *limits,
            seen: 0,
            values: BTreeMap::new(),
        }
    }

    /// The values of a 0-based column, top to bottom, empty cells left out.
    pub(super) fn values(&self, column: u32) -> &[Value] {
        self.values.get(&column).map_or(&[], Vec::as_slice)
    }
}

impl Taker for Glimpse {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if sheet.index == self.sheet {
            Next::Go
        } else {
            Next::Skip
        }
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        self.seen += 1;
        if self.seen > self.limits.max_cells {
            return Ok(Next::Stop);
        }
        if cell.sheet != self.sheet || cell.row > self.header_row + ROWS {
            return Ok(Next::Skip);
        }
        if cell.row > self.header_row
            && cell.column < self.limits.max_columns
            && let Some(value) = cell.value
        {
            self.values.entry(cell.column).or_default().push(value);
        }
        Ok(Next::Go)
    }
}

/// Why the values do not look like `field`, in Chinese.
pub(super) fn against(field: RosterField, values: &[Value]) -> Option<String> {
    if values.is_empty() {
        return Some(format!("前{ROWS}行都是空的"));
    }
    let most = |is: fn(&Value) -> bool| most(values, is);
    let uncalculated = values
        .iter()
        .filter(|value| matches!(value, Value::Uncalculated))
        .count();
    let lost = values.iter().filter(|value| value.is_lost()).count();
    if uncalculated > 0 {
        return Some(format!(
            "前{ROWS}行有{uncalculated}个公式没有算出的值，请在Excel中重新计算并保存"
        ));
    }
    if lost > 0 && matches!(field, RosterField::StudentNo | RosterField::IdNumber) {
        return Some(format!("前{ROWS}行有{lost}个号码被存成数字，末几位已丢失"));
    }
    match field {
        RosterField::IdNumber if most(is_short) => Some("内容太短，不像证件号码".to_owned()),
        RosterField::IdNumber => None,
        RosterField::StudentNo | RosterField::ExamNo if most(is_resident) => {
            Some("内容像证件号码".to_owned())
        }
        RosterField::StudentNo | RosterField::ExamNo if most(has_no_digit) => {
            Some("内容里没有数字，不像编号".to_owned())
        }
        RosterField::Name if most(has_digit) => Some("内容里有数字，不像姓名".to_owned()),
        RosterField::Sex if most(is_no_sex) => Some("内容不是“男”“女”".to_owned()),
        other if most(is_resident) => Some(format!("内容像证件号码，不像{}", other.title())),
        _ => None,
    }
}

/// Whether the values can be nothing but `field`: resident numbers, each with its own check digit.
pub(super) fn proves(field: RosterField, values: &[Value]) -> bool {
    let is_valid = |value: &Value| match value {
        Value::Text(text) => resident(text) && identity::check(text).is_ok(),
        _ => false,
    };
    field == RosterField::IdNumber && !values.is_empty() && values.iter().all(is_valid)
}

/// What a column without a known header may be, in Chinese.
pub(super) fn hint(values: &[Value]) -> Option<&'static str> {
    let most = |is: fn(&Value) -> bool| most(values, is);
    if most(is_resident) {
        Some("内容像证件号码")
    } else if most(|value| !is_no_sex(value)) {
        Some("内容像性别")
    } else {
        None
    }
}

/// Whether it holds of more than half of the values.
fn most(values: &[Value], is: fn(&Value) -> bool) -> bool {
    values.iter().filter(|value| is(value)).count() * 2 > values.len()
}

/// The first values as they may be shown.
pub(super) fn samples(values: &[Value], field: Option<RosterField>) -> Vec<String> {
    values
        .iter()
        .take(SAMPLES)
        .map(|value| shown(&value.shown(), field))
        .collect()
}

/// 学号 and 考生号 are shown unless they are a resident's number; elsewhere every long number is masked.
fn shown(text: &str, field: Option<RosterField>) -> String {
    let is_key = matches!(field, Some(RosterField::StudentNo | RosterField::ExamNo));
    let secret = match field {
        Some(RosterField::IdNumber) => true,
        _ if is_key => resident(text),
        _ => longest_number(text) >= LONG_NUMBER || resident(text),
    };
    if secret {
        identity::mask(text)
    } else {
        text.to_owned()
    }
}

fn longest_number(text: &str) -> usize {
    text.split(|c: char| !c.is_numeric())
        .map(|run| run.chars().count())
        .max()
        .unwrap_or(0)
}

fn resident(text: &str) -> bool {
    let plain = identity::normalise(text);
    plain.len() == 18 && plain.bytes().take(17).all(|byte| byte.is_ascii_digit())
}

fn is_resident(value: &Value) -> bool {
    value.is_lost() || matches!(value, Value::Text(text) if resident(text))
}

fn is_short(value: &Value) -> bool {
    value.shown().chars().count() < 5
}

fn has_digit(value: &Value) -> bool {
    value.shown().chars().any(char::is_numeric)
}

fn has_no_digit(value: &Value) -> bool {
    !has_digit(value)
}

fn is_no_sex(value: &Value) -> bool {
    Sex::parse(&value.shown()).is_none()
}
