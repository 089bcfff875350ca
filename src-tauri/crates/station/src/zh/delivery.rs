//! Texts of deliveries: what is asked before one is written, and what is said of those written.

use serde_json::Value;
use zhaoshen_model::handover::Since;
use zhaoshen_store::WritingKind;

use crate::delivery::How;

/// Nothing to deliver.
pub const NOTHING_APPROVED: &str = "还没有审核通过的照片，无法导出";
/// Of what is approved everything was delivered before.
pub const NOTHING_NEW: &str = "没有新增的照片：已通过的都交付过了";

/// Approved students owe, and nothing else is approved.
pub fn nothing_paid(unpaid: usize) -> String {
    format!(
        "没有可交付的照片：审核通过的 {unpaid} 人费用未缴清，本批设为未缴清的不交付；请先登记缴费，或在“缴费”里改这一设置"
    )
}

/// A photo beside which no picture of its 采集码 is filed.
pub const CODE_MISSING: &str = "没有存放采集码图片，只交付照片";
/// A picture of a 采集码 that another student has too.
pub const CODE_SHARED: &str = "采集码与其他学生的相同，请先核对是谁的";
/// A picture of a 采集码 that cannot be read.
pub const CODE_UNREADABLE: &str = "采集码识读不出，仍原样交付";

/// Approved unseen by a release whose sample does not hold any more.
pub fn without_sample(plan: i64) -> String {
    format!("由抽样方案 {plan} 批量通过，没有单独看过；方案的样本后来改判、撤销或待复审")
}

/// Approved though rules fail it; `rules` by their titles.
pub fn unmet(rules: &str) -> String {
    format!("检测不合格：{rules}；由人通过")
}

/// Approved though there are hints; `rules` by their titles.
pub fn hinted(rules: &str) -> String {
    format!("检测提示：{rules}；由人通过")
}

/// A title that no column of the roster has.
pub fn no_column(title: &str) -> String {
    format!("名单没有名为“{title}”的列")
}

/// A readable list with ID numbers.
pub const ID_NUMBERS_UNENCRYPTED: &str =
    "清单含证件号码时只能写入加密压缩包：请把“保存为”改为加密压缩包，或不选证件号码";

/// A readable list whose 学号 are ID numbers.
pub fn keys_unencrypted(students: usize) -> String {
    format!(
        "名单上 {students} 人的学号就是证件号码，清单会写出来：请把“保存为”改为加密压缩包并用{{序号}}命名，或在名单里改成学校编的学号"
    )
}

/// The columns by which a part of the roster is chosen.
pub const PART_COLUMNS: [&str; 3] = ["学院", "班级", "层次"];

/// Values chosen for a part of the roster that nobody on it has.
/// `known` the values that there are.
pub fn part_of_nobody(values: &str, known: &str) -> String {
    format!("名单上没有“{values}”，请核对写法。可选的{known}")
}

/// The values of a column, the first of very many.
pub fn values_known(title: &str, known: &[String], most: usize) -> String {
    let listed: Vec<&str> = known.iter().take(most).map(String::as_str).collect();
    match (listed.as_slice(), known.len().saturating_sub(most)) {
        ([], _) => format!("{title}：都没有填"),
        (_, 0) => format!("{title}：{}", listed.join("、")),
        (_, more) => format!("{title}：{}，还有 {more} 个", listed.join("、")),
    }
}

/// Photos that are approved no longer when their delivery is written, or not to go for another reason.
pub fn approval_taken_back(count: usize, named: &str) -> String {
    format!(
        "导出期间有 {count} 张照片变得不能交付：{named}。审核结论不再是“通过”或重新审过、正待复审，改给了别的学生或归属待确认，学生重新提交了照片，或已定为免采。这次没有交付，也没有记入，写出的文件已删去；请重新导出"
    )
}

/// The first of several, and how many there are.
pub fn and_more(named: &[String], count: usize) -> String {
    let first = named.join("、");
    match count > named.len() {
        true => format!("{first} 等 {count} 人"),
        false => first,
    }
}

/// A delivery that was cancelled, and of which nothing stays.
pub const NOTHING_WRITTEN: &str = "已取消，没有交付；写出的文件已删去";
/// A delivery that was cancelled.
pub const NOTHING_DELIVERED: &str = "已取消，没有交付";

