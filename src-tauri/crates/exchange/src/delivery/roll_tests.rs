//! Texts in which students are named, by name or by number, and texts in which they only seem to be.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_model::{RosterField, StudentDraft, SubmissionId};

use super::Roll;
use crate::delivery::{DeliveryItem, DeliveryMode, DeliveryPlan, Split, Template, Undelivered};

fn student(student_no: &str, name: &str, id_number: &str, class: &str) -> StudentDraft {
    StudentDraft {
        student_no: student_no.to_owned(),
        name: name.to_owned(),
        id_number: id_number.to_owned(),
        class: class.to_owned(),
        college: "文学院".to_owned(),
        ..StudentDraft::default()
    }
}

fn roster() -> Vec<StudentDraft> {
    vec![
        student("2020000001", "李明", "110101200207310002", "李明班"),
        student("2020310002", "王芳", "110101200308200055", "20310002"),
        student("2020000003", "Anna Smith", "E12345678", "310002"),
        student("2020000004", "文学", "", "一班"),
    ]
}

fn planned(mode: DeliveryMode, template: &str, split: Split) -> DeliveryPlan {
    let students = roster();
    let items = (1..).zip(&students).map(|(id, student)| DeliveryItem {
        submission: SubmissionId(id),
        student: student.clone(),
    });
    let missing = Undelivered {
        student: student("2020000005", "赵六", "", "一班"),
        reason: "未提交照片".to_owned(),
    };
    let template = Template::parse(template, mode).unwrap();
    super::super::plan(items.collect(), vec![missing], &template, mode, split)
        .searched(&Roll::of(&students))
}

#[test]
fn typed_texts_tell_by_any_name_and_any_end_of_a_number() {
    let students = roster();
    let roll = Roll::of(&students);
    for (text, no, name) in [
        ("补交：李 明等三人", "2020000001", Some("李明")),
        ("尾号310002", "2020000001", None),
        ("备注2310002号", "2020000001", None),
        ("补交：Anna Smith", "2020000003", Some("Anna Smith")),
        ("护照e12345678", "2020000003", None),
    ] {
        let told = roll.in_typed(text).unwrap();
        assert_eq!((told.student_no, told.name), (no, name), "{text}");
    }
    for text in ["第二次补交", "2021-11-25", ""] {
        assert_eq!(roll.in_typed(text), None, "{text}");
    }
}

#[test]
fn what_the_roster_says_tells_by_numbers_that_stand_by_themselves() {
    let students = roster();
    let roll = Roll::of(&students);
    let tells = |text: &str, own: &str| roll.in_listed(text, own).is_some();
    assert!(!tells("2020310002.jpg", "2020310002"));
    assert!(!tells("20310002/2020000003.jpg", "2020000003"));
    assert!(tells("310002/2020000003.jpg", "2020000003"));
    assert!(tells("310002.jpg", "2020000003"));
    // As a 学号 it is the key that was chosen; a whole number is none.
    assert!(!tells("310002.jpg", "310002"));
    assert!(tells("110101200207310002.jpg", "110101200207310002"));
}

#[test]
fn names_in_folders_and_file_names_are_problems_of_the_photos() {
    let code = DeliveryMode::CodeOnly;
    let blocked = |plan: &DeliveryPlan| -> Vec<String> {
        let problems = plan.problems.iter();
        problems.map(|problem| problem.student_no.clone()).collect()
    };
    let by_class = Split::By(RosterField::Class);
    let plan = planned(code, "{学号}.jpg", by_class);
    assert_eq!(blocked(&plan), ["2020000001", "2020000003"]);
    assert_eq!(plan.problems[0].file_name, "李明班/2020000001.jpg");
    assert!(plan.problems[0].message_zh.contains("“李明”"));
    assert_eq!(
        blocked(&planned(code, "{班级}-{学号}.jpg", Split::Whole)).len(),
        2
    );
    assert_eq!(
        blocked(&planned(code, "{学院}-{学号}.jpg", Split::Whole)).len(),
        4
    );
    assert!(blocked(&planned(code, "{学号}.jpg", Split::Whole)).is_empty());
    assert!(blocked(&planned(DeliveryMode::Roster, "{姓名}{学号}.jpg", by_class)).is_empty());
    // A college that is somebody's name does not stand in the account either.
    assert_eq!(plan.undelivered[0].student.college, "（略）");
}

#[test]
fn a_roster_of_twenty_thousand_is_searched_in_a_moment() {
    let students: Vec<StudentDraft> = (0..20_000)
        .map(|at| {
            let name: String = [at % 90, at / 90 % 80, at / 7200]
                .iter()
                .filter_map(|step| char::from_u32(0x4E00 + 37 * step))
                .collect();
            let number = format!("11010120{:02}0101{:04}", at / 10_000, at % 10_000);
            student(&format!("20{at:08}"), &name, &number, "一班")
        })
        .collect();
    let begun = std::time::Instant::now();
    let roll = Roll::of(&students);
    for student in &students {
        let path = format!("文学院/{}.jpg", student.student_no);
        assert_eq!(roll.in_listed(&path, &student.student_no), None);
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
