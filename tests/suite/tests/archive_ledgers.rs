//! The archive of a round holds what was told to whom, the paper photos that came, and the fee ledger.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod books;

use std::fs::{self, File};
use std::io::Read as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use books::Books;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    ArchiveCheck, ArchiveChoice, ArchiveWrite, Empty, FeeImport, FeePart, FeeSet, FeeShare,
    JobOutcome, NoticeMark, PaperAsk, PaperMark, RoundClose, RoundRef, StudentSearch,
};
use zhaoshen_suite::example::TakenIn;
use zip::ZipArchive;

/// As a program leaves it that was killed when all was written and nobody had been shown the passphrase.
#[test]
fn an_encrypted_archive_whose_passphrase_was_not_shown_is_to_be_made_anew() {
    let TakenIn {
        station,
        round,
        folder,
        ..
    } = TakenIn::of(12).unwrap();
    let of = || RoundRef { round };
    let reason = "随下一批采集".to_owned();
    station.round_close(RoundClose { round, reason }).unwrap();
    let target = folder.path().join("归档");
    fs::create_dir(&target).unwrap();
    let write = |station: &Station| {
        let ask = ArchiveWrite {
            round,
            target: target.display().to_string(),
            choice: ArchiveChoice {
                encrypted: true,
                ..ArchiveChoice::default()
            },
        };
        station.archive_write(ask).unwrap()
    };
    let zips = || -> Vec<PathBuf> {
        let entries = fs::read_dir(&target).unwrap().flatten();
        let paths = entries.map(|entry| entry.path());
        paths
            .filter(|path| path.extension().is_some_and(|end| end == "zip"))
            .collect()
    };
    let _ = write(&station);
    let began = Instant::now();
    while zips().is_empty() {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "nothing was written"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(station);
    let archive = zips().remove(0);
    let part = PathBuf::from(format!("{}.part", archive.display()));
    fs::rename(&archive, &part).unwrap();

    let station = Station::open(&folder.path().join("workspace")).unwrap();
    assert!(part.exists() && !archive.exists(), "it was finished");
    let told = station.delivery_unfinished(of()).unwrap();
    assert!(told[0].text.contains("口令没有显示过"), "{}", told[0].text);
    assert!(station.ending_show(of()).unwrap().archive.is_none());
    let status = station.app_status(Empty {}).unwrap();
    assert!(!status.alarm.is_empty());
    fs::remove_file(&part).unwrap();
    let made = station.job_wait(write(&station)).unwrap();
    assert!(matches!(made, JobOutcome::Archive { report } if report.passphrase.is_some()));
    assert!(station.ending_show(of()).unwrap().archive.is_some());
    drop(station);
    let station = Station::open(&folder.path().join("workspace")).unwrap();
    assert!(station.delivery_unfinished(of()).unwrap().is_empty());
    assert!(station.ending_show(of()).unwrap().archive.is_some());
}

/// Divides the payment without a student between the second and the third that were delivered.
fn share_unknown(books: &Books) {
    let (station, round) = (&books.round.station, books.round.round);
    let view = station.fee_show(books.round()).unwrap();
    let shares = [(1, "1.5"), (2, "2")].map(|(at, amount)| {
        let search = StudentSearch {
            round,
            text: books.delivered[at].clone(),
        };
        FeePart {
            student: station.student_search(search).unwrap()[0].student,
            amount: amount.to_owned(),
        }
    });
    let share = FeeShare {
        round,
        payment: view.unknown[0].payment,
        shares: shares.into(),
    };
    station.fee_share(share).unwrap();
}

#[test]
fn an_archive_holds_notices_paper_photos_and_the_fee_ledger() {
    let books = Books::new();
    let (station, round) = (&books.round.station, books.round.round);
    let told = {
        let pending = books.round.pending().unwrap();
        let item = pending.into_iter().next().unwrap();
        books.round.decide(item.submission, "rejected").unwrap();
        let mark = NoticeMark {
            round,
            submissions: vec![item.submission],
            told: true,
            deadline: "2031-05-06".to_owned(),
        };
        station.notice_mark(mark).unwrap();
        item
    };
    let class = station.paper_list(books.round()).unwrap();
    let class = class.iter().find(|class| class.expected > 0).unwrap();
    let (college, of) = (class.college.clone(), class.class.clone());
    let ask = PaperAsk {
        round,
        college,
        class: of,
    };
    let came = station.paper_class(ask).unwrap();
    let came = came.iter().find(|row| row.expected).unwrap();
    let mark = PaperMark {
        round,
        students: vec![came.student],
        arrived: true,
    };
    station.paper_mark(mark).unwrap();
    let fee = FeeSet {
        round,
        fee: "25".to_owned(),
        hold: false,
    };
    station.fee_set(fee).unwrap();
    let (payer, number) = (&books.delivered[0], &books.round.plan.students[0].id_number);
    let list = books.folder.path().join("缴费.csv");
    let text = format!("学号,金额,备注\n{payer},25,学历照片{number}\n0000,3.5,不知是谁\n");
    std::fs::write(&list, text).unwrap();
    let path = list.display().to_string();
    assert_eq!(
        station.fee_import(FeeImport { round, path }).unwrap().added,
        2
    );
    share_unknown(&books);

    let reason = "随下一批采集".to_owned();
    station.round_close(RoundClose { round, reason }).unwrap();
    let job = station.archive_write(ArchiveWrite {
        round,
        target: books.folder.path().display().to_string(),
        choice: ArchiveChoice::default(),
    });
    let JobOutcome::Archive { report } = station.job_wait(job.unwrap()).unwrap() else {
        panic!("no archive")
    };
    let mut zip = ZipArchive::new(File::open(&report.path).unwrap()).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        let mut entry = zip.by_name(name).unwrap();
        entry.read_to_string(&mut text).unwrap();
        text
    };
    let sums = read("SHA256SUMS.txt");
    let readme = read("README.txt");
    let mut json = |name: &str| -> Value {
        let text = read(name);
        let line = format!("{}  {name}", hex::encode(Sha256::digest(&text)));
        assert!(
            sums.lines().any(|sum| sum == line),
            "{name} is not in the sums"
        );
        assert!(readme.contains(name), "{name} is not in the readme");
        assert!(!text.contains(number.as_str()), "{name}");
        serde_json::from_str(&text).unwrap()
    };
    let notices = json("notices.json");
    assert_eq!(notices.as_array().unwrap().len(), 1);
    assert_eq!(notices[0]["student_no"], told.student_no.as_str());
    assert_eq!(notices[0]["until"], "2031-05-06");
    assert!(!notices[0]["reasons"].as_array().unwrap().is_empty());
    let paper = json("paper.json");
    assert_eq!(paper.as_array().unwrap().len(), 1);
    assert_eq!(paper[0]["student_no"], came.student_no.as_str());
    let fees = json("fees.json");
    assert_eq!(fees["fee_fen"], 2500);
    assert_eq!(fees["payments"].as_array().unwrap().len(), 2);
    assert_eq!(fees["payments"][0]["student_no"], payer.as_str());
    assert_eq!(fees["payments"][0]["shares"], serde_json::json!([]));
    assert_eq!(fees["payments"][1]["amount_fen"], 350);
    assert_eq!(fees["payments"][1]["student"], Value::Null);
    let shares = fees["payments"][1]["shares"].as_array().unwrap();
    let shares: Vec<(&Value, &Value)> = (shares.iter())
        .map(|part| (&part["student_no"], &part["amount_fen"]))
        .collect();
    let of = |at: usize| Value::from(books.delivered[at].as_str());
    assert_eq!(
        shares,
        [(&of(1), &Value::from(150)), (&of(2), &Value::from(200))]
    );
    let students = fees["students"].as_array().unwrap();
    let paid: Vec<&str> = students
        .iter()
        .filter(|student| student["state"] == "paid")
        .map(|student| student["student_no"].as_str().unwrap())
        .collect();
    assert_eq!(paid, [payer.as_str()]);
    let check = ArchiveCheck {
        path: report.path.clone(),
        passphrase: String::new(),
    };
    assert!(station.archive_verify(check).unwrap().problems.is_empty());
}
