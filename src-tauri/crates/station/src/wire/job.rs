//! Long work: started, watched, cancelled.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::backup::{BackupCard, BackupCopied, BackupRestored, BackupVerified};
use super::delivery::{DeliveryRepeated, DeliveryReport};
use super::ending::{ArchiveReport, ErasedView};
use super::failure::Failure;
use super::filing::FilingReport;
use super::photos::{IntakeLine, IntakeReport};
use super::prints::PrintsReport;
use crate::zh;

/// A job of this run of the station.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct JobId {
    /// Its number.
    pub job: u32,
}

/// Ask for lines of what a job brought.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct JobLinesAsk {
    /// Its number.
    pub job: u32,
    /// Lines to skip.
    pub offset: u32,
    /// Lines wanted, at most 1000.
    pub limit: u32,
}

/// Lines of an import's report, those included that the report itself only counts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JobLines {
    /// How many there are.
    pub total: u32,
    /// The lines asked for.
    pub rows: Vec<IntakeLine>,
}

/// A job has begun.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct JobStarted {
    /// Its number.
    pub job: u32,
}

/// What kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Making the example round.
    Example,
    /// Importing photos.
    Intake,
    /// Checking photos.
    Checks,
    /// Writing a delivery.
    Delivery,
    /// Laying photos out for paper.
    Prints,
    /// Writing the archive of a round.
    Archive,
    /// Deleting the data of a round.
    Erase,
    /// Making, carrying away, reading through or restoring a backup.
    Backup,
}

/// Where a job stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JobState {
    /// Its number.
    pub job: u32,
    /// What kind.
    pub kind: JobKind,
    /// The round it works on; `null` while the example round is being made.
    pub round: Option<i64>,
    /// What it is doing now, in Chinese.
    pub stage: String,
    /// Photos done in this stage.
    pub done: u32,
    /// Photos in this stage; 0 while it is being counted.
    pub total: u32,
    /// Seconds since the stage began.
    pub seconds: f64,
    /// Cancelling was asked for.
    pub cancelling: bool,
    /// Whether whoever asks may cancel it: who started it, and who may start one of its kind.
    pub may_cancel: bool,
    /// It has ended.
    pub finished: bool,
    /// Why it failed; `null` unless it did.
    pub failure: Option<Failure>,
    /// What it brought; `null` until it has ended well.
    pub outcome: Option<JobOutcome>,
}

/// What a finished job brought.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobOutcome {
    /// The example round stands.
    Example {
        /// Its id.
        round: i64,
    },
    /// Photos came in.
    Intake {
        /// The counts.
        report: IntakeReport,
    },
    /// Pictures of 采集码 were filed.
    Codes {
        /// The counts.
        report: FilingReport,
    },
    /// Reference photos were filed.
    References {
        /// The counts.
        report: FilingReport,
    },
    /// Photos were checked.
    Checks {
        /// How many.
        checked: u32,
        /// Stopped early by the reviewer.
        cancelled: bool,
    },
    /// A delivery was written.
    Delivery {
        /// The report.
        report: DeliveryReport,
    },
    /// A delivery was written again.
    Repeated {
        /// The report.
        report: DeliveryRepeated,
    },
    /// Sheets were written.
    Prints {
        /// The report.
        report: PrintsReport,
    },
    /// An archive was written.
    Archive {
        /// The report.
        report: ArchiveReport,
    },
    /// The data of a round was deleted.
    Erase {
        /// What.
        report: ErasedView,
    },
    /// A backup was made.
    BackedUp {
        /// It.
        backup: BackupCard,
    },
    /// A backup was written into one file.
    CopiedOut {
        /// The report.
        report: BackupCopied,
    },
    /// A workspace was made of a backup.
    Restored {
        /// The report.
        report: BackupRestored,
    },
    /// A backup was read through.
    BackupVerified {
        /// The report.
        report: BackupVerified,
    },
}

/// Most lines of one kind that a report keeps.
const MOST_LINES: usize = 500;

/// Keeps the first of very many lines, and says how many more there were.
fn bound(lines: &mut Vec<IntakeLine>) {
    let more = lines.len().saturating_sub(MOST_LINES);
    if more > 0 {
        lines.truncate(MOST_LINES);
        lines.push(IntakeLine {
            file: zh::MORE_FILES.to_owned(),
            whose: String::new(),
            problem: zh::more_lines(more),
            remedy: zh::MORE_LINES_REMEDY.to_owned(),
        });
    }
}

impl JobOutcome {
    /// The lines of an import's report.
    pub(crate) fn lines(&self) -> &[IntakeLine] {
        match self {
            Self::Intake { report } => &report.lines,
            Self::Codes { report } | Self::References { report } => &report.lines,
            _ => &[],
        }
    }

    /// With the first lines alone of a report on very many files or students.
    pub(crate) fn bounded(mut self) -> Self {
        match &mut self {
            Self::Intake { report } => bound(&mut report.lines),
            Self::Codes { report } | Self::References { report } => bound(&mut report.lines),
            // The list of the delivery has them all, and the report how many there are.
            Self::Delivery { report } => {
                report.deviations.truncate(MOST_LINES);
                report.not_delivered.truncate(MOST_LINES);
                report.delivered_before.truncate(MOST_LINES);
            }
            _ => {}
        }
        self
    }

    /// Where what was written lies that opens with the passphrase in here; `None` where there is none.
    pub(crate) fn opened_by_passphrase(&self) -> Option<&str> {
        let (passphrase, at) = match self {
            Self::Delivery { report } => (report.passphrase.as_deref(), &report.folder),
            Self::Repeated { report } => (report.passphrase.as_deref(), &report.folder),
            Self::Archive { report } => (report.passphrase.as_deref(), &report.path),
            Self::CopiedOut { report } => (Some(report.passphrase.as_str()), &report.path),
            _ => return None,
        };
        let passphrase = passphrase.filter(|passphrase| !passphrase.is_empty());
        passphrase.map(|_| at.as_str())
    }

    /// Takes the passphrase out of what is kept, where there is one.
    pub(crate) fn forget_passphrase(&mut self) {
        match self {
            Self::Delivery { report } => report.passphrase = None,
            Self::Repeated { report } => report.passphrase = None,
            Self::Archive { report } => report.passphrase = None,
            Self::CopiedOut { report } => report.passphrase.clear(),
            _ => {}
        }
    }
}
