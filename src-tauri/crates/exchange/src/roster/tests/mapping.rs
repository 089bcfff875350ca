//! The guess on every column, and reading by a clerk's word instead of it.

use zhaoshen_model::RosterField;

use super::{Error, id_number, workbook};
use crate::roster::{
    ColumnGuess, Confidence, RosterInput, RosterMapping, RosterSurvey, read_roster_mapped,
    survey_roster,
};

fn survey(text: &str) -> RosterSurvey {
    survey_roster(RosterInput::Pasted(text), None).unwrap()
}

fn column<'a>(survey: &'a RosterSurvey, letter: &str) -> &'a ColumnGuess {
    survey
        .columns
        .iter()
        .find(|column| column.column == letter)
        .unwrap()
}

fn mapping(header_row: u32, columns: &[(&str, RosterField)]) -> RosterMapping {
    RosterMapping {
        sheet: "粘贴".to_owned(),
        header_row,
        columns: columns
            .iter()
            .map(|(letter, field)| ((*letter).to_owned(), *field))
            .collect(),
    }
}

#[test]
fn a_header_and_its_values_make_the_confidence() {
    let id = id_number("19990101", 1);
    let found = survey(&format!(
        "学号\tXM\t性别\t准考证号\t证件\t手机\n2020001\t张三\t已婚\t{id}\t{id}\t13900000000\n"
    ));
    let expected = [
        ("A", Some(RosterField::StudentNo), Confidence::Sure),
        ("B", Some(RosterField::Name), Confidence::Likely),
        ("C", Some(RosterField::Sex), Confidence::Doubtful),
        ("D", Some(RosterField::ExamNo), Confidence::Doubtful),
        ("E", None, Confidence::Ignored),
        ("F", None, Confidence::Ignored),
    ];
    for (letter, field, confidence) in expected {
        let guess = column(&found, letter);
        assert_eq!(
            (guess.field, guess.confidence),
            (field, confidence),
            "{letter}"
        );
    }
    assert_eq!(column(&found, "E").why_zh, "内容像证件号码");
}

#[test]
fn numbers_that_are_all_valid_leave_no_doubt_of_their_column() {
    let [first, second] = [1, 2].map(|at| id_number("19990101", at));
    let wrong = if second.ends_with('1') { '2' } else { '1' };
    let spoilt = format!("{}{wrong}", second.get(..17).unwrap());
    for (numbers, confidence) in [
        ([first.as_str(), second.as_str()], Confidence::Sure),
        // One that fails its check digit: a person looks at the column.
        ([first.as_str(), spoilt.as_str()], Confidence::Likely),
        // Nothing that only a resident's number can be.
        (["E12345678", "E12345679"], Confidence::Likely),
    ] {
        let [one, two] = numbers;
        let found = survey(&format!(
            "学号\t姓名\t身份证号\n2020001\t张三\t{one}\n2020002\t李四\t{two}\n"
        ));
        let guess = column(&found, "C");
        assert_eq!(guess.field, Some(RosterField::IdNumber));
        assert_eq!(guess.confidence, confidence, "{one} {two}");
    }
}

#[test]
fn no_number_of_a_person_is_shown_whole_in_any_column() {
    let id = id_number("19990101", 1);
    let found = survey(&format!(
        "学号\t姓名\t备注\t手机\n{id}\t张三\t见{id}\t13900000000\n"
    ));
    let shown = format!("{found:?}");
    assert!(!shown.contains(&id), "{shown}");
    assert!(!shown.contains("13900000000"), "{shown}");
}

#[test]
fn headers_nobody_foresaw_are_mapped_by_a_person() {
    let text = "统一名册\n编码\t称呼\n2020001\t张三\n2020002\t李四\n";
    assert!(matches!(
        super::read_roster_pasted(text),
        Err(Error::ColumnMissing { .. })
    ));
    let place = Some(("粘贴", 2));
    let found = survey_roster(RosterInput::Pasted(text), place).unwrap();
    assert_eq!(column(&found, "A").header, "编码");
    let mapped = mapping(
        2,
        &[("A", RosterField::StudentNo), ("B", RosterField::Name)],
    );
    let table = read_roster_mapped(RosterInput::Pasted(text), &mapped).unwrap();
    let names: Vec<&str> = table
        .rows
        .iter()
        .map(|row| row.draft.name.as_str())
        .collect();
    assert_eq!(names, ["张三", "李四"]);
    assert_eq!(table.header_row, 2);
}

