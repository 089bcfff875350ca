//! Matching anew after the roster changed.

use std::collections::HashMap;

use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{
    RoundId, Student, StudentDraft, StudentId, StudentKeys, SubmissionId, identity, name,
};
use zhaoshen_store::{IntakeRecord, Store, SubmissionRow};

use crate::Seat;
use crate::app::{count, now};
use crate::failure::store;
use crate::intake::BATCH_PHOTOS;
use crate::wire::Failure;

impl Seat {
    /// Looks again at the photos in the piles and at those that have a student, after the roster changed from `before`:
    /// how many found a student, and how many matches are in question now.
    pub(crate) fn rematch(&self, round: RoundId, before: &[Student]) -> Result<Rematched, Failure> {
        let store_ = self.store();
        let students = store_.students(round).map_err(|error| store(&error))?;
        let matcher = Matcher::new(&students);
        let piled = store_
            .unmatched_submissions(round)
            .map_err(|error| store(&error))?;
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
        let questions = questions(store_, round, before, (&students, &matcher))?;
        store_
            .question_matches(&questions, &reviewer, now())
            .map_err(|error| store(&error))?;
        for batch in records.chunks(BATCH_PHOTOS) {
            store_
                .record_intake(round, batch, &reviewer, now())
                .map_err(|error| store(&error))?;
        }
        if !records.is_empty() || !questions.is_empty() {
            crate::checking::judge_round(store_, round)?;
        }
        Ok(Rematched {
            found: count(records.len()),
            questioned: count(questions.len()),
        })
    }
}

/// What a changed roster did to the matches.
pub(crate) struct Rematched {
    /// Photos that lay in a pile and found their student.
    pub(crate) found: u32,
    /// Photos that had a student, whose they may not be any more.
    pub(crate) questioned: u32,
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

/// The matches that the changed roster does not bear out: each with all who may be meant.
fn questions(
    store_: &Store,
    round: RoundId,
    before: &[Student],
    (students, matcher): (&[Student], &Matcher),
) -> Result<Vec<(SubmissionId, Vec<StudentId>)>, Failure> {
    let rows = store_.submissions(round).map_err(|error| store(&error))?;
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
    let question = |row: SubmissionRow| {
        let Matching::Matched { student, by } = row.matching else {
            return None;
        };
        let others = match turned.get(&student) {
            Some(others) => others.clone(),
            None => contradicting(student, by, &row.source, (&earlier, matcher))?,
        };
        let mut candidates = others;
        candidates.push(student);
        candidates.sort_unstable();
        candidates.dedup();
        Some((row.id, candidates))
    };
    Ok(rows.into_iter().filter_map(question).collect())
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
