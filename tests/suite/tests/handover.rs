//! What is handed over and what the books say of it: approvals taken back meanwhile, writing that broke off, rounds that
//! were closed since, and what counts as new.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod qr;

use std::fs;
use std::path::Path;
use std::sync::mpsc;

use lopdf::Document;
use qr::drawn;
use zhaoshen_model::RoundId;
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    ArchiveChoice, ArchiveReport, ArchiveWrite, ClosingSave, Code, DeliveryMode, DeliveryReport,
    DeliveryShape, DoctorState, Empty, ErasedLine, Failure, JobOutcome, JobStarted, PrintsWrite,
    RoundClose, RoundCreate, RoundErase, RoundRef, UnfinishedRef,
};
use zhaoshen_store::{NewWriting, Store, WritingKind};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{import_codes, import_photos};

fn taken_in() -> TakenIn {
    let round = TakenIn::of(18).unwrap();
    round.station.example_review(round.round).unwrap();
    round
}

fn start(round: &TakenIn, to: &Path, shape: DeliveryShape) -> Result<JobStarted, Failure> {
    let options = round.options(DeliveryMode::CollectionCode, "{学号}.jpg");
    let options = zhaoshen_station::wire::DeliveryOptions { shape, ..options };
    round.station.delivery_write_to(options, to)
}

fn deliver(round: &TakenIn, to: &Path, shape: DeliveryShape) -> Result<DeliveryReport, Failure> {
    let job = start(round, to, shape)?;
    match round.station.job_wait(job)? {
        JobOutcome::Delivery { report } => Ok(report),
        other => panic!("{other:?}"),
    }
}

fn close(station: &Station, round: i64) {
    let reason = "余下的下一批再采".to_owned();
    station.round_close(RoundClose { round, reason }).unwrap();
}

