//! Reconciliation (核对): roster, photos, decisions, deliveries and receipts held against each other.
//!
//! Every student stands at exactly one [`Stage`]; whatever is not as it should be is a [`Difference`] with one kind,
//! and what to do follows from the kind. Sums ([`Sum`]) take every student, photo, delivered file and receipt exactly
//! once, so that the last page of a round adds up. Pure: what lists there are, and what they say, is the caller's.

mod differences;
mod kind;
mod sums;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::decision::DecisionKind;
use crate::handover::Since;
use crate::ids::{ReceiptId, StudentId, SubmissionId};
use crate::receipt::{ReceiptKind, ReceiptState};

pub use kind::DifferenceKind;
pub use sums::{Part, Sum, SumOf};

/// Everything there is to hold against each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Books {
    /// Students on the roster; one named twice counts once.
    pub roster: Vec<StudentId>,
    /// Every photo that came in.
    pub photos: Vec<PhotoEntry>,
    /// Every file handed over, first to last.
    pub files: Vec<FileEntry>,
    /// Every row of a receipt that stands, first to last.
    pub receipts: Vec<ReceiptEntry>,
    /// Students whose paper photo has arrived.
    pub paper: BTreeSet<StudentId>,
    /// Students on the roster who are not to be collected.
    pub exempt: BTreeSet<StudentId>,
}

/// Where a photo lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoPlace {
    /// With a student, as the `n`th.
    Of {
        /// Whose.
        student: StudentId,
        /// Which of the student's; the highest counts.
        n: u32,
    },
    /// With nobody yet.
    Pile,
    /// Put aside as nobody's.
    PutAside,
}

/// A photo that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoEntry {
    /// The submission.
    pub submission: SubmissionId,
    /// Where it lies.
    pub place: PhotoPlace,
    /// What stands on it and may be told; `None` also while a second review waits or whose it is, is in question.
    pub decision: Option<DecisionKind>,
    /// It lies with a student, and might be another's.
    pub in_question: bool,
}

/// A file handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileEntry {
    /// The photo it was made of.
    pub submission: SubmissionId,
    /// 第几次交付, from 1.
    pub delivery: u32,
    /// For whom it was handed over; `None` where that is not known.
    pub student: Option<StudentId>,
    /// What became another since; `None` where the studio has it as it would be handed over now.
    pub since: Option<Since>,
}

/// Whom a row of a receipt is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// One student.
    Student(StudentId),
    /// Several fit.
    Several,
    /// Nobody on the roster.
    Nobody,
}

/// A row of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptEntry {
    /// Row id.
    pub id: ReceiptId,
    /// Whom it is about.
    pub about: About,
    /// The delivered photo it answers; `None` where none had been delivered.
    pub submission: Option<SubmissionId>,
    /// The delivery it answers, from 1; `None` where that is not known.
    pub delivery: Option<u32>,
    /// What stands on that photo was decided after the row was read.
    pub decided_since: bool,
    /// What it says.
    pub state: ReceiptState,
    /// A reason or a remark, or empty.
    pub text: String,
    /// It gives the student another name or identity number than the roster does.
    pub names_otherwise: bool,
}

/// What the studio said of a photo, and what changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// The delivery it answers, from 1; `None` where that is not known.
    pub delivery: Option<u32>,
    /// What stands on the photo was decided after that was said.
    pub decided_since: bool,
    /// In that delivery the photo went for another student, or under another 学号 or name, than it would go now.
    pub has_moved: bool,
}

impl Answered {
    /// Whether it is no answer to what went in the later `delivery`: it was said of an earlier one, and something changed.
    /// What merely went once more is answered by what was said before.
    pub fn is_past(self, delivery: u32) -> bool {
        self.delivery.is_some_and(|of| of < delivery) && (self.decided_since || self.has_moved)
    }
}

/// How far a student has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Not to be collected, and nothing was delivered.
    Exempt,
    /// No photo.
    Missing,
    /// A photo that is not decided on.
    Open,
    /// A photo that was decided on, and might be another's.
    InQuestion,
    /// Rejected, and none since.
    Rejected,
    /// Approved, and none delivered.
    Undelivered,
    /// Approved, while an earlier photo was delivered.
    Outdated,
    /// Approved, and delivered for another student, or under a 学号 or a name that is another now.
    Moved,
    /// Delivered, without an answer.
    Unanswered,
    /// Answered by the studio in words that say neither that it took the photo nor that it gave it back.
    Unsettled,
    /// Given back by the studio, and not yet rejected here.
    Returned,
    /// Taken by the studio.
    Accepted,
}

