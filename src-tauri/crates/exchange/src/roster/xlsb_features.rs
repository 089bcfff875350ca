//! Hidden rows and merged cells of an .xlsb, which its reader of cells does not tell.
//!
//! The sheet's part is walked once more, record by record, only when somebody wants to know, and of a record no more
//! is kept than what is asked of it. What is not found, or makes no sense, is not told: the cells are read all the same.

use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;

use super::sheet::{Feature, Taker};
use super::xlsx_features::{Archive, target_of};

/// First bytes of a record that are kept; a sheet's name and its relation are far shorter.
const KEPT_BYTES: usize = 2 << 10;

/// Rows and columns that a sheet can have.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// A row begins.
const ROW: u16 = 0x00;
/// The cells end.
const CELLS_END: u16 = 0x92;
/// Cells merged into one.
const MERGED: u16 = 0xB0;
/// The sheet ends.
const SHEET_END: u16 = 0x82;
/// A sheet of the workbook.
const BUNDLE_SHEET: u16 = 0x9C;
/// The list of sheets ends.
const BUNDLE_END: u16 = 0x90;

/// The bit of a row's flags that hides it.
const IS_HIDDEN: u8 = 0x10;

/// Tells `taker` the features of the sheet whose number is `index`; whether they could be told.
pub(super) fn tell(bytes: &[u8], index: usize, taker: &mut dyn Taker) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    walk(&mut archive, index, taker).is_some()
}

fn walk(archive: &mut Archive<'_>, index: usize, taker: &mut dyn Taker) -> Option<()> {
    let relation = relation_of(archive, index)?;
    let part = target_of(archive, "xl/_rels/workbook.bin.rels", &relation)?;
    let entry = archive.by_name(&part).ok()?;
    let mut records = Records::new(BufReader::new(entry));
    // The row at hand, when it is hidden, and nothing of it was seen yet.
    let mut hidden = None;
    loop {
        match records.step()? {
            ROW => hidden = hidden_row(&records.body),
            kind if holds_value(kind) => {
                if let Some(first) = hidden.take() {
                    taker.feature(index, Feature::HiddenRows { first, count: 1 });
                }
            }
            CELLS_END => hidden = None,
            MERGED => {
                if let Some(merged) = merged(&records.body) {
                    taker.feature(index, merged);
                }
            }
            SHEET_END => return Some(()),
            _ => {}
        }
    }
}

/// The relation of the sheet that is `index`-th among those that have one.
fn relation_of(archive: &mut Archive<'_>, index: usize) -> Option<String> {
    let entry = archive.by_name("xl/workbook.bin").ok()?;
    let mut records = Records::new(BufReader::new(entry));
    let mut seen = 0;
    loop {
        match records.step()? {
            BUNDLE_SHEET => {
                let length = number(&records.body, 8)?;
                if length == u32::MAX {
                    continue;
                }
                if seen == index {
                    let end = usize::try_from(length).ok()?.checked_mul(2)?;
                    let wide = records.body.get(12..end.checked_add(12)?)?;
                    return Some(encoding_rs::UTF_16LE.decode(wide).0.into_owned());
                }
                seen += 1;
            }
            BUNDLE_END => return None,
            _ => {}
        }
    }
}

/// The 0-based number of a row, when it is hidden.
fn hidden_row(body: &[u8]) -> Option<u32> {
    let row = number(body, 0).filter(|row| *row < ROWS)?;
    (body.get(11)? & IS_HIDDEN != 0).then_some(row)
}

/// Cells with something in them, not those that are only formatted.
fn holds_value(kind: u16) -> bool {
    matches!(kind, 0x02..=0x0B)
}

fn merged(body: &[u8]) -> Option<Feature> {
    let first = (number(body, 0)?, number(body, 8)?);
    let last = (number(body, 4)?, number(body, 12)?);
    let is_sound = first.0 <= last.0
        && first.1 <= last.1
        && last.0 < ROWS
        && last.1 < COLUMNS
        && first != last;
    is_sound.then_some(Feature::Merged { first, last })
}

