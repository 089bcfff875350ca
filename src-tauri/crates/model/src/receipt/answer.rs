//! What a row of the studio says by all its columns at once: a state, and what stands beside it.
//!
//! Where one cell says that the photo was taken and another, or the same, that it was given back, the row is no answer: a
//! person is to say which of the two counts ([`ReceiptState::Unsettled`]). A return never hides behind an acceptance.

use super::{
    ACCEPTED, RETURNED, RIGHT, ReceiptKind, ReceiptState, Said, WELL, is_closing, is_mark, plain,
    read, said,
};

/// Between the words of a row and the reason for a return that it gives beside them, where both are read in one line.
const REASON: &str = "，退回原因：";
/// The reason where none was given.
const NO_REASON: &str = "没有写";

/// What stands in a column of reasons and is none, beside what [`is_well`] knows.
const NO_REASONS: [&str; 14] = [
    "没有",
    "无原因",
    "无退回",
    "未退回",
    "没有退回",
    "同意",
    "符合",
    "符合要求",
    "无问题",
    "没有问题",
    "无异常",
    "NULL",
    "null",
    "N/A",
];

/// Words that speak against a photo wherever they stand in a row, beside those of [`RETURNED`] that are more than a sign.
const AGAINST: [&str; 16] = [
    "补拍",
    "补交",
    "补照",
    "补传",
    "待补",
    "重交",
    "重照",
    "重传",
    "重新",
    "未接收",
    "不接收",
    "未采集",
    "未上传",
    "不符合",
    "不合规",
    "作废",
];

/// Signs that take an acceptance back, in words right behind it.
const HEDGES: [char; 22] = [
    '待', '但', '需', '须', '补', '重', '退', '驳', '拒', '否', '不', '未', '缺', '错', '误', '改',
    '修', '请', '暂', '败', '废', '?',
];

/// A column by which the studio says what became of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateCell<'a> {
    /// What the column is called.
    pub title: &'a str,
    /// What stands in it; may be empty.
    pub text: &'a str,
}

/// Everything in a row by which the studio answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The columns of states, the surest first; empty where the list has none.
    pub states: Vec<StateCell<'a>>,
    /// What stands in the column of reasons, or empty.
    pub reason: &'a str,
    /// Whether that column is one of opinions (审核意见), which photos that were taken have, too.
    pub is_opinion: bool,
    /// A remark, or empty.
    pub remark: &'a str,
}

impl Answer<'_> {
    /// The first column that says anything.
    pub fn first(&self) -> Option<StateCell<'_>> {
        let mut states = self.states.iter().copied();
        states.find(|cell| !cell.text.is_empty())
    }

    /// What the row says, with its reason or its own words; `None` where it says nothing.
    pub fn said(&self) -> Option<Said> {
        let Some(first) = self.first() else {
            // A list of nothing but reasons is one of photos given back.
            let is_return = self.states.is_empty() && !self.reason.is_empty();
            return is_return.then(|| said(ReceiptState::Returned, self.reason));
        };
        let beside = [self.reason, self.remark];
        let beside = beside.into_iter().find(|text| !text.is_empty());
        let Some(plainly) = read(ReceiptKind::Studio, first.text) else {
            // Whoever settles it is to read all that was answered.
            let beside = beside.map_or_else(String::new, |text| format!("：{text}"));
            let words = format!("{}{beside}", first.text);
            return Some(said(ReceiptState::Unsettled, &words));
        };
        if let Some((words, reason)) = self.contradiction(first, &plainly) {
            return Some(Said {
                reason: Some(reason),
                ..said(ReceiptState::Unsettled, &words)
            });
        }
        let has_reason = plainly.state != ReceiptState::Returned || !plainly.rest.is_empty();
        Some(match has_reason {
            true => plainly,
            false => said(plainly.state, beside.unwrap_or_default()),
        })
    }

    /// The words of a row that says both, and the reason that it gives, or an empty one.
    fn contradiction(&self, first: StateCell<'_>, plainly: &Said) -> Option<(String, String)> {
        let is_taken = plainly.state == ReceiptState::Accepted;
        let others = self.states.iter().filter(|cell| cell.title != first.title);
        let otherwise: Vec<&StateCell<'_>> = others
            .filter(|cell| match read(ReceiptKind::Studio, cell.text) {
                Some(other) => other.state != plainly.state || is_mixed(&other),
                None => is_taken && speaks_of_return(cell.text),
            })
            .collect();
        let speaks_against = is_taken && self.gives_reason();
        let remarked = is_taken && speaks_of_return(self.remark);
        if otherwise.is_empty() && !speaks_against && !remarked && !is_mixed(plainly) {
            return None;
        }
        let mut words = match otherwise.as_slice() {
            [] => first.text.to_owned(),
            others => [&first]
                .into_iter()
                .chain(others.iter().copied())
                .map(|cell| format!("{}“{}”", cell.title, cell.text))
                .collect::<Vec<_>>()
                .join("，"),
        };
        if remarked {
            words.push_str("，备注：");
            words.push_str(self.remark);
        }
        let reasons = [self.reason, without_verdict(&plainly.rest)];
        let reason = reasons.into_iter().find(|text| !text.is_empty());
        Some((words, reason.unwrap_or_default().to_owned()))
    }

    /// Whether the column of reasons says why the photo was given back.
    fn gives_reason(&self) -> bool {
        let word = plain(self.reason);
        match self.is_opinion {
            true => is_hedged(self.reason) || speaks_of_return(self.reason),
            false => word.chars().any(char::is_alphabetic) && !is_well(&word),
        }
    }
}

