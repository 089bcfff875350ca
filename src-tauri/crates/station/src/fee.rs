//! The fee ledger: reading lists of payments, whose each is, and who has paid what.
//!
//! The ledger only shows, unless the round says that photos of those who have not paid are held back from deliveries.
//! What is paid here goes to nobody: the station takes no money and asks no service.

mod lists;
mod share;
mod told;
mod wanted;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;
use zhaoshen_exchange::matching::Matcher;
use zhaoshen_exchange::payments::{PaymentTable, read_payments};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::payment::{FeeState, amount_fen, yuan};
use zhaoshen_model::{PaymentId, RoundId, StudentId};
use zhaoshen_store::{NewPayment, OddPayment, PaymentRow, Store};

use self::lists::{list_name, lists};
pub(crate) use self::told::how;
use self::told::part_view;
use self::wanted::Wanted;
use crate::app::{count, now};
use crate::failure::{exchange, refused, store};
use crate::masking::{id_numbers, shown};
use crate::roster::students_by_id;
use crate::wire::{
    Failure, FeeAsk, FeeAssign, FeeImport, FeeImported, FeePage, FeePayment, FeeRemove, FeeRow,
    FeeSet, FeeSkipped, FeeView, RoundRef, StudentsQuery,
};
use crate::{Seat, zh};

/// What the notices ask of a student, 分.
const FIRST_FEE_FEN: i64 = 2000;
/// Rows that are no payment and are told of one by one.
const SKIPPED_SHOWN: usize = 500;
/// Payments without a student that come in one answer; those behind them are on pages of their own.
const UNKNOWN_SHOWN: usize = 1000;

/// The fee of a round as it is kept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Fee {
    pub(crate) fee_fen: i64,
    /// Whether photos of students who have not paid in full are held back.
    pub(crate) hold: bool,
}

/// What was paid in a round, and what is asked.
pub(crate) struct Ledger {
    pub(crate) fee: Fee,
    payments: Vec<PaymentRow>,
    sums: HashMap<StudentId, i64>,
    /// Of whom no photo is collected, and so no fee asked.
    exempt: HashSet<StudentId>,
}

impl Ledger {
    pub(crate) fn load(store_: &Store, round: RoundId) -> Result<Self, Failure> {
        let payments = store_.payments(round).map_err(|error| store(&error))?;
        let mut sums: HashMap<StudentId, i64> = HashMap::new();
        for payment in &payments {
            for part in payment.parts() {
                *sums.entry(part.student).or_default() += part.fen;
            }
        }
        let exempt = store_.exempt(round).map_err(|error| store(&error))?;
        Ok(Self {
            fee: fee_of(store_, round)?,
            payments,
            sums,
            exempt: exempt.into_keys().collect(),
        })
    }

    /// Every payment of the round, first to last.
    pub(crate) fn payments(&self) -> &[PaymentRow] {
        &self.payments
    }

    /// What the student paid, 分.
    pub(crate) fn paid(&self, student: StudentId) -> i64 {
        self.sums.get(&student).copied().unwrap_or(0)
    }

    pub(crate) fn state(&self, student: StudentId) -> FeeState {
        let asked_fen = match self.exempt.contains(&student) {
            true => 0,
            false => self.fee.fee_fen,
        };
        FeeState::of(asked_fen, self.paid(student))
    }

    /// Whether the student is asked for the fee, or paid all the same.
    fn concerns(&self, student: StudentId) -> bool {
        !self.exempt.contains(&student) || self.paid(student) != 0
    }

    /// Whether no photo of the student is collected, and the fee was paid all the same.
    fn is_exempt_paid(&self, student: StudentId) -> bool {
        self.concerns(student) && self.exempt.contains(&student)
    }

    /// The ledger of a round that holds photos back until the fee is paid; `None` where nothing is held back.
    pub(crate) fn holding(store_: &Store, round: RoundId) -> Result<Option<Self>, Failure> {
        match fee_of(store_, round)?.hold {
            true => Self::load(store_, round).map(Some),
            false => Ok(None),
        }
    }

    /// Whether the student has not paid in full.
    pub(crate) fn owes(&self, student: StudentId) -> bool {
        matches!(self.state(student), FeeState::Unpaid | FeeState::Short)
    }
}

