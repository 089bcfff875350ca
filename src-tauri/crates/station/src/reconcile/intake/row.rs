//! One row of a list beside what stands of its student: whom it names, which photo it is about, what it would silence.

use std::collections::HashSet;

use zhaoshen_exchange::receipts::{ReceiptRow as Read, ReceiptTable, SkippedReceipt};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::receipt::{ReceiptState, speaks_of_return};
use zhaoshen_model::{StudentKeys, SubmissionId, identity};
use zhaoshen_store::ReceiptRow;

use crate::reconcile::books::Loaded;
use crate::zh;

/// All that a row says: whom and which file it names, its state, its words, and a reason apart from them.
pub(super) type Words<'a> = (
    &'a StudentKeys,
    &'a str,
    ReceiptState,
    (&'a str, Option<&'a str>),
);

pub(super) fn words_of(row: &ReceiptRow) -> Words<'_> {
    let said = (row.text.as_str(), row.reason.as_deref());
    (&row.named, &row.file_name, row.state, said)
}

/// Whether a row has no student by its columns: it is about nobody, or several, or a person said whose it is.
pub(super) fn is_asked_about(row: &ReceiptRow) -> bool {
    match row.matching {
        Matching::Matched { by, .. } => by == MatchKey::ByHand,
        _ => true,
    }
}

/// Whom a row names, in the words of the list.
pub(super) fn told_of(row: &Read) -> String {
    let named = &row.named;
    let words = [&named.student_no, &named.exam_no, &named.name];
    let told: Vec<&str> = words
        .map(|word| word.trim())
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    match (told.is_empty(), row.file_name.as_str()) {
        (false, _) => told.join(" "),
        (true, "") => identity::mask(&identity::normalise(&named.id_number)),
        (true, file) => file.to_owned(),
    }
}

/// Whether a person said already what words that say neither yes nor no mean.
pub(super) fn is_settled(known: &ReceiptRow, row: &Read) -> bool {
    row.state == ReceiptState::Unsettled && known.state != row.state && says_same(known, row)
}

/// Whether a row that stands says what this one does, by itself or by what a person took its words for.
pub(super) fn says_same(known: &ReceiptRow, row: &Read) -> bool {
    // The reason of a row that was taken for a return may be one that a person wrote.
    let is_settled = known.reason.is_some()
        && (known.state, row.state) == (ReceiptState::Returned, ReceiptState::Unsettled);
    known.state.may_stand_for(row.state)
        && known.text == row.text
        && (known.reason == row.reason || is_settled)
}

/// Whether a row that stands is about the photo that is answered, and of the delivery that is named, if one is.
pub(super) fn says_of(
    known: &ReceiptRow,
    answers: Option<(SubmissionId, u32)>,
    named: Option<u32>,
) -> bool {
    known.submission == answers.map(|(submission, _)| submission)
        && (named.is_none() || known.delivery == named)
}

/// Rows that name a delivery that never was say nothing: they are told by their cell.
pub(super) fn put_aside_unknown_deliveries(table: &mut ReceiptTable, loaded: &Loaded) {
    let known: HashSet<u32> = loaded.files.iter().map(|file| file.delivery).collect();
    let skipped = &mut table.skipped;
    table.rows.retain(|row| {
        let unknown = row.delivery.filter(|number| !known.contains(number));
        if let Some(number) = unknown {
            skipped.push(SkippedReceipt {
                cell: row.cell.clone(),
                why_zh: zh::receipt_no_such_delivery(number),
            });
        }
        unknown.is_none()
    });
}

/// The row as it is kept where it says that the studio took a photo which it gave back by a row that stands: as words that
/// a person is to settle. Which list is the newer one no list says reliably, and a return never goes by itself. `None`
/// where it silences none, also where somebody decided on the photo since.
pub(super) fn contrary(
    row: &Read,
    standing: &[&ReceiptRow],
    answers: Option<(SubmissionId, u32)>,
    loaded: &Loaded,
) -> Option<Read> {
    let (submission, _) = answers.filter(|_| row.state == ReceiptState::Accepted)?;
    let decided = loaded.decided_at.get(&submission);
    let silenced = standing.iter().rev().find(|known| {
        known.submission == Some(submission)
            && gives_back(known)
            // Neither is one that was asked about for another's sake: its own words would be quoted in turn.
            && !zh::is_receipt_contrary(&known.text)
            && decided.is_none_or(|at| *at <= known.read_at)
    })?;
    let words = zh::receipt_contrary(
        &row.text,
        &zh::receipt_source(&silenced.source, &silenced.source_cell, silenced.delivery),
    );
    Some(Read {
        state: ReceiptState::Unsettled,
        text: words,
        reason: Some(silenced.why().to_owned()),
        ..row.clone()
    })
}

/// Whether a row says that the photo was given back, or that among other things.
pub(in crate::reconcile) fn gives_back(row: &ReceiptRow) -> bool {
    match row.state {
        ReceiptState::Returned => true,
        ReceiptState::Unsettled => row.reason.is_some() || speaks_of_return(&row.text),
        _ => false,
    }
}
