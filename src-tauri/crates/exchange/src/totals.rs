//! Rows that add up the rows above them, as offices write them under a list: 小计, 合计, 共 35 人.
//!
//! They name nobody and pay nothing. Only a cell that is such a word and nothing else tells one: people may be called
//! 合 or 总.

use zhaoshen_model::name::half_width;

/// Words that begin such a cell, the longer before those they begin with.
const WORDS: [&str; 12] = [
    "小计",
    "合计",
    "总计",
    "共计",
    "累计",
    "总合计",
    "总数",
    "汇总",
    "合計",
    "小計",
    "總計",
    "共",
];

/// What is counted or added up.
const UNITS: [&str; 10] = [
    "人",
    "名",
    "名学生",
    "位",
    "笔",
    "条",
    "行",
    "元",
    "人次",
    "份",
];

/// Whether the cell's text is a total and nothing else: 合计, 合 计：, 小计（35 人）, 共35人, 35人.
pub(crate) fn is_total(text: &str) -> bool {
    let plain: String = text
        .chars()
        .map(half_width)
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect();
    let word = WORDS.iter().find(|word| plain.starts_with(**word));
    let rest = word.map_or(plain.as_str(), |word| {
        plain.strip_prefix(word).unwrap_or_default()
    });
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let has_number = unit.len() < rest.len();
    let has_unit = UNITS.contains(&unit);
    match word.copied() {
        // A number with a unit, or the word alone; neither 共 nor a bare number is a total.
        None | Some("共") => has_number && has_unit,
        Some(_) => rest.is_empty() || (has_number && (unit.is_empty() || has_unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_nothing_but_a_total() {
        for text in [
            "合计",
            "合 计：",
            "小计（35人）",
            "总计:160",
            "共35人",
            "共 3 名学生",
            "35人",
            "共计160.00元",
            "合计　２人",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in [
            "",
            "合",
            "合计生",
            "合明",
            "共",
            "共青",
            "2021001",
            "35",
            "总",
            "张三",
            "计小",
            "合计学院",
            "20元采集费",
            "人",
        ] {
            assert!(!is_total(text), "{text}");
        }
    }
}
