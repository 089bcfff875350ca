//! What people do. Each act is one transaction that writes the tables, the log and, where it can
//! be undone, the undo record; it happened wholly or not at all, and is durable on return.

pub mod assign;
pub mod choose;
mod close;
pub mod decide;
mod dispute;
mod drop_folder;
mod eligible;
pub mod erase;
pub mod exempt;
pub mod filing;
mod flag;
pub mod intake;
pub mod notice;
pub mod payment;
pub mod person;
pub mod pile;
pub mod print;
pub mod question;
pub mod receipt;
mod rename;
mod reveal;
pub mod revert;
pub mod reverted;
pub mod roster;
pub mod sample;
pub mod scope;
pub mod second_review;
pub mod written;

use serde::{Deserialize, Serialize};

/// What was done: the word in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A round was made.
    RoundCreated,
    /// Another profile was put in place of a round's.
    ProfileChanged,
    /// A roster was imported.
    RosterImported,
    /// Photos came in.
    PhotosTakenIn,
    /// Pictures of 采集码 were filed with students.
    CodesFiled,
    /// Pictures of 采集码 were taken away from students.
    CodesRemoved,
    /// Reference photos were filed with students.
    ReferencesFiled,
    /// Reference photos were taken away from students.
    ReferencesRemoved,
    /// A photo was given to a student by hand.
    PhotoAssigned,
    /// A photo was taken away from a student by hand, or back from those put aside.
    PhotoPutBack,
    /// Photos were put aside as nobody's.
    PhotoDismissed,
    /// It was said which of a student's photos counts.
    PhotoChosen,
    /// A match was put in question: the roster gained a namesake.
    MatchQuestioned,
    /// A submission was decided on.
    Decided,
    /// An act was undone.
    Undone,
    /// An undone act was done again.
    Redone,
    /// Files were handed over.
    Delivered,
    /// A delivery was written again, file for file.
    DeliveryRepeated,
    /// The note of writing that was broken off was taken away: somebody saw to what lay there.
    WritingDismissed,
    /// Photos were laid out for paper.
    Printed,
    /// A file that names students was written to a folder.
    FileWritten,
    /// A setting was changed.
    SettingChanged,
    /// A finding was called wrong, or right again.
    FindingDisputed,
    /// Rejections were marked as told to the students, or the marks taken back.
    NoticeMarked,
    /// Payments were read from a list.
    PaymentsImported,
    /// The payments of a list were taken out again.
    PaymentsRemoved,
    /// A payment was said to be a student's, or nobody's.
    PaymentAssigned,
    /// A list of the studio or of 学信网 was read.
    ReceiptsImported,
    /// Rows of such a list were put aside: they count no longer.
    ReceiptsDropped,
    /// A row of such a list was said to be about a student.
    ReceiptAssigned,
    /// What such a row's words mean was said, that a list alone does not say.
    ReceiptSettled,
    /// Photos that the studio gave back were rejected.
    ReturnedRejected,
    /// Paper photos were ticked off, or the ticks taken back.
    PaperMarked,
    /// A sample was drawn to approve a set by.
    SamplePlanned,
    /// A sampling plan was given up.
    SampleWithdrawn,
    /// The rest of a set was approved on the strength of its sample.
    BulkApproved,
    /// Photos were chosen for a second review.
    ReviewChosen,
    /// Second reviews that waited were given up.
    ReviewWithdrawn,
    /// A second verdict was given without sight of the first.
    SecondReviewed,
    /// Whom a round collects, and when, was set.
    ScopeChanged,
    /// Students were said to have a photo already, to have left, to be collected all the same, …
    StudentsMarked,
    /// A round was given another name.
    RoundRenamed,
    /// A round was closed: it takes no acts.
    RoundClosed,
    /// A closed round was opened again.
    RoundReopened,
    /// The archive of a round was written.
    RoundArchived,
    /// The last day that a round's data is kept was set.
    RetentionSet,
    /// The photos and personal rows of a round were deleted.
    RoundErased,
    /// A backup was written to a file that may leave the house.
    CopiedOut,
    /// A workspace was made of a backup, in a folder of its own.
    Restored,
    /// A person was added.
    PersonAdded,
    /// A person's roles were set, or the person left or came back.
    PersonChanged,
    /// A person's PIN was set or taken away.
    PinSet,
    /// A student's ID number was shown in full.
    NumberRevealed,
    /// The workspace was sealed.
    WorkspaceSealed,
    /// The passphrase of the sealed workspace was changed.
    PassphraseChanged,
    /// Another recovery code of the sealed workspace was made.
    RecoveryCodeRenewed,
    /// Somebody showed that they have the recovery code.
    RecoveryCodeConfirmed,
    /// The key of the sealed workspace was kept for a computer.
    KeyKeptHere,
    /// It is kept for none any more.
    KeyForgottenHere,
}

