//! Identity numbers (证件号码): which kind one is, whether it can be right, and how it is shown.
//!
//! Arithmetic on text only. It does not know today's date, so "born in the future" is for the
//! caller to say; and it never proves that a number exists or belongs to anybody.
//!
//! Rules: GB 11643 (居民身份证), the layouts of 居住证, 外国人永久居留身份证, 来往内地通行证,
//! 来往大陆通行证 as published. Anything else that looks like a travel document counts as a
//! passport and carries [`IdHint::UnverifiablePassport`].

mod document;
mod spelled;

use serde::{Deserialize, Serialize};

pub use document::{IdDocument, check_as, says_none};
pub use spelled::{Spelled, is_separator};

/// Weights of the first 17 digits (GB 11643, ISO 7064 MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// Check characters by the weighted sum modulo 11 (GB 11643).
const CHECK_CHARACTERS: [u8; 11] = *b"10X98765432";

/// Characters of an identity number that are never shown: many systems use them as a password.
const ALWAYS_HIDDEN: usize = 6;

/// The kind of document a number belongs to, told from the number alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdKind {
    /// 居民身份证, 18 characters.
    Resident,
    /// 居民身份证 of the first generation, 15 digits without check digit.
    ResidentOld,
    /// 港澳台居民居住证: 18 characters beginning 810000, 820000 or 830000.
    ResidencePermit,
    /// 外国人永久居留身份证 of 2023: 18 characters beginning 9.
    PermanentResidence,
    /// 外国人永久居留身份证 before 2023: 3 letters and 12 digits.
    PermanentResidenceOld,
    /// 港澳居民来往内地通行证: H or M, 8 digits, optionally 2 more.
    HongKongMacaoPass,
    /// 台湾居民来往大陆通行证: 8 digits; 10 to 12 on the old ones.
    TaiwanPass,
    /// 护照 or another document: 5 to 17 letters and digits.
    Passport,
}

impl IdKind {
    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Resident => "居民身份证",
            Self::ResidentOld => "居民身份证（15位旧号）",
            Self::ResidencePermit => "港澳台居民居住证",
            Self::PermanentResidence => "外国人永久居留身份证",
            Self::PermanentResidenceOld => "外国人永久居留身份证（旧版）",
            Self::HongKongMacaoPass => "港澳居民来往内地通行证",
            Self::TaiwanPass => "台湾居民来往大陆通行证",
            Self::Passport => "护照或其他证件",
        }
    }
}

/// Sex (性别) as a roster writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Sex {
    /// 男 or 女.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }

    /// The sex a roster cell means: 男/女, 男性/女性, M/F, male/female, or the codes 1/2 of GB/T 2261.1.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "男" | "男性" | "男生" | "m" | "male" | "1" => Some(Self::Male),
            "女" | "女性" | "女生" | "f" | "female" | "2" => Some(Self::Female),
            _ => None,
        }
    }
}

/// Something to tell staff about a number that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "hint")]
pub enum IdHint {
    /// A 15-digit number; the 18-character number it became.
    OldNumber {
        /// The number with "19" and the check character put in.
        converted: String,
    },
    /// An old Taiwan pass of 10 to 12 digits.
    OldTaiwanPass,
    /// No rule can verify it: a person should look.
    UnverifiablePassport,
}

impl IdHint {
    /// One Chinese line for staff; never holds the number itself.
    pub const fn message(&self) -> &'static str {
        match self {
            Self::OldNumber { .. } => "是15位旧身份证号，请核对是否已换发18位号码",
            Self::OldTaiwanPass => "像是旧版台胞证号码，请人工核对",
            Self::UnverifiablePassport => "按护照或其他证件收下，无法校验，请人工核对",
        }
    }
}

/// A number that passed every check its kind has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// What kind of document it is.
    pub kind: IdKind,
    /// Birth date as YYYYMMDD, for the kinds that carry one.
    pub birth_date: Option<String>,
    /// Sex, for the kinds that carry one.
    pub sex: Option<Sex>,
    /// The number as [`normalise`] writes it.
    pub normalised: String,
    /// What a person should look at.
    pub hint: Option<IdHint>,
}

impl Verified {
    /// The text under which two numbers are the same document: a pass without its issue count.
    pub fn comparison_key(&self) -> &str {
        comparison_key(&self.normalised)
    }
}

