//! Several photos of one student in one import, through the use cases: nothing is decided, one by one or many at once,
//! before somebody picked which of them counts.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fs;

use zhaoshen_station::Station;
use zhaoshen_station::example::write_files;
use zhaoshen_station::wire::{
    ChooseRequest, Code, DeskAct, GridAsk, HistoryEntry, LogQuery, PageCommit, PageItem, QueueItem,
    ReviewerSet, RoundRef, SubmissionRef,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::import_photos;

/// Students of a round large enough that a sample of it leaves a rest.
const ENOUGH_TO_SAMPLE: u32 = 72;

/// A JPEG with a comment, so that it is another file of the same picture.
fn commented(jpeg: &[u8], letter: u8) -> Vec<u8> {
    [&jpeg[..2], &[0xFF, 0xFE, 0, 3, letter], &jpeg[2..]].concat()
}

/// A student on whose photo every rule passes hands two more in at once; the newest as lists show it.
fn sends_two(round: &TakenIn) -> QueueItem {
    let once = round.queue("clear").unwrap().into_iter();
    for item in once.filter(|item| item.sequence == 1) {
        let file = fs::read_dir(&round.photos)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.to_string_lossy().contains(&item.student_no));
        let Some(file) = file else { continue };
        let bytes = fs::read(file).unwrap();
        let folder = round.folder.path().join("又交来");
        fs::create_dir(&folder).unwrap();
        for letter in [b'a', b'b'] {
            let name = format!("{}-{}.jpg", item.student_no, char::from(letter));
            fs::write(folder.join(name), commented(&bytes, letter)).unwrap();
        }
        let report = import_photos(&round.station, round.round, &[folder]).unwrap();
        assert_eq!(report.together, 1);
        let submission = round.submission(&item.student_no).unwrap();
        return shown(round, submission).0;
    }
    panic!("no student of the example has a photo under the number");
}

fn shown(round: &TakenIn, submission: i64) -> (QueueItem, Vec<HistoryEntry>) {
    let view = round.station.submission_show(SubmissionRef { submission });
    let view = view.unwrap();
    (view.item, view.history)
}

fn unpicked(round: &TakenIn, submission: i64) -> Vec<u32> {
    let (_, history) = shown(round, submission);
    let open = history.iter().filter(|entry| entry.unpicked);
    open.map(|entry| entry.sequence).collect()
}

#[test]
fn a_decision_is_refused_until_somebody_picked_and_undo_asks_again() {
    let round = TakenIn::new().unwrap();
    let newest = sends_two(&round).submission;
    // The photo of before is none of them.
    assert_eq!(unpicked(&round, newest), [2, 3]);
    for kind in ["approved", "rejected", "held"] {
        let refused = round.decide(newest, kind).unwrap_err();
        assert_eq!(refused.code, Code::Refused, "{kind}");
        assert!(refused.message.contains("选定一张"), "{}", refused.message);
    }
    let (_, history) = shown(&round, newest);
    let earlier = history[1].submission;
    assert!(history[1].file_name.ends_with("-a.jpg"));
    let student = round.student_no(newest).unwrap();
    let choose = |submission, student: &str| {
        round.station.submission_choose(ChooseRequest {
            submission,
            seen_student: student.to_owned(),
        })
    };
    let moved = choose(earlier, "2099999999").unwrap_err();
    assert_eq!(moved.code, Code::Conflict);
    assert_eq!(choose(earlier, &student).unwrap().sequence, 3);
    // It counts as the last now, and came as the second all the same.
    let (_, chosen) = shown(&round, earlier);
    let came: Vec<(i64, u32, u32)> = chosen
        .iter()
        .map(|entry| (entry.submission, entry.sequence, entry.arrival))
        .collect();
    let first = history[0].submission;
    assert_eq!(came, [(first, 1, 1), (newest, 2, 3), (earlier, 3, 2)]);
    // Which of the photos it was, and as which it counts from now on.
    let ask = LogQuery {
        round: Some(round.round),
        offset: 0,
        limit: 2,
    };
    let told = round.station.log_list(ask).unwrap().entries;
    let of = |file: &str| {
        let row = told.iter().find(|row| row.after.contains(file)).unwrap();
        assert_eq!(row.act, "选用照片");
        assert!(row.subject.starts_with(&student), "{}", row.subject);
        assert!(
            row.after.ends_with("收到") && row.after.contains('×'),
            "{}",
            row.after
        );
        // Whose it was by then stands in the row, whoever has the photo now.
        let after = row.after.split('；').next().unwrap();
        let turn = after.strip_prefix(&format!("{}，", row.subject));
        (row.before.clone(), turn.unwrap().to_owned())
    };
    let two = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    assert_eq!(
        of("-a.jpg"),
        two("第 2 次提交", "第 3 次提交，选定审核这一张")
    );
    assert_eq!(of("-b.jpg"), two("第 3 次提交", "第 2 次提交"));
    assert_eq!(unpicked(&round, earlier), [] as [u32; 0]);
    let this = RoundRef { round: round.round };
    let coming = round.station.act_peek(this).unwrap();
    assert_eq!(coming.what, Some(DeskAct::PhotoChosen));
    let undone = round.station.act_undo(this.into()).unwrap().act.unwrap();
    assert!(undone.summary.contains("选用照片"), "{}", undone.summary);
    assert_eq!(unpicked(&round, newest), [2, 3]);
    choose(newest, &student).unwrap();
    round.decide(newest, "approved").unwrap();
}

