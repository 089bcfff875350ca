//! Keys typed faster than the screen follows never hit the wrong photo.
#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use zhaoshen_station::Station;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::drawn::{prepared, queue, submissions};
use zhaoshen_window_tests::steps::{open_desk, open_queue};
use zhaoshen_window_tests::workplace::{Workplace, call};

/// Students of the round; its photos are fewer, since some never submit.
const STUDENTS: u32 = 40;
/// Keys of the burst.
const BURST: usize = 30;
/// Students of the round that is reviewed as a whole: about seven in eight submit a photo.
const MANY: u32 = 240;
/// Photos that it has at least.
const MANY_PHOTOS: usize = 200;
/// Pause of twenty presses a second, without what a press itself takes.
const TWENTIETH: Duration = Duration::from_millis(50);
/// Pause of a practised hand.
const HAND: Duration = Duration::from_millis(250);
/// Enter, as WebDriver names it.
const ENTER: &str = "\u{e007}";

/// 学号 of the decisions in the log, oldest first.
fn decided_in_order(station: &Station, round: i64, numbers: &[String]) -> Result<Vec<String>> {
    let log = call(
        station,
        "log_list",
        json!({"round": round, "offset": 0, "limit": 500}),
    )?;
    let entries = log["entries"].as_array().context("entries")?;
    let subjects = entries
        .iter()
        .rev()
        .filter_map(|entry| entry["subject"].as_str());
    let whose =
        subjects.filter_map(|subject| numbers.iter().find(|number| subject.contains(*number)));
    Ok(whose.cloned().collect())
}

/// The 学号 of a queue, in its order.
fn numbers_of(queue: &[Value]) -> Vec<String> {
    queue
        .iter()
        .filter_map(|item| item["student_no"].as_str().map(str::to_owned))
        .collect()
}

/// Thirty keys in one go: what was decided is the queue from its beginning, one after the other, nothing
/// skipped and nothing twice, and the desk stands at the first photo that was not decided.
#[tokio::test]
async fn a_burst_of_keys_decides_the_queue_in_its_order() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let before = queue(&place.open()?, round, "pending")?;
    let numbers = numbers_of(&before);
    // Which of several photos counts was picked when the round was made.
    let picked = decided_in_order(&place.open()?, round, &numbers)?.len();
    let page = Page::window("keys", &place.workspace(), &[]).await?;
    let standing = page
        .used(async |page| {
            open_desk(page, round).await?;
            page.press(&"f".repeat(BURST)).await?;
            page.desk_ready().await?;
            page.photograph("burst").await?;
            page.on_desk().await
        })
        .await?;
    let station = place.open()?;
    let decided = decided_in_order(&station, round, &numbers)?.split_off(picked);
    assert!(
        !decided.is_empty() && decided.len() <= BURST,
        "{}",
        decided.len()
    );
    assert_eq!(decided, numbers[..decided.len()]);
    let mut approved = submissions(&queue(&station, round, "approved")?);
    let mut expected = submissions(&before[..decided.len()]);
    approved.sort_unstable();
    expected.sort_unstable();
    assert_eq!(approved, expected);
    assert_eq!(
        Some(standing),
        submissions(&before).get(decided.len()).copied()
    );
    Ok(())
}

/// A reviewer who presses F or S by what is on the screen, every millisecond: whatever the screen showed
/// at a stroke is what the decision is on. The photo's hash stands for what the eye sees.
#[tokio::test]
async fn each_key_decides_on_the_photo_that_was_on_the_screen() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let page = Page::window("seen", &place.workspace(), &[]).await?;
    let strokes = page
        .used(async |page| {
            open_desk(page, round).await?;
            let strokes = page.later(TYPE_BY_SIGHT).await?;
            page.desk_ready().await?;
            page.photograph("typed").await?;
            Ok(strokes)
        })
        .await?;
    assert!(
        strokes.as_u64().is_some_and(|strokes| strokes >= 30),
        "{strokes}"
    );
    let station = place.open()?;
    let mut decided = 0;
    for (name, odd) in [("approved", true), ("held", false)] {
        for item in queue(&station, round, name)? {
            let photo = item["photo"].as_str().context("photo")?;
            assert_eq!(is_odd(photo), odd, "{photo} was {name}");
            decided += 1;
        }
    }
    assert!(decided >= 10, "only {decided} decided");
    Ok(())
}

fn is_odd(hash: &str) -> bool {
    hash.chars()
        .last()
        .and_then(|digit| digit.to_digit(16))
        .is_some_and(|digit| digit % 2 == 1)
}

