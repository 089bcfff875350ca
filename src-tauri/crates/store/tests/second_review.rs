//! Second reviews: who may give the verdict, what is withheld until then, what undo does to it.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, at, decision, reject};
use zhaoshen_model::{DecisionKind, SubmissionId};
use zhaoshen_store::{
    Act, Error, IntakeOutcome, LogFilter, QueueKind, ReviewChoice, ReviewWhy, Seen, Target,
};

/// Three students: 王 approved the first, held the second; nobody decided on the third.
fn decided() -> (Desk, Vec<SubmissionId>) {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let photos: Vec<SubmissionId> = students
        .iter()
        .zip(1_u8..)
        .map(|(student, n)| desk.hand_in(*student, &[n]))
        .collect();
    let held = decision(DecisionKind::Held, "王");
    desk.store
        .decide(photos[0], &approve("王"), None, at(1))
        .unwrap();
    desk.store.decide(photos[1], &held, None, at(2)).unwrap();
    (desk, photos)
}

fn choose(desk: &Desk, submissions: &[SubmissionId]) -> u64 {
    let choice = ReviewChoice {
        why: ReviewWhy::Share,
        submissions: submissions.to_vec(),
        drawn: Some((10, 7)),
    };
    let chosen = desk
        .store
        .choose_for_review(desk.round, &choice, "王", at(3));
    chosen.unwrap()
}

fn queue(desk: &Desk, kind: &QueueKind) -> Vec<SubmissionId> {
    desk.store.queue(desk.round, kind).unwrap()
}

fn second(name: &str) -> QueueKind {
    QueueKind::Second(name.to_owned())
}

#[test]
fn only_standing_decisions_are_chosen_and_each_once() {
    let (desk, photos) = decided();
    assert_eq!(choose(&desk, &photos), 2);
    assert_eq!(choose(&desk, &photos), 0);
    let log = desk.store.log(&LogFilter::default(), 0, 10).unwrap();
    let rows = log.iter().filter(|row| row.what == Act::ReviewChosen);
    assert_eq!(rows.count(), 1, "choosing nothing is no act");
}

#[test]
fn what_waits_is_in_no_queue_of_its_verdict_and_not_in_the_first_reviewers() {
    let (desk, photos) = decided();
    choose(&desk, &photos);
    let both = &photos[..2];
    assert_eq!(queue(&desk, &second("李")), both);
    assert!(queue(&desk, &second("王")).is_empty());
    for kind in [
        QueueKind::Approved,
        QueueKind::Held,
        QueueKind::DecidedBy("王".to_owned()),
    ] {
        assert!(queue(&desk, &kind).is_empty(), "{kind:?}");
    }
    assert_eq!(queue(&desk, &QueueKind::Pending), &photos[2..]);
    let rows = desk.store.queue_rows(desk.round, &second("李")).unwrap();
    assert!(
        rows.iter()
            .all(|row| row.reviewing && row.decision.is_none())
    );
    let counts = desk.store.queue_counts(desk.round).unwrap();
    assert_eq!((counts.reviewing, counts.approved, counts.held), (2, 0, 0));
    assert_eq!(counts.first_reviewers, [("王".to_owned(), 2)]);
    assert!(counts.reviewers.is_empty());
    let round = desk.store.round_counts(desk.round).unwrap();
    assert_eq!(
        (round.reviewing, round.approved, round.to_review),
        (2, 0, 1)
    );
}

#[test]
fn the_second_verdict_is_another_persons_and_one_by_one() {
    let (desk, photos) = decided();
    choose(&desk, &photos);
    let own = desk.store.decide(photos[0], &reject("王"), None, at(4));
    assert!(matches!(own, Err(Error::UnderReview(_))), "{own:?}");
    let target = Target {
        submission: photos[0],
        seen: Seen::default(),
    };
    let seen = Target {
        seen: desk.store.submission(photos[0]).unwrap().decision.into(),
        ..target
    };
    for target in [target, seen] {
        let bulk = desk.store.decide_all(&[target], &approve("李"), at(4));
        assert!(bulk.is_err(), "{bulk:?}");
    }
    desk.store
        .decide(photos[0], &reject("李"), None, at(5))
        .unwrap();
    assert!(queue(&desk, &second("李")).contains(&photos[1]));
    assert_eq!(queue(&desk, &QueueKind::Differing), [photos[0]]);
    let row = desk.store.review_of(photos[0]).unwrap().unwrap();
    let kinds = [row.first, row.second].map(|made| made.unwrap().decision.kind);
    assert_eq!(kinds, [DecisionKind::Approved, DecisionKind::Rejected]);
    assert_eq!(row.settled, None);
}

