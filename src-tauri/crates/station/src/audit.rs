//! The chain of the log, told to people, and the log as a workbook.
//!
//! What the chain is and how it is followed: `zhaoshen_store`. Here are only its words.

use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use zhaoshen_exchange::workbook::{Book, Column};
use zhaoshen_model::{LogId, RoundId};
use zhaoshen_store::{Act, DecisionFault, FileKind, LogCheck, LogFault, LogFilter, NamedRow};

use crate::app::{count, local_date, local_time, now};
use crate::failure::{exchange, refused, store};
use crate::table::Written;
use crate::wire::{AuditFault, AuditView, Empty, Failure, FileSaved, LogSave};
use crate::{Seat, zh};

/// Rows of the log read at once.
const PAGE: u32 = 1_000;
/// Most rows of a sheet, without its header (limit of the format).
const MOST_ROWS: u64 = 1_048_575;
/// Widths of the columns of the sheet 日志, characters.
const WIDTHS: [f64; 8] = [8.0, 20.0, 12.0, 14.0, 24.0, 30.0, 50.0, 68.0];

impl Seat {
    /// Follows the whole chain of the log, and holds to it what it speaks for.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn log_verify(&self, _: Empty) -> Result<AuditView, Failure> {
        let check = self.store().verify_log(&AtomicBool::new(false));
        check
            .map(|check| view(&check))
            .map_err(|error| store(&error))
    }

    /// Writes the log to a new workbook in a folder: each row with its hash, and what following the chain gave.
    ///
    /// # Errors
    /// Refused for a folder of the workspace and for more rows than a sheet holds; when the folder cannot be written into.
    pub fn log_save(&self, args: LogSave) -> Result<FileSaved, Failure> {
        let audit = self.log_verify(Empty {})?;
        let rows = self.log_rows(args.round.map(RoundId))?;
        let mut titles = zh::LOG_COLUMNS.iter().zip(WIDTHS);
        let columns: Vec<Column<'_>> = titles
            .next()
            .map(|(title, width)| Column::number(title, width))
            .into_iter()
            .chain(titles.map(|(title, width)| Column::new(title, width)))
            .collect();
        let about = zh::AUDIT_COLUMNS.map(|title| Column::new(title, 40.0));
        let mut book = Book::new();
        book.sheet(zh::LOG_FILE, &columns, rows)
            .and_then(|()| book.sheet(zh::AUDIT_SHEET, &about, told(&audit)))
            .map_err(|error| exchange(&error))?;
        let bytes = book.into_bytes().map_err(|error| exchange(&error))?;
        let what = Written {
            round: args.round.map(RoundId),
            kind: FileKind::Log,
            students: None,
        };
        self.save_listed(what, &args.folder, &bytes, |n| {
            zh::table_file(zh::LOG_FILE, &local_date(now()), n)
        })
    }

    /// Every row as the sheet has it, oldest first.
    fn log_rows(&self, round: Option<RoundId>) -> Result<Vec<Vec<String>>, Failure> {
        let mut filter = LogFilter {
            round,
            ..LogFilter::default()
        };
        let total = self.store().log_count(&filter);
        if total.map_err(|error| store(&error))? > MOST_ROWS {
            return Err(refused(zh::TABLE_TOO_LARGE));
        }
        let mut rows = Vec::new();
        loop {
            let page = self.store().log(&filter, 0, PAGE);
            let page = page.map_err(|error| store(&error))?;
            let Some(oldest) = page.last() else { break };
            filter.before = Some(LogId(oldest.id.0));
            for row in page {
                let hash = row.hash.clone();
                let entry = self.log_entry(row)?;
                rows.push(vec![
                    entry.id.to_string(),
                    entry.at,
                    entry.reviewer,
                    entry.act,
                    entry.subject,
                    entry.before,
                    entry.after,
                    hash,
                ]);
            }
        }
        rows.reverse();
        Ok(rows)
    }
}

/// The check as people read it.
pub(crate) fn view(check: &LogCheck) -> AuditView {
    let head = check.head.map(|head| head.hex());
    let faults: Vec<AuditFault> = check.faults.iter().map(fault).collect();
    AuditView {
        holds: check.holds(),
        rows: count(check.rows),
        head: head.unwrap_or_default(),
        at: local_time(now()),
        backups: count(check.backups),
        more: count(check.found).saturating_sub(count(faults.len())),
        faults,
    }
}

fn told(audit: &AuditView) -> Vec<Vec<String>> {
    let result = if audit.holds {
        zh::AUDIT_HOLDS
    } else {
        zh::AUDIT_BROKEN
    };
    let values = [
        result.to_owned(),
        audit.rows.to_string(),
        audit.head.clone(),
        audit.at.clone(),
    ];
    let known = zh::AUDIT_ROWS.iter().zip(values);
    let mut rows: Vec<Vec<String>> = known
        .map(|(name, value)| vec![(*name).to_owned(), value])
        .collect();
    let faults = audit.faults.iter();
    rows.extend(faults.map(|fault| vec![zh::AUDIT_BROKEN.to_owned(), fault.text.clone()]));
    rows
}

