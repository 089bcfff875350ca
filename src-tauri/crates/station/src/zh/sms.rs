//! The words of the file for whoever sends text messages.

use crate::wire::SmsWhat;

/// What the file is called.
pub(crate) const SMS_TITLE: &str = "短信名单";
/// No table of numbers was chosen though a column asks for them.
pub(crate) const SMS_NO_NUMBERS: &str =
    "文件里有手机号一列，请先选一份带手机号的名单；不需要手机号就去掉这一列";
/// Nobody to be told has a number.
pub(crate) const SMS_NOBODY: &str = "没有可写的学生：没有待通知的人，或名单里没有他们的手机号";
/// Columns that cannot be.
pub(crate) const SMS_COLUMNS: &str = "至少要有一列，每一列的列名不能为空、不能相同，最多 30 字";

/// A signature that cannot be.
pub(crate) const SMS_SIGNATURE: &str = "短信签名最多 20 字，只写【】里面的字";

/// The title of a column before the office gives it another.
pub(crate) const fn sms_title(what: SmsWhat) -> &'static str {
    match what {
        SmsWhat::Phone => "手机号",
        SmsWhat::Text => "短信内容",
        SmsWhat::Name => "姓名",
        SmsWhat::StudentNo => "学号",
        SmsWhat::College => "学院",
        SmsWhat::Class => "班级",
        SmsWhat::Reasons => "退回原因",
        SmsWhat::Deadline => "截止日期",
    }
}

/// Who is in a file that was written, as the log tells it.
pub(crate) fn sms_counted(students: u64, numbers: bool) -> String {
    let with = if numbers {
        "含手机号"
    } else {
        "不含手机号"
    };
    format!("：{students} 人，{with}")
}
