//! The sums of a round: wholes that are counted, and parts that every item falls into exactly once.

use std::collections::{BTreeMap, HashSet};

use super::differences::stray;
use super::{
    About, Books, Difference, DifferenceKind, FileEntry, Index, PhotoEntry, PhotoPlace,
    ReceiptEntry, Stage,
};
use crate::ids::StudentId;
use crate::receipt::{ReceiptKind, ReceiptState};

/// What is summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SumOf {
    /// Students on the roster, by how far they have come.
    Roster,
    /// Students on the roster, by whether anything is open.
    Clear,
    /// Photos that came in.
    Photos,
    /// Files handed over.
    Files,
    /// Rows of the studio's receipts.
    Receipts,
    /// Paper photos, by student on the roster.
    Paper,
    /// 学信网在校名单, by student on the roster.
    Enrolment,
    /// 学历照片状态, by student on the roster.
    Register,
    /// 图像校对, by student on the roster.
    Confirmation,
}

/// A part of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Students at this stage.
    At(Stage),
    /// Students of whom nothing is open.
    Clear,
    /// Students with a difference or more.
    Differing,
    /// Photos that count.
    Current,
    /// Photos after which the student handed in another.
    Earlier,
    /// Photos in piles.
    Piled,
    /// Photos that would count and might be another student's: they lie in a pile, too.
    InQuestion,
    /// Photos put aside.
    PutAside,
    /// Photos of students who are on the roster no longer.
    Unlisted,
    /// Files of photos that count and are approved.
    Good,
    /// Files of photos after which another was approved.
    Outdated,
    /// Files of photos that went for another student, or under a 学号 or a name that is another now, and rows that answer
    /// such a file.
    Moved,
    /// Files of photos that count no longer.
    Revoked,
    /// Files after which the student's was delivered again.
    Repeated,
    /// Files of students who are on the roster no longer.
    FileUnlisted,
    /// Rows that say the studio took the photo that counts.
    Accepted,
    /// Rows that say it gave it back, while it is approved here.
    Returned,
    /// Rows of which a person is to say which of the two they mean.
    Unsettled,
    /// Rows on photos that were dealt with since: rejected, handed in anew, delivered or answered again.
    Past,
    /// Rows on photos that were never delivered.
    Undelivered,
    /// Rows about nobody, or several.
    Stray,
    /// Students whose paper photo was to come ([`Stage::expects_paper`]) and is here.
    Arrived,
    /// Students whose paper photo is to come ([`Stage::expects_paper`]) and is not here.
    Absent,
    /// Students whose paper photo is here and was not to come.
    Besides,
    /// Students of whom the newest list of a kind says this.
    Said(ReceiptState),
    /// Students of whom no list of the kind says anything.
    Unsaid,
}

/// A whole and its parts, every part named even when it is nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// What is summed up.
    pub of: SumOf,
    /// How many there are.
    pub whole: usize,
    /// How many of each part, in order.
    pub parts: Vec<(Part, usize)>,
}

impl Part {
    /// The kind of difference by which those that fall into it are listed; `None` where nothing is to be done about them.
    pub const fn listed_by(self) -> Option<DifferenceKind> {
        match self {
            Self::At(stage) => DifferenceKind::of_stage(stage),
            Self::Piled => Some(DifferenceKind::Unclaimed),
            Self::InQuestion => Some(DifferenceKind::InQuestion),
            Self::FileUnlisted => Some(DifferenceKind::DeliveredUnlisted),
            Self::Returned => Some(DifferenceKind::Returned),
            Self::Unsettled => Some(DifferenceKind::Unsettled),
            Self::Undelivered => Some(DifferenceKind::ReceiptUndelivered),
            Self::Absent => Some(DifferenceKind::PaperMissing),
            _ => None,
        }
    }
}

impl Sum {
    /// How many fall into a part.
    pub fn part(&self, part: Part) -> usize {
        let found = self.parts.iter().find(|(known, _)| *known == part);
        found.map_or(0, |(_, number)| *number)
    }

    fn count(of: SumOf, names: &[Part], items: impl Iterator<Item = Part>) -> Self {
        let mut counts: BTreeMap<Part, usize> = names.iter().map(|name| (*name, 0)).collect();
        let mut whole = 0;
        for part in items {
            whole += 1;
            *counts.entry(part).or_default() += 1;
        }
        Self {
            of,
            whole,
            parts: counts.into_iter().collect(),
        }
    }
}

/// The lists of the register, each with what is summed up of it.
const LISTS: [(ReceiptKind, SumOf); 3] = [
    (ReceiptKind::Enrolment, SumOf::Enrolment),
    (ReceiptKind::Register, SumOf::Register),
    (ReceiptKind::Confirmation, SumOf::Confirmation),
];

pub(super) fn of(books: &Books, index: &Index<'_>, differences: &[Difference]) -> Vec<Sum> {
    // Of a list that was never read there is nothing to sum up.
    let read = LISTS
        .into_iter()
        .filter(|(kind, _)| index.read.contains(kind));
    [
        index.sum_of_roster(),
        index.sum_of_clear(differences),
        index.sum_of_photos(&books.photos),
        index.sum_of_files(&books.files),
        index.sum_of_receipts(&books.receipts),
        index.sum_of_paper(),
    ]
    .into_iter()
    .chain(read.map(|(kind, of)| index.sum_of_list(kind, of)))
    .collect()
}

