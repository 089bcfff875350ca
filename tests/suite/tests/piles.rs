//! Emptying the piles: proposals for many photos at once, putting back, putting aside, and rosters that come after.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use rust_xlsxwriter::Workbook;
use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Empty, NoticeAsk, PileAssign, PileAssignAll, PileDismiss, PileProposal, Piles, ReconcileAsk,
    RosterCommit, RosterSource, RoundRef, StudentsQuery, SubmissionRef,
};
use zhaoshen_suite::{import_photos, import_roster, new_round};

/// A round of four students, and photos under these names.
struct Round {
    station: Station,
    round: i64,
    folder: tempfile::TempDir,
}

const STUDENTS: [(&str, &str); 4] = [
    ("2021310001", "张伟"),
    ("2021310002", "李娜"),
    ("2021310003", "王芳"),
    ("2021310004", "赵强"),
];

impl Round {
    fn new(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (station, round) = new_round(folder.path(), "moe99").unwrap();
        let this = Self {
            station,
            round,
            folder,
        };
        this.roster(&STUDENTS);
        let photos = this.folder.path().join("照片");
        std::fs::create_dir(&photos).unwrap();
        for (seed, name) in names.iter().enumerate() {
            let portrait = Portrait {
                seed: u64::try_from(seed).unwrap(),
                ..Portrait::default()
            };
            let jpeg = encode_jpeg(&paint(&portrait), &JpegOptions::default()).unwrap();
            std::fs::write(photos.join(name), jpeg).unwrap();
        }
        import_photos(&this.station, round, &[photos]).unwrap();
        this
    }

    fn roster(&self, students: &[(&str, &str)]) {
        let mut text = "学号,姓名\n".to_owned();
        for (student_no, name) in students {
            text.push_str(&format!("{student_no},{name}\n"));
        }
        let path = self.folder.path().join(format!("{}.csv", students.len()));
        std::fs::write(&path, text).unwrap();
        import_roster(&self.station, self.round, &path, false).unwrap();
    }

    fn this(&self) -> RoundRef {
        RoundRef { round: self.round }
    }

    fn piles(&self) -> Piles {
        self.station.pile_list(self.this()).unwrap()
    }

    fn student(&self, student_no: &str) -> i64 {
        let hits = self
            .station
            .student_search(zhaoshen_station::wire::StudentSearch {
                round: self.round,
                text: student_no.to_owned(),
            });
        hits.unwrap()[0].student
    }

    fn take(&self, proposal: &PileProposal) -> Piles {
        let pairs = proposal.pairs.iter().map(|pair| PileAssign {
            submission: pair.submission,
            student: pair.student,
        });
        self.station
            .pile_assign_all(PileAssignAll {
                round: self.round,
                pairs: pairs.collect(),
            })
            .unwrap()
    }
}

fn numbers(proposal: &PileProposal) -> Vec<&str> {
    proposal
        .pairs
        .iter()
        .map(|pair| pair.student_no.as_str())
        .collect()
}

#[test]
fn names_with_an_old_number_are_given_by_name_in_one_act() {
    let round = Round::new(&[
        "2019310001-张伟.jpg",
        "2019310002-李娜.jpg",
        "2021310009-李娜.jpg",
        "2021310008-王芳.jpg",
        "截图.jpg",
    ]);
    let piles = round.piles();
    let [proposal] = &piles.proposals[..] else {
        panic!("{:?}", piles.proposals);
    };
    // Two files for 李娜 are for a person to look at.
    assert_eq!(
        numbers(proposal),
        ["2021310001", "2021310003"],
        "{}",
        proposal.reason
    );
    let left = round.take(proposal);
    assert_eq!(left.proposals.len(), 0);
    round.station.act_undo(round.this().into()).unwrap();
    assert_eq!(round.piles().ambiguous.len(), piles.ambiguous.len());
}

