//! The account that lies beside the photos: a workbook for people, `manifest.json` for programs, and checksums of all.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};
use zhaoshen_model::{PhotoHash, RosterField, StudentDraft};

use super::plan::path_of;
use super::{DeliveryMode, DeliveryNotes, DeliveryPlan, Undelivered, WrittenFile};
use crate::error::Error;
use crate::workbook::{Book, Column};

/// The manifest for programs.
pub const MANIFEST_FILE: &str = "manifest.json";

/// SHA-256 of every other file, the manifest's among them, as the programs of many systems check them
/// (`sha256sum --check`).
pub const CHECKSUM_FILE: &str = "校验.sha256";

/// The workbook for people.
pub(super) const WORKBOOK_FILE: &str = "交付清单.xlsx";

/// What goes along of a student, by column.
pub(super) fn chosen(plan: &DeliveryPlan, student: &StudentDraft) -> BTreeMap<RosterField, String> {
    let columns = plan.columns.iter();
    columns
        .map(|field| (*field, student.get(*field).to_owned()))
        .collect()
}

/// How wide a column of the roster is, characters.
const fn width(field: RosterField) -> f64 {
    match field {
        RosterField::Name | RosterField::BirthDate => 14.0,
        RosterField::IdNumber | RosterField::ExamNo => 22.0,
        RosterField::College | RosterField::Major => 26.0,
        RosterField::Sex | RosterField::Grade | RosterField::Level => 8.0,
        _ => 16.0,
    }
}

fn column(field: RosterField) -> Column<'static> {
    Column::new(field.title(), width(field))
}

/// The account of a delivery: names and bytes of its files. The manifest for programs comes last: where it is, all
/// is, and the delivery is in the books.
pub(super) fn account(
    plan: &DeliveryPlan,
    notes: &DeliveryNotes,
    files: &[WrittenFile],
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    // A name of staff is a name too, and can be a student's.
    let unnamed = (plan.mode == DeliveryMode::CodeOnly).then(|| DeliveryNotes {
        reviewer: String::new(),
        ..notes.clone()
    });
    let notes = unnamed.as_ref().unwrap_or(notes);
    let workbook = workbook(plan, notes, files)?;
    let manifest = json(plan, notes, files);
    let checksums = checksums(
        files,
        [(WORKBOOK_FILE, &workbook), (MANIFEST_FILE, &manifest)],
    );
    Ok(vec![
        (WORKBOOK_FILE.to_owned(), workbook),
        (CHECKSUM_FILE.to_owned(), checksums),
        (MANIFEST_FILE.to_owned(), manifest),
    ])
}

/// A line for every photo and picture, and for the rest of the account.
fn checksums(files: &[WrittenFile], account: [(&str, &[u8]); 2]) -> Vec<u8> {
    let photos = files.iter().flat_map(|file| {
        let code = file.code.as_ref();
        let code = code.map(|code| (code.sha256, path_of(&file.part, &code.file_name)));
        [Some((file.sha256, file.path())), code]
    });
    let account = account.map(|(name, bytes)| {
        let sha256 = PhotoHash(Sha256::digest(bytes).into());
        Some((sha256, name.to_owned()))
    });
    let lines = photos.chain(account).flatten();
    let lines = lines.map(|(sha256, path)| format!("{sha256}  {path}\n"));
    lines.collect::<String>().into_bytes()
}

/// The workbook's bytes.
fn workbook(
    plan: &DeliveryPlan,
    notes: &DeliveryNotes,
    files: &[WrittenFile],
) -> Result<Vec<u8>, Error> {
    let mut book = Book::new();
    let mut columns = vec![Column::number("序号", 6.0), Column::new("学号", 18.0)];
    columns.extend(plan.columns.iter().copied().map(column));
    columns.extend([
        Column::new("文件名", 26.0),
        Column::number("字节数", 10.0),
        Column::number("宽（像素）", 10.0),
        Column::number("高（像素）", 10.0),
        Column::number("JPEG质量", 10.0),
        Column::new("SHA-256", 68.0),
    ]);
    let with_codes = !plan.codes.is_empty();
    if with_codes {
        columns.extend([
            Column::new("采集码文件名", 30.0),
            Column::new("采集码SHA-256", 68.0),
        ]);
    }
    let rows = files.iter().map(|file| {
        let mut row = vec![file.serial.to_string(), file.student_no.clone()];
        row.extend(file.roster.values().cloned());
        let quality = file.verified.quality;
        row.extend([
            file.path(),
            file.bytes.to_string(),
            file.verified.width_px.to_string(),
            file.verified.height_px.to_string(),
            quality.map_or_else(String::new, |quality| quality.to_string()),
            file.sha256.to_string(),
        ]);
        if with_codes {
            let code = file.code.as_ref();
            row.extend([
                code.map_or_else(String::new, |code| path_of(&file.part, &code.file_name)),
                code.map_or_else(String::new, |code| code.sha256.to_string()),
            ]);
        }
        row
    });
    book.sheet("交付清单", &columns, rows)?;
    left_out(&mut book, plan, "未交付", "未交付原因", &plan.undelivered)?;
    if !plan.before.is_empty() {
        left_out(&mut book, plan, BEFORE, "哪一次交付", &plan.before)?;
    }
    let lines = explanation(plan, notes, files.len());
    book.sheet(
        "说明",
        &[Column::new("项目", 18.0), Column::new("内容", 90.0)],
        lines
            .into_iter()
            .map(|(title, text)| vec![title.to_owned(), text]),
    )?;
    book.into_bytes()
}