/// A delivery by its number.
pub fn nth_delivery(number: u32) -> String {
    format!("第{number}次交付")
}

/// A delivery that is written again.
pub fn nth_repeat(number: u32) -> String {
    format!("第{number}次交付的再次写出")
}

/// An archive.
pub const AN_ARCHIVE: &str = "归档包";
/// Sheets of photos.
pub const SOME_PRINTS: &str = "打印文件";
/// A backup in one file.
pub const A_COPY: &str = "备份文件";
/// A workspace made of a backup.
pub const A_RESTORED_WORKSPACE: &str = "恢复出来的工作区";

/// In the books, and its last files have no names.
pub fn unpublished(what: &str, kind: WritingKind, why: &str) -> String {
    let place = match kind {
        WritingKind::Copy | WritingKind::Restore => "“备份与加密”",
        _ => "“以往交付”",
    };
    format!("{what}已经记入，但最后的文件没有写出：{why}。请照{place}里的说明处理")
}

/// Nothing came of it, and not all that was written could be taken away.
pub fn left_behind(why: &str, target: &str) -> String {
    format!("{why}。但写出的文件没能全部删去，还在“{target}”，不算数；请照“以往交付”里的说明处理")
}

/// What was broken off, and what to do.
pub fn unfinished(what: &str, path: &str, kind: WritingKind, is_booked: bool) -> String {
    let broken = match is_booked {
        false => format!("{what}写到 {path} 时中断，没有记入"),
        true => format!("{what}已经记入，但写到 {path} 时中断"),
    };
    if kind == WritingKind::Restore {
        return format!(
            "{path} 里有从备份恢复的工作区，日志里没有记下它（恢复时中断的）：里面有名单和照片，可能不全；用不着时请删除这个文件夹，需要时重新恢复一份"
        );
    }
    let todo = match (kind, is_booked) {
        (WritingKind::Copy, _) => "，不能用来恢复；请删除那里同名、以 .part 结尾的文件后重新备份",
        (WritingKind::Archive, false) => "；请删除那里同名、以 .part 结尾的文件后重新归档",
        (WritingKind::Archive, true) => {
            "，文件没有写完；请删除那里同名、以 .part 结尾的文件后重新归档"
        }
        (WritingKind::Prints, false) => {
            "，里面的样张、核对表不齐，不要使用；请删除这个文件夹后重新打印"
        }
        (WritingKind::Prints, true) => {
            "，最后的文件没有写出，那里的内容不完整；请删除这个文件夹后重新打印"
        }
        (_, false) => "，里面的照片不算交付；请删除这个文件夹后重新导出",
        (_, true) => {
            "，最后的文件没有写出，那里的内容不完整；请删除这个文件夹，再用“再次写出”写一份"
        }
    };
    format!("{broken}{todo}")
}

/// In the books, and nobody was shown the passphrase that opens it.
pub fn unshown(what: &str, path: &str, kind: WritingKind) -> String {
    match kind {
        WritingKind::Archive => format!(
            "{what}写到 {path} 时中断，加密的口令没有显示过，打不开，不算归档；请删除那里的这个文件（可能以 .part 结尾）后重新归档"
        ),
        WritingKind::Copy => format!(
            "{what}写到 {path} 时中断，它的口令没有显示过，谁也打不开，不算备份；请删除那里的这个文件（可能以 .part 结尾）后重新备份"
        ),
        _ => format!(
            "{what}已经记入，写到 {path} 时中断，加密的口令没有显示过，打不开；请删除这个文件夹，再用“再次写出”重新交付"
        ),
    }
}

/// What whoever opens the workspace is told of it.
pub fn unfinished_alarm(round: &str, what: &str, count: usize) -> String {
    format!(
        "批次“{round}”的{what}上次写出时中断{}；请在“导出”页的“以往交付”里查看并处理",
        more(count)
    )
}

/// The same of a backup in one file, or of a workspace made of one.
pub fn unfinished_copy_alarm(what: &str, count: usize) -> String {
    format!(
        "{what}上次写出时中断{}；请在“批次”页的“备份与加密”里查看并处理",
        more(count)
    )
}

fn more(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        count => format!("（共 {count} 项）"),
    }
}

/// No such writing.
pub const NO_UNFINISHED: &str = "没有这一项中断的写出，可能已经处理过，或正在写出";

