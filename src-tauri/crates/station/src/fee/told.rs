//! What is told of payments: each without identity numbers, and of those without a student whose they may be.

use std::collections::{HashMap, HashSet};

use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::payment::{Share, yuan};
use zhaoshen_model::{PhotoHash, RoundId, Student, StudentId};
use zhaoshen_store::PaymentRow;

use super::{Ledger, UNKNOWN_SHOWN, is_dismissed, share};
use crate::app::count;
use crate::masking::{id_numbers, without_id_numbers};
use crate::needle::Needle;
use crate::roster::students_by_id;
use crate::wire::{
    Failure, FeeCandidate, FeePart, FeePayment, FeeUnknownAsk, FeeUnknownPage, StudentHit,
};
use crate::{Seat, several, zh};

impl Seat {
    /// A page of the payments that have no student, those put aside last.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn fee_unknown(&self, args: FeeUnknownAsk) -> Result<FeeUnknownPage, Failure> {
        let round = self.round(args.round)?.id;
        let ledger = Ledger::load(self.store(), round)?;
        let students = students_by_id(self.store(), round)?;
        let teller = self.teller(round, &ledger, students)?;
        let mut unknown = teller.unknown(&ledger).all();
        if let Some(needle) = Needle::of(&args.text) {
            unknown.retain(|row| {
                // As it is shown: an identity number is not looked through.
                let shown = payment_view(row.row, &teller.id_numbers);
                [&shown.text, &shown.reference, &shown.source]
                    .iter()
                    .any(|text| needle.is_in(text))
            });
        }
        let limit = (args.limit as usize).min(UNKNOWN_SHOWN);
        let page = unknown.iter().skip(args.offset as usize).take(limit);
        Ok(FeeUnknownPage {
            total: count(unknown.len()),
            rows: page.map(|row| teller.payment(*row, &ledger)).collect(),
        })
    }

    pub(super) fn teller(
        &self,
        round: RoundId,
        ledger: &Ledger,
        students: HashMap<StudentId, Student>,
    ) -> Result<Teller, Failure> {
        let fits_several = |row: &PaymentRow| matches!(row.matching, Matching::Ambiguous { .. });
        let several = match ledger.payments.iter().any(fits_several) {
            true => {
                let listed: Vec<Student> = students.values().cloned().collect();
                Some((Matcher::new(&listed), self.present_photos(round)?))
            }
            false => None,
        };
        Ok(Teller {
            id_numbers: id_numbers(students.values()),
            students,
            several,
            fee_fen: ledger.fee.fee_fen,
        })
    }
}

/// Tells of payments without a student, and whose they may be.
pub(super) struct Teller {
    id_numbers: HashSet<String>,
    pub(super) students: HashMap<StudentId, Student>,
    /// Where a payment fits several students: by which keys, and the photo that each has.
    several: Option<(Matcher, HashMap<StudentId, PhotoHash>)>,
    /// What is asked of one student, 分.
    fee_fen: i64,
}

impl Teller {
    /// The payments that no student of the roster has, or not all of.
    pub(super) fn unknown<'a>(&self, ledger: &'a Ledger) -> Unknown<'a> {
        let rows = ledger.payments.iter();
        let rows: Vec<&PaymentRow> = rows.filter(|row| !self.is_known(row)).collect();
        let settled = self.settled(ledger);
        let of = |row: &'a PaymentRow| UnknownRow {
            row,
            is_settled: !is_dismissed(row) && settled.contains(row.payment.reference.as_str()),
        };
        let (aside, open) = (rows.into_iter().map(of))
            .partition(|unknown| unknown.is_settled || is_dismissed(unknown.row));
        Unknown { open, aside }
    }

    fn is_known(&self, row: &PaymentRow) -> bool {
        let parts = row.parts();
        let is_listed = |part: &Share| self.students.contains_key(&part.student);
        !parts.is_empty() && parts.iter().all(is_listed)
    }

    /// The orders of which all was paid back and nothing is anybody's: there is nothing left to be given to a student.
    fn settled<'a>(&self, ledger: &'a Ledger) -> HashSet<&'a str> {
        let mut orders: HashMap<&str, (i64, bool)> = HashMap::new();
        for row in &ledger.payments {
            let order = orders.entry(row.payment.reference.as_str());
            let (sum, is_anybodys) = order.or_default();
            *sum += row.payment.amount_fen;
            *is_anybodys |= !row.parts().is_empty();
        }
        let is_settled = |(number, (sum, is_anybodys)): &(&str, (i64, bool))| {
            !number.is_empty() && *sum == 0 && !is_anybodys
        };
        let settled = orders.into_iter().filter(is_settled);
        settled.map(|(number, _)| number).collect()
    }

    /// What the students of the roster have of all payments, 分.
    pub(super) fn given(&self, ledger: &Ledger) -> i64 {
        let parts = ledger.payments.iter().flat_map(PaymentRow::parts);
        parts
            .filter(|part| self.students.contains_key(&part.student))
            .map(|part| part.fen)
            .sum()
    }

    pub(super) fn payment(&self, unknown: UnknownRow<'_>, ledger: &Ledger) -> FeePayment {
        let row = unknown.row;
        let mut view = payment_view(row, &self.id_numbers);
        if unknown.is_settled {
            view.dismissed = true;
            zh::FEE_SETTLED.clone_into(&mut view.how);
            return view;
        }
        if row.is_shared() {
            zh::FEE_SHARED_GONE.clone_into(&mut view.how);
            return view;
        }
        if let (Matching::Ambiguous { candidates }, Some((matcher, photos))) =
            (&row.matching, &self.several)
        {
            let told = matcher.payment_keys_told(&row.payment);
            let why = several::contradiction(candidates, &told, &self.students, zh::IN_PAYMENT);
            view.how = why.unwrap_or(view.how);
            let hits = several::hits(&row.matching, &self.students, photos);
            view.candidates = hits.into_iter().map(|hit| candidate(hit, ledger)).collect();
            let fen = row.payment.amount_fen;
            let back = share::proposed_back(divided_by(row, ledger), fen);
            if !back.is_empty() {
                view.how = zh::fee_back_together(back.len());
                view.together = parts_view(&back);
            } else if share::may_be_together(candidates, &told, &self.students, (fen, self.fee_fen))
            {
                view.how = zh::fee_together(candidates.len(), &yuan(self.fee_fen));
                let each = candidates.iter().map(|student| Share {
                    student: *student,
                    fen: fen.signum() * self.fee_fen,
                });
                view.together = parts_view(&each.collect::<Vec<_>>());
            }
        }
        view
    }
}

