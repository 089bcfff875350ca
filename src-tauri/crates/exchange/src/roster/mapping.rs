//! Which column is which: the program's guess with its reasons, and the clerk's word instead of it.
//!
//! [`survey_roster`] looks at the first rows only and never fails for want of a column, so that a roster whose headers
//! nobody foresaw can still be mapped. [`read_roster_mapped`] reads by a mapping and guesses nothing. What was mapped
//! before is not remembered here.

use std::collections::BTreeMap;
use std::path::Path;

use zhaoshen_model::RosterField;

use super::columns::{Rank, column_of, letters, recognise};
use super::delimited::Delimited;
use super::evidence::{self, Glimpse};
use super::layout::{self, Candidate, KeptColumn, Layout, REQUIRED};
use super::look;
use super::sheet::{Book, Top, Tops};
use super::{RosterLimits, RosterTable, opened, pasted, read_by, read_table_file, tabulate};
use crate::error::Error;

/// Where a roster comes from.
#[derive(Debug, Clone, Copy)]
pub enum RosterInput<'a> {
    /// A file.
    File(&'a Path),
    /// A file's name and what was read of it.
    Bytes(&'a str, &'a [u8]),
    /// Rows of text between tabs, as the clipboard has them.
    Pasted(&'a str),
}

/// A clerk's word on where the roster stands and what its columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterMapping {
    /// Name of the sheet.
    pub sheet: String,
    /// The header's row as Excel counts, from 1.
    pub header_row: u32,
    /// Letters and field of every column that is kept.
    pub columns: Vec<(String, RosterField)>,
}

impl RosterMapping {
    /// What the column with these letters was said to be.
    pub fn field_of(&self, letters: &str) -> Option<RosterField> {
        let named = self.columns.iter().find(|(named, _)| named == letters);
        named.map(|(_, field)| *field)
    }
}

/// How much a guess is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The header says it and the values agree, or the values leave no doubt.
    Sure,
    /// The header is another name for it, and the values agree.
    Likely,
    /// A person must look: the values disagree, or two columns claim one field.
    Doubtful,
    /// Not taken for anything.
    Ignored,
}

/// A column with the guess on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGuess {
    /// Letters of the column.
    pub column: String,
    /// Header text as written; empty where there is none.
    pub header: String,
    /// The field it is taken for.
    pub field: Option<RosterField>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why it should be looked at, in Chinese; empty when there is nothing to say.
    pub why_zh: String,
    /// Up to three values; numbers that could be somebody's are masked.
    pub samples: Vec<String>,
}

/// A sheet that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetChoice {
    /// Its name.
    pub name: String,
    /// Whether staff see it when they open the file.
    pub visible: bool,
    /// The likeliest row of headers as Excel counts; 1 when none looks like one.
    pub header_row: u32,
}

/// What a file looks like before it is read as a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterSurvey {
    /// Its sheets.
    pub sheets: Vec<SheetChoice>,
    /// The sheet looked at.
    pub sheet: String,
    /// The row of headers looked at, as Excel counts.
    pub header_row: u32,
    /// Every column with a header or with values, left to right.
    pub columns: Vec<ColumnGuess>,
    /// What staff should know of the sheet, one Chinese line each.
    pub remarks: Vec<String>,
}

/// Looks at the first rows: at the likeliest place, or at the sheet and row (as Excel counts) that are given.
///
/// # Errors
/// When the file cannot be read or is no table; [`Error::ColumnMissing`] when it has no texts in its first rows, or no
/// sheet of that name.
pub fn survey_roster(
    input: RosterInput<'_>,
    place: Option<(&str, u32)>,
) -> Result<RosterSurvey, Error> {
    with_book(input, |book, file, limits| {
        survey(book, file, limits, place)
    })
}

/// Reads a roster by the program's guess.
///
/// # Errors
/// As [`super::read_roster`].
pub fn read_roster_guessed(input: RosterInput<'_>) -> Result<RosterTable, Error> {
    with_book(input, |book, file, limits| {
        tabulate(book, file, limits, jiff::Zoned::now().date())
    })
}

/// Reads a roster by a mapping.
///
/// # Errors
/// [`Error::ColumnMissing`] when the mapping has no 学号 or 姓名 or does not fit the file,
/// [`Error::ColumnAmbiguous`] when it gives one field twice; else as [`super::read_roster`].
pub fn read_roster_mapped(
    input: RosterInput<'_>,
    mapping: &RosterMapping,
) -> Result<RosterTable, Error> {
    with_book(input, |book, file, limits| {
        let layout = mapped_layout(book, file, limits, mapping)?;
        read_by(book, file, limits, jiff::Zoned::now().date(), layout)
    })
}

