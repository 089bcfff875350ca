//! Matching anew after the roster changed.

use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{RoundId, StudentId, SubmissionId};
use zhaoshen_store::{IntakeRecord, Store};

use crate::Seat;
use crate::app::{count, now};
use crate::failure::store;
use crate::intake::BATCH_PHOTOS;
use crate::wire::Failure;

impl Seat {
    /// Looks again at the photos in the piles and at matches by name alone, after the roster
    /// changed: how many found a student, and how many matches are in question now.
    pub(crate) fn rematch(&self, round: RoundId) -> Result<Rematched, Failure> {
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
        let questions = name_questions(store_, round, &matcher)?;
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
    /// Photos that had a student by name alone, which now fits several.
    pub(crate) questioned: u32,
}

/// The matches by name alone that fit more students than one now.
fn name_questions(
    store_: &Store,
    round: RoundId,
    matcher: &Matcher,
) -> Result<Vec<(SubmissionId, Vec<StudentId>)>, Failure> {
    let rows = store_.submissions(round).map_err(|error| store(&error))?;
    let by_name = rows.into_iter().filter_map(|row| match row.matching {
        Matching::Matched {
            student,
            by: MatchKey::Name,
        } => Some((row.id, student, row.source)),
        _ => None,
    });
    let questions = by_name.filter_map(|(id, student, source)| {
        let mut candidates = match matcher.match_path(&source) {
            Matching::Ambiguous { candidates } => candidates,
            Matching::Matched { student: other, .. } if other != student => vec![other],
            _ => return None,
        };
        if !candidates.contains(&student) {
            candidates.push(student);
        }
        Some((id, candidates))
    });
    Ok(questions.collect())
}
