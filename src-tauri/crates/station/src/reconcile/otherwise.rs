//! What a list says of a student that the roster says otherwise, told without showing an identity number.

use zhaoshen_model::{StudentDraft, StudentKeys, identity, name};

use crate::masking::shown;
use crate::zh;

/// Length of a resident's number, and where its parts end.
const RESIDENT: usize = 18;
const PARTS: [(usize, usize, &str); 4] = [
    (0, 6, zh::ID_REGION),
    (6, 14, zh::ID_BIRTH),
    (14, 17, zh::ID_ORDER),
    (17, 18, zh::ID_CHECK),
];

/// In what name and identity number differ, each as a text; nothing where they are the same or not given. What is masked
/// says nothing.
pub(super) fn of_person(named: &StudentKeys, roster: &StudentDraft, list: &str) -> Vec<String> {
    let name = differs(&named.name, &roster.name, name::fold)
        .then(|| zh::otherwise(zh::OTHERWISE_NAME, list, &named.name, &roster.name));
    let number = differs(&named.id_number, &roster.id_number, identity::normalise)
        .then(|| of_number(&named.id_number, &roster.id_number));
    name.into_iter().chain(number).collect()
}

/// In what any of the columns that name a student differ.
pub(super) fn of_all(named: &StudentKeys, roster: &StudentDraft, list: &str) -> Vec<String> {
    let number = |what, told: &str, known: &str| {
        // A list may hold an identity number where another is asked for.
        differs(told, known, identity::normalise)
            .then(|| zh::otherwise(what, list, &shown(told), &shown(known)))
    };
    let student_no = number(zh::OTHERWISE_NUMBER, &named.student_no, &roster.student_no);
    let exam_no = number(zh::OTHERWISE_EXAM, &named.exam_no, &roster.exam_no);
    student_no
        .into_iter()
        .chain(exam_no)
        .chain(of_person(named, roster, list))
        .collect()
}

fn differs(told: &str, known: &str, same: fn(&str) -> String) -> bool {
    let says = |text: &str| !text.trim().is_empty() && !text.contains(['*', '＊']);
    says(told) && says(known) && same(told) != same(known)
}

/// Which parts of the numbers differ, or their lengths.
fn of_number(told: &str, known: &str) -> String {
    let [told, known] = [told, known].map(|number| {
        let plain = identity::normalise(number);
        plain.chars().collect::<Vec<char>>()
    });
    if told.len() != known.len() {
        return zh::otherwise_length(told.len(), known.len());
    }
    if told.len() != RESIDENT {
        return zh::otherwise_parts("");
    }
    let parts = PARTS
        .into_iter()
        .filter(|(from, to, _)| told.get(*from..*to) != known.get(*from..*to));
    let parts: Vec<&str> = parts.map(|(_, _, part)| part).collect();
    zh::otherwise_parts(&parts.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster() -> StudentDraft {
        StudentDraft {
            student_no: "2021001".to_owned(),
            name: "魏东宁".to_owned(),
            id_number: "110101199901010015".to_owned(),
            ..StudentDraft::default()
        }
    }

    #[test]
    fn it_is_told_what_differs_and_no_identity_number() {
        let told = |name: &str, id_number: &str| {
            let named = StudentKeys {
                name: name.to_owned(),
                id_number: id_number.to_owned(),
                ..StudentKeys::default()
            };
            of_person(&named, &roster(), "在校名单").join("；")
        };
        for (name, number, expected) in [
            ("魏东宁", "110101199901010015", ""),
            ("", "", ""),
            ("魏**", "1101**********0015", ""),
            ("魏东宇", "", "姓名：在校名单“魏东宇”，名单“魏东宁”"),
            ("", "110101199901010023", "证件号码的顺序号、末位不同"),
            ("", "11010119990101001X", "证件号码的末位不同"),
            ("", "110101199902010015", "证件号码的出生日期段不同"),
            ("", "120101199901010015", "证件号码的地区段不同"),
            (
                "",
                "110101990101001",
                "证件号码的位数不同（表里 15 位，名单 18 位）",
            ),
            (
                "魏东宇",
                "11010119990101001X",
                "姓名：在校名单“魏东宇”，名单“魏东宁”；证件号码的末位不同",
            ),
        ] {
            assert_eq!(told(name, number), expected, "{name} {number}");
        }
    }

    #[test]
    fn an_identity_number_in_the_column_of_another_number_is_masked() {
        let named = StudentKeys {
            student_no: "119999198501090018".to_owned(),
            name: "魏东宁".to_owned(),
            ..StudentKeys::default()
        };
        let told = of_all(&named, &roster(), zh::OTHERWISE_LIST);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].contains("2021001") && told[0].contains('*'),
            "{told:?}"
        );
        assert!(!told[0].contains("19850109"), "{told:?}");
    }
}
