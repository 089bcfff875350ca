//! # Checks
//! That the face has the detail its pixels promise: that it was not enlarged from a small picture.
//!
//! # Source clause
//! Studios check 像素低; 99号 一3: 层次清晰. The limit is the station's own.
//!
//! # How it is measured
//! Where the spectrum of eyes and face drops by 7 dB below its steady fall, as a share of the highest
//! frequency: 0.5 says that a picture of half the width and height would hold all there is. Faces of
//! more than 160 px between the eyes are scaled down to that first.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! Photos out of focus or blurred by denoising have as little detail; that it is enlarged, only a
//! person can say.

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::{quantity, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "SHARP-04",
    id: "enlarged",
    family: Family::Sharpness,
    applies: Applies::Submission,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("enlarged.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    subject.face()?;
    let Some(share) = subject.trace()?.resolved_share else {
        return Ok(draft.pass(say::TOO_SMALL_TO_TELL, &[]));
    };
    let reading = Reading::new(quantity::DETAIL, share, Unit::Ratio, draft.band());
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "实际细节"),
    Case::new(
        "enlarged twice",
        |f| f.trace().resolved_share = Some(0.5),
        Severity::Warn,
        "50%",
    ),
    Case::new(
        "cut off",
        |f| f.trace().resolved_share = None,
        Severity::Pass,
        "太小",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
