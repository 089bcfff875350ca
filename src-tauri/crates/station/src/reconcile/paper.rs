//! Paper photos as they come back from the studio, ticked off class by class.

use std::collections::BTreeMap;

use zhaoshen_model::reconciliation::Stage;
use zhaoshen_model::{RoundId, Student, StudentId};

use super::books::Loaded;
use crate::app::{count, now};
use crate::failure::store;
use crate::wire::{Failure, PaperAsk, PaperClass, PaperMark, PaperMarked, PaperRow, RoundRef};
use crate::{Seat, zh};

/// Of more students than this a message names none.
pub(super) const NAMED_MOST: usize = 3;

impl Seat {
    /// How many paper photos are to come and have come, class by class.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn paper_list(&self, args: RoundRef) -> Result<Vec<PaperClass>, Failure> {
        let loaded = self.reconciled(self.round(args.round)?.id)?;
        let mut classes: BTreeMap<(&str, &str), PaperClass> = BTreeMap::new();
        for student in listed(&loaded) {
            let (college, class) = (&student.draft.college, &student.draft.class);
            let known = classes
                .entry((college, class))
                .or_insert_with(|| PaperClass {
                    college: college.clone(),
                    class: class.clone(),
                    students: 0,
                    expected: 0,
                    arrived: 0,
                    besides: 0,
                });
            known.students += 1;
            let (is_due, is_here) = (
                expects(&loaded, student.id),
                loaded.paper.contains(&student.id),
            );
            known.expected += u32::from(is_due);
            known.arrived += u32::from(is_due && is_here);
            known.besides += u32::from(!is_due && is_here);
        }
        Ok(classes.into_values().collect())
    }

    /// The students of a class, those whose paper photo is to come first, by 学号.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn paper_class(&self, args: PaperAsk) -> Result<Vec<PaperRow>, Failure> {
        let loaded = self.reconciled(self.round(args.round)?.id)?;
        let mut rows: Vec<PaperRow> = listed(&loaded)
            .filter(|student| {
                student.draft.college == args.college && student.draft.class == args.class
            })
            .map(|student| PaperRow {
                student: student.id.0,
                student_no: student.draft.student_no.clone(),
                name: student.draft.name.clone(),
                stage: stage(&loaded, student.id).to_owned(),
                expected: expects(&loaded, student.id),
                arrived: loaded.paper.contains(&student.id),
            })
            .collect();
        rows.sort_by(|a, b| {
            let key = |row: &PaperRow| (!row.expected, row.student_no.clone());
            key(a).cmp(&key(b))
        });
        Ok(rows)
    }

    /// Ticks paper photos off, or takes the ticks back; one act.
    ///
    /// # Errors
    /// Refused without a reviewer, or for a student of another round.
    pub fn paper_mark(&self, args: PaperMark) -> Result<PaperMarked, Failure> {
        let students: Vec<StudentId> = args.students.into_iter().map(StudentId).collect();
        let changed = self
            .store()
            .mark_paper(
                RoundId(args.round),
                &students,
                args.arrived,
                &self.reviewer()?,
                now(),
            )
            .map_err(|error| store(&error))?;
        let whom = match students.len() as u64 == changed && students.len() <= NAMED_MOST {
            true => students,
            false => Vec::new(),
        };
        Ok(PaperMarked {
            changed: count(changed),
            whom: self.students_named(whom),
        })
    }
}

fn listed(loaded: &Loaded) -> impl Iterator<Item = &Student> {
    let students = loaded.students.values();
    students.filter(|student| loaded.done.stages.contains_key(&student.id))
}

fn stage(loaded: &Loaded, student: StudentId) -> &'static str {
    let found = loaded.done.stages.get(&student).copied();
    zh::stage(found.unwrap_or(Stage::Missing))
}

/// Whether a paper photo of the student is to come.
fn expects(loaded: &Loaded, student: StudentId) -> bool {
    let stage = loaded.done.stages.get(&student);
    stage.is_some_and(|stage| stage.expects_paper())
}
