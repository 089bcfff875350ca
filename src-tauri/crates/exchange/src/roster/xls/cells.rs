//! Cells of one sheet out of its records, as they come.

use super::globals::{Flaw, Globals};
use super::record::{Body, Record, Records};
use super::strings::Script;
use crate::roster::sheet::{Feature, Value, text};

/// A cell's 0-based row and column and what it holds.
pub(super) type Placed = (u32, u32, Option<Value>);

/// Reads cells until the sheet ends.
pub(super) struct Cells<'a> {
    globals: &'a Globals,
    records: Records<'a>,
    /// Charts within the sheet that are open; the sheet itself is the first.
    depth: usize,
    /// A formula whose text is in a record to come.
    waiting: Option<(u32, u32)>,
    /// Cells of one record that are not handed over yet, the last first.
    ready: Vec<Placed>,
    /// Ranges of a record that are not told yet.
    features: Vec<Feature>,
    is_over: bool,
}

/// What comes next in a sheet.
pub(super) enum Step {
    Cell(Placed),
    /// The 0-based row and column that the sheet claims to reach.
    Claim((u32, u32)),
    Feature(Feature),
    End,
}

impl<'a> Cells<'a> {
    /// The sheet that begins at the byte `start`.
    pub(super) fn new(globals: &'a Globals, stream: &'a [u8], start: usize) -> Self {
        Self {
            globals,
            records: Records::from(stream, start),
            depth: 0,
            waiting: None,
            ready: Vec::new(),
            features: Vec::new(),
            is_over: false,
        }
    }

    /// Bytes of the stream behind what was read.
    pub(super) const fn left(&self) -> usize {
        self.records.left()
    }

    /// The next step.
    ///
    /// # Errors
    /// When a record is too short or the sheet does not end.
    pub(super) fn step(&mut self) -> Result<Step, Flaw> {
        loop {
            if let Some(cell) = self.ready.pop() {
                return Ok(Step::Cell(cell));
            }
            if let Some(feature) = self.features.pop() {
                return Ok(Step::Feature(feature));
            }
            if self.is_over {
                return Ok(Step::End);
            }
            let Some(record) = self.records.next() else {
                return Err(Flaw::Broken("工作表不完整"));
            };
            match record.kind {
                0x0009 | 0x0209 | 0x0409 | 0x0809 => self.depth += 1,
                0x000A if self.depth <= 1 => {
                    self.is_over = true;
                    let expired = self.expire();
                    self.ready.extend(expired);
                }
                0x000A => self.depth -= 1,
                _ if self.depth > 1 => {}
                0x002F => return Err(Flaw::Locked),
                0x0000 | 0x0200 => {
                    if let Some(end) = claim(record.body) {
                        return Ok(Step::Claim(end));
                    }
                }
                0x0208 => self.features.extend(hidden_row(record.body)),
                0x00E5 => self.features = merged(record.body),
                _ => self.take(&record).ok_or(Flaw::Broken("单元格不完整"))?,
            }
        }
    }

    /// A formula whose text never came, which another cell or the sheet's end shows.
    fn expire(&mut self) -> Option<Placed> {
        let (row, column) = self.waiting.take()?;
        Some((row, column, Some(Value::Uncalculated)))
    }

    /// Puts the cells of a record into `ready`; `None` when it is too short.
    fn take(&mut self, record: &Record<'_>) -> Option<()> {
        let body = record.body;
        let value = match record.kind {
            0x00FD => self.shared(body)?,
            0x0204 | 0x00D6 => text(&self.globals.script.long(body.from(6)?)?),
            0x0004 => text(&self.bytes().short(body.from(7)?)?),
            0x0203 => Some(self.globals.number(body.f64(6)?, body.u16(4)?)),
            0x0003 => Some(Value::number(body.f64(7)?)),
            0x0002 => Some(Value::Number(f64::from(body.u16(7)?))),
            0x027E => Some(self.packed(body.from(4)?)?),
            0x0205 => Some(truth_or_error(body.u8(6)?, body.u8(7)?)),
            0x0005 => Some(truth_or_error(body.u8(7)?, body.u8(8)?)),
            0x00BD => return self.take_packed_row(body),
            0x0006 | 0x0206 | 0x0406 => return self.take_formula(body),
            0x0207 | 0x0007 => return self.take_formula_text(body),
            _ => return Some(()),
        };
        self.put(body, value)
    }

    /// Texts of the oldest records, which are bytes whatever the workbook says.
    fn bytes(&self) -> Script {
        match self.globals.script {
            Script::Unicode => Script::of_code_page(0),
            bytes => bytes,
        }
    }

