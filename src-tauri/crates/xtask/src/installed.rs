//! `cargo xtask package --check`: the .deb as a computer meets it. Installed into an empty root, started on a display
//! of its own until its page has asked the station, ended, removed; the workspace stays.
//!
//! Not a test of what the packages it depends on do: those are this computer's.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use crate::package;
use crate::place::Place;
use crate::process::{Run, output};

/// Name of the package.
const NAME: &str = "zhaoshen";
/// Program in it.
const PROGRAM: &str = "usr/bin/zhaoshen-desktop";
/// Longest wait for the first page.
const WAIT: Duration = Duration::from_secs(120);

/// A program that ends when this is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Installs, starts and removes the .deb that was made last.
pub(crate) fn check(place: &Place) -> Result<bool> {
    let deb = package::made(place, &["deb"])?.pop().context("no .deb")?;
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
    let workspace = root.join("home/采集 工作区");
    let took = start(&root, &program, &workspace)?;
    println!("第一页用时 / first page after {} ms", took.as_millis());
    dpkg(&root, &["--purge", NAME]).done()?;
    ensure!(!program.exists(), "the program is still there");
    let database = fs::read(workspace.join("zhaoshen.db"))?;
    ensure!(
        database.starts_with(b"SQLite format 3\0"),
        "the workspace is gone"
    );
    let left = files(&root.join("usr"));
    ensure!(left.is_empty(), "left behind: {left:?}");
    println!(
        "安装、启动、卸载均正常，工作区保留 / installed, started, removed; the workspace stays"
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

/// Starts the program until its page has asked the station something; how long that took.
fn start(root: &Path, program: &Path, workspace: &Path) -> Result<Duration> {
    let (_display, name) = display()?;
    let began = Instant::now();
    let home = root.join("home");
    let child = Command::new(program)
        .env("DISPLAY", &name)
        .env("HOME", &home)
        .env("XDG_DATA_HOME", home.join(".local/share"))
        .env_remove("WAYLAND_DISPLAY")
        .env("ZHAOSHEN_WORKSPACE", workspace)
        .env("ZHAOSHEN_LOG", "debug")
        .env("NO_AT_BRIDGE", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| program.display().to_string())?;
    let mut running = Running(child);
    let diaries = home.join(".local/share/org.zhaoshen.station/logs");
    while began.elapsed() < WAIT {
        if let Some(status) = running.0.try_wait()? {
            bail!("the program ended by itself: {status}");
        }
        let told: String = files(&diaries)
            .iter()
            .filter_map(|path| fs::read_to_string(path).ok())
            .collect();
        if told.contains("app_status") {
            return Ok(began.elapsed());
        }
        thread::sleep(Duration::from_millis(20));
    }
    bail!("no page within {} s", WAIT.as_secs())
}

/// A display of its own, and its name.
fn display() -> Result<(Running, String)> {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1366x768x24"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("Xvfb")?;
    let told = child.stdout.take();
    let running = Running(child);
    let mut number = String::new();
    BufReader::new(told.context("Xvfb tells nothing")?).read_line(&mut number)?;
    Ok((running, format!(":{}", number.trim())))
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
