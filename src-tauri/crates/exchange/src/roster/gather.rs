//! Gathers a cell's text that arrives in pieces, and keeps no more of it than a cell may hold.

use super::sheet::{LONGEST_TEXT, Value, text};

/// Bytes that surely hold one character more than [`LONGEST_TEXT`].
const ENOUGH_BYTES: usize = 4 * (LONGEST_TEXT + 1);

/// The text of one cell so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    text: String,
    is_cut: bool,
}

impl Gathered {
    /// Adds a piece as it is.
    pub(super) fn push(&mut self, piece: &str) {
        for c in piece.chars() {
            self.push_char(c);
        }
    }

    /// Adds a piece as a web page shows it: any run of blanks is one.
    pub(super) fn push_collapsed(&mut self, piece: &str) {
        for c in piece.chars() {
            if !c.is_ascii_whitespace() {
                self.push_char(c);
            } else if !self.text.ends_with([' ', '\n']) {
                self.push_char(' ');
            }
        }
    }

    fn push_char(&mut self, c: char) {
        if self.text.is_empty() && c.is_whitespace() {
            return;
        }
        if self.text.len() < ENOUGH_BYTES {
            self.text.push(c);
        } else if !c.is_whitespace() {
            self.is_cut = true;
        }
    }

    /// The text so far, as written.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The text as a cell's value.
    pub(super) fn value(&self) -> Option<Value> {
        if self.is_cut {
            Some(Value::TooLong)
        } else {
            text(&self.text)
        }
    }
}
