//! Texts of reconciliation.

use serde_json::Value;
use zhaoshen_model::receipt::ReceiptState;
use zhaoshen_model::reconciliation::{DifferenceKind as Kind, Part, Stage, SumOf};

/// Refused: no such kind of list.
pub(crate) const RECEIPT_KIND: &str =
    "清单种类只能是 studio、enrolment、register、confirmation，或不填";
/// Refused: no such delivery.
pub(crate) const RECEIPT_DELIVERY: &str = "没有这一次交付，请重新选择";
/// Refused: nothing to reject.
pub(crate) const NOTHING_RETURNED: &str = "没有等待处理的退回照片";
/// The studio gave a photo back without a word.
pub(crate) const RETURNED_BARE: &str = "采集单位退回，未说明原因，请按要求重新提交照片";
/// A row that names nobody.
pub(crate) const RECEIPT_NOBODY: &str = "看不出是谁";
/// Rows of one list disagree about a student; what each `says`.
pub(crate) fn receipt_twice(whose: &str, says: &str) -> String {
    format!(
        "{whose} 在表里有不同的结果（{says}），都没有计入；请问清以哪一条为准，在表里只留这一条，再导入一次"
    )
}
/// What one of them says.
pub(crate) fn receipt_says(cell: &str, state: &str) -> String {
    format!("{cell} {state}")
}
/// A row says that a photo was taken which another list says was given back.
pub(crate) const RECEIPT_CONTRARY: &str =
    "写的是接收，此前的回执写的是退回；请在差异“回执看不出接收还是退回”里认定";
/// How the words of such a row go on, and end.
const CONTRARY: [&str; 2] = ["；此前的回执（", "）写的是退回"];

/// The words of such a row, as they are kept: what it says beside 接收, and where the other stands.
pub(crate) fn receipt_contrary(text: &str, source: &str) -> String {
    let text = match text {
        "" => String::new(),
        text => format!("（{text}）"),
    };
    let [between, end] = CONTRARY;
    format!("接收{text}{between}{source}{end}")
}

/// Whether a text is such words.
pub(crate) fn is_receipt_contrary(text: &str) -> bool {
    CONTRARY.iter().all(|part| text.contains(part))
}

/// Refused: no such row.
pub(crate) const RECEIPT_GONE: &str = "这一条回执已经不计或撤销了，请重新打开“核对”";
/// Refused: an answer is one of two.
pub(crate) const RECEIPT_MEANING: &str = "回执只能认定为 accepted（接收）或 returned（退回）";
/// Refused: such a reason.
pub(crate) const RECEIPT_REASON: &str = "退回原因最多 200 字，写在一行里";
/// The student is not in the delivery that was chosen.
pub(crate) const RECEIPT_NOT_IN_DELIVERY: &str = "所选的那次交付里没有这名学生，未计入";

/// Why the studio gave a photo back, as the student reads it.
pub(crate) fn returned_reason(text: &str) -> String {
    match text {
        "" => RETURNED_BARE.to_owned(),
        text => format!("采集单位退回：{text}"),
    }
}

/// The note beside such a rejection.
pub(crate) fn returned_note(source: &str) -> String {
    format!("回执：{source}")
}

/// A row says what was said of an earlier delivery.
pub(crate) fn receipt_of_earlier(delivery: u32) -> String {
    match delivery {
        0 => "与以前导入的回执相同，未计入；如果是新一次交付的回执，请在导入时选明是第几次交付"
            .to_owned(),
        n => format!(
            "与第 {n} 次交付的回执相同，未计入；如果是后来一次交付的回执，请在导入时选明是第几次交付"
        ),
    }
}

/// The row names a delivery that never was.
pub(crate) fn receipt_no_such_delivery(number: u32) -> String {
    format!(
        "写的是第 {number} 次交付，本批次没有这次交付（校内留存的不算），请核对“交付”一列后再导入"
    )
}

