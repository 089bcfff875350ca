//! Every Chinese text the station itself says, in one place.
//!
//! Texts of the rules live in the `checks` crate, texts about cells and files in `exchange`;
//! this catalogue holds what only the use cases say. No logic beyond filling in a value.

mod audit;
mod backup;
mod closing;
mod delivery;
mod doctor;
mod ending;
pub(crate) mod evaluate;
mod fee;
mod filing;
mod grid;
mod log;
mod matching;
mod notice;
mod people;
mod prints;
mod reconcile;
mod returned;
mod roster;
mod scope;
mod seal;
mod sms;
mod standard;
mod statistics;
mod table;

use serde_json::Value;
use zhaoshen_model::DecisionKind;

pub(crate) use self::audit::*;
pub(crate) use self::backup::*;
pub(crate) use self::closing::*;
pub(crate) use self::delivery::*;
pub(crate) use self::doctor::*;
pub(crate) use self::ending::*;
pub(crate) use self::fee::*;
pub(crate) use self::filing::*;
pub(crate) use self::grid::*;
pub(crate) use self::log::*;
use self::log::{setting_value, tallied};
pub(crate) use self::matching::*;
pub(crate) use self::notice::*;
pub(crate) use self::people::*;
pub(crate) use self::prints::*;
pub(crate) use self::reconcile::*;
pub(crate) use self::returned::*;
pub(crate) use self::roster::*;
pub(crate) use self::scope::*;
pub(crate) use self::seal::*;
pub(crate) use self::sms::*;
pub(crate) use self::standard::rule_change;
pub(crate) use self::statistics::*;
pub(crate) use self::table::*;

/// A stage before the total is known.
pub const STAGE_PREPARING: &str = "正在准备";
/// Counting files.
pub const STAGE_COUNTING: &str = "正在清点文件";
/// Copying, hashing, matching.
pub const STAGE_INTAKE: &str = "正在导入并匹配照片";
/// The automatic checks.
pub const STAGE_CHECKS: &str = "正在自动检测";
/// Drawing the example portraits.
pub const STAGE_DRAWING: &str = "正在绘制示例照片";
/// Stage: the example round is reviewed.
pub const STAGE_REVIEW: &str = "正在审核示例照片";
/// Making the finished files.
pub const STAGE_DELIVERY: &str = "正在生成并核验成品";

/// A second job was started.
pub const JOB_ALREADY_RUNNING: &str = "有一项任务正在进行，请等它完成或取消后再试";
/// No such job.
pub const JOB_UNKNOWN: &str = "没有这项任务，可能程序已重新启动";
/// In place of the names of files that are not listed.
pub const MORE_FILES: &str = "……";
/// Files that are not listed one by one.
pub fn more_lines(more: usize) -> String {
    format!("另有 {more} 项，没有逐个列出")
}
/// What to do about them.
pub const MORE_LINES_REMEDY: &str = "处理好上面列出的再导入一次，会接着列出其余的";
/// Somebody else's job failed.
pub const JOB_FAILED: &str = "这项任务没有完成；原因只告诉开始它的人";
/// Somebody else's job is to be cancelled.
pub const JOB_OF_ANOTHER: &str = "这项任务由别人开始，只有开始它的人，或能办理这项工作的人可以取消";
/// A job was cancelled.
pub const CANCELLED: &str = "已取消，已完成的部分保留";
/// A fault of the station.
pub const INTERNAL: &str = "程序内部出错，已记录；请重试，若反复出现请联系维护人员";

/// No reviewer yet.
pub(crate) const REVIEWER_MISSING: &str = "请先填写您自己的姓名（点右上角的“未填写姓名”）";
/// The round's name is empty or too long.
pub const ROUND_NAME: &str = "批次名称应为 1–100 个字";
/// A date is not a date.
pub const ROUND_DATES: &str = "日期应写成 2026-11-22 的样子，且开始不晚于结束";
/// No such submission.
pub const SUBMISSION_UNKNOWN: &str = "没有这份提交";
/// A student of whom nothing came.
pub const NO_PHOTO_YET: &str = "这名学生还没有交照片；收到后先用 photos import 导入";
/// No such student.
pub const STUDENT_UNKNOWN: &str = "没有这名学生";
/// No such photo.
pub const PHOTO_UNKNOWN: &str = "没有这张照片，或它无法显示";
/// No such queue.
pub(crate) const QUEUE_UNKNOWN: &str = "没有这个队列";
/// The decision word is wrong.
pub const DECISION_UNKNOWN: &str = "审核结论只能是通过、退回或存疑";
/// The workbook changed between preview and commit.
pub const ROSTER_CHANGED: &str = "名单文件在预览之后被修改过，请重新预览再导入";
/// The round's roster changed between preview and commit.
pub const ROSTER_MOVED: &str =
    "预览之后，本批次的名单被改动过（可能是别人导入或撤销了），请重新预览再导入";
