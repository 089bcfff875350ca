//! Mapping a roster nobody foresaw, having it remembered, and taking a changed roster student by student.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    FieldLeft, MappedColumn, RosterCommit, RosterCommitted, RosterMap, RosterPreview, RosterSource,
    RosterSurveyAsk, RosterSurveyView, RoundRef, StudentsQuery,
};
use zhaoshen_suite::example::TakenIn;

fn source(round: i64, pasted: &str) -> RosterSource {
    RosterSource {
        round,
        path: String::new(),
        pasted: pasted.to_owned(),
    }
}

fn survey(station: &Station, pasted: &str) -> RosterSurveyView {
    let ask = RosterSurveyAsk {
        path: String::new(),
        pasted: pasted.to_owned(),
        sheet: String::new(),
        header_row: 0,
    };
    station.roster_survey(ask).unwrap()
}

fn map(pasted: &str, columns: &[(&str, &str)]) -> RosterMap {
    let column = |(letter, field): &(&str, &str)| MappedColumn {
        letter: (*letter).to_owned(),
        field: (*field).to_owned(),
    };
    RosterMap {
        path: String::new(),
        pasted: pasted.to_owned(),
        sheet: "粘贴".to_owned(),
        header_row: 1,
        columns: columns.iter().map(column).collect(),
    }
}

fn commit(
    station: &Station,
    preview: &RosterPreview,
    source: RosterSource,
    without: &[&str],
    take_off: Vec<i64>,
) -> RosterCommitted {
    let commit = RosterCommit {
        without: without.iter().map(|no| (*no).to_owned()).collect(),
        take_off,
        ..RosterCommit::whole(source, preview, true)
    };
    station.roster_commit(commit).unwrap()
}

fn left_out(student_no: &str, field: &str) -> FieldLeft {
    FieldLeft {
        student_no: student_no.to_owned(),
        field: field.to_owned(),
    }
}

fn college(station: &Station, round: i64, student_no: &str) -> Option<String> {
    let page = station
        .student_list(StudentsQuery {
            round,
            text: student_no.to_owned(),
            state: String::new(),
            offset: 0,
            limit: 10,
        })
        .unwrap();
    let mut students = page.students.into_iter();
    students
        .find(|student| student.student_no == student_no)
        .map(|student| student.college)
}

#[test]
fn a_mapping_is_remembered_for_every_roster_with_the_same_headers() {
    let taken = TakenIn::new().unwrap();
    let (station, round) = (&taken.station, taken.round);
    let first = "编码\t称呼\t去向\n2099000001\t甲一\t文学院\n";
    assert!(station.roster_preview(source(round, first)).is_err());
    let looked = survey(station, first);
    assert_eq!(looked.missing, ["学号", "姓名"]);
    assert!(!looked.remembered);

    // Not without the two columns that every roster has, and nothing is remembered then.
    assert!(station.roster_map(map(first, &[("A", "学号")])).is_err());
    assert!(station.roster_map(map(first, &[("A", "学籍")])).is_err());
    assert!(!survey(station, first).remembered);

    let named = [("A", "学号"), ("B", "姓名"), ("C", "学院")];
    let mapped = station.roster_map(map(first, &named)).unwrap();
    assert!(mapped.remembered && mapped.missing.is_empty());
    let preview = station.roster_preview(source(round, first)).unwrap();
    assert_eq!(preview.added_sample.first().unwrap().college, "文学院");

    // Another file of the kind, its columns in another order.
    let later = "去向\t编码\t称呼\n理学院\t2099000002\t乙二\n";
    let preview = station.roster_preview(source(round, later)).unwrap();
    let student = preview.added_sample.first().unwrap();
    assert_eq!(
        (student.student_no.as_str(), student.college.as_str()),
        ("2099000002", "理学院")
    );

    // Forgotten on request; what was previewed by it is then not committed.
    station.roster_map(map(first, &[])).unwrap();
    assert!(station.roster_preview(source(round, later)).is_err());
    let stale = RosterCommit::whole(source(round, later), &preview, false);
    assert!(station.roster_commit(stale).is_err());
}

#[test]
fn a_mapping_that_changes_what_is_read_makes_the_preview_stale() {
    let taken = TakenIn::new().unwrap();
    let (station, round) = (&taken.station, taken.round);
    let table = "学号\t姓名\t专业\t方向\n2099000001\t甲一\t哲学\t伦理学\n";
    let before = station.roster_preview(source(round, table)).unwrap();
    let named = [("A", "学号"), ("B", "姓名"), ("D", "专业")];
    station.roster_map(map(table, &named)).unwrap();
    let after = station.roster_preview(source(round, table)).unwrap();
    assert_ne!(before.digest, after.digest);
    assert_eq!(after.added_sample.first().unwrap().major, "伦理学");
}