/// Why a text cannot be an identity number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdProblem {
    /// No characters at all.
    #[error("证件号码为空")]
    Empty,
    /// The count of characters fits no document.
    #[error("证件号码有{length}位，居民身份证应为18位")]
    WrongLength {
        /// Characters after normalising.
        length: usize,
    },
    /// A character that cannot stand at its place.
    #[error("证件号码第{position}位“{found}”不应出现")]
    BadCharacter {
        /// 1-based place.
        position: usize,
        /// What stands there.
        found: char,
    },
    /// The area code cannot be.
    #[error("证件号码开头的地区码不存在")]
    BadArea,
    /// The birth date is not a day of the calendar between 1800 and 2099.
    #[error("证件号码中的出生日期“{text}”不存在")]
    BadDate {
        /// Its eight digits.
        text: String,
    },
    /// The check character does not fit the rest.
    #[error("证件号码校验位不对，至少有一位写错")]
    BadChecksum,
    /// A number that the document named beside it does not have.
    #[error("证件类型是{}，但号码不是这种证件的号码", document.title())]
    OfNoDocument {
        /// The document named.
        document: IdDocument,
    },
}

/// The text as identity numbers are compared: half width, upper case, without blanks, without the
/// quote mark and the `.0` that spreadsheets leave behind.
pub fn normalise(text: &str) -> String {
    let mut plain: String = text
        .chars()
        .map(crate::name::half_width)
        .filter(|c| !c.is_whitespace() && !crate::name::is_invisible(*c))
        .flat_map(char::to_uppercase)
        .collect();
    if let Some(rest) = plain.strip_prefix('\'') {
        plain = rest.to_owned();
    }
    match plain.strip_suffix(".0") {
        Some(digits) if all_digits(digits) => digits.to_owned(),
        _ => plain,
    }
}

/// The document kind that a normalised text has the shape of; `None` when it fits none.
pub fn infer_kind(normalised: &str) -> Option<IdKind> {
    let bytes = normalised.as_bytes();
    let digits_after = |start: usize| bytes.iter().skip(start).all(u8::is_ascii_digit);
    match bytes {
        [first, .., last] if bytes.len() == 18 => {
            let shaped = bytes.iter().take(17).all(u8::is_ascii_digit)
                && (last.is_ascii_digit() || *last == b'X');
            match first {
                _ if !shaped => None,
                b'9' => Some(IdKind::PermanentResidence),
                b'8' if matches!(bytes.get(1), Some(b'1'..=b'3')) => Some(IdKind::ResidencePermit),
                b'1'..=b'8' => Some(IdKind::Resident),
                _ => None,
            }
        }
        [b'H' | b'M', ..] if matches!(bytes.len(), 9 | 11) && digits_after(1) => {
            Some(IdKind::HongKongMacaoPass)
        }
        [a, b, c, ..]
            if bytes.len() == 15
                && [a, b, c].iter().all(|byte| byte.is_ascii_uppercase())
                && digits_after(3) =>
        {
            Some(IdKind::PermanentResidenceOld)
        }
        _ if !bytes.is_empty() && digits_after(0) => match bytes.len() {
            15 => Some(IdKind::ResidentOld),
            8 | 10..=12 => Some(IdKind::TaiwanPass),
            // Passports of several countries are nine digits; longer runs are broken ID numbers.
            5..=7 | 9 => Some(IdKind::Passport),
            _ => None,
        },
        _ if (5..=17).contains(&bytes.len())
            && bytes
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && bytes.iter().any(u8::is_ascii_digit) =>
        {
            Some(IdKind::Passport)
        }
        _ => None,
    }
}

/// Verifies the number that `text` spells, after [`normalise`].
///
/// # Errors
/// [`IdProblem`], naming the first thing that cannot be.
pub fn check(text: &str) -> Result<Verified, IdProblem> {
    let normalised = normalise(text);
    let Some(kind) = infer_kind(&normalised) else {
        return Err(shape_problem(&normalised));
    };
    let (birth_date, sex, hint) = match kind {
        IdKind::Resident => resident(&normalised)?,
        IdKind::ResidencePermit => {
            if !["810000", "820000", "830000"].contains(&slice(&normalised, 0, 6)) {
                return Err(IdProblem::BadArea);
            }
            resident(&normalised)?
        }
        IdKind::ResidentOld => resident_old(&normalised)?,
        IdKind::PermanentResidence => {
            checksum(&normalised)?;
            (None, None, None)
        }
        IdKind::TaiwanPass if normalised.len() > 8 => (None, None, Some(IdHint::OldTaiwanPass)),
        IdKind::Passport => (None, None, Some(IdHint::UnverifiablePassport)),
        IdKind::TaiwanPass | IdKind::PermanentResidenceOld | IdKind::HongKongMacaoPass => {
            (None, None, None)
        }
    };
    Ok(Verified {
        kind,
        birth_date,
        sex,
        normalised,
        hint,
    })
}

