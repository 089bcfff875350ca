//! What was handed over (交付), held against what stands now.
//!
//! A file is handed over once and for all: a photo, for the student whose it was then, under the 学号 and the file name
//! that the student had then. Where one of these is another now, the studio has it under the wrong one, and it counts as
//! handed over no longer for whom it stands now: [`Since`] says why. Pure: what was kept of a delivery, and what stands
//! now, is the caller's.

use std::collections::HashMap;

use crate::ids::{StudentId, SubmissionId};

/// What became another after a photo was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Since {
    /// The photo is another student's.
    Student,
    /// The student has another 学号.
    Number,
    /// The student's file would have another name.
    Name,
    /// Another photo was handed over in its place later.
    Photo,
}

/// A photo as it was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handed<'a> {
    /// The photo.
    pub submission: SubmissionId,
    /// Whose it was; `None` where that is not known.
    pub student: Option<StudentId>,
    /// The 学号 that was told; `None` where none was.
    pub number: Option<&'a str>,
    /// The file's name.
    pub file_name: &'a str,
}

/// Whose a photo is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner<'a> {
    /// The student.
    pub student: StudentId,
    /// The student's 学号.
    pub number: &'a str,
    /// The name that the very same delivery would give the file; `None` where that cannot be said.
    pub file_name: Option<&'a str>,
}

impl Handed<'_> {
    /// What is another now than when it was handed over; `None` where it stands as it was.
    pub fn since(&self, owner: &Owner<'_>) -> Option<Since> {
        if self.student.is_some_and(|student| student != owner.student) {
            return Some(Since::Student);
        }
        if self.number.is_some_and(|number| number != owner.number) {
            return Some(Since::Number);
        }
        let renamed = owner.file_name.is_some_and(|name| name != self.file_name);
        renamed.then_some(Since::Name)
    }
}

/// The photos that were handed over last: of each student, and under each 学号.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Last<'a> {
    of: HashMap<StudentId, SubmissionId>,
    under: HashMap<&'a str, SubmissionId>,
}

impl<'a> Last<'a> {
    /// Of what was handed over, first to last.
    pub fn of(handed: impl IntoIterator<Item = Handed<'a>>) -> Self {
        let mut last = Self::default();
        for one in handed {
            if let Some(student) = one.student {
                last.of.insert(student, one.submission);
            }
            if let Some(number) = one.number {
                last.under.insert(number, one.submission);
            }
        }
        last
    }

    /// Whether another photo took its place, for its student or under its 学号.
    pub fn is_replaced(&self, handed: &Handed<'_>) -> bool {
        let is_other =
            |last: Option<&SubmissionId>| last.is_some_and(|id| *id != handed.submission);
        let student = handed.student.and_then(|student| self.of.get(&student));
        is_other(student) || is_other(handed.number.and_then(|number| self.under.get(number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed(submission: i64, student: i64, number: &str) -> Handed<'_> {
        Handed {
            submission: SubmissionId(submission),
            student: Some(StudentId(student)),
            number: Some(number),
            file_name: "10.jpg",
        }
    }

    #[test]
    fn what_became_another_since_is_told_and_what_is_not_known_says_nothing() {
        let unknown = Handed {
            student: None,
            number: None,
            ..handed(1, 1, "10")
        };
        for (what, was, student, number, file_name, since) in [
            (
                "the same",
                handed(1, 1, "10"),
                1,
                "10",
                Some("10.jpg"),
                None,
            ),
            ("no name", handed(1, 1, "10"), 1, "10", None, None),
            (
                "another student's",
                handed(1, 1, "10"),
                2,
                "11",
                Some("11.jpg"),
                Some(Since::Student),
            ),
            (
                "another student's, who has the 学号 now",
                handed(1, 1, "10"),
                2,
                "10",
                Some("10.jpg"),
                Some(Since::Student),
            ),
            (
                "another 学号",
                handed(1, 1, "10"),
                1,
                "12",
                Some("12.jpg"),
                Some(Since::Number),
            ),
            (
                "another 学号 under serial numbers",
                handed(1, 1, "10"),
                1,
                "12",
                Some("10.jpg"),
                Some(Since::Number),
            ),
            (
                "another name",
                handed(1, 1, "10"),
                1,
                "10",
                Some("法学院-10.jpg"),
                Some(Since::Name),
            ),
            ("not kept", unknown, 2, "11", None, None),
            (
                "only the name",
                unknown,
                2,
                "11",
                Some("11.jpg"),
                Some(Since::Name),
            ),
        ] {
            let owner = Owner {
                student: StudentId(student),
                number,
                file_name,
            };
            assert_eq!(was.since(&owner), since, "{what}");
        }
    }

    #[test]
    fn a_photo_is_replaced_by_another_of_its_student_or_under_its_number() {
        let [first, second] = [handed(1, 1, "10"), handed(2, 1, "10")];
        for (what, files, replaced) in [
            ("alone", vec![first], false),
            ("again", vec![first, first], false),
            ("another photo", vec![first, second], true),
            ("and back", vec![first, second, first], false),
            (
                "another's under the 学号",
                vec![first, handed(3, 2, "10")],
                true,
            ),
            (
                "the student's under another 学号",
                vec![first, handed(3, 1, "11")],
                true,
            ),
            ("another's", vec![first, handed(3, 2, "11")], false),
        ] {
            assert_eq!(Last::of(files).is_replaced(&first), replaced, "{what}");
        }
    }
}