#[test]
fn ending_a_hold_is_no_difference_and_a_difference_is_settled_by_deciding_again() {
    let (desk, photos) = decided();
    choose(&desk, &photos);
    desk.store
        .decide(photos[1], &approve("李"), None, at(4))
        .unwrap();
    assert!(queue(&desk, &QueueKind::Differing).is_empty());
    let second = desk
        .store
        .decide(photos[0], &reject("李"), None, at(5))
        .unwrap();
    let last = desk
        .store
        .decide(photos[0], &approve("王"), Some(second.id), at(6))
        .unwrap();
    assert!(queue(&desk, &QueueKind::Differing).is_empty());
    let row = desk.store.review_of(photos[0]).unwrap().unwrap();
    assert_eq!(row.second.as_ref(), Some(&second));
    assert_eq!(row.settled, Some(last));
    desk.store.undo(desk.round, "王", at(7)).unwrap().unwrap();
    assert_eq!(queue(&desk, &QueueKind::Differing), [photos[0]]);
    // Saying the second's verdict once more settles it as well.
    let second = row.second.unwrap();
    desk.store
        .decide(photos[0], &reject("李"), Some(second.id), at(8))
        .unwrap();
    assert!(queue(&desk, &QueueKind::Differing).is_empty());
}

#[test]
fn what_two_people_differ_on_counts_as_neither_verdict() {
    let (desk, photos) = decided();
    desk.store
        .decide(photos[2], &reject("王"), None, at(3))
        .unwrap();
    choose(&desk, &photos[2..]);
    let second = desk.store.decide(photos[2], &approve("李"), None, at(4));
    let second = second.unwrap();
    assert_eq!(queue(&desk, &QueueKind::Differing), [photos[2]]);
    assert_eq!(queue(&desk, &QueueKind::Approved), [photos[0]]);
    assert!(queue(&desk, &QueueKind::Rejected).is_empty());
    let counts = desk.store.queue_counts(desk.round).unwrap();
    assert_eq!(
        (counts.approved, counts.rejected, counts.differing),
        (1, 0, 1)
    );
    let round = desk.store.rounds().unwrap()[0].counts;
    assert_eq!((round.approved, round.rejected, round.differing), (1, 0, 1));
    let lines = desk.store.roster_lines(desk.round).unwrap();
    let differing: Vec<bool> = lines.iter().map(|line| line.differing).collect();
    assert_eq!(differing, [false, false, true]);
    let standings = desk.store.standings(desk.round).unwrap();
    let differing = standings.iter().filter_map(|row| row.submission.as_ref());
    assert_eq!(differing.filter(|photo| photo.differing).count(), 1);
    desk.store
        .decide(photos[2], &approve("赵"), Some(second.id), at(5))
        .unwrap();
    assert_eq!(
        queue(&desk, &QueueKind::Approved),
        [photos[0], photos[2]],
        "settled by deciding again"
    );
}

#[test]
fn undo_and_redo_open_and_close_a_review() {
    let (desk, photos) = decided();
    choose(&desk, &photos);
    desk.store
        .decide(photos[0], &approve("李"), None, at(4))
        .unwrap();
    assert_eq!(queue(&desk, &QueueKind::Approved), [photos[0]]);
    let undone = desk.store.undo(desk.round, "李", at(5)).unwrap().unwrap();
    assert_eq!(undone.act, Act::SecondReviewed);
    assert_eq!(queue(&desk, &second("李")).len(), 2);
    desk.store.redo(desk.round, "李", at(6)).unwrap().unwrap();
    let desk = desk.reopen();
    assert_eq!(queue(&desk, &second("李")), [photos[1]]);
    // The first verdict taken back: the review rests, and wakes with the next decision.
    desk.store.undo(desk.round, "王", at(7)).unwrap().unwrap();
    assert!(queue(&desk, &second("李")).is_empty());
    assert!(queue(&desk, &QueueKind::Pending).contains(&photos[1]));
    desk.store
        .decide(photos[1], &reject("李"), None, at(8))
        .unwrap();
    assert_eq!(queue(&desk, &second("王")), [photos[1]]);
}

#[test]
fn what_is_withdrawn_stands_as_first_decided() {
    let (desk, photos) = decided();
    choose(&desk, &photos);
    desk.store
        .decide(photos[1], &approve("李"), None, at(4))
        .unwrap();
    assert_eq!(
        desk.store
            .withdraw_reviews(desk.round, "李", at(5))
            .unwrap(),
        1
    );
    assert_eq!(
        desk.store
            .withdraw_reviews(desk.round, "李", at(6))
            .unwrap(),
        0
    );
    assert_eq!(queue(&desk, &QueueKind::Approved), &photos[..2]);
    assert_eq!(
        choose(&desk, &photos),
        0,
        "one was given its second verdict, the first verdict of the other was seen"
    );
}