impl Stage {
    /// Every stage, first to last.
    pub const ALL: [Self; 12] = [
        Self::Exempt,
        Self::Missing,
        Self::Open,
        Self::InQuestion,
        Self::Rejected,
        Self::Undelivered,
        Self::Outdated,
        Self::Moved,
        Self::Unanswered,
        Self::Unsettled,
        Self::Returned,
        Self::Accepted,
    ];

    /// Whether a paper photo is to come: the studio prints what it was given, has not given it back, and nothing here
    /// speaks against it since.
    pub const fn expects_paper(self) -> bool {
        matches!(self, Self::Accepted | Self::Unanswered | Self::Unsettled)
    }
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is.
    pub kind: DifferenceKind,
    /// Whose.
    pub student: Option<StudentId>,
    /// The photo.
    pub submission: Option<SubmissionId>,
    /// The row of a receipt that says so.
    pub receipt: Option<ReceiptId>,
    /// What a list says of it, or empty.
    pub text: String,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciliation {
    /// Every difference, by kind, in the order in which they are dealt with.
    pub differences: Vec<Difference>,
    /// Where every student stands.
    pub stages: BTreeMap<StudentId, Stage>,
    /// The sums.
    pub sums: Vec<Sum>,
}

impl Reconciliation {
    /// How many differences of each kind there are; kinds without one are left out.
    pub fn counts(&self) -> BTreeMap<DifferenceKind, usize> {
        let mut counts = BTreeMap::new();
        for found in &self.differences {
            *counts.entry(found.kind).or_default() += 1;
        }
        counts
    }
}

/// Holds the books against each other.
pub fn reconcile(books: &Books) -> Reconciliation {
    let index = Index::new(books);
    let stages = index.accounts.iter().map(|(id, of)| (*id, of.stage()));
    let mut differences = differences::of(books, &index);
    differences.sort_by_key(|found| found.kind);
    let sums = sums::of(books, &index, &differences);
    Reconciliation {
        stages: stages.collect(),
        differences,
        sums,
    }
}

/// A student's photo that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Current {
    submission: SubmissionId,
    n: u32,
    decision: Option<DecisionKind>,
    in_question: bool,
}

/// Everything about one student on the roster.
#[derive(Debug, Clone, Default)]
struct Account<'a> {
    current: Option<Current>,
    /// What was delivered last, and its place among the files.
    delivered: Option<(SubmissionId, usize)>,
    /// In which delivery that was.
    delivered_in: u32,
    /// What became another since the photo that counts was handed over, for this student or any.
    moved: Option<Since>,
    /// The photos that the studio has as they would be handed over now, with the delivery of each.
    stood: HashSet<(SubmissionId, u32)>,
    /// The newest row of each kind.
    newest: HashMap<ReceiptKind, &'a ReceiptEntry>,
    paper: bool,
    exempt: bool,
}

impl<'a> Account<'a> {
    /// Takes a row in, first to last. What answers an earlier delivery says nothing against what answers a later one,
    /// whenever it was read.
    fn hear(&mut self, row: &'a ReceiptEntry) {
        let newest = self.newest.entry(row.state.kind()).or_insert(row);
        let both = newest.delivery.zip(row.delivery);
        if both.is_none_or(|(known, of)| of >= known) {
            *newest = row;
        }
    }