/// A text of a delivery: what it is for.
pub const TEXT_PURPOSE: &str = "用途";
/// A text of a delivery: the title of the round.
pub const TEXT_ROUND: &str = "批次名称";
/// A text of a delivery: the template's own words.
pub const TEXT_TEMPLATE: &str = "命名模板";
/// In place of a text that is not told.
pub const LEFT_OUT: &str = "（略）";

/// A text that goes along names a student; `what` of whom.
pub fn text_tells_of(title: &str, what: &str) -> String {
    format!("“{title}”里有{what}，采集码模式下会随清单交出去，请先改掉")
}

/// A typed reason that goes along names a student.
pub fn reason_tells_of(text: &str, what: &str) -> String {
    format!("退回原因“{text}”里有{what}")
}

/// Typed reasons name students; `first` is the 学号 of the first photo.
pub fn reasons_tell(count: usize, first: &str, why: &str) -> String {
    format!(
        "{count} 张退回照片的原因里有名单上的姓名或号码，采集码模式下会随清单交出去，请先改写原因。第一张：学号{first}，{why}"
    )
}

/// Names or numbers of students go along.
pub fn warn_roster(columns: &str) -> String {
    format!(
        "交出去的清单或文件名含学生的{columns}。自 2023 年 1 月 1 日起（教学服〔2022〕10 号），\
         不得向采集单位提供学生名单，特别是姓名、身份证号等身份信息：只可留在校内，或交给有权接收的单位；\
         交给采集单位请用采集码模式"
    )
}

/// Names within an encrypted archive are read without the passphrase; `columns` are those of the roster that stand in them.
pub fn warn_names_seen(columns: &str) -> String {
    format!(
        "加密压缩包只加密文件内容，里面的文件名不输口令也看得见：文件名含学生的{columns}，等于没有加密。请改用{{序号}}或{{学号}}命名，{columns}选进清单"
    )
}

/// Name of the folder a delivery is written into.
pub fn delivery_folder(number: u32, date: &str) -> String {
    format!("交付第{number}次-{date}")
}

/// Name of the folder a delivery is written into again.
pub fn repeat_folder(number: u32, date: &str) -> String {
    format!("交付第{number}次-再次写出-{date}")
}

/// A folder of photos.
pub const PACKED_FOLDER: &str = "文件夹";
/// Stored archives.
pub const PACKED_ZIP: &str = "压缩包";
/// Archives under a passphrase.
pub const PACKED_ENCRYPTED: &str = "加密压缩包";

/// How a delivery was made.
pub fn delivered_how(roster: bool, columns: &str, template: &str, packed: &str) -> String {
    let mode = match (roster, columns.is_empty()) {
        (false, _) => "采集码模式".to_owned(),
        (true, true) => "名单模式，清单只有学号".to_owned(),
        (true, false) => format!("名单模式，清单含{columns}"),
    };
    format!("{mode}；命名 {template}；{packed}")
}

/// Divided by 学院.
pub const BY_COLLEGE: &str = "按学院分包";
/// Divided by 班级.
pub const BY_CLASS: &str = "按班级分包";
/// Divided by 层次.
pub const BY_LEVEL: &str = "按层次分包";

/// Divided after so many photos.
pub fn by_count(photos: u32) -> String {
    format!("每 {photos} 张一份")
}

/// How a delivery was made that was divided; `by` what.
pub fn divided(how: &str, by: &str) -> String {
    format!("{how}；{by}")
}

/// How a delivery was made that held only what was new.
pub fn only_new(how: &str) -> String {
    format!("{how}；只含新增的")
}

/// How a delivery was made that is about a part of the roster.
pub fn of_part(how: &str, part: &str) -> String {
    format!("{how}；只含 {part}")
}

/// How a delivery was made that stays in the office.
pub fn in_house(how: &str) -> String {
    format!("校内留存；{how}")
}

/// A delivery in the log: where it went, and how it was made.
pub(super) fn delivered(value: &Value) -> Option<String> {
    let how: How = serde_json::from_value(value.get("how")?.clone()).ok()?;
    let target = value.get("target").and_then(Value::as_str);
    Some(match target {
        Some(target) => format!("{target}（{}）", how.text()),
        None => how.text(),
    })
}