/// Several students fit; the row is kept, or not.
pub(crate) fn receipt_several(names: &str, kept: bool) -> String {
    let what = match kept {
        true => "请在差异“回执对不上唯一学生”里指定学生",
        false => "请补写学号后再导入",
    };
    format!("对得上不止一名学生（{names}），{what}")
}

/// Some of what the row says of a student is the roster's, some is not; the row is kept, or not.
pub(crate) fn receipt_in_part(whose: &str, in_what: &str, kept: bool) -> String {
    let in_what = match in_what {
        "" => String::new(),
        in_what => format!("（{in_what}）"),
    };
    let what = match kept {
        true => "请与采集单位核对：就是这名学生的，在差异“回执对不上唯一学生”里指定学生",
        false => "请核对后改正再导入",
    };
    format!("只有一部分与 {whose} 相符{in_what}，{what}")
}

/// Refused: nobody in the list is of the round.
pub(crate) fn receipt_of_strangers(cell: &str, told: &str) -> String {
    format!(
        "没有一行对得上本批次的学生：第一行（{cell}）写的是“{told}”。请核对是不是本批次的表、学号等有没有写错；没有导入"
    )
}

/// Where a row was read.
pub(crate) fn receipt_source(file: &str, cell: &str, delivery: Option<u32>) -> String {
    let answers = delivery.map_or_else(String::new, |number| format!("交付 {number}"));
    format!("{} {answers}", format!("{file} {cell}").trim_end())
        .trim_end()
        .to_owned()
}

/// What the studio answered, in its own words.
pub(crate) fn answered_in_words(words: &str) -> String {
    format!("回执写的是“{words}”")
}

/// A delivered file.
pub(crate) fn delivered_as(delivery: u32, file: &str) -> String {
    format!("第 {delivery} 次交付：{file}")
}

/// What was handed over before something became another; `then`: for whom, where that is what did.
pub(crate) fn delivered_before_that(went_as: &str, then: &str, since: &str) -> String {
    match then {
        "" => format!("{went_as}，{since}"),
        then => format!("{went_as}，当时是 {then} 的，{since}"),
    }
}

/// The photo that was delivered for a student is another's now.
pub(crate) fn delivered_of_another(went_as: &str) -> String {
    format!("{went_as}，那张照片现在不是这名学生的")
}

/// What the studio says of a photo that is another's now: `now` whose.
pub(crate) fn answers_anothers(said: &str, went_as: &str, now: &str) -> String {
    match now {
        "" => format!("{said}；{went_as}，这张照片现在是别的学生的"),
        now => format!("{said}；{went_as}，这张照片现在是 {now} 的"),
    }
}

/// An earlier photo was delivered.
pub(crate) fn delivered_earlier(delivery: u32, was: u32, now: u32) -> String {
    format!("第 {delivery} 次交付的是第 {was} 次提交，现在是第 {now} 次提交")
}

/// The parts of a resident's identity number.
pub(crate) const ID_REGION: &str = "地区段";
/// The day of birth in it.
pub(crate) const ID_BIRTH: &str = "出生日期段";
/// The number among those born that day.
pub(crate) const ID_ORDER: &str = "顺序号";
/// Its check digit.
pub(crate) const ID_CHECK: &str = "末位";
/// What is compared.
pub(crate) const OTHERWISE_NAME: &str = "姓名";
/// 学号.
pub(crate) const OTHERWISE_NUMBER: &str = "学号";
/// 考生号.
pub(crate) const OTHERWISE_EXAM: &str = "考生号";
/// The list that says otherwise: 学信网在校名单.
pub(crate) const OTHERWISE_ENROLLED: &str = "在校名单";
/// Any other.
pub(crate) const OTHERWISE_LIST: &str = "表里";

/// Two lists say two things.
pub(crate) fn otherwise(what: &str, list: &str, told: &str, roster: &str) -> String {
    format!("{what}：{list}“{}”，名单“{}”", told.trim(), roster.trim())
}

