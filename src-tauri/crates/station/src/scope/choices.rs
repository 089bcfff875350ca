//! What the roster has to choose cohorts from.

use std::collections::BTreeMap;

use zhaoshen_model::Student;
use zhaoshen_model::scope::{fold_campus, fold_grade, fold_level, fold_study_mode, fold_title};

use crate::app::count;
use crate::wire::{ScopeChoice, ScopeChoices};

/// The texts of the columns as cohorts compare them, in their order, each with its students.
pub(super) fn of(students: &[Student]) -> ScopeChoices {
    let column = |text: fn(&Student) -> String| {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for student in students {
            *found.entry(text(student)).or_default() += 1;
        }
        let choices = found.into_iter().map(|(value, students)| ScopeChoice {
            value,
            students: count(students),
        });
        choices.collect()
    };
    ScopeChoices {
        grades: column(|student| fold_grade(&student.draft.grade)),
        study_modes: column(|student| fold_study_mode(&student.draft.study_mode)),
        levels: column(|student| fold_level(&student.draft.level)),
        campuses: column(|student| fold_campus(&student.draft.campus)),
        colleges: column(|student| fold_title(&student.draft.college)),
        majors: column(|student| fold_title(&student.draft.major)),
        classes: column(|student| fold_title(&student.draft.class)),
    }
}
