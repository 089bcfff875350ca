//! # Checks
//! That no reflection on glasses hides the eyes; where the profile refuses glasses, that none are worn.
//!
//! # Source clause
//! 99号 二3: 常戴眼镜者应配戴眼镜，不得戴有色眼镜，镜框不得遮挡眼睛，眼镜不能有反光. The limits are the
//! station's own. Whether the frame hides an eye stays with the reviewer.
//!
//! # How it is measured
//! Share of the area a lens covers that is far lighter than the cheek and colourless, of the eye that
//! has more. Further, only where the profile sets `max_glasses_evidence`: how much the face
//! shows lines like bridge, rims and arms, which is a hint.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, or the face leaves the picture.
//!
//! # Known false alarms
//! For reflections: none seen on bare eyes. For glasses: deep creases under the eyes and beside the
//! nose together; very thin or rimless frames in a small picture are overlooked.

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
    code: "WEAR-01",
    id: "glasses-hide-eyes",
    family: Family::Wear,
    applies: Applies::Always,
    also: &["max_glasses_evidence"],
    measure,
    #[cfg(test)]
    source: include_str!("glasses_hide_eyes.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let detail = subject.detail()?;
    let eyes = subject.face()?.regions.eyes;
    let [left, right] = detail.glare_shares;
    let bare = draft
        .limits(None, draft.also("max_glasses_evidence"))
        .as_hint();
    let readings = [
        Reading::new(quantity::GLARE, left.max(right), Unit::Ratio, draft.band()),
        Reading::new(
            quantity::GLASSES,
            detail.glasses_evidence,
            Unit::Score,
            bare,
        ),
    ];
    Ok(draft.mark(|| Mark::Rect { rect: eyes }).worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "镜片反光面积比例 0%"),
    Case::new(
        "one lens reflects",
        |f| f.detail().glare_shares = [0.0, 0.4],
        Severity::Warn,
        "40%",
    ),
    Case::new(
        "glasses are fine in the standard",
        |f| f.detail().glasses_evidence = 11.0,
        Severity::Pass,
        "0%",
    ),
    Case::new(
        "glasses where they are refused",
        |f| {
            f.under("no-glasses");
            f.detail().glasses_evidence = 11.0;
        },
        Severity::Warn,
        "眼镜痕迹 11",
    ),
    Case::new(
        "no glasses where they are refused",
        |f| f.under("no-glasses"),
        Severity::Pass,
        "0%",
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
