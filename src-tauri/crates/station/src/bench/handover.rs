//! Speed of handing over: three thousand finished photos written and read back, the same again, and their prints.

use std::path::Path;
use std::time::Instant;

use serde::Serialize;

use super::{
    INTAKE_BYTES, Place, approve, intake_zip, new_round, peak_memory, pending, roster, sit,
};
use crate::delivery::with_fonts;
use crate::wire::{
    DeliveryMode, DeliveryOptions, Failure, JobOutcome, PrintsKind, PrintsOptions, RoundRef,
};
use crate::{Seat, Station};

/// Students, photos, and files of the delivery.
const PHOTOS: usize = 3_000;

/// What was measured. The goal on two processors: 30 seconds, and 3 when nothing changed.
#[derive(Debug, Clone, Serialize)]
pub struct Handover {
    /// Files delivered.
    pub photos: u32,
    /// Processors that this process may use.
    pub processors: usize,
    /// Cutting, scaling, encoding, writing, reading back and checking every one, seconds.
    pub delivery_seconds: f64,
    /// The same delivery once more, into another folder, seconds.
    pub again_seconds: f64,
    /// The prints of all of them for the studio, seconds; `None` on a machine without a font that writes Chinese.
    pub prints_seconds: Option<f64>,
    /// Pages of these.
    pub pages: u32,
    /// Highest resident memory of the process so far, bytes; `None` where the system does not tell.
    pub peak_memory_bytes: Option<u64>,
}

/// Measures in the temporary folder.
///
/// # Errors
/// When that cannot be written.
pub fn run() -> Result<Handover, Failure> {
    of(PHOTOS)
}

fn of(photos: usize) -> Result<Handover, Failure> {
    let place = Place::new()?;
    let hosted = Station::open(&place.0.join("workspace"))?;
    let seat = sit(&hosted)?;
    let round = new_round(&seat, "bench")?;
    roster(&seat, round, &place.0, photos)?;
    intake_zip(&seat, round, &place.0, (photos, INTAKE_BYTES))?;
    // Whatever was measured: the pictures are drawn, and how good they are is not the question here.
    let checks = hosted.checks_run(RoundRef { round })?;
    hosted.job_wait(checks)?;
    approve_all(&seat, round)?;
    let options = DeliveryOptions::plain(round, DeliveryMode::CollectionCode, "{学号}.jpg");
    let (photos, delivery_seconds) = deliver(&hosted, options.clone(), &place.0.join("一"))?;
    let (_, again_seconds) = deliver(&hosted, options, &place.0.join("二"))?;
    let printed = print(&hosted, &seat, round, &place.0.join("打印"))?;
    Ok(Handover {
        photos,
        processors: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        delivery_seconds,
        again_seconds,
        prints_seconds: printed.map(|(_, seconds)| seconds),
        pages: printed.map_or(0, |(pages, _)| pages),
        peak_memory_bytes: peak_memory(),
    })
}

fn approve_all(seat: &Seat, round: i64) -> Result<(), Failure> {
    for item in pending(seat, round)? {
        approve(seat, &item)?;
    }
    Ok(())
}

fn deliver(hosted: &Station, options: DeliveryOptions, to: &Path) -> Result<(u32, f64), Failure> {
    let began = Instant::now();
    let job = hosted.delivery_write_to(options, to)?;
    let files = match hosted.job_wait(job)? {
        JobOutcome::Delivery { report } => report.files,
        _ => 0,
    };
    Ok((files, began.elapsed().as_secs_f64()))
}

/// Pages and seconds; `None` without a font.
fn print(
    hosted: &Station,
    seat: &Seat,
    round: i64,
    to: &Path,
) -> Result<Option<(u32, f64)>, Failure> {
    let options = PrintsOptions {
        kind: PrintsKind::Layout,
        ..hosted.prints_settings(RoundRef { round })?
    };
    if with_fonts(&seat.inner, |_| Ok(())).is_err() {
        return Ok(None);
    }
    let began = Instant::now();
    let job = hosted.prints_write_to(options, to)?;
    let JobOutcome::Prints { report } = hosted.job_wait(job)? else {
        return Ok(None);
    };
    Ok(Some((report.pages, began.elapsed().as_secs_f64())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    #[test]
    fn every_photo_is_delivered() {
        let took = super::of(6).unwrap();
        assert_eq!(took.photos, 6);
        assert!(took.delivery_seconds > 0.0 && took.again_seconds > 0.0);
    }
}
