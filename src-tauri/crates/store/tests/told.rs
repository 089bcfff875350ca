//! Of which rejections the students were told: of the one that stands, with its reasons, and of no other.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, at, clear_desk, reject};
use zhaoshen_model::{Decision, SubmissionId};
use zhaoshen_store::{ReviewChoice, ReviewWhy};

const SET: usize = 4;

/// A rejection by 王 for one reason.
fn because(text: &str) -> Decision {
    let mut decision = reject("王");
    decision.reasons.truncate(1);
    text.clone_into(&mut decision.reasons[0].text);
    decision
}

/// Decides over whatever stands.
fn decide(desk: &Desk, photo: SubmissionId, decision: &Decision, second: i64) {
    let standing = desk.store.submission(photo).unwrap().decision;
    desk.store
        .decide(photo, decision, standing, at(second))
        .unwrap();
}

/// How many marks changed.
fn mark(desk: &Desk, photo: SubmissionId, second: i64) -> u64 {
    let marked = desk
        .store
        .mark_told(desk.round, &[photo], true, None, "王", at(second));
    marked.unwrap()
}

fn is_told(desk: &Desk, photo: SubmissionId) -> bool {
    let told = desk.store.told(desk.round).unwrap();
    told.iter().any(|row| row.submission == photo)
}

#[test]
fn only_a_rejection_that_stands_is_marked_as_told() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    store.decide(all[0], &reject("王"), None, at(2)).unwrap();
    store.decide(all[1], &approve("王"), None, at(3)).unwrap();
    let told = |photos: &[SubmissionId], second| {
        store
            .mark_told(desk.round, photos, true, None, "王", at(second))
            .unwrap()
    };
    assert_eq!(told(&all[..3], 4), 1);
    // A mark is taken back whatever became of the photo.
    store
        .decide(
            all[0],
            &approve("王"),
            store.submission(all[0]).unwrap().decision,
            at(5),
        )
        .unwrap();
    let back = store.mark_told(desk.round, &all[..3], false, None, "王", at(6));
    assert_eq!(back.unwrap(), 1);
}

#[test]
fn a_rejection_anew_is_told_anew() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    let photo = all[0];
    decide(&desk, photo, &because("甲"), 1);
    assert_eq!(mark(&desk, photo, 2), 1);
    assert_eq!(mark(&desk, photo, 3), 0);
    // Taken back and done again it is the same; passed and taken back it stands as it was told.
    store.undo(desk.round, "王", at(4)).unwrap();
    assert!(!is_told(&desk, photo), "nothing is rejected");
    store.redo(desk.round, "王", at(5)).unwrap();
    assert!(is_told(&desk, photo));
    decide(&desk, photo, &approve("王"), 6);
    assert!(!is_told(&desk, photo));
    store.undo(desk.round, "王", at(7)).unwrap();
    assert!(is_told(&desk, photo));

    // After it was taken back another is untold, whatever its reasons.
    for (reason, second) in [("乙", 10), ("乙", 20)] {
        store.undo(desk.round, "王", at(second)).unwrap();
        decide(&desk, photo, &because(reason), second + 1);
        assert!(!is_told(&desk, photo), "{reason} {second}");
        assert_eq!(mark(&desk, photo, second + 2), 1);
        assert!(is_told(&desk, photo));
    }
    // So is one for other reasons; one for the same was told already.
    decide(&desk, photo, &because("丙"), 30);
    assert!(!is_told(&desk, photo));
    assert_eq!(mark(&desk, photo, 31), 1);
    decide(&desk, photo, &because("丙"), 32);
    assert!(is_told(&desk, photo));
    decide(&desk, photo, &because("乙"), 33);
    decide(&desk, photo, &because("丙"), 34);
    assert!(!is_told(&desk, photo), "other reasons stood meanwhile");
    // The marks themselves are kept.
    assert_eq!(store.notices(desk.round).unwrap().len(), 1);
}

#[test]
fn a_second_reviewer_who_agrees_tells_nothing_new() {
    let (desk, all) = clear_desk(SET);
    for (photo, second) in [(all[0], 1), (all[1], 2)] {
        decide(&desk, photo, &because("甲"), second);
        assert_eq!(mark(&desk, photo, 5), 1);
    }
    let choice = ReviewChoice {
        why: ReviewWhy::Share,
        submissions: all[..2].to_vec(),
        drawn: Some((10, 7)),
    };
    let chosen = desk
        .store
        .choose_for_review(desk.round, &choice, "王", at(6));
    assert_eq!(chosen.unwrap(), 2);
    for (photo, reason) in [(all[0], "甲"), (all[1], "乙")] {
        let verdict = Decision {
            reviewer: "李".to_owned(),
            ..because(reason)
        };
        desk.store
            .judge_again(photo, &verdict, None, at(7))
            .unwrap();
        assert_eq!(is_told(&desk, photo), reason == "甲", "{reason}");
    }
}
