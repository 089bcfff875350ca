//! Running the rules over one photo.

use zhaoshen_model::profile::RuleSettings;
use zhaoshen_model::{Finding, Measurements, PhotoHistory, Profile, Severity, Verdict};

use crate::band::rank;
use crate::frame::final_frame;
use crate::registry::{RULES, Rule};
use crate::subject::{Role, Subject};

/// The findings of every rule that `profile` switches on and that is asked for `role`: failing
/// first, then those that cannot tell, then hints, then what passed; within each in table order.
///
/// Never panics, whatever the numbers are: a value that is not finite cannot be judged.
pub fn judge(
    measurements: &Measurements,
    profile: &Profile,
    history: &PhotoHistory,
    role: Role,
) -> Vec<Finding> {
    let frame = final_frame(measurements, profile);
    let subject = Subject::new(measurements, profile, history, &frame, role);
    let mut findings: Vec<Finding> = asked(profile, role)
        .map(|(rule, settings)| rule.evaluate_by(&subject, settings))
        .collect();
    findings.sort_by_key(|finding| rank(finding.severity));
    findings
}

/// The code and severity of every rule asked, in table order, without messages and marks.
///
/// For "what would change if this limit moved" over a whole round: several times cheaper than
/// [`judge`], and of the same severities, since the same rules run.
pub fn severities(
    measurements: &Measurements,
    profile: &Profile,
    history: &PhotoHistory,
    role: Role,
) -> Vec<(&'static str, Severity)> {
    Asked::of(profile, role).severities(measurements, history)
}

/// The rules that a profile asks of photos in one part, looked up once: for judging a whole round.
pub struct Asked<'a> {
    profile: &'a Profile,
    role: Role,
    rules: Vec<(&'static Rule, &'a RuleSettings)>,
}

impl<'a> Asked<'a> {
    /// The rules that `profile` asks of photos in the part of `role`.
    pub fn of(profile: &'a Profile, role: Role) -> Self {
        Self {
            profile,
            role,
            rules: asked(profile, role).collect(),
        }
    }

    /// As [`severities`].
    pub fn severities(
        &self,
        measurements: &Measurements,
        history: &PhotoHistory,
    ) -> Vec<(&'static str, Severity)> {
        let frame = final_frame(measurements, self.profile);
        let mut subject = Subject::new(measurements, self.profile, history, &frame, self.role);
        subject.worded = false;
        let judged = |(rule, settings): &(&'static Rule, &RuleSettings)| {
            (rule.code, rule.evaluate_by(&subject, settings).severity)
        };
        self.rules.iter().map(judged).collect()
    }
}

/// The finding of one rule without message and marks, for the values of a whole round; `None` when the
/// profile does not ask the rule or there is no such rule.
pub fn reading(
    measurements: &Measurements,
    profile: &Profile,
    history: &PhotoHistory,
    role: Role,
    code: &str,
) -> Option<Finding> {
    let frame = final_frame(measurements, profile);
    let mut subject = Subject::new(measurements, profile, history, &frame, role);
    subject.worded = false;
    let (rule, settings) = asked(profile, role).find(|(rule, _)| rule.code == code)?;
    Some(rule.evaluate_by(&subject, settings))
}

/// The verdict over all rules, without their texts.
pub fn verdict(
    measurements: &Measurements,
    profile: &Profile,
    history: &PhotoHistory,
    role: Role,
) -> Verdict {
    let judged = severities(measurements, profile, history, role);
    Verdict::over(judged.into_iter().map(|(_, severity)| severity))
}

/// The rules to ask, with their settings.
fn asked(profile: &Profile, role: Role) -> impl Iterator<Item = (&'static Rule, &RuleSettings)> {
    RULES.iter().copied().filter_map(move |rule| {
        let settings = profile.rules.get(rule.code)?;
        (settings.enabled && rule.applies_to(role)).then_some((rule, settings))
    })
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
