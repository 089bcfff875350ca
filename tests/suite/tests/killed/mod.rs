//! A delivery, sheets to be printed, a backup in one file or a workspace made of one, that a process writes until it is
//! killed, for the suites that look at what is left of it.
//!
//! The test starts itself again as the process to be killed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use zhaoshen_killing::{Started, say, wait_for_it};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    BackupCopy, BackupRestore, DeliveryMode, DeliveryOptions, DeliveryShape, Empty, JobOutcome,
    PrintsKind, PrintsOptions, PrintsSplit, RoundRef,
};
use zhaoshen_suite::example::TakenIn;

const FOLDER: &str = "ZHAOSHEN_TEST_KILLED_FOLDER";
const TARGET: &str = "ZHAOSHEN_TEST_KILLED_TARGET";
const ROUND: &str = "ZHAOSHEN_TEST_KILLED_ROUND";
const WHAT: &str = "ZHAOSHEN_TEST_KILLED_WHAT";
const STUDENTS: u32 = 24;
/// How long after its first file what is written is killed, at most: every other kill meets it while it is being written.
pub const IN_IT: Duration = Duration::from_millis(20);
/// How long after a file that is named last was there, at most.
pub const AT_THE_END: Duration = Duration::from_millis(4);

/// What a process that delivers has come to when it is killed.
pub enum Seen {
    /// It was started.
    Begun,
    /// A file is there.
    Written,
    /// This file is there.
    Named(String),
}

/// What a process writes.
#[derive(Clone, Copy)]
pub enum Writes {
    /// A delivery of this shape.
    Delivery(DeliveryShape),
    /// Sheets, a file for each class.
    Prints,
    /// A backup in one file.
    Copy,
    /// A workspace made of the newest backup.
    Restore,
}

impl From<DeliveryShape> for Writes {
    fn from(shape: DeliveryShape) -> Self {
        Self::Delivery(shape)
    }
}

impl Writes {
    /// As a process is told: a word, or the shape.
    fn told(self) -> String {
        match self {
            Self::Delivery(shape) => serde_json::to_string(&shape).unwrap(),
            Self::Prints => "prints".to_owned(),
            Self::Copy => "copy".to_owned(),
            Self::Restore => "restore".to_owned(),
        }
    }

    fn read(told: &str) -> Self {
        match told {
            "prints" => Self::Prints,
            "copy" => Self::Copy,
            "restore" => Self::Restore,
            shape => Self::Delivery(serde_json::from_str(shape).unwrap()),
        }
    }
}

/// A reviewed round in a workspace that nobody has open.
pub struct Round {
    /// The test, which is the process to be killed too.
    test: &'static str,
    place: tempfile::TempDir,
    /// The round.
    pub id: i64,
    /// How long it takes to write it.
    pub took: Duration,
}

impl Round {
    /// Reviews a round and writes it once, to [`Self::whole`]; in the process to be killed it never returns.
    pub fn new(test: &'static str, what: impl Into<Writes>) -> Self {
        if let Some(folder) = env::var_os(FOLDER) {
            write_until_killed(Path::new(&folder));
        }
        let taken = TakenIn::of(STUDENTS).unwrap();
        taken.station.example_review(taken.round).unwrap();
        let mut round = Self {
            test,
            id: taken.round,
            place: taken.folder,
            took: Duration::ZERO,
        };
        let began = Instant::now();
        write(&taken.station, round.id, &round.whole(), what.into());
        round.took = began.elapsed();
        round
    }

    /// A folder beside the workspace.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Where the workspace lies.
    pub fn workspace(&self) -> PathBuf {
        workspace(self.place.path())
    }

    /// What nobody killed.
    pub fn whole(&self) -> PathBuf {
        self.beside("完整")
    }

    /// Writes to `target` and waits until that is done.
    pub fn deliver(&self, target: &Path, what: impl Into<Writes>) {
        let station = Station::open(&self.workspace()).unwrap();
        write(&station, self.id, target, what.into());
    }

