//! `zhaoshen demo`: the example round from its files to a delivery, in one go.

use std::path::PathBuf;

use zhaoshen_station::Station;
use zhaoshen_station::wire::{DeliveryMode, DeliveryOptions, DeliveryShape, Failure, RoundRef};

use crate::args::DemoArgs;
use crate::{Outcome, terminal, workspace};

/// Makes roster and photos under the folder, carries the round through in `workspace` (one of its own under the folder
/// where none is named), delivers.
pub(crate) fn run(args: &DemoArgs, workspace: Option<PathBuf>) -> Result<Outcome, Failure> {
    let files = zhaoshen_station::example::write_files(&args.folder, args.students)?;
    terminal::line(&format!("示例名单：{}", files.roster.display()));
    terminal::line(&format!(
        "示例照片：{}（{} 个文件）",
        files.photos.display(),
        files.count
    ));
    let place = workspace.unwrap_or_else(|| args.folder.join("工作区"));
    let station = Station::open(&place)?;
    let (round, report) = station.example_import(&files)?;
    workspace::print_intake(&report);
    let (approved, rejected) = station.example_review(round)?;
    terminal::line(&format!("示例审核：通过 {approved}，退回 {rejected}"));
    let options = DeliveryOptions {
        round,
        mode: DeliveryMode::CollectionCode,
        template: "{学号}.jpg".to_owned(),
        shape: DeliveryShape::default(),
    };
    let report = workspace::deliver(&station, options, &args.folder.join("交付"))?;
    workspace::print_delivery(&report);
    workspace::print_round(&station.round_show(RoundRef { round })?);
    Ok(Outcome::Done)
}