/// Acts that are in the log but cannot be undone. All others can, save [`Act::Undone`] and
/// [`Act::Redone`], which undo each other.
///
/// - A round and its profile: nothing is lost by having one too many, and every version of a profile
///   is kept to be saved again.
/// - Photos that came in are evidence; a wrong match is mended by assigning.
/// - A picture of a 采集码 and a reference photo are replaced by filing the right one, or removed; they change no decision.
/// - A match in question is answered by assigning, or taken back with the import that raised it.
/// - A delivery has left the house, and so have prints, files that name students, copies of the workspace and what was made of a backup.
/// - What lay broken off was seen to outside.
/// - Settings are set back by setting them.
/// - A finding called wrong is called right again by the same key; it changes no decision.
/// - A mark that a student was told is taken back by the same button; it changes no decision.
/// - A list of payments is taken out as a whole and read again; a payment is assigned anew. Neither changes a decision.
/// - A sampling plan decides nothing: it is given up, and drawn anew.
/// - Choosing for a second review decides nothing: reviews are given up, and photos chosen anew.
/// - A round that was closed is opened again by the same button; an archive is a file outside; a day is set again.
/// - People, their roles and PINs are set back by setting them; what was shown has been seen.
/// - Passphrases and recovery codes are set anew; what was sealed stays sealed.
/// - What was deleted is gone: that is what the deletion is for.
///
/// Measurements and cached verdicts are no acts of a person: they are neither logged nor undone.
pub const EXEMPT_FROM_UNDO: [Act; 38] = [
    Act::RoundCreated,
    Act::ProfileChanged,
    Act::PhotosTakenIn,
    Act::CodesFiled,
    Act::ReferencesFiled,
    Act::MatchQuestioned,
    Act::Delivered,
    Act::DeliveryRepeated,
    Act::WritingDismissed,
    Act::Printed,
    Act::FileWritten,
    Act::SettingChanged,
    Act::FindingDisputed,
    Act::NoticeMarked,
    Act::PaymentsImported,
    Act::PaymentsRemoved,
    Act::PaymentAssigned,
    Act::SamplePlanned,
    Act::SampleWithdrawn,
    Act::ReviewChosen,
    Act::ReviewWithdrawn,
    Act::RoundClosed,
    Act::RoundReopened,
    Act::RoundArchived,
    Act::RetentionSet,
    Act::RoundErased,
    Act::CopiedOut,
    Act::Restored,
    Act::PersonAdded,
    Act::PersonChanged,
    Act::PinSet,
    Act::NumberRevealed,
    Act::WorkspaceSealed,
    Act::PassphraseChanged,
    Act::RecoveryCodeRenewed,
    Act::RecoveryCodeConfirmed,
    Act::KeyKeptHere,
    Act::KeyForgottenHere,
];

