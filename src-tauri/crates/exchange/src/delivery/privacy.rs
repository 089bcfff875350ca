//! What of a student must not stand in anything that leaves the office in 采集码模式: the name, the identity number, and
//! its last six digits, by which a number can be found again.

use zhaoshen_model::{StudentDraft, identity, name};

/// What stops a name that tells of the student's identity number, e.g. where it serves as 学号.
pub(super) const LEAKS: &str =
    "文件名含该生的证件号码或其后六位，采集码模式下不得向采集单位提供，请改用{序号}命名";

/// Shorter numbers stand in others by chance, characters.
const SHORTEST_NUMBER: usize = 6;
/// Of numbers at least this long the last [`TAIL`] characters tell as well.
const SHORTEST_WITH_TAIL: usize = 15;
/// Characters at the end of a number that tell of it.
const TAIL: usize = 6;
/// Shorter names stand in others by chance, characters.
const SHORTEST_NAME: usize = 2;

/// Whether the student's identity number or its last six characters stand in the text, in whatever field they came.
pub fn tells_id_number(text: &str, student: &StudentDraft) -> bool {
    Secrets::of(student).number_stands_in(&identity::normalise(text))
}

/// What stops a name that holds the student's identity number in 名单模式.
pub(super) const HOLDS: &str = "文件名含该生的证件号码（学号就是证件号码）；文件名谁都看得见，加密压缩包不输口令也看得见，请改用{序号}命名，或在名单里改成学校编的学号";

/// Whether the student's whole identity number stands in the text.
pub fn holds_id_number(text: &str, student: &StudentDraft) -> bool {
    let number = identity::normalise(&student.id_number);
    number.chars().count() >= SHORTEST_NUMBER && identity::normalise(text).contains(&number)
}

/// What must not stand in a text, as it is looked for: the name, and the end of the identity number that tells of it.
/// Empty is what is too short to tell of anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Secrets {
    pub(super) name: String,
    pub(super) number: String,
}

impl Secrets {
    /// Of a student.
    pub(super) fn of(student: &StudentDraft) -> Self {
        let named = name::fold(&student.name);
        let number = identity::normalise(&student.id_number);
        let length = number.chars().count();
        Self {
            name: match named.chars().count() >= SHORTEST_NAME {
                true => named,
                false => String::new(),
            },
            number: match length {
                ..SHORTEST_NUMBER => String::new(),
                SHORTEST_NUMBER..SHORTEST_WITH_TAIL => number,
                _ => number.chars().skip(length - TAIL).collect(),
            },
        }
    }

    fn number_stands_in(&self, normalised: &str) -> bool {
        !self.number.is_empty() && normalised.contains(&self.number)
    }
}

/// What stands in the account in place of a 学号 that tells of the identity number.
pub const NUMBER_WITHHELD: &str = "（含证件号码，略）";

/// The 学号 as the account shows it: not at all where it tells of the identity number and names must stay here.
pub(super) fn shown_no(student: &StudentDraft, is_secret: bool) -> &str {
    match is_secret && tells_id_number(&student.student_no, student) {
        true => NUMBER_WITHHELD,
        false => &student.student_no,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::Roll;

    fn tells_of(text: &str, student: &StudentDraft) -> bool {
        Roll::of([student]).in_typed(text).is_some()
    }

    fn student(student_no: &str, name: &str, id_number: &str) -> StudentDraft {
        StudentDraft {
            student_no: student_no.to_owned(),
            name: name.to_owned(),
            id_number: id_number.to_owned(),
            ..StudentDraft::default()
        }
    }

    #[test]
    fn names_numbers_and_their_ends_tell() {
        let zhang = student("2026260257", "张三", "11010120030726025x");
        for (text, tells) in [
            ("补交：张 三", true),
            ("11010120030726025X.jpg", true),
            ("1101 0120 0307 2602 5x", true),
            ("2026-26025X.jpg", true),
            ("2026260257.jpg", false),
            ("张先生", false),
            ("", false),
        ] {
            assert_eq!(tells_of(text, &zhang), tells, "{text}");
        }
        assert_eq!(shown_no(&zhang, true), "2026260257");
        let tail = student("2026260257", "李四", "110101200307260257");
        assert!(tells_id_number("2026260257_采集码.jpg", &tail));
        assert_eq!(shown_no(&tail, true), "（含证件号码，略）");
        assert_eq!(shown_no(&tail, false), "2026260257");
    }

    #[test]
    fn what_is_short_or_empty_tells_nothing() {
        assert!(!tells_of("任何文字", &student("1", "", "")));
        assert!(!tells_of("王老师", &student("1", "王", "12345")));
        // A passport has no tail that is told apart from any other number.
        let passport = student("2026345678", "Anna", "E12345678");
        assert!(!tells_of("2026345678.jpg", &passport));
        assert!(tells_of("e12345678", &passport) && tells_of("for ANNA", &passport));
    }
}
