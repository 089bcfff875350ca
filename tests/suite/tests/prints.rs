//! Prints from end to end: who is on them, what is written on them, what the log keeps.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::path::Path;

use lopdf::Document;
use zhaoshen_station::wire::{
    Code, DeliveryMode, JobOutcome, LogQuery, PrintsAsked, PrintsKey, PrintsKind, PrintsOptions,
    PrintsPaper, PrintsReport, PrintsWrite, QueueItem, RoundRef, RoundRename,
};
use zhaoshen_suite::REVIEWER;
use zhaoshen_suite::example::TakenIn;

/// Students whose photos are approved in these tests.
const APPROVED: usize = 12;

/// The example with twelve that passed every rule approved and the rest left as it is; the approved 学号.
fn approved() -> (TakenIn, BTreeSet<String>) {
    let round = TakenIn::new().unwrap();
    let mut passed = BTreeSet::new();
    let clear = |item: &QueueItem| item.failing.is_empty();
    for item in round
        .pending()
        .unwrap()
        .into_iter()
        .filter(clear)
        .take(APPROVED)
    {
        round.decide(item.submission, "approved").unwrap();
        passed.insert(item.student_no);
    }
    (round, passed)
}

fn settings(round: &TakenIn) -> PrintsOptions {
    round
        .station
        .prints_settings(RoundRef { round: round.round })
        .unwrap()
}

fn print(round: &TakenIn, options: PrintsOptions, folder: &Path) -> PrintsReport {
    let job = round.station.prints_write_to(options, folder).unwrap();
    match round.station.job_wait(job).unwrap() {
        JobOutcome::Prints { report } => report,
        other => panic!("{other:?}"),
    }
}

/// The text of every page of every file.
fn text_of(folder: &Path, report: &PrintsReport) -> String {
    let mut text = String::new();
    for file in &report.files {
        let document = Document::load(folder.join(file)).unwrap();
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        text.push_str(&document.extract_text(&pages).unwrap());
    }
    text
}

#[test]
fn only_the_approved_are_printed_and_no_name_with_them() {
    let (round, passed) = approved();
    let preview = round.station.prints_preview(settings(&round)).unwrap();
    let out = round.folder.path().join("prints");
    let report = print(&round, settings(&round), &out);
    assert_eq!(preview.problems, Vec::<String>::new());
    assert_eq!((preview.students, preview.prints), (12, 96));
    assert_eq!((report.students, report.prints), (12, 96));
    assert_eq!(report.pages, preview.pages);
    assert!(preview.dpi >= 300, "{}", preview.dpi);

    let text = text_of(&out, &report);
    let bytes: Vec<u8> = report
        .files
        .iter()
        .flat_map(|file| std::fs::read(out.join(file)).unwrap())
        .collect();
    for student in &round.plan.students {
        assert_eq!(
            text.contains(&student.student_no),
            passed.contains(&student.student_no)
        );
        assert!(
            !text.contains(&student.name),
            "no name leaves in 采集码模式"
        );
        let number = student.id_number.as_bytes();
        assert!(!bytes.windows(number.len()).any(|window| window == number));
    }
}

#[test]
fn a_name_is_printed_only_in_the_mode_that_lets_it_out() {
    let (round, passed) = approved();
    let named = PrintsOptions {
        kind: PrintsKind::Proof,
        names: true,
        key: PrintsKey::Serial,
        ..settings(&round)
    };
    for (mode, out) in [
        (DeliveryMode::CollectionCode, "code"),
        (DeliveryMode::Roster, "roster"),
    ] {
        let out = round.folder.path().join(out);
        let options = PrintsOptions {
            mode,
            ..named.clone()
        };
        let warned = !round
            .station
            .prints_preview(options.clone())
            .unwrap()
            .warnings
            .is_empty();
        let report = print(&round, options, &out);
        let text = text_of(&out, &report);
        let lets_out = mode == DeliveryMode::Roster;
        assert_eq!(warned, lets_out);
        assert_eq!(text.contains(REVIEWER), lets_out, "who printed: {text}");
        assert!(text.contains("0001"), "{text}");
        for student in &round.plan.students {
            if passed.contains(&student.student_no) {
                assert_eq!(text.contains(&student.name), lets_out, "{mode:?}");
            }
            assert!(
                !text.contains(&student.student_no),
                "the serial stands for it"
            );
        }
    }
}

/// Paper is paired with files by what stands beneath it.
#[test]
fn serial_numbers_that_are_not_those_of_the_delivered_files_are_told() {
    let (round, _) = approved();
    let by_serial = PrintsOptions {
        key: PrintsKey::Serial,
        ..settings(&round)
    };
    let warned = || {
        let preview = round.station.prints_preview(by_serial.clone()).unwrap();
        preview.warnings.concat().contains("第 1 次交付")
    };
    let options = round.options(DeliveryMode::CollectionCode, "{序号}.jpg");
    let out = round.folder.path().join("delivered");
    let job = round.station.delivery_write_to(options, &out).unwrap();
    round.station.job_wait(job).unwrap();
    assert!(!warned(), "the same numbers");
    let approved = round.photos_in("approved").unwrap();
    round.decide(approved[0], "rejected").unwrap();
    assert!(warned(), "all behind it moved up");
}

