//! Who is to be collected (采集范围): the cohorts of a round, what is known of single students, and what follows.
//!
//! Not whose photo anything is, nor what is done with the photos of those who are exempt. Days are compared as they are
//! given: there is no clock here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::name::half_width;
use crate::student::StudentDraft;

/// Students named by what the roster says of them; a list without a value names all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cohort {
    /// 年级.
    pub grades: Vec<String>,
    /// 学习形式: 全日制 or 非全日制.
    pub study_modes: Vec<String>,
    /// 层次.
    pub levels: Vec<String>,
    /// 校区.
    pub campuses: Vec<String>,
    /// 学院.
    pub colleges: Vec<String>,
    /// 专业.
    pub majors: Vec<String>,
    /// 班级.
    pub classes: Vec<String>,
}

/// Whom a round collects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// A student of any of these is to be collected; without a cohort everybody on the roster is.
    pub cohorts: Vec<Cohort>,
    /// Whether those who have a 学历照片 already are collected again.
    pub redo: bool,
    /// How often a student may hand in; later photos are marked and kept. Without one as often as they like.
    pub limit: Option<u32>,
}

impl Scope {
    /// The limit that the `n`-th submission of a student passes, if it passes one.
    pub fn limit_passed(&self, n: u32) -> Option<u32> {
        self.limit.filter(|limit| n > *limit)
    }
}

/// What a cohort asks of a student, as the roster has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    /// 年级.
    pub grade: &'a str,
    /// 学习形式.
    pub study_mode: &'a str,
    /// 层次.
    pub level: &'a str,
    /// 校区.
    pub campus: &'a str,
    /// 学院.
    pub college: &'a str,
    /// 专业.
    pub major: &'a str,
    /// 班级.
    pub class: &'a str,
}

impl<'a> From<&'a StudentDraft> for Facts<'a> {
    fn from(draft: &'a StudentDraft) -> Self {
        Self {
            grade: &draft.grade,
            study_mode: &draft.study_mode,
            level: &draft.level,
            campus: &draft.campus,
            college: &draft.college,
            major: &draft.major,
            class: &draft.class,
        }
    }
}

/// What members of staff said of one student.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// 点名补采: to be collected though no cohort names the student.
    pub straggler: bool,
    /// Has a 学历照片 already.
    pub collected: bool,
    /// Not collected for another reason.
    pub excluded: Option<Exclusion>,
    /// What was written beside the reason.
    pub note: String,
}

impl Marks {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Why a student is not collected, said by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// 休学.
    Suspended,
    /// 退学 or 离校.
    Left,
    /// Another reason, which the note tells.
    Other,
}

/// Why a student is exempt (免采).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exempt {
    /// Of no cohort of the round, and not named.
    OutOfScope,
    /// Has a 学历照片 already: a second one would put two photos on the certificates.
    Collected,
    /// 休学.
    Suspended,
    /// 退学 or 离校.
    Left,
    /// Another reason.
    Other,
}

impl Exempt {
    /// Every reason, in the order lists show them.
    pub const ALL: [Self; 5] = [
        Self::Collected,
        Self::Suspended,
        Self::Left,
        Self::Other,
        Self::OutOfScope,
    ];

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OutOfScope => "out_of_scope",
            Self::Collected => "collected",
            Self::Suspended => "suspended",
            Self::Left => "left",
            Self::Other => "other",
        }
    }

    /// The reason of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == word)
    }

    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::OutOfScope => "不在采集范围",
            Self::Collected => "已有学历照片",
            Self::Suspended => "休学",
            Self::Left => "退学或离校",
            Self::Other => "其他原因",
        }
    }
}

impl From<Exclusion> for Exempt {
    fn from(exclusion: Exclusion) -> Self {
        match exclusion {
            Exclusion::Suspended => Self::Suspended,
            Exclusion::Left => Self::Left,
            Exclusion::Other => Self::Other,
        }
    }
}

/// Whether a student is to be collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eligibility {
    /// 应采.
    Due,
    /// 免采.
    Exempt(Exempt),
}

impl Eligibility {
    /// What follows for one student: what a person said outweighs the cohorts, a photo that is there already outweighs
    /// being named, unless the round has such photos taken anew.
    pub fn of(scope: &Scope, facts: Facts<'_>, marks: &Marks) -> Self {
        if let Some(exclusion) = marks.excluded {
            return Self::Exempt(exclusion.into());
        }
        if marks.collected && !scope.redo {
            return Self::Exempt(Exempt::Collected);
        }
        let named = marks.straggler || scope.cohorts.is_empty();
        if named || scope.cohorts.iter().any(|cohort| cohort.covers(facts)) {
            return Self::Due;
        }
        Self::Exempt(Exempt::OutOfScope)
    }