impl Seat {
    /// The fee of the round, who has paid, and the payments that have no student.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn fee_show(&self, args: RoundRef) -> Result<FeeView, Failure> {
        let round = self.round(args.round)?.id;
        let ledger = Ledger::load(self.store(), round)?;
        let students = students_by_id(self.store(), round)?;
        let elsewhere = self.store().payments_held_elsewhere(round);
        let elsewhere = elsewhere.map_err(|error| store(&error))?;
        let teller = self.teller(round, &ledger, students)?;
        let students = &teller.students;
        let of = |state| {
            count(
                students
                    .keys()
                    .filter(|id| ledger.concerns(**id) && ledger.state(**id) == state)
                    .count(),
            )
        };
        let unknown = teller.unknown(&ledger);
        let all: i64 = (ledger.payments.iter())
            .map(|row| row.payment.amount_fen)
            .sum();
        let given = teller.given(&ledger);
        let aside = unknown.aside.iter();
        let aside_fen: i64 = aside.map(|aside| aside.row.payment.amount_fen).sum();
        Ok(FeeView {
            fee: yuan(ledger.fee.fee_fen),
            hold: ledger.fee.hold,
            students: count(students.keys().filter(|id| ledger.concerns(**id)).count()),
            exempt_paid: count(
                (students.keys())
                    .filter(|id| ledger.is_exempt_paid(**id))
                    .count(),
            ),
            unpaid: of(FeeState::Unpaid),
            short: of(FeeState::Short),
            paid: of(FeeState::Paid),
            over: of(FeeState::Over),
            sum: yuan(given),
            unknown_sum: yuan(all - given - aside_fen),
            unknown_total: count(unknown.open.len()),
            aside_total: count(unknown.aside.len()),
            aside_sum: yuan(aside_fen),
            unknown: (unknown.all().into_iter().take(UNKNOWN_SHOWN))
                .map(|row| teller.payment(row, &ledger))
                .collect(),
            lists: lists(&ledger.payments, elsewhere),
        })
    }

    /// A page of the ledger in the order of 学号.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn fee_list(&self, args: FeeAsk) -> Result<FeePage, Failure> {
        let round = self.round(args.round)?.id;
        let ledger = Ledger::load(self.store(), round)?;
        let wanted = Wanted::of(&args.state);
        let query = StudentsQuery {
            round: args.round,
            text: args.text,
            state: String::new(),
            offset: args.offset,
            limit: args.limit,
        };
        let page = self.student_page(&query, |line| {
            ledger.concerns(line.student) && wanted.takes(&ledger, line.student)
        })?;
        let ids: Vec<StudentId> = page
            .students
            .iter()
            .map(|row| StudentId(row.student))
            .collect();
        let students = self.store().students_with(&ids);
        let students = students.map_err(|error| store(&error))?;
        let id_numbers = id_numbers(&students);
        let mut payments: HashMap<StudentId, Vec<FeePayment>> = HashMap::new();
        let here: HashSet<StudentId> = ids.into_iter().collect();
        for row in &ledger.payments {
            for part in row.parts() {
                if here.contains(&part.student) {
                    let view = part_view(row, part, &id_numbers);
                    payments.entry(part.student).or_default().push(view);
                }
            }
        }
        let rows = page.students.into_iter().map(|student| {
            let id = StudentId(student.student);
            FeeRow {
                state: ledger.state(id).as_str().to_owned(),
                paid: yuan(ledger.paid(id)),
                payments: payments.remove(&id).unwrap_or_default(),
                student,
            }
        });
        Ok(FeePage {
            total: page.total,
            rows: rows.collect(),
        })
    }

    /// Sets the fee of the round.
    ///
    /// # Errors
    /// Refused for what is no amount.
    pub fn fee_set(&self, args: FeeSet) -> Result<FeeView, Failure> {
        let round = self.open_round(args.round)?.id;
        let fee_fen = amount_fen(&args.fee).filter(|fee| *fee >= 0);
        let fee = Fee {
            fee_fen: fee_fen.ok_or_else(|| refused(zh::FEE_NO_AMOUNT))?,
            hold: args.hold,
        };
        self.store()
            .set_round_setting(
                round,
                (&setting_of(round), &json!(fee)),
                &self.clerk()?,
                now(),
            )
            .map_err(|error| store(&error))?;
        self.fee_show(RoundRef { round: args.round })
    }

    /// Reads a list of payments. What was read before is not read twice, so the bill of every week may be read whole.
    ///
    /// # Errors
    /// When the file is no list of payments, protected or damaged; refused without a reviewer.
    pub fn fee_import(&self, args: FeeImport) -> Result<FeeImported, Failure> {
        let round = self.round(args.round)?.id;
        let reviewer = self.reviewer()?;
        let (file, table) =
            read_payments(Path::new(&args.path)).map_err(|error| exchange(&error))?;
        let students = self
            .store()
            .students(round)
            .map_err(|error| store(&error))?;
        let payments = new_payments(&table, &Matcher::new(&students));
        let known = self.store().payments(round);
        let file = list_name(file, &payments, &known.map_err(|error| store(&error))?);
        let mut added = self
            .store()
            .record_payments(round, &file, &payments, &reviewer, now())
            .map_err(|error| store(&error))?;
        let mut skipped = self.odd_told(std::mem::take(&mut added.odd), &table)?;
        skipped.extend(table.skipped.iter().map(|row| FeeSkipped {
            cell: row.cell.clone(),
            why: shown(&row.why_zh),
        }));
        let skipped_total = count(skipped.len());
        skipped.truncate(SKIPPED_SHOWN);
        Ok(FeeImported {
            skipped_total,
            file,
            added: count(added.payments),
            refunds: count(added.refunds),
            known: count(added.known),
            updated: count(added.lessened),
            matched: count(added.matched),
            skipped,
        })
    }

    /// What to say of payments that were not added, and why.
    fn odd_told(
        &self,
        odd: Vec<OddPayment>,
        table: &PaymentTable,
    ) -> Result<Vec<FeeSkipped>, Failure> {
        let cells: HashMap<u32, &str> = (table.rows.iter().chain(&table.returned))
            .map(|row| (row.row, row.cell.as_str()))
            .collect();
        let told = odd.into_iter().map(|odd| {
            let (row, why) = match odd {
                OddPayment::Alike { row, known } => {
                    let known = self.store().payment(known);
                    let known = known.map_err(|error| store(&error))?;
                    let known = zh::fee_source(&known.source, known.source_row);
                    (row, zh::fee_alike(&known))
                }
                OddPayment::More {
                    row,
                    booked_fen,
                    listed_fen,
                } => (row, zh::fee_more(&yuan(booked_fen), &yuan(listed_fen))),
                OddPayment::Stray { row } => (row, zh::FEE_STRAY.to_owned()),
            };
            let cell = cells.get(&row).copied().unwrap_or_default().to_owned();
            Ok(FeeSkipped { cell, why })
        });
        told.collect()
    }

    /// Takes a list out of the ledger again.
    ///
    /// # Errors
    /// Refused without a reviewer.
    pub fn fee_remove(&self, args: FeeRemove) -> Result<FeeView, Failure> {
        let round = self.round(args.round)?.id;
        self.store()
            .remove_payments(round, &args.file, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        self.fee_show(RoundRef { round: args.round })
    }

    /// Says whose a payment is, or that it is nobody's of this round.
    ///
    /// # Errors
    /// Refused without a reviewer, or for a student of another round.
    pub fn fee_assign(&self, args: FeeAssign) -> Result<FeeView, Failure> {
        self.store()
            .assign_payment(
                PaymentId(args.payment),
                args.student.map(StudentId),
                &self.reviewer()?,
                now(),
            )
            .map_err(|error| store(&error))?;
        self.fee_show(RoundRef { round: args.round })
    }

    /// Looks again at the payments without a student and at those that a name alone gave to one, after the roster changed.
    pub(crate) fn rematch_payments(
        &self,
        round: RoundId,
        matcher: &Matcher,
    ) -> Result<(), Failure> {
        let rows = self
            .store()
            .payments(round)
            .map_err(|error| store(&error))?;
        let found: Vec<(PaymentId, Matching)> = rows
            .into_iter()
            .filter_map(|row| Some((row.id, matched_anew(&row, matcher)?)))
            .collect();
        self.store()
            .rematch_payments(&found)
            .map_err(|error| store(&error))
    }
}

