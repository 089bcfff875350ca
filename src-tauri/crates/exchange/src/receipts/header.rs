//! What the headers of receipts mean. Not which columns name a student.

use std::collections::BTreeMap;

use zhaoshen_model::StudentKeys;
use zhaoshen_model::receipt::{Answer, ReceiptKind, StateCell};

use crate::headed::{Header, Texts};
use crate::index::is_file_column;
use crate::roster::columns::compare_form;
use crate::roster::keys::KeyColumns;

/// Rows among which the header is looked for.
const WITHIN: u32 = 20;

/// What the studio's column of states is called; the last ones only where no other column tells anything.
const STUDIO: [&str; 17] = [
    "审核状态",
    "审核结果",
    "采集状态",
    "采集结果",
    "处理状态",
    "处理结果",
    "照片审核状态",
    "照片审核结果",
    "照片状态",
    "回执",
    "回执状态",
    "是否通过",
    "是否合格",
    "是否接收",
    "审核",
    "状态",
    "结果",
];
/// How many of [`STUDIO`], at its end, are words that other lists have too.
const STUDIO_COMMON: usize = 3;
const ENROLMENT: [&str; 9] = [
    "BZ",
    "比对结果",
    "人像比对结果",
    "人像比对",
    "身份核验",
    "身份核验结果",
    "人脸比对结果",
    "复核结果",
    "核验结果",
];
/// What columns that say who has a 学历照片 are called.
pub(crate) const REGISTER: [&str; 12] = [
    "学历照片状态",
    "学历照片",
    "学历照片采集状态",
    "是否有学历照片",
    "学历照片是否采集",
    "学历图像",
    "学历图像状态",
    "毕业照片",
    "毕业照片状态",
    "图像采集状态",
    "照片采集状态",
    "XLZP",
];
const CONFIRMATION: [&str; 9] = [
    "图像校对",
    "图像校对结果",
    "图像校对状态",
    "照片校对",
    "照片校对结果",
    "学历照片校对",
    "校对结果",
    "校对状态",
    "校对",
];
const REASON: [&str; 10] = [
    "退回原因",
    "驳回原因",
    "不合格原因",
    "未通过原因",
    "不通过原因",
    "审核不通过原因",
    "失败原因",
    "重拍原因",
    "审核意见",
    "退回理由",
];
/// Which of [`REASON`] photos that were taken have, too.
const OPINION: &str = "审核意见";
const REMARK: [&str; 6] = ["原因", "说明", "备注", "审核备注", "意见", "描述"];
/// What says which delivery a row answers.
const DELIVERY: [&str; 8] = [
    "交付",
    "交付次数",
    "交付次序",
    "交付批次",
    "交付编号",
    "第几次交付",
    "所属交付",
    "对应交付",
];
const SERIAL: [&str; 3] = ["序号", "编号", "流水号"];

/// The columns of a receipt.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) keys: KeyColumns,
    file: Option<u32>,
    serial: Option<u32>,
    states: BTreeMap<ReceiptKind, (usize, u32)>,
    /// Every column of the studio's states, by its place in [`STUDIO`].
    answers: BTreeMap<usize, u32>,
    reason: Option<u32>,
    /// Whether `reason` is the column of [`OPINION`].
    is_opinion: bool,
    remark: Option<u32>,
    pub(super) delivery: Option<u32>,
}

impl Columns {
    fn of(texts: &Texts) -> Self {
        let mut found = Self {
            keys: KeyColumns::of(texts),
            ..Self::default()
        };
        for (column, text) in texts {
            let word = compare_form(text);
            let is = |words: &[&str]| words.iter().position(|known| *known == word);
            if is_file_column(text) {
                found.file.get_or_insert(*column);
            } else if is(&DELIVERY).is_some() {
                found.delivery.get_or_insert(*column);
            } else if is(&SERIAL).is_some() {
                found.serial.get_or_insert(*column);
            } else if is(&REASON).is_some() {
                found.add_reason(*column, word == OPINION);
            } else if is(&REMARK).is_some() {
                found.remark.get_or_insert(*column);
            }
            for (kind, words) in [
                (ReceiptKind::Studio, &STUDIO[..]),
                (ReceiptKind::Enrolment, &ENROLMENT),
                (ReceiptKind::Register, &REGISTER),
                (ReceiptKind::Confirmation, &CONFIRMATION),
            ] {
                if let Some(rank) = is(words) {
                    let best = found.states.entry(kind).or_insert((rank, *column));
                    *best = (*best).min((rank, *column));
                }
            }
            if let Some(rank) = is(&STUDIO) {
                // Of two called alike the second is of another list beside this one.
                found.answers.entry(rank).or_insert(*column);
            }
        }
        found
    }

    /// Takes a column of reasons: the first, but one of opinions only where there is no other.
    const fn add_reason(&mut self, column: u32, is_opinion: bool) {
        if self.reason.is_none() || (self.is_opinion && !is_opinion) {
            self.reason = Some(column);
            self.is_opinion = is_opinion;
        }
    }

