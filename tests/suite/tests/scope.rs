//! Whom a round collects: cohorts, students named, lists of those who have a photo already, and numbers that add up on
//! every screen.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, CollectedImport, CollectedImported, DeliveryMode, DeliveryOptions, IntakeReport,
    NoticeAsk, PileAssign, Piles, QueueOpen, RoundRef, ScopeCohort, ScopeCounts, ScopeSet,
    ScopeView, StudentMark, StudentRow, StudentsQuery, SubmissionRef,
};
use zhaoshen_suite::{import_photos, import_roster, new_round};

/// 学号, 姓名, 年级, 学习形式, 层次, 校区.
const ROSTER: &str = "学号,姓名,年级,学习形式,层次,校区\n\
    2020310001,张伟,2020级,非全日制,硕士,北京校部\n\
    2020310002,李娜,2020级,全日制,硕士,北京校部\n\
    2021310003,王芳,2021,非全日制,硕士研究生,北京校部\n\
    2021310004,赵强,2021,非全日制,硕士,保定校区\n\
    2018310005,钱进,2018,非全日制,博士,北京校部\n\
    2018310006,钱进,2018,非全日制,博士,北京校部\n";

struct Round {
    station: Station,
    round: i64,
    folder: tempfile::TempDir,
}

impl Round {
    /// A round whose roster is [`ROSTER`].
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (station, round) = new_round(folder.path(), "moe99").unwrap();
        let path = folder.path().join("名单.csv");
        std::fs::write(&path, ROSTER).unwrap();
        import_roster(&station, round, &path, false).unwrap();
        Self {
            station,
            round,
            folder,
        }
    }

    fn this(&self) -> RoundRef {
        RoundRef { round: self.round }
    }

    fn photos(&self, folder: &str, names: &[&str]) -> IntakeReport {
        let photos = self.folder.path().join(folder);
        std::fs::create_dir(&photos).unwrap();
        for name in names {
            let portrait = Portrait {
                seed: name.bytes().map(u64::from).sum(),
                ..Portrait::default()
            };
            let jpeg = encode_jpeg(&paint(&portrait), &JpegOptions::default()).unwrap();
            std::fs::write(photos.join(name), jpeg).unwrap();
        }
        import_photos(&self.station, self.round, &[photos]).unwrap()
    }

    fn view(&self) -> ScopeView {
        self.station.scope_show(self.this()).unwrap()
    }

    /// 北京 2020 and 2021, 非全日制.
    fn announced(&self) -> ScopeSet {
        let list = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        ScopeSet {
            cohorts: vec![ScopeCohort {
                grades: list(&["2020", "2021"]),
                study_modes: list(&["非全日制"]),
                levels: Vec::new(),
                campuses: list(&["北京"]),
                ..ScopeCohort::default()
            }],
            ..self.view().scope
        }
    }

    fn mark(&self, mark: &str, on: bool, student_nos: &[&str]) -> u32 {
        let students = student_nos
            .iter()
            .map(|no| self.station.student_numbered(self.round, no).unwrap());
        let args = StudentMark {
            round: self.round,
            students: students.collect(),
            mark: mark.to_owned(),
            on,
            note: String::new(),
        };
        self.station.student_mark(args).unwrap().changed
    }

    fn collected(&self, text: &str) -> CollectedImported {
        let path = self.folder.path().join("已有照片.csv");
        std::fs::write(&path, text).unwrap();
        let args = CollectedImport {
            round: self.round,
            path: path.display().to_string(),
        };
        self.station.collected_import(args).unwrap()
    }

    fn students(&self, state: &str) -> Vec<StudentRow> {
        let query = StudentsQuery {
            round: self.round,
            text: String::new(),
            state: state.to_owned(),
            offset: 0,
            limit: 100,
        };
        self.station.student_list(query).unwrap().students
    }

    fn numbers(&self, state: &str) -> Vec<String> {
        let rows = self.students(state).into_iter();
        rows.map(|row| row.student_no.chars().skip(8).collect())
            .collect()
    }

    fn piles(&self) -> Piles {
        self.station.pile_list(self.this()).unwrap()
    }

    fn undo(&self) -> Option<String> {
        let undone = self.station.scope_undo(self.this()).unwrap();
        undone.act.map(|act| act.summary)
    }
}

fn reasons(counts: &ScopeCounts) -> Vec<(&str, u32)> {
    let reasons = counts.reasons.iter();
    reasons
        .map(|reason| (reason.why.as_str(), reason.students))
        .collect()
}

