//! The kinds of difference, in the order in which they are dealt with.

use super::Stage;

/// What is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// A photo whose student nobody has named.
    Unclaimed,
    /// No photo.
    NotSubmitted,
    /// A photo that is not decided on.
    Undecided,
    /// A photo that was decided on, and might be another student's.
    InQuestion,
    /// Rejected, and none since.
    NotResubmitted,
    /// Given back by the studio, and not yet rejected here.
    Returned,
    /// A delivered photo that counts no longer: rejected, or another came, which is not approved.
    Revoked,
    /// An earlier photo was delivered than the one approved now.
    Outdated,
    /// Delivered for another student, or under a 学号 or a name that is another now.
    Moved,
    /// Approved and not delivered.
    Undelivered,
    /// Delivered for a student who is on the roster no longer.
    DeliveredUnlisted,
    /// Delivered for a student who is not to be collected.
    DeliveredExempt,
    /// Delivered, without an answer of the studio.
    Unanswered,
    /// Delivered, and answered in words that say neither that the photo was taken nor that it was given back.
    Unsettled,
    /// The studio tells of somebody who is not on the roster.
    ReceiptUnlisted,
    /// Several students fit what the studio tells.
    ReceiptUnclear,
    /// The studio tells of a photo that was never delivered.
    ReceiptUndelivered,
    /// The studio answers for a student a photo that is another's now.
    ReceiptMoved,
    /// Delivered, and not in the set that the studio gave back.
    SetMissing,
    /// The studio's set has another picture in its place.
    SetChanged,
    /// The studio's set has a photo that was not delivered.
    SetStray,
    /// On the roster, and not in 学信网's in-school list.
    NotEnrolled,
    /// 学信网's in-school list has the 学号 with another name or identity number.
    EnrolledOtherwise,
    /// The comparison of faces speaks against the photo.
    Compared,
    /// 学信网 has a photo already, and none was delivered.
    AlreadyOnRegister,
    /// The studio took the photo, and 学信网 shows none.
    NotOnRegister,
    /// The student said that the photo is wrong.
    ConfirmedWrong,
    /// The student has not said that it is right.
    Unconfirmed,
    /// The paper photo has not come, while others have.
    PaperMissing,
    /// A paper photo came, and nothing was delivered.
    PaperStray,
}

impl DifferenceKind {
    /// Every kind, in order.
    pub const ALL: [Self; 30] = [
        Self::Unclaimed,
        Self::NotSubmitted,
        Self::Undecided,
        Self::InQuestion,
        Self::NotResubmitted,
        Self::Returned,
        Self::Revoked,
        Self::Outdated,
        Self::Moved,
        Self::Undelivered,
        Self::DeliveredUnlisted,
        Self::DeliveredExempt,
        Self::Unanswered,
        Self::Unsettled,
        Self::ReceiptUnlisted,
        Self::ReceiptUnclear,
        Self::ReceiptUndelivered,
        Self::ReceiptMoved,
        Self::SetMissing,
        Self::SetChanged,
        Self::SetStray,
        Self::NotEnrolled,
        Self::EnrolledOtherwise,
        Self::Compared,
        Self::AlreadyOnRegister,
        Self::NotOnRegister,
        Self::ConfirmedWrong,
        Self::Unconfirmed,
        Self::PaperMissing,
        Self::PaperStray,
    ];

    /// The word that is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unclaimed => "unclaimed",
            Self::NotSubmitted => "not_submitted",
            Self::Undecided => "undecided",
            Self::InQuestion => "in_question",
            Self::NotResubmitted => "not_resubmitted",
            Self::Returned => "returned",
            Self::Revoked => "revoked",
            Self::Outdated => "outdated",
            Self::Moved => "moved",
            Self::Undelivered => "undelivered",
            Self::DeliveredUnlisted => "delivered_unlisted",
            Self::DeliveredExempt => "delivered_exempt",
            Self::Unanswered => "unanswered",
            Self::Unsettled => "unsettled",
            Self::ReceiptUnlisted => "receipt_unlisted",
            Self::ReceiptUnclear => "receipt_unclear",
            Self::ReceiptUndelivered => "receipt_undelivered",
            Self::ReceiptMoved => "receipt_moved",
            Self::SetMissing => "set_missing",
            Self::SetChanged => "set_changed",
            Self::SetStray => "set_stray",
            Self::NotEnrolled => "not_enrolled",
            Self::EnrolledOtherwise => "enrolled_otherwise",
            Self::Compared => "compared",
            Self::AlreadyOnRegister => "already_on_register",
            Self::NotOnRegister => "not_on_register",
            Self::ConfirmedWrong => "confirmed_wrong",
            Self::Unconfirmed => "unconfirmed",
            Self::PaperMissing => "paper_missing",
            Self::PaperStray => "paper_stray",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// What it is that a student has not come further than `stage`; nothing of one who is through.
    pub const fn of_stage(stage: Stage) -> Option<Self> {
        Some(match stage {
            Stage::Missing => Self::NotSubmitted,
            Stage::Open => Self::Undecided,
            Stage::InQuestion => Self::InQuestion,
            Stage::Rejected => Self::NotResubmitted,
            Stage::Undelivered => Self::Undelivered,
            Stage::Outdated => Self::Outdated,
            Stage::Moved => Self::Moved,
            Stage::Unanswered => Self::Unanswered,
            Stage::Unsettled => Self::Unsettled,
            Stage::Returned => Self::Returned,
            Stage::Exempt | Stage::Accepted => return None,
        })
    }
}
