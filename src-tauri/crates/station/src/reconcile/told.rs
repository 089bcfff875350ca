//! Differences as screens and files show them; no identity number leaves here.

use std::collections::{HashMap, HashSet};

use zhaoshen_model::handover::Since;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::reconciliation::{Difference, DifferenceKind as Kind};
use zhaoshen_model::{Student, StudentId, SubmissionId};
use zhaoshen_store::ReceiptRow;

use super::books::Loaded;
use super::otherwise;
use crate::delivery::Delivered;
use crate::masking::{id_numbers, without_id_numbers};
use crate::roster::student_hit;
use crate::wire::{ReconcileRow, StudentHit};
use crate::zh;

/// Tells differences of one round.
pub(super) struct Teller<'a> {
    loaded: &'a Loaded,
    id_numbers: HashSet<String>,
    last_files: HashMap<SubmissionId, &'a Delivered>,
    /// Of a photo that went for several, the last that went for each.
    files_of: HashMap<(SubmissionId, StudentId), &'a Delivered>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(loaded: &'a Loaded) -> Self {
        Self {
            loaded,
            id_numbers: id_numbers(loaded.students.values()),
            last_files: loaded
                .files
                .iter()
                .map(|file| (file.submission, file))
                .collect(),
            files_of: (loaded.files.iter())
                .filter_map(|file| Some(((file.submission, file.student?), file)))
                .collect(),
        }
    }

    /// Whether the 学号 or the name has the lower-case `needle` in it.
    pub(super) fn has(&self, row: &Difference, needle: &str) -> bool {
        let told = self.row(row);
        [told.student_no, told.name, told.class]
            .iter()
            .any(|text| text.to_lowercase().contains(needle))
    }

    pub(super) fn row(&self, row: &Difference) -> ReconcileRow {
        let student = row.student.and_then(|id| self.loaded.students.get(&id));
        let receipt = row.receipt.and_then(|id| self.loaded.receipts.get(&id));
        let of = |text: fn(&Student) -> &String| student.map(text).cloned().unwrap_or_default();
        let mut told = ReconcileRow {
            kind: row.kind.as_str().to_owned(),
            title: zh::difference(row.kind).to_owned(),
            remedy: match row.kind {
                Kind::SetChanged => zh::set_changed_remedy(&row.text),
                Kind::NotSubmitted if self.awaits_claim(row) => zh::AWAITING_CLAIM_REMEDY,
                kind => zh::remedy(kind),
            }
            .to_owned(),
            student_no: of(|student| &student.draft.student_no),
            name: of(|student| &student.draft.name),
            college: of(|student| &student.draft.college),
            class: of(|student| &student.draft.class),
            text: self.shown(&self.text(row, receipt)),
            source: receipt.map_or_else(String::new, |receipt| {
                self.shown(&zh::receipt_source(
                    &receipt.source,
                    &receipt.source_cell,
                    receipt.delivery,
                ))
            }),
            submission: row.submission.map(|submission| submission.0),
            receipt: row.receipt.map(|receipt| receipt.0),
            candidates: receipt.map_or_else(Vec::new, |receipt| self.candidates(receipt)),
        };
        if let (None, Some(receipt)) = (student, receipt) {
            told.student_no = self.shown(&receipt.named.student_no);
            told.name = self.shown(&self.named(receipt));
        }
        told
    }

    /// Whether a photo that waits to be claimed may be the student's.
    fn awaits_claim(&self, row: &Difference) -> bool {
        let awaiting = &self.loaded.awaiting_claim;
        row.student
            .is_some_and(|student| awaiting.contains(&student))
    }

    pub(super) fn shown(&self, text: &str) -> String {
        without_id_numbers(text, |number| self.id_numbers.contains(number))
    }

    /// The students who fit a row, where several do.
    fn candidates(&self, receipt: &ReceiptRow) -> Vec<StudentHit> {
        let Matching::Ambiguous { candidates } = &receipt.matching else {
            return Vec::new();
        };
        let known = candidates
            .iter()
            .filter_map(|id| self.loaded.students.get(id));
        known.map(|student| student_hit(student, None)).collect()
    }

    /// What a list has in place of a name.
    fn named(&self, receipt: &ReceiptRow) -> String {
        let named = &receipt.named;
        let told = [
            &named.name,
            &named.exam_no,
            &named.id_number,
            &receipt.file_name,
        ];
        told.into_iter()
            .find(|text| !text.is_empty())
            .cloned()
            .unwrap_or_default()
    }

    /// More about a difference.
    fn text(&self, row: &Difference, receipt: Option<&ReceiptRow>) -> String {
        let own = (row.submission.zip(row.student)).and_then(|of| self.files_of.get(&of));
        let file = own.or_else(|| self.last_files.get(&row.submission?));
        let delivered = || {
            file.map_or_else(String::new, |file| {
                zh::delivered_as(file.delivery, &file.file_name)
            })
        };
        match row.kind {
            Kind::Unclaimed => row
                .submission
                .and_then(|submission| self.loaded.photos.get(&submission))
                .map_or_else(String::new, |(_, file)| file.clone()),
            Kind::NotSubmitted if self.awaits_claim(row) => zh::AWAITING_CLAIM.to_owned(),
            Kind::Outdated => self.outdated(row),
            Kind::Moved => self.moved(row),
            Kind::ReceiptMoved => self.answers_anothers(row, receipt),
            Kind::EnrolledOtherwise => row
                .student
                .and_then(|id| self.loaded.students.get(&id))
                .zip(receipt)
                .map_or_else(String::new, |(student, receipt)| {
                    let list = zh::OTHERWISE_ENROLLED;
                    otherwise::of_person(&receipt.named, &student.draft, list).join("；")
                }),
            Kind::Unsettled => receipt.map_or_else(String::new, |receipt| {
                zh::answered_in_words(&receipt.in_one_line())
            }),
            Kind::Revoked
            | Kind::Unanswered
            | Kind::DeliveredUnlisted
            | Kind::DeliveredExempt
            | Kind::SetMissing
            | Kind::PaperMissing => delivered(),
            _ => receipt.map_or_else(String::new, said),
        }
    }

    /// What was handed over of a photo, and what became another since.
    fn moved(&self, row: &Difference) -> String {
        let file = row.submission.and_then(|id| self.last_files.get(&id));
        let told = file.and_then(|file| {
            let went_as = zh::delivered_as(file.delivery, &file.file_name);
            let then = match file.since? {
                Since::Student => self.whose(file.student),
                _ => String::new(),
            };
            Some(zh::delivered_before_that(
                &went_as,
                &then,
                zh::moved_since(file.since?),
            ))
        });
        told.unwrap_or_default()
    }

    /// What the studio says of a student, of which photo, and whose that is now.
    fn answers_anothers(&self, row: &Difference, receipt: Option<&ReceiptRow>) -> String {
        let (Some(receipt), Some(submission)) = (receipt, row.submission) else {
            return String::new();
        };
        let delivery = receipt.delivery;
        let file = delivery.and_then(|delivery| self.loaded.file_in(submission, delivery));
        let file = file.or_else(|| self.last_files.get(&submission).copied());
        let went_as = file.map_or_else(String::new, |file| {
            zh::delivered_as(file.delivery, &file.file_name)
        });
        let now = self.whose(file.and_then(|file| file.owner));
        zh::answers_anothers(&said(receipt), &went_as, &now)
    }

    /// 学号 and name; empty of one who is on the roster no longer.
    fn whose(&self, student: Option<StudentId>) -> String {
        let student = student.and_then(|id| self.loaded.students.get(&id));
        student.map_or_else(String::new, |student| {
            format!("{} {}", student.draft.student_no, student.draft.name)
        })
    }

    fn outdated(&self, row: &Difference) -> String {
        let mut files = self.loaded.files.iter().rev();
        let last = files.find(|file| file.student == row.student);
        let n = |submission: &SubmissionId| self.loaded.photos.get(submission).map(|photo| photo.0);
        let now = row.submission.as_ref().and_then(n);
        match (last, now) {
            (Some(file), _) if file.owner != row.student => {
                zh::delivered_of_another(&zh::delivered_as(file.delivery, &file.file_name))
            }
            (Some(file), Some(now)) => {
                zh::delivered_earlier(file.delivery, n(&file.submission).unwrap_or(0), now)
            }
            _ => String::new(),
        }
    }
}

/// What a row says, in words.
fn said(receipt: &ReceiptRow) -> String {
    let words = receipt.in_one_line();
    let said = [receipt.state.title(), &words];
    let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
    said.join("：")
}
