//! Watches, in the bytes of XML, the attributes that a reader believes.
//!
//! Any quote may open or close a value here, and a name within a value counts too: so no text that only looks like
//! an attribute can hide a real one behind it.

use super::{MOST_SHARED_TEXTS, Refusal};

/// Most digits of a shared formula's index; the reader allocates a table up to the index.
const LONGEST_FORMULA_INDEX: usize = 6;

/// Most letters and digits of a cell's address that the reader can sum in 32 bits; the last cell of a
/// sheet is `XFD1048576`.
const LONGEST_COLUMN: usize = 6;
const LONGEST_ROW: usize = 9;

/// Bytes kept of a name, more than any watched one has with a usual prefix.
const LONGEST_NAME: usize = 24;

/// What a watched attribute says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Watched {
    /// `si="…"`, the index of a shared formula.
    Index,
    /// `r="…"` and `ref="…"`, where cells are.
    Address,
    /// `uniqueCount="…"` and `count="…"`: how many shared texts to make room for.
    Count,
}

impl Watched {
    fn of(name: &[u8]) -> Option<Self> {
        match name {
            b"si" => Some(Self::Index),
            b"r" | b"ref" => Some(Self::Address),
            _ => match name.rsplit(|byte| *byte == b':').next() {
                Some(b"uniqueCount" | b"count") => Some(Self::Count),
                _ => None,
            },
        }
    }
}

/// How far an attribute has been read.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Outside,
    Equals(Watched),
    Value(Watched),
}

/// The attribute at hand.
#[derive(Default)]
pub(super) struct Attribute {
    place: Place,
    /// The last word, which is a name when `=` follows.
    word: Vec<u8>,
    is_word_over: bool,
    length: usize,
    letters: usize,
    digits: usize,
    is_decimal: bool,
    count: u64,
}

impl Attribute {
    /// Takes the next byte.
    ///
    /// # Errors
    /// When a value is more than the reader can bear.
    pub(super) fn step(&mut self, byte: u8) -> Result<(), Refusal> {
        match byte {
            b'"' | b'\'' => self.quote(),
            b'=' => {
                self.place = Watched::of(&self.word).map_or(Place::Outside, Place::Equals);
                self.word.clear();
            }
            b' ' | b'\t' | b'\r' | b'\n' => self.is_word_over = true,
            _ => self.letter(byte),
        }
        match self.place {
            Place::Value(watched) if !matches!(byte, b'"' | b'\'') => self.weigh(watched, byte),
            _ => Ok(()),
        }
    }

    fn quote(&mut self) {
        self.place = match self.place {
            Place::Equals(watched) => Place::Value(watched),
            _ => Place::Outside,
        };
        (self.length, self.letters, self.digits, self.count) = (0, 0, 0, 0);
        self.is_decimal = false;
        self.word.clear();
    }

    fn letter(&mut self, byte: u8) {
        if self.is_word_over {
            self.word.clear();
            self.is_word_over = false;
        }
        if self.word.len() < LONGEST_NAME {
            self.word.push(byte);
        }
        if matches!(self.place, Place::Equals(_)) {
            self.place = Place::Outside;
        }
    }

    fn weigh(&mut self, watched: Watched, byte: u8) -> Result<(), Refusal> {
        self.length += 1;
        match byte {
            b'0'..=b'9' => {
                self.digits += 1;
                let digit = u64::from(byte - b'0');
                self.count = self.count.saturating_mul(10).saturating_add(digit);
            }
            b'A'..=b'Z' | b'a'..=b'z' => self.letters += 1,
            // Drawings measure in decimals under the same names.
            b'.' => self.is_decimal = true,
            _ => (self.letters, self.digits) = (0, 0),
        }
        let is_far = self.digits > LONGEST_ROW || self.letters > LONGEST_COLUMN;
        match watched {
            Watched::Index if self.length > LONGEST_FORMULA_INDEX => {
                Err(Refusal::TooLarge("共享公式编号过大".into()))
            }
            Watched::Address if is_far && !self.is_decimal => {
                Err(Refusal::Broken("有超出工作表的单元格地址".into()))
            }
            Watched::Count if self.count > MOST_SHARED_TEXTS && !self.is_decimal => {
                Err(Refusal::TooLarge("自称的文字过多".into()))
            }
            _ => Ok(()),
        }
    }
}
