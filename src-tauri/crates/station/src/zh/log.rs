//! Texts of the log.

/// Texts in one line, the empty ones left out. Many of them are sentences: a full stop and a semicolon do not stand together.
pub(crate) fn in_one_line<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    let last = texts.len().saturating_sub(1);
    let ended = |(at, text): (usize, &&'a str)| match at == last {
        true => *text,
        false => text.trim_end_matches(['。', '；']),
    };
    let said: Vec<&str> = texts.iter().enumerate().map(ended).collect();
    said.join("；")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::zh;

    #[test]
    fn no_full_stop_stands_before_a_semicolon() {
        for (texts, line) in [
            ("", ""),
            ("请重拍。", "请重拍。"),
            ("请摘下帽子。||背景不均匀", "请摘下帽子；背景不均匀"),
            ("甲；|乙。|丙。", "甲；乙；丙。"),
        ] {
            assert_eq!(in_one_line(texts.split('|')), line);
        }
        let reasons = json!([{ "text": "请重拍。" }, { "text": "背景不均匀。" }]);
        let decision = json!({ "kind": "rejected", "reasons": reasons });
        assert!(zh::state(&decision).ends_with("：请重拍；背景不均匀。"));
    }
}
