//! A sealed workspace in use: a round taken in, reviewed, backed up, carried away and restored; and not a byte of it in clear.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../../../src-tauri/crates/store/tests/beneath/mod.rs"]
mod beneath;

use std::fs;
use std::path::Path;

use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};
use zhaoshen_station::backup::{self, Shelf};
use zhaoshen_station::doctor::Depth;
use zhaoshen_station::example::{ExampleFiles, write_files};
use zhaoshen_station::seal::{door, seal};
use zhaoshen_station::wire::{
    BackupCopy, BackupRestore, Code, DoctorFinding, DoctorState, DoorKey, DoorState, Empty,
    JobOutcome, PassphraseChange, PassphraseGiven, RecoveryGiven, ReviewerSet, RoundRef,
    StudentsQuery,
};
use zhaoshen_station::{Progress, Station, doctor};
use zhaoshen_store::{Store, Unlock};
use zhaoshen_suite::{REVIEWER, import_references};

const PASSPHRASE: &str = "测试用的一句工作区口令";
const STUDENTS: u32 = 12;

fn key(passphrase: &str) -> DoorKey {
    DoorKey {
        passphrase: passphrase.to_owned(),
        ..DoorKey::default()
    }
}

fn given(passphrase: &str) -> PassphraseGiven {
    PassphraseGiven {
        passphrase: passphrase.to_owned(),
    }
}

/// A photo of its own filed as the reference photo of the first student.
fn file_reference(station: &Station, files: &ExampleFiles, round: i64) {
    let portrait = Portrait {
        seed: 4_711,
        ..Portrait::default()
    };
    let bytes = encode_jpeg(&paint(&portrait), &JpegOptions::default()).unwrap();
    let query = StudentsQuery {
        round,
        text: String::new(),
        state: String::new(),
        offset: 0,
        limit: 1,
    };
    let student = station.student_list(query).unwrap().students.remove(0);
    let name = format!("{}-录取照片.jpg", student.student_no);
    let path = files.roster.with_file_name(name);
    fs::write(&path, bytes).unwrap();
    let report = import_references(station, round, &[path]).unwrap();
    assert_eq!(report.filed, 1, "{report:?}");
}

/// The example taken in and reviewed.
fn fill(station: &Station, files: &ExampleFiles) -> i64 {
    let name = REVIEWER.to_owned();
    station
        .reviewer_set(ReviewerSet {
            name,
            pin: String::new(),
        })
        .unwrap();
    let (round, _) = station.example_import(files).unwrap();
    let (approved, rejected) = station.example_review(round).unwrap();
    assert!(approved > 0 && rejected > 0);
    file_reference(station, files, round);
    round
}

/// The round as 批次 shows it, to be compared.
fn card(station: &Station, round: i64) -> serde_json::Value {
    let card = station.round_show(RoundRef { round }).unwrap();
    serde_json::to_value(card).unwrap()
}

fn backed_up(station: &Station) -> String {
    let job = station.backup_now(Empty {}).unwrap();
    match station.job_wait(job).unwrap() {
        JobOutcome::BackedUp { backup } => backup.name,
        other => panic!("{other:?}"),
    }
}

fn copied(station: &Station, folder: &Path) -> (String, String) {
    let folder = folder.display().to_string();
    let job = station.backup_copy(BackupCopy { folder }).unwrap();
    match station.job_wait(job).unwrap() {
        JobOutcome::CopiedOut { report } => (report.path, report.passphrase),
        other => panic!("{other:?}"),
    }
}

/// What a thief would look for: who is in it, the starts and some bytes of the photos, and their hashes.
struct Secrets {
    bytes: Vec<Vec<u8>>,
    names: Vec<String>,
}

impl Secrets {
    fn of(workspace: &Path, round: i64) -> Self {
        let store = Store::unlock(workspace, Unlock::Passphrase(PASSPHRASE)).unwrap();
        let mut bytes: Vec<Vec<u8>> = vec![
            b"SQLite format 3".to_vec(),
            b"JFIF".to_vec(),
            b"\x89PNG\r\n".to_vec(),
            REVIEWER.into(),
        ];
        let mut names = Vec::new();
        for row in store.students(zhaoshen_model::RoundId(round)).unwrap() {
            for text in [&row.draft.name, &row.draft.student_no, &row.draft.id_number] {
                bytes.push(text.clone().into_bytes());
            }
        }
        for submission in store.submissions(zhaoshen_model::RoundId(round)).unwrap() {
            let photo = store.read_photo(submission.photo).unwrap();
            bytes.push(photo[photo.len() / 2..][..24].to_vec());
            names.push(submission.photo.to_string().split_off(2));
        }
        assert!(names.len() >= STUDENTS as usize / 2);
        let references = store.references(zhaoshen_model::RoundId(round)).unwrap();
        assert_eq!(references.len(), 1);
        for reference in references {
            let photo = store.read_photo(reference.photo).unwrap();
            bytes.push(photo[photo.len() / 2..][..24].to_vec());
            bytes.push(reference.file_name.into());
            names.push(reference.photo.to_string().split_off(2));
        }
        Self { bytes, names }
    }

