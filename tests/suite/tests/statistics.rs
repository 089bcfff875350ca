//! The figures of a round, counted on the example round after known decisions.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use calamine::{Data, Reader as _, open_workbook_auto};
use zhaoshen_station::wire::{FindingDispute, RoundRef, Statistics, StatisticsSave};
use zhaoshen_suite::REVIEWER;
use zhaoshen_suite::example::TakenIn;

fn figures(round: &TakenIn) -> Statistics {
    round
        .station
        .statistics_show(RoundRef { round: round.round })
        .unwrap()
}

#[test]
fn what_was_done_is_what_is_counted() {
    let round = TakenIn::new().unwrap();
    let before = figures(&round);
    let pending = round.pending().unwrap();
    assert_eq!(before.progress.pending as usize, pending.len());
    assert_eq!(before.progress.approved + before.progress.rejected, 0);
    assert!(before.reviewers.is_empty());
    let by_college: u32 = before.colleges.iter().map(|college| college.students).sum();
    assert_eq!(by_college, before.progress.students);

    let clear = pending.iter().filter(|item| item.verdict == "pass");
    let clear: Vec<i64> = clear.map(|item| item.submission).collect();
    let failing = pending.iter().find(|item| item.verdict == "fail").unwrap();
    round.decide(clear[0], "approved").unwrap();
    round.decide(failing.submission, "approved").unwrap();
    // A rule of the machine that found nothing, and a reason that only people give.
    round.reject(clear[1], Some("FACE-02"), "请重拍").unwrap();
    round.reject(clear[2], Some("PERSON-01"), "请重拍").unwrap();
    round.decide(clear[3], "approved").unwrap();
    let id = RoundRef { round: round.round };
    round.station.act_undo(id.into()).unwrap();
    let code = failing.failing[0].clone();
    let dispute = FindingDispute {
        submission: failing.submission,
        code: code.clone(),
        wrong: true,
    };
    round.station.finding_dispute(dispute).unwrap();

    let after = figures(&round);
    assert_eq!((after.progress.approved, after.progress.rejected), (2, 2));
    assert_eq!(after.progress.pending, before.progress.pending - 4);
    let rule = |code: &str| after.rules.iter().find(|rule| rule.code == code).unwrap();
    assert_eq!(rule("FACE-02").missed, 1);
    assert_eq!(rule(&code).false_alarms, 1);
    assert!(
        after.rules.iter().all(|rule| rule.code != "PERSON-01"),
        "what no rule looks for was not missed by one"
    );
    let [reviewer] = after.reviewers.as_slice() else {
        panic!("{:?}", after.reviewers);
    };
    assert_eq!(reviewer.reviewer, REVIEWER);
    assert_eq!((reviewer.standing, reviewer.made), (4, 5));
    assert_eq!((reviewer.passed_failing, reviewer.rejected_clear), (1, 2));
    let made: u32 = after.days.iter().map(|day| day.decided).sum();
    assert_eq!(made, 5);
}

#[test]
fn the_figures_are_saved_to_a_workbook_of_their_own() {
    let round = TakenIn::new().unwrap();
    let folder = round.folder.path().join("统计");
    std::fs::create_dir(&folder).unwrap();
    let save = || {
        round.station.statistics_save(StatisticsSave {
            round: round.round,
            folder: folder.display().to_string(),
        })
    };
    let first = save().unwrap().path;
    let second = save().unwrap().path;
    assert_ne!(first, second, "nothing is written over");
    let mut book = open_workbook_auto(&first).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["进度", "检查项", "学院", "日期", "审核人"]
    );
    let progress = book.worksheet_range("进度").unwrap();
    let students = figures(&round).progress.students;
    assert_eq!(
        progress.get_value((1, 1)),
        Some(&Data::Float(f64::from(students)))
    );
    let nowhere = round.station.statistics_save(StatisticsSave {
        round: round.round,
        folder: folder.join("没有").display().to_string(),
    });
    assert!(nowhere.is_err());
}