/// Students are to be taken off while photos come in.
pub const ROSTER_INTAKE_RUNS: &str = "正在导入照片，等它结束后再把学生移出名单";
/// A column was mapped to a field that is none.
pub const ROSTER_FIELD_UNKNOWN: &str = "没有这样的字段，请重新选择";
/// Two students would have one identity number.
pub fn roster_id_clash(one: &str, other: &str) -> String {
    format!(
        "只接受其中一部分的话，学号 {one} 与 {other} 会成为同一证件号码，请把两人的证件号码一起接受或一起保留"
    )
}
/// A student to be taken off stands in the file.
pub const ROSTER_NOT_VANISHED: &str = "要撤下的学生在名单里，请重新预览再导入";
/// The example round's name.
pub const EXAMPLE_ROUND: &str = "示例批次（绘制的人像）";
/// The reviewer of the example round when nobody gave a name.
pub const EXAMPLE_REVIEWER: &str = "示例审核人";
/// The queue of what the reviewer decided.
pub const QUEUE_MINE: &str = "我审过的";
/// The list a filter gives.
pub const QUEUE_FILTERED: &str = "筛选结果";
/// The queue of a sampling plan: nothing in it tells which photos are the sample.
pub const QUEUE_PLAN: &str = "抽样审核";
/// A student of no college.
pub const NO_COLLEGE: &str = "（未填学院）";
/// The text searched for is too long.
pub const SEARCH_TOO_LONG: &str = "搜索内容不超过 40 个字";
/// Too many photos at once.
pub const PAGE_TOO_LONG: &str = "一页最多 200 张照片";
/// The defect limit is none of those offered.
pub const SAMPLE_LIMIT: &str = "允许的不合格率只能选 5%、2%、1% 或 0.5%";
/// Nothing to approve.
pub const SAMPLE_EMPTY: &str = "没有检测全部合格的待审照片，无法抽样";
/// A fault that an earlier sample met would be in the set by the standard of now.
pub const SAMPLE_FAULT_PASSES: &str = "上次抽样查出的不合格照片，按现在的标准检测仍会全部合格，不能重抽；请先收紧能查出它的检查项并保存检测标准，或逐张审核";
/// Every photo of the set would be looked at.
pub const SAMPLE_SAVES_NOTHING: &str = "照片太少，抽样要看遍全部照片，不如逐张审核或用宫格审核";

/// The note on each photo approved by a sample.
pub fn released_by_sample(plan: i64, set: usize, sample: usize, limit_permille: u32) -> String {
    let limit = f64::from(limit_permille) / 10.0;
    format!("抽样批量通过：方案 {plan}，{set} 张中抽查 {sample} 张无不合格，允许不合格率 {limit}%")
}

/// Of an act that is taken back, how many photos were decided anew since.
pub fn left_decided(count: u64) -> String {
    format!("（另有 {count} 张之后已另作结论，保留不动）")
}
/// One photo of several that one act touched.
pub fn and_others(whose: &str, count: usize) -> String {
    format!("{whose} 等 {count} 张")
}

/// Title of the mixed queue.
pub const QUEUE_PENDING: &str = "全部待审";
/// No failing finding, nothing to look at.
pub const QUEUE_CLEAR: &str = "全部合格";
/// No check has run, as after an import that was broken off.
pub const QUEUE_UNCHECKED: &str = "还没检测";
/// Hints only.
pub const QUEUE_HINTS: &str = "仅提示";
/// At least one failing rule.
pub const QUEUE_FAILING: &str = "有不合格";
/// The machine cannot tell.
pub const QUEUE_UNKNOWN_VERDICT: &str = "机检无法判断";
/// Held.
pub const QUEUE_HELD: &str = "存疑";
/// Second and later submissions.
pub const QUEUE_RESUBMITTED: &str = "重新提交";
/// Same photo, or one that looks the same, two students.
pub const QUEUE_SHARED: &str = "同图或相似";
/// Approved.
pub const QUEUE_APPROVED: &str = "已通过";
/// Rejected.
pub const QUEUE_REJECTED: &str = "已退回";

