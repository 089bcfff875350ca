//! The piles: photos that wait for a person to say whose they are, and the ways out of them.

use std::collections::{HashMap, HashSet};

use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{Exempt, PhotoHash, RoundId, Student, StudentId, SubmissionId};
use zhaoshen_store::{AssignOutcome, QueueKind, Store, SubmissionRow};

use crate::app::now;
use crate::failure::{refused, store};
use crate::masking::{id_numbers, without_id_numbers};
use crate::proposal::{Proposal, proposals};
use crate::roster::students_by_id;
use crate::wire::{
    Failure, PileAssign, PileAssignAll, PileDismiss, PileItem, PilePair, PileProposal, Piles,
    RoundRef, SubmissionRef,
};
use crate::{Seat, several, zh};

impl Seat {
    /// Photos waiting for a person to say whose they are, photos two students share, those put aside, and what could be
    /// said of many at once.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn pile_list(&self, args: RoundRef) -> Result<Piles, Failure> {
        let round = RoundId(args.round);
        let piled = self
            .store()
            .unmatched_submissions(round)
            .map_err(|error| store(&error))?;
        let shared = self
            .store()
            .queue(round, &QueueKind::Duplicates)
            .map_err(|error| store(&error))?;
        let excluded = self
            .store()
            .excluded_submissions(round)
            .map_err(|error| store(&error))?;
        if piled.is_empty() && shared.is_empty() && excluded.is_empty() {
            return Ok(Piles::default());
        }
        let students = students_by_id(self.store(), round)?;
        let listed: Vec<Student> = students.values().cloned().collect();
        let view = PileView {
            matcher: Matcher::new(&listed),
            id_numbers: id_numbers(students.values()),
            students,
            photos: self.present_photos(round)?,
            exempt: self.store().exempt(round).map_err(|error| store(&error))?,
        };
        let mut piles = Piles {
            proposals: self.pile_proposals(round, &view, &piled)?,
            ..Piles::default()
        };
        for row in piled {
            let item = view.item(&row);
            match row.matching {
                Matching::Ambiguous { .. } => piles.ambiguous.push(item),
                Matching::NotOnRoster { .. } => piles.not_on_roster.push(item),
                Matching::Dismissed { .. } => piles.dismissed.push(item),
                // A photo whose student left the roster is as good as unknown until somebody says otherwise.
                Matching::Unknown | Matching::Matched { .. } | Matching::PutBack { .. } => {
                    piles.unknown.push(item);
                }
            }
        }
        piles.excluded = excluded.iter().map(|row| view.item(row)).collect();
        for id in shared {
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
        let assigned = self.store().assign(
            submission,
            StudentId(args.student),
            &self.reviewer()?,
            now(),
        );
        if let AssignOutcome::AlreadyThere { .. } = assigned.map_err(|error| store(&error))? {
            return Err(refused(zh::ALREADY_HAS_PHOTO));
        }
        self.after_placing(submission)
    }

    /// Gives several photos to their students, in one act that is undone as one.
    ///
    /// # Errors
    /// As [`Self::pile_assign`]; nothing is changed then.
    pub fn pile_assign_all(&self, args: PileAssignAll) -> Result<Piles, Failure> {
        let pairs: Vec<(SubmissionId, StudentId)> = args
            .pairs
            .iter()
            .map(|pair| (SubmissionId(pair.submission), StudentId(pair.student)))
            .collect();
        let given = self.store().assign_all(&pairs, &self.reviewer()?, now());
        self.judge_placed(&given.map_err(|error| store(&error))?)?;
        self.pile_list(RoundRef { round: args.round })
    }

