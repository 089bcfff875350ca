//! What an import says of itself: a number for every file, and a bounded number of lines. The lines behind those are kept
//! with the job and come in pages.

use zhaoshen_model::matching::Matching;
use zhaoshen_store::IntakeOutcome;

use crate::job::Progress;
use crate::wire::{FilingReport, IntakeLine, IntakeReport};
use crate::zh;

/// Most lines of one report: who chose the wrong folder needs no line for each of its files.
const LINES: usize = 500;

/// Adds a line; where there are enough, counts it and leaves it with the job.
fn tell(lines: &mut Vec<IntakeLine>, left: &mut u32, job: &Progress, line: IntakeLine) {
    match lines.len() < LINES {
        true => lines.push(line),
        false => {
            *left += 1;
            job.keep_further([line]);
        }
    }
}

impl FilingReport {
    /// Adds a line; where there are enough, counts it and leaves it with the job.
    pub(super) fn tell(&mut self, job: &Progress, line: IntakeLine) {
        tell(&mut self.lines, &mut self.lines_left, job, line);
    }
}

impl IntakeReport {
    /// Adds a line; where there are enough, counts it and leaves it with the job.
    pub(super) fn tell(&mut self, job: &Progress, line: IntakeLine) {
        tell(&mut self.lines, &mut self.lines_left, job, line);
    }

    /// Adds a line above all others; where there are enough, the last of them is left with the job.
    pub(super) fn tell_first(&mut self, job: &Progress, line: IntakeLine) {
        self.lines.insert(0, line);
        if self.lines.len() > LINES {
            self.lines_left += 1;
            job.keep_further(self.lines.pop());
        }
    }

    pub(super) fn exclude(&mut self, job: &Progress, file: String, problem: String) {
        self.excluded += 1;
        let line = IntakeLine {
            file,
            whose: String::new(),
            problem,
            remedy: zh::EXCLUDED_REMEDY.to_owned(),
        };
        self.tell(job, line);
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
    fn lines_beyond_the_bound_are_counted_and_left_with_the_job() {
        let (mut report, mut filed) = (IntakeReport::default(), FilingReport::default());
        let [intake, filing] = [Progress::default(), Progress::default()];
        for number in 0..99_000 {
            report.exclude(&intake, number.to_string(), "免采".to_owned());
            let line = IntakeLine {
                file: number.to_string(),
                whose: String::new(),
                problem: "不在名单".to_owned(),
                remedy: String::new(),
            };
            filed.tell(&filing, line);
        }
        assert_eq!((report.lines.len(), report.lines_left), (500, 98_500));
        assert_eq!(report.excluded, 99_000);
        assert_eq!((filed.lines.len(), filed.lines_left), (500, 98_500));
        let first = IntakeLine {
            file: String::new(),
            whose: String::new(),
            problem: "没能检测".to_owned(),
            remedy: String::new(),
        };
        report.tell_first(&intake, first);
        assert_eq!(report.lines[0].problem, "没能检测");
        assert_eq!((report.lines.len(), report.lines_left), (500, 98_501));
        assert_eq!((intake.further(), filing.further()), (98_501, 98_500));
    }
}
