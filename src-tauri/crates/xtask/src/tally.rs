//! Counting tests in what test runners print.

use std::ops::AddAssign;

/// Tests that passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Passed.
    pub(crate) passed: u32,
    /// Failed.
    pub(crate) failed: u32,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The tests reported by one line: the closing line of cargo test, nextest or vitest; else none.
pub(crate) fn count(line: &str) -> Tally {
    // Indented, it is what nextest shows of a single failed test, which its own closing line counts.
    let closing_of_cargo = line.starts_with("test result:");
    let line = line.trim();
    let closing = closing_of_cargo
        || (line.starts_with("Summary [") && line.contains("run: "))
        || line.starts_with("Tests  ");
    if !closing {
        return Tally::default();
    }
    Tally {
        passed: before(line, "passed"),
        failed: before(line, "failed"),
    }
}

/// The number standing before `word`, 0 when it does not occur.
fn before(line: &str, word: &str) -> u32 {
    let mut previous = "";
    for token in line.split_whitespace() {
        if token.trim_matches(|character: char| !character.is_ascii_alphabetic()) == word {
            return previous.parse().unwrap_or(0);
        }
        previous = token;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::{Tally, count};

    #[test]
    fn closing_lines_are_counted_and_others_are_not() {
        for (line, passed, failed) in [
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
                3,
                0,
            ),
            ("test result: FAILED. 7 passed; 2 failed; 0 ignored", 7, 2),
            (
                "     Summary [   3.512s] 84 tests run: 84 passed (1 slow), 3 skipped",
                84,
                0,
            ),
            (
                "     Summary [   3.512s] 84 tests run: 80 passed, 4 failed, 0 skipped",
                80,
                4,
            ),
            (
                "     Summary [   3.512s] 5/84 tests run: 4 passed, 1 failed, 0 skipped",
                4,
                1,
            ),
            ("      Tests  12 passed (12)", 12, 0),
            ("      Tests  1 failed | 11 passed (12)", 11, 1),
            (" Test Files  3 passed (3)", 0, 0),
            (
                "    test result: FAILED. 0 passed; 1 failed; 0 ignored",
                0,
                0,
            ),
            ("running 3 tests", 0, 0),
            ("test photo_passed ... ok", 0, 0),
        ] {
            assert_eq!(count(line), Tally { passed, failed }, "{line}");
        }
    }
}
