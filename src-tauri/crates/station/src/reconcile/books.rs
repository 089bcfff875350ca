//! The books of a round as the store has them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::reconciliation::{
    About, Books, Difference, DifferenceKind, FileEntry, PhotoEntry, PhotoPlace, ReceiptEntry,
    Reconciliation, reconcile,
};
use zhaoshen_model::{
    DecisionId, DecisionKind, ReceiptId, RoundId, Student, StudentId, SubmissionId,
};
use zhaoshen_store::{QueueKind, ReceiptRow, Store, SubmissionRow};

use super::otherwise;
use crate::delivery::{Delivered, files};
use crate::failure::store;
use crate::piles::awaiting_claim;
use crate::roster::students_by_id;
use crate::wire::Failure;

/// A round held against itself, with what is needed to tell of it.
#[derive(Debug)]
pub(super) struct Loaded {
    /// Students on the roster, and those who were delivered and left it.
    pub(super) students: HashMap<StudentId, Student>,
    /// Rows that stand, first to last.
    pub(super) receipts: BTreeMap<ReceiptId, ReceiptRow>,
    /// The files handed over, first to last; what stayed in the office is none of them.
    pub(super) files: Vec<Delivered>,
    /// Those of them that the studio has for another student, or under another 学号 or name, than they would go now: photo
    /// and delivery.
    pub(super) moved: HashSet<(SubmissionId, u32)>,
    /// 第几次提交 and file name of every photo.
    pub(super) photos: HashMap<SubmissionId, (u32, String)>,
    /// The decisions that stand and may be told.
    pub(super) decisions: HashMap<SubmissionId, (DecisionId, DecisionKind)>,
    /// When what stands was decided, told or not.
    pub(super) decided_at: HashMap<SubmissionId, Timestamp>,
    pub(super) paper: BTreeSet<StudentId>,
    /// Who may have a photo among those that wait to be claimed.
    pub(super) awaiting_claim: HashSet<StudentId>,
    /// How many deliveries there were.
    pub(super) deliveries: u32,
    pub(super) done: Reconciliation,
}

impl Loaded {
    pub(super) fn load(store_: &Store, round: RoundId) -> Result<Self, Failure> {
        let mut students = students_by_id(store_, round)?;
        let roster: Vec<StudentId> = students.keys().copied().collect();
        let rows = store_.submissions(round).map_err(|error| store(&error))?;
        let decisions = decisions(store_, round, &rows)?;
        let standing = store_.standing_decisions(round);
        let standing = standing.map_err(|error| store(&error))?;
        let decided_at: HashMap<SubmissionId, Timestamp> = standing
            .into_iter()
            .map(|(submission, row)| (submission, row.decided_at))
            .collect();
        let files = files(store_, round)?;
        let receipts: BTreeMap<ReceiptId, ReceiptRow> = store_
            .receipts(round)
            .map_err(|error| store(&error))?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let paper = store_.paper_photos(round).map_err(|error| store(&error))?;
        let paper: BTreeSet<StudentId> = paper.into_iter().collect();
        let exempt = store_.exempt(round).map_err(|error| store(&error))?;
        let books = Books {
            roster,
            photos: rows.iter().map(|row| photo(row, &decisions)).collect(),
            files: files.iter().map(entry).collect(),
            receipts: receipts
                .values()
                .map(|row| receipt(row, &students, &decided_at))
                .collect(),
            paper: paper.clone(),
            exempt: exempt.into_keys().collect(),
        };
        let mut done = reconcile(&books);
        let gone: Vec<StudentId> = done
            .differences
            .iter()
            .filter_map(|row| row.student)
            .filter(|student| !students.contains_key(student))
            .collect();
        let gone = store_.students_with(&gone).map_err(|error| store(&error))?;
        students.extend(gone.into_iter().map(|student| (student.id, student)));
        let number = |row: &Difference| {
            let student = row.student.and_then(|student| students.get(&student));
            student.map(|student| student.draft.student_no.clone())
        };
        done.differences
            .sort_by_cached_key(|row| (row.kind, number(row), row.submission, row.receipt));
        let photos = rows
            .into_iter()
            .map(|row| (row.id, (row.n.unwrap_or(0), row.file_name)));
        Ok(Self {
            photos: photos.collect(),
            moved: files
                .iter()
                .filter(|file| file.has_moved())
                .map(|file| (file.submission, file.delivery))
                .collect(),
            deliveries: files.iter().map(|file| file.delivery).max().unwrap_or(0),
            students,
            receipts,
            files,
            decisions,
            decided_at,
            paper,
            awaiting_claim: awaiting_claim(store_, round)?,
            done,
        })
    }

