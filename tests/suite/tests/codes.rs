//! Pictures of 采集码: filed with whom their names mean, told where they are unreadable or another's, handed over as they
//! came, and never read into anything that is kept.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod filed;
mod qr;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use filed::Desk;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qr::drawn;
use zhaoshen_station::wire::{
    DeliveryMode, FiledRemove, JobLinesAsk, JobOutcome, LogQuery, PhotosImport, PhotosKind,
    RoundRef,
};
use zhaoshen_store::{Act, LogFilter};
use zhaoshen_suite::{import_codes, import_photos};
use zip::ZipArchive;

/// What no byte of a workspace, an archive or a delivery may hold in clear.
fn payload(of: usize) -> String {
    format!("CHSI-PAYLOAD-{of:04}-{}", "Zq7".repeat(60))
}

fn file_of(picture: GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

fn code(of: usize) -> Vec<u8> {
    file_of(drawn(&payload(of)), ImageFormat::Png)
}

impl Desk {
    fn states(&self) -> BTreeMap<String, String> {
        let rows = self.students("").into_iter();
        rows.map(|row| (row.student_no, row.code)).collect()
    }
}

#[test]
fn every_line_of_very_many_is_reached() {
    let desk = Desk::new(12);
    let (station, round) = (&desk.round.station, desk.round.round);
    let folder = desk.round.folder.path().join("没有名字");
    fs::create_dir(&folder).unwrap();
    for at in 0..1234 {
        fs::write(
            folder.join(format!("IMG_{at:04}.png")),
            b"\x89PNG\r\n\x1a\n",
        )
        .unwrap();
    }
    let import = PhotosImport {
        round,
        paths: vec![folder.display().to_string()],
        kind: PhotosKind::Codes,
        delivery: None,
    };
    let job = station.photos_import(import).unwrap();
    let JobOutcome::Codes { report } = station.job_wait(job).unwrap() else {
        panic!("no codes")
    };
    assert_eq!((report.lines.len(), report.lines_left), (500, 734));
    let page = |offset: u32, limit: u32| -> Vec<String> {
        let ask = JobLinesAsk {
            job: job.job,
            offset,
            limit,
        };
        let page = station.job_lines(ask).unwrap();
        assert_eq!(page.total, 1234);
        page.rows.into_iter().map(|line| line.file).collect()
    };
    assert_eq!(page(0, 5000).len(), 1000);
    let across = page(490, 20);
    let of_report = report.lines[490..].iter().map(|line| &line.file);
    assert!(of_report.eq(&across[..10]), "{across:?}");
    let mut all: Vec<String> = (0..1234)
        .step_by(500)
        .flat_map(|at| page(at, 500))
        .collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 1234);
    assert_eq!(page(1234, 10), Vec::<String>::new());
    let unknown = JobLinesAsk {
        job: job.job + 1,
        offset: 0,
        limit: 1,
    };
    assert!(station.job_lines(unknown).is_err());
}

/// Files below `folder` whose bytes or names hold one of the words.
fn holding(folder: &Path, words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let name = entry.path().display().to_string();
        let mut bytes = name.clone().into_bytes();
        if entry.file_type().is_file() {
            bytes.extend(fs::read(entry.path()).unwrap());
        }
        let holds = |word: &String| {
            let mut windows = bytes.windows(word.len());
            windows.any(|window| window == word.as_bytes())
        };
        found.extend(
            words
                .iter()
                .filter(|word| holds(word))
                .map(|word| format!("{name}: {word}")),
        );
    }
    found
}

