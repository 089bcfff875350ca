//! Identity numbers in file names, masked on their way to a screen or a report, and characters that would
//! move the cursor or turn the direction of writing there, replaced.
//!
//! Students name their photos by their number, in every way a phone keyboard offers. Numbers of the
//! 居民身份证 are known by their shape (GB 11643, and the 15 digits of before 1999); those of other papers
//! (通行证, 居住证, 护照) look like anything and are masked where the round's roster has them.

mod named;

use std::collections::HashSet;

use zhaoshen_model::Student;
use zhaoshen_model::identity::{self, is_separator};
use zhaoshen_model::name::{half_width, is_invisible};

pub(crate) use named::{without_numbers, without_students};

/// Digits of a number of today, and of one from before 1999.
const TODAY: usize = 18;
const BEFORE: usize = 15;

/// Most separators between two pieces of one number: ` - ` has three.
const WIDEST_GAP: usize = 3;

/// Shortest and longest number of other papers, characters.
const OTHER: std::ops::RangeInclusive<usize> = 6..=18;

/// One character that may belong to a number.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// Its place in the text.
    at: usize,
    /// Half width, upper case.
    character: char,
}

/// A file name as it may be shown where there is no roster: numbers of the 居民身份证 masked.
pub(crate) fn shown(file_name: &str) -> String {
    without_id_numbers(file_name, |_| false)
}

/// `text` with every identity number masked and nothing in it that a terminal obeys; `on_roster` tells whether somebody of the round has a
/// number of another kind, given in half width and upper case.
pub(crate) fn without_id_numbers(text: &str, on_roster: impl Fn(&str) -> bool) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let half: Vec<char> = characters
        .iter()
        .map(|c| half_width(*c).to_ascii_uppercase())
        .collect();
    let mut hidden: Vec<Vec<usize>> = Vec::new();
    for group in groups(&half) {
        hide_resident(&group, &mut hidden);
    }
    for tokens in neighbours(&half) {
        hide_other(&tokens, &on_roster, &mut hidden);
    }
    for places in hidden {
        let number: String = places.iter().filter_map(|at| half.get(*at)).collect();
        let shown = identity::mask(&number)
            .chars()
            .take_while(|c| *c != '*')
            .count();
        for at in places.into_iter().skip(shown) {
            if let Some(character) = characters.get_mut(at) {
                *character = '*';
            }
        }
    }
    let plain = |c: char| match c.is_control() || is_invisible(c) {
        true => char::REPLACEMENT_CHARACTER,
        false => c,
    };
    characters.into_iter().map(plain).collect()
}

/// As [`without_id_numbers`], for a text of several lines, which stay.
pub(crate) fn lines_without_id_numbers(text: &str, on_roster: impl Fn(&str) -> bool) -> String {
    let lines = text.split('\n');
    let lines: Vec<String> = lines
        .map(|line| without_id_numbers(line.trim_end_matches('\r'), &on_roster))
        .collect();
    lines.join("\n")
}

/// The numbers on the roster, as [`without_id_numbers`] asks for them.
pub(crate) fn id_numbers<'a>(students: impl IntoIterator<Item = &'a Student>) -> HashSet<String> {
    let numbers = students
        .into_iter()
        .map(|student| identity::normalise(&student.draft.id_number));
    numbers.filter(|number| !number.is_empty()).collect()
}

/// Runs of digits, an X that may check them, and single separators between.
fn groups(half: &[char]) -> Vec<Vec<Mark>> {
    let mut groups = Vec::new();
    let mut group: Vec<Mark> = Vec::new();
    let mut gap = 0;
    for (at, &character) in half.iter().enumerate() {
        let checks = character == 'X' && group.len() >= TODAY - 1;
        if character.is_ascii_digit() || checks {
            if gap > WIDEST_GAP {
                groups.push(std::mem::take(&mut group));
            }
            gap = 0;
            group.push(Mark { at, character });
        } else if is_separator(character) {
            gap += 1;
        } else {
            groups.push(std::mem::take(&mut group));
            gap = 0;
        }
    }
    groups.push(group);
    groups
}

/// Runs of letters and digits, those together that only separators stand between.
fn neighbours(half: &[char]) -> Vec<Vec<Vec<Mark>>> {
    let mut all: Vec<Vec<Vec<Mark>>> = Vec::new();
    let (mut gap, mut is_parted) = (0, true);
    for (at, &character) in half.iter().enumerate() {
        if !character.is_ascii_alphanumeric() {
            gap += 1;
            is_parted |= !is_separator(character) || gap > WIDEST_GAP;
            continue;
        }
        let mark = Mark { at, character };
        match all.last_mut() {
            Some(tokens) if !is_parted => match tokens.last_mut() {
                Some(token) if gap == 0 => token.push(mark),
                _ => tokens.push(vec![mark]),
            },
            _ => all.push(vec![vec![mark]]),
        }
        (gap, is_parted) = (0, false);
    }
    all
}

