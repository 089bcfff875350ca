//! The piles: photos that wait for a person to say whose they are.

use std::collections::{HashMap, HashSet};

use zhaoshen_model::matching::Matching;
use zhaoshen_model::{PhotoHash, RoundId, Student, StudentId, SubmissionId};
use zhaoshen_store::{AssignOutcome, QueueKind, SubmissionRow};

use crate::app::now;
use crate::failure::{refused, store};
use crate::masking::{id_numbers, without_id_numbers};
use crate::roster::students_by_id;
use crate::wire::{Failure, PileAssign, PileItem, Piles, RoundRef, StudentHit};
use crate::{Station, checking, roster, zh};

impl Station {
    /// Photos waiting for a person to say whose they are, and photos two students share.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn pile_list(&self, args: RoundRef) -> Result<Piles, Failure> {
        let round = RoundId(args.round);
        let students = students_by_id(self.store(), round)?;
        let view = PileView {
            id_numbers: id_numbers(students.values()),
            students,
            photos: self.present_photos(round)?,
        };
        let mut piles = Piles::default();
        for row in self
            .store()
            .unmatched_submissions(round)
            .map_err(|error| store(&error))?
        {
            let item = view.item(&row);
            match row.matching {
                Matching::Ambiguous { .. } => piles.ambiguous.push(item),
                Matching::NotOnRoster { .. } => piles.not_on_roster.push(item),
                // A photo whose student left the roster is as good as unknown until somebody says otherwise.
                Matching::Unknown | Matching::Matched { .. } => piles.unknown.push(item),
            }
        }
        for id in self
            .store()
            .queue(round, &QueueKind::Duplicates)
            .map_err(|error| store(&error))?
        {
            let row = self.store().submission(id).map_err(|error| store(&error))?;
            piles.shared.push(view.item(&row));
        }
        Ok(piles)
    }

    /// Says whose photo it is; the piles as they stand then.
    ///
    /// # Errors
    /// Refused without a reviewer, or when the student has this very photo already.
    pub fn pile_assign(&self, args: PileAssign) -> Result<Piles, Failure> {
        let submission = SubmissionId(args.submission);
        let row = self
            .store()
            .submission(submission)
            .map_err(|error| store(&error))?;
        let round = row.round;
        let assigned = self.store().assign(
            submission,
            StudentId(args.student),
            &self.reviewer()?,
            now(),
        );
        if let AssignOutcome::AlreadyThere { .. } = assigned.map_err(|error| store(&error))? {
            return Err(refused(zh::ALREADY_HAS_PHOTO));
        }
        checking::judge_photo(self.store(), round, row.photo)?;
        self.pile_list(RoundRef { round: round.0 })
    }
}

struct PileView {
    students: HashMap<StudentId, Student>,
    photos: HashMap<StudentId, PhotoHash>,
    id_numbers: HashSet<String>,
}

impl PileView {
    fn item(&self, row: &SubmissionRow) -> PileItem {
        PileItem {
            submission: row.id.0,
            photo: row.photo.to_string(),
            file_name: without_id_numbers(&row.source, |number| self.id_numbers.contains(number)),
            detail: self.detail(row),
            candidates: self.candidates(&row.matching),
        }
    }

    fn detail(&self, row: &SubmissionRow) -> String {
        if let Some(student) = row.student.and_then(|student| self.students.get(&student)) {
            return format!("{} {}", student.draft.student_no, student.draft.name);
        }
        match &row.matching {
            Matching::Ambiguous { candidates } => zh::fits_several(candidates.len()),
            Matching::NotOnRoster { key } => zh::not_on_roster(key),
            Matching::Unknown | Matching::Matched { .. } => zh::NAME_TELLS_NOTHING.to_owned(),
        }
    }

    fn candidates(&self, matching: &Matching) -> Vec<StudentHit> {
        let Matching::Ambiguous { candidates } = matching else {
            return Vec::new();
        };
        let known = candidates
            .iter()
            .filter_map(|student| self.students.get(student));
        known
            .map(|student| roster::student_hit(student, self.photos.get(&student.id).copied()))
            .collect()
    }
}
