//! A keychain of the system for one test: GNOME Keyring on a message bus of its own, open, in a folder of the test.
//!
//! Nothing of it touches the keychain of who runs the test.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::sleep;

/// What the keychain is found by.
const SERVICE: &str = "org.freedesktop.secrets";
/// Longest wait for it to answer.
const START: Duration = Duration::from_secs(20);

/// A running keychain; ends with this value.
pub struct Keychain {
    bus: PathBuf,
    _bus: Child,
    _keyring: Child,
}

impl Keychain {
    /// Starts one that keeps what it is given in `folder`.
    ///
    /// # Errors
    /// When the bus or the keychain does not start.
    pub async fn start(folder: &Path) -> Result<Self> {
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("dbus-daemon")?;
        let out = bus.stdout.take().context("no output")?;
        let line = BufReader::new(out).lines().next_line().await?;
        let address = line.context("dbus-daemon ended without an address")?;
        let mut keyring = Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--foreground", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .env("HOME", folder)
            .env("XDG_DATA_HOME", folder)
            .env("XDG_RUNTIME_DIR", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("gnome-keyring-daemon")?;
        let mut password = keyring.stdin.take().context("no input")?;
        password.write_all(b"the test's own").await?;
        drop(password);
        let began = Instant::now();
        while !has_owner(&address).await? {
            if began.elapsed() > START {
                bail!("no keychain answers");
            }
            sleep(Duration::from_millis(50)).await;
        }
        Ok(Self {
            bus: address.into(),
            _bus: bus,
            _keyring: keyring,
        })
    }

    /// What makes a program ask this keychain.
    pub fn env(&self) -> (&'static str, &Path) {
        ("DBUS_SESSION_BUS_ADDRESS", &self.bus)
    }
}

/// Whether the keychain is there; asking it itself would start another, a locked one.
async fn has_owner(address: &str) -> Result<bool> {
    let asked = Command::new("dbus-send")
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus"])
        .args(["/", "org.freedesktop.DBus.NameHasOwner"])
        .arg(format!("string:{SERVICE}"))
        .output()
        .await
        .context("dbus-send")?;
    Ok(String::from_utf8_lossy(&asked.stdout).contains("boolean true"))
}