/// Two identity numbers differ in these parts.
pub(crate) fn otherwise_parts(parts: &str) -> String {
    match parts {
        "" => "证件号码不同".to_owned(),
        parts => format!("证件号码的{parts}不同"),
    }
}

/// Two identity numbers are not of one length.
pub(crate) fn otherwise_length(told: usize, roster: usize) -> String {
    format!("证件号码的位数不同（表里 {told} 位，名单 {roster} 位）")
}

/// A kind of difference.
pub(crate) const fn difference(kind: Kind) -> &'static str {
    match kind {
        Kind::Unclaimed => "照片待认领",
        Kind::NotSubmitted => "未提交照片",
        Kind::Undecided => "照片未审完",
        Kind::InQuestion => "照片归属待确认",
        Kind::NotResubmitted => "退回后未重交",
        Kind::Returned => "回执退回未处理",
        Kind::Revoked => "已交付的照片现在不作数",
        Kind::Outdated => "重交后交付的仍是旧照片",
        Kind::Moved => "交付后归属、学号或文件名变了",
        Kind::Undelivered => "已通过未交付",
        Kind::DeliveredUnlisted => "已交付，但已不在名单",
        Kind::DeliveredExempt => "已交付，但不在采集范围",
        Kind::Unanswered => "已交付未回执",
        Kind::Unsettled => "回执看不出接收还是退回",
        Kind::ReceiptUnlisted => "回执里的人不在名单",
        Kind::ReceiptUnclear => "回执对不上唯一学生",
        Kind::ReceiptUndelivered => "有回执，没有交付记录",
        Kind::ReceiptMoved => "回执答的照片现在是别的学生的",
        Kind::SetMissing => "已交付，采集单位没有返回",
        Kind::SetChanged => "采集单位返回的照片与交付的不同",
        Kind::SetStray => "采集单位返回了没有交付的照片",
        Kind::NotEnrolled => "名单里有，学信网在校名单没有",
        Kind::EnrolledOtherwise => "学信网在校名单上的姓名或证件号码不同",
        Kind::Compared => "人像比对有疑问",
        Kind::AlreadyOnRegister => "学信网已有学历照片，本批次未交付",
        Kind::NotOnRegister => "采集单位已接收，学信网没有照片",
        Kind::ConfirmedWrong => "学生校对“有误”",
        Kind::Unconfirmed => "学生还没有校对",
        Kind::PaperMissing => "纸质照片未到",
        Kind::PaperStray => "纸质照片已到，没有交付记录",
    }
}

/// Of who handed in nothing: a photo that waits to be claimed may be the student's.
pub(crate) const AWAITING_CLAIM: &str = "可能已交：有照片待认领";
/// What to do then.
pub(crate) const AWAITING_CLAIM_REMEDY: &str =
    "先到“照片导入”的“待认领”确认是谁的，不是本人的再催交";

