//! What importing a roster would change, column by column.
//!
//! Only columns that the file has are compared: a file without 专业 never empties anyone's 专业. Students are told apart by
//! 学号; one who has another now is known by identity number and name.
//! Nothing is applied here.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;
use zhaoshen_model::{RosterField, Student, StudentDraft, StudentId, identity, name};

use super::RosterRow;

/// Differences between the students known and the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RosterDiff {
    /// Rows of students not known yet.
    pub added: Vec<RosterRow>,
    /// Known students with other values.
    pub updated: Vec<StudentUpdate>,
    /// Known students with the same values.
    pub unchanged: Vec<StudentId>,
    /// Rows left out because their identity number belongs to another student.
    pub conflicts: Vec<IdConflict>,
    /// Known students whom the file does not list.
    pub missing_from_file: Vec<KnownStudent>,
}

/// A known student whose values change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StudentUpdate {
    /// Who.
    pub student: StudentId,
    /// 学号 known, the key of the comparison but for those who have another 学号 now.
    pub student_no: String,
    /// The row it comes from, as Excel counts.
    pub row_number: u32,
    /// What changes, in the order of [`RosterField::ALL`]; never empty.
    pub changes: Vec<FieldChange>,
    /// The student with every change made.
    pub after: StudentDraft,
}

impl StudentUpdate {
    /// The student with every change made but those of the columns `left`; `None` when none remains.
    pub fn leaving(&self, left: &[RosterField]) -> Option<StudentDraft> {
        let mut draft = self.after.clone();
        let mut remains = false;
        for change in &self.changes {
            if left.contains(&change.field) {
                draft.set(change.field, change.before.clone());
            } else {
                remains = true;
            }
        }
        remains.then_some(draft)
    }
}

/// One value that changes. Identity numbers stand here whole: mask them before showing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which column.
    pub field: RosterField,
    /// The value known.
    pub before: String,
    /// The value of the file.
    pub after: String,
}

/// A row whose identity number another student has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdConflict {
    /// The row as Excel counts.
    pub row_number: u32,
    /// 学号 of the row.
    pub student_no: String,
    /// 学号 of the student who has the number.
    pub held_by: String,
}

/// A known student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownStudent {
    /// Who.
    pub student: StudentId,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
}

/// Compares the accepted `rows` of a file, whose columns are `fields`, with the students known.
///
/// Rows must have distinct 学号, as [`super::read_roster`] gives them.
pub fn diff(existing: &[Student], rows: &[RosterRow], fields: &[RosterField]) -> RosterDiff {
    let known: HashMap<&str, &Student> = existing
        .iter()
        .map(|student| (student.draft.student_no.as_str(), student))
        .collect();
    let holders = holders_after(existing, rows, fields);
    let mut found = RosterDiff::default();
    let mut listed: BTreeSet<&str> = rows
        .iter()
        .map(|row| row.draft.student_no.as_str())
        .collect();
    for row in rows {
        let student_no = row.draft.student_no.as_str();
        if let Some(student) = renumbered(&known, &holders, &listed, row) {
            listed.insert(&student.draft.student_no);
            found.updated.extend(update(student, row, fields));
            continue;
        }
        if let Some(held_by) = other_holder(&holders, &row.draft) {
            found.conflicts.push(IdConflict {
                row_number: row.row_number,
                student_no: student_no.to_owned(),
                held_by: held_by.to_owned(),
            });
            continue;
        }
        match known.get(student_no) {
            None => found.added.push(row.clone()),
            Some(student) => match update(student, row, fields) {
                Some(update) => found.updated.push(update),
                None => found.unchanged.push(student.id),
            },
        }
    }
    found.missing_from_file = existing
        .iter()
        .filter(|student| !listed.contains(student.draft.student_no.as_str()))
        .map(|student| KnownStudent {
            student: student.id,
            student_no: student.draft.student_no.clone(),
            name: student.draft.name.clone(),
        })
        .collect();
    found
}

