//! Receipts (回执): what the studio and 学信网 say of a student's photo, and the words by which their lists say it.
//!
//! Not whose a row is (`exchange::matching`), nor what it means beside everything else ([`crate::reconciliation`]).
//! A word that is not known is no state: nothing is guessed.

mod answer;

use serde::{Deserialize, Serialize};

use crate::name::half_width;

pub use answer::{Answer, StateCell, in_one_line, speaks_of_return};

/// What a list tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptKind {
    /// 采集单位回执: the studio took a photo, or gave it back.
    Studio,
    /// 学信网在校名单, with what its `bz` column says of the comparison of faces.
    Enrolment,
    /// 学历照片状态: whether 学信网 shows a photo.
    Register,
    /// 图像校对: what the student answered.
    Confirmation,
    /// 采集单位返回照片: the studio's set of photos, held against what was delivered. No list tells of it.
    Set,
}

impl ReceiptKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Studio,
        Self::Enrolment,
        Self::Register,
        Self::Confirmation,
        Self::Set,
    ];

    /// The word stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Studio => "studio",
            Self::Enrolment => "enrolment",
            Self::Register => "register",
            Self::Confirmation => "confirmation",
            Self::Set => "set",
        }
    }

    /// The kind of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Studio => "采集单位回执",
            Self::Enrolment => "学信网在校名单",
            Self::Register => "学历照片状态",
            Self::Confirmation => "图像校对",
            Self::Set => "采集单位返回照片",
        }
    }
}

/// What one row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// The studio took the photo.
    Accepted,
    /// The studio gave it back.
    Returned,
    /// The studio's words say neither; a person is to say which they mean.
    Unsettled,
    /// 学信网 lists the student, and the comparison says nothing against the photo.
    Listed,
    /// 身份核验未通过.
    Mismatch,
    /// 身份核验不确定.
    Unsure,
    /// 身份核验异常.
    Abnormal,
    /// 学信网 shows a photo.
    HasPhoto,
    /// It shows none.
    NoPhoto,
    /// The student said 正确.
    Right,
    /// The student said 有误.
    Wrong,
    /// The student said nothing yet.
    Unanswered,
    /// The photo came back as it was delivered.
    SetSame,
    /// Another picture came back in its place.
    SetChanged,
    /// It did not come back.
    SetMissing,
    /// A photo came back that was not delivered.
    SetStray,
}

impl ReceiptState {
    /// Every state with its kind, the word stored, and the words staff read.
    const TABLE: [(Self, ReceiptKind, &'static str, &'static str); 16] = [
        (Self::Accepted, ReceiptKind::Studio, "accepted", "已接收"),
        (Self::Returned, ReceiptKind::Studio, "returned", "退回"),
        (
            Self::Unsettled,
            ReceiptKind::Studio,
            "unsettled",
            "看不出接收还是退回",
        ),
        (Self::Listed, ReceiptKind::Enrolment, "listed", "在校名单有"),
        (
            Self::Mismatch,
            ReceiptKind::Enrolment,
            "mismatch",
            "身份核验未通过",
        ),
        (
            Self::Unsure,
            ReceiptKind::Enrolment,
            "unsure",
            "身份核验不确定",
        ),
        (
            Self::Abnormal,
            ReceiptKind::Enrolment,
            "abnormal",
            "身份核验异常",
        ),
        (
            Self::HasPhoto,
            ReceiptKind::Register,
            "has_photo",
            "已有学历照片",
        ),
        (
            Self::NoPhoto,
            ReceiptKind::Register,
            "no_photo",
            "没有学历照片",
        ),
        (Self::Right, ReceiptKind::Confirmation, "right", "校对正确"),
        (Self::Wrong, ReceiptKind::Confirmation, "wrong", "校对有误"),
        (
            Self::Unanswered,
            ReceiptKind::Confirmation,
            "unanswered",
            "未校对",
        ),
        (
            Self::SetSame,
            ReceiptKind::Set,
            "set_same",
            "返回的照片一致",
        ),
        (
            Self::SetChanged,
            ReceiptKind::Set,
            "set_changed",
            "返回的照片不同",
        ),
        (
            Self::SetMissing,
            ReceiptKind::Set,
            "set_missing",
            "没有返回",
        ),
        (
            Self::SetStray,
            ReceiptKind::Set,
            "set_stray",
            "返回的照片没有交付过",
        ),
    ];

