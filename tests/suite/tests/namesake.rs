//! A photo matched by 姓名 alone, and a roster that gains a namesake afterwards.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};

use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, id_check_digit, paint};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    DecideRequest, DeliveryMode, DeliveryOptions, FeeImport, LeftOutAsk, LeftOutOf, PileAssign,
    RosterSource, RoundCard, RoundRef, SubmissionRef,
};
use zhaoshen_suite::{import_photos, import_roster, new_round};

/// A round whose only photo is matched by name, in a folder of its own.
struct ByName {
    station: Station,
    round: i64,
    submission: i64,
    folder: tempfile::TempDir,
}

impl ByName {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (station, round) = new_round(folder.path(), "moe99").unwrap();
        let one = roster(folder.path(), "一人.xlsx", &["2021310001"]);
        import_roster(&station, round, &one, false).unwrap();
        let photos = photos(folder.path(), &["张伟.jpg"]);
        let report = import_photos(&station, round, &[photos]).unwrap();
        assert_eq!(report.matched, 1);
        let submission = station.current_submission(round, "2021310001").unwrap();
        Self {
            station,
            round,
            submission,
            folder,
        }
    }

    fn approve(&self) {
        let submission = self.submission;
        let view = self
            .station
            .submission_show(SubmissionRef { submission })
            .unwrap();
        self.station
            .submission_decide(DecideRequest {
                submission,
                seen_decision: view.item.decision_id,
                seen_student: view.item.student_no,
                second: false,
                kind: "approved".to_owned(),
                reasons: Vec::new(),
                note: String::new(),
            })
            .unwrap();
    }

    /// Adds a second student of the same name; how many matches are in question now.
    fn gain_namesake(&self) -> u32 {
        let two = roster(
            self.folder.path(),
            "两人.xlsx",
            &["2021310001", "2021310002"],
        );
        import_roster(&self.station, self.round, &two, false)
            .unwrap()
            .questioned
    }

    fn piled(&self) -> Vec<i64> {
        let piles = self.station.pile_list(self.round_ref()).unwrap();
        piles.ambiguous.iter().map(|item| item.submission).collect()
    }

    fn assign(&self, student_no: &str) -> bool {
        let piles = self.station.pile_list(self.round_ref()).unwrap();
        let candidates = &piles.ambiguous[0].candidates;
        let chosen = candidates.iter().find(|hit| hit.student_no == student_no);
        let student = chosen.unwrap().student;
        let submission = self.submission;
        self.station
            .pile_assign(PileAssign {
                submission,
                student,
            })
            .is_ok()
    }

    /// Who the desk says has the same name, each with whether a photo stands for them.
    fn told_at_the_desk(&self) -> Vec<(String, bool)> {
        let submission = self.submission;
        let shown = self.station.submission_show(SubmissionRef { submission });
        let others = shown.unwrap().namesakes.into_iter();
        others
            .map(|other| (other.student_no, other.photo.is_some()))
            .collect()
    }

    /// Photos that are approved, and those of which it is in question whose they are: as the round's card and the
    /// reconciliation tell it, which agree, and in which every photo is one or the other or nothing yet.
    fn told(&self) -> (u32, u32) {
        let card = self.card();
        let decided = card.approved + card.rejected + card.held + card.reviewing + card.differing;
        assert_eq!(card.submitted, card.pending + decided + card.questioned);
        let view = self.station.reconcile_show(self.round_ref()).unwrap();
        let in_question = |title: &str| {
            let mut sums = view.sums.iter();
            let sum = sums.find(|sum| sum.title.contains(title)).unwrap();
            let parts: u32 = sum.parts.iter().map(|part| part.number).sum();
            assert_eq!(parts, sum.whole);
            let part = sum.parts.iter().find(|part| part.kind == "in_question");
            part.unwrap().number
        };
        assert_eq!(in_question("名单学生"), card.questioned);
        assert_eq!(in_question("收到的照片"), card.questioned);
        (card.approved, card.questioned)
    }

    fn card(&self) -> RoundCard {
        self.station.round_show(self.round_ref()).unwrap()
    }

    fn why_not_delivered(&self) -> Vec<String> {
        let options =
            DeliveryOptions::plain(self.round, DeliveryMode::CollectionCode, "{学号}.jpg");
        let page = self.station.delivery_left_out(LeftOutAsk {
            options,
            which: LeftOutOf::NotReady,
            offset: 0,
            limit: 1000,
        });
        let rows = page.unwrap().rows.into_iter();
        rows.map(|left| left.why).collect()
    }

    fn round_ref(&self) -> RoundRef {
        RoundRef { round: self.round }
    }
}

fn roster(folder: &Path, name: &str, student_nos: &[&str]) -> PathBuf {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "学号").unwrap();
    sheet.write_string(0, 1, "姓名").unwrap();
    for (row, student_no) in (1..).zip(student_nos) {
        sheet.write_string(row, 0, *student_no).unwrap();
        sheet.write_string(row, 1, "张伟").unwrap();
    }
    let path = folder.join(name);
    book.save(&path).unwrap();
    path
}

