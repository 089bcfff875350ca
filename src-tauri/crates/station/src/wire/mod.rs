//! The wire types: everything that crosses between a host and the station, declared once.
//!
//! TypeScript is generated from these (see [`crate::typescript`]). Not the domain: each type is a
//! flat view made for a screen or a terminal, converted by hand from `model`. No ID number crosses
//! unmasked, save the one that [`RevealedNumber`] is asked for. Words are the same as in Rust and SQL, in snake case.

// What is secret is shown by no debug output.
macro_rules! unshown {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )+};
}

mod app;
mod audit;
mod backup;
mod bulk;
mod delivery;
mod desk;
mod doctor;
mod ending;
mod failure;
mod fee;
mod filing;
mod help;
mod job;
mod mapping;
mod notice;
mod people;
mod photos;
mod prints;
mod reconcile;
mod review;
mod roster;
mod round;
mod scope;
mod seal;
mod second;
mod sms;
mod standard;
mod statistics;
mod table;

pub use app::{AppStatus, Empty, LogEntry, LogPage, LogQuery, ProfileCard, ReviewerSet};
pub use audit::{AuditFault, AuditView, LogSave};
pub use backup::{
    BackupCard, BackupCopied, BackupCopy, BackupDismiss, BackupRef, BackupRestore, BackupRestored,
    BackupVerified, BackupView,
};
pub use bulk::{
    GridAsk, GridCard, GridPartner, GridPose, PageCommit, PageCommitted, PageItem, PlanRef,
    PlanReleased, PlanView, QueueFilter, SampleAsk, SampleOffer, SampleSize,
};
pub use delivery::{
    DeliveryCard, DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryPart, DeliveryPreview,
    DeliveryRepeat, DeliveryRepeated, DeliveryReport, DeliveryShape, DeliverySplit, DeliveryWay,
    DeliveryWayRef, DeliveryWaySave, DeliveryWrite, LeftOutAsk, LeftOutOf, LeftOutPage,
    NotDelivered, PhotoInDoubt, UnfinishedCard, UnfinishedRef,
};
pub use desk::{Disputed, FindingDispute, HumanItem, KeyBinding, KeyBindings};
pub use doctor::{DiagnosticsSave, DoctorArea, DoctorFinding, DoctorReport, DoctorState};
pub use ending::{
    ArchiveCheck, ArchiveChecked, ArchiveChoice, ArchiveReport, ArchiveView, ArchiveWrite,
    EndingView, ErasedLine, ErasedView, OutsideLine, RetentionSet, RoundClose, RoundErase,
    RoundRename,
};
pub use failure::{Code, Failure};
pub use fee::{
    FeeAsk, FeeAssign, FeeCandidate, FeeImport, FeeImported, FeeList, FeePage, FeePart, FeePayment,
    FeeRemove, FeeRow, FeeSet, FeeShare, FeeSkipped, FeeUnknownAsk, FeeUnknownPage, FeeView,
};
pub use filing::{FiledRemove, FiledRemoved, FilingReport, ReferenceView};
pub use help::{HelpAllowance, HelpAsk, HelpMachine, HelpPage, HelpPerson};
pub use job::{JobId, JobKind, JobLines, JobLinesAsk, JobOutcome, JobStarted, JobState};
pub use mapping::{
    MappedColumn, RosterColumn, RosterMap, RosterSheet, RosterSurveyAsk, RosterSurveyView,
};
pub use notice::{
    ChaseRow, NoticeAsk, NoticeGroup, NoticeMark, NoticeMarked, NoticeRow, NoticeTemplate,
    NoticeView,
};
pub use people::{
    IdleSet, PeopleView, PersonAdd, PersonCard, PersonDisable, PersonName, PersonPin, PersonRename,
    PersonRoles, PinChange, RevealedNumber, RoleSet, SeatState, SeatView, SignIn, StudentRef,
};
pub use photos::{
    IntakeLine, IntakeReport, PhotosImport, PhotosKind, PileAssign, PileAssignAll, PileDismiss,
    PileItem, PilePair, PileProposal, Piles, StudentHit, StudentSearch, WatchLine, WatchSet,
    WatchView,
};
pub use prints::{
    PrintsArea, PrintsAsked, PrintsKey, PrintsKind, PrintsOptions, PrintsPaper, PrintsPreview,
    PrintsReport, PrintsSplit, PrintsTwoInch, PrintsWrite,
};
pub use reconcile::{
    ClosingSave, ClosingSaved, PaperAsk, PaperClass, PaperMark, PaperMarked, PaperRow,
    ReceiptAssign, ReceiptAssigned, ReceiptCell, ReceiptList, ReceiptSettle, ReceiptSettled,
    ReceiptsDrop, ReceiptsDropped, ReceiptsImport, ReceiptsImported, ReceiptsReject,
    ReceiptsRejected, ReconcileAsk, ReconcileKind, ReconcilePage, ReconcilePart, ReconcileRow,
    ReconcileSum, ReconcileView,
};
pub use review::{
    ChooseRequest, Crop, DecideRequest, Decided, DecisionView, DeskAct, FindingView, FrameView,
    HistoryEntry, MarkView, NearPhotoView, PictureView, QueueCount, QueueItem, QueueMore,
    QueueOpen, QueueOpened, Reason, ReasonTemplate, RectView, SubmissionRef, SubmissionView,
    UndoAsk, Undoable, Undone, UndoneAct,
};
pub use roster::{
    FieldChange, FieldLeft, RefusedCell, RefusedSave, RemedyGroup, RosterCommit, RosterCommitted,
    RosterPreview, RosterSource, StudentChange, StudentPage, StudentRow, StudentsQuery,
    VanishedStudent,
};
pub use round::{RoundCard, RoundCreate, RoundEnter, RoundRef};
pub use scope::{
    CollectedImport, CollectedImported, CollectedLine, ScopeChoice, ScopeChoices, ScopeCohort,
    ScopeCounts, ScopeReason, ScopeSet, ScopeStudent, ScopeTogether, ScopeView, StudentMark,
    StudentMarked,
};
pub use seal::{
    DoorBackups, DoorCopy, DoorKeepers, DoorKey, DoorOpened, DoorRestore, DoorRestored, DoorState,
    DoorView, KeyChanged, PassphraseChange, PassphraseGiven, RecoveryGiven, RecoveryShown,
    SealProgress,
};
pub use second::{
    PairFigures, ReviewAsk, ReviewBook, ReviewLine, ReviewView, ReviewsChanged, RuleAgreement,
};
pub use sms::{
    SmsAsk, SmsColumn, SmsColumns, SmsPreview, SmsSave, SmsSaved, SmsSignature, SmsStudent, SmsWhat,
};
pub use standard::{
    RuleEdit, RuleNumber, RuleShift, RuleValues, ShiftedItem, StandardHistogram, StandardRef,
    StandardRule, StandardSave, StandardShift, StandardVersion, StandardView, StandardWhatIf,
};
pub use statistics::{
    CollegeFigures, DayFigures, ReviewerFigures, RoundProgress, RuleFigures, Statistics,
    StatisticsSave,
};
pub use table::{FileSaved, TableColumn, TableSave};
