//! Who is told: a person at a terminal by a bar, everything else by plain lines.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::standing::Standing;
use crate::terminal;

/// Least time between two plain lines.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// What is drawn while nobody knows how much there is to do.
const WORDS: &str = "{msg}";
/// What is drawn else.
const BAR_AND_WORDS: &str = "{bar:20} {msg}";

/// Tells on standard error how far work is.
#[derive(Debug)]
pub(super) enum Teller {
    /// Redrawn in place.
    Bar(ProgressBar),
    /// One below the other.
    Lines(Pace),
}

impl Teller {
    /// A bar when standard error is a terminal, else lines.
    pub(super) fn new() -> Self {
        let bar = ProgressBar::no_length();
        if bar.is_hidden() {
            return Self::Lines(Pace::new(Instant::now()));
        }
        bar.set_style(style(WORDS));
        Self::Bar(bar)
    }

    /// Tells where the work stands; may be called as often as there is news.
    pub(super) fn show(&self, standing: &Standing) {
        match self {
            Self::Bar(bar) => draw(bar, standing),
            Self::Lines(pace) if pace.is_due(Instant::now()) => {
                terminal::complain_text(&standing.line());
            }
            Self::Lines(_) => {}
        }
    }

    /// Prints by `say` without a bar in its way.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        match self {
            Self::Bar(bar) => bar.suspend(say),
            Self::Lines(_) => say(),
        }
    }

    /// The work is over: the bar goes, lines end with one more, unless nothing was there to count.
    pub(super) fn finish(&self, standing: &Standing) {
        match self {
            Self::Bar(bar) => bar.finish_and_clear(),
            Self::Lines(_) if standing.done > 0 => {
                terminal::complain_text(&standing.last_line());
            }
            Self::Lines(_) => {}
        }
    }
}

/// Keeps lines apart.
#[derive(Debug)]
pub(super) struct Pace(Mutex<Instant>);

impl Pace {
    /// The first line is due [`LINE_EVERY`] after `began`: short work needs only its last one.
    const fn new(began: Instant) -> Self {
        Self(Mutex::new(began))
    }

    /// Whether a line may be printed `now`; if so, the next one waits again.
    fn is_due(&self, now: Instant) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = now.saturating_duration_since(*last) >= LINE_EVERY;
        if due {
            *last = now;
        }
        due
    }
}

/// Draws a bar where there is an end to reach. Every word comes from [`Standing::line`]: indicatif's own rate and time
/// speak English.
fn draw(bar: &ProgressBar, standing: &Standing) {
    let total = (standing.total > 0).then_some(standing.total);
    bar.set_message(standing.line());
    if bar.length() != total {
        bar.set_style(style(total.map_or(WORDS, |_| BAR_AND_WORDS)));
        total.map_or_else(|| bar.unset_length(), |total| bar.set_length(total));
    }
    bar.set_position(standing.done);
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_seconds_apart_however_often_there_is_news() {
        let began = Instant::now();
        let pace = Pace::new(began);
        let news = (0..=160).map(|tenth| Duration::from_millis(tenth * 100));
        let told: Vec<u64> = news
            .filter(|after| pace.is_due(began + *after))
            .map(|after| after.as_secs())
            .collect();
        assert_eq!(told, [5, 10, 15]);
    }
}