/// A delivery into the station's own folder.
pub const TARGET_IN_WORKSPACE: &str =
    "导出位置在照审台自己的工作区里，请选择其他文件夹，例如桌面或 U 盘";
/// Photos out of the station's own folder.
pub const PHOTOS_IN_WORKSPACE: &str =
    "选择的照片在照审台自己的工作区里，不能再导入；请选择收到照片的文件夹或文件";
/// An approved photo of which only a part is there.
pub const WHY_INCOMPLETE: &str = "照片文件不完整（只有上半部分），请退回重交";
/// What the log calls a delivery; which one stands beside it.
pub const DELIVERY: &str = "交付";

/// The first sentence of a text, without its stop: what is wrong, before what to do.
pub fn first_sentence(text: &str) -> &str {
    text.split('。').next().unwrap_or(text)
}

/// Title of a close look.
pub const CROP_EYES: &str = "双眼";
/// Title of a close look.
pub const CROP_EAR_LEFT: &str = "左侧耳";
/// Title of a close look.
pub const CROP_EAR_RIGHT: &str = "右侧耳";
/// Title of a close look.
pub const CROP_MOUTH: &str = "嘴部";

/// No path was given.
pub const NO_SOURCE: &str = "请选择照片文件夹、zip 压缩包或照片文件";
/// An index workbook and the name of the file say different students.
pub const INDEX_DISAGREES: &str = "索引表写的学生与文件名里的不是同一人，没有归给任何一人";
/// What to do then.
pub const INDEX_DISAGREES_REMEDY: &str =
    "在“待认领的照片”里选定学生；以后的照片请先改正索引表或文件名";
/// What to do about a workbook among the photos that cannot be read.
pub const INDEX_UNREADABLE: &str = "如果它是照片索引，请改正后重新导入；否则不必处理";
/// The drop folder lies in the workspace.
pub const WATCH_OWN_FOLDER: &str = "这是本软件自己的数据文件夹，请另建一个收照片的文件夹";
/// A file of a drop folder that ends in the middle.
pub const WATCH_UNENDED: &str = "文件不完整：只写了一部分，已经一分钟没有变化，没有收取";
/// What to do with it.
pub const WATCH_UNENDED_REMEDY: &str =
    "请重新复制到文件夹里，写完后自动收取；若交来的就是这样，请用“导入照片”导入";
/// The student has this very photo.
pub const ALREADY_HAS_PHOTO: &str = "该学生已经有这张照片";
/// Nothing in the name tells whose the photo is.
pub const NAME_TELLS_NOTHING: &str = "导入时没有从文件名中认出名单上的学生";
/// What to do about an ID number that another student has.
pub const ID_HELD_REMEDY: &str = "请核对两人的证件号码，改正名单后重新导入";
/// Folder of the example's files within the workspace.
pub const EXAMPLE_FOLDER: &str = "示例资料";
/// The example's roster workbook.
pub const EXAMPLE_ROSTER_FILE: &str = "示例名单.xlsx";
/// The example's photos.
pub const EXAMPLE_PHOTO_FOLDER: &str = "示例照片";

/// Rows whose ID number another student of the round has.
pub const ID_HELD: &str = "证件号码与已有学生相同";
/// Names the file of a roster's refused rows.
pub const REFUSED_ROWS: &str = "名单未导入的行";

/// Two rows with one ID number.
pub fn id_held_by(student_no: &str) -> String {
    format!("证件号码与学号 {student_no} 的学生相同")
}

/// An act was taken back.
pub fn undone(act: &str) -> String {
    format!("已撤销：{act}")
}

/// An act was done again.
pub fn redone(act: &str) -> String {
    format!("已重做：{act}")
}

