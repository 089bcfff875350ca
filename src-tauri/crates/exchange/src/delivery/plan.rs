//! Decides the name of every file before anything is written, and finds what stands in the way.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use zhaoshen_model::{RosterField, StudentDraft, SubmissionId};

use super::code::PlannedCode;
use super::manifest::{CHECKSUM_FILE, MANIFEST_FILE, WORKBOOK_FILE};
use super::packed::ACCOUNT;
use super::privacy::{HOLDS, LEAKS, holds_id_number, shown_no, tells_id_number};
use super::roll::LEFT_OUT;
use super::template::is_illegal;
use super::{DeliveryItem, DeliveryMode, Split, Template, Undelivered};

/// Longest file name, bytes in UTF-8: the bound of common file systems less room for `.part`.
const LONGEST_NAME_BYTES: usize = 240;

/// A delivery ready to be looked at and written.
#[derive(Debug, Clone)]
pub struct DeliveryPlan {
    /// What may leave the office.
    pub mode: DeliveryMode,
    /// The naming template as written.
    pub template: String,
    /// Columns of the roster that stand in the account beside 学号; none in 采集码模式.
    pub columns: Vec<RosterField>,
    /// Files in the order of 学号.
    pub files: Vec<PlannedFile>,
    /// Students without an approved photo, in the order of 学号.
    pub undelivered: Vec<Undelivered>,
    /// Students whose photo an earlier delivery held, in the order of 学号; see [`DeliveryPlan::with_before`].
    pub before: Vec<Undelivered>,
    /// What must be settled before the writer accepts the plan.
    pub problems: Vec<PlanProblem>,
    /// The pictures of 采集码 that go along; see [`DeliveryPlan::with_codes`].
    pub codes: HashMap<SubmissionId, PlannedCode>,
    /// 学号 that must not stand in the account; see [`DeliveryPlan::searched`].
    pub(super) untold: HashSet<String>,
}

/// One file to be written.
#[derive(Debug, Clone)]
pub struct PlannedFile {
    /// Serial number, from 1.
    pub serial: usize,
    /// The part of the delivery it belongs to; empty when it is not divided.
    pub part: String,
    /// File name.
    pub file_name: String,
    /// The submission and its student.
    pub item: DeliveryItem,
}

impl PlannedFile {
    /// Part and file name, as a path within the delivery.
    pub fn path(&self) -> String {
        path_of(&self.part, &self.file_name)
    }
}

/// Part and file name, as a path within the delivery.
pub(super) fn path_of(part: &str, file_name: &str) -> String {
    match part {
        "" => file_name.to_owned(),
        part => format!("{part}/{file_name}"),
    }
}

/// Why a file cannot be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanProblem {
    /// Whose file.
    pub submission: SubmissionId,
    /// 学号.
    pub student_no: String,
    /// The name it would have, as far as it could be formed.
    pub file_name: String,
    /// What is wrong and what to do, in Chinese.
    pub message_zh: String,
}

/// Names every file by `template`. Problems are listed, never thrown.
pub fn plan(
    mut items: Vec<DeliveryItem>,
    mut undelivered: Vec<Undelivered>,
    template: &Template,
    mode: DeliveryMode,
    split: Split,
) -> DeliveryPlan {
    items.sort_by(|a, b| a.student.student_no.cmp(&b.student.student_no));
    undelivered.sort_by(|a, b| a.student.student_no.cmp(&b.student.student_no));
    let parts = split.parts(items.iter().map(|item| &item.student));
    let mut problems = Vec::new();
    let mut files = Vec::with_capacity(items.len());
    for (at, (item, part)) in items.into_iter().zip(parts).enumerate() {
        let serial = at + 1;
        let file_name = match template.fill(&item.student, serial) {
            Ok(name) => {
                let message = match mode {
                    DeliveryMode::CodeOnly if tells_id_number(&name, &item.student) => Some(LEAKS),
                    DeliveryMode::Roster if holds_id_number(&name, &item.student) => Some(HOLDS),
                    _ => name_problem(&name),
                };
                if let Some(message) = message {
                    problems.push(problem(&item, &name, message.to_owned()));
                }
                name
            }
            Err(empty) => {
                let titles: Vec<&str> = empty.iter().copied().map(RosterField::title).collect();
                let message = format!(
                    "{}为空，无法命名；请补全名单或改用其他模板",
                    titles.join("、")
                );
                problems.push(problem(&item, "", message));
                String::new()
            }
        };
        files.push(PlannedFile {
            serial,
            part,
            file_name,
            item,
        });
    }
    problems.extend(collisions(&files));
    problems.extend(files.iter().filter_map(taken_part));
    DeliveryPlan {
        mode,
        template: template.as_str().to_owned(),
        columns: Vec::new(),
        files,
        undelivered,
        before: Vec::new(),
        problems,
        codes: HashMap::new(),
        untold: HashSet::new(),
    }
}

