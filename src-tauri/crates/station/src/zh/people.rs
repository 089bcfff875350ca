//! What is said of people, PINs and roles.

use serde_json::Value;
use zhaoshen_model::{Role, Roles};

/// Nobody sits at the session.
pub(crate) const SIGNED_OUT: &str = "本窗口已锁定，请选择姓名、输入口令后继续";
/// One's own PIN is changed with the old one.
pub(crate) const OWN_PIN: &str = "修改自己的口令请用“修改我的口令”，需要输入原口令";
/// The idle time is too long.
pub(crate) const IDLE_LONG: &str = "锁定时间最长 240 分钟；写 0 表示不自动锁定";
/// The roster has no number of the student.
pub(crate) const NO_ID_NUMBER: &str = "名单里没有这名学生的证件号码";
/// What a delivery is called where it is refused.
pub(crate) const DELIVERING: &str = "导出交付";

/// Somebody sits here already.
pub(crate) fn other_reviewer(name: &str) -> String {
    format!("现在登录的是“{name}”。另有一人要使用，请由保管员在“人员”里添加，再各自登录")
}

/// Another person sits here than the screen shows.
pub(crate) fn person_changed(name: &str) -> String {
    format!("登录的人已换成“{name}”，这一步没有执行；请看清后再操作")
}

/// The PIN is wrong.
pub(crate) fn pin_wrong(seconds: u64) -> String {
    match seconds {
        0 => "口令不正确，请重新输入".to_owned(),
        _ => format!("口令不正确；请等 {} 后再试", wait(seconds)),
    }
}

/// The PIN was not looked at.
pub(crate) fn pin_too_soon(seconds: u64) -> String {
    format!("输错次数较多，请等 {} 后再试", wait(seconds))
}

/// A wait, as people say it.
pub(super) fn wait(seconds: u64) -> String {
    match seconds {
        0..=90 => format!("{seconds} 秒"),
        _ => format!("{} 分钟", seconds.div_ceil(60)),
    }
}

/// What may not be done, by whom, and who may.
pub(crate) fn not_allowed(
    what: &str,
    roles: &[Role],
    (name, own): (&str, Roles),
    able: &[&str],
) -> String {
    let titles = |roles: &[Role], between: &str| {
        let titles: Vec<&str> = roles.iter().map(|role| role.title()).collect();
        titles.join(between)
    };
    let (needed, is) = (titles(roles, "或"), titles(&own.list(), "、"));
    let who = match able {
        [] => "目前没有这样的人，请保管员在“人员”里指定".to_owned(),
        _ => format!("可请{}办理", able.join("、")),
    };
    format!("“{what}”由{needed}办理；{name}是{is}。{who}")
}

/// A person, a number shown, or what was taken away from a student, as the log has them.
pub(crate) fn people_state(value: &Value) -> Option<String> {
    let of_student = ["revealed", "code_removed", "reference_removed"];
    if of_student.iter().any(|key| value.get(key).is_some()) {
        let student = value.get("key").and_then(Value::as_str);
        return Some(
            student.map_or_else(|| super::STUDENT_GONE.to_owned(), |no| format!("学号 {no}")),
        );
    }
    let name = value.get("person")?.as_str()?;
    let roles = value.get("roles")?.as_array()?;
    let titles: Vec<&str> = roles
        .iter()
        .filter_map(|role| Some(Role::parse(role.as_str()?)?.title()))
        .collect();
    let flag = |key: &str| value.get(key).and_then(Value::as_bool).unwrap_or_default();
    let pin = if flag("pin") {
        "有口令"
    } else {
        "未设口令"
    };
    let left = if flag("disabled") { "，已停用" } else { "" };
    let how = match flag("at_the_terminal") {
        true => "（没有输入原口令，在本机终端重设）",
        false => "",
    };
    Some(format!("{name}：{}，{pin}{how}{left}", titles.join("、")))
}
