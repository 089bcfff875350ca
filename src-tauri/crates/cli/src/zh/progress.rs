//! Texts of the progress of long work.

/// Between count, rate and time.
pub const GAP: &str = "  ";
/// `zhaoshen check`.
pub const CHECKING: &str = "检测照片";
/// While `zhaoshen evaluate` measures.
pub const EVALUATING: &str = "检测已标注的照片";

/// Photos done of all.
pub fn count_of(stage: &str, done: u64, total: u64) -> String {
    format!("{stage} {done}/{total}")
}

/// Photos done where nobody knows how many there are.
pub fn count(stage: &str, done: u64) -> String {
    format!("{stage} {done} 张")
}

/// Photos per second, with as many digits as tell something.
pub fn rate(per_second: f64) -> String {
    match per_second {
        fast if fast >= 9.95 => format!("{fast:.0} 张/秒"),
        slow if slow >= 0.1 => format!("{slow:.1} 张/秒"),
        _ => "不到 0.1 张/秒".to_owned(),
    }
}

/// Time to the end.
pub fn left(seconds: u64) -> String {
    format!("还需{}", lasting(seconds))
}

/// Time gone by while the end cannot be told.
pub fn so_far(seconds: u64) -> String {
    format!("已用{}", lasting(seconds))
}

/// Time it took.
pub fn taken(seconds: u64) -> String {
    format!("用时{}", lasting(seconds))
}

/// A time after a word: a figure is set off by a space, a word is not.
fn lasting(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match seconds {
        0 => "不到 1 秒".to_owned(),
        1..60 => format!(" {seconds} 秒"),
        60..3600 => format!(" {minutes} 分 {:02} 秒", seconds % 60),
        _ => format!(" {hours} 小时 {minutes:02} 分"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_as_many_digits_as_tell_something() {
        for (per_second, text) in [
            (1234.5, "1234 张/秒"),
            (69.1, "69 张/秒"),
            (9.96, "10 张/秒"),
            (9.94, "9.9 张/秒"),
            (0.1, "0.1 张/秒"),
            (0.09, "不到 0.1 张/秒"),
        ] {
            assert_eq!(rate(per_second), text);
        }
    }

    #[test]
    fn times_are_told_in_chinese_units() {
        for (seconds, text) in [
            (0, "还需不到 1 秒"),
            (1, "还需 1 秒"),
            (27, "还需 27 秒"),
            (59, "还需 59 秒"),
            (60, "还需 1 分 00 秒"),
            (125, "还需 2 分 05 秒"),
            (3599, "还需 59 分 59 秒"),
            (3600, "还需 1 小时 00 分"),
            (7265, "还需 2 小时 01 分"),
            (360_000, "还需 100 小时 00 分"),
        ] {
            assert_eq!(left(seconds), text);
        }
    }
}