impl DeliveryPlan {
    /// The 学号 as the account may show it.
    pub(super) fn shown_no<'a>(&self, student: &'a StudentDraft) -> &'a str {
        match self.untold.contains(&student.student_no) {
            true => LEFT_OUT,
            false => shown_no(student, self.mode == DeliveryMode::CodeOnly),
        }
    }

    /// The plan with those whose photo an earlier delivery held: they are neither delivered now nor left out.
    #[must_use]
    pub fn with_before(mut self, mut before: Vec<Undelivered>) -> Self {
        before.sort_by(|a, b| a.student.student_no.cmp(&b.student.student_no));
        self.before = before;
        self
    }

    /// The plan with columns of the roster in its account, in the order of tables and each once. In 采集码模式 there are
    /// none, whatever is asked for.
    #[must_use]
    pub fn with_columns(mut self, columns: &[RosterField]) -> Self {
        let goes_along = |field: &RosterField| {
            self.mode == DeliveryMode::Roster
                && *field != RosterField::StudentNo
                && columns.contains(field)
        };
        self.columns = RosterField::ALL.into_iter().filter(goes_along).collect();
        self
    }
}

pub(super) fn problem(item: &DeliveryItem, file_name: &str, message_zh: String) -> PlanProblem {
    PlanProblem {
        submission: item.submission,
        student_no: item.student.student_no.clone(),
        file_name: file_name.to_owned(),
        message_zh,
    }
}

/// What is wrong with a file name on any of the systems it may be copied to.
pub(super) fn name_problem(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or("").trim();
    if name.contains(is_illegal) {
        Some("文件名含有不允许的字符（\\ / : * ? \" < > |，或看不见的字符），请改正名单或换模板")
    } else if is_reserved(name) {
        Some("文件名是Windows保留名，请换模板")
    } else if name.starts_with([' ', '.']) || stem.is_empty() {
        Some("文件名以空格或点开头，请改正名单或换模板")
    } else if name.len() > LONGEST_NAME_BYTES {
        Some("文件名过长，请换较短的模板")
    } else {
        None
    }
}

/// Whether the name, whatever its ending, means a device on Windows.
pub(super) fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").trim();
    let reserved = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    let lower = stem.to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        lower.strip_prefix(device).is_some_and(|rest| {
            rest.chars().count() == 1 && rest.chars().all(|c| "0123456789¹²³".contains(c))
        })
    });
    reserved.contains(&lower.as_str()) || numbered
}

/// The problem of a file whose part would be called as the account is, which is written last.
fn taken_part(file: &PlannedFile) -> Option<PlanProblem> {
    let part = file.part.to_lowercase();
    let account = [WORKBOOK_FILE, CHECKSUM_FILE, MANIFEST_FILE];
    let taken = account.contains(&part.as_str()) || format!("{part}.zip") == ACCOUNT;
    let message = || {
        format!(
            "分出来的“{}”与交付清单的文件重名，请改正名单上的这个名称，或不按它分开交付",
            file.part
        )
    };
    taken.then(|| problem(&file.item, &file.path(), message()))
}

/// Files of one part whose names are the same to systems that ignore case.
fn collisions(files: &[PlannedFile]) -> Vec<PlanProblem> {
    let key = |file: &PlannedFile| file.path().to_lowercase();
    let mut by_name: HashMap<String, Vec<&PlannedFile>> = HashMap::new();
    for file in files.iter().filter(|file| !file.file_name.is_empty()) {
        by_name.entry(key(file)).or_default().push(file);
    }
    let mut found: Vec<(usize, PlanProblem)> = Vec::new();
    for file in files {
        let Some(same) = by_name.get(&key(file)) else {
            continue;
        };
        if same.len() > 1 {
            let others: Vec<&str> = same
                .iter()
                .filter(|other| other.serial != file.serial)
                .take(3)
                .map(|other| other.item.student.student_no.as_str())
                .collect();
            let message = format!(
                "与学号{}的文件重名，请在模板中加上{{学号}}",
                others.join("、")
            );
            found.push((file.serial, problem(&file.item, &file.file_name, message)));
        }
    }
    found.sort_by_key(|(serial, _)| *serial);
    found.into_iter().map(|(_, problem)| problem).collect()
}
