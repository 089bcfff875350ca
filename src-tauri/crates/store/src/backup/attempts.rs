//! Wrong PINs at the door, where the database that would count them is damaged: how many there were in a row and until when
//! none is looked at, in a file of the workspace. Ending the program makes none free. It names nobody; it goes aside with what
//! does not open, and a right PIN removes it, as does opening the workspace after all.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zhaoshen_model::person::{LONGEST_WAIT, wait_after};

use crate::error::{Error, Result};
use crate::seal::key_file::replace;

/// Name of the file.
const FILE: &str = "口令次数";
const FORMAT: &str = "zhaoshen-attempts-1";
/// Most bytes of it that are read.
const LONGEST: u64 = 4 << 10;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attempts {
    format: String,
    /// Wrong ones in a row.
    wrong: u32,
    /// Until when none is looked at.
    retry_at: Option<Timestamp>,
}

/// Whether a PIN may be looked at now.
pub(super) enum Begun {
    /// It may, and counts as wrong already; what must pass before the next if it is.
    Counted(Duration),
    /// There were too many wrong ones; the wait that is left.
    TooSoon(Duration),
}

/// Counts an attempt at `at` as wrong before it is looked at, durably.
///
/// # Errors
/// When the file cannot be written: then nothing is to be looked at.
pub(super) fn begin(dir: &Path, at: Timestamp) -> Result<Begun> {
    let before = read(dir);
    let until = before.as_ref().and_then(|before| before.retry_at);
    let left = until.and_then(|until| Duration::try_from(at.duration_until(until)).ok());
    let longest = Duration::from_secs(LONGEST_WAIT.into());
    // A longer wait than the longest was set under another clock.
    if let Some(left) = left.filter(|left| !left.is_zero() && *left <= longest) {
        return Ok(Begun::TooSoon(left));
    }
    let wrong = before.map_or(0, |before| before.wrong).saturating_add(1);
    let wait = Duration::from_secs(wait_after(wrong).into());
    let now = Attempts {
        format: FORMAT.to_owned(),
        wrong,
        retry_at: at.saturating_add(wait).ok(),
    };
    let json =
        serde_json::to_vec(&now).map_err(|source| Error::Unstorable { what: FILE, source })?;
    replace(dir, FILE, &json)?;
    Ok(Begun::Counted(wait))
}

/// Forgets the wrong ones: the last was right, or the workspace opens and asks at its desk.
///
/// # Errors
/// When the file stays.
pub(crate) fn forgive(dir: &Path) -> Result<()> {
    let path = dir.join(FILE);
    match fs::remove_file(&path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(Error::io(&path, source)),
        _ => Ok(()),
    }
}

/// What was counted; `None` where there is no file that this program wrote. Whoever can write over it can remove it as well.
fn read(dir: &Path) -> Option<Attempts> {
    let mut bytes = Vec::new();
    let file = File::open(dir.join(FILE)).ok()?;
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    let counted: Attempts = serde_json::from_slice(&bytes).ok()?;
    (counted.format == FORMAT).then_some(counted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use jiff::SignedDuration;

    use super::*;
    use crate::store::{DATABASE_FILE, Store};

    fn wait(dir: &Path, at: Timestamp) -> (bool, u64) {
        match begin(dir, at).unwrap() {
            Begun::Counted(wait) => (true, wait.as_secs()),
            Begun::TooSoon(left) => (false, left.as_secs()),
        }
    }

    #[test]
    fn waits_grow_outlast_the_program_and_end_with_a_right_one() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path();
        let at = Timestamp::UNIX_EPOCH;
        let later = |seconds| at + SignedDuration::from_secs(seconds);
        assert_eq!([wait(dir, at), wait(dir, at)], [(true, 0), (true, 0)]);
        assert_eq!(wait(dir, at), (true, 5));
        // Nothing is kept in memory: this is what another run of the program finds.
        assert_eq!(wait(dir, later(2)), (false, 3));
        assert_eq!(wait(dir, later(5)), (true, 10));
        assert_eq!(wait(dir, later(14)), (false, 1));
        // Set under a clock that was years ahead.
        assert_eq!(wait(dir, later(-90_000)), (true, 20));
        forgive(dir).unwrap();
        forgive(dir).unwrap();
        assert_eq!(wait(dir, at), (true, 0));
    }

    #[test]
    fn a_workspace_that_opens_after_all_starts_from_none() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path();
        drop(Store::create(dir).unwrap());
        for _ in 0..3 {
            begin(dir, Timestamp::UNIX_EPOCH).unwrap();
        }
        let database = dir.join(DATABASE_FILE);
        let whole = fs::read(&database).unwrap();
        fs::write(&database, "damaged").unwrap();
        assert!(Store::open(dir).is_err() && dir.join(FILE).exists());
        fs::write(&database, whole).unwrap();
        drop(Store::open(dir).unwrap());
        assert!(!dir.join(FILE).exists());
    }

    #[test]
    fn the_file_names_nobody_and_one_of_somebody_else_counts_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        assert_eq!(wait(folder.path(), Timestamp::UNIX_EPOCH), (true, 0));
        let kept: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let mut names: Vec<&String> = kept.as_object().unwrap().keys().collect();
        names.sort();
        assert_eq!(names, ["format", "retry_at", "wrong"]);
        for other in ["", "{}", r#"{"format":"other","wrong":9,"retry_at":null}"#] {
            fs::write(&path, other).unwrap();
            assert_eq!(wait(folder.path(), Timestamp::UNIX_EPOCH), (true, 0));
        }
    }
}
