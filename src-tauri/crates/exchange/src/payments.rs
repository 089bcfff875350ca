//! Payment lists (缴费名单): the bill of a payment service or any table with a column of amounts.
//!
//! Only what stands in the table: whose a payment is, is told by [`crate::matching`], and what it amounts to by
//! [`zhaoshen_model::payment`]. A row that is no payment is a value in the report and stops nothing.

mod header;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use zhaoshen_model::RosterField;
use zhaoshen_model::payment::{PaymentKeys, amount_fen};

use self::header::{Part, part_of};

use crate::error::Error;
use crate::roster::sheet::{Cell, Next, Sheet, Taker, Value};
use crate::roster::{RosterLimits, columns, read_cells, read_table_file};

/// Rows among which the header is looked for: the bill of WeChat has sixteen lines above it.
const HEADER_WITHIN: u32 = 40;
/// Above it Excel has lost digits.
const LARGEST_EXACT: f64 = 1e15;

/// Words of a state in which no money came in.
const NOT_PAID: [&str; 9] = [
    "关闭",
    "失败",
    "未支付",
    "待支付",
    "未付款",
    "未缴",
    "撤销",
    "NOTPAY",
    "CLOSED",
];

/// One payment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentRow {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// What tells it from every other payment, however often the list is read: the order number, or what stands in
    /// the row.
    pub key: String,
    /// The order number as written, or empty.
    pub reference: String,
    /// When it was paid, as written, or empty.
    pub paid_at: String,
    /// 分; negative for what was paid back.
    pub amount_fen: i64,
    /// Who paid as the service knows them, or empty.
    pub payer: String,
    /// Remarks and goods, or empty.
    pub note: String,
    /// The columns that name a student.
    pub named: PaymentKeys,
}

/// A row that is no payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedPayment {
    /// The amount's cell, e.g. `C17`.
    pub cell: String,
    /// Why, in Chinese.
    pub why_zh: String,
}

/// What a payment list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentTable {
    /// The sheet.
    pub sheet: String,
    /// The header's row as Excel counts, from 1.
    pub header_row: u32,
    /// Payments, top to bottom; the same order number twice is one.
    pub rows: Vec<PaymentRow>,
    /// Rows that are none, top to bottom.
    pub skipped: Vec<SkippedPayment>,
}

/// The name of the file at `path` and the payments in it.
///
/// # Errors
/// As [`read_payments_bytes`]; when the file cannot be read.
pub fn read_payments(path: &Path) -> Result<(String, PaymentTable), Error> {
    let (file, bytes) = read_table_file(path, &RosterLimits::default())?;
    let table = read_payments_bytes(&bytes, &file)?;
    Ok((file, table))
}

/// The payments in `bytes`, the contents of `file`; of a workbook the first sheet with a header of a payment list.
///
/// # Errors
/// [`Error::NotPayments`] without a column of amounts beside one that tells who paid; when the file is no table,
/// protected, or damaged.
pub fn read_payments_bytes(bytes: &[u8], file: &str) -> Result<PaymentTable, Error> {
    let mut cells = Cells::default();
    read_cells(bytes, file, &RosterLimits::default(), &mut cells)?;
    cells.table().ok_or_else(|| Error::NotPayments {
        file: file.to_owned(),
    })
}

/// Columns by what they are.
type Columns = BTreeMap<Part, u32>;

#[derive(Debug)]
struct Header {
    row: u32,
    columns: Columns,
    notes: Vec<u32>,
}

/// A row that may be the header: for each kind of column the best word found, by rank and column, and all remarks.
#[derive(Debug, Default)]
struct Candidate {
    best: BTreeMap<Part, (usize, u32)>,
    notes: Vec<u32>,
}

/// Takes the cells of the first sheet that has a header of payments.
#[derive(Debug, Default)]
struct Cells {
    sheet: usize,
    name: String,
    texts: BTreeMap<(u32, u32), String>,
    header: Option<Header>,
    seen: u64,
}

impl Cells {
    /// Looks for a header among the rows taken so far.
    fn look(&self) -> Option<Header> {
        let mut rows: BTreeMap<u32, Candidate> = BTreeMap::new();
        for ((row, column), text) in self.texts.range(..(HEADER_WITHIN, 0)) {
            let Some((part, rank)) = part_of(text) else {
                continue;
            };
            let found = rows.entry(*row).or_default();
            if part == Part::Note {
                found.notes.push(*column);
            }
            let best = found.best.entry(part).or_insert((rank, *column));
            if rank < best.0 {
                *best = (rank, *column);
            }
        }
        rows.into_iter().find_map(|(row, found)| {
            let columns: Columns = found
                .best
                .into_iter()
                .map(|(part, at)| (part, at.1))
                .collect();
            let says_who = columns
                .keys()
                .any(|part| matches!(part, Part::Payer | Part::Note | Part::Key(_)));
            (columns.contains_key(&Part::Amount) && says_who).then_some(Header {
                row,
                columns,
                notes: found.notes,
            })
        })
    }

    fn table(mut self) -> Option<PaymentTable> {
        let header = self.header.take().or_else(|| self.look())?;
        let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
        for ((row, column), text) in self.texts {
            if row > header.row {
                rows.entry(row).or_default().insert(column, text);
            }
        }
        let mut table = PaymentTable {
            sheet: self.name,
            header_row: header.row + 1,
            ..PaymentTable::default()
        };
        let mut keys = Keys::default();
        for (row, texts) in rows {
            let line = Line {
                header: &header,
                row,
                texts: &texts,
            };
            match line.read() {
                Ok(mut payment) => {
                    if keys.is_new(&mut payment) {
                        table.rows.push(payment);
                    } else {
                        table
                            .skipped
                            .push(line.skipped("与上面一行的单号相同，只计一次"));
                    }
                }
                Err(why) => table.skipped.push(line.skipped(&why)),
            }
        }
        Some(table)
    }
}

