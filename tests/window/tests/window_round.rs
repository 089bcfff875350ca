//! A whole round in the real window: from the first start to a delivery on disk.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result};
use calamine::{Data, Reader as _, open_workbook_auto};
use serde_json::{Value, json};
use zhaoshen_station::example::write_files;
use zhaoshen_window_tests::steps::{
    bring_roster, deliver, give_name, make_round, moved_on, open_queue,
};
use zhaoshen_window_tests::workplace::{Workplace, call, files};
use zhaoshen_window_tests::{Page, dropping};

const REVIEWER: &str = "王老师";
const DELIVERY: &[(&str, &str)] = &[("ZHAOSHEN_PICK_DELIVERY_FOLDER", "交付")];

/// What a reviewer did in the window, by submission.
#[derive(Debug, Default)]
struct Acts {
    approved: BTreeSet<i64>,
    rejected: i64,
    held_then_undone: i64,
}

#[tokio::test]
async fn the_example_round_goes_from_first_start_to_delivery() -> Result<()> {
    let place = Workplace::new()?;
    let target = place.folder(DELIVERY[0].1)?;
    let page = Page::window("example", &place.workspace(), &[(DELIVERY[0].0, &target)]).await?;
    let (acts, folder) = page
        .used(async |page| {
            start_example(page).await?;
            look_at_findings(page).await?;
            let acts = review(page).await?;
            let folder = deliver(page, acts.approved.len()).await?;
            read_log(page).await?;
            Ok((acts, folder))
        })
        .await?;
    assert!(folder.starts_with(&target), "{}", folder.display());
    let names = conforming_photos(&folder)?;
    let station = place.open()?;
    let round = only_round(&station)?;
    assert_eq!(round["approved"], json!(acts.approved.len()));
    assert_eq!(round["rejected"], json!(1));
    assert_eq!(round["held"], json!(0));
    assert_eq!(names, student_numbers(&station, &acts.approved)?);
    assert_eq!(manifest_photos(&folder)?, names);
    assert_rejection(&station, acts.rejected)?;
    assert_eq!(decision(&station, acts.held_then_undone)?, Value::Null);
    let log = call(
        &station,
        "log_list",
        json!({"round": round["round"], "offset": 0, "limit": 100}),
    )?;
    let entries = log["entries"].as_array().context("entries")?;
    assert!(entries.iter().any(|entry| entry["reviewer"] == REVIEWER));
    // Every decision, the held one, its undoing and the delivery: nothing is left out of the log.
    assert!(
        entries.len() >= acts.approved.len() + 4,
        "{}",
        entries.len()
    );
    Ok(())
}

/// First start: how it is kept is chosen; no round yet, one click makes the example and leads to the desk.
async fn start_example(page: &Page) -> Result<()> {
    page.find("door-plain").await?;
    page.photograph("0-how-it-is-kept").await?;
    page.click("door-plain").await?;
    page.find("round-example").await?;
    page.photograph("1-first-start").await?;
    page.click("round-example").await?;
    page.find("job").await?;
    page.photograph("2-drawing").await?;
    page.desk_ready().await?;
    give_name(page, REVIEWER).await
}

/// The photo stands there with findings that carry values, and with its guides and crops.
async fn look_at_findings(page: &Page) -> Result<()> {
    open_queue(page, "failing").await?;
    let findings = page
        .look("return document.querySelectorAll('[data-testid^=finding-]').length;")
        .await?;
    assert!(
        findings.as_u64().is_some_and(|count| count > 0),
        "{findings}"
    );
    let width = page
        .look("return document.querySelector('[data-testid=desk-photo] img').naturalWidth;")
        .await?;
    assert!(
        width
            .as_u64()
            .is_some_and(|width| (300..=1080).contains(&width)),
        "{width}"
    );
    page.find("reason-1").await?;
    page.photograph("3-findings").await?;
    Ok(())
}

/// Rejects the failing photo, holds and takes back another, approves three.
async fn review(page: &Page) -> Result<Acts> {
    let mut acts = Acts {
        rejected: page.on_desk().await?,
        ..Acts::default()
    };
    page.press("d").await?;
    moved_on(page, acts.rejected).await?;
    open_queue(page, "clear").await?;
    acts.held_then_undone = page.on_desk().await?;
    page.press("s").await?;
    moved_on(page, acts.held_then_undone).await?;
    page.press("z").await?;
    page.until("the undone photo is back", async || {
        Ok(page.on_desk().await? == acts.held_then_undone)
    })
    .await?;
    page.desk_ready().await?;
    page.photograph("4-undone").await?;
    page.click("desk-next").await?;
    moved_on(page, acts.held_then_undone).await?;
    for _ in 0..3 {
        let submission = page.on_desk().await?;
        page.press("f").await?;
        moved_on(page, submission).await?;
        acts.approved.insert(submission);
    }
    page.photograph("5-approved").await?;
    Ok(acts)
}

async fn read_log(page: &Page) -> Result<()> {
    page.click("nav-log").await?;
    page.find("log-table").await?;
    page.until_true(
        "document.querySelector('[data-testid=log-table]').textContent.includes('王老师')",
    )
    .await?;
    page.photograph("8-log").await?;
    Ok(())
}

