//! # Checks
//! That the skin was not smoothed by a beautifying program: that it has texture in proportion to eyes and lashes.
//!
//! # Source clause
//! 99号 一2: 不得对人像特征进行技术处理. The limits are the station's own.
//!
//! # How it is measured
//! Finest texture of the strip with the eyes by that of cheeks and forehead, with the eyes 100 px apart. Blur, soft light
//! and small files take texture from both alike; smoothing takes it from the skin.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it. Where the eyes are less than 80 px apart, the face is cut off,
//! the eyes themselves are not sharp (`min_eye_sharpness`), or the file is compressed harder than `min_quality`, which
//! smooths skin too, it says that it was not judged and passes.
//!
//! # Known false alarms
//! Thick foundation, very even young skin in soft light, denoising by a telephone's camera. Light smoothing passes.

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
    code: "EDIT-08",
    id: "skin-smoothed",
    family: Family::Editing,
    applies: Applies::Submission,
    also: &["min_eye_sharpness", "min_quality"],
    measure,
    #[cfg(test)]
    source: include_str!("skin_smoothed.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let sharpness = subject.light()?.eye_sharpness;
    let ratio = subject.trace()?.skin_smoothness_ratio;
    let quality = least_quality(subject).map(f64::from);
    let least = |name| draft.also(name).unwrap_or(0.0);
    let told = sharpness >= least("min_eye_sharpness")
        && quality.is_none_or(|quality| quality >= least("min_quality"));
    Ok(match ratio.filter(|_| told) {
        // A hint that cannot be given keeps no photo from its pass.
        None => draft.pass(say::NO_TEXTURE_TO_TELL, &[]),
        Some(ratio) => {
            let reading = Reading::new(quantity::SKIN_TEXTURE, ratio, Unit::Score, draft.band());
            draft.measured(&reading)
        }
    })
}

/// The lower quality of this JPEG and of the one it was saved from; `None` where neither is known.
fn least_quality(subject: &Subject<'_>) -> Option<u8> {
    let now = subject.measurements.jpeg.as_ref();
    let now = now.and_then(|jpeg| jpeg.quality);
    let trace = subject.measurements.trace.as_ref();
    let earlier = trace.and_then(|trace| trace.earlier_save.as_ref());
    let earlier = earlier.and_then(|save| save.earlier_quality);
    now.into_iter().chain(earlier).min()
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "眼部细纹与皮肤细纹之比 6"),
    Case::new(
        "smoothed",
        |f| f.trace().skin_smoothness_ratio = Some(25.0),
        Severity::Warn,
        "25，应不超过",
    ),
    Case::new(
        "too small",
        |f| f.trace().skin_smoothness_ratio = None,
        Severity::Pass,
        "看不出皮肤纹理",
    ),
    Case::new(
        "compressed hard",
        |f| {
            f.trace().skin_smoothness_ratio = Some(25.0);
            f.jpeg().quality = Some(60);
        },
        Severity::Pass,
        "看不出皮肤纹理",
    ),
    Case::new(
        "compressed hard before",
        |f| {
            f.trace().skin_smoothness_ratio = Some(25.0);
            f.earlier_save().earlier_quality = Some(60);
        },
        Severity::Pass,
        "看不出皮肤纹理",
    ),
    Case::new(
        "out of focus",
        |f| f.light().eye_sharpness = 1.0,
        Severity::Pass,
        "看不出皮肤纹理",
    ),
    Case::new(
        "no number",
        |f| f.trace().skin_smoothness_ratio = Some(f64::NAN),
        Severity::Unknown,
        "无效",
    ),
    Case::new("undecodable", |f| f.spoil(), Severity::Unknown, "打不开"),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
