//! Hidden rows, merged cells and formulas without a value of an .xlsx, which its reader of cells does not tell.
//!
//! The sheet's part is walked once more, only when somebody wants to know. What is not found is not told: the cells
//! are read all the same.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use zip::ZipArchive;

use super::sheet::{Feature, Next, Taker};
use super::xml::{self, Element, Walker};
use crate::error::Error;

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Tells `taker` the features of the sheet with this name, whose number is `index`; whether they could be told.
pub(super) fn tell(bytes: &[u8], name: &str, index: usize, taker: &mut dyn Taker) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let Some(part) = part_of(&mut archive, name) else {
        return false;
    };
    let mut features = Features {
        taker,
        sheet: index,
        row: 0,
        next_row: 0,
        is_hidden: false,
        holds_value: false,
        cell: (0, 0),
        next_column: 0,
        has_formula: false,
        has_value: false,
    };
    walk(&mut archive, &part, &mut features).is_some()
}

fn walk(archive: &mut Archive<'_>, part: &str, walker: &mut dyn Walker) -> Option<()> {
    let entry = archive.by_name(part).ok()?;
    xml::walk(BufReader::new(entry), part, walker).ok()
}

/// The part that holds the sheet.
fn part_of(archive: &mut Archive<'_>, name: &str) -> Option<String> {
    let mut sheets = Sheets {
        wanted: name,
        relation: None,
    };
    walk(archive, "xl/workbook.xml", &mut sheets)?;
    target_of(archive, "xl/_rels/workbook.xml.rels", &sheets.relation?)
}

/// The part that a relation of the workbook leads to.
pub(super) fn target_of(
    archive: &mut Archive<'_>,
    relations_part: &str,
    relation: &str,
) -> Option<String> {
    let mut relations = Relations::default();
    walk(archive, relations_part, &mut relations)?;
    let target = relations.targets.remove(relation)?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// Finds the relation of a sheet.
struct Sheets<'a> {
    wanted: &'a str,
    relation: Option<String>,
}

impl Walker for Sheets<'_> {
    fn open(&mut self, element: &Element<'_>, _depth: usize) -> Result<Next, Error> {
        if element.name() == "sheet" && attribute(element, "name").as_deref() == Some(self.wanted) {
            let mut attributes = element.attributes();
            self.relation = attributes
                .find_map(|(key, value)| key.ends_with(":id").then(|| value.into_owned()));
            return Ok(Next::Stop);
        }
        Ok(Next::Go)
    }

    fn text(&mut self, _piece: &str) {}

    fn close(&mut self, _name: &str, _depth: usize) -> Result<Next, Error> {
        Ok(Next::Go)
    }
}

/// Where relations lead.
#[derive(Default)]
struct Relations {
    targets: HashMap<String, String>,
}

impl Walker for Relations {
    fn open(&mut self, element: &Element<'_>, _depth: usize) -> Result<Next, Error> {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            self.targets.insert(id, target);
        }
        Ok(Next::Go)
    }

    fn text(&mut self, _piece: &str) {}

    fn close(&mut self, _name: &str, _depth: usize) -> Result<Next, Error> {
        Ok(Next::Go)
    }
}

struct Features<'t> {
    taker: &'t mut dyn Taker,
    sheet: usize,
    row: u32,
    next_row: u32,
    is_hidden: bool,
    /// Whether a cell of the row holds anything.
    holds_value: bool,
    cell: (u32, u32),
    next_column: u32,
    has_formula: bool,
    has_value: bool,
}

impl Walker for Features<'_> {
    fn open(&mut self, element: &Element<'_>, _depth: usize) -> Result<Next, Error> {
        match element.name() {
            "row" => self.open_row(element),
            "c" => {
                let at = attribute(element, "r").and_then(|written| place(&written));
                self.cell = at.unwrap_or((self.row, self.next_column));
                self.next_column = self.cell.1.saturating_add(1);
                (self.has_formula, self.has_value) = (false, false);
            }
            "f" => (self.has_formula, self.holds_value) = (true, true),
            "v" | "is" => (self.has_value, self.holds_value) = (true, true),
            "mergeCell" => {
                if let Some((first, last)) =
                    attribute(element, "ref").and_then(|written| range(&written))
                {
                    self.taker
                        .feature(self.sheet, Feature::Merged { first, last });
                }
            }
            _ => {}
        }
        Ok(Next::Go)
    }

    fn text(&mut self, _piece: &str) {}

    fn close(&mut self, name: &str, _depth: usize) -> Result<Next, Error> {
        match name {
            "c" if self.has_formula && !self.has_value => {
                let (row, column) = self.cell;
                let feature = Feature::Uncalculated { row, column };
                self.taker.feature(self.sheet, feature);
            }
            "row" if self.is_hidden && self.holds_value => {
                let feature = Feature::HiddenRows {
                    first: self.row,
                    count: 1,
                };
                self.taker.feature(self.sheet, feature);
            }
            _ => {}
        }
        Ok(Next::Go)
    }
}

impl Features<'_> {
    fn open_row(&mut self, element: &Element<'_>) {
        let number = attribute(element, "r").and_then(|written| written.parse::<u32>().ok());
        self.row = number.map_or(self.next_row, |number| number.saturating_sub(1));
        self.next_row = self.row.saturating_add(1);
        self.next_column = 0;
        self.holds_value = false;
        self.is_hidden = matches!(attribute(element, "hidden").as_deref(), Some("1" | "true"));
    }
}

fn attribute(element: &Element<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}

/// The 0-based row and column of an address such as `C17`.
fn place(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = address.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |sum, byte| {
        let letter = byte.to_ascii_uppercase().checked_sub(b'A')?;
        (letter < 26).then_some(())?;
        sum.checked_mul(26)?.checked_add(u32::from(letter) + 1)
    })?;
    Some((
        row.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}

/// The corners of a range such as `A1:H1`.
fn range(written: &str) -> Option<((u32, u32), (u32, u32))> {
    let (first, last) = written.split_once(':')?;
    Some((place(first)?, place(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_excel_writes_them() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(range("B2:AA10"), Some(((1, 1), (9, 26))));
        for odd in [
            "",
            "A",
            "1",
            "A0",
            "$A$1",
            "学1",
            "ZZZZZZZZZZ1",
            "A99999999999",
        ] {
            assert_eq!(place(odd), None, "{odd}");
        }
    }
}