/// All that a row says in one line: its words, and the reason that stands apart from them, if one does.
pub fn in_one_line(words: &str, reason: Option<&str>) -> String {
    match reason {
        None => words.to_owned(),
        Some("") => format!("{words}{REASON}{NO_REASON}"),
        Some(reason) => format!("{words}{REASON}{reason}"),
    }
}

/// Whether words speak of a photo given back, whatever else they say.
pub fn speaks_of_return(text: &str) -> bool {
    let word = plain(text);
    // A single sign, as × or 否, says so only where it is the whole cell.
    let returned = RETURNED.iter().filter(|word| word.chars().count() > 1);
    returned.chain(&AGAINST).any(|known| word.contains(known))
}

/// Whether what stands behind a state takes it back.
fn is_mixed(said: &Said) -> bool {
    match said.state {
        ReceiptState::Accepted => is_hedged(&said.rest),
        _ => ACCEPTED.contains(&plain(&said.rest).as_str()),
    }
}

fn is_hedged(text: &str) -> bool {
    let pieces = text.split(|c| is_mark(c) || is_closing(c)).map(plain);
    pieces
        .filter(|word| !is_well(word))
        .any(|word| word.contains(HEDGES) || RETURNED.contains(&word.as_str()))
}

/// Whether words say nothing against a photo.
fn is_well(word: &str) -> bool {
    let known = ACCEPTED.iter().chain(&RIGHT).chain(&WELL);
    known.chain(&NO_REASONS).any(|known| *known == word)
}

