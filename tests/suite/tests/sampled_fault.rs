//! What a sample met is to be seen by the checks before another is drawn; and a sample that can be decided on no more.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_station::wire::{PlanRef, PlanView, RoundRef, StudentMark, SubmissionRef};
use zhaoshen_suite::example::TakenIn;

/// So many that a sample is smaller than the set it is drawn from.
const STUDENTS: u32 = 150;
/// A limit that nothing of the example comes near.
const UNRELATED: &str = "FILE-04";
const RULE: &str = "FACE-02";

fn draw(round: &TakenIn) -> Result<PlanView, String> {
    round.draw_sample().map_err(|failure| failure.message)
}

#[test]
fn after_a_fault_another_sample_waits_until_the_standard_sees_it() {
    let round = TakenIn::of(STUDENTS).unwrap();
    let plan = draw(&round).unwrap();
    let clear = round.photos_in("clear").unwrap();
    let mixed = round.photos_in(&plan.queue).unwrap();
    let fault = mixed.into_iter().find(|one| clear.contains(one)).unwrap();
    round.decide(fault, "rejected").unwrap();
    let give_up = PlanRef { plan: plan.plan };
    round.station.sample_withdraw(give_up).unwrap();
    // A version of which the fault knows nothing.
    round
        .save_rule(UNRELATED, |edit| edit.max = edit.max.map(|most| most + 1.0))
        .unwrap();
    let refused = draw(&round).unwrap_err();
    assert!(refused.contains("仍会全部合格"), "{refused}");
    let view = round
        .station
        .submission_show(SubmissionRef { submission: fault });
    let findings = view.unwrap().findings;
    let of_rule = findings.iter().find(|one| one.code == RULE).unwrap();
    let value = of_rule.value.unwrap();
    round
        .save_rule(RULE, |edit| edit.min = Some(value * 1.001))
        .unwrap();
    if let Err(refused) = draw(&round) {
        assert!(!refused.contains("仍会全部合格"), "{refused}");
    }
}

#[test]
fn a_sample_that_can_be_decided_on_no_more_is_told_of() {
    let round = TakenIn::of(STUDENTS).unwrap();
    let plan = draw(&round).unwrap();
    assert_eq!(plan.gone, 0);
    let mixed = round.photos_in(&plan.queue).unwrap();
    let students: Vec<i64> = mixed
        .iter()
        .map(|submission| {
            let submission = *submission;
            let view = round.station.submission_show(SubmissionRef { submission });
            view.unwrap().student.unwrap().student
        })
        .collect();
    round
        .station
        .student_mark(StudentMark {
            round: round.round,
            students,
            mark: "suspended".to_owned(),
            on: true,
            note: String::new(),
        })
        .unwrap();
    let now = round.station.sample_plans(RoundRef { round: round.round });
    let now = now.unwrap().remove(0);
    assert_eq!(
        (now.state.as_str(), now.gone),
        ("reviewing", plan.sample_size)
    );
    assert!(round.photos_in(&plan.queue).unwrap().is_empty());
}
