//! `zhaoshen-serve`: the station's screens in a browser of this computer.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser;
use zhaoshen_serve::Token;
use zhaoshen_station::wire::{Code, DoorKey, DoorState, Failure};
use zhaoshen_station::{Station, seal};

/// 在本机浏览器中使用照审台（只监听 127.0.0.1）
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// 工作区文件夹；不写则用默认位置。里面还没有工作区的，新建一个不加密的，上一级文件夹要已经在
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
    zhaoshen_station::leave_no_dump();
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
    zhaoshen_serve::run(listener, router).await;
    Ok(())
}

/// Opens the workspace; the passphrase of a sealed one is asked for here, and never in the browser. Where there is none a
/// plain one is made and said to be, in the default place or in a folder that is there already: below one that is not, a
/// disk is missing.
fn open(workspace: &Path) -> anyhow::Result<Station> {
    match seal::door(workspace)?.state {
        DoorState::Open | DoorState::Damaged => {
            return Station::open(workspace).map_err(|failure| told(failure, workspace));
        }
        DoorState::New => return make(workspace),
        DoorState::Locked => {}
    }
    let mut typed = zhaoshen_terminal::ask_secret("工作区口令（忘记了的，输入恢复码）")?;
    let mut key = DoorKey {
        passphrase: std::mem::take(&mut *typed),
        ..DoorKey::default()
    };
    let opened = Station::unlock(workspace, &key);
    key.wipe();
    opened.map_err(|failure| told(failure, workspace))
}

/// Why it does not open; where a backup is what is left, how it is restored, since no page can be shown without a workspace.
fn told(failure: Failure, workspace: &Path) -> anyhow::Error {
    if failure.code != Code::Damaged {
        return failure.into();
    }
    anyhow::anyhow!(
        "{}\n浏览器里不能恢复：请在本机打开照审台的窗口，按提示选一份备份；或在终端运行 zhaoshen --workspace \"{}\" backup restore 恢复到的文件夹",
        failure.message,
        workspace.display()
    )
}

fn make(workspace: &Path) -> anyhow::Result<Station> {
    let is_default = workspace == zhaoshen_station::default_workspace();
    let place = std::path::absolute(workspace)?;
    let is_reachable = place.parent().is_none_or(Path::is_dir);
    anyhow::ensure!(
        is_default || is_reachable,
        "这里没有工作区，上一级文件夹也不存在；请检查 --workspace 写得对不对、移动硬盘或网络盘接上了没有"
    );
    let station = Station::open(workspace)?;
    writeln!(
        std::io::stderr(),
        "已新建工作区（不加密）：{}。里面本该有资料的，请先关掉本程序，接好磁盘再打开",
        workspace.display()
    )?;
    Ok(station)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::open;

    #[test]
    fn a_workspace_is_made_in_a_place_that_is_there_alone() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("移动硬盘");
        let refused = open(&missing.join("工作区")).err().unwrap();
        assert!(refused.to_string().contains("没有工作区"), "{refused}");
        assert!(!missing.exists());
        drop(open(&missing).unwrap());
        drop(open(&missing).unwrap());
        assert!(missing.join("zhaoshen.db").is_file());
    }

    #[test]
    fn where_a_backup_is_what_is_left_the_way_to_restore_it_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("工作区");
        drop(open(&place).unwrap());
        std::fs::write(place.join("zhaoshen.db"), "damaged").unwrap();
        let told = open(&place).err().unwrap().to_string();
        let command = format!(
            "zhaoshen --workspace \"{}\" backup restore",
            place.display()
        );
        assert!(told.contains(&command), "{told}");
    }
}
