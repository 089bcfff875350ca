//! Tables of who is due, and what holds for any round and any roster.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;

use super::*;

fn cohort(grades: &[&str], modes: &[&str], levels: &[&str], campuses: &[&str]) -> Cohort {
    let list = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Cohort {
        grades: list(grades),
        study_modes: list(modes),
        levels: list(levels),
        campuses: list(campuses),
        ..Cohort::default()
    }
}

fn facts(grade: &'static str, study_mode: &'static str, campus: &'static str) -> Facts<'static> {
    Facts {
        grade,
        study_mode,
        level: "硕士研究生",
        campus,
        college: "数学学院",
        major: "应用统计",
        class: "研2301",
    }
}

/// 北京校部 2020、2021 级全体非全日制研究生; 2017–2019 级 only those never collected.
fn announced() -> Scope {
    Scope {
        cohorts: vec![
            cohort(&["2020", "2021级"], &["非全日制"], &[], &["北京校部"]),
            cohort(&["2017", "2018", "2019"], &[], &["硕士"], &[]),
        ],
        redo: false,
        limit: None,
    }
}

fn marks(said: &str) -> Marks {
    let excluded = match said {
        "suspended" => Some(Exclusion::Suspended),
        "left" => Some(Exclusion::Left),
        "other" => Some(Exclusion::Other),
        _ => None,
    };
    Marks {
        straggler: said == "straggler",
        collected: said == "collected",
        excluded,
        note: String::new(),
    }
}

#[test]
fn a_cohort_is_told_by_what_the_roster_says_however_it_writes_it() {
    let scope = announced();
    for (facts, due) in [
        (facts("2020", "非全日制", "北京"), true),
        (facts("２０２１ 级", "非全日制研究生", "北京校区"), true),
        (facts("2021", "全日制", "北京校部"), false),
        (facts("2021", "非全日制", "保定校区"), false),
        (facts("2021", "", "北京校部"), false),
        (facts("2018级", "全日制", "保定"), true),
        (facts("2016", "非全日制", "北京"), false),
        (facts("", "非全日制", "北京"), false),
    ] {
        let expected = match due {
            true => Eligibility::Due,
            false => Eligibility::Exempt(Exempt::OutOfScope),
        };
        let found = Eligibility::of(&scope, facts, &Marks::default());
        assert_eq!(found, expected, "{facts:?}");
    }
}

#[test]
fn what_a_person_said_outweighs_the_cohorts() {
    let within = facts("2020", "非全日制", "北京");
    let outside = facts("2016", "非全日制", "北京");
    for (said, redo, of_within, of_outside) in [
        ("", false, None, Some(Exempt::OutOfScope)),
        ("straggler", false, None, None),
        (
            "collected",
            false,
            Some(Exempt::Collected),
            Some(Exempt::Collected),
        ),
        ("collected", true, None, Some(Exempt::OutOfScope)),
        (
            "suspended",
            true,
            Some(Exempt::Suspended),
            Some(Exempt::Suspended),
        ),
        ("left", false, Some(Exempt::Left), Some(Exempt::Left)),
        ("other", false, Some(Exempt::Other), Some(Exempt::Other)),
    ] {
        let scope = Scope {
            redo,
            ..announced()
        };
        let of = |facts| Eligibility::of(&scope, facts, &marks(said)).exempt();
        assert_eq!(
            (of(within), of(outside)),
            (of_within, of_outside),
            "{said} {redo}"
        );
    }
    let both = Marks {
        straggler: true,
        collected: true,
        ..Marks::default()
    };
    let of = |scope: &Scope| Eligibility::of(scope, outside, &both).exempt();
    assert_eq!(of(&announced()), Some(Exempt::Collected));
    let redone = Scope {
        redo: true,
        ..announced()
    };
    assert_eq!(of(&redone), None);
}

#[test]
fn days_of_the_window_belong_to_it() {
    for (day, opens, closes, arrival) in [
        (3, Some(4), Some(9), Arrival::Early),
        (4, Some(4), Some(9), Arrival::InTime),
        (9, Some(4), Some(9), Arrival::InTime),
        (10, Some(4), Some(9), Arrival::Late),
        (10, Some(4), None, Arrival::InTime),
        (3, None, None, Arrival::InTime),
    ] {
        assert_eq!(Arrival::of(day, opens, closes), arrival, "{day}");
    }
}

#[test]
fn words_read_back_and_are_told_apart() {
    for why in Exempt::ALL {
        assert_eq!(Exempt::parse(why.as_str()), Some(why));
        assert_eq!(
            Exempt::ALL
                .iter()
                .filter(|other| other.title() == why.title())
                .count(),
            1
        );
    }
}

const GRADES: &[&str] = &["", "2019", "2020级", "2021"];
const MODES: &[&str] = &["", "全日制", "非全日制"];
const LEVELS: &[&str] = &["", "硕士", "博士研究生"];
const CAMPUSES: &[&str] = &["", "北京校部", "保定校区"];

/// Some of these values, once or not at all.
fn some(values: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let owned: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    proptest::sample::subsequence(owned, 0..=values.len())
}

fn any_cohort() -> impl Strategy<Value = Cohort> {
    (some(GRADES), some(MODES), some(LEVELS), some(CAMPUSES)).prop_map(
        |(grades, study_modes, levels, campuses)| Cohort {
            grades,
            study_modes,
            levels,
            campuses,
            ..Cohort::default()
        },
    )
}

fn any_scope() -> impl Strategy<Value = Scope> {
    (proptest::collection::vec(any_cohort(), 0..4), any::<bool>()).prop_map(|(cohorts, redo)| {
        Scope {
            cohorts,
            redo,
            limit: None,
        }
    })
}

fn any_marks() -> impl Strategy<Value = Marks> {
    let excluded = proptest::option::of(proptest::sample::select(vec![
        Exclusion::Suspended,
        Exclusion::Left,
        Exclusion::Other,
    ]));
    (any::<bool>(), any::<bool>(), excluded, "[a-z]{0,3}").prop_map(
        |(straggler, collected, excluded, note)| Marks {
            straggler,
            collected,
            excluded,
            note,
        },
    )
}

fn any_facts() -> impl Strategy<Value = Facts<'static>> {
    use proptest::sample::select;
    (
        select(GRADES),
        select(MODES),
        select(LEVELS),
        select(CAMPUSES),
    )
        .prop_map(|(grade, study_mode, level, campus)| Facts {
            grade,
            study_mode,
            level,
            campus,
            ..Facts::default()
        })
}

