//! `zhaoshen-serve`: the station's screens in a browser of this computer.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser;
use zhaoshen_serve::Token;
use zhaoshen_station::wire::{DoorKey, DoorState};
use zhaoshen_station::{Station, seal};

/// 在本机浏览器中使用照审台（只监听 127.0.0.1）
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// 工作区文件夹；不写则用默认位置
    #[arg(long)]
    workspace: Option<PathBuf>,
    /// 端口；0 表示由系统选择
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// 界面文件所在文件夹（npm run build 的结果）
    #[arg(long)]
    ui: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("ZHAOSHEN_LOG")
                .unwrap_or_else(|_| "warn".into()),
        )
        .init();
    let arguments = Arguments::parse();
    let workspace = arguments
        .workspace
        .unwrap_or_else(zhaoshen_station::default_workspace);
    let station = open(&workspace).with_context(|| format!("工作区：{}", workspace.display()))?;
    station
        .keep_watching()
        .and_then(|()| station.keep_safe())
        .map_err(|failure| anyhow::anyhow!(failure.message))?;
    let token = Token::random().context("系统没有可用的随机数")?;
    let listener = zhaoshen_serve::listen(arguments.port)
        .await
        .with_context(|| format!("无法使用端口 {}", arguments.port))?;
    let port = listener.local_addr()?.port();
    let router = zhaoshen_serve::router(Arc::new(station), token.clone(), arguments.ui);
    writeln!(
        std::io::stdout(),
        "{}",
        zhaoshen_serve::address(port, &token)
    )?;
    zhaoshen_serve::run(listener, router).await?;
    Ok(())
}

/// Opens the workspace; the passphrase of a sealed one is asked for here, and never in the browser.
fn open(workspace: &Path) -> anyhow::Result<Station> {
    if seal::door(workspace)?.state != DoorState::Locked {
        return Ok(Station::open(workspace)?);
    }
    let key = DoorKey {
        passphrase: zhaoshen_terminal::ask_secret("工作区口令")?,
        ..DoorKey::default()
    };
    Ok(Station::unlock(workspace, &key)?)
}