#[test]
fn a_changed_roster_is_taken_student_by_student_and_taken_back_whole() {
    let taken = TakenIn::new().unwrap();
    let (station, round) = (&taken.station, taken.round);
    let first =
        "学号\t姓名\t学院\n2099000001\t甲一\t旧\n2099000002\t乙二\t旧\n2099000003\t丙三\t旧\n";
    let preview = station.roster_preview(source(round, first)).unwrap();
    commit(station, &preview, source(round, first), &[], Vec::new());

    // 丙三 is gone; 丁四 and 戊五 are new.
    let next = "学号\t姓名\t学院\n2099000001\t甲一\t新\n2099000002\t乙二\t新\n2099000004\t丁四\t新\n2099000005\t戊五\t新\n";
    let preview = station.roster_preview(source(round, next)).unwrap();
    let gone = preview
        .vanished
        .iter()
        .find(|student| student.student_no == "2099000003");
    let gone = gone.unwrap().student;
    assert!(
        preview
            .vanished
            .iter()
            .all(|student| student.student_no != "2099000001")
    );
    let without = ["2099000002", "2099000005"];
    let done = commit(station, &preview, source(round, next), &without, vec![gone]);
    assert_eq!(
        (done.added, done.updated, done.kept, done.taken_off),
        (1, 1, 1, 1)
    );
    let shown = |no: &str| college(station, round, no);
    assert_eq!(shown("2099000001").as_deref(), Some("新"));
    assert_eq!(shown("2099000002").as_deref(), Some("旧"));
    assert_eq!(shown("2099000003"), None);
    assert_eq!(shown("2099000004").as_deref(), Some("新"));
    assert_eq!(shown("2099000005"), None);

    station.roster_undo(RoundRef { round }).unwrap();
    assert_eq!(shown("2099000001").as_deref(), Some("旧"));
    assert_eq!(shown("2099000003").as_deref(), Some("旧"));
    assert_eq!(shown("2099000004"), None);
    station.roster_redo(RoundRef { round }).unwrap();
    assert_eq!(shown("2099000003"), None);
}

#[test]
fn a_student_in_a_refused_row_or_in_the_file_is_never_taken_off() {
    let taken = TakenIn::new().unwrap();
    let (station, round) = (&taken.station, taken.round);
    let first = "学号\t姓名\t性别\n2099000001\t甲一\t男\n2099000002\t乙二\t女\n";
    let preview = station.roster_preview(source(round, first)).unwrap();
    commit(station, &preview, source(round, first), &[], Vec::new());
    let id = |preview: &RosterPreview, no: &str| {
        let mut vanished = preview.vanished.iter();
        vanished
            .find(|student| student.student_no == no)
            .map(|student| student.student)
    };

    let broken = "学号\t姓名\t性别\n2099000001\t甲一\t?\n2099000009\t癸九\t男\n";
    let preview = station.roster_preview(source(round, broken)).unwrap();
    assert_eq!(id(&preview, "2099000001"), None);
    let second = id(&preview, "2099000002").unwrap();

    // What is named must be gone from the very file that is committed.
    let again = station.roster_preview(source(round, first)).unwrap();
    let refused = station.roster_commit(RosterCommit {
        take_off: vec![second],
        ..RosterCommit::whole(source(round, first), &again, true)
    });
    assert!(refused.is_err());
}