    fn put(&mut self, body: Body<'_>, value: Option<Value>) -> Option<()> {
        let place = place(body)?;
        self.ready.push((place.0, place.1, value));
        let expired = self.expire();
        self.ready.extend(expired);
        Some(())
    }

    fn shared(&self, body: Body<'_>) -> Option<Option<Value>> {
        let index = usize::try_from(body.u32(6)?).ok()?;
        self.globals.texts.get(index).cloned()
    }

    /// A format and a number in four bytes: an integer or the upper half of a float, either perhaps in hundredths.
    fn packed(&self, body: Body<'_>) -> Option<Value> {
        let (format, bits) = (body.u16(0)?, body.u32(2)?);
        let number = if bits & 2 == 0 {
            f64::from_bits(u64::from(bits & !3) << 32)
        } else {
            f64::from(bits.cast_signed() >> 2)
        };
        let number = if bits & 1 == 0 {
            number
        } else {
            number / 100.0
        };
        Some(self.globals.number(number, format))
    }

    fn take_packed_row(&mut self, body: Body<'_>) -> Option<()> {
        let (row, first) = place(body)?;
        let expired = self.expire();
        let count = body.0.len().checked_sub(6)? / 6;
        for (at, column) in (0..count).zip(first..) {
            let value = self.packed(body.from(4 + 6 * at)?)?;
            self.ready.push((row, column, Some(value)));
        }
        self.ready.reverse();
        self.ready.extend(expired);
        Some(())
    }

    fn take_formula(&mut self, body: Body<'_>) -> Option<()> {
        // Neither length nor place of the result tells Excel 2 apart from later ones; its files have no such formulas
        // in practice and are read as later ones are.
        let result = body.from(6)?;
        let value = match (result.u16(6)?, result.u8(0)?) {
            (0xFFFF, 0) => {
                let expired = self.expire();
                self.ready.extend(expired);
                self.waiting = Some(place(body)?);
                return Some(());
            }
            (0xFFFF, 1) => Some(Value::Bool(result.u8(2)? != 0)),
            (0xFFFF, 2) => Some(truth_or_error(result.u8(2)?, 1)),
            (0xFFFF, _) => None,
            _ => Some(self.globals.number(result.f64(0)?, body.u16(4)?)),
        };
        self.put(body, value)
    }

    fn take_formula_text(&mut self, body: Body<'_>) -> Option<()> {
        if let Some((row, column)) = self.waiting.take() {
            let value = text(&self.globals.script.long(body)?);
            self.ready.push((row, column, value));
        }
        Some(())
    }
}

fn place(body: Body<'_>) -> Option<(u32, u32)> {
    Some((u32::from(body.u16(0)?), u32::from(body.u16(2)?)))
}

/// The last row and column that a sheet claims; only told to staff, never believed.
fn claim(body: Body<'_>) -> Option<(u32, u32)> {
    let (rows, columns) = match body.0.len() {
        8 => (u32::from(body.u16(2)?), body.u16(6)?),
        10 => (u32::from(body.u16(2)?), body.u16(6)?),
        14.. => (body.u32(4)?, body.u16(10)?),
        _ => return None,
    };
    Some((rows.saturating_sub(1), u32::from(columns).saturating_sub(1)))
}

/// The row of a `ROW` record, when it has cells and is not shown.
fn hidden_row(body: Body<'_>) -> Option<Feature> {
    let (row, first, end, flags) = (body.u16(0)?, body.u16(2)?, body.u16(4)?, body.u16(12)?);
    (flags & 0x20 != 0 && end > first).then_some(Feature::HiddenRows {
        first: u32::from(row),
        count: 1,
    })
}

/// The ranges of a `MERGEDCELLS` record, the last first; those that are cut off are left out.
fn merged(body: Body<'_>) -> Vec<Feature> {
    let count = usize::from(body.u16(0).unwrap_or(0));
    let range = |at: usize| {
        let number = |index: usize| body.u16(2 + 8 * at + 2 * index).map(u32::from);
        Some(Feature::Merged {
            first: (number(0)?, number(2)?),
            last: (number(1)?, number(3)?),
        })
    };
    let mut ranges: Vec<Feature> = (0..count).map_while(range).collect();
    ranges.reverse();
    ranges
}

fn truth_or_error(value: u8, is_error: u8) -> Value {
    if is_error == 0 {
        return Value::Bool(value != 0);
    }
    let name = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERR!",
    };
    Value::Error(name.to_owned())
}
