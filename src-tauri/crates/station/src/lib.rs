//! The use cases: the body of every command, and the wire types.
//!
//! Hosts (the window, the terminal, loopback HTTP) see only this crate: they open a [`Station`], call
//! its methods or hand `(name, JSON)` to [`dispatch_for`], and ask [`Station::photo`] for pixels. Deliberately
//! not here: SQL (`store`), users' paths (`exchange`), pixels (`vision`), limits and rules (`checks`),
//! and anything of a window.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a command owns its argument: it comes off the wire and ends here"
)]

mod agreement;
mod app;
mod audit;
pub mod backup;
pub mod bench;
pub mod check;
mod checking;
mod command;
mod delivery;
mod desk;
pub mod doctor;
mod draw;
mod dump;
mod ending;
pub mod evaluate;
pub mod example;
mod failure;
mod fee;
mod gate;
mod grid;
mod help;
mod intake;
mod job;
mod keeping;
mod known;
mod looking;
mod mapping;
mod masking;
mod need;
mod needle;
mod notice;
mod past;
mod people;
mod piles;
mod pinyin;
mod placed;
mod profiles;
mod proposal;
mod queue;
mod reconcile;
mod rematch;
mod review;
mod roster;
mod round;
mod sampling;
mod scope;
pub mod scrub;
pub mod seal;
mod second;
mod several;
mod sitting;
mod sms;
mod standard;
mod statistics;
mod students;
mod submission;
mod table;
pub mod typescript;
mod unfinished;
mod view;
mod watch;
pub mod wire;
pub mod zh;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use zhaoshen_exchange::prints::Fonts;
use zhaoshen_model::{PersonId, PhotoHash};
use zhaoshen_store::{DerivedKind, PersonRow, Store};

pub use command::{dispatch, dispatch_for};
pub use delivery::verify_archive;
pub use dump::leave_no_dump;
pub use job::Progress;
pub use profiles::default_profile;
pub use table::Saved;

use crate::check::Checker;
use crate::delivery::LeftOut;
use crate::doctor::Host;
use crate::job::{Jobs, lock};
use crate::keeping::Keeping;
use crate::reconcile::{Reconciled, SavedTo};
use crate::roster::ShownRoster;
use crate::sitting::{Moment, Sitting};
use crate::standard::ahead::Ahead;
use crate::standard::reading::Readings;
use crate::students::Lines;
use crate::table::SavedFiles;
use crate::unfinished::Current;
use crate::watch::Watch;
use crate::wire::{Empty, Failure, JobId, JobLines, JobLinesAsk, JobOutcome, JobStarted, JobState};

/// Most lines of a report that come in one answer.
const LINES_SHOWN: usize = 1000;

/// An open workspace at one session: a window, a page in a browser, a run of the terminal's program. Each of its methods
/// is let in by the roles of whoever sits there. Shared between threads.
#[derive(Debug)]
pub struct Station {
    seat: Seat,
}

/// Where the bodies of the commands run: the workspace, and who acts. Made for one command by [`Station::admit`].
#[derive(Debug)]
pub(crate) struct Seat {
    inner: Arc<Inner>,
    /// Whether jobs end with this value; a job's own handle must not wait for itself.
    owns_jobs: bool,
    /// The session.
    sitting: Arc<Sitting>,
    /// Who was let in; nobody before there are people.
    who: Option<PersonRow>,
}

/// What background jobs share with the commands.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) checker: Checker,
    pub(crate) jobs: Jobs,
    pub(crate) readings: Readings,
    pub(crate) ahead: Ahead,
    pub(crate) lines: Lines,
    pub(crate) reconciled: Reconciled,
    pub(crate) left_out: LeftOut,
    pub(crate) shown_roster: ShownRoster,
    pub(crate) closings: SavedTo,
    pub(crate) certificates: SavedTo,
    pub(crate) saved: SavedFiles,
    pub(crate) watch: Watch,
    pub(crate) keeping: Keeping,
    pub(crate) writing: Current,
    /// What captions of prints are set in; read when first printed.
    pub(crate) fonts: Mutex<Option<Fonts>>,
    /// What the host said of itself.
    pub(crate) host: OnceLock<Host>,
}

/// Which picture of a photo the screen asks for; never the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoKind {
    /// At most 1080 px on the longer side.
    Preview,
    /// For lists and grids.
    Thumb,
}

impl PhotoKind {
    /// The kind of an address such as `preview/<hash>`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "preview" => Some(Self::Preview),
            "thumb" => Some(Self::Thumb),
            _ => None,
        }
    }
}