    /// Looks at every byte and every name below `folder`; how many files there are.
    fn nowhere_in(&self, folder: &Path) -> usize {
        for path in beneath::everything(folder) {
            let name = path.to_string_lossy();
            let hash = self.names.iter().find(|hash| name.contains(hash.as_str()));
            assert_eq!(hash, None, "{name}");
        }
        let files = beneath::files(folder);
        for (path, held) in &files {
            for secret in &self.bytes {
                let told = String::from_utf8_lossy(secret);
                assert!(!beneath::holds(held, secret), "{}: {told}", path.display());
            }
        }
        files.len()
    }
}

#[test]
fn a_round_in_a_sealed_workspace_leaves_not_a_byte_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let stick = folder.path().join("U盘");
    fs::create_dir(&stick).unwrap();
    let files = write_files(&folder.path().join("收集"), STUDENTS).unwrap();
    assert_eq!(door(&workspace).unwrap().state, DoorState::New);
    let (station, code) = Station::create_sealed(&workspace, &given(PASSPHRASE)).unwrap();
    assert!(station.app_status(Empty {}).unwrap().sealed);
    let round = fill(&station, &files);
    let before = card(&station, round);
    let name = backed_up(&station);
    let (copy, copy_passphrase) = copied(&station, &stick);
    // A program that was killed leaves its journal behind: that is looked at, too, while it is there.
    let killed = folder.path().join("被强制结束");
    fs::create_dir(&killed).unwrap();
    for file in ["zhaoshen.db", "zhaoshen.db-wal"] {
        fs::copy(workspace.join(file), killed.join(file)).unwrap();
    }
    drop(station);

    let secrets = Secrets::of(&workspace, round);
    assert!(secrets.nowhere_in(&workspace) > 3 * STUDENTS as usize);
    secrets.nowhere_in(&killed);

    assert_eq!(door(&workspace).unwrap().state, DoorState::Locked);
    let shut = doctor::look(&workspace);
    assert!(
        shut.findings
            .iter()
            .any(|finding| finding.text.contains("未解锁"))
    );
    let looked = |passphrase: &str, code: &str| {
        let report = doctor::look_into(&workspace, &key(passphrase), Depth::All);
        let mut findings = report.findings.into_iter();
        findings.find(|finding| finding.code == code).unwrap()
    };
    let wrong = looked("不是这一句的工作区口令", "open");
    assert!(wrong.text.contains("口令不对"), "{wrong:?}");
    let whole = looked(PASSPHRASE, "originals");
    assert_eq!(whole.state, DoctorState::Good, "{whole:?}");
    assert!(whole.text.contains("全部核对"), "{whole:?}");
    // An original put in the place of another is whole, and not that one.
    let photos = beneath::files(&workspace.join("photos"));
    let [(place, before_swap), (_, another), ..] = &photos[..] else {
        panic!("{} originals", photos.len());
    };
    fs::write(place, another).unwrap();
    let swapped = looked(PASSPHRASE, "originals");
    assert_eq!(swapped.state, DoctorState::Bad, "{swapped:?}");
    assert!(
        swapped.text.contains("其中 1 个与收到时不一致"),
        "{swapped:?}"
    );
    fs::write(place, before_swap).unwrap();
    let refused = Station::open(&workspace).unwrap_err();
    assert_eq!(refused.code, Code::Workspace);
    let wrong = Station::unlock(&workspace, &key("不是这一句的工作区口令")).unwrap_err();
    assert!(wrong.message.contains("口令不对"), "{}", wrong.message);
    let refused = Shelf::of(&workspace, &key("不是这一句的工作区口令")).unwrap_err();
    assert!(refused.message.contains("口令不对"), "{}", refused.message);

    // Neither the database nor the key file is left: the backup has both.
    fs::remove_file(workspace.join("zhaoshen.db")).unwrap();
    let told = doctor::look(&workspace);
    let lost = |finding: &DoctorFinding| {
        finding.state == DoctorState::Bad && finding.text.contains("zhaoshen.db 不见了")
    };
    assert!(!told.sound && told.findings.iter().any(lost));
    fs::remove_file(workspace.join("钥匙")).unwrap();
    let shelf = Shelf::of(&workspace, &key(PASSPHRASE)).unwrap();
    assert!(
        backup::verify(&shelf, &name, &Progress::default())
            .unwrap()
            .whole
    );
    let request = BackupRestore {
        name,
        file: String::new(),
        passphrase: String::new(),
        folder: folder.path().display().to_string(),
    };
    let report = backup::restore(&shelf, &request, &Progress::default()).unwrap();
    assert_eq!((report.missing, report.sealed), (0, true));
    let by_code = DoorKey {
        recovery: code.code,
        next: "恢复之后的另一句口令".to_owned(),
        ..DoorKey::default()
    };
    let again = Station::unlock(Path::new(&report.folder), &by_code).unwrap();
    assert_eq!(card(&again, round), before);
    drop(again);
    let restored = Path::new(&report.folder);
    assert!(Station::unlock(restored, &key(PASSPHRASE)).is_err());
    drop(Station::unlock(restored, &key(&by_code.next)).unwrap());

    let read = backup::verify_file(Path::new(&copy), &copy_passphrase, &Progress::default());
    assert!(read.unwrap().whole);
    // The copy has two locks: its own, and that of the workspace it was made of.
    let request = BackupRestore {
        name: String::new(),
        file: copy,
        passphrase: copy_passphrase,
        folder: stick.display().to_string(),
    };
    let none = Shelf::of_none(&workspace);
    let report = backup::restore(&none, &request, &Progress::default()).unwrap();
    assert!(report.sealed && report.photos > 0);
    secrets.nowhere_in(Path::new(&report.folder));
    let carried = Station::unlock(Path::new(&report.folder), &key(PASSPHRASE)).unwrap();
    assert_eq!(card(&carried, round), before);
}

