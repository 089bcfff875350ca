//! Shares with their uncertainty.

use serde::Serialize;

/// Quantile of the normal distribution for 95 %, two-sided.
const Z: f64 = 1.959_963_984_540_054;

/// A share of a number of photos with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Photos that count.
    pub count: usize,
    /// Photos in all.
    pub of: usize,
    /// Lower end of the interval, 0..1.
    pub low: f64,
    /// Upper end of the interval, 0..1.
    pub high: f64,
}

impl Share {
    /// `count` of `of` with the score interval of Wilson (J. Am. Stat. Assoc. 22, 1927), which keeps its promise for
    /// small numbers and for shares of 0 and 1; of nothing at all, anything is possible.
    pub fn new(count: usize, of: usize) -> Self {
        if of == 0 {
            return Self {
                count,
                of,
                low: 0.0,
                high: 1.0,
            };
        }
        let (n, share) = (of as f64, count as f64 / of as f64);
        let spread = Z * Z / n;
        let middle = share + spread / 2.0;
        let half = Z * (share * (1.0 - share) / n + spread / (4.0 * n)).sqrt();
        Self {
            count,
            of,
            low: ((middle - half) / (1.0 + spread)).max(0.0),
            high: ((middle + half) / (1.0 + spread)).min(1.0),
        }
    }

    /// The share itself; 0 of nothing.
    pub fn value(&self) -> f64 {
        if self.of == 0 {
            0.0
        } else {
            self.count as f64 / self.of as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    /// Newcombe (Stat. Med. 17, 1998), table I, method 3.
    #[test]
    fn intervals_are_those_of_the_literature() {
        for (count, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let share = Share::new(count, of);
            assert!((share.low - low).abs() < 1e-4, "{share:?}");
            assert!((share.high - high).abs() < 1e-4, "{share:?}");
        }
        assert!((Share::new(20, 20).high - 1.0).abs() < 1e-12);
        assert!(Share::new(0, 0).high > 0.99);
    }
}
