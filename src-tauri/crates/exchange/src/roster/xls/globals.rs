//! What a workbook says before its sheets: their names, shared texts, which formats are dates, whether it is locked.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::record::{Body, Record, Records};
use super::strings::{self, Script};
use crate::roster::sheet::Value;

/// Days beyond which no date lies (31 December 9999).
const LAST_DAY: f64 = 2_958_466.0;

/// Most sheets.
const MOST_SHEETS: usize = 4096;

const CONTINUE: u16 = 0x003C;

/// Why a stream is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It asks for a password.
    Locked,
    /// It is damaged.
    Broken(&'static str),
    /// It has more sheets or texts than any roster.
    TooLarge,
}

/// A sheet's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub name: String,
    pub visible: bool,
    /// Byte of the stream that it begins at.
    pub start: usize,
}

/// What holds for all sheets.
#[derive(Debug)]
pub(super) struct Globals {
    pub script: Script,
    pub places: Vec<Place>,
    pub texts: Vec<Option<Value>>,
    is_1904: bool,
    /// By cell format, whether its numbers are dates.
    dates: Vec<bool>,
}

/// The kinds of beginning that a stream can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// A workbook of several sheets, and whether its texts are Unicode.
    Book { is_unicode: bool },
    /// A bare sheet, as Excel 4 and simple programs write it.
    Sheet,
}

impl Globals {
    /// Reads the beginning of `stream`; a bare sheet is called `name`.
    pub(super) fn read(stream: &[u8], name: &str) -> Result<Self, Flaw> {
        let first = Records::from(stream, 0).next();
        let beginning = first.and_then(|record| beginning(&record));
        let mut globals = Self {
            script: Script::of_code_page(0),
            places: Vec::new(),
            texts: Vec::new(),
            is_1904: false,
            dates: Vec::new(),
        };
        match beginning.ok_or(Flaw::Broken("没有工作簿开头"))? {
            Beginning::Sheet => globals.places.push(Place {
                name: name.to_owned(),
                visible: true,
                start: 0,
            }),
            Beginning::Book { is_unicode } => globals.read_book(stream, is_unicode)?,
        }
        Ok(globals)
    }

    fn read_book(&mut self, stream: &[u8], is_unicode: bool) -> Result<(), Flaw> {
        if is_unicode {
            self.script = Script::Unicode;
        }
        let mut formats: Vec<(u16, bool)> = Vec::new();
        let mut cell_formats = Vec::new();
        let mut records = Records::from(stream, 0).peekable();
        while let Some(Record { kind, body }) = records.next() {
            let read = match kind {
                0x000A => break,
                0x002F => return Err(Flaw::Locked),
                0x0042 if !is_unicode => body
                    .u16(0)
                    .map(|number| self.script = Script::of_code_page(number)),
                0x0022 => body.u16(0).map(|mode| self.is_1904 = mode == 1),
                0x0085 => self.place(body),
                0x041E => self.format(body).map(|format| formats.push(format)),
                0x00E0 => body.u16(2).map(|format| cell_formats.push(format)),
                0x00FC => {
                    let mut parts = vec![body.0];
                    while let Some(more) = records.next_if(|next| next.kind == CONTINUE) {
                        parts.push(more.body.0);
                    }
                    self.texts = strings::shared(&parts).ok_or(Flaw::TooLarge)?;
                    Some(())
                }
                _ => Some(()),
            };
            read.ok_or(Flaw::Broken("记录不完整"))?;
            if self.places.len() > MOST_SHEETS {
                return Err(Flaw::TooLarge);
            }
        }
        formats.sort_unstable();
        let is_date = |number: &u16| match formats.binary_search_by_key(number, |format| format.0) {
            Ok(at) => formats.get(at).is_some_and(|format| format.1),
            Err(_) => matches!(number, 14..=22 | 27..=36 | 45..=47 | 50..=58),
        };
        self.dates = cell_formats.iter().map(is_date).collect();
        Ok(())
    }

    fn place(&mut self, body: Body<'_>) -> Option<()> {
        let is_worksheet = body.u8(5)? == 0;
        if is_worksheet {
            self.places.push(Place {
                name: self.script.short(body.from(6)?)?.replace('\0', ""),
                visible: body.u8(4)? & 3 == 0,
                start: usize::try_from(body.u32(0)?).ok()?,
            });
        }
        Some(())
    }

    fn format(&self, body: Body<'_>) -> Option<(u16, bool)> {
        let written = match self.script {
            Script::Unicode => self.script.long(body.from(2)?)?,
            Script::Bytes(_) => self.script.short(body.from(2)?)?,
        };
        Some((body.u16(0)?, is_date_format(&written)))
    }

    /// A number as cells of this format show it.
    pub(super) fn number(&self, number: f64, format: u16) -> Value {
        let is_date = self
            .dates
            .get(usize::from(format))
            .copied()
            .unwrap_or(false);
        if is_date && (0.0..LAST_DAY).contains(&number) {
            let moment = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, self.is_1904);
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Value::Date(format!("{year:04}{month:02}{day:02}"))
        } else {
            Value::Number(number)
        }
    }
}

/// Whether bytes begin like a stream that no container holds.
pub(crate) fn is_bare(bytes: &[u8]) -> bool {
    let Some(Record { kind, body }) = Records::from(bytes, 0).next() else {
        return false;
    };
    let expected = match kind {
        0x0009 => body.0.len() == 4,
        0x0209 | 0x0409 => body.0.len() == 6,
        0x0809 => matches!(body.0.len(), 8 | 16),
        _ => false,
    };
    expected && matches!(body.u16(2), Some(5 | 0x10))
}

fn beginning(first: &Record<'_>) -> Option<Beginning> {
    match (first.kind, first.body.u16(0)?, first.body.u16(2)?) {
        (0x0009 | 0x0209 | 0x0409, _, _) | (0x0809, _, 0x10) => Some(Beginning::Sheet),
        (0x0809, version, _) => Some(Beginning::Book {
            is_unicode: version != 0x0500,
        }),
        _ => None,
    }
}

/// Whether a number format shows a date: it names year, month, day, hour or second outside of quotes and brackets.
fn is_date_format(format: &str) -> bool {
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => skip_to(&mut chars, '"'),
            '[' => skip_to(&mut chars, ']'),
            // The next character is shown, left out or repeated, but means nothing.
            '\\' | '_' | '*' => {
                chars.next();
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

fn skip_to(chars: &mut std::str::Chars<'_>, end: char) {
    chars.find(|c| *c == end);
}

#[cfg(test)]
mod tests {
    use super::is_date_format;

    #[test]
    fn date_formats_are_told_from_numbers() {
        for date in [
            "yyyy-mm-dd",
            "yyyy\"年\"m\"月\"",
            "[$-804]dddd",
            "h:mm;@",
            "m/d",
        ] {
            assert!(is_date_format(date), "{date}");
        }
        for number in [
            "General",
            "0.00",
            "@",
            "[Red]0",
            "\"days\"0",
            "0\\d",
            "G/通用格式",
            "#,##0_);[Blue]",
        ] {
            assert!(!is_date_format(number), "{number}");
        }
    }
}
