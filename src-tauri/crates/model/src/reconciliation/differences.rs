//! What is not as it should be, student by student, and what has no student.

use super::{
    About, Account, Books, Difference, DifferenceKind, Index, PhotoPlace, ReceiptEntry, Stage,
};
use crate::ids::{StudentId, SubmissionId};
use crate::receipt::{ReceiptKind, ReceiptState};

pub(super) fn of(books: &Books, index: &Index<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    for (student, account) in &index.accounts {
        let mut told = Told {
            student: *student,
            account,
            found: &mut found,
        };
        told.own();
        told.delivered(index);
        told.given_back();
        told.register(index);
        told.paper(!books.paper.is_empty());
    }
    found.extend(without_student(books, index));
    found
}

/// The differences of one student as they are found.
struct Told<'a, 'b> {
    student: StudentId,
    account: &'a Account<'a>,
    found: &'b mut Vec<Difference>,
}

impl Told<'_, '_> {
    fn add(
        &mut self,
        kind: DifferenceKind,
        submission: Option<SubmissionId>,
        receipt: Option<&ReceiptEntry>,
    ) {
        self.found.push(Difference {
            kind,
            student: Some(self.student),
            submission,
            receipt: receipt.map(|row| row.id),
            text: receipt.map_or_else(String::new, |row| row.text.clone()),
        });
    }

    fn current(&self) -> Option<SubmissionId> {
        self.account.current.map(|current| current.submission)
    }

    /// How far the student has come.
    fn own(&mut self) {
        let stage = self.account.stage();
        let Some(kind) = DifferenceKind::of_stage(stage) else {
            return;
        };
        let receipt = match stage {
            Stage::Returned | Stage::Unsettled => self.account.answer(),
            _ => None,
        };
        self.add(kind, self.current(), receipt);
    }

    /// What was delivered, against what counts and what was answered.
    fn delivered(&mut self, index: &Index<'_>) {
        let account = self.account;
        let behind = matches!(
            account.stage(),
            Stage::Missing | Stage::Open | Stage::InQuestion | Stage::Rejected
        );
        let given_back = account
            .answer()
            .is_some_and(|answer| answer.state == ReceiptState::Returned);
        if let Some((delivered, _)) = account.delivered
            && behind
            && !given_back
        {
            self.add(DifferenceKind::Revoked, Some(delivered), None);
        }
        if let Some((delivered, _)) = account.delivered
            && account.exempt
        {
            self.add(DifferenceKind::DeliveredExempt, Some(delivered), None);
        }
        if let Some(answer) = account.said(ReceiptKind::Studio)
            && answer.submission.is_none()
        {
            self.add(
                DifferenceKind::ReceiptUndelivered,
                self.current(),
                Some(answer),
            );
        }
        if let Some(answer) = account.said(ReceiptKind::Studio)
            && index.answers_anothers(self.student, answer)
        {
            self.add(
                DifferenceKind::ReceiptMoved,
                answer.submission,
                Some(answer),
            );
        }
    }

    /// What the studio's set holds of the photo that was delivered last.
    fn given_back(&mut self) {
        let Some(row) = self.account.said(ReceiptKind::Set) else {
            return;
        };
        let delivered = self.account.delivered.map(|(delivered, _)| delivered);
        match (row.state, delivered) {
            (ReceiptState::SetStray, None) => {
                self.add(DifferenceKind::SetStray, self.current(), Some(row));
            }
            (ReceiptState::SetMissing, Some(_)) if row.submission == delivered => {
                self.add(DifferenceKind::SetMissing, delivered, Some(row));
            }
            (ReceiptState::SetChanged, Some(_)) if row.submission == delivered => {
                self.add(DifferenceKind::SetChanged, delivered, Some(row));
            }
            _ => {}
        }
    }