#[test]
fn each_is_filed_with_whom_its_name_means_and_what_is_wrong_is_told() {
    let desk = Desk::new(8);
    let numbers = &desk.numbers;
    let plain = file_of(
        GrayImage::from_pixel(300, 300, Luma([210])),
        ImageFormat::Jpeg,
    );
    let files = [
        (format!("{}_采集码.png", numbers[0]), code(0)),
        (format!("{}.png", numbers[1]), code(1)),
        // The same code in another picture.
        (
            format!("{}.jpg", numbers[2]),
            file_of(drawn(&payload(1)), ImageFormat::Jpeg),
        ),
        (format!("{}.jpg", numbers[3]), plain),
        ("IMG_0001.png".to_owned(), code(9)),
        (
            format!("{}.gif", numbers[4]),
            b"GIF89a and no more".to_vec(),
        ),
    ];
    let folder = desk.folder("采集码", &files);
    let (station, round) = (&desk.round.station, desk.round.round);
    let before = station.round_list_of(round);
    let report = import_codes(station, round, std::slice::from_ref(&folder)).unwrap();
    assert_eq!((report.files, report.filed, report.replaced), (6, 4, 0));
    assert_eq!(
        (report.unmatched, report.refused),
        (1, 1),
        "{:?}",
        report.lines
    );
    assert_eq!((report.unreadable, report.shared), (1, 2));
    let line = |file: &str| {
        let mut lines = report.lines.iter();
        lines.find(|line| line.file.contains(file)).unwrap().clone()
    };
    assert!(line("IMG_0001").problem.contains("看不出"));
    assert!(line("IMG_0001").remedy.contains("学号"));
    assert!(
        line(&format!("{}.gif", numbers[4]))
            .problem
            .contains("JPG 或 PNG")
    );
    assert!(line(&numbers[3]).problem.contains("识读不出"));
    assert!(line(&numbers[1]).problem.contains(&numbers[2]));
    assert!(report.lines.iter().all(|line| !line.remedy.is_empty()));
    // Every line names the student it is about; whose IMG_0001 is nobody knows.
    for line in &report.lines {
        let name = line.file.rsplit('/').next().unwrap();
        let stem = name.split(['.', '_']).next().unwrap();
        match line.file.contains("IMG_0001") {
            true => assert_eq!(line.whose, ""),
            false => assert!(line.whose.starts_with(&format!("{stem} ")), "{line:?}"),
        }
    }

    let states = desk.states();
    let expected = ["readable", "same", "same", "unreadable", ""];
    for (number, state) in numbers.iter().zip(expected) {
        assert_eq!(states[number], state, "{number}");
    }
    assert_eq!(desk.students("code:same").len(), 2);
    assert_eq!(desk.students("code:").len(), 4);
    let same = &desk.students("code:same")[0];
    assert!(same.code_same_as.starts_with(&numbers[2]), "{same:?}");
    // No photo came, and nothing waits for a person.
    assert_eq!(station.round_list_of(round), before);

    // Again, nothing; another for the third mends two.
    let again = import_codes(station, round, &[folder]).unwrap();
    assert_eq!(
        (again.filed, again.already_there, again.replaced),
        (0, 4, 0)
    );
    let right = desk.folder("改正", &[(format!("{}.png", numbers[2]), code(2))]);
    let mended = import_codes(station, round, &[right]).unwrap();
    assert_eq!((mended.replaced, mended.shared), (1, 0));
    assert!(mended.lines[0].problem.contains("代替"), "{mended:?}");
    assert_eq!(desk.students("code:readable").len(), 3);
}

