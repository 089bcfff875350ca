//! In which order the files of one folder are taken in: it decides which of a student's photos is
//! 第 1 次 and which 第 2 次提交 when both come at once.
//!
//! The plain name comes first, then its copies as systems and people mark them: `2021001.jpg`,
//! `2021001(1).jpg`, `2021001(2).jpg`, `2021001 - 副本.jpg`, `2021001新.jpg`. Only names count
//! here; who has the times of a student's photos may know better.

use crate::matching::text;

/// Words that people put behind a number when they send a better photo.
const NEWER_MARKS: [&str; 8] = ["最新", "最终", "修改", "重拍", "重交", "补交", "新", "改"];

/// Sorts files by folder, then by plain name, then by how late a copy it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    folder: String,
    plain: String,
    /// A word marks it as a later one.
    is_marked: bool,
    /// The number of the copy, 0 for none.
    copy: u32,
    name: String,
}

impl Order {
    /// The place of the file at `path`, parts joined by `/` or `\`.
    pub(super) fn of(path: &str) -> Self {
        let (folder, name) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
        let stem = text::stem(name);
        let unnumbered = text::without_copy_mark(stem);
        let plain = without_newer_mark(unnumbered);
        let mark = stem.strip_prefix(plain).unwrap_or("");
        Self {
            folder: folder.to_owned(),
            plain: plain.to_owned(),
            is_marked: mark.chars().any(char::is_alphabetic),
            copy: number_in(mark),
            name: name.to_owned(),
        }
    }
}

/// The stem without a word for "newer", which counts only behind a number: 新 may end a name.
fn without_newer_mark(stem: &str) -> &str {
    let separators = [' ', '-', '_', '—', '－', '\u{3000}', '(', '（'];
    let bare = stem.trim_end_matches([')', '）']);
    let cut = NEWER_MARKS
        .iter()
        .find_map(|mark| bare.strip_suffix(mark))
        .map(|rest| rest.trim_end_matches(separators))
        .filter(|rest| rest.ends_with(|last: char| last.is_ascii_digit()));
    cut.unwrap_or(stem)
}

/// The last number in a mark of a copy.
fn number_in(mark: &str) -> u32 {
    let digits = mark
        .rsplit(|character: char| !character.is_ascii_digit())
        .find(|run| !run.is_empty());
    digits.map_or(0, |digits| digits.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn copies_come_after_the_plain_name_in_their_own_order() {
        let expected = [
            "一班/2021001.jpg",
            "一班/2021001(1).jpg",
            "一班/2021001（2）.jpg",
            "一班/2021001(10).jpg",
            "一班/2021001 - 副本.jpg",
            "一班/2021001新.jpg",
            "一班/2021001 - 副本 (2).jpg",
            "一班/2021002.jpg",
            "一班/2021002_1.jpg",
            "一班/张新.jpg",
            "二班/2021000.jpg",
        ];
        let mut sorted = expected.map(Order::of);
        sorted.sort();
        let names: Vec<String> = sorted
            .iter()
            .map(|order| format!("{}/{}", order.folder, order.name))
            .collect();
        assert_eq!(names, expected);
    }
}
