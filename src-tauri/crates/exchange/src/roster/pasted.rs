//! A roster as Excel and WPS put it on the clipboard: rows of text between tabs.
//!
//! The header is found and the rows are judged as in a workbook; addresses count from the first pasted cell,
//! as if it had been pasted into A1. A cell's kind is lost on the clipboard, so a number that a spreadsheet
//! abbreviated arrives as such and is refused as such. Nothing is split at commas: that is a CSV file.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::layout::{self, Layout};
use super::sheet::{SheetRow, Value, text};
use super::{RosterLimits, RosterTable, judged};
use crate::error::Error;

/// What stands for the file's name.
const FILE: &str = "粘贴的内容";
/// What stands for the sheet's name.
const SHEET: &str = "粘贴";

/// Reads a roster that was pasted, with the default limits and today's date.
///
/// # Errors
/// When it is larger than any roster, or has no header row or no rows.
pub fn read_roster_pasted(pasted: &str) -> Result<RosterTable, Error> {
    let limits = RosterLimits::default();
    if pasted.len() as u64 > limits.max_file_bytes {
        return Err(Error::WorkbookTooLarge {
            file: FILE.to_owned(),
            detail: format!("超过{}MB", limits.max_file_bytes >> 20),
        });
    }
    let layout = layout::find_in(FILE, SHEET, &top(pasted, &limits)?)?;
    let cells = columns(pasted, &layout, &limits)?;
    judged(FILE, layout, &cells, jiff::Zoned::now().date())
}

fn top(pasted: &str, limits: &RosterLimits) -> Result<BTreeMap<(u32, u32), String>, Error> {
    let mut top = BTreeMap::new();
    each_row(pasted, |row, record| {
        let columns = (0..limits.max_columns).zip(record.iter());
        for (column, cell) in columns {
            if let Some(Value::Text(text)) = text(cell) {
                top.insert((row, column), text);
            }
        }
        Ok(row + 1 < layout::HEADER_WITHIN)
    })?;
    Ok(top)
}

fn columns(pasted: &str, layout: &Layout, limits: &RosterLimits) -> Result<Vec<SheetRow>, Error> {
    let mut rows = Vec::new();
    each_row(pasted, |row, record| {
        if row >= limits.max_rows {
            return Err(Error::SheetTooLarge {
                file: FILE.to_owned(),
                sheet: SHEET.to_owned(),
                dimension: format!("{} 行以上", limits.max_rows),
                max_rows: limits.max_rows,
                max_columns: limits.max_columns,
            });
        }
        if row > layout.header_row {
            let kept = layout.kept.iter();
            let cell = |column: u32| record.get(column as usize).and_then(text);
            let cells: Vec<_> = kept.map(|kept| cell(kept.column)).collect();
            if cells.iter().any(Option::is_some) {
                rows.push(SheetRow { row, cells });
            }
        }
        Ok(true)
    })?;
    Ok(rows)
}

/// Hands over row by row, from 0, until `each` says that it has seen enough.
fn each_row(
    pasted: &str,
    mut each: impl FnMut(u32, &StringRecord) -> Result<bool, Error>,
) -> Result<(), Error> {
    let mut reader = ReaderBuilder::new()
        .delimiter(b'\t')
        .has_headers(false)
        .flexible(true)
        .from_reader(pasted.as_bytes());
    let mut record = StringRecord::new();
    let mut row = 0;
    // The text is UTF-8 and rows may differ in length, so no record can be refused.
    while reader.read_record(&mut record).unwrap_or(false) {
        if !each(row, &record)? {
            break;
        }
        row += 1;
    }
    Ok(())
}
