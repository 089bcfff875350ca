//! What lists alone do not tell of a row of receipts: whose it is, and which answer its words mean. Said by hand.

use zhaoshen_model::receipt::{ReceiptKind, ReceiptState};
use zhaoshen_model::{ReceiptId, StudentId};

use super::files::Files;
use crate::app::now;
use crate::failure::{refused, store};
use crate::wire::{Failure, ReceiptAssign, ReceiptAssigned, ReceiptSettle, ReceiptSettled};
use crate::{Seat, zh};

/// Longest reason, characters.
const REASON_MAX: usize = 200;

impl Seat {
    /// Says whether a row whose words say neither means that the studio took the photo or gave it back, and why: its words
    /// are no reason. One act.
    ///
    /// # Errors
    /// Refused without a reviewer, for a row of another round, one that was put aside, one that says it already, and a
    /// reason that is too long.
    pub fn receipt_settle(&self, args: ReceiptSettle) -> Result<ReceiptSettled, Failure> {
        let round = self.round(args.round)?.id;
        let state = ReceiptState::parse(&args.state)
            .filter(|state| matches!(state, ReceiptState::Accepted | ReceiptState::Returned))
            .ok_or_else(|| refused(zh::RECEIPT_MEANING))?;
        let loaded = self.reconciled(round)?;
        let row = loaded
            .receipts
            .get(&ReceiptId(args.receipt))
            .ok_or_else(|| refused(zh::RECEIPT_GONE))?;
        let reason = args.reason.trim();
        if reason.chars().count() > REASON_MAX || reason.chars().any(char::is_control) {
            return Err(refused(zh::RECEIPT_REASON));
        }
        // Of a row about nobody what it says alone tells whether it was read before.
        let is_told = state == ReceiptState::Returned && row.matching.student().is_some();
        let why = is_told.then(|| match reason {
            "" => row.reason.clone().unwrap_or_default(),
            written => written.to_owned(),
        });
        self.store()
            .settle_receipt(round, (row.id, state, why), &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        let student = row.matching.student();
        let student = student.and_then(|id| loaded.students.get(&id));
        Ok(ReceiptSettled {
            whose: student.map_or_else(String::new, |student| {
                format!("{} {}", student.draft.student_no, student.draft.name)
            }),
            meaning: state.title().to_owned(),
        })
    }

    /// Says whose a row of the studio is; it answers the photo that it did where that is the student's now, or else what
    /// had been delivered of the student when the list was read. One act.
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
        let own = row.submission.and_then(|id| {
            let file = loaded.last_file(id)?;
            // Said of a file that went for another, it holds for the one that went for this student, where one did.
            let went = (loaded.files.iter().rev())
                .find(|file| (file.submission, file.student) == (id, Some(student.id)));
            let told = row.delivery.unwrap_or(file.delivery);
            let delivery = went.map_or(told, |went| went.delivery);
            (file.owner == Some(student.id)).then_some((id, delivery))
        });
        let answers = own.or_else(|| files.of(student.id, (&row.named, &row.file_name)));
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
