//! What of a sheet a reader of its cells cannot see and a person may not notice: rows that are hidden, cells that are
//! merged, formulas without a value.
//!
//! It changes nothing of what is read; it is told beside the columns, before anything is imported.

use std::collections::{BTreeMap, BTreeSet};

use super::RosterLimits;
use super::columns::letters;
use super::sheet::{Book, Cell, Feature, Next, Sheet, Taker, Value, shorten};
use crate::error::Error;

/// Stretches of hidden rows and places of cells that one remark names.
const NAMED: usize = 3;

/// Most stretches of hidden rows that are kept; more are counted only.
const MOST_STRETCHES: usize = 200;

/// Looks at the sheet of a header, top to bottom.
struct Look {
    sheet: usize,
    /// 0-based first row of the header, and its last.
    header: (u32, u32),
    max_cells: u64,
    seen: u64,
    /// Whether the reader told of the sheet's features by itself, so that its cells are not needed for that.
    has_told: bool,
    /// First row and number of rows, rising.
    hidden: Vec<(u32, u32)>,
    hidden_rows: u64,
    /// Texts above the header, of which merged ones are titles.
    texts: BTreeMap<(u32, u32), String>,
    titles: Vec<(u32, u32)>,
    merged: Places,
    uncalculated: Places,
}

/// How many there are, and the first of them.
#[derive(Default)]
struct Places {
    count: u64,
    first: Vec<String>,
}

impl Places {
    fn note(&mut self, place: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(place());
        }
    }

    /// The first places, and whether there are more.
    fn named(&self) -> String {
        listed(&self.first, self.count > self.first.len() as u64)
    }
}

impl Taker for Look {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if sheet.index == self.sheet {
            Next::Go
        } else {
            Next::Skip
        }
    }

    fn wants_features(&self) -> bool {
        true
    }

    fn told_features(&mut self) {
        self.has_told = true;
    }

    fn feature(&mut self, sheet: usize, feature: Feature) {
        if sheet != self.sheet {
            return;
        }
        match feature {
            Feature::HiddenRows { first, count } => self.note_hidden(first, count),
            Feature::Merged { first, last } => self.note_merged(first, last),
            Feature::Uncalculated { row, column } if row > self.header.1 => {
                self.uncalculated.note(|| address(row, column));
            }
            Feature::Uncalculated { .. } => {}
        }
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        self.seen += 1;
        if self.seen > self.max_cells {
            return Ok(Next::Stop);
        }
        if cell.sheet != self.sheet || (cell.row > self.header.1 && self.has_told) {
            return Ok(Next::Skip);
        }
        match cell.value {
            Some(Value::Text(text)) if cell.row < self.header.0 => {
                self.texts.insert((cell.row, cell.column), text);
            }
            Some(Value::Uncalculated) if cell.row > self.header.1 && !self.has_told => {
                self.uncalculated.note(|| address(cell.row, cell.column));
            }
            _ => {}
        }
        Ok(Next::Go)
    }
}

impl Look {
    fn note_hidden(&mut self, first: u32, count: u32) {
        let end = first.saturating_add(count);
        let first = first.max(self.header.1 + 1);
        if end <= first {
            return;
        }
        self.hidden_rows += u64::from(end - first);
        let is_full = self.hidden.len() == MOST_STRETCHES;
        match self.hidden.last_mut() {
            Some((start, length)) if *start + *length == first => *length += end - first,
            _ if is_full => {}
            _ => self.hidden.push((first, end - first)),
        }
    }

    fn note_merged(&mut self, first: (u32, u32), last: (u32, u32)) {
        if last.0 > self.header.1 {
            self.merged
                .note(|| format!("{}:{}", address(first.0, first.1), address(last.0, last.1)));
        } else if last.0 < self.header.0 && last.1 > first.1 && self.titles.len() < MOST_STRETCHES {
            self.titles.push(first);
        }
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        // Some readers tell them in no order.
        let titles: BTreeSet<(u32, u32)> = self.titles.iter().copied().collect();
        for place in &titles {
            if let Some(text) = self.texts.get(place) {
                let (row, text) = (place.0 + 1, shorten(text));
                remarks.push(format!(
                    "第{row}行“{text}”是合并单元格的标题，不作表头，也不读入"
                ));
            }
        }
        if self.hidden_rows > 0 {
            let stretches: Vec<String> = (self.hidden.iter().take(NAMED)).map(stretch).collect();
            let rows = listed(&stretches, self.hidden.len() > NAMED);
            remarks.push(format!(
                "有{}行隐藏着或被筛选掉（第{rows}行），也会读入；不要的话，请在表中删除后重新选择文件",
                self.hidden_rows
            ));
        }
        if self.merged.count > 0 {
            remarks.push(format!(
                "名单中有{}处合并单元格（{}），只有左上一格有值，其余按空白读取；请取消合并并填满",
                self.merged.count,
                self.merged.named()
            ));
        }
        if self.uncalculated.count > 0 {
            remarks.push(format!(
                "有{}个公式没有算出的值（{}），请在Excel或WPS中打开，重新计算并保存",
                self.uncalculated.count,
                self.uncalculated.named()
            ));
        }
        remarks
    }
}

/// What is to be said of a sheet with its header in these 0-based rows, one Chinese line each.
///
/// # Errors
/// The reader's failure.
pub(super) fn remarks(
    book: &mut dyn Book,
    limits: &RosterLimits,
    (sheet, header): (usize, (u32, u32)),
) -> Result<Vec<String>, Error> {
    let mut look = Look {
        sheet,
        header,
        max_cells: limits.max_cells,
        seen: 0,
        has_told: false,
        hidden: Vec::new(),
        hidden_rows: 0,
        texts: BTreeMap::new(),
        titles: Vec::new(),
        merged: Places::default(),
        uncalculated: Places::default(),
    };
    book.read(&mut look)?;
    Ok(look.remarks())
}

fn address(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), u64::from(row) + 1)
}

fn stretch((first, count): &(u32, u32)) -> String {
    let (from, to) = (u64::from(*first) + 1, u64::from(*first) + u64::from(*count));
    if from == to {
        from.to_string()
    } else {
        format!("{from}–{to}")
    }
}

fn listed(names: &[String], has_more: bool) -> String {
    let more = if has_more { "等" } else { "" };
    format!("{}{more}", names.join("、"))
}
