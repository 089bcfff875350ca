//! The example round holds what it plans.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use zhaoshen_portrait::{ExampleRound, PlannedFault, example_round, id_check_digit};

fn faults(round: &ExampleRound) -> BTreeMap<PlannedFault, usize> {
    let mut counts = BTreeMap::new();
    for fault in round.photos.iter().filter_map(|p| p.fault) {
        *counts.entry(fault).or_insert(0) += 1;
    }
    counts
}

#[test]
fn thirty_six_students_send_thirty_four_photos() {
    let round = example_round(36, 1);
    assert_eq!((round.students.len(), round.photos.len()), (36, 34));
    assert_eq!(
        round.photos.iter().filter(|p| p.fault.is_none()).count(),
        18
    );
    let faults = faults(&round);
    assert_eq!(faults.len(), 16, "every fault is there: {faults:?}");
    assert!(faults.values().all(|&count| count == 1));
    assert_eq!(round.without_photo(), [29, 32, 33, 34, 35]);
    let names: BTreeSet<&str> = round.photos.iter().map(|p| p.file_name.as_str()).collect();
    assert_eq!(names.len(), round.photos.len(), "file names are unique");
    assert_eq!(round.planned_fault("no such file.jpg"), None);
}

#[test]
fn one_name_is_shared_and_one_photo_is_named_by_it() {
    let round = example_round(36, 1);
    let shared = round
        .photos
        .iter()
        .find(|p| p.fault == Some(PlannedFault::SharedName))
        .unwrap();
    let name = shared.file_name.strip_suffix(".jpg").unwrap();
    assert_eq!(round.students.iter().filter(|s| s.name == name).count(), 2);
    assert_eq!(shared.student, None);
    let names: BTreeSet<&str> = round.students.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names.len(), 35);
    let by_name = round.photos.iter().filter(|p| {
        round
            .students
            .iter()
            .any(|s| p.file_name == format!("{}.jpg", s.name))
    });
    assert_eq!(
        by_name.count(),
        2,
        "the shared name, and one that leads to its student"
    );
}

#[test]
fn second_submission_and_borrowed_photo() {
    let round = example_round(36, 5);
    let second: Vec<_> = round.photos.iter().filter(|p| p.submission == 2).collect();
    assert_eq!(second.len(), 1);
    assert_eq!((second[0].student, second[0].fault), (Some(2), None));
    let find = |wanted| {
        round
            .photos
            .iter()
            .find(|p| p.student == Some(wanted))
            .unwrap()
            .bytes()
            .unwrap()
    };
    assert_eq!(find(28), find(5), "byte for byte another student's photo");
    assert_ne!(find(28), find(6));
}

#[test]
fn files_are_as_large_and_as_broken_as_planned() {
    let round = example_round(36, 1);
    for photo in &round.photos {
        let bytes = photo.bytes().unwrap();
        let large = bytes.len() > 50 * 1024;
        match photo.fault {
            None => assert!(
                large && bytes.ends_with(&[0xff, 0xd9]),
                "{} has {}",
                photo.file_name,
                bytes.len()
            ),
            Some(PlannedFault::FileTooSmall) => assert!(!large, "{}", bytes.len()),
            Some(PlannedFault::PngNamedJpg) => assert!(bytes.starts_with(b"\x89PNG")),
            Some(PlannedFault::Truncated) => assert!(large && !bytes.ends_with(&[0xff, 0xd9])),
            Some(PlannedFault::EditorTag) => {
                assert!(bytes.windows(15).any(|w| w == b"Adobe Photoshop"));
            }
            Some(_) => assert!(large, "{} has {}", photo.file_name, bytes.len()),
        }
    }
}

#[test]
fn check_digits_follow_the_standard() {
    // The worked example of GB 11643-1999.
    assert_eq!(id_check_digit("11010519491231002"), Some('X'));
    assert_eq!(id_check_digit("44052418800101001"), Some('4'));
    assert_eq!(id_check_digit("1101051949123100"), None);
    assert_eq!(id_check_digit("1101051949123100a"), None);
}

#[test]
fn a_large_roster_has_unique_keys_and_right_id_numbers() {
    let round = example_round(20_000, 3);
    let numbers: BTreeSet<&str> = round
        .students
        .iter()
        .map(|s| s.student_no.as_str())
        .collect();
    let ids: BTreeSet<&str> = round
        .students
        .iter()
        .map(|s| s.id_number.as_str())
        .collect();
    assert_eq!((numbers.len(), ids.len()), (20_000, 20_000));
    for student in &round.students {
        let (body, check) = student.id_number.split_at(17);
        assert_eq!(id_check_digit(body).unwrap().to_string(), check);
        assert!(body.starts_with("119999"), "no area of anybody's");
        let odd = body.as_bytes()[16] % 2 == 1;
        assert_eq!(odd, student.sex == "男");
        assert!(student.student_no.starts_with(&student.grade) && student.student_no.len() == 10);
        assert_eq!(
            (student.study_mode.as_str(), student.level.as_str()),
            ("非全日制", "硕士")
        );
    }
    assert_eq!(round, example_round(20_000, 3));
}

#[test]
fn a_small_round_is_the_beginning_of_the_plan() {
    for count in [0, 1, 5, 30, 300] {
        let round = example_round(count, 9);
        assert_eq!(round.students.len(), count);
        assert!(
            round
                .photos
                .iter()
                .filter_map(|p| p.student)
                .all(|s| s < count)
        );
    }
    // Eight whole blocks of 34 photos, then twelve students of whom one sends two.
    assert_eq!(example_round(300, 9).photos.len(), 8 * 34 + 13);
}