/// The title of the round stands on every sheet.
#[test]
fn a_title_that_names_a_student_stops_what_may_leave_the_office() {
    let (round, _) = approved();
    let name = &round.plan.students[0].name;
    let renamed = RoundRename {
        round: round.round,
        name: format!("{name}等补采"),
    };
    round.station.round_rename(renamed).unwrap();
    for (mode, stops) in [
        (DeliveryMode::CollectionCode, true),
        (DeliveryMode::Roster, false),
    ] {
        let options = PrintsOptions {
            mode,
            ..settings(&round)
        };
        let problems = round.station.prints_preview(options).unwrap().problems;
        let told = problems.iter().any(|problem| problem.contains(name));
        assert_eq!(told, stops, "{problems:?}");
    }
}

#[test]
fn a_class_sheet_has_faces_names_and_numbers_but_no_id_number() {
    let (round, passed) = approved();
    let options = PrintsOptions {
        kind: PrintsKind::Contact,
        ..settings(&round)
    };
    let out = round.folder.path().join("classes");
    let report = print(&round, options, &out);
    assert!(report.files.len() > 1, "{:?}", report.files);
    let text = text_of(&out, &report);
    for student in &round.plan.students {
        assert_eq!(
            text.contains(&student.student_no),
            passed.contains(&student.student_no),
            "{} in {text}",
            student.student_no
        );
        assert!(!text.contains(&student.id_number));
        assert!(!passed.contains(&student.student_no) || text.contains(&student.name));
    }
    assert!(text.contains("班主任签名"), "{text}");
}

#[test]
fn what_was_printed_is_logged_and_how_is_kept_for_the_round() {
    let (round, _) = approved();
    let options = PrintsOptions {
        two_inch: 4,
        one_inch: 5,
        paper: PrintsPaper::SixInch,
        ..settings(&round)
    };
    let target = round.folder.path().join("usb");
    std::fs::create_dir(&target).unwrap();
    let write = PrintsWrite {
        options: options.clone(),
        target: target.display().to_string(),
    };
    let job = round.station.prints_write(write).unwrap();
    let JobOutcome::Prints { report } = round.station.job_wait(job).unwrap() else {
        panic!("no prints")
    };
    assert!(report.folder.contains("打印-排版-"), "{}", report.folder);
    assert_eq!((report.pages, report.prints), (12, 108));
    assert_eq!(settings(&round), options);
    let page = LogQuery {
        round: Some(round.round),
        offset: 0,
        limit: 1,
    };
    let entry = round.station.log_list(page).unwrap().entries.remove(0);
    assert_eq!(entry.act, "打印");
    assert!(
        entry.after.contains("排版：12 人，108 张照片，12 页"),
        "{}",
        entry.after
    );
}

#[test]
fn the_numbers_that_the_notice_asks_for_are_the_rounds_whatever_was_printed_last() {
    let (round, _) = approved();
    let asked = |two_inch, one_inch| {
        round.station.prints_asked(PrintsAsked {
            round: round.round,
            two_inch,
            one_inch,
        })
    };
    assert_eq!(
        (settings(&round).two_inch, settings(&round).one_inch),
        (8, 0)
    );
    let kept = asked(6, 2).unwrap();
    assert_eq!((kept.two_inch, kept.one_inch), (6, 2));
    let once = PrintsOptions {
        two_inch: 1,
        one_inch: 0,
        names: true,
        ..settings(&round)
    };
    print(&round, once, &round.folder.path().join("once"));
    let next = settings(&round);
    assert_eq!((next.two_inch, next.one_inch, next.names), (6, 2, true));
    assert!(asked(0, 0).is_err() && asked(41, 0).is_err());
}

#[test]
fn what_cannot_be_printed_is_said_before_and_refused() {
    let round = TakenIn::new().unwrap();
    let nothing = round.station.prints_preview(settings(&round)).unwrap();
    assert!(
        nothing.problems[0].contains("还没有审核通过"),
        "{:?}",
        nothing.problems
    );
    let pending = round.pending().unwrap();
    let item = pending.iter().find(|item| item.failing.is_empty()).unwrap();
    round.decide(item.submission, "approved").unwrap();
    for (two_inch, one_inch, paper) in [
        (0, 0, PrintsPaper::A4),
        (41, 0, PrintsPaper::A4),
        (9, 0, PrintsPaper::SixInch),
        (40, 40, PrintsPaper::A4),
    ] {
        let options = PrintsOptions {
            two_inch,
            one_inch,
            paper,
            ..settings(&round)
        };
        let preview = round.station.prints_preview(options.clone()).unwrap();
        assert!(!preview.problems.is_empty(), "{options:?}");
        let out = round.folder.path().join("never");
        let job = round.station.prints_write_to(options, &out).unwrap();
        let refused = round.station.job_wait(job).unwrap_err();
        assert!(
            matches!(refused.code, Code::Refused | Code::File),
            "{refused:?}"
        );
        assert!(!out.exists());
    }
}
