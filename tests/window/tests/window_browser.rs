//! The same screens in Chromium over loopback HTTP: near to the web view of Windows.
#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result};
use serde_json::json;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::workplace::{Served, Workplace, call};

#[tokio::test]
async fn the_example_round_is_reviewed_and_delivered_in_a_browser() -> Result<()> {
    let place = Workplace::new()?;
    let target = place.folder("交付")?;
    let served = Served::start(&place.workspace()).await?;
    let page = Page::browser("browser", &served.address).await?;
    page.used(async |page| {
        page.click("round-example").await?;
        page.desk_ready().await?;
        page.click("reviewer-name").await?;
        page.fill("reviewer-input", "赵老师").await?;
        page.click("reviewer-save").await?;
        page.until_true("!document.querySelector('[data-testid=reviewer-input]')").await?;
        page.click("queue-clear").await?;
        page.until_true("document.querySelector('[data-testid=queue-clear]').getAttribute('aria-current') === 'true'").await?;
        page.desk_ready().await?;
        let width = page.look("return document.querySelector('[data-testid=desk-photo] img').naturalWidth;").await?;
        assert!(width.as_u64().is_some_and(|width| (300..=1080).contains(&width)), "{width}");
        let first = page.on_desk().await?;
        page.press("f").await?;
        page.until("the next photo", async || Ok(page.on_desk().await? != first)).await?;
        page.desk_ready().await?;
        page.photograph("desk").await?;
        page.click("nav-delivery").await?;
        page.fill("path-input", target.to_str().context("a Unicode path")?).await?;
        page.click("path-use").await?;
        page.click("delivery-write").await?;
        page.find_after_job("delivery-report").await?;
        page.photograph("delivered").await?;
        Ok(())
    })
    .await?;
    served.end().await?;
    let station = place.open()?;
    let status = call(&station, "app_status", json!({}))?;
    assert_eq!(status["rounds"][0]["approved"], json!(1));
    assert_eq!(status["rounds"][0]["delivered"], json!(1));
    let deliveries = call(
        &station,
        "delivery_list",
        json!({"round": status["rounds"][0]["round"]}),
    )?;
    assert_eq!(deliveries[0]["files"], json!(1));
    assert!(std::fs::read_dir(&target)?.next().is_some());
    Ok(())
}
