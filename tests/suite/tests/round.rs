//! One round from its files to a delivery, through the use cases, read back with other libraries.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use sha2::{Digest, Sha256};
use zhaoshen_portrait::PlannedFault;
use zhaoshen_station::wire::{
    Code, DeliveryMode, Empty, JobOutcome, RefusedSave, RosterSource, RoundCreate, RoundRef,
    StudentsQuery, SubmissionRef,
};
use zhaoshen_suite::example::{STUDENTS, TakenIn};
use zhaoshen_suite::{import_photos, import_roster};

#[test]
fn every_photo_is_accounted_for_and_its_planned_fault_is_seen() {
    let round = TakenIn::new().unwrap();
    let card = round
        .station
        .round_show(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(card.students, STUDENTS);
    assert_eq!(card.submitted + card.missing, STUDENTS);
    assert_eq!(card.unchecked, 0);
    assert_eq!(card.pending, card.submitted);
    let piles = round
        .station
        .pile_list(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(
        piles.ambiguous.len(),
        1,
        "the shared name fits two students"
    );
    assert_eq!(
        piles.not_on_roster.len(),
        1,
        "the unknown number is on no roster"
    );
    assert_eq!(piles.shared.len(), 2, "one photo was sent for two students");
    for photo in &round.plan.photos {
        let (Some(student), Some(fault)) = (photo.student, photo.fault) else {
            continue;
        };
        let codes: &[&str] = match fault {
            PlannedFault::EyesClosed => &["FACE-02"],
            PlannedFault::Teeth => &["FACE-03"],
            PlannedFault::WrongBackground => &["BG-01"],
            PlannedFault::GradientBackground => &["BG-02"],
            PlannedFault::BackgroundShadow => &["BG-02", "BG-03"],
            PlannedFault::FileTooSmall => &["FILE-04"],
            PlannedFault::HeadTilted => &["POSE-01"],
            PlannedFault::Blurred => &["SHARP-01"],
            PlannedFault::HalfDark => &["LIGHT-02"],
            PlannedFault::PngNamedJpg => &["FILE-02"],
            PlannedFault::Truncated => &["FILE-01"],
            PlannedFault::EditorTag => &["EDIT-01"],
            PlannedFault::SamePhotoAsAnother => &["FILE-06"],
            // Low eyes in a picture of twice the size are mended by the crop; the others are no faults of the picture.
            PlannedFault::EyesTooLow
            | PlannedFault::SharedName
            | PlannedFault::UnknownStudentNo => continue,
        };
        let student_no = &round.plan.students[student].student_no;
        let current = round
            .station
            .submission_show(SubmissionRef {
                submission: round.submission(student_no).unwrap(),
            })
            .unwrap();
        let entry = current
            .history
            .iter()
            .find(|entry| entry.sequence == photo.submission)
            .unwrap();
        let view = round
            .station
            .submission_show(SubmissionRef {
                submission: entry.submission,
            })
            .unwrap();
        let seen = view.findings.iter().any(|finding| {
            codes.contains(&finding.code.as_str())
                && matches!(finding.severity.as_str(), "fail" | "warn")
        });
        assert!(
            seen,
            "{fault:?} of {} was not seen: {:?}",
            photo.file_name, view.findings
        );
    }
}

#[test]
fn conforming_portraits_do_not_fail() {
    let round = TakenIn::new().unwrap();
    for photo in round
        .plan
        .photos
        .iter()
        .filter(|photo| photo.fault.is_none())
    {
        let student_no = &round.plan.students[photo.student.unwrap()].student_no;
        let view = round
            .station
            .submission_show(SubmissionRef {
                submission: round.submission(student_no).unwrap(),
            })
            .unwrap();
        let failing: Vec<_> = view
            .findings
            .iter()
            .filter(|finding| finding.severity == "fail")
            .collect();
        let lent = failing.iter().all(|finding| finding.code == "FILE-06");
        assert!(lent, "{} fails {failing:?}", photo.file_name);
        assert!(!view.crops.is_empty() && view.frame.unwrap().feasible);
    }
}

#[test]
fn a_delivery_is_exact_and_names_everybody_left_out() {
    let round = TakenIn::new().unwrap();
    let pending = round.pending().unwrap();
    for (index, item) in pending.iter().enumerate() {
        let kind = match (index, item.failing.is_empty()) {
            (0, _) => "held",
            (1, _) => continue,
            (_, true) => "approved",
            (_, false) => "rejected",
        };
        round.decide(item.submission, kind).unwrap();
    }
    let out = round.folder.path().join("out");
    let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
    let job = round
        .station
        .delivery_write_to(options.clone(), &out)
        .unwrap();
    let JobOutcome::Delivery { report } = round.station.job_wait(job).unwrap() else {
        panic!("no delivery")
    };
    assert_eq!(
        report.files + u32::try_from(report.not_delivered.len()).unwrap(),
        STUDENTS
    );
    assert_deliverables(
        &out,
        &report
            .not_delivered
            .iter()
            .map(|left| left.student_no.clone())
            .collect::<Vec<_>>(),
    );

    let again = round.station.delivery_write_to(options, &out).unwrap();
    let refused = round.station.job_wait(again).unwrap_err();
    assert_eq!(
        refused.code,
        Code::File,
        "a folder that is not empty is never written over"
    );
}

/// Reads the delivery with other libraries: image for the pictures, calamine for the workbook.
fn assert_deliverables(out: &Path, left_out: &[String]) {
    let mut workbook: Xlsx<_> = calamine::open_workbook(out.join("交付清单.xlsx")).unwrap();
    let range = workbook.worksheet_range("交付清单").unwrap();
    let header: Vec<String> = range
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        !header
            .iter()
            .any(|title| title == "姓名" || title == "证件号码"),
        "no name leaves in 采集码模式"
    );
    let column = |title: &str| header.iter().position(|found| found == title).unwrap();
    let mut listed = BTreeMap::new();
    for row in range.rows().skip(1) {
        assert!(
            matches!(row[column("学号")], Data::String(_)),
            "学号 are texts"
        );
        listed.insert(
            row[column("文件名")].to_string(),
            row[column("SHA-256")].to_string(),
        );
    }
    let mut photos = 0;
    for entry in fs::read_dir(out).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if !name.ends_with(".jpg") {
            continue;
        }
        photos += 1;
        let bytes = fs::read(entry.path()).unwrap();
        assert_eq!(listed[&name], hex::encode(Sha256::digest(&bytes)));
        assert!(bytes.len() <= 40_000, "{name} has {} bytes", bytes.len());
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (480, 640));
        assert_eq!(
            &bytes[13..18],
            [1, 1, 44, 1, 44],
            "{name}: JFIF states 300 dpi"
        );
        assert!(
            !left_out
                .iter()
                .any(|student_no| name.starts_with(student_no.as_str()))
        );
    }
    assert_eq!(photos, listed.len());
    let missing = workbook.worksheet_range("未交付").unwrap();
    assert_eq!(missing.rows().count() - 1, left_out.len());
}

