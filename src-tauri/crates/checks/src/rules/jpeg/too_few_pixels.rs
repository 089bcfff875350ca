//! # Checks
//! That the submitted picture can be cropped to the final size without enlarging it, and whether it
//! has to be cropped at all.
//!
//! # Source clause
//! 99号 四1: 480×640, together with 二: no processing that invents pixels.
//!
//! # How it is measured
//! Width and height as displayed; too few on either side is a fault. A shape other than 3:4 by more
//! than `ratio_tolerance` is a hint that the crop is to be looked at.
//!
//! # Cannot tell when
//! The picture cannot be decoded.
//!
//! # Known false alarms
//! None known.

use std::fmt::Display;

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::frame::greatest_common_divisor;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::{quantity, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "JPEG-02",
    id: "too-few-pixels",
    family: Family::Jpeg,
    applies: Applies::Submission,
    also: &["ratio_tolerance"],
    measure,
    #[cfg(test)]
    source: include_str!("too_few_pixels.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let picture = subject.picture()?;
    let spec = &subject.profile.rendition;
    let (width, height) = (f64::from(picture.width_px), f64::from(picture.height_px));
    let (least_width, least_height) = (f64::from(spec.width_px), f64::from(spec.height_px));
    let reading = if width / least_width <= height / least_height {
        Reading::new(
            quantity::WIDTH,
            width,
            Unit::Px,
            draft.limits(Some(least_width), None),
        )
    } else {
        Reading::new(
            quantity::HEIGHT,
            height,
            Unit::Px,
            draft.limits(Some(least_height), None),
        )
    };
    let shape = least_width / least_height;
    let tolerance = draft.also("ratio_tolerance").unwrap_or(f64::INFINITY);
    let odd = (width / height - shape).abs() > tolerance;
    let draft = draft.valued(&reading);
    let sizes: [&dyn Display; 4] = [
        &picture.width_px,
        &picture.height_px,
        &spec.width_px,
        &spec.height_px,
    ];
    Ok(if reading.band.slack(reading.value) < 0.0 {
        draft.outside(say::PIXELS_FEW, &sizes)
    } else if odd {
        let unit = greatest_common_divisor(spec.width_px, spec.height_px).max(1);
        let (across, down) = (spec.width_px / unit, spec.height_px / unit);
        draft.hint(say::RATIO, &[sizes[0], sizes[1], &across, &down])
    } else {
        draft.pass(say::PIXELS, &sizes)
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "480×640 px"),
    Case::new(
        "large",
        |f| f.reframe((1500, 2000), 3.0, (0.0, 0.0)),
        Severity::Pass,
        "1500×2000 px",
    ),
    Case::new(
        "one column short",
        |f| f.picture().width_px = 479,
        Severity::Fail,
        "479×640 px，应不小于 480×640 px",
    ),
    Case::new(
        "one row short",
        |f| f.picture().height_px = 639,
        Severity::Fail,
        "480×639 px",
    ),
    Case::new(
        "square",
        |f| f.reframe((1350, 1350), 2.0, (200.0, 0.0)),
        Severity::Warn,
        "不是 3∶4",
    ),
    Case::new(
        "undecodable",
        |f| f.spoil(),
        Severity::Unknown,
        "照片打不开",
    ),
];
