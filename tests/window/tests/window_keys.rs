//! Keys typed faster than the screen follows never hit the wrong photo.
#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use zhaoshen_station::Station;
use zhaoshen_station::example::write_files;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::workplace::{Workplace, call};

/// Students of the round; its photos are fewer, since some never submit.
const STUDENTS: u32 = 40;
/// Keys of the burst.
const BURST: usize = 30;

/// A round of drawn photos, checked, with a reviewer; gives its id.
fn prepared(place: &Workplace) -> Result<i64> {
    let failed = |failure: zhaoshen_station::wire::Failure| anyhow::anyhow!("{failure}");
    let station = place.open()?;
    let files = write_files(&place.inside("示例"), STUDENTS).map_err(failed)?;
    call(&station, "reviewer_set", json!({"name": "李老师"}))?;
    Ok(station.example_import(&files).map_err(failed)?.0)
}

/// The submissions of a queue in its order.
fn queue(station: &Station, round: i64, name: &str) -> Result<Vec<Value>> {
    let opened = call(
        station,
        "queue_open",
        json!({"round": round, "queue": name}),
    )?;
    Ok(opened["items"].as_array().context("items")?.clone())
}

fn submissions(items: &[Value]) -> Vec<i64> {
    items
        .iter()
        .filter_map(|item| item["submission"].as_i64())
        .collect()
}

async fn open_desk(page: &Page, round: i64) -> Result<()> {
    page.click(&format!("round-open-{round}")).await?;
    page.click("nav-desk").await?;
    page.desk_ready().await
}

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

/// Thirty keys in one go: what was decided is the queue from its beginning, one after the other, nothing
/// skipped and nothing twice, and the desk stands at the first photo that was not decided.
#[tokio::test]
async fn a_burst_of_keys_decides_the_queue_in_its_order() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place)?;
    let before = queue(&place.open()?, round, "pending")?;
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
    let numbers: Vec<String> = before
        .iter()
        .filter_map(|item| item["student_no"].as_str().map(str::to_owned))
        .collect();
    let decided = decided_in_order(&station, round, &numbers)?;
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
    let round = prepared(&place)?;
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
