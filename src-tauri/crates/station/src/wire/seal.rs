//! The door of a workspace: what a host says before it is open, and what opens it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroize;

use super::{BackupCard, BackupRestored};

/// Whether there is a workspace, and whether it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DoorState {
    /// None yet: how it lies on the disk is still to be chosen.
    New,
    /// A sealed one, not yet unlocked.
    Locked,
    /// One that opens for nobody: its database or key is lost or damaged.
    Damaged,
    /// Open.
    Open,
}

/// The door of the host's workspace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DoorView {
    /// How it stands.
    pub state: DoorState,
    /// Folder of the workspace.
    pub folder: String,
    /// Fewest characters of a passphrase.
    pub least: u32,
    /// Whether this computer may be able to open it by its keychain.
    pub kept: bool,
    /// Why it opens for nobody, in Chinese; empty where it may open.
    pub problem: String,
}

/// The backups of a workspace that does not open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DoorBackups {
    /// They, newest first.
    pub backups: Vec<BackupCard>,
    /// Whether the workspace's passphrase is needed to restore one.
    pub sealed: bool,
    /// Who answers for restoring.
    pub keepers: DoorKeepers,
    /// The keepers who have a PIN, where they are known.
    pub names: Vec<String>,
    /// Folders beside the workspace that hold, whole or not, what was restored before.
    pub beside: Vec<String>,
}

/// What is known of the keepers who answer for restoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DoorKeepers {
    /// Somebody has a PIN, and one of them answers by it.
    Named,
    /// Nobody has one.
    Nobody,
    /// Only what opens the sealed workspace tells.
    Locked,
    /// Their names can be read nowhere: that is to be confirmed.
    Unread,
}

/// A backup in a file, looked into before it is restored.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct DoorCopy {
    /// The file.
    pub file: String,
    /// What opens it.
    pub passphrase: String,
}

/// Put what is restored in the place of a workspace that does not open, or where there is none.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct DoorRestore {
    /// Name of a backup; empty to use the file.
    pub name: String,
    /// File that a backup was written into; empty to use the name.
    pub file: String,
    /// What opens the file, or, for a backup that is sealed, the workspace's passphrase or its recovery code.
    pub passphrase: String,
    /// PIN of a keeper of the workspace; empty where none was asked for.
    pub pin: String,
    /// Passphrase or recovery code of the sealed workspace whose place a file takes; empty otherwise.
    pub workspace: String,
    /// Whether somebody confirmed that the keepers can be read nowhere, and that no PIN is asked for therefore.
    pub unread: bool,
}

/// What was restored, and is in its place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DoorRestored {
    /// What is in it, and where it is.
    pub report: BackupRestored,
    /// Where what did not open is now, with its backups; empty where there was nothing.
    pub aside: String,
}

/// What came of opening the door.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct DoorOpened {
    /// Why the passphrase was not kept in the keychain, where that was asked for; empty otherwise. The door is open all
    /// the same.
    pub unkept: String,
}

/// What a sealed workspace is opened with.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
pub struct DoorKey {
    /// The passphrase; empty where the code is used.
    pub passphrase: String,
    /// The recovery code as typed; empty where the passphrase is used.
    pub recovery: String,
    /// With a recovery code, the passphrase from now on.
    pub next: String,
    /// Whether this computer's keychain is to open the workspace from now on.
    pub keep: bool,
}

/// A passphrase for a workspace.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PassphraseGiven {
    /// It; empty for a workspace that is to be plain.
    pub passphrase: String,
}

/// Another passphrase in place of the one so far.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PassphraseChange {
    /// The one so far.
    pub old: String,
    /// The one from now on.
    pub new: String,
}

/// A recovery code: shown once, and nowhere to be read again.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RecoveryShown {
    /// Nine groups of four signs with hyphens; empty for a plain workspace, which has none.
    pub code: String,
    /// What is still to be done beside keeping the code; mostly empty.
    pub note: String,
}

/// A recovery code as somebody reads it from paper.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RecoveryGiven {
    /// As typed.
    pub code: String,
}

/// What came of a change of what opens the workspace: it holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct KeyChanged {
    /// What is still to be done; mostly empty. A station has nothing to say here: it is for a host with a keychain.
    pub note: String,
}

/// How far sealing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealProgress {
    /// Originals done.
    pub done: u32,
    /// Of how many.
    pub of: u32,
}

unshown!(
    DoorKey,
    DoorCopy,
    DoorRestore,
    PassphraseGiven,
    PassphraseChange,
    RecoveryShown,
    RecoveryGiven
);

impl DoorKey {
    /// Overwrites what was typed, once the door is open or stays shut.
    pub fn wipe(&mut self) {
        self.passphrase.zeroize();
        self.recovery.zeroize();
        self.next.zeroize();
    }
}

impl Drop for DoorCopy {
    fn drop(&mut self) {
        self.passphrase.zeroize();
    }
}

impl Drop for DoorRestore {
    fn drop(&mut self) {
        self.passphrase.zeroize();
        self.pin.zeroize();
        self.workspace.zeroize();
    }
}

impl Drop for PassphraseGiven {
    fn drop(&mut self) {
        self.passphrase.zeroize();
    }
}

impl Drop for RecoveryGiven {
    fn drop(&mut self) {
        self.code.zeroize();
    }
}

impl Drop for PassphraseChange {
    fn drop(&mut self) {
        self.old.zeroize();
        self.new.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_at_the_door_is_wiped() {
        let typed = || "一句口令".to_owned();
        let mut key = DoorKey {
            passphrase: typed(),
            recovery: typed(),
            next: typed(),
            keep: true,
        };
        key.wipe();
        assert!(key.passphrase.is_empty() && key.recovery.is_empty() && key.next.is_empty());
    }
}
