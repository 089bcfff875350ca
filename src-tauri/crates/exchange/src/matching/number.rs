//! What a number in a file's name may be: the 学号 of the roster, an old one of somebody's, or what a machine wrote there —
//! the date, the time of day, the count of a camera.

use std::collections::HashSet;

use zhaoshen_model::identity::{self, IdKind};

/// Shorter texts look like anything.
pub(super) const SHORTEST_STUDENT_NO: usize = 5;

/// Shorter numbers stand in any name by chance.
const SHORTEST_SURE: usize = 6;

/// Cameras count below this many digits.
const LONGEST_COUNT: usize = 7;

/// What cameras and programs begin names with.
const MADE_BY_MACHINE: [&str; 15] = [
    "IMG",
    "DSC",
    "PXL",
    "VID",
    "SAM",
    "MVI",
    "CAM",
    "PIC",
    "P10",
    "SCREENSHOT",
    "MMEXPORT",
    "WECHAT",
    "WX",
    "QQ",
    "MEITU",
];

/// What programs write in han.
const MADE_BY_PROGRAM: [&str; 5] = ["微信", "截图", "截屏", "QQ图片", "相机"];

/// What the roster's 学号 look like.
#[derive(Debug, Clone, Default)]
pub(super) struct Shapes {
    /// Length and first two characters.
    seen: HashSet<(usize, String)>,
}

impl Shapes {
    pub(super) fn learn(&mut self, student_no: &str) {
        if let Some(shape) = Self::of(student_no) {
            self.seen.insert(shape);
        }
    }

    pub(super) fn fit(&self, token: &str) -> bool {
        !is_recent_date(token)
            && !is_mobile(token)
            && Self::of(token).is_some_and(|shape| self.seen.contains(&shape))
    }

    fn of(text: &str) -> Option<(usize, String)> {
        if text.len() < SHORTEST_STUDENT_NO || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some((text.len(), text.get(..2)?.to_owned()))
    }
}

/// Whether a machine gave the name, or wrote the date into it.
pub(super) fn is_by_machine(stem: &str) -> bool {
    let plain = identity::normalise(stem);
    MADE_BY_MACHINE.iter().any(|head| plain.starts_with(head))
        || MADE_BY_PROGRAM.iter().any(|word| plain.contains(word))
        || plain
            .split(|c: char| !c.is_ascii_digit())
            .any(|digits| is_recent_date(digits) || is_stamp(digits))
}

/// Whether a number that is somebody's may all the same be a date, a time, a count, or there by chance. `by_machine`
/// tells of the whole name.
pub(super) fn is_chance(number: &str, by_machine: bool) -> bool {
    let is_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    number.len() < SHORTEST_SURE
        || is_recent_date(number)
        || (by_machine
            && is_digits
            && (number.len() <= LONGEST_COUNT || is_clock(number) || is_stamp(number)))
}

/// Whether an unknown number may be the 学号 that somebody had, or has elsewhere: six to fourteen digits, up to three
/// letters before and one after counted, and neither a date nor a telephone nor what machines write.
pub(super) fn looks_like_a_students(number: &str, by_machine: bool) -> bool {
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let before = number.len() - digits.len();
    let digits = digits
        .strip_suffix(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(digits);
    (SHORTEST_SURE..=14).contains(&number.len())
        && before <= 3
        && digits.len() >= SHORTEST_SURE
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !MADE_BY_MACHINE.iter().any(|head| number.starts_with(head))
        && !is_date(digits)
        && !is_stamp(digits)
        && !is_telephone(digits)
        && !is_milliseconds(digits)
        && !(by_machine && (digits.len() <= LONGEST_COUNT || is_clock(digits)))
}

/// Whether a token has the shape of an 18-character number, right or wrong.
pub(super) fn is_id_number(token: &str) -> bool {
    matches!(
        identity::infer_kind(token),
        Some(IdKind::Resident | IdKind::ResidencePermit | IdKind::PermanentResidence)
    )
}

/// Cameras and phones write the date into file names.
pub(super) fn is_recent_date(token: &str) -> bool {
    token.starts_with("20") && identity::is_calendar_date(token)
}

pub(super) fn is_mobile(token: &str) -> bool {
    token.len() == 11
        && token.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(token.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// A day of this century or the last, a date of birth among them, or one of this century without its first two digits.
fn is_date(digits: &str) -> bool {
    match digits.len() {
        6 => identity::is_calendar_date(&format!("20{digits}")),
        8 => {
            (digits.starts_with("19") || digits.starts_with("20"))
                && identity::is_calendar_date(digits)
        }
        _ => false,
    }
}

/// With or without the number of the country.
fn is_telephone(digits: &str) -> bool {
    is_mobile(digits) || digits.strip_prefix("86").is_some_and(is_mobile)
}

/// A date with hours and minutes, perhaps with seconds and their parts. With hours alone it is rather a 学号.
fn is_stamp(digits: &str) -> bool {
    digits.split_at_checked(8).is_some_and(|(date, time)| {
        is_recent_date(date)
            && match time.len() {
                4 | 5 => is_below(time, &[24, 60]),
                _ => is_clock(time),
            }
    })
}

/// Hours, minutes and seconds, perhaps with their thousandths.
fn is_clock(digits: &str) -> bool {
    matches!(digits.len(), 6 | 9)
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && is_below(digits, &[24, 60, 60])
}

/// Whether each two digits make a number below its end.
fn is_below(digits: &str, ends: &[u32]) -> bool {
    ends.iter().zip([0, 2, 4]).all(|(end, at)| {
        let part = digits.get(at..at + 2);
        part.and_then(|part| part.parse::<u32>().ok())
            .is_some_and(|number| number < *end)
    })
}

/// What programs count in since 1970, of the years 2008 to 2033.
fn is_milliseconds(digits: &str) -> bool {
    digits.len() == 13 && ("12".."20").contains(&digits.get(..2).unwrap_or(""))
}