/// Two hundred photos by twenty presses a second: every photo of the queue is decided once, in the order of the queue,
/// and no press beyond those that were refused was needed.
#[tokio::test]
async fn two_hundred_photos_at_twenty_presses_a_second_are_decided_once_each_in_order() -> Result<()>
{
    let place = Workplace::new()?;
    let round = prepared(&place, MANY)?;
    let before = queue(&place.open()?, round, "pending")?;
    ensure!(before.len() >= MANY_PHOTOS, "{} photos", before.len());
    let numbers = numbers_of(&before);
    let picked = decided_in_order(&place.open()?, round, &numbers)?.len();
    let page = Page::window("hundreds", &place.workspace(), &[]).await?;
    let pressed = page
        .used(async |page| {
            open_desk(page, round).await?;
            page.look(COUNT_PRESSES).await?;
            page.until("the end of the queue", async || {
                // Held, not approved: that is taken of a photo that cannot be shown, too.
                page.press_paced(&"s".repeat(BURST), TWENTIETH).await?;
                Ok(page.look(IS_FINISHED).await?.as_bool() == Some(true))
            })
            .await?;
            page.desk_ready().await?;
            page.photograph("held").await?;
            page.look("return window.presses;").await
        })
        .await?;
    let station = place.open()?;
    let decided = decided_in_order(&station, round, &numbers)?.split_off(picked);
    assert_eq!(decided, numbers);
    let mut held = submissions(&queue(&station, round, "held")?);
    let mut expected = submissions(&before);
    held.sort_unstable();
    expected.sort_unstable();
    assert_eq!(held, expected);
    // Each press was either the decision of one photo or said that it came too early.
    let count = |name: &str| pressed[name].as_u64().context("a count");
    assert_eq!(count("taken")?, numbers.len() as u64, "{pressed}");
    assert_eq!(
        count("all")?,
        count("taken")? + count("refused")?,
        "{pressed}"
    );
    Ok(())
}

/// D, a digit, Enter in one movement, on photos whose reasons are preset, where D rejects at once, and on photos that
/// ask for them, faster than the screen: what is decided is a rejection with a reason, photo by photo from the
/// beginning, and nothing was approved by an Enter that came too late.
#[tokio::test]
async fn d_a_digit_enter_approves_nothing() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let station = place.open()?;
    let failing = queue(&station, round, "failing")?;
    let hints = queue(&station, round, "hints")?;
    drop(station);
    let page = Page::window("chord", &place.workspace(), &[]).await?;
    page.used(async |page| {
        open_desk(page, round).await?;
        let chord = format!("d1{ENTER}");
        open_queue(page, "failing").await?;
        page.press_paced(&chord.repeat(6), HAND).await?;
        page.desk_ready().await?;
        page.photograph("preset").await?;
        open_queue(page, "hints").await?;
        page.press_paced(&chord.repeat(20), TWENTIETH).await?;
        page.desk_ready().await?;
        page.photograph("asked").await
    })
    .await?;
    let station = place.open()?;
    assert_eq!(queue(&station, round, "approved")?, Vec::<Value>::new());
    let rejected = submissions(&queue(&station, round, "rejected")?);
    for of in [&failing, &hints] {
        let order = submissions(of);
        let done: Vec<bool> = order.iter().map(|id| rejected.contains(id)).collect();
        let first_open = done.iter().position(|done| !done).unwrap_or(done.len());
        assert!(first_open > 0, "nothing was rejected");
        assert!(done[first_open..].iter().all(|done| !done), "{done:?}");
    }
    for id in rejected {
        let view = call(&station, "submission_show", json!({"submission": id}))?;
        let reasons = view["decision"]["reasons"].as_array().context("reasons")?;
        let preset = view["preset_reasons"].as_array().context("preset")?;
        assert!(!reasons.is_empty(), "{id}");
        assert!(preset.is_empty() || reasons == preset, "{id}: {reasons:?}");
    }
    Ok(())
}

/// A key is changed by mouse: the key pressed next is the new one and decides nothing.
#[tokio::test]
async fn a_key_is_changed_by_mouse() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let page = Page::window("rebind", &place.workspace(), &[]).await?;
    page.used(async |page| {
        open_desk(page, round).await?;
        let first = page.on_desk().await?;
        page.click("desk-keys-button").await?;
        page.click("key-approve").await?;
        page.press("s").await?;
        page.until_true(
            "document.querySelector('[data-testid=key-approve]').textContent.startsWith('S')",
        )
        .await?;
        page.photograph("changed").await?;
        ensure!(page.on_desk().await? == first, "the key decided");
        Ok(())
    })
    .await?;
    let station = place.open()?;
    assert_eq!(queue(&station, round, "held")?, Vec::<Value>::new());
    Ok(())
}

/// Whether the queue has come to its end.
const IS_FINISHED: &str = "return Boolean(document.querySelector('[data-testid=desk-finished]'));";

/// Counts the presses of S until the queue has come to its end: those after which another photo stands there or the end
/// has come, and those that changed nothing and were said to.
const COUNT_PRESSES: &str = "
    window.presses = { all: 0, taken: 0, refused: 0 };
    const state = () => {
        const desk = document.querySelector('[data-testid=desk]');
        const finished = Boolean(document.querySelector('[data-testid=desk-finished]'));
        return { at: `${desk.dataset.submission} ${finished}`, finished };
    };
    let before = state();
    window.addEventListener('keyup', () => {
        if (before.finished) return;
        const now = state();
        window.presses.all += 1;
        if (now.at !== before.at) window.presses.taken += 1;
        else if (document.querySelector('[data-testid=desk-hint]').textContent !== '') window.presses.refused += 1;
        before = now;
    }, true);";

/// F where the shown photo's hash is odd, S where it is even, F where nothing is shown (and must not count).
const TYPE_BY_SIGHT: &str = "
    const done = arguments[arguments.length - 1];
    let strokes = 0;
    const stroke = () => {
        const shown = document.querySelector('[data-testid=desk-photo]');
        const hash = shown ? shown.dataset.sha : '';
        const odd = hash === '' || Number.parseInt(hash.slice(-1), 16) % 2 === 1;
        const code = odd ? 'KeyF' : 'KeyS';
        document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }));
        strokes += 1;
        if (strokes < 2000 && !document.querySelector('[data-testid=desk-finished]')) setTimeout(stroke, 1);
        else done(strokes);
    };
    stroke();";
