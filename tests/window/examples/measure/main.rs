//! Measures the real window: how long from a key to the next photo painted, how long a queue of twenty
//! thousand takes to open, how evenly its grid scrolls, how long a search takes to answer, and whether memory stays
//! flat while photos are reviewed.
//!
//! `cargo xtask measure` builds and runs it under a display of its own; the program itself takes the names of the parts to
//! measure, `keys`, `round` or `memory`, all without any. It prints the figures and writes
//! them as JSON; nothing fails for being slow, since machines differ and share their time.

mod memory;
mod page_script;
mod rounds;
mod series;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::workplace::Workplace;

use crate::series::Series;

/// Photos over which the key's way to the screen is measured.
const LARGE_PHOTOS: usize = 200;
/// Students and photos of the large round.
const LARGE_ROUND: usize = 20_000;
/// Photos reviewed while memory is watched.
const REVIEWED: usize = 2_000;
/// Pause of a quick reviewer between two keys.
const BETWEEN_KEYS: Duration = Duration::from_millis(150);
/// Pause in which a screen just opened has shown its pictures.
const SETTLED: Duration = Duration::from_secs(2);
/// Pause of a quick person before the next act: a screen opened, another queue, another search.
const BETWEEN_ACTS: Duration = Duration::from_secs(1);
/// Keys typed in one go while memory is watched.
const BURST: usize = 25;

#[tokio::main]
async fn main() -> Result<()> {
    let mut figures = Map::new();
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|name| name == part);
    if wanted("keys") {
        large_photos(&mut figures).await?;
    }
    if wanted("round") {
        large_round(&mut figures).await?;
    }
    if wanted("memory") {
        long_sitting(&mut figures).await?;
    }
    let text = serde_json::to_string_pretty(&Value::Object(figures))?;
    let path = answer_file()?;
    std::fs::create_dir_all(path.parent().context("a folder")?)?;
    std::fs::write(&path, format!("{text}\n"))?;
    println!("{}", path.display());
    Ok(())
}

/// `target/measure/window.json`, beside the build folders.
fn answer_file() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(3).context("no build folder")?;
    Ok(target.join("measure/window.json"))
}

/// Says a figure and keeps it.
fn tell(figures: &mut Map<String, Value>, name: &str, value: Value) {
    println!("{name}: {value}");
    figures.insert(name.to_owned(), value);
}

/// From a key to the next photo painted, over photos of 1080×1440 px.
async fn large_photos(figures: &mut Map<String, Value>) -> Result<()> {
    let place = Workplace::new()?;
    // One more than there are keys: every key has a next photo to show.
    let round = rounds::of_large_photos(&place, LARGE_PHOTOS + 1)?;
    let page = Page::window("measure-keys", &place.workspace(), &[]).await?;
    let (times, handled, refused) = page
        .used(async |page| {
            open_desk(page, round).await?;
            tokio::time::sleep(BETWEEN_ACTS).await;
            page.look(page_script::WATCH_KEYS).await?;
            let mut refused = Vec::new();
            for number in 1..=LARGE_PHOTOS {
                let before = page.on_desk().await?;
                page.press("f").await?;
                tokio::time::sleep(BETWEEN_KEYS).await;
                if page.on_desk().await? == before {
                    refused.push(number);
                }
            }
            page.desk_ready().await?;
            let times = page.look("return window.measuredKeys;").await?;
            let handled = page.look("return window.handledKeys;").await?;
            Ok((times, handled, refused))
        })
        .await?;
    let series = Series::of(&times)?;
    tell(figures, "key_to_paint_ms", series.summary());
    // The share of it that the page's own script takes, before anything is drawn.
    tell(figures, "key_handled_ms", Series::of(&handled)?.summary());
    tell(figures, "key_refused", json!(refused));
    Ok(())
}

/// Opening, searching and scrolling in a round of twenty thousand photos.
async fn large_round(figures: &mut Map<String, Value>) -> Result<()> {
    let place = Workplace::new()?;
    let round = rounds::of_many_photos(&place, LARGE_ROUND)?;
    let page = Page::window("measure-large", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click(&format!("round-open-{round}")).await?;
        let desk = page.later(page_script::OPEN_DESK).await?;
        tell(figures, "desk_opens_ms", desk);
        page.find("queue-clear").await?;
        let opened = times(page, page_script::OPEN_QUEUE, &["clear", "pending"], 10).await?;
        tell(figures, "queue_opens_ms", opened.summary());
        page.click("nav-students").await?;
        page.find("student-2021000001").await?;
        let words = ["2021012345", "学生三", "2021000777", "2021019999"];
        let found = times(page, page_script::SEARCH, &words, 5).await?;
        tell(figures, "search_answers_ms", found.summary());
        page.click("nav-grid").await?;
        page.find("grid").await?;
        for (name, script) in [
            ("grid_turn_frame_ms", page_script::TURN_GRID),
            ("grid_drag_frame_ms", page_script::DRAG_GRID),
        ] {
            tokio::time::sleep(SETTLED).await;
            let frames = Series::of(&page.later(script).await?)?;
            tell(figures, name, frames.summary());
        }
        Ok(())
    })
    .await
}

/// Memory of a sitting over two thousand photos of a round of twenty thousand.
async fn long_sitting(figures: &mut Map<String, Value>) -> Result<()> {
    let place = Workplace::new()?;
    let round = rounds::of_many_photos(&place, LARGE_ROUND)?;
    let page = Page::window("measure-memory", &place.workspace(), &[]).await?;
    page.used(async |page| {
        open_desk(page, round).await?;
        tokio::time::sleep(SETTLED).await;
        let memory = review_many(page).await?;
        tell(figures, "memory_mib_by_photos", memory);
        Ok(())
    })
    .await
}

async fn open_desk(page: &Page, round: i64) -> Result<()> {
    page.click(&format!("round-open-{round}")).await?;
    page.click("nav-desk").await?;
    page.desk_ready().await
}

/// What `script` measures for each of `words` in turn, `rounds` times over.
async fn times(page: &Page, script: &str, words: &[&str], rounds: usize) -> Result<Series> {
    let mut series = Series::default();
    for word in words.iter().cycle().take(words.len() * rounds) {
        tokio::time::sleep(BETWEEN_ACTS).await;
        let told = page
            .later(&script.replace("WORD", &json!(word).to_string()))
            .await?;
        series.add(told.as_f64().with_context(|| format!("{word}: {told}"))?);
    }
    Ok(series)
}

/// Approves photos in bursts; memory of the program and its web processes on the way.
async fn review_many(page: &Page) -> Result<Value> {
    let mut memory = Map::new();
    let mut reviewed = 0;
    let mut next = 0;
    while reviewed < REVIEWED {
        if reviewed >= next {
            memory.insert(
                format!("{reviewed:05}"),
                memory::mebibytes(&page.programs()),
            );
            next += REVIEWED / 8;
        }
        page.press(&"f".repeat(BURST)).await?;
        page.desk_ready().await?;
        let decided = page.look(page_script::DECIDED).await?;
        reviewed = usize::try_from(decided.as_u64().context("a position")?)?;
    }
    memory.insert(
        format!("{reviewed:05}"),
        memory::mebibytes(&page.programs()),
    );
    Ok(Value::Object(memory))
}
