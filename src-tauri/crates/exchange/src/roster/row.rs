//! Reads one row: every kept cell into the draft, with what is wrong about it.

use jiff::civil::Date;
use zhaoshen_model::identity::{self, IdDocument, IdProblem, Sex};
use zhaoshen_model::{RosterField, StudentDraft, name};

use super::layout::Layout;
use super::rows::refusal;
use super::sheet::{EXACT_BELOW, MARK, SheetRow, Value, shorten};
use super::student_no;
use super::{RefusedRow, RosterWarning, RowProblem};

/// Ages outside of which a student's birth date should be looked at, years.
const USUAL_AGES: std::ops::RangeInclusive<i16> = 15..=80;

/// A row being read.
pub(super) struct ReadRow<'a> {
    layout: &'a Layout,
    pub source: &'a SheetRow,
    today: Date,
    pub draft: StudentDraft,
    /// Whether 学号 is stored as a number.
    pub numeric_student_no: bool,
    pub problems: Vec<RefusedRow>,
    pub warnings: Vec<RosterWarning>,
}

impl<'a> ReadRow<'a> {
    pub(super) fn new(layout: &'a Layout, source: &'a SheetRow, today: Date) -> Self {
        Self {
            layout,
            source,
            today,
            draft: StudentDraft::default(),
            numeric_student_no: false,
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Reads every kept column into the draft.
    pub(super) fn read(&mut self) {
        // Keys first, so that every later problem can name the student.
        let fields: Vec<RosterField> = self.layout.kept.iter().map(|kept| kept.field).collect();
        for &field in &fields {
            match field {
                RosterField::StudentNo => self.read_key(field, true),
                RosterField::ExamNo => self.read_key(field, false),
                RosterField::Name => self.read_name(),
                RosterField::IdNumber
                | RosterField::IdType
                | RosterField::Sex
                | RosterField::BirthDate => {}
                other => self.read_plain(other),
            }
        }
        self.read_identity(&fields);
        for problem in &mut self.problems {
            problem.student_no.clone_from(&self.draft.student_no);
            problem.name.clone_from(&self.draft.name);
        }
    }

    fn value(&self, field: RosterField) -> Option<&'a Value> {
        self.source.get(self.layout, field)
    }

    fn read_key(&mut self, field: RosterField, required: bool) {
        let title = field.title();
        match self.value(field) {
            None if required => self.refuse(
                field,
                RowProblem::KeyEmpty,
                format!("{title}为空"),
                "请补上，或删除这一行",
            ),
            None => {}
            Some(Value::Text(text)) => {
                let key = tidy_key(text);
                if scientific(&key) {
                    self.refuse_lost(field);
                } else if field == RosterField::StudentNo
                    && let Some((code, problem)) = student_no::trouble(text, &key)
                {
                    self.refuse(field, code, problem, student_no::REMEDY);
                } else if key.starts_with(MARK) {
                    self.refuse_strange(field, &Value::Error(shorten(text)));
                } else {
                    self.draft.set(field, key);
                }
            }
            Some(Value::Number(number)) => self.read_numeric_key(field, *number),
            Some(other) => self.refuse_strange(field, other),
        }
    }

    fn read_numeric_key(&mut self, field: RosterField, number: f64) {
        if number.abs() >= EXACT_BELOW {
            self.refuse_lost(field);
        } else if number < 0.0 || number.fract().abs() > 0.0 {
            self.refuse(
                field,
                RowProblem::NotText,
                format!("{}是数值{number}，不是编号", field.title()),
                "请把该列设为“文本”格式后重新填写",
            );
        } else {
            self.draft.set(field, format!("{number:.0}"));
            if field == RosterField::StudentNo {
                self.numeric_student_no = true;
            }
        }
    }

    fn read_name(&mut self) {
        let field = RosterField::Name;
        match self.value(field) {
            None => self.refuse(
                field,
                RowProblem::KeyEmpty,
                "姓名为空".into(),
                "请补上，或删除这一行",
            ),
            Some(Value::Text(text)) if text.starts_with(MARK) => {
                self.refuse_strange(field, &Value::Error(shorten(text)));
            }
            Some(Value::Text(text)) => {
                let text = &self.without_invisible(field, text);
                let tight = name::without_padding(text);
                if let Some(tight) = &tight {
                    self.warn(
                        field,
                        format!("姓名中间的空格已去掉，按“{}”导入", shorten(tight)),
                    );
                }
                self.draft.name = tight.unwrap_or_else(|| text.clone());
                for problem in name::problems(text) {
                    if problem.is_loss() {
                        self.refuse(
                            field,
                            RowProblem::NameBroken,
                            problem.message(),
                            "请按身份证补全姓名用字",
                        );
                    } else {
                        self.warn(field, problem.message());
                    }
                }
            }
            Some(other) => self.refuse_strange(field, other),
        }
    }

    /// The text without characters that take no room, and a warning where there are any: a mark of direction turns
    /// round whatever stands behind it in a line that is pasted elsewhere.
    fn without_invisible(&mut self, field: RosterField, text: &str) -> String {
        let mut hidden: Vec<char> = text.chars().filter(|c| name::is_invisible(*c)).collect();
        if hidden.is_empty() {
            return text.to_owned();
        }
        hidden.sort_unstable();
        hidden.dedup();
        let told = hidden.iter().take(3);
        let told: Vec<String> = told.map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        let (title, told) = (field.title(), told.join("、"));
        let said = format!("{title}中有看不见的字符（{told}），已去掉");
        self.warn(field, said);
        text.chars().filter(|c| !name::is_invisible(*c)).collect()
    }

    fn read_plain(&mut self, field: RosterField) {
        let text = match self.value(field) {
            None => return,
            Some(Value::Text(text) | Value::Date(text)) => self.without_invisible(field, text),
            Some(Value::Number(number)) if number.fract().abs() > 0.0 => number.to_string(),
            Some(Value::Number(number)) => format!("{number:.0}"),
            Some(other) => {
                // A column that no key depends on: kept empty, and said so.
                self.warn(
                    field,
                    format!("{}{}，未采用", field.title(), strangeness(other)),
                );
                return;
            }
        };
        self.draft.set(field, text);
    }

    fn read_identity(&mut self, fields: &[RosterField]) {
        let verified = if fields.contains(&RosterField::IdNumber) {
            self.read_id_number()
        } else {
            None
        };
        self.read_sex(verified.as_ref().and_then(|verified| verified.sex));
        self.read_birth_date(verified.and_then(|verified| verified.birth_date));
    }

    fn read_id_number(&mut self) -> Option<identity::Verified> {
        let field = RosterField::IdNumber;
        let text = match self.value(field)? {
            Value::Text(text) => text.clone(),
            Value::Number(number) if number.abs() < EXACT_BELOW && number.fract().abs() == 0.0 => {
                format!("{number:.0}")
            }
            Value::Number(_) => {
                self.refuse_lost(field);
                return None;
            }
            other => {
                self.refuse_strange(field, other);
                return None;
            }
        };
        if scientific(&text) {
            self.refuse_lost(field);
            return None;
        }
        if identity::says_none(&text) {
            let said = format!("证件号码写的是“{}”，按没有号码收下", shorten(&text));
            self.warn(field, said);
            return None;
        }
        let document = self.id_document();
        let checked = match document {
            Some(document) => identity::check_as(&text, document),
            None => identity::check(&text),
        };
        match checked {
            Ok(verified) => {
                self.draft.id_number.clone_from(&verified.normalised);
                if let Some(hint) = &verified.hint {
                    self.warn(field, hint.message().to_owned());
                }
                Some(verified)
            }
            Err(problem) => {
                let (code, remedy) = match problem {
                    IdProblem::OfNoDocument { .. } => (
                        RowProblem::IdNumberOfNoDocument,
                        "请对照证件原件核对证件类型和证件号码，改正写错的一处",
                    ),
                    IdProblem::WrongLength { .. } | IdProblem::BadCharacter { .. }
                        if document.is_none() =>
                    {
                        (
                            RowProblem::IdNumberInvalid,
                            "请对照证件原件改正；不是身份证的，加一列“证件类型”写明是哪种证件",
                        )
                    }
                    _ => (RowProblem::IdNumberInvalid, "请对照证件原件改正"),
                };
                let masked = identity::mask(&identity::normalise(&text));
                self.refuse(field, code, format!("{problem}（{masked}）"), remedy);
                None
            }
        }
    }

    /// The document that 证件类型 names, where there is such a column and it names one.
    fn id_document(&self) -> Option<IdDocument> {
        match self.value(RosterField::IdType)? {
            Value::Text(text) => IdDocument::parse(text),
            _ => None,
        }
    }

    fn read_sex(&mut self, by_id: Option<Sex>) {
        let field = RosterField::Sex;
        let text = match self.value(field) {
            None => return,
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => return self.refuse_strange(field, other),
        };
        match (Sex::parse(&text), by_id) {
            (None, _) => self.refuse(
                field,
                RowProblem::SexUnreadable,
                format!("性别“{}”看不懂", shorten(&text)),
                "请填“男”或“女”",
            ),
            (Some(written), Some(by_id)) if written != by_id => self.refuse(
                field,
                RowProblem::SexDiffers,
                format!(
                    "性别填“{}”，但证件号码表示“{}”",
                    written.title(),
                    by_id.title()
                ),
                "请核对性别和证件号码，改正写错的一处",
            ),
            (Some(written), _) => self.draft.sex = written.title().to_owned(),
        }
    }

    fn read_birth_date(&mut self, by_id: Option<String>) {
        let field = RosterField::BirthDate;
        let written = match self.value(field) {
            None => None,
            Some(Value::Text(text)) => Some((tidy_date(text), text.clone())),
            Some(Value::Date(date)) => Some((Some(date.clone()), date.clone())),
            Some(Value::Number(number)) => {
                let text = format!("{number:.0}");
                Some((tidy_date(&text), text))
            }
            Some(other) => return self.refuse_strange(field, other),
        };
        if let Some(date) = &by_id {
            self.check_age(RosterField::IdNumber, date);
        }
        match (written, by_id) {
            (None, _) => {}
            (Some((None, text)), _) => self.refuse(
                field,
                RowProblem::BirthDateInvalid,
                format!("出生日期“{}”不是日期", shorten(&text)),
                "请写成8位数字，例如19990101",
            ),
            (Some((Some(date), _)), Some(by_id)) if !agree(&date, &by_id) => self.refuse(
                field,
                RowProblem::BirthDateDiffers,
                format!("出生日期填{date}，与证件号码中的出生日期不同"),
                "请核对出生日期和证件号码，改正写错的一处",
            ),
            (Some((Some(date), _)), by_id) => {
                if by_id.is_none() && date.len() == 8 {
                    self.check_age(field, &date);
                }
                self.draft.birth_date = by_id.filter(|_| date.len() < 8).unwrap_or(date);
            }
        }
    }

    fn check_age(&mut self, field: RosterField, date: &str) {
        let today = self.today;
        let now = format!("{:04}{:02}{:02}", today.year(), today.month(), today.day());
        if date > now.as_str() {
            self.refuse(
                field,
                RowProblem::BirthDateInvalid,
                "出生日期在今天之后".into(),
                "请对照证件原件改正",
            );
            return;
        }
        let year: i16 = date
            .get(..4)
            .and_then(|year| year.parse().ok())
            .unwrap_or(0);
        let age = today.year() - year;
        if !USUAL_AGES.contains(&age) {
            self.warn(field, format!("按出生日期约{age}岁，请核对"));
        }
    }

    fn refuse_lost(&mut self, field: RosterField) {
        self.refuse(
            field,
            RowProblem::NumberPrecisionLost,
            format!("{}被存成数字，末几位已丢失", field.title()),
            "请先把该列设为“文本”格式，再从原始资料重新粘贴（不能从本表恢复）",
        );
    }

    fn refuse_strange(&mut self, field: RosterField, value: &Value) {
        let code = match value {
            Value::Error(_) | Value::Uncalculated => RowProblem::ErrorCell,
            Value::TooLong => RowProblem::TooLong,
            _ => RowProblem::NotText,
        };
        let remedy = match value {
            Value::Uncalculated => "请在Excel或WPS中打开，重新计算并保存，或改填文字",
            _ => "请改填文字",
        };
        self.refuse(
            field,
            code,
            format!("{}{}", field.title(), strangeness(value)),
            remedy,
        );
    }

    fn refuse(&mut self, field: RosterField, code: RowProblem, problem: String, remedy: &str) {
        let refusal = refusal(
            self.layout,
            self.source.row,
            field,
            &self.draft,
            code,
            problem,
            remedy.to_owned(),
        );
        self.problems.push(refusal);
    }

    fn warn(&mut self, field: RosterField, message_zh: String) {
        self.warnings.push(RosterWarning {
            row_number: self.source.row + 1,
            cell: self.layout.address(field, self.source.row),
            field,
            message_zh,
        });
    }
}

fn strangeness(value: &Value) -> String {
    match value {
        Value::Error(error) => format!("的单元格是错误值{error}"),
        Value::Uncalculated => "的单元格是公式，但没有算出的值".into(),
        Value::TooLong => "的文字过长".into(),
        Value::Bool(truth) => format!("的单元格是逻辑值{truth}"),
        Value::Date(date) => format!("的单元格是日期{date}，不是文字"),
        Value::Number(number) => format!("的单元格是数值{number}，不是文字"),
        Value::Text(text) => format!("“{}”", shorten(text)),
    }
}

/// A key as text: half width, upper case, without blanks, quote mark and the `.0` of a number.
fn tidy_key(text: &str) -> String {
    identity::normalise(text)
}

/// Whether the text is a number as spreadsheets abbreviate it, e.g. 1.10105E+17.
fn scientific(text: &str) -> bool {
    let upper = text.trim().to_uppercase();
    let Some((mantissa, exponent)) = upper.split_once("E+") else {
        return false;
    };
    !exponent.is_empty()
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
        && mantissa.starts_with(|c: char| c.is_ascii_digit())
        && mantissa
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// YYYYMMDD, or YYYYMM where the day is not given; `None` for what is no date.
fn tidy_date(text: &str) -> Option<String> {
    let plain: String = text.chars().map(name::half_width).collect();
    // A time of day after the date says nothing more.
    let date_part = plain.split_whitespace().next().unwrap_or("");
    let groups: Vec<&str> = date_part
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let joined = match groups.as_slice() {
        [whole] if matches!(whole.len(), 6 | 8) => (*whole).to_owned(),
        [year, month] if year.len() == 4 && month.len() <= 2 => format!("{year}{month:0>2}"),
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            format!("{year}{month:0>2}{day:0>2}")
        }
        _ => return None,
    };
    let full = if joined.len() == 6 {
        format!("{joined}01")
    } else {
        joined.clone()
    };
    identity::is_calendar_date(&full).then_some(joined)
}

/// Whether a written date (perhaps without its day) is the one in the number.
fn agree(written: &str, by_id: &str) -> bool {
    by_id.starts_with(written)
}