/// 名单, 应采, 免采, 已交, 未交; they add up.
fn sums(counts: &ScopeCounts) -> [u32; 5] {
    assert_eq!(counts.listed, counts.due + counts.exempt);
    assert_eq!(counts.due, counts.submitted + counts.missing);
    let by_reason: u32 = counts.reasons.iter().map(|reason| reason.students).sum();
    assert_eq!(counts.exempt, by_reason);
    [
        counts.listed,
        counts.due,
        counts.exempt,
        counts.submitted,
        counts.missing,
    ]
}

#[test]
fn a_scope_is_seen_before_it_is_saved_and_taken_back_as_one() {
    let round = Round::new();
    let view = round.view();
    assert_eq!(sums(&view.counts), [6, 6, 0, 0, 6]);
    let values = |choices: &[zhaoshen_station::wire::ScopeChoice]| {
        let told = choices.iter();
        told.map(|choice| format!("{} {}", choice.value, choice.students))
            .collect::<Vec<_>>()
    };
    assert_eq!(values(&view.choices.grades), ["2018 2", "2020 2", "2021 2"]);
    assert_eq!(values(&view.choices.levels), ["博士 2", "硕士 4"]);
    assert_eq!(values(&view.choices.campuses), ["保定 1", "北京 5"]);
    // What is chosen of one column leaves of the others what its students have.
    for (at, grade) in (0..).zip(&view.choices.grades) {
        let together = view.together.iter().filter(|one| one.places[0] == at);
        let students: u32 = together.map(|one| one.students).sum();
        assert_eq!(students, grade.students, "{}", grade.value);
    }

    let announced = round.announced();
    let tried = round.station.scope_preview(announced.clone()).unwrap();
    assert_eq!(sums(&tried), [6, 2, 4, 0, 2]);
    assert_eq!(reasons(&tried), [("out_of_scope", 4)]);
    assert_eq!(
        sums(&round.view().counts),
        [6, 6, 0, 0, 6],
        "nothing was stored"
    );

    let set = round.station.scope_set(announced).unwrap();
    assert_eq!(sums(&set.counts), sums(&tried));
    assert_eq!(round.numbers("due"), ["01", "03"]);
    assert_eq!(
        round.numbers("exempt:out_of_scope"),
        ["05", "06", "02", "04"]
    );
    assert_eq!(round.students("exempt")[0].exempt, "不在采集范围");
    let away = StudentMark {
        round: round.round,
        students: vec![round.students("due")[0].student],
        mark: "other".to_owned(),
        on: true,
        note: " 出国交流 ".to_owned(),
    };
    assert_eq!(round.station.student_mark(away).unwrap().changed, 1);
    assert_eq!(
        round.students("exempt:other")[0].exempt,
        "其他原因：出国交流"
    );
    assert!(round.undo().unwrap().contains("标记学生 1 人"));
    assert_eq!(set.undo.as_deref(), Some("更改采集范围"));
    assert!(round.undo().unwrap().contains("更改采集范围"));
    assert_eq!(round.numbers("exempt"), [""; 0]);
    assert_eq!(round.undo(), None);
    let redone = round.station.scope_redo(round.this()).unwrap();
    assert!(redone.act.is_some());
    assert_eq!(round.numbers("due"), ["01", "03"]);
}

#[test]
fn a_window_whose_end_is_first_is_refused() {
    let round = Round::new();
    let reversed = ScopeSet {
        opens_on: "2026-12-15".to_owned(),
        closes_on: "2026-11-01".to_owned(),
        ..round.announced()
    };
    let refused = round.station.scope_set(reversed).unwrap_err();
    assert_eq!(refused.code, Code::Refused);
}

