//! Naming templates such as `{学号}.jpg` or `{学号}-{姓名}.jpg`.

use zhaoshen_model::name::is_invisible;
use zhaoshen_model::{RosterField, StudentDraft};

use super::DeliveryMode;
use crate::error::Error;

/// The template used unless another is chosen.
pub const DEFAULT_TEMPLATE: &str = "{学号}.jpg";

/// Longest template, characters.
const LONGEST_TEMPLATE: usize = 120;

/// Why no identity number stands in a file name.
const NO_ID_NUMBERS: &str = "文件名里不能有证件号码：文件夹和压缩包里的文件名谁都看得见，加密压缩包不输口令也看得见；请用{序号}或{学号}命名，证件号码选进清单、保存为加密压缩包";

/// What a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// A column of the roster.
    Field(RosterField),
    /// The serial number in the delivery, from 1, four digits or more.
    Serial,
}

impl Placeholder {
    fn parse(word: &str) -> Option<Self> {
        if word == Self::Serial.word() {
            return Some(Self::Serial);
        }
        RosterField::ALL
            .into_iter()
            .find(|field| field.title() == word)
            .map(Self::Field)
    }

    /// The word that stands in braces.
    const fn word(self) -> &'static str {
        match self {
            Self::Serial => "序号",
            Self::Field(field) => field.title(),
        }
    }

    /// Every placeholder of a template, as far as it can be read.
    pub fn all_in(template: &str) -> Vec<Self> {
        let pieces = pieces(template).unwrap_or_default();
        pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Hole(hole) => Some(hole),
                Piece::Text(_) => None,
            })
            .collect()
    }

    /// What stands around the placeholders of a template, as far as it can be read.
    pub fn words_around(template: &str) -> Vec<String> {
        let pieces = pieces(template).unwrap_or_default();
        pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Hole(_) => None,
                Piece::Text(text) => Some(text),
            })
            .collect()
    }

    /// Whether it may stand in the name of a file that leaves the office under `mode`. Identity numbers never: names are read
    /// without a passphrase, those within an encrypted archive too.
    pub const fn is_allowed(self, mode: DeliveryMode) -> bool {
        match (mode, self) {
            (_, Self::Field(RosterField::IdNumber)) => false,
            (DeliveryMode::Roster, _) | (DeliveryMode::CodeOnly, Self::Serial) => true,
            (DeliveryMode::CodeOnly, Self::Field(field)) => !matches!(
                field,
                RosterField::Name | RosterField::BirthDate | RosterField::Sex | RosterField::ExamNo
            ),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Hole(Placeholder),
}

/// A checked naming template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    text: String,
    pieces: Vec<Piece>,
}

impl Template {
    /// Reads a template for deliveries under `mode`.
    ///
    /// # Errors
    /// [`Error::Template`] for an unknown or forbidden placeholder, a stray brace, a path, a name
    /// that would be the same for everyone, or an extension other than `.jpg`.
    pub fn parse(text: &str, mode: DeliveryMode) -> Result<Self, Error> {
        let wrong = |reason: String| Error::Template {
            template: text.chars().take(LONGEST_TEMPLATE).collect(),
            reason,
        };
        if text.chars().count() > LONGEST_TEMPLATE {
            return Err(wrong(format!("超过{LONGEST_TEMPLATE}个字符")));
        }
        if !text.to_ascii_lowercase().ends_with(".jpg") {
            return Err(wrong("应以“.jpg”结尾".into()));
        }
        let pieces = pieces(text).map_err(|broken| wrong(broken.text(mode)))?;
        for piece in &pieces {
            match piece {
                Piece::Hole(hole) if !hole.is_allowed(mode) => {
                    let title = mode.title();
                    let why = match mode {
                        DeliveryMode::CodeOnly => {
                            format!("{title}不得向采集单位提供姓名、证件号码等身份信息")
                        }
                        DeliveryMode::Roster => NO_ID_NUMBERS.to_owned(),
                    };
                    return Err(wrong(format!("{why}；{}", allowed(mode))));
                }
                Piece::Text(text) if text.contains(is_illegal) => {
                    return Err(wrong(
                        "含有文件名不允许的字符（\\ / : * ? \" < > |，或看不见的字符）".into(),
                    ));
                }
                _ => {}
            }
        }
        let tells_apart = pieces.iter().any(|piece| {
            matches!(
                piece,
                Piece::Hole(
                    Placeholder::Serial
                        | Placeholder::Field(
                            RosterField::StudentNo | RosterField::ExamNo | RosterField::Name
                        )
                )
            )
        });
        if !tells_apart {
            return Err(wrong(
                "每个学生的文件名会相同，请至少用{学号}、{序号}之一".into(),
            ));
        }
        Ok(Self {
            text: text.to_owned(),
            pieces,
        })
    }