    /// Every state.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::TABLE.into_iter().map(|row| row.0)
    }

    fn row(self) -> (Self, ReceiptKind, &'static str, &'static str) {
        let found = Self::TABLE.into_iter().find(|row| row.0 == self);
        found.unwrap_or((self, ReceiptKind::Studio, "", ""))
    }

    /// What kind of list says it.
    pub fn kind(self) -> ReceiptKind {
        self.row().1
    }

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        self.row().2
    }

    /// The state of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::all().find(|state| state.as_str() == word)
    }

    /// Whether a row that says `said` may stand as this: as itself, or as what a person took its words for.
    pub fn may_stand_for(self, said: Self) -> bool {
        self == said || (said == Self::Unsettled && self.kind() == ReceiptKind::Studio)
    }

    /// The words staff read.
    pub fn title(self) -> &'static str {
        self.row().3
    }
}

/// A state as a cell tells it, and what the cell says beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The state.
    pub state: ReceiptState,
    /// The rest of the cell, e.g. the reason in `退回：头发遮眉`; or empty.
    pub rest: String,
    /// Why the photo was given back, where `rest` is words that contradict each other; empty where none was written.
    pub reason: Option<String>,
}

const ACCEPTED: [&str; 25] = [
    "通过",
    "审核通过",
    "已通过",
    "审核已通过",
    "合格",
    "已合格",
    "接收",
    "已接收",
    "接受",
    "成功",
    "审核成功",
    "采集成功",
    "上传成功",
    "已采集",
    "已上传",
    "已上网",
    "已制作",
    "制作中",
    "待制作",
    "已完成",
    "完成",
    "正常",
    "是",
    "√",
    "✓",
];
const RETURNED: [&str; 22] = [
    "退回",
    "已退回",
    "审核退回",
    "驳回",
    "已驳回",
    "审核驳回",
    "不通过",
    "未通过",
    "审核不通过",
    "审核未通过",
    "不合格",
    "失败",
    "审核失败",
    "采集失败",
    "上传失败",
    "重拍",
    "需重拍",
    "请重拍",
    "拒绝",
    "否",
    "×",
    "✗",
];
const HAS_PHOTO: [&str; 14] = [
    "有",
    "已有",
    "有照片",
    "已采集",
    "已上传",
    "已上网",
    "已入库",
    "是",
    "存在",
    "正常",
    "已完成",
    "√",
    "✓",
    "1",
];
const NO_PHOTO: [&str; 12] = [
    "无",
    "没有",
    "无照片",
    "未采集",
    "未上传",
    "未上网",
    "未入库",
    "否",
    "缺",
    "缺失",
    "×",
    "0",
];
const RIGHT: [&str; 8] = [
    "正确",
    "校对正确",
    "无误",
    "校对无误",
    "确认无误",
    "已确认",
    "一致",
    "√",
];
const WRONG: [&str; 7] = [
    "有误",
    "校对有误",
    "错误",
    "不正确",
    "不一致",
    "非本人",
    "×",
];
/// Remarks of 学信网's list that change nothing.
const WELL: [&str; 11] = [
    "",
    "无",
    "正常",
    "通过",
    "在籍",
    "在校",
    "有学籍",
    "注册学籍",
    "-",
    "/",
    "√",
];
const UNANSWERED: [&str; 7] = [
    "未校对",
    "未核对",
    "未确认",
    "待校对",
    "待确认",
    "未反馈",
    "无",
];

