//! Importing a roster: one act, whatever its size.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::json;
use zhaoshen_model::{RoundId, Student, StudentDraft, StudentId};

use super::assign::By;
use super::question::{self, Question};
use super::{Act, eligible};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::round;
use crate::table::student::{self, StudentImage};
use crate::table::submission::{self, SubmissionRow};
use crate::table::undo::{self, Change};

/// A student to be on the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// The columns.
    pub draft: StudentDraft,
    /// The name folded for comparison, as [`zhaoshen_model::name`] does it.
    pub name_key: String,
    /// The student listed under another 学号 so far, who gets the one of the columns.
    #[serde(default)]
    pub renumbered: Option<StudentId>,
}

/// What an import changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterOutcome {
    /// Students that were not on the roster.
    pub added: u64,
    /// Students whose columns changed.
    pub updated: u64,
    /// Students that were there just so.
    pub unchanged: u64,
    /// Students taken off the roster.
    #[serde(default)]
    pub taken_off: u64,
    /// Photos whose match it put in question.
    #[serde(default)]
    pub questioned: u64,
}

/// What an import brings.
#[derive(Debug, Clone, Copy)]
pub struct RosterImport<'a> {
    /// The round.
    pub round: RoundId,
    /// Everyone to be on the roster; students not among them stay as they are.
    pub entries: &'a [RosterEntry],
    /// Students to be taken off it.
    pub gone: &'a [StudentId],
    /// The file's name, for the log.
    pub source: &'a str,
}

impl Store {
    /// Puts every entry on the round's roster, by 学号: new ones are added, others take the
    /// entry's columns. Students not among the entries stay as they are. `source` is the file's
    /// name, for the log.
    ///
    /// # Errors
    /// [`Error::StudentNoRepeated`] when two entries have one 学号, [`Error::StudentNoUsed`] for a renumbered student
    /// whose new 学号 another had before, [`Error::NotFound`] for the round or a renumbered student; nothing is changed
    /// then.
    pub fn import_roster(
        &self,
        round: RoundId,
        entries: &[RosterEntry],
        source: &str,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<RosterOutcome> {
        self.import_roster_and_take_off(round, entries, &[], source, reviewer, at)
    }

    /// As [`Store::import_roster`], and takes the students `gone` off the roster in the same act. Their photos and
    /// decisions stay, and are back when they are listed again.
    ///
    /// # Errors
    /// As [`Store::import_roster`]; [`Error::NotFound`] for one of `gone` that is not listed in the round.
    pub fn import_roster_and_take_off(
        &self,
        round: RoundId,
        entries: &[RosterEntry],
        gone: &[StudentId],
        source: &str,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<RosterOutcome> {
        let import = RosterImport {
            round,
            entries,
            gone,
            source,
        };
        self.import_roster_asking(import, |_, _| Vec::new(), reviewer, at)
    }

    /// As [`Store::import_roster_and_take_off`], and puts in question, in the same act, the matches that `ask` names when it
    /// is shown the roster and the photos as they are then; it is not asked where there are no photos. Its undo takes the
    /// questions back too.
    ///
    /// # Errors
    /// As [`Store::import_roster_and_take_off`]; [`Error::NotFound`] for a photo that `ask` names and that is not there.
    pub fn import_roster_asking(
        &self,
        import: RosterImport<'_>,
        ask: impl FnOnce(&[Student], &[SubmissionRow]) -> Vec<Question>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<RosterOutcome> {
        let RosterImport {
            round,
            entries,
            gone,
            source,
        } = import;
        check_repeats(entries)?;
        self.write(|transaction| {
            round::get(transaction, round)?;
            let (mut outcome, changes) = apply(transaction, round, entries, gone)?;
            eligible::keep_current(transaction, round)?;
            let photos = submission::of_round(transaction, round)?;
            let questions = match photos.is_empty() {
                true => Vec::new(),
                false => ask(&student::listed(transaction, round)?, &photos),
            };
            outcome.questioned = questions.len() as u64;
            let undo = if changes.is_empty() {
                None
            } else {
                let undo = undo::insert(transaction, round, reviewer, Act::RosterImported, at)?;
                for change in &changes {
                    undo::insert_change(transaction, undo, change)?;
                }
                Some(undo)
            };
            let after = json!({ "source": source, "outcome": outcome });
            let entry = Entry {
                undo,
                ..Entry::of_round(round, Act::RosterImported, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            question::question(transaction, undo, questions, By::new(reviewer, at))?;
            Ok(outcome)
        })
    }
}

fn check_repeats(entries: &[RosterEntry]) -> Result<()> {
    let mut seen = HashSet::with_capacity(entries.len());
    match entries
        .iter()
        .find(|entry| !seen.insert(entry.draft.student_no.as_str()))
    {
        Some(entry) => Err(Error::StudentNoRepeated {
            student_no: entry.draft.student_no.clone(),
        }),
        None => Ok(()),
    }
}

fn apply(
    transaction: &Transaction<'_>,
    round: RoundId,
    entries: &[RosterEntry],
    gone: &[StudentId],
) -> Result<(RosterOutcome, Vec<Change<StudentImage>>)> {
    let mut there = student::images(transaction, round)?;
    let mut outcome = RosterOutcome::default();
    let mut changes = Vec::new();
    for entry in entries {
        let after = StudentImage {
            draft: entry.draft.clone(),
            name_key: entry.name_key.clone(),
            listed: true,
        };
        let number = match entry.renumbered {
            Some(id) => number_of(&there, id, &entry.draft.student_no)?,
            None => entry.draft.student_no.clone(),
        };
        let (subject, before) = match there.remove(&number) {
            Some((_, before)) if before == after => {
                outcome.unchanged += 1;
                continue;
            }
            Some((id, before)) => {
                student::overwrite(transaction, id, &after)?;
                (id, Some(before))
            }
            None => (student::insert(transaction, round, &after)?, None),
        };
        match &before {
            Some(before) if before.listed => outcome.updated += 1,
            _ => outcome.added += 1,
        }
        changes.push(Change {
            subject: subject.0,
            before,
            after,
        });
    }
    for id in gone {
        let left = there
            .values()
            .find(|(other, before)| other == id && before.listed);
        changes.push(take_off(transaction, *id, left.map(|left| &left.1))?);
        outcome.taken_off += 1;
    }
    Ok((outcome, changes))
}

/// The 学号 under which the student stands who is to have `new`.
fn number_of(
    there: &HashMap<String, (StudentId, StudentImage)>,
    id: StudentId,
    new: &str,
) -> Result<String> {
    if there.contains_key(new) {
        return Err(Error::StudentNoUsed {
            student_no: new.to_owned(),
        });
    }
    let known = there.iter().find(|(_, (other, _))| *other == id);
    known
        .map(|(number, _)| number.clone())
        .ok_or(Error::NotFound {
            what: "学生",
            id: id.0,
        })
}

fn take_off(
    transaction: &Transaction<'_>,
    id: StudentId,
    before: Option<&StudentImage>,
) -> Result<Change<StudentImage>> {
    let before = before.ok_or(Error::NotFound {
        what: "学生",
        id: id.0,
    })?;
    let after = StudentImage {
        listed: false,
        ..before.clone()
    };
    student::overwrite(transaction, id, &after)?;
    Ok(Change {
        subject: id.0,
        before: Some(before.clone()),
        after,
    })
}
