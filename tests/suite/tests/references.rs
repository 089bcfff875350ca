//! Reference photos: filed with whom their names or an index mean, shown beside the submitted photo, and nothing else: not
//! judged, not counted, not delivered, not in an archive.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod filed;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use filed::Desk;
use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, encode_png, paint, truncated};
use zhaoshen_station::wire::{
    DeliveryMode, FiledRemove, JobOutcome, PhotosImport, PhotosKind, ReferenceView, ReviewAsk,
    RoundRef, SubmissionRef,
};
use zhaoshen_suite::{import_references, sit_down};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The portrait painted with this seed.
fn drawn(seed: u64) -> Portrait {
    Portrait {
        seed: 7_000 + seed,
        ..Portrait::default()
    }
}

fn jpeg(seed: u64) -> Vec<u8> {
    encode_jpeg(&paint(&drawn(seed)), &JpegOptions::default()).unwrap()
}

impl Desk {
    /// What the desk shows of the photo of the first student with one; whose it is.
    fn shown(&self) -> (String, Option<ReferenceView>) {
        let item = self.round.pending().unwrap().remove(0);
        let submission = item.submission;
        let view = self
            .round
            .station
            .submission_show(SubmissionRef { submission })
            .unwrap();
        (item.student_no, view.reference)
    }

    /// What of the round an import of reference photos must leave as it is.
    fn standing(&self) -> (u32, u32, u32, u32, usize) {
        let round = self.round.round;
        let card = self.round.station.round_show(RoundRef { round }).unwrap();
        let waiting = self.round.pending().unwrap().len();
        (
            card.submitted,
            card.pending,
            card.in_piles,
            card.unchecked,
            waiting,
        )
    }
}

#[test]
fn each_is_filed_with_whom_its_name_means_and_stands_at_the_desk() {
    let desk = Desk::new(8);
    let (station, round) = (&desk.round.station, desk.round.round);
    let before = desk.standing();
    let (student_no, none) = desk.shown();
    assert!(none.is_none());
    let portrait = drawn(1);
    let png = encode_png(&paint(&portrait)).unwrap();
    let folder = desk.folder("录取照片", &[(format!("{student_no}.png"), png)]);
    let report = import_references(station, round, std::slice::from_ref(&folder)).unwrap();
    assert_eq!((report.files, report.filed), (1, 1), "{:?}", report.lines);
    assert_eq!(report.lines.len(), 0, "{:?}", report.lines);

    let reference = desk.shown().1.unwrap();
    assert_eq!(reference.file_name, format!("{student_no}.png"));
    let (width_px, height_px) = (portrait.width_px, portrait.height_px);
    let picture = &reference.picture;
    assert_eq!((picture.width_px, picture.height_px), (width_px, height_px));
    let [left, right] = reference.eyes.unwrap();
    assert!(
        left[0] < right[0] && (left[1] - right[1]).abs() < 10.0,
        "{left:?} {right:?}"
    );
    let preview = station.photo(zhaoshen_station::PhotoKind::Preview, &reference.photo);
    assert!(preview.unwrap().starts_with(&[0xFF, 0xD8]));

    // It is no submission: nothing is checked, waits, or is counted.
    assert_eq!(desk.standing(), before);
    assert!(desk.undo_finds_no_import());
    let with = desk.students("reference:yes");
    assert_eq!(with.len(), 1);
    assert!(with[0].reference && with[0].student_no == student_no);
    assert_eq!(desk.students("reference:no").len(), desk.numbers.len() - 1);
    let card = station.round_show(RoundRef { round }).unwrap();
    assert_eq!((card.references, card.codes), (1, 0));

    // Again, nothing; a newer one stands in its place, and says so.
    let again = import_references(station, round, &[folder]).unwrap();
    assert_eq!((again.filed, again.already_there), (0, 1));
    let newer = desk.folder("校园卡", &[(format!("{student_no}.jpg"), jpeg(2))]);
    let replaced = import_references(station, round, &[newer]).unwrap();
    assert_eq!(replaced.replaced, 1);
    assert!(replaced.lines[0].problem.contains("代替"), "{replaced:?}");
    assert_ne!(desk.shown().1.unwrap().photo, reference.photo);
}

#[test]
fn whoever_reviews_blind_sees_it_too() {
    let desk = Desk::new(4);
    let (station, round) = (&desk.round.station, desk.round.round);
    let item = desk.round.pending().unwrap().remove(0);
    let file = (format!("{}.jpg", item.student_no), jpeg(1));
    import_references(station, round, &[desk.folder("对照", &[file])]).unwrap();
    desk.round.decide(item.submission, "approved").unwrap();
    let ask = ReviewAsk {
        round,
        why: "share".to_owned(),
        percent: 100,
    };
    assert_eq!(station.review_choose(ask).unwrap().count, 1);
    sit_down(station, "复审员").unwrap();
    let submission = item.submission;
    let view = station.submission_show(SubmissionRef { submission });
    let view = view.unwrap();
    assert!(view.decision.is_none(), "the first verdict is withheld");
    assert!(view.reference.is_some());
}

