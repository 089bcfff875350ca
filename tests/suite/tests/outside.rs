//! What was written outside the workspace is listed file by file, before the data of a round is deleted and on the
//! certificate, which names no student.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};
use zhaoshen_station::wire::{
    ClosingSave, EndingView, Failure, LogSave, RoundClose, RoundErase, RoundRef, SmsAsk, SmsColumn,
    SmsSave, SmsWhat, TableColumn, TableSave,
};
use zhaoshen_suite::example::TakenIn;

/// The example with its rejections, and a folder outside the workspace.
struct Desk {
    round: TakenIn,
    out: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let round = TakenIn::of(18).unwrap();
        round.station.example_review(round.round).unwrap();
        let out = tempfile::tempdir().unwrap();
        Self { round, out }
    }

    fn folder(&self) -> String {
        self.out.path().display().to_string()
    }

    fn table(&self, title: &str, round: Option<i64>) -> Result<String, Failure> {
        let saved = self.round.station.table_save(TableSave {
            title: title.to_owned(),
            columns: vec![TableColumn {
                title: "姓名".to_owned(),
                is_number: false,
            }],
            rows: vec![vec!["某某".to_owned()]],
            folder: self.folder(),
            round,
        })?;
        Ok(saved.path)
    }

    fn messages(&self) -> Result<String, Failure> {
        let saved = self.round.station.sms_save(SmsSave {
            ask: SmsAsk {
                round: self.round.round,
                path: String::new(),
                only_untold: false,
                template: "{姓名}".to_owned(),
                deadline: String::new(),
            },
            columns: vec![SmsColumn {
                what: SmsWhat::Text,
                title: "短信内容".to_owned(),
            }],
            folder: self.folder(),
        })?;
        Ok(saved.path)
    }

    fn ending(&self) -> EndingView {
        let round = self.round.round;
        self.round.station.ending_show(RoundRef { round }).unwrap()
    }

    fn close(&self) {
        let close = RoundClose {
            round: self.round.round,
            reason: "余下的下一批再采".to_owned(),
        };
        self.round.station.round_close(close).unwrap();
    }

    fn erase(&self) {
        let job = self.round.station.round_erase(RoundErase {
            round: self.round.round,
            name: self.ending().name,
            waived: "不再留存".to_owned(),
        });
        self.round.station.job_wait(job.unwrap()).unwrap();
    }
}

fn cells(path: &Path) -> String {
    let mut book = open_workbook_auto(path).unwrap();
    let (_, sheet) = book.worksheets().remove(0);
    let cells = sheet.rows().flatten().map(Data::to_string);
    cells.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_file_that_was_saved_is_listed_before_the_deletion_and_on_the_certificate() {
    let desk = Desk::new();
    let (station, round) = (&desk.round.station, desk.round.round);
    let who = &desk.round.plan.students[0].name;
    // The name of a table that is about nobody's students, and one of which the name is a student's.
    desk.table("人员", None).unwrap();
    let named = desk.table(&format!("{who}的表"), Some(round)).unwrap();
    let lists = [desk.messages().unwrap(), desk.messages().unwrap()];
    desk.close();
    let late = desk.table("结束以后", Some(round)).unwrap();
    let page = station.closing_save(ClosingSave {
        round,
        folder: desk.folder(),
    });
    let page = page.unwrap();
    let log = station.log_save(LogSave {
        round: None,
        folder: desk.folder(),
    });
    let known = [
        ("存为 Excel 的表", named),
        ("短信名单", lists[0].clone()),
        ("短信名单", lists[1].clone()),
        ("存为 Excel 的表", late),
        ("核对结项表", page.workbook),
        ("核对结项表", page.pdf),
        ("导出的日志", log.unwrap().path),
    ];
    let listed = desk.ending().outside.into_iter();
    let listed: Vec<(String, String)> = listed.map(|line| (line.what, line.path)).collect();
    let expected = known.map(|(what, path)| (what.to_owned(), path));
    assert_eq!(listed, expected);
    assert!(desk.messages().is_err(), "a closed round tells nobody");
    assert_eq!(desk.ending().outside.len(), expected.len());

    desk.erase();
    let erased = desk.ending().erased.unwrap();
    assert_eq!(erased.outside.len(), expected.len());
    let save = ClosingSave {
        round,
        folder: desk.folder(),
    };
    let certificate = station.certificate_save(save).unwrap();
    let told = cells(Path::new(&certificate.workbook));
    for (line, (what, path)) in erased.outside.iter().zip(&expected) {
        assert_eq!(line.what, *what);
        assert!(told.contains(&line.path), "{told}");
        let is_named = path.contains(who.as_str());
        assert_eq!(line.path.contains('*'), is_named, "{}", line.path);
    }
    assert!(!told.contains(who.as_str()), "{told}");
    // What is left of the round can be saved still, and names nobody.
    desk.table("删除的内容", Some(round)).unwrap();
    assert_eq!(
        desk.ending().erased.unwrap().outside.len(),
        expected.len(),
        "the list is what it was"
    );
}

#[test]
fn a_table_of_no_round_is_in_no_list_and_one_of_a_round_that_is_none_is_not_written() {
    let desk = Desk::new();
    desk.table("人员", None).unwrap();
    assert!(desk.table("名单", Some(9_999)).is_err());
    let files = std::fs::read_dir(desk.out.path()).unwrap().count();
    assert_eq!(files, 1);
    desk.close();
    assert!(desk.ending().outside.is_empty());
}

#[test]
fn a_folder_with_every_name_taken_is_refused_before_the_log_tells_of_a_file() {
    let desk = Desk::new();
    let first = desk.table("甲", Some(desk.round.round)).unwrap();
    let stem = first.strip_suffix(".xlsx").unwrap();
    for n in 2..=99 {
        std::fs::write(format!("{stem}-{n}.xlsx"), "").unwrap();
    }
    let listed = desk.ending().outside.len();
    let refused = desk.table("甲", Some(desk.round.round)).unwrap_err();
    assert!(refused.message.contains("99 个同名的文件"), "{refused:?}");
    assert_eq!(desk.ending().outside.len(), listed);
}