#[test]
fn a_cohort_is_told_by_college_major_and_class_too() {
    let list = |value: &str| vec![value.to_owned()];
    let facts = facts("2021", "全日制", "北京");
    for (college, major, class, covers) in [
        ("数学学院", "", "", true),
        ("数学学院", "应用统计", "研２３０１", true),
        ("物理学院", "", "", false),
        ("数学学院", "应用数学", "", false),
        ("数学学院", "应用统计", "研2302", false),
    ] {
        let of = |value: &str| match value {
            "" => Vec::new(),
            value => list(value),
        };
        let cohort = Cohort {
            colleges: of(college),
            majors: of(major),
            classes: of(class),
            ..Cohort::default()
        };
        assert_eq!(cohort.covers(facts), covers, "{college} {major} {class}");
    }
    // What a round of before kept has no such conditions.
    let kept: Cohort = serde_json::from_str(r#"{"grades":["2021"]}"#).unwrap();
    assert!(kept.covers(facts));
}

proptest! {
    #[test]
    fn the_numbers_add_up_for_any_round(
        scope in any_scope(),
        students in proptest::collection::vec((any_facts(), any_marks(), any::<bool>()), 0..60),
    ) {
        let mut head = Headcount::default();
        for (facts, marks, has_photo) in &students {
            head.add(Eligibility::of(&scope, *facts, marks), *has_photo);
        }
        prop_assert_eq!(head.listed, students.len() as u64);
        prop_assert_eq!(head.due + head.exempt_total(), head.listed);
        prop_assert_eq!(head.submitted + head.missing, head.due);
        let with_photo = students.iter().filter(|student| student.2).count() as u64;
        prop_assert_eq!(head.submitted + head.exempt_with_photo, with_photo);
        prop_assert!(head.exempt.values().all(|count| *count > 0));
    }

    #[test]
    fn a_further_cohort_and_redoing_exempt_nobody(
        scope in any_scope(), further in any_cohort(), facts in any_facts(), marks in any_marks(),
    ) {
        prop_assume!(!scope.cohorts.is_empty());
        let was_due = Eligibility::of(&scope, facts, &marks) == Eligibility::Due;
        let mut wider = scope.clone();
        wider.cohorts.push(further);
        let redone = Scope { redo: true, ..scope };
        for wider in [wider, redone] {
            let is_due = Eligibility::of(&wider, facts, &marks) == Eligibility::Due;
            prop_assert!(!was_due || is_due);
        }
    }

    #[test]
    fn nobody_who_left_is_ever_due(scope in any_scope(), facts in any_facts(), marks in any_marks()) {
        let found = Eligibility::of(&scope, facts, &marks);
        if let Some(exclusion) = marks.excluded {
            prop_assert_eq!(found, Eligibility::Exempt(exclusion.into()));
        }
        if marks.straggler && marks.excluded.is_none() && !marks.collected {
            prop_assert_eq!(found, Eligibility::Due);
        }
    }
}

#[test]
fn a_photo_past_the_limit_is_one_that_comes_after_the_last_allowed() {
    let limited = |limit| Scope {
        limit,
        ..Scope::default()
    };
    assert_eq!(limited(None).limit_passed(99), None);
    assert_eq!(limited(Some(3)).limit_passed(3), None);
    assert_eq!(limited(Some(3)).limit_passed(4), Some(3));
}
