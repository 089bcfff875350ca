//! Deliveries in parts and in archives.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use sha2::{Digest, Sha256};
use zhaoshen_model::RosterField;
use zip::ZipArchive;

use super::tests::fits;
use super::*;
use crate::error::Error;

const STUDENTS: [(&str, &str, &str); 4] = [
    ("2021001", "张三", "经济学院"),
    ("2021002", "李四", "法学院"),
    ("2021003", "王五", "经济学院"),
    ("2021004", "赵六", ""),
];

fn planned(split: Split, template: &str) -> DeliveryPlan {
    let items = (1..)
        .zip(STUDENTS)
        .map(|(id, (student_no, name, college))| {
            let student = StudentDraft {
                student_no: student_no.into(),
                name: name.into(),
                college: college.into(),
                ..StudentDraft::default()
            };
            DeliveryItem {
                submission: SubmissionId(id),
                student,
            }
        });
    let mode = DeliveryMode::Roster;
    let template = Template::parse(template, mode).unwrap();
    plan(items.collect(), Vec::new(), &template, mode, split)
}

#[test]
fn a_part_that_is_called_as_the_account_is_told_before_anything_is_written() {
    let mode = DeliveryMode::Roster;
    let template = Template::parse("{学号}.jpg", mode).unwrap();
    for (college, is_taken) in [
        ("交付清单.xlsx", true),
        ("Manifest.json", true),
        (" 校验.sha256", true),
        ("交付清单", true),
        ("交付清单学院", false),
        ("manifest", false),
    ] {
        let student = StudentDraft {
            student_no: "2021001".into(),
            college: college.into(),
            ..StudentDraft::default()
        };
        let submission = SubmissionId(1);
        let item = || DeliveryItem {
            submission,
            student: student.clone(),
        };
        let split = Split::By(RosterField::College);
        let told = plan(vec![item()], Vec::new(), &template, mode, split).problems;
        assert_eq!(told.len(), usize::from(is_taken), "{college}: {told:?}");
        assert!(told.iter().all(|one| one.message_zh.contains("重名")));
        let whole = plan(vec![item()], Vec::new(), &template, mode, Split::Whole);
        assert_eq!(whole.problems, []);
    }
}

fn bytes_of(submission: SubmissionId) -> Vec<u8> {
    format!("photo {submission}").into_bytes()
}

fn deliver(plan: &DeliveryPlan, folder: &Path, packing: &Packing) -> Result<DeliveryReport, Error> {
    write(
        plan,
        &DeliveryNotes::default(),
        Destination { folder, packing },
        &AtomicBool::new(false),
        |submission| Ok(bytes_of(submission)),
        fits,
        |_| {},
    )
}

/// Paths of all files in the folder, those in archives behind the archive's own.
fn found(folder: &Path, passphrase: Option<&str>) -> Vec<String> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path().strip_prefix(folder).unwrap();
        let path = path.to_string_lossy().replace('\\', "/");
        if path.ends_with(".zip") {
            let mut archive = ZipArchive::new(File::open(entry.path()).unwrap()).unwrap();
            for at in 0..archive.len() {
                let entry = match passphrase {
                    Some(passphrase) => archive.by_index_decrypt(at, passphrase.as_bytes()),
                    None => archive.by_index(at),
                };
                found.push(format!("{path}/{}", entry.unwrap().name().unwrap()));
            }
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn parts_are_folders_with_one_account_beside_them() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("交付");
    let plan = planned(Split::By(RosterField::College), "{学号}.jpg");
    assert_eq!(plan.problems, []);
    let report = deliver(&plan, &folder, &Packing::Loose).unwrap();
    let expected = [
        "manifest.json",
        "交付清单.xlsx",
        "法学院/2021002.jpg",
        "未注明/2021004.jpg",
        "校验.sha256",
        "经济学院/2021001.jpg",
        "经济学院/2021003.jpg",
    ];
    let found: BTreeSet<String> = found(&folder, None).into_iter().collect();
    assert_eq!(found, expected.map(str::to_owned).into());
    let checksums = fs::read_to_string(folder.join(CHECKSUM_FILE)).unwrap();
    let mut told = BTreeSet::from([CHECKSUM_FILE.to_owned()]);
    for line in checksums.lines() {
        let (sha256, path) = line.split_once("  ").unwrap();
        let bytes = fs::read(folder.join(path)).unwrap();
        assert_eq!(sha256, hex::encode(Sha256::digest(bytes)), "{path}");
        told.insert(path.to_owned());
    }
    assert_eq!(told, found);
    for file in &report.files {
        let bytes = fs::read(folder.join(file.path())).unwrap();
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        assert_eq!(file.sha256.0, hash);
        assert_eq!(bytes, bytes_of(file.submission));
    }
}

