//! Which column of a sheet holds which field: the names offices use, and 学信网's pinyin initials.
//!
//! Sources of the names: the column table of 学信网's in-school list (KSH, XH, XM, …), the degree
//! award list (ZJHM), and rosters of several universities. It judges header texts only, never the
//! cells below them.

use zhaoshen_model::{RosterField, name};

/// How sure a header is: lower is surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank(pub u8);

/// Header names by field; the earlier in a list, the surer.
const NAMES: [(RosterField, &[&str]); 14] = [
    (
        RosterField::StudentNo,
        &[
            "学号",
            "学生学号",
            "XH",
            "学生编号",
            "考生学号",
            "毕业生学号",
            "研究生学号",
            "学员号",
            "学籍号",
            "STUDENTNO",
            "STUDENTID",
        ],
    ),
    (
        RosterField::Name,
        &["姓名", "学生姓名", "XM", "中文姓名", "名字", "NAME"],
    ),
    (
        RosterField::IdNumber,
        &[
            "证件号码",
            "身份证号",
            "身份证号码",
            "身份证件号",
            "身份证件号码",
            "公民身份号码",
            "SFZH",
            "ZJHM",
            "SFZJH",
            "SFZHM",
            "证件号",
            "身份证",
            "居民身份证号",
            "居民身份证号码",
            "有效证件号码",
            "IDNUMBER",
        ],
    ),
    (
        RosterField::IdType,
        &[
            "证件类型",
            "身份证件类型",
            "身份证类型",
            "证件种类",
            "证件类别",
            "证件名称",
            "ZJLX",
            "ZJLXM",
            "SFZJLX",
            "SFZJLXM",
            "IDTYPE",
        ],
    ),
    (RosterField::Sex, &["性别", "XB", "XBM", "SEX", "GENDER"]),
    (
        RosterField::BirthDate,
        &[
            "出生日期",
            "CSRQ",
            "出生年月日",
            "出生年月",
            "生日",
            "BIRTHDATE",
        ],
    ),
    (
        RosterField::ExamNo,
        &["考生号", "KSH", "考生编号", "KSBH", "准考证号"],
    ),
    (
        RosterField::College,
        &[
            "学院",
            "院系",
            "培养单位",
            "FY",
            "所在学院",
            "学院名称",
            "院系名称",
            "院系所",
            "院系所名称",
            "分院",
            "二级学院",
            "系所",
            "院所",
            "XY",
            "XYMC",
            "YXSMC",
            "COLLEGE",
        ],
    ),
    (
        RosterField::Major,
        &[
            "专业",
            "专业名称",
            "ZYMC",
            "ZY",
            "所学专业",
            "学科专业",
            "录取专业",
            "MAJOR",
        ],
    ),
    (
        RosterField::Grade,
        &[
            "年级",
            "NJ",
            "所在年级",
            "入学年份",
            "入学年级",
            "当前所在级",
            "GRADE",
        ],
    ),
    (
        RosterField::Class,
        &[
            "班级",
            "BH",
            "班号",
            "班级名称",
            "行政班级",
            "BJ",
            "BJMC",
            "所在班级",
            "CLASS",
        ],
    ),
    (
        RosterField::Level,
        &[
            "层次",
            "CC",
            "培养层次",
            "学历层次",
            "学生类别",
            "PYCC",
            "XLCC",
            "LEVEL",
        ],
    ),
    (
        RosterField::StudyMode,
        &[
            "学习形式",
            "XXXS",
            "学习方式",
            "XXFS",
            "培养方式",
            "STUDYMODE",
        ],
    ),
    (
        RosterField::Campus,
        &[
            "校区",
            "XQ",
            "XQMC",
            "校区名称",
            "所在校区",
            "校部",
            "培养校区",
            "CAMPUS",
        ],
    ),
];

/// The field a header names and how surely; `None` for a header of no field.
pub(crate) fn recognise(header: &str) -> Option<(RosterField, Rank)> {
    let outside = compare_form(&without_brackets(header));
    let whole = compare_form(header);
    [whole, outside]
        .iter()
        .filter(|form| !form.is_empty())
        .find_map(|form| lookup(form))
}

/// The field that a whole header names, bracketed parts and all.
pub(crate) fn recognise_whole(header: &str) -> Option<RosterField> {
    lookup(&compare_form(header)).map(|found| found.0)
}

fn lookup(form: &str) -> Option<(RosterField, Rank)> {
    NAMES.iter().find_map(|(field, names)| {
        let at = names.iter().position(|name| *name == form)?;
        Some((*field, Rank(u8::try_from(at).unwrap_or(u8::MAX))))
    })
}

/// Half width, upper case, without blanks, marks and the ornaments of forms (`*学号：`).
pub(crate) fn compare_form(header: &str) -> String {
    header
        .chars()
        .map(name::half_width)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

/// The header without bracketed parts: 学号（必填） is 学号.
fn without_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::with_capacity(header.len());
    for c in header.chars() {
        match name::half_width(c) {
            '(' | '[' | '{' | '【' | '〔' => depth += 1,
            ')' | ']' | '}' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The letters of a 0-based column: 0 is `A`, 26 is `AA`.
pub(crate) fn letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut reversed = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        reversed.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    reversed.iter().rev().collect()
}

/// The 0-based column with these letters.
pub(crate) fn column_of(letters: &str) -> Option<u32> {
    let column = letters.bytes().try_fold(0_u32, |sum, byte| {
        let letter = byte.checked_sub(b'A').filter(|letter| *letter < 26)?;
        sum.checked_mul(26)?.checked_add(u32::from(letter) + 1)
    })?;
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_initials_are_recognised() {
        let cases = [
            ("学号", RosterField::StudentNo),
            ("*学 号：", RosterField::StudentNo),
            ("学号（必填）", RosterField::StudentNo),
            ("ｘｈ", RosterField::StudentNo),
            ("姓　名", RosterField::Name),
            ("xm", RosterField::Name),
            ("身份证号码", RosterField::IdNumber),
            ("证件号码\n(18位)", RosterField::IdNumber),
            ("SFZH", RosterField::IdNumber),
            ("证件类型", RosterField::IdType),
            ("ZJLXM", RosterField::IdType),
            ("KSH", RosterField::ExamNo),
            ("CSRQ", RosterField::BirthDate),
            ("培养单位", RosterField::College),
            ("FY", RosterField::College),
            ("ZYMC", RosterField::Major),
            ("入学年份", RosterField::Grade),
            ("BH", RosterField::Class),
            ("CC", RosterField::Level),
            ("XXXS", RosterField::StudyMode),
            ("所在校区", RosterField::Campus),
        ];
        for (header, field) in cases {
            assert_eq!(
                recognise(header).map(|found| found.0),
                Some(field),
                "{header}"
            );
        }
    }

    #[test]
    fn other_headers_are_left_alone() {
        for header in [
            "",
            "序号",
            "备注",
            "手机",
            "导师姓名",
            "专业代码",
            "（学号）以外",
            "学号姓名",
        ] {
            assert_eq!(recognise(header), None, "{header}");
        }
    }

    #[test]
    fn no_name_serves_two_fields() {
        let mut all: Vec<&str> = NAMES
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        for (_, names) in NAMES {
            for name in names {
                assert_eq!(&compare_form(name), name, "a name no header can equal");
            }
        }
    }

    #[test]
    fn columns_have_letters() {
        assert!(
            ["", "a", "A1", "学", "ZZZZZZZZZ"]
                .into_iter()
                .all(|odd| column_of(odd).is_none())
        );
        for (column, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(letters(column), expected);
            assert_eq!(column_of(expected), Some(column));
        }
    }
}