/// The first two 学号 that would have one identity number if only `drafts` of a diff were written: a swap of which a
/// single side is taken makes such a pair, which the diff as a whole does not. The 学号 in `given_up` are nobody's then.
pub fn id_clash(
    existing: &[Student],
    drafts: &[StudentDraft],
    given_up: &HashSet<&str>,
) -> Option<(String, String)> {
    let written: HashMap<&str, &StudentDraft> = drafts
        .iter()
        .map(|draft| (draft.student_no.as_str(), draft))
        .collect();
    let id_of = |draft: &StudentDraft| identity::comparison_key(&draft.id_number).to_owned();
    let staying = existing
        .iter()
        .map(|student| &student.draft)
        .filter(|draft| {
            let number = draft.student_no.as_str();
            !written.contains_key(number) && !given_up.contains(number)
        });
    let mut holders: HashMap<String, &str> = staying
        .map(|draft| (id_of(draft), draft.student_no.as_str()))
        .collect();
    for draft in drafts {
        let id = id_of(draft);
        if id.is_empty() {
            continue;
        }
        if let Some(other) = holders.insert(id, &draft.student_no) {
            return Some((other.to_owned(), draft.student_no.clone()));
        }
    }
    None
}

/// The one student whom an unknown 学号 means: the identity number and the name are the same, and the file lists the 学号
/// known no more.
fn renumbered<'a>(
    known: &HashMap<&str, &'a Student>,
    holders: &HashMap<&str, Vec<&str>>,
    listed: &BTreeSet<&str>,
    row: &RosterRow,
) -> Option<&'a Student> {
    let draft = &row.draft;
    let held = holders.get(identity::comparison_key(&draft.id_number))?;
    let mut others = held.iter().filter(|other| **other != draft.student_no);
    let (other, None) = (others.next()?, others.next()) else {
        return None;
    };
    let student = *known.get(other)?;
    let is_same = !known.contains_key(draft.student_no.as_str())
        && !listed.contains(other)
        && name::fold(&student.draft.name) == name::fold(&draft.name);
    is_same.then_some(student)
}

fn update(student: &Student, row: &RosterRow, fields: &[RosterField]) -> Option<StudentUpdate> {
    let mut after = student.draft.clone();
    let mut changes = Vec::new();
    for field in RosterField::ALL {
        let (before, new) = (student.draft.get(field), row.draft.get(field));
        if fields.contains(&field) && before != new {
            changes.push(FieldChange {
                field,
                before: before.to_owned(),
                after: new.to_owned(),
            });
            after.set(field, new.to_owned());
        }
    }
    (!changes.is_empty()).then(|| StudentUpdate {
        student: student.id,
        student_no: student.draft.student_no.clone(),
        row_number: row.row_number,
        changes,
        after,
    })
}

/// Who holds each identity number once every row is applied; swaps between rows are no conflict.
fn holders_after<'a>(
    existing: &'a [Student],
    rows: &'a [RosterRow],
    fields: &[RosterField],
) -> HashMap<&'a str, Vec<&'a str>> {
    let has_column = fields.contains(&RosterField::IdNumber);
    let mut id_of: HashMap<&str, &str> = existing
        .iter()
        .map(|student| {
            (
                student.draft.student_no.as_str(),
                student.draft.id_number.as_str(),
            )
        })
        .collect();
    if has_column {
        for row in rows {
            id_of.insert(&row.draft.student_no, &row.draft.id_number);
        }
    }
    let mut by_student: Vec<(&str, &str)> = id_of.into_iter().collect();
    by_student.sort_unstable();
    let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
    for (student_no, id_number) in by_student {
        if !id_number.is_empty() {
            holders
                .entry(identity::comparison_key(id_number))
                .or_default()
                .push(student_no);
        }
    }
    holders
}

fn other_holder<'a>(
    holders: &HashMap<&str, Vec<&'a str>>,
    draft: &StudentDraft,
) -> Option<&'a str> {
    holders
        .get(identity::comparison_key(&draft.id_number))?
        .iter()
        .find(|holder| **holder != draft.student_no)
        .copied()
}