#[test]
fn a_mapping_must_be_whole_and_single() {
    let text = "学号\t姓名\t旧学号\n1\t张三\t2\n";
    let read = |columns: &[(&str, RosterField)]| {
        read_roster_mapped(RosterInput::Pasted(text), &mapping(1, columns))
    };
    assert!(matches!(
        read(&[("A", RosterField::StudentNo)]),
        Err(Error::ColumnMissing { missing, .. }) if missing == [RosterField::Name]
    ));
    let twice = [
        ("A", RosterField::StudentNo),
        ("B", RosterField::Name),
        ("C", RosterField::StudentNo),
    ];
    assert!(matches!(read(&twice), Err(Error::ColumnAmbiguous { .. })));
    let old = read(&[("C", RosterField::StudentNo), ("B", RosterField::Name)]).unwrap();
    assert_eq!(old.rows[0].draft.student_no, "2");
}

#[test]
fn two_columns_of_one_name_wait_for_a_person() {
    let found = survey("学号\t姓名\t姓名\n1\t张三\t李四\n");
    assert_eq!(column(&found, "B").confidence, Confidence::Doubtful);
    assert_eq!(column(&found, "C").field, None);
}

#[test]
fn a_header_of_two_rows_is_read_as_one() {
    let bytes = workbook(&[
        &["毕业生名册"],
        &["学号", "姓名", "培养信息", "", "备注"],
        &["", "", "学院", "专业", ""],
        &["2020001", "张三", "文学院", "哲学", "无"],
    ]);
    let table = super::read(&bytes).unwrap();
    assert_eq!(table.header_row, 3);
    assert_eq!(table.rows[0].draft.major, "哲学");
    assert_eq!(table.rows.len(), 1);
    assert!(table.remarks.iter().any(|remark| remark.contains("两行")));
}

#[test]
fn a_student_called_like_a_column_is_no_second_header() {
    let table =
        super::read_roster_pasted("学号\t姓名\t班级\n1\t张三\t专业\n2\t李四\t学院\n").unwrap();
    assert_eq!((table.header_row, table.rows.len()), (1, 2));
}

#[test]
fn a_title_over_several_columns_is_the_beginning_of_their_names() {
    let id = id_number("19990101", 1);
    let bytes = workbook(&[
        &["学号", "姓名", "证件", ""],
        &["", "", "类型", "号码"],
        &["2020001", "张三", "身份证", &id],
    ]);
    let table = super::read(&bytes).unwrap();
    assert_eq!(table.header_row, 2);
    assert_eq!(table.rows[0].draft.id_number, id);
    let titles: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.header.as_str())
        .collect();
    assert_eq!(titles, ["学号", "姓名", "证件类型", "证件号码"]);
    let other = super::read(&workbook(&[
        &["学号", "姓名", "家长", "", "学院"],
        &["", "", "姓名", "电话", ""],
        &["2020001", "张三", "张父", "1", "文学院"],
    ]))
    .unwrap();
    let names: Vec<&str> = other
        .rows
        .iter()
        .map(|row| row.draft.name.as_str())
        .collect();
    assert_eq!(names, ["张三"]);
}

#[test]
fn a_title_that_is_a_column_by_itself_goes_on_below() {
    let id = id_number("19990101", 1);
    for (below, expected) in [
        (
            ["类型", "号码"],
            ["学号", "姓名", "身份证类型", "身份证号码"],
        ),
        (["号码", ""], ["学号", "姓名", "身份证号码", "备注"]),
    ] {
        let beside = if below[1].is_empty() { "备注" } else { "" };
        let (first, second) = match below[1] {
            "" => (id.as_str(), "无"),
            _ => ("居民身份证", id.as_str()),
        };
        let table = super::read(&workbook(&[
            &["学号", "姓名", "身份证", beside],
            &["", "", below[0], below[1]],
            &["2020001", "张三", first, second],
        ]))
        .unwrap();
        assert_eq!((table.header_row, table.rows.len()), (2, 1), "{below:?}");
        assert_eq!(table.rows[0].draft.id_number, id);
        let titles: Vec<&str> = (table.columns.iter())
            .map(|column| column.header.as_str())
            .collect();
        assert_eq!(titles, expected);
    }
    // A row of a student below is none of it.
    let table = super::read(&workbook(&[
        &["学号", "姓名", "身份证", "证件类型"],
        &["2020001", "张三", &id, "居民身份证"],
    ]))
    .unwrap();
    assert_eq!((table.header_row, table.rows.len()), (1, 1));
}

#[test]
fn a_column_without_a_header_can_be_mapped() {
    let text = "学号\t姓名\t\t备注\n1\t张三\t文学院\tx\n";
    let found = survey(text);
    let letters: Vec<&str> = found
        .columns
        .iter()
        .map(|column| column.column.as_str())
        .collect();
    assert_eq!(letters, ["A", "B", "C", "D"]);
    assert_eq!(column(&found, "C").samples, ["文学院"]);
    let mapped = mapping(
        1,
        &[
            ("A", RosterField::StudentNo),
            ("B", RosterField::Name),
            ("C", RosterField::College),
        ],
    );
    let table = read_roster_mapped(RosterInput::Pasted(text), &mapped).unwrap();
    assert_eq!(table.rows[0].draft.college, "文学院");
}
