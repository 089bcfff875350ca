//! Payment lists (缴费名单): the bill of a payment service or any table with a column of amounts.
//!
//! Only what stands in the table: whose a payment is, is told by [`crate::matching`], and what it amounts to by
//! [`zhaoshen_model::payment`]. A row that is no payment is a value in the report and stops nothing.

mod header;
mod met;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use zhaoshen_model::payment::{LARGEST_FEN, Payment, amount_fen, yuan};

use self::header::{Part, part_of};
use self::met::{Met, Seen};
use crate::error::Error;
use crate::headed::{self, Headed, Lost, Texts, read_headed};
use crate::roster::keys::KeyColumns;
use crate::roster::{RosterLimits, columns, read_table_file};
use crate::totals::is_total;

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
    /// The amount's cell, e.g. `C17`.
    pub cell: String,
    /// What tells it from every other payment, however often the list is read: the order number, or what stands in
    /// the row.
    pub key: String,
    /// What it says; of one that was paid back in part the amount is what is left.
    pub payment: Payment,
    /// 分 that the row of an order says were paid back of it.
    pub returned_fen: i64,
    /// The number of the refund, where it is one and has a number of its own, or empty.
    pub refund: String,
    /// Whether it is a refund that the bill tells as an expense (支出): its number may be its own and no order's.
    pub is_spent: bool,
}

/// A row that is no payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedPayment {
    /// The amount's cell, e.g. `C17`; empty when it is a whole sheet.
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
    /// Orders of which all was paid back, amount 0: none of them is a payment, and one that an earlier list gave is
    /// none any more.
    pub returned: Vec<PaymentRow>,
    /// Rows that are none, and what is doubtful in others, top to bottom.
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

/// The payments in `bytes`, the contents of `file`; of a workbook the sheet with the fullest header of a
/// payment list.
///
/// # Errors
/// [`Error::NotPayments`] without a column of amounts beside one that tells who paid; when the file is no table,
/// protected, or damaged.
pub fn read_payments_bytes(bytes: &[u8], file: &str) -> Result<PaymentTable, Error> {
    let found = headed::chosen(read_headed::<Header>(bytes, file)?);
    let (found, remarks) = found.ok_or_else(|| Error::NotPayments {
        file: file.to_owned(),
    })?;
    let mut table = payments(found);
    let remarks = remarks.into_iter().map(|why_zh| SkippedPayment {
        cell: String::new(),
        why_zh,
    });
    table.skipped.splice(0..0, remarks);
    Ok(table)
}

/// Columns by what they are, those of remarks, and those that name a student.
#[derive(Debug)]
struct Header {
    columns: BTreeMap<Part, u32>,
    notes: Vec<u32>,
    keys: KeyColumns,
}

impl headed::Header for Header {
    /// The bill of WeChat has sixteen lines above it.
    const WITHIN: u32 = 40;

    fn of(texts: &Texts) -> Option<Self> {
        let mut best: BTreeMap<Part, (usize, u32)> = BTreeMap::new();
        let mut notes = Vec::new();
        for (column, text) in texts {
            let Some((part, rank)) = part_of(text) else {
                continue;
            };
            if part == Part::Note {
                notes.push(*column);
            }
            let best = best.entry(part).or_insert((rank, *column));
            if rank < best.0 {
                *best = (rank, *column);
            }
        }
        let keys = KeyColumns::of(texts);
        let says_who =
            !keys.is_empty() || best.contains_key(&Part::Payer) || best.contains_key(&Part::Note);
        (best.contains_key(&Part::Amount) && says_who).then(|| Self {
            columns: best.into_iter().map(|(part, at)| (part, at.1)).collect(),
            notes,
            keys,
        })
    }

    fn wants(&self, column: u32) -> bool {
        self.notes.contains(&column)
            || self.keys.wants(column)
            || self.columns.values().any(|at| *at == column)
    }
}

