//! Which of several photos counts, picked on the terminal as the desk asks it.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod said;

use std::fs;

use said::{BY, zhaoshen};
use serde_json::Value;
use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};

const STUDENT: &str = "2021310001";

#[test]
fn of_photos_that_came_together_one_is_picked_and_then_decided_on() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区").display().to_string();
    let run = |arguments: &[&str]| zhaoshen(&workspace, &[&BY[..], arguments].concat(), "");
    let roster = folder.path().join("名单.csv");
    fs::write(&roster, format!("学号,姓名\n{STUDENT},张伟\n")).unwrap();
    let photos = folder.path().join("照片");
    fs::create_dir(&photos).unwrap();
    for (name, person) in [("a", 7), ("b", 8), ("c", 9)] {
        let picture = paint(&Portrait::person(person).scaled(2.0));
        let bytes = encode_jpeg(&picture, &JpegOptions::default()).unwrap();
        fs::write(photos.join(format!("{STUDENT}-{name}.jpg")), bytes).unwrap();
    }
    assert_eq!(run(&["round", "new", "--name", "批次"]).0, 0);
    let roster = roster.display().to_string();
    assert_eq!(run(&["roster", "import", &roster]).0, 0);
    run(&["photos", "import", &photos.display().to_string()]);

    let (status, told) = run(&["review", "approve", STUDENT]);
    assert_eq!(status, 1, "{told}");
    assert!(told.contains("review pick 2021310001"), "{told}");
    assert!(!told.contains("审核台"), "{told}");

    let listed = || -> Vec<Value> {
        let (_, text) = run(&["review", "pick", STUDENT, "--json"]);
        let lines = text.lines().map(serde_json::from_str);
        lines.map(Result::unwrap).collect()
    };
    let to_pick = || listed().iter().filter(|row| row["to_pick"] == true).count();
    let rows = listed();
    assert_eq!((rows.len(), to_pick()), (3, 3));
    let hash = |at: usize| rows[at]["photo"].as_str().unwrap().to_owned();
    let start = |at: usize, digits: usize| -> String { hash(at).chars().take(digits).collect() };
    let (status, text) = run(&["review", "pick", STUDENT]);
    assert_eq!(status, 1, "one is still to be picked");
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    for (at, row) in rows.iter().enumerate() {
        let line = &lines[at];
        assert_eq!(line[0], row["number"].to_string());
        assert_eq!(line[1], start(at, 8));
        assert!(
            line[2].contains('×') && line[2].ends_with(" KB"),
            "{line:?}"
        );
        assert_eq!(line[3], row["received_at"].as_str().unwrap());
        assert_ne!(line[4], "未检测");
        assert_eq!(line[5], "待选定");
        assert_eq!(line[6], row["file_name"].as_str().unwrap());
    }

    for unknown in ["4", "0", "zzzz", &start(0, 3)] {
        let (status, told) = run(&["review", "pick", STUDENT, unknown]);
        assert_eq!(status, 2, "{told}");
        assert!(told.contains(unknown), "{told}");
    }
    assert_eq!(to_pick(), 3);
    assert_eq!(run(&["review", "pick", "2021310099"]).0, 2);

    let (status, told) = run(&["review", "pick", STUDENT, &start(0, 8).to_uppercase()]);
    assert_eq!(status, 0, "{told}");
    let after = listed();
    assert_eq!(after.last().unwrap()["photo"], hash(0).as_str());
    assert_eq!(to_pick(), 0);
    // By its number in the list, another one; and undo asks again as before.
    assert_eq!(run(&["review", "pick", STUDENT, "2"]).0, 0);
    assert_eq!(listed().last().unwrap()["photo"], hash(1).as_str());
    assert_eq!(run(&["review", "undo"]).0, 0);
    assert_eq!(run(&["review", "undo"]).0, 0);
    assert_eq!(to_pick(), 3);
    assert_eq!(run(&["review", "pick", STUDENT, "3"]).0, 0);
    assert_eq!(run(&["review", "approve", STUDENT]).0, 0);
    let (status, text) = run(&["review", "pick", STUDENT]);
    assert_eq!(status, 0);
    assert!(text.lines().last().unwrap().contains("通过"), "{text}");
}
