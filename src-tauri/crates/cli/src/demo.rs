//! `zhaoshen demo`: the example round from its files to a delivery, in one go.

use std::path::PathBuf;

use zhaoshen_station::Station;
use zhaoshen_station::example::write_files_watched;
use zhaoshen_station::wire::{DeliveryMode, DeliveryOptions, Failure, RoundRef};

use crate::args::DemoArgs;
use crate::{Outcome, deliveries, progress, terminal, workspace};

/// Makes roster and photos under the folder, carries the round through in `workspace` (one of its own under the folder
/// where none is named), delivers.
pub(crate) fn run(args: &DemoArgs, workspace: Option<PathBuf>) -> Result<Outcome, Failure> {
    let files =
        progress::watched(|progress| write_files_watched(&args.folder, args.students, progress))?;
    terminal::line(&format!("示例名单：{}", files.roster.display()));
    terminal::line(&format!(
        "示例照片：{}（{} 个文件）",
        files.photos.display(),
        files.count
    ));
    let place = workspace.unwrap_or_else(|| args.folder.join("工作区"));
    let station = Station::open(&place)?;
    let (round, report) =
        progress::watched(|progress| station.example_import_watched(&files, progress))?;
    workspace::print_intake(&report);
    let (approved, rejected) =
        progress::watched(|progress| station.example_review_watched(round, progress))?;
    terminal::line(&format!("示例审核：通过 {approved}，退回 {rejected}"));
    let options = DeliveryOptions::plain(round, DeliveryMode::CollectionCode, "{学号}.jpg");
    let report = deliveries::deliver(&station, options, &args.folder.join("交付"))?;
    deliveries::print_delivery(&report);
    workspace::print_round(&station.round_show(RoundRef { round })?);
    Ok(Outcome::Done)
}
