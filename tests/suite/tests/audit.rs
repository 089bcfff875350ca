//! The log as a workbook: every row with its hash, the last of them the one that the check tells.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use calamine::{Data, Reader, open_workbook_auto};
use zhaoshen_station::wire::{Empty, LogQuery, LogSave};
use zhaoshen_suite::example::TakenIn;

#[test]
fn the_saved_log_holds_every_row_and_the_hash_of_each() {
    let round = TakenIn::new().unwrap();
    let student_no = &round.plan.students[0].student_no;
    let submission = round.submission(student_no).unwrap();
    round.decide(submission, "approved").unwrap();
    let audit = round.station.log_verify(Empty {}).unwrap();
    assert!(audit.holds && audit.faults.is_empty() && audit.head.len() == 64);
    let all = LogQuery {
        round: None,
        offset: 0,
        limit: 500,
    };
    let shown = round.station.log_list(all).unwrap();
    assert_eq!(shown.total, audit.rows);

    let folder = tempfile::tempdir().unwrap();
    let save = |folder: String| LogSave {
        round: None,
        folder,
    };
    let target = folder.path().display().to_string();
    let saved = round.station.log_save(save(target)).unwrap();
    let mut book = open_workbook_auto(&saved.path).unwrap();
    let sheet = book.worksheet_range("日志").unwrap();
    assert_eq!(sheet.height(), shown.entries.len() + 1);
    let cell = |row: usize, column: usize| sheet.get((row, column)).unwrap().clone();
    for (row, entry) in shown.entries.iter().rev().enumerate() {
        assert_eq!(cell(row + 1, 3), Data::String(entry.act.clone()));
        assert_eq!(cell(row + 1, 4), Data::String(entry.subject.clone()));
    }
    assert_eq!(
        cell(sheet.height() - 1, 7),
        Data::String(audit.head.clone())
    );
    let check = book.worksheet_range("校验").unwrap();
    assert_eq!(check.get((3, 1)).unwrap(), &Data::String(audit.head));

    let inside = round.folder.path().join("workspace");
    let refused = round.station.log_save(save(inside.display().to_string()));
    assert!(refused.unwrap_err().message.contains("工作区"));
}