impl Index<'_> {
    fn sum_of_roster(&self) -> Sum {
        let stages = self.accounts.values().map(|one| Part::At(one.stage()));
        Sum::count(SumOf::Roster, &Stage::ALL.map(Part::At), stages)
    }

    fn sum_of_clear(&self, differences: &[Difference]) -> Sum {
        let differing: HashSet<StudentId> =
            differences.iter().filter_map(|row| row.student).collect();
        let students = self.accounts.keys().map(|id| match differing.contains(id) {
            true => Part::Differing,
            false => Part::Clear,
        });
        Sum::count(SumOf::Clear, &[Part::Clear, Part::Differing], students)
    }

    fn sum_of_photos(&self, photos: &[PhotoEntry]) -> Sum {
        let parts = [
            Part::Current,
            Part::Earlier,
            Part::Piled,
            Part::InQuestion,
            Part::PutAside,
            Part::Unlisted,
        ];
        let photos = photos.iter().map(|photo| self.part_of_photo(photo));
        Sum::count(SumOf::Photos, &parts, photos)
    }

    fn sum_of_files(&self, files: &[FileEntry]) -> Sum {
        let parts = [
            Part::Good,
            Part::Outdated,
            Part::Moved,
            Part::Revoked,
            Part::Repeated,
            Part::FileUnlisted,
        ];
        let files = files.iter().enumerate();
        let files = files.map(|(at, file)| self.part_of_file(at, file));
        Sum::count(SumOf::Files, &parts, files)
    }

    /// The rows of the studio alone.
    fn sum_of_receipts(&self, rows: &[ReceiptEntry]) -> Sum {
        let parts = [
            Part::Accepted,
            Part::Returned,
            Part::Unsettled,
            Part::Moved,
            Part::Past,
            Part::Undelivered,
            Part::Stray,
        ];
        let of_studio = rows
            .iter()
            .filter(|row| row.state.kind() == ReceiptKind::Studio);
        let rows = of_studio.map(|row| self.part_of_receipt(row));
        Sum::count(SumOf::Receipts, &parts, rows)
    }

    fn sum_of_paper(&self) -> Sum {
        let expected = self
            .accounts
            .values()
            .filter(|account| account.paper || account.stage().expects_paper());
        let papers =
            expected.map(
                |account| match (account.paper, account.stage().expects_paper()) {
                    (true, true) => Part::Arrived,
                    (true, false) => Part::Besides,
                    (false, _) => Part::Absent,
                },
            );
        let parts = [Part::Arrived, Part::Absent, Part::Besides];
        Sum::count(SumOf::Paper, &parts, papers)
    }

    fn sum_of_list(&self, kind: ReceiptKind, of: SumOf) -> Sum {
        let says = ReceiptState::all().filter(|state| state.kind() == kind);
        let parts: Vec<Part> = says.map(Part::Said).chain([Part::Unsaid]).collect();
        let said = self.accounts.values().map(|account| {
            let row = account.said(kind);
            row.map_or(Part::Unsaid, |row| Part::Said(row.state))
        });
        Sum::count(of, &parts, said)
    }

    fn part_of_photo(&self, photo: &PhotoEntry) -> Part {
        match photo.place {
            PhotoPlace::Pile => Part::Piled,
            PhotoPlace::PutAside => Part::PutAside,
            PhotoPlace::Of { student, .. } => match self.accounts.get(&student) {
                None => Part::Unlisted,
                Some(account) => match account.current {
                    Some(current) if current.submission != photo.submission => Part::Earlier,
                    Some(_) if photo.in_question => Part::InQuestion,
                    Some(_) => Part::Current,
                    None => Part::Earlier,
                },
            },
        }
    }

    fn part_of_file(&self, at: usize, file: &FileEntry) -> Part {
        let Some(account) = file.student.and_then(|id| self.accounts.get(&id)) else {
            return Part::FileUnlisted;
        };
        if account.delivered.is_some_and(|(_, last)| last != at) {
            return Part::Repeated;
        }
        match account.stage() {
            Stage::Exempt | Stage::Missing | Stage::Open | Stage::InQuestion | Stage::Rejected => {
                Part::Revoked
            }
            Stage::Undelivered | Stage::Outdated => Part::Outdated,
            Stage::Moved => Part::Moved,
            Stage::Unanswered | Stage::Unsettled | Stage::Returned | Stage::Accepted => Part::Good,
        }
    }

    fn part_of_receipt(&self, row: &ReceiptEntry) -> Part {
        if stray(row, self).is_some() {
            return Part::Stray;
        }
        let About::Student(student) = row.about else {
            return Part::Stray;
        };
        let Some(account) = self.accounts.get(&student) else {
            return Part::Stray;
        };
        let newest = account.said(ReceiptKind::Studio);
        if newest.is_some_and(|newest| !std::ptr::eq(newest, row)) {
            return Part::Past;
        }
        if row.submission.is_none() {
            return Part::Undelivered;
        }
        match (account.stage(), row.state) {
            (Stage::Accepted, ReceiptState::Accepted) => Part::Accepted,
            (Stage::Returned, ReceiptState::Returned) => Part::Returned,
            (Stage::Unsettled, ReceiptState::Unsettled) => Part::Unsettled,
            (Stage::Moved, _) if account.answers_current(row) => Part::Moved,
            _ if self.answers_anothers(student, row) => Part::Moved,
            _ => Part::Past,
        }
    }
}
