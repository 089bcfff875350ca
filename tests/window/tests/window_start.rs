//! A workspace that somebody else has open: a plain message, and no window over it.
#![cfg(target_os = "linux")]

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::process::Command;
use tokio::time::{Instant, sleep};
use zhaoshen_window_tests::windows;
use zhaoshen_window_tests::workplace::{Workplace, program};

const WAIT: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_workspace_in_use_is_named_in_a_message() -> Result<()> {
    let place = Workplace::new()?;
    let station = place.open()?;
    let mut second = Command::new(program("zhaoshen-desktop")?)
        .env("ZHAOSHEN_WORKSPACE", place.workspace())
        .env("XDG_DATA_HOME", place.inside("data"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let began = Instant::now();
    while !windows::is_there("照审台：无法打开")? {
        if let Some(status) = second.try_wait()? {
            bail!("ended without a message: {status}");
        }
        if began.elapsed() > WAIT {
            bail!("no message");
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert!(
        !windows::is_there("照审台")?,
        "a window over a workspace that is not ours"
    );
    second.kill().await?;
    drop(station);
    Ok(())
}
