//! Speed of the station on this machine: checks, roster, intake, decisions, handing over, memory.
//!
//! Figures are measured here and now, never asserted. The parts that need a workspace use one of
//! their own in the temporary folder, made of drawn portraits, and remove it afterwards.

mod handover;
mod sealed;
mod standard;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cpu_time::ProcessTime;
use serde::Serialize;
use zhaoshen_exchange::archive::write_stored;
use zhaoshen_exchange::intake::{self, IntakeItem, Limits};
use zhaoshen_exchange::source::{make_folder, remove_folder};
use zhaoshen_exchange::workbook::write_roster;
use zhaoshen_model::{RoundId, StudentDraft};
use zhaoshen_portrait::{ExamplePhoto, example_round, padded_to};
use zhaoshen_vision::Photo;

use crate::check::{Checker, judge_alone};
use crate::failure::{exchange, internal};
use crate::intake::{Taking, take_in};
use crate::job::Progress;
use crate::need::Need;
use crate::profiles::{default_profile, profile};
use crate::wire::{
    DecideRequest, Failure, IntakeReport, QueueItem, QueueOpen, ReviewerSet, RosterCommit,
    RosterSource, RoundCreate,
};
use crate::{Seat, Station, zh};

pub use self::handover::{Handover, run as handover};
pub use self::sealed::{Costs, SealCosts, run as seal_costs};
pub use self::standard::{StandardSpeed, alone as standard};

/// Times each photo is checked and decoded.
const CHECK_REPEATS: usize = 3;
/// Students of the roster part.
const ROSTER_ROWS: usize = 20_000;
/// Photos of the intake part.
const INTAKE_PHOTOS: usize = 3_000;
/// Size of each, bytes.
const INTAKE_BYTES: usize = 50_000;
/// Different drawings among them; the rest differ in a comment segment.
const DRAWINGS: usize = 24;
/// Decisions timed.
const DECISIONS: usize = 500;

/// Everything measured.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Full checks of the photos of a folder, one thread, by size of picture.
    pub checks: Vec<CheckSpeed>,
    /// 20,000 rows: workbook to preview, seconds.
    pub roster_preview_seconds: f64,
    /// 20,000 rows: preview to committed, seconds.
    pub roster_commit_seconds: f64,
    /// 3,000 photos of 50 KB from a zip: kept, hashed, matched, seconds.
    pub intake_seconds: f64,
    /// What that import reported.
    pub intake: IntakeReport,
    /// One decision with log and undo, durable: median, milliseconds.
    pub decision_median_ms: f64,
    /// The same, 95th percentile.
    pub decision_p95_ms: f64,
    /// Moving a limit over 20,000 measured photos.
    #[serde(flatten)]
    pub standard: StandardSpeed,
    /// Highest resident memory of the process so far, bytes; `None` where the system does not tell.
    pub peak_memory_bytes: Option<u64>,
}

/// Full checks (decode, networks, measurements, rules) of photos of one size, beside bare decoding of the same
/// files: what a check can never be faster than, measured under the same load.
#[derive(Debug, Clone, Serialize)]
pub struct CheckSpeed {
    /// Width and height as displayed, px.
    pub size_px: (u32, u32),
    /// Photos checked.
    pub photos: usize,
    /// Times each photo was measured; the medians count.
    pub repeats: usize,
    /// Threads that worked: processor seconds are theirs together.
    pub threads: usize,
    /// Processor seconds of one check of every photo.
    pub cpu_seconds: f64,
    /// Photos checked per processor second.
    pub per_cpu_second: f64,
    /// Processor seconds of reading every photo's headers and decoding it.
    pub decode_cpu_seconds: f64,
    /// Photos decoded per processor second.
    pub decode_per_cpu_second: f64,
}

