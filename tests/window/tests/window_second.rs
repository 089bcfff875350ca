//! The second review in the real window: one person decides and chooses, another judges without seeing it.
#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result};
use serde_json::json;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::steps::{
    PIN, add_colleague, change_places, give_name, moved_on, open_queue,
};
use zhaoshen_window_tests::workplace::{Workplace, call};

/// The text of what the desk says of a second review.
const NOTE_SAYS: &str = "document.querySelector('[data-testid=review-note]')?.dataset.state";

#[tokio::test]
async fn a_second_person_judges_without_seeing_the_first() -> Result<()> {
    let place = Workplace::plain()?;
    let page = Page::window("second", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click("round-example").await?;
        page.desk_ready().await?;
        give_name(page, "王老师").await?;
        open_queue(page, "clear").await?;
        for _ in 0..2 {
            let submission = page.on_desk().await?;
            page.press("f").await?;
            moved_on(page, submission).await?;
        }
        page.click("nav-second").await?;
        page.fill("second-percent", "100").await?;
        page.photograph("1-choose").await?;
        page.click("second-choose").await?;
        // Nobody else is there yet: it asks first.
        page.click("second-alone-yes").await?;
        page.find("second-said").await?;
        page.photograph("2-own").await?;

        add_colleague(page, "李老师").await?;
        change_places(page, "李老师").await?;
        page.click("nav-second").await?;
        page.until_true(
            "document.querySelector('[data-testid=second-review]')?.disabled === false",
        )
        .await?;
        page.click("second-review").await?;
        page.desk_ready().await?;
        let submission = page.on_desk().await?;
        page.until_true(&format!("{NOTE_SAYS} === 'open'")).await?;
        page.photograph("3-blind").await?;
        page.press("f").await?;
        moved_on(page, submission).await?;
        page.until_true(&format!("{NOTE_SAYS} === 'open'")).await?;
        page.press("s").await?;
        page.photograph("4-end").await?;

        page.click("nav-second").await?;
        page.find("second-settle").await?;
        page.photograph("5-results").await?;
        page.click("second-settle").await?;
        page.desk_ready().await?;
        page.on_desk().await?;
        page.until_true(&format!("{NOTE_SAYS} === 'differs'"))
            .await?;
        page.photograph("6-differs").await
    })
    .await?;
    let station = place.open()?;
    let seat = call(&station, "app_status", json!({}))?;
    let person = &seat["seat"]["people"][0]["person"];
    call(&station, "sign_in", json!({ "person": person, "pin": PIN }))?;
    let book = call(&station, "review_list", json!({ "round": 1 }))?;
    let count = |key: &str| book[key].as_u64().context("a count");
    assert_eq!((count("agreed")?, count("differing")?), (1, 1), "{book}");
    assert_eq!(count("waiting")?, 0);
    Ok(())
}
