//! Matching anew after the roster changed.

use std::collections::HashMap;

use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{RoundId, Student, StudentDraft, StudentId, StudentKeys, identity, name};
use zhaoshen_store::{IntakeOutcome, IntakeRecord, Question, SubmissionRow};

use crate::Seat;
use crate::app::{count, now};
use crate::failure::store;
use crate::intake::BATCH_PHOTOS;
use crate::wire::Failure;

impl Seat {
    /// Looks again at the photos in the piles, the payments and the receipts after the roster changed: how many photos
    /// found a student.
    pub(crate) fn rematch(&self, round: RoundId) -> Result<u32, Failure> {
        let store_ = self.store();
        let piled = store_
            .unmatched_submissions(round)
            .map_err(|error| store(&error))?;
        let payments = store_.payments(round).map_err(|error| store(&error))?;
        let receipts = store_.receipts(round).map_err(|error| store(&error))?;
        if piled.is_empty() && payments.is_empty() && receipts.is_empty() {
            return Ok(0);
        }
        let students = store_.students(round).map_err(|error| store(&error))?;
        let matcher = Matcher::new(&students);
        let records: Vec<IntakeRecord> = piled
            .into_iter()
            .filter_map(|row| {
                let matching = matcher.match_path(&row.source);
                let Matching::Matched { student, .. } = matching else {
                    return None;
                };
                (!row.matching.refuses(student)).then_some(IntakeRecord {
                    photo: row.photo,
                    matching,
                    file_name: row.file_name,
                    source: row.source,
                })
            })
            .collect();
        self.rematch_payments(round, &matcher)?;
        self.rematch_receipts(round, &matcher)?;
        let reviewer = self.clerk()?;
        let mut found = 0;
        for batch in records.chunks(BATCH_PHOTOS) {
            let outcomes = store_.record_intake(round, batch, &reviewer, now());
            let outcomes = outcomes.map_err(|error| store(&error))?;
            let is_found =
                |outcome: &&IntakeOutcome| !matches!(outcome, IntakeOutcome::AlreadyThere { .. });
            found += outcomes.iter().filter(is_found).count();
        }
        Ok(count(found))
    }
}

/// Whether the columns are another person's: the name and the identity number changed together.
pub(crate) fn is_another_person(before: &StudentDraft, after: &StudentDraft) -> bool {
    let number = |draft: &StudentDraft| {
        let normal = identity::normalise(&draft.id_number);
        identity::comparison_key(&normal).to_owned()
    };
    let was = number(before);
    !was.is_empty() && was != number(after) && name::fold(&before.name) != name::fold(&after.name)
}

/// The matches that the roster, changed from `before`, does not bear out: each with all who may be meant.
pub(crate) fn questions(
    before: &[Student],
    students: &[Student],
    rows: &[SubmissionRow],
) -> Vec<Question> {
    if rows.is_empty() {
        return Vec::new();
    }
    let matcher = Matcher::new(students);
    let was: HashMap<StudentId, &StudentDraft> = before
        .iter()
        .map(|student| (student.id, &student.draft))
        .collect();
    let mut turned: HashMap<StudentId, Vec<StudentId>> = HashMap::new();
    for student in students {
        let Some(old) = was.get(&student.id) else {
            continue;
        };
        if is_another_person(old, &student.draft) {
            let person = StudentKeys {
                name: old.name.clone(),
                id_number: old.id_number.clone(),
                ..StudentKeys::default()
            };
            turned.insert(student.id, meant(matcher.match_keys(&person)));
        }
    }
    let earlier = Matcher::new(before);
    let question = |row: &SubmissionRow| {
        let Matching::Matched { student, by } = row.matching else {
            return None;
        };
        let others = match turned.get(&student) {
            Some(others) => others.clone(),
            None => contradicting(student, by, &row.source, (&earlier, &matcher))?,
        };
        let mut candidates = others;
        candidates.push(student);
        candidates.sort_unstable();
        candidates.dedup();
        Some((row.id, candidates))
    };
    rows.iter().filter_map(question).collect()
}

/// Whom the name of the student's photo means by the changed roster, where that is no longer the student alone. What
/// spoke against the student before the change is known already, and so is what a person said of the file.
fn contradicting(
    student: StudentId,
    by: MatchKey,
    source: &str,
    (earlier, matcher): (&Matcher, &Matcher),
) -> Option<Vec<StudentId>> {
    if by == MatchKey::ByHand {
        return None;
    }
    let found = matcher.match_path(source);
    let is_against = match &found {
        Matching::Ambiguous { .. } => true,
        Matching::Matched { student: other, .. } => *other != student,
        _ => false,
    };
    (is_against && (by == MatchKey::Name || found != earlier.match_path(source)))
        .then(|| meant(found))
}

/// The students that may be meant.
fn meant(matching: Matching) -> Vec<StudentId> {
    match matching {
        Matching::Matched { student, .. } => vec![student],
        Matching::Ambiguous { candidates } => candidates,
        _ => Vec::new(),
    }
}