impl Seat {
    /// Opens the plain workspace in `folder`, making it when there is none.
    ///
    /// # Errors
    /// [`wire::Code::Workspace`] when another program has it open, when it was written by a newer
    /// version, when it is damaged, or when the folder cannot be written.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let store = Store::open_or_create(folder).map_err(|error| failure::workspace(&error))?;
        Self::over(store)
    }

    /// Over an open workspace.
    ///
    /// # Errors
    /// When a model of the program is damaged.
    pub(crate) fn over(store: Store) -> Result<Self, Failure> {
        let checker = Checker::new()?;
        let keeping = Keeping::default();
        lock(&keeping.alarms).writing = unfinished::see_to(&store)?;
        watch::rest_where_restored(&store)?;
        let inner = Arc::new(Inner {
            store,
            checker,
            jobs: Jobs::default(),
            readings: Readings::default(),
            ahead: Ahead::default(),
            lines: Lines::default(),
            reconciled: Reconciled::default(),
            left_out: LeftOut::default(),
            shown_roster: ShownRoster::default(),
            closings: SavedTo::default(),
            certificates: SavedTo::default(),
            saved: SavedFiles::default(),
            watch: Watch::default(),
            keeping,
            writing: Current::default(),
            fonts: Mutex::default(),
            host: OnceLock::new(),
        });
        Ok(Self {
            inner,
            owns_jobs: true,
            sitting: Arc::new(Sitting::new(Moment::now())),
            who: None,
        })
    }

    /// A JPEG of the photo for the screen.
    ///
    /// # Errors
    /// [`wire::Code::NotFound`] when there is no such photo or it cannot be shown.
    pub fn photo(&self, kind: PhotoKind, sha256: &str) -> Result<Vec<u8>, Failure> {
        let hash: PhotoHash = sha256
            .parse()
            .map_err(|_| failure::not_found(zh::PHOTO_UNKNOWN))?;
        let derived = match kind {
            PhotoKind::Preview => DerivedKind::Preview,
            PhotoKind::Thumb => DerivedKind::Thumb,
        };
        let store = &self.inner.store;
        if let Some(bytes) = store
            .read_derived(hash, derived)
            .map_err(|error| failure::store(&error))?
        {
            return Ok(bytes);
        }
        self.inner.checker.make_derived(store, hash, derived)
    }

    /// Waits for a job and gives what it brought.
    ///
    /// # Errors
    /// What the job failed with.
    pub fn job_wait(&self, job: JobStarted) -> Result<JobOutcome, Failure> {
        let outcome = self.inner.jobs.wait(job.job)?;
        self.inner.hand_out(Some(&outcome));
        Ok(outcome)
    }

    /// The jobs of this run of the station, newest first: a page that was loaded anew finds its job here.
    ///
    /// # Errors
    /// None.
    pub fn job_list(&self, _: Empty) -> Result<Vec<JobState>, Failure> {
        let states = self.inner.jobs.states(self.who.as_ref());
        for state in &states {
            self.inner.hand_out(state.outcome.as_ref());
        }
        Ok(states)
    }

    /// Where a job stands.
    ///
    /// # Errors
    /// Not found.
    pub fn job_show(&self, args: JobId) -> Result<JobState, Failure> {
        let state = self.inner.jobs.state(args.job, self.who.as_ref())?;
        self.inner.hand_out(state.outcome.as_ref());
        Ok(state)
    }

    /// Lines of what an import brought, those included that its report only counts; for who started it.
    ///
    /// # Errors
    /// Not found.
    pub fn job_lines(&self, args: JobLinesAsk) -> Result<JobLines, Failure> {
        let page = (args.offset as usize, (args.limit as usize).min(LINES_SHOWN));
        self.inner.jobs.lines(args.job, self.who.as_ref(), page)
    }

    /// Asks a job to stop; what it has done stays done. For who started it, and for who may start one of its kind.
    ///
    /// # Errors
    /// Not found; not allowed.
    pub fn job_cancel(&self, args: JobId) -> Result<JobState, Failure> {
        self.inner.jobs.cancel(args.job, self.who.as_ref())
    }

    /// Who acts; nobody before there are people.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.who.as_ref().map(|row| row.id)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The same seat for use inside a job: whoever started it acts to its end.
    pub(crate) fn for_job(&self) -> Self {
        self.of(Arc::clone(&self.sitting), self.who.clone())
    }

    /// A seat of this session for this person.
    pub(crate) fn of(&self, sitting: Arc<Sitting>, who: Option<PersonRow>) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            owns_jobs: false,
            sitting,
            who,
        }
    }
}

impl Drop for Seat {
    /// Running jobs are stopped between two photos, so that the workspace is free when this returns.
    fn drop(&mut self) {
        if self.owns_jobs {
            self.inner.watch.looking.stop();
            self.inner.keeping.stop();
            self.inner.ahead.looking.stop();
            self.inner.jobs.stop_all();
        }
    }
}

/// Where the workspace lies unless the person chose another place: the user's data folder.
pub fn default_workspace() -> PathBuf {
    if let Some(folder) = std::env::var_os("ZHAOSHEN_WORKSPACE") {
        return PathBuf::from(folder);
    }
    let base = if cfg!(windows) {
        std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        std::env::home_dir().map(|home| home.join("Library/Application Support"))
    } else {
        let stated = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
        stated.or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
    };
    base.unwrap_or_else(std::env::temp_dir).join("zhaoshen")
}
