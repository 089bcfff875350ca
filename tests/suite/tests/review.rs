//! Decisions, undo, conflicts and the piles, through the use cases.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use zhaoshen_station::Station;
use zhaoshen_station::wire::{Code, DecideRequest, LogQuery, PileAssign, RoundRef, StudentSearch};
use zhaoshen_suite::REVIEWER;
use zhaoshen_suite::example::TakenIn;

#[test]
fn undo_reaches_back_across_a_restart_and_the_log_keeps_everything() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let [first, second] = [pending[0].submission, pending[1].submission];
    round.decide(first, "approved").unwrap();
    round.decide(second, "rejected").unwrap();
    let TakenIn {
        station,
        round: id,
        folder,
        ..
    } = round;
    drop(station);
    let station = Station::open(&folder.path().join("workspace")).unwrap();
    for submission in [second, first] {
        let undone = station
            .act_undo(RoundRef { round: id })
            .unwrap()
            .act
            .unwrap();
        let item = undone.item.unwrap();
        assert_eq!((item.submission, item.decision.as_str()), (submission, ""));
    }
    let redone = station
        .act_redo(RoundRef { round: id })
        .unwrap()
        .act
        .unwrap();
    assert_eq!(redone.item.unwrap().decision, "approved");
    let log = station
        .log_list(LogQuery {
            round: Some(id),
            offset: 0,
            limit: 100,
        })
        .unwrap();
    let acts: Vec<&str> = log.entries.iter().map(|entry| entry.act.as_str()).collect();
    assert_eq!(&acts[..5], ["重做", "撤销", "撤销", "审核", "审核"]);
    assert!(
        log.entries
            .iter()
            .take(5)
            .all(|entry| entry.reviewer == REVIEWER)
    );
}

#[test]
fn a_decision_on_a_changed_submission_is_a_conflict() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    let submission = pending[0].submission;
    round.decide(submission, "held").unwrap();
    let stale = DecideRequest {
        submission,
        seen_decision: None,
        kind: "approved".to_owned(),
        reasons: Vec::new(),
        note: String::new(),
    };
    assert_eq!(
        round.station.submission_decide(stale).unwrap_err().code,
        Code::Conflict
    );
}

#[test]
fn a_piled_photo_finds_its_student_by_hand() {
    let round = TakenIn::new().unwrap();
    let piles = round
        .station
        .pile_list(RoundRef { round: round.round })
        .unwrap();
    let photo = &piles.ambiguous[0];
    assert_eq!(photo.candidates.len(), 2);
    let student = photo
        .candidates
        .iter()
        .find(|student| !student.has_photo)
        .unwrap();
    let found = round.station.student_search(StudentSearch {
        round: round.round,
        text: student.student_no.clone(),
    });
    assert_eq!(found.unwrap()[0].student, student.student);
    let after = round
        .station
        .pile_assign(PileAssign {
            submission: photo.submission,
            student: student.student,
        })
        .unwrap();
    assert!(after.ambiguous.is_empty());
    assert_eq!(
        round.submission(&student.student_no).unwrap(),
        photo.submission
    );
    round
        .station
        .act_undo(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(
        round
            .station
            .pile_list(RoundRef { round: round.round })
            .unwrap()
            .ambiguous
            .len(),
        1
    );
}
