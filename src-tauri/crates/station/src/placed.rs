//! Where a photo or a payment lies, as a row of the log tells it: with whom and what said so, as which of the student's
//! photos, and which file it is.
//!
//! The log keeps numbers of students and photos; names, files and sizes are looked up when a row is read, so that a
//! deleted round has none of them here either.

use serde::Deserialize;
use serde_json::Value;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::payment::{Share, yuan};
use zhaoshen_model::{PaymentId, StudentId, SubmissionId};
use zhaoshen_store::{LogRow, Subject, SubmissionRow};

use crate::app::local_time;
use crate::failure::store;
use crate::submission::picture;
use crate::wire::Failure;
use crate::{Seat, zh};

/// A state of the log by which something lies somewhere. Rows of earlier versions have no `n`.
#[derive(Debug, Deserialize)]
struct Lies {
    #[serde(default)]
    student: Option<StudentId>,
    matching: Matching,
    #[serde(default)]
    n: Option<u32>,
    #[serde(default)]
    picked: bool,
    #[serde(default)]
    payment: Option<PaymentId>,
    #[serde(default)]
    shares: Vec<Share>,
}

impl Lies {
    /// `None` for a state of another kind, and for one whose words were deleted with the round.
    fn read(state: Option<&Value>) -> Option<Self> {
        Self::deserialize(state?).ok()
    }
}

impl Seat {
    /// Both states of a row that gave a photo or a payment another place; `None` for any other row.
    pub(crate) fn placed(&self, row: &LogRow) -> Result<Option<(String, String)>, Failure> {
        let before = Lies::read(row.before.as_ref());
        let Some(after) = Lies::read(row.after.as_ref()) else {
            return Ok(None);
        };
        if let Some(payment) = after.payment {
            let before = before.map(|before| self.payer(&before));
            let texts = [self.payer(&after), self.payment_text(payment)];
            return Ok(Some((
                before.unwrap_or_default(),
                zh::in_one_line(texts.iter().map(String::as_str)),
            )));
        }
        let Subject::Submission(id) = row.subject else {
            return Ok(None);
        };
        let stays = before.as_ref().is_some_and(|before| {
            after.student.is_some()
                && (before.student, &before.matching) == (after.student, &after.matching)
        });
        // Whose it was by then: the photo may have gone to another student since.
        let whose = match after.student.filter(|_| stays) {
            Some(student) => self.student_text(student),
            None => self.holder(&after),
        };
        let before = before.map(|before| match stays {
            true => turn_text("", &before),
            false => turn_text(&self.holder(&before), &before),
        });
        let texts = [turn_text(&whose, &after), self.file_text(id)?];
        Ok(Some((
            before.unwrap_or_default(),
            zh::in_one_line(texts.iter().map(String::as_str)),
        )))
    }

    fn holder(&self, lies: &Lies) -> String {
        match &lies.matching {
            Matching::Matched { student, by } => self.student_by(*student, *by),
            Matching::Ambiguous { .. } if lies.student.is_some() => {
                zh::PLACE_IN_QUESTION.to_owned()
            }
            Matching::Ambiguous { candidates } => zh::place_of_several(candidates.len()),
            Matching::NotOnRoster { key } => zh::not_on_roster(key),
            Matching::Unknown => zh::PLACE_UNKNOWN.to_owned(),
            Matching::PutBack { from } => match self.store().student(*from) {
                Ok(student) => zh::put_back(&student.draft.student_no, &student.draft.name),
                Err(_) => zh::PLACE_PUT_BACK.to_owned(),
            },
            Matching::Dismissed { .. } => zh::PLACE_DISMISSED.to_owned(),
        }
    }

    /// Whose a payment is, and what each has of it where it was divided.
    fn payer(&self, lies: &Lies) -> String {
        if !lies.shares.is_empty() {
            let parts = lies.shares.iter();
            let parts: Vec<_> = parts
                .map(|share| (self.student_text(share.student), yuan(share.fen)))
                .collect();
            return zh::fee_parts(&parts);
        }
        match &lies.matching {
            Matching::Matched { student, by } => self.student_by(*student, *by),
            other => crate::fee::how(other),
        }
    }

    fn student_by(&self, student: StudentId, by: MatchKey) -> String {
        match self.store().student(student) {
            Ok(student) => zh::place_with(&student.draft.student_no, &student.draft.name, by),
            Err(_) => zh::STUDENT_GONE.to_owned(),
        }
    }

    fn student_text(&self, student: StudentId) -> String {
        match self.store().student(student) {
            Ok(student) => format!("{} {}", student.draft.student_no, student.draft.name),
            Err(_) => zh::STUDENT_GONE.to_owned(),
        }
    }

    /// Which payment it is; empty once its list was taken out.
    fn payment_text(&self, payment: PaymentId) -> String {
        self.store().payment(payment).map_or_else(
            |_| String::new(),
            |row| zh::place_of_payment(&yuan(row.payment.amount_fen), &row.source, row.source_row),
        )
    }

    /// Which file it is: name, size, when it came. Empty once it was deleted with its round.
    fn file_text(&self, id: SubmissionId) -> Result<String, Failure> {
        let Ok(row) = self.store().submission(id) else {
            return Ok(String::new());
        };
        let SubmissionRow {
            photo,
            received_at,
            round,
            ref file_name,
            ..
        } = row;
        let measured = self.store().measurements(photo, MEASUREMENT_VERSION);
        let measured = measured.map_err(|error| store(&error))?;
        let size = measured
            .as_ref()
            .and_then(picture)
            .map(|size| (size.width_px, size.height_px));
        Ok(zh::file_came(
            &self.shown_name(round, file_name),
            size,
            &local_time(received_at),
        ))
    }
}

/// With whom a photo lies, where that is told, and as which of theirs.
fn turn_text(whose: &str, lies: &Lies) -> String {
    let turn = lies.n.map_or_else(String::new, zh::submission_turn);
    let picked = if lies.picked { zh::PLACE_PICKED } else { "" };
    let parts = [whose, &turn, picked];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("，")
}