/// What to do about it.
pub(crate) const fn remedy(kind: Kind) -> &'static str {
    match kind {
        Kind::Unclaimed => "到“照片导入”认领，或标为不处理",
        Kind::NotSubmitted => "到“通知”催交；不用采集的，在“名单”里标记",
        Kind::Undecided => "到“审核台”审完",
        Kind::InQuestion => "到“照片导入”的“待认领”里确认是谁的；确认前审核结论不作数",
        Kind::NotResubmitted => "到“通知”再次通知",
        Kind::Returned => "核对原因后点“按回执退回”，学生会出现在退回通知里",
        Kind::Revoked => "告知采集单位停用这张照片；新照片通过后再交付一次",
        Kind::Outdated => "再交付一次，并告知采集单位以新照片为准",
        Kind::Moved => {
            "请再交付一次（“只交付新增的照片”里有它），并告诉采集单位：说明里写的那次交付的那个文件作废，以新交付的为准"
        }
        Kind::Undelivered => "到“导出交付”交付",
        Kind::DeliveredUnlisted => "告知采集单位不要上传；确属本批次的，补回名单",
        Kind::DeliveredExempt => "告知采集单位不要上传；确应采集的，在“名单”或“采集范围”里改过来",
        Kind::Unanswered => "向采集单位催要回执",
        Kind::Unsettled => {
            "打开这条回执，向采集单位问清是接收还是退回，再点“按接收登记”或“按退回登记”；不该有的点“不计”"
        }
        Kind::ReceiptUnlisted => {
            "与采集单位核对此人是否本校本批次、学号是否写错：是名单里的人就“指定学生”，不是就“不计”"
        }
        Kind::ReceiptUnclear => "弄清是哪一位后点“指定学生”；不是本批次的点“不计”",
        Kind::ReceiptUndelivered => {
            "核对此人是否另行拍摄；回执其实是别人的，点“指定学生”改正；不该有的点“不计”，交付后请采集单位重新回执"
        }
        Kind::ReceiptMoved => {
            "告诉采集单位这个文件给错了人，请按新交付的照片重新回执；说清后点“不计”，回执说的就是这张照片的，点“指定学生”给照片现在的学生"
        }
        Kind::SetMissing => "向采集单位索要这张照片，收到后再导入一次返回的照片",
        Kind::SetChanged => {
            "到“审核台”看返回的照片：修过可用的，通过后再交付一次；不该改的，或者是别的学生的、以前的照片，请采集单位按交付的照片更正后重新返回"
        }
        Kind::SetStray => "与采集单位核对是谁的照片、为何在返回的照片里；弄清后点“不计”",
        Kind::NotEnrolled => "核对学籍状态与学号；不在籍的，从名单中去掉",
        Kind::EnrolledOtherwise => {
            "核对学生证件：名单写错的，改正名单后重新导入；学信网写错的，先在学籍系统更正，否则照片会挂到错的人名下"
        }
        Kind::Compared => "请学生本人到场核验，在学信网平台备案复核结果",
        Kind::AlreadyOnRegister => "不要重复采集：在“采集范围”标为已有学历照片",
        Kind::NotOnRegister => "请采集单位核查上传情况",
        Kind::ConfirmedWrong => "按学生反映登记勘误，需要时退回重拍",
        Kind::Unconfirmed => "提醒学生登录学信档案完成图像校对",
        Kind::PaperMissing => "向采集单位催要纸质照片，或核对是否漏登",
        Kind::PaperStray => "核对这份纸质照片是谁的",
    }
}

/// What to do about it, on paper to be signed: the same, without the names of screens and buttons.
pub(crate) const fn remedy_on_paper(kind: Kind) -> &'static str {
    match kind {
        Kind::Unclaimed => "查明是哪位学生的照片；不是本批次的，不作处理",
        Kind::NotSubmitted => "通知学生提交；不用采集的，标为免采",
        Kind::Undecided => "完成审核",
        Kind::InQuestion => "确认照片是哪一位学生的",
        Kind::NotResubmitted => "再次通知学生重新提交",
        Kind::Returned => "核对原因后退回学生，请其重新提交",
        Kind::Moved => {
            "再交付一次，并告诉采集单位：说明里写的那次交付的那个文件作废，以新交付的为准"
        }
        Kind::Undelivered => "交付给采集单位",
        Kind::Unsettled => "向采集单位问清这条回执是接收还是退回，按其答复登记",
        Kind::DeliveredExempt => "告知采集单位不要上传；确应采集的，取消免采",
        Kind::ReceiptUnlisted => "与采集单位核对此人是否本校本批次、学号是否写错",
        Kind::ReceiptUnclear => "与采集单位弄清回执是哪一位学生的",
        Kind::ReceiptUndelivered => {
            "核对此人是否另行拍摄、回执是否为他人的；交付后请采集单位重新回执"
        }
        Kind::ReceiptMoved => "告诉采集单位这个文件给错了人，请按新交付的照片重新回执",
        Kind::SetMissing => "向采集单位索要这张照片",
        Kind::SetChanged => {
            "查看返回的照片：修改过而可用的，通过后再交付一次；不该改的，或者是别人的、以前的照片，请采集单位更正后重新返回"
        }
        Kind::SetStray => "与采集单位核对是谁的照片、为何在返回的照片里",
        Kind::AlreadyOnRegister => "不要重复采集，标为免采",
        _ => remedy(kind),
    }
}

