//! Texts of `zhaoshen evaluate`.

use zhaoshen_station::evaluate::{EyeLine, Sweep};

/// `--sweep`.
pub const SWEEP: &str = "扫描一个限值，如 FACE-03.max_teeth_ratio 或 POSE-01；可多次使用";
/// `--split`.
pub const SPLIT: &str =
    "分组验证：标注表中表示人的列名，或文件名上的正则表达式（括号内为人的编号）";
/// `--group`.
pub const GROUP: &str = "按人群比较误报：标注表的列名，或文件名上的正则表达式";
/// `--rate`.
pub const RATE: &str = "选限值时允许的误报率（0–1）";
/// `--landmarks`.
pub const LANDMARKS: &str = "手工标注的瞳孔坐标：file,点数,x0,y0,x1,y1,…";
/// `--html`.
pub const HTML: &str = "另存为一个网页文件，含照片";
/// `--fit`.
pub const FIT_FILE: &str = "按这批照片选限值，写成检测标准文件（.toml）";

pub const RULE: &str = "检查项";
pub const LABEL: &str = "标注";
pub const DIFFERENCE: &str = "差别";
pub const MISSED: &str = "漏检（离限值最深的在前）";
pub const FALSE_ALARMS: &str = "误报（超出限值最远的在前）";
pub const UNKNOWN: &str = "无法判断";
pub const GROUP_FALSE_ALARMS: &str = "各人群的误报";
pub const GROUP_OBJECTIONS: &str = "各人群中各检查项提出问题的照片（不论标注）";
pub const FIT: &str = "按这批照片选出的限值（在同一批照片上的数字偏乐观，以分组验证为准）";
pub const SCORE_COLUMNS: &[&str] = &[
    RULE,
    LABEL,
    "检出（95 % 区间）",
    "漏检",
    "误报（95 % 区间）",
    "无法判断：有问题/无问题",
];
pub const SPLIT_COLUMNS: &[&str] = &[
    RULE,
    LABEL,
    "检出（95 % 区间）",
    "误报（95 % 区间）",
    "无法判断：有问题/无问题",
    "两次选出的限值",
];
pub const SWEEP_COLUMNS: &[&str] = &["限值", "检出", "误报", "无法判断"];
pub const FIT_COLUMNS: &[&str] = &["限值", LABEL, "原来", "选出"];

/// The first line.
pub fn summary(profile: &str, photos: usize, unreadable: usize) -> String {
    format!("检测标准：{profile}；照片 {photos} 张，无法读取 {unreadable} 张")
}

/// What a split did.
pub fn split(subjects: usize, photos: [usize; 2], rate: f64) -> String {
    let [first, second] = photos;
    let rate = rate * 100.0;
    format!(
        "分组验证：{subjects} 人分成两半（{first}、{second} 张），在一半上选限值（误报率不超过 {rate} %），在另一半上计数，再对调"
    )
}

/// How much groups differ.
pub const fn difference(differs: bool, beyond_chance: bool) -> &'static str {
    match (differs, beyond_chance) {
        (_, true) => "▲ 超过两倍，超出偶然",
        (true, false) => "▲ 超过两倍，可能偶然",
        (false, false) => "",
    }
}

/// The eye line's accuracy.
pub fn eye_line(eyes: &EyeLine) -> String {
    let percent = |share: f64| format!("{:.2} %", share * 100.0);
    format!(
        "眼线与手工标注的瞳孔相比：{} 张中 {} 张误差不超过瞳孔间距的 2 %；中位数 {}，95 % 不超过 {}，最大 {}；没有找到眼睛 {} 张",
        eyes.photos,
        eyes.within,
        percent(eyes.median_ratio),
        percent(eyes.p95_ratio),
        percent(eyes.max_ratio),
        eyes.not_found
    )
}

/// The heading of a sweep.
pub fn sweep(sweep: &Sweep) -> String {
    let suggested = sweep.suggested.map_or_else(
        || "没有限值能达到要求的误报率".to_owned(),
        |point| {
            format!(
                "建议 {}（检出 {}/{}，误报 {}/{}）",
                point.limit, point.caught, sweep.positives, point.false_alarms, sweep.negatives
            )
        },
    );
    format!(
        "{} {}（标注 {}）：现为 {}，{suggested}",
        sweep.setting, sweep.title, sweep.label, sweep.current
    )
}
