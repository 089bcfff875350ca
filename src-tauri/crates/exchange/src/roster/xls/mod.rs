//! Workbooks of Excel 5 to 2003 (.xls, BIFF5 and BIFF8), of WPS (.et, the same inside), and bare BIFF sheets such as
//! simple programs write.
//!
//! Read here and not by calamine, which makes a dense range of every sheet while it opens the file, and reserves what
//! the file claims. Records are read in place, one sheet at a time. Formulas, formats other than dates, and pictures are not read.

mod cells;
mod container;
mod globals;
mod record;
mod strings;

use std::borrow::Cow;

use self::cells::{Cells, Step};
use self::container::Container;
use self::globals::{Flaw, Globals};
use super::delimited::stem;
use super::foreign::Foreign;
use super::guard;
use super::sheet::{Book, Cell, Next, Sheet, Taker};
use crate::error::Error;

pub(super) use self::globals::is_bare;

/// How many times the bytes of a stream all its sheets may be together.
const MOST_READ: usize = 2;

/// A workbook stream.
pub(super) struct XlsBook<'a> {
    file: &'a str,
    stream: Cow<'a, [u8]>,
    globals: Globals,
}

impl<'a> XlsBook<'a> {
    /// Opens a workbook in its container.
    ///
    /// # Errors
    /// When the container holds something else, or is damaged or protected.
    pub(super) fn open(bytes: &'a [u8], file: &'a str) -> Result<Self, Error> {
        let stream = workbook_stream(bytes, file)?;
        Self::of(Cow::Owned(stream), file)
    }

    /// Opens a stream without container.
    ///
    /// # Errors
    /// When it is damaged or protected.
    pub(super) fn open_bare(bytes: &'a [u8], file: &'a str) -> Result<Self, Error> {
        Self::of(Cow::Borrowed(bytes), file)
    }

    fn of(stream: Cow<'a, [u8]>, file: &'a str) -> Result<Self, Error> {
        let globals = Globals::read(&stream, stem(file)).map_err(|flaw| told(flaw, file))?;
        Ok(Self {
            file,
            stream,
            globals,
        })
    }

    /// Reads a sheet; whether to go on, and how many bytes of the stream it took.
    fn read_sheet(
        &self,
        index: usize,
        start: usize,
        taker: &mut dyn Taker,
    ) -> Result<(Next, usize), Error> {
        let mut cells = Cells::new(&self.globals, &self.stream, start);
        loop {
            match cells.step().map_err(|flaw| told(flaw, self.file))? {
                Step::End => {
                    let end = self.stream.len() - cells.left();
                    return Ok((Next::Go, end.saturating_sub(start)));
                }
                Step::Claim(end) => taker.claimed(end),
                Step::Feature(feature) => taker.feature(index, feature),
                Step::Cell((row, column, value)) => {
                    let cell = Cell {
                        sheet: index,
                        row,
                        column,
                        value,
                    };
                    // Simple programs write column by column, so later cells may lie above.
                    if taker.cell(cell)? == Next::Stop {
                        return Ok((Next::Stop, 0));
                    }
                }
            }
        }
    }
}

impl Book for XlsBook<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        // Sheets lie one behind the other: of those that lie on each other each would be the whole file once more.
        let mut left = MOST_READ * self.stream.len();
        for (index, place) in self.globals.places.iter().enumerate() {
            let sheet = Sheet {
                index,
                name: &place.name,
                visible: place.visible,
            };
            let (next, bytes) = match taker.sheet(sheet) {
                Next::Go => self.read_sheet(index, place.start, taker)?,
                other => (other, 0),
            };
            if next == Next::Stop {
                break;
            }
            left = left
                .checked_sub(bytes)
                .ok_or_else(|| broken(self.file, "工作表相互重叠".into()))?;
        }
        Ok(())
    }
}

/// The bytes of the workbook in a container.
fn workbook_stream(bytes: &[u8], file: &str) -> Result<Vec<u8>, Error> {
    let Some(container) = Container::open(bytes) else {
        let is_locked = guard::holds_utf16(bytes, "EncryptedPackage");
        let flaw = Flaw::Broken("容器不完整");
        return Err(told(if is_locked { Flaw::Locked } else { flaw }, file));
    };
    if container.holds("EncryptedPackage") {
        return Err(told(Flaw::Locked, file));
    }
    let mut streams = ["Workbook", "Book"].into_iter();
    if let Some(stream) = streams.find_map(|name| container.stream(name)) {
        return Ok(stream);
    }
    let foreign = if container.holds("WordDocument") {
        Foreign::WORD
    } else if container.holds("PowerPoint Document") {
        Foreign::SLIDES
    } else {
        Foreign::OLD_OFFICE
    };
    Err(foreign.refused(file))
}

fn told(flaw: Flaw, file: &str) -> Error {
    let file_name = file.to_owned();
    match flaw {
        Flaw::Locked => Error::PasswordProtected { file: file_name },
        Flaw::Broken(detail) => broken(file, detail.to_owned()),
        Flaw::TooLarge => guard::too_large(file, "工作表或文字过多".into()),
    }
}

fn broken(file: &str, detail: String) -> Error {
    Error::BrokenWorkbook {
        file: file.to_owned(),
        detail,
    }
}
