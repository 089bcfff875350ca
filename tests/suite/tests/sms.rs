//! The file for whoever sends text messages: numbers out of a table into the file, and nowhere else.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use calamine::{Data, Reader, Xlsx};
use zhaoshen_station::wire::{
    Empty, Failure, LogQuery, NoticeAsk, NoticeMark, NoticeRow, RoundClose, SmsAsk, SmsColumn,
    SmsPreview, SmsSave, SmsSaved, SmsSignature, SmsWhat,
};
use zhaoshen_suite::example::TakenIn;

/// The example with its rejections, and those to be told.
struct Desk {
    round: TakenIn,
    rows: Vec<NoticeRow>,
    out: tempfile::TempDir,
}

/// A number that nothing else in the workspace looks like.
fn number(at: usize) -> String {
    format!("1397531{at:04}")
}

impl Desk {
    fn new() -> Self {
        let round = TakenIn::new().unwrap();
        round.station.example_review(round.round).unwrap();
        let ask = NoticeAsk {
            round: round.round,
            template: String::new(),
            deadline: String::new(),
        };
        let rows = round.station.notice_list(ask).unwrap().rows;
        assert!(rows.len() > 3, "{}", rows.len());
        Self {
            round,
            rows,
            out: tempfile::tempdir().unwrap(),
        }
    }

    /// A table of these rows below 学号, 姓名, 手机号.
    fn list(&self, rows: &[[&str; 3]]) -> String {
        let path = self.round.folder.path().join("电话.csv");
        let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let text = format!("学号,姓名,手机号\n{}\n", rows.join("\n"));
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn ask(&self, path: &str) -> SmsAsk {
        SmsAsk {
            round: self.round.round,
            path: path.to_owned(),
            only_untold: false,
            template: "{姓名}：{原因}".to_owned(),
            deadline: "2999-12-24".to_owned(),
        }
    }

    fn preview(&self, path: &str) -> SmsPreview {
        self.round.station.sms_preview(self.ask(path)).unwrap()
    }

    fn save(&self, ask: SmsAsk, columns: &[(SmsWhat, &str)]) -> Result<SmsSaved, Failure> {
        let column = |(what, title): &(SmsWhat, &str)| SmsColumn {
            what: *what,
            title: (*title).to_owned(),
        };
        self.round.station.sms_save(SmsSave {
            ask,
            columns: columns.iter().map(column).collect(),
            folder: self.out.path().display().to_string(),
        })
    }

    fn columns(&self) -> Vec<(SmsWhat, String)> {
        let kept = self.round.station.sms_columns(Empty {}).unwrap().columns;
        let kept = kept.into_iter().map(|column| (column.what, column.title));
        kept.collect()
    }
}

fn texts(path: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let (_, sheet) = book.worksheets().remove(0);
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("no text: {other:?}"),
    };
    let rows = sheet.rows();
    rows.map(|row| row.iter().map(text).collect()).collect()
}

#[test]
fn the_file_has_the_operators_columns_and_they_are_remembered() {
    let desk = Desk::new();
    let own = [
        (SmsWhat::Phone, "手机号".to_owned()),
        (SmsWhat::Text, "短信内容".to_owned()),
    ];
    assert_eq!(desk.columns(), own);
    let numbers: Vec<String> = (0..desk.rows.len()).map(number).collect();
    let rows: Vec<[&str; 3]> = (desk.rows.iter().zip(&numbers))
        .map(|(row, number)| [row.student_no.as_str(), row.name.as_str(), number])
        .collect();
    let path = desk.list(&rows);
    let columns = [
        (SmsWhat::Text, " 变量1 "),
        (SmsWhat::Phone, "phone"),
        (SmsWhat::Deadline, "变量2"),
    ];
    let saved = desk.save(desk.ask(&path), &columns).unwrap();
    assert_eq!((saved.rows as usize, saved.left_out), (desk.rows.len(), 0));
    let written = texts(&saved.path);
    assert_eq!(written[0], ["变量1", "phone", "变量2"]);
    for ((row, number), written) in desk.rows.iter().zip(&numbers).zip(&written[1..]) {
        let text = format!("{}：{}", row.name, row.reasons);
        assert_eq!(*written, [text, number.clone(), "2999-12-24".to_owned()]);
    }
    let unknown = SmsAsk {
        template: "{姓名}：{未知}".to_owned(),
        ..desk.ask(&path)
    };
    let refused = desk.save(unknown, &columns).unwrap_err();
    assert!(refused.message.contains("{未知}"), "{}", refused.message);
    let kept = [
        (SmsWhat::Text, "变量1".to_owned()),
        (SmsWhat::Phone, "phone".to_owned()),
        (SmsWhat::Deadline, "变量2".to_owned()),
    ];
    assert_eq!(desk.columns(), kept);
    let second = desk.save(desk.ask(&path), &columns).unwrap();
    assert_ne!(second.path, saved.path, "nothing is written over");
}

#[test]
fn the_operators_signature_is_counted_and_written() {
    let desk = Desk::new();
    let (station, round) = (&desk.round.station, desk.round.round);
    let sign = |signature: &str| {
        let signature = signature.to_owned();
        station.sms_signature(SmsSignature { round, signature })
    };
    let list = || {
        let ask = NoticeAsk {
            round,
            template: "字".repeat(66),
            deadline: String::new(),
        };
        station.notice_list(ask).unwrap()
    };
    assert_eq!(list().signature, "");
    assert!(list().rows.iter().all(|row| row.parts == 1));
    assert_eq!(sign(" 【某某大学】 ").unwrap().signature, "某某大学");
    let view = list();
    assert_eq!(view.signature, "某某大学");
    assert!(
        view.rows
            .iter()
            .all(|row| row.parts == 2 && !row.text.contains('【'))
    );
    let saved = desk
        .save(desk.ask(""), &[(SmsWhat::Text, "短信内容")])
        .unwrap();
    let written = texts(&saved.path);
    for (row, written) in desk.rows.iter().zip(&written[1..]) {
        assert_eq!(
            written[0],
            format!("【某某大学】{}：{}", row.name, row.reasons)
        );
    }
    for wrong in ["一】【二", "两\n行", &"长".repeat(21)] {
        assert!(sign(wrong).is_err(), "{wrong}");
    }
    assert_eq!(sign("").unwrap().signature, "");
    assert!(list().rows.iter().all(|row| row.parts == 1));
}

