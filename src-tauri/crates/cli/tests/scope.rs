//! Whom a round collects, said on the terminal: tried out, set, a list of the collected read, and taken back.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod round;
mod said;

use round::Round;

const ROSTER: &str = "学号,姓名,年级,学习形式,校区\n\
    2020310001,张伟,2020级,非全日制,北京校部\n\
    2021310002,李娜,2021级,全日制,北京校部\n\
    2018310003,王芳,2018级,非全日制,保定校区\n";

#[test]
fn a_scope_is_tried_set_and_taken_back() {
    let round = Round::of(ROSTER);
    let run = |arguments: &[&str]| round.run(arguments);
    let collected = "学号,姓名\n2020310001,张伟\n2021310002,赵强\n";
    let collected = round.write("已采集.csv", collected.as_bytes());

    let cohorts = ["--cohort", "年级=2020-2021 校区=北京"];
    let (_, tried) = run(&[&["scope", "set", "--dry-run"], &cohorts[..]].concat());
    assert!(
        tried.contains("名单 3 = 应采 2 + 免采 1（不在采集范围 1）"),
        "{tried}"
    );
    assert!(
        run(&["scope", "show"])
            .1
            .contains("名单 3 = 应采 3 + 免采 0")
    );
    let (_, set) = run(&[&["scope", "set"], &cohorts[..]].concat());
    assert!(
        set.contains("采集对象：年级 2020、2021，校区 北京"),
        "{set}"
    );

    let (status, read) = run(&["scope", "collected", &collected]);
    assert_eq!(status, 1, "a row contradicts itself: {read}");
    assert!(
        read.contains("新标记 1 人") && read.contains("2021310002 赵强"),
        "{read}"
    );
    assert_eq!(run(&["scope", "mark", "straggler", "2018310003"]).0, 0);
    let (_, shown) = run(&["scope", "show"]);
    assert!(
        shown.contains("应采 2 + 免采 1（已有学历照片 1）"),
        "{shown}"
    );
    let (_, undone) = run(&["scope", "undo"]);
    assert!(undone.contains("标记学生 1 人"), "{undone}");
    assert!(
        run(&["round", "show"])
            .1
            .contains("名单 3 = 应采 1 + 免采 2")
    );
    assert_eq!(run(&["scope", "mark", "left", "无此人"]).0, 2);
    assert_eq!(run(&["scope", "set", "--cohort", "宿舍=数理"]).0, 2);
}

/// The beginning of a picture, which holds no code that could be read.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1A\n and no more";

#[test]
fn the_picture_of_a_code_is_taken_away_and_put_back() {
    let round = Round::of(ROSTER);
    let run = |arguments: &[&str]| round.run(arguments);
    let picture = round.write("2020310001.png", PICTURE);
    let (_, filed) = run(&["photos", "import", "--codes", &picture]);
    assert!(filed.contains("新存放 1"), "{filed}");

    let (status, removed) = run(&["photos", "remove-code", "2020310001", "2021310002"]);
    assert_eq!(status, 0, "{removed}");
    assert!(removed.contains("已移除 1 人"), "{removed}");
    let (status, gone) = run(&["photos", "remove-code", "2020310001"]);
    assert_eq!(status, 1, "{gone}");
    assert!(gone.contains("没有采集码图片"), "{gone}");
    assert_ne!(run(&["photos", "remove-code", "1"]).0, 0);
    let (_, undone) = run(&["scope", "undo"]);
    assert!(undone.contains("移除采集码 1 人"), "{undone}");
    let (_, json) = run(&["photos", "remove-code", "--json", "2020310001"]);
    assert!(
        json.contains("\"removed\": 1") || json.contains("\"removed\":1"),
        "{json}"
    );
}

#[test]
fn a_reference_photo_that_is_no_picture_is_told_and_one_set_is_of_one_kind() {
    let round = Round::of(ROSTER);
    let run = |arguments: &[&str]| round.run(arguments);
    let picture = round.write("2020310001.png", PICTURE);
    let (status, told) = run(&["photos", "import", "--references", &picture]);
    assert_eq!(status, 1, "{told}");
    assert!(told.contains("对照照片 1：新存放 0"), "{told}");
    assert!(told.contains("图片打不开或不完整，未存放"), "{told}");
    let both = ["photos", "import", "--codes", "--references", &picture];
    assert_eq!(run(&both).0, 2);
    let (status, gone) = run(&["photos", "remove-reference", "2020310001"]);
    assert_eq!(status, 1, "{gone}");
    assert!(gone.contains("没有对照照片"), "{gone}");
}
