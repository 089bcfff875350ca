//! Every workbook that the program writes, opened by LibreOffice: each cell reads as it does in another library, text stays
//! text, and ID numbers, 学号 with leading zeros and rare names come out as the roster had them.
//!
//! Ignored without being asked for, since a computer that only builds has no LibreOffice; `cargo xtask test` installs it and
//! asks. Where it is missing the test fails.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod office;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use office::{Cell, by_calamine, by_libreoffice, convert};
use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, id_check_digit, paint};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    ArchiveChoice, ArchiveWrite, ClosingSave, DecideRequest, DeliveryMode, DeliveryOptions,
    DeliveryPack, DeliveryPart, DeliveryShape, DeliverySplit, JobOutcome, JobStarted, LogSave,
    NoticeAsk, Reason, RefusedSave, RosterSource, RoundClose, RoundErase, RoundRef, SmsAsk,
    SmsColumn, SmsSave, SmsWhat, StatisticsSave, SubmissionRef, TableColumn, TableSave,
};
use zhaoshen_suite::{import_photos, import_roster, new_round};
use zip::ZipArchive;

/// The columns of the roster.
const TITLES: [&str; 9] = [
    "学号",
    "姓名",
    "证件号码",
    "性别",
    "考生号",
    "学院",
    "专业",
    "年级",
    "班级",
];
/// 学号 that a spreadsheet would shorten or round, and names that few fonts and no older code page have.
const STUDENTS: [[&str; 2]; 5] = [
    ["0012345678", "李𬱖"],
    ["00000000000000001", "䶮小明"],
    ["202131000000000019", "买买提·吐尔逊"],
    ["1E5", "𠮷野𪚥"],
    ["0X10", "张伟"],
];

/// The rows of the roster; each ID number ends in X.
fn roster() -> Vec<Vec<String>> {
    let mut ends_in_x = (0..).filter_map(|order| {
        let first = format!(
            "990101199001{:02}{:03}",
            order % 28 + 1,
            order % 499 * 2 + 1
        );
        let check = id_check_digit(&first)?;
        (check == 'X').then(|| format!("{first}X"))
    });
    let row = |(at, [number, name]): (usize, [&str; 2])| {
        let exam = format!("00{at}10054210123456");
        let (number, name) = (number.to_owned(), name.to_owned());
        let id = ends_in_x.next().unwrap();
        let fixed = [
            "男".to_owned(),
            exam,
            "文学院".to_owned(),
            "+哲学".to_owned(),
        ];
        let mut row = vec![number, name, id];
        row.extend(fixed);
        row.extend(["2021".to_owned(), format!("0{at}")]);
        row
    };
    STUDENTS.into_iter().enumerate().map(row).collect()
}

/// What was written, and words that must be in it as text.
struct Written {
    what: &'static str,
    bytes: Vec<u8>,
    words: Vec<String>,
}

struct Desk {
    station: Station,
    round: i64,
    folder: tempfile::TempDir,
    rows: Vec<Vec<String>>,
    written: Vec<Written>,
}