#[test]
fn a_private_notice_goes_to_nobody_of_the_same_name() {
    let desk = Desk::new();
    let [one, two, three] = [0, 1, 2].map(|at| &desk.rows[at]);
    let [a, b, c] = [0, 1, 2].map(number);
    let path = desk.list(&[
        // The number of the first, once more with another number, and spaced.
        [&one.student_no, &one.name, "139 7531-0000"],
        [&one.student_no, "", &c],
        // The number of one beside the name of another; a name alone; nobody's; no number.
        [&two.student_no, &three.name, &b],
        ["", &two.name, &b],
        ["0000000000", "", &b],
        [&three.student_no, &three.name, "010-61772001"],
    ]);
    let found = desk.preview(&path);
    assert_eq!(found.numbered, 1);
    assert_eq!((found.unmatched, found.unreadable), (3, 1));
    assert_eq!(found.several, 1, "the first has another number, too");
    assert_eq!(found.example, "139********");
    assert_eq!(found.students as usize, desk.rows.len());
    assert_eq!(found.unnumbered.len(), desk.rows.len() - 1);
    let saved = desk
        .save(desk.ask(&path), &[(SmsWhat::Phone, "号码")])
        .unwrap();
    assert_eq!(texts(&saved.path), [["号码".to_owned()], [a.clone()]]);
    assert_eq!(saved.left_out as usize, desk.rows.len() - 1);
    assert_eq!(saved.submissions, [one.submission], "who is in the file");

    let both = desk.list(&[[&one.student_no, "", &a], [&two.student_no, "", &a]]);
    let found = desk.preview(&both);
    assert_eq!((found.shared, found.several), (2, 0));
}

#[test]
fn the_told_can_be_left_out_and_what_cannot_be_is_refused() {
    let desk = Desk::new();
    let names = [(SmsWhat::Name, "姓名")];
    let all = desk.save(desk.ask(""), &names).unwrap();
    assert_eq!(all.rows as usize, desk.rows.len());
    let mark = NoticeMark {
        round: desk.round.round,
        submissions: vec![desk.rows[0].submission],
        told: true,
        deadline: String::new(),
    };
    desk.round.station.notice_mark(mark).unwrap();
    let untold = SmsAsk {
        only_untold: true,
        ..desk.ask("")
    };
    let rest = desk.save(untold, &names).unwrap();
    assert_eq!(rest.rows as usize, desk.rows.len() - 1);

    let twice = [(SmsWhat::Name, "姓名"), (SmsWhat::Text, "姓名 ")];
    let long = "长".repeat(31);
    for columns in [
        &[][..],
        &[(SmsWhat::Name, "  ")],
        &[(SmsWhat::Name, "两\n行")],
        &[(SmsWhat::Name, long.as_str())],
        &twice,
        // Numbers are asked for, and there is no table of them.
        &[(SmsWhat::Phone, "手机号")],
    ] {
        assert!(desk.save(desk.ask(""), columns).is_err(), "{columns:?}");
    }
    let nobody = desk.list(&[["0000000000", "", &number(0)]]);
    let phone = [(SmsWhat::Phone, "手机号")];
    assert!(desk.save(desk.ask(&nobody), &phone).is_err());
    let close = RoundClose {
        round: desk.round.round,
        reason: "余下的下一批再采".to_owned(),
    };
    desk.round.station.round_close(close).unwrap();
    let before = std::fs::read_dir(desk.out.path()).unwrap().count();
    assert!(desk.save(desk.ask(""), &names).is_err(), "a closed round");
    assert_eq!(std::fs::read_dir(desk.out.path()).unwrap().count(), before);
}

#[test]
fn no_number_stays_behind_and_the_log_tells_how_many_left() {
    let desk = Desk::new();
    let [one, two] = [0, 1].map(|at| &desk.rows[at]);
    let numbers = [0, 1].map(number);
    let path = desk.list(&[
        [&one.student_no, &one.name, &numbers[0]],
        [&two.student_no, &two.name, &numbers[1]],
    ]);
    let found = serde_json::to_string(&desk.preview(&path)).unwrap();
    let columns = [(SmsWhat::Phone, "手机号"), (SmsWhat::Name, "姓名")];
    let saved = desk.save(desk.ask(&path), &columns).unwrap();
    let page = LogQuery {
        round: Some(desk.round.round),
        offset: 0,
        limit: 1,
    };
    let entry = desk.round.station.log_list(page).unwrap().entries.remove(0);
    assert_eq!(entry.act, "写出文件");
    let told = format!("短信名单：2 人，含手机号，写到 {}", saved.path);
    assert_eq!(entry.after, told);

    let Desk { round, .. } = desk;
    drop(round.station);
    for entry in walkdir::WalkDir::new(round.folder.path().join("workspace")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let bytes = std::fs::read(entry.path()).unwrap();
            for number in &numbers {
                assert!(!found.contains(number.as_str()));
                let mut windows = bytes.windows(number.len());
                let there = windows.any(|window| window == number.as_bytes());
                assert!(!there, "{}", entry.path().display());
            }
        }
    }
}
