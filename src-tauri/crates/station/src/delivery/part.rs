//! The part of the roster that a delivery is about.

use std::collections::BTreeSet;

use zhaoshen_model::StudentDraft;

use crate::wire::DeliveryPart;
use crate::zh;

/// Most values that a message lists.
const KNOWN: usize = 30;

impl DeliveryPart {
    /// Whether the student is of the part; everybody is where nothing is chosen.
    pub(super) fn holds(&self, student: &StudentDraft) -> bool {
        let among = |chosen: &[String], value: &String| chosen.is_empty() || chosen.contains(value);
        among(&self.colleges, &student.college)
            && among(&self.classes, &student.class)
            && among(&self.levels, &student.level)
    }

    /// The chosen values that no student has, in one line; empty where each is somebody's.
    pub(super) fn unknown<'a>(&self, students: impl Iterator<Item = &'a StudentDraft>) -> String {
        let mut all = [&self.colleges, &self.classes, &self.levels]
            .map(|values| values.iter().collect::<BTreeSet<_>>());
        for student in students {
            let own = [&student.college, &student.class, &student.level];
            for (values, own) in all.iter_mut().zip(own) {
                values.remove(own);
            }
        }
        let unknown: Vec<&str> = all.iter().flatten().map(|value| value.as_str()).collect();
        unknown.join("、")
    }

    /// What there is to choose from in the columns that were `asked` by, in one line.
    pub(super) fn known(&self, asked: &Self) -> String {
        let [college, class, level] = zh::PART_COLUMNS;
        let columns = [
            (college, &self.colleges, &asked.colleges),
            (class, &self.classes, &asked.classes),
            (level, &self.levels, &asked.levels),
        ];
        let asked = columns.into_iter().filter(|(.., asked)| !asked.is_empty());
        let told: Vec<String> = asked
            .map(|(title, known, _)| zh::values_known(title, known, KNOWN))
            .collect();
        told.join("；")
    }

    /// The chosen values in one line, for lists; empty where nothing is chosen.
    pub(super) fn text(&self) -> String {
        let all = [&self.colleges, &self.classes, &self.levels];
        let kinds = all.iter().filter(|values| !values.is_empty());
        let kinds: Vec<String> = kinds.map(|values| values.join("、")).collect();
        kinds.join("；")
    }
}

/// What there is to choose from.
#[derive(Debug, Default)]
pub(super) struct Values {
    colleges: BTreeSet<String>,
    classes: BTreeSet<String>,
    levels: BTreeSet<String>,
}

impl Values {
    pub(super) fn add(&mut self, student: &StudentDraft) {
        for (values, value) in [
            (&mut self.colleges, &student.college),
            (&mut self.classes, &student.class),
            (&mut self.levels, &student.level),
        ] {
            if !value.is_empty() {
                values.insert(value.clone());
            }
        }
    }

    pub(super) fn listed(self) -> DeliveryPart {
        let list = |values: BTreeSet<String>| values.into_iter().collect();
        DeliveryPart {
            colleges: list(self.colleges),
            classes: list(self.classes),
            levels: list(self.levels),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_the_values_of_every_column_is_enough() {
        let student = StudentDraft {
            college: "文学院".to_owned(),
            class: "文2101".to_owned(),
            level: "硕士".to_owned(),
            ..StudentDraft::default()
        };
        let part = |colleges: &[&str], levels: &[&str]| DeliveryPart {
            colleges: colleges.iter().map(|&one| one.to_owned()).collect(),
            classes: Vec::new(),
            levels: levels.iter().map(|&one| one.to_owned()).collect(),
        };
        assert!(part(&[], &[]).holds(&student));
        assert!(part(&["法学院", "文学院"], &["硕士"]).holds(&student));
        assert!(!part(&["法学院"], &[]).holds(&student));
        assert!(!part(&["文学院"], &["博士"]).holds(&student));
        assert_eq!(
            part(&["文学院", "法学院"], &["硕士"]).text(),
            "文学院、法学院；硕士"
        );
        let unknown =
            part(&["法学院", "文学院", "不存在"], &["博士"]).unknown([&student].into_iter());
        assert_eq!(unknown, "不存在、法学院、博士");
        assert_eq!(part(&["文学院"], &[]).unknown([&student].into_iter()), "");
        let mut values = Values::default();
        values.add(&student);
        values.add(&StudentDraft::default());
        let listed = values.listed();
        assert_eq!(listed.classes, ["文2101"]);
        assert_eq!(listed.known(&part(&["不存在"], &[])), "学院：文学院");
        assert_eq!(
            listed.known(&part(&["不存在"], &["博士"])),
            "学院：文学院；层次：硕士"
        );
        let none = DeliveryPart::default();
        assert_eq!(none.known(&part(&["不存在"], &[])), "学院：都没有填");
    }
}
