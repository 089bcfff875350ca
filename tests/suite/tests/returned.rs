//! The set that the studio gave back: what comes back as it went out is no new photo, what differs is reviewed, what is
//! missing or under another's name is told.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use zhaoshen_station::wire::{
    DeliveryMode, Failure, IntakeReport, JobOutcome, PhotosImport, PhotosKind, ReceiptsDrop,
    ReconcileRow, RoundRef, ScopeSet, SubmissionRef,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{import_photos, import_photos_as};

struct Set {
    round: TakenIn,
    /// 学号 of those delivered, in order: `0001.jpg` is the first one's.
    delivered: Vec<String>,
    /// The photos as they went out.
    files: Vec<Vec<u8>>,
    folder: tempfile::TempDir,
}

impl Set {
    /// The example with five delivered by number.
    fn new() -> Self {
        let round = TakenIn::new().unwrap();
        let mut delivered = Vec::new();
        for item in round.clear(5).unwrap() {
            round.decide(item.submission, "approved").unwrap();
            delivered.push(item.student_no);
        }
        let folder = tempfile::tempdir().unwrap();
        let options = round.options(DeliveryMode::CollectionCode, "{序号}.jpg");
        let out = folder.path().join("交付");
        let report = round.deliver(options, &out).unwrap();
        let mut paths: Vec<PathBuf> = fs::read_dir(&report.folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "jpg"))
            .collect();
        paths.sort();
        assert_eq!(paths.len(), 5);
        Self {
            round,
            delivered,
            files: paths.iter().map(|path| fs::read(path).unwrap()).collect(),
            folder,
        }
    }

    /// A folder with these files.
    fn back(&self, name: &str, files: &[(&str, &[u8])]) -> PathBuf {
        let folder = self.folder.path().join(name);
        fs::create_dir(&folder).unwrap();
        for (file, bytes) in files {
            fs::write(folder.join(file), bytes).unwrap();
        }
        folder
    }

    /// The differences of a kind.
    fn rows(&self, kind: &str) -> Vec<ReconcileRow> {
        self.round.differences(kind).unwrap()
    }

    /// As [`Self::import`], held against one delivery.
    fn import_of(&self, folder: &Path, delivery: Option<u32>) -> Result<JobOutcome, Failure> {
        let ask = PhotosImport {
            round: self.round.round,
            paths: vec![folder.display().to_string()],
            kind: PhotosKind::Returned,
            delivery,
        };
        let job = self.round.station.photos_import(ask)?;
        self.round.station.job_wait(job)
    }

    fn import(&self, folder: PathBuf) -> IntakeReport {
        let (station, round) = (&self.round.station, self.round.round);
        import_photos_as(station, round, &[folder], true).unwrap()
    }
}

