//! Deliveries written to real folders, and everything that can stop one.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use zhaoshen_model::RosterField;

use super::*;
use crate::error::Error;

const ID: &str = "11010519491231002X";

fn student(student_no: &str, name: &str) -> StudentDraft {
    StudentDraft {
        student_no: student_no.into(),
        name: name.into(),
        id_number: ID.into(),
        college: "=电气学院".into(),
        ..StudentDraft::default()
    }
}

fn items(students: &[(&str, &str)]) -> Vec<DeliveryItem> {
    (1..)
        .zip(students)
        .map(|(id, (student_no, name))| DeliveryItem {
            submission: SubmissionId(id),
            student: student(student_no, name),
        })
        .collect()
}

pub(super) fn planned(
    students: &[(&str, &str)],
    template: &str,
    mode: DeliveryMode,
) -> DeliveryPlan {
    let missing = Undelivered {
        student: student("2021009", "=缺七"),
        reason: "未提交".into(),
    };
    plan(
        items(students),
        vec![missing],
        &Template::parse(template, mode).unwrap(),
        mode,
        Split::Whole,
    )
    .with_columns(&[RosterField::Name])
}

pub(super) fn bytes_of(submission: SubmissionId) -> Result<Vec<u8>, String> {
    Ok(format!("photo {submission}").into_bytes())
}

pub(super) fn fits(_: &[u8]) -> Result<Verified, String> {
    Ok(Verified {
        width_px: 480,
        height_px: 640,
        quality: Some(75),
    })
}

pub(super) fn notes() -> DeliveryNotes {
    DeliveryNotes {
        round: "2021年采集".into(),
        profile: "99号".into(),
        reviewer: "王老师".into(),
        purpose: String::new(),
        made_at: "2021-09-15 10:00".into(),
        number: 3,
    }
}

pub(super) fn loose(folder: &Path) -> Destination<'_> {
    Destination {
        folder,
        packing: &Packing::Loose,
    }
}

pub(super) fn deliver(plan: &DeliveryPlan, target: &Path) -> Result<DeliveryReport, Error> {
    write(
        plan,
        &notes(),
        loose(target),
        &AtomicBool::new(false),
        bytes_of,
        fits,
        |_| {},
    )
}

/// Writes a delivery and publishes it at once.
pub(crate) fn write(
    plan: &DeliveryPlan,
    notes: &DeliveryNotes,
    destination: Destination<'_>,
    cancel: &AtomicBool,
    provider: impl Provider,
    verify: impl FnMut(&[u8]) -> Result<Verified, String>,
    progress: impl FnMut(Progress),
) -> Result<DeliveryReport, Error> {
    prepare(plan, notes, destination, cancel, provider, verify, progress)?.publish()
}

pub(super) fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort_unstable();
    names
}

fn sheet(path: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(fs::read(path).unwrap())).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_delivery_holds_the_photos_and_their_account() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("交付");
    let plan = planned(
        &[("2021002", "李四"), ("2021001", "张三")],
        "{学号}-{姓名}.jpg",
        DeliveryMode::Roster,
    );
    assert_eq!(plan.problems, vec![]);
    let mut seen = Vec::new();
    let report = write(
        &plan,
        &notes(),
        loose(&target),
        &AtomicBool::new(false),
        bytes_of,
        fits,
        |at| seen.push((at.done, at.total)),
    )
    .unwrap();
    assert_eq!(seen, [(0, 2), (2, 2)]);
    assert_eq!(
        names_in(&target),
        [
            "2021001-张三.jpg",
            "2021002-李四.jpg",
            "manifest.json",
            "交付清单.xlsx",
            "校验.sha256"
        ]
    );
    let first = fs::read(target.join("2021001-张三.jpg")).unwrap();
    assert_eq!(first, b"photo 2");
    let digest: [u8; 32] = Sha256::digest(b"photo 2").into();
    assert_eq!(report.files[0].sha256.0, digest);

    let rows = sheet(&report.workbook, "交付清单");
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1][0], Data::Float(1.0), "counts can be summed");
    assert_eq!(
        rows[1][4],
        Data::Float(b"photo 2".len() as f64),
        "sizes can be summed"
    );
    assert_eq!(rows[1][1], Data::String("2021001".into()));
    assert_eq!(rows[1].last().unwrap(), &Data::String(hex::encode(digest)));
    let missing = sheet(&report.workbook, "未交付");
    assert_eq!(
        missing[1][1..],
        ["2021009", "=缺七", "=电气学院", "未提交"].map(|text| Data::String(text.into()))
    );
    assert!(
        sheet(&report.workbook, "说明")
            .iter()
            .flatten()
            .any(|cell| cell.to_string().contains("99号"))
    );

    let manifest = fs::read(target.join(MANIFEST_FILE)).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["files"][0]["sha256"], hex::encode(digest));
    assert_eq!(manifest["undelivered"][0]["student_no"], "2021009");
}

