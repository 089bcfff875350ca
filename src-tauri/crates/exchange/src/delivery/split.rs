//! Into which parts a delivery is divided: one for each college, class or level, or for so many students.

use std::collections::{HashMap, HashSet};

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
    /// with `_`. Texts that differ in case alone share a part; others that would be called alike are numbered, and a class
    /// that several colleges have goes by college and class.
    pub(super) fn parts<'a>(
        self,
        students: impl ExactSizeIterator<Item = &'a StudentDraft>,
    ) -> Vec<String> {
        match self {
            Self::Whole => vec![String::new(); students.len()],
            Self::By(field) => by_column(field, &students.collect::<Vec<_>>()),
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

/// What Windows drops at the end of a name, and nobody means at its beginning.
const EDGES: [char; 3] = [' ', '.', '\u{3000}'];

/// The part of each student by a column, in their order.
fn by_column(field: RosterField, students: &[&StudentDraft]) -> Vec<String> {
    let same = |text: &str| text.trim_matches(EDGES).to_lowercase();
    let mut colleges: HashMap<String, HashSet<String>> = HashMap::new();
    for student in students.iter().filter(|_| field == RosterField::Class) {
        let of_class = colleges.entry(same(student.get(field))).or_default();
        of_class.insert(same(&student.college));
    }
    let mut named: HashMap<String, String> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let parts = students.iter().map(|student| {
        let text = student.get(field);
        let class = same(text);
        let several = colleges.get(&class).is_some_and(|of| of.len() > 1);
        let text = match several && !class.is_empty() {
            true => format!("{}-{text}", student.college),
            false => text.to_owned(),
        };
        let part = named.entry(same(&text));
        let part = part.or_insert_with(|| free_name(folder_name(&text), &mut taken));
        part.clone()
    });
    parts.collect()
}

/// The name, or with a number behind it where systems that ignore case would take it for another.
fn free_name(name: String, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{name}({n})"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    let free = names.find(|name| taken.insert(name.to_lowercase()));
    free.unwrap_or(name)
}

/// A text of the roster as a folder may be called on every system.
fn folder_name(text: &str) -> String {
    let kept: String = text.trim().chars().take(LONGEST).collect();
    let mended = kept.replace(is_illegal, "_");
    let mended = mended.trim_matches(EDGES);
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
    fn texts_that_are_not_the_same_have_parts_of_their_own() {
        let long = "学".repeat(LONGEST);
        let (one, other) = (format!("{long}一"), format!("{long}二"));
        let texts = ["土木/建筑", "土木:建筑", &one, &other, &one];
        let expected = [
            "土木_建筑".to_owned(),
            "土木_建筑(2)".to_owned(),
            long.clone(),
            format!("{long}(2)"),
            long.clone(),
        ];
        assert_eq!(parts(Split::By(RosterField::College), &texts), expected);
    }

    #[test]
    fn classes_of_several_colleges_are_kept_apart() {
        let student = |college: &str, class: &str| StudentDraft {
            college: college.to_owned(),
            class: class.to_owned(),
            ..StudentDraft::default()
        };
        let students = [
            student("甲学院", "A班"),
            student("甲学院", "a班"),
            student("乙学院", "A班"),
            student("乙学院", "B班"),
            student("甲学院", ""),
            student("乙学院", ".."),
        ];
        let expected = [
            "甲学院-A班",
            "甲学院-A班",
            "乙学院-A班",
            "B班",
            UNSAID,
            UNSAID,
        ];
        let parts = Split::By(RosterField::Class).parts(students.iter());
        assert_eq!(parts, expected);
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
