//! Opens the folder of a delivery in the system's file manager.
//!
//! Only folders that this station wrote a delivery into: the page names the delivery, never a path, so nothing
//! else on the disk can be opened from it. In a debug build the path goes into the file that an environment
//! variable names, because no test can drive the file managers of every system.

use std::path::Path;

use zhaoshen_station::Station;
use zhaoshen_station::wire::{Code, Failure, RoundRef};

use crate::bridge::internal;

/// Variable whose file takes the path in a debug build.
#[cfg(debug_assertions)]
const INSTEAD: &str = "ZHAOSHEN_OPENED";

/// Opens the folder of delivery `number` of `round`.
///
/// # Errors
/// [`Code::NotFound`] for a delivery that is not there or whose folder was moved, [`Code::Internal`] when the
/// system has nothing to open folders with.
pub(crate) fn delivery(station: &Station, round: i64, number: u32) -> Result<(), Failure> {
    let deliveries = station.delivery_list(RoundRef { round })?;
    let card = deliveries.into_iter().find(|card| card.number == number);
    let folder = card.map(|card| card.folder).unwrap_or_default();
    let folder = Path::new(&folder);
    if !folder.is_dir() {
        return Err(Failure {
            code: Code::NotFound,
            message: format!("文件夹“{}”不在了，可能已被移动或改名", folder.display()),
            detail: String::new(),
        });
    }
    #[cfg(debug_assertions)]
    if let Some(instead) = std::env::var_os(INSTEAD) {
        let told = std::fs::write(instead, folder.display().to_string());
        return told.map_err(|error| internal(&error.to_string()));
    }
    opener::open(folder).map_err(|error| internal(&error.to_string()))
}
