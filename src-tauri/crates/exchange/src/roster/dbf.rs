//! Tables of dBASE and FoxPro (.dbf), which student registers of the 2000s still hand out.
//!
//! Records of fixed width are all there is to it, so they are cut here: the `dbase` crate refuses a whole table for one
//! value that is none (`****`), and believes the code page byte, which Chinese programs leave at zero. Field names are
//! the header, deleted records are left out and not counted, as Excel shows it. Memo files are not read.

use encoding_rs::{Encoding, UTF_8};
use zhaoshen_model::identity;

use super::delimited::stem;
use super::encoding;
use super::sheet::{Book, Cell, Next, Sheet, Taker, Value, number, text};
use crate::error::Error;

/// Bytes of the header before the fields, and of each field.
const PIECE: usize = 32;

/// First bytes of tables: dBASE III to 5, FoxBASE, FoxPro, with and without memo.
const VERSIONS: [u8; 13] = [
    0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8B, 0x8E, 0xF5, 0xFB,
];

/// The mark behind the last record.
const END: u8 = 0x1A;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Field<'a> {
    name: &'a [u8],
    kind: u8,
    /// Where it begins in a record.
    start: usize,
    width: usize,
}

/// A table.
pub(super) struct DbfBook<'a> {
    file: &'a str,
    sheet: &'a str,
    fields: Vec<Field<'a>>,
    records: &'a [u8],
    record_bytes: usize,
    /// How many records the header counts.
    counted: u32,
    encoding: &'static Encoding,
}

impl<'a> DbfBook<'a> {
    /// Opens a table; `None` when the bytes are none.
    pub(super) fn open(bytes: &'a [u8], file: &'a str) -> Option<Self> {
        let header = bytes.first_chunk::<PIECE>()?;
        let word = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let (header_bytes, record_bytes) = (word(8), word(10));
        let is_date = header[2] <= 12 && header[3] <= 31;
        if !VERSIONS.contains(&header[0]) || !is_date || record_bytes == 0 {
            return None;
        }
        let fields = fields(bytes.get(PIECE..header_bytes)?)?;
        // A record begins with the mark of deletion.
        let widths: usize = fields.iter().map(|field| field.width).sum();
        if fields.is_empty() || widths + 1 != record_bytes {
            return None;
        }
        let records = bytes.get(header_bytes..)?;
        Some(Self {
            file,
            sheet: stem(file),
            encoding: encoding_of(bytes.get(PIECE..header_bytes)?, records),
            fields,
            records,
            record_bytes,
            counted: u32::from_le_bytes([header[4], header[5], header[6], header[7]]),
        })
    }

    fn cut_off(&self) -> Error {
        Error::BrokenWorkbook {
            file: self.file.to_owned(),
            detail: "记录不完整".into(),
        }
    }

    fn decoded(&self, bytes: &[u8]) -> String {
        let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or(bytes);
        self.encoding
            .decode_without_bom_handling(bytes)
            .0
            .into_owned()
    }

    fn value(&self, field: &Field<'_>, record: &[u8]) -> Option<Value> {
        let bytes = record.get(field.start..field.start + field.width)?;
        let written = || self.decoded(bytes);
        match field.kind {
            b'N' | b'F' => number(&written()),
            b'D' => date(&written()),
            b'L' => match bytes.first()? {
                b'T' | b't' | b'Y' | b'y' => Some(Value::Bool(true)),
                b'F' | b'f' | b'N' | b'n' => Some(Value::Bool(false)),
                _ => None,
            },
            b'I' => {
                let four = bytes.first_chunk().copied()?;
                Some(Value::Number(f64::from(i32::from_le_bytes(four))))
            }
            b'C' | b'V' => text(&written()),
            // Memos, moments, pictures: no column of a roster.
            _ => None,
        }
    }
}

impl Book for DbfBook<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        if taker.sheet(Sheet::only(self.sheet)) != Next::Go {
            return Ok(());
        }
        let mut put = |row: u32, column: u32, value: Option<Value>| {
            taker.cell(Cell {
                sheet: 0,
                row,
                column,
                value,
            })
        };
        for (column, field) in (0..).zip(&self.fields) {
            if put(0, column, text(&self.decoded(field.name)))? != Next::Go {
                return Ok(());
            }
        }
        let records = self.records.chunks(self.record_bytes);
        let mut met = 0;
        let mut row = 0;
        for record in records.take_while(|record| record.first() != Some(&END)) {
            if record.len() < self.record_bytes {
                return Err(self.cut_off());
            }
            met += 1;
            if record.first() == Some(&b'*') {
                continue;
            }
            row += 1;
            for (column, field) in (0..).zip(&self.fields) {
                if put(row, column, self.value(field, record))? != Next::Go {
                    return Ok(());
                }
            }
        }
        // The header's count is only believed where the mark of the end is missing too.
        let has_end = self.records.get(met as usize * self.record_bytes) == Some(&END);
        if met < self.counted && !has_end {
            return Err(self.cut_off());
        }
        Ok(())
    }
}

/// The fields up to the mark that ends them; `None` when there is none.
fn fields(bytes: &[u8]) -> Option<Vec<Field<'_>>> {
    let mut fields = Vec::new();
    let mut start = 1;
    let mut rest = bytes;
    while *rest.first()? != 0x0D {
        let field = rest.first_chunk::<PIECE>()?;
        let name = rest.get(..11)?.split(|byte| *byte == 0).next()?;
        let (kind, width) = (field[11], usize::from(field[16]));
        // Long texts keep the upper part of their width among the decimals.
        let width = match kind {
            b'C' => width | usize::from(field[17]) << 8,
            _ => width,
        };
        if name.is_empty() || !kind.is_ascii_alphanumeric() || width == 0 {
            return None;
        }
        fields.push(Field {
            name,
            kind,
            start,
            width,
        });
        start += width;
        rest = rest.get(PIECE..)?;
    }
    Some(fields)
}

/// UTF-8 only where all of it is; a few characters of GBK can look like it.
fn encoding_of(header: &[u8], records: &[u8]) -> &'static Encoding {
    let is_utf8 = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok();
    if is_utf8(records)
        && header
            .chunks(PIECE)
            .all(|field| is_utf8(field.get(..11).unwrap_or(&[])))
    {
        UTF_8
    } else {
        encoding::LOCAL
    }
}

fn date(written: &str) -> Option<Value> {
    let written = written.trim();
    if identity::is_calendar_date(written) {
        Some(Value::Date(written.to_owned()))
    } else {
        text(written)
    }
}