/// No such delivery.
pub const NO_DELIVERY: &str = "没有这一次交付";
/// A delivery written by an older version, or whose round was deleted.
pub const NOT_REPEATABLE: &str = "这次交付没有留存再次写出所需的内容：它由较早的版本写出，或本批数据已经删除。可以另作一次新的交付";
/// The original is gone.
pub const PHOTO_ERASED: &str = "原片已不在工作区（已删除）";
/// Another rendition than the one delivered.
pub const RENDERED_OTHERWISE: &str = "现在做出的成品与当时交付的不同（程序版本不同）";

/// One photo that would not be the same.
pub fn file_differs(student_no: &str, why: &str) -> String {
    format!("{student_no}：{why}")
}

/// Photos that would not be the same.
pub fn cannot_repeat(count: usize, named: &str) -> String {
    format!("不能原样再次写出：{count} 张与当时不同，没有写出任何文件。{named}")
}

/// Archives whose photos are the same and whose bytes are not.
pub fn archives_differ(names: &str) -> String {
    format!(
        "不能原样再次写出：压缩包 {names} 与当时的逐字节不同（程序版本不同；其中的照片和清单相同），已删去刚写出的文件"
    )
}

/// 采集码模式 as it ships: name and purpose.
pub const WAY_CODE: (&str, &str) = ("采集码模式", "供校内留存或交采集单位；不是学信网上传包");
/// 名单模式 as it ships.
pub const WAY_ROSTER: (&str, &str) = (
    "名单模式（2021）",
    "2021 年通知的流程：只供校内留存，或交给有权接收的单位",
);
/// The column of names.
pub const NAME: &str = "姓名";
/// A shipped profile is to be changed.
pub const WAY_SHIPPED: &str = "这是程序自带的交付方案，不能修改或删除；请另存为新的方案";
/// More profiles than anybody finds his way in.
pub const TOO_MANY_WAYS: &str = "交付方案太多，请先删除不用的";

/// A name that another profile has.
pub fn way_taken(name: &str) -> String {
    format!("已有名为“{name}”的交付方案，请换一个名称")
}

/// No such profile.
pub fn way_unknown(name: &str) -> String {
    format!("没有名为“{name}”的交付方案，可能已被删除或改名")
}

/// A name that cannot be.
pub fn way_name(longest: usize) -> String {
    format!("交付方案的名称请写 1–{longest} 个字，不换行")
}

/// A purpose that is too long.
pub fn way_purpose(longest: usize) -> String {
    format!("用途请写在 {longest} 个字以内，不换行")
}

/// Left out of a delivery: no photo.
pub const WHY_MISSING: &str = "未提交照片";
/// Left out of a delivery: waiting.
pub const WHY_PENDING: &str = "待审核";
/// Left out of a delivery: it may be a namesake's.
pub const WHY_IN_QUESTION: &str = "名单变化后不能确定这张照片是谁的（出现同名学生，或学生的姓名、证件号码变了），请先在“照片导入”中确认";
/// Left out of a delivery: held.
pub const WHY_HELD: &str = "存疑，待处理";

/// Left out of a delivery of what is new: an earlier one held the photo.
pub fn why_delivered(number: u32) -> String {
    format!("第{number}次交付时已交付")
}

/// What became another after a photo was handed over.
pub const fn moved_since(since: Since) -> &'static str {
    match since {
        Since::Student => "交付后改到了现在的学生名下",
        Since::Number => "交付后学号改了",
        Since::Name => "交付后文件名会不同了",
        Since::Photo => "后来交付过别的照片，现在又改回了这一张",
    }
}

/// What an earlier delivery held of a student, and why it goes again.
pub fn delivered_otherwise(whose: &str, (number, file): (u32, &str), why: &str) -> String {
    format!("{whose}（第{number}次交付的 {file}，{why}）")
}

/// Photos that go again; the first of them.
pub fn delivered_again(named: &[String], count: usize) -> String {
    format!(
        "有 {count} 张以前交付过、后来有变，这次再交付：{}；交付后请告诉采集单位，以前的这些文件作废，以这次的为准",
        and_more(named, count)
    )
}

/// Left out of a delivery: rejected, with the reasons.
pub fn why_rejected(reasons: &str) -> String {
    if reasons.is_empty() {
        "已退回".to_owned()
    } else {
        format!("已退回：{reasons}")
    }
}
