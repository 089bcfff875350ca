//! How large a sample must be, and which photos it holds. Arithmetic only: no store, no clock.
//!
//! Size: the least n for which a set of N with D = ⌈N·limit⌉ faulty photos yields a sample of n without a
//! fault with a chance of at most 1 − confidence. That chance is hypergeometric (sampling without
//! replacement, acceptance number 0): Π (N−D−i)/(N−i) for i = 0 … n−1.
//!
//! Draw: Fisher–Yates from the front, each index by `next() mod remaining` from `SplitMix64` (Steele, Lea and
//! Flood 2014); the bias of the remainder is below 2⁻⁴⁹ for any round. The same seed and list give the same
//! sample on every machine.

use std::hash::{BuildHasher, RandomState};

/// Seeds stay below this, so that they survive JSON.
const SEED_BITS: u32 = 53;

/// Least sample that, free of faults, shows a set of `set` photos to hold fewer than `limit_permille`/1000
/// faulty ones at `confidence_percent`; the whole set when nothing less will do.
pub(crate) fn sample_size(set: u32, limit_permille: u32, confidence_percent: u32) -> u32 {
    let faulty = (u64::from(set) * u64::from(limit_permille)).div_ceil(1000);
    let faulty = u32::try_from(faulty).unwrap_or(set).clamp(1, set.max(1));
    // Where the chance is exactly what is allowed, rounding must not ask for one photo more.
    let allowed = 1.0 - f64::from(confidence_percent) / 100.0 + 1e-12;
    let mut chance = 1.0;
    let mut size = 0;
    while size < set && chance > allowed {
        chance *= f64::from((set - faulty).saturating_sub(size)) / f64::from(set - size);
        size += 1;
    }
    size
}

/// A seed nobody chose: from the operating system's randomness.
pub(crate) fn fresh_seed() -> u64 {
    RandomState::new().hash_one("seed") >> (u64::BITS - SEED_BITS)
}

/// `count` members of `list` in drawn order; all of them, shuffled, when there are no more.
pub(crate) fn draw<T: Copy>(list: &[T], count: usize, seed: u64) -> Vec<T> {
    let mut left = list.to_vec();
    let mut state = seed;
    let mut drawn = Vec::with_capacity(count.min(left.len()));
    while drawn.len() < count && !left.is_empty() {
        let remaining = left.len() as u64;
        let index = usize::try_from(split_mix(&mut state) % remaining).unwrap_or(0);
        drawn.push(left.swap_remove(index));
    }
    drawn
}

/// The next number of `SplitMix64`.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{draw, fresh_seed, sample_size, split_mix};

    #[test]
    fn sizes_are_those_of_the_hypergeometric_table() {
        let table = [
            (300, [54, 117, 189, 233]),
            (1_000, [57, 138, 258, 450]),
            (3_000, [58, 145, 284, 542]),
            (5_000, [59, 147, 290, 564]),
        ];
        for (set, sizes) in table {
            let found = [50, 20, 10, 5].map(|limit| sample_size(set, limit, 95));
            assert_eq!(found, sizes, "N = {set}");
        }
    }

    #[test]
    fn a_chance_exactly_as_allowed_is_enough() {
        // One faulty photo among N: a sample of n misses it with 1 − n/N, which is 0.05 at n = 0.95 N.
        for set in (20..=200).step_by(20) {
            assert_eq!(sample_size(set, 5, 95), set / 20 * 19, "N = {set}");
        }
    }

    #[test]
    fn small_sets_are_looked_at_whole_and_none_is_none() {
        assert_eq!(sample_size(0, 20, 95), 0);
        assert_eq!(sample_size(1, 20, 95), 1);
        for set in 1..200 {
            let size = sample_size(set, 20, 95);
            assert!((1..=set).contains(&size), "{size} of {set}");
        }
    }

    #[test]
    fn the_generator_is_split_mix_64() {
        // The reference outputs for seed 1234567 that implementations of the generator are checked by.
        let mut state = 1_234_567;
        let first: Vec<u64> = (0..3).map(|_| split_mix(&mut state)).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn a_draw_is_repeatable_without_repeats_and_even() {
        let list: Vec<u32> = (0..50).collect();
        assert_eq!(draw(&list, 20, 7), draw(&list, 20, 7));
        assert_ne!(draw(&list, 20, 7), draw(&list, 20, 8));
        let mut hits = [0_u32; 50];
        for seed in 0..2_000 {
            let drawn = draw(&list, 5, seed);
            assert_eq!(drawn.iter().collect::<HashSet<_>>().len(), 5);
            for index in drawn {
                hits[index as usize] += 1;
            }
        }
        // 200 expected each, standard deviation 13.4: six of them on either side.
        assert!(
            hits.iter().all(|count| (120..=280).contains(count)),
            "{hits:?}"
        );
        assert_eq!(draw(&list, 80, 1).len(), 50);
        assert!(fresh_seed() < 1 << 53);
    }
}
