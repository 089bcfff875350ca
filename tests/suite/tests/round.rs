//! One round from its files to a delivery, through the use cases, read back with other libraries.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use sha2::{Digest, Sha256};
use zhaoshen_portrait::{ExampleRound, PlannedFault, example_round};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, DecideRequest, DeliveryMode, DeliveryOptions, JobOutcome, LogQuery, PileAssign,
    QueueOpen, RosterSource, RoundRef, StudentSearch, StudentsQuery, SubmissionRef,
};
use zhaoshen_suite::{REVIEWER, import_photos, import_roster, new_round};

const STUDENTS: u32 = 36;
const SEED: u64 = 20_210_918;

struct Round {
    station: Station,
    round: i64,
    folder: tempfile::TempDir,
    plan: ExampleRound,
    roster: PathBuf,
    photos: PathBuf,
}

fn taken_in() -> Round {
    let folder = tempfile::tempdir().unwrap();
    let files =
        zhaoshen_station::example::write_files(&folder.path().join("files"), STUDENTS).unwrap();
    let (station, round) = new_round(folder.path(), "ncepu2021").unwrap();
    let committed = import_roster(&station, round, &files.roster, false).unwrap();
    assert_eq!((committed.added, committed.refused), (STUDENTS, 0));
    import_photos(&station, round, std::slice::from_ref(&files.photos)).unwrap();
    let plan = example_round(STUDENTS as usize, SEED);
    Round {
        station,
        round,
        folder,
        plan,
        roster: files.roster,
        photos: files.photos,
    }
}

impl Round {
    fn submission(&self, student_no: &str) -> i64 {
        self.station
            .current_submission(self.round, student_no)
            .unwrap()
    }

    fn decide(&self, submission: i64, kind: &str) {
        let view = self
            .station
            .submission_show(SubmissionRef { submission })
            .unwrap();
        let reasons = if view.preset_reasons.is_empty() && kind == "rejected" {
            vec![zhaoshen_station::wire::Reason {
                code: None,
                text: "请重拍".to_owned(),
            }]
        } else {
            view.preset_reasons
        };
        self.station
            .submission_decide(DecideRequest {
                submission,
                seen_decision: view.item.decision_id,
                kind: kind.to_owned(),
                reasons,
                note: String::new(),
            })
            .unwrap();
    }

    fn options(&self, mode: DeliveryMode, template: &str) -> DeliveryOptions {
        DeliveryOptions {
            round: self.round,
            mode,
            template: template.to_owned(),
        }
    }
}

#[test]
fn every_photo_is_accounted_for_and_its_planned_fault_is_seen() {
    let round = taken_in();
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
                submission: round.submission(student_no),
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
    let round = taken_in();
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
                submission: round.submission(student_no),
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
    let round = taken_in();
    let queue = round
        .station
        .queue_open(QueueOpen {
            round: round.round,
            queue: "pending".to_owned(),
        })
        .unwrap();
    for (index, item) in queue.items.iter().enumerate() {
        let kind = match (index, item.failing.is_empty()) {
            (0, _) => "held",
            (1, _) => continue,
            (_, true) => "approved",
            (_, false) => "rejected",
        };
        round.decide(item.submission, kind);
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
    let round = taken_in();
    let options = round.options(DeliveryMode::CollectionCode, "{学号}-{姓名}.jpg");
    assert!(round.station.delivery_preview(options).is_err());
    let options = round.options(DeliveryMode::Roster, "{学号}-{姓名}.jpg");
    assert!(round.station.delivery_preview(options).is_ok());
}

#[test]
fn a_second_import_of_the_same_files_changes_nothing() {
    let round = taken_in();
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
    let round = taken_in();
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
    round
        .station
        .act_undo(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(college(&round, &first.student_no), first.college);
}

fn college(round: &Round, student_no: &str) -> String {
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

#[test]
fn undo_reaches_back_across_a_restart_and_the_log_keeps_everything() {
    let round = taken_in();
    let queue = round
        .station
        .queue_open(QueueOpen {
            round: round.round,
            queue: "pending".to_owned(),
        })
        .unwrap();
    let [first, second] = [queue.items[0].submission, queue.items[1].submission];
    round.decide(first, "approved");
    round.decide(second, "rejected");
    let Round {
        station,
        round: id,
        folder,
        ..
    } = round;
    drop(station);
    let station = Station::open(&folder.path().join("workspace")).unwrap();
    for submission in [second, first] {
        let undone = station
            .act_undo(RoundRef { round: id })
            .unwrap()
            .act
            .unwrap();
        let item = undone.item.unwrap();
        assert_eq!((item.submission, item.decision.as_str()), (submission, ""));
    }
    let redone = station
        .act_redo(RoundRef { round: id })
        .unwrap()
        .act
        .unwrap();
    assert_eq!(redone.item.unwrap().decision, "approved");
    let log = station
        .log_list(LogQuery {
            round: Some(id),
            offset: 0,
            limit: 100,
        })
        .unwrap();
    let acts: Vec<&str> = log.entries.iter().map(|entry| entry.act.as_str()).collect();
    assert_eq!(&acts[..5], ["重做", "撤销", "撤销", "审核", "审核"]);
    assert!(
        log.entries
            .iter()
            .take(5)
            .all(|entry| entry.reviewer == REVIEWER)
    );
}

#[test]
fn a_decision_on_a_changed_submission_is_a_conflict() {
    let round = taken_in();
    let queue = round
        .station
        .queue_open(QueueOpen {
            round: round.round,
            queue: "pending".to_owned(),
        })
        .unwrap();
    let submission = queue.items[0].submission;
    round.decide(submission, "held");
    let stale = DecideRequest {
        submission,
        seen_decision: None,
        kind: "approved".to_owned(),
        reasons: Vec::new(),
        note: String::new(),
    };
    assert_eq!(
        round.station.submission_decide(stale).unwrap_err().code,
        Code::Conflict
    );
}

#[test]
fn a_piled_photo_finds_its_student_by_hand() {
    let round = taken_in();
    let piles = round
        .station
        .pile_list(RoundRef { round: round.round })
        .unwrap();
    let photo = &piles.ambiguous[0];
    assert_eq!(photo.candidates.len(), 2);
    let student = photo
        .candidates
        .iter()
        .find(|student| !student.has_photo)
        .unwrap();
    let found = round.station.student_search(StudentSearch {
        round: round.round,
        text: student.student_no.clone(),
    });
    assert_eq!(found.unwrap()[0].student, student.student);
    let after = round
        .station
        .pile_assign(PileAssign {
            submission: photo.submission,
            student: student.student,
        })
        .unwrap();
    assert!(after.ambiguous.is_empty());
    assert_eq!(round.submission(&student.student_no), photo.submission);
    round
        .station
        .act_undo(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(
        round
            .station
            .pile_list(RoundRef { round: round.round })
            .unwrap()
            .ambiguous
            .len(),
        1
    );
}
