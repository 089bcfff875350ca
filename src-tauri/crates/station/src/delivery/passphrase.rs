//! Passphrases of encrypted deliveries and backups: made anew for each, told once, kept nowhere.

use crate::failure::internal;
use crate::wire::Failure;

/// Characters that nobody takes for another when reading them out: no 0 and o, no 1, i and l.
const ALPHABET: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// Bytes from here on are passed over, so that every character is as likely as any other.
const FAIR_BELOW: u8 = 248;
/// Characters in all: 31²⁰ passphrases are 99 bits.
const LENGTH: usize = 20;
/// Characters between two dashes.
const GROUP: usize = 5;

/// A passphrase from the system's random numbers, e.g. `k7mqp-3wxyz-9a4cd-hjrtv`.
///
/// # Errors
/// When the system has none to give.
pub(crate) fn fresh_passphrase() -> Result<String, Failure> {
    let mut letters: Vec<u8> = Vec::new();
    while letters.len() < LENGTH {
        let mut bytes = [0_u8; 2 * LENGTH];
        getrandom::fill(&mut bytes).map_err(|error| internal(&error))?;
        letters.extend(bytes.iter().filter_map(letter));
    }
    letters.truncate(LENGTH);
    let groups = letters.chunks(GROUP).map(String::from_utf8_lossy);
    Ok(groups.collect::<Vec<_>>().join("-"))
}

fn letter(byte: &u8) -> Option<u8> {
    let fair = (*byte < FAIR_BELOW).then_some(usize::from(*byte))?;
    ALPHABET.get(fair % ALPHABET.len()).copied()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_passphrase_can_be_read_out_and_is_never_the_same() {
        let mut counts = [0; 128];
        for letter in (0..=u8::MAX).filter_map(|byte| letter(&byte)) {
            counts[usize::from(letter)] += 1;
        }
        assert!(counts.iter().all(|count| matches!(count, 0 | 8)));
        assert!(
            b"01ilo"
                .iter()
                .all(|letter| counts[usize::from(*letter)] == 0)
        );
        let made: HashSet<String> = (0..100).map(|_| fresh_passphrase().unwrap()).collect();
        assert_eq!(made.len(), 100);
        assert!(made.iter().all(|one| one.len() == LENGTH + 3));
    }
}