impl Act {
    /// Every act.
    pub const ALL: [Self; 59] = [
        Self::RoundCreated,
        Self::ProfileChanged,
        Self::RosterImported,
        Self::PhotosTakenIn,
        Self::CodesFiled,
        Self::CodesRemoved,
        Self::ReferencesFiled,
        Self::ReferencesRemoved,
        Self::PhotoAssigned,
        Self::PhotoPutBack,
        Self::PhotoDismissed,
        Self::PhotoChosen,
        Self::MatchQuestioned,
        Self::Decided,
        Self::Undone,
        Self::Redone,
        Self::Delivered,
        Self::DeliveryRepeated,
        Self::WritingDismissed,
        Self::Printed,
        Self::FileWritten,
        Self::SettingChanged,
        Self::FindingDisputed,
        Self::NoticeMarked,
        Self::PaymentsImported,
        Self::PaymentsRemoved,
        Self::PaymentAssigned,
        Self::ReceiptsImported,
        Self::ReceiptsDropped,
        Self::ReceiptAssigned,
        Self::ReceiptSettled,
        Self::ReturnedRejected,
        Self::PaperMarked,
        Self::SamplePlanned,
        Self::SampleWithdrawn,
        Self::BulkApproved,
        Self::ReviewChosen,
        Self::ReviewWithdrawn,
        Self::SecondReviewed,
        Self::ScopeChanged,
        Self::StudentsMarked,
        Self::RoundRenamed,
        Self::RoundClosed,
        Self::RoundReopened,
        Self::RoundArchived,
        Self::RetentionSet,
        Self::RoundErased,
        Self::CopiedOut,
        Self::Restored,
        Self::PersonAdded,
        Self::PersonChanged,
        Self::PinSet,
        Self::NumberRevealed,
        Self::WorkspaceSealed,
        Self::PassphraseChanged,
        Self::RecoveryCodeRenewed,
        Self::RecoveryCodeConfirmed,
        Self::KeyKeptHere,
        Self::KeyForgottenHere,
    ];