/// Every photo of a delivery is what the standard's final file is; their 学号 by name.
fn conforming_photos(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for path in files(folder, "jpg")? {
        let bytes = std::fs::read(&path)?;
        assert!(
            bytes.len() <= 40_000,
            "{}: {} bytes",
            path.display(),
            bytes.len()
        );
        let picture = image::load_from_memory_with_format(&bytes, image::ImageFormat::Jpeg)?;
        assert_eq!(
            (picture.width(), picture.height()),
            (480, 640),
            "{}",
            path.display()
        );
        names.insert(
            path.file_stem()
                .context("a name")?
                .to_string_lossy()
                .into_owned(),
        );
    }
    Ok(names)
}

/// 学号 of the photos that the manifest lists: every text cell that names a photo, the template aside.
fn manifest_photos(folder: &Path) -> Result<BTreeSet<String>> {
    let manifest = files(folder, "xlsx")?;
    let mut names = BTreeSet::new();
    for path in manifest {
        let mut book = open_workbook_auto(&path)?;
        for (_, sheet) in book.worksheets() {
            let cells = sheet.rows().flatten().filter_map(|cell| {
                if let Data::String(text) = cell {
                    Some(text)
                } else {
                    None
                }
            });
            names.extend(
                cells
                    .filter(|text| !text.contains('{'))
                    .filter_map(|text| text.strip_suffix(".jpg"))
                    .map(|name| match name.rsplit_once('/') {
                        Some((_, last)) => last.to_owned(),
                        None => name.to_owned(),
                    }),
            );
        }
    }
    Ok(names)
}

fn only_round(station: &zhaoshen_station::Station) -> Result<Value> {
    let status = call(station, "app_status", json!({}))?;
    assert_eq!(status["reviewer"], REVIEWER);
    let rounds = status["rounds"].as_array().context("rounds")?;
    assert_eq!(rounds.len(), 1);
    Ok(rounds[0].clone())
}

fn student_numbers(
    station: &zhaoshen_station::Station,
    submissions: &BTreeSet<i64>,
) -> Result<BTreeSet<String>> {
    let mut numbers = BTreeSet::new();
    for submission in submissions {
        let view = call(
            station,
            "submission_show",
            json!({"submission": submission}),
        )?;
        assert_eq!(view["decision"]["kind"], "approved");
        numbers.insert(
            view["item"]["student_no"]
                .as_str()
                .context("学号")?
                .to_owned(),
        );
    }
    Ok(numbers)
}

fn decision(station: &zhaoshen_station::Station, submission: i64) -> Result<Value> {
    Ok(call(
        station,
        "submission_show",
        json!({"submission": submission}),
    )?["decision"]
        .clone())
}

/// The rejection carries the reasons preset from what failed.
fn assert_rejection(station: &zhaoshen_station::Station, submission: i64) -> Result<()> {
    let view = call(
        station,
        "submission_show",
        json!({"submission": submission}),
    )?;
    assert_eq!(view["decision"]["kind"], "rejected");
    assert_eq!(view["decision"]["reviewer"], REVIEWER);
    let given: Vec<&Value> = view["decision"]["reasons"]
        .as_array()
        .context("reasons")?
        .iter()
        .map(|reason| &reason["code"])
        .collect();
    assert!(!given.is_empty());
    let findings = view["findings"].as_array().context("findings")?;
    for code in given {
        assert!(
            findings
                .iter()
                .any(|finding| &finding["code"] == code && finding["severity"] == "fail"),
            "{code}"
        );
    }
    Ok(())
}

/// Roster and photos come in as a user brings them: a dialog for the workbook, a folder dropped on the window.
#[tokio::test]
async fn a_round_is_made_by_hand_and_its_photos_dropped_on_the_window() -> Result<()> {
    let place = Workplace::plain()?;
    let files = write_files(&place.inside("名单与照片"), 12)
        .map_err(|failure| anyhow::anyhow!("{failure}"))?;
    let page = Page::window(
        "by-hand",
        &place.workspace(),
        &[("ZHAOSHEN_PICK_ROSTER", &files.roster)],
    )
    .await?;
    page.used(async |page| {
        make_round(page, "2026年学历照片采集").await?;
        bring_roster(page, 12).await?;
        drop_photos(page, &files.photos).await
    })
    .await?;
    let station = place.open()?;
    let status = call(&station, "app_status", json!({}))?;
    let round = &status["rounds"][0];
    assert_eq!(round["name"], "2026年学历照片采集");
    assert_eq!(round["students"], json!(12));
    assert_eq!(round["unchecked"], json!(0));
    let matched = round["submitted"].as_u64().context("submitted")?;
    assert!(matched > 0 && matched <= 12, "{matched}");
    Ok(())
}

async fn drop_photos(page: &Page, photos: &Path) -> Result<()> {
    page.click("nav-photos").await?;
    page.find("photos-folder").await?;
    let folder = photos.to_owned();
    tokio::task::spawn_blocking(move || dropping::drop_on("照审台", &folder, 700, 400)).await??;
    page.find_after_job("intake-report").await?;
    page.photograph("4-photos-dropped").await?;
    Ok(())
}
