//! Everything at rest: the database, the audit log, undo and the photo vault.
//!
//! A workspace is one folder:
//!
//! ```text
//! zhaoshen.db          SQLite in WAL mode: one table per file under `table/`
//! 钥匙                  in a sealed workspace alone, see [`seal`]
//! zhaoshen.lock        held while a station is open; a second one is refused
//! photos/ab/cdef…      originals, named by the SHA-256 of their bytes, never changed; in a sealed workspace
//!                      encrypted, and named by what only the key makes of that hash
//! derived/preview|…    what can be made again from an original
//! incoming/            files being written; emptied when the workspace opens
//! zhaoshen.unnamed     while an import runs: the originals that wait for a row; swept when the workspace opens
//! 备份/                 rolling backups, see [`backup`]
//! ```
//!
//! Only this crate holds SQL, and every byte of the workspace is written and read here: the
//! vault through two functions of its own, the database through one that opens connections.
//!
//! How it is arranged: [`table`] has, for each table, the migration, the row and the plain reads
//! and writes; [`act`] has what a person does, each in one transaction that writes the tables, the
//! log and the undo record together; [`queue`] has the questions the review desk asks.
//!
//! Deliberately not here: any judgement, any reading of users' files, any clock. The time of an
//! act is passed in by the caller.

pub mod act;
mod audit;
pub mod backup;
mod column;
mod error;
mod health;
mod history;
mod kind;
mod lock;
mod migration;
mod pin;
mod place;
mod private;
pub mod queue;
mod received;
pub mod seal;
pub mod selection;
pub mod statistics;
mod store;
pub mod table;
mod unnamed;
mod vault;
mod within;

pub use act::assign::AssignOutcome;
pub use act::decide::{Seen, Target};
pub use act::erase::Erasing;
pub use act::exempt::NewProfileVersion;
pub use act::filing::{FilingOutcome, Pictures};
pub use act::intake::{IntakeOutcome, IntakeRecord};
pub use act::payment::{AddedPayments, OddPayment};
pub use act::person::PinCheck;
pub use act::print::NewPrints;
pub use act::question::Question;
pub use act::reverted::{Reverted, RevertedAct, UndoDepth};
pub use act::roster::{RosterEntry, RosterImport, RosterOutcome};
pub use act::sample::{SampleReleased, Unseen};
pub use act::scope::{MarkEdit, ScopeState};
pub use act::second_review::ReviewChoice;
pub use act::written::{FileKind, NewFile};
pub use act::{Act, EXEMPT_FROM_UNDO};
pub use audit::{DecisionFault, LogCheck, LogFault, MOST_FAULTS, NamedRow};
pub use backup::{
    BackupCheck, BackupEntry, BackupNote, BackupRow, BackupWhy, Backups, DoorCheck, Keepers,
    Restored, Restoring, WhoAnswers,
};
pub use error::{Error, Result};
pub use health::{Health, PhotoCheck};
pub use history::MOST_NAMED;
pub use kind::{Format, WorkspaceKind};
pub use queue::{QueueCounts, QueueKind, QueueRow};
pub use received::ReceivedRow;
pub use seal::{HereSecret, KEY_FILE, LEAST_PASSPHRASE, RecoveryCode, SealFault, Unlock};
pub use selection::{Searchable, Selection};
pub use statistics::{Made, Standing, StandingSubmission};
pub use store::{DATABASE_FILE, LOCK_FILE, Store};
pub use table::chain::LogHead;
pub use table::decision::DecisionRow;
pub use table::delivery::{Approval, DeliveredFile, DeliveryRow, NewDelivery};
pub use table::dispute::{Dispute, DisputeRow};
pub use table::filed::Filed;
pub use table::log::{LogFilter, LogRow, Subject};
pub use table::look::KEPT_BITS;
pub use table::notice::NoticeRow;
pub use table::payment::{NewPayment, PaymentRow};
pub use table::person::PersonRow;
pub use table::profile_version::ProfileVersionRow;
pub use table::receipt::{NewReceipt, ReceiptRow, ReceiptSource, Whose};
pub use table::retention::Retention;
pub use table::round::{NewRound, RoundCounts, RoundRow, RoundSummary};
pub use table::round_end::{
    ArchiveRecord, Closed, Erased, ErasureRecord, LeftOpen, Outside, RoundEnd, Signed,
    WrittenOutside,
};
pub use table::sampling_plan::{NewSamplingPlan, SamplingPlanRow};
pub use table::second_review::{OpenReview, ReviewPart, ReviewRow, ReviewWhy};
pub use table::student::{RosterLine, StudentKey};
pub use table::submission::{NewestRow, SubmissionRow, SubmissionVerdict};
pub use table::together::unpicked;
pub use table::unfinished::{NamedLast, NewWriting, UnfinishedRow, Writing, WritingKind};
pub use vault::DerivedKind;
