//! Help on 修图.

use super::HelpText;

pub(super) const HELP: &[HelpText] = &[HelpText {
    code: "EDIT-01",
    checks: "文件里有没有留下修图、美颜软件的名字。",
    measured: "读取 EXIF 和 XMP 中记录的软件名称，查找常见的修图美颜软件。只裁剪或转换格式的软件不在名单里。",
    cannot_tell: "文件不是 JPG 图像。",
    false_alarms: "照相馆用这类软件冲印原片。反过来，没有记录不能证明没有修过，多数手机软件不留名字。",
    limits: &[],
}];