/// Reads a roster, by a mapping or by the program's guess, and with it what a person may not notice of its sheet: hidden
/// rows, merged titles and cells, formulas without a value; one Chinese line each.
///
/// # Errors
/// As [`read_roster_mapped`] and [`read_roster_guessed`].
pub fn read_roster_looked_at(
    input: RosterInput<'_>,
    mapping: Option<&RosterMapping>,
) -> Result<(RosterTable, Vec<String>), Error> {
    with_book(input, |book, file, limits| {
        let layout = match mapping {
            Some(mapping) => mapped_layout(book, file, limits, mapping)?,
            None => layout::find(book, file, limits)?,
        };
        let header = (layout.header_from, layout.header_row);
        let remarks = look::remarks(book, limits, (layout.index, header))?;
        let table = read_by(book, file, limits, jiff::Zoned::now().date(), layout)?;
        Ok((table, remarks))
    })
}

fn with_book<T>(
    input: RosterInput<'_>,
    work: impl FnOnce(&mut dyn Book, &str, &RosterLimits) -> Result<T, Error>,
) -> Result<T, Error> {
    let limits = RosterLimits::default();
    let (file, bytes) = match input {
        RosterInput::File(path) => read_table_file(path, &limits)?,
        RosterInput::Bytes(file, bytes) => {
            return opened(bytes, file, &limits, |book| work(book, file, &limits));
        }
        RosterInput::Pasted(text) => {
            pasted::check_size(text, &limits)?;
            let mut book = Delimited::pasted(text, pasted::FILE, pasted::SHEET);
            return work(&mut book, pasted::FILE, &limits);
        }
    };
    opened(&bytes, &file, &limits, |book| work(book, &file, &limits))
}

fn survey(
    book: &mut dyn Book,
    file: &str,
    limits: &RosterLimits,
    place: Option<(&str, u32)>,
) -> Result<RosterSurvey, Error> {
    let mut tops = Tops::new(limits, file);
    book.read(&mut tops)?;
    let found = match place {
        Some((sheet, row)) => candidate_at(&tops.found, sheet, row),
        None => layout::best_of(&tops.found),
    };
    let candidate =
        found.ok_or_else(|| layout::nothing(file, place.map_or("", |place| place.0)))?;
    let mut glimpse = Glimpse::new(candidate.index, candidate.row, limits);
    book.read(&mut glimpse)?;
    let choice = |top: &Top| SheetChoice {
        name: top.sheet.clone(),
        visible: top.visible,
        header_row: layout::best_row(top).map_or(1, |best| best.row + 1),
    };
    Ok(RosterSurvey {
        sheets: tops.found.iter().map(choice).collect(),
        columns: guesses(&candidate, &glimpse, limits),
        remarks: remarks(&candidate),
        sheet: candidate.sheet,
        header_row: candidate.row + 1,
    })
}

/// [`survey_roster`] at the likeliest place, and the remarks of [`read_roster_looked_at`] on it, of a table's bytes.
///
/// # Errors
/// As [`survey_roster`].
pub fn survey_roster_bytes(
    bytes: &[u8],
    file: &str,
    limits: &RosterLimits,
) -> Result<(RosterSurvey, Vec<String>), Error> {
    opened(bytes, file, limits, |book| {
        let found = survey(book, file, limits, None)?;
        let mut tops = Tops::new(limits, file);
        book.read(&mut tops)?;
        let candidate = candidate_at(&tops.found, &found.sheet, found.header_row)
            .ok_or_else(|| layout::nothing(file, &found.sheet))?;
        let header = (candidate.header_from(), candidate.row);
        let remarks = look::remarks(book, limits, (candidate.index, header))?;
        Ok((found, remarks))
    })
}

fn remarks(candidate: &Candidate) -> Vec<String> {
    let hidden = (!candidate.visible).then(|| format!("工作表“{}”是隐藏的", candidate.sheet));
    hidden
        .into_iter()
        .chain(candidate.doubled_remark())
        .collect()
}

fn guesses(candidate: &Candidate, glimpse: &Glimpse, limits: &RosterLimits) -> Vec<ColumnGuess> {
    let mut guesses = headed(candidate, glimpse);
    guesses.extend(headless(candidate, glimpse, limits));
    guesses.sort_by_key(|(column, _)| *column);
    guesses.into_iter().map(|(_, guess)| guess).collect()
}

/// Columns that hold something and have no header: nothing is guessed, a person may.
fn headless<'a>(
    candidate: &'a Candidate,
    glimpse: &'a Glimpse,
    limits: &RosterLimits,
) -> impl Iterator<Item = (u32, ColumnGuess)> + 'a {
    let is_headed = |column: u32| {
        candidate
            .headers
            .iter()
            .any(|(headed, _)| *headed == column)
    };
    let columns = (0..limits.max_columns).filter(move |column| !is_headed(*column));
    columns.filter_map(|column| {
        let values = glimpse.values(column);
        let (field, confidence, why_zh) = verdict(0, None, &[], values);
        (!values.is_empty()).then(|| {
            let guess = ColumnGuess {
                column: letters(column),
                header: String::new(),
                field,
                confidence,
                why_zh,
                samples: evidence::samples(values, None),
            };
            (column, guess)
        })
    })
}

