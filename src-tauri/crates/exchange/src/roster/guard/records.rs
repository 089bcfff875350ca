//! Walks the records of a binary workbook's parts, as they come, for what its reader would leave out.
//!
//! The reader passes over every record it does not know, and cells that some programs write in a shorter form are
//! among them; and it ends a sheet where a row has a number that no row can have. The roster would come in with holes and
//! nobody would be told.

use super::Refusal;
use crate::roster::foreign::Foreign;

/// Where a sheet's cells begin and end.
const CELLS_BEGIN: u16 = 0x91;
const CELLS_END: u16 = 0x92;

/// Most bytes of one record, for which the reader makes room at once; a cell has at most some 65,000.
const LONGEST_RECORD: usize = 16 << 20;

/// A row begins.
const ROW: u16 = 0x00;

/// Rows that a sheet can have.
const ROWS: u32 = 1 << 20;

/// First bytes of a part that holds a sheet.
const SHEET_BEGINS: [u8; 3] = [0x81, 0x01, 0x00];

/// The records of one part.
pub(super) struct Records {
    field: Field,
    kind: u16,
    length: usize,
    /// The first bytes of a row's body, which are its number.
    row: Vec<u8>,
    /// Whether the cells have begun and not ended.
    is_within_cells: bool,
}

/// What the next byte belongs to.
#[derive(Clone, Copy)]
enum Field {
    Kind,
    KindEnd,
    /// The length, of which so many bytes are read.
    Length(u32),
    /// The body, of which so many bytes are left.
    Body(usize),
}

impl Records {
    /// A walk through the part that begins so; `None` when it is no sheet.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        start.starts_with(&SHEET_BEGINS).then_some(Self {
            field: Field::Kind,
            kind: 0,
            length: 0,
            row: Vec::new(),
            is_within_cells: false,
        })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// When a cell would be lost, or a record is larger than any.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            if let Field::Body(left) = self.field {
                let taken = left.min(rest.len());
                self.number(rest.get(..taken).unwrap_or_default())?;
                rest = rest.get(taken..).unwrap_or_default();
                self.go_on(left - taken);
            } else {
                rest = after;
                self.head(byte)?;
            }
        }
        Ok(())
    }

    fn head(&mut self, byte: u8) -> Result<(), Refusal> {
        let is_last = byte & 0x80 == 0;
        let seven = byte & 0x7F;
        match self.field {
            Field::Kind => {
                self.kind = u16::from(seven);
                self.length = 0;
                self.row.clear();
                self.field = if is_last {
                    Field::Length(0)
                } else {
                    Field::KindEnd
                };
            }
            Field::KindEnd => {
                self.kind |= u16::from(seven) << 7;
                self.field = Field::Length(0);
            }
            Field::Length(read) => {
                self.length |= usize::from(seven) << (7 * read);
                if is_last || read == 3 {
                    self.judge()?;
                    self.go_on(self.length);
                } else {
                    self.field = Field::Length(read + 1);
                }
            }
            Field::Body(_) => {}
        }
        Ok(())
    }

    /// Takes bytes of a body, of which only a row's number is asked.
    fn number(&mut self, body: &[u8]) -> Result<(), Refusal> {
        if self.kind != ROW || !self.is_within_cells || self.row.len() >= 4 {
            return Ok(());
        }
        self.row.extend(body.iter().take(4 - self.row.len()));
        let number = self.row.first_chunk::<4>();
        match number.map(|bytes| u32::from_le_bytes(*bytes)) {
            Some(row) if row >= ROWS => Err(Refusal::Broken("行号超出范围".into())),
            _ => Ok(()),
        }
    }

    fn go_on(&mut self, left: usize) {
        self.field = if left == 0 {
            Field::Kind
        } else {
            Field::Body(left)
        };
    }

    fn judge(&mut self) -> Result<(), Refusal> {
        match self.kind {
            CELLS_BEGIN => self.is_within_cells = true,
            CELLS_END => self.is_within_cells = false,
            _ => {}
        }
        if self.length > LONGEST_RECORD {
            return Err(Refusal::Broken("有异常长的记录".into()));
        }
        if self.is_within_cells && is_passed_over(self.kind) {
            return Err(Refusal::Foreign(Foreign::BINARY_WITH_LOSS));
        }
        Ok(())
    }
}

/// Cells that the reader passes over: a formula's error, the short forms of all cells that hold anything, and text
/// with formats of its own.
fn is_passed_over(kind: u16) -> bool {
    matches!(kind, 0x0B | 0x0D..=0x12 | 0x3E)
}
