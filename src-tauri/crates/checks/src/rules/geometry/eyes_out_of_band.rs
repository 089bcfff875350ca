//! # Checks
//! That the eyes lie in their band.
//!
//! # Source clause
//! 99号 四2: 眼睛所在位置距上边沿200像素至300像素.
//!
//! # How it is measured
//! Mean y of the two iris centres, in whole px of the final frame; the band is drawn on the picture as
//! displayed.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! None known.

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
    code: "GEO-02",
    id: "eyes-out-of-band",
    family: Family::Geometry,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("eyes_out_of_band.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let eyes = subject.face()?.eye_line_y_px;
    let frame = subject.frame;
    let band = draft.band();
    let reading = Reading::new(quantity::EYES, frame.final_y(eyes).round(), Unit::Px, band);
    let draft = draft
        .cropped(frame)
        .mark(|| frame.horizontal_line(eyes, band.min, band.max));
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "250 px（应在 200–300 px）"),
    Case::new(
        "too low",
        |f| f.move_eyes(331.0),
        Severity::Fail,
        "眼睛距上边沿 331 px，应在 200–300 px",
    ),
    Case::new(
        "cropped",
        |f| f.reframe((1350, 1350), 2.0, (195.0, 30.0)),
        Severity::Pass,
        "裁剪后眼睛距上边沿",
    ),
    Case::new(
        "too low in a larger picture",
        |f| f.reframe((1400, 1000), 2.0, (200.0, 350.0)),
        Severity::Fail,
        "应在 200–300 px；裁剪也无法满足：人像下方留空不够",
    ),
    Case::new("too high", |f| f.move_eyes(199.0), Severity::Fail, "199 px"),
    Case::new(
        "no number",
        |f| f.move_eyes(f64::NAN),
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
