//! Undo and redo of a roster's import, and with it of the questions that it raised: a photo that nobody has said anything
//! of since lies where it lay before. What a person answered meanwhile stays.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::{LogId, StudentId, SubmissionId};

use super::{Revert, Standing, Way};
use crate::act::Act;
use crate::act::assign::{Earlier, Placement, earlier};
use crate::act::question::in_question;
use crate::act::{eligible, reverted::Reverted};
use crate::error::Result;
use crate::table::log::Subject;
use crate::table::student::{self, StudentImage};
use crate::table::submission;
use crate::table::undo::{self, Change};

/// What an import changed.
pub(super) struct Imported {
    students: Vec<Change<StudentImage>>,
    /// The record of the questions that it raised, and where each photo lies and is to lie.
    questions: Option<(i64, Vec<Moved>)>,
}

/// A photo on its way.
struct Moved {
    id: SubmissionId,
    from: Placement,
    to: Placement,
}

impl Imported {
    pub(super) fn on(&self) -> Reverted {
        Reverted::Roster {
            students: self.students.len() as u64,
            photos: (self.questions.iter())
                .flat_map(|(_, photos)| photos)
                .map(|photo| photo.id)
                .collect(),
        }
    }
}

impl Revert<'_> {
    pub(super) fn roster(&self, undo: i64) -> Result<Option<Standing>> {
        let changes = undo::changes::<StudentImage>(self.connection, undo)?;
        for change in &changes {
            let id = StudentId(change.subject);
            let now = student::image(self.connection, id)?;
            let (from, to) = self.ends(change);
            let stands = from.map_or(!now.listed, |from| now == *from);
            // A 学号 that was given up may be somebody else's by now.
            let is_taken = match to.map(|to| &to.draft.student_no) {
                Some(number) if *number != now.draft.student_no => {
                    student::is_of_another(self.connection, id, number)?
                }
                _ => false,
            };
            if !stands || is_taken {
                return Ok(None);
            }
        }
        let beside = undo::beside(self.connection, undo, Act::MatchQuestioned)?;
        let questions = match beside {
            Some(record) => Some((record, self.questions(record)?)),
            None => None,
        };
        Ok(Some(Standing::Roster(Imported {
            students: changes,
            questions,
        })))
    }

    fn questions(&self, record: i64) -> Result<Vec<Moved>> {
        let changes = undo::changes::<Placement>(self.connection, record)?;
        let moved = changes.into_iter().map(|change| self.moved(change));
        moved.filter_map(Result::transpose).collect()
    }

    /// The photo, where nothing was said of it since.
    fn moved(&self, change: Change<Placement>) -> Result<Option<Moved>> {
        let id = SubmissionId(change.subject);
        let row = submission::get(self.connection, id)?;
        let Some(before) = change.before else {
            return Ok(None);
        };
        let from = Placement::of(&row);
        let to = match self.way {
            Way::Undo => {
                let is_asked = row.matching == change.after.matching
                    && row.student.is_none_or(|now| before.student() == Some(now));
                // The student may have handed in the same bytes since.
                let is_there = match before.student().filter(|_| row.student.is_none()) {
                    Some(student) => matches!(
                        earlier(self.connection, student, row.photo)?,
                        Earlier::Kept(_)
                    ),
                    None => false,
                };
                let place = before.place.filter(|_| is_asked && !is_there);
                let Some(place) = place else {
                    return Ok(None);
                };
                Placement {
                    place: from.place.or(Some(place)),
                    matching: before.matching,
                    rejected_before: row.rejected_before,
                    picked: before.picked || row.picked,
                }
            }
            Way::Redo if row.student == before.student() && row.matching == before.matching => {
                in_question(&row, change.after.matching)
            }
            Way::Redo => return Ok(None),
        };
        Ok(Some(Moved { id, from, to }))
    }

    pub(super) fn put_roster(
        &self,
        undo: i64,
        imported: &Imported,
        at: Timestamp,
    ) -> Result<LogId> {
        for change in &imported.students {
            let id = StudentId(change.subject);
            match self.ends(change).1 {
                Some(to) => student::overwrite(self.connection, id, to)?,
                None => student::unlist(self.connection, id)?,
            }
        }
        eligible::keep_current(self.connection, self.round)?;
        let photos = match &imported.questions {
            Some((record, photos)) => {
                self.put_moved(*record, photos, at)?;
                photos.len()
            }
            None => 0,
        };
        let after = json!({ "students": imported.students.len(), "photos": photos });
        let log = self.append_log(undo, Subject::Round(self.round), (None, Some(after)), at)?;
        if let Some((record, _)) = &imported.questions {
            self.note(*record, log)?;
        }
        Ok(log)
    }

    fn put_moved(&self, record: i64, photos: &[Moved], at: Timestamp) -> Result<()> {
        for photo in photos {
            submission::clear_place(self.connection, photo.id)?;
        }
        for photo in photos {
            let place = match photo.to.place {
                Some(place) => {
                    let n = submission::free_n(self.connection, place, &[])?;
                    Some(submission::Place { n, ..place })
                }
                None => None,
            };
            let Placement {
                matching,
                rejected_before,
                picked,
                ..
            } = &photo.to;
            let kept = (*rejected_before, *picked);
            submission::set_place(self.connection, photo.id, place, matching, kept)?;
            let states = (Some(photo.from.logged()), Some(photo.to.logged()));
            self.append_log(record, Subject::Submission(photo.id), states, at)?;
        }
        Ok(())
    }
}