#[test]
fn hostile_files_and_names_are_lines_and_an_index_decides() {
    let desk = Desk::new(8);
    let (station, round) = (&desk.round.station, desk.round.round);
    let numbers = &desk.numbers;
    let broken = truncated(&jpeg(3), 0.02);
    let blank = encode_png(&paint(&drawn(4))).unwrap();
    let files = [
        (format!("甲/{}.jpg", numbers[0]), jpeg(10)),
        (format!("乙/{}-学生.jpg", numbers[1]), jpeg(11)),
        // The very file with another student too.
        (format!("{}.jpg", numbers[2]), jpeg(11)),
        ("IMG_0001.jpg".to_owned(), jpeg(12)),
        ("2021319999.jpg".to_owned(), jpeg(13)),
        (format!("{} {}.jpg", numbers[0], numbers[1]), jpeg(14)),
        (format!("{}.png", numbers[3]), blank[..60].to_vec()),
        (format!("{}.jpeg", numbers[4]), broken),
        (
            format!("{}.jpg", numbers[5]),
            b"MZ\x90\0 no picture".to_vec(),
        ),
        (format!("{}.webp", numbers[5]), Vec::new()),
        (".DS_Store".to_owned(), b"x".to_vec()),
    ];
    let folder = desk.folder("对照", &files);
    let report = import_references(station, round, &[folder]).unwrap();
    assert_eq!(report.filed, 3, "{report:#?}");
    assert_eq!((report.unmatched, report.shared), (3, 2), "{report:#?}");
    let counted = report.filed + report.unmatched + report.refused;
    assert_eq!((report.files, counted), (10, 10), "{report:#?}");
    assert!(report.lines.iter().all(|line| !line.problem.is_empty()));
    let line = |file: &str| {
        let mut lines = report.lines.iter();
        lines.find(|line| line.file.contains(file)).unwrap().clone()
    };
    assert!(line("IMG_0001").problem.contains("看不出"));
    assert!(line("2021319999").problem.contains("不在名单"));
    assert!(line(&numbers[2]).problem.contains(&numbers[1]));
    assert!(line(&numbers[3]).problem.contains("未存放"));
    assert_eq!(desk.students("reference:yes").len(), 3);
    let unseen = station.round_show(RoundRef { round }).unwrap().in_piles;

    // In a zip, with a workbook that says whose each file is; a name that climbs out of it writes nothing.
    let index = format!(
        "文件名,学号\nA1.jpg,{}\n{}.jpg,{}\n",
        numbers[5], numbers[6], numbers[7]
    );
    let path = desk.round.folder.path().join("对照.zip");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    let plain = SimpleFileOptions::default();
    for (name, bytes) in [
        ("A1.jpg", jpeg(20)),
        (&*format!("{}.jpg", numbers[6]), jpeg(21)),
        ("索引.csv", index.into_bytes()),
        ("../../逃出去.jpg", jpeg(22)),
    ] {
        zip.start_file(name, plain).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
    let report = import_references(station, round, &[path]).unwrap();
    // What the index and the name say of two students is nobody's.
    assert_eq!((report.filed, report.unmatched), (1, 1), "{report:#?}");
    let with = desk.students("reference:yes").into_iter();
    let with: Vec<String> = with.map(|row| row.student_no).collect();
    let expected = [0, 1, 2, 5].map(|of| numbers[of].clone());
    assert_eq!(with, expected);
    let disagrees = report.lines.iter();
    let mut disagrees = disagrees.filter(|line| line.problem.contains("索引表"));
    assert!(
        disagrees.any(|line| line.remedy.contains("对照照片")),
        "{report:#?}"
    );
    let outside = walkdir::WalkDir::new(desk.round.folder.path()).into_iter();
    let outside = outside.filter_map(Result::ok);
    assert_eq!(
        outside
            .filter(|found| found.path().ends_with("逃出去.jpg"))
            .count(),
        0
    );
    let card = station.round_show(RoundRef { round }).unwrap();
    assert_eq!(card.in_piles, unseen);
}

#[test]
fn one_is_taken_away_and_comes_back_by_undo() {
    let desk = Desk::new(3);
    let (station, round) = (&desk.round.station, desk.round.round);
    let files = [0, 1].map(|of| (format!("{}.jpg", desk.numbers[of]), jpeg(of as u64)));
    import_references(station, round, &[desk.folder("对照", &files)]).unwrap();
    let student = station.student_numbered(round, &desk.numbers[0]).unwrap();
    let remove = |students: &[i64]| {
        let students = students.to_vec();
        station.references_remove(FiledRemove { round, students })
    };
    assert_eq!(remove(&[student]).unwrap().removed, 1);
    assert_eq!(remove(&[student]).unwrap().removed, 0);
    assert!(remove(&[]).unwrap_err().message.contains("选择学生"));
    assert!(remove(&[999_999]).is_err());
    assert_eq!(desk.students("reference:yes").len(), 1);
    let undone = station.scope_undo(RoundRef { round }).unwrap().act.unwrap();
    assert_eq!(undone.summary, "已撤销：移除对照照片 1 人");
    assert_eq!(desk.students("reference:yes").len(), 2);
    let redone = station.scope_redo(RoundRef { round }).unwrap().act.unwrap();
    assert_eq!(redone.summary, "已重做：移除对照照片 1 人");
    assert_eq!(desk.students("reference:yes").len(), 1);
}

#[test]
fn a_stopped_import_keeps_what_was_done_and_goes_on_when_it_is_asked_again() {
    let desk = Desk::new(40);
    let (station, round) = (&desk.round.station, desk.round.round);
    let files: Vec<(String, Vec<u8>)> = (desk.numbers.iter().zip(0..))
        .map(|(number, seed)| (format!("{number}.jpg"), jpeg(seed)))
        .collect();
    let folder = desk.folder("对照", &files);
    let import = || PhotosImport {
        round,
        paths: vec![folder.display().to_string()],
        kind: PhotosKind::References,
        delivery: None,
    };
    let job = station.photos_import(import()).unwrap();
    station
        .job_cancel(zhaoshen_station::wire::JobId { job: job.job })
        .unwrap();
    let JobOutcome::References { report } = station.job_wait(job).unwrap() else {
        panic!("another outcome");
    };
    assert!(report.cancelled);
    let kept = desk.students("reference:yes").len();
    assert_eq!((kept, report.files), (report.filed as usize, report.filed));
    let rest = import_references(station, round, std::slice::from_ref(&folder)).unwrap();
    assert_eq!(rest.already_there, report.filed);
    assert_eq!(
        (rest.filed + rest.already_there) as usize,
        desk.numbers.len()
    );
}

#[test]
fn no_byte_of_one_leaves_with_a_delivery_or_an_archive_and_it_goes_with_the_round() {
    let desk = Desk::new(6);
    let (station, round) = (&desk.round.station, desk.round.round);
    let waiting = desk.round.pending().unwrap().into_iter();
    let clear: Vec<_> = waiting.filter(|item| item.failing.is_empty()).collect();
    for item in &clear {
        desk.round.decide(item.submission, "approved").unwrap();
    }
    assert!(!clear.is_empty());
    let files: Vec<(String, Vec<u8>)> = (clear.iter().zip(50..))
        .map(|(item, seed)| (format!("{}-录取.jpg", item.student_no), jpeg(seed)))
        .collect();
    let mut parts: Vec<Vec<u8>> = (files.iter())
        .map(|(_, bytes)| bytes[bytes.len() / 2..][..32].to_vec())
        .collect();
    let photos = parts.len();
    parts.push("录取".into());
    let sent = desk.folder("对照", &files);
    import_references(station, round, &[sent]).unwrap();

    let out = desk.deliver(DeliveryMode::Roster, "{学号}.jpg").folder;
    let archive = desk.close_and_archive(true).path;
    assert_eq!(holding(Path::new(&out), &parts), Vec::<String>::new());
    assert_eq!(holding(Path::new(&archive), &parts), Vec::<String>::new());
    parts.truncate(photos);
    let workspace = desk.round.folder.path().join("workspace");
    assert_eq!(holding(&workspace, &parts).len(), photos);
}

/// Files below `folder`, and entries of archives among them, whose names or bytes hold one of the parts.
fn holding(folder: &Path, parts: &[Vec<u8>]) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |name: String, bytes: &[u8]| {
        let held = |part: &&Vec<u8>| {
            let mut all = [name.as_bytes(), bytes].into_iter();
            all.any(|text| text.windows(part.len()).any(|window| window == &part[..]))
        };
        let times = parts.iter().filter(held).count();
        found.extend(std::iter::repeat_n(name.clone(), times));
    };
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let name = entry.path().display().to_string();
        look(name.clone(), &fs::read(entry.path()).unwrap());
        let Ok(mut zip) = ZipArchive::new(File::open(entry.path()).unwrap()) else {
            continue;
        };
        for at in 0..zip.len() {
            let mut inner = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            inner.read_to_end(&mut bytes).unwrap();
            let inside = format!("{name}: {}", inner.name().unwrap());
            drop(inner);
            look(inside, &bytes);
        }
    }
    found
}
