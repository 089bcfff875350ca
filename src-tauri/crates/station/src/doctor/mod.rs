//! `doctor`: looks over this computer and a workspace and says how to mend what is wrong.
//!
//! Changes nothing; a workspace that cannot be opened is a finding, not a failure. Every finding has a code, so that the
//! package of diagnostics (`package`) can tell it without a word of Chinese.

mod machine;
mod package;
mod workspace;

use std::path::{Path, PathBuf};

pub use self::package::save_shut;

use crate::app::{local_time, now};
use crate::wire::{DoctorArea, DoctorFinding, DoctorReport, DoctorState, DoorKey, Empty, Failure};
use crate::{Seat, Station, zh};

/// Code of the finding that a workspace is of an earlier version: opening it would bring it up to date, looking does not.
pub const OLDER_FORMAT: &str = "format";

/// How many originals are read and held to their SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// A couple of hundred, others each day: seconds.
    Sample,
    /// All: as long as the disk takes.
    All,
}

/// What only the host knows of itself.
#[derive(Debug, Clone, Default)]
pub struct Host {
    /// Version of the web view that shows the screens.
    pub web_view: Option<String>,
    /// Folder of the diary.
    pub diary: Option<PathBuf>,
}

impl Host {
    /// What can be told without a window: the web view that is installed, and where the window's diary lies.
    pub fn without_window() -> Self {
        Self {
            web_view: zhaoshen_exchange::machine::web_view(),
            diary: default_diary(),
        }
    }
}

/// Where the window's program keeps its diary: the system's folder for logs, or for the program's data.
fn default_diary() -> Option<PathBuf> {
    const NAME: &str = "org.zhaoshen.station";
    if cfg!(windows) {
        let base = std::env::var_os("LOCALAPPDATA").map(PathBuf::from);
        return base.map(|base| base.join(NAME).join("logs"));
    }
    let home = std::env::home_dir()?;
    if cfg!(target_os = "macos") {
        return Some(home.join("Library/Logs").join(NAME));
    }
    let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    Some(
        data.unwrap_or_else(|| home.join(".local/share"))
            .join(NAME)
            .join("logs"),
    )
}

impl Station {
    /// Says what the host knows of itself; a second word is not heard.
    pub fn told_of_host(&self, host: Host) {
        // Whoever came first stays: a host says it once, when it starts.
        let _ = self.seat.inner.host.set(host);
    }
}

impl Seat {
    fn host(&self) -> Host {
        self.inner
            .host
            .get()
            .cloned()
            .unwrap_or_else(Host::without_window)
    }

    /// Looks over this computer and the workspace.
    ///
    /// # Errors
    /// None: what is wrong is a finding.
    pub fn doctor_run(&self, _: Empty) -> Result<DoctorReport, Failure> {
        let mut findings = machine::look(&self.host(), self.store().dir());
        findings.extend(workspace::look(&self.inner, Depth::Sample));
        Ok(report(findings))
    }
}

/// As [`Station::doctor_run`] for the workspace in `folder`, which need not open; a sealed one is looked at from outside.
pub fn look(folder: &Path) -> DoctorReport {
    look_into(folder, &DoorKey::default(), Depth::Sample)
}

/// As [`look`], into a sealed workspace too where `key` opens it. It is not brought up to date for that.
pub fn look_into(folder: &Path, key: &DoorKey, depth: Depth) -> DoctorReport {
    let mut findings = machine::look(&Host::without_window(), folder);
    findings.extend(workspace::look_at(folder, key, depth));
    report(findings)
}

fn report(findings: Vec<DoctorFinding>) -> DoctorReport {
    DoctorReport {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        at: local_time(now()),
        sound: findings
            .iter()
            .all(|finding| finding.state != DoctorState::Bad),
        findings,
    }
}

/// A finding; a remedy is named where there is something to mend.
fn told(
    area: DoctorArea,
    code: &str,
    state: DoctorState,
    text: impl Into<String>,
) -> DoctorFinding {
    let mend = matches!(state, DoctorState::Bad | DoctorState::Note);
    DoctorFinding {
        code: code.to_owned(),
        area,
        state,
        title: zh::doctor_title(code).to_owned(),
        text: text.into(),
        remedy: if mend {
            zh::doctor_remedy(code).to_owned()
        } else {
            String::new()
        },
    }
}
