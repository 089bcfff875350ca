//! Texts of `zhaoshen review pick`.

use zhaoshen_station::wire::PictureView;

/// `review pick`.
pub const PICK: &str = "一名学生有几张照片时，选定用哪一张；不写 PHOTO 则列出：编号、指纹开头、大小、收到时间、检测、状态、文件名";
/// Which photo.
pub const PHOTO: &str = "列出的编号，或照片指纹的开头（至少 4 位）";
/// A photo among which one is to be picked.
pub const TO_PICK: &str = "待选定";
/// Below a list in which one is to be picked.
pub const HOW: &str = "这几张是一起交来的，选定一张以后才能审核：review pick 学号 编号";

/// How large a photo is.
pub fn size(picture: Option<&PictureView>, bytes: f64) -> String {
    let kib = (bytes / 1024.0).ceil();
    match picture {
        Some(picture) => format!("{}×{} {kib} KB", picture.width_px, picture.height_px),
        None => format!("{kib} KB"),
    }
}

/// The photo counts now.
pub fn picked(hash: &str) -> String {
    format!("已选定照片 {hash}")
}

/// No photo of the student has that number, or several hashes begin so.
pub fn unknown(photo: &str) -> String {
    format!("“{photo}”不是这名学生哪一张照片的编号，也不能由它认定一张；不写 PHOTO 可以看有哪几张")
}

/// Nothing was decided.
pub fn pick_first(student_no: &str) -> String {
    format!(
        "这名学生一次交来多张照片，还没有选定用哪一张，不能审核；请先用 review pick {student_no} 看有哪几张，再选定一张"
    )
}
