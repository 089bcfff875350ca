//! The recovery code: 160 random bits that are printed once, and 20 bits that tell a typing error.
//!
//! Nine groups of four signs of Crockford's alphabet, which has neither I, L, O nor U. The last group is the first 20
//! bits of SHA-256 over the word `zhaoshen recovery 1` and the 20 random bytes.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::fault::SealFault;
use super::random;
use crate::error::Result;

/// The signs, by their value.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Random bytes of a code.
const BYTES: usize = 20;
/// Signs of the random part.
const SIGNS_OF_CODE: usize = 32;
/// Signs of the check.
const SIGNS_OF_CHECK: usize = 4;
/// Signs of a group.
const GROUP: usize = 4;

/// What opens a workspace whose passphrase was forgotten. Shown once and kept on paper.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Zeroizing<[u8; BYTES]>);

impl RecoveryCode {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub(crate) fn draw() -> Result<Self> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The code as typed: small letters, spaces and hyphens of any kind do not matter, and O, I and L are taken for
    /// what they look like.
    ///
    /// # Errors
    /// [`SealFault::RecoveryMistyped`].
    pub(crate) fn typed(text: &str) -> Result<Self> {
        let mut values = Zeroizing::new(Vec::with_capacity(SIGNS_OF_CODE + SIGNS_OF_CHECK));
        for sign in text.chars().filter(|sign| !is_between(*sign)) {
            values.push(value(sign).ok_or(SealFault::RecoveryMistyped)?);
        }
        if values.len() != SIGNS_OF_CODE + SIGNS_OF_CHECK {
            return Err(SealFault::RecoveryMistyped.into());
        }
        let mut bytes = Zeroizing::new([0; BYTES]);
        // Eight signs of five bits are five bytes.
        for (five, eight) in bytes.chunks_mut(5).zip(values.chunks(8)) {
            let bits = eight
                .iter()
                .fold(0_u64, |bits, value| bits << 5 | u64::from(*value));
            five.copy_from_slice(&bits.to_be_bytes()[3..]);
        }
        let code = Self(bytes);
        if code.check()[..] == values[SIGNS_OF_CODE..] {
            Ok(code)
        } else {
            Err(SealFault::RecoveryMistyped.into())
        }
    }

    /// Whether `text` is a code of some workspace, as it is typed: its check holds. A passphrase is one by a chance of one in a
    /// million, and only where it is 36 letters and digits.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        Self::typed(text).is_ok()
    }

    /// The random part.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0[..]
    }

    /// The code as it is printed: nine groups of four signs, with hyphens.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(44));
        for (at, value) in self.values().iter().chain(&self.check()).enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(SIGNS[usize::from(*value)]));
        }
        text
    }

    fn values(&self) -> Zeroizing<Vec<u8>> {
        let mut values = Zeroizing::new(Vec::with_capacity(SIGNS_OF_CODE));
        for five in self.0.chunks(5) {
            let bits = five
                .iter()
                .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            values.extend((0..8).rev().map(|sign| low_five(bits >> (5 * sign))));
        }
        values
    }

    fn check(&self) -> [u8; SIGNS_OF_CHECK] {
        let sum = Sha256::new()
            .chain_update(b"zhaoshen recovery 1")
            .chain_update(&self.0[..])
            .finalize();
        let bits = sum
            .iter()
            .take(3)
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        [19, 14, 9, 4].map(|shift| low_five(bits >> shift))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}

/// The lowest five bits.
fn low_five(bits: u64) -> u8 {
    u8::try_from(bits & 31).unwrap_or_default()
}

/// Whether a sign only parts the groups.
fn is_between(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(
            sign,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}'
        )
}

/// What a sign stands for; full-width signs of a Chinese keyboard are taken too.
fn value(sign: char) -> Option<u8> {
    let narrow = match sign {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(sign) - 0xFEE0)?,
        other => other,
    };
    let sign = match narrow.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = SIGNS.iter().position(|known| char::from(*known) == sign)?;
    u8::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::string_slice,
        reason = "a test may stop at the first surprise"
    )]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_nine_groups_and_reads_back_however_it_is_typed() {
        let code = RecoveryCode(Zeroizing::new([0x5a; BYTES]));
        let text = code.to_text();
        assert_eq!((text.len(), text.split('-').count()), (44, 9), "{}", *text);
        let typed = [
            text.to_lowercase(),
            text.replace('-', ""),
            text.replace('-', " — "),
            text.replace('0', "O").replace('1', "l"),
            text.chars()
                .map(|sign| char::from_u32(u32::from(sign) + 0xFEE0).unwrap())
                .collect(),
        ];
        for typed in typed {
            assert_eq!(RecoveryCode::typed(&typed).unwrap(), code, "{typed}");
        }
        assert_eq!(format!("{code:?}"), "RecoveryCode");
    }

    #[test]
    fn what_is_no_code_is_told() {
        let text = RecoveryCode::draw().unwrap().to_text();
        for wrong in ["", "ABCD", "UUUU", &text[..39], &format!("{}0", *text)] {
            assert!(RecoveryCode::typed(wrong).is_err(), "{wrong}");
            assert!(!RecoveryCode::is_one(wrong), "{wrong}");
        }
        assert!(RecoveryCode::is_one(&text.to_lowercase()));
    }

    proptest! {
        #[test]
        fn any_code_reads_back(bytes in any::<[u8; BYTES]>()) {
            let code = RecoveryCode(Zeroizing::new(bytes));
            prop_assert_eq!(RecoveryCode::typed(&code.to_text()).unwrap(), code);
        }
    }

    #[test]
    fn one_wrong_sign_is_told() {
        let text = RecoveryCode(Zeroizing::new([0x5a; BYTES])).to_text();
        for (at, sign) in text.char_indices().filter(|(_, sign)| *sign != '-') {
            let other = if sign == '7' { "8" } else { "7" };
            let wrong = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            assert!(RecoveryCode::typed(&wrong).is_err(), "{wrong}");
        }
    }
}