#[test]
fn an_undecided_photo_goes_back_to_the_pile() {
    let round = ByName::new();
    assert_eq!(round.gain_namesake(), 1);
    assert_eq!(round.piled(), [round.submission]);
    assert_eq!((round.card().submitted, round.card().in_piles), (0, 1));
    assert!(round.assign("2021310002"));
    assert!(round.piled().is_empty());
    let now = round.station.current_submission(round.round, "2021310002");
    assert_eq!(now.unwrap(), round.submission);
}

#[test]
fn a_decided_photo_keeps_its_decision_and_is_not_delivered_until_confirmed() {
    let round = ByName::new();
    round.approve();
    assert_eq!(round.gain_namesake(), 1);
    assert_eq!(round.told(), (0, 1), "whose it is comes first");
    assert_eq!(round.piled(), [round.submission]);
    let why = round.why_not_delivered();
    assert!(
        why.iter().any(|why| why.contains("不能确定这张照片是谁的")),
        "{why:?}"
    );
    assert!(
        !round.assign("2021310002"),
        "decided on for another student"
    );
    assert!(round.assign("2021310001"));
    assert_eq!(round.told(), (1, 0), "the decision stands");
    assert!(round.piled().is_empty());
    let other = ("2021310002".to_owned(), false);
    assert_eq!(round.told_at_the_desk(), [other]);
    assert!(
        !round
            .why_not_delivered()
            .iter()
            .any(|why| why.contains("不能确定这张照片是谁的"))
    );
}

#[test]
fn a_roster_without_namesakes_questions_nothing() {
    let round = ByName::new();
    assert!(round.told_at_the_desk().is_empty());
    let other = roster(round.folder.path(), "同一人.xlsx", &["2021310001"]);
    let committed = import_roster(&round.station, round.round, &other, false).unwrap();
    assert_eq!((committed.questioned, round.piled().len()), (0, 0));
}

#[test]
fn a_name_beside_a_number_that_nobody_has_waits_for_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let one = roster(folder.path(), "一人.xlsx", &["2021310001"]);
    import_roster(&station, round, &one, false).unwrap();
    let photos = folder.path().join("照片");
    std::fs::create_dir_all(photos.join("张伟")).unwrap();
    let jpeg = encode_jpeg(&paint(&Portrait::default()), &JpegOptions::default()).unwrap();
    std::fs::write(photos.join("张伟/31904567.jpg"), &jpeg).unwrap();
    let report = import_photos(&station, round, std::slice::from_ref(&photos)).unwrap();
    // A folder's name alone matches, and the number in it is told.
    assert_eq!((report.matched, report.beside_number), (1, 1));
    let line = report.beside.first().unwrap();
    assert!(line.file.ends_with("31904567.jpg"), "{line:?}");
    assert_eq!(line.whose, "2021310001 张伟");
    assert!(line.problem.contains("“31904567”"), "{line:?}");
    assert!(!line.remedy.is_empty());
    // What is there already is told no second time, nor what has a name alone.
    let again = import_photos(&station, round, &[photos]).unwrap();
    assert_eq!((again.already_there, again.beside_number), (1, 0));
    let plain = folder.path().join("补交");
    std::fs::create_dir(&plain).unwrap();
    std::fs::write(plain.join("张伟.jpg"), [&jpeg[..], b"\0"].concat()).unwrap();
    let plain = import_photos(&station, round, &[plain]).unwrap();
    assert_eq!((plain.resubmitted, plain.beside_number), (1, 0));
}

/// A folder of the same picture under each of these names, in files that differ.
fn photos(folder: &Path, files: &[&str]) -> PathBuf {
    let photos = folder.join("照片");
    std::fs::create_dir(&photos).unwrap();
    let jpeg = encode_jpeg(&paint(&Portrait::default()), &JpegOptions::default()).unwrap();
    for (at, file) in files.iter().enumerate() {
        std::fs::write(photos.join(file), [&jpeg[..], &vec![0; at]].concat()).unwrap();
    }
    photos
}

/// A roster of two with identity numbers, in this order of persons.
fn two(folder: &Path, name: &str, persons: [(&str, &str); 2]) -> PathBuf {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["学号", "姓名", "证件号码"],
        ["2022002", persons[0].0, persons[0].1],
        ["2022003", persons[1].0, persons[1].1],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let path = folder.join(name);
    book.save(&path).unwrap();
    path
}

