//! The WebDriver servers: one of WebKitGTK for the window, one of Chromium for the browser.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

/// Longest wait for a server or a first page.
const START: Duration = Duration::from_secs(60);

/// A running server; ends with this value.
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// WebKitGTK's server; `env` reaches the program it will start.
    pub(crate) async fn webkit(env: &[(&str, &Path)]) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1");
        // What makes the program's web view obey a driver.
        command.env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.envs(env.iter().copied());
        Self::start(command, port).await
    }

    /// Chromium's server.
    pub(crate) async fn chromium() -> Result<Self> {
        let port = free_port()?;
        // Ubuntu's snap gives the driver another name.
        let named = ["chromedriver", "chromium.chromedriver"];
        let name = named.into_iter().find(|name| is_on_path(name));
        let mut command = Command::new(name.unwrap_or(named[0]));
        command.arg(format!("--port={port}"));
        Self::start(command, port).await
    }

    async fn start(mut command: Command, port: u16) -> Result<Self> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            // A program that outlived its driver would otherwise hold the test runner's output open.
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let process = command
            .spawn()
            .with_context(|| format!("{:?}", command.as_std().get_program()))?;
        let driver = Self { process, port };
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .is_err()
        {
            if began.elapsed() > START {
                bail!("no WebDriver server on port {port}");
            }
            sleep(Duration::from_millis(50)).await;
        }
        Ok(driver)
    }

    /// A session with the window of `program`.
    pub(crate) async fn window(&self, program: &Path) -> Result<Client> {
        self.session(&json!({
            "browserName": "wry",
            "webkitgtk:browserOptions": { "binary": program, "args": [] },
        }))
        .await
    }

    /// A session with a browser of the size of the station's window.
    pub(crate) async fn browser(&self) -> Result<Client> {
        self.session(&json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                // Test machines run as root, where Chromium's own sandbox cannot.
                "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         "--hide-scrollbars", "--window-size=1366,768", "--lang=zh-CN"],
            },
        }))
        .await
    }

    async fn session(&self, wanted: &Value) -> Result<Client> {
        let Value::Object(wanted) = wanted else {
            bail!("capabilities are an object");
        };
        let capabilities: Capabilities = wanted.clone();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{}", self.port);
        builder
            .capabilities(capabilities)
            .connect(&address)
            .await
            .context("no WebDriver session")
    }

    /// Programs that the server started and that still run.
    pub(crate) fn programs(&self) -> Vec<u32> {
        self.process.id().map(running_children).unwrap_or_default()
    }

    /// Ends the server.
    pub(crate) async fn end(mut self) -> Result<()> {
        self.process.kill().await?;
        Ok(())
    }
}

impl Drop for Driver {
    /// A program whose test failed would keep its window on the display, in the way of the next test's.
    fn drop(&mut self) {
        for number in self.programs() {
            let kill = std::process::Command::new("kill")
                .args(["-9", &number.to_string()])
                .stderr(Stdio::null())
                .status();
            // Gone by itself meanwhile: as good.
            drop(kill);
        }
    }
}

fn is_on_path(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

/// A port nobody listens on just now.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// Living children of a process, as `/proc` tells them.
fn running_children(parent: u32) -> Vec<u32> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let numbers = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    numbers
        .filter(|number| is_living_child(*number, parent))
        .collect()
}

/// Reads `/proc/<number>/stat`: "number (name) state parent …", where the name may hold anything.
fn is_living_child(number: u32, parent: u32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{number}/stat")) else {
        return false;
    };
    let Some((_, rest)) = stat.rsplit_once(')') else {
        return false;
    };
    let mut fields = rest.split_whitespace();
    let has_ended = fields.next().is_none_or(|state| state == "Z") && !has_threads(number);
    !has_ended && fields.next() == Some(parent.to_string().as_str())
}

/// Whether a process has threads left beside its first. That one counts as ended while another still writes to the disk, and
/// all files stay open and locked until the last is gone.
fn has_threads(number: u32) -> bool {
    std::fs::read_dir(format!("/proc/{number}/task")).is_ok_and(|threads| threads.count() > 1)
}
