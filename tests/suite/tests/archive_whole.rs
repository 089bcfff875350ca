//! What an archive says of itself is so, whatever is asked of a delivery by then; what outlasts a round's data names nobody
//! of it; and an archive is held to the log.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use lopdf::Document;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use zhaoshen_station::wire::{
    ArchiveCheck, ArchiveChecked, ArchiveChoice, ArchiveReport, ArchiveWrite, ClosingSave, Code,
    DeliveryMode, FeeSet, JobOutcome, RoundClose, RoundErase, RoundRef, RuleEdit, StudentMark,
    StudentsQuery,
};
use zhaoshen_suite::example::TakenIn;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A round that is reviewed and delivered, and the 学号 of who was delivered.
fn delivered() -> (TakenIn, Vec<String>) {
    let round = TakenIn::of(18).unwrap();
    round.station.example_review(round.round).unwrap();
    let to = round.folder.path().join("交付");
    let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
    let job = round.station.delivery_write_to(options, &to).unwrap();
    round.station.job_wait(job).unwrap();
    let names = fs::read_dir(&to).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut numbers: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".jpg")?.to_owned()))
        .collect();
    numbers.sort();
    assert!(numbers.len() > 3);
    (round, numbers)
}

fn close(round: &TakenIn, reason: &str) {
    let ask = RoundClose {
        round: round.round,
        reason: reason.to_owned(),
    };
    round.station.round_close(ask).unwrap();
}

fn archive(round: &TakenIn, name: &str, renditions: bool) -> ArchiveReport {
    let folder = round.folder.path().join(name);
    fs::create_dir(&folder).unwrap();
    let job = round.station.archive_write(ArchiveWrite {
        round: round.round,
        target: folder.display().to_string(),
        choice: ArchiveChoice {
            renditions,
            ..ArchiveChoice::default()
        },
    });
    match round.station.job_wait(job.unwrap()).unwrap() {
        JobOutcome::Archive { report } => report,
        other => panic!("{other:?}"),
    }
}

/// Every entry of a zip file, in order.
fn entries(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = (0..zip.len()).map(|at| {
        let mut entry = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    });
    read.collect()
}

fn entry(archive: &[(String, Vec<u8>)], name: &str) -> Vec<u8> {
    let found = archive.iter().find(|(entry, _)| entry == name);
    found.unwrap().1.clone()
}

fn json(archive: &[(String, Vec<u8>)], name: &str) -> Value {
    serde_json::from_slice(&entry(archive, name)).unwrap()
}

