//! Pinyin initials of a name, so that typing "zs" finds 张三.
//!
//! Only for searching; never stored and never shown. A character with several readings answers to
//! each of them.

use pinyin::ToPinyinMulti;

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
    use super::initials_start_with;

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
