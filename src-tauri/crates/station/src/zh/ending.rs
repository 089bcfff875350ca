//! What the end of a round says: closing, archive, retention, deletion and its certificate.

use serde_json::Value;
use zhaoshen_exchange::round_archive::ArchiveProblem;
use zhaoshen_store::{Act, Erased, FileKind, Outside, WrittenOutside};

/// Stage of the archive.
pub(crate) const STAGE_ARCHIVE: &str = "正在写入归档包";
/// Stage of reading it back.
pub(crate) const STAGE_READ_BACK: &str = "正在读回核对归档包";
/// Stage of the deletion.
pub(crate) const STAGE_ERASING: &str = "正在删除照片和个人信息";
/// ID numbers without encryption.
pub(crate) const ARCHIVE_ID_OPEN: &str =
    "归档包要含证件号码，必须同时加密；请选“加密”，或不含证件号码";
/// Second reviews wait: the archive would tell the first verdicts.
pub(crate) fn round_reviewing(waiting: usize) -> String {
    format!(
        "还有 {waiting} 张照片在等复审，现在结束会让第一次的结论公开。请先完成复审，或在「复审」里撤回，再结束本批"
    )
}

/// The round is not closed.
pub(crate) const ARCHIVE_OPEN_ROUND: &str = "请先结束本批，再归档";
/// Why an archive, of which so many finished photos are lacking, does not stand for what is deleted; empty where it does.
/// `whose` tells of the first of them, where that is known.
pub(crate) fn archive_lacks(lacking: Option<u64>, whose: &str) -> String {
    match lacking {
        Some(0) => String::new(),
        Some(lacking) => {
            let whose = match whose {
                "" => String::new(),
                whose => format!("：{whose}"),
            };
            format!("归档包里缺 {lacking} 张照片的成品（已通过的或交付过的）{whose}")
        }
        None => "归档包由较早的版本写成，没有点过成品照片是否齐全".to_owned(),
    }
}
/// The first of several photos, named, and how many more there are.
pub(crate) fn first_of(named: &str, more: usize) -> String {
    match more {
        0 => named.to_owned(),
        more => format!("{named}，还有 {more} 张"),
    }
}
/// A photo that is nobody's.
pub(crate) fn photo_number(id: i64) -> String {
    format!("照片 {id}（没有归给学生）")
}
/// The picture of a student's 采集码.
pub(crate) fn code_picture_of(whose: &str) -> String {
    format!("{whose} 的采集码图片")
}
/// Originals are not in the workspace that the archive is to be made of; `whose` the first.
pub(crate) fn originals_gone(photos: usize, whose: &str) -> String {
    format!(
        "{photos} 张照片的原片不在照片库里：{whose}。请从备份恢复（或重新导入这些原片）后再归档；没有写出归档包"
    )
}
/// What stopped the archive, and at whose photo.
pub(crate) fn archive_at(whose: &str, why: &str) -> String {
    format!("{whose}：{why}")
}
/// The name typed is another.
pub(crate) const ERASE_NAME: &str = "输入的批次名称与本批不一致，没有删除任何内容";
/// The day is none.
pub(crate) const RETENTION_DAY: &str = "保存期限应写成 2027-06-30 的样子";
/// The data is still there.
pub(crate) const NOT_ERASED: &str = "本批的数据还在，没有销毁证明";
/// The reason for leaving differences open says nothing.
pub(crate) const LEFT_OPEN_SHORT: &str =
    "不再处理差异的理由至少写 4 个字，它会记入日志并印在结项表上";
/// The reason for leaving differences open is too long.
pub(crate) const LEFT_OPEN_LONG: &str = "不再处理差异的理由请写在 100 个字以内";
/// It is closed already.
pub(crate) fn already_closed(signed: &str) -> String {
    format!("本批已经结束（{signed}），当时的理由不变；要改，请先重新打开")
}
/// Nothing but names and numbers of students was given as the reason for a deletion.
pub(crate) const WAIVED_NAMES: &str =
    "删除的理由不能只有学生的姓名或号码（它们会被遮盖），请写明缘由";
/// The reason for deleting without an archive or before its day is too long.
pub(crate) const WAIVED_LONG: &str = "删除的理由请写在 100 个字以内";
/// A photo of an erased round, in the log.
pub(crate) fn gone_photo(id: i64) -> String {
    format!("照片 {id}（已删除）")
}

/// Who and when in one.
pub(crate) fn signed(at: &str, reviewer: &str) -> String {
    format!("{at} {reviewer}")
}

