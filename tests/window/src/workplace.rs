//! What a test stands on: built programs, a folder of its own, a workspace looked at after closing.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use zhaoshen_station::Station;
use zhaoshen_station::wire::Code;

/// Longest wait for a closed program to let go of its workspace.
const RELEASE: Duration = Duration::from_secs(30);

/// A program built beside this test.
///
/// # Errors
/// When it was not built: `cargo xtask test` does that first.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = build_folder()?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        bail!(
            "{} is missing; `cargo xtask test` builds it first",
            path.display()
        );
    }
    Ok(path)
}

/// Where screenshots are kept.
///
/// # Errors
/// When the build folder cannot be told.
pub fn screenshots() -> Result<PathBuf> {
    match std::env::var_os("ZHAOSHEN_SCREENSHOTS") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => Ok(build_folder()?
            .parent()
            .context("no build folder")?
            .join("screenshots")),
    }
}

/// The built screens.
pub fn screens() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist")
}

fn build_folder() -> Result<PathBuf> {
    let test = std::env::current_exe()?;
    Ok(test
        .parent()
        .and_then(Path::parent)
        .context("no build folder")?
        .to_owned())
}

/// A folder of one test, with the workspace and whatever else it needs in it.
pub struct Workplace {
    folder: TempDir,
}

impl Workplace {
    /// A new empty one.
    ///
    /// # Errors
    /// When the system's folder for such things cannot be written.
    pub fn new() -> Result<Self> {
        Ok(Self {
            folder: tempfile::Builder::new().prefix("照审台 ").tempdir()?,
        })
    }

    /// A new one whose workspace is made already, and plain: nobody is asked at the first start.
    ///
    /// # Errors
    /// As [`Workplace::new`]; when the workspace cannot be made.
    pub fn plain() -> Result<Self> {
        let place = Self::new()?;
        drop(place.open()?);
        Ok(place)
    }

    /// The workspace's folder; the station makes it.
    pub fn workspace(&self) -> PathBuf {
        self.inside("工作区")
    }

    /// Something else in the same folder.
    pub fn inside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Another folder, made.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.inside(name);
        std::fs::create_dir(&folder)?;
        Ok(folder)
    }

    /// The workspace, opened by this process once nobody else has it open.
    ///
    /// # Errors
    /// When it cannot be opened, or is not let go of in time.
    pub fn open(&self) -> Result<Station> {
        let began = Instant::now();
        loop {
            match Station::open(&self.workspace()) {
                Ok(station) => return Ok(station),
                Err(failure) if failure.code == Code::Workspace && began.elapsed() < RELEASE => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(failure) => bail!("{failure}: {}", failure.detail),
            }
        }
    }
}

/// A command of the station, from this process.
///
/// # Errors
/// When the command fails.
pub fn call(station: &Station, name: &str, args: Value) -> Result<Value> {
    let answer = zhaoshen_station::dispatch(station, name, args)
        .map_err(|failure| anyhow!("{name}: {failure} {}", failure.detail))?;
    Ok(serde_json::from_str(&answer)?)
}

/// Every file of this ending in `folder` and the folders below it.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    Ok(found)
}

/// A running `zhaoshen-serve`; ends with this value.
pub struct Served {
    /// The address it printed.
    pub address: String,
    process: Child,
}

impl Served {
    /// Serves `workspace` with the built screens.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(workspace: &Path) -> Result<Self> {
        let mut process = Command::new(program("zhaoshen-serve")?)
            .args([
                "--workspace".as_ref(),
                workspace.as_os_str(),
                "--ui".as_ref(),
                screens().as_os_str(),
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let out = process.stdout.take().context("no output")?;
        let line = BufReader::new(out).lines().next_line().await?;
        let address = line.context("zhaoshen-serve ended without an address")?;
        Ok(Self { address, process })
    }

    /// Ends it.
    ///
    /// # Errors
    /// When the process cannot be ended.
    pub async fn end(mut self) -> Result<()> {
        self.process.kill().await?;
        Ok(())
    }
}
