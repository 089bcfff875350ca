//! How errors of the crates below become a [`Failure`] a screen can show.
//!
//! Every text comes from [`zh`]; the technical chain goes into `detail`.

use std::error::Error;

use crate::wire::{Code, Failure};
use crate::zh;

/// Any case.
pub(crate) fn failure(code: Code, message: impl Into<String>) -> Failure {
    Failure {
        code,
        message: message.into(),
        detail: String::new(),
    }
}

/// The request itself is not acceptable.
pub(crate) fn refused(message: impl Into<String>) -> Failure {
    failure(Code::Refused, message)
}

/// It is to be signed, and nobody gave a name yet.
pub(crate) fn nameless() -> Failure {
    failure(Code::Nameless, zh::REVIEWER_MISSING)
}

/// There is no such queue.
pub(crate) fn no_queue() -> Failure {
    failure(Code::NoQueue, zh::QUEUE_UNKNOWN)
}

/// The named thing does not exist.
pub(crate) fn not_found(message: impl Into<String>) -> Failure {
    failure(Code::NotFound, message)
}

/// Something changed meanwhile.
pub(crate) fn conflict(message: impl Into<String>) -> Failure {
    failure(Code::Conflict, message)
}

/// The job was asked to stop.
pub(crate) fn cancelled() -> Failure {
    failure(Code::Cancelled, zh::CANCELLED)
}

/// A fault of the station, with the chain of causes as detail.
pub(crate) fn internal(error: &(dyn Error + 'static)) -> Failure {
    Failure {
        code: Code::Internal,
        message: zh::INTERNAL.to_owned(),
        detail: chain(error),
    }
}

/// The error's text and those of its causes.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// What the store refused or failed with; its text is Chinese and names the remedy.
pub(crate) fn store(error: &zhaoshen_store::Error) -> Failure {
    use zhaoshen_store::Error;
    let code = match error {
        Error::NotFound { .. } | Error::PhotoMissing { .. } | Error::BackupUnknown { .. } => {
            Code::NotFound
        }
        Error::Stopped => Code::Cancelled,
        Error::Conflict { .. }
        | Error::Moved { .. }
        | Error::Superseded { .. }
        | Error::UndoMoved
        | Error::ProfileMoved { .. } => Code::Conflict,
        Error::NotAWorkspace { .. }
        | Error::AlreadyAWorkspace { .. }
        | Error::WithinWorkspace { .. }
        | Error::WorkspaceGone { .. }
        | Error::InUse { .. }
        | Error::NewerWorkspace { .. }
        | Error::Corrupt { .. }
        | Error::DatabaseLost { .. }
        | Error::Busy
        | Error::Seal(_) => Code::Workspace,
        Error::DiskFull
        | Error::DiskFault { .. }
        | Error::ReadOnly
        | Error::Io { .. }
        | Error::NotEmpty { .. }
        | Error::BackupDamaged
        | Error::BackupUnreadable => Code::File,
        Error::Database(_) | Error::Unreadable(_) | Error::Unstorable { .. } => Code::Internal,
        _ => Code::Refused,
    };
    // The text may name a student or a path: the log keeps the case alone, and of a damaged database what the check said, which
    // names pages and tables.
    match error {
        Error::Corrupt { detail } => tracing::warn!(?code, detail, "the database is damaged"),
        _ => tracing::warn!(?code, "the store refused"),
    }
    failure(code, error.to_string())
}

/// The workspace could not be opened.
pub(crate) fn workspace(error: &zhaoshen_store::Error) -> Failure {
    Failure {
        code: match error.is_damage() {
            true => Code::Damaged,
            false => Code::Workspace,
        },
        ..store(error)
    }
}

/// A file, workbook or target folder could not be used; the text is Chinese and names the remedy.
pub(crate) fn exchange(error: &zhaoshen_exchange::Error) -> Failure {
    use zhaoshen_exchange::Error;
    let code = match error {
        Error::Cancelled => Code::Cancelled,
        Error::NotAWorkbook { .. }
        | Error::QuoteUnclosed { .. }
        | Error::PasswordProtected { .. }
        | Error::BrokenWorkbook { .. }
        | Error::WorkbookTooLarge { .. }
        | Error::SheetTooLarge { .. }
        | Error::ColumnMissing { .. }
        | Error::ColumnAmbiguous { .. } => Code::Roster,
        _ => Code::File,
    };
    let mut told = failure(code, error.to_string());
    if let Error::BrokenWorkbook { detail, .. } = error {
        // What a library says in English is for whoever mends it, not for the clerk.
        told.detail.clone_from(detail);
    }
    told
}