impl Desk {
    /// A round of these students; the last handed in nothing.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (station, round) = new_round(folder.path(), "moe99").unwrap();
        let rows = roster();
        let path = folder.path().join("名单.xlsx");
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let titles = TITLES.map(str::to_owned).to_vec();
        for (row, at) in [&titles].into_iter().chain(&rows).zip(0..) {
            for (text, column) in row.iter().zip(0..) {
                sheet.write_string(at, column, text).unwrap();
            }
        }
        book.save(&path).unwrap();
        import_roster(&station, round, &path, false).unwrap();
        let photos = folder.path().join("照片");
        fs::create_dir(&photos).unwrap();
        for ([number, _], seed) in STUDENTS.iter().zip(1..).take(4) {
            let picture = paint(&Portrait::person(seed));
            let jpeg = encode_jpeg(&picture, &JpegOptions::default()).unwrap();
            fs::write(photos.join(format!("{number}.jpg")), jpeg).unwrap();
        }
        let report = import_photos(&station, round, &[photos]).unwrap();
        assert_eq!(report.matched, 4);
        Self {
            station,
            round,
            folder,
            rows,
            written: Vec::new(),
        }
    }

    fn round(&self) -> RoundRef {
        RoundRef { round: self.round }
    }

    fn out(&self) -> String {
        self.folder.path().display().to_string()
    }

    /// These columns of the first students.
    fn of(&self, columns: &[usize], students: usize) -> Vec<String> {
        let rows = self.rows.iter().take(students);
        rows.flat_map(|row| columns.iter().map(|at| row[*at].clone()))
            .collect()
    }

    fn keep(&mut self, what: &'static str, bytes: Vec<u8>, words: Vec<String>) {
        self.written.push(Written { what, bytes, words });
    }

    fn keep_file(&mut self, what: &'static str, path: impl AsRef<Path>, words: Vec<String>) {
        self.keep(what, fs::read(path).unwrap(), words);
    }

    fn done(&self, job: JobStarted) -> JobOutcome {
        self.station.job_wait(job).unwrap()
    }

    fn decide(&self, number: &str, kind: &str) {
        let submission = self.station.current_submission(self.round, number).unwrap();
        let of = SubmissionRef { submission };
        let view = self.station.submission_show(of).unwrap();
        let request = DecideRequest {
            submission,
            seen_decision: view.item.decision_id,
            seen_student: view.item.student_no,
            second: false,
            kind: kind.to_owned(),
            reasons: vec![Reason {
                code: None,
                text: "=1+1 请重拍".to_owned(),
            }],
            note: String::new(),
        };
        self.station.submission_decide(request).unwrap();
    }

    fn deliver(&mut self) {
        let options = |mode, pack, columns| DeliveryOptions {
            round: self.round,
            mode,
            template: "{序号}.jpg".to_owned(),
            shape: DeliveryShape {
                split: DeliverySplit::Whole,
                pack,
                only_new: false,
                in_house: false,
            },
            columns,
            purpose: String::new(),
            part: DeliveryPart::default(),
        };
        let code = options(
            DeliveryMode::CollectionCode,
            DeliveryPack::Folder,
            Vec::new(),
        );
        let columns = TITLES[1..]
            .iter()
            .map(|title| (*title).to_owned())
            .collect();
        let roster = options(DeliveryMode::Roster, DeliveryPack::Encrypted, columns);
        let target = self.folder.path().join("采集码模式");
        let job = self.station.delivery_write_to(code, &target).unwrap();
        assert!(matches!(self.done(job), JobOutcome::Delivery { .. }));
        let numbers = self.of(&[0], 5);
        self.keep_file("采集码模式的清单", target.join("交付清单.xlsx"), numbers);

        let target = self.folder.path().join("名单模式");
        let job = self.station.delivery_write_to(roster, &target).unwrap();
        let JobOutcome::Delivery { report } = self.done(job) else {
            panic!("no delivery")
        };
        let archive = one_zip(&target);
        let book = entry(&archive, "交付清单.xlsx", report.passphrase.as_deref());
        let all: Vec<usize> = (0..TITLES.len()).collect();
        let words = self.of(&all, 5);
        self.keep("名单模式的清单", book, words);
    }

    /// What the screens save: the notices, the chase list, and any other table.
    fn tables(&mut self) {
        let ask = NoticeAsk {
            round: self.round,
            template: String::new(),
            deadline: String::new(),
        };
        let view = self.station.notice_list(ask).unwrap();
        let notices = view.rows.iter().map(|row| {
            let texts = [&row.student_no, &row.name, &row.class, &row.text];
            let mut texts: Vec<String> = texts.into_iter().cloned().collect();
            texts.push(row.parts.to_string());
            texts
        });
        let chased = view.missing.iter().map(|row| {
            let count = row.missing.to_string();
            vec![row.class.clone(), row.text.clone(), count]
        });
        let tables = [
            (
                "退回通知",
                5,
                notices.collect::<Vec<_>>(),
                self.of(&[0, 1, 8], 4)[9..].to_vec(),
            ),
            ("催交", 3, chased.collect(), vec!["04".to_owned()]),
            (
                "表格",
                9,
                self.rows.clone(),
                self.of(&[0, 1, 2, 4, 6, 8], 5),
            ),
        ];
        for (title, wide, rows, words) in tables {
            assert!(!rows.is_empty());
            let column = |at| TableColumn {
                title: format!("列{at}"),
                is_number: wide < 9 && at + 1 == wide,
            };
            let table = TableSave {
                title: title.to_owned(),
                columns: (0..wide).map(column).collect(),
                rows,
                folder: self.out(),
                round: Some(self.round),
            };
            let saved = self.station.table_save(table).unwrap();
            self.keep_file(title, saved.path, words);
        }
    }

    /// The notices for whoever sends text messages.
    fn messages(&mut self) {
        let list = self.folder.path().join("电话.csv");
        let number = STUDENTS[3][0];
        fs::write(&list, format!("学号,手机号\n{number},13800000000\n")).unwrap();
        let column = |(what, title): (SmsWhat, &str)| SmsColumn {
            what,
            title: title.to_owned(),
        };
        let columns = [
            (SmsWhat::Phone, "0号码"),
            (SmsWhat::StudentNo, "学号"),
            (SmsWhat::Name, "姓名"),
            (SmsWhat::Text, "=内容"),
        ];
        let saved = self.station.sms_save(SmsSave {
            ask: SmsAsk {
                round: self.round,
                path: list.display().to_string(),
                only_untold: false,
                template: "{姓名}".to_owned(),
                deadline: String::new(),
            },
            columns: columns.map(column).to_vec(),
            folder: self.out(),
        });
        let words = [number, STUDENTS[3][1], "13800000000", "0号码", "=内容"];
        let words = words.map(str::to_owned).to_vec();
        self.keep_file("短信名单", saved.unwrap().path, words);
    }

    /// The rows of a roster that were not taken in, as they were.
    fn refused(&mut self) {
        let wrong = self.rows[0][2].replace("1990", "1991");
        let list = format!("学号\t姓名\t证件号码\n0099\t李𬱖\t{wrong}\n");
        let source = RosterSource {
            round: self.round,
            path: String::new(),
            pasted: list.clone(),
        };
        let preview = self.station.roster_preview(source).unwrap();
        assert_eq!(preview.refused_rows, 1);
        let save = RefusedSave {
            round: self.round,
            path: String::new(),
            pasted: list,
            digest: preview.digest,
            folder: self.out(),
        };
        let saved = self.station.roster_refused_save(save).unwrap();
        let words = ["0099".to_owned(), "李𬱖".to_owned(), wrong].to_vec();
        self.keep_file("未导入的行", saved.path, words);
    }

    fn figures(&mut self) {
        let (round, folder) = (self.round, self.out());
        let saved = self.station.statistics_save(StatisticsSave {
            round,
            folder: folder.clone(),
        });
        self.keep_file("统计", saved.unwrap().path, vec!["文学院".to_owned()]);
        let saved = self.station.closing_save(ClosingSave {
            round,
            folder: folder.clone(),
        });
        let numbers = self.of(&[0, 1], 4);
        self.keep_file("核对结果", saved.unwrap().workbook, numbers);
        let saved = self.station.log_save(LogSave {
            round: None,
            folder,
        });
        self.keep_file("日志", saved.unwrap().path, Vec::new());
    }

    /// The archive with ID numbers, and the certificate when all is gone.
    fn ending(&mut self) {
        let (round, reason) = (self.round, "余下的下一批再采".to_owned());
        self.station
            .round_close(RoundClose { round, reason })
            .unwrap();
        let job = self.station.archive_write(ArchiveWrite {
            round: self.round,
            target: self.out(),
            choice: ArchiveChoice {
                encrypted: true,
                id_numbers: true,
                renditions: false,
                originals: false,
            },
        });
        let JobOutcome::Archive { report } = self.done(job.unwrap()) else {
            panic!("no archive")
        };
        let path = PathBuf::from(&report.path);
        let open = |name| entry(&path, name, report.passphrase.as_deref());
        let (archive, closing) = (open("archive.xlsx"), open("closing.xlsx"));
        let words = self.of(&[0, 1, 2, 4, 8], 5);
        self.keep("归档", archive, words);
        self.keep("归档中的核对结果", closing, Vec::new());
        let round = self.round().round;
        let card = self.station.round_show(RoundRef { round }).unwrap();
        let job = self.station.round_erase(RoundErase {
            round,
            name: card.name,
            waived: "不再留存".to_owned(),
        });
        self.done(job.unwrap());
        let folder = self.out();
        let saved = self.station.certificate_save(ClosingSave { round, folder });
        self.keep_file("销毁证明", saved.unwrap().workbook, Vec::new());
    }
}