/// Measures everything; `folder` holds the photos for the checks.
///
/// # Errors
/// When the folder cannot be read or the temporary folder cannot be written.
pub fn run(folder: &Path) -> Result<Report, Failure> {
    let checks = checks(folder)?;
    let place = Place::new()?;
    let hosted = Station::open(&place.0.join("workspace"))?;
    let station = sit(&hosted)?;
    let round = new_round(&station, "bench")?;
    let (roster_preview_seconds, roster_commit_seconds) =
        roster(&station, round, &place.0, ROSTER_ROWS)?;
    let (intake_seconds, intake) =
        intake_zip(&station, round, &place.0, (INTAKE_PHOTOS, INTAKE_BYTES))?;
    let mut decisions = decisions(&station, round)?;
    decisions.sort_by(f64::total_cmp);
    let standard = standard::run(&station, round)?;
    Ok(Report {
        checks,
        roster_preview_seconds,
        roster_commit_seconds,
        intake_seconds,
        intake,
        decision_median_ms: quantile(&decisions, 50),
        decision_p95_ms: quantile(&decisions, 95),
        standard,
        peak_memory_bytes: peak_memory(),
    })
}

/// Somebody sits down at the station: who decides must have a name.
fn sit(station: &Station) -> Result<Seat, Failure> {
    station.reviewer_set(ReviewerSet {
        name: zh::EXAMPLE_REVIEWER.to_owned(),
        pin: String::new(),
    })?;
    station.admit("bench", Need::Open, None)
}

fn new_round(station: &Seat, name: &str) -> Result<i64, Failure> {
    let round = station.round_create(RoundCreate {
        name: name.to_owned(),
        school_code: String::new(),
        opens_on: String::new(),
        closes_on: String::new(),
        profile: default_profile().to_owned(),
    })?;
    Ok(round.round)
}

fn checks(folder: &Path) -> Result<Vec<CheckSpeed>, Failure> {
    let checker = Checker::new()?;
    let mut session = checker.session();
    let profile = profile(None)?;
    let mut by_size: BTreeMap<(u32, u32), Vec<[f64; 2]>> = BTreeMap::new();
    let never = std::sync::atomic::AtomicBool::new(false);
    intake::walk(folder, &Limits::default(), &never, |item| {
        let IntakeItem::Photo(photo) = item else {
            return;
        };
        let mut size = None;
        let mut runs = [const { Vec::new() }; 2];
        for _ in 0..CHECK_REPEATS {
            let began = ProcessTime::now();
            let measurements = session.measure(&photo.bytes, &photo.path);
            std::hint::black_box(judge_alone(&measurements, &profile));
            runs[0].push(began.elapsed().as_secs_f64());
            let began = ProcessTime::now();
            std::hint::black_box(Photo::open(&photo.bytes, &photo.path));
            runs[1].push(began.elapsed().as_secs_f64());
            size = measurements
                .picture
                .map(|facts| (facts.width_px, facts.height_px));
        }
        if let Some(size) = size {
            by_size.entry(size).or_default().push(runs.map(median));
        }
    })
    .map_err(|error| exchange(&error))?;
    Ok(by_size.into_iter().map(speed).collect())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of photos are far below 2^52"
)]
fn speed((size_px, seconds): ((u32, u32), Vec<[f64; 2]>)) -> CheckSpeed {
    let photos = seconds.len();
    let [cpu_seconds, decode_cpu_seconds] =
        [0, 1].map(|part| seconds.iter().map(|both| both[part]).sum::<f64>());
    CheckSpeed {
        size_px,
        photos,
        repeats: CHECK_REPEATS,
        threads: 1,
        cpu_seconds,
        per_cpu_second: photos as f64 / cpu_seconds,
        decode_cpu_seconds,
        decode_per_cpu_second: photos as f64 / decode_cpu_seconds,
    }
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    quantile(&seconds, 50)
}

