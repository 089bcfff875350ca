//! Receipts (回执): the lists that the studio and 学信网 give back.
//!
//! Any table below a header: columns that name a student or a delivered file, beside columns that say what became of
//! the photo. A list may tell several things at once, as 学信网's in-school list does. Whose a row is, is told by
//! [`crate::matching`]; what a cell means by [`zhaoshen_model::receipt`]. What is not understood is told by its cell.

mod header;

use std::path::Path;

use zhaoshen_model::StudentKeys;
use zhaoshen_model::identity::is_separator;
use zhaoshen_model::name::{half_width, is_han};
use zhaoshen_model::receipt::{
    Answer, ReceiptKind, ReceiptState, Said, in_one_line, is_unknown_remark, read,
};

pub(crate) use self::header::REGISTER;
use self::header::{Bare, Columns, Telling};
use crate::error::Error;
use crate::headed::{self, Headed, Header, Lost, Texts, read_headed};
use crate::roster::{RosterLimits, columns, read_table_file};
use crate::source::fingerprint_of;
use crate::totals::is_total;

/// Longest text kept of a reason or a remark, characters.
const LONGEST_TEXT: usize = 200;
/// Longest naming of a student in a line that tells of a row, characters.
const LONGEST_NAMED: usize = 40;
/// Longest number that is not cut, with what stands between its digits, characters.
const LONGEST_NUMBER: usize = 72;

/// One thing that a row says of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// The cell that names the student, e.g. `B17`.
    pub cell: String,
    /// The columns that name a student.
    pub named: StudentKeys,
    /// The delivered file, or its serial, as written; or empty.
    pub file_name: String,
    /// What it says.
    pub state: ReceiptState,
    /// The reason or a remark, or empty.
    pub text: String,
    /// Why the photo was given back, where `text` is words that contradict each other; empty where none was written.
    pub reason: Option<String>,
    /// The delivery that the row says it answers, from 1; `None` where it does not say.
    pub delivery: Option<u32>,
    /// The cell among [`ReceiptTable::skipped`] of which a person is to say what it means; `None` for what is plain.
    pub asked: Option<String>,
}

/// A row, or a cell of one, that says nothing; or words that are not known of a row that counts: a remark of 学信网's, an
/// answer of the studio that says neither that it took the photo nor that it gave it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedReceipt {
    /// The cell, e.g. `D17`.
    pub cell: String,
    /// Why, in Chinese.
    pub why_zh: String,
}

/// What a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReceiptTable {
    /// File name.
    pub file: String,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
    /// What it tells of.
    pub kinds: Vec<ReceiptKind>,
    /// What it says, top to bottom.
    pub rows: Vec<ReceiptRow>,
    /// What says nothing, top to bottom.
    pub skipped: Vec<SkippedReceipt>,
}

/// The receipts in the file at `path`; of a given kind only, or of every kind that its columns tell.
///
/// # Errors
/// As [`read_receipts_bytes`]; when the file cannot be read.
pub fn read_receipts(path: &Path, kind: Option<ReceiptKind>) -> Result<ReceiptTable, Error> {
    let (file, bytes) = read_table_file(path, &RosterLimits::default())?;
    read_receipts_bytes(&bytes, &file, kind)
}

/// The receipts in `bytes`, the contents of `file`; of a workbook the sheet with the fullest header of
/// one.
///
/// # Errors
/// [`Error::NotReceipts`] where no column says what became of a photo; when the file is no table, protected, or
/// damaged.
pub fn read_receipts_bytes(
    bytes: &[u8],
    file: &str,
    kind: Option<ReceiptKind>,
) -> Result<ReceiptTable, Error> {
    let not_receipts = || match is_misnamed(bytes, file) {
        true => Error::NotAWorkbook {
            file: file.to_owned(),
            found: "不是工作簿，是改了扩展名的文本文件，里面也没有找到回执",
            remedy: "请向提供者重新索取，或用 Excel、WPS 打开核对后另存为“Excel 工作簿（.xlsx）”再导入",
        },
        false => Error::NotReceipts {
            file: file.to_owned(),
        },
    };
    let mut table = match headed::chosen(read_headed::<Telling>(bytes, file)?) {
        Some(found) => told(found, |header| header.0, kind),
        // The in-school list may have no column of its own: whoever is in it, is listed.
        None if kind == Some(ReceiptKind::Enrolment) => {
            let found = headed::chosen(read_headed::<Bare>(bytes, file)?);
            let found = found.ok_or_else(not_receipts)?;
            told(found, |header| header.0, kind)
        }
        None => return Err(not_receipts()),
    };
    if table.kinds.is_empty() {
        return Err(not_receipts());
    }
    file.clone_into(&mut table.file);
    table.sha256 = fingerprint_of(bytes);
    Ok(table)
}