/// Sheet of those whose photo an earlier delivery held.
const BEFORE: &str = "以前已交付";

/// Who is left out, with why: the same columns, and 学院 in any case, since whoever asks has to be told where.
fn left_out(
    book: &mut Book,
    plan: &DeliveryPlan,
    sheet: &str,
    why: &'static str,
    entries: &[Undelivered],
) -> Result<(), Error> {
    let mut columns = vec![Column::number("序号", 6.0), Column::new("学号", 18.0)];
    let mut fields = plan.columns.clone();
    if !fields.contains(&RosterField::College) {
        fields.push(RosterField::College);
    }
    columns.extend(fields.iter().copied().map(column));
    columns.push(Column::new(why, 60.0));
    let rows = entries.iter().enumerate().map(|(at, entry)| {
        let student_no = plan.shown_no(&entry.student).to_owned();
        let mut row = vec![(at + 1).to_string(), student_no];
        let values = fields.iter().map(|field| entry.student.get(*field));
        row.extend(values.map(str::to_owned));
        row.push(entry.reason.clone());
        row
    });
    book.sheet(sheet, &columns, rows)
}

fn explanation(
    plan: &DeliveryPlan,
    notes: &DeliveryNotes,
    delivered: usize,
) -> Vec<(&'static str, String)> {
    let privacy = match plan.mode {
        DeliveryMode::CodeOnly => "不含姓名和证件号码".to_owned(),
        DeliveryMode::Roster if plan.columns.is_empty() => {
            "清单只有学号，不含名单的其他列".to_owned()
        }
        DeliveryMode::Roster => {
            let titles: Vec<&str> = plan.columns.iter().map(|field| field.title()).collect();
            format!("清单含名单中的{}；请勿提供给采集单位", titles.join("、"))
        }
    };
    let codes = match plan.codes.len() {
        0 => None,
        codes => Some(("采集码图片", format!("{codes}张，与照片同名，画面照原样"))),
    };
    let lines = vec![
        ("批次", notes.round.clone()),
        ("第几次交付", format!("第{}次", notes.number)),
        ("检测标准", notes.profile.clone()),
        ("交付方式", format!("{}：{privacy}", plan.mode.title())),
        ("命名模板", plan.template.clone()),
        ("已交付", format!("{delivered}张")),
        (
            "未交付",
            format!("{}人，见“未交付”表", plan.undelivered.len()),
        ),
        (
            BEFORE,
            match plan.before.len() {
                0 => String::new(),
                before => format!("{before}人，见“{BEFORE}”表"),
            },
        ),
        ("导出人", notes.reviewer.clone()),
        ("导出时间", notes.made_at.clone()),
        (
            "核对方法",
            "每个文件写入后已读回核对；SHA-256可用于核对文件未被改动，“校验.sha256”里还有本清单和manifest.json的".into(),
        ),
        ("用途", purpose(plan.mode, &notes.purpose)),
    ];
    let told = lines.into_iter().filter(|(_, text)| !text.is_empty());
    told.chain(codes).collect()
}

fn purpose(mode: DeliveryMode, told: &str) -> String {
    match (told, mode) {
        ("", DeliveryMode::CodeOnly) => "供校内留存或交采集单位；不是学信网上传包".to_owned(),
        ("", DeliveryMode::Roster) => "供校内留存；不得交采集单位，不是学信网上传包".to_owned(),
        (told, _) => told.to_owned(),
    }
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    mode: DeliveryMode,
    template: &'a str,
    columns: &'a [RosterField],
    #[serde(flatten)]
    notes: &'a DeliveryNotes,
    files: &'a [WrittenFile],
    undelivered: Vec<UndeliveredEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    delivered_before: Vec<UndeliveredEntry<'a>>,
}

#[derive(Serialize)]
struct UndeliveredEntry<'a> {
    student_no: &'a str,
    reason: &'a str,
}

fn entries<'a>(plan: &'a DeliveryPlan, left_out: &'a [Undelivered]) -> Vec<UndeliveredEntry<'a>> {
    let entry = |entry: &'a Undelivered| UndeliveredEntry {
        student_no: plan.shown_no(&entry.student),
        reason: &entry.reason,
    };
    left_out.iter().map(entry).collect()
}

/// `manifest.json`'s bytes.
fn json(plan: &DeliveryPlan, notes: &DeliveryNotes, files: &[WrittenFile]) -> Vec<u8> {
    let manifest = Manifest {
        format: 1,
        mode: plan.mode,
        template: &plan.template,
        columns: &plan.columns,
        notes,
        files,
        undelivered: entries(plan, &plan.undelivered),
        delivered_before: entries(plan, &plan.before),
    };
    // Plain structs with text keys always serialise.
    serde_json::to_vec_pretty(&manifest).unwrap_or_default()
}
