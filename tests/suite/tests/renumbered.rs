//! A student who has another 学号 in the next roster: one and the same, with photo and review.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};
use zhaoshen_station::wire::{RosterSource, RoundRef};
use zhaoshen_suite::{import_photos, import_roster, new_round};

const ID: &str = "11010519491231002X";

#[test]
fn a_changed_number_keeps_the_student_and_the_photos() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let roster = |file: &str, rows: &str| {
        let path = folder.path().join(file);
        std::fs::write(&path, format!("学号,姓名,证件号码\n{rows}")).unwrap();
        path
    };
    let first = roster(
        "一.csv",
        &format!("2021310001,张伟,{ID}\n2021310002,李四,\n"),
    );
    import_roster(&station, round, &first, false).unwrap();
    let photos = folder.path().join("照片");
    std::fs::create_dir(&photos).unwrap();
    let jpeg = encode_jpeg(&paint(&Portrait::default()), &JpegOptions::default()).unwrap();
    std::fs::write(photos.join("2021310001.jpg"), &jpeg).unwrap();
    // Another photo comes under the new 学号 before the roster has it.
    std::fs::write(photos.join("2022310077.jpg"), [&jpeg[..], b"\0"].concat()).unwrap();
    import_photos(&station, round, &[photos]).unwrap();
    let submission = station.current_submission(round, "2021310001").unwrap();

    let next = roster(
        "二.csv",
        &format!("2022310077,张伟,{ID}\n2021310002,李四,\n"),
    );
    let preview = station
        .roster_preview(RosterSource {
            round,
            path: next.display().to_string(),
            pasted: String::new(),
        })
        .unwrap();
    assert_eq!((preview.added, preview.not_in_file), (0, 0));
    assert!(preview.conflicts.is_empty(), "{:?}", preview.conflicts);
    let change = &preview.updated[0];
    assert_eq!((&*change.student_no, &*change.name), ("2021310001", "张伟"));
    let changes: Vec<_> = (change.changes.iter())
        .map(|change| (&*change.field, &*change.before, &*change.after))
        .collect();
    assert_eq!(changes, [("学号", "2021310001", "2022310077")]);

    let kept = import_roster(&station, round, &next, false).unwrap();
    assert_eq!((kept.updated, kept.kept), (0, 1), "only when accepted");
    let committed = import_roster(&station, round, &next, true).unwrap();
    assert_eq!((committed.added, committed.updated), (0, 1));
    assert_eq!(committed.rematched, 1, "the photo in the pile is theirs");
    assert!(station.current_submission(round, "2021310001").is_err());
    let piles = station.pile_list(RoundRef { round }).unwrap();
    assert!(piles.not_on_roster.is_empty() && piles.unknown.is_empty());
    let newest = station.current_submission(round, "2022310077").unwrap();
    assert_ne!(newest, submission);

    // Somebody else with the number is a conflict as before, with the address of its cell.
    let other = roster("三.csv", &format!("2022310078,王五,{ID}\n"));
    let preview = station
        .roster_preview(RosterSource {
            round,
            path: other.display().to_string(),
            pasted: String::new(),
        })
        .unwrap();
    assert_eq!((preview.conflicts.len(), preview.updated.len()), (1, 0));
    assert_eq!(preview.remedies[0].first, ["C2"]);
}