fn roster(station: &Seat, round: i64, folder: &Path, rows: usize) -> Result<(f64, f64), Failure> {
    let path = folder.join("roster.xlsx");
    let drafts: Vec<StudentDraft> = example_round(rows, 1)
        .students
        .iter()
        .map(crate::example::draft)
        .collect();
    write_roster(&path, &drafts).map_err(|error| exchange(&error))?;
    let source = RosterSource {
        round,
        path: path.to_string_lossy().into_owned(),
        pasted: String::new(),
    };
    let began = Instant::now();
    let preview = station.roster_preview(source.clone())?;
    let previewed = began.elapsed().as_secs_f64();
    station.roster_commit(RosterCommit::whole(source, &preview, true))?;
    Ok((previewed, began.elapsed().as_secs_f64() - previewed))
}

/// Takes in so many photos of so many bytes each, of the first students of the roster.
fn intake_zip(
    station: &Seat,
    round: i64,
    folder: &Path,
    (photos, size): (usize, usize),
) -> Result<(f64, IntakeReport), Failure> {
    let path = folder.join("photos.zip");
    let plan = example_round(photos, 1);
    let drawings = plan
        .photos
        .iter()
        .filter(|photo| photo.fault.is_none())
        .take(DRAWINGS);
    let drawings: Vec<Vec<u8>> = drawings
        .map(small_jpeg)
        .collect::<Result<_, _>>()
        .map_err(|error| internal(&error))?;
    let entries = plan
        .students
        .iter()
        .take(photos)
        .zip(drawings.iter().cycle())
        .enumerate();
    let entries = entries.map(|(index, (student, drawing))| {
        let mut bytes = padded_to(drawing, size);
        // The padding lies before the picture, after the start marker; its last bytes make each file another one.
        let mark = format!("{index:08}");
        bytes.splice(8..16, mark.into_bytes());
        (format!("{}.jpg", student.student_no), bytes)
    });
    write_stored(&path, entries).map_err(|error| exchange(&error))?;
    let began = Instant::now();
    let report = take_in(
        &station.inner,
        RoundId(round),
        Taking {
            sources: &[(&path).into()],
            returned: None,
        },
        zh::EXAMPLE_REVIEWER,
        &Progress::default(),
    )?;
    Ok((began.elapsed().as_secs_f64(), report))
}

fn small_jpeg(photo: &ExamplePhoto) -> Result<Vec<u8>, zhaoshen_portrait::Error> {
    use zhaoshen_portrait::{JpegOptions, encode_jpeg, paint};
    let portrait = photo.portrait().scaled(0.5);
    encode_jpeg(
        &paint(&portrait),
        &JpegOptions {
            quality: 85,
            ..JpegOptions::default()
        },
    )
}

/// The photos of the round that wait.
fn pending(station: &Seat, round: i64) -> Result<Vec<QueueItem>, Failure> {
    let queue = station.queue_open(QueueOpen {
        round,
        queue: "pending".to_owned(),
        limit: None,
    })?;
    Ok(queue.items)
}

fn decisions(station: &Seat, round: i64) -> Result<Vec<f64>, Failure> {
    pending(station, round)?
        .iter()
        .take(DECISIONS)
        .map(|item| {
            let began = Instant::now();
            approve(station, item)?;
            Ok(began.elapsed().as_secs_f64() * 1000.0)
        })
        .collect()
}

fn approve(station: &Seat, item: &QueueItem) -> Result<(), Failure> {
    station
        .submission_decide(DecideRequest {
            submission: item.submission,
            seen_decision: None,
            seen_student: item.student_no.clone(),
            second: false,
            kind: "approved".to_owned(),
            reasons: Vec::new(),
            note: String::new(),
        })
        .map(drop)
}

/// The value below which `percent` % of `sorted` lie; 0 for none.
fn quantile(sorted: &[f64], percent: usize) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or(0.0)
}

/// Linux keeps the peak in `/proc`; elsewhere a task manager shows it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// A folder of this run's own, removed when done.
struct Place(PathBuf);

impl Place {
    fn new() -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("zhaoshen-bench-{}", std::process::id()));
        make_folder(&folder).map_err(|error| exchange(&error))?;
        Ok(Self(folder))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = remove_folder(&self.0);
    }
}
