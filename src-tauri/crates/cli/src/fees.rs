//! `zhaoshen fees`: reads lists of payments, and tells who has paid.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Failure, FeeAsk, FeeImport, FeePayment, FeeRow, FeeSet, FeeUnknownAsk,
};

use crate::workspace::{Place, absolute, choose_round};
use crate::{Outcome, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum FeesCommand {
    #[command(about = zh::fees::IMPORT)]
    Import(ImportArgs),
    #[command(about = zh::fees::LIST)]
    List(ListArgs),
    #[command(about = zh::fees::SET)]
    Set(SetArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[arg(long, value_enum, help = zh::fees::STATE)]
    state: Option<State>,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    #[arg(help = zh::fees::AMOUNT)]
    fee: String,
    #[arg(long, help = zh::fees::HOLD)]
    hold: bool,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum State {
    Unpaid,
    Short,
    Paid,
    Over,
    Unknown,
}

impl State {
    /// The word of the station.
    const fn word(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Short => "short",
            Self::Paid => "paid",
            Self::Over => "over",
            Self::Unknown => "unknown",
        }
    }
}

/// Carries out one of the commands.
pub(crate) fn run(place: &Place, command: FeesCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        FeesCommand::Import(args) => import(&station, args),
        FeesCommand::List(args) => list(&station, &args),
        FeesCommand::Set(args) => {
            let round = choose_round(&station, args.round)?;
            let view = station.fee_set(FeeSet {
                round,
                fee: args.fee,
                hold: args.hold,
            })?;
            terminal::line(&zh::fees::set(&view.fee, view.hold));
            Ok(Outcome::Done)
        }
    }
}

fn import(station: &Station, args: ImportArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let mut skipped = false;
    for file in args.files {
        let path = absolute(&file);
        let done = station.fee_import(FeeImport { round, path })?;
        skipped |= !done.skipped.is_empty();
        if args.json {
            terminal::json(&done);
            continue;
        }
        terminal::line(&zh::fees::imported(&done));
        for row in &done.skipped {
            terminal::line(&format!("  {}\t{}", row.cell, row.why));
        }
    }
    Ok(Outcome::findings_if(skipped))
}

fn list_unknown(station: &Station, round: i64, json: bool) -> Result<Outcome, Failure> {
    let total = terminal::pages(json, unknown_line, |offset, limit| {
        let page = station.fee_unknown(FeeUnknownAsk {
            round,
            text: String::new(),
            offset,
            limit,
        })?;
        Ok((page.total, page.rows))
    })?;
    Ok(Outcome::findings_if(total > 0))
}

fn unknown_line(payment: &FeePayment) -> String {
    format!(
        "{}\t{}\t{}\t{}\t{}",
        payment.amount, payment.paid_at, payment.text, payment.source, payment.how
    )
}

fn list(station: &Station, args: &ListArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    if matches!(args.state, Some(State::Unknown)) {
        return list_unknown(station, round, args.json);
    }
    let state = args.state.map_or("", State::word);
    terminal::pages(args.json, line, |offset, limit| {
        let page = station.fee_list(FeeAsk {
            round,
            text: String::new(),
            state: state.to_owned(),
            offset,
            limit,
        })?;
        Ok((page.total, page.rows))
    })?;
    Ok(Outcome::Done)
}

fn line(row: &FeeRow) -> String {
    let student = &row.student;
    format!(
        "{}\t{}\t{}\t{}",
        student.student_no,
        student.name,
        zh::fees::state(&row.state),
        row.paid
    )
}
