//! The standard editor in the real window: a limit moved by keys, its answer, its version, the queues judged by it.
#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result};
use serde_json::json;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::steps::give_name;
use zhaoshen_window_tests::workplace::{Workplace, call};

/// Presses the left arrow with Shift until the handle has gone down by a fifth of the axis.
const PUSH: &str = "const handle = document.querySelector('[data-testid=standard-handle-max]');
    for (let press = 0; press < 6; press += 1) handle.dispatchEvent(new KeyboardEvent('keydown',
        { code: 'ArrowLeft', shiftKey: true, bubbles: true, cancelable: true }));";
const ANSWERED: &str =
    "document.querySelector('[data-testid=standard-shift]')?.dataset.asking === 'false'";

#[tokio::test]
async fn a_limit_is_moved_asked_about_and_saved() -> Result<()> {
    let place = Workplace::plain()?;
    let page = Page::window("standard", &place.workspace(), &[]).await?;
    let (asked, failing) = page
        .used(async |page| {
            page.click("round-example").await?;
            page.desk_ready().await?;
            give_name(page, "王老师").await?;
            page.click("nav-standard").await?;
            page.click("standard-entry-GEO-02").await?;
            page.find("standard-handle-max").await?;
            page.look(PUSH).await?;
            page.until_true(ANSWERED).await?;
            page.find("standard-becomes-fail").await?;
            page.photograph("1-asked").await?;
            let asked = page.text("standard-becomes-fail").await?;
            page.click("standard-list-fail").await?;
            page.find("standard-photos").await?;
            page.until_true(ANSWERED).await?;
            page.photograph("2-photos").await?;
            page.click("standard-save").await?;
            // So large a share of the round is asked about first.
            page.photograph("3-sure").await?;
            page.click("standard-save-sure").await?;
            page.find("standard-said").await?;
            page.photograph("4-saved").await?;
            page.click("nav-desk").await?;
            page.desk_ready().await?;
            let failing = page.text("queue-failing").await?;
            Ok((number_in(&asked)?, number_in(&failing)?))
        })
        .await?;
    let station = place.open()?;
    let versions = call(&station, "standard_versions", json!({"round": 1}))?;
    let versions = versions.as_array().context("versions")?;
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0]["reviewer"], "王老师");
    let changes = versions[0]["changes"].as_array().context("changes")?;
    assert_eq!(changes.len(), 1, "{changes:?}");
    let counts = call(&station, "queue_counts", json!({"round": 1}))?;
    let counts = counts.as_array().context("counts")?;
    let stands = counts.iter().find(|queue| queue["queue"] == "failing");
    let stands = stands.context("queue of the failing")?["count"].as_u64();
    assert_eq!(stands, Some(failing), "the desk shows what is stored");
    assert!(
        asked > 0 && failing >= asked,
        "{asked} asked, {failing} failing"
    );
    Ok(())
}

/// The last number of a text.
fn number_in(text: &str) -> Result<u64> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    let last = runs.rfind(|run| !run.is_empty());
    Ok(last.with_context(|| text.to_owned())?.parse()?)
}
