//! Keys meant for something else decide nothing: letters of a search, a key for the page that has gone, a word of a
//! note, an undo of what never came about.
#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::Value;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::drawn::{prepared, queue, submissions};
use zhaoshen_window_tests::steps::{moved_on, open_desk, open_queue};
use zhaoshen_window_tests::workplace::Workplace;

/// Students of the round; its photos are fewer, since some never submit.
const STUDENTS: u32 = 72;
/// As WebDriver names them.
const ENTER: &str = "\u{e007}";
const BACKSPACE: &str = "\u{e003}";
const ESCAPE: &str = "\u{e00c}";
/// Pause of a practised hand.
const HAND: Duration = Duration::from_millis(150);

/// Cards that are ticked, by their submissions.
const TICKED: &str = "return [...document.querySelectorAll('[data-testid^=grid-card-]')]
    .filter((card) => card.getAttribute('aria-selected') === 'true')
    .map((card) => Number(card.dataset.submission));";

async fn open_grid(page: &Page, round: i64) -> Result<()> {
    page.click(&format!("round-open-{round}")).await?;
    page.click("nav-grid").await?;
    cards(page).await
}

/// Waits for the cards of a page.
async fn cards(page: &Page) -> Result<()> {
    page.until_true("document.querySelectorAll('[data-testid^=grid-card-] img').length > 6")
        .await
}

/// Waits until every card in sight has its photo and what is known of it: before, no page is passed.
async fn all_seen(page: &Page) -> Result<()> {
    page.until_true(
        "[...document.querySelectorAll('[data-testid^=grid-card-]')].every((card) =>
            card.getAttribute('aria-busy') === 'false' && card.querySelector('img')?.complete)",
    )
    .await
}

async fn ticked(page: &Page) -> Result<Vec<i64>> {
    Ok(serde_json::from_value(page.look(TICKED).await?)?)
}

/// The number that a button names.
async fn number_on(page: &Page, button: &str) -> Result<usize> {
    let text = page.text(button).await?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Ok(digits.parse()?)
}

/// A search that finds nobody, put right by hand: the cards come back under what is being typed, and Enter and every
/// letter stay the search's.
#[tokio::test]
async fn what_is_typed_into_the_search_of_the_grid_approves_nothing() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let page = Page::window("stray-search", &place.workspace(), &[]).await?;
    page.used(async |page| {
        open_grid(page, round).await?;
        page.click("filter-text").await?;
        page.press_paced("qqxz", HAND).await?;
        page.until_true("!document.querySelector('[data-testid=grid]')")
            .await?;
        page.photograph("1-nobody").await?;
        page.press_paced(&BACKSPACE.repeat(4), HAND).await?;
        cards(page).await?;
        page.press_paced(&format!("20213{ENTER}"), HAND).await?;
        page.press_paced(&format!("{}z{ENTER}", BACKSPACE.repeat(5)), HAND)
            .await?;
        page.settled().await?;
        page.photograph("2-typed").await
    })
    .await?;
    let station = place.open()?;
    assert_eq!(queue(&station, round, "approved")?, Vec::<Value>::new());
    Ok(())
}

/// The page is passed by a press of the mouse: what Space does then is what the line below the cards says.
#[tokio::test]
async fn space_after_a_page_was_passed_by_mouse_unticks_a_card() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let page = Page::window("stray-space", &place.workspace(), &[]).await?;
    let passed = page
        .used(async |page| {
            open_grid(page, round).await?;
            all_seen(page).await?;
            // Below the page the next one begins, and is in sight in part.
            let mut first = ticked(page).await?;
            first.truncate(number_on(page, "grid-commit").await?);
            page.click("grid-commit").await?;
            page.until_true("document.querySelector('[data-testid=grid-said]').textContent.startsWith('已通过')")
                .await?;
            // Long enough for the page that has just come to be taken for seen.
            tokio::time::sleep(Duration::from_secs(1)).await;
            let before = ticked(page).await?;
            page.press(" ").await?;
            page.settled().await?;
            let after = ticked(page).await?;
            page.photograph("1-unticked").await?;
            ensure!(after.len() + 1 == before.len(), "{before:?}, then {after:?}");
            page.press("?").await?;
            page.find("screen-keys").await?;
            page.press(ESCAPE).await?;
            page.until_true("!document.querySelector('[data-testid=screen-keys]')")
                .await?;
            page.press(" ").await?;
            page.settled().await?;
            ensure!(ticked(page).await? == before, "the keys left the cards");
            Ok(first)
        })
        .await?;
    let station = place.open()?;
    let mut approved = submissions(&queue(&station, round, "approved")?);
    let mut expected = passed;
    approved.sort_unstable();
    expected.sort_unstable();
    assert_eq!(approved, expected);
    Ok(())
}

/// A note was written: at the next photo and in the next queue the keys decide again, and nothing goes into the note.
#[tokio::test]
async fn a_note_takes_no_keys_after_it_was_left() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let before = queue(&place.open()?, round, "clear")?;
    let page = Page::window("stray-note", &place.workspace(), &[]).await?;
    let decided = page
        .used(async |page| {
            open_desk(page, round).await?;
            open_queue(page, "hints").await?;
            page.press_paced(&format!("nx{ESCAPE}"), HAND).await?;
            page.photograph("1-noted").await?;
            open_queue(page, "clear").await?;
            let decided = page.on_desk().await?;
            page.press("f").await?;
            moved_on(page, decided).await?;
            page.photograph("2-decided").await?;
            let noted = page
                .look("return document.querySelector('[data-testid=desk-note]').value;")
                .await?;
            ensure!(noted.as_str() == Some(""), "{noted}");
            Ok(decided)
        })
        .await?;
    assert_eq!(submissions(&before).first(), Some(&decided));
    let station = place.open()?;
    let approved = submissions(&queue(&station, round, "approved")?);
    assert_eq!(approved, [decided]);
    Ok(())
}

/// F and Z by turns, faster than photos are drawn: an undo takes back the decision before it or nothing, never the
/// older ones, which somebody made with care.
#[tokio::test]
async fn an_undo_of_a_key_that_came_too_early_takes_back_nothing_older() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let page = Page::window("stray-undo", &place.workspace(), &[]).await?;
    let with_care = page
        .used(async |page| {
            open_desk(page, round).await?;
            let mut with_care = Vec::new();
            for _ in 0..4 {
                let submission = page.on_desk().await?;
                page.press("s").await?;
                moved_on(page, submission).await?;
                with_care.push(submission);
            }
            page.press_paced(&"fz".repeat(20), Duration::from_millis(10))
                .await?;
            page.desk_ready().await?;
            page.photograph("1-by-turns").await?;
            Ok(with_care)
        })
        .await?;
    let station = place.open()?;
    let mut held = submissions(&queue(&station, round, "held")?);
    let mut expected = with_care;
    held.sort_unstable();
    expected.sort_unstable();
    assert_eq!(held, expected);
    Ok(())
}