impl Taker for Cells {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if self.header.is_none() {
            self.header = self.look();
        }
        if self.header.is_some() {
            return Next::Stop;
        }
        self.texts.clear();
        self.sheet = sheet.index;
        sheet.name.clone_into(&mut self.name);
        Next::Go
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        let limits = RosterLimits::default();
        self.seen += 1;
        if self.seen > limits.max_cells || cell.row >= limits.max_rows {
            return Ok(Next::Stop);
        }
        if cell.sheet != self.sheet {
            return Ok(Next::Skip);
        }
        if self.header.is_none() && cell.row >= HEADER_WITHIN {
            self.header = self.look();
            if self.header.is_none() {
                return Ok(Next::Skip);
            }
        }
        let wanted = self.header.as_ref().is_none_or(|header| {
            header.notes.contains(&cell.column)
                || header.columns.values().any(|at| *at == cell.column)
        });
        if wanted
            && cell.column < limits.max_columns
            && let Some(text) = cell.value.as_ref().and_then(text_of)
        {
            self.texts.insert((cell.row, cell.column), text);
        }
        Ok(Next::Go)
    }
}

/// One row below the header.
struct Line<'a> {
    header: &'a Header,
    row: u32,
    texts: &'a BTreeMap<u32, String>,
}

impl Line<'_> {
    fn text(&self, part: Part) -> &str {
        let column = self.header.columns.get(&part);
        column
            .and_then(|column| self.texts.get(column))
            .map_or("", |text| text.trim_start_matches('`').trim())
    }

    fn skipped(&self, why: &str) -> SkippedPayment {
        let column = self.header.columns.get(&Part::Amount).copied();
        SkippedPayment {
            cell: format!(
                "{}{}",
                columns::letters(column.unwrap_or_default()),
                self.row + 1
            ),
            why_zh: why.to_owned(),
        }
    }

    /// The payment, or why it is none.
    fn read(&self) -> Result<PaymentRow, String> {
        let amount = self.amount()?;
        let key = |field| self.text(Part::Key(field)).to_owned();
        let notes = self.header.notes.iter().filter_map(|at| self.texts.get(at));
        let notes: Vec<&str> = notes
            .map(|note| note.trim_matches(['`', '/', ' ']))
            .collect();
        Ok(PaymentRow {
            row: self.row + 1,
            key: String::new(),
            reference: self.text(Part::Reference).to_owned(),
            paid_at: self.text(Part::PaidAt).to_owned(),
            amount_fen: amount,
            payer: self.text(Part::Payer).trim_matches(['/', ' ']).to_owned(),
            note: notes
                .into_iter()
                .filter(|note| !note.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            named: PaymentKeys {
                student_no: key(RosterField::StudentNo),
                id_number: key(RosterField::IdNumber),
                exam_no: key(RosterField::ExamNo),
                name: key(RosterField::Name),
            },
        })
    }

    fn amount(&self) -> Result<i64, String> {
        let (written, status) = (self.text(Part::Amount), self.text(Part::Status));
        let Some(amount) = amount_fen(written) else {
            return Err(match written {
                "" => "没有金额".to_owned(),
                other => format!("“{other}”不是金额"),
            });
        };
        if self.text(Part::Direction).contains('支') {
            return Err("是支出，不是收款".to_owned());
        }
        if NOT_PAID.iter().any(|word| status.contains(word)) {
            return Err(format!("状态是“{status}”，没有收到钱"));
        }
        if status.contains("全额退款") {
            return Err("已全额退款".to_owned());
        }
        let refunded = refunded_in(status)
            .or_else(|| amount_fen(self.text(Part::Refund)))
            .unwrap_or(0);
        match amount - refunded {
            0 => Err("金额为 0".to_owned()),
            rest => Ok(rest),
        }
    }
}

/// What a state such as `已退款(￥20.00)` says was paid back.
fn refunded_in(status: &str) -> Option<i64> {
    let (_, rest) = status.split_once("退款")?;
    amount_fen(rest.trim_matches(['(', ')', '（', '）']))
}

/// Which payments of a list were met already.
#[derive(Debug, Default)]
struct Keys {
    references: HashSet<String>,
    unnumbered: HashMap<String, u32>,
}

impl Keys {
    /// Gives the payment its key; whether it was not met before. Rows without an order number are told apart by what
    /// stands in them and by how often the same stands above.
    fn is_new(&mut self, payment: &mut PaymentRow) -> bool {
        let sign = if payment.amount_fen < 0 { "退" } else { "收" };
        if !payment.reference.is_empty() {
            payment.key = format!("{sign}|{}", payment.reference);
            return self.references.insert(payment.key.clone());
        }
        let named = &payment.named;
        let row = [
            payment.paid_at.as_str(),
            &payment.amount_fen.to_string(),
            &payment.payer,
            &payment.note,
            &named.student_no,
            &named.id_number,
            &named.exam_no,
            &named.name,
        ]
        .join("|");
        let above = self.unnumbered.entry(row.clone()).or_insert(0);
        *above += 1;
        payment.key = format!("{sign}#{above}|{row}");
        true
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Date(text) => Some(text.clone()),
        // An order number that lost digits would make two payments one.
        Value::Number(number) if number.abs() < LARGEST_EXACT => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