/// Name of the archive.
pub(crate) fn archive_file(round: &str, day: &str, n: u32) -> String {
    match n {
        1 => format!("归档-{round}-{day}.zip"),
        _ => format!("归档-{round}-{day}-{n}.zip"),
    }
}

/// Sheets of the archive's workbook.
pub(crate) const ARCHIVE_SHEETS: [&str; 2] = ["名单", "提交与审核"];
/// Its columns of submissions.
pub(crate) const ARCHIVE_COLUMNS: [&str; 9] = [
    "提交编号",
    "学号",
    "姓名",
    "第几次",
    "收到时间",
    "文件名",
    "审核结论",
    "原因",
    "审核人",
];
/// Why a student is exempt.
pub(crate) const ARCHIVE_EXEMPT: &str = "免采";
/// Whether a student is on the roster.
pub(crate) const ARCHIVE_LISTED: &str = "在名单上";
/// Yes and no.
pub(crate) const fn yes(is: bool) -> &'static str {
    if is { "是" } else { "否" }
}

/// What the archive begins with.
pub(crate) fn archive_readme(facts: &ReadmeFacts<'_>) -> String {
    let ReadmeFacts {
        round,
        made,
        version,
        encrypted,
        id_numbers,
        renditions,
        lacking,
        originals,
    } = facts;
    let closed = match encrypted {
        true => {
            "本包除本说明外均以 AES-256（WinZip 的 AES 格式）加密，须用归档时告知的口令打开；口令没有存在任何地方。\n可用 7-Zip、WinRAR、Bandizip、Keka 等打开；Windows 资源管理器不能解密。\n"
        }
        false => "本包没有加密，任何解压程序都能打开。\n",
    };
    let finished = match renditions {
        0 => String::new(),
        files => format!(
            "  renditions/    成品照片 {files} 个：已通过的，和交付过的（按交付时的字节），不论现在是否还会交付；以提交编号命名，\n\
             \x20                同一张照片另有不同的成品时，编号后面是第几次交付；对应关系见 submissions.json 和 deliveries.json\n"
        ),
    };
    let kept = match originals {
        true => {
            "  originals/     原始照片，按收到时的字节保存，以提交编号命名；codes/ 为采集码图片，以学生编号命名\n"
        }
        false => "",
    };
    let lacks = match lacking {
        0 => String::new(),
        lacking => format!(
            "已通过或交付过的照片中，有 {lacking} 张的成品不在本包里，提交编号见 archive.json 的 finished.lacking。\n"
        ),
    };
    let numbers = match id_numbers {
        true => "含证件号码，属个人敏感信息。",
        false => "不含证件号码；文件名和备注里的身份证号已遮盖。",
    };
    format!(
        "照审台批次归档包（格式 1）\n\n批次：{round}\n归档：{made}\n程序：照审台 {version}\n\n{closed}\n\
         本包内容（文字一律为 UTF-8）：\n\
         \x20 README.txt     本说明\n\
         \x20 archive.json   批次、起止、结束、归档的事实，以及本包含有什么\n\
         \x20 archive.xlsx   名单、提交与审核，供人查看\n\
         \x20 roster.csv     名单，表头为中文列名\n\
         \x20 roster.json    同一份名单\n\
         \x20 submissions.json  每次提交：学生、第几次、收到时间、文件名、照片的 SHA-256\n\
         \x20 decisions.json    每次审核结论，包括后来撤销的\n\
         \x20 findings.json     自动检测对每张照片的结果，以及依据的标准\n\
         \x20 standard.json     检测标准全文\n\
         \x20 deliveries.json   每次交付及其中每个文件的 SHA-256\n\
         \x20 codes.json        学生的采集码图片：文件名、SHA-256、能否识读（不含码的内容）\n\
         \x20 receipts.json     采集单位和学信网的回执，以及采集单位返回的照片与交付的照片比对的结果\n\
         \x20 notices.json      退回通知：通知了谁、什么时候、截止到哪天、什么原因\n\
         \x20 paper.json        纸质照片已到的学生\n\
         \x20 fees.json         缴费：应缴金额、每笔缴费、每名学生的缴费情况（金额以分为单位）\n\
         \x20 log.json          本批的操作日志\n\
         \x20 closing.xlsx      核对结项表\n\
         \x20 closing.pdf       核对结项表（可打印；本机没有中文字体时没有这一份）\n\
         {finished}{kept}\
         \x20 SHA256SUMS.txt 以上每个文件的 SHA-256；最后一行是它自身以上各行的 SHA-256\n\n\
         {lacks}{numbers}\n\
         核对：sha256sum -c SHA256SUMS.txt，或 zhaoshen archive verify 本文件。\n\
         整个压缩包的 SHA-256 在同名的 .sha256 文件里，也记在照审台的日志里。\n"
    )
}

