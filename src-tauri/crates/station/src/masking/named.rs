//! Students who are named in a text that is to outlast their data: their names, 学号 and identity numbers are masked in it.

use std::collections::HashSet;

use zhaoshen_model::{StudentDraft, identity, name};

use super::{is_separator, without_id_numbers};

/// Shorter words stand in others by chance, characters.
const SHORTEST_NAME: usize = 2;
/// As [`SHORTEST_NAME`], for a 学号.
const SHORTEST_NO: usize = 4;
/// As [`SHORTEST_NAME`], for an identity number.
const SHORTEST_NUMBER: usize = 6;
/// Of identity numbers at least this long the last [`TAIL`] characters tell as well.
const SHORTEST_WITH_TAIL: usize = 15;
/// Characters at the end of an identity number that tell of it.
const TAIL: usize = 6;
/// Words after which the end of a number is told, as they are looked for.
const ENDS: [&str; 15] = [
    "尾号",
    "末尾",
    "末四位",
    "末4位",
    "末六位",
    "末6位",
    "后四位",
    "后4位",
    "后五位",
    "后5位",
    "后六位",
    "后6位",
    "最后几位",
    "后几位",
    "后三位",
];
/// What may stand between those words and the end.
const BETWEEN: &str = "是为:：（(“\"号码";
/// Fewest characters of such an end.
const SHORTEST_END: usize = 3;

/// `text` with whatever names one of the students masked, and every identity number.
pub(crate) fn without_students<'a>(
    text: &str,
    students: impl IntoIterator<Item = &'a StudentDraft>,
) -> String {
    let flat = flat(text);
    let mut hidden = announced(&flat);
    for student in students {
        for word in words(student) {
            hidden.extend(places(&flat, &word));
        }
    }
    let masked = hide(text, hidden);
    without_id_numbers(&masked, |_| false)
}

/// `text` with every identity number masked, those of the students also by their last characters: what may be read by
/// whoever may read names.
pub(crate) fn without_numbers<'a>(
    text: &str,
    students: impl IntoIterator<Item = &'a StudentDraft>,
) -> String {
    let students: Vec<&StudentDraft> = students.into_iter().collect();
    let numbers = students
        .iter()
        .map(|student| identity::normalise(&student.id_number));
    let numbers: HashSet<String> = numbers.filter(|number| !number.is_empty()).collect();
    let masked = without_id_numbers(text, |number| numbers.contains(number));
    let flat = flat(&masked);
    let mut hidden = announced(&flat);
    for student in students {
        for word in numbers_of(student) {
            hidden.extend(places(&flat, &word));
        }
    }
    hide(&masked, hidden)
}

/// `text` with the characters at these places hidden.
fn hide(text: &str, places: Vec<usize>) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for at in places {
        if let Some(character) = characters.get_mut(at) {
            *character = '*';
        }
    }
    characters.into_iter().collect()
}

/// Places of what is called the end of a number (尾号), however few characters it has.
fn announced(flat: &[(usize, char)]) -> Vec<usize> {
    let mut found = Vec::new();
    for start in 0..flat.len() {
        let rest = flat.get(start..).unwrap_or_default();
        let Some(length) = ENDS.iter().find_map(|said| says(rest, said)) else {
            continue;
        };
        let behind = rest.iter().skip(length).copied();
        let behind = behind.skip_while(|(_, c)| BETWEEN.contains(*c));
        let end = behind.take_while(|(_, c)| c.is_ascii_digit() || *c == 'x');
        let end: Vec<(usize, char)> = end.collect();
        let ends = end.first().zip(end.last());
        if let Some((first, last)) = ends.filter(|_| end.len() >= SHORTEST_END) {
            found.extend(first.0..=last.0);
        }
    }
    found
}

/// How long the words are, where the text goes on with them.
fn says(flat: &[(usize, char)], words: &str) -> Option<usize> {
    let length = words.chars().count();
    let begin = flat.get(..length)?;
    begin
        .iter()
        .map(|(_, c)| *c)
        .eq(words.chars())
        .then_some(length)
}

