//! What of a student is shown, and whether what staff typed tells of one in a delivery of 采集码模式: its texts stand in the
//! account.

use std::collections::BTreeSet;

use zhaoshen_exchange::delivery::{Placeholder, Roll};
use zhaoshen_model::{StudentDraft, identity};

use super::draft::Draft;
use crate::masking::{lines_without_id_numbers, without_id_numbers};
use crate::wire::{DeliveryOptions, PhotoInDoubt};
use crate::zh;

/// A text of the roster, or a name made of it, without the student's identity number.
pub(super) fn shown(text: &str, student: &StudentDraft) -> String {
    let own = identity::normalise(&student.id_number);
    without_id_numbers(text, |number| number == own)
}

/// What stops the delivery: the texts of the account, each said once for all photos, in which a student of the round is
/// named.
pub(super) fn problems(draft: &Draft, options: &DeliveryOptions) -> Vec<String> {
    let Some(roll) = &draft.roll else {
        return Vec::new();
    };
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
    let told = texts.into_iter().filter_map(|(title, text)| {
        let told = roll.in_typed(text)?;
        Some(zh::text_tells_of(title, &told.what()))
    });
    told.collect()
}

/// Photos that are left out and whose reasons, as somebody typed them, name a student: the account would say so.
pub(super) fn telling(draft: &Draft) -> Vec<PhotoInDoubt> {
    let Some(roll) = &draft.roll else {
        return Vec::new();
    };
    let rows = draft.typed.iter().filter_map(|(left_out, texts)| {
        let submission = left_out.submission?;
        let (text, told) = texts
            .iter()
            .find_map(|text| Some((text, roll.in_typed(text)?)))?;
        Some(PhotoInDoubt {
            student_no: left_out.student_no.clone(),
            name: left_out.name.clone(),
            college: left_out.college.clone(),
            why: zh::reason_tells_of(
                &lines_without_id_numbers(text, |number| draft.numbers.contains(number)),
                &told.what(),
            ),
            submission,
        })
    });
    rows.collect()
}

/// The title of the standard as the account may show it: where it is somebody's name it is not told.
pub(super) fn standard(draft: &Draft) -> String {
    let title = &draft.round.profile.title;
    let tells = |roll: &Roll| roll.in_typed(title).is_some();
    match draft.roll.as_ref().is_some_and(tells) {
        true => zh::LEFT_OUT.to_owned(),
        false => title.clone(),
    }
}
