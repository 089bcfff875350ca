//! Reconciliation (核对): what is open between roster, photos, decisions, deliveries and receipts.
//!
//! What a difference is, says [`zhaoshen_model::reconciliation`]; here the books are read for it and its answer is told.

mod assign;
pub(crate) mod books;
mod closing;
pub(crate) mod files;
mod intake;
mod otherwise;
mod paper;
mod reject;
mod rematch;
mod told;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use zhaoshen_model::RoundId;
use zhaoshen_model::reconciliation::{DifferenceKind, Part, Sum, SumOf};

use self::books::Loaded;
pub(crate) use self::closing::SavedTo;
use self::told::Teller;
use crate::app::{count, local_time};
use crate::job::lock;
use crate::wire::{
    Failure, ReceiptList, ReconcileAsk, ReconcileKind, ReconcilePage, ReconcilePart, ReconcileSum,
    ReconcileView, RoundRef,
};
use crate::{Seat, zh};

/// Most rows in one page.
const PAGE_MAX: u32 = 1000;
/// In place of a kind of difference: those of every kind.
const ALL_KINDS: &str = "all";

/// The round reconciled last.
#[derive(Debug, Default)]
pub(crate) struct Reconciled(Mutex<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    round: RoundId,
    /// [`zhaoshen_store::Store::writes`] when it was read.
    writes: u64,
    loaded: Arc<Loaded>,
}

impl Seat {
    /// The sums of a round and its differences by kind.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn reconcile_show(&self, args: RoundRef) -> Result<ReconcileView, Failure> {
        let loaded = self.reconciled(self.round(args.round)?.id)?;
        let sum = |of: SumOf| loaded.done.sums.iter().find(|sum| sum.of == of);
        let clear = sum(SumOf::Clear);
        Ok(ReconcileView {
            sums: sums(&loaded),
            kinds: kinds(&loaded),
            differences: count(loaded.done.differences.len()),
            students: count(clear.map_or(0, |sum| sum.whole)),
            clear: count(clear.map_or(0, |sum| sum.part(Part::Clear))),
            returned: count(loaded.returned().count()),
            lists: lists(&loaded),
            deliveries: loaded.deliveries,
        })
    }

    /// A page of the differences, by kind and 学号.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn reconcile_list(&self, args: ReconcileAsk) -> Result<ReconcilePage, Failure> {
        let loaded = self.reconciled(self.round(args.round)?.id)?;
        let kind = DifferenceKind::parse(&args.kind);
        let needle = args.text.trim().to_lowercase();
        let teller = Teller::new(&loaded);
        let found: Vec<_> = loaded
            .done
            .differences
            .iter()
            .filter(|row| kind.is_none_or(|kind| row.kind == kind))
            .filter(|row| needle.is_empty() || teller.has(row, &needle))
            .collect();
        let page = found
            .iter()
            .skip(args.offset as usize)
            .take(args.limit.min(PAGE_MAX) as usize);
        Ok(ReconcilePage {
            total: count(found.len()),
            rows: page.map(|row| teller.row(row)).collect(),
        })
    }

    /// The round's books held against each other, from memory where nothing was written since.
    fn reconciled(&self, round: RoundId) -> Result<Arc<Loaded>, Failure> {
        let mut kept = lock(&self.inner.reconciled.0);
        // Taken first: a write meanwhile makes the next question read again.
        let writes = self.store().writes();
        if let Some(known) = kept
            .as_ref()
            .filter(|known| known.round == round && known.writes == writes)
        {
            return Ok(Arc::clone(&known.loaded));
        }
        let loaded = Arc::new(Loaded::load(self.store(), round)?);
        *kept = Some(Kept {
            round,
            writes,
            loaded: Arc::clone(&loaded),
        });
        Ok(loaded)
    }
}

fn sums(loaded: &Loaded) -> Vec<ReconcileSum> {
    let told = loaded.done.sums.iter().map(|sum| ReconcileSum {
        title: zh::sum(sum.of).to_owned(),
        whole: count(sum.whole),
        parts: sum
            .parts
            .iter()
            .map(|(part, number)| ReconcilePart {
                title: match is_unbegun(sum, *part) {
                    true => zh::PAPER_UNBEGUN,
                    false => zh::part(*part),
                }
                .to_owned(),
                number: count(*number),
                kind: listed_by(*part).to_owned(),
            })
            .collect(),
    });
    told.collect()
}

/// Word of the list that those of a part stand in; empty for none.
fn listed_by(part: Part) -> &'static str {
    match part {
        Part::Differing => ALL_KINDS,
        part => part.listed_by().map_or("", DifferenceKind::as_str),
    }
}

/// Whether the part counts paper photos that are to come in a round in which none was ticked off: they are no differences,
/// since the round may take none, and the page that is signed says so.
fn is_unbegun(sum: &Sum, part: Part) -> bool {
    part == Part::Absent
        && sum.part(Part::Absent) > 0
        && sum.part(Part::Arrived) + sum.part(Part::Besides) == 0
}

fn kinds(loaded: &Loaded) -> Vec<ReconcileKind> {
    let counts = loaded.done.counts().into_iter();
    let told = counts.map(|(kind, number)| ReconcileKind {
        kind: kind.as_str().to_owned(),
        title: zh::difference(kind).to_owned(),
        remedy: zh::remedy(kind).to_owned(),
        count: count(number),
    });
    told.collect()
}

/// The lists in the order they were read.
fn lists(loaded: &Loaded) -> Vec<ReceiptList> {
    let mut lists: Vec<(ReceiptList, BTreeMap<_, ()>)> = Vec::new();
    for row in loaded.receipts.values() {
        let read_at = local_time(row.read_at);
        let known = lists
            .iter_mut()
            .find(|(list, _)| list.file == row.source && list.read_at == read_at);
        match known {
            Some((list, kinds)) => {
                list.rows += 1;
                kinds.insert(row.state.kind(), ());
            }
            None => lists.push((
                ReceiptList {
                    file: row.source.clone(),
                    kinds: String::new(),
                    rows: 1,
                    reviewer: row.reviewer.clone(),
                    read_at,
                },
                BTreeMap::from([(row.state.kind(), ())]),
            )),
        }
    }
    let told = lists.into_iter().map(|(list, kinds)| {
        let kinds: Vec<&str> = kinds.keys().map(|kind| kind.title()).collect();
        ReceiptList {
            kinds: kinds.join("、"),
            ..list
        }
    });
    told.collect()
}
