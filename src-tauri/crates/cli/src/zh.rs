//! Every Chinese text of the terminal program, in one place.

pub mod audit;
pub mod backup;
pub mod columns;
pub mod deliveries;
pub mod doctor;
pub mod ending;
pub mod evaluate;
pub mod fees;
pub mod people;
pub mod photos;
pub mod pick;
pub mod prints;
pub mod progress;
pub mod reconcile;
pub mod scope;
pub mod seal;
pub mod sms;

use std::path::Path;

use zhaoshen_station::wire::{Code, Failure};

/// What the program is.
pub const ABOUT: &str = "照审台：研究生院证件照审核（终端版）";
/// `--workspace`.
pub const WORKSPACE: &str = "工作区文件夹（默认与窗口程序相同）";
/// `--round`.
pub const ROUND: &str = "批次编号（默认最新的批次）";
/// `--json`.
pub const JSON: &str = "输出 JSON";
/// `--profile`.
pub const PROFILE: &str = "检测标准的名称，或 .toml 文件";
/// `check`.
pub const CHECK: &str = "检测照片、文件夹或 zip，不需要工作区";
/// `round`.
pub const ROUND_COMMAND: &str = "批次";
/// `round new`.
pub const ROUND_NEW: &str = "新建批次";
/// `round show`.
pub const ROUND_SHOW: &str = "显示批次的各项人数";
/// `roster`.
pub const ROSTER: &str = "名单";
/// `roster import`.
pub const ROSTER_IMPORT: &str = "导入名单（xlsx、xls、ods、csv、dbf 等，按内容识别）";
/// `--accept-updates`.
pub const ACCEPT_UPDATES: &str = "接受对已有学生信息的修改（默认只新增，不覆盖）";
/// `--accept-field`.
pub const ACCEPT_FIELD: &str = "只接受这些列的修改，写列名，如 学院；可重复";
/// `photos`.
pub const PHOTOS: &str = "照片";
/// `photos import`.
pub const PHOTOS_IMPORT: &str = "导入文件夹、zip 或单张照片，匹配并检测";
/// `--returned`.
pub const PHOTOS_RETURNED: &str =
    "这是采集单位返回的照片：按交付时的文件名找学生，没有变化的不另计，没有返回的逐人列出";
/// `--delivery` of `photos import --returned`.
pub const PHOTOS_DELIVERY: &str =
    "返回的是第几次交付的照片；不写则与每名学生最近一次交付的照片比对";
/// `--codes`.
pub const PHOTOS_CODES: &str = "这是采集码图片：按文件名找学生，原样存在学生名下，不识读内容";
/// `--references`.
pub const PHOTOS_REFERENCES: &str = "这是对照照片（录取照片、校园卡照片等）：按文件名找学生，审核时供人对比是否本人，不检测、不交付";
/// `photos remove-code`.
pub const PHOTOS_REMOVE_CODE: &str =
    "移除学生名下的采集码图片，写学号；可以用 scope undo 撤销，或重新导入";
/// `photos remove-reference`.
pub const PHOTOS_REMOVE_REFERENCE: &str =
    "移除学生名下的对照照片，写学号；可以用 scope undo 撤销，或重新导入";
/// `review`.
pub const REVIEW: &str = "审核";
/// `review list`.
pub const REVIEW_LIST: &str = "列出一个队列";
/// `review approve`.
pub const REVIEW_APPROVE: &str = "按学号通过";
/// `review reject`.
pub const REVIEW_REJECT: &str = "按学号退回";
/// `review undo`.
pub const REVIEW_UNDO: &str = "撤销上一步";
/// `--queue`.
pub const QUEUE: &str = "队列：pending clear hints failing unknown held resubmitted shared approved rejected second differing mine rule:GEO-02 college:文学院";
/// `--reason`.
pub const REASON: &str = "退回原因；不填时用检测结果预设的原因";
/// `export`.
pub const EXPORT: &str = "导出审核通过的成品与清单";
/// `notices`.
pub const NOTICES: &str = "列出照片被退回的学生和通知文字；可标为已通知";
/// `chase`.
pub const CHASE: &str = "列出还没有交照片的学生，按学院和班级";
/// `--template` of a notice.
pub const NOTICE_TEMPLATE: &str =
    "通知模板，如“{姓名}同学：{原因}请于{截止日期}前重交”；不填用工作区里保存的";
/// `--deadline`.
pub const DEADLINE: &str =
    "截止日期，如 2026-11-30；不填用上次通知的那一天（还没过的话），否则用批次的截止日期";
/// `--signature`.
pub const SMS_SIGNATURE: &str =
    "本批次的短信签名（【】里的字，空文本为没有）：计入短信条数，写进短信名单；记住";
