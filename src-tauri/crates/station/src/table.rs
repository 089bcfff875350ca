//! Saves a table of the screens as a workbook.
//!
//! The screen sends what it shows, cell by cell; nothing is read from the store here, so that a saved table never
//! holds more than the reviewer saw. Not the figures of a round, which have their own workbook (`statistics`).

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use zhaoshen_exchange::workbook::{Book, Column, save_new};
use zhaoshen_model::RoundId;
use zhaoshen_store::{FileKind, NewFile};

use crate::Seat;
use crate::app::{local_date, now};
use crate::failure::{exchange, not_found, refused, store};
use crate::job::lock;
use crate::wire::{Failure, FileSaved, TableColumn, TableSave};
use crate::zh;

/// Most rows of a sheet, without its header (limit of the format).
const MOST_ROWS: usize = 1_048_575;
/// Most columns of a table; no screen has a tenth of it.
const MOST_COLUMNS: usize = 256;
/// Longest name of a sheet, UTF-16 units (limit of the format).
const LONGEST_SHEET: usize = 31;
/// Widest column, characters.
const WIDEST: usize = 60;
/// Rows that a column's width is taken from.
const WIDTH_ROWS: usize = 200;

/// Files that a folder was chosen for, and that no job or round keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saved {
    /// A table of a screen, or one for each college.
    Table,
    /// Rows for whoever sends text messages.
    Sms,
    /// The package of diagnostics.
    Diagnostics,
}

/// Where a file of each kind was saved last, since the station opened.
#[derive(Debug, Default)]
pub(crate) struct SavedFiles(Mutex<HashMap<Saved, String>>);

impl SavedFiles {
    /// Takes note of the folder.
    pub(crate) fn note(&self, what: Saved, folder: String) {
        lock(&self.0).insert(what, folder);
    }
}

/// A file that names students, for the log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    /// Whose students; `None` where they may be anybody's in the workspace.
    pub(crate) round: Option<RoundId>,
    /// What it holds.
    pub(crate) kind: FileKind,
    /// Students in it, where they were counted, and whether their telephone numbers are.
    pub(crate) students: Option<(u64, bool)>,
}

impl Written {
    /// A file about a round, its students not counted.
    pub(crate) const fn of(round: RoundId, kind: FileKind) -> Self {
        Self {
            round: Some(round),
            kind,
            students: None,
        }
    }
}

impl Seat {
    /// Writes a table to a new workbook in a folder.
    ///
    /// # Errors
    /// Refused for a table that no sheet can hold and for a folder of the workspace; not found for a round that is none; when
    /// the folder cannot be written into.
    pub fn table_save(&self, args: TableSave) -> Result<FileSaved, Failure> {
        if args.columns.is_empty()
            || args.columns.len() > MOST_COLUMNS
            || args.rows.len() > MOST_ROWS
        {
            return Err(refused(zh::TABLE_TOO_LARGE));
        }
        let columns: Vec<Column<'_>> = (args.columns.iter().enumerate())
            .map(|(at, column)| as_column(column, width(column, at, &args.rows)))
            .collect();
        let name = file_part(&args.title);
        let sheet = sheet_name(&name);
        let mut book = Book::new();
        book.sheet(&sheet, &columns, args.rows)
            .map_err(|error| exchange(&error))?;
        let bytes = book.into_bytes().map_err(|error| exchange(&error))?;
        let named = |n| zh::table_file(&name, &local_date(now()), n);
        let saved = match args.round {
            Some(round) => {
                let what = Written::of(self.round(round)?.id, FileKind::Table);
                self.save_listed(what, &args.folder, &bytes, named)?
            }
            None => self.save_beside(&args.folder, &bytes, named)?,
        };
        self.inner.saved.note(Saved::Table, args.folder);
        Ok(saved)
    }

    /// The folder that a file of this kind was saved to last, to be shown: the page that asks names no path.
    ///
    /// # Errors
    /// Not found where none was saved since the station opened.
    pub(crate) fn saved_folder(&self, of: Saved) -> Result<String, Failure> {
        let folder = lock(&self.inner.saved.0).get(&of).cloned();
        folder.ok_or_else(|| not_found(zh::NOTHING_SAVED))
    }

    /// Writes a file to a folder under the first of its names that is free; nothing there is ever written over.
    ///
    /// # Errors
    /// Refused inside the workspace, which sweeps what it does not know; else when the folder cannot be written into.
    pub(crate) fn save_beside(
        &self,
        folder: &str,
        bytes: &[u8],
        name: impl Fn(u32) -> String,
    ) -> Result<FileSaved, Failure> {
        write_to(&self.free_place(folder, name)?, bytes)
    }