#[test]
fn whose_photo_may_wait_in_a_pile_is_missing_and_not_chased_as_if_nothing_came() {
    let round = Round::new(&["2021310001-李娜.jpg", "王芳.jpg"]);
    let chased = || {
        let view = round.station.notice_list(NoticeAsk {
            round: round.round,
            template: String::new(),
            deadline: String::new(),
        });
        view.unwrap()
    };
    let listed = || {
        let page = round.station.student_list(StudentsQuery {
            round: round.round,
            text: String::new(),
            state: "missing".to_owned(),
            offset: 0,
            limit: 100,
        });
        let rows = page.unwrap().students.into_iter();
        rows.map(|row| (row.name, row.awaiting_claim))
            .collect::<Vec<_>>()
    };
    let of = |name: &str, waits| (name.to_owned(), waits);
    let view = chased();
    assert_eq!(
        (view.students, view.missing_total, view.claimed_total),
        (4, 3, 2)
    );
    let [class] = view.missing.as_slice() else {
        panic!("{:?}", view.missing)
    };
    assert_eq!((class.missing, class.claimed), (3, 2));
    let (nothing_came, waits) = class.text.split_once('；').unwrap();
    assert!(
        nothing_came.contains("1 人未交学历照片：赵强"),
        "{nothing_came}"
    );
    assert!(waits.ends_with("有照片待认领：张伟、李娜"), "{waits}");
    assert!(view.missing_line.contains("其中 2 人可能已交"));
    assert_eq!(
        listed(),
        [of("张伟", true), of("李娜", true), of("赵强", false)]
    );
    let open = round.station.reconcile_list(ReconcileAsk {
        round: round.round,
        kind: "not_submitted".to_owned(),
        text: String::new(),
        offset: 0,
        limit: 100,
    });
    for row in open.unwrap().rows {
        let waits = row.name != "赵强";
        assert_eq!(row.text.contains("待认领"), waits, "{row:?}");
        assert_eq!(row.remedy.starts_with("先到“照片导入”"), waits, "{row:?}");
    }
    // Once somebody said whose it is, the other is chased like anybody.
    let submission = round.piles().ambiguous[0].submission;
    let student = round.student("2021310001");
    let given = PileAssign {
        submission,
        student,
    };
    round.station.pile_assign(given).unwrap();
    assert_eq!((chased().missing_total, chased().claimed_total), (2, 0));
    assert_eq!(listed(), [of("李娜", false), of("赵强", false)]);
    // So are both of a photo that is nobody's.
    round.station.act_undo(round.this().into()).unwrap();
    assert_eq!(chased().claimed_total, 2);
    let dismissed = PileDismiss {
        round: round.round,
        submissions: vec![submission],
    };
    round.station.pile_dismiss(dismissed).unwrap();
    assert_eq!((chased().missing_total, chased().claimed_total), (3, 0));
}

#[test]
fn one_answer_by_hand_teaches_the_rest() {
    let round = Round::new(&[
        "2111310001.jpg",
        "2111310002.jpg",
        "2111310004.jpg",
        "2111319999.jpg",
    ]);
    let piles = round.piles();
    assert_eq!(piles.not_on_roster.len() + piles.unknown.len(), 4);
    assert!(piles.proposals.is_empty(), "{:?}", piles.proposals);
    let all: Vec<_> = piles.not_on_roster.iter().chain(&piles.unknown).collect();
    let first = all
        .iter()
        .find(|item| item.file_name.ends_with("0001.jpg"))
        .unwrap();
    let piles = round
        .station
        .pile_assign(PileAssign {
            submission: first.submission,
            student: round.student("2021310001"),
        })
        .unwrap();
    let [proposal] = &piles.proposals[..] else {
        panic!("{:?}", piles.proposals);
    };
    assert_eq!(numbers(proposal), ["2021310002", "2021310004"]);
    assert!(
        proposal.reason.contains("“211”换成“202”"),
        "{}",
        proposal.reason
    );
    let left = round.take(proposal);
    assert_eq!(left.unknown.len(), 1);
    assert!(left.proposals.is_empty());
}

