//! What an answer given by hand teaches about the rest of a pile. Every lesson is a proposal that a person looks over;
//! nothing here moves a photo.

use zhaoshen_model::matching::Matching;
use zhaoshen_model::{StudentId, identity};

use super::number::{self, SHORTEST_STUDENT_NO, is_id_number, is_mobile, is_recent_date};
use super::text::Run;
use super::{Matcher, text};

/// Shorter tails are alike by chance.
const SHORTEST_TAIL: usize = 3;

/// One number written for another with the same tail: photos named by an old 学号, whose head changed since.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Renumbering {
    /// Head in the names of the files.
    pub from: String,
    /// Head on the roster.
    pub to: String,
}

impl Renumbering {
    /// What `key`, read from a file name, being the student of `student_no` teaches; `None` when the two have no tail
    /// of at least three characters in common, or are the same.
    pub fn learn(key: &str, student_no: &str) -> Option<Self> {
        let (key, student_no) = (identity::normalise(key), identity::normalise(student_no));
        let tail = key
            .chars()
            .rev()
            .zip(student_no.chars().rev())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum::<usize>();
        let (from, tail_of_key) = key.split_at_checked(key.len().checked_sub(tail)?)?;
        let to = student_no.strip_suffix(tail_of_key)?;
        (tail_of_key.chars().count() >= SHORTEST_TAIL && from != to).then(|| Self {
            from: from.to_owned(),
            to: to.to_owned(),
        })
    }

    /// The 学号 that `key` stands for, where it has this head.
    pub fn apply(&self, key: &str) -> Option<String> {
        let key = identity::normalise(key);
        let tail = key.strip_prefix(&self.from)?;
        (tail.chars().count() >= SHORTEST_TAIL).then(|| format!("{}{tail}", self.to))
    }
}

impl Matcher {
    /// The longest text in a file's name that may be somebody's number and is nobody's on the roster: not a date, a
    /// telephone or an identity number. It need not look like the roster's 学号, as [`Self::match_path`] wants it.
    pub fn foreign_number(&self, display_path: &str) -> Option<String> {
        self.foreign_numbers(display_path).max_by_key(String::len)
    }

    /// The same where it looks like the number of a student of some school: what cameras, phones and chats write into
    /// names is none.
    pub fn unknown_number(&self, display_path: &str) -> Option<String> {
        let file = text::parts(display_path).next().unwrap_or_default();
        let by_machine = number::is_by_machine(text::stem(file));
        self.foreign_numbers(display_path)
            .filter(|number| number::looks_like_a_students(number, by_machine))
            .max_by_key(String::len)
    }

    fn foreign_numbers(&self, display_path: &str) -> impl Iterator<Item = String> {
        let file = text::parts(display_path).next().unwrap_or_default();
        text::segments(text::without_copy_mark(text::stem(file)))
            .flat_map(text::runs)
            .filter_map(|run| match run {
                Run::Ascii(token) => Some(token),
                Run::Han(_) => None,
            })
            .filter(|token| {
                token.len() >= SHORTEST_STUDENT_NO
                    && token.bytes().any(|byte| byte.is_ascii_digit())
                    && !is_recent_date(token)
                    && !is_mobile(token)
                    && !is_id_number(token)
                    && !self.numbers.contains_key(token)
            })
    }

    /// The one student who has this 学号.
    pub fn by_student_no(&self, student_no: &str) -> Option<StudentId> {
        let holders = self.numbers.get(&identity::normalise(student_no))?;
        match holders.as_slice() {
            [(student, _)] => Some(*student),
            _ => None,
        }
    }

    /// The one student whose name is in the path, where nothing speaks against it but a number that looks like a 学号
    /// and is nobody's. An identity number that is not the student's does speak against it.
    pub fn by_name_alone(&self, display_path: &str) -> Option<StudentId> {
        let mut parts = text::parts(display_path);
        let file = self.evidence(text::stem(parts.next()?));
        let only_a_number =
            file.by_number.is_empty() && file.stray_id.is_none() && !file.is_doubtful;
        let is_numbered = file.stray_number.is_some() || file.is_beside_number;
        let student = match file.by_name.as_slice() {
            [holders] if is_numbered && only_a_number => match holders.as_slice() {
                [student] => *student,
                _ => return None,
            },
            _ => return None,
        };
        let agrees = |part: &str| match self.evidence(text::stem(part)).judge() {
            Matching::Matched { student: other, .. } => other == student,
            Matching::Ambiguous { candidates } => candidates.contains(&student),
            _ => true,
        };
        parts.all(agrees).then_some(student)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::matcher;
    use super::*;

    #[test]
    fn a_number_of_another_shape_is_seen_and_what_machines_write_is_not() {
        let matcher = matcher();
        for (path, number) in [
            ("张三 31904567.jpg", Some("31904567")),
            ("旧照/B20190012-张三.jpg", Some("B20190012")),
            ("张三_1201210101.jpg", Some("1201210101")),
            ("2021001001 张三 31904567.jpg", Some("31904567")),
            ("2021001001_张三.jpg", None),
            ("张三 20210918.jpg", None),
            ("张三 202109181530.jpg", None),
            ("张三 13812345678.jpg", None),
            ("张三 IMG20210918.jpg", None),
            ("张三 DSC12345678.jpg", None),
            ("张三 mmexport1632900000000.jpg", None),
            ("微信图片_20210918153022 张三.jpg", None),
            ("张三 8f3a2b1c.jpg", None),
            ("张三 1234567.jpg", Some("1234567")),
            ("张三 12345.jpg", None),
            ("张三 21110512345678.jpg", Some("21110512345678")),
            ("张三 19980512.jpg", None),
            ("张三 8613812345678.jpg", None),
            ("张三 1632900000000.jpg", None),
            ("IMG_20210918_093012 张三.jpg", None),
            ("DSC 1234567 张三.jpg", None),
            ("31904567/张三.jpg", None),
        ] {
            assert_eq!(matcher.unknown_number(path).as_deref(), number, "{path}");
        }
    }

    #[test]
    fn a_head_is_learnt_from_one_answer() {
        for (key, student_no, heads) in [
            ("2019310001", "2021310001", Some(("2019", "2021"))),
            ("S310001", "310001", Some(("S", ""))),
            ("310001", "2021310001", Some(("", "2021"))),
            ("２０１９310001", "2021310001", Some(("2019", "2021"))),
            ("2019310001", "2021310002", None),
            ("2021310001", "2021310001", None),
            ("01", "2021310001", None),
            ("", "2021310001", None),
        ] {
            let learnt = Renumbering::learn(key, student_no);
            let heads = heads.map(|(from, to)| Renumbering {
                from: from.to_owned(),
                to: to.to_owned(),
            });
            assert_eq!(learnt, heads, "{key} {student_no}");
            if let Some(learnt) = learnt {
                assert_eq!(learnt.apply(key).as_deref(), Some(student_no));
            }
        }
    }

    #[test]
    fn another_head_is_left_alone() {
        let learnt = Renumbering {
            from: "2019".to_owned(),
            to: "2021".to_owned(),
        };
        assert_eq!(learnt.apply("2019310077").as_deref(), Some("2021310077"));
        assert_eq!(learnt.apply("2018310077"), None);
        assert_eq!(learnt.apply("201977"), None);
    }
}
