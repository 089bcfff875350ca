//! Tests of the registry: every rule has all it needs.

#![allow(clippy::unwrap_used, reason = "tests")]

use zhaoshen_model::Severity;

use super::*;
use crate::fixture::Fixture;
use crate::frame::final_frame;
use crate::human::HUMAN_RULES;
use crate::profile_file::builtin;
use crate::reasons::HUMAN_REASONS;
use crate::zh::help::Limit;

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
            assert!(
                says,
                "{} lacks the heading {heading:?} with a text under it, in the //! of its own file",
                rule.code
            );
        }
    }
}

#[test]
fn every_rule_has_its_texts_and_an_entry_in_the_standard_profile() {
    let standard = builtin("moe99").unwrap();
    for rule in RULES {
        assert!(
            !rule.title_zh().is_empty(),
            "{} has no title and no reason: add text(\"{}\", title, reason) to src-tauri/crates/checks/src/zh/reason.rs",
            rule.code,
            rule.code
        );
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
        let Some(settings) = standard.rules.get(rule.code) else {
            panic!(
                "{} is in no profile: add [rules.{}] with outside, limits and clause to assets/profiles/moe99.toml",
                rule.code, rule.code
            );
        };
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
fn every_rule_has_its_page_of_help() {
    for rule in RULES {
        let family = format!("{:?}", rule.family).to_lowercase();
        let place = format!("src-tauri/crates/checks/src/zh/help/{family}.rs");
        let Some(help) = zh::help::help(rule.code) else {
            panic!(
                "{} has no help: add a HelpText {{ code: \"{}\", checks, measured, cannot_tell, false_alarms, limits }} \
                 to {place} (a new family: that file, and its lines in zh/help.rs), then run `cargo xtask help`",
                rule.code, rule.code
            );
        };
        for text in [
            help.checks,
            help.measured,
            help.cannot_tell,
            help.false_alarms,
        ] {
            assert!(
                text.ends_with('。'),
                "{}: {place}: no sentence: {text:?}",
                rule.code
            );
        }
        for key in rule.also {
            let named = |limit: &Limit| matches!(limit, Limit::Also(known, ..) if known == key);
            assert!(
                help.limits.iter().any(named),
                "{}: its number {key} has no name staff know: add Limit::Also(\"{key}\", …) in {place}",
                rule.code
            );
        }
    }
    for help in zh::help::all() {
        assert!(
            super::rule(help.code).is_some(),
            "{}: help on no rule",
            help.code
        );
        let again = zh::help::all().filter(|other| other.code == help.code);
        assert_eq!(again.count(), 1, "{} has two pages of help", help.code);
    }
}

#[test]
fn every_item_of_the_tick_list_has_its_help_and_a_reason() {
    for item in HUMAN_RULES {
        let help = zh::help::PERSON_HELP
            .iter()
            .find(|help| help.code == item.code);
        let help = help.unwrap_or_else(|| {
            panic!(
                "{} has no help: add an item to src-tauri/crates/checks/src/zh/help/person.rs",
                item.code
            )
        });
        assert!(
            help.look.ends_with('。') && help.exception.ends_with('。'),
            "{}",
            item.code
        );
        let reason = HUMAN_REASONS.iter().any(|reason| reason.code == item.code);
        let reason = reason || super::rule(item.code).is_some();
        assert!(
            reason,
            "{}: no reason to give: add one to zh/reason.rs",
            item.code
        );
    }
    for help in zh::help::PERSON_HELP {
        let listed = HUMAN_RULES.iter().any(|item| item.code == help.code);
        assert!(
            listed,
            "{}: not on the tick list any more: take its item out of zh/help/person.rs",
            help.code
        );
    }
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

#[test]
fn each_way_a_photo_is_no_portrait_gives_its_own_reason() {
    let reason = |code: &str| {
        let reason = HUMAN_REASONS.iter().find(|reason| reason.code == code);
        reason.unwrap().id
    };
    let listed = |code: &str| HUMAN_RULES.iter().any(|item| item.code == code);
    for (code, id) in [
        ("EDIT-02", "snapshot"),
        ("EDIT-09", "re-photographed"),
        ("EDIT-10", "mirrored-or-rotated"),
    ] {
        assert!(listed(code), "{code}");
        assert_eq!(reason(code), id);
    }
}