/// The part of a normalised number by which documents are the same: the first nine characters of a
/// 来往内地通行证 (the two after them count reissues), otherwise all of it.
pub fn comparison_key(normalised: &str) -> &str {
    match infer_kind(normalised) {
        Some(IdKind::HongKongMacaoPass) => slice(normalised, 0, 9),
        _ => normalised,
    }
}

/// The number as it may be shown: at most its first three characters, then asterisks; the last six
/// are never among the shown.
pub fn mask(id: &str) -> String {
    let length = id.chars().count();
    let shown = length.saturating_sub(ALWAYS_HIDDEN).min(3);
    id.chars()
        .take(shown)
        .chain(std::iter::repeat_n('*', length - shown))
        .collect()
}

/// The check character of the first 17 digits (GB 11643), `None` when they are not 17 digits.
pub fn check_character(first_17: &str) -> Option<char> {
    if first_17.len() != 17 || !all_digits(first_17) {
        return None;
    }
    let sum: u32 = first_17
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    CHECK_CHARACTERS
        .get(sum as usize % CHECK_CHARACTERS.len())
        .map(|&byte| char::from(byte))
}

/// Whether `yyyymmdd` is a day of the calendar between 1800 and 2099.
pub fn is_calendar_date(yyyymmdd: &str) -> bool {
    if yyyymmdd.len() != 8 || !all_digits(yyyymmdd) {
        return false;
    }
    let number = |from, to| slice(yyyymmdd, from, to).parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0, 4), number(4, 6), number(6, 8));
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1800..2100).contains(&year) && (1..=days).contains(&day)
}

type Parts = (Option<String>, Option<Sex>, Option<IdHint>);

fn resident(normalised: &str) -> Result<Parts, IdProblem> {
    let birth_date = slice(normalised, 6, 14);
    if !is_calendar_date(birth_date) {
        return Err(IdProblem::BadDate {
            text: birth_date.to_owned(),
        });
    }
    checksum(normalised)?;
    Ok((Some(birth_date.to_owned()), sex_at(normalised, 16), None))
}

fn resident_old(normalised: &str) -> Result<Parts, IdProblem> {
    if !normalised.starts_with(|c| ('1'..='8').contains(&c)) {
        return Err(IdProblem::BadArea);
    }
    let birth_date = format!("19{}", slice(normalised, 6, 12));
    if !is_calendar_date(&birth_date) {
        return Err(IdProblem::BadDate { text: birth_date });
    }
    let mut converted = format!("{}19{}", slice(normalised, 0, 6), slice(normalised, 6, 15));
    converted.extend(check_character(&converted));
    Ok((
        Some(birth_date),
        sex_at(normalised, 14),
        Some(IdHint::OldNumber { converted }),
    ))
}

fn checksum(normalised: &str) -> Result<(), IdProblem> {
    let expected = check_character(slice(normalised, 0, 17));
    if expected.is_some() && normalised.chars().last() == expected {
        Ok(())
    } else {
        Err(IdProblem::BadChecksum)
    }
}

fn shape_problem(normalised: &str) -> IdProblem {
    let length = normalised.chars().count();
    let strange = normalised
        .chars()
        .enumerate()
        .find(|(_, c)| !c.is_ascii_alphanumeric())
        .or_else(|| {
            (length == 18)
                .then(|| {
                    normalised
                        .chars()
                        .enumerate()
                        .find(|(at, c)| !(c.is_ascii_digit() || (*at == 17 && *c == 'X')))
                })
                .flatten()
        });
    match strange {
        _ if length == 0 => IdProblem::Empty,
        Some((at, found)) => IdProblem::BadCharacter {
            position: at + 1,
            found,
        },
        None if length == 18 => IdProblem::BadArea,
        None => IdProblem::WrongLength { length },
    }
}

fn sex_at(normalised: &str, index: usize) -> Option<Sex> {
    let digit = normalised.as_bytes().get(index)?;
    Some(if digit % 2 == 1 {
        Sex::Male
    } else {
        Sex::Female
    })
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Bytes `from..to` of an ASCII text, or nothing where it is shorter.
fn slice(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;