/// How far a student has come.
pub(crate) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Exempt => "免采",
        Stage::Missing => "未提交",
        Stage::Open => "未审完",
        Stage::InQuestion => "归属待确认",
        Stage::Rejected => "退回未重交",
        Stage::Undelivered => "通过未交付",
        Stage::Outdated => "通过，交付的是旧照片",
        Stage::Moved => "通过，交付后归属、学号或文件名变了",
        Stage::Unanswered => "已交付未回执",
        Stage::Unsettled => "回执看不出接收还是退回",
        Stage::Returned => "回执退回未处理",
        Stage::Accepted => "采集单位已接收",
    }
}

/// What is summed up.
pub(crate) const fn sum(of: SumOf) -> &'static str {
    match of {
        SumOf::Roster => "名单学生（按进度）",
        SumOf::Clear => "名单学生（按有无差异）",
        SumOf::Photos => "收到的照片",
        SumOf::Files => "交付的文件",
        SumOf::Receipts => "采集单位回执",
        SumOf::Paper => "纸质照片（应到或已到的学生）",
        SumOf::Enrolment => "学信网在校名单（名单学生）",
        SumOf::Register => "学历照片状态（名单学生）",
        SumOf::Confirmation => "图像校对（名单学生）",
    }
}

/// Paper photos that are to come where none was ticked off.
pub(crate) const PAPER_UNBEGUN: &str = "未到（一份都没有登记，不列为差异）";

/// A part of a sum.
pub(crate) fn part(part: Part) -> &'static str {
    match part {
        Part::At(at) => stage(at),
        Part::Clear => "没有差异",
        Part::Differing => "有差异",
        Part::Current => "现用照片",
        Part::Earlier => "已被学生后来的提交替代",
        Part::Piled => "待认领",
        Part::InQuestion => "归属待确认",
        Part::PutAside => "标为不处理",
        Part::Unlisted => "学生已不在名单",
        Part::Good => "现用且已通过",
        Part::Outdated => "旧照片，学生已重交并通过",
        Part::Moved => "交付后归属、学号或文件名变了",
        Part::Revoked => "现在不作数",
        Part::Repeated => "已被后来的交付替代",
        Part::FileUnlisted => "学生已不在名单",
        Part::Accepted => "接收",
        Part::Returned => "退回，未处理",
        Part::Unsettled => "看不出接收还是退回，未认定",
        Part::Past => "已处理、照片已更换，或后来另有回执",
        Part::Undelivered => "没有交付记录",
        Part::Stray => "对不上名单里的学生",
        Part::Arrived => "已到",
        Part::Absent => "未到",
        Part::Besides => "不应到而已到",
        Part::Said(state) => state.title(),
        Part::Unsaid => "表里没有",
    }
}

/// Rows of a list, or paper photos, as the log tells them.
pub(crate) fn reconciled(value: &Value) -> Option<String> {
    let number = |key: &str| value.get(key).and_then(Value::as_u64);
    if let Some(rows) = number("receipts") {
        let file = value.get("source").and_then(Value::as_str);
        let file = file.map_or_else(String::new, |file| format!("{file}："));
        let state = value.get("state").and_then(Value::as_str);
        let meaning = state.and_then(ReceiptState::parse);
        let meaning = meaning.map_or_else(String::new, |of| format!("，认定为{}", of.title()));
        return Some(format!("{file}{rows} 条{meaning}"));
    }
    if let Some(students) = number("paper") {
        return Some(format!("{students} 人"));
    }
    let arrived = value.get("arrived")?.as_bool()?;
    let what = if arrived { "已到" } else { "取消" };
    Some(format!("{what} {} 人", number("students")?))
}
