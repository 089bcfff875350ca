//! Rosters: preview and commit.

mod digest;
mod shown;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use zhaoshen_exchange::roster::{
    FieldChange as Change, RosterDiff, RosterRow, RosterTable, RowProblem, diff, id_clash,
};
use zhaoshen_exchange::workbook::refused_book;
use zhaoshen_model::{
    PhotoHash, RosterField, RoundId, Student, StudentDraft, StudentId, identity, name,
};
use zhaoshen_store::{FileKind, RosterEntry, RosterImport, Store, SubmissionRow};

use self::digest::PreviewDigest;
pub(crate) use self::shown::ShownRoster;
use crate::app::{count, local_date, now};
use crate::checking::judge_round;
use crate::failure::{exchange, refused, store};
use crate::mapping::field_titled;
use crate::rematch::{self, is_another_person};
use crate::table::Written;
use crate::wire::{
    Failure, FieldChange, FileSaved, JobKind, RefusedCell, RefusedSave, RemedyGroup, RosterCommit,
    RosterCommitted, RosterPreview, RosterSource, StudentChange, StudentHit, StudentRow,
    VanishedStudent,
};
use crate::{Seat, zh};

/// New students shown in a preview.
const SAMPLE: usize = 200;
/// Problems listed in a preview: a roster that is wrong throughout is mended at its source, not line by line.
const LISTED: usize = 1000;
/// Addresses shown of problems of one kind.
const ADDRESSES: usize = 12;

impl Seat {
    /// What importing the workbook would do; nothing is written.
    ///
    /// # Errors
    /// When the workbook cannot be used as a whole: missing, password, no header row …
    pub fn roster_preview(&self, args: RosterSource) -> Result<RosterPreview, Failure> {
        let round = self.round(args.round)?.id;
        let roster = self.roster_file(&args.path, &args.pasted)?;
        let (table, remarks) = roster.looked_at()?;
        let existing = self
            .store()
            .students(round)
            .map_err(|error| store(&error))?;
        let table = Arc::new(table);
        let roster_digest = roster.digest();
        let shown = &self.inner.shown_roster;
        shown.keep(roster_digest.clone(), roster.file(), Arc::clone(&table));
        let digest = PreviewDigest::of(roster_digest, &existing)?;
        let diff = diff(&existing, &table.rows, &table.fields());
        let names: HashMap<_, _> = existing
            .iter()
            .map(|student| (student.id, student.draft.name.clone()))
            .collect();
        let mut refused: Vec<RefusedCell> = table.refused.iter().map(refused_cell).collect();
        refused.truncate(LISTED);
        let vanished = vanished(&table, &diff);
        let turned = self.turned(round, &existing, &diff)?;
        let conflicts: Vec<RefusedCell> = diff
            .conflicts
            .iter()
            .map(|conflict| conflict_cell(&table, conflict))
            .collect();
        Ok(RosterPreview {
            path: args.path,
            digest: digest.to_string(),
            header_row: table.header_row,
            rows: count(table.rows.len() + table.refused_row_count()),
            added: count(diff.added.len()),
            added_sample: diff.added.iter().take(SAMPLE).map(sample_row).collect(),
            updated: diff
                .updated
                .iter()
                .map(|update| StudentChange {
                    student_no: update.student_no.clone(),
                    name: names.get(&update.student).cloned().unwrap_or_default(),
                    changes: update.changes.iter().map(change_view).collect(),
                })
                .collect(),
            unchanged: count(diff.unchanged.len()),
            not_in_file: count(vanished.len()),
            vanished,
            refused_rows: count(table.refused_row_count() + diff.conflicts.len()),
            remedies: remedies(&table, &conflicts),
            conflicts,
            refused,
            hints: hints(&table, turned.as_deref()),
            remarks,
            sheet: table.sheet.clone(),
        })
    }

    /// What to say of students whose name and identity number change together, where there are some.
    fn turned(
        &self,
        round: RoundId,
        existing: &[Student],
        diff: &RosterDiff,
    ) -> Result<Option<String>, Failure> {
        let known: HashMap<StudentId, &StudentDraft> = existing
            .iter()
            .map(|student| (student.id, &student.draft))
            .collect();
        let turned: HashSet<StudentId> = diff
            .updated
            .iter()
            .filter(|update| {
                let before = known.get(&update.student);
                let after = update.leaving(&[]);
                before
                    .zip(after)
                    .is_some_and(|(before, after)| is_another_person(before, &after))
            })
            .map(|update| update.student)
            .collect();
        if turned.is_empty() {
            return Ok(None);
        }
        let rows = self.store().submissions(round);
        let mut photos: HashSet<StudentId> = HashSet::new();
        let mut decided: HashSet<StudentId> = HashSet::new();
        for row in rows.map_err(|error| store(&error))? {
            if let Some(student) = row.student.filter(|student| turned.contains(student)) {
                photos.insert(student);
                if row.decision.is_some() {
                    decided.insert(student);
                }
            }
        }
        let text = zh::roster_turned(turned.len(), photos.len(), decided.len());
        Ok(Some(text))
    }