fn archive(round: &TakenIn, to: &Path) -> Result<ArchiveReport, Failure> {
    fs::create_dir_all(to).unwrap();
    let job = round.station.archive_write(ArchiveWrite {
        round: round.round,
        target: to.display().to_string(),
        choice: ArchiveChoice {
            encrypted: false,
            id_numbers: false,
            renditions: true,
            originals: false,
        },
    })?;
    match round.station.job_wait(job)? {
        JobOutcome::Archive { report } => Ok(report),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_workspaces_own_photos_are_not_taken_in() {
    let round = taken_in();
    let own = round.folder.path().join("workspace");
    for source in [own.join("photos"), own] {
        let refused = import_photos(&round.station, round.round, &[source]).unwrap_err();
        assert!(refused.message.contains("工作区"), "{}", refused.message);
    }
}

#[test]
fn a_delivery_in_which_an_approval_was_taken_back_is_none() {
    let round = taken_in();
    let of = || RoundRef { round: round.round };
    // Everything is made, so that what follows is writing alone.
    let made = deliver(
        &round,
        &round.folder.path().join("first"),
        DeliveryShape::default(),
    );
    assert_eq!(made.unwrap().number, 1);
    let delivered = fs::read_dir(round.folder.path().join("first")).unwrap();
    let mut names = delivered.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let photo = names.find(|name| Path::new(name).extension().is_some_and(|end| end == "jpg"));
    let student_no = photo.unwrap().replace(".jpg", "");
    let submission = round.submission(&student_no).unwrap();
    let mut met = false;
    for time in 0..40 {
        let to = round.folder.path().join(format!("again {time}"));
        let before = round.station.delivery_list(of()).unwrap().len();
        let job = start(&round, &to, DeliveryShape::default()).unwrap();
        // As soon as something lies there: the list of who is delivered is made by then.
        let (said, heard) = mpsc::channel();
        let seen = to.clone();
        std::thread::spawn(move || {
            while !seen.exists() {
                std::thread::yield_now();
            }
            said.send(())
        });
        let _ = heard.recv_timeout(std::time::Duration::from_secs(20));
        round.decide(submission, "rejected").unwrap();
        let cards = |count| {
            assert_eq!(round.station.delivery_list(of()).unwrap().len(), count);
        };
        match round.station.job_wait(job) {
            // It was in the books before.
            Ok(_) => cards(before + 1),
            Err(failure) => {
                assert_eq!(failure.code, Code::Refused);
                let text = failure.message;
                assert!(
                    text.contains(&student_no) && text.contains("没有交付"),
                    "{text}"
                );
                assert!(!to.exists(), "nothing stays");
                assert_eq!(round.station.delivery_unfinished(of()).unwrap().len(), 0);
                cards(before);
                met = true;
                break;
            }
        }
        round.decide(submission, "approved").unwrap();
    }
    assert!(met, "no approval was taken back in time");
}

#[test]
fn what_was_broken_off_is_told_until_it_is_seen_to() {
    let TakenIn {
        station,
        folder,
        round,
        ..
    } = taken_in();
    let workspace = folder.path().join("workspace");
    drop(station);
    let store = Store::open(&workspace).unwrap();
    let begin = |kind, name: &str| {
        let target = folder.path().join(name);
        let new = NewWriting {
            round: Some(RoundId(round)),
            kind,
            number: 1,
            target: target.display().to_string(),
        };
        let at = "2026-11-30T02:00:00Z".parse().unwrap();
        store.begin_writing(&new, "王", at).unwrap();
        target
    };
    let left = begin(WritingKind::Delivery, "交付");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("2021001.jpg.part"), b"half").unwrap();
    let zip = begin(WritingKind::Archive, "归档.zip");
    fs::write(folder.path().join("归档.zip.part"), b"half").unwrap();
    begin(WritingKind::Delivery, "nothing was written");
    drop(store);

    let station = Station::open(&workspace).unwrap();
    let of = || RoundRef { round };
    let told = station.delivery_unfinished(of()).unwrap();
    let folders: Vec<&Path> = told.iter().map(|card| Path::new(&card.folder)).collect();
    assert_eq!(folders, [left.as_path(), zip.as_path()]);
    let text = &told[0].text;
    assert!(
        text.contains("第1次交付") && text.contains("没有记入"),
        "{text}"
    );
    let alarm = || station.app_status(Empty {}).unwrap().alarm;
    assert!(alarm().contains("第1次交付"), "{}", alarm());
    let doctor = || {
        let findings = station.doctor_run(Empty {}).unwrap().findings;
        let mut findings = findings.into_iter();
        findings
            .find(|finding| finding.code == "unfinished")
            .unwrap()
    };
    assert_eq!(doctor().state, DoctorState::Bad);
    for card in told {
        let id = card.id;
        station
            .delivery_dismiss(UnfinishedRef { round, id })
            .unwrap();
    }
    assert_eq!((alarm().as_str(), doctor().state), ("", DoctorState::Good));
    assert!(left.exists(), "the user's folder is the user's");
    let gone = station.delivery_dismiss(UnfinishedRef { round, id: 1 });
    assert_eq!(gone.unwrap_err().code, Code::NotFound);
}

#[test]
fn a_closed_round_is_delivered_once_more_and_printed_until_its_data_is_deleted() {
    let round = taken_in();
    let at = |name: &str| round.folder.path().join(name);
    deliver(&round, &at("first"), DeliveryShape::default()).unwrap();
    close(&round.station, round.round);
    let archived = archive(&round, &at("archive")).unwrap();
    let manifest = fs::read(at("first").join("manifest.json")).unwrap();
    let text = String::from_utf8(manifest.clone()).unwrap();
    assert!(text.contains("\"number\": 1"), "{text}");
    let repeat = |to: &str| {
        let job = round.station.delivery_repeat_to(round.round, 1, &at(to))?;
        round.station.job_wait(job)
    };
    repeat("again").unwrap();
    assert_eq!(
        fs::read(at("again").join("manifest.json")).unwrap(),
        manifest
    );
    fs::create_dir(at("prints")).unwrap();
    let print = || {
        let options = round
            .station
            .prints_settings(RoundRef { round: round.round })?;
        let target = at("prints").display().to_string();
        let job = round
            .station
            .prints_write(PrintsWrite { options, target })?;
        round.station.job_wait(job)
    };
    let page = ClosingSave {
        round: round.round,
        folder: at("page").display().to_string(),
    };
    fs::create_dir(at("page")).unwrap();
    let page = round.station.closing_save(page).unwrap();
    print().unwrap();
    let end = round
        .station
        .ending_show(RoundRef { round: round.round })
        .unwrap();
    assert_eq!(
        end.archive.unwrap().sha256,
        archived.sha256,
        "it counts still"
    );
    // Everything that a deletion does not reach is told with where it lies.
    let outside: Vec<(String, String)> = end
        .outside
        .into_iter()
        .map(|line| (line.what, line.path))
        .collect();
    let path = |name: &str| at(name).display().to_string();
    let known = [
        ("第1次交付".to_owned(), path("first")),
        (
            "归档包（连同旁边的 .sha256 校验文件）".to_owned(),
            archived.path,
        ),
        ("第1次交付的再次写出".to_owned(), path("again")),
        ("核对结项表".to_owned(), page.workbook),
        ("核对结项表".to_owned(), page.pdf),
    ];
    assert_eq!(outside[..5], known);
    let [.., (what, target)] = &outside[..] else {
        panic!("{outside:?}");
    };
    assert!(
        outside.len() == 6
            && what.starts_with("打印件（")
            && Path::new(target).parent() == Some(at("prints").as_path()),
        "{outside:?}"
    );

    let job = round.station.round_erase(RoundErase {
        round: round.round,
        name: end.name,
        waived: "不再留存".to_owned(),
    });
    round.station.job_wait(job.unwrap()).unwrap();
    let end = round
        .station
        .ending_show(RoundRef { round: round.round })
        .unwrap();
    assert!(end.outside.is_empty());
    let left = end.erased.unwrap().outside.into_iter();
    let left: Vec<(String, String)> = left.map(|line| (line.what, line.path)).collect();
    assert_eq!(left, outside, "the list outlasts the data");
    assert!(repeat("late").is_err() && print().is_err());
    assert!(!at("late").exists(), "nothing is written");
}

#[test]
fn a_round_is_not_opened_again_under_an_archive_and_a_sum_that_lies_there_is_passed_by() {
    let round = taken_in();
    let at = |name: &str| round.folder.path().join(name);
    close(&round.station, round.round);
    let first = archive(&round, &at("archive")).unwrap();
    // The archive was taken away, and its sum stayed.
    fs::remove_file(&first.path).unwrap();
    let second = archive(&round, &at("archive")).unwrap();
    assert_ne!(second.path, first.path);
    let mut names: Vec<_> = fs::read_dir(at("archive")).unwrap().collect();
    names.retain(|entry| {
        entry
            .as_ref()
            .unwrap()
            .path()
            .extension()
            .is_some_and(|end| end == "part")
    });
    assert!(names.is_empty(), "{names:?}");
    let job = round.station.archive_write(ArchiveWrite {
        round: round.round,
        target: at("archive").display().to_string(),
        choice: ArchiveChoice {
            encrypted: false,
            id_numbers: false,
            renditions: true,
            originals: true,
        },
    });
    let of = RoundRef { round: round.round };
    let opened = round.station.round_reopen(of);
    assert!(opened.is_err(), "an archive is being written");
    round.station.job_wait(job.unwrap()).unwrap();
    round
        .station
        .round_reopen(RoundRef { round: round.round })
        .unwrap();
}

#[test]
fn what_would_be_delivered_otherwise_than_it_was_is_new() {
    let round = taken_in();
    let at = |name: &str| round.folder.path().join(name);
    let only_new = DeliveryShape {
        only_new: true,
        ..DeliveryShape::default()
    };
    let first = deliver(&round, &at("first"), DeliveryShape::default()).unwrap();
    assert!(first.files > 1);
    let nothing = deliver(&round, &at("second"), only_new).unwrap_err();
    assert!(nothing.message.contains("没有新增"), "{}", nothing.message);
    // A picture of the 采集码 comes after the delivery.
    let delivered = fs::read_dir(at("first")).unwrap();
    let mut names = delivered.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let photo = names.find(|name| Path::new(name).extension().is_some_and(|end| end == "jpg"));
    let student_no = photo.unwrap().replace(".jpg", "");
    fs::create_dir(at("codes")).unwrap();
    let picture = at("codes").join(format!("{student_no}.png"));
    drawn("https://example.invalid/1").save(picture).unwrap();
    import_codes(&round.station, round.round, &[at("codes")]).unwrap();
    let second = deliver(&round, &at("second"), only_new).unwrap();
    assert_eq!((second.files, second.codes), (1, 1));
    assert!(at("second").join(format!("{student_no}.jpg")).exists());
    assert!(deliver(&round, &at("third"), only_new).is_err());
}

#[test]
fn photos_of_another_round_are_told_before_a_deletion_and_kept_in_its_certificate() {
    let round = taken_in();
    let (station, of) = (&round.station, RoundRef { round: round.round });
    let other = station
        .round_create(RoundCreate {
            name: "另一批".to_owned(),
            school_code: "10054".to_owned(),
            opens_on: String::new(),
            closes_on: String::new(),
            profile: "moe99".to_owned(),
        })
        .unwrap();
    assert_eq!(station.ending_show(of).unwrap().shared, 0);
    import_photos(station, other.round, std::slice::from_ref(&round.photos)).unwrap();
    let ending = station.ending_show(of).unwrap();
    assert!(ending.photos > 0);
    assert_eq!(ending.shared, ending.photos, "all of them");

    close(station, round.round);
    let job = station.round_erase(RoundErase {
        round: round.round,
        name: ending.name,
        waived: "不再留存".to_owned(),
    });
    station.job_wait(job.unwrap()).unwrap();
    let erased = station.ending_show(of).unwrap().erased.unwrap();
    let number = |lines: &[ErasedLine], title: &str| {
        let line = lines.iter().find(|line| line.title.contains(title));
        line.map(|line| line.number.clone())
    };
    assert_eq!(number(&erased.lines, "原始照片").as_deref(), Some("0"));
    assert_eq!(number(&erased.lines, "其他批次"), None);
    let kept = number(&erased.kept, "其他批次也在用").unwrap();
    assert_eq!(kept, ending.photos.to_string());

    let folder = || station.certificate_folder(round.round);
    folder().unwrap_err();
    let out = round.folder.path().display().to_string();
    let saved = station.certificate_save(ClosingSave {
        round: round.round,
        folder: out.clone(),
    });
    let saved = saved.unwrap();
    assert_eq!(folder().unwrap(), out);
    let document = Document::load(&saved.pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).unwrap();
    assert!(text.contains("保留的内容"), "{text}");
    assert!(!text.contains("照片文件已从工作区删除"), "{text}");
}
