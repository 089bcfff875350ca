//! What is typed to find a student, read the same way wherever students are looked for: full width, blanks and case do not
//! matter. Identity numbers are not looked through.

use zhaoshen_model::name::half_width;

use crate::pinyin;

/// A text to find.
#[derive(Debug, Clone)]
pub(crate) struct Needle {
    /// Half width, lower case, without blanks.
    text: String,
    /// It may be the first letters of a name's pinyin.
    by_letters: bool,
}

impl Needle {
    /// What `typed` asks for; `None` where it asks for nothing.
    pub(crate) fn of(typed: &str) -> Option<Self> {
        let text = plain(typed);
        let by_letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (!text.is_empty()).then_some(Self { text, by_letters })
    }

    /// Whether it is in the 学号 or the 姓名, or is how the name's pinyin initials begin.
    pub(crate) fn fits(&self, student_no: &str, name: &str) -> bool {
        self.is_in(student_no)
            || self.is_in(name)
            || (self.by_letters && pinyin::initials_start_with(name, &self.text))
    }

    /// Whether it is in a text. Nearly every number and name is plain as it stands: no copy of those is made for each letter typed.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let is_plain = !text
            .chars()
            .any(|c| c.is_uppercase() || c.is_whitespace() || half_width(c) != c);
        match is_plain {
            true => text.contains(&self.text),
            false => plain(text).contains(&self.text),
        }
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Needle;

    #[test]
    fn width_blanks_and_case_do_not_matter() {
        let fits = |typed: &str| Needle::of(typed).is_some_and(|it| it.fits("BX2021001", "张 三"));
        for typed in [
            "2021",
            "２０２１",
            " 2021 001",
            "bx2021",
            "张三",
            "张　三",
            "zs",
            "ＺＳ",
        ] {
            assert!(fits(typed), "{typed}");
        }
        for typed in ["2022", "李四", "ls", "三张"] {
            assert!(!fits(typed), "{typed}");
        }
        let latin = Needle::of("john s").is_some_and(|it| it.fits("1", "John Smith"));
        assert!(latin);
    }

    #[test]
    fn nothing_typed_asks_for_nothing() {
        assert!(Needle::of(" \u{3000}").is_none());
    }
}