#[test]
fn a_changed_student_is_taken_column_by_column() {
    let taken = TakenIn::new().unwrap();
    let (station, round) = (&taken.station, taken.round);
    let first = "学号\t姓名\t学院\t专业\n2099000001\t甲一\t旧院\t旧专业\n";
    let preview = station.roster_preview(source(round, first)).unwrap();
    commit(station, &preview, source(round, first), &[], Vec::new());
    let next = "学号\t姓名\t学院\t专业\n2099000001\t甲一\t新院\t新专业\n";
    let preview = station.roster_preview(source(round, next)).unwrap();
    let taking = |left: &[&str]| RosterCommit {
        without_fields: left
            .iter()
            .map(|field| left_out("2099000001", field))
            .collect(),
        ..RosterCommit::whole(source(round, next), &preview, true)
    };
    let none = station.roster_commit(taking(&["学院", "专业"])).unwrap();
    assert_eq!((none.updated, none.kept), (0, 1), "nothing of it was taken");
    assert!(station.roster_commit(taking(&["院系所"])).is_err());
    let half = station.roster_commit(taking(&["专业"])).unwrap();
    assert_eq!((half.updated, half.kept), (1, 0));
    assert_eq!(
        college(station, round, "2099000001").as_deref(),
        Some("新院")
    );
    let rest = station.roster_preview(source(round, next)).unwrap();
    let fields: Vec<&str> = (rest.updated.iter())
        .flat_map(|student| student.changes.iter().map(|change| change.field.as_str()))
        .collect();
    assert_eq!(fields, ["专业"], "what was left is offered again");
}

#[test]
fn a_roster_that_another_changed_since_makes_the_preview_stale() {
    let taken = TakenIn::new().unwrap();
    let (station, round) = (&taken.station, taken.round);
    let head = "学号\t姓名\t学院\n";
    let first = format!("{head}2099000001\t甲一\t旧院\n");
    let preview = station.roster_preview(source(round, &first)).unwrap();
    commit(station, &preview, source(round, &first), &[], Vec::new());
    let mine = format!("{head}2099000001\t甲一\t新院\n");
    let seen = station.roster_preview(source(round, &mine)).unwrap();
    let theirs = format!("{head}2099000001\t甲一甲\t旧院\n");
    let preview = station.roster_preview(source(round, &theirs)).unwrap();
    commit(station, &preview, source(round, &theirs), &[], Vec::new());
    let mut stale = RosterCommit::whole(source(round, &mine), &seen, true);
    let refused = station.roster_commit(stale.clone()).unwrap_err();
    assert!(refused.message.contains("请重新预览"), "{refused:?}");
    stale.digest = station.roster_preview(source(round, &mine)).unwrap().digest;
    assert_eq!(station.roster_commit(stale).unwrap().updated, 1);
}

#[test]
fn one_side_of_a_swap_of_identity_numbers_is_not_taken_alone() {
    let taken = TakenIn::new().unwrap();
    let (station, round) = (&taken.station, taken.round);
    let first = "学号\t姓名\t证件号码\n2099000001\t甲一\tH11111111\n2099000002\t乙二\tH22222222\n";
    let preview = station.roster_preview(source(round, first)).unwrap();
    commit(station, &preview, source(round, first), &[], Vec::new());
    let next = "学号\t姓名\t证件号码\n2099000001\t甲一\tH22222222\n2099000002\t乙二\tH11111111\n";
    let preview = station.roster_preview(source(round, next)).unwrap();
    let mut half = RosterCommit {
        without: vec!["2099000002".to_owned()],
        ..RosterCommit::whole(source(round, next), &preview, true)
    };
    let refused = station.roster_commit(half.clone()).unwrap_err();
    assert!(refused.message.contains("2099000001") && !refused.message.contains("H2"));
    half.without.clear();
    assert_eq!(station.roster_commit(half).unwrap().updated, 2);
}

/// Whoever stands right after a student who is gone is named like everybody else, wherever in the roster that is.
#[test]
fn a_changed_student_right_after_a_vanished_one_is_named() {
    let taken = TakenIn::new().unwrap();
    let (station, round) = (&taken.station, taken.round);
    let no = |at: usize| format!("20990000{at:02}");
    let file = |gone: Option<usize>| {
        let line = |at: usize| match gone {
            Some(gone) if at == gone => String::new(),
            Some(gone) if at == gone + 1 => format!("{}\t生{at}\t新\n", no(at)),
            _ => format!("{}\t生{at}\t旧\n", no(at)),
        };
        format!("学号\t姓名\t学院\n{}", (0..8).map(line).collect::<String>())
    };
    let preview = station.roster_preview(source(round, &file(None))).unwrap();
    commit(
        station,
        &preview,
        source(round, &file(None)),
        &[],
        Vec::new(),
    );
    for gone in 0..7 {
        let preview = station
            .roster_preview(source(round, &file(Some(gone))))
            .unwrap();
        let named: Vec<&str> = (preview
            .updated
            .iter()
            .map(|student| student.student_no.as_str()))
        .collect();
        assert_eq!(named, [no(gone + 1)], "after {gone}");
        assert!(
            preview
                .vanished
                .iter()
                .any(|student| student.student_no == no(gone))
        );
    }
}
