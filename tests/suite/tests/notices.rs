//! Whom to tell what: texts, marks, and who has handed in nothing.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use zhaoshen_station::wire::{
    NoticeAsk, NoticeMark, NoticeTemplate, NoticeView, ReviewAsk, RoundRef, StudentsQuery,
};
use zhaoshen_suite::example::TakenIn;

fn ask(round: &TakenIn, template: &str, deadline: &str) -> NoticeView {
    round
        .station
        .notice_list(NoticeAsk {
            round: round.round,
            template: template.to_owned(),
            deadline: deadline.to_owned(),
        })
        .unwrap()
}

#[test]
fn the_rejected_are_told_why_and_the_missing_are_named() {
    let round = TakenIn::new().unwrap();
    assert!(ask(&round, "", "").rows.is_empty());
    let (_, rejected) = round.station.example_review(round.round).unwrap();
    let view = ask(
        &round,
        "{姓名}（{学号}）{原因}{截止日期}{证件号码}",
        "2999-12-24",
    );
    assert_eq!(view.rows.len(), rejected as usize);
    assert_eq!(view.unknown, ["证件号码"]);
    for row in &view.rows {
        assert!(!row.reasons.is_empty());
        let begins = format!(
            "{}（{}）{}2999-12-24",
            row.name, row.student_no, row.reasons
        );
        assert!(row.text.starts_with(&begins), "{}", row.text);
        assert_eq!(row.told_at, "");
    }
    // No text holds an identity number of the roster.
    let numbers: BTreeSet<String> = round
        .plan
        .students
        .iter()
        .map(|student| student.id_number.clone())
        .filter(|number| !number.is_empty())
        .collect();
    assert!(!numbers.is_empty());
    let texts = serde_json::to_string(&view).unwrap();
    for number in &numbers {
        assert!(!texts.contains(number.as_str()), "{number}");
    }

    let card = round
        .station
        .round_show(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(view.missing_total, card.missing);
    assert_eq!(
        view.missing.iter().map(|class| class.missing).sum::<u32>(),
        card.missing
    );
    let missing = round.station.student_list(StudentsQuery {
        round: round.round,
        state: "missing".to_owned(),
        text: String::new(),
        offset: 0,
        limit: 1000,
    });
    for student in missing.unwrap().students {
        let said = view
            .missing
            .iter()
            .any(|class| class.college == student.college && class.text.contains(&student.name));
        assert!(said, "{}", student.name);
    }
}

#[test]
fn a_mark_stands_until_it_is_taken_back() {
    let round = TakenIn::new().unwrap();
    round.station.example_review(round.round).unwrap();
    let view = ask(&round, "", "");
    let first = view.rows[0].submission;
    let mark = |submissions: Vec<i64>, told| {
        round
            .station
            .notice_mark(NoticeMark {
                round: round.round,
                submissions,
                told,
                deadline: String::new(),
            })
            .unwrap()
            .changed as usize
    };
    let told = || {
        let of = |row: &&zhaoshen_station::wire::NoticeRow| !row.told_at.is_empty();
        ask(&round, "", "").rows.iter().filter(of).count()
    };
    let all: Vec<i64> = view.rows.iter().map(|row| row.submission).collect();
    assert_eq!(mark(all.clone(), true), all.len());
    assert_eq!(told(), all.len());
    assert_eq!(mark(vec![first], false), 1);
    assert_eq!(mark(vec![first], false), 0);
    assert_eq!(told(), all.len() - 1);
    let groups = ask(&round, "", "").groups;
    assert_eq!(groups.iter().map(|group| group.untold).sum::<u32>(), 1);
    for group in &groups {
        let names_it = group.untold_text.contains(&view.rows[0].student_no);
        assert_eq!(
            (names_it, group.untold_text.is_empty()),
            (group.untold == 1, group.untold == 0)
        );
        assert!(group.untold_text.lines().count() <= group.text.lines().count());
    }
}

#[test]
fn the_day_that_was_told_stays_in_sight_and_holds_for_who_is_told_next() {
    let round = TakenIn::new().unwrap();
    round.station.example_review(round.round).unwrap();
    let before = ask(&round, "", "");
    let (rows, usual) = (before.rows, before.deadline);
    let [one, two] = [rows[0].submission, rows[1].submission];
    let mark = |submission, deadline: &str| {
        let marked = round.station.notice_mark(NoticeMark {
            round: round.round,
            submissions: vec![submission],
            told: true,
            deadline: deadline.to_owned(),
        });
        assert_eq!(marked.unwrap().changed, 1);
    };
    let shown = |submission| {
        let rows = ask(&round, "", "").rows;
        let row = rows.into_iter().find(|row| row.submission == submission);
        row.map(|row| (row.told_until, row.is_overdue)).unwrap()
    };
    mark(one, "2020-01-31");
    assert_eq!(shown(one), ("2020-01-31".to_owned(), true));
    let after = ask(&round, "", "").deadline;
    assert_eq!(after, usual, "a day that has passed");
    mark(two, "2999-12-31");
    assert_eq!(shown(two), ("2999-12-31".to_owned(), false));
    assert_eq!(ask(&round, "", "").deadline, "2999-12-31");
    assert_eq!(ask(&round, "", "2998-01-01").deadline, "2998-01-01");
}

#[test]
fn a_template_is_kept_and_given_up() {
    let round = TakenIn::new().unwrap();
    let first = ask(&round, "", "").template;
    let keep = |template: &str| {
        round.station.notice_template(NoticeTemplate {
            template: template.to_owned(),
        })
    };
    keep("{姓名}好").unwrap();
    assert_eq!(ask(&round, "", "").template, "{姓名}好");
    assert_eq!(keep("").unwrap().template, first);
    assert!(keep(&"长".repeat(501)).is_err());
    let unknown = keep("{姓名}{身份证}").unwrap_err().message;
    assert!(unknown.contains("{身份证}"), "{unknown}");
    assert_eq!(ask(&round, "", "").template, first);
    let wrong = round.station.notice_list(NoticeAsk {
        round: round.round,
        template: String::new(),
        deadline: "11月30日".to_owned(),
    });
    assert!(wrong.unwrap_err().message.contains("2026-11-30"));
    let unknown = keep("{姓名}{未知}").unwrap_err();
    assert!(
        unknown.message.contains("{未知}") && unknown.message.contains("{截止日期}"),
        "{}",
        unknown.message
    );
    assert_eq!(ask(&round, "", "").template, first, "nothing is kept");
    let passed = round.station.notice_list(NoticeAsk {
        round: round.round,
        template: String::new(),
        deadline: "2020-01-31".to_owned(),
    });
    assert!(passed.unwrap_err().message.contains("已经过去"));
}

#[test]
fn no_text_of_a_notice_holds_an_identity_number() {
    let round = TakenIn::new().unwrap();
    let [one, two, ..] = round.plan.students.as_slice() else {
        panic!("students")
    };
    let submission = round.pending().unwrap()[0].submission;
    let text = format!("照片是{}的，不是{}的", one.id_number, two.id_number);
    round.reject(submission, None, &text).unwrap();
    let template = format!("{{姓名}}：{{原因}}\n{}", one.id_number);
    let view = ask(&round, &template, "");
    let told = serde_json::to_string(&(&view.rows, &view.groups)).unwrap();
    assert!(!told.contains(&one.id_number) && !told.contains(&two.id_number));
    assert!(view.rows[0].text.contains('\n') && view.rows[0].reasons.contains("***"));
    assert!(view.groups[0].text.contains('\n'), "lines stay");
}

#[test]
fn students_are_told_the_states_they_know_in_the_list_and_in_the_notices() {
    let round = TakenIn::new().unwrap();
    let mut met = told_in_list(&round);
    round.station.example_review(round.round).unwrap();
    met.extend(told_in_list(&round));
    for told in ["未提交", "审核中", "审核失败", "审核成功"] {
        assert!(met.contains(told), "{told}");
    }
    let view = ask(&round, "{审核状态}：{原因}", "");
    assert!(view.unknown.is_empty());
    for row in &view.rows {
        assert_eq!(row.state, "审核失败");
        assert!(row.text.starts_with("审核失败："), "{}", row.text);
    }
    assert!(
        view.groups
            .iter()
            .all(|group| group.text.contains("审核失败"))
    );
    let own = ask(&round, "", "");
    assert!(own.rows.iter().all(|row| row.text.contains("审核失败")));
}

/// What the list says that students are told, each held against the office's own state.
fn told_in_list(round: &TakenIn) -> BTreeSet<String> {
    let list = round.station.student_list(StudentsQuery {
        round: round.round,
        state: String::new(),
        text: String::new(),
        offset: 0,
        limit: 1000,
    });
    let mut met = BTreeSet::new();
    for student in list.unwrap().students {
        let expected = match student.state.as_str() {
            "missing" => "未提交",
            "approved" => "审核成功",
            "rejected" => "审核失败",
            "exempt" => "",
            _ => "审核中",
        };
        assert_eq!(student.told, expected, "{}", student.state);
        met.insert(student.told);
    }
    met
}

#[test]
fn what_two_people_judged_otherwise_is_told_to_nobody_until_it_is_settled() {
    let round = TakenIn::new().unwrap();
    let submission = round.pending().unwrap()[0].submission;
    round.decide(submission, "approved").unwrap();
    let ask_for = ReviewAsk {
        round: round.round,
        why: "share".to_owned(),
        percent: 100,
    };
    assert_eq!(round.station.review_choose(ask_for).unwrap().count, 1);
    zhaoshen_suite::sit_down(&round.station, "复审员").unwrap();
    round.decide(submission, "rejected").unwrap();
    assert!(ask(&round, "", "").rows.is_empty());
    round.decide(submission, "rejected").unwrap();
    assert_eq!(ask(&round, "", "").rows.len(), 1);
}
