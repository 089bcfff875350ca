//! What went out before, of each photo: whether it would be the very same now.

use std::collections::{BTreeSet, HashMap};

use zhaoshen_model::profile::RenditionSpec;
use zhaoshen_model::{PhotoHash, Profile, RoundId, SubmissionId};
use zhaoshen_store::Store;

use super::draft::Source;
use super::frozen::Frozen;
use super::make::is_original;
use crate::failure::store;
use crate::wire::Failure;

/// The last delivery that held a photo, and what it held of it.
pub(super) struct Went {
    /// 第几次交付.
    pub(super) number: u32,
    /// `None` of one by an earlier version, which did not keep it.
    held: Option<WentAs>,
}

struct WentAs {
    recipe: [u64; 5],
    crop: Option<[u64; 4]>,
    code: Option<PhotoHash>,
}

impl Went {
    /// Of every photo of the round that was delivered: among what left the office, or what stayed there.
    pub(super) fn load(
        store_: &Store,
        round: RoundId,
        in_house: bool,
    ) -> Result<HashMap<SubmissionId, Self>, Failure> {
        let last = store_.delivered_in(round, in_house);
        let last = last.map_err(|error| store(&error))?;
        let numbers: BTreeSet<u32> = last.values().copied().collect();
        let mut held: HashMap<(u32, SubmissionId), WentAs> = HashMap::new();
        for number in numbers {
            let kept = store_.delivery_again(round, number);
            let kept = kept.map_err(|error| store(&error))?;
            let frozen: Option<Frozen> = kept.and_then(|kept| serde_json::from_value(kept).ok());
            let Some(frozen) = frozen else { continue };
            let recipe = recipe(&frozen.spec);
            held.extend(frozen.files.into_iter().map(|file| {
                let code = file.code.map(|code| code.original.unwrap_or(code.sha256));
                let crop = file.crop;
                ((number, file.submission), WentAs { recipe, crop, code })
            }));
        }
        let went = last.into_iter().map(|(submission, number)| {
            let held = held.remove(&(number, submission));
            (submission, Self { number, held })
        });
        Ok(went.collect())
    }

    /// Whether what would be delivered now is what was.
    pub(super) fn is_same(
        &self,
        source: &Source,
        profile: &Profile,
        code: Option<PhotoHash>,
    ) -> bool {
        let Some(held) = &self.held else {
            return true;
        };
        let rect = source.frame.rect;
        let bits = [rect.x, rect.y, rect.width, rect.height].map(f64::to_bits);
        let crop = (!is_original(source, profile)).then_some(bits);
        held.crop == crop && held.code == code && held.recipe == recipe(&profile.rendition)
    }
}

/// What of a standard decides the bytes of a finished file, besides its crop.
fn recipe(spec: &RenditionSpec) -> [u64; 5] {
    [
        spec.width_px.into(),
        spec.height_px.into(),
        spec.dpi.into(),
        spec.min_quality.into(),
        spec.max_bytes,
    ]
}
