//! One payment for several students: which look like one, and dividing it among them.
//!
//! What a remark says of two students may be a mistake as well, so it is offered and a person says so.

use std::collections::{HashMap, HashSet};

use zhaoshen_model::matching::MatchKey;
use zhaoshen_model::payment::{Share, amount_fen};
use zhaoshen_model::{PaymentId, Student, StudentId, name};

use crate::app::now;
use crate::failure::{refused, store};
use crate::wire::{Failure, FeeShare, FeeView, RoundRef};
use crate::{Seat, zh};

impl Seat {
    /// Divides a payment among the students for whom it was made together.
    ///
    /// # Errors
    /// Refused without a reviewer, for what is no amount, for shares that are not the whole payment, or for a student of
    /// another round.
    pub fn fee_share(&self, args: FeeShare) -> Result<FeeView, Failure> {
        let shares = args.shares.iter().map(|part| {
            let fen = amount_fen(&part.amount).ok_or_else(|| refused(zh::FEE_NO_AMOUNT))?;
            Ok(Share {
                student: StudentId(part.student),
                fen,
            })
        });
        let shares = shares.collect::<Result<Vec<_>, Failure>>()?;
        self.store()
            .share_payment(PaymentId(args.payment), &shares, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        self.fee_show(RoundRef { round: args.round })
    }
}

/// Whether a payment that fits several may be the fee of all of them: one key names each of them, and it is as much as
/// is asked of all. `told` are the keys that were read, and whose each is.
pub(super) fn may_be_together(
    candidates: &[StudentId],
    told: &[(StudentId, MatchKey)],
    students: &HashMap<StudentId, Student>,
    (amount_fen, fee_fen): (i64, i64),
) -> bool {
    let asked = i64::try_from(candidates.len()).map_or(0, |number| fee_fen.saturating_mul(number));
    if candidates.len() < 2 || fee_fen <= 0 || asked != amount_fen {
        return false;
    }
    let names_each = |key| (candidates.iter()).all(|student| told.contains(&(*student, key)));
    let numbers = [MatchKey::StudentNo, MatchKey::IdNumber, MatchKey::ExamNo];
    numbers.into_iter().any(names_each)
        || (names_each(MatchKey::Name) && have_names_of_their_own(candidates, students))
}

/// Whether no two of them have one name: that name would be one of them, not both.
fn have_names_of_their_own(
    candidates: &[StudentId],
    students: &HashMap<StudentId, Student>,
) -> bool {
    let names: HashSet<String> = (candidates.iter())
        .filter_map(|student| students.get(student))
        .map(|student| name::fold(&student.draft.name))
        .collect();
    names.len() == candidates.len()
}
