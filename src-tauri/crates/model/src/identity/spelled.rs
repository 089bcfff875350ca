//! Numbers as people write them into a sentence: in pieces, with separators between (`110101-19900307-0024`, `07-0024`).
//!
//! Pieces are put together across separators, and it is kept which of them are dates, times of day or amounts: of
//! `2026-11-30` nobody reads `261130`, and in a sentence about an office's work such pieces are common.

use std::ops::Range;

/// Whether a character stands between the pieces of one number, or of one name, without parting it.
pub fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            crate::name::half_width(c),
            '-' | '_' | '.' | '/' | ':' | '~' | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2212}'
                    | '\u{B7}'
                    | '\u{2022}'
                    | '\u{2027}'
                    | '\u{2219}'
                    | '\u{22C5}'
                    | '\u{30FB}'
                    | '\u{FF65}'
        )
}

/// Stands for several separators that are not all blanks.
const SEVERAL: char = '~';
/// Stands for blanks.
const BLANK: char = ' ';

/// Letters and digits that nothing stands between.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: String,
    /// What stands before it, in half width; [`BLANK`] for the first.
    before: char,
    /// Whether it belongs to a date, a time of day or an amount.
    is_plain: bool,
    /// Whether it is one of several that make such together.
    is_of_several: bool,
}

impl Piece {
    /// Its value where it is a number of so many digits.
    fn number(&self, digits: &[usize]) -> Option<u32> {
        let is_number = self.text.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && digits.contains(&self.text.len()))
            .then(|| self.text.parse().ok())
            .flatten()
    }

    fn is(&self, digits: &[usize], among: std::ops::RangeInclusive<u32>) -> bool {
        self.number(digits)
            .is_some_and(|number| among.contains(&number))
    }

    fn is_full_year(&self) -> bool {
        self.is(&[4], 1900..=2099)
    }

    fn is_month(&self) -> bool {
        self.is(&[1, 2], 1..=12)
    }

    fn is_day(&self) -> bool {
        self.is(&[1, 2], 1..=31)
    }

    fn is_minute(&self) -> bool {
        self.is(&[2], 0..=59)
    }
}

/// Pieces that only separators stand between, put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spelled {
    text: String,
    pieces: Vec<Piece>,
    /// The piece that each character of `text` is of.
    piece_of: Vec<usize>,
}

impl Spelled {
    /// All that is spelled in a text, in its order.
    pub fn all_in(text: &str) -> Vec<Self> {
        let mut all = Vec::new();
        let mut now = Self::default();
        let mut between = String::new();
        for c in text.chars().filter(|c| !crate::name::is_invisible(*c)) {
            let plain = crate::name::half_width(c).to_ascii_uppercase();
            if plain.is_ascii_alphanumeric() {
                now.take(plain, &between);
                between.clear();
            } else if is_separator(c) {
                between.push(plain);
            } else {
                between.clear();
                all.push(std::mem::take(&mut now));
            }
        }
        all.push(now);
        all.retain(|spelled| !spelled.text.is_empty());
        for spelled in &mut all {
            spelled.find_plain();
        }
        all
    }

    /// Letters and digits without what stands between, in half-width capitals: ASCII alone.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether what stands at a place can have been meant as one number: within one piece always; across several not where
    /// all of them are dates, times or amounts, nor where one of those ends at a blank.
    pub fn is_one(&self, place: &Range<usize>) -> bool {
        let of = |at: usize| self.piece_of.get(at).copied();
        let (Some(first), Some(last)) = (of(place.start), place.end.checked_sub(1).and_then(of))
        else {
            return false;
        };
        let Some(touched) = self.pieces.get(first..=last) else {
            return false;
        };
        let ends = |pair: &[Piece]| match pair {
            [left, right] => right.before == BLANK && (left.is_of_several || right.is_of_several),
            _ => false,
        };
        first == last
            || !(touched.iter().all(|piece| piece.is_plain) || touched.windows(2).any(ends))
    }