#[test]
fn a_sample_leaves_it_out_and_counts_it() {
    let round = TakenIn::of(ENOUGH_TO_SAMPLE).unwrap();
    let this = RoundRef { round: round.round };
    let before = round.station.sample_offer(this).unwrap();
    assert_eq!(before.unpicked, 0);
    let newest = sends_two(&round);
    let offer = round.station.sample_offer(this).unwrap();
    assert_eq!((offer.set, offer.unpicked), (before.set - 1, 1));
    let plan = round.draw_sample().unwrap();
    assert_eq!(plan.set, offer.set);
    let mixed = round.queue(&plan.queue).unwrap();
    let in_plan = mixed
        .iter()
        .any(|item| item.submission == newest.submission);
    assert!(!in_plan, "nobody can decide on it as it is");
}

#[test]
fn a_page_leaves_it_out_and_counts_it() {
    let round = TakenIn::new().unwrap();
    let newest = sends_two(&round);
    let other = round.queue("failing").unwrap().remove(0);
    let cards = round.station.grid_cards(GridAsk {
        round: round.round,
        submissions: vec![newest.submission, other.submission],
    });
    let marked: Vec<bool> = cards.unwrap().iter().map(|card| card.unpicked).collect();
    assert_eq!(marked, [true, false]);
    let ticked = [&newest, &other].map(|item| PageItem {
        submission: item.submission,
        seen_decision: None,
        seen_student: item.student_no.clone(),
    });
    let committed = round.station.grid_commit(PageCommit {
        round: round.round,
        approve: ticked.to_vec(),
    });
    let committed = committed.unwrap();
    let approved: Vec<i64> = committed.items.iter().map(|item| item.submission).collect();
    assert_eq!((approved, committed.unpicked), (vec![other.submission], 1));
    assert_eq!(shown(&round, newest.submission).0.decision, "");
}

#[test]
fn what_the_example_picks_is_credited_to_the_example_and_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let station = Station::open(&folder.path().join("workspace")).unwrap();
    let name = "王老师".to_owned();
    station
        .reviewer_set(ReviewerSet {
            name,
            pin: String::new(),
        })
        .unwrap();
    let files = write_files(&folder.path().join("示例"), 4).unwrap();
    let (round, _) = station.example_import(&files).unwrap();
    let ask = LogQuery {
        round: Some(round),
        offset: 0,
        limit: 100,
    };
    let entries = station.log_list(ask).unwrap().entries;
    let (picks, others): (Vec<_>, Vec<_>) = entries.iter().partition(|row| row.act == "选用照片");
    assert!(!picks.is_empty() && !others.is_empty());
    assert!(
        picks.iter().all(|row| row.reviewer == "示例审核人"),
        "{picks:?}"
    );
    assert!(
        others.iter().all(|row| row.reviewer == "王老师"),
        "{others:?}"
    );
}