/// What the readme tells.
pub(crate) struct ReadmeFacts<'a> {
    pub(crate) round: &'a str,
    pub(crate) made: &'a str,
    pub(crate) version: &'a str,
    pub(crate) encrypted: bool,
    pub(crate) id_numbers: bool,
    pub(crate) renditions: usize,
    pub(crate) lacking: usize,
    pub(crate) originals: bool,
}

/// Something wrong with an archive.
pub(crate) fn archive_problem(problem: &ArchiveProblem) -> String {
    match problem {
        ArchiveProblem::OtherFile => {
            "文件与同名 .sha256 里记的不一致：归档后被改动过，或不是同一份".to_owned()
        }
        ArchiveProblem::NoSums => {
            "里面没有可读的 SHA256SUMS.txt：不是照审台的归档包，或末尾已损坏".to_owned()
        }
        ArchiveProblem::SumsChanged => "SHA256SUMS.txt 与写入时不一致".to_owned(),
        ArchiveProblem::Changed(name) => format!("{name} 与写入时不一致，或读不出来"),
        ArchiveProblem::Missing(name) => format!("缺少 {name}"),
        ArchiveProblem::Unlisted(name) => format!("多出 {name}"),
        ArchiveProblem::HeaderChanged(name) => {
            format!("zip 里关于 {name} 的记载（名称、大小、校验值等）前后不一致，与写入时不同")
        }
        ArchiveProblem::DirectoryChanged => "zip 的目录与写入时不一致，或夹带了别的内容".to_owned(),
    }
}

/// The log has another hash of the archive.
pub(crate) fn archive_not_logged(round: &str, file: &str, sha256: &str) -> String {
    let file = match file {
        "" => String::new(),
        file => format!("（{file}）"),
    };
    format!(
        "不是日志记载的那一份：“{round}”的归档包{file}写入时的 SHA-256 是 {sha256}；这一份归档后被改动过，或被换过，不能采信"
    )
}

/// The archive is what was written, and its round was opened again since; `now` the name and the hash of what counts in its place.
pub(crate) fn archive_voided(at: &str, reviewer: &str, now: Option<(&str, &str)>) -> String {
    let now = match now {
        Some((file, sha256)) => format!("现在算数的归档是 {file}（SHA-256 {sha256}）"),
        None => "现在没有算数的归档".to_owned(),
    };
    format!("这份归档包已经作废：写成之后，{at} {reviewer} 重新打开了本批；{now}")
}

/// The backup made after a deletion.
pub(crate) const BACKED_UP_AFTER: &str = "删除后新做的备份";

/// It could not be made.
pub(crate) fn not_backed_up(message: &str) -> String {
    format!("没有做成，现在工作区没有备份，请另做一份：{message}")
}

/// What was deleted, by kind.
pub(crate) fn erased_lines(erased: &Erased) -> Vec<(&'static str, String)> {
    let megabytes = format!("{:.1} MB", erased.photo_bytes as f64 / 1_048_576.0);
    let mut lines = vec![
        ("学生记录", erased.students.to_string()),
        ("提交记录", erased.submissions.to_string()),
        ("原始照片", erased.photos.to_string()),
        ("原始照片、采集码图片和对照照片的大小", megabytes),
        ("预览图、缩略图和成品照片", erased.derived.to_string()),
        ("照片的测量数据", erased.measurements.to_string()),
        ("审核结论和误报标记", erased.decisions.to_string()),
        (
            "缴费、回执、通知、采集码、对照照片、纸质照片和免采标记的记录",
            erased.records.to_string(),
        ),
        ("交付记录中的文件", erased.delivered_files.to_string()),
        ("撤销记录", erased.undo_records.to_string()),
        ("日志中的备注、文件名等文字", erased.log_texts.to_string()),
        ("工作区内的备份", erased.backups.to_string()),
    ];
    // Behind the originals, among which deletions of earlier versions counted them.
    let filed = [
        ("采集码图片", erased.codes),
        ("对照照片", erased.references),
    ];
    let filed = filed.into_iter();
    let filed = filed.filter_map(|(what, number)| Some((what, number?.to_string())));
    lines.splice(3..3, filed);
    lines
}

/// What was not deleted, by kind; nothing where all of it was.
pub(crate) fn kept_lines(erased: &Erased) -> Vec<(&'static str, String)> {
    let kept = [
        (
            "其他批次也在用的照片、采集码图片和对照照片",
            erased.shared_photos,
        ),
        ("工作区内不属于任何批次的照片文件", erased.unnamed),
    ];
    let kept = kept.into_iter().filter(|(_, number)| *number > 0);
    kept.map(|(what, number)| (what, number.to_string()))
        .collect()
}