#[test]
fn a_photo_of_a_person_is_no_code_and_is_told_where_it_belongs() {
    let desk = Desk::new(4);
    let (station, round) = (&desk.round.station, desk.round.round);
    let mut portraits: Vec<PathBuf> = walkdir::WalkDir::new(&desk.round.photos)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file())
        .collect();
    portraits.sort();
    let portrait = fs::read(portraits.first().unwrap()).unwrap();
    let blank = file_of(
        GrayImage::from_pixel(300, 300, Luma([210])),
        ImageFormat::Jpeg,
    );
    let numbers = &desk.numbers;
    let files = [
        (format!("{}.jpg", numbers[0]), portrait),
        (format!("{}.jpg", numbers[1]), blank),
    ];
    let folder = desk.folder("采集码", &files);
    let report = import_codes(station, round, &[folder]).unwrap();
    assert_eq!((report.refused, report.filed, report.unreadable), (1, 1, 1));
    let line = (report.lines.iter())
        .find(|line| line.file.contains(&numbers[0]))
        .unwrap();
    assert!(line.whose.starts_with(&numbers[0]), "{line:?}");
    assert!(line.problem.contains("人像照片"), "{line:?}");
    assert!(line.remedy.contains("对照照片"), "{line:?}");
    assert_eq!(desk.states()[&numbers[0]], "");
}

/// What of a round an import of codes must leave as it is.
trait Standing {
    fn round_list_of(&self, round: i64) -> (u32, u32, u32);
}

impl Standing for zhaoshen_station::Station {
    fn round_list_of(&self, round: i64) -> (u32, u32, u32) {
        let cards = self
            .app_status(zhaoshen_station::wire::Empty {})
            .unwrap()
            .rounds;
        let card = cards.into_iter().find(|card| card.round == round).unwrap();
        (card.pending, card.in_piles, card.unchecked)
    }
}

#[test]
fn what_a_code_says_is_nowhere_and_the_picture_goes_along_as_it_came() {
    let desk = Desk::new(6);
    let (station, round) = (&desk.round.station, desk.round.round);
    let clear = desk.round.pending().unwrap().into_iter();
    let clear: Vec<_> = clear.filter(|item| item.failing.is_empty()).collect();
    for item in &clear {
        desk.round.decide(item.submission, "approved").unwrap();
    }
    let filed: Vec<(String, Vec<u8>)> = clear
        .iter()
        .skip(1)
        .enumerate()
        .map(|(of, item)| (format!("{}-{}.png", item.student_no, item.name), code(of)))
        .collect();
    assert!(!filed.is_empty());
    let folder = desk.folder("采集码", &filed);
    import_codes(station, round, &[folder]).unwrap();

    let report = desk.deliver(DeliveryMode::CollectionCode, "{序号}.jpg");
    assert_eq!(report.codes as usize, filed.len());
    let out = PathBuf::from(&report.folder);
    let mut delivered: Vec<(String, Vec<u8>)> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("_采集码."))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    delivered.sort();
    let mut sent: Vec<Vec<u8>> = filed.iter().map(|(_, bytes)| bytes.clone()).collect();
    let mut came: Vec<Vec<u8>> = delivered.iter().map(|(_, bytes)| bytes.clone()).collect();
    sent.sort();
    came.sort();
    assert!(sent == came, "a picture was changed on its way");
    for (name, _) in &delivered {
        let photo = name.replace("_采集码.png", ".jpg");
        assert!(out.join(&photo).is_file(), "{name} lies beside no photo");
    }
    let mut words: Vec<String> = Vec::new();
    for student in &desk.round.plan.students {
        let id = &student.id_number;
        words.extend([student.name.clone(), id.clone()]);
        if id.len() > 6 {
            words.push(id.get(id.len() - 6..).unwrap().to_owned());
        }
    }
    words.retain(|word| !word.is_empty());
    assert_eq!(holding(&out, &words), Vec::<String>::new());

    let other = desk.deliver(DeliveryMode::Roster, "{序号}.jpg");
    assert_eq!(other.codes, 0);
    let said: Vec<String> = (0..filed.len()).map(payload).collect();
    let workspace = desk.round.folder.path().join("workspace");
    assert_eq!(holding(&workspace, &said), Vec::<String>::new());
    assert_eq!(holding(&out, &said), Vec::<String>::new());
}