/// "what is wrong，what to do" as two texts: before the first 请, else at the first comma.
pub fn split_remedy(message: &str) -> (String, String) {
    let asked = ["；请", "，请"]
        .into_iter()
        .filter_map(|mark| message.split_once(mark));
    if let Some((problem, remedy)) = asked.min_by_key(|(problem, _)| problem.len()) {
        return (problem.to_owned(), format!("请{remedy}"));
    }
    message.split_once('，').map_or_else(
        || (message.to_owned(), String::new()),
        |(problem, remedy)| (problem.to_owned(), remedy.to_owned()),
    )
}

/// A state in the log as one line: the decision with its reasons, or the counts of an import.
pub fn state(value: &Value) -> String {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    if let Some(kind) = text("kind").and_then(DecisionKind::parse) {
        let reasons = value
            .get("reasons")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let texts = reasons
            .iter()
            .filter_map(|reason| reason.get("text")?.as_str());
        let said = in_one_line(texts);
        return match said.is_empty() {
            true => kind.title().to_owned(),
            false => format!("{}：{said}", kind.title()),
        };
    }
    if let (Some(code), Some(wrong)) = (text("code"), value.get("wrong").and_then(Value::as_bool)) {
        return format!("{code} {}", if wrong { "误报" } else { "无异议" });
    }
    if let Some(text) = file_written(value)
        .or_else(|| sampling(value))
        .or_else(|| reviews(value))
        .or_else(|| scope_state(value))
        .or_else(|| reconciled(value))
        .or_else(|| ending_state(value))
        .or_else(|| people_state(value))
    {
        return text;
    }
    if let Some(kind) = text("printed") {
        let number = |key: &str| value.get(key).and_then(Value::as_u64).unwrap_or_default();
        let target = text("target").unwrap_or_default();
        return printed(
            kind,
            number("students"),
            number("prints"),
            number("pages"),
            target,
        );
    }
    if let Some(text) = tallied(value) {
        return text;
    }
    if let Some(text) = standard::version(value)
        .or_else(|| delivered(value))
        .or_else(|| setting_value(value))
    {
        return text;
    }
    if let (Some(source), Some(target)) = (text("source"), text("target")) {
        return format!("{source} → {target}");
    }
    match text("name")
        .or_else(|| text("source"))
        .or_else(|| text("target"))
    {
        Some(text) => text.to_owned(),
        None => value.as_str().map_or_else(String::new, str::to_owned),
    }
}

/// The photos chosen for a second review, or whose review was given up.
fn reviews(value: &Value) -> Option<String> {
    let number = |key: &str| value.get(key).and_then(Value::as_u64);
    let chosen = value.get("submissions")?.as_array()?.len();
    let share = number("percent").zip(number("seed"));
    let how = match value.get("second_review").and_then(Value::as_str) {
        Some("held") => "存疑照片，".to_owned(),
        Some("sampled") => "抽样方案的样本，".to_owned(),
        _ => share.map_or_else(String::new, |(percent, seed)| {
            format!("已审照片中抽取 {percent}%，种子 {seed}，")
        }),
    };
    Some(format!("{how}共 {chosen} 张"))
}

/// The plan of an act that approves by a sample.
fn sampling(value: &Value) -> Option<String> {
    let number = |key: &str| value.get(key).and_then(Value::as_u64);
    let plan = number("sampling_plan")?;
    let Some(((set, size), seed)) = number("set").zip(number("sample_size")).zip(number("seed"))
    else {
        return Some(format!("方案 {plan}"));
    };
    let limit = number("defect_limit_permille").unwrap_or_default();
    let (whole, tenth) = (limit / 10, limit % 10);
    let approved =
        number("approved").map_or_else(String::new, |count| format!("，批量通过 {count} 张"));
    Some(format!(
        "方案 {plan}：{set} 张中抽查 {size} 张，允许不合格率 {whole}.{tenth}%，种子 {seed}{approved}"
    ))
}

/// Writing and reading back.
pub const STAGE_WRITING: &str = "正在写入并读回核对";
/// In place of a decision that is withheld.
pub const WITHHELD: &str = "（复审中，暂不显示）";
/// Queue of second reviews that the reviewer may give.
pub const QUEUE_SECOND: &str = "待我复审";
/// Queue of second verdicts that differ from the first.
pub const QUEUE_DIFFERING: &str = "复审意见不一";
/// Giving up second reviews of which all are of one's own verdicts.
pub const REVIEW_OWN: &str =
    "等待复审的照片都由您本人初审，不能由您撤回；请另一位负责人撤回，或请另一位审核员复审";