/// It was not saved since the station opened.
pub(crate) const CERTIFICATE_UNSAVED: &str = "这次打开程序后还没有保存过销毁证明";
/// Title of the certificate.
pub(crate) const CERTIFICATE_TITLE: &str = "学历照片采集批次数据销毁证明";
/// Its heading of what was deleted.
pub(crate) const CERTIFICATE_WHAT: &str = "一、销毁的内容";
/// Columns of what was deleted.
pub(crate) const CERTIFICATE_COLUMNS: [&str; 2] = ["内容", "数量"];
/// Its heading of what stays.
pub(crate) const CERTIFICATE_KEPT: &str = "二、保留的内容";
/// The same in the workbook, which numbers none.
pub(crate) const CERTIFICATE_KEPT_ROW: &str = "以下为保留的内容，没有销毁";
/// Its heading of how, and of what lies outside, each behind what stands before it.
pub(crate) fn certificate_heading(before: usize, what: &str) -> String {
    let numbers = ["一", "二", "三", "四"];
    let number = numbers.get(before).copied().unwrap_or_default();
    format!("{number}、{what}")
}
/// How it was deleted.
pub(crate) const CERTIFICATE_HOW: &str = "方式和范围";
/// What was written outside the workspace.
pub(crate) const CERTIFICATE_OUTSIDE: &str = "工作区以外、须另行清理的文件（日志所知）";
/// What was written outside, by kind.
pub(crate) fn outside_what(one: &WrittenOutside) -> String {
    let what = match one.what {
        Outside::Act(Act::Delivered) => super::nth_delivery(one.number),
        Outside::Act(Act::DeliveryRepeated) => super::nth_repeat(one.number),
        Outside::Act(Act::Printed) if one.name.is_empty() => "打印件".to_owned(),
        Outside::Act(Act::Printed) => format!("打印件（{}）", one.name),
        Outside::Act(Act::RoundArchived) => "归档包（连同旁边的 .sha256 校验文件）".to_owned(),
        Outside::Act(Act::CopiedOut) => "另存的备份".to_owned(),
        Outside::Act(Act::Restored) => "用备份另建的工作区".to_owned(),
        Outside::Act(_) => "写出的文件".to_owned(),
        Outside::File(kind) => file_kind(kind).to_owned(),
    };
    match one.broken_off {
        true => format!("{what}（中断，没有写完）"),
        false => what,
    }
}
/// A file alone, by what it holds.
const fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Closing => "核对结项表",
        FileKind::SmsList => "短信名单",
        FileKind::Table => "存为 Excel 的表",
        FileKind::RefusedRows => "名单未导入的行（有证件号码）",
        FileKind::Log => "导出的日志",
    }
}
/// That a file was written, as the log tells it: by this version or an earlier one.
pub(crate) fn file_written(value: &Value) -> Option<String> {
    let what = file_kind(FileKind::of_state(value)?);
    let students = value.get("students").or_else(|| value.get("sms"));
    let counted = students.and_then(Value::as_u64).map(|students| {
        let numbers = value.get("numbers").and_then(Value::as_bool);
        super::sms_counted(students, numbers.unwrap_or_default())
    });
    let path = value.get("file").or_else(|| value.get("target"));
    let path = path.and_then(Value::as_str).unwrap_or_default();
    let place = (!path.is_empty()).then(|| format!("，写到 {path}"));
    Some(
        [what.to_owned()]
            .into_iter()
            .chain(counted)
            .chain(place)
            .collect(),
    )
}
/// One of them in a line of the certificate.
pub(crate) fn outside_line(what: &str, at: &str, path: &str) -> String {
    match path {
        "" => format!("{what}（{at}）：写到哪里没有记录"),
        path => format!("{what}（{at}）：{path}"),
    }
}
/// How it was deleted, and what is out of reach.
pub(crate) fn certificate_lines(erased: &Erased) -> Vec<String> {
    let gone = erased.photos + erased.codes.unwrap_or(0) + erased.references.unwrap_or(0);
    let files = match (gone, erased.shared_photos) {
        (0, 0) => "本批没有照片文件",
        (0, _) => "本批的照片文件其他批次都在用，一个也没有删除",
        (_, 0) => "照片文件已从工作区删除",
        _ => "只有本批在用的照片文件已从工作区删除，其他批次也在用的没有删除",
    };
    let first = format!("{files}；数据库记录已删除，其页面已清零并重新整理，预写日志已清空。");
    let others = CERTIFICATE_LINES.map(str::to_owned);
    std::iter::once(first).chain(others).collect()
}
/// What is said under any certificate.
const CERTIFICATE_LINES: [&str; 4] = [
    "日志的每一行仍在（何时、何人、何种操作、数量），其中可能指向个人的文字已删除。",
    "不在本证明范围内：工作区以外的归档包、交付件、打印件、备份和原始收集文件。",
    "磁盘上已释放的区块由操作系统和磁盘管理，程序不能保证其物理擦除；",
    "如单位有此要求，请在报废或移交磁盘前另行安全擦除。",
];
/// Where to sign.
pub(crate) const CERTIFICATE_SIGN: [&str; 2] = [
    "经办人（签字）：__________________　　监督人（签字）：__________________",
    "单位（盖章）：____________________　　日期：________年____月____日",
];
/// Facts of the certificate.
pub(crate) fn certificate_facts(at: &str, reviewer: &str) -> [String; 2] {
    [format!("销毁时间：{at}"), format!("操作人：{reviewer}")]
}
/// The archive that stays.
pub(crate) fn certificate_archive(file: &str, sha256: &str) -> String {
    format!("销毁前已归档：{file}，SHA-256 {sha256}")
}
/// It lacks finished photos.
pub(crate) fn certificate_lacks(lacking: u64) -> String {
    format!("归档包里缺 {lacking} 张照片的成品（已通过的或交付过的）")
}
/// There is none.
pub(crate) const CERTIFICATE_NO_ARCHIVE: &str = "销毁前没有归档";
/// It was deleted before its day had passed.
pub(crate) fn certificate_early(day: &str) -> String {
    format!("原定保存至 {day}，提前销毁")
}
/// The day that its data was to be kept until was said only when it had passed.
pub(crate) fn certificate_backdated(day: &str) -> String {
    format!("保存期限 {day} 是在那一天过去之后才设定的")
}
/// Why deleting takes a reason: the last day that data is kept.
pub(crate) const KEPT_STILL: &str = "保存期限还没有过";
/// As [`KEPT_STILL`]: none was said.
pub(crate) const KEPT_NONE: &str = "没有设定保存期限";
/// As [`KEPT_STILL`]: it was said too late.
pub(crate) const KEPT_BACKDATED: &str = "保存期限是在那一天过去之后才设定的";
/// As [`KEPT_STILL`]: it was moved earlier.
pub(crate) fn kept_longer(day: &str) -> String {
    format!("保存期限改早过，原定保存至 {day}")
}
/// Why it was deleted all the same.
pub(crate) fn certificate_waived(why: &str) -> String {
    format!("理由：{why}")
}
/// The certificate's file.
pub(crate) fn certificate_file(round: &str, day: &str, n: u32, ending: &str) -> String {
    match n {
        1 => format!("销毁证明-{round}-{day}.{ending}"),
        _ => format!("销毁证明-{round}-{day}-{n}.{ending}"),
    }
}

