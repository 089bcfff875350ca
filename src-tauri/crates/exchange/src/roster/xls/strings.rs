//! Texts of a BIFF stream: Unicode since Excel 97, bytes of a code page before, and the table of shared ones.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};

use super::record::Body;
use crate::roster::sheet::{LONGEST_TEXT, Value, text};

/// UTF-16 units that surely hold one character more than [`LONGEST_TEXT`].
const ENOUGH_UNITS: usize = 2 * (LONGEST_TEXT + 1);

/// Most shared texts.
const MOST_SHARED: usize = 4_000_000;

/// How a stream writes texts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Script {
    /// UTF-16, or its low bytes: Excel 97 and later.
    Unicode,
    /// Bytes of a code page: Excel 95 and earlier, and simple programs.
    Bytes(&'static Encoding),
}

impl Script {
    /// Bytes of this code page; whatever is not told apart is what Chinese systems write.
    pub(super) fn of_code_page(number: u16) -> Self {
        Self::Bytes(match number {
            950 => BIG5,
            65001 => UTF_8,
            _ => GB18030,
        })
    }

    /// A text whose length takes two bytes, as in cells.
    pub(super) fn long(self, body: Body<'_>) -> Option<String> {
        self.with_length(usize::from(body.u16(0)?), body.from(2)?)
    }

    /// A text whose length takes one byte, as in names.
    pub(super) fn short(self, body: Body<'_>) -> Option<String> {
        self.with_length(usize::from(body.u8(0)?), body.from(1)?)
    }

    fn with_length(self, length: usize, rest: Body<'_>) -> Option<String> {
        match self {
            // An empty text may leave its flags out.
            Self::Unicode if length == 0 => Some(String::new()),
            Self::Unicode if rest.u8(0)? & 1 == 1 => {
                let mut units = Vec::new();
                push_units(&mut units, rest.part(1, 2 * length), true);
                Some(String::from_utf16_lossy(&units))
            }
            Self::Unicode => Some(
                rest.part(1, length)
                    .iter()
                    .copied()
                    .map(char::from)
                    .collect(),
            ),
            Self::Bytes(encoding) => {
                let bytes = rest.part(0, length);
                Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
            }
        }
    }
}

fn push_units(units: &mut Vec<u16>, bytes: &[u8], is_wide: bool) {
    if is_wide {
        units.extend(
            bytes
                .chunks_exact(2)
                .map(|pair| u16::from(pair[0]) | u16::from(pair[1]) << 8),
        );
    } else {
        units.extend(bytes.iter().copied().map(u16::from));
    }
}

/// Reads the table of shared texts out of its record and those that continue it.
///
/// `None` when there are more than any roster has. A table that is cut off ends early: cells that need more of it
/// are damage.
pub(super) fn shared(parts: &[&[u8]]) -> Option<Vec<Option<Value>>> {
    let mut source = Parts { parts, at: 8 };
    let mut texts = Vec::new();
    while let Some(read) = source.shared_text() {
        if texts.len() == MOST_SHARED {
            return None;
        }
        texts.push(read);
    }
    Some(texts)
}

/// Bytes that go on from record to record.
struct Parts<'a, 'p> {
    parts: &'p [&'a [u8]],
    at: usize,
}

impl<'a> Parts<'a, '_> {
    /// What is left of the record at hand; moves on to the next when nothing is.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self.parts.first()?.get(self.at..).unwrap_or(&[]);
            if !rest.is_empty() {
                return Some(rest);
            }
            self.parts = self.parts.get(1..)?;
            self.at = 0;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.rest()?.first().copied();
        self.at += 1;
        byte
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let step = self.rest()?.len().min(count);
            self.at += step;
            count -= step;
        }
        Some(())
    }

    fn shared_text(&mut self) -> Option<Option<Value>> {
        let length = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 {
            0
        } else {
            usize::from(self.u16()?)
        };
        let extension = if flags & 4 == 0 {
            0
        } else {
            usize::from(self.u16()?) | usize::from(self.u16()?) << 16
        };
        let units = self.units(length, flags & 1 == 1)?;
        // What is cut off after the last text's characters takes nothing from it.
        let _ = self.skip(4 * runs + extension);
        Some(if length > ENOUGH_UNITS {
            Some(Value::TooLong)
        } else {
            text(&String::from_utf16_lossy(&units))
        })
    }

    /// Characters; where a record ends among them, the next begins with their width.
    fn units(&mut self, mut length: usize, mut is_wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while length > 0 {
            if self.parts.first()?.len() <= self.at {
                is_wide = self.byte()? & 1 == 1;
            }
            let width = if is_wide { 2 } else { 1 };
            let rest = self.rest()?;
            let here = (rest.len() / width).min(length);
            if here == 0 {
                return None;
            }
            if units.len() <= ENOUGH_UNITS {
                push_units(&mut units, rest.get(..here * width)?, is_wide);
            }
            self.at += here * width;
            length -= here;
        }
        Some(units)
    }
}