/// Whether a file is called a workbook and its bytes begin as none.
fn is_misnamed(bytes: &[u8], file: &str) -> bool {
    let ending = Path::new(file).extension();
    let is_called = ending.is_some_and(|ending| {
        ["xlsx", "xls", "xlsm", "xlsb", "et"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    });
    let begins: [&[u8]; 3] = [b"PK", b"\xd0\xcf\x11\xe0", b"<"];
    let text = bytes.trim_ascii_start();
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    is_called && !begins.iter().any(|known| text.starts_with(known))
}

fn told<H: Header>(
    (headed, remarks): (Headed<H>, Vec<String>),
    columns: impl Fn(H) -> Columns,
    kind: Option<ReceiptKind>,
) -> ReceiptTable {
    let columns = columns(headed.header);
    let kinds = columns.kinds(kind);
    let mut table = ReceiptTable::default();
    let remarks = remarks.into_iter().map(|why_zh| SkippedReceipt {
        cell: String::new(),
        why_zh,
    });
    table.skipped.extend(remarks);
    // A header that is printed once more on each page is no row.
    let is_header = |texts: &Texts| H::of(texts).is_some();
    for (row, texts) in headed.rows.iter().filter(|(_, texts)| !is_header(texts)) {
        let line = Line {
            columns: &columns,
            row: *row,
            texts,
            lost: &headed.lost,
        };
        line.read(&kinds, &mut table);
    }
    table.kinds = kinds;
    table
}

/// One row below the header.
struct Line<'a> {
    columns: &'a Columns,
    row: u32,
    texts: &'a Texts,
    lost: &'a Lost,
}

impl Line<'_> {
    fn text(&self, column: Option<u32>) -> &str {
        let text = column.and_then(|column| self.texts.get(&column));
        text.map_or("", |text| text.trim())
    }

    fn cell(&self, column: Option<u32>) -> String {
        format!(
            "{}{}",
            columns::letters(column.unwrap_or_default()),
            u64::from(self.row) + 1
        )
    }

    fn read(&self, kinds: &[ReceiptKind], table: &mut ReceiptTable) {
        let named = self.columns.keys.read(self.texts);
        let file_name = self.text(self.columns.file(&named));
        if self.is_total() {
            return;
        }
        if named == StudentKeys::default() && file_name.is_empty() {
            let says = |kind: &ReceiptKind| match kind {
                ReceiptKind::Studio => self.columns.answered_in(self.texts).is_some(),
                _ => !self.text(self.columns.state(*kind)).is_empty(),
            };
            if kinds.iter().any(says) {
                table.skipped.push(self.nameless());
            }
            return;
        }
        let delivery = match delivery_of(self.text(self.columns.delivery)) {
            Ok(delivery) => delivery,
            Err(why_zh) => {
                let cell = self.cell(self.columns.delivery);
                table.skipped.push(SkippedReceipt { cell, why_zh });
                return;
            }
        };
        let names_it = self
            .texts
            .keys()
            .copied()
            .find(|column| self.columns.names(*column));
        for kind in kinds {
            let of_row = |said: SkippedReceipt| SkippedReceipt {
                why_zh: format!("{}{}", whose(&named), said.why_zh),
                ..said
            };
            let unknown = self.unknown_words(*kind).map(of_row);
            let asked = unknown.as_ref().map(|skipped| skipped.cell.clone());
            table.skipped.extend(unknown);
            match self.said(*kind) {
                Ok(said) => table.rows.push(ReceiptRow {
                    row: self.row + 1,
                    cell: self.cell(names_it),
                    named: named.clone(),
                    file_name: file_name.to_owned(),
                    state: said.state,
                    text: said.rest,
                    reason: said.reason,
                    delivery,
                    asked,
                }),
                Err(why_zh) => table.skipped.push(of_row(SkippedReceipt {
                    cell: self.cell(self.columns.state(*kind)),
                    why_zh,
                })),
            }
        }
    }

    /// Whether the row only adds up others: it says so where it should name a student, or names none and says so anywhere.
    fn is_total(&self) -> bool {
        let mut naming = (self.texts.iter()).filter(|(column, _)| self.columns.names(**column));
        let names_none = naming.clone().next().is_none();
        naming.any(|(_, text)| is_total(text))
            || (names_none && self.texts.values().any(|text| is_total(text)))
    }

    /// Why a row names nobody: the cell that should is empty, or holds what cannot be read.
    fn nameless(&self) -> SkippedReceipt {
        let of_row = self.lost.range((self.row, 0)..=(self.row, u32::MAX));
        let mut lost = of_row.filter(|((_, column), _)| self.columns.names(*column));
        match lost.next() {
            Some(((_, column), why)) => SkippedReceipt {
                cell: self.cell(Some(*column)),
                why_zh: format!("这一格{why}"),
            },
            None => SkippedReceipt {
                cell: self.cell(self.columns.first_key()),
                why_zh: "没有写学号、证件号码、考生号、姓名或文件名".to_owned(),
            },
        }
    }

    /// Words that say nothing known, or two things at once, in a row that counts all the same, so that a person is to
    /// look: of 学信网's own column, whose student is listed; of the studio, whose answer is neither yes nor no.
    fn unknown_words(&self, kind: ReceiptKind) -> Option<SkippedReceipt> {
        let (column, why) = match kind {
            ReceiptKind::Enrolment => {
                let column = self.columns.compared()?;
                let written = self.text(Some(column));
                let what = "只按在校名单里有此人计入；请弄清后人工处理";
                let why = is_unknown_remark(written).then(|| unclear(written, what));
                (column, why?)
            }
            ReceiptKind::Studio => (
                self.columns.answered_in(self.texts)?,
                unsettled(&self.columns.answer(self.texts))?,
            ),
            _ => return None,
        };
        Some(SkippedReceipt {
            cell: self.cell(Some(column)),
            why_zh: why,
        })
    }

    /// What the row says of one kind, or why it says nothing.
    fn said(&self, kind: ReceiptKind) -> Result<Said, String> {
        let column = self.columns.state(kind);
        let written = self.text(column);
        let found = match kind {
            ReceiptKind::Studio => self.columns.answer(self.texts).said(),
            _ => read(kind, written),
        };
        if let Some(said) = found {
            return Ok(Said {
                rest: short(&said.rest, LONGEST_TEXT),
                reason: said.reason.map(|reason| short(&reason, LONGEST_TEXT)),
                ..said
            });
        }
        let lost = column.and_then(|column| self.lost.get(&(self.row, column)));
        Err(match (written, lost) {
            ("", Some(why)) => format!("这一格{why}"),
            ("", None) if kind == ReceiptKind::Studio => format!("审核结果是空的；{ASK}"),
            ("", None) => format!("{}是空的；{ASK}", kind.title()),
            (other, _) => format!("“{}”看不出是什么意思", short(other, 20)),
        })
    }
}

