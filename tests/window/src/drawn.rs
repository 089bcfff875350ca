//! A round of drawn photos that is made and checked without the window, and what stands of it on disk afterwards.

use anyhow::{Context as _, Result, anyhow};
use serde_json::{Value, json};
use zhaoshen_station::Station;
use zhaoshen_station::example::write_files;
use zhaoshen_station::wire::Failure;

use crate::workplace::{Workplace, call};

/// A checked round of drawn photos of this many students, of whom some never submit, and a reviewer; gives its id.
///
/// # Errors
/// When the files cannot be written or taken in.
pub fn prepared(place: &Workplace, students: u32) -> Result<i64> {
    let failed = |failure: Failure| anyhow!("{failure}");
    let station = place.open()?;
    let files = write_files(&place.inside("示例"), students).map_err(failed)?;
    call(&station, "reviewer_set", json!({"name": "李老师"}))?;
    Ok(station.example_import(&files).map_err(failed)?.0)
}

/// What waits in a queue, in its order.
///
/// # Errors
/// When there is no such queue.
pub fn queue(station: &Station, round: i64, name: &str) -> Result<Vec<Value>> {
    let asked = json!({"round": round, "queue": name});
    let opened = call(station, "queue_open", asked)?;
    Ok(opened["items"].as_array().context("items")?.clone())
}

/// The ids of what waits there.
pub fn submissions(items: &[Value]) -> Vec<i64> {
    items
        .iter()
        .filter_map(|item| item["submission"].as_i64())
        .collect()
}
