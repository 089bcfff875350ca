//! Texts: pictures of 采集码.

use zhaoshen_model::StudentDraft;
use zhaoshen_model::matching::Matching;

/// Reading and filing the pictures.
pub const STAGE_CODES: &str = "正在存放采集码图片";
/// Refused: one set cannot be both.
pub const CODES_OR_RETURNED: &str = "采集码图片和采集单位返回的照片请分开导入，一次只选一种";
/// A file is neither JPEG nor PNG.
pub const CODE_FORMAT: &str = "不是 JPG 或 PNG 图片，未存放";
/// What to do then.
pub const CODE_FORMAT_REMEDY: &str = "请学生在学信网长按采集码保存原图，再交 JPG 或 PNG";
/// What to do about a picture that came in place of another.
pub const CODE_REPLACED_REMEDY: &str =
    "以这一张为准；如换错了，把正确的一张再导入一次，或在“名单”里移除";
/// No code was found in a picture.
pub const CODE_UNREADABLE: &str = "已存放，但识读不出二维码";
/// What to do then.
pub const CODE_UNREADABLE_REMEDY: &str =
    "核对是不是采集码；请学生在学信网长按保存原图重交，截图或翻拍的可能无法识别";
/// What to do where an index workbook decided against the name of a picture.
pub const CODE_INDEX_REMEDY: &str = "核对这张采集码是谁的；索引表有误的，改正后重新导入";
/// What to do about one code at two students.
pub const CODE_SAME_REMEDY: &str =
    "一个学籍只对应一个采集码，请与两人核对，重新导入正确的一张，或在“名单”里移除错放的";

/// Why a picture is nobody's, and what to do.
pub(crate) const fn code_of_nobody(matching: &Matching) -> (&'static str, &'static str) {
    match matching {
        Matching::Ambiguous { .. } => (
            "文件名对应多名学生，未存放",
            "把文件名改成学号，再导入这一张",
        ),
        Matching::NotOnRoster { .. } => (
            "文件名里的学号或证件号码不在名单中，未存放",
            "核对学号，或先补充名单，再导入这一张",
        ),
        _ => (
            "文件名里看不出是哪名学生，未存放",
            "把文件名改成学号，再导入这一张",
        ),
    }
}

/// A picture came in place of another.
pub(crate) fn code_replaced(earlier: &str) -> String {
    format!("代替了此前存放的 {earlier}")
}

/// One code is filed with two students.
pub(crate) fn code_same(other: &str) -> String {
    format!("已存放，但与 {other} 的采集码相同")
}

/// A student as named in a line.
pub(crate) fn student_named(draft: &StudentDraft) -> String {
    format!("{} {}", draft.student_no, draft.name)
}

/// What to know of the pictures before a delivery.
pub(crate) fn code_warnings(without: u32, same: u32, unreadable: u32) -> Vec<String> {
    let told = [
        (without, "人没有存放采集码，只交付照片"),
        (same, "人的采集码与他人相同，请先核对是谁的"),
        (unreadable, "人的采集码识读不出，仍原样交付"),
    ];
    told.into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect()
}
