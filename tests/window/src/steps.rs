//! What a person does in the window, one function per errand, each with its pictures.
//!
//! No assertions on outcomes: those are the tests' own, on what stands on disk.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::Page;

/// Keys typed in one go; more than the desk can follow.
const BURST: usize = 25;

/// Gives the reviewer's name.
///
/// # Errors
/// When the window does not take it.
pub async fn give_name(page: &Page, name: &str) -> Result<()> {
    page.click("reviewer-name").await?;
    page.fill("reviewer-input", name).await?;
    page.click("reviewer-save").await?;
    page.until_true(&format!(
        "document.querySelector('[data-testid=reviewer-name]').textContent.includes('{name}')"
    ))
    .await?;
    page.until_true("!document.querySelector('[data-testid=reviewer-input]')")
        .await
}

/// PIN of everybody in these tests.
pub const PIN: &str = "730518";

/// Adds a second person on the screen of people; who was alone takes a PIN first.
///
/// # Errors
/// When the window does not follow.
pub async fn add_colleague(page: &Page, name: &str) -> Result<()> {
    page.click("reviewer-name").await?;
    page.fill("own-pin-new", PIN).await?;
    page.fill("own-pin-again", PIN).await?;
    page.click("own-pin-save").await?;
    page.until_true("!document.querySelector('[data-testid=person-name]').disabled")
        .await?;
    page.fill("person-name", name).await?;
    page.fill("person-pin", PIN).await?;
    page.click("person-add").await?;
    page.until_true(&format!(
        "document.querySelector('[data-testid=screen-people]')?.textContent.includes('{name}')"
    ))
    .await
}

/// Locks the window and sits somebody else down at it.
///
/// # Errors
/// When the window does not follow.
pub async fn change_places(page: &Page, name: &str) -> Result<()> {
    page.click("lock").await?;
    page.find("sign-in").await?;
    page.look(&format!(
        "[...document.querySelectorAll('.sign-in-people label')].find((row) => row.textContent === '{name}').click();"
    ))
    .await?;
    page.fill("sign-in-pin", PIN).await?;
    page.click("sign-in-go").await?;
    page.until_true(&format!(
        "document.querySelector('[data-testid=reviewer-name]')?.textContent.includes('{name}')"
    ))
    .await
}

/// Makes a round of this name and goes to its roster.
///
/// # Errors
/// When the window does not follow.
pub async fn make_round(page: &Page, name: &str) -> Result<()> {
    page.click("round-create").await?;
    page.fill("round-form-name", name).await?;
    page.photograph("1-new-round").await?;
    page.click("round-form-submit").await?;
    page.click("nav-roster").await
}

/// Imports the workbook that the dialog gives, of this many students.
///
/// # Errors
/// When the preview counts others, or the import does not come to its end.
pub async fn bring_roster(page: &Page, students: u32) -> Result<()> {
    page.click("roster-pick").await?;
    page.find("roster-preview").await?;
    let added = page.text("roster-count-added").await?;
    ensure!(added.trim() == students.to_string(), "{added} added");
    page.photograph("2-roster-preview").await?;
    page.click("roster-commit").await?;
    page.find("roster-done").await?;
    page.photograph("3-roster-done").await?;
    Ok(())
}

/// Opens a round and its desk, and waits for the first photo.
///
/// # Errors
/// When it does not open in time.
pub async fn open_desk(page: &Page, round: i64) -> Result<()> {
    page.click(&format!("round-open-{round}")).await?;
    page.click("nav-desk").await?;
    page.desk_ready().await
}

/// Opens a queue of the desk and waits for its first photo.
///
/// # Errors
/// When it does not open in time.
pub async fn open_queue(page: &Page, queue: &str) -> Result<()> {
    page.desk_ready().await?;
    page.click(&format!("queue-{queue}")).await?;
    page.until_true(&format!("document.querySelector('[data-testid=\"queue-{queue}\"]').getAttribute('aria-current') === 'true'"))
        .await?;
    page.desk_ready().await
}

/// Waits until another photo stands there, painted, and everything decided is on disk.
///
/// # Errors
/// When that does not come in time.
pub async fn moved_on(page: &Page, from: i64) -> Result<()> {
    page.until("the next photo", async || Ok(page.on_desk().await? != from))
        .await?;
    page.desk_ready().await
}

/// Decides a whole queue by one key, typed in bursts without looking.
///
/// # Errors
/// When the queue does not come to its end.
pub async fn decide_queue(page: &Page, queue: &str, key: &str) -> Result<()> {
    open_queue(page, queue).await?;
    page.until(&format!("the end of {queue}"), async || {
        page.press(&key.repeat(BURST)).await?;
        page.desk_ready().await?;
        let ended = page
            .look("return Boolean(document.querySelector('[data-testid=desk-finished]'));")
            .await?;
        Ok(ended.as_bool() == Some(true))
    })
    .await
}

/// Writes a delivery of this many photos into the folder that the dialog gives; gives the folder made.
///
/// # Errors
/// When the screen counts others, or the delivery is not written.
pub async fn deliver(page: &Page, approved: usize) -> Result<PathBuf> {
    page.click("nav-delivery").await?;
    let ready = page.text("delivery-ready").await?;
    ensure!(ready.contains(&approved.to_string()), "{ready}");
    page.click("delivery-pick").await?;
    page.find("delivery-target").await?;
    page.photograph("6-delivery").await?;
    page.click("delivery-write").await?;
    page.find_after_job("delivery-report").await?;
    page.show("delivery-report").await?;
    page.photograph("7-delivered").await?;
    Ok(PathBuf::from(page.text("delivery-folder").await?))
}
