//! Photos that the studio gave back are rejected here, so that their students are told; rows that mean nothing are put
//! aside.

use std::collections::HashSet;

use zhaoshen_model::{Decision, DecisionKind, ReasonChoice, ReceiptId, StudentId};
use zhaoshen_store::{Seen, Target};

use super::paper::NAMED_MOST;
use super::told::Teller;
use crate::app::{count, now};
use crate::failure::{refused, store};
use crate::wire::{Failure, ReceiptsDrop, ReceiptsDropped, ReceiptsReject, ReceiptsRejected};
use crate::{Seat, zh};

impl Seat {
    /// Puts rows of receipts aside, so that they count no longer; one act.
    ///
    /// # Errors
    /// Refused without a reviewer, or for a row of another round.
    pub fn receipts_drop(&self, args: ReceiptsDrop) -> Result<ReceiptsDropped, Failure> {
        let rows: Vec<ReceiptId> = args.receipts.into_iter().map(ReceiptId).collect();
        let round = self.round(args.round)?.id;
        let standing = self.store().receipts(round);
        let standing = standing.map_err(|error| store(&error))?.into_iter();
        let students = standing
            .filter(|row| rows.contains(&row.id))
            .filter_map(|row| row.matching.student());
        let mut whom: Vec<StudentId> = students.collect();
        whom.sort();
        whom.dedup();
        if whom.len() > NAMED_MOST {
            whom.clear();
        }
        let dropped = self
            .store()
            .drop_receipts(round, &rows, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        Ok(ReceiptsDropped {
            dropped: count(dropped),
            whom: self.students_named(whom),
        })
    }

    /// Rejects approved photos for the reasons for which the studio gave them back; one act.
    ///
    /// # Errors
    /// Refused without a reviewer, or when there is none such; a conflict when somebody decided meanwhile.
    pub fn receipts_reject(&self, args: ReceiptsReject) -> Result<ReceiptsRejected, Failure> {
        let round = self.round(args.round)?.id;
        let reviewer = self.reviewer()?;
        let loaded = self.reconciled(round)?;
        let teller = Teller::new(&loaded);
        let wanted: HashSet<ReceiptId> = args.receipts.into_iter().map(ReceiptId).collect();
        let rejections: Vec<(Target, Decision)> = loaded
            .returned()
            .filter_map(|row| {
                let receipt = loaded.receipts.get(&row.receipt?)?;
                let submission = row.submission?;
                if !wanted.is_empty() && !wanted.contains(&receipt.id) {
                    return None;
                }
                let seen = Seen::from(loaded.decisions.get(&submission).map(|(id, _)| *id));
                let source =
                    zh::receipt_source(&receipt.source, &receipt.source_cell, receipt.delivery);
                let decision = Decision {
                    kind: DecisionKind::Rejected,
                    reasons: vec![ReasonChoice {
                        code: None,
                        text: zh::returned_reason(&teller.shown(receipt.why())),
                    }],
                    note: zh::returned_note(&teller.shown(&source)),
                    reviewer: reviewer.clone(),
                };
                Some((Target { submission, seen }, decision))
            })
            .collect();
        if rejections.is_empty() {
            return Err(refused(zh::NOTHING_RETURNED));
        }
        let rejected = self
            .store()
            .reject_returned(round, &rejections, now())
            .map_err(|error| store(&error))?;
        Ok(ReceiptsRejected {
            rejected: count(rejected.len()),
        })
    }
}