    /// Writes the refused rows of a roster to a new workbook in a folder, to be mended and imported again. It holds
    /// what the roster holds, identity numbers too.
    ///
    /// # Errors
    /// Refused when the file changed since the preview, or inside the workspace; when the folder cannot be written into.
    pub fn roster_refused_save(&self, args: RefusedSave) -> Result<FileSaved, Failure> {
        let roster = self.roster_file(&args.path, &args.pasted)?;
        let digest = previewed(&args.digest)?.roster;
        let table = roster.previewed(&digest, &self.inner.shown_roster)?;
        let bytes = refused_book(&table).map_err(|error| exchange(&error))?;
        let what = Written::of(self.round(args.round)?.id, FileKind::RefusedRows);
        self.save_listed(what, &args.folder, &bytes, |n| {
            zh::table_file(zh::REFUSED_ROWS, &local_date(now()), n)
        })
    }

    /// Imports a workbook that was previewed. New students are always taken; changed ones only when accepted.
    ///
    /// # Errors
    /// Refused when the file or the round's roster changed since the preview; else as the preview.
    pub fn roster_commit(&self, args: RosterCommit) -> Result<RosterCommitted, Failure> {
        let round = self.round(args.round)?.id;
        let roster = self.roster_file(&args.path, &args.pasted)?;
        let seen = previewed(&args.digest)?;
        let table = roster.previewed(&seen.roster, &self.inner.shown_roster)?;
        let existing = self
            .store()
            .students(round)
            .map_err(|error| store(&error))?;
        if !seen.is_of(&existing)? {
            return Err(refused(zh::ROSTER_MOVED));
        }
        let diff = diff(&existing, &table.rows, &table.fields());
        let (drafts, given_up) = chosen(&diff, &args)?;
        let numbers: HashSet<&str> = given_up.values().map(|given_up| given_up.1).collect();
        if let Some((one, other)) = id_clash(&existing, &drafts, &numbers) {
            return Err(refused(zh::roster_id_clash(&one, &other)));
        }
        let entries: Vec<RosterEntry> = drafts
            .into_iter()
            .map(|draft| {
                let renumbered = given_up.get(&draft.student_no).map(|given_up| given_up.0);
                entry(draft, renumbered)
            })
            .collect();
        let gone: Vec<StudentId> = args.take_off.iter().map(|id| StudentId(*id)).collect();
        let vanished: HashSet<i64> = (vanished(&table, &diff).iter())
            .map(|known| known.student)
            .collect();
        if !args.take_off.iter().all(|id| vanished.contains(id)) {
            return Err(refused(zh::ROSTER_NOT_VANISHED));
        }
        // An import that runs knows them as listed, and would give them photos.
        if !gone.is_empty() && self.inner.jobs.is_running(JobKind::Intake) {
            return Err(refused(zh::ROSTER_INTAKE_RUNS));
        }
        let reviewer = self.clerk()?;
        let import = RosterImport {
            round,
            entries: &entries,
            gone: &gone,
            source: &table.file,
        };
        let ask = |students: &[Student], rows: &[SubmissionRow]| {
            rematch::questions(&existing, students, rows)
        };
        let imported = (self.store()).import_roster_asking(import, ask, &reviewer, now());
        let outcome = imported.map_err(|error| store(&error))?;
        self.inner.shown_roster.forget();
        let rematched = self.rematch(round)?;
        if rematched > 0 || outcome.questioned > 0 {
            judge_round(self.store(), round)?;
        }
        Ok(RosterCommitted {
            added: count(outcome.added),
            updated: count(outcome.updated),
            kept: count(diff.updated.len()).saturating_sub(count(outcome.updated)),
            taken_off: count(outcome.taken_off),
            unchanged: count(diff.unchanged.len()),
            refused: count(table.refused_row_count() + diff.conflicts.len()),
            rematched,
            questioned: count(outcome.questioned),
        })
    }
}

/// The preview that a screen hands back.
fn previewed(digest: &str) -> Result<PreviewDigest, Failure> {
    digest.parse().map_err(|_| refused(zh::ROSTER_CHANGED))
}

