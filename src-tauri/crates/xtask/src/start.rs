//! `cargo xtask start`: install, build, open the station; without a display, the example round in text.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;

use crate::place::Place;
use crate::process::Run;
use crate::{display, screens, system};

/// How to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As staff use it: slower to build, fast to use.
    Release,
    /// Quicker to build.
    Debug,
}

impl Profile {
    /// Cargo's name of the folder it builds into.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Debug => "debug",
        }
    }

    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Release => &["--release"],
            Self::Debug => &[],
        }
    }
}

/// Installs, builds and opens; whether the station ended well.
pub(crate) fn start(place: &Place, profile: Profile) -> Result<bool> {
    if display::answers() {
        open(place, profile)
    } else {
        example(place, profile)
    }
}

/// The window.
fn open(place: &Place, profile: Profile) -> Result<bool> {
    system::install(&[system::BUILD])?;
    screens::install(place)?;
    screens::build(place)?;
    build(place, profile)?;
    println!("正在打开照审台 / opening the station");
    Run::new(
        place.program(profile.folder(), "zhaoshen-desktop"),
        &place.root,
    )
    .done()?;
    Ok(true)
}

/// The window's program with the built screens in it.
pub(crate) fn build(place: &Place, profile: Profile) -> Result<()> {
    building(place, profile).done()
}

/// How the program is built, for who has more to say on it.
pub(crate) fn building(place: &Place, profile: Profile) -> Run {
    Run::cargo(
        place,
        &[
            "build",
            "--package",
            "zhaoshen-desktop",
            "--features",
            "custom-protocol",
        ],
    )
    .args(profile.arguments())
}

/// The example round without a window, into a new folder.
fn example(place: &Place, profile: Profile) -> Result<bool> {
    println!(
        "没有图形界面，改为在终端里走一遍示例批次 / no display: running the example round in the terminal instead"
    );
    system::install(&[system::HEADLESS])?;
    screens::install(place)?;
    Run::cargo(place, &["build", "--package", "zhaoshen-cli"])
        .args(profile.arguments())
        .done()?;
    let folder = example_folder(place);
    Run::new(place.program(profile.folder(), "zhaoshen"), &place.root)
        .args(["demo".as_ref(), folder.as_os_str()])
        .done()?;
    println!(
        "示例批次的名单、照片和交付都在 / roster, photos and delivery are in: {}",
        folder.display()
    );
    Ok(true)
}

/// A folder that is not there yet: a delivery is never written over an older one.
fn example_folder(place: &Place) -> PathBuf {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    place.target.join("example").join(seconds.to_string())
}
