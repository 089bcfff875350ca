//! The words of notices and of the chase list.

use zhaoshen_model::Student;
use zhaoshen_model::notice::StudentState;

use crate::wire::NoticeRow;

/// The template the program brings.
pub(crate) const NOTICE_TEMPLATE: &str =
    "{姓名}同学：您提交的学历证书电子注册照片{审核状态}。原因：{原因}请于{截止日期}前重新提交。";
/// A template that is too long.
pub(crate) const NOTICE_TEMPLATE_LONG: &str = "通知模板最多 500 字";
/// A deadline that is no date.
pub(crate) const NOTICE_DEADLINE: &str = "截止日期请写成 2026-11-30 这样";

/// A deadline that has passed.
pub(crate) fn notice_deadline_past(day: &str) -> String {
    format!("截止日期 {day} 已经过去，请改成今天或以后的日期")
}

/// A placeholder that stands for nothing; `known` are those that do.
pub(crate) fn notice_unknown(word: &str, known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|word| format!("{{{word}}}")).collect();
    format!(
        "通知模板里的{{{word}}}不是可用的字段，学生会原样看到它，请改正；可用：{}",
        known.join("、")
    )
}

/// Where the roster has no college or class.
const NOWHERE: &str = "未填学院";

/// The reasons of a rejection as one text; each ends as a sentence.
pub(crate) fn notice_reasons(reasons: &[&str]) -> String {
    if reasons.iter().all(|reason| reason.is_empty()) {
        return "照片不符合要求。".to_owned();
    }
    let sentence = |reason: &&str| match reason.ends_with(['。', '！', '？', '；']) {
        true => (*reason).to_owned(),
        false => format!("{reason}。"),
    };
    reasons
        .iter()
        .filter(|reason| !reason.is_empty())
        .map(sentence)
        .collect()
}

/// What stands for the deadline.
pub(crate) fn notice_deadline(deadline: Option<&str>) -> String {
    deadline.unwrap_or("规定时间").to_owned()
}

/// One text for a college's group; the rows are of one college.
pub(crate) fn notice_group(rows: &[&NoticeRow], deadline: Option<&str>) -> String {
    let college = rows.first().map_or("", |row| named(&row.college));
    let mut text = format!(
        "{college}以下 {} 名同学的学历照片{}，请于{}前重新提交：",
        rows.len(),
        StudentState::Failed.title(),
        notice_deadline(deadline)
    );
    for (at, row) in rows.iter().enumerate() {
        text.push_str(&format!(
            "\n{}. {}（{}）：{}",
            at + 1,
            row.name,
            row.student_no,
            row.reasons
        ));
    }
    text
}

/// Who of a class has handed in nothing, and apart from them `claimed`, whose photo may wait to be claimed.
pub(crate) fn chase_class(
    college: &str,
    class: &str,
    silent: &[&Student],
    claimed: &[&Student],
) -> String {
    let names = |students: &[&Student]| {
        let names: Vec<&str> = (students.iter())
            .map(|student| student.draft.name.as_str())
            .collect();
        names.join("、")
    };
    let whose = match class {
        "" => named(college).to_owned(),
        class => format!("{} {class}", named(college)),
    };
    let (missing, waiting) = (silent.len(), claimed.len());
    let chased = || format!("{whose} 还有 {missing} 人未交学历照片：{}", names(silent));
    let apart = || format!("{waiting} 人可能已交，有照片待认领：{}", names(claimed));
    match (missing, waiting) {
        (_, 0) => chased(),
        (0, _) => format!("{whose} 有 {}", apart()),
        _ => format!("{}；另有 {}", chased(), apart()),
    }
}

/// One line for all who have handed in nothing, and how many of them may have a photo that waits to be claimed.
pub(crate) fn chase_line(
    colleges: &[(&str, u32)],
    (total, claimed): (u32, u32),
    deadline: Option<&str>,
    days_left: Option<i32>,
) -> String {
    if total == 0 {
        return "名单上的学生都交了照片。".to_owned();
    }
    let until = match (deadline, days_left) {
        (Some(day), Some(left)) if left > 0 => format!("，{day} 截止，还有 {left} 天"),
        (Some(day), Some(0)) => format!("，今天（{day}）截止"),
        (Some(day), _) => format!("，已于 {day} 截止"),
        (None, _) => String::new(),
    };
    let each: Vec<String> = colleges
        .iter()
        .map(|(college, missing)| format!("{} {missing} 人", named(college)))
        .collect();
    let apart = match claimed {
        0 => String::new(),
        claimed => format!("（其中 {claimed} 人可能已交，有照片待认领）"),
    };
    let each = each.join("，");
    format!("还有 {total} 人未交学历照片{apart}{until}：{each}。")
}

fn named(college: &str) -> &str {
    match college {
        "" => NOWHERE,
        college => college,
    }
}

#[cfg(test)]
mod tests {
    use zhaoshen_model::{RoundId, StudentDraft, StudentId};

    use super::*;

    #[test]
    fn reasons_are_sentences() {
        for (reasons, text) in [
            (
                &["眼睛闭着", "背景不是蓝色。"][..],
                "眼睛闭着。背景不是蓝色。",
            ),
            (&["", "请重拍"], "请重拍。"),
            (&[], "照片不符合要求。"),
            (&[""], "照片不符合要求。"),
        ] {
            assert_eq!(notice_reasons(reasons), text);
        }
    }

    #[test]
    fn the_line_says_how_long_is_left() {
        let line = |day, left| chase_line(&[("文学院", 2), ("", 1)], (3, 0), day, left);
        for (day, left, text) in [
            (
                Some("2026-12-01"),
                Some(4),
                "，2026-12-01 截止，还有 4 天：",
            ),
            (Some("2026-12-01"), Some(0), "今天（2026-12-01）截止"),
            (Some("2026-12-01"), Some(-1), "已于 2026-12-01 截止"),
            (None, None, "照片：文学院 2 人，未填学院 1 人。"),
        ] {
            let line = line(day, left);
            assert!(line.contains(text), "{line}");
        }
        assert!(chase_line(&[], (0, 0), None, None).contains("都交了"));
    }

    #[test]
    fn who_may_have_a_photo_to_be_claimed_is_told_apart() {
        let student = |name: &str| Student {
            id: StudentId(0),
            round: RoundId(1),
            draft: StudentDraft {
                name: name.to_owned(),
                ..StudentDraft::default()
            },
        };
        let [one, two] = [student("张三"), student("李四")];
        for (silent, claimed, text) in [
            (
                &[&one, &two][..],
                &[][..],
                "文学院 一班 还有 2 人未交学历照片：张三、李四",
            ),
            (
                &[&one],
                &[&two],
                "文学院 一班 还有 1 人未交学历照片：张三；另有 1 人可能已交，有照片待认领：李四",
            ),
            (
                &[],
                &[&two],
                "文学院 一班 有 1 人可能已交，有照片待认领：李四",
            ),
        ] {
            assert_eq!(chase_class("文学院", "一班", silent, claimed), text);
        }
        let line = chase_line(&[("文学院", 3)], (3, 1), None, None);
        assert!(
            line.contains("3 人未交学历照片（其中 1 人可能已交"),
            "{line}"
        );
    }
}
