//! The last page of a round: sums that add up and what is still open, as a workbook and as a page to be signed.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::civil::Date;
use zhaoshen_exchange::prints::{Statement, StatementPart, StatementTable, statement_pdf};
use zhaoshen_exchange::workbook::{Book, Column};
use zhaoshen_model::RoundId;
use zhaoshen_model::reconciliation::DifferenceKind;
use zhaoshen_store::{FileKind, RoundRow};

use super::told::Teller;
use super::{books::Loaded, kinds, sums};
use crate::app::{count, local_date, local_time, now};
use crate::delivery::with_fonts;
use crate::ending::Closed;
use crate::failure::{exchange, not_found};
use crate::job::lock;
use crate::table::{Written, file_part};
use crate::wire::{ClosingSave, ClosingSaved, Failure, ReconcileKind, ReconcileView, RoundRef};
use crate::{Seat, zh};

/// Where a paper of each round (its last page, the certificate of its deletion) was saved last, since the station opened.
#[derive(Debug, Default)]
pub(crate) struct SavedTo(Mutex<HashMap<RoundId, String>>);

impl SavedTo {
    /// Takes note of the folder.
    pub(crate) fn note(&self, round: RoundId, folder: String) {
        lock(&self.0).insert(round, folder);
    }

    /// The folder; `None` where it was not saved.
    pub(crate) fn folder(&self, round: RoundId) -> Option<String> {
        lock(&self.0).get(&round).cloned()
    }
}

/// The last page of a round.
pub(crate) struct ClosingFiles {
    /// The workbook.
    pub(crate) book: Vec<u8>,
    /// The page to be signed; failed on a machine without a font that writes Chinese.
    pub(crate) pdf: Result<Vec<u8>, Failure>,
}

impl Seat {
    /// Writes the last page of the round to two new files in a folder.
    ///
    /// # Errors
    /// Refused without a reviewer or for a folder of the workspace; when the folder cannot be written into, or the
    /// machine has no font that writes Chinese.
    pub fn closing_save(&self, args: ClosingSave) -> Result<ClosingSaved, Failure> {
        let round = self.round(args.round)?;
        let ClosingFiles { book, pdf } = self.closing_files(&round)?;
        let pdf = pdf?;
        let stem = file_part(&round.name);
        let day = local_date(now());
        let what = Written::of(round.id, FileKind::Closing);
        let save = |bytes: &[u8], ending| {
            self.save_listed(what, &args.folder, bytes, |n| {
                zh::closing_file(&stem, &day, n, ending)
            })
        };
        let saved = ClosingSaved {
            workbook: save(&book, "xlsx")?.path,
            pdf: save(&pdf, "pdf")?.path,
        };
        self.inner.closings.note(round.id, args.folder);
        Ok(saved)
    }

    /// The folder that the last page of the round was saved to last, to be shown: the page that asks names no path.
    ///
    /// # Errors
    /// Not found where it was not saved since the station opened.
    pub(crate) fn closing_folder(&self, round: i64) -> Result<String, Failure> {
        let folder = self.inner.closings.folder(RoundId(round));
        folder.ok_or_else(|| not_found(zh::CLOSING_UNSAVED))
    }

    /// The last page of the round as a workbook and as a PDF.
    pub(crate) fn closing_files(&self, round: &RoundRow) -> Result<ClosingFiles, Failure> {
        let reviewer = self.reviewer()?;
        let view = self.reconcile_show(RoundRef { round: round.id.0 })?;
        let loaded = self.reconciled(round.id)?;
        let made = zh::closing_made(&local_time(now()), &reviewer);
        let closed = self.closed(round.id, &self.ending(round.id)?)?;
        let statement = statement(round, &view, &closed, made);
        let pdf = with_fonts(&self.inner, |fonts| {
            statement_pdf(&statement, fonts, zh::closing_page).map_err(|error| exchange(&error))
        });
        let book = workbook(&loaded, &closed).map_err(|error| exchange(&error))?;
        Ok(ClosingFiles { book, pdf })
    }
}

