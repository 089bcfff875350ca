//! `cargo xtask measure | pictures`, and the walk of `package --check`: the real window, driven by a program under a
//! display of its own.
//!
//! Not part of the test suite: they take long and judge nothing.

use anyhow::Result;

use crate::place::Place;
use crate::process::Run;
use crate::start::Profile;
use crate::{screens, system};

/// Speed and memory of the window, printed and kept as JSON.
pub(crate) fn measure(place: &Place, profile: Profile) -> Result<bool> {
    drive(place, profile, "measure")
}

/// Pictures of every screen in `target/pictures`. A debug build: only that takes a test's files for a dialog's answer.
pub(crate) fn pictures(place: &Place) -> Result<bool> {
    println!("{}", place.target.join("pictures").display());
    drive(place, Profile::Debug, "pictures")
}

/// Builds the window and runs an example of the window tests over it.
fn drive(place: &Place, profile: Profile, example: &str) -> Result<bool> {
    system::install(&[system::BUILD, system::WINDOW_TESTS])?;
    screens::install(place)?;
    screens::build(place)?;
    build(place, profile, example)?;
    run(place, profile, example, "1920x1080")
        .env("ZHAOSHEN_SCREENSHOTS", place.target.join("pictures"))
        .done()?;
    Ok(true)
}

/// Builds an example of the window tests, and the window.
pub(crate) fn build(place: &Place, profile: Profile, example: &str) -> Result<()> {
    // The features of the test suite, so that what it built serves here too.
    Run::cargo(
        place,
        &[
            "build",
            "--workspace",
            "--features",
            "zhaoshen-desktop/custom-protocol",
        ],
    )
    .args(["--bin", "zhaoshen-desktop", "--example", example])
    .args(profile.arguments())
    .done()
}

/// An example that was built, to be run on a display of its own of this size.
pub(crate) fn run(place: &Place, profile: Profile, example: &str, size: &str) -> Run {
    let program = place.program(&format!("{}/examples", profile.folder()), example);
    Run::new("xvfb-run", &place.root)
        .args(["-a", "-s", &format!("-screen 0 {size}x24")])
        .args([program.as_os_str()])
        // GTK would look for an accessibility bus that a display for tests does not have.
        .env("NO_AT_BRIDGE", "1")
}
