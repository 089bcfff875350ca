//! Students who are named in a text that is to outlast their data: their names, 学号 and identity numbers are masked in it.

use zhaoshen_model::{StudentDraft, name};

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

/// `text` with whatever names one of the students masked, and every identity number.
pub(crate) fn without_students<'a>(
    text: &str,
    students: impl IntoIterator<Item = &'a StudentDraft>,
) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let flat = flat(text);
    for student in students {
        for word in words(student) {
            for at in places(&flat, &word) {
                if let Some(character) = characters.get_mut(at) {
                    *character = '*';
                }
            }
        }
    }
    let masked: String = characters.into_iter().collect();
    without_id_numbers(&masked, |_| false)
}

/// What tells of a student, as it is looked for.
fn words(student: &StudentDraft) -> Vec<Vec<char>> {
    let of = |text: &str| -> Vec<char> { flat(text).into_iter().map(|(_, c)| c).collect() };
    let number = of(&student.id_number);
    let tail = match number.len() {
        ..SHORTEST_WITH_TAIL => Vec::new(),
        length => number.iter().skip(length - TAIL).copied().collect(),
    };
    let sought = [
        (of(&student.name), SHORTEST_NAME),
        (of(&student.student_no), SHORTEST_NO),
        (number, SHORTEST_NUMBER),
        (tail, TAIL),
    ];
    let told = sought
        .into_iter()
        .filter(|(word, shortest)| word.len() >= *shortest);
    told.map(|(word, _)| word).collect()
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
            ("anna lee（2021s017）", "********（********）"),
            ("护照 e1234 5678", "护照 **********"),
            ("王老师同意，共12人，12345", "王老师同意，共12人，12345"),
            ("", ""),
        ] {
            assert_eq!(without_students(text, &students), masked, "{text}");
        }
        // Of somebody who is on no roster.
        let other = without_students("119999198701070003 要求", []);
        assert!(
            !other.contains("070003") && other.ends_with("要求"),
            "{other}"
        );
    }
}
