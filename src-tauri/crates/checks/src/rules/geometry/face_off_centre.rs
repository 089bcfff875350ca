//! # Checks
//! That the face is in the middle from left to right.
//!
//! # Source clause
//! 99号 四2: 人像在图像矩形框内水平居中，左右对称. The tolerance of a twentieth of the width to either side is the
//! station's own.
//!
//! # How it is measured
//! x of the midpoint of the cheeks, in whole px of the final frame.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! A turned head shifts its cheeks; POSE-02 tells that apart.

use zhaoshen_model::{Finding, Unit};

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
    code: "GEO-04",
    id: "face-off-centre",
    family: Family::Geometry,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("face_off_centre.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let centre = subject.face()?.face_centre_x_px;
    let frame = subject.frame;
    let band = draft.band();
    let reading = Reading::new(
        quantity::FACE_CENTRE,
        frame.final_x(centre).round(),
        Unit::Px,
        band,
    );
    let draft = draft
        .cropped(frame)
        .mark(|| frame.vertical_line(centre, band.min, band.max));
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "240 px（应在 216–264 px）"),
    Case::new(
        "left",
        |f| f.face().face_centre_x_px = 200.0,
        Severity::Warn,
        "200 px，应在 216–264 px",
    ),
    Case::new(
        "right",
        |f| f.face().face_centre_x_px = 290.0,
        Severity::Warn,
        "290 px",
    ),
    Case::new(
        "no number",
        |f| f.face().face_centre_x_px = f64::NAN,
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
