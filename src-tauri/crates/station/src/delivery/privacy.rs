//! Whether what staff typed tells of a student in a delivery of 采集码模式: its texts stand in the account.

use std::collections::BTreeSet;

use zhaoshen_exchange::delivery::{Placeholder, tells_of};
use zhaoshen_store::Store;

use super::draft::Draft;
use crate::failure::store;
use crate::wire::{DeliveryMode, DeliveryOptions, Failure};
use crate::zh;

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
    let students = store_.students(draft.round.id);
    for student in students.map_err(|error| store(&error))? {
        let told = texts
            .iter()
            .find(|(_, text)| tells_of(text, &student.draft));
        if let Some((title, _)) = told {
            return Ok(Some(zh::text_tells_of(title, &student.draft.student_no)));
        }
    }
    Ok(None)
}
