//! A release by somebody who is 负责人 and no 审核员, and one under another standard than the set was drawn by.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_station::wire::{
    DeskAct, PlanRef, RoleSet, RoundRef, SampleAsk, SignIn, SubmissionRef,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{PIN, add_person};

/// So many that a sample is smaller than the set it is drawn from.
const STUDENTS: u32 = 150;
const RULE: &str = "FACE-02";

/// What the rule measured of a photo.
fn value_of(round: &TakenIn, submission: i64) -> f64 {
    let view = round.station.submission_show(SubmissionRef { submission });
    let findings = view.unwrap().findings;
    let of_rule = findings.iter().find(|finding| finding.code == RULE);
    of_rule.unwrap().value.unwrap()
}

/// Saves a version by which the rule wants at least this, and hints at nothing.
fn save_least(round: &TakenIn, least: f64) {
    let saved = round.save_rule(RULE, |edit| {
        edit.min = Some(least);
        edit.warn_margin = 0.0;
    });
    saved.unwrap();
}

#[test]
fn only_what_the_standard_of_now_lets_through_is_approved_and_who_released_takes_it_back() {
    let round = TakenIn::of(STUDENTS).unwrap();
    let station = &round.station;
    let lead = RoleSet {
        reviewer: false,
        lead: true,
        keeper: false,
    };
    let person = add_person(station, "丙", lead).unwrap();
    let third = station.session();
    let pin = PIN.to_owned();
    third.sign_in(SignIn { person, pin }).unwrap();
    let of = RoundRef { round: round.round };
    let ask = SampleAsk {
        round: round.round,
        defect_limit_permille: 50,
    };
    let plan = third.sample_plan(ask).unwrap();
    for submission in round.photos_in(&plan.queue).unwrap() {
        round.decide(submission, "approved").unwrap();
    }
    // A limit moves up, past the values of the rest one by one, until some of them lie near it or below, and some do not.
    let before = station.sample_offer(of).unwrap().set;
    let mut values: Vec<f64> = round
        .photos_in("clear")
        .unwrap()
        .into_iter()
        .map(|submission| value_of(&round, submission))
        .collect();
    values.sort_by(f64::total_cmp);
    let left = values
        .iter()
        .map(|value| {
            save_least(&round, value / 1.1 * 1.0001);
            station.sample_offer(of).unwrap().set
        })
        .find(|left| *left < before);
    let left = left.unwrap();
    assert!(0 < left, "{left} of {before}");

    let approved = round.photos_in("approved").unwrap().len();
    let released = third.sample_release(PlanRef { plan: plan.plan }).unwrap();
    assert!(0 < released.approved && released.approved <= left);
    let after = round.photos_in("approved").unwrap().len();
    assert_eq!(after, approved + released.approved as usize);
    // What others did is theirs; what the release did goes and comes back as one.
    assert!(station.act_peek(of).unwrap().plan.is_none());
    let coming = third.act_peek(of).unwrap();
    assert_eq!(coming.plan, Some(plan.plan));
    assert_eq!(coming.what, Some(DeskAct::BulkApproved));
    third.act_undo(of.into()).unwrap();
    assert_eq!(round.photos_in("approved").unwrap().len(), approved);
    assert!(third.act_undo(of.into()).unwrap().act.is_none());
    third.act_redo(of).unwrap();
    assert_eq!(round.photos_in("approved").unwrap().len(), after);
}