fn text(archive: &[(String, Vec<u8>)], name: &str) -> String {
    String::from_utf8(entry(archive, name)).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// All texts of a workbook.
fn texts_of(workbook: Vec<u8>) -> String {
    let parts = entries(workbook).into_iter();
    let texts = parts.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    texts.collect()
}

fn pages_of(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap()
}

/// Who is delivered by now does not matter: somebody is exempt since, one photo was rejected, and nobody has paid.
#[test]
fn an_archive_holds_what_is_approved_and_what_went_out_whoever_would_be_delivered_now() {
    let (round, numbers) = delivered();
    let (station, of) = (&round.station, RoundRef { round: round.round });
    let rejected = round.submission(&numbers[0]).unwrap();
    round.decide(rejected, "rejected").unwrap();
    let query = StudentsQuery {
        round: round.round,
        text: numbers[1].clone(),
        state: String::new(),
        offset: 0,
        limit: 9,
    };
    let exempt = station.student_list(query).unwrap().students;
    let mark = StudentMark {
        round: round.round,
        students: exempt.iter().map(|row| row.student).collect(),
        mark: "collected".to_owned(),
        on: true,
        note: String::new(),
    };
    station.student_mark(mark).unwrap();
    let fee = FeeSet {
        round: round.round,
        fee: "20".to_owned(),
        hold: true,
    };
    station.fee_set(fee).unwrap();
    // By another standard heads lie elsewhere in the finished file.
    let lower = |edit: &mut RuleEdit| (edit.min, edit.max) = (Some(100.0), Some(110.0));
    round.save_rule("GEO-01", lower).unwrap();
    close(&round, "余下的下一批再采");

    let report = archive(&round, "归档", true);
    assert_eq!(report.lacks, "");
    let held = entries(fs::read(&report.path).unwrap());
    let finished = held
        .iter()
        .filter(|(name, _)| name.starts_with("renditions/"));
    let files_held = finished.clone().count();
    let sums: BTreeSet<String> = finished.clone().map(|(_, bytes)| sha256(bytes)).collect();
    // Those that would be cut otherwise now, and as they were delivered.
    let again = finished
        .filter(|(name, _)| name.ends_with(".1.jpg"))
        .count();
    assert!(again > 0 && files_held > again, "{again} of {files_held}");
    let photos = files_held - again;
    let deliveries = json(&held, "deliveries.json");
    let files = deliveries[0]["files"].as_array().unwrap();
    assert_eq!(files.len(), numbers.len());
    for file in files {
        let sum = file["sha256"].as_str().unwrap();
        assert!(sums.contains(sum), "{file} is not in the archive");
    }
    let facts = json(&held, "archive.json");
    assert_eq!(facts["contains"]["renditions"], true);
    assert_eq!(facts["finished"]["files"], files_held);
    assert_eq!(facts["finished"]["delivered"], numbers.len());
    assert_eq!(facts["finished"]["lacking"], Value::Array(Vec::new()));
    let readme = text(&held, "README.txt");
    assert!(
        readme.contains(&format!("成品照片 {files_held} 个")),
        "{readme}"
    );

    // One without them says so, and is no leave to delete.
    let report = archive(&round, "又一份", false);
    assert!(report.lacks.contains("张照片的成品"), "{}", report.lacks);
    let bare = entries(fs::read(&report.path).unwrap());
    assert!(
        bare.iter()
            .all(|(name, _)| !name.starts_with("renditions/"))
    );
    let facts = json(&bare, "archive.json");
    assert_eq!(facts["contains"]["renditions"], false);
    let lacking = facts["finished"]["lacking"].as_array().unwrap();
    assert_eq!(lacking.len(), photos, "all of them");
    assert!(lacking.contains(&Value::from(rejected)), "{lacking:?}");
    let readme = text(&bare, "README.txt");
    assert!(!readme.contains("renditions/"), "{readme}");
    assert!(
        readme.contains(&format!("有 {photos} 张的成品不在本包里")),
        "{readme}"
    );
    let ending = station.ending_show(of).unwrap();
    assert_eq!(ending.archive.unwrap().lacks, report.lacks);
    let job = station.round_erase(RoundErase {
        round: round.round,
        name: ending.name,
        waived: String::new(),
    });
    let refused = station.job_wait(job.unwrap()).unwrap_err();
    assert!(
        refused.message.contains("缺少成品照片"),
        "{}",
        refused.message
    );
}

#[test]
fn whose_photos_an_archive_lacks_or_cannot_be_made_without_is_said() {
    let (round, numbers) = delivered();
    let (station, of) = (&round.station, RoundRef { round: round.round });
    close(&round, "余下的下一批再采");
    let files = |kind: &str| {
        let folder = round.folder.path().join("workspace").join(kind);
        let files = walkdir::WalkDir::new(folder).into_iter().flatten();
        files.filter(|file| file.file_type().is_file())
    };
    let finished: Vec<_> = files("derived").collect();
    for file in finished {
        fs::remove_file(file.path()).unwrap();
    }
    // Originals that hold other bytes: no finished photo of them can be made.
    let originals: Vec<_> = files("photos").map(|file| file.into_path()).collect();
    let kept: Vec<Vec<u8>> = originals.iter().map(|of| fs::read(of).unwrap()).collect();
    let writable = |path: &Path| {
        let mut permissions = fs::metadata(path).unwrap().permissions();
        #[allow(
            clippy::permissions_set_readonly_false,
            reason = "the test's own workspace"
        )]
        permissions.set_readonly(false);
        fs::set_permissions(path, permissions).unwrap();
    };
    for path in &originals {
        writable(path);
        fs::write(path, b"other bytes").unwrap();
    }
    let report = archive(&round, "缺成品", true);
    let named = numbers.iter().filter(|no| report.lacks.contains(*no));
    assert!(named.count() > 3, "{}", report.lacks);
    let shown = station.ending_show(of).unwrap().archive.unwrap().lacks;
    assert_eq!(shown, report.lacks);
    // None of them is there at all.
    for path in &originals {
        fs::remove_file(path).unwrap();
    }
    for originals in [false, true] {
        let folder = round.folder.path().join(format!("缺原片 {originals}"));
        fs::create_dir(&folder).unwrap();
        let job = station.archive_write(ArchiveWrite {
            round: round.round,
            target: folder.display().to_string(),
            choice: ArchiveChoice {
                renditions: !originals,
                originals,
                ..ArchiveChoice::default()
            },
        });
        let failed = station.job_wait(job.unwrap()).unwrap_err().message;
        assert!(
            failed.contains("原片不在照片库里") && failed.contains("还有"),
            "{failed}"
        );
        let named = numbers.iter().filter(|no| failed.contains(*no));
        assert!(originals || named.count() > 3, "{failed}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }
    for (path, bytes) in originals.iter().zip(kept) {
        fs::write(path, bytes).unwrap();
    }
    archive(&round, "都在", true);
}

#[cfg(unix)]
#[test]
fn an_original_that_cannot_be_looked_at_is_not_said_to_be_gone() {
    let (round, _) = delivered();
    close(&round, "余下的下一批再采");
    let photos = round.folder.path().join("workspace").join("photos");
    let shard = fs::read_dir(&photos).unwrap().next().unwrap().unwrap();
    fs::remove_dir_all(shard.path()).unwrap();
    fs::write(shard.path(), b"no folder").unwrap();
    let folder = round.folder.path().join("归档");
    fs::create_dir(&folder).unwrap();
    let job = round.station.archive_write(ArchiveWrite {
        round: round.round,
        target: folder.display().to_string(),
        choice: ArchiveChoice {
            originals: true,
            ..ArchiveChoice::default()
        },
    });
    let failed = round.station.job_wait(job.unwrap()).unwrap_err();
    assert_eq!(failed.code, Code::File);
    assert!(!failed.message.contains("原片不在照片库里"), "{failed:?}");
}

/// Whether any file beneath the folder holds the text.
fn holds(folder: &Path, text: &str) -> bool {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let mut files = files.filter(|file| file.file_type().is_file());
    files.any(|file| {
        let bytes = fs::read(file.path()).unwrap();
        let mut parts = bytes.windows(text.len());
        parts.any(|part| part == text.as_bytes())
    })
}

#[test]
fn a_reason_is_masked_wherever_it_is_written_and_names_nobody_when_the_data_is_gone() {
    let round = TakenIn::of(12).unwrap();
    let (station, of) = (&round.station, || RoundRef { round: round.round });
    let student = round
        .plan
        .students
        .iter()
        .find(|one| one.id_number.len() == 18);
    let student = student.unwrap();
    let (number, name, no) = (&student.id_number, &student.name, &student.student_no);
    let end: String = number.chars().skip(14).collect();
    close(&round, &format!("{name}（{number}，尾号 {end}）下一批再采"));
    let told = station.ending_show(of()).unwrap().left_open_why;
    assert!(
        told.contains("下一批再采")
            && told.contains("尾号 ****")
            && !told.contains(number.as_str()),
        "{told}"
    );
    let again = station.round_close(RoundClose {
        round: round.round,
        reason: "另一个理由".to_owned(),
    });
    let again = again.unwrap_err().message;
    assert!(again.contains("已经结束"), "{again}");
    assert_eq!(station.ending_show(of()).unwrap().left_open_why, told);

    // A folder that is called after the student, in the list that outlasts the data.
    let report = archive(&round, &format!("归档-{name}"), true);
    let held = entries(fs::read(&report.path).unwrap());
    let papers = [
        texts_of(entry(&held, "closing.xlsx")),
        pages_of(&entry(&held, "closing.pdf")),
        text(&held, "archive.json"),
        text(&held, "log.json"),
    ];
    let out = round.folder.path().join("结项表");
    fs::create_dir(&out).unwrap();
    let saved = station.closing_save(ClosingSave {
        round: round.round,
        folder: out.display().to_string(),
    });
    let saved = saved.unwrap();
    let papers = papers.into_iter().chain([
        texts_of(fs::read(&saved.workbook).unwrap()),
        pages_of(&fs::read(&saved.pdf).unwrap()),
    ]);
    for paper in papers {
        assert!(paper.contains("下一批再采") && !paper.contains(number.as_str()));
    }

    let erase = |waived: &str| {
        let job = station.round_erase(RoundErase {
            round: round.round,
            name: station.ending_show(of())?.name,
            waived: waived.to_owned(),
        });
        station.job_wait(job?)
    };
    let refused = erase(&format!("{name}{no}")).unwrap_err().message;
    assert!(refused.contains("写明缘由"), "{refused}");
    erase(&format!("{name}（{no}，{number}）本人要求")).unwrap();
    let erased = station.ending_show(of()).unwrap().erased.unwrap();
    let waived = erased.waived;
    let [outside, page, paper] = &erased.outside[..] else {
        panic!("{:?}", erased.outside);
    };
    for (page, ending) in [(page, ".xlsx"), (paper, ".pdf")] {
        assert_eq!(page.what, "核对结项表");
        let lies_there = page.path.contains("结项表") && page.path.ends_with(ending);
        assert!(lies_there, "{}", page.path);
    }
    assert!(outside.path.contains("归档-*"), "{}", outside.path);
    let saved = station.certificate_save(ClosingSave {
        round: round.round,
        folder: out.display().to_string(),
    });
    let saved = saved.unwrap();
    for paper in [
        waived,
        texts_of(fs::read(&saved.workbook).unwrap()),
        pages_of(&fs::read(&saved.pdf).unwrap()),
    ] {
        assert!(paper.contains("本人要求"), "{paper}");
        if paper.contains("销毁证明") {
            assert!(paper.contains("归档-*"), "{paper}");
        }
        for word in [name, no, number] {
            assert!(!paper.contains(word.as_str()), "{word}: {paper}");
        }
    }
    let workspace = round.folder.path().join("workspace");
    for word in [name, no, number, &number.chars().skip(12).collect()] {
        assert!(!holds(&workspace, word), "{word}");
    }
}

/// An archive of the same entries but for one, whose sums hold.
fn forge(from: &Path, to: &Path, changes: impl Fn(&str, Vec<u8>) -> Vec<u8>) {
    let mut zip = ZipWriter::new(File::create(to).unwrap());
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut sums = String::new();
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, stored).unwrap();
        zip.write_all(bytes).unwrap();
    };
    for (name, bytes) in entries(fs::read(from).unwrap()) {
        if name == "SHA256SUMS.txt" {
            continue;
        }
        let bytes = changes(&name, bytes);
        sums.push_str(&format!("{}  {name}\n", sha256(&bytes)));
        put(&name, &bytes);
    }
    let own = sha256(sums.as_bytes());
    put("SHA256SUMS.txt", format!("{sums}# self {own}\n").as_bytes());
    zip.finish().unwrap();
}

