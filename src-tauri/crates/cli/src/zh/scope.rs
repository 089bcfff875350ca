//! Texts of `zhaoshen scope`.

use zhaoshen_station::wire::{CollectedImported, ScopeCohort, ScopeCounts, ScopeSet};

/// `scope`.
pub const SCOPE: &str = "采集范围：收谁的照片、什么时候收、谁免采";
/// `scope show`.
pub const SHOW: &str = "显示采集期、采集对象和应采、免采人数";
/// `scope set`.
pub const SET: &str = "设定采集期和采集对象；没有写的项目保持原样";
/// `scope collected`.
pub const COLLECTED: &str = "导入已有学历照片的学生名单，名单上的人免采";
/// `scope mark`.
pub const MARK: &str = "标记学生：已有照片、休学、退学、其他原因，或点名补采";
/// `scope undo`.
pub const UNDO: &str =
    "撤销上一次对采集范围、学生标记或批次名称的更改，或上一次移除采集码、对照照片";
/// `--opens-on`.
pub const OPENS: &str = "第一天，例如 2026-11-01；空文本为不限";
/// `--closes-on`.
pub const CLOSES: &str = "最后一天，例如 2026-12-15；空文本为不限";
/// `--cohort`.
pub const COHORT: &str =
    "一组采集对象，例如“年级=2020,2021 学习形式=非全日制 校区=北京”；可写多次，符合任一组即应采";
/// `--everybody`.
pub const EVERYBODY: &str = "名单上所有人";
/// `--redo`.
pub const REDO: &str = "已有学历照片的学生是否重新采集：true 或 false";
/// `--limit`.
pub const LIMIT: &str = "每人最多提交几次；超过的照片照样收下并注明；0 为不限";
/// The word for an empty cell.
pub const BLANK: &str = "空";
/// `--dry-run`.
pub const TRY: &str = "只看会有多少人应采、免采，不保存";
/// `--off`.
pub const OFF: &str = "取消这一标记";
/// `--note`.
pub const NOTE: &str = "备注";
/// Nothing was there to be undone.
pub const NOTHING_UNDONE: &str = "没有可以撤销的更改";

/// A condition of a cohort that is none.
pub fn no_condition(part: &str) -> String {
    format!("“{part}”看不懂；请写成 年级=…、学习形式=…、层次=…、校区=…、学院=…、专业=… 或 班级=…")
}

/// A condition with a value that is empty.
pub fn empty_value(part: &str, key: &str) -> String {
    format!("“{part}”里有空的值；要指没有填{key}的学生，请写 {key}=空；不限{key}就不要写这一项")
}

/// How many were marked.
pub fn marked(students: u32) -> String {
    format!("已标记 {students} 人")
}

/// The window and the cohorts, a line each.
pub fn told(scope: &ScopeSet) -> Vec<String> {
    let day = |day: &str| {
        if day.is_empty() {
            "不限".to_owned()
        } else {
            day.to_owned()
        }
    };
    let mut lines = vec![format!(
        "采集期 {} 至 {}",
        day(&scope.opens_on),
        day(&scope.closes_on)
    )];
    if scope.cohorts.is_empty() {
        lines.push("采集对象：名单上所有人".to_owned());
    }
    lines.extend(
        scope
            .cohorts
            .iter()
            .map(|one| format!("采集对象：{}", cohort(one))),
    );
    lines.push(format!(
        "已有学历照片的：{}",
        if scope.redo { "重新采集" } else { "免采" }
    ));
    if scope.limit > 0 {
        lines.push(format!("每人最多提交 {} 次", scope.limit));
    }
    lines
}

fn cohort(cohort: &ScopeCohort) -> String {
    let parts = [
        ("年级", &cohort.grades),
        ("学习形式", &cohort.study_modes),
        ("层次", &cohort.levels),
        ("校区", &cohort.campuses),
        ("学院", &cohort.colleges),
        ("专业", &cohort.majors),
        ("班级", &cohort.classes),
    ];
    let parts = parts.iter().filter(|(_, values)| !values.is_empty());
    parts
        .map(|(title, values)| {
            let shown = values
                .iter()
                .map(|value| if value.is_empty() { BLANK } else { value });
            format!("{title} {}", shown.collect::<Vec<_>>().join("、"))
        })
        .collect::<Vec<_>>()
        .join("，")
}

/// How the roster adds up.
pub fn counts(counts: &ScopeCounts) -> String {
    let reasons = counts.reasons.iter();
    let reasons: Vec<String> = reasons
        .map(|reason| format!("{} {}", reason.title, reason.students))
        .collect();
    let reasons = match reasons.is_empty() {
        true => String::new(),
        false => format!("（{}）", reasons.join("，")),
    };
    format!(
        "名单 {} = 应采 {} + 免采 {}{reasons}；应采 {} = 已交 {} + 未交 {}",
        counts.listed, counts.due, counts.exempt, counts.due, counts.submitted, counts.missing
    )
}

/// What came of a list.
pub fn collected(done: &CollectedImported) -> String {
    format!(
        "“{}” {} 行：新标记 {} 人（其中仅凭姓名 {} 人）；以前已标记 {} 行；不在名单 {} 行；对应多人或互相矛盾 {} 行；写明没有照片 {} 行；看不出有没有 {} 行",
        done.file,
        done.rows,
        done.marked,
        done.by_name,
        done.known,
        done.strangers,
        done.ambiguous,
        done.without,
        done.unclear
    )
}