#[test]
fn a_round_that_was_plain_is_the_same_round_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let files = write_files(&folder.path().join("收集"), STUDENTS).unwrap();
    let station = Station::open(&workspace).unwrap();
    let round = fill(&station, &files);
    let before = card(&station, round);
    backed_up(&station);
    let refused = station.seal_passphrase(PassphraseChange {
        old: PASSPHRASE.to_owned(),
        new: PASSPHRASE.to_owned(),
    });
    assert!(refused.unwrap_err().message.contains("没有加密"));
    station.seal_ready(Empty {}).unwrap();
    drop(station);
    let mut told = Vec::new();
    let shown = seal(&workspace, PASSPHRASE, REVIEWER, |progress| {
        told.push(progress);
    })
    .unwrap();
    assert_eq!(shown.code.len(), 44);
    assert_eq!(
        told.last().map(|last| last.done),
        told.last().map(|last| last.of)
    );
    Secrets::of(&workspace, round).nowhere_in(&workspace);
    // Killed here it would have a code that nobody has: it says so until the code was typed or printed.
    let unseen = Station::unlock(&workspace, &key(PASSPHRASE)).unwrap();
    assert!(unseen.app_status(Empty {}).unwrap().code_unconfirmed);
    let typed = |code: &str| RecoveryGiven {
        code: code.to_owned(),
    };
    let mut mistyped = shown.code.clone();
    let last = mistyped.pop();
    mistyped.push(if last == Some('7') { '8' } else { '7' });
    assert!(unseen.seal_code_confirm(typed(&mistyped)).is_err());
    assert!(unseen.app_status(Empty {}).unwrap().code_unconfirmed);
    unseen.seal_code_confirm(typed(&shown.code)).unwrap();
    assert!(!unseen.app_status(Empty {}).unwrap().code_unconfirmed);
    drop(unseen);
    let again = Station::unlock(&workspace, &key(PASSPHRASE)).unwrap();
    // A program that stays open makes the first backup itself.
    again.keep_once(jiff::Timestamp::now());
    let made = again.backup_list(Empty {}).unwrap().backups;
    assert_eq!(made.first().map(|one| one.why.as_str()), Some("加密后"));
    assert_eq!(card(&again, round), before);
    assert_eq!(again.backup_list(Empty {}).unwrap().backups.len(), 1);
    assert!(again.log_verify(Empty {}).unwrap().holds);
    let refused = again.seal_ready(Empty {}).unwrap_err();
    assert!(refused.message.contains("已经加密"), "{}", refused.message);
}

#[test]
fn a_code_is_told_though_a_folder_of_the_workspace_cannot_be_moved_yet() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let files = write_files(&folder.path().join("收集"), STUDENTS).unwrap();
    let station = Station::open(&workspace).unwrap();
    let round = fill(&station, &files);
    let before = card(&station, round);
    backed_up(&station);
    drop(station);
    // In the place that the plain backups are moved to on their way out.
    let held = workspace.join("加密中").join("old").join("备份");
    let shown = seal(&workspace, PASSPHRASE, REVIEWER, |_| {
        fs::create_dir_all(held.join("占着")).unwrap();
    })
    .unwrap();
    assert!(shown.note.contains("还差最后一步"), "{}", shown.note);
    assert!(door(&workspace).is_err());
    fs::remove_dir_all(&held).unwrap();
    assert_eq!(door(&workspace).unwrap().state, DoorState::Locked);
    let by_code = DoorKey {
        recovery: shown.code,
        next: "重新想好的另一句口令".to_owned(),
        ..DoorKey::default()
    };
    let again = Station::unlock(&workspace, &by_code).unwrap();
    assert_eq!(card(&again, round), before);
}
