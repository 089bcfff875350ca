//! Closing the window loses no decision that its person saw taken.
#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result};
use serde_json::json;
use zhaoshen_station::example::write_files;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::windows;
use zhaoshen_window_tests::workplace::{Workplace, call};

const STUDENTS: u32 = 12;

/// A decision is held up by another program that writes into the workspace; the window is closed meanwhile.
#[tokio::test]
async fn a_decision_on_its_way_is_on_disk_before_the_window_goes() -> Result<()> {
    let place = Workplace::new()?;
    let round = {
        let station = place.open()?;
        let failed = |failure: zhaoshen_station::wire::Failure| anyhow::anyhow!("{failure}");
        let files = write_files(&place.inside("示例"), STUDENTS).map_err(failed)?;
        call(&station, "reviewer_set", json!({"name": "李老师"}))?;
        station.example_import(&files).map_err(failed)?.0
    };
    let page = Page::window("close", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click(&format!("round-open-{round}")).await?;
        page.click("nav-desk").await?;
        page.desk_ready().await?;
        let slow = rusqlite::Connection::open(place.workspace().join("zhaoshen.db"))?;
        slow.execute_batch("BEGIN IMMEDIATE")?;
        page.press("f").await?;
        page.until_true("document.querySelector('[data-testid=desk]').dataset.sending !== '0'")
            .await?;
        windows::close("照审台", &page.programs())?;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert!(!page.programs().is_empty(), "the window waits");
        slow.execute_batch("COMMIT")?;
        page.until("the program ends", async || Ok(page.programs().is_empty()))
            .await
    })
    .await?;
    let station = place.open()?;
    let query = json!({"round": round, "queue": "approved", "limit": null});
    let approved = call(&station, "queue_open", query)?;
    let total = approved["total"].as_u64().context("a total")?;
    assert_eq!(total, 1, "{approved}");
    Ok(())
}
