//! # Checks
//! That glasses are neither sunglasses nor tinted.
//!
//! # Source clause
//! 99号 二3: 不得戴有色眼镜. The limits are the station's own. Coloured contact lenses stay with the reviewer.
//!
//! # How it is measured
//! Lightness of the skin right under each eye by that of the cheek below, of the eye where it
//! is lighter, so that a shadow on one side is no tint; and the distance of both skins in hue
//! (`max_colour_shift`). Both only where glasses are seen (evidence of at least `glasses_evidence`); without
//! them skin must still be darker than `bare_lightness_ratio` to be taken for a lens.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, or the face leaves the picture.
//!
//! # Known false alarms
//! Dark rings under the eyes behind clear glasses; the shadow of a thick frame. Faintly tinted lenses
//! are overlooked.

use zhaoshen_model::{Finding, Mark, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "WEAR-02",
    id: "lenses-tinted",
    family: Family::Wear,
    applies: Applies::Always,
    also: &[
        "glasses_evidence",
        "bare_lightness_ratio",
        "max_colour_shift",
    ],
    measure,
    #[cfg(test)]
    source: include_str!("lenses_tinted.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let detail = subject.detail()?;
    let eyes = subject.face()?.regions.eyes;
    let [left, right] = detail.lens_lightness_ratios;
    let wears = detail.glasses_evidence >= draft.also("glasses_evidence").unwrap_or(0.0);
    let (light, shift) = if wears {
        (draft.band(), draft.also("max_colour_shift"))
    } else {
        (draft.limits(draft.also("bare_lightness_ratio"), None), None)
    };
    let readings = [
        Reading::new(
            quantity::LENS_LIGHTNESS,
            left.max(right),
            Unit::Ratio,
            light,
        ),
        Reading::new(
            quantity::LENS_COLOUR,
            detail.lens_colour_shift,
            Unit::Score,
            draft.limits(None, shift),
        ),
    ];
    Ok(draft.mark(|| Mark::Rect { rect: eyes }).worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "为脸颊的 95%"),
    Case::new(
        "sunglasses",
        |f| {
            f.detail().glasses_evidence = 12.0;
            f.detail().lens_lightness_ratios = [0.25, 0.3];
        },
        Severity::Warn,
        "30%",
    ),
    Case::new(
        "sunglasses whose frame is not seen",
        |f| f.detail().lens_lightness_ratios = [0.25, 0.3],
        Severity::Warn,
        "30%",
    ),
    Case::new(
        "coloured lenses",
        |f| {
            f.detail().glasses_evidence = 9.0;
            f.detail().lens_colour_shift = 25.0;
        },
        Severity::Warn,
        "颜色相差 25",
    ),
    Case::new(
        "dark rings without glasses",
        |f| f.detail().lens_lightness_ratios = [0.65, 0.65],
        Severity::Pass,
        "65%",
    ),
    Case::new(
        "a shadow on one side",
        |f| {
            f.detail().glasses_evidence = 9.0;
            f.detail().lens_lightness_ratios = [0.4, 0.9];
        },
        Severity::Pass,
        "90%",
    ),
    Case::new(
        "not measured",
        |f| f.measurements.detail = None,
        Severity::Unknown,
        "脸部细节没有测出",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
