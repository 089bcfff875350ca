//! What an import says of itself: a number for every file, and a bounded number of lines.

use zhaoshen_model::matching::Matching;
use zhaoshen_store::IntakeOutcome;

use crate::wire::{FilingReport, IntakeLine, IntakeReport};
use crate::zh;

/// Most lines of one report: who chose the wrong folder needs no line for each of its files.
const LINES: usize = 500;

/// Adds a line, or counts it where there are enough.
fn tell(lines: &mut Vec<IntakeLine>, left: &mut u32, line: impl FnOnce() -> IntakeLine) {
    match lines.len() < LINES {
        true => lines.push(line()),
        false => *left += 1,
    }
}

impl FilingReport {
    /// Adds a line, or counts it where there are enough.
    pub(super) fn tell(&mut self, line: impl FnOnce() -> IntakeLine) {
        tell(&mut self.lines, &mut self.lines_left, line);
    }
}

impl IntakeReport {
    /// Adds a line, or counts it where there are enough.
    pub(super) fn tell(&mut self, line: IntakeLine) {
        tell(&mut self.lines, &mut self.lines_left, || line);
    }

    pub(super) fn exclude(&mut self, file: String, problem: String) {
        self.excluded += 1;
        self.tell(IntakeLine {
            file,
            whose: String::new(),
            problem,
            remedy: zh::EXCLUDED_REMEDY.to_owned(),
        });
    }

    pub(super) fn count(&mut self, matching: &Matching, outcome: IntakeOutcome) {
        let number = match outcome {
            IntakeOutcome::AlreadyThere { .. } => {
                self.already_there += 1;
                return;
            }
            IntakeOutcome::Added { n, .. } => n,
            IntakeOutcome::Matched { n, .. } => Some(n),
        };
        match (matching, number) {
            (Matching::Matched { .. }, Some(n)) if n > 1 => self.resubmitted += 1,
            (Matching::Matched { .. }, _) => self.matched += 1,
            (Matching::Ambiguous { .. }, _) => self.ambiguous += 1,
            (Matching::NotOnRoster { .. }, _) => self.not_on_roster += 1,
            (Matching::Unknown | Matching::PutBack { .. } | Matching::Dismissed { .. }, _) => {
                self.unknown += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_beyond_the_bound_are_counted() {
        let mut report = IntakeReport::default();
        for number in 0..99_000 {
            report.exclude(number.to_string(), "免采".to_owned());
        }
        assert_eq!((report.lines.len(), report.lines_left), (500, 98_500));
        assert_eq!(report.excluded, 99_000);
    }

    #[test]
    fn so_are_those_of_pictures_that_are_filed() {
        let mut report = FilingReport::default();
        let mut made = 0;
        for number in 0..100_000 {
            report.tell(|| {
                made += 1;
                IntakeLine {
                    file: number.to_string(),
                    whose: String::new(),
                    problem: "不在名单".to_owned(),
                    remedy: String::new(),
                }
            });
        }
        assert_eq!((report.lines.len(), report.lines_left), (500, 99_500));
        assert_eq!(made, 500, "a line that is only counted is not made");
    }
}