/// What stands behind a state, where it is more than another state.
fn without_verdict(rest: &str) -> &str {
    match read(ReceiptKind::Studio, rest).is_some_and(|said| said.rest.is_empty()) {
        true => "",
        false => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn cell<'a>(title: &'a str, text: &'a str) -> StateCell<'a> {
        StateCell { title, text }
    }

    /// A row of one column of states beside these.
    fn row<'a>(text: &'a str, reason: &'a str, remark: &'a str) -> Answer<'a> {
        Answer {
            states: vec![cell("审核结果", text)],
            reason,
            is_opinion: false,
            remark,
        }
    }

    #[test]
    fn a_row_that_says_one_thing_says_it_with_its_reason() {
        use ReceiptState as S;
        for (answer, state, rest) in [
            (row("通过", "", ""), S::Accepted, ""),
            (row("通过", "无", "已邮寄"), S::Accepted, ""),
            (row("通过", "/", ""), S::Accepted, ""),
            (row("通过", "合格", ""), S::Accepted, ""),
            (row("接收（已上网）", "", ""), S::Accepted, "已上网"),
            (row("接收 2024-10-01", "", ""), S::Accepted, "2024-10-01"),
            (row("通过，无误", "", ""), S::Accepted, "无误"),
            (row("退回", "闭眼", "第二次"), S::Returned, "闭眼"),
            (row("退回", "", "模糊"), S::Returned, "模糊"),
            (row("不合格：反光", "闭眼", ""), S::Returned, "反光"),
            (row("处理中", "", "排队"), S::Unsettled, "处理中：排队"),
            (row("待补", "闭眼", ""), S::Unsettled, "待补：闭眼"),
            (row("通过？", "", ""), S::Unsettled, "通过？"),
        ] {
            assert_eq!(answer.said(), Some(said(state, rest)), "{answer:?}");
        }
        let reasons = Answer {
            reason: "模糊",
            ..Answer::default()
        };
        assert_eq!(reasons.said(), Some(said(S::Returned, "模糊")));
        assert_eq!(row("", "模糊", "").said(), None);
        assert_eq!(Answer::default().said(), None);
    }

    #[test]
    fn a_row_that_says_both_is_for_a_person_to_settle() {
        let two = |one, other, reason| Answer {
            states: vec![cell("审核状态", one), cell("审核结果", other)],
            reason,
            ..Answer::default()
        };
        let opinion = |text| Answer {
            is_opinion: true,
            ..row("通过", text, "")
        };
        for (answer, words, reason) in [
            (row("接收", "闭眼，请重拍", ""), "接收", "闭眼，请重拍"),
            (row("接收 退回", "", ""), "接收 退回", ""),
            (row("通过/不通过", "", ""), "通过/不通过", ""),
            (row("退回，通过", "", ""), "退回，通过", ""),
            (row("接收（待补）", "", ""), "接收（待补）", "待补"),
            (row("合格，但模糊", "", ""), "合格，但模糊", "但模糊"),
            (row("通过", "", "请重拍"), "通过，备注：请重拍", ""),
            (
                two("合格", "退回", ""),
                "审核状态“合格”，审核结果“退回”",
                "",
            ),
            (
                two("通过", "不通过", "反光"),
                "审核状态“通过”，审核结果“不通过”",
                "反光",
            ),
            (
                two("退回：闭眼", "合格", ""),
                "审核状态“退回：闭眼”，审核结果“合格”",
                "闭眼",
            ),
            (
                two("合格", "待补拍", ""),
                "审核状态“合格”，审核结果“待补拍”",
                "",
            ),
            (opinion("建议重拍"), "通过", "建议重拍"),
        ] {
            let expected = Said {
                reason: Some(reason.to_owned()),
                ..said(ReceiptState::Unsettled, words)
            };
            assert_eq!(answer.said(), Some(expected), "{answer:?}");
        }
        for answer in [
            two("", "退回", "闭眼"),
            two("退回", "", "闭眼"),
            two("退回", "处理中", "闭眼"),
        ] {
            assert_eq!(
                answer.said(),
                Some(said(ReceiptState::Returned, "闭眼")),
                "{answer:?}"
            );
        }
        for answer in [
            two("合格", "处理中", ""),
            opinion("照片清晰"),
            opinion("同意"),
        ] {
            let found = answer.said().map(|said| said.state);
            assert_eq!(found, Some(ReceiptState::Accepted), "{answer:?}");
        }
    }

    #[test]
    fn a_reason_apart_is_read_behind_the_words() {
        for (reason, line) in [
            (None, "接收"),
            (Some(""), "接收，退回原因：没有写"),
            (Some("闭眼"), "接收，退回原因：闭眼"),
        ] {
            assert_eq!(in_one_line("接收", reason), line);
        }
        assert!(speaks_of_return("此前写的是退回"));
        assert!(!speaks_of_return("处理中"));
    }

    #[test]
    fn words_that_look_like_a_reason_apart_stay_the_row_s_words() {
        let mixed = row("接收，退回原因：闭眼", "", "").said();
        let mixed = mixed.map(|said| (said.rest, said.reason));
        let (words, reason) = ("接收，退回原因：闭眼", "退回原因：闭眼");
        assert_eq!(mixed, Some((words.to_owned(), Some(reason.to_owned()))));
    }
}
