//! `cargo xtask measure`: the real window, driven by a program under a display of its own.
//!
//! Not part of the test suite: it takes long and judges nothing.

use anyhow::Result;

use crate::place::Place;
use crate::process::Run;
use crate::start::{Profile, build};
use crate::{screens, system};

/// Speed and memory of the window, printed and kept as JSON.
pub(crate) fn measure(place: &Place, profile: Profile) -> Result<bool> {
    drive(place, profile, "measure")
}

/// Builds the window and runs an example of the window tests over it.
fn drive(place: &Place, profile: Profile, example: &str) -> Result<bool> {
    system::install(&[system::BUILD, system::WINDOW_TESTS])?;
    screens::install(place)?;
    screens::build(place)?;
    build(place, profile)?;
    Run::new("xvfb-run", &place.root)
        .args(["-a", "-s", "-screen 0 1920x1080x24", "cargo", "run"])
        .args(["--package", "zhaoshen-window-tests", "--example", example])
        .args(profile.arguments())
        // GTK would look for an accessibility bus that a display for tests does not have.
        .env("NO_AT_BRIDGE", "1")
        .done()?;
    Ok(true)
}