/// By the new 学号 of whoever is to get another: who, and the one given up.
type GivenUp<'a> = HashMap<String, (StudentId, &'a str)>;

/// What is to be written: every new student and, where updates are accepted, every changed one, without those left out
/// and without the columns left out of them.
fn chosen<'a>(
    diff: &'a RosterDiff,
    args: &RosterCommit,
) -> Result<(Vec<StudentDraft>, GivenUp<'a>), Failure> {
    let without: HashSet<&str> = args.without.iter().map(String::as_str).collect();
    let is_taken = |student_no: &str| !without.contains(student_no);
    let mut left: HashMap<&str, Vec<RosterField>> = HashMap::new();
    for column in &args.without_fields {
        let field = field_titled(&column.field)?;
        left.entry(&column.student_no).or_default().push(field);
    }
    let added = (diff.added.iter()).filter(|row| is_taken(&row.draft.student_no));
    let mut drafts: Vec<StudentDraft> = added.map(|row| row.draft.clone()).collect();
    let mut given_up = GivenUp::new();
    for update in &diff.updated {
        if !args.accept_updates || !is_taken(&update.student_no) {
            continue;
        }
        let fields = left.get(update.student_no.as_str());
        let Some(draft) = update.leaving(fields.map_or(&[], Vec::as_slice)) else {
            continue;
        };
        if draft.student_no != update.student_no {
            let number = draft.student_no.clone();
            given_up.insert(number, (update.student, update.student_no.as_str()));
        }
        drafts.push(draft);
    }
    Ok((drafts, given_up))
}

/// Students whom the file does not list, not even in a row that is refused or on another sheet.
fn vanished(table: &RosterTable, diff: &RosterDiff) -> Vec<VanishedStudent> {
    // Rows that were refused once are not the whole roster.
    if table.is_refused_rows {
        return Vec::new();
    }
    let numbers = table.refused_students.iter().map(|row| &row.student_no);
    let listed: HashSet<&str> = numbers
        .chain(&table.elsewhere)
        .map(String::as_str)
        .collect();
    // Of a row whose 学号 could not be read the name may be all that is known.
    let unnumbered = (table.refused_students.iter()).filter(|row| row.student_no.is_empty());
    let names: HashSet<String> = unnumbered.map(|row| name::fold(&row.name)).collect();
    let gone = diff.missing_from_file.iter().filter(|known| {
        !listed.contains(known.student_no.as_str()) && !names.contains(&name::fold(&known.name))
    });
    gone.map(|known| VanishedStudent {
        student: known.student.0,
        student_no: known.student_no.clone(),
        name: known.name.clone(),
    })
    .collect()
}

/// The round's students by id, for lists that name many.
pub(crate) fn students_by_id(
    store_: &Store,
    round: RoundId,
) -> Result<HashMap<StudentId, Student>, Failure> {
    let students = store_.students(round).map_err(|error| store(&error))?;
    Ok(students
        .into_iter()
        .map(|student| (student.id, student))
        .collect())
}

/// A student as type-ahead shows one.
pub(crate) fn student_hit(student: &Student, photo: Option<PhotoHash>) -> StudentHit {
    StudentHit {
        student: student.id.0,
        student_no: student.draft.student_no.clone(),
        name: student.draft.name.clone(),
        college: student.draft.college.clone(),
        photo: photo.map(|photo| photo.to_string()),
    }
}

/// A draft as tables show one.
pub(crate) fn draft_row(draft: &StudentDraft) -> StudentRow {
    let draft = draft.clone();
    StudentRow {
        student: 0,
        id_number_masked: identity::mask(&draft.id_number),
        student_no: draft.student_no,
        name: draft.name,
        sex: draft.sex,
        college: draft.college,
        major: draft.major,
        grade: draft.grade,
        class: draft.class,
        level: draft.level,
        study_mode: draft.study_mode,
        campus: draft.campus,
        state: "missing".to_owned(),
        told: String::new(),
        exempt: String::new(),
        straggler: false,
        code: String::new(),
        code_same_as: String::new(),
        reference: false,
        awaiting_claim: false,
        submission: None,
    }
}

fn sample_row(row: &RosterRow) -> StudentRow {
    draft_row(&row.draft)
}

