//! Rounds to measure in: drawn people, taken in through the same doors as real ones.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use zhaoshen_model::measurement::{LookHash, MEASUREMENT_VERSION};
use zhaoshen_model::{Measurements, PhotoHash, RoundId};
use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};
use zhaoshen_station::Station;
use zhaoshen_station::wire::JobStarted;
use zhaoshen_store::{DerivedKind, Store};
use zhaoshen_window_tests::workplace::{Workplace, call};

/// Different people drawn for the large round; the other photos are theirs with other bytes at the end.
const FACES: usize = 24;
/// Photos of the large round whose previews are made beforehand, as an import would; thumbnails are there of all.
const PREVIEWED: usize = 2_400;

/// A round of photos of 1080×1440 px, each of another person, checked.
pub(crate) fn of_large_photos(place: &Workplace, photos: usize) -> Result<i64> {
    let folder = place.folder("照片")?;
    for number in 1..=photos {
        let portrait = Portrait::person(number as u64).scaled(2.25);
        let bytes = encode_jpeg(&paint(&portrait), &JpegOptions::default())?;
        std::fs::write(folder.join(format!("{}.jpg", student_no(number))), bytes)?;
    }
    let station = place.open()?;
    let round = make_round(&station, place, photos)?;
    take_in(&station, round, &folder)?;
    Ok(round)
}

/// A round of `photos` photos of 480×640 px, all different files and all checked.
///
/// Checking so many anew would take minutes: the first of each face is measured, and its measurements
/// stand for the files that differ from it in their last bytes only.
pub(crate) fn of_many_photos(place: &Workplace, photos: usize) -> Result<i64> {
    let folders = [place.folder("首批")?, place.folder("其余")?];
    let faces = (0..FACES)
        .map(|seed| {
            let picture = paint(&Portrait::person(seed as u64));
            encode_jpeg(&picture, &JpegOptions::default()).map_err(anyhow::Error::from)
        })
        .collect::<Result<Vec<_>>>()?;
    for number in 1..=photos {
        let folder = &folders[usize::from(number > FACES)];
        let mut bytes = faces.get(number % FACES).context("a face")?.clone();
        bytes.extend_from_slice(&(number as u64).to_le_bytes());
        std::fs::write(folder.join(format!("{}.jpg", student_no(number))), bytes)?;
    }
    let station = place.open()?;
    let round = make_round(&station, place, photos)?;
    take_in(&station, round, &folders[0])?;
    import_only(&station, round, &folders[1])?;
    drop(station);
    copy_measurements(&place.workspace(), RoundId(round))?;
    let station = place.open()?;
    finish(
        &station,
        &call(&station, "checks_run", json!({"round": round}))?,
    )?;
    Ok(round)
}

fn student_no(number: usize) -> String {
    format!("2021{number:06}")
}

fn make_round(station: &Station, place: &Workplace, students: usize) -> Result<i64> {
    call(station, "reviewer_set", json!({"name": "李老师"}))?;
    let profiles = call(station, "profile_list", json!({}))?;
    let new = json!({"name": "测量", "school_code": "", "opens_on": "", "closes_on": "", "profile": profiles[0]["name"]});
    let round = call(station, "round_create", new)?["round"]
        .as_i64()
        .context("a round")?;
    let path = place.inside("名单.xlsx");
    write_roster(&path, students)?;
    let preview = call(
        station,
        "roster_preview",
        json!({"round": round, "path": path}),
    )?;
    let commit =
        json!({"round": round, "path": path, "digest": preview["digest"], "accept_updates": false});
    call(station, "roster_commit", commit)?;
    Ok(round)
}

/// 学号, 姓名 and 学院 only: invented people need no ID number.
fn write_roster(path: &Path, students: usize) -> Result<()> {
    const SURNAMES: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in [(0, "学号"), (1, "姓名"), (2, "学院")] {
        sheet.write(0, column, title)?;
    }
    for number in 1..=students {
        let row = u32::try_from(number)?;
        let [first, second] = [number, number / 10].map(|digit| SURNAMES[digit % 10]);
        sheet.write(row, 0, student_no(number))?;
        sheet.write(row, 1, format!("学生{first}{second}"))?;
        sheet.write(row, 2, format!("第{}学院", number % 20 + 1))?;
    }
    book.save(path)?;
    Ok(())
}

/// Imports a folder and waits until its photos are checked.
fn take_in(station: &Station, round: i64, folder: &Path) -> Result<()> {
    let import = json!({"round": round, "paths": [folder]});
    finish(station, &call(station, "photos_import", import)?)
}

/// Imports a folder with the photos of everybody else, and stops as soon as nobody is without one: the checks, which
/// run behind the import, would go on for minutes.
fn import_only(station: &Station, round: i64, folder: &PathBuf) -> Result<()> {
    let import = json!({"round": round, "paths": [folder]});
    let started = call(station, "photos_import", import)?;
    loop {
        let card = call(station, "round_show", json!({"round": round}))?;
        let state = call(station, "job_show", started.clone())?;
        if card["missing"] == 0 || state["finished"] == true {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    call(station, "job_cancel", started.clone())?;
    finish(station, &started)
}

fn finish(station: &Station, started: &Value) -> Result<()> {
    let started: JobStarted = serde_json::from_value(started.clone())?;
    station
        .job_wait(started)
        .map_err(|failure| anyhow!("{failure}: {}", failure.detail))?;
    Ok(())
}

/// Gives every photo the measurements of the one with the same face, and the first ones its previews.
fn copy_measurements(workspace: &Path, round: RoundId) -> Result<()> {
    let store = Store::open(workspace)?;
    let measured: HashMap<PhotoHash, Measurements> = store
        .round_measurements(round, MEASUREMENT_VERSION)?
        .into_iter()
        .collect();
    let submissions = store.submissions(round)?;
    let mut faces = HashMap::new();
    let mut others = Vec::new();
    for row in &submissions {
        let number: usize = row
            .file_name
            .rsplit('/')
            .next()
            .and_then(|name| {
                name.strip_suffix(".jpg")?
                    .strip_prefix("2021")?
                    .parse()
                    .ok()
            })
            .with_context(|| row.file_name.clone())?;
        if number <= FACES {
            faces.insert(number % FACES, row.photo);
        } else if !measured.contains_key(&row.photo) {
            others.push((number, row.photo));
        }
    }
    let mut copies = Vec::with_capacity(others.len());
    for (number, photo) in others {
        let face = faces.get(&(number % FACES)).context("a face")?;
        let mut copy = measured.get(face).context("measured")?.clone();
        if let Some(trace) = copy.trace.as_mut() {
            // Another person's photo looks like nobody else's.
            trace.look = trace.look.map(|_| LookHash(photo.0));
        }
        copies.push((photo, copy));
        for kind in [DerivedKind::Preview, DerivedKind::Thumb] {
            if number > PREVIEWED && kind == DerivedKind::Preview {
                continue;
            }
            if let Some(bytes) = store.read_derived(*face, kind)? {
                store.put_derived(photo, kind, &bytes)?;
            }
        }
    }
    store.put_measurements(&copies)?;
    Ok(())
}
