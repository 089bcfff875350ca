//! Before a delivery: what was approved unseen by a sample that no longer stands is told, photo by photo.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_station::wire::{DeliveryMode, PlanRef};
use zhaoshen_suite::example::TakenIn;

/// So many that a sample is smaller than the set it is drawn from.
const STUDENTS: u32 = 150;

#[test]
fn a_sample_that_falls_later_is_told_with_every_photo_that_went_unseen() {
    let round = TakenIn::of(STUDENTS).unwrap();
    let plan = round.draw_sample().unwrap();
    let looked_at = round.photos_in(&plan.queue).unwrap();
    for submission in &looked_at {
        round.decide(*submission, "approved").unwrap();
    }
    let released = round.station.sample_release(PlanRef { plan: plan.plan });
    let released = released.unwrap().approved as usize;
    assert!(released > 0);
    let preview = || {
        let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
        round.station.delivery_preview(options).unwrap()
    };
    assert!(preview().unsampled.is_empty(), "its sample stands");
    let clear = looked_at.iter().find(|photo| {
        let photo = **photo;
        let view = round
            .station
            .submission_show(zhaoshen_station::wire::SubmissionRef { submission: photo });
        view.unwrap().item.verdict == "pass"
    });
    round.decide(*clear.unwrap(), "rejected").unwrap();
    let told = preview();
    assert_eq!(told.unsampled.len(), released);
    for row in &told.unsampled {
        assert!(!looked_at.contains(&row.submission), "{}", row.student_no);
        assert_eq!(
            round.submission(&row.student_no).unwrap(),
            row.submission,
            "the way to the photo"
        );
        assert!(row.why.contains(&format!("抽样方案 {}", plan.plan)));
    }
    assert_eq!(told.problems, [""; 0], "it is a warning");
}

/// A person has the last word over the machine, and is reminded of it before the photo leaves.
#[test]
fn what_fails_and_was_passed_by_a_person_is_told_until_the_finding_is_called_wrong() {
    let round = TakenIn::new().unwrap();
    let failing = round.photos_in("failing").unwrap()[0];
    round.decide(failing, "approved").unwrap();
    let preview = || {
        let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
        round.station.delivery_preview(options).unwrap()
    };
    let view = round
        .station
        .submission_show(zhaoshen_station::wire::SubmissionRef {
            submission: failing,
        })
        .unwrap();
    let told = preview();
    assert_eq!(told.problems, [""; 0], "it is a warning");
    let [row] = &told.unmet[..] else {
        panic!("{:?}", told.unmet)
    };
    assert_eq!(row.submission, failing);
    let failing_rules: Vec<_> = view
        .findings
        .iter()
        .filter(|finding| finding.severity == "fail")
        .collect();
    for finding in &failing_rules {
        assert!(row.why.contains(&finding.title), "{}", row.why);
        let wrong = zhaoshen_station::wire::FindingDispute {
            submission: failing,
            code: finding.code.clone(),
            wrong: true,
        };
        round.station.finding_dispute(wrong).unwrap();
    }
    assert!(preview().unmet.is_empty());
}

/// Hints are told too, apart from what fails, until the finding is called wrong.
#[test]
fn what_is_hinted_at_and_was_passed_by_a_person_is_told_apart_from_what_fails() {
    let round = TakenIn::new().unwrap();
    let (hinted, failing) = (
        round.photos_in("hints").unwrap()[0],
        round.photos_in("failing").unwrap()[0],
    );
    for submission in [hinted, failing] {
        round.decide(submission, "approved").unwrap();
    }
    let preview = || {
        let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
        round.station.delivery_preview(options).unwrap()
    };
    let told = preview();
    assert_eq!(told.problems, [""; 0], "it is a warning");
    let of = |rows: &[zhaoshen_station::wire::PhotoInDoubt]| {
        let photos = rows.iter().map(|row| row.submission);
        photos.collect::<Vec<_>>()
    };
    assert_eq!(of(&told.hinted), [hinted]);
    assert_eq!(of(&told.unmet), [failing]);
    let view = round
        .station
        .submission_show(zhaoshen_station::wire::SubmissionRef { submission: hinted })
        .unwrap();
    let hints = view
        .findings
        .iter()
        .filter(|finding| finding.severity == "warn");
    for finding in hints {
        assert!(told.hinted[0].why.contains(&finding.title));
        let wrong = zhaoshen_station::wire::FindingDispute {
            submission: hinted,
            code: finding.code.clone(),
            wrong: true,
        };
        round.station.finding_dispute(wrong).unwrap();
    }
    assert!(preview().hinted.is_empty());
}
