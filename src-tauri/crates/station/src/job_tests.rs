//! Who is told what of a job, and how much is kept of how it ended.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_model::Roles;

use super::*;
use crate::wire::{DeliveryReport, NotDelivered};

const WANG: Option<PersonId> = Some(PersonId(1));
const LI: Option<PersonId> = Some(PersonId(2));

/// Somebody who looks: with the rights of 审核员 alone.
fn reviewer(person: Option<PersonId>) -> Option<PersonRow> {
    Some(PersonRow {
        id: person?,
        name: String::new(),
        roles: Roles {
            reviewer: true,
            ..Roles::default()
        },
        has_pin: false,
        wrong: 0,
        retry_at: None,
        disabled: false,
    })
}

fn delivered() -> JobOutcome {
    let report = report();
    JobOutcome::Delivery { report }
}

fn report() -> DeliveryReport {
    DeliveryReport {
        number: 1,
        folder: String::new(),
        files: 1,
        codes: 0,
        identical: 0,
        deviations: Vec::new(),
        deviations_total: 0,
        not_delivered: Vec::new(),
        not_delivered_total: 0,
        delivered_before: Vec::new(),
        delivered_before_total: 0,
        manifest: String::new(),
        passphrase: Some("四海-2026".to_owned()),
    }
}

fn run(jobs: &Jobs, round: i64, end: Result<JobOutcome, Failure>) -> u32 {
    let kind = (JobKind::Delivery, WANG);
    let job = jobs.start(kind, Some(RoundId(round)), |_| end).unwrap();
    let _ = jobs.wait(job);
    job
}

fn passphrase(state: &JobState) -> Option<String> {
    match &state.outcome {
        Some(JobOutcome::Delivery { report }) => report.passphrase.clone(),
        _ => None,
    }
}

#[test]
fn what_a_job_brought_is_for_who_started_it() {
    let jobs = Jobs::default();
    let job = run(&jobs, 1, Ok(delivered()));
    let failed = run(&jobs, 1, Err(refused("2021001 张小明")));
    // Not shown yet: it is told once at least.
    jobs.forget_passphrases(WANG);
    let others = jobs.states(reviewer(LI).as_ref());
    assert!(
        others
            .iter()
            .all(|state| state.finished && state.outcome.is_none())
    );
    let text = &others.first().unwrap().failure.as_ref().unwrap().message;
    assert!(!text.contains("张小明"), "{text}");
    let own = |number| jobs.state(number, reviewer(WANG).as_ref()).unwrap();
    assert_eq!(own(failed).failure.unwrap().message, "2021001 张小明");
    assert_eq!(passphrase(&own(job)).as_deref(), Some("四海-2026"));
    jobs.forget_passphrases(LI);
    assert!(passphrase(&own(job)).is_some());
    jobs.forget_passphrases(WANG);
    assert!(own(job).outcome.is_some() && passphrase(&own(job)).is_none());
}

#[test]
fn only_who_may_cancel_a_job_is_told_so() {
    let jobs = Jobs::default();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let kind = (JobKind::Delivery, WANG);
    let work = move |_: &Progress| {
        let _ = wait.recv();
        Ok(delivered())
    };
    let job = jobs.start(kind, None, work).unwrap();
    let lead = reviewer(LI).map(|row| PersonRow {
        roles: Roles {
            lead: true,
            ..row.roles
        },
        ..row
    });
    for (person, may) in [
        (reviewer(WANG), true),
        (reviewer(LI), false),
        (lead, true),
        (None, true),
    ] {
        let person = person.as_ref();
        assert_eq!(jobs.state(job, person).unwrap().may_cancel, may);
        let refused = jobs.cancel(job, person).map_err(|failure| failure.code);
        assert_eq!(refused.is_ok(), may, "{refused:?}");
    }
    go.send(()).unwrap();
    let _ = jobs.wait(job);
}

#[test]
fn the_lines_of_a_long_report_are_bounded_and_counted() {
    let line = crate::wire::IntakeLine {
        file: "1.jpg".to_owned(),
        whose: String::new(),
        problem: String::new(),
        remedy: String::new(),
    };
    let report = crate::wire::IntakeReport {
        lines: vec![line; 99_000],
        ..crate::wire::IntakeReport::default()
    };
    let jobs = Jobs::default();
    let job = run(&jobs, 1, Ok(JobOutcome::Intake { report }));
    match jobs.state(job, reviewer(WANG).as_ref()).unwrap().outcome {
        Some(JobOutcome::Intake { report }) => {
            assert_eq!(report.lines.len(), 501);
            assert!(report.lines[500].problem.contains("98500"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_a_very_large_delivery_the_first_left_out_are_kept_and_all_are_counted() {
    let nobody = NotDelivered {
        student_no: "2021001".to_owned(),
        name: "张小明".to_owned(),
        college: String::new(),
        why: String::new(),
        submission: None,
    };
    let report = DeliveryReport {
        not_delivered: vec![nobody.clone(); 20_000],
        not_delivered_total: 20_000,
        delivered_before: vec![nobody; 501],
        delivered_before_total: 501,
        deviations: vec![String::new(); 3],
        deviations_total: 3,
        ..report()
    };
    let jobs = Jobs::default();
    let job = run(&jobs, 1, Ok(JobOutcome::Delivery { report }));
    let Some(JobOutcome::Delivery { report }) =
        jobs.state(job, reviewer(WANG).as_ref()).unwrap().outcome
    else {
        panic!("no report");
    };
    let kept = [&report.not_delivered, &report.delivered_before];
    assert_eq!(kept.map(Vec::len), [500, 500]);
    assert_eq!(report.not_delivered_total, 20_000);
    assert_eq!(report.delivered_before_total, 501);
    assert_eq!(report.deviations.len(), 3);
}

#[test]
fn only_the_latest_jobs_are_kept_and_none_of_a_deleted_round() {
    let jobs = Jobs::default();
    for round in 0..40 {
        run(&jobs, round, Ok(delivered()));
    }
    assert_eq!(jobs.states(reviewer(WANG).as_ref()).len(), MOST_KEPT);
    jobs.forget_round(RoundId(39));
    assert!(
        jobs.states(reviewer(WANG).as_ref())
            .iter()
            .all(|state| state.round != Some(39))
    );
    assert_eq!(jobs.states(reviewer(WANG).as_ref()).len(), MOST_KEPT - 1);
}