/// `--mark-told`.
pub const MARK_TOLD: &str = "把列出的学生标为已通知；同时写短信文件的，只标写进文件的学生";
pub const UNTOLD: &str = "只列出、只写还没有标为已通知的学生";
pub const SMS: &str = "把通知写成交给短信平台的 xlsx，放进这个文件夹；列和列名用窗口里存过的";
pub const PHONES: &str = "带手机号的名单：手机号写进文件，程序不保存";
/// `--mode`.
pub const MODE: &str = "code = 采集码模式（不含姓名与证件号码），roster = 名单模式";
/// `--template`.
pub const TEMPLATE: &str = "文件名模板";
/// `--split`.
pub const SPLIT: &str = "分包：college = 每个学院一份，class = 每个班级一份，level = 每个层次一份";
/// `--every`.
pub const EVERY: &str = "分包：每多少张照片一份";
/// `--pack`.
pub const PACK: &str =
    "folder = 文件夹，zip = 压缩包，encrypted = 加密压缩包（AES-256，口令只显示一次）";
/// `--only-new`.
pub const ONLY_NEW: &str = "只交付以前没有交付过的照片";
/// `export --college`.
pub const ONLY_COLLEGE: &str = "只交付这些学院的学生，几个用逗号分开";
/// `export --class`.
pub const ONLY_CLASS: &str = "只交付这些班级的学生，几个用逗号分开";
/// `export --level`.
pub const ONLY_LEVEL: &str = "只交付这些层次的学生，几个用逗号分开";
/// `export --in-house`.
pub const IN_HOUSE: &str = "校内留存：不计入交付，不与采集单位核对";
/// `demo`.
pub const DEMO: &str = "在文件夹中生成示例批次，并一直做到导出";
/// `--students`.
pub const STUDENTS: &str = "示例批次的学生人数";
/// `evaluate`.
pub const EVALUATE: &str = "用已标注的照片评估各检查项";
/// A queue that there is not, with those there are.
pub fn queues_named(failure: Failure) -> Failure {
    match failure.code {
        Code::NoQueue => Failure {
            message: format!("{}；可以写的{QUEUE}", failure.message),
            ..failure
        },
        _ => failure,
    }
}

/// Before the path of a file that was written.
pub const WRITTEN: &str = "已写入 ";
/// `bench`.
pub const BENCH: &str = "测量速度：检测、导入、审核";
/// `bench --handover`.
pub const BENCH_HANDOVER: &str =
    "只测交付：3,000 张成品写出并读回，同样的再交付一次，3,000 人的冲印排版";
/// `bench --standard`.
pub const BENCH_STANDARD: &str = "只测在 20,000 张照片上改检测标准的限值";
/// `bench --sealed`.
pub const BENCH_SEALED: &str = "只比较加密与不加密的工作区：打开、导入、审核、读照片";

/// Words of a verdict.
pub fn verdict(word: &str) -> &'static str {
    match word {
        "pass" => "合格",
        "warn" => "提示",
        "fail" => "不合格",
        "unknown" => "无法判断",
        _ => "未检测",
    }
}

/// Words of a decision.
pub fn decision(word: &str) -> &'static str {
    match word {
        "approved" => "通过",
        "rejected" => "退回",
        "held" => "存疑",
        _ => "待审",
    }
}

/// Nothing to check was found.
pub const NOTHING_FOUND: &str = "没有找到可检测的照片";
/// No round yet.
pub const NO_ROUND: &str = "工作区里还没有批次，请先用 round new 新建";

/// The sign before a finding.
pub fn sign(severity: &str) -> &'static str {
    match severity {
        "fail" => "✖",
        "warn" => "▲",
        "unknown" => "？",
        _ => "✔",
    }
}

/// Nothing left to take back.
pub const NOTHING_TO_UNDO: &str = "没有可撤销的操作";
/// A job ended in a way it cannot.
pub const UNEXPECTED: &str = "程序内部出错";

/// Something to think over before files leave the office.
pub fn warning(text: &str) -> String {
    format!("注意：{text}")
}

/// What opens an encrypted delivery.
pub fn passphrase(passphrase: &str) -> String {
    format!("口令：{passphrase}（只显示这一次，请另行告知对方，不要与压缩包一起发送）")
}

/// `--passphrase-stdin`.
pub const PASSPHRASE_STDIN: &str =
    "从标准输入的一行读口令，供脚本使用；不写则在终端里询问，输入时不显示";
/// Asks for a passphrase.
pub const PASSPHRASE_ASKED: &str = "口令（没有加密就直接按回车）";
/// It could not be read.
pub const PASSPHRASE_UNREAD: &str = "没能读到口令";

/// Nothing was made where a workspace was to be opened.
pub fn no_workspace(folder: &Path) -> String {
    format!(
        "这个文件夹里没有工作区：{}。请检查 --workspace 写得对不对、移动硬盘或网络盘接上了没有；要在这里新建，请用 round new（不加密）或 seal now（加密）",
        folder.display()
    )
}

/// A plain workspace was made.
pub fn workspace_made(folder: &Path) -> String {
    format!("已新建工作区（不加密）：{}", folder.display())
}
