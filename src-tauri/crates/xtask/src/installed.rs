//! `cargo xtask package --check`: the .deb as a computer meets it. Installed into an empty root, the main job walked in its
//! window (`tests/window/examples/installed`), removed; the workspace stays.
//!
//! Not a test of what the packages it depends on do: those are this computer's.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::place::Place;
use crate::process::{Run, output};
use crate::start::Profile;
use crate::{package, system, window};

/// Name of the package.
const NAME: &str = "zhaoshen";
/// Program in it.
const PROGRAM: &str = "usr/bin/zhaoshen-desktop";
/// What calls it from a terminal.
const TERMINAL: &str = "usr/bin/zhaoshen";
/// Higher than the window: without a window manager the file dialog of GTK is larger than the smallest screen.
const DISPLAY: &str = "1366x1000";
/// Example of the window tests that walks the main job.
const WALKER: &str = "installed";

/// Installs, uses and removes the .deb that was made last.
pub(crate) fn check(place: &Place) -> Result<bool> {
    let deb = package::made(place, &["deb"])?.pop().context("no .deb")?;
    system::install(&[system::BUILD, system::WINDOW_TESTS])?;
    window::build(place, Profile::Release, WALKER)?;
    let root = place.target.join("package-check");
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    for folder in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "home"] {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::write(root.join("var/lib/dpkg/status"), "")?;
    needs_are_known(&deb)?;
    dpkg(&root, &["--force-depends", "--install"])
        .args([&deb])
        .done()?;
    let program = root.join(PROGRAM);
    ensure!(program.is_file(), "{} is not installed", program.display());
    let entry = fs::read_to_string(root.join("usr/share/applications/zhaoshen.desktop"))?;
    ensure!(
        entry.contains("Name=照审台"),
        "the menu's entry has no Chinese name"
    );
    let terminal = fs::read_to_string(root.join(TERMINAL))?;
    ensure!(
        terminal.contains(&format!("/{PROGRAM} --terminal")),
        "{terminal}"
    );
    let home = root.join("home");
    let told = output(&program.to_string_lossy(), &["--terminal", "--version"]);
    println!(
        "{}",
        told.context("the terminal's program does not answer")?
            .trim()
    );
    walk(place, &program, &home)?;
    dpkg(&root, &["--purge", NAME]).done()?;
    ensure!(!program.exists(), "the program is still there");
    let workspace = home.join("workspace");
    ensure!(
        workspace.join("钥匙").is_file() && workspace.join("zhaoshen.db").is_file(),
        "the workspace is gone"
    );
    let left = files(&root.join("usr"));
    ensure!(left.is_empty(), "left behind: {left:?}");
    println!(
        "安装、审核一轮、导出、卸载均正常，工作区保留 / installed, a round walked, removed; the workspace stays"
    );
    Ok(true)
}

fn dpkg(root: &Path, arguments: &[&str]) -> Run {
    let mut stated = std::ffi::OsString::from("--root=");
    stated.push(root);
    Run::new("dpkg", root).args([stated]).args(arguments)
}

/// Every package it depends on is one that this system's lists know or have installed.
fn needs_are_known(deb: &Path) -> Result<()> {
    let deb = deb.to_string_lossy();
    let field = output("dpkg-deb", &["-f", &deb, "Depends"]).unwrap_or_default();
    println!("Depends: {}", field.trim());
    for need in field.trim().split(", ") {
        let known = need.split(" | ").any(|name| {
            let name = name.split(' ').next().unwrap_or_default();
            output("dpkg-query", &["-W", "-f=${Status}", name])
                .is_some_and(|status| status.ends_with("ok installed"))
        });
        ensure!(
            known,
            "{need} is not installed here, so the package cannot be started"
        );
    }
    Ok(())
}

/// The main job in the installed program, by the window tests' own program for it.
fn walk(place: &Place, program: &Path, home: &Path) -> Result<()> {
    window::run(place, Profile::Release, WALKER, DISPLAY)
        .args([program, home])
        .env("HOME", home)
        .env("ZHAOSHEN_SCREENSHOTS", place.target.join("screenshots"))
        .done()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found
}