#[test]
fn an_import_is_a_row_of_the_log_and_no_undo() {
    let desk = Desk::new(3);
    let (station, round) = (&desk.round.station, desk.round.round);
    let folder = desk.folder("采集码", &[(format!("{}.png", desk.numbers[0]), code(0))]);
    import_codes(station, round, &[folder]).unwrap();
    assert!(desk.undo_finds_no_import());
    assert_eq!(desk.students("code:readable").len(), 1);

    let report = desk.close_and_archive(false);
    let mut zip = ZipArchive::new(File::open(&report.path).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name("codes.json")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    let codes: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(codes[0]["student_no"], desk.numbers[0].as_str());
    assert_eq!(codes[0]["readable"], true);
    let name = format!("codes/{:06}.png", codes[0]["student"].as_i64().unwrap());
    let mut bytes = Vec::new();
    zip.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
    assert!(bytes == code(0));

    let Desk { round, .. } = desk;
    drop(round.station);
    let store = zhaoshen_store::Store::open(&round.folder.path().join("workspace")).unwrap();
    let filter = LogFilter {
        what: Some(Act::CodesFiled),
        ..LogFilter::default()
    };
    assert_eq!(store.log_count(&filter).unwrap(), 1);
}

#[test]
fn one_that_is_another_students_is_taken_away_and_comes_back_by_undo() {
    let desk = Desk::new(3);
    let (station, round) = (&desk.round.station, desk.round.round);
    let [first, second] = [0, 1].map(|of| desk.numbers[of].clone());
    // One code at two students: at one of them it is wrong.
    let files = [&first, &second].map(|number| (format!("{number}.png"), code(0)));
    import_codes(station, round, &[desk.folder("采集码", &files)]).unwrap();
    assert_eq!(desk.students("code:same").len(), 2);
    let student = station.student_numbered(round, &second).unwrap();
    let remove = |students: &[i64]| {
        let students = students.to_vec();
        station.codes_remove(FiledRemove { round, students })
    };
    assert_eq!(remove(&[student]).unwrap().removed, 1);
    assert_eq!(remove(&[student]).unwrap().removed, 0);
    assert!(remove(&[]).unwrap_err().message.contains("选择学生"));
    assert!(remove(&[999_999]).is_err());
    let states = desk.states();
    assert_eq!((&*states[&first], &*states[&second]), ("readable", ""));
    let counted = |state: &str| desk.students(state).len();
    assert_eq!((counted("code:"), counted("code:readable")), (2, 1));

    let query = LogQuery {
        round: Some(round),
        offset: 0,
        limit: 1,
    };
    let told = station.log_list(query).unwrap().entries.remove(0);
    assert_eq!(
        (&*told.act, &*told.after),
        ("移除采集码", &*format!("学号 {second}"))
    );

    let undone = station.scope_undo(RoundRef { round }).unwrap().act.unwrap();
    assert_eq!(undone.summary, "已撤销：移除采集码 1 人");
    assert_eq!(counted("code:same"), 2);
    let redone = station.scope_redo(RoundRef { round }).unwrap().act.unwrap();
    assert_eq!(redone.summary, "已重做：移除采集码 1 人");
    assert_eq!(counted("code:same"), 0);
}

#[test]
fn a_code_among_the_photos_is_told_and_never_stands_over_a_portrait() {
    let desk = Desk::new(3);
    let (station, round) = (&desk.round.station, desk.round.round);
    let before = desk.round.submission(&desk.numbers[0]).unwrap();
    let file = format!("{}.png", desk.numbers[0]);
    let folder = desk.folder("补交", &[(file, code(1))]);
    let report = import_photos(station, round, &[folder]).unwrap();
    assert_eq!(
        (report.files, report.refused, report.resubmitted),
        (1, 1, 0)
    );
    let line = report.lines.first().unwrap();
    assert!(line.problem.contains("采集码"), "{line:?}");
    assert!(line.remedy.contains("采集码图片"), "{line:?}");
    assert_eq!(desk.round.submission(&desk.numbers[0]).unwrap(), before);
}
