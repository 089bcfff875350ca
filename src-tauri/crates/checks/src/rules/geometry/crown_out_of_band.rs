//! # Checks
//! That the top of the head lies in its band.
//!
//! # Source clause
//! 99号 四2: 头顶发际距上边沿50像素至110像素; read as the top of the hair, as the studios' machines do.
//!
//! # How it is measured
//! Top of the head from the person mask, hair included, in whole px of the final frame; the band is drawn
//! on the picture as displayed. 发际 may also be read as the hairline: where the parse finds it, its distance is said
//! beside, and judges nothing.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it. Or the mask gives no top of the head.
//!
//! # Known false alarms
//! Hair of the background's colour; a bun or a hat counts as head.

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::{self, quantity, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "GEO-01",
    id: "crown-out-of-band",
    family: Family::Geometry,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("crown_out_of_band.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let crown = subject.crown_y_px()?;
    let frame = subject.frame;
    let band = draft.band();
    let reading = Reading::new(
        quantity::CROWN,
        frame.final_y(crown).round(),
        Unit::Px,
        band,
    );
    let draft = draft
        .cropped(frame)
        .mark(|| frame.horizontal_line(crown, band.min, band.max));
    let mut finding = draft.measured(&reading);
    let hairline = subject.measurements.parse.as_ref();
    if let Some(y) = hairline.and_then(|parse| parse.hairline_y_px)
        && !finding.message.is_empty()
    {
        let y = frame.final_y(y).round();
        let told = zh::fill(say::HAIRLINE, &[&zh::number::number(y, Unit::None)]);
        finding.message.push_str(&told);
    }
    Ok(finding)
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "80 px（应在 50–110 px）"),
    Case::new(
        "hairline told",
        |_| {},
        Severity::Pass,
        "发际线距上边沿约 132 px",
    ),
    Case::new(
        "hairline not found",
        |f| f.parse().hairline_y_px = None,
        Severity::Pass,
        "80 px（应在 50–110 px）",
    ),
    Case::new(
        "too high",
        |f| f.face().crown_y_px = Some(20.0),
        Severity::Fail,
        "头顶距上边沿 20 px，应在 50–110 px",
    ),
    Case::new(
        "too low",
        |f| f.face().crown_y_px = Some(140.0),
        Severity::Fail,
        "140 px",
    ),
    Case::new(
        "at the limit",
        |f| f.face().crown_y_px = Some(50.0),
        Severity::Warn,
        "接近限值",
    ),
    Case::new(
        "no crown",
        |f| f.face().crown_y_px = None,
        Severity::Unknown,
        "头顶位置没有找到",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