    /// What 学信网 says.
    fn register(&mut self, index: &Index<'_>) {
        let account = self.account;
        let accepted = account.stage() == Stage::Accepted;
        let enrolled = account.said(ReceiptKind::Enrolment);
        if enrolled.is_some_and(|row| row.names_otherwise) && !account.exempt {
            self.add(DifferenceKind::EnrolledOtherwise, self.current(), enrolled);
        }
        match enrolled {
            Some(row) if row.state != ReceiptState::Listed => {
                self.add(DifferenceKind::Compared, self.current(), Some(row));
            }
            None if index.read.contains(&ReceiptKind::Enrolment) && !account.exempt => {
                self.add(DifferenceKind::NotEnrolled, self.current(), None);
            }
            _ => {}
        }
        let shown = account.said(ReceiptKind::Register);
        let has_photo = shown.is_some_and(|row| row.state == ReceiptState::HasPhoto);
        if has_photo && account.delivered.is_none() && !account.exempt {
            self.add(DifferenceKind::AlreadyOnRegister, self.current(), shown);
        }
        if accepted && shown.is_some() && !has_photo {
            self.add(DifferenceKind::NotOnRegister, self.current(), shown);
        }
        let answer = account.said(ReceiptKind::Confirmation);
        match answer.map(|row| row.state) {
            Some(ReceiptState::Wrong) => {
                self.add(DifferenceKind::ConfirmedWrong, self.current(), answer);
            }
            Some(ReceiptState::Unanswered) if accepted => {
                self.add(DifferenceKind::Unconfirmed, self.current(), answer);
            }
            _ => {}
        }
    }

    /// The paper photo, where they have begun to come.
    fn paper(&mut self, some_came: bool) {
        let account = self.account;
        if some_came && account.stage().expects_paper() && !account.paper {
            self.add(DifferenceKind::PaperMissing, self.current(), None);
        }
        if account.paper && account.delivered.is_none() {
            self.add(DifferenceKind::PaperStray, self.current(), None);
        }
    }
}

/// Photos in piles, files of students who left the roster, rows of the studio about nobody.
fn without_student(books: &Books, index: &Index<'_>) -> Vec<Difference> {
    let bare = |kind, student, submission| Difference {
        kind,
        student,
        submission: Some(submission),
        receipt: None,
        text: String::new(),
    };
    let piled = books.photos.iter().filter_map(|photo| {
        let is_piled = photo.place == PhotoPlace::Pile;
        is_piled.then(|| bare(DifferenceKind::Unclaimed, None, photo.submission))
    });
    let mut unlisted: Vec<(StudentId, SubmissionId)> = books
        .files
        .iter()
        .filter_map(|file| Some((file.student?, file.submission)))
        .filter(|(student, _)| !index.accounts.contains_key(student))
        .collect();
    unlisted.sort_unstable();
    // Of one student, the file delivered last stands for all.
    unlisted.dedup_by_key(|(student, _)| *student);
    let unlisted = unlisted
        .into_iter()
        .map(|(student, photo)| bare(DifferenceKind::DeliveredUnlisted, Some(student), photo));
    let strays = books.receipts.iter().filter_map(|row| {
        Some(Difference {
            kind: stray(row, index)?,
            student: None,
            submission: row.submission,
            receipt: Some(row.id),
            text: row.text.clone(),
        })
    });
    piled.chain(unlisted).chain(strays).collect()
}

/// What is wrong with a row of the studio, or a photo of its set, that is about nobody on the roster.
pub(super) fn stray(row: &ReceiptEntry, index: &Index<'_>) -> Option<DifferenceKind> {
    let listed = |student| index.accounts.contains_key(&student);
    match (row.state.kind(), row.about) {
        (ReceiptKind::Studio, _) => {}
        (ReceiptKind::Set, About::Student(student)) if listed(student) => return None,
        (ReceiptKind::Set, _) if row.state == ReceiptState::SetStray => {
            return Some(DifferenceKind::SetStray);
        }
        _ => return None,
    }
    match row.about {
        About::Student(student) if index.accounts.contains_key(&student) => None,
        About::Student(_) | About::Nobody => Some(DifferenceKind::ReceiptUnlisted),
        About::Several => Some(DifferenceKind::ReceiptUnclear),
    }
}