fn number(body: &[u8], at: usize) -> Option<u32> {
    let bytes = body.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*bytes))
}

/// The records of a part, one after another.
struct Records<R> {
    part: R,
    /// The first bytes of the record at hand.
    body: Vec<u8>,
}

impl<R: Read> Records<R> {
    fn new(part: R) -> Self {
        Self {
            part,
            body: Vec::new(),
        }
    }

    /// The kind of the next record, whose beginning is then in `body`; `None` where the part ends or is cut off.
    fn step(&mut self) -> Option<u16> {
        let first = self.byte()?;
        let kind = if first & 0x80 == 0 {
            u16::from(first)
        } else {
            u16::from(first & 0x7F) | u16::from(self.byte()? & 0x7F) << 7
        };
        let mut length = 0_usize;
        for place in 0..4 {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        let kept = length.min(KEPT_BYTES);
        self.body.resize(kept, 0);
        self.part.read_exact(&mut self.body).ok()?;
        let rest = u64::try_from(length - kept).ok()?;
        let passed = io::copy(&mut self.part.by_ref().take(rest), &mut io::sink()).ok()?;
        (passed == rest).then_some(kind)
    }

    fn byte(&mut self) -> Option<u8> {
        let mut byte = [0];
        self.part.read_exact(&mut byte).ok()?;
        Some(byte[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(bytes: &[u8]) -> Vec<(u16, usize)> {
        let mut records = Records::new(bytes);
        let mut told = Vec::new();
        while let Some(kind) = records.step() {
            told.push((kind, records.body.len()));
        }
        told
    }

    #[test]
    fn of_a_record_only_its_beginning_is_kept() {
        let mut bytes = vec![0x05, 0x80, 0x80, 0x40];
        bytes.extend(vec![7; 1 << 20]);
        bytes.extend([0x91, 0x01, 0x00]);
        assert_eq!(kinds(&bytes), [(0x05, KEPT_BYTES), (0x91, 0)]);
        // A length without bytes behind it makes room for nothing.
        assert_eq!(kinds(&[0x05, 0xFF, 0xFF, 0xFF, 0xFF]), []);
        assert_eq!(kinds(&[0x05, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3]), []);
        for cut in [
            &[][..],
            &[0x91],
            &[0x91, 0x01],
            &[0x05, 0x80],
            &[0x05, 4, 1],
        ] {
            assert_eq!(kinds(cut), [], "{cut:?}");
        }
    }

    #[test]
    fn rows_and_ranges_that_no_sheet_can_have_are_not_told() {
        let row = |number: u32, flags: u8| {
            let mut body = number.to_le_bytes().to_vec();
            body.extend([0, 0, 0, 0, 0, 0, 0, flags, 0, 0, 0, 0, 0]);
            body
        };
        assert_eq!(hidden_row(&row(ROWS - 1, 0x10)), Some(ROWS - 1));
        assert_eq!(hidden_row(&row(3, 0xEF)), None);
        assert_eq!(hidden_row(&row(ROWS, 0x10)), None);
        assert_eq!(hidden_row(&[0; 11]), None);
        let range = |numbers: [u32; 4]| merged(&numbers.map(u32::to_le_bytes).concat());
        let whole = Feature::Merged {
            first: (0, 0),
            last: (ROWS - 1, COLUMNS - 1),
        };
        assert_eq!(range([0, ROWS - 1, 0, COLUMNS - 1]), Some(whole));
        for odd in [
            [0, ROWS, 0, 1],
            [0, 1, 0, COLUMNS],
            [2, 1, 0, 1],
            [0, 1, 2, 1],
            [4, 4, 4, 4],
            [0, u32::MAX, 0, u32::MAX],
        ] {
            assert_eq!(range(odd), None, "{odd:?}");
        }
        assert_eq!(merged(&[0; 15]), None);
    }
}
