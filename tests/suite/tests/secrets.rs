//! Nothing of the roster that names somebody stands anywhere in a delivery in 采集码模式: not in a name, not in the photos,
//! not in the account with every part of its workbook inflated, not in the archives as they lie on the disk.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use zhaoshen_station::wire::{
    DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryShape, DeliverySplit, JobOutcome,
    LeftOutOf,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{import_codes, import_photos};
use zip::ZipArchive;

/// The end of an ID number that mini-programs take for a password, characters.
const TAIL: usize = 6;

/// Bytes with where they were found.
type Found = Vec<(String, Vec<u8>)>;

/// Every name and every byte of the delivery: files, entries of archives, parts of workbooks.
fn everything(folder: &Path) -> Found {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap();
        let path = path.display().to_string();
        found.push((format!("name of {path}"), path.clone().into_bytes()));
        if entry.file_type().is_file() {
            open(&path, fs::read(entry.path()).unwrap(), &mut found);
        }
    }
    found
}

fn open(path: &str, bytes: Vec<u8>, found: &mut Found) {
    if bytes.starts_with(b"PK") {
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).unwrap();
            let inside = format!("{path}/{}", entry.name().unwrap());
            found.push((format!("name of {inside}"), inside.clone().into_bytes()));
            let mut inflated = Vec::new();
            entry.read_to_end(&mut inflated).unwrap();
            drop(entry);
            open(&inside, inflated, found);
        }
    }
    found.push((path.to_owned(), bytes));
}

fn holds(bytes: &[u8], word: &str) -> bool {
    let word = word.as_bytes();
    bytes.windows(word.len()).any(|window| window == word)
}

/// Names, ID numbers and their tails, in the encodings in which files are written.
fn secrets(round: &TakenIn) -> Vec<String> {
    let mut secrets = Vec::new();
    for entry in &round.plan.students {
        let number = &entry.id_number;
        assert!(number.len() > TAIL);
        secrets.push(entry.name.clone());
        secrets.push(number.clone());
        secrets.push(number.get(number.len() - TAIL..).unwrap().to_owned());
    }
    secrets
}

/// A JPEG with the text in a comment and in EXIF's place.
fn telling(jpeg: &[u8], text: &str) -> Vec<u8> {
    let segment = |marker: u8, head: &[u8]| {
        let body = [head, text.as_bytes()].concat();
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], &length[..], &body].concat()
    };
    let (start, rest) = jpeg.split_at(2);
    let xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0");
    let (adobe, unknown) = (
        segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"),
        segment(0xF5, b""),
    );
    [start, &segment(0xFE, b""), &xmp, &adobe, &unknown, rest].concat()
}

/// Writes `bytes` into a new folder, as a file to be imported.
fn file(round: &TakenIn, folder: &str, name: &str, bytes: &[u8]) -> PathBuf {
    let folder = round.folder.path().join(folder);
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
    folder
}