    /// Takes a photo away from its student, back to the piles, or brings back one that was put aside.
    ///
    /// # Errors
    /// Refused without a reviewer, or while a decision stands on the photo.
    pub fn pile_put_back(&self, args: SubmissionRef) -> Result<Piles, Failure> {
        let submission = SubmissionId(args.submission);
        self.store()
            .put_back(submission, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        self.after_placing(submission)
    }

    /// Puts photos aside that are nobody's, in one act that is undone as one.
    ///
    /// # Errors
    /// Refused without a reviewer, or while a decision stands on one of them; nothing is changed then.
    pub fn pile_dismiss(&self, args: PileDismiss) -> Result<Piles, Failure> {
        let submissions: Vec<SubmissionId> =
            args.submissions.iter().copied().map(SubmissionId).collect();
        self.store()
            .dismiss(&submissions, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        self.pile_list(RoundRef { round: args.round })
    }

    /// What a photo's new place changes: what is said of it and its twins, and the piles.
    fn after_placing(&self, submission: SubmissionId) -> Result<Piles, Failure> {
        let row = self
            .store()
            .submission(submission)
            .map_err(|error| store(&error))?;
        self.judge_placed(&[submission])?;
        self.pile_list(RoundRef { round: row.round.0 })
    }

    fn pile_proposals(
        &self,
        round: RoundId,
        view: &PileView,
        piled: &[SubmissionRow],
    ) -> Result<Vec<PileProposal>, Failure> {
        if piled.is_empty() {
            return Ok(Vec::new());
        }
        let answered = self
            .store()
            .assigned_by_hand(round)
            .map_err(|error| store(&error))?;
        let answered: Vec<(SubmissionRow, String)> = answered
            .into_iter()
            .filter_map(|row| {
                let student = view.students.get(&row.student?)?;
                Some((row, student.draft.student_no.clone()))
            })
            .collect();
        let found = proposals(&view.matcher, piled, &answered, |student| {
            view.photos.contains_key(&student) || view.exempt.contains_key(&student)
        });
        Ok(found
            .into_iter()
            .map(|found| view.proposal(found, piled))
            .collect())
    }
}

/// Students of whom a photo may lie in the piles: it came, and nobody has said yet whose it is.
pub(crate) fn awaiting_claim(
    store_: &Store,
    round: RoundId,
) -> Result<HashSet<StudentId>, Failure> {
    let piled = store_.unmatched_submissions(round);
    let piled = piled.map_err(|error| store(&error))?;
    let candidates = piled.iter().flat_map(|row| row.matching.candidates());
    Ok(candidates.copied().collect())
}

struct PileView {
    matcher: Matcher,
    students: HashMap<StudentId, Student>,
    photos: HashMap<StudentId, PhotoHash>,
    id_numbers: HashSet<String>,
    exempt: HashMap<StudentId, Exempt>,
}

impl PileView {
    fn item(&self, row: &SubmissionRow) -> PileItem {
        PileItem {
            submission: row.id.0,
            photo: row.photo.to_string(),
            file_name: self.file_name(row),
            detail: self.detail(row),
            candidates: several::hits(&row.matching, &self.students, &self.photos),
        }
    }

    fn detail(&self, row: &SubmissionRow) -> String {
        if let Some(student) = row.student.and_then(|student| self.students.get(&student)) {
            let whose = format!("{} {}", student.draft.student_no, student.draft.name);
            return match self.exempt.get(&student.id) {
                Some(why) => format!("{whose} {}", zh::excluded(why.title())),
                None => whose,
            };
        }
        self.why(&row.matching, &row.source)
    }

    fn why(&self, matching: &Matching, path: &str) -> String {
        match matching {
            Matching::Ambiguous { .. } | Matching::Unknown if self.matcher.is_for_another(path) => {
                zh::FOR_ANOTHER.to_owned()
            }
            Matching::Ambiguous { candidates } => self.why_several(candidates, path),
            Matching::NotOnRoster { key } => zh::not_on_roster(key),
            Matching::Dismissed { was } => self.why(was, path),
            Matching::PutBack { from } => match self.students.get(from) {
                Some(student) => zh::put_back(&student.draft.student_no, &student.draft.name),
                None => zh::NAME_TELLS_NOTHING.to_owned(),
            },
            Matching::Unknown | Matching::Matched { .. } => zh::NAME_TELLS_NOTHING.to_owned(),
        }
    }

    fn why_several(&self, candidates: &[StudentId], path: &str) -> String {
        let told = self.matcher.keys_told(path);
        let contradiction =
            several::contradiction(candidates, &told, &self.students, zh::IN_FILE_NAME);
        contradiction.unwrap_or_else(|| match (candidates, self.matcher.stranger_told(path)) {
            ([_], Some(name)) => zh::names_a_stranger(&name),
            _ => zh::fits_several(candidates.len()),
        })
    }

    fn proposal(&self, found: Proposal, piled: &[SubmissionRow]) -> PileProposal {
        let rows: HashMap<SubmissionId, &SubmissionRow> =
            piled.iter().map(|row| (row.id, row)).collect();
        let pairs = found.pairs.into_iter().filter_map(|(submission, student)| {
            let student = self.students.get(&student)?;
            Some(PilePair {
                submission: submission.0,
                file_name: self.file_name(rows.get(&submission)?),
                student: student.id.0,
                student_no: student.draft.student_no.clone(),
                name: student.draft.name.clone(),
            })
        });
        PileProposal {
            reason: found.reason,
            pairs: pairs.collect(),
        }
    }

    fn file_name(&self, row: &SubmissionRow) -> String {
        without_id_numbers(&row.source, |number| self.id_numbers.contains(number))
    }
}