#[test]
fn a_photo_in_question_whose_student_left_counts_once() {
    let round = Round::new(&["张伟.jpg", "截图.jpg"]);
    let waiting = || {
        let piles = round.piles();
        let piled = piles.ambiguous.len() + piles.not_on_roster.len() + piles.unknown.len();
        let cards = round.station.app_status(Empty {}).unwrap().rounds;
        (piled, cards[0].in_piles)
    };
    assert_eq!(waiting(), (1, 1));
    let mut longer = STUDENTS.to_vec();
    longer.push(("2021310005", "张伟"));
    round.roster(&longer);
    assert_eq!(waiting(), (2, 2));
    // The roster without the first of both.
    let path = round.folder.path().join("没有.csv");
    std::fs::write(&path, "学号,姓名\n2021310002,李娜\n2021310005,张伟\n").unwrap();
    let path = path.to_string_lossy().into_owned();
    let preview = round.station.roster_preview(RosterSource {
        round: round.round,
        path: path.clone(),
        pasted: String::new(),
    });
    let commit = RosterCommit {
        round: round.round,
        path,
        pasted: String::new(),
        digest: preview.unwrap().digest,
        accept_updates: false,
        without: Vec::new(),
        without_fields: Vec::new(),
        take_off: vec![round.student("2021310001")],
    };
    round.station.roster_commit(commit).unwrap();
    assert_eq!(waiting(), (2, 2));
}

#[test]
fn put_back_and_put_aside_outlast_the_next_roster() {
    let round = Round::new(&["2021310001.jpg", "孙浩.jpg"]);
    let submission = round
        .station
        .current_submission(round.round, "2021310001")
        .unwrap();
    let piles = round
        .station
        .pile_put_back(SubmissionRef { submission })
        .unwrap();
    assert!(
        piles
            .unknown
            .iter()
            .any(|item| item.submission == submission && item.detail.contains("张伟"))
    );
    let stranger = piles
        .unknown
        .iter()
        .find(|item| item.file_name.contains("孙浩"))
        .unwrap()
        .submission;
    let piles = round
        .station
        .pile_dismiss(PileDismiss {
            round: round.round,
            submissions: vec![stranger],
        })
        .unwrap();
    assert_eq!(piles.dismissed.len(), 1);
    let mut longer = STUDENTS.to_vec();
    longer.push(("2021310005", "孙浩"));
    round.roster(&longer);
    let piles = round.piles();
    assert_eq!((piles.dismissed.len(), piles.unknown.len()), (1, 1));
    let piles = round
        .station
        .pile_put_back(SubmissionRef {
            submission: stranger,
        })
        .unwrap();
    assert_eq!((piles.dismissed.len(), piles.unknown.len()), (0, 2));
}

