//! How two people's verdicts agree. Arithmetic only: no store, no wording.
//!
//! Cohen's κ = (p₀ − pₑ) / (1 − pₑ), with p₀ the share of equal ratings and pₑ the share expected of two raters
//! who keep their own frequencies but rate independently (Cohen 1960). It is not defined where pₑ = 1.

use std::collections::BTreeMap;

/// Cohen's κ of pairs of ratings; `None` without any, or where both raters only ever gave one rating.
pub(crate) fn kappa<R: Ord + Copy>(ratings: &[(R, R)]) -> Option<f64> {
    let total = number(ratings.len());
    let same = number(ratings.iter().filter(|(one, other)| one == other).count());
    let mut given: BTreeMap<R, (f64, f64)> = BTreeMap::new();
    for (one, other) in ratings {
        given.entry(*one).or_default().0 += 1.0;
        given.entry(*other).or_default().1 += 1.0;
    }
    // Kept as counts: with shares, a pₑ of exactly 1 would be missed by rounding.
    let by_chance: f64 = given.values().map(|(one, other)| one * other).sum();
    let possible = total * total - by_chance;
    (possible > 0.0).then(|| (same * total - by_chance) / possible)
}

/// A count as a number to compute with; exact below 2^32.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::kappa;

    fn table(cells: [[usize; 2]; 2]) -> Vec<(bool, bool)> {
        let mut ratings = Vec::new();
        for (one, row) in cells.into_iter().enumerate() {
            for (other, count) in row.into_iter().enumerate() {
                ratings.extend(vec![(one == 0, other == 0); count]);
            }
        }
        ratings
    }

    #[test]
    fn it_is_the_textbook_value() {
        // Agree on 20 and 15 of 50: p₀ = 0.7, pₑ = 0.5.
        let found = kappa(&table([[20, 5], [10, 15]])).unwrap_or(f64::NAN);
        assert!((found - 0.4).abs() < 1e-12, "{found}");
        // p₀ = 0.6, pₑ = 0.54 and 0.46: the same agreement, other frequencies.
        let found = [[[45, 15], [25, 15]], [[25, 35], [5, 35]]].map(|cells| kappa(&table(cells)));
        let near = |value: Option<f64>, wanted: f64| {
            value.is_some_and(|value| (value - wanted).abs() < 5e-5)
        };
        assert!(
            near(found[0], 0.1304) && near(found[1], 0.2593),
            "{found:?}"
        );
    }

    #[test]
    fn full_agreement_is_one_full_difference_is_below_nought_and_one_rating_is_none() {
        assert_eq!(kappa(&table([[5, 0], [0, 5]])), Some(1.0));
        assert_eq!(kappa(&table([[0, 5], [5, 0]])), Some(-1.0));
        assert_eq!(kappa(&table([[7, 0], [0, 0]])), None);
        assert_eq!(kappa::<bool>(&[]), None);
        assert_eq!(kappa(&table([[0, 7], [0, 0]])), Some(0.0));
    }
}
