//! One payment for several students: which look like one, and dividing it among them.
//!
//! What a remark says of two students may be a mistake as well, so it is offered and a person says so.

use std::collections::{HashMap, HashSet};

use zhaoshen_model::matching::MatchKey;
use zhaoshen_model::payment::{Share, amount_fen, divides};
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

/// What each may have of `fen` that were paid back of a payment divided by `shares`: as much of his share as of all; what
/// cannot be divided so goes to the first. Nothing where somebody would have nothing.
pub(super) fn proposed_back(shares: &[Share], fen: i64) -> Vec<Share> {
    let whole: i64 = shares.iter().map(|share| share.fen).sum();
    if whole <= 0 || fen >= 0 || -fen > whole {
        return Vec::new();
    }
    let part = |share: &Share| {
        let exact = i128::from(share.fen) * i128::from(fen) / i128::from(whole);
        i64::try_from(exact).unwrap_or_default()
    };
    let mut back: Vec<Share> = (shares.iter())
        .map(|share| Share {
            student: share.student,
            fen: part(share),
        })
        .collect();
    let mut rest = fen - back.iter().map(|share| share.fen).sum::<i64>();
    for share in &mut back {
        let more = rest.max(-1);
        share.fen += more;
        rest -= more;
    }
    match divides(&back, fen) {
        true => back,
        false => Vec::new(),
    }
}

/// Whether a payment that fits several may be the fee of all of them, or that of all paid back: one key names each of them,
/// and it is as much as is asked of all. `told` are the keys that were read, and whose each is.
pub(super) fn may_be_together(
    candidates: &[StudentId],
    told: &[(StudentId, MatchKey)],
    students: &HashMap<StudentId, Student>,
    (amount_fen, fee_fen): (i64, i64),
) -> bool {
    let asked = i64::try_from(candidates.len()).map_or(0, |number| fee_fen.saturating_mul(number));
    if candidates.len() < 2 || fee_fen <= 0 || asked != amount_fen.abs() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_paid_back_is_proposed_by_the_shares() {
        for (shares, fen, expected) in [
            (vec![2000, 2000], -2000, vec![-1000, -1000]),
            (vec![2000, 2000], -4000, vec![-2000, -2000]),
            (vec![3000, 1000], -2000, vec![-1500, -500]),
            (vec![2000, 2000, 2000], -2000, vec![-667, -667, -666]),
            (vec![2000, 2000], -1, vec![]),
            (vec![2000, 2000], -4001, vec![]),
            (vec![2000, 2000], 2000, vec![]),
            (vec![], -2000, vec![]),
        ] {
            let of: Vec<Share> = (1..)
                .zip(&shares)
                .map(|(id, fen)| Share {
                    student: StudentId(id),
                    fen: *fen,
                })
                .collect();
            let back = proposed_back(&of, fen);
            let back: Vec<i64> = back.iter().map(|share| share.fen).collect();
            assert_eq!(back, expected, "{fen} of {shares:?}");
        }
    }
}
