//! The main job in an installed program: a sealed workspace made at the first start, the example round drawn and checked,
//! photos approved and returned, one act taken back, the approved ones delivered through the real file dialog, the window
//! closed, and all of it found again behind the passphrase.
//!
//! `cargo xtask package --check` runs it over the program of the package: `installed PROGRAM FOLDER`, where FOLDER is empty
//! and its path plain ASCII. It ends with 1 at the first thing that is not as it must be.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use zhaoshen_window_tests::steps::{give_name, moved_on, open_queue};
use zhaoshen_window_tests::workplace::files;
use zhaoshen_window_tests::{Page, dialog};

const PASSPHRASE: &str = "an installed passphrase";
/// Photos approved.
const APPROVED: usize = 3;
/// As the program's dialog calls itself.
const DELIVERY_DIALOG: &str = "选择导出位置";

#[tokio::main]
async fn main() -> Result<()> {
    let mut asked = std::env::args_os().skip(1).map(PathBuf::from);
    let program = asked.next().context("no program")?;
    let folder = asked.next().context("no folder")?;
    let workspace = folder.join("workspace");
    let target = folder.join("delivered");
    std::fs::create_dir_all(&target)?;
    let page = Page::window_of(&program, "installed", &workspace, &[]).await?;
    page.used(async |page| {
        make_sealed(page).await?;
        review(page).await?;
        deliver(page, &target).await
    })
    .await?;
    let delivered = files(&target, "jpg")?;
    ensure!(delivered.len() == APPROVED, "{delivered:?} delivered");
    let page = Page::window_of(&program, "installed-again", &workspace, &[]).await?;
    page.used(async |page| {
        page.fill("door-passphrase", PASSPHRASE).await?;
        page.click("door-open").await?;
        page.click("round-open-1").await?;
        page.click("nav-desk").await?;
        page.desk_ready().await?;
        let approved = page.text("queue-approved").await?;
        ensure!(approved.contains(&APPROVED.to_string()), "{approved}");
        let rejected = page.text("queue-rejected").await?;
        ensure!(rejected.contains('1'), "{rejected}");
        Ok(())
    })
    .await
}

async fn make_sealed(page: &Page) -> Result<()> {
    page.fill("door-next", PASSPHRASE).await?;
    page.fill("door-again", PASSPHRASE).await?;
    page.click("door-sealed").await?;
    page.find("recovery-code").await?;
    let last = "return [...document.querySelectorAll('[data-testid=recovery-code] span')].at(-1).textContent;";
    let last = page.look(last).await?;
    page.fill("recovery-last", last.as_str().context("a code")?)
        .await?;
    page.click("recovery-done").await
}

/// Three approved, a fourth taken back, one returned for what its findings say.
async fn review(page: &Page) -> Result<()> {
    page.click("round-example").await?;
    page.find_after_job("desk").await?;
    page.desk_ready().await?;
    give_name(page, "王老师").await?;
    open_queue(page, "clear").await?;
    for _ in 0..=APPROVED {
        let submission = page.on_desk().await?;
        page.press("f").await?;
        moved_on(page, submission).await?;
    }
    let beyond = page.on_desk().await?;
    page.press("z").await?;
    moved_on(page, beyond).await?;
    open_queue(page, "failing").await?;
    let submission = page.on_desk().await?;
    page.press("d").await?;
    moved_on(page, submission).await
}

async fn deliver(page: &Page, target: &Path) -> Result<()> {
    page.click("nav-delivery").await?;
    let ready = page.text("delivery-ready").await?;
    ensure!(ready.contains(&APPROVED.to_string()), "{ready}");
    page.click("delivery-pick").await?;
    dialog::choose(DELIVERY_DIALOG, target)?;
    page.find("delivery-target").await?;
    page.click("delivery-write").await?;
    page.find_after_job("delivery-report").await?;
    page.photograph("delivered").await?;
    Ok(())
}
