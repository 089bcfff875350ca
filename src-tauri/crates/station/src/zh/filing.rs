//! Texts: pictures filed with students, of 采集码 and for comparing (对照照片).

use zhaoshen_model::StudentDraft;
use zhaoshen_model::matching::Matching;

/// What is said of one kind of such pictures; pairs are what is wrong and what to do.
#[derive(Debug)]
pub(crate) struct FilingWords {
    /// Looking at the pictures and filing them.
    pub(crate) stage: &'static str,
    /// A file is none of these pictures.
    pub(crate) refused: (&'static str, &'static str),
    /// What to do where an index workbook decided against the name of a picture.
    pub(crate) index_remedy: &'static str,
    /// What to do about a picture that came in place of another.
    pub(crate) replaced_remedy: &'static str,
    /// What it should show was not found in it.
    pub(crate) unreadable: (&'static str, &'static str),
    /// The same is filed with two students: what it is, and what to do.
    pub(crate) same: (&'static str, &'static str),
}

/// Pictures of 采集码.
pub(crate) const CODES: FilingWords = FilingWords {
    stage: "正在存放采集码图片",
    refused: (
        "不是 JPG 或 PNG 图片，未存放",
        "请学生在学信网长按采集码保存原图，再交 JPG 或 PNG",
    ),
    index_remedy: "核对这张采集码是谁的，改正索引表或文件名后重新导入",
    replaced_remedy: "以这一张为准；如换错了，把正确的一张再导入一次，或在“名单”里移除",
    unreadable: (
        "已存放，但识读不出二维码",
        "核对是不是采集码；请学生在学信网长按保存原图重交，截图或翻拍的可能无法识别",
    ),
    same: (
        "采集码",
        "一个学籍只对应一个采集码，请与两人核对，重新导入正确的一张，或在“名单”里移除错放的",
    ),
};

/// A photo of a person among pictures of 采集码.
pub(crate) const CODE_IS_PORTRAIT: (&str, &str) = (
    "像是一张人像照片，里面没有二维码，未存放",
    "学生交来审核的证件照，导入时不要勾选“这是采集码图片”；学校已有的照片，勾选“这是对照照片”导入",
);

/// Reference photos.
pub(crate) const REFERENCES: FilingWords = FilingWords {
    stage: "正在存放对照照片",
    refused: (
        "图片打不开或不完整，未存放",
        "重新获取原图，或用看图软件另存为 JPG 或 PNG，再导入这一张",
    ),
    index_remedy: "核对这张对照照片是谁的，改正索引表或文件名后重新导入",
    replaced_remedy: "以这一张为准；如换错了，把正确的一张再导入一次，或在“名单”里移除",
    unreadable: (
        "已存放，但没有找到人脸：对比时不能按双眼对齐",
        "核对是不是人像照片；不是的，在“名单”里移除，或导入正确的一张",
    ),
    same: (
        "对照照片",
        "核对这张照片是谁的，重新导入正确的一张，或在“名单”里移除错放的",
    ),
};

/// Why a picture is nobody's, and what to do.
pub(crate) const fn filed_with_nobody(matching: &Matching) -> (&'static str, &'static str) {
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
pub(crate) fn filed_in_place_of(earlier: &str) -> String {
    format!("代替了此前存放的 {earlier}")
}

/// The same is filed with two students.
pub(crate) fn filed_with_another(other: &str, what: &str) -> String {
    format!("已存放，但与 {other} 的{what}相同")
}

/// A student as named in a line.
pub(crate) fn student_named(draft: &StudentDraft) -> String {
    format!("{} {}", draft.student_no, draft.name)
}

/// What to know of the pictures of 采集码 before a delivery.
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
