//! The one table of rules (检查项): what is checked, in the order it is shown.
//!
//! A rule is added by writing `rules/<family>/<rule>.rs` and one line here; the tests below refuse
//! one that lacks its texts, its documentation, its clause or cases on both sides of the limit.

use zhaoshen_model::Finding;
use zhaoshen_model::profile::RuleSettings;

use crate::draft::{Draft, UNSET};
use crate::rules;
use crate::subject::{Missing, Role, Subject};
use crate::zh;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// 文件: bytes and name.
    File,
    /// JPEG headers and pixels.
    Jpeg,
    /// 人脸: how many, eyes, mouth.
    Face,
    /// 构图: positions and sizes in the final frame.
    Geometry,
    /// 姿态: how the head is held.
    Pose,
    /// 背景.
    Background,
    /// 着装.
    Wear,
    /// 光线.
    Light,
    /// 清晰度.
    Sharpness,
    /// 修图.
    Editing,
}

impl Family {
    /// The word staff read.
    pub const fn title_zh(self) -> &'static str {
        zh::family(self)
    }
}

/// For which files a rule is asked; see [`Role`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Applies {
    /// For submissions and finished files.
    Always,
    /// For what comes from outside: submissions and what the studio gave back.
    Received,
    /// For submissions only.
    Submission,
}

/// One rule.
pub struct Rule {
    /// Stable code, e.g. `GEO-02`.
    pub code: &'static str,
    /// Fault-named id, kebab-case, e.g. `eyes-out-of-band`.
    pub id: &'static str,
    /// What it is about.
    pub family: Family,
    /// For which files it is asked.
    pub applies: Applies,
    /// Names of the further numbers it reads from its settings.
    pub also: &'static [&'static str],
    pub(crate) measure: Measure,
    #[cfg(test)]
    pub(crate) source: &'static str,
    #[cfg(test)]
    pub(crate) cases: &'static [crate::fixture::Case],
}

/// The body of a rule; `Err` says why it cannot tell.
pub(crate) type Measure = for<'a> fn(&Subject<'a>, Draft<'a>) -> Result<Finding, Missing>;

impl Rule {
    /// What staff read, e.g. 眼睛位置.
    pub fn title_zh(&self) -> &'static str {
        zh::title(self.code)
    }

    /// What a student reads when the photo is sent back for this rule.
    pub fn reason_zh(&self) -> &'static str {
        zh::reason(self.code)
    }

    /// Whether it is asked for files in this role.
    pub fn applies_to(&self, role: Role) -> bool {
        match self.applies {
            Applies::Always => true,
            Applies::Received => role != Role::Rendition,
            Applies::Submission => role == Role::Submission,
        }
    }

    /// What it says of `subject`; without settings in the profile it has no limits.
    pub fn evaluate(&self, subject: &Subject<'_>) -> Finding {
        let settings = subject.profile.rules.get(self.code);
        self.evaluate_by(subject, settings.unwrap_or(&UNSET))
    }

    /// The same with the rule's settings at hand.
    pub(crate) fn evaluate_by(&self, subject: &Subject<'_>, settings: &RuleSettings) -> Finding {
        match (self.measure)(subject, Draft::new(self, subject, settings)) {
            Ok(finding) => finding,
            Err(missing) => Draft::new(self, subject, settings).unknown(missing),
        }
    }
}

/// The rule with `code`.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// Every rule, in the order of the rule table.
pub static RULES: &[&Rule] = &[
    &rules::file::file_unreadable::RULE,
    &rules::file::not_a_jpeg::RULE,
    &rules::file::wrong_extension::RULE,
    &rules::file::intake_size_out_of_band::RULE,
    &rules::file::final_size_out_of_band::RULE,
    &rules::file::photo_shared_by_students::RULE,
    &rules::file::rejected_photo_again::RULE,
    &rules::jpeg::final_pixels_wrong::RULE,
    &rules::jpeg::too_few_pixels::RULE,
    &rules::jpeg::final_density_wrong::RULE,
    &rules::jpeg::not_true_colour::RULE,
    &rules::jpeg::compressed_too_hard::RULE,
    &rules::jpeg::rotated_by_tag::RULE,
    &rules::jpeg::unusual_encoding::RULE,
    &rules::face::not_one_face::RULE,
    &rules::geometry::crown_out_of_band::RULE,
    &rules::geometry::eyes_out_of_band::RULE,
    &rules::geometry::face_width_out_of_band::RULE,
    &rules::geometry::face_off_centre::RULE,
    &rules::geometry::head_height_out_of_band::RULE,
    &rules::geometry::shoulders_cut_off::RULE,
    &rules::geometry::head_touches_border::RULE,
    &rules::pose::head_tilted::RULE,
    &rules::pose::head_turned::RULE,
    &rules::pose::head_nodding::RULE,
    &rules::pose::shoulders_uneven::RULE,
    &rules::face::eyes_not_open::RULE,
    &rules::face::mouth_open::RULE,
    &rules::face::hair_over_brows::RULE,
    &rules::face::hair_over_eyes::RULE,
    &rules::face::ears_hidden::RULE,
    &rules::background::background_colour_wrong::RULE,
    &rules::background::background_not_uniform::RULE,
    &rules::background::background_not_clean::RULE,
    &rules::wear::glasses_hide_eyes::RULE,
    &rules::wear::lenses_tinted::RULE,
    &rules::wear::head_covered::RULE,
    &rules::wear::earrings::RULE,
    &rules::wear::shoulders_bare::RULE,
    &rules::wear::clothes_like_background::RULE,
    &rules::wear::clothes_patterned::RULE,
    &rules::light::exposure_out_of_band::RULE,
    &rules::light::light_uneven::RULE,
    &rules::light::glare_on_face::RULE,
    &rules::sharpness::blurred::RULE,
    &rules::sharpness::too_small_or_blocky::RULE,
    &rules::sharpness::stretched::RULE,
    &rules::sharpness::enlarged::RULE,
    &rules::editing::editing_software_named::RULE,
    &rules::editing::taken_too_long_ago::RULE,
    &rules::editing::ai_marked::RULE,
    &rules::editing::saved_more_than_once::RULE,
    &rules::editing::skin_smoothed::RULE,
    &rules::editing::re_photographed::RULE,
];

#[cfg(test)]
#[path = "registry_tests.rs"]
mod tests;
