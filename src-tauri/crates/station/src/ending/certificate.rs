//! The certificate of a deletion (销毁证明), as a workbook and as a page to be signed; made of what the store noted, so
//! that it can be made again.

use zhaoshen_exchange::prints::{Statement, StatementPart, StatementTable, statement_pdf};
use zhaoshen_exchange::workbook::{Book, Column};
use zhaoshen_store::ErasureRecord;

use crate::app::{local_date, local_time, now};
use crate::delivery::with_fonts;
use crate::failure::{exchange, refused, store};
use crate::table::file_part;
use crate::wire::{ClosingSave, ClosingSaved, Failure};
use crate::{Seat, zh};

impl Seat {
    /// Writes the certificate of the round's deletion to two new files in a folder.
    ///
    /// # Errors
    /// Refused while the data is there, or for a folder of the workspace; when a file of the round still cannot be
    /// removed, when the folder cannot be written into, or the
    /// machine has no font that writes Chinese.
    pub fn certificate_save(&self, args: ClosingSave) -> Result<ClosingSaved, Failure> {
        let round = self.round(args.round)?;
        let Some(record) = self.ending(round.id)?.erased else {
            return Err(refused(zh::NOT_ERASED));
        };
        // Nothing is certified that lies on the disk still.
        self.store().end_erasure().map_err(|error| store(&error))?;
        let statement = statement(&round.name, &record);
        let pdf = with_fonts(&self.inner, |fonts| {
            statement_pdf(&statement, fonts, zh::closing_page).map_err(|error| exchange(&error))
        })?;
        let book = workbook(&statement.lines, &record).map_err(|error| exchange(&error))?;
        let (stem, day) = (file_part(&round.name), local_date(record.by.at));
        let save = |bytes: &[u8], ending| {
            self.save_beside(&args.folder, bytes, |n| {
                zh::certificate_file(&stem, &day, n, ending)
            })
        };
        Ok(ClosingSaved {
            workbook: save(&book, "xlsx")?.path,
            pdf: save(&pdf, "pdf")?.path,
        })
    }
}

fn statement(round: &str, record: &ErasureRecord) -> Statement {
    let by = &record.by;
    let mut lines = vec![round.to_owned()];
    lines.extend(zh::certificate_facts(&local_time(by.at), &by.reviewer));
    lines.push(match &record.archive {
        Some(archive) => zh::certificate_archive(&archive.file, &archive.sha256),
        None => zh::CERTIFICATE_NO_ARCHIVE.to_owned(),
    });
    let early = record.early.map(|day| day.to_string());
    lines.extend(early.map(|day| zh::certificate_early(&day)));
    if !record.waived.is_empty() {
        lines.push(zh::certificate_waived(&record.waived));
    }
    let rows = zh::erased_lines(&record.erased).into_iter();
    let table = StatementTable {
        titles: zh::CERTIFICATE_COLUMNS.map(str::to_owned).to_vec(),
        shares: vec![5, 2],
        rows: rows
            .map(|(title, number)| (vec![title.to_owned(), number], false))
            .collect(),
    };
    let mut parts = vec![
        StatementPart::Heading(zh::CERTIFICATE_WHAT.to_owned()),
        StatementPart::Table(table),
        StatementPart::Heading(zh::CERTIFICATE_HOW.to_owned()),
    ];
    parts.extend(zh::CERTIFICATE_LINES.map(|line| StatementPart::Line(line.to_owned())));
    Statement {
        title: zh::CERTIFICATE_TITLE.to_owned(),
        lines,
        parts,
        signed: zh::CERTIFICATE_SIGN.map(str::to_owned).to_vec(),
        foot: zh::closing_foot(round, &zh::closing_made(&local_time(now()), &by.reviewer)),
    }
}

fn workbook(facts: &[String], record: &ErasureRecord) -> Result<Vec<u8>, zhaoshen_exchange::Error> {
    let [what, number] = zh::CERTIFICATE_COLUMNS;
    let columns = [Column::new(what, 60.0), Column::number(number, 16.0)];
    let facts = facts.iter().map(|fact| vec![fact.clone(), String::new()]);
    let deleted = zh::erased_lines(&record.erased).into_iter();
    let deleted = deleted.map(|(title, number)| vec![title.to_owned(), number]);
    let how = zh::CERTIFICATE_LINES.map(|line| vec![line.to_owned(), String::new()]);
    let mut book = Book::new();
    let rows = facts.chain(deleted).chain(how);
    book.sheet(zh::CERTIFICATE_TITLE, &columns, rows)?;
    book.into_bytes()
}