#[test]
fn a_student_who_becomes_another_keeps_no_photo_unquestioned() {
    let number = |first: &str| format!("{first}{}", id_check_digit(first).unwrap());
    let (wang, zhao) = (number("11010120030307001"), number("11010120030307002"));
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let persons = [("王五", wang.as_str()), ("赵六", zhao.as_str())];
    let one = two(folder.path(), "名单.xlsx", persons);
    import_roster(&station, round, &one, false).unwrap();
    // One says by its name whose it is, the other by the number alone.
    let names = ["2022002-王五.jpg", "2022003.jpg"];
    let photos = photos(folder.path(), &names);
    import_photos(&station, round, &[photos]).unwrap();
    let submission = station.current_submission(round, "2022002").unwrap();
    let round = ByName {
        station,
        round,
        submission,
        folder,
    };
    round.approve();
    let swapped = [persons[1], persons[0]];
    let other = two(round.folder.path(), "更正.xlsx", swapped);
    let preview = round
        .station
        .roster_preview(RosterSource {
            round: round.round,
            path: other.display().to_string(),
            pasted: String::new(),
        })
        .unwrap();
    let told = preview.hints.first().unwrap();
    assert!(
        told.problem.contains("2 名学生的姓名和证件号码同时改变")
            && told.problem.contains("2 人已交照片、1 人已有审核结论"),
        "{told:?}"
    );
    let committed = import_roster(&round.station, round.round, &other, true).unwrap();
    assert_eq!(committed.questioned, 2);
    assert_eq!(round.told(), (0, 1), "whose it is comes first");
    assert_eq!(round.piled().len(), 2);
    let why = round.why_not_delivered();
    assert!(
        why.iter().any(|why| why.contains("不能确定这张照片是谁的")),
        "{why:?}"
    );
    // The same once more changes nobody, and answers nothing; nor do the photos that come again.
    let again = import_roster(&round.station, round.round, &other, true).unwrap();
    assert_eq!((again.questioned, again.rematched), (0, 0));
    let photos = round.folder.path().join("照片");
    let report = import_photos(&round.station, round.round, &[photos]).unwrap();
    assert_eq!((report.already_there, report.resubmitted), (2, 0));
    assert_eq!(round.piled().len(), 2);
    // Taken back, the questions go with it.
    let of = round.round_ref();
    round.station.roster_undo(of).unwrap();
    assert!(round.piled().is_empty());
    for student_no in ["2022002", "2022003"] {
        (round.station)
            .current_submission(round.round, student_no)
            .unwrap();
    }
    let why = round.why_not_delivered();
    assert!(
        !why.iter().any(|why| why.contains("不能确定这张照片是谁的")),
        "{why:?}"
    );
    assert_eq!(round.told(), (1, 0), "the decision stands");
    round.station.roster_redo(round.round_ref()).unwrap();
    assert_eq!(round.piled().len(), 2);
    assert_eq!(round.told(), (0, 1));
}

#[test]
fn a_corrected_name_or_number_alone_questions_nothing() {
    let number = |first: &str| format!("{first}{}", id_check_digit(first).unwrap());
    let numbers = [
        "11010120030307001",
        "11010120030307002",
        "11010120030307003",
    ]
    .map(number);
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let persons = [("王武", numbers[0].as_str()), ("赵六", numbers[1].as_str())];
    let one = two(folder.path(), "名单.xlsx", persons);
    import_roster(&station, round, &one, false).unwrap();
    let names = ["2022002-王五.jpg", "2022003-赵六.jpg"];
    let photos = photos(folder.path(), &names);
    import_photos(&station, round, &[photos]).unwrap();
    let persons = [("王五", numbers[0].as_str()), ("赵六", numbers[2].as_str())];
    let other = two(folder.path(), "更正.xlsx", persons);
    let committed = import_roster(&station, round, &other, true).unwrap();
    assert_eq!((committed.updated, committed.questioned), (2, 0));
}

#[test]
fn an_old_number_beside_a_name_is_a_question_that_one_answer_settles() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let listed = folder.path().join("名单.csv");
    std::fs::write(&listed, "学号,姓名\n2021310001,张伟\n2021310002,李娜\n").unwrap();
    import_roster(&station, round, &listed, false).unwrap();
    let names = ["1904567张伟.jpg", "1921000100李娜.jpg"];
    let photos = photos(folder.path(), &names);
    let report = import_photos(&station, round, &[photos]).unwrap();
    assert_eq!((report.matched, report.beside_number), (0, 0));
    let piles = station.pile_list(RoundRef { round }).unwrap();
    assert_eq!(piles.ambiguous.len(), 2);
    assert!(
        piles
            .ambiguous
            .iter()
            .all(|item| item.candidates.len() == 1)
    );
    let pairs: Vec<usize> = (piles.proposals.iter())
        .map(|proposal| proposal.pairs.len())
        .collect();
    assert_eq!(pairs, [2], "by name, both at once");
}

#[test]
fn a_payment_by_name_is_questioned_when_a_namesake_is_added() {
    let round = ByName::new();
    let list = round.folder.path().join("缴费.csv");
    std::fs::write(&list, "姓名,金额\n张伟,20\n").unwrap();
    let path = list.display().to_string();
    let args = FeeImport {
        round: round.round,
        path,
    };
    assert_eq!(round.station.fee_import(args).unwrap().matched, 1);
    let fees = || round.station.fee_show(round.round_ref()).unwrap();
    assert_eq!((fees().paid, fees().unknown.len()), (1, 0));
    round.gain_namesake();
    let shown = fees();
    assert_eq!((shown.paid, shown.unknown.len()), (0, 1));
    assert_eq!(shown.unknown[0].candidates.len(), 2);
}