    /// Why not, for who is exempt.
    pub const fn exempt(self) -> Option<Exempt> {
        match self {
            Self::Due => None,
            Self::Exempt(why) => Some(why),
        }
    }
}

impl Cohort {
    /// Whether the student is of the cohort: each list with values holds what the roster says.
    pub fn covers(&self, facts: Facts<'_>) -> bool {
        let holds = |wanted: &[String], fold: fn(&str) -> String, found: &str| {
            let found = fold(found);
            wanted.is_empty() || wanted.iter().any(|value| fold(value) == found)
        };
        holds(&self.grades, fold_grade, facts.grade)
            && holds(&self.study_modes, fold_study_mode, facts.study_mode)
            && holds(&self.levels, fold_level, facts.level)
            && holds(&self.campuses, fold_campus, facts.campus)
            && holds(&self.colleges, fold_title, facts.college)
            && holds(&self.majors, fold_title, facts.major)
            && holds(&self.classes, fold_title, facts.class)
    }

    /// Whether it names everybody.
    pub fn is_everybody(&self) -> bool {
        *self == Self::default()
    }
}

/// 年级 as rosters write it, told apart by the year alone: 2021, 2021级, ２０２１ 级.
pub fn fold_grade(text: &str) -> String {
    let plain = fold(text);
    let year = plain.trim_end_matches(['级', '年', '届']);
    year.to_owned()
}

/// 学习形式: 全日制 or 非全日制 however it is written, another one as it stands.
pub fn fold_study_mode(text: &str) -> String {
    let plain = fold(text);
    if plain.contains("非全") || plain.contains("在职") {
        "非全日制".to_owned()
    } else if plain.contains("全日") {
        "全日制".to_owned()
    } else {
        plain
    }
}

/// 层次: 硕士研究生 is 硕士.
pub fn fold_level(text: &str) -> String {
    let plain = fold(text);
    match plain.strip_suffix("研究生") {
        Some(level) if !level.is_empty() => level.to_owned(),
        _ => plain,
    }
}

/// 学院, 专业 and 班级: as they stand, but for how wide they are written.
pub fn fold_title(text: &str) -> String {
    fold(text)
}

/// 校区: 北京校区, 北京校部 and 北京 are told apart by the place alone.
pub fn fold_campus(text: &str) -> String {
    let plain = fold(text);
    let place = plain
        .strip_suffix("校区")
        .or_else(|| plain.strip_suffix("校部"));
    match place {
        Some(place) if !place.is_empty() => place.to_owned(),
        _ => plain,
    }
}

fn fold(text: &str) -> String {
    let plain = text.chars().map(half_width);
    plain.filter(|c| !c.is_whitespace()).collect()
}

/// How many there are; 名单 = 应采 + 免采 and 应采 = 已交 + 未交, whoever is added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headcount {
    /// 名单: students on the roster.
    pub listed: u64,
    /// 应采.
    pub due: u64,
    /// 已交: of those due, with a photo.
    pub submitted: u64,
    /// 未交: of those due, without.
    pub missing: u64,
    /// 免采 by reason; a reason that nobody has is not there.
    pub exempt: BTreeMap<Exempt, u64>,
    /// Of the exempt, those whose photo came all the same.
    pub exempt_with_photo: u64,
}

impl Headcount {
    /// Counts one student in.
    pub fn add(&mut self, eligibility: Eligibility, has_photo: bool) {
        self.listed += 1;
        match eligibility {
            Eligibility::Exempt(why) => {
                *self.exempt.entry(why).or_default() += 1;
                self.exempt_with_photo += u64::from(has_photo);
            }
            Eligibility::Due => {
                self.due += 1;
                self.submitted += u64::from(has_photo);
                self.missing += u64::from(!has_photo);
            }
        }
    }

    /// 免采 for any reason.
    pub fn exempt_total(&self) -> u64 {
        self.exempt.values().sum()
    }
}

/// When a photo came, seen from the round's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Before the first day.
    Early,
    /// Within the window, or there is none.
    InTime,
    /// After the last day.
    Late,
}

impl Arrival {
    /// Where `day` lies; both days of the window belong to it, and one that is not given is no bound.
    pub fn of<D: Ord + Copy>(day: D, opens_on: Option<D>, closes_on: Option<D>) -> Self {
        if opens_on.is_some_and(|opens| day < opens) {
            Self::Early
        } else if closes_on.is_some_and(|closes| day > closes) {
            Self::Late
        } else {
            Self::InTime
        }
    }

    /// The remark that staff read; none for what came in time.
    pub const fn remark(self) -> Option<&'static str> {
        match self {
            Self::Early => Some("采集开始前收到"),
            Self::InTime => None,
            Self::Late => Some("采集截止后收到"),
        }
    }
}

#[cfg(test)]
mod tests;