/// Refused: chosen for a second review for no known reason.
pub const REVIEW_WHY: &str = "复审范围只能是存疑、样本或比例";
/// Refused: no share.
pub const REVIEW_PERCENT: &str = "复审比例应为 1 至 100 的整数";
/// Left out of a delivery: a second review waits.
pub const WHY_REVIEWING: &str = "复审未完成";
/// Left out of a delivery: two people decided differently.
pub const WHY_DIFFERING: &str = "初审与复审意见不一，待裁定";
/// Left out of a delivery: not checked yet.
pub const WHY_UNCHECKED: &str = "尚未自动检测";
/// Left out of a delivery: no picture in the file.
pub const WHY_NOT_DECODABLE: &str = "照片文件无法解码";
/// Left out of a delivery: the crop would have to be enlarged.
pub const WHY_TOO_FEW_PIXELS: &str = "照片像素不足，裁切后会被放大";

/// A finished file could not be made.
pub fn cannot_render(detail: &str) -> String {
    format!("无法生成成品：{detail}")
}

/// A finished file that is not as the standard asks.
pub fn deviates(detail: &str) -> String {
    format!("成品读回核对未通过（{detail}）")
}

/// Who acted before a reviewer gave a name.
pub fn account(name: &str) -> String {
    if name.is_empty() {
        "（未署名）".to_owned()
    } else {
        format!("（系统账户 {name}）")
    }
}

/// A finished file that keeps not every band.
pub fn outside_bands(student_no: &str, codes: &str) -> String {
    format!("{student_no}：位置不在标准范围内（{codes}），审核人已通过，按现有裁切交付")
}

/// A finished file outside the usual size.
pub fn unusual_file(
    file_name: &str,
    bytes: u64,
    spec: &zhaoshen_model::profile::RenditionSpec,
) -> String {
    format!(
        "{file_name}：{bytes} 字节，不在一般范围 {}–{} 字节内",
        spec.min_bytes, spec.max_bytes
    )
}

/// Left out of a delivery: nothing to crop around.
pub const WHY_NO_FACE: &str = "没有检测到人脸，无法裁切成品";
/// The checks after an import failed; the import itself stands.
pub fn checks_failed(message: &str) -> String {
    format!("照片已导入，但自动检测没有做完：{message}")
}
/// What to do then.
pub const CHECK_AGAIN: &str = "请排除问题后重新打开批次再检测";
/// A dispute of a finding that the photo does not have.
pub const FINDING_UNKNOWN: &str = "这张照片没有这个检查项的结果";
/// A dispute about a rule that found nothing.
pub const FINDING_PASSED: &str = "这个检查项是合格的，没有可标记的误报";
/// A photo that is another student's than the one whom the page showed, empty for none.
pub fn photo_moved(student_no: &str) -> String {
    let whose = match student_no {
        "" => "这张照片".to_owned(),
        named => format!("学号 {named} 的照片"),
    };
    format!(
        "{whose}在您看过之后已改给别的学生，或放回了待认领，刚才的决定没有记下；请看清现在是谁的照片，再作决定"
    )
}
/// One key for two acts.
pub const KEYS_TWICE: &str = "同一个键不能用于两项操作，请先给其中一项换一个键";
/// A key map of another shape.
pub const KEYS_UNSOUND: &str = "按键设置的内容不正确";

/// No rule of that code.
pub const RULE_UNKNOWN: &str = "没有这个检查项";
/// A note to a version of a standard that is too long.
pub const STANDARD_NOTE: &str = "修改说明请写在 200 字以内，不要换行";
/// Saving a standard without a change.
pub const STANDARD_UNCHANGED: &str = "检测标准没有改动，无需保存";
/// A word other than `fail` and `warn`.
pub const STANDARD_OUTSIDE: &str = "超出限值时只能设为“不合格”或“提示”";

/// What the help calls the standard of the round that is open.
pub fn round_standard(title: &str, version: u32) -> String {
    format!("本批次（{title}，第 {version} 版）")
}