/// An index of one file, with one sheet per student; whether a sheet is hidden.
fn index(path: &Path, sheets: &[(&str, &str, bool)]) {
    let mut book = Workbook::new();
    for (name, student_no, hidden) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap().set_hidden(*hidden);
        for (row, cells) in (0..).zip([["文件名", "学号"], ["IMG_1.jpg", student_no]]) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

#[test]
fn a_hidden_sheet_of_an_index_says_nothing_and_is_named() {
    let round = Round::new(&[]);
    let folder = round.folder.path().join("编号照片");
    std::fs::create_dir(&folder).unwrap();
    let jpeg = encode_jpeg(&paint(&Portrait::default()), &JpegOptions::default()).unwrap();
    std::fs::write(folder.join("IMG_1.jpg"), jpeg).unwrap();
    let sheets = [("今年", "2021310001", false), ("去年", "2021310002", true)];
    index(&folder.join("索引.xlsx"), &sheets);
    let report = import_photos(&round.station, round.round, &[folder]).unwrap();
    assert_eq!(
        (report.indexes, report.matched, report.ambiguous),
        (1, 1, 0)
    );
    let of = |student_no: &str| round.station.current_submission(round.round, student_no);
    assert!(of("2021310001").is_ok() && of("2021310002").is_err());
    let [line] = report.lines.as_slice() else {
        panic!("{:?}", report.lines)
    };
    assert!(line.file.ends_with("索引.xlsx"), "{line:?}");
    assert!(line.problem.contains("“去年”（隐藏）"), "{line:?}");
    assert!(line.remedy.contains("另存为单独的文件"), "{line:?}");
}

#[test]
fn a_number_beside_the_name_of_nobody_on_the_roster_waits_for_a_person() {
    let round = Round::new(&[
        "2021310001-孙欣怡.jpg",
        "2021310002 李娜 证件照.jpg",
        "2021310003蓝底.jpg",
    ]);
    let piles = round.piles();
    let [item] = piles.ambiguous.as_slice() else {
        panic!("{:?}", piles.ambiguous)
    };
    assert!(item.file_name.ends_with("2021310001-孙欣怡.jpg"));
    assert!(
        item.detail.contains("“孙欣怡”像是另一个人的姓名"),
        "{}",
        item.detail
    );
    assert_eq!(item.candidates.len(), 1);
    let of = |student_no: &str| round.station.current_submission(round.round, student_no);
    assert!(of("2021310001").is_err() && of("2021310002").is_ok() && of("2021310003").is_ok());
}

#[test]
fn a_row_of_an_index_whose_file_did_not_come_is_told_by_its_cell() {
    let round = Round::new(&[]);
    let folder = round.folder.path().join("编号照片");
    std::fs::create_dir(&folder).unwrap();
    let jpeg = encode_jpeg(&paint(&Portrait::default()), &JpegOptions::default()).unwrap();
    std::fs::write(folder.join("IMG_1.jpg"), jpeg).unwrap();
    let rows = "文件名,学号\nIMG_1.JPG,2021310001\nDSC_9999.JPG,2021310002\n";
    std::fs::write(folder.join("索引.csv"), rows).unwrap();
    let report = import_photos(&round.station, round.round, &[folder]).unwrap();
    assert_eq!((report.indexes, report.matched, report.files), (1, 1, 1));
    let [line] = report.lines.as_slice() else {
        panic!("{:?}", report.lines)
    };
    assert!(
        line.file.ends_with("索引.csv") && line.whose.contains("李娜"),
        "{line:?}"
    );
    assert!(
        line.problem.contains("A3") && line.problem.contains("DSC_9999.JPG"),
        "{line:?}"
    );
}

#[test]
fn a_row_of_an_index_whose_number_is_not_on_the_roster_says_so_by_its_cell() {
    let round = Round::new(&[]);
    let folder = round.folder.path().join("编号照片");
    std::fs::create_dir(&folder).unwrap();
    let jpeg = encode_jpeg(&paint(&Portrait::default()), &JpegOptions::default()).unwrap();
    std::fs::write(folder.join("IMG_1.jpg"), jpeg).unwrap();
    let rows = "文件名,学号\nIMG_2.jpg,2021319998\nIMG_1.jpg,2021319999\n";
    std::fs::write(folder.join("索引.csv"), rows).unwrap();
    let report = import_photos(&round.station, round.round, &[folder]).unwrap();
    assert_eq!((report.indexes, report.not_on_roster), (1, 1));
    let problems: Vec<&str> = (report.lines.iter())
        .map(|line| line.problem.as_str())
        .collect();
    assert_eq!(
        problems,
        [
            "索引表 A3 写的“IMG_1.jpg”：学号不在名单中（“2021319999”）",
            "索引表 A2 写的“IMG_2.jpg”：学号不在名单中（“2021319998”），这次导入的文件里也没有它",
        ]
    );
    assert!(
        report
            .lines
            .iter()
            .all(|line| line.remedy.contains("补充名单"))
    );
}

#[test]
fn a_file_that_is_no_photo_is_asked_of_the_student_whom_its_name_tells() {
    let round = Round::new(&[]);
    let folder = round.folder.path().join("收");
    std::fs::create_dir(&folder).unwrap();
    for name in ["2021310001.jpg", "李娜.docx", "报名表.docx", "旅行.jpg"] {
        std::fs::write(folder.join(name), "不是照片的一段文字").unwrap();
    }
    let report = import_photos(&round.station, round.round, &[folder]).unwrap();
    assert_eq!((report.files, report.refused), (4, 4));
    let mut told: Vec<_> = report
        .lines
        .iter()
        .map(|line| {
            let file = line.file.rsplit('/').next().unwrap();
            (file, line.whose.as_str(), line.remedy.as_str())
        })
        .collect();
    told.sort_unstable();
    let asked = "请学生重新交照片原图";
    assert_eq!(told[0], ("2021310001.jpg", "2021310001 张伟", asked));
    assert_eq!(told[1], ("报名表.docx", "", "可以不管"));
    assert_eq!((told[2].0, told[2].1), ("旅行.jpg", ""));
    assert!(told[2].2.contains("是谁"), "{told:?}");
    assert_eq!(told[3], ("李娜.docx", "2021310002 李娜", asked));
}