    /// The differences of photos that the studio gave back and that are still approved here.
    pub(super) fn returned(&self) -> impl Iterator<Item = &Difference> {
        let differences = self.done.differences.iter();
        differences.filter(|row| row.kind == DifferenceKind::Returned)
    }

    /// The file made of a photo in a delivery.
    pub(super) fn file_in(&self, submission: SubmissionId, delivery: u32) -> Option<&Delivered> {
        let mut files = self.files.iter();
        files.find(|file| (file.submission, file.delivery) == (submission, delivery))
    }

    /// The last file made of a photo.
    pub(super) fn last_file(&self, submission: SubmissionId) -> Option<&Delivered> {
        let mut files = self.files.iter().rev();
        files.find(|file| file.submission == submission)
    }
}

fn entry(file: &Delivered) -> FileEntry {
    FileEntry {
        submission: file.submission,
        delivery: file.delivery,
        student: file.student,
        since: file.since,
    }
}

/// What stands and may be told: nothing while a second review waits, or two people disagree, or whose the photo is, is
/// in question.
fn decisions(
    store_: &Store,
    round: RoundId,
    rows: &[SubmissionRow],
) -> Result<HashMap<SubmissionId, (DecisionId, DecisionKind)>, Failure> {
    let standing = store_
        .standing_decisions(round)
        .map_err(|error| store(&error))?;
    let mut open: HashSet<SubmissionId> = store_
        .open_reviews(round)
        .map_err(|error| store(&error))?
        .into_iter()
        .collect();
    let differing = store_.queue(round, &QueueKind::Differing);
    open.extend(differing.map_err(|error| store(&error))?);
    let in_question = rows.iter().filter(|row| row.is_in_question());
    open.extend(in_question.map(|row| row.id));
    let told = standing
        .into_iter()
        .filter(|(submission, _)| !open.contains(submission))
        .map(|(submission, row)| (submission, (row.id, row.decision.kind)));
    Ok(told.collect())
}

fn photo(
    row: &SubmissionRow,
    decisions: &HashMap<SubmissionId, (DecisionId, DecisionKind)>,
) -> PhotoEntry {
    let place = match (row.student, row.n) {
        (Some(student), Some(n)) => PhotoPlace::Of { student, n },
        _ if matches!(row.matching, Matching::Dismissed { .. }) => PhotoPlace::PutAside,
        _ => PhotoPlace::Pile,
    };
    PhotoEntry {
        submission: row.id,
        place,
        decision: decisions.get(&row.id).map(|(_, kind)| *kind),
        in_question: row.is_in_question(),
    }
}

/// Whether what stands on the photo that a row answers was decided after the row was read.
pub(super) fn decided_since(
    row: &ReceiptRow,
    decided_at: &HashMap<SubmissionId, Timestamp>,
) -> bool {
    let decided = row.submission.and_then(|photo| decided_at.get(&photo));
    decided.is_some_and(|at| *at > row.read_at)
}

fn receipt(
    row: &ReceiptRow,
    students: &HashMap<StudentId, Student>,
    decided_at: &HashMap<SubmissionId, Timestamp>,
) -> ReceiptEntry {
    let about = match &row.matching {
        Matching::Matched { student, .. } => About::Student(*student),
        Matching::Ambiguous { .. } => About::Several,
        _ => About::Nobody,
    };
    ReceiptEntry {
        id: row.id,
        about,
        submission: row.submission,
        delivery: row.delivery,
        decided_since: decided_since(row, decided_at),
        state: row.state,
        text: row.text.clone(),
        names_otherwise: row
            .matching
            .student()
            .and_then(|id| students.get(&id))
            .is_some_and(|student| {
                !otherwise::of_person(&row.named, &student.draft, "").is_empty()
            }),
    }
}
