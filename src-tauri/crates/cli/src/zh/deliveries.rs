//! Texts of what is done with deliveries.

use zhaoshen_station::wire::{
    DeliveryCard, DeliveryMode, DeliveryRepeated, DeliveryWay, UnfinishedCard,
};

/// `deliveries`.
pub const DELIVERIES: &str = "已写出的交付：列出、原样再次写出";
/// `deliveries list`.
pub const LIST: &str = "列出各次交付";
/// `deliveries repeat`.
pub const REPEAT: &str = "把某次交付原样再次写出：文件名、内容、清单都与当时逐字节相同，有不同就不写；加密压缩包每次的盐不同，比较其中的内容";
/// `deliveries dismiss`.
pub const DISMISS: &str = "中断的写出已经处理好，不再提示";
/// Which.
pub const UNFINISHED: &str = "编号，见 zhaoshen deliveries list";

/// What was broken off.
pub fn unfinished(card: &UnfinishedCard) -> String {
    format!(
        "编号 {}：{}（{} 开始，{}）。处理好以后用 zhaoshen deliveries dismiss {} 不再提示",
        card.id, card.text, card.started, card.reviewer, card.id
    )
}

/// Where the list of what was delivered is: a file, or within an archive.
pub fn manifest(path: &str) -> String {
    let is_packed = std::path::Path::new(path)
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    match is_packed {
        true => format!("清单在压缩包里：{path}"),
        false => format!("清单：{path}"),
    }
}

/// Its number.
pub const NUMBER: &str = "第几次交付";
/// Where it goes.
pub const OUT: &str = "新的或空的文件夹";

/// A delivery in a line.
pub fn card(card: &DeliveryCard) -> String {
    let again = if card.repeatable {
        "可再次写出"
    } else {
        "不能再次写出"
    };
    format!(
        "第 {} 次\t{}\t{}\t{} 张\t{}\t{again}\t{}",
        card.number, card.at, card.reviewer, card.files, card.how, card.folder
    )
}

/// Photos passed by a person over hints.
pub fn hinted(photos: usize) -> String {
    format!("{photos} 张有检测提示，是由人通过的，见导出页的交付前检查")
}

/// A delivery that was written again.
pub fn repeated(report: &DeliveryRepeated) -> String {
    let same = if report.bit_for_bit {
        "与当时逐字节相同"
    } else {
        "内容与当时逐个相同（加密压缩包的盐每次不同，压缩包本身不会逐字节相同）"
    };
    format!(
        "第 {} 次交付已再次写出：{} 张，{same}\n文件夹：{}\nmanifest.json 的 SHA-256：{}",
        report.number, report.files, report.folder, report.manifest_sha256
    )
}
/// `--columns` of an export.
pub const LIST_COLUMNS: &str = "名单模式下清单里除学号外的列，写列名，以逗号分隔，如 姓名,学院；默认只有姓名；证件号码要加密压缩包";
/// The column of the list unless others are asked for.
pub const NAME_COLUMN: &str = "姓名";
/// `--way` of an export.
pub const WAY: &str = "按这个交付方案导出（zhaoshen deliveries ways 列出）";
/// `--purpose`.
pub const PURPOSE: &str = "用途，写进清单的说明";
/// `deliveries ways`.
pub const WAYS: &str = "列出交付方案";
/// `deliveries save`.
pub const WAY_SAVE: &str = "新建、修改或改名一个交付方案";
/// `deliveries remove`.
pub const WAY_REMOVE: &str = "删除一个自己的交付方案";
/// Its name.
pub const WAY_NAME: &str = "方案名称";
/// `--was`.
pub const WAY_WAS: &str = "原来的名称：修改或改名时写；不写是新建";

/// No such profile.
pub fn no_way(name: &str) -> String {
    format!("没有名为“{name}”的交付方案")
}

/// A profile in a line.
pub fn way(way: &DeliveryWay) -> String {
    let mode = match way.mode {
        DeliveryMode::CollectionCode => "采集码模式",
        DeliveryMode::Roster => "名单模式",
    };
    let own = if way.shipped { "自带" } else { "自建" };
    format!(
        "{}\t{own}\t{mode}\t{}\t{}\t{}",
        way.name,
        way.template,
        way.columns.join("、"),
        way.purpose
    )
}

/// Pictures of 采集码 that went along.
pub fn codes(codes: u32) -> String {
    format!("随附采集码图片：{codes} 张")
}

/// Students whose photo an earlier delivery held.
pub fn before(students: u32) -> String {
    format!("以前已交付：{students} 人")
}

/// Lines of a report that are not shown.
pub fn more(lines: usize) -> String {
    format!("    …… 另有 {lines} 行没有列出")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_within_an_archive_is_said_to_be_there() {
        assert_eq!(
            manifest("D:/交付/照片.zip"),
            "清单在压缩包里：D:/交付/照片.zip"
        );
        assert_eq!(
            manifest("D:/交付/交付清单.xlsx"),
            "清单：D:/交付/交付清单.xlsx"
        );
    }
}