/// Who closed the round, and over what.
fn closed_lines(closed: &Closed) -> impl Iterator<Item = String> {
    let by = (!closed.by.is_empty()).then(|| zh::closing_closed(&closed.by));
    let left = (closed.left_open > 0).then(|| zh::closing_left_open(closed.left_open, &closed.why));
    by.into_iter().chain(left)
}

/// Whose round it is and when it was collected, as far as that was given.
fn round_line(round: &RoundRow) -> Option<String> {
    let code = (!round.school_code.is_empty()).then(|| zh::closing_school(&round.school_code));
    let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let days = zh::closing_days(&text(round.opens_on), &text(round.closes_on));
    let said: Vec<String> = code.into_iter().chain(days).collect();
    (!said.is_empty()).then(|| said.join("　"))
}

fn statement(round: &RoundRow, view: &ReconcileView, closed: &Closed, made: String) -> Statement {
    let mut parts = vec![StatementPart::Heading(zh::CLOSING_SUMS.to_owned())];
    let mut tables = Vec::new();
    for sum in &view.sums {
        // Of nothing the parts say nothing; that it is nothing is said, as on the screen.
        let parts = sum.parts.iter().filter(|_| sum.whole > 0);
        let mut rows: Vec<(Vec<String>, bool)> = parts
            .map(|part| {
                let texts = vec![part.title.clone(), part.number.to_string()];
                (texts, false)
            })
            .collect();
        let whole = vec![zh::CLOSING_WHOLE.to_owned(), sum.whole.to_string()];
        rows.push((whole, true));
        tables.push(StatementTable {
            titles: vec![sum.title.clone(), zh::CLOSING_SUM_COLUMNS[2].to_owned()],
            shares: vec![5, 1],
            rows,
        });
    }
    parts.push(StatementPart::Beside(tables));
    parts.push(StatementPart::Heading(zh::CLOSING_KINDS.to_owned()));
    if view.kinds.is_empty() {
        parts.push(StatementPart::Line(zh::CLOSING_NONE.to_owned()));
    } else {
        let rows = view.kinds.iter().map(|kind| {
            let number = kind.count.to_string();
            (vec![kind.title.clone(), on_paper(kind), number], false)
        });
        let mut rows: Vec<_> = rows.collect();
        let whole = zh::CLOSING_WHOLE.to_owned();
        rows.push((
            vec![whole, String::new(), view.differences.to_string()],
            true,
        ));
        parts.push(StatementPart::Table(StatementTable {
            titles: zh::CLOSING_KIND_COLUMNS.map(str::to_owned).to_vec(),
            shares: vec![6, 11, 2],
            rows,
        }));
    }
    Statement {
        title: zh::CLOSING_TITLE.to_owned(),
        lines: [round.name.clone()]
            .into_iter()
            .chain(round_line(round))
            .chain([zh::closing_line(
                view.students,
                view.clear,
                view.differences,
            )])
            .chain(closed_lines(closed))
            .collect(),
        parts,
        signed: [zh::closing_signed(view.differences)]
            .into_iter()
            .chain(zh::CLOSING_SIGN.map(str::to_owned))
            .collect(),
        foot: zh::closing_foot(&round.name, &made),
    }
}

/// What to do about a kind, in the words of paper: whoever reads the last page may never have seen the screens.
fn on_paper(kind: &ReconcileKind) -> String {
    let known = DifferenceKind::parse(&kind.kind);
    known.map_or_else(
        || kind.remedy.clone(),
        |of| zh::remedy_on_paper(of).to_owned(),
    )
}

fn workbook(loaded: &Loaded, closed: &Closed) -> Result<Vec<u8>, zhaoshen_exchange::Error> {
    let mut book = Book::new();
    sheet_of_sums(&mut book, loaded)?;
    sheet_of_kinds(&mut book, loaded)?;
    sheet_of_rows(&mut book, loaded)?;
    if !closed.by.is_empty() {
        sheet_of_end(&mut book, closed)?;
    }
    book.into_bytes()
}