    fn said(&self, kind: ReceiptKind) -> Option<&'a ReceiptEntry> {
        self.newest.get(&kind).copied()
    }

    /// What the studio says of the photo that was delivered last.
    fn answer(&self) -> Option<&'a ReceiptEntry> {
        let (delivered, _) = self.delivered?;
        let answer = self.said(ReceiptKind::Studio)?;
        let stood = |of| self.stood.contains(&(delivered, of));
        let answered = Answered {
            delivery: answer.delivery,
            decided_since: answer.decided_since,
            has_moved: answer.delivery.is_some_and(|of| !stood(of)),
        };
        let is_past = answered.is_past(self.delivered_in);
        (answer.submission == Some(delivered) && !is_past).then_some(answer)
    }

    /// Whether a row answers the photo that counts, as it was handed over last.
    fn answers_current(&self, row: &ReceiptEntry) -> bool {
        let current = self.current.map(|current| current.submission);
        let delivered = self.delivered.map(|(delivered, _)| delivered);
        row.submission.is_some() && row.submission == current && current == delivered
    }

    fn stage(&self) -> Stage {
        if self.exempt && self.delivered.is_none() {
            return Stage::Exempt;
        }
        let Some(current) = self.current else {
            return Stage::Missing;
        };
        if current.in_question {
            return Stage::InQuestion;
        }
        match current.decision {
            None | Some(DecisionKind::Held) => return Stage::Open,
            Some(DecisionKind::Rejected) => return Stage::Rejected,
            Some(DecisionKind::Approved) => {}
        }
        let answer = match self.delivered {
            Some((delivered, _)) if delivered == current.submission => {
                self.answer().map(|answer| answer.state)
            }
            _ => None,
        };
        match self.delivered {
            // What was given back is to be rejected, under whatever name it went.
            Some(_) if answer == Some(ReceiptState::Returned) => Stage::Returned,
            _ if self.moved.is_some() => Stage::Moved,
            None => Stage::Undelivered,
            Some((delivered, _)) if delivered != current.submission => Stage::Outdated,
            Some(_) => match answer {
                None => Stage::Unanswered,
                Some(ReceiptState::Returned) => Stage::Returned,
                Some(ReceiptState::Unsettled) => Stage::Unsettled,
                Some(_) => Stage::Accepted,
            },
        }
    }
}

/// The books by student.
#[derive(Debug)]
struct Index<'a> {
    accounts: BTreeMap<StudentId, Account<'a>>,
    /// Whose each photo is, listed or not.
    owners: HashMap<SubmissionId, StudentId>,
    /// Kinds of which some row was read: only then does its absence say something.
    read: HashSet<ReceiptKind>,
}

impl<'a> Index<'a> {
    fn new(books: &'a Books) -> Self {
        let mut index = Self {
            accounts: books
                .roster
                .iter()
                .map(|id| (*id, Account::default()))
                .collect(),
            owners: HashMap::with_capacity(books.photos.len()),
            read: books.receipts.iter().map(|row| row.state.kind()).collect(),
        };
        for photo in &books.photos {
            index.add_photo(photo);
        }
        index.add_files(&books.files);
        for row in &books.receipts {
            if let About::Student(student) = row.about
                && let Some(account) = index.accounts.get_mut(&student)
            {
                account.hear(row);
            }
        }
        for student in &books.paper {
            if let Some(account) = index.accounts.get_mut(student) {
                account.paper = true;
            }
        }
        for student in &books.exempt {
            if let Some(account) = index.accounts.get_mut(student) {
                account.exempt = true;
            }
        }
        index
    }

    fn add_photo(&mut self, photo: &PhotoEntry) {
        let PhotoPlace::Of { student, n } = photo.place else {
            return;
        };
        self.owners.insert(photo.submission, student);
        let Some(account) = self.accounts.get_mut(&student) else {
            return;
        };
        if account.current.is_none_or(|current| n >= current.n) {
            account.current = Some(Current {
                submission: photo.submission,
                n,
                decision: photo.decision,
                in_question: photo.in_question,
            });
        }
    }

    /// Takes in what was handed over, each file for whom it was.
    fn add_files(&mut self, files: &[FileEntry]) {
        let mut since: HashMap<SubmissionId, Option<Since>> = HashMap::new();
        for (at, file) in files.iter().enumerate() {
            since.insert(file.submission, file.since);
            let student = file.student.and_then(|id| self.accounts.get_mut(&id));
            let Some(account) = student else {
                continue;
            };
            account.delivered = Some((file.submission, at));
            account.delivered_in = file.delivery;
            if file.since.is_none() {
                account.stood.insert((file.submission, file.delivery));
            }
        }
        for account in self.accounts.values_mut() {
            let current = account.current.map(|current| current.submission);
            account.moved = current.and_then(|id| since.get(&id).copied().flatten());
        }
    }

    /// Whether the row answers the photo that was handed over last for a student, and that photo is another's now.
    fn answers_anothers(&self, student: StudentId, row: &ReceiptEntry) -> bool {
        let delivered = self.accounts.get(&student).and_then(|of| of.delivered);
        let answered = delivered.is_some_and(|(photo, _)| row.submission == Some(photo));
        let owner = row.submission.and_then(|photo| self.owners.get(&photo));
        answered && owner.is_some_and(|owner| *owner != student)
    }
}
