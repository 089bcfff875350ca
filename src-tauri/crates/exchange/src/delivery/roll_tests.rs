//! Texts in which students are named, by name or by number, and texts in which they only seem to be.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use zhaoshen_model::{RosterField, StudentDraft, SubmissionId};

use super::{KeyTrouble, Roll};
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
fn typed_texts_are_read_across_separators() {
    let students = roster();
    let roll = Roll::of(&students);
    for text in [
        "110101-20020731-0002",
        "1101012002/0731.0002",
        "31-0002",
        "尾号31·0002",
        "３１－０００２",
        "李-明",
        "李·明",
        "李/明",
        "李 . 明",
        "Anna-Smith",
        "E-1234-5678",
    ] {
        assert!(roll.in_typed(text).is_some(), "{text}");
    }
    for text in ["李，明日", "31号 0002", "2026-11-30 31:00"] {
        assert_eq!(roll.in_typed(text), None, "{text}");
    }
}

/// A separator of those that people put into numbers.
fn separator() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["-", " ", ".", "/", "·", "_", "—", " - ", "－"])
}

proptest! {
    #[test]
    fn a_whole_number_is_found_whatever_stands_between_its_digits(
        between in prop::collection::vec(prop::option::of(separator()), 17),
    ) {
        let students = roster();
        let mut text = String::new();
        for (digit, between) in students[0].id_number.chars().zip(between.into_iter().chain([None])) {
            text.push(digit);
            text.push_str(between.unwrap_or_default());
        }
        let roll = Roll::of(&students);
        prop_assert!(roll.in_typed(&text).is_some_and(|told| told.student_no == "2020000001"));
    }

    /// But for an end of such a form as a month of a year or an amount has (2001-12, 3100.25).
    #[test]
    fn the_end_of_a_number_is_found_in_two_pieces(
        day in 1_u32..=31, rest in 0_u32..10_000, at in 1_usize..6, between in separator(),
    ) {
        let tail = format!("{day:02}{rest:04}");
        let (left, right) = tail.split_at(at);
        let year: u32 = left.parse().unwrap_or(0);
        prop_assume!(!(at == 4 && (1900..=2099).contains(&year)));
        prop_assume!(!(at >= 4 && between == "." && !left.starts_with('0')));
        let number = format!("110101200207{tail}");
        let students = [student("2020000001", "李明", &number, "")];
        let text = format!("补交，尾号{left}{between}{right}的");
        prop_assert!(Roll::of(&students).in_typed(&text).is_some(), "{}", text);
    }

    /// However many students have a number that ends so.
    #[test]
    fn a_date_and_a_span_of_dates_name_nobody(
        year in 1990_u32..2040, month in 1_u32..=12, day in 1_u32..=28, further in 0_u32..3,
        between in prop::sample::select(vec!["-", ".", "/"]), is_wide in any::<bool>(),
    ) {
        let date = |day: u32| match is_wide {
            true => format!("{year}{between}{month:02}{between}{day:02}"),
            false => format!("{year}{between}{month}{between}{day}"),
        };
        let text = format!("{}-{} 第 3 批", date(day), date(day + further));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let students: Vec<StudentDraft> = (0..=digits.len() - 6)
            .filter_map(|at| Some(format!("110101200207{}", digits.get(at..at + 6)?)))
            .map(|number| student("2020000001", "李明", &number, ""))
            .collect();
        let roll = Roll::of(&students);
        prop_assert_eq!(roll.in_typed(&text), None);
    }
}

#[test]
fn a_student_no_with_a_name_in_it_or_that_is_no_number_does_not_go_out() {
    let students = roster();
    let roll = Roll::of(&students);
    let told = |no: &str, own: &str| match roll.key_trouble(no, own) {
        Some(KeyTrouble::Tells(told)) => told.name.unwrap_or("number").to_owned(),
        Some(KeyTrouble::IsNoNumber) => "no number".to_owned(),
        None => String::new(),
    };
    for (no, expected) in [
        ("2020000001", ""),
        ("S20201", ""),
        ("M2020-71.5", ""),
        ("LI2020", ""),
        ("李明", "李明"),
        ("李明2020", "李明"),
        ("2020李-明", "李明"),
        ("2020王芳", "王芳"),
        ("ANNASMITH2020310002", "Anna Smith"),
        ("研2020001", "no number"),
        ("LIMING", "no number"),
        ("LIMING01", "no number"),
        ("2020 文", "no number"),
        ("110101200207310002", "number"),
        ("110101200308200055", "number"),
    ] {
        assert_eq!(told(no, "李明"), expected, "{no}");
    }
    // Short names in letters are beginnings of keys; the student's own is one's own.
    let li = [student("LI2020", "Li", "", "")];
    let of_li = Roll::of(&li);
    assert!(of_li.key_trouble("LI2020", "Li").is_some());
    assert_eq!(of_li.key_trouble("LI2021", "王芳"), None);
}

#[test]
fn serials_lead_out_of_a_student_no_that_does_not_go_out() {
    let mut students = roster();
    students[0].student_no = "李明2020".to_owned();
    students[1].student_no = "110101200308200055".to_owned();
    let planned = |template: &str| {
        let items = (1..).zip(&students).map(|(id, student)| DeliveryItem {
            submission: SubmissionId(id),
            student: student.clone(),
        });
        let mode = DeliveryMode::CodeOnly;
        let left_out = Undelivered {
            student: student("李明2021", "赵六", "", ""),
            reason: "未提交照片".to_owned(),
        };
        let template = Template::parse(template, mode).unwrap();
        super::super::plan(
            items.collect(),
            vec![left_out],
            &template,
            mode,
            Split::Whole,
        )
        .searched(&Roll::of(&students))
    };
    let by_no = planned("{学院}{学号}.jpg").problems;
    let of = |no: &str| {
        by_no
            .iter()
            .any(|problem| problem.student_no == no && problem.message_zh.contains("{序号}"))
    };
    assert!(
        of("李明2020") && of("110101200308200055") && !of("2020000003"),
        "{by_no:?}"
    );
    let plan = planned("{序号}.jpg");
    assert!(plan.problems.is_empty(), "{:?}", plan.problems);
    for (student, shown) in students.iter().zip(["（略）", "（略）", "2020000003"]) {
        assert_eq!(plan.shown_no(student), shown);
    }
    assert_eq!(plan.undelivered[0].student.student_no, "（略）");
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