#[test]
fn an_archive_of_which_the_log_has_another_hash_is_not_vouched_for() {
    let round = TakenIn::of(12).unwrap();
    close(&round, "余下的下一批再采");
    let report = archive(&round, "归档", false);
    let verify = |path: &Path| -> ArchiveChecked {
        let path = path.display().to_string();
        let passphrase = String::new();
        let checked = round
            .station
            .archive_verify(ArchiveCheck { path, passphrase });
        checked.unwrap()
    };
    let first = Path::new(&report.path);
    let checked = verify(first);
    assert_eq!(checked.problems, Vec::<String>::new());
    assert_ne!(checked.round, "");

    let other = round.folder.path().join("别处");
    fs::create_dir(&other).unwrap();
    let same_name = other.join(first.file_name().unwrap());
    let renamed = other.join("归档.zip");
    for forged in [&same_name, &renamed] {
        forge(first, forged, |name, bytes| match name {
            "roster.csv" => "谁也不是".into(),
            _ => bytes,
        });
        let checked = verify(forged);
        assert_eq!(checked.round, "");
        let told = checked.problems.concat();
        assert!(
            told.contains(&report.sha256) && told.contains("不能采信"),
            "{told}"
        );
    }
    // It was opened again since: whole still, and void.
    assert_eq!(verify(first).voided, "");
    let of = || RoundRef { round: round.round };
    round.station.round_reopen(of()).unwrap();
    let voided = verify(first).voided;
    assert!(
        voided.contains("作废") && voided.contains("没有算数的归档"),
        "{voided}"
    );
    close(&round, "余下的下一批再采");
    let second = archive(&round, "重新归档", false);
    let voided = verify(first);
    assert!(voided.voided.contains(&second.sha256), "{}", voided.voided);
    assert_eq!(voided.problems, Vec::<String>::new());
    assert_eq!(verify(Path::new(&second.path)).voided, "");
    // Of a round that is not in the workspace nothing is known.
    let foreign = other.join("别的批次.zip");
    forge(first, &foreign, |name, bytes| match name {
        "archive.json" => b"{}".to_vec(),
        _ => bytes,
    });
    let told = verify(&foreign).problems.concat();
    assert!(!told.contains("日志"), "{told}");
    // Of one whose data is gone the log still knows.
    let name = round.station.ending_show(RoundRef { round: round.round });
    let job = round.station.round_erase(RoundErase {
        round: round.round,
        name: name.unwrap().name,
        waived: "学校要求".to_owned(),
    });
    round.station.job_wait(job.unwrap()).unwrap();
    assert_ne!(verify(first).round, "");
    for forged in [&same_name, &renamed] {
        let told = verify(forged).problems.concat();
        assert!(told.contains(&second.sha256), "{told}");
    }
}
