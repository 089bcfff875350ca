//! # Checks
//! That the background has one of the colours the round accepts.
//!
//! # Source clause
//! 99号 二1: 浅蓝色（参考值RGB<100,197,255>）、白色或浅灰色; the 2021 notice: 标准蓝色背景（或者单色背景）.
//!
//! # How it is measured
//! CIEDE2000 between the background's median and the nearest accepted colour; a hue band accepts
//! the many blues of real studios. Up to `off_tone_delta_e` beyond the tolerance is a hint, more is
//! outside. Where the profile accepts any single colour, an unlisted one is a hint.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, person and background could not be told
//! apart, or less than `min_background_share` of the picture is background.
//!
//! # Known false alarms
//! Light from a coloured wall, a wrong white balance.

use zhaoshen_model::colour::delta_e;
use zhaoshen_model::measurement::SceneFacts;
use zhaoshen_model::profile::BackgroundColour;
use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::colour::{ColourName, hsv_of, lab_of};
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::rules::background::visible;
use crate::subject::{Missing, Subject};
use crate::zh::{self, quantity, say};

#[cfg(test)]
use crate::fixture::{Case, Fixture};
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "BG-01",
    id: "background-colour-wrong",
    family: Family::Background,
    applies: Applies::Always,
    also: &["off_tone_delta_e", "min_background_share"],
    measure,
    #[cfg(test)]
    source: include_str!("background_colour_wrong.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let scene = visible(subject, &draft)?;
    let spec = &subject.profile.background;
    let nearest = nearest_of(&spec.allowed, scene);
    let found = zh::colour(ColourName::of(scene.background_rgb));
    let titles: Vec<&str> = spec
        .allowed
        .iter()
        .map(|colour| colour.title.as_str())
        .collect();
    let titles = titles.join("、");
    let Some(nearest) = nearest else {
        return Ok(draft.pass(say::COLOUR_FREE, &[&found]));
    };
    if !nearest.delta_e.is_finite() {
        return Err(Missing::Number);
    }
    let beyond = nearest.delta_e - nearest.tolerance;
    let near = beyond <= draft.also("off_tone_delta_e").unwrap_or(0.0);
    // A background taken by its hue, or as any single colour, has no limit on the difference from the reference.
    let unlimited = nearest.in_hue_band || (spec.any_single_colour && !near);
    let most = (!unlimited).then_some(nearest.tolerance);
    let band = draft.limits(None, most);
    let reading = Reading::new(quantity::BACKGROUND, nearest.delta_e, Unit::DeltaE, band);
    let draft = draft.valued(&reading);
    Ok(match () {
        () if beyond <= 0.0 || nearest.in_hue_band => {
            draft.pass(say::COLOUR_FITS, &[&found, &nearest.title])
        }
        () if near => draft.hint(say::COLOUR_NEAR, &[&found, &nearest.title]),
        () if spec.any_single_colour => draft.hint(say::COLOUR_ANY, &[&found, &titles]),
        () => draft.outside(say::COLOUR_WRONG, &[&found, &titles]),
    })
}

/// The accepted colour that a background is nearest to.
struct Nearest<'a> {
    title: &'a str,
    delta_e: f64,
    tolerance: f64,
    in_hue_band: bool,
}

fn nearest_of<'a>(allowed: &'a [BackgroundColour], scene: &SceneFacts) -> Option<Nearest<'a>> {
    let beyond = |nearest: &Nearest<'_>| match nearest.in_hue_band {
        true => f64::NEG_INFINITY,
        false => nearest.delta_e - nearest.tolerance,
    };
    allowed
        .iter()
        .map(|colour| Nearest {
            title: &colour.title,
            delta_e: delta_e(scene.background_lab, lab_of(colour.rgb)),
            tolerance: colour.tolerance_delta_e,
            in_hue_band: in_hue_band(colour, scene.background_rgb),
        })
        .min_by(|one, other| beyond(one).total_cmp(&beyond(other)))
}

fn in_hue_band(colour: &BackgroundColour, rgb: [u8; 3]) -> bool {
    let [hue, saturation, value] = hsv_of(rgb);
    colour.hue_band.is_some_and(|band| {
        (band.min_deg..=band.max_deg).contains(&hue)
            && saturation >= band.min_saturation
            && value >= band.min_value
    })
}

#[cfg(test)]
fn paint(fixture: &mut Fixture, rgb: [u8; 3]) {
    let scene = fixture.scene();
    scene.background_rgb = rgb;
    scene.background_lab = lab_of(rgb);
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("reference blue", |_| {}, Severity::Pass, "背景为蓝色"),
    Case::new(
        "deep blue",
        |f| paint(f, [27, 79, 173]),
        Severity::Pass,
        "蓝色",
    ),
    Case::new(
        "white",
        |f| paint(f, [252, 252, 252]),
        Severity::Pass,
        "白色",
    ),
    Case::new(
        "red",
        |f| paint(f, [200, 20, 30]),
        Severity::Fail,
        "背景为红色，应为",
    ),
    Case::new(
        "green",
        |f| paint(f, [40, 160, 60]),
        Severity::Fail,
        "背景为绿色",
    ),
    Case::new(
        "white where only blue is accepted",
        |f| {
            f.under("blue-only");
            paint(f, [252, 252, 252]);
        },
        Severity::Fail,
        "背景为白色",
    ),
    Case::new(
        "red single colour under the notice",
        |f| {
            f.under("ncepu2021");
            paint(f, [200, 20, 30]);
        },
        Severity::Warn,
        "红色单色",
    ),
    Case::new(
        "a round that names no colours",
        |f| f.profile.background.allowed.clear(),
        Severity::Pass,
        "不限背景颜色",
    ),
    Case::new(
        "hardly any background",
        |f| f.scene().background_share = 0.01,
        Severity::Unknown,
        "背景太少",
    ),
    Case::new(
        "no number",
        |f| f.scene().background_lab[0] = f64::NAN,
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