/// What to say of an answer of the studio's that a person is to settle.
fn unsettled(answer: &Answer<'_>) -> Option<String> {
    let said = answer.said()?;
    if said.state != ReceiptState::Unsettled {
        return None;
    }
    let written = answer.first()?.text;
    Some(match read(ReceiptKind::Studio, written) {
        None => {
            let what = "既不是接收也不是退回；请在差异“回执看不出接收还是退回”里认定";
            unclear(written, what)
        }
        Some(_) => format!(
            "“{}”又像接收又像退回；请在差异“回执看不出接收还是退回”里认定",
            short(
                &in_one_line(&said.rest, said.reason.as_deref()),
                LONGEST_NAMED
            )
        ),
    })
}

/// What to do about a row that says nothing.
const ASK: &str = "请问清后在表里补写，再导入一次";

fn unclear(written: &str, what: &str) -> String {
    format!("“{}”看不出是什么意思，{what}", short(written, 20))
}

/// Whom a row names, for the line that tells of it; numbers of documents are not repeated.
fn whose(named: &StudentKeys) -> String {
    let known = [named.student_no.trim(), named.name.trim()];
    let known: Vec<&str> = known.into_iter().filter(|key| !key.is_empty()).collect();
    if known.is_empty() {
        return String::new();
    }
    format!("{}：", short(&known.join(" "), LONGEST_NAMED))
}

/// The number in "2", "交付 2", "第2次", "第 2 次交付"; nothing in an empty cell. Of what is no number, why it is none.
fn delivery_of(written: &str) -> Result<Option<u32>, String> {
    let plain: String = written.chars().map(half_width).collect();
    let number = plain
        .trim()
        .trim_start_matches("交付")
        .trim_start()
        .trim_start_matches('第')
        .trim_end_matches("交付")
        .trim_end()
        .trim_end_matches('次')
        .trim();
    match (plain.trim().is_empty(), number.parse()) {
        (true, _) => Ok(None),
        (false, Ok(number)) if number > 0 => Ok(Some(number)),
        (false, _) => Err(format!(
            "“{}”看不出是第几次交付，请写成“交付 2”或“2”",
            short(written, 20)
        )),
    }
}

/// The beginning of a text, and the rest of a number that it would cut: half of an identity number would not be known as
/// one where it is to be masked.
fn short(text: &str, longest: usize) -> String {
    let plain = text.chars().filter(|c| !c.is_control());
    let plain: Vec<char> = plain.take(longest + LONGEST_NUMBER).collect();
    let (beginning, behind) = plain.split_at(plain.len().min(longest));
    let is_of_number = |c: &&char| c.is_alphanumeric() && !is_han(**c) || is_separator(**c);
    let is_cut = beginning.last().as_ref().is_some_and(is_of_number);
    let rest = behind.iter().take_while(|c| is_cut && is_of_number(c));
    let whole: String = beginning.iter().chain(rest).collect();
    whole.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
