//! Pinyin initials of a name, so that typing "zs" finds 张三.
//!
//! Only for searching; never stored and never shown. A character with several readings answers to
//! each of them.

use pinyin::{ToPinyin, ToPinyinMulti};

/// Whether `needle` (lower case letters) is how the initials of `name` begin, under any reading.
pub(crate) fn initials_start_with(name: &str, needle: &str) -> bool {
    let mut letters = needle.chars();
    let mut characters = name.chars().filter(|character| character.is_alphanumeric());
    letters.all(|letter| {
        characters
            .next()
            .is_some_and(|character| reads_as(character, letter))
    })
}

/// The initials of every run of characters, each under its most usual reading, in lower case; what is no letter parts
/// the runs: "双耳可见" is `sekj`.
pub(crate) fn initials(text: &str) -> String {
    let letter = |character: char| match character.to_pinyin() {
        Some(reading) => reading.first_letter().to_owned(),
        None if character.is_ascii_alphanumeric() => character.to_ascii_lowercase().to_string(),
        None => " ".to_owned(),
    };
    text.chars().map(letter).collect()
}

fn reads_as(character: char, letter: char) -> bool {
    if character.is_ascii_alphanumeric() {
        return character.eq_ignore_ascii_case(&letter);
    }
    character.to_pinyin_multi().is_some_and(|readings| {
        readings
            .into_iter()
            .any(|reading| reading.first_letter().starts_with(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::{initials, initials_start_with};

    #[test]
    fn initials_of_a_text() {
        assert_eq!(initials("双耳可见"), "sekj");
        assert_eq!(initials("眼镜、JPG"), "yj jpg");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn initials_match_any_reading() {
        assert!(initials_start_with("张三", "zs"));
        assert!(initials_start_with("张三", "z"));
        assert!(
            initials_start_with("单雄信", "sxx"),
            "单 as a family name reads shàn"
        );
        assert!(initials_start_with("单雄信", "dxx"));
        assert!(!initials_start_with("张三", "ls"));
        assert!(!initials_start_with("张三", "zss"));
    }
}