fn headed(candidate: &Candidate, glimpse: &Glimpse) -> Vec<(u32, ColumnGuess)> {
    let recognised: Vec<Option<(RosterField, Rank)>> = candidate
        .headers
        .iter()
        .map(|(_, header)| recognise(header))
        .collect();
    let headers = candidate.headers.iter().enumerate();
    headers
        .map(|(at, (column, header))| {
            let values = glimpse.values(*column);
            let own = recognised.get(at).copied().flatten();
            let rivals: Vec<(usize, Rank)> = (recognised.iter().enumerate())
                .filter_map(|(other, found)| found.map(|(field, rank)| (other, field, rank)))
                .filter(|(other, field, _)| *other != at && own.is_some_and(|own| own.0 == *field))
                .map(|(other, _, rank)| (other, rank))
                .collect();
            let (field, confidence, why_zh) = verdict(at, own, &rivals, values);
            let guess = ColumnGuess {
                column: letters(*column),
                header: header.clone(),
                field,
                confidence,
                why_zh,
                samples: evidence::samples(values, field),
            };
            (*column, guess)
        })
        .collect()
}

/// What a column is taken for. Of several that claim one field the surer header wins, then the one further left.
fn verdict(
    at: usize,
    own: Option<(RosterField, Rank)>,
    rivals: &[(usize, Rank)],
    values: &[super::sheet::Value],
) -> (Option<RosterField>, Confidence, String) {
    let Some((field, rank)) = own else {
        let why = evidence::hint(values).unwrap_or_default();
        return (None, Confidence::Ignored, why.to_owned());
    };
    if rivals
        .iter()
        .any(|(other, theirs)| (*theirs, *other) < (rank, at))
    {
        let why = format!("另一列更像“{}”", field.title());
        return (None, Confidence::Ignored, why);
    }
    if rivals.iter().any(|(_, theirs)| *theirs == rank) {
        let why = format!("还有一列也叫“{}”，请选定一列", field.title());
        return (Some(field), Confidence::Doubtful, why);
    }
    match evidence::against(field, values) {
        Some(why) => (Some(field), Confidence::Doubtful, why),
        None if rank == Rank(0) || evidence::proves(field, values) => {
            (Some(field), Confidence::Sure, String::new())
        }
        None => (Some(field), Confidence::Likely, String::new()),
    }
}

fn candidate_at(tops: &[Top], sheet: &str, row: u32) -> Option<Candidate> {
    let top = tops.iter().find(|top| top.sheet == sheet)?;
    layout::candidate(top, row.checked_sub(1)?)
}

fn mapped_layout(
    book: &mut dyn Book,
    file: &str,
    limits: &RosterLimits,
    mapping: &RosterMapping,
) -> Result<Layout, Error> {
    let mut tops = Tops::new(limits, file);
    book.read(&mut tops)?;
    let candidate = candidate_at(&tops.found, &mapping.sheet, mapping.header_row)
        .ok_or_else(|| layout::nothing(file, &mapping.sheet))?;
    let kept = kept_columns(file, limits, &candidate, mapping)?;
    let candidates: Vec<Candidate> = tops.found.iter().filter_map(layout::best_row).collect();
    let mut remarks = remarks(&candidate);
    layout::remark_others(&candidate, &candidates, &mut remarks);
    Ok(Layout {
        others: layout::others(file, &candidate, &candidates),
        index: candidate.index,
        header_from: candidate.header_from(),
        sheet: candidate.sheet,
        header_row: candidate.row,
        headers: candidate.headers,
        kept,
        remarks,
    })
}

fn kept_columns(
    file: &str,
    limits: &RosterLimits,
    candidate: &Candidate,
    mapping: &RosterMapping,
) -> Result<Vec<KeptColumn>, Error> {
    let mut kept: Vec<KeptColumn> = Vec::new();
    let headless = mapping.columns.iter().filter_map(|(letter, _)| {
        let column = column_of(letter).filter(|column| *column < limits.max_columns)?;
        let is_headed = candidate
            .headers
            .iter()
            .any(|(headed, _)| *headed == column);
        (!is_headed).then(|| (column, String::new()))
    });
    let columns: BTreeMap<u32, String> =
        candidate.headers.iter().cloned().chain(headless).collect();
    for (column, header) in &columns {
        let letter = letters(*column);
        let Some(field) = mapping.field_of(&letter) else {
            continue;
        };
        if let Some(first) = kept.iter().find(|other| other.field == field) {
            return Err(Error::ColumnAmbiguous {
                file: file.to_owned(),
                sheet: candidate.sheet.clone(),
                field,
                columns: vec![
                    format!("{}列", letters(first.column)),
                    format!("{letter}列“{header}”"),
                ],
            });
        }
        kept.push(KeptColumn {
            column: *column,
            field,
        });
    }
    let missing: Vec<RosterField> = REQUIRED
        .into_iter()
        .filter(|field| kept.iter().all(|column| column.field != *field))
        .collect();
    if missing.is_empty() {
        kept.sort_unstable_by_key(|column| column.field);
        return Ok(kept);
    }
    Err(candidate.lacks(file, missing))
}
