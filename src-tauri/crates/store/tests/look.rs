//! Pictures that look the same: paired when measured, named by histories, listed in their queue.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, at, reject};
use zhaoshen_model::measurement::{
    Completeness, FileFacts, FileFormat, FileMarks, LookHash, TraceFacts,
};
use zhaoshen_model::{Measurements, SubmissionId};
use zhaoshen_store::{KEPT_BITS, QueueKind};

/// Measurements of nothing but what the picture looks like: `bits` ones from the left.
fn looking(bits: usize) -> Measurements {
    let mut look = [0u8; 32];
    for bit in 0..bits {
        look[bit / 8] |= 1 << (bit % 8);
    }
    let file = FileFacts {
        extension: "jpg".to_owned(),
        size_bytes: 1,
        format: FileFormat::Jpeg,
        completeness: Completeness::Complete,
        trailing_bytes: 0,
    };
    Measurements {
        trace: Some(TraceFacts {
            marks: FileMarks::default(),
            earlier_save: None,
            resolved_share: None,
            resolved_eye_distance_px: None,
            skin_smoothness_ratio: None,
            moire_peak: None,
            edge_shares: None,
            look: Some(LookHash(look)),
        }),
        ..Measurements::of_file(1, file)
    }
}

fn measured(desk: &Desk, submission: SubmissionId, bits: usize) {
    let photo = desk.store.submission(submission).unwrap().photo;
    desk.store
        .put_measurements(&[(photo, looking(bits))])
        .unwrap();
}

#[test]
fn alike_photos_of_two_students_name_each_other_and_fill_the_queue() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let first = desk.hand_in(students[0], b"first");
    let second = desk.hand_in(students[1], b"second");
    let third = desk.hand_in(students[2], b"third");
    measured(&desk, first, 0);
    measured(&desk, second, KEPT_BITS as usize);
    measured(&desk, third, 100);

    let near = desk.store.photo_history(first).unwrap().near;
    assert_eq!(near.len(), 1);
    assert_eq!(
        (near[0].submission, near[0].student_no.as_str()),
        (second, "2")
    );
    assert_eq!(near[0].distance_bits, KEPT_BITS);
    let histories = desk.store.photo_histories(desk.round).unwrap();
    assert_eq!(histories[&first].near, near);
    assert_eq!(histories[&second].near[0].submission, first);
    assert!(histories[&third].near.is_empty());
    assert_eq!(desk.queue(&QueueKind::Duplicates), [first, second]);

    // Measured anew, and another picture after all.
    measured(&desk, second, 200);
    assert!(desk.store.photo_history(first).unwrap().near.is_empty());
    assert!(desk.queue(&QueueKind::Duplicates).is_empty());
}

#[test]
fn a_rejected_picture_saved_anew_is_recognised_for_its_own_student() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let first = desk.hand_in(student, b"first");
    measured(&desk, first, 0);
    desk.store
        .decide(first, &reject("王"), None, at(1))
        .unwrap();
    let again = desk.hand_in(student, b"first, saved anew");
    measured(&desk, again, 5);
    let history = desk.store.photo_history(again).unwrap();
    assert_eq!(history.near_rejected.len(), 1);
    assert_eq!(history.near_rejected[0].submission, first);
    assert!(history.near.is_empty() && !history.rejected_before);
    assert!(
        desk.store
            .photo_history(first)
            .unwrap()
            .near_rejected
            .is_empty()
    );
    assert!(desk.queue(&QueueKind::Duplicates).is_empty());
}

#[test]
fn the_same_file_is_known_by_the_last_submission_of_each_other_student() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let mine = desk.hand_in(students[0], &[7]);
    let other = desk.hand_in(students[1], &[7]);
    desk.hand_in(students[2], &[8]);
    assert_eq!(desk.store.sharing(mine).unwrap(), [other]);
    assert_eq!(desk.store.sharing(other).unwrap(), [mine]);
}
