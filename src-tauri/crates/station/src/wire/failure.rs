//! What a host is told when a command cannot be carried out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The cases a screen treats differently; everything else is `Internal`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The named thing does not exist.
    NotFound,
    /// The request itself is not acceptable (an empty name, a day that is none …).
    Refused,
    /// It is to be signed, and nobody gave a name yet.
    Nameless,
    /// There is no such queue.
    NoQueue,
    /// Nobody is signed in at this session, or it is locked.
    SignedOut,
    /// Whoever is signed in has not the role.
    NotAllowed,
    /// Somebody decided meanwhile; look again.
    Conflict,
    /// A file or folder cannot be read or written.
    File,
    /// The workbook cannot be used.
    Roster,
    /// The workspace is in use by another program, or of a newer version.
    Workspace,
    /// The workspace's database or key is lost or damaged: it opens for nobody, and a backup makes one again.
    Damaged,
    /// The job was cancelled.
    Cancelled,
    /// A fault of the station.
    Internal,
}

/// A failed command. Screens branch on `code`, never on the text.
#[derive(Debug, Clone, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Which case.
    pub code: Code,
    /// What happened and what to do, in Chinese, naming the file.
    pub message: String,
    /// The technical chain, for the log.
    pub detail: String,
}