    /// The word written to the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RoundCreated => "round_created",
            Self::ProfileChanged => "profile_changed",
            Self::RosterImported => "roster_imported",
            Self::PhotosTakenIn => "photos_taken_in",
            Self::CodesFiled => "codes_filed",
            Self::CodesRemoved => "codes_removed",
            Self::ReferencesFiled => "references_filed",
            Self::ReferencesRemoved => "references_removed",
            Self::PhotoAssigned => "photo_assigned",
            Self::PhotoPutBack => "photo_put_back",
            Self::PhotoDismissed => "photo_dismissed",
            Self::PhotoChosen => "photo_chosen",
            Self::MatchQuestioned => "match_questioned",
            Self::Decided => "decided",
            Self::Undone => "undone",
            Self::Redone => "redone",
            Self::Delivered => "delivered",
            Self::DeliveryRepeated => "delivery_repeated",
            Self::WritingDismissed => "writing_dismissed",
            Self::Printed => "printed",
            Self::FileWritten => "file_written",
            Self::SettingChanged => "setting_changed",
            Self::FindingDisputed => "finding_disputed",
            Self::NoticeMarked => "notice_marked",
            Self::PaymentsImported => "payments_imported",
            Self::PaymentsRemoved => "payments_removed",
            Self::PaymentAssigned => "payment_assigned",
            Self::ReceiptsImported => "receipts_imported",
            Self::ReceiptsDropped => "receipts_dropped",
            Self::ReceiptAssigned => "receipt_assigned",
            Self::ReceiptSettled => "receipt_settled",
            Self::ReturnedRejected => "returned_rejected",
            Self::PaperMarked => "paper_marked",
            Self::SamplePlanned => "sample_planned",
            Self::SampleWithdrawn => "sample_withdrawn",
            Self::BulkApproved => "bulk_approved",
            Self::ReviewChosen => "review_chosen",
            Self::ReviewWithdrawn => "review_withdrawn",
            Self::SecondReviewed => "second_reviewed",
            Self::ScopeChanged => "scope_changed",
            Self::StudentsMarked => "students_marked",
            Self::RoundRenamed => "round_renamed",
            Self::RoundClosed => "round_closed",
            Self::RoundReopened => "round_reopened",
            Self::RoundArchived => "round_archived",
            Self::RetentionSet => "retention_set",
            Self::RoundErased => "round_erased",
            Self::CopiedOut => "copied_out",
            Self::Restored => "restored",
            Self::PersonAdded => "person_added",
            Self::PersonChanged => "person_changed",
            Self::PinSet => "pin_set",
            Self::NumberRevealed => "number_revealed",
            Self::WorkspaceSealed => "workspace_sealed",
            Self::PassphraseChanged => "passphrase_changed",
            Self::RecoveryCodeRenewed => "recovery_code_renewed",
            Self::RecoveryCodeConfirmed => "recovery_code_confirmed",
            Self::KeyKeptHere => "key_kept_here",
            Self::KeyForgottenHere => "key_forgotten_here",
        }
    }

    /// The act of a stored word, be it an earlier version's.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|act| act.words().any(|own| own == word))
    }

    /// Every word that stands for it in a log, its own first: earlier versions had an act for each of two kinds of files.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let earlier: &[&str] = match self {
            Self::FileWritten => &["sms_written", "closing_written"],
            _ => &[],
        };
        std::iter::once(self.as_str()).chain(earlier.iter().copied())
    }

    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::RoundCreated => "新建批次",
            Self::ProfileChanged => "更换检测标准",
            Self::RosterImported => "导入名单",
            Self::PhotosTakenIn => "导入照片",
            Self::CodesFiled => "存放采集码",
            Self::CodesRemoved => "移除采集码",
            Self::ReferencesFiled => "存放对照照片",
            Self::ReferencesRemoved => "移除对照照片",
            Self::PhotoAssigned => "指定学生",
            Self::PhotoPutBack => "放回待认领",
            Self::PhotoDismissed => "不处理照片",
            Self::PhotoChosen => "选用照片",
            Self::MatchQuestioned => "匹配待确认",
            Self::Decided => "审核",
            Self::Undone => "撤销",
            Self::Redone => "重做",
            Self::Delivered => "交付",
            Self::DeliveryRepeated => "再次写出交付",
            Self::WritingDismissed => "处理中断的写出",
            Self::Printed => "打印",
            Self::FileWritten => "写出文件",
            Self::SettingChanged => "更改设置",
            Self::FindingDisputed => "标记误报",
            Self::NoticeMarked => "标记已通知",
            Self::PaymentsImported => "导入缴费记录",
            Self::PaymentsRemoved => "移除缴费记录",
            Self::PaymentAssigned => "指定缴费人",
            Self::ReceiptsImported => "导入回执",
            Self::ReceiptsDropped => "不计回执",
            Self::ReceiptAssigned => "指定回执学生",
            Self::ReceiptSettled => "认定回执",
            Self::ReturnedRejected => "按回执退回",
            Self::PaperMarked => "登记纸质照片",
            Self::SamplePlanned => "抽样方案",
            Self::SampleWithdrawn => "放弃抽样方案",
            Self::BulkApproved => "抽样批量通过",
            Self::ReviewChosen => "选定复审",
            Self::ReviewWithdrawn => "撤回复审",
            Self::SecondReviewed => "复审",
            Self::ScopeChanged => "更改采集范围",
            Self::StudentsMarked => "标记学生",
            Self::RoundRenamed => "批次改名",
            Self::RoundClosed => "结束本批",
            Self::RoundReopened => "重新打开",
            Self::RoundArchived => "归档",
            Self::RetentionSet => "设定保存期限",
            Self::RoundErased => "删除本批数据",
            Self::CopiedOut => "备份到文件",
            Self::Restored => "恢复备份",
            Self::PersonAdded => "添加人员",
            Self::PersonChanged => "更改人员",
            Self::PinSet => "设置口令",
            Self::NumberRevealed => "查看证件号",
            Self::WorkspaceSealed => "加密工作区",
            Self::PassphraseChanged => "更改工作区口令",
            Self::RecoveryCodeRenewed => "更换恢复码",
            Self::RecoveryCodeConfirmed => "确认恢复码",
            Self::KeyKeptHere => "本机记住口令",
            Self::KeyForgottenHere => "本机不再记住口令",
        }
    }

    /// Whether a round that is closed or erased takes the act.
    pub const fn outlasts_the_round(self) -> bool {
        matches!(
            self,
            Self::RoundReopened
                | Self::RoundArchived
                | Self::RetentionSet
                | Self::RoundErased
                | Self::NumberRevealed
                | Self::WritingDismissed
        )
    }

    /// Whether a round that is closed, its data still there, takes the act: one that takes from the round what it holds,
    /// and changes nothing of it.
    pub const fn outlasts_the_end(self) -> bool {
        self.outlasts_the_round()
            || matches!(
                self,
                Self::DeliveryRepeated | Self::Printed | Self::FileWritten
            )
    }
}
