//! The photo under judgement is on the screen, not only in the page: what the screen shows of the stage is looked at after
//! every way by which a photo comes back.
#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::steps::{give_name, moved_on, open_queue};
use zhaoshen_window_tests::windows::{Part, plainness};
use zhaoshen_window_tests::workplace::Workplace;

/// Title of the main window.
const MAIN: &str = "照审台";
/// Keys as WebDriver names them.
const ESCAPE: &str = "\u{e00c}";
const LEFT: &str = "\u{e012}";
const RIGHT: &str = "\u{e014}";
/// Largest share of one colour in a drawn portrait or a close look at one; an empty stage has nine tenths and more.
const PLAIN: f64 = 0.6;

/// Where the photo and the close looks stand, as far as they are in sight, px of the screen.
const PARTS: &str = "
    const seen = (node) => {
      const [inner, outer] = [node.getBoundingClientRect(), node.parentElement.getBoundingClientRect()];
      const left = Math.max(inner.left, outer.left), top = Math.max(inner.top, outer.top);
      const right = Math.min(inner.right, outer.right), bottom = Math.min(inner.bottom, outer.bottom);
      return [left, top, right - left, bottom - top].map((px) => Math.floor(px * devicePixelRatio));
    };
    return [...document.querySelectorAll('[data-testid=desk-photo], .crop-window')].map(seen);";

#[tokio::test]
async fn a_photo_that_comes_back_is_seen() -> Result<()> {
    let place = Workplace::new()?;
    // Made already, and plain: nobody is asked at the first start.
    drop(place.open()?);
    let page = Page::window("pixels", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click("round-example").await?;
        page.desk_ready().await?;
        give_name(page, "王老师").await?;
        open_queue(page, "clear").await?;
        seen(page, "the first").await?;
        go(page, RIGHT).await?;
        seen(page, "the second, by →").await?;
        looked_closer(page).await?;
        go(page, LEFT).await?;
        seen(page, "the first, by ←").await?;
        go(page, RIGHT).await?;
        seen(page, "the second, by → again").await?;
        go(page, "f").await?;
        go(page, "z").await?;
        seen(page, "the second, by Z").await?;
        go(page, "f").await?;
        go(page, RIGHT).await?;
        given_up(page).await
    })
    .await
}

/// Holds Space down over a photo that was drawn ahead, and lets go.
async fn looked_closer(page: &Page) -> Result<()> {
    page.hold(' ').await?;
    page.until_true("document.querySelector('.stage-corner')")
        .await?;
    seen(page, "the second, enlarged").await?;
    page.let_go(' ').await?;
    page.until_true("!document.querySelector('.stage-corner')")
        .await?;
    seen(page, "the second, after Space").await
}

/// Opens the reasons, which take room from the photo, and closes them.
async fn given_up(page: &Page) -> Result<()> {
    page.press("d").await?;
    page.find("reason-strip").await?;
    seen(page, "beside the reasons").await?;
    page.press(ESCAPE).await?;
    page.until_true("!document.querySelector('[data-testid=reason-strip]')")
        .await?;
    seen(page, "after Esc").await
}

/// A key that brings another photo.
async fn go(page: &Page, key: &str) -> Result<()> {
    let from = page.on_desk().await?;
    page.press(key).await?;
    moved_on(page, from).await
}

async fn seen(page: &Page, moment: &str) -> Result<()> {
    page.settled().await?;
    let parts = page.look(PARTS).await?;
    let parts = parts.as_array().context("no parts")?;
    ensure!(parts.len() > 3, "{moment}: {} pictures", parts.len());
    for part in parts {
        let part = read(part).with_context(|| format!("{moment}: {part}"))?;
        let plain = plainness(MAIN, part)?;
        ensure!(plain < PLAIN, "{moment}: {plain:.2} of {part:?} is plain");
    }
    Ok(())
}

fn read(part: &Value) -> Option<Part> {
    let px = |at: usize| part.get(at)?.as_i64();
    Some(Part {
        x: i16::try_from(px(0)?).ok()?,
        y: i16::try_from(px(1)?).ok()?,
        width: u16::try_from(px(2)?).ok()?,
        height: u16::try_from(px(3)?).ok()?,
    })
}
