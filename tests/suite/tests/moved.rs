//! Photos that went for another student, or under another 学号, than they would go now: they go again, the reconciliation
//! tells of them until then, and what the studio says of the old file is booked for nobody else.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::PathBuf;

use zhaoshen_station::wire::{
    ChooseRequest, DeliveryMode, DeliveryOptions, IntakeReport, PileAssign, ReceiptAssign,
    ReceiptsDrop, ReceiptsImport, ReceiptsImported, ReconcileRow, RoundRef, StudentsQuery,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{import_photos, import_photos_as, import_roster};

/// Students delivered at first, and two more later.
const FIRST: usize = 5;

struct Office {
    round: TakenIn,
    /// 学号 of students whose photos pass, in order.
    clear: Vec<String>,
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let round = TakenIn::new().unwrap();
        let clear = round.clear(FIRST + 2).unwrap().into_iter();
        Self {
            clear: clear.map(|item| item.student_no).collect(),
            round,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn current(&self, student_no: &str) -> i64 {
        self.round.submission(student_no).unwrap()
    }

    fn approve(&self, submission: i64) {
        self.round.decide(submission, "approved").unwrap();
    }

    fn undo(&self) {
        let round = RoundRef {
            round: self.round.round,
        };
        self.round.station.act_undo(round.into()).unwrap();
    }

    fn give(&self, submission: i64, student_no: &str) {
        let (station, round) = (&self.round.station, self.round.round);
        let student = station.student_numbered(round, student_no).unwrap();
        let args = PileAssign {
            submission,
            student,
        };
        station.pile_assign(args).unwrap();
    }

    fn only_new(&self) -> DeliveryOptions {
        let mode = DeliveryMode::CollectionCode;
        let mut options = self.round.options(mode, "{学号}.jpg");
        options.shape.only_new = true;
        options
    }

    /// What the preview tells of a delivery of what is new.
    fn notices(&self) -> String {
        let preview = self.round.station.delivery_preview(self.only_new());
        preview.unwrap().notices.join("\n")
    }

    /// Delivers what is new: the names of the photos without ending, in order.
    fn deliver(&self, name: &str) -> Vec<String> {
        let folder = self.folder.path().join(name);
        self.round.deliver(self.only_new(), &folder).unwrap();
        let files = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = files
            .filter_map(|entry| {
                let name = entry.unwrap().file_name().into_string().unwrap();
                Some(name.strip_suffix(".jpg")?.to_owned())
            })
            .collect();
        names.sort();
        names
    }

    fn delivered(&self, name: &str, student_no: &str) -> Vec<u8> {
        let folder = self.folder.path().join(name);
        fs::read(folder.join(format!("{student_no}.jpg"))).unwrap()
    }

    /// A folder with one photo under a student's 学号.
    fn photo(&self, name: &str, student_no: &str, bytes: &[u8]) -> PathBuf {
        let folder = self.folder.path().join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join(format!("{student_no}.jpg")), bytes).unwrap();
        folder
    }

    fn returned(&self, folder: PathBuf) -> IntakeReport {
        let (station, round) = (&self.round.station, self.round.round);
        import_photos_as(station, round, &[folder], true).unwrap()
    }

    fn receipts(&self, name: &str, text: &str) -> ReceiptsImported {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        let ask = ReceiptsImport {
            round: self.round.round,
            path: path.display().to_string(),
            kind: String::new(),
            delivery: None,
        };
        self.round.station.receipts_import(ask).unwrap()
    }

    fn rows(&self, kind: &str) -> Vec<ReconcileRow> {
        self.round.differences(kind).unwrap()
    }

    /// 学号 of those with a difference of a kind.
    fn of(&self, kind: &str) -> Vec<String> {
        let rows = self.rows(kind).into_iter();
        rows.map(|row| row.student_no).collect()
    }

    /// Imports the roster with other 学号 for some.
    fn renumber(&self, name: &str, other: &[(&str, &str)]) {
        let path = self.folder.path().join(name);
        let mut text = String::from("学号,姓名,证件号码\n");
        for student in &self.round.plan.students {
            let own = student.student_no.as_str();
            let now = other.iter().find(|(was, _)| *was == own);
            let number = now.map_or(own, |(_, now)| now);
            text.push_str(&format!(
                "{number},{},{}\n",
                student.name, student.id_number
            ));
        }
        fs::write(&path, text).unwrap();
        import_roster(&self.round.station, self.round.round, &path, true).unwrap();
    }
}

#[test]
fn what_the_studio_has_otherwise_goes_again_and_is_told_until_then() {
    let office = Office::new();
    for student_no in &office.clear[..FIRST] {
        office.approve(office.current(student_no));
    }
    assert_eq!(office.deliver("一").len(), FIRST);
    assert!(
        office.notices().contains("没有新增"),
        "{}",
        office.notices()
    );
    assert!(office.of("moved").is_empty());
    an_earlier_photo_counts_again(&office);
    a_photo_is_given_to_another(&office);
    a_number_is_corrected(&office);
    two_numbers_are_exchanged(&office);
}

fn an_earlier_photo_counts_again(office: &Office) {
    let whose = office.clear[FIRST - 1].as_str();
    let first = office.current(whose);
    let other = [office.delivered("一", whose).as_slice(), b"\0"].concat();
    let later = office.photo("重交", whose, &other);
    import_photos(&office.round.station, office.round.round, &[later]).unwrap();
    let second = office.current(whose);
    assert_ne!(first, second);
    office.approve(second);
    assert_eq!(office.deliver("二"), [whose]);
    office.undo();
    office.undo();
    let choose = ChooseRequest {
        submission: first,
        seen_student: whose.to_owned(),
    };
    office.round.station.submission_choose(choose).unwrap();
    office.approve(first);
    assert_eq!(office.of("moved"), [whose]);
    assert!(office.notices().contains("改回了"), "{}", office.notices());
    assert_eq!(office.deliver("三"), [whose]);
    assert_eq!(office.delivered("三", whose), office.delivered("一", whose));
    assert!(office.of("moved").is_empty());
}

fn a_photo_is_given_to_another(office: &Office) {
    let was = office.clear[FIRST - 1].as_str();
    let missing = office.round.station.student_list(StudentsQuery {
        round: office.round.round,
        state: "missing".to_owned(),
        text: String::new(),
        offset: 0,
        limit: 1,
    });
    let now = missing.unwrap().students.remove(0).student_no;
    let submission = office.current(was);
    office.undo();
    office.give(submission, &now);
    office.approve(submission);

    let row = office.rows("moved").remove(0);
    assert_eq!(row.student_no, now);
    assert!(
        row.text.contains(&format!("第 3 次交付：{was}.jpg")),
        "{row:?}"
    );
    assert!(row.remedy.contains("作废"), "{row:?}");
    assert_eq!(office.of("revoked"), [was]);
    // What went for another is delivered to nobody.
    let shown = || {
        let round = office.round.round;
        office.round.station.round_show(RoundRef { round }).unwrap()
    };
    let (delivered, approved) = (shown().delivered, shown().approved);
    assert_eq!(delivered + 1, approved);
    let told = office.notices();
    assert!(told.contains(&now) && told.contains("改到了"), "{told}");

    // What the studio says of the file is the first one's, and nobody's answer by itself.
    let list = format!("文件名,审核结果\n{was}.jpg,通过\n");
    assert_eq!(office.receipts("给错.csv", &list).added, 1);
    let row = office.rows("receipt_moved").remove(0);
    assert_eq!(row.student_no, was);
    assert!(row.text.contains(&now), "{row:?}");
    assert_eq!(office.of("moved"), [now.as_str()]);
    let back = office.photo("返回", was, &office.delivered("一", was));
    let report = office.returned(back);
    assert_eq!((report.unchanged, report.refused), (0, 1), "{report:?}");
    let row = office.rows("set_changed").remove(0);
    assert_eq!(row.student_no, was);
    assert!(row.remedy.contains("作废"), "{row:?}");

    assert_eq!(office.deliver("四"), [now.as_str()]);
    assert_eq!(shown().delivered, approved);
    assert!(office.of("moved").is_empty());
    assert!(office.of("unanswered").contains(&now));
    // The file to be stopped is the one that went for the first, not the good one of the second.
    let row = office.rows("revoked").remove(0);
    assert!(row.text.contains(&format!("{was}.jpg")), "{row:?}");
    // Said to be the second's, the answer holds for the file that went for the second.
    let (station, round) = (&office.round.station, office.round.round);
    let receipt = office.rows("receipt_moved")[0].receipt.unwrap();
    let student = station.student_numbered(round, &now).unwrap();
    let assign = ReceiptAssign {
        round,
        receipt,
        student,
    };
    station.receipt_assign(assign).unwrap();
    assert!(!office.of("unanswered").contains(&now));
    station.reconcile_undo(RoundRef { round }).unwrap();
    assert!(office.of("unanswered").contains(&now));
    // The first row is about the first still, until a person settles it.
    let receipts = vec![office.rows("receipt_moved")[0].receipt.unwrap()];
    let drop = ReceiptsDrop {
        round: office.round.round,
        receipts,
    };
    office.round.station.receipts_drop(drop).unwrap();
    assert!(office.of("receipt_moved").is_empty());
}

fn a_number_is_corrected(office: &Office) {
    let (was, now) = (office.clear[0].as_str(), "2099319902");
    office.renumber("改号.csv", &[(was, now)]);
    assert_eq!(office.of("moved"), [now]);
    // The studio knows the number that it was given.
    let list = |number: &str| format!("学号,审核结果\n{number},通过\n");
    let read = office.receipts("旧号.csv", &list(was));
    assert_eq!((read.added, read.unclear_total), (1, 0), "{read:?}");
    assert_eq!(office.of("moved"), [now], "taken under the old number");
    assert!(
        office.notices().contains("学号改了"),
        "{}",
        office.notices()
    );

    assert_eq!(office.deliver("五"), [now]);
    assert!(office.of("moved").is_empty());
    assert!(office.of("unanswered").contains(&now.to_owned()));
    // The photo comes back under the old name, and then the list has the new number.
    let report = office.returned(office.photo("旧名", was, &office.delivered("五", now)));
    assert_eq!((report.unchanged, report.refused), (0, 1), "{report:?}");
    assert_eq!(office.receipts("新号.csv", &list(now)).added, 1);
    assert!(!office.of("unanswered").contains(&now.to_owned()));
}

fn two_numbers_are_exchanged(office: &Office) {
    let [one, two] = [FIRST, FIRST + 1].map(|at| office.clear[at].as_str());
    let [first, second] = [one, two].map(|whose| office.current(whose));
    office.approve(first);
    office.approve(second);
    assert_eq!(office.deliver("六"), [one, two]);
    let kept = (office.clear[0].as_str(), "2099319902");
    office.renumber("对调.csv", &[kept, (one, two), (two, one)]);
    office.undo();
    office.undo();
    for (submission, whose) in [(first, two), (second, one)] {
        if office.round.submission(whose).ok() != Some(submission) {
            office.give(submission, whose);
        }
    }
    office.approve(first);
    office.approve(second);
    assert_eq!(office.of("moved"), [one, two]);
    assert_eq!(office.deliver("七"), [one, two]);
    assert_eq!(office.delivered("七", two), office.delivered("六", one));
    assert_eq!(office.delivered("七", one), office.delivered("六", two));
    assert!(office.of("moved").is_empty());
    // Of two deliveries with one name, the answer is to the last.
    let list = format!("文件名,审核结果\n{one}.jpg,通过\n");
    assert_eq!(office.receipts("对调后.csv", &list).added, 1);
    let waiting = office.of("unanswered");
    assert!(waiting.contains(&two.to_owned()) && !waiting.contains(&one.to_owned()));
    assert!(office.of("receipt_moved").is_empty());
}