/// The problems by kind, the most frequent first. Conflicts with students of the round come last: their remedies differ.
fn remedies(table: &RosterTable, conflicts: &[RefusedCell]) -> Vec<RemedyGroup> {
    let mut groups: Vec<(RowProblem, RemedyGroup)> = Vec::new();
    for problem in &table.refused {
        let known = groups.iter().position(|(code, _)| *code == problem.code);
        let at = known.unwrap_or_else(|| {
            let group = RemedyGroup {
                title: problem.code.title().to_owned(),
                remedy: problem.remedy_zh.clone(),
                cells: 0,
                first: Vec::new(),
            };
            groups.push((problem.code, group));
            groups.len() - 1
        });
        let Some((_, group)) = groups.get_mut(at) else {
            continue;
        };
        group.cells += 1;
        if group.first.len() < ADDRESSES {
            group.first.push(problem.cell.clone());
        }
    }
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.cells));
    let held = (!conflicts.is_empty()).then(|| RemedyGroup {
        title: zh::ID_HELD.to_owned(),
        remedy: zh::ID_HELD_REMEDY.to_owned(),
        cells: count(conflicts.len()),
        first: (conflicts.iter().take(ADDRESSES))
            .map(|cell| cell.cell.clone())
            .collect(),
    });
    groups
        .into_iter()
        .map(|(_, group)| group)
        .chain(held)
        .collect()
}

fn entry(draft: StudentDraft, renumbered: Option<StudentId>) -> RosterEntry {
    RosterEntry {
        name_key: name::fold(&draft.name),
        draft,
        renumbered,
    }
}

fn change_view(change: &Change) -> FieldChange {
    let show = |text: &str| match change.field {
        RosterField::IdNumber => identity::mask(text),
        _ => text.to_owned(),
    };
    let differs = match change.field {
        RosterField::IdNumber => zh::id_number_differs(&change.before, &change.after),
        _ => String::new(),
    };
    FieldChange {
        field: change.field.title().to_owned(),
        before: show(&change.before),
        after: show(&change.after) + &differs,
    }
}

fn refused_cell(row: &zhaoshen_exchange::roster::RefusedRow) -> RefusedCell {
    RefusedCell {
        sheet: row.sheet.clone(),
        row: row.row_number,
        column: row.column.clone(),
        cell: row.cell.clone(),
        student_no: row.student_no.clone(),
        name: row.name.clone(),
        problem: row.problem_zh.clone(),
        remedy: row.remedy_zh.clone(),
    }
}

fn conflict_cell(
    table: &RosterTable,
    conflict: &zhaoshen_exchange::roster::IdConflict,
) -> RefusedCell {
    let id_column = table
        .columns
        .iter()
        .find(|column| column.field == Some(RosterField::IdNumber));
    let column = id_column.map_or_else(String::new, |column| column.column.clone());
    let row = table
        .rows
        .iter()
        .find(|row| row.row_number == conflict.row_number);
    RefusedCell {
        sheet: table.sheet.clone(),
        row: conflict.row_number,
        cell: format!("{column}{}", conflict.row_number),
        column,
        student_no: conflict.student_no.clone(),
        name: row.map_or_else(String::new, |row| row.draft.name.clone()),
        problem: zh::id_held_by(&conflict.held_by),
        remedy: zh::ID_HELD_REMEDY.to_owned(),
    }
}

/// What to look at before the import: of the students it makes others first.
fn hints(table: &RosterTable, turned: Option<&str>) -> Vec<RefusedCell> {
    let drafts: HashMap<_, _> = table
        .rows
        .iter()
        .map(|row| (row.row_number, &row.draft))
        .collect();
    let cells = table.warnings.iter().map(|warning| {
        let draft = drafts.get(&warning.row_number);
        let letters = warning.cell.chars().take_while(char::is_ascii_alphabetic);
        RefusedCell {
            sheet: table.sheet.clone(),
            row: warning.row_number,
            column: letters.collect(),
            cell: warning.cell.clone(),
            student_no: draft.map_or_else(String::new, |draft| draft.student_no.clone()),
            name: draft.map_or_else(String::new, |draft| draft.name.clone()),
            problem: warning.message_zh.clone(),
            remedy: String::new(),
        }
    });
    let whole = |remark: &str| RefusedCell {
        sheet: table.sheet.clone(),
        row: 0,
        column: String::new(),
        cell: String::new(),
        student_no: String::new(),
        name: String::new(),
        problem: remark.to_owned(),
        remedy: String::new(),
    };
    let turned = turned.iter().map(|remark| whole(remark));
    let remarks = table.remarks.iter().map(|remark| whole(remark));
    let sheet = table.is_refused_rows.then(|| whole(zh::REFUSED_ROWS_READ));
    turned.chain(sheet).chain(remarks).chain(cells).collect()
}
