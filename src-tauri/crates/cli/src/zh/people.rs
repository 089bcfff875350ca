//! Texts of `zhaoshen people` and of signing in.

/// `--as`.
pub const ACTING: &str =
    "由谁操作；有口令的会在终端询问，或从标准输入读一行。新工作区的第一个姓名成为保管员";
/// `people`.
pub const PEOPLE: &str = "人员、角色和口令（由保管员办理）";
/// `people list`.
pub const LIST: &str = "列出人员";
/// `people add`.
pub const ADD: &str = "添加人员，并询问其口令";
/// `people set-pin`.
pub const SET_PIN: &str = "设置口令：自己的要先输入原口令，别人的由保管员重设";
/// `people roles`.
pub const ROLES: &str = "更改角色";
/// `people rename`.
pub const RENAME: &str = "改正姓名：只限还没有以此姓名署过名的";
/// The right name.
pub const RIGHT_NAME: &str = "正确的姓名";
/// `people reset`.
pub const RESET: &str = "唯一的保管员忘记口令时在本机重设：不问原口令，日志写明，人人可见";
/// `people disable`.
pub const DISABLE: &str = "停用人员：不能再登录，已有的记录不变";
/// `--back`.
pub const BACK: &str = "恢复使用";
/// `--role`.
pub const ROLE: &str = "角色，可用逗号写几个：reviewer 审核员、lead 负责人、keeper 保管员";
/// A person.
pub const NAME: &str = "姓名";
/// 审核员.
pub const REVIEWER: &str = "审核员";
/// 负责人.
pub const LEAD: &str = "负责人";
/// 保管员.
pub const KEEPER: &str = "保管员";
/// Without a PIN.
pub const NO_PIN: &str = "未设口令";
/// Who left.
pub const LEFT: &str = "已停用";
/// The PIN so far.
pub const OLD_PIN: &str = "原口令";
/// Standard input gave nothing.
pub const NOT_READ: &str = "没有读到口令";
/// What to do where nobody is signed in.
pub const SIGN_IN: &str = "请在命令中加上 --as 姓名";

/// Asks for somebody's PIN.
pub fn pin_of(name: &str) -> String {
    format!("{name}的口令")
}

/// The lone keeper's PIN was reset.
pub fn reset_done(name: &str) -> String {
    format!("已重设{name}的口令，可以登录了；这次重设已记入日志")
}

/// Asks for somebody's new PIN.
pub fn new_pin_of(name: &str) -> String {
    format!("{name}的新口令")
}

/// There is nobody of that name.
pub fn unknown(name: &str) -> String {
    format!("没有名为“{name}”的在用人员，请核对姓名，或由保管员添加")
}

/// When sessions lock.
pub fn idle(minutes: u32) -> String {
    match minutes {
        0 => "不自动锁定".to_owned(),
        _ => format!("闲置 {minutes} 分钟后自动锁定"),
    }
}

/// Wrong PINs.
pub fn wrong(times: u32) -> String {
    format!("连续输错 {times} 次")
}
