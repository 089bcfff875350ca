//! Students (学生) as a roster (名单) lists them.

use serde::{Deserialize, Serialize};

use crate::ids::{RoundId, StudentId};

/// A student of one round, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// Row id.
    pub id: StudentId,
    /// The round whose roster lists the student.
    pub round: RoundId,
    /// The roster's columns.
    pub draft: StudentDraft,
}

/// The columns of a roster that the station keeps; text as written, trimmed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentDraft {
    /// 学号, unique within the round.
    pub student_no: String,
    /// 姓名, raw; compare with [`crate::name::fold`].
    pub name: String,
    /// 证件号码, upper case, verified; empty when the roster has none.
    pub id_number: String,
    /// 性别 男/女, or empty.
    pub sex: String,
    /// 出生日期 as YYYYMMDD, or empty.
    pub birth_date: String,
    /// 考生号, or empty.
    pub exam_no: String,
    /// 学院 / 院系 / 培养单位, or empty.
    pub college: String,
    /// 专业, or empty.
    pub major: String,
    /// 年级, or empty.
    pub grade: String,
    /// 班级, or empty.
    pub class: String,
    /// 层次, or empty.
    pub level: String,
    /// 学习形式, or empty.
    pub study_mode: String,
    /// 校区, or empty.
    #[serde(default)]
    pub campus: String,
}

/// What the columns of a table say of whom a row is about; empty where there is no such column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct StudentKeys {
    /// 学号.
    pub student_no: String,
    /// 证件号码.
    pub id_number: String,
    /// 考生号.
    pub exam_no: String,
    /// 姓名.
    pub name: String,
}

/// A column of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterField {
    /// 学号.
    StudentNo,
    /// 姓名.
    Name,
    /// 证件号码.
    IdNumber,
    /// 性别.
    Sex,
    /// 出生日期.
    BirthDate,
    /// 考生号.
    ExamNo,
    /// 学院.
    College,
    /// 专业.
    Major,
    /// 年级.
    Grade,
    /// 班级.
    Class,
    /// 层次.
    Level,
    /// 学习形式.
    StudyMode,
    /// 校区.
    Campus,
    /// 证件类型: read to judge 证件号码 by, and not kept.
    IdType,
}

impl RosterField {
    /// Every field that is kept, in the order tables show them.
    pub const ALL: [Self; 13] = [
        Self::StudentNo,
        Self::Name,
        Self::IdNumber,
        Self::Sex,
        Self::BirthDate,
        Self::ExamNo,
        Self::College,
        Self::Major,
        Self::Grade,
        Self::Class,
        Self::Level,
        Self::StudyMode,
        Self::Campus,
    ];

    /// Every field that a roster is read for: those kept and 证件类型, beside the number it tells of.
    pub const READ: [Self; 14] = [
        Self::StudentNo,
        Self::Name,
        Self::IdType,
        Self::IdNumber,
        Self::Sex,
        Self::BirthDate,
        Self::ExamNo,
        Self::College,
        Self::Major,
        Self::Grade,
        Self::Class,
        Self::Level,
        Self::StudyMode,
        Self::Campus,
    ];

    /// Whether the field names a student: the fields of [`StudentKeys`].
    pub const fn is_key(self) -> bool {
        matches!(
            self,
            Self::StudentNo | Self::IdNumber | Self::ExamNo | Self::Name
        )
    }

    /// The Chinese column title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::StudentNo => "学号",
            Self::Name => "姓名",
            Self::IdNumber => "证件号码",
            Self::Sex => "性别",
            Self::BirthDate => "出生日期",
            Self::ExamNo => "考生号",
            Self::College => "学院",
            Self::Major => "专业",
            Self::Grade => "年级",
            Self::Class => "班级",
            Self::Level => "层次",
            Self::StudyMode => "学习形式",
            Self::Campus => "校区",
            Self::IdType => "证件类型",
        }
    }
}

impl StudentDraft {
    /// The text of one column; empty for what is not kept.
    pub fn get(&self, field: RosterField) -> &str {
        match field {
            RosterField::StudentNo => &self.student_no,
            RosterField::Name => &self.name,
            RosterField::IdNumber => &self.id_number,
            RosterField::Sex => &self.sex,
            RosterField::BirthDate => &self.birth_date,
            RosterField::ExamNo => &self.exam_no,
            RosterField::College => &self.college,
            RosterField::Major => &self.major,
            RosterField::Grade => &self.grade,
            RosterField::Class => &self.class,
            RosterField::Level => &self.level,
            RosterField::StudyMode => &self.study_mode,
            RosterField::Campus => &self.campus,
            RosterField::IdType => "",
        }
    }

    /// Writes one column; what is not kept is not written.
    pub fn set(&mut self, field: RosterField, text: String) {
        let column = match field {
            RosterField::StudentNo => &mut self.student_no,
            RosterField::Name => &mut self.name,
            RosterField::IdNumber => &mut self.id_number,
            RosterField::Sex => &mut self.sex,
            RosterField::BirthDate => &mut self.birth_date,
            RosterField::ExamNo => &mut self.exam_no,
            RosterField::College => &mut self.college,
            RosterField::Major => &mut self.major,
            RosterField::Grade => &mut self.grade,
            RosterField::Class => &mut self.class,
            RosterField::Level => &mut self.level,
            RosterField::StudyMode => &mut self.study_mode,
            RosterField::Campus => &mut self.campus,
            RosterField::IdType => return,
        };
        *column = text;
    }
}
