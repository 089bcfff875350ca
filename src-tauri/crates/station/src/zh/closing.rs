//! Texts of the last page of a round (结项表).

/// The last page's file.
pub(crate) fn closing_file(round: &str, day: &str, n: u32, ending: &str) -> String {
    match n {
        1 => format!("核对结项-{round}-{day}.{ending}"),
        _ => format!("核对结项-{round}-{day}-{n}.{ending}"),
    }
}
/// It was not saved since the program started.
pub(crate) const CLOSING_UNSAVED: &str = "这次打开程序后还没有保存过结项表";
/// Refused: no file of the kind was saved.
pub(crate) const NOTHING_SAVED: &str = "这次打开程序后还没有保存过";
/// Title of the last page.
pub(crate) const CLOSING_TITLE: &str = "学历照片采集批次核对结项表";
/// Sheets of the workbook.
pub(crate) const CLOSING_SHEETS: [&str; 3] = ["合计", "差异汇总", "差异明细"];
/// Its columns.
pub(crate) const CLOSING_SUM_COLUMNS: [&str; 3] = ["项目", "明细", "数量"];
/// Columns of the kinds.
pub(crate) const CLOSING_KIND_COLUMNS: [&str; 3] = ["差异", "处理办法", "数量"];
/// Columns of the differences.
pub(crate) const CLOSING_ROW_COLUMNS: [&str; 8] = [
    "差异",
    "学号",
    "姓名",
    "学院",
    "班级",
    "说明",
    "依据",
    "处理办法",
];
/// The whole of a sum.
pub(crate) const CLOSING_WHOLE: &str = "合计";
/// Heading of the sums.
pub(crate) const CLOSING_SUMS: &str = "一、数目";
/// Heading of the kinds.
pub(crate) const CLOSING_KINDS: &str = "二、未了结的差异";
/// There is none.
pub(crate) const CLOSING_NONE: &str = "没有差异，可以结项。";
/// When the round was closed and by whom.
pub(crate) fn closing_closed(by: &str) -> String {
    format!("本批已结束：{by}")
}
/// Over what it was closed, and why.
pub(crate) fn closing_left_open(differences: u32, why: &str) -> String {
    format!("结束时留有差异 {differences} 项，不再处理的理由：{why}")
}
/// Sheet of how the round was closed.
pub(crate) const CLOSING_END_SHEET: &str = "结束";
/// Its columns.
pub(crate) const CLOSING_END_COLUMNS: [&str; 2] = ["项目", "内容"];
/// Its rows.
pub(crate) const CLOSING_END_ROWS: [&str; 3] = ["结束", "结束时留有的差异（项）", "不再处理的理由"];
/// What is signed: with differences that are open nothing is called free of them.
pub(crate) fn closing_signed(differences: u32) -> String {
    match differences {
        0 => "以上数目经核对无误。".to_owned(),
        open => format!("以上数目经核对属实，尚有差异 {open} 项未了结。"),
    }
}
/// Where to sign.
pub(crate) const CLOSING_SIGN: [&str; 2] = [
    "经办人（签字）：__________________　　复核人（签字）：__________________",
    "单位（盖章）：____________________　　日期：________年____月____日",
];
/// A page of how many.
pub(crate) fn closing_page(page: usize, of: usize) -> String {
    format!("第 {page} 页，共 {of} 页")
}
/// Of when, and by whom.
pub(crate) fn closing_made(at: &str, reviewer: &str) -> String {
    format!("制表时间：{at}　制表人：{reviewer}")
}
/// The foot of each page: of which round, when and by whom.
pub(crate) fn closing_foot(round: &str, made: &str) -> String {
    format!("{round}　{made}")
}
/// Whose it is.
pub(crate) fn closing_school(code: &str) -> String {
    format!("院校代码：{code}")
}
/// When it was collected; either day may be unknown.
pub(crate) fn closing_days(from: &str, until: &str) -> Option<String> {
    match (from.is_empty(), until.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("采集日期：{from} 起")),
        (true, false) => Some(format!("采集日期：至 {until}")),
        (false, false) => Some(format!("采集日期：{from} 至 {until}")),
    }
}
/// One line that says it all.
pub(crate) fn closing_line(students: u32, clear: u32, differences: u32) -> String {
    format!(
        "名单 {students} 人，其中 {clear} 人没有差异，{} 人有差异；差异共 {differences} 项。",
        students.saturating_sub(clear)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_called_free_of_faults_while_differences_are_open() {
        assert_eq!(closing_signed(0), "以上数目经核对无误。");
        let open = closing_signed(3);
        assert!(
            open.contains("尚有差异 3 项未了结") && !open.contains("无误"),
            "{open}"
        );
    }
}