#[test]
fn what_came_back_is_held_against_what_went_out() {
    let set = Set::new();
    let files = &set.files;
    // The first as it went out, the second retouched, the third and fourth swapped; the fifth did not come.
    let retouched = [files[1].as_slice(), b"\0"].concat();
    let folder = set.back(
        "返回",
        &[
            ("1.JPG", &files[0]),
            ("0002.jpg", &retouched),
            ("0003.jpg", &files[3]),
            ("0004.jpg", &files[2]),
        ],
    );
    let report = set.import(folder.clone());
    assert_eq!((report.files, report.unchanged, report.refused), (4, 1, 2));
    assert_eq!((report.resubmitted, report.unknown), (1, 0));
    assert_eq!(report.not_returned, 1, "{:?}", report.lines);
    let swapped: Vec<&str> = report
        .lines
        .iter()
        .filter(|line| line.problem.contains("另一名学生"))
        .map(|line| line.file.as_str())
        .collect();
    assert_eq!(swapped, ["返回/0003.jpg", "返回/0004.jpg"]);
    // Told with whose photo it is, and with what to do about that one.
    let of_fourth = report
        .lines
        .iter()
        .find(|line| line.file == "返回/0003.jpg")
        .unwrap();
    assert!(
        of_fourth.problem.contains(&set.delivered[3]),
        "{of_fourth:?}"
    );
    assert!(of_fourth.remedy.contains("索要正确的一张"), "{of_fourth:?}");
    let last = report.lines.last().unwrap();
    assert!(last.file.starts_with(&set.delivered[4]), "{last:?}");
    assert!(last.problem.contains("第 1 次交付"), "{last:?}");

    // All of it is a difference of the reconciliation, with its remedy, until it is taken back.
    let rows = |kind: &str| set.rows(kind);
    let of = |kind: &str| -> Vec<String> {
        let rows = rows(kind).into_iter();
        rows.map(|row| row.student_no).collect()
    };
    let [_, two, three, four, five] = [0, 1, 2, 3, 4].map(|at| set.delivered[at].clone());
    assert_eq!(of("set_missing"), [five]);
    let mut changed = of("set_changed");
    changed.sort();
    let mut expected = vec![two, three, four];
    expected.sort();
    assert_eq!(changed, expected);
    for row in rows("set_changed") {
        let is_swapped = row.text.contains("另一名学生");
        assert_eq!(row.remedy.contains("索要正确的一张"), is_swapped, "{row:?}");
    }
    let row = rows("set_missing").remove(0);
    assert!(
        row.remedy.contains("索要") && row.text.contains("第 1 次交付"),
        "{row:?}"
    );
    assert!(
        row.source.contains("返回") && row.source.contains("交付 1"),
        "{row:?}"
    );
    let station = &set.round.station;
    let round = RoundRef {
        round: set.round.round,
    };
    station.reconcile_undo(round).unwrap();
    assert!(of("set_missing").is_empty() && of("set_changed").is_empty());
    station.reconcile_redo(round).unwrap();

    // The retouched one is to be looked at, the first stands as it was.
    let waiting: Vec<String> = set
        .round
        .pending()
        .unwrap()
        .into_iter()
        .map(|item| item.student_no)
        .collect();
    assert!(waiting.contains(&set.delivered[1]) && !waiting.contains(&set.delivered[0]));
    // Read again, it brings nothing.
    let again = set.import(folder);
    assert_eq!(
        (again.already_there, again.unchanged, again.resubmitted),
        (1, 1, 0)
    );
}

#[test]
fn what_the_studio_gave_back_is_judged_as_a_finished_file() {
    let set = Set::new();
    let stuffed = [set.files[0].as_slice(), &[0; 60_000]].concat();
    let folder = set.back("返回", &[("0001.jpg", &stuffed)]);
    assert_eq!(set.import(folder).resubmitted, 1);
    let item = (set.round.pending().unwrap().into_iter())
        .find(|item| item.student_no == set.delivered[0])
        .unwrap();
    assert_eq!(item.verdict, "warn");
    let submission = item.submission;
    let view = set
        .round
        .station
        .submission_show(SubmissionRef { submission });
    let findings = view.unwrap().findings;
    let of = |code: &str| findings.iter().find(|finding| finding.code == code);
    assert_eq!(of("FILE-05").unwrap().severity, "warn");
    // Of a finished file nobody asks what is asked of what a student hands in; whose picture it is, one does.
    assert!(of("FILE-04").is_none() && of("EDIT-01").is_none());
    assert!(of("FILE-06").is_some());
}

#[test]
fn what_came_back_later_or_was_never_delivered_is_told_by_delivery() {
    let set = Set::new();
    let files = &set.files;
    let most: Vec<(&str, &[u8])> = vec![
        ("0001.jpg", &files[0]),
        ("0002.jpg", &files[1]),
        ("0003.jpg", &files[2]),
        ("0004.jpg", &files[3]),
        ("来历不明.jpg", b"\xFF\xD8\xFF nobody's"),
    ];
    set.import(set.back("一", &most));
    assert_eq!(set.rows("set_missing").len(), 1);
    let stray = set.rows("set_stray").remove(0);
    assert_eq!(stray.student_no, "");
    assert!(stray.name.contains("来历不明"), "{stray:?}");
    // The rest, of that very delivery.
    let rest = set.back("二", &[("0005.jpg", &files[4])]);
    let all = set.back(
        "三",
        &[most.as_slice(), &[("0005.jpg", files[4].as_slice())]].concat(),
    );
    assert!(set.import_of(&rest, Some(7)).is_err(), "no such delivery");
    set.import_of(&all, Some(1)).unwrap();
    assert!(set.rows("set_missing").is_empty());
    assert_eq!(set.rows("set_stray").len(), 1, "told once");
    let drop = ReceiptsDrop {
        round: set.round.round,
        receipts: vec![stray.receipt.unwrap()],
    };
    set.round.station.receipts_drop(drop).unwrap();
    assert!(set.rows("set_stray").is_empty());
}