#[test]
fn collection_code_mode_lets_no_name_out() {
    let round = TakenIn::new().unwrap();
    let options = round.options(DeliveryMode::CollectionCode, "{学号}-{姓名}.jpg");
    assert!(round.station.delivery_preview(options).is_err());
    let options = round.options(DeliveryMode::Roster, "{学号}-{姓名}.jpg");
    assert!(round.station.delivery_preview(options).is_ok());
}

#[test]
fn a_second_import_of_the_same_files_changes_nothing() {
    let round = TakenIn::new().unwrap();
    let before = round
        .station
        .round_show(RoundRef { round: round.round })
        .unwrap();
    let again = import_roster(&round.station, round.round, &round.roster, true).unwrap();
    assert_eq!(
        (again.added, again.updated, again.unchanged),
        (0, 0, STUDENTS)
    );
    let report = import_photos(
        &round.station,
        round.round,
        std::slice::from_ref(&round.photos),
    )
    .unwrap();
    assert_eq!((report.matched, report.resubmitted), (0, 0));
    assert_eq!(report.already_there, report.files - report.refused);
    let after = round
        .station
        .round_show(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(
        (before.submitted, before.in_piles),
        (after.submitted, after.in_piles)
    );
}

#[test]
fn a_changed_roster_is_a_diff_and_never_a_silent_overwrite() {
    let round = TakenIn::new().unwrap();
    let changed = round.folder.path().join("changed.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let first = &round.plan.students[0];
    for (column, text) in ["学号", "姓名", "学院"].iter().enumerate() {
        sheet
            .write_string(0, u16::try_from(column).unwrap(), *text)
            .unwrap();
    }
    for (column, text) in [first.student_no.as_str(), first.name.as_str(), "新学院"]
        .iter()
        .enumerate()
    {
        sheet
            .write_string(1, u16::try_from(column).unwrap(), *text)
            .unwrap();
    }
    book.save(&changed).unwrap();
    let path = changed.to_string_lossy().into_owned();
    let preview = round
        .station
        .roster_preview(RosterSource {
            round: round.round,
            path,
            pasted: String::new(),
        })
        .unwrap();
    assert_eq!(
        (preview.added, preview.updated.len(), preview.not_in_file),
        (0, 1, STUDENTS - 1)
    );
    let kept = import_roster(&round.station, round.round, &changed, false).unwrap();
    assert_eq!((kept.updated, kept.kept), (0, 1));
    assert_eq!(college(&round, &first.student_no), first.college);
    let taken = import_roster(&round.station, round.round, &changed, true).unwrap();
    assert_eq!(taken.updated, 1);
    assert_eq!(college(&round, &first.student_no), "新学院");
    let coming = || round.station.roster_peek(RoundRef { round: round.round });
    let first_seen = coming().unwrap();
    assert!(
        first_seen
            .summary
            .is_some_and(|summary| summary.contains("名单"))
    );
    assert_eq!(
        college(&round, &first.student_no),
        "新学院",
        "only looked at"
    );
    round
        .station
        .roster_undo(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(college(&round, &first.student_no), first.college);
    assert_ne!(coming().unwrap().act, first_seen.act);
    round
        .station
        .roster_redo(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(college(&round, &first.student_no), "新学院");
}

#[test]
fn a_round_without_an_import_offers_none_to_be_taken_back() {
    let round = TakenIn::new().unwrap();
    let other = round.station.round_create(RoundCreate {
        name: "另一批".to_owned(),
        school_code: String::new(),
        opens_on: String::new(),
        closes_on: String::new(),
        profile: "moe99".to_owned(),
    });
    let of = RoundRef {
        round: other.unwrap().round,
    };
    assert!(round.station.roster_peek(of).unwrap().summary.is_none());
    let own = RoundRef { round: round.round };
    assert!(round.station.roster_peek(own).unwrap().summary.is_some());
}

#[test]
fn refused_rows_are_grouped_saved_mended_and_imported() {
    let round = TakenIn::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("补录.csv");
    std::fs::write(
        &list,
        "学号,姓名,性别\n2099000001,甲一,男\n,乙二,男\n2099000003,,女\n2099000004,丁四,?\n",
    )
    .unwrap();
    let source = RosterSource {
        round: round.round,
        path: list.to_string_lossy().into_owned(),
        pasted: String::new(),
    };
    let preview = round.station.roster_preview(source.clone()).unwrap();
    assert_eq!((preview.added, preview.refused_rows), (1, 3));
    let first = preview.remedies.first().unwrap();
    assert_eq!((first.title.as_str(), first.cells), ("学号或姓名为空", 2));
    assert_eq!(first.first, ["A3", "B4"]);
    assert_eq!(
        preview
            .remedies
            .iter()
            .map(|group| group.cells)
            .sum::<u32>(),
        3
    );

    let save = |digest: &str| {
        round.station.roster_refused_save(RefusedSave {
            round: round.round,
            path: source.path.clone(),
            pasted: String::new(),
            digest: digest.to_owned(),
            folder: folder.path().to_string_lossy().into_owned(),
        })
    };
    assert!(save("of another file").is_err());
    let saved = PathBuf::from(save(&preview.digest).unwrap().path);
    let again = RosterSource {
        path: saved.to_string_lossy().into_owned(),
        ..source
    };
    let again = round.station.roster_preview(again).unwrap();
    assert_eq!((again.added, again.refused_rows, again.rows), (0, 3, 3));
}

#[test]
fn jobs_are_listed_newest_first_with_what_they_brought() {
    let round = TakenIn::new().unwrap();
    let jobs = || round.station.job_list(Empty {}).unwrap();
    let before = jobs().len();
    let started: Vec<u32> = (0..2)
        .map(|_| {
            let args = RoundRef { round: round.round };
            let started = round.station.checks_run(args).unwrap();
            round.station.job_wait(started).unwrap();
            started.job
        })
        .collect();
    let listed = jobs();
    assert_eq!(listed.len(), before + 2);
    assert_eq!([listed[1].job, listed[0].job], started[..]);
    assert!(listed.iter().all(|job| job.finished));
    assert!(matches!(
        listed[0].outcome,
        Some(JobOutcome::Checks { checked: 0, .. })
    ));
}

fn college(round: &TakenIn, student_no: &str) -> String {
    let query = StudentsQuery {
        round: round.round,
        text: student_no.to_owned(),
        state: String::new(),
        offset: 0,
        limit: 10,
    };
    round.station.student_list(query).unwrap().students[0]
        .college
        .clone()
}
