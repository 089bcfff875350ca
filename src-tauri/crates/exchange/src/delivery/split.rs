//! Into which parts a delivery is divided: one for each college, class or level, or for so many students.

use std::collections::BTreeMap;

use zhaoshen_model::{RosterField, StudentDraft};

use super::plan::is_reserved;
use super::template::is_illegal;

/// How a delivery is divided. A part is a folder, or an archive of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Not at all.
    Whole,
    /// By what a column of the roster says.
    By(RosterField),
    /// After so many students, at least one.
    Every(usize),
}

/// Part of students of whom the roster does not say what the delivery is divided by.
const UNSAID: &str = "未注明";

/// Longest name of a part, characters: the longest 学院 known have forty.
const LONGEST: usize = 60;

impl Split {
    /// The part of each student, in their order; empty for a whole delivery. What cannot be a folder's name is written
    /// with `_`; two columns' texts that become alike so share a part.
    pub(super) fn parts<'a>(
        self,
        students: impl ExactSizeIterator<Item = &'a StudentDraft>,
    ) -> Vec<String> {
        match self {
            Self::Whole => vec![String::new(); students.len()],
            Self::By(field) => {
                // Systems that ignore case would make one folder of two: the first way of writing is kept.
                let mut written: BTreeMap<String, String> = BTreeMap::new();
                students
                    .map(|student| {
                        let part = folder_name(student.get(field));
                        written.entry(part.to_lowercase()).or_insert(part).clone()
                    })
                    .collect()
            }
            Self::Every(size) => {
                let size = size.max(1);
                let digits = (students.len().div_ceil(size)).to_string().len().max(2);
                (0..students.len())
                    .map(|at| format!("第{:0digits$}份", at / size + 1))
                    .collect()
            }
        }
    }
}

/// A text of the roster as a folder may be called on every system.
fn folder_name(text: &str) -> String {
    let kept: String = text.trim().chars().take(LONGEST).collect();
    let mended = kept.replace(is_illegal, "_");
    // Windows drops dots and blanks at the end.
    let mended = mended.trim_matches([' ', '.', '\u{3000}']);
    if mended.is_empty() {
        UNSAID.to_owned()
    } else if is_reserved(mended) {
        format!("_{mended}")
    } else {
        mended.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(split: Split, colleges: &[&str]) -> Vec<String> {
        let students: Vec<StudentDraft> = colleges
            .iter()
            .map(|college| StudentDraft {
                college: (*college).to_owned(),
                ..StudentDraft::default()
            })
            .collect();
        split.parts(students.iter())
    }

    #[test]
    fn a_part_is_a_folder_that_every_system_can_make() {
        let colleges = [
            "经济与管理学院",
            " 土木/建筑学院 ",
            "",
            "CON",
            "Law School",
            "LAW SCHOOL",
            "研究院.",
            "..",
        ];
        let expected = [
            "经济与管理学院",
            "土木_建筑学院",
            UNSAID,
            "_CON",
            "Law School",
            "Law School",
            "研究院",
            UNSAID,
        ];
        assert_eq!(parts(Split::By(RosterField::College), &colleges), expected);
        assert_eq!(parts(Split::Whole, &["甲"]), [""]);
    }

    #[test]
    fn parts_of_so_many_are_numbered_in_order() {
        let many = vec!["甲"; 5];
        let expected = ["第01份", "第01份", "第02份", "第02份", "第03份"];
        assert_eq!(parts(Split::Every(2), &many), expected);
        assert_eq!(
            parts(Split::Every(0), &many).last().map(String::as_str),
            Some("第05份")
        );
        let last = parts(Split::Every(1), &vec!["甲"; 120]).pop();
        assert_eq!(last.as_deref(), Some("第120份"));
    }
}
