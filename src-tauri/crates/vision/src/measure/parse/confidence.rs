//! How sure the parse is of a region.
//!
//! One number for the whole photo would let dark clothes speak for an ear: where hair hangs over one ear in deep
//! shadow, the other may be as clear as day. So every region says how sure its own cells are.

use super::Parse;
use super::grid::{COLUMNS, Grid};
use super::label::Label;

/// Of a class's cells every second row and column is asked: neighbours say the same.
const EVERY: usize = 2;
/// Fewest cells that say anything.
const FEWEST: u32 = 8;

/// Mean margin of the cells of a region, in the making.
#[derive(Default)]
pub(super) struct Confidence {
    sum: f64,
    cells: u32,
}

impl Confidence {
    pub(super) fn add(&mut self, parse: &Parse, cell: usize) {
        self.sum += f64::from(parse.labels.margin(cell));
        self.cells += 1;
    }

    /// 0..=1; `None` for hardly any cells.
    pub(super) fn mean(&self) -> Option<f64> {
        (self.cells >= FEWEST).then(|| self.sum / f64::from(self.cells))
    }
}

/// Confidence in all that is labelled so; `None` where hardly anything is.
pub(super) fn of_class(parse: &Parse, label: Label) -> Option<f64> {
    let mut confidence = Confidence::default();
    for (_, cells) in Grid::rows().step_by(EVERY) {
        for (_, cell) in cells.filter(|(_, cell)| (cell % COLUMNS).is_multiple_of(EVERY)) {
            if parse.labels.at(cell) == label {
                confidence.add(parse, cell);
            }
        }
    }
    confidence.mean()
}
