//! The drop folders: a round may name a folder from which photos keep coming in.
//!
//! Which folder a round watches is a setting of the workspace, so that it survives a restart; what of
//! it came in is told by the round's own photos: the first look after a start offers every file again,
//! and those that are there already are known by their bytes. What arrives with less than some
//! quarter of a minute between one file and the next is one import (`exchange::intake::DropFolder`), so
//! that photos of one student among it have come together. Looking every few seconds needs no
//! notification from the system and works on network drives, which send none.
//!
//! A workspace that was restored from a backup is another one beside the first, and does not collect what that collects:
//! what was switched on rests in it until a person switches it on there.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use zhaoshen_exchange::intake::{DropFolder, Limits, Resting, Source};
use zhaoshen_model::RoundId;
use zhaoshen_store::{Error, Store};

use crate::app::{count, local_time, now, system_account};
use crate::failure::{exchange, internal, refused, store};
use crate::intake::{Taking, take_in_and_check};
use crate::job::lock;
use crate::looking::Looking;
use crate::wire::{
    Failure, IntakeLine, IntakeReport, JobKind, JobOutcome, RoundRef, WatchLine, WatchSet,
    WatchView,
};
use crate::{Inner, Seat, zh};

/// Pause between two looks.
const LOOK: Duration = Duration::from_secs(3);

/// Lines that are kept of what did not come in.
const LINES: usize = 200;

/// What the watching of this run of the station knows.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    folders: Mutex<HashMap<RoundId, Watched>>,
    pub(crate) looking: Looking,
}

/// One round's folder.
#[derive(Debug, Default)]
struct Watched {
    path: PathBuf,
    files: DropFolder,
    /// Photos that came in from it in this run.
    came_in: u32,
    /// When something last came in, and what.
    last: Option<(String, IntakeReport)>,
    /// Files of it that were refused in this run.
    refused: u32,
    /// What there was to tell of single files, the newest first.
    lines: VecDeque<WatchLine>,
    problem: String,
}

impl Watched {
    /// Keeps what there is to tell of single files.
    fn tell(&mut self, at: &str, lines: &[IntakeLine]) {
        for line in lines {
            self.lines.push_front(WatchLine {
                at: at.to_owned(),
                file: line.file.clone(),
                problem: line.problem.clone(),
                remedy: line.remedy.clone(),
            });
        }
        self.lines.truncate(LINES);
    }

    /// Files that end in the middle and have not grown for long, as lines.
    fn unended(&self) -> Vec<WatchLine> {
        let files = self.files.unended().into_iter();
        let lines = files.map(|file| WatchLine {
            at: String::new(),
            file: (file.strip_prefix(&self.path).unwrap_or(&file))
                .display()
                .to_string(),
            problem: zh::WATCH_UNENDED.to_owned(),
            remedy: zh::WATCH_UNENDED_REMEDY.to_owned(),
        });
        lines.collect()
    }
}

/// The setting of a round.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Choice {
    folder: PathBuf,
    on: bool,
    /// Who switched it on, under whose name photos come in.
    reviewer: String,
    /// Whether it was on in the workspace of which this one is a restored copy, and rests here.
    #[serde(skip)]
    paused: bool,
}

impl Seat {
    /// Which folder the round watches, and what came in from it.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn watch_show(&self, args: RoundRef) -> Result<WatchView, Failure> {
        let round = self.round(args.round)?.id;
        let choice = choice(&self.inner, round)?;
        let ended = has_ended(&self.inner, round)?;
        let folders = lock(&self.inner.watch.folders);
        let watched = folders.get(&round);
        let unended = watched.map_or_else(Vec::new, Watched::unended);
        Ok(WatchView {
            refused: watched.map_or(0, |watched| watched.refused),
            unended: count(unended.len()),
            lines: unended
                .into_iter()
                .chain(
                    watched
                        .iter()
                        .flat_map(|watched| watched.lines.iter().cloned()),
                )
                .take(LINES)
                .collect(),
            folder: choice
                .as_ref()
                .map_or_else(String::new, |choice| choice.folder.display().to_string()),
            on: choice.as_ref().is_some_and(|choice| choice.on) && !ended,
            ended,
            paused: choice.is_some_and(|choice| choice.paused),
            came_in: watched.map_or(0, |watched| watched.came_in),
            last_at: watched
                .and_then(|watched| Some(watched.last.as_ref()?.0.clone()))
                .unwrap_or_default(),
            last: watched.and_then(|watched| Some(watched.last.as_ref()?.1.clone())),
            problem: watched.map_or_else(String::new, |watched| watched.problem.clone()),
        })
    }

    /// Has the round watch a folder, or stop doing so.
    ///
    /// # Errors
    /// Refused for a folder that is missing or that the station keeps for itself.
    pub fn watch_set(&self, args: WatchSet) -> Result<WatchView, Failure> {
        let round = self.open_round(args.round)?.id;
        let reviewer = self.clerk()?;
        let folder = PathBuf::from(&args.folder);
        if args.on {
            DropFolder::default()
                .look(&folder, &Limits::default(), &AtomicBool::new(false))
                .map_err(|error| exchange(&error))?;
            if self.store().holds(&folder) {
                return Err(refused(zh::WATCH_OWN_FOLDER));
            }
        }
        let choice = Choice {
            folder,
            on: args.on,
            reviewer: reviewer.clone(),
            paused: false,
        };
        let value = serde_json::to_value(&choice).map_err(|error| internal(&error))?;
        self.store()
            .set_round_setting(round, (&setting_of(round), &value), &reviewer, now())
            .map_err(|error| store(&error))?;
        self.store()
            .end_drop_folder_rest(round, &reviewer, now())
            .map_err(|error| store(&error))?;
        lock(&self.inner.watch.folders).remove(&round);
        self.watch_show(RoundRef { round: args.round })
    }

    /// Watches the drop folders on a thread of its own until the station closes; for programs that stay open.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn keep_watching(&self) -> Result<(), Failure> {
        let inner = Arc::clone(&self.inner);
        let watch = move || watch_until_stopped(&inner);
        self.inner.watch.looking.start("drop-folders", watch)
    }

    /// Looks at every drop folder once and takes in what came to rest.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn watch_once(&self) -> Result<(), Failure> {
        look_at_all(&self.inner)
    }
}

