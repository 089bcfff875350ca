//! What a delivery must never do: lie in the station's own folder, or hold half a photo.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;

use zhaoshen_portrait::PlannedFault;
use zhaoshen_station::Station;
use zhaoshen_station::wire::{DeliveryMode, Empty, LeftOutOf};
use zhaoshen_suite::example::TakenIn;

#[test]
fn nothing_is_delivered_into_the_workspace_and_nothing_foreign_is_cleared_there() {
    let round = TakenIn::new().unwrap();
    let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
    let workspace = round.folder.path().join("workspace");
    for inside in ["incoming/out", "photos/out", "out"] {
        let refused = round
            .station
            .delivery_write_to(options.clone(), &workspace.join(inside))
            .unwrap_err();
        assert!(refused.message.contains("工作区"), "{}", refused.message);
    }
    let foreign = workspace.join("incoming/资料");
    fs::create_dir_all(&foreign).unwrap();
    fs::write(foreign.join("重要.txt"), "x").unwrap();
    fs::write(workspace.join("incoming/7"), "half written").unwrap();
    let TakenIn {
        station,
        folder: _folder,
        ..
    } = round;
    drop(station);
    drop(Station::open(&workspace).unwrap());
    assert!(foreign.join("重要.txt").exists());
    assert!(!workspace.join("incoming/7").exists());
}

#[test]
fn half_a_photo_is_not_delivered_even_when_it_was_approved() {
    let round = TakenIn::new().unwrap();
    let half = |fault: Option<PlannedFault>| fault == Some(PlannedFault::Truncated);
    let photo = round.plan.photos.iter().find(|photo| half(photo.fault));
    let student = &round.plan.students[photo.unwrap().student.unwrap()];
    let submission = round.submission(&student.student_no).unwrap();
    round.decide(submission, "approved").unwrap();
    let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
    let left_out = round.left_out(&options, LeftOutOf::NotReady).unwrap();
    let of_student = left_out
        .iter()
        .find(|left| left.student_no == student.student_no);
    let why = &of_student.unwrap().why;
    assert!(why.contains("不完整"), "{why}");
}

#[cfg(unix)]
#[test]
fn no_decision_is_confirmed_once_the_workspace_is_removed() {
    let round = TakenIn::new().unwrap();
    let [first, second] = [0, 1].map(|at| {
        let student = &round.plan.students[at].student_no;
        round.submission(student).unwrap()
    });
    round.decide(first, "approved").unwrap();
    let alarm = || round.station.app_status(Empty {}).unwrap().alarm;
    assert_eq!(alarm(), "");
    fs::remove_dir_all(round.folder.path().join("workspace")).unwrap();
    let refused = round.decide(second, "approved").unwrap_err();
    let told = format!("{refused:?}");
    assert!(told.contains("已经不在原处"), "{told}");
    assert!(alarm().contains("已经不在原处"), "{}", alarm());
}
