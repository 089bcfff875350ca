//! Reference photos in the real window: brought in on the photos' screen, seen at the desk beside the submitted photo.
#![cfg(target_os = "linux")]

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};
use zhaoshen_station::Station;
use zhaoshen_station::wire::JobStarted;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::drawn::{prepared, queue};
use zhaoshen_window_tests::steps::{open_desk, open_queue};
use zhaoshen_window_tests::workplace::{Workplace, call};

const STUDENTS: u32 = 12;
const NOT_COMPARED: &str = "document.querySelector('[data-testid=desk-compare]') === null";

/// Whether the left one of both is the submission before.
const BEFORE: &str = "document.querySelector('[data-testid=desk-compare]')?.dataset.other.startsWith('submission:') === true";

/// A smaller picture than students hand in.
fn picture(seed: u64) -> Result<Vec<u8>> {
    let portrait = Portrait {
        seed,
        ..Portrait::default()
    };
    Ok(encode_jpeg(
        &paint(&portrait.scaled(0.7)),
        &JpegOptions::default(),
    )?)
}

/// A second submission of the first student that waits; the 学号.
fn submit_again(place: &Workplace, station: &Station, round: i64) -> Result<String> {
    let waiting = queue(station, round, "pending")?;
    let first = waiting.first().context("nobody waits")?;
    let student_no = first["student_no"].as_str().context("学号")?.to_owned();
    let folder = place.folder("重交")?;
    std::fs::write(folder.join(format!("{student_no}.jpg")), picture(31)?)?;
    let import = json!({"round": round, "paths": [folder]});
    let started = call(station, "photos_import", import)?;
    let job: JobStarted = serde_json::from_value(started)?;
    station
        .job_wait(job)
        .map_err(|failure| anyhow::anyhow!("{failure}"))?;
    Ok(student_no)
}

#[tokio::test]
async fn a_reference_photo_is_brought_in_and_compared_with() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place, STUDENTS)?;
    let station = place.open()?;
    let student_no = submit_again(&place, &station, round)?;
    let before = call(&station, "round_show", json!({"round": round}))?;
    drop(station);
    let folder = place.folder("录取照片")?;
    std::fs::write(folder.join(format!("{student_no}.jpg")), picture(32)?)?;
    std::fs::write(folder.join("IMG_0001.jpg"), picture(33)?)?;
    let answers: [(&str, &Path); 1] = [("ZHAOSHEN_PICK_PHOTOS_FOLDER", &folder)];
    let page = Page::window("reference", &place.workspace(), &answers).await?;
    page.used(async |page| {
        open_desk(page, round).await?;
        page.click("nav-photos").await?;
        page.click("photos-references").await?;
        page.photograph("1-said-what-they-are").await?;
        page.click("photos-folder").await?;
        page.find_after_job("references-report").await?;
        page.photograph("2-report").await?;
        ensure!(page.text("intake-count-filed").await?.trim() == "1");
        ensure!(page.text("intake-count-unmatched").await?.trim() == "1");

        page.click("nav-desk").await?;
        open_queue(page, "resubmitted").await?;
        page.desk_ready().await?;
        ensure!(page.text("desk-student-no").await?.trim() == student_no);
        page.find("desk-reference").await?;
        page.until_true(&drawn("[data-testid=desk-reference] img"))
            .await?;
        page.photograph("3-beside-the-name").await?;

        // Held, the key blinks with the submission before.
        page.hold('c').await?;
        page.until_true(&says("第 1 次提交")).await?;
        page.let_go('c').await?;
        page.until_true(NOT_COMPARED).await?;

        // Side by side, on to the reference photo by the key, back and forth by the mouse.
        page.press("x").await?;
        page.until_true(BEFORE).await?;
        page.press("x").await?;
        page.until_true(&other("reference")).await?;
        page.until_true(&drawn("[data-testid=compare-earlier]"))
            .await?;
        page.photograph("4-side-by-side").await?;
        page.click("desk-compare-other").await?;
        page.until_true(BEFORE).await?;
        page.click("desk-reference").await?;
        page.until_true(&other("reference")).await?;

        page.click("nav-students").await?;
        page.find("students-reference").await?;
        page.photograph("5-students").await?;
        Ok(())
    })
    .await?;
    // It is nobody's submission, and the file that is nobody's is in no pile.
    let station = place.open()?;
    let card = call(&station, "round_show", json!({"round": round}))?;
    ensure!(card["references"] == 1, "{card}");
    for what in ["submitted", "pending", "in_piles", "unchecked"] {
        ensure!(card[what] == before[what], "{what}: {card}");
    }
    Ok(())
}

/// Whether the picture is there and was drawn.
fn drawn(selector: &str) -> String {
    format!(
        "(() => {{ const one = document.querySelector('{selector}'); return one !== null && one.complete && one.naturalWidth > 0; }})()"
    )
}

/// Whether what is compared names this one at its corner, as it does half of the time while it blinks.
fn says(label: &str) -> String {
    format!(
        "document.querySelector('[data-testid=desk-compare]')?.textContent.includes('{label}') === true"
    )
}

/// Whether both lie side by side, the left being this one.
fn other(key: &str) -> String {
    format!("document.querySelector('[data-testid=desk-compare]')?.dataset.other === '{key}'")
}
