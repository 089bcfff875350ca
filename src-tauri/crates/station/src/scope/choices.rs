//! What the roster has to choose cohorts from, and which of it stands together.

use std::collections::BTreeMap;

use zhaoshen_model::Student;
use zhaoshen_model::scope::{fold_campus, fold_grade, fold_level, fold_study_mode, fold_title};

use crate::app::count;
use crate::wire::{ScopeChoice, ScopeChoices, ScopeTogether};

/// Columns to choose from.
const COLUMNS: usize = 7;

/// The texts of the columns as cohorts compare them, in their order, each with its students; and every combination of
/// them that a student has.
pub(super) fn of(students: &[Student]) -> (ScopeChoices, Vec<ScopeTogether>) {
    let mut together: BTreeMap<[String; COLUMNS], usize> = BTreeMap::new();
    for student in students {
        *together.entry(texts(student)).or_default() += 1;
    }
    let mut columns: [BTreeMap<&str, usize>; COLUMNS] = Default::default();
    for (texts, students) in &together {
        for (column, text) in columns.iter_mut().zip(texts) {
            *column.entry(text.as_str()).or_default() += students;
        }
    }
    let places: Vec<BTreeMap<&str, u32>> = (columns.iter())
        .map(|column| (column.keys().copied()).zip(0..).collect())
        .collect();
    let combinations = together.iter().map(|(texts, students)| ScopeTogether {
        places: (places.iter().zip(texts))
            .filter_map(|(places, text)| places.get(text.as_str()).copied())
            .collect(),
        students: count(*students),
    });
    let combinations = combinations.collect();
    let [
        grades,
        study_modes,
        levels,
        campuses,
        colleges,
        majors,
        classes,
    ] = columns.map(listed);
    let choices = ScopeChoices {
        grades,
        study_modes,
        levels,
        campuses,
        colleges,
        majors,
        classes,
    };
    (choices, combinations)
}

/// What a student has in the columns, in the order of [`ScopeChoices`].
fn texts(Student { draft, .. }: &Student) -> [String; COLUMNS] {
    [
        fold_grade(&draft.grade),
        fold_study_mode(&draft.study_mode),
        fold_level(&draft.level),
        fold_campus(&draft.campus),
        fold_title(&draft.college),
        fold_title(&draft.major),
        fold_title(&draft.class),
    ]
}

fn listed(column: BTreeMap<&str, usize>) -> Vec<ScopeChoice> {
    let choices = column.into_iter().map(|(value, students)| ScopeChoice {
        value: value.to_owned(),
        students: count(students),
    });
    choices.collect()
}

#[cfg(test)]
mod tests {
    use zhaoshen_model::{RoundId, StudentDraft, StudentId};

    use super::*;

    #[test]
    fn combinations_add_up_to_the_choices_and_name_no_other() {
        let student = |college: &str, major: &str| Student {
            id: StudentId(0),
            round: RoundId(1),
            draft: StudentDraft {
                college: college.to_owned(),
                major: major.to_owned(),
                ..StudentDraft::default()
            },
        };
        let students = [
            student("文学院", "汉语"),
            student("文学院", "汉语"),
            student("文学院", "历史"),
            student("理学院", "数学"),
        ];
        let (choices, together) = of(&students);
        let named: Vec<(&str, &str, u32)> = (together.iter())
            .map(|one| {
                let college = &choices.colleges[one.places[4] as usize];
                let major = &choices.majors[one.places[5] as usize];
                (college.value.as_str(), major.value.as_str(), one.students)
            })
            .collect();
        let mut wanted = [
            ("文学院", "汉语", 2),
            ("文学院", "历史", 1),
            ("理学院", "数学", 1),
        ];
        wanted.sort_unstable();
        assert_eq!(named, wanted);
        assert!(together.iter().all(|one| one.places.len() == COLUMNS));
        let of_college = |at: u32| {
            let combinations = together.iter().filter(|one| one.places[4] == at);
            combinations.map(|one| one.students).sum::<u32>()
        };
        for (at, college) in (0..).zip(&choices.colleges) {
            assert_eq!(of_college(at), college.students, "{}", college.value);
        }
    }
}