#[test]
fn nobody_gives_up_the_review_of_their_own_verdict() {
    let (desk, photos) = decided();
    desk.store
        .decide(photos[2], &reject("李"), None, at(3))
        .unwrap();
    assert_eq!(choose(&desk, &photos), 3);
    let withdraw = |who, second| {
        desk.store
            .withdraw_reviews(desk.round, who, at(second))
            .unwrap()
    };
    assert_eq!(withdraw("王", 5), 1, "that of 李");
    assert_eq!(
        desk.store.open_reviews(desk.round).unwrap(),
        &photos[..2],
        "both of 王 wait on"
    );
    assert_eq!(withdraw("王", 6), 0);
    assert_eq!(withdraw("李", 7), 2);
}

#[test]
fn a_newer_photo_ends_the_review_of_the_older() {
    let (desk, photos) = decided();
    choose(&desk, &photos);
    let newer = desk.hand_in(desk.student("1"), &[9]);
    assert_eq!(queue(&desk, &second("李")), [photos[1]]);
    assert!(desk.store.open_review(photos[0]).unwrap().is_none());
    assert!(queue(&desk, &QueueKind::Pending).contains(&newer));
    assert!(desk.store.review_of(photos[0]).unwrap().unwrap().withdrawn);
}

#[test]
fn a_review_given_up_is_not_asked_for_again() {
    let (desk, photos) = decided();
    choose(&desk, &photos[..1]);
    desk.store
        .withdraw_reviews(desk.round, "李", at(4))
        .unwrap();
    assert_eq!(choose(&desk, &photos), 1, "its first verdict was seen");
    assert!(desk.store.open_review(photos[0]).unwrap().is_none());
    assert!(desk.store.open_review(photos[1]).unwrap().is_some());
}

#[test]
fn a_second_verdict_never_passes_for_a_first_one() {
    let (desk, photos) = decided();
    choose(&desk, &photos[..1]);
    // 王 takes back both verdicts while 李 looks at the photo.
    for when in [4, 5] {
        desk.store
            .undo(desk.round, "王", at(when))
            .unwrap()
            .unwrap();
    }
    let late = desk
        .store
        .judge_again(photos[0], &approve("李"), None, at(6));
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    assert_eq!(desk.store.submission(photos[0]).unwrap().decision, None);
}

#[test]
fn who_saw_a_verdict_cannot_judge_blind() {
    let (desk, photos) = decided();
    let first = desk.store.submission(photos[0]).unwrap().decision;
    choose(&desk, &photos);
    for seen in [first, Some(zhaoshen_model::DecisionId(4711))] {
        let late = desk.store.decide(photos[0], &approve("李"), seen, at(4));
        assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    }
    assert_eq!(queue(&desk, &second("李")), &photos[..2]);
}

#[test]
fn a_verdict_taken_back_is_not_given_again_to_a_review_that_was_given_up() {
    let (desk, photos) = decided();
    choose(&desk, &photos[..1]);
    desk.store
        .decide(photos[0], &reject("李"), None, at(4))
        .unwrap();
    desk.store.undo(desk.round, "李", at(5)).unwrap().unwrap();
    desk.store
        .withdraw_reviews(desk.round, "李", at(6))
        .unwrap();
    assert_eq!(desk.store.redo(desk.round, "李", at(7)).unwrap(), None);
    assert!(queue(&desk, &QueueKind::Differing).is_empty());
    assert_eq!(queue(&desk, &QueueKind::Approved), &photos[..1]);
}

#[test]
fn statistics_and_the_same_photo_sent_again_tell_nothing_of_a_hidden_verdict() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let photo = desk.hand_in(students[0], b"once");
    desk.store
        .decide(photo, &reject("王"), None, at(1))
        .unwrap();
    choose(&desk, &[photo]);
    let made = desk.store.decisions_made(desk.round).unwrap();
    assert!(made.iter().all(|made| !made.stands));
    let again = desk.take_in(students[0], b"once");
    assert_eq!(again, IntakeOutcome::AlreadyThere { submission: photo });
    assert_eq!(desk.store.open_reviews(desk.round).unwrap(), [photo]);
}

#[test]
fn a_verdict_after_a_look_settles_and_is_no_blind_one() {
    let (desk, photos) = decided();
    choose(&desk, &photos[..1]);
    desk.store
        .judge_again(photos[0], &reject("李"), None, at(4))
        .unwrap();
    // By that both verdicts are shown; taking it back does not make the eye blind again.
    desk.store.undo(desk.round, "李", at(5)).unwrap().unwrap();
    let later = desk
        .store
        .judge_again(photos[0], &approve("李"), None, at(6))
        .unwrap();
    let review = desk.store.review_of(photos[0]).unwrap().unwrap();
    let kind = |row: Option<zhaoshen_store::DecisionRow>| row.map(|row| row.decision.kind);
    assert_eq!(kind(review.first), Some(DecisionKind::Approved));
    assert_eq!(kind(review.second), Some(DecisionKind::Rejected));
    assert_eq!(review.settled.map(|row| row.id), Some(later.id));
    assert!(desk.store.open_review(photos[0]).unwrap().is_none());
}
