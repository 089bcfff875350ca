//! Reasons for sending a photo back (退回原因): preset from findings, and those a person gives.

use zhaoshen_model::{Finding, ReasonChoice, Severity};

use crate::zh;

/// Where a measured value lies that is not in its band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Below,
    Above,
}

/// On which side of its band a finding's value lies; `None` where it is in it, or nothing was measured.
fn side(finding: &Finding) -> Option<Side> {
    let value = finding.value?;
    match (finding.min, finding.max) {
        (Some(min), _) if value < min => Some(Side::Below),
        (_, Some(max)) if value > max => Some(Side::Above),
        _ => None,
    }
}

/// What the student reads about a finding: the way the photo is wrong where that is known, else the rule's own text.
fn reason_of(finding: &Finding) -> &'static str {
    side(finding)
        .and_then(|side| zh::sided_reason(&finding.code, side))
        .unwrap_or_else(|| zh::reason(&finding.code))
}

/// The reasons of every failing rule, in the order of `findings`, each text once.
pub fn preset_reasons(findings: &[Finding]) -> Vec<ReasonChoice> {
    of_severity(findings, Severity::Fail)
}

/// The reasons of the hints, to be offered but not chosen beforehand.
pub fn offered_reasons(findings: &[Finding]) -> Vec<ReasonChoice> {
    of_severity(findings, Severity::Warn)
}

fn of_severity(findings: &[Finding], severity: Severity) -> Vec<ReasonChoice> {
    let mut reasons: Vec<ReasonChoice> = Vec::new();
    for finding in findings
        .iter()
        .filter(|finding| finding.severity == severity)
    {
        let text = reason_of(finding);
        if !text.is_empty() && !reasons.iter().any(|reason| reason.text == text) {
            reasons.push(ReasonChoice {
                code: Some(finding.code.clone()),
                text: text.to_owned(),
            });
        }
    }
    reasons
}

/// A reason that a person gives, from the list that notices of schools and studios publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HumanReason {
    /// Unique id, kebab-case.
    pub id: &'static str,
    /// Code of the rule table.
    pub code: &'static str,
    /// What staff read, a few characters.
    pub title: &'static str,
    /// What the student reads.
    pub text: &'static str,
}

impl HumanReason {
    /// The reason as it is recorded with a decision.
    pub fn choice(&self) -> ReasonChoice {
        ReasonChoice {
            code: Some(self.code.to_owned()),
            text: self.text.to_owned(),
        }
    }
}

pub use zh::reason::HUMAN_REASONS;

/// Whether a reason is one of the program's own texts, word for word: nobody typed it.
pub fn is_own_text(text: &str) -> bool {
    let by_rule = zh::reason::RULE_TEXTS.iter().map(|rule| rule.reason);
    let sided = zh::reason::SIDED.iter();
    let sided = sided.flat_map(|sided| [sided.below, sided.above]);
    let given = HUMAN_REASONS.iter().map(|reason| reason.text);
    let mut own = by_rule.chain(sided).chain(given);
    own.any(|own| !own.is_empty() && own == text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::fixture::Fixture;

    #[test]
    fn the_programs_own_texts_are_told_from_typed_ones() {
        let photo = Fixture::with(|f| f.face().mouth_gap_ratio = 0.2);
        let findings = photo.judged();
        for reason in preset_reasons(&findings) {
            assert!(is_own_text(&reason.text), "{}", reason.text);
            assert!(!is_own_text(&format!("{}另请", reason.text)));
        }
        assert!(HUMAN_REASONS.iter().all(|reason| is_own_text(reason.text)));
        assert!(!is_own_text("") && !is_own_text("请补交"));
    }

    #[test]
    fn failing_rules_give_their_reasons_once_and_hints_are_only_offered() {
        let photo = Fixture::with(|f| {
            f.move_eyes(331.0);
            f.face().mouth_gap_ratio = 0.2;
            f.scene().clothes_delta_e = Some(1.0);
        });
        let mut findings = photo.judged();
        findings.extend(findings.clone());
        let codes = |reasons: Vec<ReasonChoice>| -> Vec<String> {
            reasons
                .into_iter()
                .filter_map(|reason| reason.code)
                .collect()
        };
        assert_eq!(codes(preset_reasons(&findings)), ["GEO-02", "FACE-03"]);
        // Eyes so near the chin are a stretched face too.
        assert_eq!(codes(offered_reasons(&findings)), ["WEAR-07", "SHARP-03"]);
    }

    #[test]
    fn a_photo_is_told_which_way_it_is_wrong() {
        for sided in crate::zh::reason::SIDED {
            assert!(sided.below.contains('请') && sided.above.contains('请'));
            assert_ne!(sided.below, sided.above);
            assert!(!zh::reason(sided.code).is_empty(), "{}", sided.code);
        }
        let told = |y: f64| {
            let photo = Fixture::with(|f| f.move_eyes(y));
            let findings = photo.judged();
            let mut reasons = preset_reasons(&findings);
            reasons.retain(|reason| reason.code.as_deref() == Some("GEO-02"));
            reasons.pop().map(|reason| reason.text)
        };
        assert!(told(331.0).unwrap().contains("偏低"));
        assert!(told(150.0).unwrap().contains("偏高"));
        assert_eq!(told(250.0), None);
    }

    #[test]
    fn human_reasons_are_distinct_and_say_what_to_do() {
        for (index, reason) in HUMAN_REASONS.iter().enumerate() {
            let twin = |other: &HumanReason| other.id == reason.id || other.text == reason.text;
            assert!(!HUMAN_REASONS[..index].iter().any(twin), "{}", reason.id);
            assert!(reason.text.contains('请'), "{}", reason.id);
            assert!(
                reason.text.chars().count() <= 60,
                "{} is too long",
                reason.id
            );
            assert_eq!(reason.choice().code.unwrap(), reason.code);
        }
    }
}
