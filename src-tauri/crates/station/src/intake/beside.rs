//! Photos that the name of their folder alone gave to a student while a number in the file's name is nobody's: they are
//! matched, since files in such folders have names of all kinds, and they are told, since a namesake's photo looks no other.

use std::collections::{HashMap, HashSet};

use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::StudentId;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_store::{IntakeOutcome, IntakeRecord, Store};

use crate::failure::store;
use crate::masking::without_id_numbers;
use crate::wire::{Failure, IntakeLine, IntakeReport};
use crate::zh;

/// Most that are told one by one.
const SHOWN: usize = 1000;

/// Those met in one import.
#[derive(Debug, Default)]
pub(super) struct Beside {
    shown: Vec<(StudentId, String, String)>,
    met: u32,
}

impl Beside {
    /// Takes note of a photo that came in, where a name alone says whose it is and a number in its name is nobody's.
    pub(super) fn note(
        &mut self,
        (record, outcome): (&IntakeRecord, IntakeOutcome),
        matcher: &Matcher,
        id_numbers: &HashSet<String>,
    ) {
        let student = match record.matching {
            Matching::Matched {
                student,
                by: MatchKey::Name,
            } if !matches!(outcome, IntakeOutcome::AlreadyThere { .. }) => student,
            _ => return,
        };
        let Some(number) = matcher.unknown_number(&record.source) else {
            return;
        };
        self.met += 1;
        if self.shown.len() < SHOWN {
            let file = without_id_numbers(&record.source, |number| id_numbers.contains(number));
            self.shown.push((student, file, number));
        }
    }

    /// Tells how many there were, and each with whose it was taken to be.
    pub(super) fn tell(self, store_: &Store, report: &mut IntakeReport) -> Result<(), Failure> {
        let ids: Vec<StudentId> = self.shown.iter().map(|(student, ..)| *student).collect();
        let students = store_.students_with(&ids).map_err(|error| store(&error))?;
        let named: HashMap<StudentId, String> = students
            .iter()
            .map(|student| (student.id, zh::student_named(&student.draft)))
            .collect();
        report.beside_number = self.met;
        report.beside = (self.shown.into_iter())
            .map(|(student, file, number)| IntakeLine {
                file,
                whose: named.get(&student).cloned().unwrap_or_default(),
                problem: zh::name_beside_number(&number),
                remedy: zh::NAME_BESIDE_NUMBER_REMEDY.to_owned(),
            })
            .collect();
        Ok(())
    }
}
