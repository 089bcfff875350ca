//! How far work is, and the line that says so. Pure: the clock is read elsewhere.

use zhaoshen_station::Progress;
use zhaoshen_station::wire::JobState;

use crate::zh::progress as zh;

/// Seconds before which a rate foretells nothing.
const SETTLED_SECONDS: f64 = 1.0;

/// How far one stage of work is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Standing {
    /// What is being done, in Chinese.
    pub stage: String,
    /// Photos done.
    pub done: u64,
    /// Photos in all; 0 while that is not known.
    pub total: u64,
    /// Seconds since the stage began.
    pub seconds: f64,
}

impl Standing {
    /// Nothing is done yet of the stage.
    pub(super) fn at_the_start(stage: &str) -> Self {
        Self {
            stage: stage.to_owned(),
            done: 0,
            total: 0,
            seconds: 0.0,
        }
    }

    /// How far work is that counts in `progress`.
    pub(super) fn of(progress: &Progress) -> Self {
        let (stage, done, total, seconds) = progress.snapshot();
        Self {
            stage: stage.to_owned(),
            done: done.into(),
            total: total.into(),
            seconds,
        }
    }

    /// The line while the work goes on.
    pub(super) fn line(&self) -> String {
        let time = match self.seconds_left() {
            Some(left) => zh::left(left),
            None if self.is_complete() => zh::taken(whole(self.seconds)),
            None => zh::so_far(whole(self.seconds)),
        };
        self.told(time)
    }

    /// The line when the work is over, however far it came.
    pub(super) fn last_line(&self) -> String {
        self.told(zh::taken(whole(self.seconds)))
    }

    fn told(&self, time: String) -> String {
        let rate = self.per_second().map(zh::rate);
        let words = [Some(self.counted()), rate, Some(time)];
        let words: Vec<String> = words.into_iter().flatten().collect();
        words.join(zh::GAP)
    }

    fn counted(&self) -> String {
        match (self.done, self.total) {
            (0, 0) => self.stage.clone(),
            (done, 0) => zh::count(&self.stage, done),
            (done, total) => zh::count_of(&self.stage, done, total),
        }
    }

    fn is_complete(&self) -> bool {
        self.total > 0 && self.done >= self.total
    }

    /// Photos per second since the stage began; `None` before the first.
    fn per_second(&self) -> Option<f64> {
        (self.done > 0 && self.seconds > 0.0).then(|| self.done as f64 / self.seconds)
    }

    /// Whole seconds to the end at this rate, at least one; `None` where nothing can be foretold.
    fn seconds_left(&self) -> Option<u64> {
        let to_do = self.total.checked_sub(self.done).filter(|left| *left > 0)?;
        let rate = self.per_second()?;
        (self.seconds >= SETTLED_SECONDS).then(|| whole((to_do as f64 / rate).ceil()))
    }
}

impl From<JobState> for Standing {
    fn from(state: JobState) -> Self {
        Self {
            stage: state.stage,
            done: state.done.into(),
            total: state.total.into(),
            seconds: state.seconds,
        }
    }
}

/// Whole seconds that are over.
const fn whole(seconds: f64) -> u64 {
    seconds as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(done: u64, total: u64, seconds: f64) -> Standing {
        Standing {
            stage: "检测照片".to_owned(),
            done,
            total,
            seconds,
        }
    }

    #[test]
    fn a_line_tells_count_rate_and_time() {
        for (done, total, seconds, line) in [
            (0, 0, 0.2, "检测照片  已用不到 1 秒"),
            (0, 0, 15.9, "检测照片  已用 15 秒"),
            (0, 2000, 6.0, "检测照片 0/2000  已用 6 秒"),
            (7, 0, 2.0, "检测照片 7 张  3.5 张/秒  已用 2 秒"),
            (12, 2000, 0.5, "检测照片 12/2000  24 张/秒  已用不到 1 秒"),
            (123, 2000, 1.78, "检测照片 123/2000  69 张/秒  还需 28 秒"),
            (
                500,
                2000,
                41.5,
                "检测照片 500/2000  12 张/秒  还需 2 分 05 秒",
            ),
            (
                10,
                20_000,
                20.0,
                "检测照片 10/20000  0.5 张/秒  还需 11 小时 06 分",
            ),
            (1999, 2000, 4.0, "检测照片 1999/2000  500 张/秒  还需 1 秒"),
            (
                2000,
                2000,
                61.0,
                "检测照片 2000/2000  33 张/秒  用时 1 分 01 秒",
            ),
            (2001, 2000, 30.0, "检测照片 2001/2000  67 张/秒  用时 30 秒"),
            (5, 9, 0.0, "检测照片 5/9  已用不到 1 秒"),
        ] {
            assert_eq!(standing(done, total, seconds).line(), line);
        }
    }

    #[test]
    fn the_last_line_tells_the_time_taken_however_far_the_work_came() {
        for (done, total, seconds, line) in [
            (3, 3, 0.3, "检测照片 3/3  10 张/秒  用时不到 1 秒"),
            (3, 12, 4.0, "检测照片 3/12  0.8 张/秒  用时 4 秒"),
            (
                3,
                0,
                3600.0,
                "检测照片 3 张  不到 0.1 张/秒  用时 1 小时 00 分",
            ),
        ] {
            assert_eq!(standing(done, total, seconds).last_line(), line);
        }
    }
}
