//! Texts of `zhaoshen reconcile`.

use zhaoshen_station::wire::{ReceiptAssigned, ReceiptSettled, ReceiptsImported};

/// `reconcile`.
pub const RECONCILE: &str = "核对：导入回执，列出名单、照片、交付、回执之间的差异，结项";
/// `reconcile show`.
pub const SHOW: &str = "各项数目，以及每种差异有多少、怎么处理";
/// `reconcile list`.
pub const LIST: &str = "逐条列出差异；出自回执的，末尾是回执编号";
/// `reconcile receipts`.
pub const RECEIPTS: &str =
    "导入采集单位回执、学信网在校名单、学历照片状态或图像校对结果；同一份只计一次";
/// `reconcile assign`.
pub const ASSIGN: &str = "说明一条对不上的回执是哪名学生的";
/// Why a photo was given back.
pub const WHY: &str = "认定为退回时写给学生看的原因，如 背景有阴影";
/// `reconcile settle`.
pub const SETTLE: &str = "认定一条看不出接收还是退回的回执";
/// What it means.
pub const MEANING: &str = "accepted 为接收，returned 为退回";
/// `reconcile drop`.
pub const DROP: &str = "不计这些回执";
/// A row.
pub const RECEIPT: &str = "回执编号，见 reconcile list 每行末尾";
/// Whose.
pub const STUDENT: &str = "学号";
/// `reconcile reject`.
pub const REJECT: &str = "把采集单位退回、本站仍为通过的照片退回给学生";
/// `reconcile paper`.
pub const PAPER: &str = "纸质照片：列出各班应到、已到；给出班级则登记该班全部已到";
/// `reconcile undo`.
pub const UNDO: &str = "撤销上一次导入回执，指定、认定或不计回执，按回执退回或纸质登记";
/// `reconcile closing`.
pub const CLOSING: &str = "在文件夹里写出结项表（xlsx 与供签字的 PDF）";
/// `--kind` of a difference.
pub const DIFFERENCE: &str = "只列这一种差异，写法见 reconcile show 每行末尾";
/// `--kind` of a list.
pub const KIND: &str = "清单种类；不写则按表头识别";
/// `--delivery`.
pub const DELIVERY: &str = "回执对应第几次交付；不写则为每名学生最近一次";
/// The class.
pub const CLASS: &str = "班级";
/// `--college` of `reconcile paper`.
pub const COLLEGE: &str = "班级所在的学院；几个学院有同名的班级时要写";
/// No class was named.
pub const CLASS_EMPTY: &str = "没有写班级，没有登记；没有分班的学生请在窗口里登记";
/// `--missing`.
pub const MISSING: &str = "取消该班的登记";
/// Nothing to take back.
pub const NOTHING: &str = "没有可以撤销的操作";

/// What came of a list.
pub fn imported(done: &ReceiptsImported) -> String {
    let elsewhere = match done.elsewhere {
        0 => String::new(),
        n => format!("；{n} 条不是本批次名单里的人"),
    };
    let dropped = match done.dropped {
        0 => String::new(),
        n => format!("；{n} 条以前已选“不计”"),
    };
    let settled = match done.settled {
        0 => String::new(),
        n => format!("，其中 {n} 条已认定或指定学生"),
    };
    let unsettled = match done.unsettled {
        0 => String::new(),
        n => format!("、看不出接收还是退回 {n} 条"),
    };
    format!(
        "“{}”（{}）：新增 {} 条，其中退回 {} 条{unsettled}；{} 条以前已有{settled}{dropped}{elsewhere}；{} 处看不明白或对不上",
        done.file, done.kinds, done.added, done.returned, done.known, done.unclear_total
    )
}

/// A row about somebody who is not on the roster.
pub fn stranger(told: &str) -> String {
    format!("名单里没有：{told}")
}

/// More than are listed.
pub fn more(left: u32) -> String {
    format!("另有 {left} 处，改正以上各处后再导入一次就会列出")
}

/// How many differences there are.
pub fn differences(number: u32) -> String {
    match number {
        0 => "没有差异，可以结项".to_owned(),
        n => format!("差异\t{n}"),
    }
}

/// Whose a row was said to be.
pub fn assigned(done: &ReceiptAssigned) -> String {
    let ReceiptAssigned { whose, delivered } = done;
    match delivered.as_str() {
        "" => format!("回执已记到 {whose} 名下；导入这份回执时还没有交付过这名学生的照片"),
        delivered => format!("回执已记到 {whose} 名下，对应{delivered}"),
    }
}

/// What a row was said to mean.
pub fn settled(done: &ReceiptSettled) -> String {
    format!("回执已认定为{}　{}", done.meaning, done.whose)
        .trim_end()
        .to_owned()
}

/// How many rows were put aside.
pub fn dropped(number: u32, whom: &str) -> String {
    format!("{number} 条回执不再计入{}", of(whom))
}

fn of(whom: &str) -> String {
    match whom {
        "" => String::new(),
        whom => format!("：{whom}"),
    }
}

/// How many were rejected.
pub fn rejected(number: u32) -> String {
    format!("已退回 {number} 张")
}

/// No class is called so.
pub fn no_class(class: &str, college: Option<&str>, elsewhere: &[&str]) -> String {
    let of = college.map_or_else(String::new, |college| format!("“{college}”的"));
    let elsewhere = match elsewhere {
        [] => "不写班级参数，列出各班".to_owned(),
        colleges => format!("有这个班级的学院：{}", listed(colleges)),
    };
    format!("名单里没有{of}班级“{class}”；{elsewhere}")
}

/// No college is called so; `known` those that there are.
pub fn no_college(college: &str, known: &[&str]) -> String {
    format!("名单里没有学院“{college}”；有的学院：{}", listed(known))
}

/// Colleges in one line; one that was left empty by what it is.
fn listed(colleges: &[&str]) -> String {
    let named = colleges.iter().map(|college| match *college {
        "" => "（未填学院）",
        college => college,
    });
    named.collect::<Vec<_>>().join("、")
}

/// Classes of several colleges are called so.
pub fn classes_alike(class: &str, colleges: &[&str]) -> String {
    format!(
        "不止一个学院有班级“{class}”：{}；请用 --college 写明学院，没有登记",
        listed(colleges)
    )
}

/// How many marks changed.
pub fn marked(number: u32, arrived: bool, whom: &str) -> String {
    let whom = of(whom);
    match arrived {
        true => format!("登记已到 {number} 人{whom}"),
        false => format!("取消登记 {number} 人{whom}"),
    }
}