    fn take(&mut self, c: char, between: &str) {
        if self.pieces.is_empty() || !between.is_empty() {
            let mut characters = between.chars();
            let before = match (characters.next(), characters.next()) {
                _ if between.chars().all(char::is_whitespace) => BLANK,
                (Some(one), None) => one,
                _ => SEVERAL,
            };
            self.pieces.push(Piece {
                text: String::new(),
                before,
                is_plain: false,
                is_of_several: false,
            });
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.text.push(c);
        }
        self.text.push(c);
        self.piece_of.push(self.pieces.len() - 1);
    }

    fn find_plain(&mut self) {
        let mut at = 0;
        while let Some(rest) = self.pieces.get_mut(at..).filter(|rest| !rest.is_empty()) {
            let length = plain_length(rest);
            for piece in rest.iter_mut().take(length) {
                piece.is_plain = true;
                piece.is_of_several = length > 1;
            }
            at += length.max(1);
        }
    }
}

/// How many pieces at the beginning make a date, a time of day or an amount; none where they make nothing of the kind.
fn plain_length(pieces: &[Piece]) -> usize {
    let dated = |c: char| matches!(c, '-' | '.' | '/');
    match pieces {
        [year, month, day, ..]
            if dated(month.before)
                && month.before == day.before
                && (year.is_full_year() || year.number(&[2]).is_some())
                && month.is_month()
                && day.is_day() =>
        {
            3
        }
        [hour, minute, second, ..]
            if minute.before == ':'
                && second.before == ':'
                && hour.is(&[1, 2], 0..=24)
                && minute.is_minute()
                && second.is_minute() =>
        {
            3
        }
        [hour, minute, ..]
            if minute.before == ':' && hour.is(&[1, 2], 0..=24) && minute.is_minute() =>
        {
            2
        }
        [first, second, ..]
            if dated(second.before)
                && ((first.is_full_year() && second.is_month())
                    || (first.is_month() && second.is_day())) =>
        {
            2
        }
        [whole, cents, rest @ ..] if is_amount(whole, cents, rest.first()) => 2,
        [year, ..] if year.is_full_year() => 1,
        _ => 0,
    }
}

/// `1234.5` or `1234.56`, by itself and without a nought before it.
fn is_amount(whole: &Piece, cents: &Piece, behind: Option<&Piece>) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = behind.is_some_and(|piece| piece.before == '.');
    cents.before == '.'
        && !goes_on
        && is_digits(&whole.text)
        && (whole.text == "0" || !whole.text.starts_with('0'))
        && cents.number(&[1, 2]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, wanted: &str) -> bool {
        Spelled::all_in(text).iter().any(|spelled| {
            let mut places = spelled.text().match_indices(wanted);
            places.any(|(at, _)| spelled.is_one(&(at..at + wanted.len())))
        })
    }

    #[test]
    fn pieces_are_one_number_whatever_stands_between() {
        for text in [
            "尾号070003",
            "尾号07-0003",
            "尾号07 0003",
            "尾号０７－０００３",
            "07.0003",
            "07/0003",
            "07·0003",
            "07 - 0003",
            "2007 0003",
            "0-7-0-0-0-3",
            "0700—03号",
            "07\u{200B}0003",
            "1987-01-07-0003",
            "19870107-0003",
            "1987 0107 0003",
            "2026年11月30日07-0003",
            "2026-11-30-07-0003",
        ] {
            assert!(found(text, "070003"), "{text}");
        }
        for text in ["07，0003", "07号0003", "07(0003)", "0700003"] {
            assert!(!found(text, "070003"), "{text}");
        }
    }

    #[test]
    fn dates_times_and_amounts_are_no_numbers_of_anybody() {
        for text in [
            "2026-11-30",
            "2026.11.30",
            "2026/11/30",
            "26.11.30",
            "2026-11-30 08:30",
            "2026-11-30 8:30:15",
            "2026.11.30-2026.12.05",
            "2026-11-30 补 2026-12-05",
            "2026-2027学年",
            "2026.09-2027.06",
            "11.30-12.05",
            "2026-11-30 3张",
            "3100.02元",
            "1234.56/1234.50",
        ] {
            for spelled in Spelled::all_in(text) {
                let length = spelled.text().len();
                let windows = (0..length.saturating_sub(5)).map(|at| at..at + 6);
                for place in windows {
                    assert!(
                        !spelled.is_one(&place),
                        "{text}: {:?}",
                        spelled.text().get(place)
                    );
                }
            }
        }
    }
}
