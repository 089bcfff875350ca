//! Words of the workbook of statistics.

/// Name of the workbook of figures; `n` tells several of one day apart.
pub fn statistics_file(round: &str, day: &str, n: u32) -> String {
    match n {
        1 => format!("统计-{round}-{day}.xlsx"),
        _ => format!("统计-{round}-{day}-{n}.xlsx"),
    }
}
/// Sheets of the workbook of figures.
pub const STATISTICS_SHEETS: [&str; 5] = ["进度", "检查项", "学院", "日期", "审核人"];
/// Column of the names of figures.
pub const STATISTICS_FIGURE: &str = "项目";
/// Column of the figures.
pub const STATISTICS_COUNT: &str = "人数";
/// Rows of the sheet 进度.
pub const STATISTICS_PROGRESS: [&str; 12] = [
    "名单",
    "免采",
    "应采",
    "已交",
    "未交",
    "待审",
    "通过",
    "退回",
    "存疑",
    "复审中",
    "已检测",
    "检测全部合格",
];
/// Columns of the sheet 检查项.
pub const STATISTICS_RULES: [&str; 6] = [
    "编号",
    "检查项",
    "不合格",
    "占已检测（%）",
    "误报标记",
    "漏报",
];
/// Columns of the sheet 学院.
pub const STATISTICS_COLLEGES: [&str; 7] = [
    "学院",
    "应采",
    "已交",
    "检测不合格",
    "检测不合格率（%）",
    "通过",
    "退回",
];
/// Columns of the sheet 日期.
pub const STATISTICS_DAYS: [&str; 5] = ["日期", "收到", "其中不合格", "检测不合格率（%）", "审核"];
/// Columns of the sheet 审核人.
pub const STATISTICS_REVIEWERS: [&str; 6] = [
    "审核人",
    "有效结论",
    "全部结论",
    "机检不合格而通过",
    "机检合格而退回",
    "每张用时（秒）",
];