#[test]
fn photos_of_the_exempt_lie_apart_with_the_reason_and_come_back_with_the_student() {
    let round = Round::new();
    round.station.scope_set(round.announced()).unwrap();
    round.mark("collected", true, &["2020310001"]);
    let report = round.photos(
        "第一批",
        &[
            "2020310001.jpg",
            "2020310002.jpg",
            "2021310003.jpg",
            "IMG_1.jpg",
        ],
    );
    assert_eq!(
        (
            report.files,
            report.matched,
            report.excluded,
            report.unknown
        ),
        (4, 1, 2, 1)
    );
    let told: Vec<&str> = report
        .lines
        .iter()
        .map(|line| line.problem.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "2020310001 张伟 免采（已有学历照片），照片没有归给他",
            "2020310002 李娜 免采（不在采集范围），照片没有归给他"
        ]
    );
    let again = import_photos(
        &round.station,
        round.round,
        &[round.folder.path().join("第一批")],
    );
    let again = again.unwrap();
    assert_eq!((again.excluded, again.already_there), (0, 4));

    let piles = round.piles();
    assert_eq!((piles.excluded.len(), piles.unknown.len()), (2, 1));
    assert_eq!(
        piles.excluded[0].detail,
        "2020310001 张伟 免采（已有学历照片）"
    );
    let given = round.station.pile_assign(PileAssign {
        submission: piles.unknown[0].submission,
        student: round
            .station
            .student_numbered(round.round, "2020310001")
            .unwrap(),
    });
    assert!(given.unwrap_err().message.contains("免采（已有学历照片）"));
    let pending = |round: &Round| {
        let queue = QueueOpen {
            round: round.round,
            queue: "pending".to_owned(),
            limit: None,
        };
        round.station.queue_open(queue).unwrap().items.len()
    };
    assert_eq!(pending(&round), 1);
    assert_eq!(sums(&round.view().counts), [6, 1, 5, 1, 0]);
    assert_eq!(round.view().counts.exempt_with_photo, 2);

    assert_eq!(round.mark("collected", false, &["2020310001"]), 1);
    assert_eq!((pending(&round), round.piles().excluded.len()), (2, 1));
    assert_eq!(round.mark("straggler", true, &["2020310002"]), 1);
    assert_eq!((pending(&round), round.piles().excluded.len()), (3, 0));
    assert_eq!(round.numbers("straggler"), ["02"]);
    let unchecked = round.station.round_show(round.this()).unwrap().unchecked;
    assert_eq!(
        unchecked, 0,
        "an exempt student's photo is checked all the same"
    );
}

#[test]
fn the_numbers_are_the_same_on_every_screen() {
    let round = Round::new();
    round.station.scope_set(round.announced()).unwrap();
    round.photos("第一批", &["2020310001.jpg", "2020310002.jpg"]);
    let card = round.station.round_show(round.this()).unwrap();
    let on_card = [
        card.students,
        card.due,
        card.exempt,
        card.submitted,
        card.missing,
    ];
    assert_eq!(on_card, [6, 2, 4, 1, 1]);
    assert_eq!((card.excluded, card.in_piles, card.pending), (1, 0, 1));
    assert_eq!(sums(&round.view().counts), on_card);
    let progress = round
        .station
        .statistics_show(round.this())
        .unwrap()
        .progress;
    let told = [
        progress.students,
        progress.due,
        progress.exempt,
        progress.submitted,
        progress.missing,
    ];
    assert_eq!(told, on_card);
    let chased = round.station.notice_list(NoticeAsk {
        round: round.round,
        template: String::new(),
        deadline: String::new(),
    });
    let chased = chased.unwrap();
    assert_eq!((chased.students, chased.missing_total), (2, 1));
    let preview = round.station.delivery_preview(DeliveryOptions::plain(
        round.round,
        DeliveryMode::CollectionCode,
        "{学号}.jpg",
    ));
    let preview = preview.unwrap();
    assert_eq!((preview.listed, preview.due, preview.exempt), (6, 2, 4));
    assert_eq!(preview.ready + preview.not_ready, 2);
    let fees = round.station.fee_show(round.this()).unwrap();
    assert_eq!(
        (fees.students, fees.unpaid),
        (2, 2),
        "nobody else owes anything"
    );
    let books = round.station.reconcile_show(round.this()).unwrap();
    let roster = &books.sums[0];
    let exempt = roster.parts.iter().find(|part| part.title == "免采");
    assert_eq!((roster.whole, exempt.map(|part| part.number)), (6, Some(4)));
}

#[test]
fn a_list_of_the_collected_marks_whom_it_names_and_tells_of_the_rest() {
    let round = Round::new();
    let done = round.collected(
        "2025 年已采集学生,,\n序号,学号,姓名\n\
         1,2020310001,张伟\n2,,李娜\n3,2020310001,\n4,,钱进\n5,2021310003,赵强\n6,2019310099,孙悟空\n7,,\n8,2021310004,孙悟空\n",
    );
    assert_eq!((done.rows, done.marked, done.known), (7, 2, 1));
    assert_eq!((done.ambiguous, done.strangers, done.by_name), (3, 1, 1));
    let rows: Vec<u32> = done.lines.iter().map(|line| line.row).collect();
    assert_eq!(rows, [4, 6, 7, 10, 8]);
    assert_eq!(round.numbers("exempt:collected"), ["01", "02"]);
    let again = round.collected("学号\n2020310001\n2018310005\n");
    assert_eq!((again.marked, again.known), (1, 1));

    // Who is listed without a photo is to be collected, and what says neither is told.
    let stated = "学号,学历照片\n2021310003,无\n2021310004,待查\n2020310001,有\n";
    let stated = round.collected(stated);
    assert_eq!((stated.rows, stated.marked, stated.known), (3, 0, 1));
    assert_eq!((stated.without, stated.unclear), (1, 1));
    let told = stated.lines.iter().map(|line| (line.row, &*line.why));
    let unclear = "“待查”看不出有没有学历照片，没有标记；请写“有”或“无”";
    assert_eq!(told.collect::<Vec<_>>(), [(3, unclear)]);

    let redo = ScopeSet {
        redo: true,
        ..round.view().scope
    };
    assert_eq!(
        sums(&round.station.scope_set(redo).unwrap().counts),
        [6, 6, 0, 0, 6]
    );
    assert_eq!(round.view().collected, 3);
    for left in [3, 2, 0] {
        assert!(round.undo().is_some());
        assert_eq!(round.numbers("exempt").len(), left);
    }
    let path = round.folder.path().join("无关.csv");
    std::fs::write(&path, "序号,备注\n1,张三\n").unwrap();
    let refused = round.station.collected_import(CollectedImport {
        round: round.round,
        path: path.display().to_string(),
    });
    assert!(refused.unwrap_err().message.contains("没有找到学生"));
}