/// What tells of a student, as it is looked for.
fn words(student: &StudentDraft) -> Vec<Vec<char>> {
    let sought = [
        (sought(&student.name), SHORTEST_NAME),
        (sought(&student.student_no), SHORTEST_NO),
    ];
    let told = sought
        .into_iter()
        .filter(|(word, shortest)| word.len() >= *shortest);
    let mut words: Vec<Vec<char>> = told.map(|(word, _)| word).collect();
    words.extend(numbers_of(student));
    words
}

/// The identity number of a student, and its end where that tells as well.
fn numbers_of(student: &StudentDraft) -> Vec<Vec<char>> {
    let number = sought(&student.id_number);
    let tail = match number.len() {
        ..SHORTEST_WITH_TAIL => Vec::new(),
        length => number.iter().skip(length - TAIL).copied().collect(),
    };
    let told = [(number, SHORTEST_NUMBER), (tail, TAIL)].into_iter();
    let told = told.filter(|(word, shortest)| word.len() >= *shortest);
    told.map(|(word, _)| word).collect()
}

fn sought(text: &str) -> Vec<char> {
    flat(text).into_iter().map(|(_, c)| c).collect()
}

/// The characters that are looked through, each with its place in the text: in half width and lower case, without blanks
/// and marks between.
fn flat(text: &str) -> Vec<(usize, char)> {
    let folded = text.chars().enumerate().flat_map(|(at, character)| {
        let folded = name::fold(&character.to_string());
        folded.chars().map(|c| (at, c)).collect::<Vec<_>>()
    });
    folded
        .filter(|(_, c)| !is_separator(*c) && !matches!(c, '/' | '\\' | '•' | '・' | '．' | '‧'))
        .collect()
}

/// Places in the text where the word stands, what was passed over within it included.
fn places(flat: &[(usize, char)], word: &[char]) -> Vec<usize> {
    let found = flat
        .windows(word.len().max(1))
        .filter(|window| window.iter().map(|(_, c)| c).eq(word.iter()));
    let spans = found.filter_map(|window| Some(window.first()?.0..=window.last()?.0));
    spans.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_named_however_is_masked_and_the_rest_stays() {
        let student = |student_no: &str, name: &str, id_number: &str| StudentDraft {
            student_no: student_no.to_owned(),
            name: name.to_owned(),
            id_number: id_number.to_owned(),
            ..StudentDraft::default()
        };
        let students = [
            student("2020310003", "韩清清", "119999198701070003"),
            student("2021S017", "Anna·Lee", "E12345678"),
            student("12", "王", "12345"),
            student("", "", ""),
        ];
        for (text, masked) in [
            ("学校要求", "学校要求"),
            ("韩清清本人要求", "***本人要求"),
            ("韩 清·清本人要求", "*****本人要求"),
            ("学号2020310003要求，3项", "学号**********要求，3项"),
            ("学号２０２０-310003", "学号***********"),
            ("尾号07-0003的学生", "尾号*******的学生"),
            ("尾号0003的学生，2026年", "尾号****的学生，2026年"),
            ("身份证后四位是 000x", "身份证后四位是 ****"),
            ("anna lee（2021s017）", "********（********）"),
            ("护照 e1234 5678", "护照 **********"),
            ("王老师同意，共12人，12345", "王老师同意，共12人，12345"),
            ("", ""),
        ] {
            assert_eq!(without_students(text, &students), masked, "{text}");
        }
        // Names and 学号 stay where only numbers are to go.
        for (text, masked) in [
            (
                "韩清清（2020310003）下一批再采，3项",
                "韩清清（2020310003）下一批再采，3项",
            ),
            ("韩清清，尾号０００３", "韩清清，尾号****"),
            ("070003 的照片待补", "****** 的照片待补"),
            ("护照E12345678待补", "护照E12******待补"),
            ("后四位：12", "后四位：12"),
        ] {
            assert_eq!(without_numbers(text, &students), masked, "{text}");
        }
        // Of somebody who is on no roster.
        let other = without_students("119999198701070003 要求", []);
        assert!(
            !other.contains("070003") && other.ends_with("要求"),
            "{other}"
        );
    }
}
