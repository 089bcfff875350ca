//! What of a student is shown, and whether what staff typed tells of one in a delivery of 采集码模式: its texts stand in the
//! account.

use std::collections::BTreeSet;

use zhaoshen_exchange::delivery::{Placeholder, SearchedText, Secrets};
use zhaoshen_model::{StudentDraft, identity};
use zhaoshen_store::Store;

use super::draft::Draft;
use crate::failure::store;
use crate::masking::without_id_numbers;
use crate::wire::{DeliveryMode, DeliveryOptions, Failure};
use crate::zh;

/// A text of the roster, or a name made of it, without the student's identity number.
pub(super) fn shown(text: &str, student: &StudentDraft) -> String {
    let own = identity::normalise(&student.id_number);
    without_id_numbers(text, |number| number == own)
}

/// What stops the delivery: a text of the account in which a student of the round is named.
pub(super) fn problem(
    store_: &Store,
    draft: &Draft,
    options: &DeliveryOptions,
) -> Result<Option<String>, Failure> {
    if options.mode != DeliveryMode::CollectionCode {
        return Ok(None);
    }
    let own_words = Placeholder::words_around(&options.template);
    let mut texts = BTreeSet::from([
        (zh::TEXT_PURPOSE, options.purpose.as_str()),
        (zh::TEXT_ROUND, draft.round.name.as_str()),
    ]);
    texts.extend(
        own_words
            .iter()
            .map(|word| (zh::TEXT_TEMPLATE, word.as_str())),
    );
    // Reasons are alike for many.
    let reasons = draft.plan.undelivered.iter();
    texts.extend(reasons.map(|one| (zh::TEXT_REASON, one.reason.as_str())));
    let texts = texts.into_iter();
    let texts: Vec<_> = texts
        .map(|(title, text)| (title, SearchedText::of(text)))
        .collect();
    let students = store_.students(draft.round.id);
    for student in students.map_err(|error| store(&error))? {
        let secrets = Secrets::of(&student.draft);
        let told = texts.iter().find(|(_, text)| secrets.stand_in(text));
        if let Some((title, _)) = told {
            return Ok(Some(zh::text_tells_of(title, &student.draft.student_no)));
        }
    }
    Ok(None)
}
