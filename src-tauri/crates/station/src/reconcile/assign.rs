//! Rows of receipts that the lists alone do not tell of: given to a student by hand.

use zhaoshen_model::receipt::ReceiptKind;
use zhaoshen_model::{ReceiptId, StudentId};

use super::files::Files;
use crate::app::now;
use crate::failure::{refused, store};
use crate::wire::{Failure, ReceiptAssign, ReceiptAssigned};
use crate::{Seat, zh};

impl Seat {
    /// Says whose a row of the studio is; it answers what had been delivered of the student when the list was read. One
    /// act.
    ///
    /// # Errors
    /// Refused without a reviewer, for a row or a student of another round, and for a row that was put aside.
    pub fn receipt_assign(&self, args: ReceiptAssign) -> Result<ReceiptAssigned, Failure> {
        let round = self.round(args.round)?.id;
        let loaded = self.reconciled(round)?;
        let row = loaded
            .receipts
            .get(&ReceiptId(args.receipt))
            .filter(|row| row.state.kind() == ReceiptKind::Studio)
            .ok_or_else(|| refused(zh::RECEIPT_GONE))?;
        let student = loaded
            .students
            .get(&StudentId(args.student))
            .ok_or_else(|| refused(zh::STUDENT_UNKNOWN))?;
        let files = Files::by(&loaded.files, row.read_at, row.delivery);
        let answers = files.of(student.id, &row.file_name);
        let (reviewer, to) = (self.reviewer()?, (student.id, answers));
        self.store()
            .assign_receipt(round, row.id, to, &reviewer, now())
            .map_err(|error| store(&error))?;
        let file = answers.and_then(|(submission, _)| loaded.last_file(submission));
        let draft = &student.draft;
        Ok(ReceiptAssigned {
            whose: format!("{} {}", draft.student_no, draft.name),
            delivered: file.map_or_else(String::new, |file| {
                zh::delivered_as(file.delivery, &file.file_name)
            }),
        })
    }
}
