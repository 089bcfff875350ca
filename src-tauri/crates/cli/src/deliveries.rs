//! `export` and `deliveries`: what is handed over, what was, and writing it again.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, DeliveryOptions, DeliveryReport, DeliveryWay, DeliveryWayRef, DeliveryWaySave, Empty,
    Failure, JobOutcome, RoundRef, UnfinishedCard, UnfinishedRef,
};

use crate::args::{ExportArgs, WayArgs};
use crate::workspace::{Place, choose_round};
use crate::{Outcome, progress, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum DeliveriesCommand {
    #[command(about = zh::deliveries::LIST)]
    List {
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
    #[command(about = zh::deliveries::DISMISS)]
    Dismiss {
        #[arg(help = zh::deliveries::UNFINISHED)]
        id: i64,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
    },
    #[command(about = zh::deliveries::WAYS)]
    Ways {
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
    #[command(about = zh::deliveries::WAY_SAVE)]
    Save {
        #[arg(help = zh::deliveries::WAY_NAME)]
        name: String,
        #[arg(long, default_value = "", help = zh::deliveries::WAY_WAS)]
        was: String,
        #[command(flatten)]
        told: WayArgs,
    },
    #[command(about = zh::deliveries::WAY_REMOVE)]
    Remove {
        #[arg(help = zh::deliveries::WAY_NAME)]
        name: String,
    },
    #[command(about = zh::deliveries::REPEAT)]
    Repeat {
        #[arg(help = zh::deliveries::NUMBER)]
        number: u32,
        #[arg(help = zh::deliveries::OUT)]
        out: PathBuf,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
}

/// `deliveries`.
pub(crate) fn run(place: &Place, command: DeliveriesCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        DeliveriesCommand::List { round, json } => {
            let round = choose_round(&station, round)?;
            let cards = station.delivery_list(RoundRef { round })?;
            if json {
                terminal::json(&cards);
            } else {
                for card in cards {
                    terminal::line(&zh::deliveries::card(&card));
                }
                print_unfinished(&station.delivery_unfinished(RoundRef { round })?);
            }
            Ok(Outcome::Done)
        }
        DeliveriesCommand::Dismiss { id, round } => {
            let round = choose_round(&station, round)?;
            print_unfinished(&station.delivery_dismiss(UnfinishedRef { round, id })?);
            Ok(Outcome::Done)
        }
        DeliveriesCommand::Ways { json } => {
            print_ways(&station.delivery_ways(Empty {})?, json);
            Ok(Outcome::Done)
        }
        DeliveriesCommand::Save { name, was, told } => {
            let way = DeliveryWay {
                name,
                purpose: told.purpose.clone().unwrap_or_default(),
                mode: told.mode(),
                template: told.template(),
                shape: told.shape(),
                columns: told.columns(),
                shipped: false,
            };
            let ways = station.delivery_way_save(DeliveryWaySave { was, way })?;
            print_ways(&ways, false);
            Ok(Outcome::Done)
        }
        DeliveriesCommand::Remove { name } => {
            let ways = station.delivery_way_remove(DeliveryWayRef { name })?;
            print_ways(&ways, false);
            Ok(Outcome::Done)
        }
        DeliveriesCommand::Repeat {
            number,
            out,
            round,
            json,
        } => {
            let round = choose_round(&station, round)?;
            let job = station.delivery_repeat_to(round, number, &out)?;
            let JobOutcome::Repeated { report } = progress::wait(&station, job)? else {
                return Ok(Outcome::Done);
            };
            if json {
                terminal::json(&report);
            } else {
                terminal::line(&zh::deliveries::repeated(&report));
                if let Some(passphrase) = &report.passphrase {
                    terminal::line(&zh::passphrase(passphrase));
                }
            }
            Ok(Outcome::Done)
        }
    }
}

/// `export`.
pub(crate) fn export(place: &Place, args: &ExportArgs) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let round = choose_round(&station, args.round)?;
    let options = match &args.way {
        Some(name) => {
            let ways = station.delivery_ways(Empty {})?;
            let way = ways.into_iter().find(|way| way.name == *name);
            way.ok_or_else(|| no_way(name))?
                .options(round, args.part.part())
        }
        None => DeliveryOptions {
            round,
            mode: args.told.mode(),
            shape: args.told.shape(),
            columns: args.told.columns(),
            template: args.told.template(),
            purpose: args.told.purpose.clone().unwrap_or_default(),
            part: args.part.part(),
        },
    };
    if !args.json {
        let preview = station.delivery_preview(options.clone())?;
        for warning in preview.warnings.into_iter().chain(preview.notices) {
            terminal::line(&zh::warning(&warning));
        }
        if !preview.hinted.is_empty() {
            let hinted = zh::deliveries::hinted(preview.hinted.len());
            terminal::line(&zh::warning(&hinted));
        }
        let telling = preview.telling.into_iter();
        for row in telling.chain(preview.unmet).chain(preview.unsampled) {
            let line = format!("{}  {}  {}", row.student_no, row.name, row.why);
            terminal::line(&zh::warning(&line));
        }
    }
    let report = deliver(&station, options, &args.out)?;
    if args.json {
        terminal::json(&report);
    } else {
        print_delivery(&report);
    }
    Ok(Outcome::findings_if(
        report.deviations_total > 0 || report.not_delivered_total > 0,
    ))
}

fn no_way(name: &str) -> Failure {
    Failure {
        code: Code::NotFound,
        message: zh::deliveries::no_way(name),
        detail: String::new(),
    }
}

fn print_unfinished(cards: &[UnfinishedCard]) {
    for card in cards {
        terminal::line(&zh::warning(&zh::deliveries::unfinished(card)));
    }
}

fn print_ways(ways: &[DeliveryWay], json: bool) {
    if json {
        terminal::json(&ways);
    } else {
        for way in ways {
            terminal::line(&zh::deliveries::way(way));
        }
    }
}

/// Writes a delivery and waits for it.
pub(crate) fn deliver(
    station: &Station,
    options: DeliveryOptions,
    out: &Path,
) -> Result<DeliveryReport, Failure> {
    let job = station.delivery_write_to(options, out)?;
    match progress::wait(station, job)? {
        JobOutcome::Delivery { report } => Ok(report),
        other => Err(Failure {
            code: Code::Internal,
            message: zh::UNEXPECTED.to_owned(),
            detail: format!("a delivery ended as {other:?}"),
        }),
    }
}

/// Prints what was delivered.
pub(crate) fn print_delivery(report: &DeliveryReport) {
    terminal::line(&format!(
        "第 {} 次交付：{} 张，其中 {} 张画面照原样，未重新压缩",
        report.number, report.files, report.identical
    ));
    if report.codes > 0 {
        terminal::line(&zh::deliveries::codes(report.codes));
    }
    let before = report.delivered_before_total;
    if before > 0 {
        terminal::line(&zh::deliveries::before(before));
    }
    terminal::line(&format!("文件夹：{}", report.folder));
    terminal::line(&zh::deliveries::manifest(&report.manifest));
    if let Some(passphrase) = &report.passphrase {
        terminal::line(&zh::passphrase(passphrase));
    }
    for deviation in &report.deviations {
        terminal::line(&format!("    ▲ {deviation}"));
    }
    print_more(report.deviations_total, report.deviations.len());
    if !report.not_delivered.is_empty() {
        terminal::line(&format!("未交付 {} 人：", report.not_delivered_total));
        for left_out in &report.not_delivered {
            terminal::line(&format!(
                "    {}  {}  {}",
                left_out.student_no, left_out.name, left_out.why
            ));
        }
        print_more(report.not_delivered_total, report.not_delivered.len());
    }
}

/// Says how many lines a report holds back; nothing where it has them all.
fn print_more(total: u32, shown: usize) {
    let more = (total as usize).saturating_sub(shown);
    if more > 0 {
        terminal::line(&zh::deliveries::more(more));
    }
}