fn payments(headed: Headed<Header>) -> PaymentTable {
    let mut table = PaymentTable {
        sheet: headed.sheet,
        header_row: headed.header_row + 1,
        ..PaymentTable::default()
    };
    let lines: Vec<Line<'_>> = (headed.rows.iter())
        .map(|(row, texts)| Line {
            header: &headed.header,
            row: *row,
            texts,
            lost: &headed.lost,
        })
        .collect();
    let mut met = Met::default();
    let mut paid_back = HashSet::new();
    for line in lines {
        let mut row = match line.read() {
            Ok(row) => row,
            Err(why) => {
                table.skipped.push(line.skipped(&why));
                continue;
            }
        };
        table.skipped.extend(line.without_number());
        let is_returned = row.payment.amount_fen == 0;
        // Without a number nobody can tell which payment was paid back; with one it is counted as paid and paid back.
        if is_returned && row.payment.reference.is_empty() {
            table
                .skipped
                .push(line.skipped_for(Part::Status, "已全额退款"));
            met.see(&row);
            continue;
        }
        let (key, seen) = met.see(&row);
        row.key = key;
        match seen {
            Seen::First if is_returned => table.returned.push(row),
            Seen::First => table.rows.push(row),
            // Two bills one below the other: the order was paid in the first and is paid back in the second.
            Seen::PaidBackSince => {
                paid_back.insert(row.key.clone());
                table.returned.push(row);
            }
            Seen::Again => table
                .skipped
                .push(line.skipped("与上面一行的单号相同，只计一次")),
        }
    }
    table.rows.retain(|row| !paid_back.contains(&row.key));
    table
}

/// One row below the header.
struct Line<'a> {
    header: &'a Header,
    row: u32,
    texts: &'a Texts,
    lost: &'a Lost,
}

