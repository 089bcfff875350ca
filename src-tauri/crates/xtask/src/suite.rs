//! `cargo xtask test`: every check and every test, in the order in which they fail fastest.
//!
//! All cargo steps name the whole workspace with the same feature, so that every dependency is
//! compiled once for checking and once for running.

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use crate::place::Place;
use crate::process::{Run, answers};
use crate::tally::Tally;
use crate::{screens, system};

/// The same selection for every cargo step; the feature puts the built screens into the window's program.
const WORKSPACE: [&str; 3] = [
    "--workspace",
    "--features",
    "zhaoshen-desktop/custom-protocol",
];
/// The package of tests that need a display.
const WINDOW_TESTS: &str = "zhaoshen-window-tests";
/// Pinned: a newer one may judge the same licences otherwise.
const CARGO_DENY: &str = "0.20.2";

/// How often [`kills`] kills each process where nobody says: what the office was promised.
pub(crate) const KILLS: &str = "50";

/// The binaries whose tests do so; those of them have `killed` in their names.
const KILLING: [&str; 9] = [
    "kill",
    "kill_backup",
    "kill_upgrade",
    "sealing",
    "killed_import",
    "killed_delivery",
    "killed_archive",
    "killed_prints",
    "killed_deletion",
];

/// One step: what it is called, and what it does.
struct Step {
    name: &'static str,
    run: fn(&Place) -> Result<(bool, Tally)>,
}

const STEPS: &[Step] = &[
    Step {
        name: "rustfmt",
        run: format,
    },
    Step {
        name: "screens: biome and tsc",
        run: |place| Run::npm(place, &["run", "check", "--silent"]).counted(),
    },
    Step {
        name: "screens: vitest",
        run: |place| Run::npm(place, &["test", "--silent"]).counted(),
    },
    Step {
        name: "screens: build",
        run: |place| Run::npm(place, &["run", "build", "--silent"]).counted(),
    },
    Step {
        name: "clippy",
        run: clippy,
    },
    Step {
        name: "build of programs and tests",
        run: programs,
    },
    Step {
        name: "tests without a display",
        run: headless,
    },
    Step {
        name: "written files in the programs of others",
        run: readers,
    },
    Step {
        name: "documentation tests",
        run: doctests,
    },
    Step {
        name: "rustdoc",
        run: documentation,
    },
    Step {
        name: "cargo-deny: licences, bans, sources",
        run: deny,
    },
    Step {
        name: "window and browser tests",
        run: windows,
    },
];