#[test]
fn the_same_name_may_stand_in_two_parts_and_not_twice_in_one() {
    let mode = DeliveryMode::Roster;
    let template = Template::parse("{姓名}.jpg", mode).unwrap();
    let namesakes = |colleges: [&str; 2], split| {
        let items = (1..).zip(colleges).map(|(id, college)| DeliveryItem {
            submission: SubmissionId(id),
            student: StudentDraft {
                student_no: format!("202100{id}"),
                name: "张三".into(),
                college: college.into(),
                ..StudentDraft::default()
            },
        });
        let plan = plan(items.collect(), Vec::new(), &template, mode, split);
        plan.problems.len()
    };
    let by_college = Split::By(RosterField::College);
    assert_eq!(namesakes(["经济学院", "法学院"], by_college), 0);
    assert_eq!(namesakes(["经济学院", "经济学院"], by_college), 2);
    assert_eq!(namesakes(["经济学院", "法学院"], Split::Whole), 2);
}

#[test]
fn archives_hold_what_folders_would() {
    let parent = tempfile::tempdir().unwrap();
    for (name, split, passphrase, expected) in [
        (
            "整份",
            Split::Whole,
            None,
            vec![
                "照片.zip/2021001.jpg",
                "照片.zip/2021002.jpg",
                "照片.zip/2021003.jpg",
                "照片.zip/2021004.jpg",
                "照片.zip/交付清单.xlsx",
                "照片.zip/校验.sha256",
                "照片.zip/manifest.json",
            ],
        ),
        (
            "分份",
            Split::Every(3),
            Some("k7mqp-3wxyz"),
            vec![
                "交付清单.zip/交付清单.xlsx",
                "交付清单.zip/校验.sha256",
                "交付清单.zip/manifest.json",
                "第01份.zip/2021001.jpg",
                "第01份.zip/2021002.jpg",
                "第01份.zip/2021003.jpg",
                "第02份.zip/2021004.jpg",
            ],
        ),
    ] {
        let folder = parent.path().join(name);
        let packing = Packing::Zip {
            passphrase: passphrase.map(str::to_owned),
        };
        let plan = planned(split, "{学号}.jpg");
        let report = deliver(&plan, &folder, &packing).unwrap();
        assert_eq!(found(&folder, passphrase), expected, "{name}");
        let serials: Vec<usize> = report.files.iter().map(|file| file.serial).collect();
        assert_eq!(serials, [1, 2, 3, 4]);
        assert!(report.workbook.is_file());
    }
}

#[test]
fn the_same_delivery_again_is_the_same_archive() {
    let parent = tempfile::tempdir().unwrap();
    let plan = planned(Split::Whole, "{学号}.jpg");
    let packing = Packing::Zip { passphrase: None };
    let bytes = ["一", "二"].map(|name| {
        let folder = parent.path().join(name);
        deliver(&plan, &folder, &packing).unwrap();
        let mut archive = ZipArchive::new(File::open(folder.join("照片.zip")).unwrap()).unwrap();
        let mut photo = Vec::new();
        let mut entry = archive.by_name("2021003.jpg").unwrap();
        entry.read_to_end(&mut photo).unwrap();
        photo
    });
    assert_eq!(bytes[0], bytes[1]);
    assert_eq!(bytes[0], b"photo 3");
}

#[test]
fn nothing_encrypted_lies_about_in_clear() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("交付");
    let packing = Packing::Zip {
        passphrase: Some("k7mqp-3wxyz".to_owned()),
    };
    let plan = planned(Split::Whole, "{学号}.jpg");
    deliver(&plan, &folder, &packing).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        for secret in ["张三", "photo 1", "k7mqp"] {
            let secret = secret.as_bytes();
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}
