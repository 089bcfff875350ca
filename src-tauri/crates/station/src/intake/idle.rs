//! What is told of rows of an index whose files did not come, or whose number nobody on the roster has.

use zhaoshen_model::matching::Matching;

use super::Intake;
use super::indexes::OddRow;
use crate::app::count;
use crate::failure::store;
use crate::wire::{Failure, IntakeLine};
use crate::zh;

/// Most rows of one index that have lines of their own: who imports one class of a whole school's index needs no line for
/// each of the others.
const ROWS: usize = 50;

impl Intake<'_> {
    /// A line for every row of an index that is to be looked at, by its cell, and one for the rest of an index with many.
    pub(super) fn tell_odd_rows(&mut self) -> Result<(), Failure> {
        let mut odd = self.indexes.odd();
        // Within an index first what is surely wrong: a school's index has many rows of other classes.
        odd.sort_by(|one, other| {
            let of = |odd: &OddRow| (odd.row.path.clone(), odd.is_idle);
            of(one).cmp(&of(other))
        });
        for of_index in odd.chunk_by(|one, other| one.row.path == other.row.path) {
            let (told, left) = of_index.split_at(of_index.len().min(ROWS));
            for odd in told {
                self.tell_odd_row(odd)?;
            }
            let (idle, strays): (Vec<_>, Vec<_>) = left.iter().partition(|odd| odd.is_idle);
            if let [first, ..] = strays.as_slice() {
                let problem = zh::index_strays_left(count(strays.len()));
                self.tell(&first.row.path, &problem, zh::INDEX_STRAY_REMEDY);
            }
            if let [first, ..] = idle.as_slice() {
                let problem = zh::index_idle_left(count(idle.len()));
                self.tell(&first.row.path, &problem, zh::INDEX_IDLE_REMEDY);
            }
        }
        Ok(())
    }

    fn tell_odd_row(&mut self, OddRow { row, is_idle }: &OddRow) -> Result<(), Failure> {
        let whose = match row.whose {
            Matching::Matched { student, .. } => {
                let student = self.store.student(student);
                zh::student_named(&student.map_err(|error| store(&error))?.draft)
            }
            _ => String::new(),
        };
        let file_name = self.shown(&row.file_name);
        let stray = row
            .stray
            .as_ref()
            .map(|(key, number)| zh::number_unlisted(*key, &self.shown(number)));
        let (problem, remedy) = match (is_idle, stray) {
            (false, stray) => (
                zh::index_stray(&row.cell, &file_name, &stray.unwrap_or_default()),
                zh::INDEX_STRAY_REMEDY,
            ),
            (true, Some(stray)) => (
                zh::index_idle_stray(&row.cell, &file_name, &stray),
                zh::INDEX_STRAY_REMEDY,
            ),
            (true, None) => (zh::index_idle(&row.cell, &file_name), zh::INDEX_IDLE_REMEDY),
        };
        let line = IntakeLine {
            file: self.shown(&row.path),
            whose,
            problem,
            remedy: remedy.to_owned(),
        };
        self.report.tell(self.progress, line);
        Ok(())
    }
}