/// The picture, saved anew.
fn saved_anew(jpeg: &[u8]) -> Vec<u8> {
    let picture = image::load_from_memory(jpeg).unwrap();
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

#[test]
fn another_students_picture_saved_anew_and_what_was_never_delivered_are_told_and_not_taken() {
    let set = Set::new();
    let stranger = (set.round.pending().unwrap().into_iter())
        .find(|item| !set.delivered.contains(&item.student_no))
        .unwrap()
        .student_no;
    let swapped = saved_anew(&set.files[3]);
    let own = saved_anew(&set.files[1]);
    let strange = [set.files[0].as_slice(), b"\0"].concat();
    let stray = format!("{stranger}.jpg");
    let folder = set.back(
        "返回",
        &[
            ("0002.jpg", &own),
            ("0003.jpg", &swapped),
            (&stray, &strange),
        ],
    );
    let report = set.import(folder);
    let told: Vec<String> = (report.lines.iter())
        .map(|line| format!("{} {}", line.file, line.problem))
        .collect();
    assert_eq!((report.resubmitted, report.refused), (1, 2), "{told:?}");
    let of = |file: &str| told.iter().find(|line| line.contains(file)).unwrap();
    assert!(
        of("0003.jpg").contains("看上去是交付的另一名学生（"),
        "{told:?}"
    );
    assert!(of(&stray).contains("没有交付过"), "{told:?}");
    let changed: Vec<String> = (set.rows("set_changed").into_iter())
        .map(|row| row.student_no)
        .collect();
    assert!(changed.contains(&set.delivered[2]), "{changed:?}");
    assert_eq!(set.rows("set_stray").len(), 1);
}

#[test]
fn what_the_studio_gave_back_has_neither_window_nor_limit() {
    let set = Set::new();
    let (station, round) = (&set.round.station, set.round.round);
    let scope = station.scope_show(RoundRef { round }).unwrap().scope;
    let over = ScopeSet {
        opens_on: "2020-03-01".to_owned(),
        closes_on: "2020-03-31".to_owned(),
        limit: 1,
        ..scope
    };
    station.scope_set(over).unwrap();
    let before = station.scope_show(RoundRef { round }).unwrap().counts;
    let folder = set.back("返回", &[("0002.jpg", &saved_anew(&set.files[1]))]);
    let report = set.import(folder);
    assert_eq!((report.resubmitted, report.over_limit), (1, 0));
    assert_eq!(report.outside_window, "");
    let after = station.scope_show(RoundRef { round }).unwrap().counts;
    assert_eq!(after.over_limit, before.over_limit);
    let submission = station
        .current_submission(round, &set.delivered[1])
        .unwrap();
    let view = station.submission_show(SubmissionRef { submission });
    let history = view.unwrap().history;
    let last = history.last().unwrap();
    assert_eq!(
        (last.outside_window.as_str(), last.over_limit.as_str()),
        ("", "")
    );
}

#[test]
fn numbers_mean_nothing_unless_the_set_is_said_to_be_the_studios() {
    let set = Set::new();
    let folder = set.back("手机", &[("0001.jpg", &set.files[0])]);
    let report = import_photos(&set.round.station, set.round.round, &[folder]).unwrap();
    assert_eq!(
        (report.unknown, report.unchanged, report.not_returned),
        (1, 0, 0)
    );
}

#[test]
fn nothing_comes_back_before_anything_went_out() {
    let round = TakenIn::of(3).unwrap();
    let paths = std::slice::from_ref(&round.photos);
    let refused = import_photos_as(&round.station, round.round, paths, true);
    assert!(refused.unwrap_err().message.contains("还没有交付过"));
}