/// A student who may have made a payment, with what was paid by the same before.
fn candidate(hit: StudentHit, ledger: &Ledger) -> FeeCandidate {
    let paid = match ledger.paid(StudentId(hit.student)) {
        0 => String::new(),
        fen => yuan(fen),
    };
    FeeCandidate { hit, paid }
}

/// A payment that no student of the roster has, or not all of.
#[derive(Clone, Copy)]
pub(super) struct UnknownRow<'a> {
    pub(super) row: &'a PaymentRow,
    /// All of its order was paid back.
    is_settled: bool,
}

/// The payments that no student of the roster has.
pub(super) struct Unknown<'a> {
    /// Those that somebody is to be found for.
    pub(super) open: Vec<UnknownRow<'a>>,
    /// Those that are put aside.
    pub(super) aside: Vec<UnknownRow<'a>>,
}

impl<'a> Unknown<'a> {
    /// Every one, those put aside last.
    pub(super) fn all(self) -> Vec<UnknownRow<'a>> {
        let mut all = self.open;
        all.extend(self.aside);
        all
    }
}

/// How the payment was divided of whose order a refund is.
fn divided_by<'a>(refund: &PaymentRow, ledger: &'a Ledger) -> &'a [Share] {
    let number = &refund.payment.reference;
    let is_paid = |row: &&PaymentRow| {
        row.payment.amount_fen > 0 && !number.is_empty() && row.payment.reference == *number
    };
    let divided = ledger.payments.iter().filter(is_paid);
    divided
        .map(|row| row.shares.as_slice())
        .next()
        .unwrap_or_default()
}

fn parts_view(shares: &[Share]) -> Vec<FeePart> {
    let parts = shares.iter().map(|share| FeePart {
        student: share.student.0,
        amount: yuan(share.fen),
    });
    parts.collect()
}

/// What a student has of a payment, without identity numbers.
pub(super) fn part_view(row: &PaymentRow, part: Share, id_numbers: &HashSet<String>) -> FeePayment {
    let mut view = payment_view(row, id_numbers);
    if row.is_shared() {
        view.share = Some(yuan(part.fen));
        view.how = zh::fee_shared(row.shares.len(), &view.amount);
    }
    view
}

/// A payment without identity numbers.
pub(super) fn payment_view(row: &PaymentRow, id_numbers: &HashSet<String>) -> FeePayment {
    let payment = &row.payment;
    let named = &payment.named;
    let said = [
        &named.student_no,
        &named.id_number,
        &named.exam_no,
        &named.name,
        &payment.payer,
        &payment.note,
    ];
    let said: Vec<&str> = said
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    FeePayment {
        payment: row.id.0,
        amount: yuan(payment.amount_fen),
        paid_at: payment.paid_at.clone(),
        text: without_id_numbers(&said.join(" "), |number| id_numbers.contains(number)),
        reference: payment.reference.clone(),
        source: zh::fee_source(&row.source, row.source_row),
        how: how(&row.matching),
        dismissed: is_dismissed(row),
        candidates: Vec::new(),
        together: Vec::new(),
        share: None,
    }
}

/// How a payment found its student, or why it has none.
pub(crate) fn how(matching: &Matching) -> String {
    match matching {
        Matching::Matched { by, .. } => zh::fee_matched(zh::match_key(*by)),
        Matching::Ambiguous { candidates } => zh::fee_fits(candidates.len()),
        Matching::NotOnRoster { key } => zh::not_on_roster(key),
        Matching::Unknown | Matching::PutBack { .. } => zh::FEE_NOBODY_NAMED.to_owned(),
        Matching::Dismissed { .. } => zh::FEE_NOBODYS.to_owned(),
    }
}