fn one_zip(folder: &Path) -> PathBuf {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let zips = files.filter(|file| file.path().extension().is_some_and(|end| end == "zip"));
    let zips: Vec<PathBuf> = zips.map(|file| file.into_path()).collect();
    assert_eq!(zips.len(), 1, "{zips:?}");
    zips.into_iter().next().unwrap()
}

/// The file of that name in an archive, wherever it lies.
fn entry(archive: &Path, name: &str, passphrase: Option<&str>) -> Vec<u8> {
    let mut zip = ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let names: Vec<String> = zip
        .file_names()
        .map(|known| known.unwrap().into())
        .collect();
    let full = names.iter().find(|known| known.ends_with(name)).unwrap();
    let mut bytes = Vec::new();
    let word = passphrase.unwrap().as_bytes();
    zip.by_name_decrypt(full, word)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

#[test]
#[ignore = "needs LibreOffice; `cargo xtask test` installs it and runs this"]
fn every_workbook_opens_in_libreoffice_with_its_texts_intact() {
    let mut desk = Desk::new();
    for ([number, _], kind) in STUDENTS
        .iter()
        .zip(["approved", "approved", "approved", "rejected"])
    {
        desk.decide(number, kind);
    }
    desk.deliver();
    desk.tables();
    desk.messages();
    desk.refused();
    desk.figures();
    desk.ending();
    let files = zhaoshen_station::example::write_files(&desk.folder.path().join("示例"), 3);
    desk.keep_file("示例名单", files.unwrap().roster, Vec::new());

    let out = tempfile::tempdir().unwrap();
    let path = |at: usize| out.path().join(format!("{at}.xlsx"));
    let books: Vec<PathBuf> = (0..desk.written.len()).map(path).collect();
    for (written, path) in desk.written.iter().zip(&books) {
        fs::write(path, &written.bytes).unwrap();
    }
    convert(&books, out.path());
    for (written, at) in desk.written.iter().zip(0..) {
        let mut texts = Vec::new();
        for (name, rows) in by_calamine(&written.bytes) {
            let csv = out.path().join(format!("{at}-{name}.csv"));
            let csv = fs::read_to_string(csv)
                .unwrap_or_else(|error| panic!("{} {name}: {error}", written.what));
            let read = by_libreoffice(&csv);
            assert_eq!(read, rows, "{} {name}", written.what);
            texts.extend(read.into_iter().flatten());
        }
        for word in &written.words {
            let there = texts.contains(&Cell::Text(word.clone()));
            assert!(there, "{}: {word} is no cell of text", written.what);
        }
    }
    // What they are held to would be noticed: the roster's hardest values are all among them.
    let asked: Vec<&String> = desk.written.iter().flat_map(|book| &book.words).collect();
    for row in &desk.rows {
        assert!([0, 1, 2, 4].iter().all(|at| asked.contains(&&row[*at])));
    }
}