fn watch_until_stopped(inner: &Arc<Inner>) {
    while inner.watch.looking.wait(LOOK) {
        if let Err(failure) = look_at_all(inner) {
            tracing::warn!(code = ?failure.code, "drop folders were not looked at");
        }
    }
}

fn look_at_all(inner: &Arc<Inner>) -> Result<(), Failure> {
    for round in inner.store.round_ids().map_err(|error| store(&error))? {
        if let Some(choice) = choice(inner, round)?.filter(|choice| choice.on)
            && !has_ended(inner, round)?
        {
            look_at(inner, round, choice);
        }
    }
    Ok(())
}

/// Whether the round takes nothing in any more.
fn has_ended(inner: &Inner, round: RoundId) -> Result<bool, Failure> {
    match inner.store.check_open(round) {
        Ok(()) => Ok(false),
        Err(Error::RoundClosed | Error::RoundErased) => Ok(true),
        Err(error) => Err(store(&error)),
    }
}

/// Looks at one folder and starts an import of what is new; later, when another job runs.
fn look_at(inner: &Arc<Inner>, round: RoundId, choice: Choice) {
    let mut folders = lock(&inner.watch.folders);
    let watched = folders.entry(round).or_default();
    if watched.path != choice.folder {
        *watched = Watched {
            path: choice.folder.clone(),
            ..Watched::default()
        };
    }
    let looked = watched
        .files
        .look(&choice.folder, &Limits::default(), &AtomicBool::new(false));
    let files = match looked {
        Ok(files) => files,
        Err(error) => {
            watched.problem = exchange(&error).message;
            return;
        }
    };
    watched.problem.clear();
    if files.is_empty() {
        return;
    }
    drop(folders);
    let job = Arc::clone(inner);
    // Another job runs: the files are offered again at the next look.
    let _ = inner
        .jobs
        .start((JobKind::Intake, None), Some(round), move |progress| {
            let source = Source {
                path: &choice.folder,
                only: Some(files.files()),
            };
            let from = Taking {
                sources: &[source],
                returned: None,
            };
            let report = take_in_and_check(&job, round, from, &choice.reviewer, progress)?;
            if !report.cancelled {
                note(&job, round, &choice.folder, &files, &report);
            }
            Ok(JobOutcome::Intake { report })
        });
}

/// Notes what an import from the folder brought.
fn note(inner: &Inner, round: RoundId, folder: &Path, files: &Resting, report: &IntakeReport) {
    let mut folders = lock(&inner.watch.folders);
    let Some(watched) = folders
        .get_mut(&round)
        .filter(|watched| watched.path == folder)
    else {
        return;
    };
    watched.files.took(files);
    let known = report.already_there + report.refused;
    let new = report.files.saturating_sub(known);
    watched.came_in += new;
    watched.refused += report.refused;
    let at = local_time(now());
    watched.tell(&at, &report.lines);
    if new + report.refused > 0 {
        watched.last = Some((at, report.clone()));
    }
}

fn setting_of(round: RoundId) -> String {
    format!("drop_folder.{}", round.0)
}

fn choice(inner: &Inner, round: RoundId) -> Result<Option<Choice>, Failure> {
    let mut choice = chosen(&inner.store, round)?;
    if let Some(choice) = &mut choice
        && choice.on
        && resting(&inner.store)?.contains(&round)
    {
        (choice.on, choice.paused) = (false, true);
    }
    Ok(choice)
}

/// What was chosen for the round, here or in the workspace of which this one is a restored copy.
fn chosen(store_: &Store, round: RoundId) -> Result<Option<Choice>, Failure> {
    let value = store_.setting(&setting_of(round));
    let value = value.map_err(|error| store(&error))?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()))
}

/// The rounds whose folders rest since the workspace is a restored copy.
fn resting(store_: &Store) -> Result<Vec<RoundId>, Failure> {
    let rounds = store_.resting_drop_folders();
    rounds.map_err(|error| store(&error))
}

/// Has a workspace that was just restored leave alone what the one it is a copy of may still be collecting: a person turns
/// each folder on again.
pub(crate) fn rest_where_restored(store_: &Store) -> Result<(), Failure> {
    if !store_.is_fresh_from_backup() {
        return Ok(());
    }
    let mut to_rest = Vec::new();
    for round in store_.round_ids().map_err(|error| store(&error))? {
        if chosen(store_, round)?.is_some_and(|choice| choice.on) {
            to_rest.push(round);
        }
    }
    store_
        .rest_drop_folders(&to_rest, &system_account(), now())
        .map_err(|error| store(&error))?;
    store_.no_longer_fresh().map_err(|error| store(&error))
}