#[test]
fn who_was_delivered_before_is_not_among_those_left_out() {
    let parent = tempfile::tempdir().unwrap();
    let before = Undelivered {
        student: student("2021005", "钱五"),
        reason: "第1次交付时已交付".into(),
    };
    let plan = planned(
        &[("2021001", "张三")],
        DEFAULT_TEMPLATE,
        DeliveryMode::Roster,
    )
    .with_before(vec![before]);
    let report = deliver(&plan, &parent.path().join("交付")).unwrap();
    let names = |name: &str| sheet(&report.workbook, name)[1][1].to_string();
    assert_eq!(names("未交付"), "2021009");
    assert_eq!(names("以前已交付"), "2021005");
    let manifest = fs::read(report.folder.join(MANIFEST_FILE)).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["delivered_before"][0]["student_no"], "2021005");
}

#[test]
fn neither_names_nor_identity_numbers_leave_in_code_mode() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("交付");
    let students = [("2021001", "张三")];
    let plan = planned(&students, DEFAULT_TEMPLATE, DeliveryMode::CodeOnly);
    let report = deliver(&plan, &target).unwrap();
    let mut texts = vec![fs::read_to_string(target.join(MANIFEST_FILE)).unwrap()];
    for name in ["交付清单", "未交付", "说明"] {
        texts.extend(
            sheet(&report.workbook, name)
                .iter()
                .flatten()
                .map(ToString::to_string),
        );
    }
    for text in &texts {
        for secret in ["张三", "缺七", "王老师", ID, "1949"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let roster = parent.path().join("名单");
    let report = deliver(
        &planned(
            &[("2021001", "张三")],
            DEFAULT_TEMPLATE,
            DeliveryMode::Roster,
        ),
        &roster,
    )
    .unwrap();
    let with_names = sheet(&report.workbook, "交付清单");
    assert!(
        with_names
            .iter()
            .flatten()
            .any(|cell| cell.to_string().contains("张三"))
    );
    assert!(
        !with_names
            .iter()
            .flatten()
            .any(|cell| cell.to_string().contains(ID))
    );
}

#[test]
fn names_that_some_system_refuses_are_problems_of_the_plan() {
    let bad = ["a/b", "a:b", "CON", "nul", "com1", "..", "x\u{1}", ""];
    for student_no in bad {
        let plan = planned(
            &[(student_no, "张三")],
            DEFAULT_TEMPLATE,
            DeliveryMode::CodeOnly,
        );
        assert_eq!(plan.problems.len(), 1, "{student_no:?}");
    }
    assert_eq!(
        planned(
            &[("console", "甲"), ("com10", "乙")],
            DEFAULT_TEMPLATE,
            DeliveryMode::CodeOnly
        )
        .problems,
        vec![]
    );
    let long = "长".repeat(90);
    assert_eq!(
        planned(&[(&long, "甲")], DEFAULT_TEMPLATE, DeliveryMode::CodeOnly)
            .problems
            .len(),
        1
    );
    let plan = planned(
        &[("ab1", "甲"), ("AB1", "乙"), ("ab2", "丙")],
        DEFAULT_TEMPLATE,
        DeliveryMode::CodeOnly,
    );
    let named: Vec<&str> = plan
        .problems
        .iter()
        .map(|problem| problem.student_no.as_str())
        .collect();
    assert_eq!(
        named,
        ["AB1", "ab1"],
        "the same to a system that ignores case"
    );
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("交付");
    assert!(matches!(
        deliver(&plan, &target).unwrap_err(),
        Error::PlanBlocked { count: 2, .. }
    ));
    assert!(!target.exists(), "nothing is made for a blocked plan");
}

#[test]
fn nothing_is_ever_written_over() {
    let parent = tempfile::tempdir().unwrap();
    let plan = planned(&[("1", "甲")], DEFAULT_TEMPLATE, DeliveryMode::CodeOnly);
    let full = parent.path().join("旧");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("1.jpg"), b"old").unwrap();
    assert!(matches!(
        deliver(&plan, &full).unwrap_err(),
        Error::TargetNotEmpty { .. }
    ));
    assert_eq!(fs::read(full.join("1.jpg")).unwrap(), b"old");
    let file = parent.path().join("文件");
    fs::write(&file, b"x").unwrap();
    assert!(matches!(
        deliver(&plan, &file).unwrap_err(),
        Error::TargetNotEmpty { .. }
    ));
    let nowhere = parent.path().join("没有/交付");
    let error = deliver(&plan, &nowhere).unwrap_err();
    assert!(
        matches!(&error, Error::ParentMissing { path } if path.ends_with("没有")),
        "{error:?}"
    );
    let empty = parent.path().join("空");
    fs::create_dir(&empty).unwrap();
    assert!(
        deliver(&plan, &empty).is_ok(),
        "an empty folder is as good as new"
    );
}

