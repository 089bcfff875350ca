//! What students are told of their photo: the words for where it stands, and the text of a notice made from a template.
//!
//! No placeholder gives an identity number, so no notice can hold one. Not who is told, nor when.

use crate::decision::DecisionKind;

/// Most characters of a text message in one part (the operators' limit for UCS-2).
pub const SMS_ONE: usize = 70;
/// Characters of each part of a longer one.
pub const SMS_PART: usize = 67;

/// Where a photo stands, in the words that 学信网 and the studios use towards students. This is the one place that says which
/// state of the office is which of theirs; lists, notices and what is copied out of them ask here.
///
/// | in the office | towards students |
/// |---|---|
/// | 未提交 | 未提交 |
/// | 待审, 存疑, 复审中, 意见不一 | 审核中 |
/// | 退回 | 审核失败 |
/// | 通过 | 审核成功 |
///
/// Who is not to be collected (免采) is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StudentState {
    /// Nothing was handed in.
    Missing,
    /// 审核中: not decided, held, or waiting for a second review.
    Reviewing,
    /// 审核失败: rejected.
    Failed,
    /// 审核成功: approved.
    Passed,
}

impl StudentState {
    /// The state of a student who did or did not hand in a photo, whose newest has this decision; `None` also while one
    /// is not to be told.
    pub const fn of(submitted: bool, decision: Option<DecisionKind>) -> Self {
        match (submitted, decision) {
            (false, _) => Self::Missing,
            (true, Some(DecisionKind::Approved)) => Self::Passed,
            (true, Some(DecisionKind::Rejected)) => Self::Failed,
            (true, Some(DecisionKind::Held) | None) => Self::Reviewing,
        }
    }

    /// The words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Missing => "未提交",
            Self::Reviewing => "审核中",
            Self::Failed => "审核失败",
            Self::Passed => "审核成功",
        }
    }
}

/// What can stand in a template, each between braces: `{姓名}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// 姓名.
    Name,
    /// 学号.
    StudentNo,
    /// 学院.
    College,
    /// 班级.
    Class,
    /// Why the photo was rejected.
    Reasons,
    /// The day until which another may come.
    Deadline,
    /// Name of the round.
    Round,
    /// Where the photo stands, as [`StudentState`] says it.
    State,
}

impl Placeholder {
    /// Every one, in the order they are offered.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::StudentNo,
        Self::College,
        Self::Class,
        Self::Reasons,
        Self::Deadline,
        Self::Round,
        Self::State,
    ];

    /// What stands between the braces.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::StudentNo => "学号",
            Self::College => "学院",
            Self::Class => "班级",
            Self::Reasons => "原因",
            Self::Deadline => "截止日期",
            Self::Round => "批次",
            Self::State => "审核状态",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// The template with each placeholder replaced by what `value` gives for it. What stands between braces and is no
/// placeholder stays as it is; what a value holds is never read as one.
pub fn fill(template: &str, value: impl Fn(Placeholder) -> String) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    for piece in pieces(template) {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Placeholder(known) => text.push_str(&value(known)),
            Piece::Unknown(word) => {
                text.push('{');
                text.push_str(word);
                text.push('}');
            }
        }
    }
    text
}

/// What stands between braces in the template and is no placeholder, in order.
pub fn unknown_placeholders(template: &str) -> Vec<&str> {
    pieces(template)
        .filter_map(|piece| match piece {
            Piece::Unknown(word) => Some(word),
            Piece::Text(_) | Piece::Placeholder(_) => None,
        })
        .collect()
}

/// The text as the operator sends it: behind the signature, which it demands and counts.
pub fn signed(signature: &str, text: &str) -> String {
    match signature {
        "" => text.to_owned(),
        signature => format!("【{signature}】{text}"),
    }
}

/// In how many parts a text message goes out, which is how often it is paid for; 0 for none.
pub fn sms_parts(text: &str) -> usize {
    // Operators count UTF-16 units, of which a rare character has two.
    match text.encode_utf16().count() {
        0 => 0,
        units if units <= SMS_ONE => 1,
        units => units.div_ceil(SMS_PART),
    }
}

enum Piece<'a> {
    Text(&'a str),
    Placeholder(Placeholder),
    Unknown(&'a str),
}

fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = match rest.strip_prefix('{').and_then(|open| open.split_once('}')) {
            // An opening brace within: the first one was only a sign.
            Some((word, after)) if !word.contains('{') => match Placeholder::parse(word.trim()) {
                Some(known) => (Piece::Placeholder(known), after),
                None => (Piece::Unknown(word), after),
            },
            _ => {
                // From the second character on: the first may be a brace that opens nothing.
                let end = rest.char_indices().skip(1).find(|(_, c)| *c == '{');
                let (text, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
                (Piece::Text(text), after)
            }
        };
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn students_are_told_three_states_and_none() {
        for (submitted, decision, title) in [
            (false, None, "未提交"),
            (true, None, "审核中"),
            (true, Some(DecisionKind::Held), "审核中"),
            (true, Some(DecisionKind::Rejected), "审核失败"),
            (true, Some(DecisionKind::Approved), "审核成功"),
        ] {
            assert_eq!(StudentState::of(submitted, decision).title(), title);
        }
    }

    #[test]
    fn templates_are_filled_once() {
        let value = |known: Placeholder| match known {
            Placeholder::Name => "张{学号}三".to_owned(),
            Placeholder::StudentNo => "2021".to_owned(),
            other => other.word().to_owned(),
        };
        for (template, text) in [
            ("{姓名}同学", "张{学号}三同学"),
            ("{ 学号 }{学号}", "20212021"),
            ("{证件号码}", "{证件号码}"),
            ("{{学号}}", "{2021}"),
            ("{", "{"),
            ("}{", "}{"),
            ("{学号", "{学号"),
            ("", ""),
        ] {
            assert_eq!(fill(template, value), text, "{template}");
        }
        assert_eq!(unknown_placeholders("{姓名}{证件号码}{}"), ["证件号码", ""]);
    }

    #[test]
    fn parts_are_counted_as_operators_do() {
        for (units, parts) in [(0, 0), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3)] {
            assert_eq!(sms_parts(&"字".repeat(units)), parts, "{units}");
        }
        assert_eq!(sms_parts(&"𬱖".repeat(36)), 2);
        // The signature counts, its brackets too.
        let text = "字".repeat(64);
        assert_eq!(sms_parts(&signed("", &text)), 1);
        assert_eq!(sms_parts(&signed("某大学院", &text)), 1);
        assert_eq!(sms_parts(&signed("某大研究生院", &text)), 2);
    }
}