/// Notes the numbers of the roster that neighbouring tokens make, one of them or several.
fn hide_other(
    tokens: &[Vec<Mark>],
    on_roster: impl Fn(&str) -> bool,
    hidden: &mut Vec<Vec<usize>>,
) {
    for start in 0..tokens.len() {
        let mut number = String::new();
        let mut places = Vec::new();
        for token in tokens.iter().skip(start) {
            number.extend(token.iter().map(|mark| mark.character));
            places.extend(token.iter().map(|mark| mark.at));
            if number.len() > *OTHER.end() {
                break;
            }
            if OTHER.contains(&number.len()) && on_roster(&number) {
                hidden.push(places.clone());
            }
        }
    }
}

/// Notes the numbers of the 居民身份证 that stand in a group: certain ones anywhere in it, and likely
/// ones where they fill a run or the whole group.
fn hide_resident(group: &[Mark], hidden: &mut Vec<Vec<usize>>) {
    let mut from = 0;
    while let Some(window) = group.get(from..from + TODAY) {
        if is_today(window) {
            hidden.push(window.iter().map(|mark| mark.at).collect());
            from += TODAY;
        } else {
            from += 1;
        }
    }
    let runs = group.chunk_by(|a, b| a.at + 1 == b.at);
    for run in runs.chain([group]) {
        let likely = match run.len() {
            TODAY => {
                run.last().map(|mark| mark.at) == run.first().map(|mark| mark.at + TODAY - 1)
                    || has_place_and_day(run)
            }
            BEFORE => has_place_and_day(run),
            _ => false,
        };
        if likely {
            hidden.push(run.iter().map(|mark| mark.at).collect());
        }
    }
}

/// A number whose place, day and check character are right.
fn is_today(window: &[Mark]) -> bool {
    let text: String = window.iter().map(|mark| mark.character).collect();
    let check = text.get(..TODAY - 1).and_then(identity::check_character);
    has_place_and_day(window) && check.is_some() && check == text.chars().last()
}

/// Whether the digits begin with a province (GB/T 2260) and hold a day of birth.
fn has_place_and_day(digits: &[Mark]) -> bool {
    let text: String = digits.iter().map(|mark| mark.character).collect();
    let (day, province) = (
        match text.len() {
            TODAY => text.get(6..14).map(str::to_owned),
            _ => text.get(6..12).map(|day| format!("19{day}")),
        },
        text.get(..2).and_then(|place| place.parse::<u8>().ok()),
    );
    let known = matches!(
        province,
        Some(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91)
    );
    known && day.is_some_and(|day| identity::is_calendar_date(&day))
}

#[cfg(test)]
mod tests {
    use super::without_id_numbers;

    fn masked(text: &str) -> String {
        without_id_numbers(text, |number| ["H12345678", "E87654321"].contains(&number))
    }

    #[test]
    fn identity_numbers_are_masked_however_they_are_written() {
        for (text, hidden) in [
            ("照片/张三-11010519491231002X.jpg", "31002X"),
            ("11010519491231002x.jpg", "31002x"),
            ("１１０１０５１９４９１２３１００２Ｘ.jpg", "１００２Ｘ"),
            ("110105 19491231 002X.jpg", "002X"),
            ("110105-19491231-002X 张三.jpg", "002X"),
            ("11010519491231002X_2.jpg", "31002X"),
            ("11010519491231002X2.jpg", "31002X"),
            ("11010519491231002X12.jpg", "31002X"),
            ("1211010519491231002X.jpg", "31002X"),
            ("110105491231002.jpg", "231002"),
            ("110105491231002_2.jpg", "231002"),
            ("H12345678.jpg", "345678"),
            ("张三h12345678(1).jpg", "345678"),
            ("护照Ｅ８７６５４３２１.jpg", "５４３２１"),
            ("999999199901010000.jpg", "010000"),
            ("110105/19491231/002X.jpg", "002X"),
            ("110105 - 19491231 - 002X.jpg", "002X"),
            ("110105·19491231：002X.jpg", "002X"),
            ("护照E-8765-4321.jpg", "4321"),
            ("H 123 456 78.jpg", "456"),
        ] {
            let shown = masked(text);
            assert!(!shown.contains(hidden), "{text}: {shown}");
            assert!(
                shown.contains("***") && shown.ends_with(".jpg"),
                "{text}: {shown}"
            );
            assert_eq!(shown.chars().count(), text.chars().count());
        }
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        let shown = masked("a\u{1b}[2J\nb\u{202e}gpj.jpg");
        assert_eq!(shown, "a\u{fffd}[2J\u{fffd}b\u{fffd}gpj.jpg");
    }

    #[test]
    fn other_numbers_stay_readable() {
        for text in [
            "2021310001_2.jpg",
            "123456789012345678901.jpg",
            "IMG_20211125_123045123.jpg",
            "mmexport1637812345678.jpg",
            "2021-11-25 12-30-45.jpg",
            "G12345678.jpg",
            "120211001 13800138000.jpg",
            "E 2026-11-30 8765.jpg",
            "",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
