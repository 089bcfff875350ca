//! # Checks
//! That the face is neither too large nor too small.
//!
//! # Source clause
//! 99号 四2: 脸部宽度（两脸颊之间）180像素至300像素.
//!
//! # How it is measured
//! Distance between the ends of the face at cheek height, in whole px of the final frame.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! Long hair over the cheeks makes the face read up to a few px narrower.

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
    code: "GEO-03",
    id: "face-width-out-of-band",
    family: Family::Geometry,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("face_width_out_of_band.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let draft = draft.cropped(subject.frame);
    let width = subject.frame.final_length(face.face_width_px).round();
    let (from, to) = (face.cheek_left, face.cheek_right);
    let reading = Reading::new(quantity::FACE_WIDTH, width, Unit::Px, draft.band());
    Ok(draft.mark(|| Mark::Segment { from, to }).measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "230 px（应在 180–300 px）"),
    Case::new(
        "too wide",
        |f| f.face().face_width_px = 320.0,
        Severity::Fail,
        "脸部宽度 320 px，应在 180–300 px",
    ),
    Case::new(
        "too narrow",
        |f| f.face().face_width_px = 150.0,
        Severity::Fail,
        "150 px",
    ),
    Case::new(
        "no number",
        |f| f.face().face_width_px = f64::NAN,
        Severity::Unknown,
        "无效",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
