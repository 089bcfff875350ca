//! Taking out of technical texts what could name a person, before they are written into the diary or leave the office.
//!
//! By form: paths, file names, words outside ASCII, long numbers. By list: [`Known`] words of the workspace. What is
//! left over is meant to be too little to name somebody, not to be pleasant to read.

use std::collections::HashSet;

/// Digits from which on a number is taken out: the tail of an 证件号码 has six.
const LONG: usize = 6;
/// Endings of files that staff handle.
const ENDINGS: [&str; 17] = [
    "jpg", "jpeg", "png", "heic", "webp", "bmp", "gif", "tif", "tiff", "zip", "rar", "xlsx", "xls",
    "et", "csv", "dbf", "pdf",
];
/// Year of the first diary that there was.
const FIRST_YEAR: u16 = 2026;
/// Shortest known word that is looked for, characters.
const SHORTEST: usize = 3;

/// `text` without what could name a person: paths, file names, words outside ASCII, long numbers.
pub fn scrub(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(scrub_word).collect();
    words.join(" ")
}

/// A line of the diary, whose first word is its time and is kept to the millisecond.
pub fn scrub_line(line: &str) -> String {
    match line.split_once(' ') {
        Some((first, rest)) if is_time(first) => {
            let to_milliseconds = first.get(..23).unwrap_or(first);
            format!("{}Z {}", to_milliseconds.trim_end_matches('Z'), scrub(rest))
        }
        _ => scrub(line),
    }
}

/// Whether a word is a time such as `2026-11-29T02:18:22.682123Z`.
fn is_time(word: &str) -> bool {
    let form = "0000-00-00T00:00:00";
    let same = word
        .bytes()
        .zip(form.bytes())
        .all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            _ => byte == form,
        });
    let rest = word.get(form.len()..);
    same && rest.is_some_and(|rest| {
        rest.ends_with('Z')
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'Z'))
    })
}

/// Whether a time is of a year in which there was the program; no later than a clock that is somewhat right.
fn is_of_the_program(time: &str) -> bool {
    let year = time.get(..4).and_then(|year| year.parse::<u16>().ok());
    year.is_some_and(|year| (FIRST_YEAR..2100).contains(&year))
}

fn scrub_word(word: &str) -> String {
    if word.contains(['/', '\\']) {
        return "<path>".to_owned();
    }
    if !word.is_ascii() {
        return "<text>".to_owned();
    }
    if is_file_name(word) {
        return "<file>".to_owned();
    }
    without_long_numbers(word)
}

fn is_file_name(word: &str) -> bool {
    let plain = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let ending = plain
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The check digit of an 证件号码 may be an X: it counts as one.
fn without_long_numbers(word: &str) -> String {
    let mut scrubbed = String::with_capacity(word.len());
    let mut run = String::new();
    let flush = |run: &mut String, scrubbed: &mut String| {
        let is_number = run.len() >= LONG && run.bytes().any(|byte| byte.is_ascii_digit());
        scrubbed.push_str(if is_number { "<number>" } else { run });
        run.clear();
    };
    for character in word.chars() {
        if character.is_ascii_digit() || matches!(character, 'x' | 'X') {
            run.push(character);
        } else {
            flush(&mut run, &mut scrubbed);
            scrubbed.push(character);
        }
    }
    flush(&mut run, &mut scrubbed);
    scrubbed
}

/// Words that name somebody in one workspace.
#[derive(Debug, Default)]
pub struct Known(HashSet<String>);

impl Known {
    /// The words of these texts that the rules of form would let pass: letters and digits of ASCII.
    pub fn of<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Self {
        let mut known = HashSet::new();
        for text in texts {
            let words = text.as_ref().split(|c: char| !c.is_ascii_alphanumeric());
            let long = words.filter(|word| word.len() >= SHORTEST);
            known.extend(long.map(str::to_ascii_lowercase));
        }
        Self(known)
    }

    /// As [`Known::take_out`], of a line of the diary, whose own time stays: the year of a round's name is a known word, and
    /// no birthday is of the years of the program.
    pub fn take_out_of_line(&self, line: &str) -> String {
        match line.split_once(' ') {
            Some((first, rest)) if is_time(first) && is_of_the_program(first) => {
                format!("{first} {}", self.take_out(rest))
            }
            _ => self.take_out(line),
        }
    }

    /// `text`, already scrubbed by form, without the known words.
    pub fn take_out(&self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut word = String::new();
        for character in text.chars().chain(std::iter::once('\n')) {
            if character.is_ascii_alphanumeric() {
                word.push(character);
                continue;
            }
            match self.0.contains(&word.to_ascii_lowercase()) {
                true => clean.push_str("<known>"),
                false => clean.push_str(&word),
            }
            word.clear();
            clean.push(character);
        }
        clean.pop();
        clean
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_name_a_person_is_taken_out() {
        for (text, scrubbed) in [
            (
                "open /home/wang/名单/2021.xlsx: No such file (os error 2)",
                "open <path> No such file (os error 2)",
            ),
            (r"C:\照片\张三.jpg is empty", "<path> is empty"),
            ("row 17: 张三 11010519491231002X", "row 17: <text> <number>"),
            ("tail 31002X and 310021", "tail <number> and <number>"),
            ("database is locked (code 5)", "database is locked (code 5)"),
            (
                "cannot read \"Zhang San.JPG\": broken",
                "cannot read \"Zhang <file> broken",
            ),
            ("hex 0xffffffff", "hex 0xffffffff"),
        ] {
            assert_eq!(scrub(text), scrubbed);
        }
    }

    #[test]
    fn a_line_keeps_its_time() {
        assert_eq!(
            scrub_line("2026-11-29T02:18:22.682123Z  INFO station: 张三 done in 12"),
            "2026-11-29T02:18:22.682Z INFO station: <text> done in 12"
        );
        assert_eq!(scrub_line("20261129T021822 INFO"), "<number>T<number> INFO");
    }

    #[test]
    fn words_of_the_workspace_are_taken_out_whole() {
        let known = Known::of(["JOHN Smith", "zhangxiaoming_1.jpg", "E1234", "张三", "Li"]);
        assert_eq!(
            known.take_out("john smithson, Smith; zhangxiaoming: e1234 li"),
            "<known> smithson, <known>; <known>: <known> li"
        );
    }

    #[test]
    fn a_line_keeps_its_own_date_and_no_other() {
        let known = Known::of(["2026年学历照片", "1998-05-12", "2003-01-02"]);
        for (line, clean) in [
            (
                "2026-11-30T09:00:00.120Z INFO born 1998-05-12 in 2026",
                "2026-11-30T09:00:00.120Z INFO born <known>-05-12 in <known>",
            ),
            (
                "1998-05-12T00:00:00Z of a roster",
                "<known>-05-12T00:00:00Z of a roster",
            ),
            ("2026-11-30 INFO", "<known>-11-30 INFO"),
            ("no date 2003", "no date <known>"),
        ] {
            assert_eq!(known.take_out_of_line(line), clean);
        }
    }

    proptest! {
        #[test]
        fn no_number_and_no_han_passes(text in "[ -~一-鿿]{0,80}") {
            let scrubbed = scrub(&text);
            prop_assert!(scrubbed.is_ascii());
            let longest = scrubbed.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
            prop_assert!(longest.unwrap_or(0) < LONG, "{}", scrubbed);
        }
    }
}
