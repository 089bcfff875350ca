//! The students whom other sheets of the workbook list: a college to a sheet is imported sheet by sheet, and a student
//! of another sheet has not left the school.

use zhaoshen_model::{RosterField, identity};

use super::RosterLimits;
use super::layout::Layout;
use super::sheet::{Book, Cell, Next, Sheet, Taker};
use crate::error::Error;

/// Most 学号 that are kept; more than any workbook lists.
const MOST: usize = 1_000_000;

/// Takes the 学号 of several sheets.
struct Listed<'a> {
    others: &'a [Layout],
    max_cells: u64,
    seen: u64,
    numbers: Vec<String>,
}

impl Taker for Listed<'_> {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if self.others.iter().any(|other| other.index == sheet.index) {
            Next::Go
        } else {
            Next::Skip
        }
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        self.seen += 1;
        if self.seen > self.max_cells || self.numbers.len() >= MOST {
            return Ok(Next::Stop);
        }
        let Some(other) = self.others.iter().find(|other| other.index == cell.sheet) else {
            return Ok(Next::Skip);
        };
        let mut kept = other.kept.iter();
        let is_number =
            kept.any(|kept| kept.field == RosterField::StudentNo && kept.column == cell.column);
        if is_number
            && cell.row > other.header_row
            && let Some(text) = cell.value.as_ref().and_then(super::sheet::Value::as_read)
        {
            self.numbers.push(identity::normalise(&text));
        }
        Ok(Next::Go)
    }
}

/// The 学号 that the sheets `others` list, sorted.
///
/// # Errors
/// The reader's failure.
pub(super) fn student_numbers(
    book: &mut dyn Book,
    limits: &RosterLimits,
    others: &[Layout],
) -> Result<Vec<String>, Error> {
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let mut listed = Listed {
        others,
        max_cells: limits.max_cells,
        seen: 0,
        numbers: Vec::new(),
    };
    book.read(&mut listed)?;
    listed.numbers.sort_unstable();
    listed.numbers.dedup();
    Ok(listed.numbers)
}
