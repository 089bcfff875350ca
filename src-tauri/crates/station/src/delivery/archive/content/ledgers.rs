//! What was told to whom, which paper photos came, and who paid.

use serde_json::{Value, json};
use zhaoshen_model::{DecisionKind, StudentId};

use super::Content;
use crate::failure::store;
use crate::fee::Ledger;
use crate::wire::Failure;

impl Content<'_> {
    /// The notices that stand, first to last.
    pub(super) fn notices_json(&self) -> Result<Value, Failure> {
        let notices = self.station.store().notices(self.round.id);
        let notices = notices.map_err(|error| store(&error))?;
        let numbers = self.student_numbers();
        let rows = notices.iter().map(|notice| {
            let mut submissions = self.submissions.iter();
            let student = submissions
                .find(|row| row.id == notice.submission)
                .and_then(|row| row.student);
            // The text is not kept, and is made of the reasons that stood when it was sent.
            let decisions = self.decisions.get(&notice.submission);
            let rejection = decisions.into_iter().flatten().rev().find(|row| {
                row.decision.kind == DecisionKind::Rejected && row.decided_at <= notice.at
            });
            let reasons = rejection.map_or_else(Vec::new, |row| {
                let reasons = row.decision.reasons.iter();
                reasons.map(|reason| reason.text.as_str()).collect()
            });
            json!({
                "submission": notice.submission,
                "student": student,
                "student_no": student.and_then(|id| numbers.get(&id)),
                "told_at": notice.at,
                "told_by": notice.reviewer,
                "until": notice.deadline,
                "reasons": reasons,
            })
        });
        Ok(rows.collect())
    }

    /// The students whose paper photo has come.
    pub(super) fn paper_json(&self) -> Result<Value, Failure> {
        let paper = self.station.store().paper_photos(self.round.id);
        let numbers = self.student_numbers();
        let rows = paper.map_err(|error| store(&error))?;
        let rows = rows.into_iter().map(|student| {
            json!({
                "student": student,
                "student_no": numbers.get(&student),
            })
        });
        Ok(rows.collect())
    }

    /// The fee, every payment, and what those of each student on the roster come to.
    pub(super) fn fees_json(&self) -> Result<Value, Failure> {
        let ledger = Ledger::load(self.station.store(), self.round.id)?;
        let numbers = self.student_numbers();
        let number = |student: Option<StudentId>| student.and_then(|id| numbers.get(&id));
        let payments = ledger.payments().iter().map(|row| {
            json!({
                "payment": row.id,
                "student": row.student(),
                "student_no": number(row.student()),
                "matching": row.matching,
                "shares": row.shares.iter().map(|part| json!({
                    "student": part.student,
                    "student_no": number(Some(part.student)),
                    "amount_fen": part.fen,
                })).collect::<Vec<_>>(),
                "reference": row.payment.reference,
                "paid_at": row.payment.paid_at,
                "amount_fen": row.payment.amount_fen,
                "payer": row.payment.payer,
                "note": row.payment.note,
                "named": row.payment.named,
                "source": row.source,
                "source_row": row.source_row,
            })
        });
        let listed = self.students.iter().filter(|(_, listed)| *listed);
        let students = listed.map(|(student, _)| {
            json!({
                "student": student.id,
                "student_no": student.draft.student_no,
                "paid_fen": ledger.paid(student.id),
                "state": ledger.state(student.id).as_str(),
            })
        });
        Ok(json!({
            "fee_fen": ledger.fee.fee_fen,
            "hold": ledger.fee.hold,
            "payments": payments.collect::<Vec<_>>(),
            "students": students.collect::<Vec<_>>(),
        }))
    }
}
