//! Texts of `prints`.

use zhaoshen_station::wire::{PrintsPreview, PrintsReport};

/// `prints`.
pub const PRINTS: &str = "把审核通过的照片排成 PDF：冲印排版、样张、班级核对表";
/// `--kind`.
pub const KIND: &str =
    "layout = 冲印排版（带裁切线），proof = 样张，contact = 班级核对表（姓名、学号、照片）";
/// `--key`.
pub const KEY: &str = "照片下方印什么：serial = 序号，student-no = 学号";
/// `--names`.
pub const NAMES: &str = "照片下方是否加印姓名（只在名单模式下有效）";
/// `--paper`.
pub const PAPER: &str = "纸张：a4，或 six-inch（6寸相纸，每张一人）";
/// `--two-inch`.
pub const TWO_INCH: &str = "每人 2寸 张数";
/// `--two-inch-size`.
pub const TWO_INCH_SIZE: &str = "2寸尺寸：standard = 35×49 毫米，small = 33×48 毫米";
/// `--one-inch`.
pub const ONE_INCH: &str = "每人 1寸（25×35 毫米）张数";
/// `--split`.
pub const SPLIT: &str = "分册：whole = 不分，college = 按学院，class = 按班级（核对表总是按班级）";
/// `--asked`.
pub const ASKED: &str = "把这次的每人张数记为本批通知要求的张数：以后不写张数就按它";
/// `--preview`.
pub const PREVIEW: &str = "只显示人数、张数和页数，不写文件";

/// What printing would give.
pub fn preview(preview: &PrintsPreview) -> String {
    format!(
        "{} 人，{} 张照片，{} 页，{} 个 PDF；{}×{} 毫米，每页 {} 人；照片 {} dpi；字体 {}",
        preview.students,
        preview.prints,
        preview.pages,
        preview.files,
        preview.width_mm,
        preview.height_mm,
        preview.per_page,
        preview.dpi,
        preview.fonts.join("、")
    )
}

/// What was written.
pub fn report(report: &PrintsReport) -> String {
    format!(
        "已写入 {}：{} 人，{} 张照片，{} 页",
        report.folder, report.students, report.prints, report.pages
    )
}