fn setting_of(round: RoundId) -> String {
    format!("fee:{round}")
}

fn fee_of(store_: &Store, round: RoundId) -> Result<Fee, Failure> {
    let kept = store_
        .setting(&setting_of(round))
        .map_err(|error| store(&error))?;
    let kept = kept.and_then(|value| serde_json::from_value(value).ok());
    Ok(kept.unwrap_or(Fee {
        fee_fen: FIRST_FEE_FEN,
        hold: false,
    }))
}

const fn is_dismissed(row: &PaymentRow) -> bool {
    !row.is_shared() && matches!(row.matching, Matching::Dismissed { .. })
}

/// What a changed roster says of a payment where it says anything new: whose one is that had nobody, and that one matched
/// by name alone may be another's. What a number or a person said stays.
fn matched_anew(row: &PaymentRow, matcher: &Matcher) -> Option<Matching> {
    if row.is_shared() {
        return None;
    }
    let by_name = match row.matching {
        Matching::Matched {
            student,
            by: MatchKey::Name,
        } => Some(student),
        Matching::Matched { .. } | Matching::Dismissed { .. } => return None,
        _ => None,
    };
    let matching = match (matcher.match_payment(&row.payment), by_name) {
        (matching, None) => matching,
        (Matching::Ambiguous { mut candidates }, Some(student)) => {
            if !candidates.contains(&student) {
                candidates.push(student);
            }
            Matching::Ambiguous { candidates }
        }
        (Matching::Matched { student: other, .. }, Some(student)) if other != student => {
            Matching::Ambiguous {
                candidates: vec![student, other],
            }
        }
        _ => return None,
    };
    (matching != row.matching).then_some(matching)
}

fn new_payments(table: &PaymentTable, matcher: &Matcher) -> Vec<NewPayment> {
    let rows = (table.rows.iter().chain(&table.returned)).map(|row| NewPayment {
        key: row.key.clone(),
        payment: row.payment.clone(),
        source_row: row.row,
        matching: matcher.match_payment(&row.payment),
        returned_fen: row.returned_fen,
        refund: row.refund.clone(),
        is_spent: row.is_spent,
    });
    rows.collect()
}