#[test]
fn an_identity_number_of_the_list_is_told_masked() {
    let round = Round::new();
    let done = round.collected("姓名,身份证号\n孙悟空,11010519491231002X\n11010519491231002X,\n");
    assert_eq!(done.strangers, 2);
    for line in &done.lines {
        assert!(!line.text.contains("1231002X"), "{}", line.text);
    }
}

#[test]
fn a_photo_outside_the_window_is_marked_and_taken_all_the_same() {
    let round = Round::new();
    let over = ScopeSet {
        opens_on: "2020-03-01".to_owned(),
        closes_on: "2020-03-31".to_owned(),
        ..round.view().scope
    };
    round.station.scope_set(over.clone()).unwrap();
    let report = round.photos("迟交", &["2020310001.jpg"]);
    assert_eq!(report.matched, 1);
    assert!(report.outside_window.contains("采集截止后收到"));
    let counts = round.view().counts;
    assert_eq!((counts.submitted, counts.outside_window), (1, 1));
    let submission = round
        .station
        .current_submission(round.round, "2020310001")
        .unwrap();
    let shown = |round: &Round| {
        let view = round.station.submission_show(SubmissionRef { submission });
        view.unwrap().history[0].outside_window.clone()
    };
    assert_eq!(shown(&round), "采集截止后收到");
    let longer = ScopeSet {
        closes_on: String::new(),
        ..over
    };
    round.station.scope_set(longer).unwrap();
    assert_eq!(shown(&round), "");
}

#[test]
fn a_photo_past_the_limit_is_taken_counted_and_marked_for_the_reviewer() {
    let round = Round::new();
    let limited = |limit| ScopeSet {
        limit,
        ..round.view().scope
    };
    let past = round.station.scope_set(limited(100));
    assert!(past.is_err(), "a limit beyond any is none");
    round.station.scope_set(limited(2)).unwrap();
    assert_eq!(round.view().scope.limit, 2);
    let mut over = Vec::new();
    for name in ["2020310001.jpg", "2020310001-a.jpg", "2020310001-b.jpg"] {
        over.push(round.photos(name, &[name]).over_limit);
    }
    assert_eq!(over, [0, 0, 1]);
    assert_eq!(round.view().counts.over_limit, 1);
    let submission = (round.station).current_submission(round.round, "2020310001");
    let submission = submission.unwrap();
    let shown = |round: &Round| -> Vec<String> {
        let view = round.station.submission_show(SubmissionRef { submission });
        let history = view.unwrap().history.into_iter();
        history.map(|entry| entry.over_limit).collect()
    };
    assert_eq!(
        shown(&round),
        ["", "", "第3次提交，超过本批次每人2次的限制"]
    );
    // Another limit judges anew what came before, and undo brings it back.
    round.station.scope_set(limited(0)).unwrap();
    assert_eq!(shown(&round), ["", "", ""]);
    round.station.scope_undo(round.this()).unwrap();
    assert_eq!(round.view().scope.limit, 2);
}

#[test]
fn photos_that_come_together_are_handed_in_once() {
    let round = Round::new();
    let limited = ScopeSet {
        limit: 1,
        ..round.view().scope
    };
    round.station.scope_set(limited).unwrap();
    let names = ["2020310001.jpg", "2020310001-a.jpg", "2020310001-b.jpg"];
    let report = round.photos("一次", &names);
    assert_eq!((report.over_limit, report.together), (0, 1));
    assert_eq!(round.view().counts.over_limit, 0);
    let again = round.photos("又一次", &["2020310001-c.jpg", "2020310001-d.jpg"]);
    assert_eq!(again.over_limit, 2);
    assert_eq!(round.view().counts.over_limit, 1);
}