    /// The same of a file that names students: nothing leaves before the log says so, and the list of what lies outside the
    /// workspace has it from then on.
    ///
    /// # Errors
    /// As [`Seat::save_beside`]; refused for a round that does not take it any more.
    pub(crate) fn save_listed(
        &self,
        what: Written,
        folder: &str,
        bytes: &[u8],
        name: impl Fn(u32) -> String,
    ) -> Result<FileSaved, Failure> {
        let place = self.free_place(folder, name)?;
        let path = place.display().to_string();
        let new = NewFile {
            kind: what.kind,
            path: &path,
            students: what.students,
        };
        if !self.names_nobody(what)? {
            self.store()
                .record_file(what.round, new, &self.clerk()?, now())
                .map_err(|error| store(&error))?;
        }
        write_to(&place, bytes)
    }

    /// Whether it shows what is left of a round whose data is gone.
    fn names_nobody(&self, what: Written) -> Result<bool, Failure> {
        match (what.round, what.kind) {
            (Some(round), FileKind::Table | FileKind::Log) => {
                Ok(self.ending(round)?.erased.is_some())
            }
            _ => Ok(false),
        }
    }

    /// Where a file goes in a folder: the first of its names that is free; refused where none is.
    fn free_place(&self, folder: &str, name: impl Fn(u32) -> String) -> Result<PathBuf, Failure> {
        let folder = PathBuf::from(folder);
        if self.store().holds(&folder) {
            return Err(refused(zh::TARGET_IN_WORKSPACE));
        }
        (1..=99)
            .map(|n| folder.join(name(n)))
            .find(|path| !path.exists())
            .ok_or_else(|| refused(zh::NAMES_TAKEN))
    }
}

fn write_to(place: &Path, bytes: &[u8]) -> Result<FileSaved, Failure> {
    save_new(place, bytes).map_err(|error| exchange(&error))?;
    Ok(FileSaved {
        path: place.display().to_string(),
    })
}

/// As much of a name as a sheet's tab holds; a workbook counts UTF-16 units, two for a rare character.
fn sheet_name(name: &str) -> String {
    let mut left = LONGEST_SHEET;
    name.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

/// A title with what neither Windows nor a sheet allows in a name replaced; never empty.
pub(crate) fn file_part(title: &str) -> String {
    let clean: String = title
        .trim()
        .chars()
        .map(|c| {
            if c.is_control() || r#"\/:*?"<>|[]'"#.contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    if clean.is_empty() {
        zh::TABLE.to_owned()
    } else {
        clean
    }
}

fn as_column(column: &TableColumn, width: f64) -> Column<'_> {
    if column.is_number {
        Column::number(&column.title, width)
    } else {
        Column::new(&column.title, width)
    }
}

/// Width that shows the title and the first rows, characters; a Chinese one takes two.
fn width(column: &TableColumn, at: usize, rows: &[Vec<String>]) -> f64 {
    let texts = rows.iter().take(WIDTH_ROWS).filter_map(|row| row.get(at));
    let longest = texts
        .chain([&column.title])
        .map(|text| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum())
        .max()
        .unwrap_or(0_usize);
    let shown = u32::try_from(longest.min(WIDEST)).unwrap_or(0);
    f64::from(shown + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_fit_for_windows_and_for_a_sheet() {
        for (title, name) in [
            ("名单", "名单"),
            (" 2027/春 [1] ", "2027_春 _1_"),
            ("a:b*c?\"<>|'", "a_b_c______"),
            ("  ", zh::TABLE),
        ] {
            assert_eq!(file_part(title), name, "{title}");
        }
    }

    #[test]
    fn a_tab_never_holds_more_than_thirty_one_units() {
        assert_eq!(sheet_name(&"名".repeat(40)), "名".repeat(31));
        assert_eq!(sheet_name(&"𠮷".repeat(40)), "𠮷".repeat(15));
        assert_eq!(sheet_name("名单"), "名单");
    }

    #[test]
    fn a_column_is_as_wide_as_its_words() {
        let column = |title: &str| TableColumn {
            title: title.to_owned(),
            is_number: false,
        };
        let rows = [vec!["文学院".to_owned()], vec!["x".repeat(500)]];
        assert!((width(&column("学院"), 0, &rows[..1]) - 10.0).abs() < 1e-9);
        assert!((width(&column("学院"), 0, &rows) - 64.0).abs() < 1e-9);
        assert!((width(&column("学院"), 1, &rows) - 8.0).abs() < 1e-9);
    }
}
