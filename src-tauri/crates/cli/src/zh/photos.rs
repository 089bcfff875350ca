//! Texts: photos and other pictures brought in.

use zhaoshen_station::wire::FilingReport;

/// What `remove-code` takes away.
pub const CODE: &str = "采集码图片";
/// What `remove-reference` takes away.
pub const REFERENCE: &str = "对照照片";

/// What an import of 采集码 pictures did.
pub fn codes_filed(report: &FilingReport) -> String {
    let doubts = ("识读不出", report.unreadable);
    filed(report, CODE, doubts)
}

/// What an import of reference photos did.
pub fn references_filed(report: &FilingReport) -> String {
    let doubts = ("没有找到人脸", report.unreadable);
    filed(report, REFERENCE, doubts)
}

fn filed(report: &FilingReport, what: &str, (doubt, number): (&str, u32)) -> String {
    format!(
        "{what} {}：新存放 {}，换新 {}，已有 {}，没有找到学生 {}，拒绝 {}；{doubt} {number}，与他人相同 {}",
        report.files,
        report.filed,
        report.replaced,
        report.already_there,
        report.unmatched,
        report.refused,
        report.shared
    )
}

/// How many had a picture taken away.
pub fn removed(students: u32, what: &str) -> String {
    match students {
        0 => format!("这些学生名下没有{what}"),
        _ => format!("已移除 {students} 人的{what}；撤销用 zhaoshen scope undo"),
    }
}
