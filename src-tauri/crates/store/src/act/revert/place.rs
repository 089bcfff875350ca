//! Undo and redo of where photos lie.

use jiff::Timestamp;
use zhaoshen_model::{LogId, SubmissionId};

use super::{Revert, Standing};
use crate::act::assign::{Earlier, Placement, earlier};
use crate::act::pile::{is_of_exempt, put_aside_from};
use crate::error::Result;
use crate::table::log::Subject;
use crate::table::submission::{self, Place, SubmissionRow};
use crate::table::undo::{self, Change};

impl Revert<'_> {
    pub(super) fn placements(&self, undo: i64) -> Result<Option<Standing>> {
        let changes = undo::changes::<Placement>(self.connection, undo)?;
        let moving: Vec<SubmissionId> = changes
            .iter()
            .map(|change| SubmissionId(change.subject))
            .collect();
        let mut standing = Vec::with_capacity(changes.len());
        for change in changes {
            let Some(place) = self.placement(&change, &moving)? else {
                return Ok(None);
            };
            standing.push((change, place));
        }
        Ok((!standing.is_empty()).then_some(Standing::Placements(standing)))
    }

    /// Where the photo would lie; `None` when it was moved or decided on since, or cannot lie there any more.
    fn placement(
        &self,
        change: &Change<Placement>,
        moving: &[SubmissionId],
    ) -> Result<Option<Option<Place>>> {
        let row = submission::get(self.connection, SubmissionId(change.subject))?;
        let (Some(from), Some(to)) = self.ends(change) else {
            return Ok(None);
        };
        let moved = row.student != from.student()
            || row.matching != from.matching
            // Somebody else chose among them since.
            || row.picked != from.picked;
        if moved || (row.decision.is_some() && !self.stays_decided(&row, to)?) {
            return Ok(None);
        }
        let Some(place) = to.place else {
            return Ok(Some(None));
        };
        // The student may have handed in the same bytes, or the number be taken, since.
        if let Earlier::Kept(same) = earlier(self.connection, place.student, row.photo)?
            && same != row.id
        {
            return Ok(None);
        }
        let n = submission::free_n(self.connection, place, moving)?;
        Ok(Some(Some(Place { n, ..place })))
    }

    /// Whether a decision may stay on the photo there: put aside while its student is exempt, or back with that student.
    fn stays_decided(&self, row: &SubmissionRow, to: &Placement) -> Result<bool> {
        Ok(
            match (put_aside_from(&row.matching), put_aside_from(&to.matching)) {
                (Some(from), _) => to.student() == Some(from),
                (None, Some(_)) => is_of_exempt(self.connection, row)?,
                (None, None) => false,
            },
        )
    }

    pub(super) fn put_places(
        &self,
        undo: i64,
        changes: &[(Change<Placement>, Option<Place>)],
        at: Timestamp,
    ) -> Result<LogId> {
        for (change, _) in changes {
            submission::clear_place(self.connection, SubmissionId(change.subject))?;
        }
        let mut last = LogId(0);
        for (change, place) in changes {
            last = self.put_place(undo, change, *place, at)?;
        }
        Ok(last)
    }

    fn put_place(
        &self,
        undo: i64,
        change: &Change<Placement>,
        place: Option<Place>,
        at: Timestamp,
    ) -> Result<LogId> {
        let id = SubmissionId(change.subject);
        let (from, to) = self.ends(change);
        if let Some(to) = to {
            let kept = (to.rejected_before, to.picked);
            submission::set_place(self.connection, id, place, &to.matching, kept)?;
        }
        let states = (from.map(Placement::logged), to.map(Placement::logged));
        self.append_log(undo, Subject::Submission(id), states, at)
    }
}