    /// The template as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name for one student; `None` where a field that stands in it is empty.
    pub fn name_of(&self, student: &StudentDraft, serial: usize) -> Option<String> {
        self.fill(student, serial).ok()
    }

    /// The name for one student; `Err` with the fields that are empty for them.
    pub(super) fn fill(
        &self,
        student: &StudentDraft,
        serial: usize,
    ) -> Result<String, Vec<RosterField>> {
        let mut name = String::new();
        let mut empty = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => name.push_str(text),
                Piece::Hole(Placeholder::Serial) => name.push_str(&format!("{serial:04}")),
                Piece::Hole(Placeholder::Field(field)) => {
                    let value = student.get(*field).trim();
                    if value.is_empty() {
                        empty.push(*field);
                    }
                    name.push_str(value);
                }
            }
        }
        if empty.is_empty() {
            Ok(name)
        } else {
            Err(empty)
        }
    }
}

/// Whether a character cannot stand in a file name on Windows, or would make a name read other than it is: marks of the
/// direction of writing, and what takes no room.
pub(crate) fn is_illegal(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{2028}' | '\u{2029}' | '\u{180E}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    );
    matches!(c, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || c.is_control()
        || is_invisible(c)
        || unseen
}

/// What may stand in braces under a mode, as one line.
fn allowed(mode: DeliveryMode) -> String {
    let fields = RosterField::ALL.into_iter().map(Placeholder::Field);
    let holes = [Placeholder::Serial].into_iter().chain(fields);
    let words: Vec<String> = holes
        .filter(|hole| hole.is_allowed(mode))
        .map(|hole| format!("{{{}}}", hole.word()))
        .collect();
    format!("可用的字段：{}", words.join("、"))
}

/// Why a template cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Broken {
    /// `{` without its `}`.
    Open,
    /// `}` without its `{`.
    Closed,
    /// What stands in braces is no field.
    Unknown(String),
}

impl Broken {
    fn text(&self, mode: DeliveryMode) -> String {
        match self {
            Self::Open => "有“{”而没有“}”".to_owned(),
            Self::Closed => "有“}”而没有“{”".to_owned(),
            Self::Unknown(word) => format!("没有名为“{word}”的字段；{}", allowed(mode)),
        }
    }
}

fn pieces(text: &str) -> Result<Vec<Piece>, Broken> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (word, behind) = after.split_once('}').ok_or(Broken::Open)?;
        if before.contains('}') {
            return Err(Broken::Closed);
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        let hole =
            Placeholder::parse(word.trim()).ok_or_else(|| Broken::Unknown(word.to_owned()))?;
        pieces.push(Piece::Hole(hole));
        rest = behind;
    }
    if rest.contains('}') {
        return Err(Broken::Closed);
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn templates_are_checked_before_anything_else() {
        use DeliveryMode::{CodeOnly, Roster};
        for (template, mode) in [
            ("{学号}.jpg", CodeOnly),
            ("{序号}.JPG", CodeOnly),
            ("{学院}-{学号}.jpg", CodeOnly),
            ("{姓名}{学号}.jpg", Roster),
        ] {
            assert_eq!(Template::parse(template, mode).unwrap().as_str(), template);
        }
        for (template, mode, word) in [
            ("{姓名}.jpg", CodeOnly, "采集码模式"),
            ("{学号}-{证件号码}.jpg", CodeOnly, "采集码模式"),
            ("{学号}-{出生日期}.jpg", CodeOnly, "采集码模式"),
            ("{证件号码}.jpg", Roster, "不输口令也看得见"),
            ("{学号}-{证件号码}.jpg", Roster, "加密压缩包"),
            ("{学号}", Roster, ".jpg"),
            ("{学号}.png", Roster, ".jpg"),
            ("{学号.jpg", Roster, "“{”"),
            ("学号}.jpg", Roster, "“}”"),
            ("{工号}.jpg", Roster, "工号"),
            ("照片.jpg", Roster, "相同"),
            ("{专业}.jpg", Roster, "相同"),
            ("{专业}/{学号}.jpg", Roster, "不允许"),
            ("../{学号}.jpg", Roster, "不允许"),
            ("{学号}\u{202E}gpj.jpg", Roster, "看不见"),
            ("{学号}\u{200B}.jpg", CodeOnly, "看不见"),
            ("\u{2066}{学号}.jpg", CodeOnly, "看不见"),
            ("{考号}.jpg", Roster, "{考生号}"),
            ("{考号}.jpg", CodeOnly, "{专业}"),
            ("{姓名}.jpg", CodeOnly, "{学院}"),
        ] {
            let error = Template::parse(template, mode).unwrap_err();
            assert!(error.to_string().contains(word), "{template}: {error}");
            let forbidden = error.to_string().contains("{证件号码}、");
            assert!(!forbidden, "{error}");
        }
    }
}