    /// All by which the studio answers in a row.
    pub(super) fn answer<'a>(&self, texts: &'a Texts) -> Answer<'a> {
        let text = |column: Option<u32>| -> &'a str {
            let text = column.and_then(|column| texts.get(&column));
            text.map_or("", |text| text.trim())
        };
        let states = self.answers.iter().filter_map(|(rank, column)| {
            Some(StateCell {
                title: STUDIO.get(*rank)?,
                text: text(Some(*column)),
            })
        });
        Answer {
            states: states.collect(),
            reason: text(self.reason),
            is_opinion: self.is_opinion,
            remark: text(self.remark),
        }
    }

    /// The studio's column that says something in a row.
    pub(super) fn answered_in(&self, texts: &Texts) -> Option<u32> {
        let says = |column: &u32| {
            texts
                .get(column)
                .is_some_and(|text| !text.trim().is_empty())
        };
        self.answers.values().copied().find(says)
    }

    fn says_who(&self) -> bool {
        !self.keys.is_empty() || self.file.is_some()
    }

    fn says_what(&self) -> bool {
        !self.states.is_empty() || self.reason.is_some()
    }

    fn wants(&self, column: u32) -> bool {
        self.names(column)
            || [self.serial, self.reason, self.remark, self.delivery].contains(&Some(column))
            || self.states.values().any(|(_, at)| *at == column)
            || self.answers.values().any(|at| *at == column)
    }

    /// Whether the column names a student or a file.
    pub(super) fn names(&self, column: u32) -> bool {
        self.keys.wants(column)
            || self.file == Some(column)
            || (!self.says_who() && self.serial == Some(column))
    }

    /// The column that a row without a name would have had it in.
    pub(super) fn first_key(&self) -> Option<u32> {
        (0..=u32::from(u8::MAX)).find(|column| self.names(*column))
    }

    /// The column of file names; that of serials only where nothing else names the photo.
    pub(super) fn file(&self, named: &StudentKeys) -> Option<u32> {
        match self.file {
            Some(file) => Some(file),
            None if *named == StudentKeys::default() && self.keys.is_empty() => self.serial,
            None => None,
        }
    }

    /// The column that tells of this kind.
    pub(super) fn state(&self, kind: ReceiptKind) -> Option<u32> {
        let column = self.states.get(&kind).map(|(_, column)| *column);
        match kind {
            ReceiptKind::Enrolment => column.or(self.remark),
            _ => column,
        }
    }

    /// The column of 学信网's that tells of the comparison of faces, where the list has one.
    pub(super) fn compared(&self) -> Option<u32> {
        let column = self.states.get(&ReceiptKind::Enrolment);
        column.map(|(_, column)| *column)
    }

    /// What the list tells of, where `asked` or nothing was asked for.
    pub(super) fn kinds(&self, asked: Option<ReceiptKind>) -> Vec<ReceiptKind> {
        let tells = |kind: &ReceiptKind| match kind {
            ReceiptKind::Studio => {
                let others = self.states.keys().any(|known| known != kind);
                let state = self.states.get(kind);
                let own =
                    state.is_some_and(|(rank, _)| *rank < STUDIO.len() - STUDIO_COMMON || !others);
                own || (state.is_none() && self.reason.is_some() && !others)
            }
            _ => self.states.contains_key(kind),
        };
        match asked {
            // Asked for by a person: whoever stands in the list is listed, with or without a word beside.
            Some(ReceiptKind::Enrolment) => vec![ReceiptKind::Enrolment],
            Some(ReceiptKind::Studio) => {
                let told = self.states.contains_key(&ReceiptKind::Studio) || self.reason.is_some();
                told.then_some(ReceiptKind::Studio).into_iter().collect()
            }
            Some(kind) => Some(kind).filter(tells).into_iter().collect(),
            None => ReceiptKind::ALL.into_iter().filter(tells).collect(),
        }
    }
}

/// A header with a column that says what became of a photo.
pub(super) struct Telling(pub(super) Columns);

impl Header for Telling {
    const WITHIN: u32 = WITHIN;

    fn of(texts: &Texts) -> Option<Self> {
        let columns = Columns::of(texts);
        let says_who = columns.says_who() || columns.serial.is_some();
        (says_who && columns.says_what()).then_some(Self(columns))
    }

    fn wants(&self, column: u32) -> bool {
        self.0.wants(column)
    }
}

/// A header with columns that name a student, and nothing else.
pub(super) struct Bare(pub(super) Columns);

impl Header for Bare {
    const WITHIN: u32 = WITHIN;

    fn of(texts: &Texts) -> Option<Self> {
        let columns = Columns::of(texts);
        (!columns.keys.is_empty()).then_some(Self(columns))
    }

    fn wants(&self, column: u32) -> bool {
        self.0.wants(column)
    }
}
