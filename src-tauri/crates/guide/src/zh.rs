//! The words around the pages of the guide.

/// Name of the whole.
pub(crate) const GUIDE: &str = "照审台使用指南";
/// What it is for, on the page of contents.
pub(crate) const ABOUT: &str =
    "照审台用来审核学历证书电子注册的证件照。各页按做一个批次的顺序排列，可以打印。";
/// Heading of the contents, and the way back to them.
pub(crate) const CONTENTS: &str = "目录";
/// Way to the page before.
pub(crate) const BEFORE: &str = "上一页";
/// Way to the page after.
pub(crate) const AFTER: &str = "下一页";
/// Said of the ways from page to page.
pub(crate) const WAYS: &str = "翻页";

/// A tone in words.
pub(crate) fn tone(tone: &str) -> &'static str {
    if tone == "dark" { "深色" } else { "浅色" }
}
