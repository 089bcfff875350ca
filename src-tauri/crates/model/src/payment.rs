//! What students paid for their photo (缴费): amounts in 分, and what several payments of one student amount to.
//!
//! Not who a payment is from, nor whether anything is held back for it: the ledger only shows.

use serde::{Deserialize, Serialize};

use crate::ids::StudentId;
use crate::student::StudentKeys;

/// Where a student stands with the fee of the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeState {
    /// 未缴: nothing, or all of it was paid back.
    Unpaid,
    /// 少缴: something, and less than the fee.
    Short,
    /// 已缴.
    Paid,
    /// 多缴: more than the fee; mostly paid twice.
    Over,
}

impl FeeState {
    /// Every state, in the order in which somebody has to act.
    pub const ALL: [Self; 4] = [Self::Unpaid, Self::Short, Self::Over, Self::Paid];

    /// What payments that sum up to `paid_fen` amount to where the fee is `fee_fen`, both in 分. Without a fee (0)
    /// nobody owes anything.
    pub const fn of(fee_fen: i64, paid_fen: i64) -> Self {
        if paid_fen > fee_fen {
            Self::Over
        } else if paid_fen == fee_fen {
            Self::Paid
        } else if paid_fen > 0 {
            Self::Short
        } else {
            Self::Unpaid
        }
    }

    /// Its name outside the program.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Short => "short",
            Self::Paid => "paid",
            Self::Over => "over",
        }
    }
}

/// A payment as a list gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
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
    pub named: StudentKeys,
}

/// What one of several students has of a payment that was made for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Whose it is.
    pub student: StudentId,
    /// 分; negative for what was paid back.
    pub fen: i64,
}

/// Whether `shares` divide a payment of `amount_fen` wholly among several students: each once, each with something.
pub fn divides(shares: &[Share], amount_fen: i64) -> bool {
    let mut students: Vec<StudentId> = shares.iter().map(|share| share.student).collect();
    students.sort_unstable();
    students.dedup();
    let is_something = |share: &Share| share.fen != 0 && share.fen.signum() == amount_fen.signum();
    students.len() == shares.len()
        && shares.len() > 1
        && shares.iter().all(is_something)
        && shares
            .iter()
            .try_fold(0_i64, |sum, share| sum.checked_add(share.fen))
            == Some(amount_fen)
}

/// The largest amount read, 分: one million 元. What is more is no fee but another column.
pub const LARGEST_FEN: i64 = 100_000_000;

/// An amount as offices and bills write it, in 分: `20`, `20.00`, `¥20.00`, `￥1,020.5`, `20元`, `20元整`, `-20`, `` `20.00 ``.
/// `None` for what is no amount, has parts of a 分, or is above [`LARGEST_FEN`].
pub fn amount_fen(text: &str) -> Option<i64> {
    let plain: String = text
        .chars()
        .map(crate::name::half_width)
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '`' | '¥' | '￥' | '元'))
        .collect();
    let plain = plain.strip_suffix('整').unwrap_or(&plain);
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, plain.strip_prefix('+').unwrap_or(plain)),
    };
    let (yuan, fen) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if yuan.is_empty() || !all_digits(yuan) || !all_digits(fen) {
        return None;
    }
    let fen = fen.trim_end_matches('0');
    if fen.len() > 2 {
        return None;
    }
    let fen: i64 = format!("{fen:0<2}").parse().ok()?;
    let whole = yuan
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(fen)?;
    (whole <= LARGEST_FEN).then_some(sign * whole)
}

/// An amount in 元, with two decimals where they are not zero: `20`, `20.50`, `-3.05`.
pub fn yuan(fen: i64) -> String {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    match fen % 100 {
        0 => format!("{sign}{}", fen / 100),
        rest => format!("{sign}{}.{rest:02}", fen / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (text, fen) in [
            ("20", Some(2000)),
            ("20.00", Some(2000)),
            ("20.000", Some(2000)),
            ("¥20.5", Some(2050)),
            ("￥1,020.05", Some(102_005)),
            ("`20.00", Some(2000)),
            (" 20 元", Some(2000)),
            ("２０．００", Some(2000)),
            ("-20.00", Some(-2000)),
            ("+0.01", Some(1)),
            ("0", Some(0)),
            ("1000000", Some(LARGEST_FEN)),
            ("1000000.01", None),
            ("20.005", None),
            ("", None),
            ("-", None),
            (".5", None),
            ("20元整", Some(2000)),
            ("整", None),
            ("1e3", None),
            ("2021310001001", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(amount_fen(text), fen, "{text:?}");
        }
    }

    #[test]
    fn an_amount_reads_back_as_it_was_told() {
        for fen in [
            0,
            1,
            10,
            99,
            100,
            2000,
            2050,
            102_005,
            -1,
            -305,
            LARGEST_FEN,
        ] {
            assert_eq!(amount_fen(&yuan(fen)), Some(fen), "{}", yuan(fen));
        }
    }

    #[test]
    fn shares_divide_a_payment_wholly_among_several() {
        for (shares, amount, expected) in [
            (vec![(1, 2000), (2, 2000)], 4000, true),
            (vec![(1, 2500), (2, 1500)], 4000, true),
            (vec![(1, -2000), (2, -2000)], -4000, true),
            (vec![(1, 1), (2, 1), (3, 1)], 3, true),
            (vec![(1, 2000), (2, 1999)], 4000, false),
            (vec![(1, 2000), (2, 2001)], 4000, false),
            (vec![(1, 2000), (1, 2000)], 4000, false),
            (vec![(1, 4000), (2, 0)], 4000, false),
            (vec![(1, 5000), (2, -1000)], 4000, false),
            (vec![(1, i64::MAX), (2, i64::MAX)], 4000, false),
            (vec![(1, 4000)], 4000, false),
            (vec![], 0, false),
        ] {
            let shares: Vec<Share> = (shares.iter())
                .map(|(student, fen)| Share {
                    student: StudentId(*student),
                    fen: *fen,
                })
                .collect();
            assert_eq!(divides(&shares, amount), expected, "{shares:?} of {amount}");
        }
    }

    #[test]
    fn the_sum_of_what_was_paid_says_where_somebody_stands() {
        for (fee, paid, state) in [
            (2000, 0, FeeState::Unpaid),
            (2000, -2000, FeeState::Unpaid),
            (2000, 1, FeeState::Short),
            (2000, 1999, FeeState::Short),
            (2000, 2000, FeeState::Paid),
            (2000, 2001, FeeState::Over),
            (2000, 4000, FeeState::Over),
            (0, 0, FeeState::Paid),
            (0, 2000, FeeState::Over),
        ] {
            assert_eq!(FeeState::of(fee, paid), state, "{paid} of {fee}");
        }
    }
}