fn deliver(round: &TakenIn, mode: DeliveryMode, pack: DeliveryPack, to: &Path) {
    let options = DeliveryOptions {
        shape: DeliveryShape {
            split: DeliverySplit::College,
            pack,
            only_new: false,
            in_house: false,
        },
        // Asked for in vain where the mode forbids it.
        columns: vec!["姓名".to_owned()],
        ..round.options(mode, "{序号}.jpg")
    };
    let job = round.station.delivery_write_to(options, to).unwrap();
    match round.station.job_wait(job).unwrap() {
        JobOutcome::Delivery { report } => assert!(report.files > 10),
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_byte_of_a_delivery_by_code_names_anybody() {
    let round = TakenIn::new().unwrap();
    round.station.example_review(round.round).unwrap();
    let secrets = secrets(&round);
    assert!(secrets.len() > 90);
    for (pack, name) in [(DeliveryPack::Folder, "夹"), (DeliveryPack::Zip, "包")] {
        let folder = round.folder.path().join(name);
        deliver(&round, DeliveryMode::CollectionCode, pack, &folder);
        let found = everything(&folder);
        assert!(
            found
                .iter()
                .any(|(path, _)| path.ends_with("xl/sharedStrings.xml"))
                && found
                    .iter()
                    .any(|(path, _)| path.ends_with("manifest.json")),
            "the account is looked into"
        );
        for (path, bytes) in &found {
            for secret in &secrets {
                assert!(!holds(bytes, secret), "{secret} stands in {path}");
            }
        }
    }
    // The search finds what is there: the other mode lists names.
    let folder = round.folder.path().join("名单");
    deliver(&round, DeliveryMode::Roster, DeliveryPack::Zip, &folder);
    let found = everything(&folder);
    let name = &round.plan.students[0].name;
    assert!(found.iter().any(|(_, bytes)| holds(bytes, name)));
}

/// A picture that shows nobody, as JPEG.
fn blank() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(200, 200, image::Rgb([250; 3]))
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

#[test]
fn what_was_written_into_a_file_that_goes_as_it_is_stays_here() {
    let round = TakenIn::of(12).unwrap();
    let station = &round.station;
    station.example_review(round.round).unwrap();
    let deliver = |to: &str| {
        let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
        let folder = round.folder.path().join(to);
        let job = station.delivery_write_to(options, &folder).unwrap();
        match station.job_wait(job).unwrap() {
            JobOutcome::Delivery { report } => (folder, report),
            other => panic!("{other:?}"),
        }
    };
    // A finished file comes back from the student with a name in it, and needs no second encoding.
    let (first, before) = deliver("一");
    let mut names = fs::read_dir(&first).unwrap().map(|entry| entry.unwrap());
    let finished = names.find(|entry| entry.path().extension().is_some_and(|end| end == "jpg"));
    let finished = finished.unwrap().path();
    let no = finished.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut students = round.plan.students.iter();
    let student = students.find(|student| student.student_no == no).unwrap();
    let (name, number) = (&student.name, &student.id_number);
    let clean = fs::read(&finished).unwrap();
    let told = telling(&clean, &format!("{name}{number}"));
    let photos = file(&round, "重交", &format!("{no}.jpg"), &told);
    import_photos(station, round.round, &[photos]).unwrap();
    round
        .decide(round.submission(&no).unwrap(), "approved")
        .unwrap();
    let code = telling(&blank(), &format!("{name}{number}"));
    let code = file(&round, "采集码", &format!("{no}.jpg"), &code);
    assert_eq!(
        import_codes(station, round.round, &[code]).unwrap().filed,
        1
    );

    let (second, after) = deliver("二");
    assert_eq!(after.identical, before.identical + 1, "not encoded anew");
    assert_eq!(fs::read(second.join(format!("{no}.jpg"))).unwrap(), clean);
    assert!(second.join(format!("{no}_采集码.jpg")).exists());
    for (path, bytes) in everything(&second) {
        assert!(!holds(&bytes, name) && !holds(&bytes, number), "{path}");
    }
    // Written again it is the same, bit for bit.
    let third = round.folder.path().join("三");
    let job = station.delivery_repeat_to(round.round, after.number, &third);
    let outcome = station.job_wait(job.unwrap()).unwrap();
    assert!(
        matches!(outcome, JobOutcome::Repeated { .. }),
        "{outcome:?}"
    );
    let files = |folder: &Path| everything(folder).into_iter().collect::<BTreeMap<_, _>>();
    assert_eq!(files(&third), files(&second));
}

#[test]
fn texts_that_name_a_student_stop_a_delivery_by_code() {
    let round = TakenIn::of(6).unwrap();
    let station = &round.station;
    station.example_review(round.round).unwrap();
    let student = &round.plan.students[0];
    let tail = student.id_number.get(12..).unwrap();
    let purpose = |text: String| DeliveryOptions {
        purpose: text,
        ..round.options(DeliveryMode::CollectionCode, "{序号}.jpg")
    };
    let template = format!("{}{{序号}}.jpg", student.name);
    for (what, options) in [
        ("用途", purpose(format!("补交：{}", student.name))),
        ("用途", purpose(format!("补交 {}", student.id_number))),
        ("用途", purpose(format!("补交，尾号{tail}"))),
        (
            "命名模板",
            round.options(DeliveryMode::CollectionCode, &template),
        ),
    ] {
        let preview = station.delivery_preview(options.clone()).unwrap();
        let told = format!("“{what}”里有学生");
        assert!(
            preview
                .problems
                .iter()
                .any(|problem| problem.starts_with(&told)),
            "{:?}",
            preview.problems
        );
        let job = station
            .delivery_write_to(options, &round.folder.path().join("交付"))
            .unwrap();
        let refused = station.job_wait(job).unwrap_err();
        assert!(refused.message.starts_with(&told), "{refused:?}");
    }
    let harmless = station
        .delivery_preview(purpose("第二次补交".to_owned()))
        .unwrap();
    assert_eq!(harmless.problems, Vec::<String>::new());
}

#[test]
fn a_typed_reason_that_names_a_student_is_listed_with_its_photo() {
    let round = TakenIn::of(12).unwrap();
    let station = &round.station;
    let named = &round.plan.students[0];
    let pending = round.pending().unwrap();
    let (sent_back, other) = (&pending[0], &pending[1]);
    round.decide(other.submission, "approved").unwrap();
    let preview = |mode| {
        let options = round.options(mode, "{序号}.jpg");
        station.delivery_preview(options).unwrap()
    };
    for text in [
        format!("这是{}的照片", named.name),
        format!("号码是{}", named.id_number),
    ] {
        round.reject(sent_back.submission, None, &text).unwrap();
        let found = preview(DeliveryMode::CollectionCode);
        let [row] = found.telling.as_slice() else {
            panic!("{:?}", found.telling)
        };
        assert_eq!(row.submission, sent_back.submission);
        assert_eq!(row.student_no, sent_back.student_no);
        assert!(!row.why.contains(&named.id_number), "{}", row.why);
        assert_eq!(found.problems, Vec::<String>::new());
        let job = station.delivery_write_to(
            round.options(DeliveryMode::CollectionCode, "{序号}.jpg"),
            &round.folder.path().join("交付"),
        );
        let refused = station.job_wait(job.unwrap()).unwrap_err();
        assert!(refused.message.contains(&sent_back.student_no));
        // The other mode may name students, and writes no number into a list that lies open.
        let listed = preview(DeliveryMode::Roster);
        assert!(listed.telling.is_empty());
        let options = round.options(DeliveryMode::Roster, "{序号}.jpg");
        let left_out = round.left_out(&options, LeftOutOf::NotReady).unwrap();
        let left_out = serde_json::to_string(&left_out).unwrap();
        assert!(!left_out.contains(&named.id_number));
    }
    // The program's own words name nobody, whatever students are called.
    let own = zhaoshen_checks::HUMAN_REASONS[0];
    round
        .reject(sent_back.submission, Some(own.code), own.text)
        .unwrap();
    assert!(preview(DeliveryMode::CollectionCode).telling.is_empty());
}

#[test]
fn photos_that_cannot_be_named_are_listed_with_the_way_to_each() {
    let round = TakenIn::of(6).unwrap();
    round.station.example_review(round.round).unwrap();
    let preview = |template: &str| {
        let options = round.options(DeliveryMode::Roster, template);
        round.station.delivery_preview(options).unwrap()
    };
    assert!(preview("{学号}.jpg").blocked.is_empty());
    let without = preview("{考生号}.jpg");
    assert!(without.ready > 0);
    assert_eq!(without.blocked.len(), without.ready as usize);
    assert!(without.problems.is_empty(), "{:?}", without.problems);
    for row in &without.blocked {
        assert_eq!(round.submission(&row.student_no).unwrap(), row.submission);
        assert!(row.why.contains("考生号为空"), "{}", row.why);
    }
    let job = round.station.delivery_write_to(
        round.options(DeliveryMode::Roster, "{考生号}.jpg"),
        &round.folder.path().join("交付"),
    );
    assert!(round.station.job_wait(job.unwrap()).is_err());
}