impl Line<'_> {
    fn text(&self, part: Part) -> &str {
        let column = self.header.columns.get(&part);
        column
            .and_then(|column| self.texts.get(column))
            .map_or("", |text| text.trim_start_matches('`').trim())
    }

    fn cell(&self, part: Part) -> String {
        let column = self.header.columns.get(&part).copied();
        let column = columns::letters(column.unwrap_or_default());
        format!("{column}{}", self.row + 1)
    }

    fn skipped(&self, why: &str) -> SkippedPayment {
        self.skipped_for(Part::Amount, why)
    }

    /// As [`Self::skipped`], for what another cell says; the amount's where the list has no such column.
    fn skipped_for(&self, part: Part, why: &str) -> SkippedPayment {
        let says = match self.text(part).is_empty() {
            true => Part::Amount,
            false => part,
        };
        SkippedPayment {
            cell: self.cell(says),
            why_zh: format!("{}{why}", self.whose()),
        }
    }

    /// Why the cell holds something and no text.
    fn why_lost(&self, part: Part) -> Option<&'static str> {
        let column = self.header.columns.get(&part)?;
        self.lost.get(&(self.row, *column)).copied()
    }

    /// The order number; empty where a spreadsheet has made a rounded number of it, which is that of many orders.
    fn reference(&self) -> &str {
        let written = self.text(Part::Reference);
        if is_rounded(written) { "" } else { written }
    }

    /// That the row has an order number which cannot be read.
    fn without_number(&self) -> Option<SkippedPayment> {
        let written = self.text(Part::Reference);
        let is_lost = is_rounded(written) || self.why_lost(Part::Reference).is_some();
        is_lost.then(|| SkippedPayment {
            cell: self.cell(Part::Reference),
            why_zh: format!(
                "{}单号被表格软件存成了数字，末几位已经失去，这一笔只能按时间、金额和付款人认；请改用下载的账单原文件",
                self.whose()
            ),
        })
    }

    /// Whose row it is by payer, sum and time, as the bill writes them: what somebody needs to find it again. Notes stay
    /// out, as they hold numbers of documents.
    fn whose(&self) -> String {
        let payer = self.text(Part::Payer).trim_matches(['/', ' ']);
        if payer.is_empty() {
            return String::new();
        }
        let parts = [payer, self.text(Part::Amount), self.text(Part::PaidAt)];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}：", parts.join("，"))
    }

    /// The payment, as yet without a key, or why it is none.
    fn read(&self) -> Result<PaymentRow, String> {
        self.is_payment()?;
        let (amount_fen, returned_fen) = self.amount()?;
        let payment = Payment {
            reference: self.reference().to_owned(),
            paid_at: self.text(Part::PaidAt).to_owned(),
            amount_fen,
            payer: self.text(Part::Payer).trim_matches(['/', ' ']).to_owned(),
            note: self.note(),
            named: self.header.keys.read(self.texts),
        };
        let is_refund = amount_fen < 0;
        Ok(PaymentRow {
            row: self.row + 1,
            cell: self.cell(Part::Amount),
            key: String::new(),
            // Without a number nobody can follow an order.
            returned_fen: match payment.reference.is_empty() {
                true => 0,
                false => returned_fen,
            },
            refund: match is_refund {
                true => self.refund_number().to_owned(),
                false => String::new(),
            },
            is_spent: is_refund && self.is_expense(),
            payment,
        })
    }

    /// Remarks and goods.
    fn note(&self) -> String {
        let notes = self.header.notes.iter().filter_map(|at| self.texts.get(at));
        let notes: Vec<&str> = notes
            .map(|note| note.trim_matches(['`', '/', ' ']))
            .filter(|note| !note.is_empty())
            .collect();
        notes.join(" ")
    }

    /// The refund's own number, or empty; bills write `0` where there is none.
    fn refund_number(&self) -> &str {
        let written = self.text(Part::RefundNumber);
        let is_none =
            is_rounded(written) || written.bytes().all(|byte| matches!(byte, b'0' | b'/'));
        if is_none { "" } else { written }
    }

    fn is_expense(&self) -> bool {
        self.text(Part::Direction).contains('支')
    }

    /// Whether an expense of the bill's owner plainly gives a payment back. One whose state says that it was itself given back
    /// (已全额退款) is none.
    fn is_refund_paid(&self) -> bool {
        let is_out = self.text(Part::Direction).contains("支出");
        let says = |text: &str| text.contains("退款");
        let status = self.text(Part::Status);
        let is_taken_back = says(status) && status.starts_with('已');
        is_out
            && (says(self.text(Part::Kind))
                || (!is_taken_back && (says(status) || says(&self.note()))))
    }

    /// Refuses a row that only adds up others.
    fn is_payment(&self) -> Result<(), String> {
        let named = self.header.keys.read(self.texts);
        let keys = [
            &named.student_no,
            &named.id_number,
            &named.exam_no,
            &named.name,
        ];
        let parts = [Part::Reference, Part::PaidAt, Part::Payer].map(|part| self.text(part));
        let says_who = keys.into_iter().map(String::as_str).chain(parts);
        let says_who: Vec<&str> = says_who.filter(|text| !text.is_empty()).collect();
        let noted: Vec<&String> = self
            .header
            .notes
            .iter()
            .filter_map(|at| self.texts.get(at))
            .collect();
        let only_noted = says_who.is_empty() && noted.iter().all(|note| is_total(note));
        if says_who.iter().any(|text| is_total(text)) || (only_noted && !noted.is_empty()) {
            return Err("是小计、合计一类的行，不是缴费".to_owned());
        }
        if only_noted && !self.text(Part::Amount).is_empty() {
            return Err("只有金额，没有写是谁缴的（多半是合计）".to_owned());
        }
        Ok(())
    }

    /// What is left of it, negative where it was paid back, and what the row says was paid back.
    fn amount(&self) -> Result<(i64, i64), String> {
        let (written, status) = (self.text(Part::Amount), self.text(Part::Status));
        let Some(amount) = amount_fen(written) else {
            return Err(self.why_no_amount(written));
        };
        if self.is_expense() && !self.is_refund_paid() {
            return Err("是支出，不是收款".to_owned());
        }
        if NOT_PAID.iter().any(|word| status.contains(word)) {
            return Err(format!("状态是“{status}”，没有收到钱"));
        }
        if self.is_expense() && amount != 0 {
            return Ok((-amount.abs(), 0));
        }
        let refunded = match status.contains("全额退款") {
            true => amount,
            false => refunded_in(status)
                .or_else(|| amount_fen(self.text(Part::Refund)))
                .unwrap_or(0),
        };
        match amount - refunded {
            0 if amount <= 0 => Err("金额为 0".to_owned()),
            rest if rest < 0 => Ok((rest, 0)),
            rest => Ok((rest, refunded.max(0))),
        }
    }

    fn why_no_amount(&self, written: &str) -> String {
        let plain = written.replace(['¥', '￥', '元', ',', ' '], "");
        let is_above = |yuan: f64| yuan.is_finite() && yuan * 100.0 > LARGEST_FEN as f64;
        match (written, self.why_lost(Part::Amount)) {
            ("", Some(why)) => format!("金额{why}"),
            ("", None) => "没有金额".to_owned(),
            _ if plain.parse().is_ok_and(is_above) => {
                format!("“{written}”超过 {} 元，多半不是金额", yuan(LARGEST_FEN))
            }
            _ => format!("“{written}”不是金额；请写成 20 或 20.50"),
        }
    }
}

/// Whether it is what a spreadsheet writes for a number that it has rounded, such as `4.2E+27`.
fn is_rounded(reference: &str) -> bool {
    let Some((digits, power)) = reference.split_once(['E', 'e']) else {
        return false;
    };
    let Some(power) = power.strip_prefix('+') else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(power) && is_number(&digits.replacen('.', "", 1))
}

/// What a state such as `已退款(￥20.00)` says was paid back.
fn refunded_in(status: &str) -> Option<i64> {
    let (_, rest) = status.split_once("退款")?;
    amount_fen(rest.trim_matches(['(', ')', '（', '）']))
}

#[cfg(test)]
mod tests;
