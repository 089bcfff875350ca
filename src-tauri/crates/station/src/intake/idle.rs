//! What is told of rows of an index whose files did not come.

use zhaoshen_model::matching::Matching;

use super::Intake;
use super::indexes::Row;
use crate::app::count;
use crate::failure::store;
use crate::wire::{Failure, IntakeLine};
use crate::zh;

/// Most rows of one index that have lines of their own: who imports one class of a whole school's index needs no line for
/// each of the others.
const ROWS: usize = 50;

impl Intake<'_> {
    /// A line for every row that names no file of the import, by its cell, and one for the rest of an index with many.
    pub(super) fn tell_idle(&mut self) -> Result<(), Failure> {
        let idle = self.indexes.idle();
        for of_index in idle.chunk_by(|one, other| one.path == other.path) {
            let (told, left) = of_index.split_at(of_index.len().min(ROWS));
            for row in told {
                self.tell_idle_row(row)?;
            }
            if let [first, ..] = left {
                let problem = zh::index_idle_left(count(left.len()));
                self.tell(&first.path, &problem, zh::INDEX_IDLE_REMEDY);
            }
        }
        Ok(())
    }

    fn tell_idle_row(&mut self, row: &Row) -> Result<(), Failure> {
        let whose = match row.whose {
            Matching::Matched { student, .. } => {
                let student = self.store.student(student);
                zh::student_named(&student.map_err(|error| store(&error))?.draft)
            }
            _ => String::new(),
        };
        let line = IntakeLine {
            file: self.shown(&row.path),
            whose,
            problem: zh::index_idle(&row.cell, &self.shown(&row.file_name)),
            remedy: zh::INDEX_IDLE_REMEDY.to_owned(),
        };
        self.report.tell(self.progress, line);
        Ok(())
    }
}
