//! Texts about tables on their way to a workbook.

/// A folder that has as many files of one name as are told apart.
pub(crate) const NAMES_TAKEN: &str =
    "这个文件夹里已有 99 个同名的文件，请换一个文件夹，或先清理旧的";

/// A table without a title.
pub(crate) const TABLE: &str = "表格";
/// A table that no sheet can hold.
pub(crate) const TABLE_TOO_LARGE: &str = "表格太大，一张工作表放不下";
/// Name of the file that a table is saved to.
pub(crate) fn table_file(title: &str, day: &str, n: u32) -> String {
    match n {
        1 => format!("{title}-{day}.xlsx"),
        _ => format!("{title}-{day}-{n}.xlsx"),
    }
}
