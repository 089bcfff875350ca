//! Pictures of 采集码 in deliveries: beside their photos, unchanged, in the account, and never in 名单模式.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use sha2::{Digest, Sha256};
use zhaoshen_model::{CodeFormat, PhotoHash};
use zip::ZipArchive;

use super::tests::fits;
use super::*;

fn student(student_no: &str) -> StudentDraft {
    StudentDraft {
        student_no: student_no.into(),
        name: "张三".into(),
        id_number: "11010519491231002X".into(),
        college: "法学院".into(),
        ..StudentDraft::default()
    }
}

fn planned(mode: DeliveryMode, template: &str, students: [&str; 3]) -> DeliveryPlan {
    let items = (1..).zip(students).map(|(id, student_no)| DeliveryItem {
        submission: SubmissionId(id),
        student: student(student_no),
    });
    let template = Template::parse(template, mode).unwrap();
    let filed = [
        (SubmissionId(1), CodeFormat::Png),
        (SubmissionId(3), CodeFormat::Jpeg),
    ];
    plan(items.collect(), Vec::new(), &template, mode, Split::Whole)
        .with_codes(&HashMap::from(filed))
}

const STUDENTS: [&str; 3] = ["2021001", "2021002", "2021003"];

fn code_bytes(submission: SubmissionId) -> Vec<u8> {
    format!("a code as it came, {submission}").into_bytes()
}

fn deliver(plan: &DeliveryPlan, folder: &Path, packing: &Packing) -> DeliveryReport {
    write(
        plan,
        &DeliveryNotes::default(),
        Destination { folder, packing },
        &AtomicBool::new(false),
        WithCodes {
            photos: |id: SubmissionId| Ok(format!("photo {id}").into_bytes()),
            codes: |id| Ok(code_bytes(id)),
        },
        fits,
        |_| {},
    )
    .unwrap()
}

#[test]
fn a_picture_lies_beside_its_photo_as_it_came_and_in_both_manifests() {
    let folder = tempfile::tempdir().unwrap();
    let plan = planned(DeliveryMode::CodeOnly, "{序号}.jpg", STUDENTS);
    assert!(plan.problems.is_empty(), "{:?}", plan.problems);
    let report = deliver(&plan, &folder.path().join("a"), &Packing::Loose);
    for (id, name) in [(1, "0001_采集码.png"), (3, "0003_采集码.jpg")] {
        let bytes = fs::read(report.folder.join(name)).unwrap();
        assert_eq!(bytes, code_bytes(SubmissionId(id)));
    }
    let files = fs::read_dir(&report.folder).unwrap().count();
    assert_eq!(files, 3 + 2 + 3);
    let codes: Vec<Option<&str>> = report
        .files
        .iter()
        .map(|file| Some(file.code.as_ref()?.file_name.as_str()))
        .collect();
    assert_eq!(
        codes,
        [Some("0001_采集码.png"), None, Some("0003_采集码.jpg")]
    );
    let sha256 = PhotoHash(Sha256::digest(code_bytes(SubmissionId(3))).into());
    assert_eq!(report.files[2].code.as_ref().unwrap().sha256, sha256);

    let manifest = fs::read(report.folder.join(MANIFEST_FILE)).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let code = &manifest["files"][2]["code"];
    assert_eq!(code["file_name"], "0003_采集码.jpg");
    assert_eq!(code["sha256"], sha256.to_string());
    assert!(manifest["files"][1].get("code").is_none());
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&report.workbook).unwrap();
    let rows = calamine::Reader::worksheet_range(&mut book, "交付清单").unwrap();
    let last: Vec<String> = rows
        .rows()
        .next_back()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        last[last.len() - 2..],
        ["0003_采集码.jpg".to_owned(), sha256.to_string()]
    );
}

#[test]
fn an_archive_holds_it_too() {
    let folder = tempfile::tempdir().unwrap();
    let plan = planned(DeliveryMode::CodeOnly, "{学号}.jpg", STUDENTS);
    let packing = Packing::Zip { passphrase: None };
    let report = deliver(&plan, &folder.path().join("a"), &packing);
    let mut archive = ZipArchive::new(File::open(&report.workbook).unwrap()).unwrap();
    let mut bytes = Vec::new();
    archive
        .by_name("2021001_采集码.png")
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    assert_eq!(bytes, code_bytes(SubmissionId(1)));
    let sha256 = PhotoHash(Sha256::digest(&bytes).into());
    assert_eq!(report.files[0].code.as_ref().unwrap().sha256, sha256);
}

#[test]
fn none_goes_along_in_the_other_mode() {
    let plan = planned(DeliveryMode::Roster, "{学号}.jpg", STUDENTS);
    assert!(plan.codes.is_empty());
}

#[test]
fn a_name_that_tells_the_number_or_is_taken_stops_the_delivery() {
    let number = ["2021001", "11010519491231002X", "2021003"];
    let messages = |students| {
        let plan = planned(DeliveryMode::CodeOnly, "{学号}.jpg", students);
        let problems = plan.problems.into_iter();
        problems
            .filter(|problem| problem.file_name.contains(CODE_MARK))
            .map(|problem| problem.message_zh)
            .collect::<Vec<_>>()
    };
    // In the order of 学号 the number comes first, and so does its picture.
    let leaks = messages(["11010519491231002X", number[0], number[2]]);
    assert_eq!(leaks.len(), 1);
    assert!(leaks[0].contains("证件号码"), "{leaks:?}");
    // A photo that is named as another's picture would be.
    let taken = messages(["1_采集码", "2", "1"]);
    assert!(taken[0].contains("重名"), "{taken:?}");
    let long = "9".repeat(230);
    let too_long = messages([&long, "2", "3"]);
    assert!(too_long[0].contains("过长"), "{too_long:?}");
}
