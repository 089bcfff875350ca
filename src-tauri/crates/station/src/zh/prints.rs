//! What printing says.

use std::collections::BTreeSet;

/// Drawing the pages.
pub const STAGE_PRINTING: &str = "正在排版并写入 PDF";
/// Names the files that prints are planned from; none of them is written.
pub const PRINTS_TEMPLATE: &str = "{序号}.jpg";
/// Names beneath prints that may go to a studio.
pub const WARN_NAMES_ON_PRINTS: &str = "照片下方将印姓名。自 2023 年起不得向采集单位提供学生姓名等身份信息，\
     这样的排版只可留在校内；交给采集单位请用采集码模式";
/// A sheet with names and faces.
pub const WARN_CONTACT_STAYS: &str =
    "核对表同时有姓名、学号和照片，只发给本班班主任，用后收回，不要交给采集单位";

/// Name of the folder that sheets are written into.
pub fn prints_folder(kind: &str, date: &str) -> String {
    format!("打印-{kind}-{date}")
}

/// Who printed when, at the foot of sheets that stay in the house.
pub fn printed_by(reviewer: &str, at: &str) -> String {
    format!("{reviewer}　{at} 打印")
}

/// When was printed, at the foot of sheets on which nobody may be named.
pub fn printed_at(at: &str) -> String {
    format!("{at} 打印")
}

/// A heading or a file name that names a student; `what` of whom.
pub fn prints_tell(text: &str, what: &str) -> String {
    format!(
        "“{text}”里有{what}，采集码模式下会印出去；学院、班级的请换一种分册方式或改正名单，批次名称的请先改掉"
    )
}

/// A serial number as captions show it; as in the names of delivered files.
pub fn prints_serial(serial: usize) -> String {
    format!("{serial:04}")
}

/// Serial numbers that are not those of the files of a delivery.
pub fn prints_other_serials(number: u32, photos: usize) -> String {
    format!(
        "照片下方的序号与第 {number} 次交付的文件名对不上：{photos} 人的序号已经不同，按序号配对会配错人。请改用学号，或重新导出一次再打印"
    )
}

/// How many prints may be asked for.
pub fn prints_counts(most: u32) -> String {
    format!("每人张数应为 1–{most} 张（2寸、1寸各不超过 {most} 张）")
}

/// Prints by 学号 of students whose 学号 must not be told; `named` who.
pub fn prints_leak(students: usize, named: &str) -> String {
    format!(
        "{students} 名学生的学号含有姓名或证件号码，或不像学校编的号码，采集码模式下不得印出：{named}。请改用序号，或在名单里改成学校编的学号"
    )
}

/// Prints that would be coarser than 300 dpi.
pub fn prints_coarse(dpi: u32) -> String {
    format!("按检测标准的成品尺寸，印出只有 {dpi} dpi，低于 300 dpi")
}

/// Characters that no font has.
pub fn prints_missing(student_no: &str, missing: &BTreeSet<char>, stand_in: char) -> String {
    let named: Vec<String> = missing
        .iter()
        .map(|c| format!("“{c}”（U+{:04X}）", u32::from(*c)))
        .collect();
    format!(
        "学号 {student_no}：本机字体没有{}，纸上以“{stand_in}”代替；请安装含该字的字体后重新打印，或手工补写",
        named.join("、")
    )
}

/// A log row of sheets; `target` is empty where the round was deleted.
pub fn printed(kind: &str, students: u64, prints: u64, pages: u64, target: &str) -> String {
    let counts = format!("{kind}：{students} 人，{prints} 张照片，{pages} 页");
    match target.is_empty() {
        true => counts,
        false => format!("{counts}，{target}"),
    }
}