fn sheet_of_sums(book: &mut Book, loaded: &Loaded) -> Result<(), zhaoshen_exchange::Error> {
    let [item, part, number] = zh::CLOSING_SUM_COLUMNS;
    let columns = [
        Column::new(item, 28.0),
        Column::new(part, 36.0),
        Column::number(number, 12.0),
    ];
    let rows = sums(loaded).into_iter().flat_map(|sum| {
        let line =
            |part: &str, number: u32| vec![sum.title.clone(), part.to_owned(), number.to_string()];
        let parts = sum.parts.iter().map(|part| line(&part.title, part.number));
        let whole = line(zh::CLOSING_WHOLE, sum.whole);
        parts.chain([whole]).collect::<Vec<_>>()
    });
    book.sheet(zh::CLOSING_SHEETS[0], &columns, rows)
}

fn sheet_of_kinds(book: &mut Book, loaded: &Loaded) -> Result<(), zhaoshen_exchange::Error> {
    let [kind, remedy, number] = zh::CLOSING_KIND_COLUMNS;
    let columns = [
        Column::new(kind, 36.0),
        Column::new(remedy, 70.0),
        Column::number(number, 12.0),
    ];
    let whole = count(loaded.done.differences.len());
    let rows = kinds(loaded)
        .into_iter()
        .map(|kind| {
            let remedy = on_paper(&kind);
            vec![kind.title, remedy, kind.count.to_string()]
        })
        .chain([vec![
            zh::CLOSING_WHOLE.to_owned(),
            String::new(),
            whole.to_string(),
        ]]);
    book.sheet(zh::CLOSING_SHEETS[1], &columns, rows)
}

fn sheet_of_rows(book: &mut Book, loaded: &Loaded) -> Result<(), zhaoshen_exchange::Error> {
    let widths = [32.0, 18.0, 14.0, 24.0, 18.0, 44.0, 26.0, 60.0];
    let columns: Vec<Column<'_>> = zh::CLOSING_ROW_COLUMNS
        .iter()
        .zip(widths)
        .map(|(title, width)| Column::new(title, width))
        .collect();
    let teller = Teller::new(loaded);
    let rows = loaded.done.differences.iter().map(|difference| {
        let row = teller.row(difference);
        vec![
            row.title,
            row.student_no,
            row.name,
            row.college,
            row.class,
            row.text,
            row.source,
            match difference.kind {
                DifferenceKind::SetChanged => zh::set_changed_remedy_on_paper(&difference.text),
                kind => zh::remedy_on_paper(kind),
            }
            .to_owned(),
        ]
    });
    book.sheet(zh::CLOSING_SHEETS[2], &columns, rows)
}

fn sheet_of_end(book: &mut Book, closed: &Closed) -> Result<(), zhaoshen_exchange::Error> {
    let [item, content] = zh::CLOSING_END_COLUMNS;
    let columns = [Column::new(item, 28.0), Column::new(content, 70.0)];
    let open = closed.left_open.to_string();
    let said = [closed.by.clone(), open, closed.why.clone()];
    let rows = zh::CLOSING_END_ROWS.iter().zip(said);
    let rows = rows.map(|(title, text)| vec![(*title).to_owned(), text]);
    book.sheet(zh::CLOSING_END_SHEET, &columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_on_paper_speaks_of_a_screen_or_a_button() {
        let remedies = DifferenceKind::ALL.map(zh::remedy_on_paper).into_iter();
        let set = [
            zh::SET_OF_EARLIER.to_owned(),
            zh::SET_MOVED.to_owned(),
            zh::set_of_another("甲"),
            String::new(),
        ];
        let set = set.iter().map(|text| zh::set_changed_remedy_on_paper(text));
        for remedy in remedies.chain(set) {
            for named in ["“", "点击", "按钮", "导入一次"] {
                assert!(!remedy.contains(named), "{remedy}");
            }
        }
    }
}