fn fault(fault: &LogFault) -> AuditFault {
    let (row, text) = match fault {
        LogFault::Changed(row) => (row.id, zh::audit_changed(&named(row))),
        LogFault::Beyond(row) => (row.id, zh::audit_beyond(&named(row))),
        LogFault::HeadDiffers(row) => (row.id, zh::audit_head_differs(&named(row))),
        LogFault::HeadMissing => (0, zh::AUDIT_HEAD_MISSING.to_owned()),
        LogFault::Backup { made_at, last } => {
            (*last, zh::audit_backup(&local_time(*made_at), *last))
        }
        LogFault::Guard(name) => (0, zh::audit_guard(name)),
        LogFault::Decision {
            what,
            submission,
            student_no,
            row,
        } => {
            let photo = zh::audit_photo(student_no.as_deref(), *submission);
            let said = row.as_ref().map_or_else(String::new, named);
            let text = match what {
                DecisionFault::Changed => zh::audit_decision_changed(&photo, &said),
                DecisionFault::NotLogged => zh::audit_decision_not_logged(&photo),
                DecisionFault::Gone => zh::audit_decision_gone(&photo, &said),
                DecisionFault::NotStanding => zh::audit_decision_not_standing(&photo, &said),
            };
            (row.as_ref().map_or(0, |row| row.id), text)
        }
        LogFault::Missing {
            first,
            last,
            before,
            after,
        } => {
            let name = |row: &Option<NamedRow>| row.as_ref().map_or_else(String::new, named);
            (
                *first,
                zh::audit_missing(*first, *last, &name(before), &name(after)),
            )
        }
    };
    AuditFault { row, text }
}

fn named(row: &NamedRow) -> String {
    // A row that was changed may hold neither a time nor an act.
    let at = row.at.parse::<Timestamp>().map(local_time);
    let act = Act::parse(&row.what);
    let act = act.map_or(row.what.as_str(), |act| act.title());
    zh::audit_row(
        row.id,
        &at.unwrap_or_else(|_| row.at.clone()),
        &row.reviewer,
        act,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_names_its_row_its_time_and_what_it_was() {
        let row = |id: i64| NamedRow {
            id,
            at: "2026-01-01T00:00:00.000Z".to_owned(),
            reviewer: "王".to_owned(),
            what: "decided".to_owned(),
        };
        let at = local_time(Timestamp::from_second(1_767_225_600).unwrap_or_default());
        let missing = |first, last, before, after| LogFault::Missing {
            first,
            last,
            before,
            after,
        };
        for (fault_, says) in [
            (LogFault::Changed(row(5)), "第 5 条"),
            (LogFault::Beyond(row(9)), "日志末尾之后"),
            (LogFault::HeadDiffers(row(8)), "末尾可能被替换"),
            (
                missing(3, 4, Some(row(2)), Some(row(5))),
                "缺少第 3–4 条，共 2 条",
            ),
            (
                missing(1, 1, None, Some(row(2))),
                "缺少第 1 条；其后是第 2 条",
            ),
            (missing(7, 8, Some(row(6)), None), "缺少末尾的第 7–8 条"),
        ] {
            let told = fault(&fault_).text;
            assert!(told.contains(says), "{told}");
            assert!(told.contains(&at) && told.contains("王，审核"), "{told}");
        }
        let decision = |what, row| LogFault::Decision {
            what,
            submission: 7,
            student_no: Some("2021001".to_owned()),
            row,
        };
        for (what, row_, says) in [
            (DecisionFault::Changed, Some(row(5)), "被改动过"),
            (DecisionFault::Gone, Some(row(5)), "被删除"),
            (
                DecisionFault::NotStanding,
                Some(row(5)),
                "现行结论与日志不符",
            ),
            (DecisionFault::NotLogged, None, "日志里没有"),
            (DecisionFault::NotStanding, None, "日志里没有"),
        ] {
            let told = fault(&decision(what, row_.clone()));
            assert_eq!(told.row, row_.as_ref().map_or(0, |row| row.id));
            let whose = told.text.contains("学号 2021001") && told.text.contains("照片 7");
            assert!(whose && told.text.contains(says), "{}", told.text);
            assert_eq!(told.text.contains("第 5 条"), row_.is_some());
        }
        let guard = fault(&LogFault::Guard("decision_kept".to_owned()));
        assert!(guard.text.contains("decision_kept"), "{}", guard.text);
        assert_eq!(fault(&missing(1, 8, None, None)).row, 1);
        assert_eq!(fault(&LogFault::HeadMissing).row, 0);
    }
}