    /// Starts a process that writes to `target`, and kills it so long after it came to where it is to be seen.
    pub fn kill(&self, target: &Path, what: impl Into<Writes>, (seen, pause): (&Seen, Duration)) {
        let round = self.id.to_string();
        let what = what.into().told();
        let variables = [
            (FOLDER, self.place.path().as_os_str()),
            (TARGET, target.as_os_str()),
            (ROUND, round.as_ref()),
            (WHAT, what.as_ref()),
        ];
        let mut started = Started::test(self.test, variables).unwrap();
        started.wait_for("began").unwrap();
        let any = || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some());
        match seen {
            Seen::Begun => {}
            Seen::Written => started.wait_until(any).unwrap(),
            // What was there a moment ago may have got its name by now.
            Seen::Named(name) => {
                let whole = name.trim_end_matches(".part");
                let there = || target.join(name).exists() || target.join(whole).exists();
                started.wait_until(there).unwrap();
            }
        }
        std::thread::sleep(pause);
        started.kill().unwrap();
    }
}

fn workspace(folder: &Path) -> PathBuf {
    folder.join("workspace")
}

fn write(station: &Station, round: i64, target: &Path, what: Writes) {
    match what {
        Writes::Delivery(shape) => deliver(station, round, target, shape),
        Writes::Prints => print(station, round, target),
        Writes::Copy => copy(station, target),
        Writes::Restore => restore(station, target),
    }
}

fn copy(station: &Station, target: &Path) {
    fs::create_dir_all(target).unwrap();
    let folder = target.display().to_string();
    let job = station.backup_copy(BackupCopy { folder }).unwrap();
    let written = station.job_wait(job).unwrap();
    assert!(matches!(written, JobOutcome::CopiedOut { .. }));
}

fn restore(station: &Station, target: &Path) {
    fs::create_dir_all(target).unwrap();
    let newest = |station: &Station| {
        let listed = station.backup_list(Empty {}).unwrap().backups;
        listed.into_iter().next().map(|backup| backup.name)
    };
    let name = newest(station).unwrap_or_else(|| {
        let job = station.backup_now(Empty {}).unwrap();
        station.job_wait(job).unwrap();
        newest(station).unwrap()
    });
    let ask = BackupRestore {
        name,
        file: String::new(),
        passphrase: String::new(),
        folder: target.display().to_string(),
    };
    let job = station.backup_restore(ask).unwrap();
    let written = station.job_wait(job).unwrap();
    assert!(matches!(written, JobOutcome::Restored { .. }));
}

fn print(station: &Station, round: i64, target: &Path) {
    let options = PrintsOptions {
        kind: PrintsKind::Proof,
        split: PrintsSplit::Class,
        ..station.prints_settings(RoundRef { round }).unwrap()
    };
    let job = station.prints_write_to(options, target).unwrap();
    match station.job_wait(job).unwrap() {
        JobOutcome::Prints { report } => assert!(report.pages > 0),
        other => panic!("{other:?}"),
    }
}

fn deliver(station: &Station, round: i64, target: &Path, shape: DeliveryShape) {
    let options = DeliveryOptions {
        shape,
        ..DeliveryOptions::plain(round, DeliveryMode::Roster, "{学号}-{姓名}.jpg")
    };
    let job = station.delivery_write_to(options, target).unwrap();
    match station.job_wait(job).unwrap() {
        JobOutcome::Delivery { report } => assert!(report.files > 0),
        other => panic!("{other:?}"),
    }
}

fn write_until_killed(folder: &Path) -> ! {
    let station = Station::open(&workspace(folder)).unwrap();
    let round = env::var(ROUND).unwrap().parse().unwrap();
    let target = PathBuf::from(env::var_os(TARGET).unwrap());
    let what = Writes::read(&env::var(WHAT).unwrap());
    say("began").unwrap();
    write(&station, round, &target, what);
    wait_for_it()
}
