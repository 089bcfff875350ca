//! Texts of what is done with deliveries.

/// `--columns` of an export.
pub const LIST_COLUMNS: &str =
    "名单模式下清单里除学号外的列，写列名，以逗号分隔，如 姓名,学院；默认只有姓名；证件号码要加密压缩包";
/// The column of the list unless others are asked for.
pub const NAME_COLUMN: &str = "姓名";
