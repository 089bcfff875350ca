//! Tests of the registry: every rule has all it needs.

#![allow(clippy::unwrap_used, reason = "tests")]

use zhaoshen_model::Severity;

use super::*;
use crate::fixture::Fixture;
use crate::frame::final_frame;
use crate::profile_file::builtin;

fn evaluate(rule: &Rule, fixture: &Fixture) -> Finding {
    let frame = final_frame(&fixture.measurements, &fixture.profile);
    let Fixture {
        measurements,
        profile,
        history,
        role,
    } = fixture;
    rule.evaluate(&Subject::new(measurements, profile, history, &frame, *role))
}

#[test]
fn every_case_of_every_rule_comes_out_as_its_table_says() {
    for rule in RULES {
        for case in rule.cases {
            let finding = evaluate(rule, &Fixture::with(case.change));
            let at = format!("{} {}: {}", rule.code, case.name, finding.message);
            assert_eq!(finding.severity, case.expect, "{at}");
            assert!(finding.message.contains(case.says), "{at}");
            assert!(!finding.message.contains("{}"), "{at}");
            assert!(!finding.message.contains("NaN"), "{at}");
            assert_eq!(
                (finding.code.as_str(), finding.rule.as_str()),
                (rule.code, rule.id)
            );
        }
    }
}

#[test]
fn every_rule_has_cases_on_both_sides_and_for_not_knowing() {
    // These three read only the file's bytes, name and past, which are always there.
    let always = ["FILE-01", "FILE-03", "FILE-05", "FILE-06", "FILE-07"];
    for rule in RULES {
        let has = |severity| rule.cases.iter().any(|case| case.expect == severity);
        assert!(has(Severity::Pass), "{} has no passing case", rule.code);
        assert!(
            has(Severity::Fail) || has(Severity::Warn),
            "{} has no case outside its limit",
            rule.code
        );
        let knows = always.contains(&rule.code);
        assert_eq!(has(Severity::Unknown), !knows, "{}: cannot tell", rule.code);
    }
}

#[test]
fn every_rule_is_documented_under_the_same_headings() {
    for rule in RULES {
        for heading in [
            "//! # Checks\n",
            "//! # Source clause\n",
            "//! # How it is measured\n",
            "//! # Cannot tell when\n",
            "//! # Known false alarms\n",
        ] {
            let body = rule.source.split_once(heading).map(|(_, after)| after);
            let says = body.is_some_and(|after| after.starts_with("//! "));
            assert!(says, "{} lacks {heading}", rule.code);
        }
    }
}

#[test]
fn every_rule_has_its_texts_and_an_entry_in_the_standard_profile() {
    let standard = builtin("moe99").unwrap();
    for rule in RULES {
        assert!(!rule.title_zh().is_empty(), "{} has no title", rule.code);
        assert!(rule.title_zh().chars().count() <= 10, "{} title", rule.code);
        let reason = rule.reason_zh();
        assert!(
            reason.contains('请'),
            "{} reason says nothing to do",
            rule.code
        );
        assert!(
            reason.chars().count() <= 60,
            "{} reason is too long",
            rule.code
        );
        let settings = standard.rules.get(rule.code).unwrap();
        assert!(settings.enabled, "{} is off in the standard", rule.code);
        assert!(!settings.clause.is_empty(), "{} has no clause", rule.code);
    }
    assert_eq!(standard.rules.len(), RULES.len(), "settings without a rule");
    assert_eq!(
        zh::reason::RULE_TEXTS.len(),
        RULES.len(),
        "texts without a rule"
    );
}

#[test]
fn codes_and_ids_are_distinct_and_well_formed() {
    for (index, rule) in RULES.iter().enumerate() {
        let twin = |other: &&Rule| other.code == rule.code || other.id == rule.id;
        assert!(
            !RULES[..index].iter().any(twin),
            "{} stands twice",
            rule.code
        );
        let kebab = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        assert!(rule.id.chars().all(kebab), "{}", rule.id);
        let file = rule.id.replace('-', "_");
        assert!(
            rule.source
                .contains(&format!("include_str!(\"{file}.rs\")")),
            "{file}"
        );
        assert_eq!(super::rule(rule.code).map(|found| found.id), Some(rule.id));
    }
    assert!(super::rule("GEO-99").is_none());
}