/// Runs every step, prints a summary; whether all of them passed.
pub(crate) fn run(place: &Place) -> Result<bool> {
    let began = Instant::now();
    system::install(&[system::BUILD, system::WINDOW_TESTS, system::READERS])?;
    screens::install(place)?;
    println!("installed: {} s", began.elapsed().as_secs());
    let mut total = Tally::default();
    let mut summary = Vec::new();
    for step in STEPS {
        println!("\n=== {}", step.name);
        let began = Instant::now();
        let (passed, tally) = (step.run)(place).unwrap_or_else(|error| {
            println!("{error:#}");
            (false, Tally::default())
        });
        let tally = told(passed, tally);
        total += tally;
        let word = if passed { "ok    " } else { "FAILED" };
        summary.push(format!(
            "{word} {:>5} s  {} ({} passed, {} failed)",
            began.elapsed().as_secs(),
            step.name,
            tally.passed,
            tally.failed
        ));
        println!(
            "=== {}: {}, {} s",
            step.name,
            word.trim(),
            began.elapsed().as_secs()
        );
    }
    println!("\n{}", summary.join("\n"));
    println!("not looked at: advisories (their database is on the network)");
    println!("total: {} s\n", began.elapsed().as_secs());
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

/// The tests that kill a process, `rounds` times each instead of the few of every day: importing, reviewing at twenty decisions
/// a second while backups are made, delivering, bringing a workspace up to date, sealing it, deleting a round.
pub(crate) fn kills(place: &Place, rounds: &str) -> Result<bool> {
    let number: u32 = rounds
        .parse()
        .with_context(|| format!("次数要写成数字 / not a number of kills: {rounds}"))?;
    ensure!(number > 0, "次数至少是 1 / at least one kill");
    screens::install(place)?;
    let packages = ["zhaoshen-store", "zhaoshen-suite", "zhaoshen-cli"];
    let run = Run::cargo(place, &["test", "--no-fail-fast"])
        .args(packages.iter().flat_map(|name| ["--package", name]))
        .args(KILLING.iter().flat_map(|name| ["--test", name]));
    run.args(["killed"])
        .env("ZHAOSHEN_KILL_ROUNDS", rounds)
        .done()?;
    Ok(true)
}

/// A step that reports no tests counts as one; a step that failed has at least one failure.
fn told(passed: bool, mut tally: Tally) -> Tally {
    if passed && tally == Tally::default() {
        tally.passed = 1;
    }
    if !passed && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}

fn format(place: &Place) -> Result<(bool, Tally)> {
    Run::cargo(place, &["fmt", "--all", "--check"]).counted()
}

fn clippy(place: &Place) -> Result<(bool, Tally)> {
    Run::cargo(place, &["clippy"])
        .args(WORKSPACE)
        .args(["--all-targets", "--", "-D", "warnings"])
        .counted()
}

/// Everything but the window tests; nextest where it is installed, else cargo's own runner.
fn headless(place: &Place) -> Result<(bool, Tally)> {
    if has_nextest() {
        let without_windows = format!("not package({WINDOW_TESTS})");
        let nextest = Run::cargo(place, &["nextest", "run"]).args(WORKSPACE);
        nextest
            .args([
                "--no-fail-fast",
                "--status-level",
                "fail",
                "-E",
                &without_windows,
            ])
            .counted()
    } else {
        let test = Run::cargo(place, &["test"]).args(WORKSPACE);
        test.args([
            "--exclude",
            WINDOW_TESTS,
            "--lib",
            "--bins",
            "--tests",
            "--no-fail-fast",
        ])
        .counted()
    }
}

/// The tests that are ignored elsewhere, since they need LibreOffice, 7-Zip, ExifTool and Poppler; where one is missing
/// they fail.
fn readers(place: &Place) -> Result<(bool, Tally)> {
    if has_nextest() {
        let nextest = Run::cargo(place, &["nextest", "run"]).args(WORKSPACE);
        let readers = "binary(libreoffice) | binary(other_programs)";
        nextest
            .args(["--no-fail-fast", "--run-ignored", "only", "-E", readers])
            .counted()
    } else {
        let test = Run::cargo(place, &["test"]).args(WORKSPACE);
        let binaries = ["--test", "libreoffice", "--test", "other_programs"];
        test.args(["--no-fail-fast"])
            .args(binaries)
            .args(["--", "--ignored"])
            .counted()
    }
}

fn doctests(place: &Place) -> Result<(bool, Tally)> {
    Run::cargo(place, &["test", "--quiet", "--doc"])
        .args(WORKSPACE)
        .counted()
}

fn documentation(place: &Place) -> Result<(bool, Tally)> {
    let doc = Run::cargo(place, &["doc", "--no-deps"]).args(WORKSPACE);
    doc.env("RUSTDOCFLAGS", "-D warnings").counted()
}

fn deny(place: &Place) -> Result<(bool, Tally)> {
    let installed = crate::process::output("cargo", &["deny", "--version"]).unwrap_or_default();
    if !installed.contains(CARGO_DENY) {
        Run::cargo(
            place,
            &[
                "install",
                "cargo-deny",
                "--version",
                CARGO_DENY,
                "--locked",
                "--quiet",
            ],
        )
        .done()?;
    }
    Run::cargo(
        place,
        &[
            "deny",
            "--log-level",
            "error",
            "check",
            "licenses",
            "bans",
            "sources",
        ],
    )
    .counted()
}

/// Programs and tests in one build: asked for apart, they would have dependencies of differing features.
fn programs(place: &Place) -> Result<(bool, Tally)> {
    Run::cargo(place, &["build"])
        .args(WORKSPACE)
        // This very program is running: Windows would not let it be written anew.
        .args(["--exclude", "xtask", "--bins", "--tests"])
        .counted()
}

/// The real window and a browser, one test at a time: each has a display's focus to itself.
///
/// A test that fails is run once more, and named flaky where it passes then: now and then `WebKitGTK`'s compositor thread
/// takes a whole window down (the kernel's log tells), which is no fault of what the test looks at.
fn windows(place: &Place) -> Result<(bool, Tally)> {
    if !cfg!(target_os = "linux") {
        println!("window tests run on Linux only (WebKitWebDriver)");
        return Ok((true, Tally::default()));
    }
    let screenshots = place.target.join("screenshots");
    println!("screenshots: {}", screenshots.display());
    let only_windows = format!("package({WINDOW_TESTS})");
    let run =
        Run::new("xvfb-run", &place.root).args(["-a", "-s", "-screen 0 1440x900x24", "cargo"]);
    let run = if has_nextest() {
        let nextest = run.args(["nextest", "run"]).args(WORKSPACE);
        nextest
            .args(["--no-fail-fast", "--retries", "1", "--test-threads", "1"])
            .args(["-E", &only_windows])
    } else {
        let test = run.args(["test"]).args(WORKSPACE);
        test.args([
            "--no-fail-fast",
            "--test",
            "window_*",
            "--",
            "--test-threads=1",
        ])
    };
    // Without the second one GTK looks for an accessibility bus that a test display does not have.
    run.env("ZHAOSHEN_SCREENSHOTS", &screenshots)
        .env("NO_AT_BRIDGE", "1")
        .counted()
}

fn has_nextest() -> bool {
    answers("cargo", &["nextest", "--version"])
}