fn left_open(said: &str, differences: u64, why: &str) -> String {
    match why {
        "" => format!("{said}，留有差异 {differences} 项"),
        why => format!("{said}，留有差异 {differences} 项：{why}"),
    }
}

/// How far a round has ended, as the log tells it.
pub(crate) fn ending_state(value: &Value) -> Option<String> {
    if let Some(closed) = value.get("closed").and_then(Value::as_bool) {
        let said = if closed { "已结束" } else { "未结束" };
        let open = value.get("differences").and_then(Value::as_u64);
        let why = value.get("text").and_then(Value::as_str);
        return Some(match open {
            None => said.to_owned(),
            Some(open) => left_open(said, open, why.unwrap_or_default()),
        });
    }
    if let Some(day) = value.get("keep_until") {
        let day = day.as_str().map(|day| format!("保存至 {day}"));
        return Some(day.unwrap_or_else(|| "不设期限".to_owned()));
    }
    if let Some(entries) = value.get("entries").and_then(Value::as_u64) {
        let file = value
            .get("file")
            .and_then(Value::as_str)
            .unwrap_or_default();
        return Some(format!("{file} {entries} 个文件").trim().to_owned());
    }
    let erased = value.get("erased")?;
    let number = |key: &str| erased.get(key).and_then(Value::as_u64).unwrap_or_default();
    let deleted = format!(
        "学生 {} 人，照片 {} 张",
        number("students"),
        number("photos")
    );
    let why = value.get("reason").and_then(Value::as_str);
    Some(match why.unwrap_or_default() {
        "" => deleted,
        why => format!("{deleted}；理由：{why}"),
    })
}
