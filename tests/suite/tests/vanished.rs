//! Whom a roster that is read again offers to take off: never a student whom the file lists after all.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use zhaoshen_station::Station;
use zhaoshen_station::wire::{RefusedSave, RosterPreview, RosterSource};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::import_roster;

fn preview(station: &Station, round: i64, path: &Path) -> RosterPreview {
    let path = path.to_string_lossy().into_owned();
    let pasted = String::new();
    let source = RosterSource {
        round,
        path,
        pasted,
    };
    station.roster_preview(source).unwrap()
}

/// A workbook with one sheet per college, each with rows of texts below a header.
fn book(folder: &Path, name: &str, sheets: &[(&str, Vec<[String; 3]>)]) -> PathBuf {
    let mut book = Workbook::new();
    for (title, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*title).unwrap();
        for (column, text) in (0..).zip(["学号", "姓名", "证件号码"]) {
            sheet.write_string(0, column, text).unwrap();
        }
        for (row, cells) in (1..).zip(rows) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    let path = folder.join(name);
    book.save(&path).unwrap();
    path
}

fn student(number: u32, id: &str) -> [String; 3] {
    [
        format!("20990{number:05}"),
        format!("生{number}"),
        id.to_owned(),
    ]
}

/// Students of these tests among those who would be taken off.
fn gone(preview: &RosterPreview) -> Vec<&str> {
    let gone = preview
        .vanished
        .iter()
        .map(|known| known.student_no.as_str());
    gone.filter(|number| number.starts_with("20990")).collect()
}

#[test]
fn a_student_refused_after_ten_thousand_others_has_not_vanished() {
    let taken = TakenIn::new().unwrap();
    let (station, round, folder) = (&taken.station, taken.round, taken.folder.path());
    let known = book(folder, "原.xlsx", &[("名单", vec![student(10_400, "")])]);
    import_roster(station, round, &known, true).unwrap();
    let rows = (0..10_500).map(|at| student(at, "1")).collect();
    let broken = book(folder, "坏.xlsx", &[("名单", rows)]);
    let seen = preview(station, round, &broken);
    assert_eq!(seen.refused_rows, 10_500);
    assert_eq!(gone(&seen), Vec::<&str>::new());
}

#[test]
fn refused_rows_read_again_take_nobody_off() {
    let taken = TakenIn::new().unwrap();
    let (station, round, folder) = (&taken.station, taken.round, taken.folder.path());
    let rows = vec![student(1, ""), student(2, "1.10105E+17")];
    let path = book(folder, "名单.xlsx", &[("名单", rows)]);
    let seen = preview(station, round, &path);
    assert_eq!((seen.added, seen.refused_rows), (1, 1));
    let saved = station
        .roster_refused_save(RefusedSave {
            round,
            path: seen.path,
            pasted: String::new(),
            digest: seen.digest,
            folder: folder.to_string_lossy().into_owned(),
        })
        .unwrap();
    import_roster(station, round, &path, true).unwrap();
    let again = preview(station, round, Path::new(&saved.path));
    assert_eq!((again.added, again.refused_rows), (0, 1));
    assert_eq!((again.not_in_file, again.vanished.len()), (0, 0));
    assert!(
        again
            .hints
            .iter()
            .any(|hint| hint.problem.contains("未导入的行"))
    );
}

#[test]
fn a_student_of_another_sheet_has_not_vanished() {
    let taken = TakenIn::new().unwrap();
    let (station, round, folder) = (&taken.station, taken.round, taken.folder.path());
    let others = vec![student(1, ""), student(2, "")];
    let known = book(folder, "原.xlsx", &[("控计学院", others.clone())]);
    import_roster(station, round, &known, true).unwrap();
    let both = [
        ("文学院", vec![student(3, "")]),
        ("控计学院", others[..1].to_vec()),
    ];
    let seen = preview(station, round, &book(folder, "各院.xlsx", &both));
    assert_eq!(
        (seen.sheet.as_str(), gone(&seen)),
        ("文学院", vec!["2099000002"])
    );
}

#[test]
fn a_changed_identity_number_says_which_part_of_it() {
    let taken = TakenIn::new().unwrap();
    let (station, round, folder) = (&taken.station, taken.round, taken.folder.path());
    let before = book(
        folder,
        "前.xlsx",
        &[("名单", vec![student(1, "11010519491231002X")])],
    );
    import_roster(station, round, &before, true).unwrap();
    let after = book(
        folder,
        "后.xlsx",
        &[("名单", vec![student(1, "110105194912310038")])],
    );
    let seen = preview(station, round, &after);
    let change = &seen.updated.first().unwrap().changes.first().unwrap().after;
    assert!(
        change.starts_with("110*") && change.contains("顺序码"),
        "{change}"
    );
    assert!(!change.contains("003"), "{change}");
}

#[test]
fn a_hint_on_a_cell_names_its_student() {
    let taken = TakenIn::new().unwrap();
    let (station, round, folder) = (&taken.station, taken.round, taken.folder.path());
    let mut padded = student(1, "");
    padded[1] = "杨　佳".to_owned();
    let path = book(folder, "名单.xlsx", &[("名单", vec![padded])]);
    let seen = preview(station, round, &path);
    let hint = seen.hints.iter().find(|hint| hint.cell == "B2").unwrap();
    assert_eq!(
        (hint.student_no.as_str(), hint.name.as_str()),
        ("2099000001", "杨佳"),
        "{hint:?}"
    );
}
