//! Tests of the help: it says what the profiles say. That `assets/help` is current is tested in `tests/suite`.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

#[test]
fn a_page_says_what_each_profile_allows() {
    let page = page("GEO-02").unwrap();
    let allowances = page.machine.as_ref().unwrap().allowances.as_slice();
    assert_eq!(allowances.len(), profile_file::list().len());
    for allowance in allowances {
        assert!(allowance.limits[0].starts_with("眼睛距上边沿应在 200–300 px"));
        assert_eq!(allowance.outside, "不合格");
        assert_eq!(allowance.clause, "99号 四2");
    }
    let text = markdown(&page);
    assert!(text.contains("# GEO-02 眼睛位置"), "{text}");
    assert!(text.contains("两个瞳孔中心"), "{text}");
    assert!(text.contains("请让头部位于画面中上部"), "{text}");
}

#[test]
fn the_limits_of_a_round_stand_before_those_of_the_built_in_profiles() {
    let mut own = profile_file::builtin("moe99").unwrap();
    "本批次".clone_into(&mut own.title);
    own.rules.get_mut("GEO-02").unwrap().max = Some(290.0);
    let pages = pages_under(own);
    let eyes = pages.iter().find(|page| page.code == "GEO-02").unwrap();
    let allowances = &eyes.machine.as_ref().unwrap().allowances;
    assert_eq!(allowances.len(), profile_file::list().len() + 1);
    assert_eq!(allowances[0].profile, "本批次");
    assert!(allowances[0].limits[0].starts_with("眼睛距上边沿应在 200–290 px"));
    assert!(allowances[1].limits[0].starts_with("眼睛距上边沿应在 200–300 px"));
}

#[test]
fn colours_are_named_with_their_tolerance() {
    let blue_only = |page: &HelpPage| {
        let machine = page.machine.as_ref().unwrap();
        let found = machine
            .allowances
            .iter()
            .find(|one| one.profile.contains("仅限蓝色"));
        found.unwrap().limits.join("\n")
    };
    let limits = blue_only(&page("BG-01").unwrap());
    assert!(
        limits.contains("浅蓝色 RGB(100,197,255)，色差不超过 10"),
        "{limits}"
    );
    assert!(!limits.contains("白色"), "{limits}");
}

#[test]
fn what_only_a_person_can_tell_has_a_page_without_a_machine() {
    let page = page("FACE-06").unwrap();
    assert_eq!((page.family, page.machine.is_none()), ("人工检查", true));
    assert!(page.person.unwrap().look.contains("表情"));
    assert!(super::page("GEO-99").is_none());
}

#[test]
fn every_further_number_of_a_rule_has_a_name() {
    for rule in crate::registry::RULES {
        let named: Vec<&str> = super::numbers(rule.code)
            .iter()
            .map(|number| number.key)
            .collect();
        for key in rule.also {
            assert!(named.contains(key), "{} has no name for {key}", rule.code);
        }
    }
}
