//! Each reviewer's line of acts: what undo takes back of the newest, and what redo does again.

use super::{Change, Done, Model, What};

impl Model {
    /// Whether anything was there to take back.
    pub fn undo(&mut self, who: usize) -> bool {
        let stands = |change: &Change| match change {
            Change::Decision(photo, _, after) => self.photos[*photo].standing == Some(*after),
            Change::Mark(student, _, after) => self.marks[*student] == *after,
        };
        // Of decisions what still stands is taken back; all else as a whole.
        let whole = |done: &Done| matches!(done.changes.first(), Some(Change::Mark(..)));
        let next = self.done[who].iter().rposition(|done| match whole(done) {
            true => done.changes.iter().all(stands),
            false => done.changes.iter().any(stands),
        });
        let Some(next) = next else { return false };
        let mut done = self.done[who].remove(next);
        let left: Vec<Change>;
        (done.changes, left) = done.changes.into_iter().partition(stands);
        for change in left {
            self.take_out(&change);
        }
        self.set(&done, false);
        self.undone[who].push(done);
        true
    }

    /// What was decided upon a decision that left its act stands upon what was there before it from then on.
    fn take_out(&mut self, left: &Change) {
        let Change::Decision(photo, before, after) = *left else {
            return;
        };
        let acts = self.done.iter_mut().chain(&mut self.undone).flatten();
        for change in acts.flat_map(|done| &mut done.changes) {
            if let Change::Decision(on, upon, _) = change
                && *on == photo
                && *upon == Some(after)
            {
                *upon = before;
            }
        }
    }

    /// Whether anything was there to do again.
    pub fn redo(&mut self, who: usize) -> bool {
        let next = self.undone[who]
            .iter()
            .rposition(|done| self.comes_back(done));
        let Some(next) = next else { return false };
        let done = self.undone[who].remove(next);
        self.set(&done, true);
        self.done[who].push(done);
        self.done[who].sort_by_key(|done| done.number);
        true
    }

    /// Puts what an act changed, one row of the log for each photo, or one for all students.
    fn set(&mut self, done: &Done, again: bool) {
        for change in &done.changes {
            match *change {
                Change::Decision(photo, before, after) => {
                    self.photos[photo].standing = if again { Some(after) } else { before };
                }
                Change::Mark(student, before, after) => {
                    self.marks[student] = if again { after } else { before };
                }
            }
        }
        self.log_rows += match done.changes.first() {
            Some(Change::Mark(..)) => 1,
            _ => done.changes.len() as u64,
        };
    }

    /// Whether what was undone can be done now, under the terms it was done under.
    fn comes_back(&self, done: &Done) -> bool {
        let fits = done.changes.iter().all(|change| match change {
            Change::Decision(photo, before, _) => self.takes_decision(*photo, *before).is_ok(),
            Change::Mark(student, before, _) => self.marks[*student] == *before,
        });
        let plan = self
            .plans
            .iter()
            .find(|plan| plan.released_by == Some(done.number));
        let released = plan.is_none_or(|plan| !plan.withdrawn && self.is_approved(plan));
        let second = done.changes.iter().all(|change| match change {
            Change::Decision(photo, ..) if done.what == What::Second => self.waits(*photo),
            _ => true,
        });
        fits && released && second
    }
}