/// What the cell of a list of this kind says; `None` for words that are not known.
///
/// An empty cell says that a student is listed, or did not answer; of the studio and the register it says nothing.
pub fn read(kind: ReceiptKind, cell: &str) -> Option<Said> {
    let cell = cell.trim();
    match kind {
        ReceiptKind::Studio => one_of(
            cell,
            &[
                (ReceiptState::Accepted, &ACCEPTED),
                (ReceiptState::Returned, &RETURNED),
            ],
        ),
        ReceiptKind::Enrolment => Some(compared(cell)),
        ReceiptKind::Register => one_of(
            cell,
            &[
                (ReceiptState::HasPhoto, &HAS_PHOTO),
                (ReceiptState::NoPhoto, &NO_PHOTO),
            ],
        ),
        ReceiptKind::Confirmation if cell.is_empty() => Some(said(ReceiptState::Unanswered, "")),
        ReceiptKind::Confirmation => one_of(
            cell,
            &[
                (ReceiptState::Right, &RIGHT),
                (ReceiptState::Wrong, &WRONG),
                (ReceiptState::Unanswered, &UNANSWERED),
            ],
        ),
        ReceiptKind::Set => None,
    }
}

fn said(state: ReceiptState, rest: &str) -> Said {
    Said {
        state,
        rest: rest.trim().to_owned(),
        reason: None,
    }
}

/// The state whose word the cell is, or begins with before a mark.
fn one_of(cell: &str, known: &[(ReceiptState, &[&str])]) -> Option<Said> {
    let find = |text: &str| {
        let word = plain(text);
        let found = known
            .iter()
            .find(|(_, words)| words.contains(&word.as_str()));
        found.map(|(state, _)| *state)
    };
    if let Some(state) = find(cell) {
        return Some(said(state, ""));
    }
    let (at, mark) = cell.char_indices().find(|(_, c)| is_mark(*c))?;
    let rest = cell.get(at + mark.len_utf8()..)?;
    let state = find(cell.get(..at)?)?;
    Some(said(state, rest.trim_end_matches(is_closing)))
}

/// What `bz` says: the three published words, else a remark that changes nothing.
fn compared(cell: &str) -> Said {
    let word = plain(cell);
    let is_about_faces = ["核验", "比对"].iter().any(|known| word.contains(known));
    let found = [
        ("未通过", ReceiptState::Mismatch),
        ("不通过", ReceiptState::Mismatch),
        ("不确定", ReceiptState::Unsure),
        ("异常", ReceiptState::Abnormal),
    ];
    let state = found
        .into_iter()
        // Alone in its cell the word needs no 身份核验 before it; in a longer remark it could be about anything.
        .find(|(part, _)| word == *part || (is_about_faces && word.contains(part)))
        .map(|(_, state)| state);
    match state {
        Some(state) => said(state, ""),
        None => said(ReceiptState::Listed, cell),
    }
}

/// Whether the comparison column of 学信网's list has a remark that is neither one of the published words nor one that
/// says all is well.
pub fn is_unknown_remark(cell: &str) -> bool {
    let word = plain(cell);
    let is_about_faces = ["核验", "比对"].iter().any(|known| word.contains(known));
    let is_well = WELL.contains(&word.as_str())
        || (is_about_faces
            && ["通过", "一致", "正常"]
                .iter()
                .any(|well| word.contains(well)));
    !is_well && compared(cell).state == ReceiptState::Listed
}

/// Half width, without blanks.
fn plain(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && !matches!(c, '。' | '.' | '!'))
        .collect()
}

const fn is_mark(c: char) -> bool {
    matches!(
        c,
        ':' | '：' | '，' | ',' | '（' | '(' | '-' | '—' | '；' | ';' | ' ' | '、' | '|' | '/'
    )
}

const fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')')
}

#[cfg(test)]
mod tests;
