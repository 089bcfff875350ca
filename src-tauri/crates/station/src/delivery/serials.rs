//! Whether the serial numbers beneath prints are those by which files were delivered: whoever pairs paper with files by them
//! would else pair the wrong people.

use std::collections::HashMap;

use zhaoshen_model::SubmissionId;
use zhaoshen_store::Store;

use super::draft::Draft;
use super::frozen::Frozen;
use super::how::How;
use crate::failure::store;
use crate::wire::Failure;

/// The last delivery that left the office with serial numbers as names, and how many photos have another number now.
pub(super) struct Otherwise {
    /// 第几次交付.
    pub(super) number: u32,
    /// Photos.
    pub(super) photos: usize,
}

impl Otherwise {
    /// `None` where no photo has another number, or no file was named by one.
    pub(super) fn of(store_: &Store, draft: &Draft) -> Result<Option<Self>, Failure> {
        let round = draft.round.id;
        let rows = store_.deliveries(round).map_err(|error| store(&error))?;
        for row in rows.iter().rev().filter(|row| !row.in_house) {
            let how = store_.delivery_how(round, row.number);
            let how: Option<How> = how
                .map_err(|error| store(&error))?
                .and_then(|how| serde_json::from_value(how).ok());
            if !how.is_some_and(|how| how.names_by_serial()) {
                continue;
            }
            let kept = store_.delivery_again(round, row.number);
            let frozen: Option<Frozen> = kept
                .map_err(|error| store(&error))?
                .and_then(|kept| serde_json::from_str(&kept).ok());
            return Ok(frozen.and_then(|frozen| {
                let photos = differing(&frozen, draft);
                (photos > 0).then_some(Self {
                    number: row.number,
                    photos,
                })
            }));
        }
        Ok(None)
    }
}

fn differing(frozen: &Frozen, draft: &Draft) -> usize {
    let files = draft.plan.files.iter();
    let now: HashMap<SubmissionId, usize> = files
        .map(|file| (file.item.submission, file.serial))
        .collect();
    let differs = |submission, serial| now.get(&submission).is_some_and(|now| *now != serial);
    let held = frozen.files.iter();
    held.filter(|file| differs(file.submission, file.serial))
        .count()
}