#[test]
fn a_file_that_appears_meanwhile_is_kept() {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("交付");
    let plan = planned(
        &[("1", "甲"), ("2", "乙")],
        DEFAULT_TEMPLATE,
        DeliveryMode::CodeOnly,
    );
    let error = write(
        &plan,
        &notes(),
        loose(&target),
        &AtomicBool::new(false),
        |submission| {
            fs::write(target.join("2.jpg"), b"theirs").unwrap();
            bytes_of(submission)
        },
        fits,
        |_| {},
    )
    .unwrap_err();
    assert!(matches!(error, Error::AlreadyExists { .. }), "{error:?}");
    assert_eq!(fs::read(target.join("2.jpg")).unwrap(), b"theirs");
    assert_eq!(names_in(&target), ["2.jpg"], "nothing of the delivery");
}

proptest! {
    #[test]
    fn a_plan_without_problems_names_every_file_apart(
        students in proptest::collection::vec(("[a-bA-B01./ ]{0,4}", "[甲乙]{1,2}"), 0..8),
        template in "(\\{学号\\}|\\{姓名\\}|\\{序号\\}|\\{学号\\}-\\{姓名\\})\\.jpg",
    ) {
        let borrowed: Vec<(&str, &str)> = students.iter().map(|(no, name)| (no.as_str(), name.as_str())).collect();
        let plan = planned(&borrowed, &template, DeliveryMode::Roster);
        prop_assert_eq!(plan.files.len(), students.len(), "no one is dropped");
        if plan.problems.is_empty() {
            let mut lower: BTreeMap<String, usize> = BTreeMap::new();
            for file in &plan.files {
                *lower.entry(file.file_name.to_lowercase()).or_default() += 1;
                prop_assert!(!file.file_name.contains(['/', '\\']) && !file.file_name.starts_with('.'));
            }
            prop_assert!(lower.values().all(|times| *times == 1));
        }
    }

    #[test]
    fn every_field_of_the_roster_but_the_identity_number_can_be_asked_for(at in 0_usize..12) {
        let field = RosterField::ALL[at];
        let template = format!("{{序号}}-{{{}}}.jpg", field.title());
        let is_taken = Template::parse(&template, DeliveryMode::Roster).is_ok();
        prop_assert_eq!(is_taken, field != RosterField::IdNumber);
    }
}

#[test]
fn an_identity_number_that_serves_as_student_number_stays_in_the_office() {
    let leaking = [(ID, "张三")];
    for mode in [DeliveryMode::CodeOnly, DeliveryMode::Roster] {
        let plan = planned(&leaking, "{学号}.jpg", mode);
        assert_eq!(plan.problems.len(), 1);
        let told = &plan.problems[0].message_zh;
        assert!(
            told.contains("证件号码") && told.contains("{序号}"),
            "{told}"
        );
        let by_serial = planned(&leaking, "{序号}.jpg", mode);
        assert!(by_serial.problems.is_empty());
    }
}
