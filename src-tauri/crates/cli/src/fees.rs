//! `zhaoshen fees`: reads lists of payments, tells who has paid, and mends whose a payment is or among whom it is divided.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, Failure, FeeAsk, FeeAssign, FeeImport, FeeList, FeePart, FeePayment, FeeRemove, FeeRow,
    FeeSet, FeeShare, FeeUnknownAsk, RoundRef,
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
    #[command(about = zh::fees::ASSIGN)]
    Assign(AssignArgs),
    #[command(about = zh::fees::SHARE)]
    Share(ShareArgs),
    #[command(about = zh::fees::REMOVE)]
    Remove(RemoveArgs),
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

#[derive(Debug, Args)]
pub(crate) struct AssignArgs {
    #[arg(help = zh::fees::PAYMENT)]
    payment: i64,
    #[arg(help = zh::fees::STUDENT, required_unless_present = "nobody")]
    student_no: Option<String>,
    #[arg(long, help = zh::fees::NOBODY, conflicts_with = "student_no")]
    nobody: bool,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct ShareArgs {
    #[arg(help = zh::fees::PAYMENT)]
    payment: i64,
    #[arg(help = zh::fees::PARTS, value_name = zh::fees::PART, required = true, num_args = 2.., value_parser = part)]
    parts: Vec<Part>,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

/// What one student has of a payment, as it is written: `2021310001=20`.
#[derive(Debug, Clone)]
struct Part {
    student_no: String,
    /// 元.
    amount: String,
}

fn part(text: &str) -> Result<Part, String> {
    let parts = text.split_once(['=', '＝']);
    let parts = parts.map(|(student_no, amount)| (student_no.trim(), amount.trim()));
    match parts {
        Some((student_no, amount)) if !student_no.is_empty() && !amount.is_empty() => Ok(Part {
            student_no: student_no.to_owned(),
            amount: amount.to_owned(),
        }),
        _ => Err(zh::fees::NO_PART.to_owned()),
    }
}

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    #[arg(help = zh::fees::READ_LIST)]
    list: String,
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
        FeesCommand::Assign(args) => assign(&station, &args),
        FeesCommand::Share(args) => share(&station, args),
        FeesCommand::Remove(args) => remove(&station, args),
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

fn assign(station: &Station, args: &AssignArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let student = match &args.student_no {
        Some(student_no) => Some(station.student_numbered(round, student_no)?),
        None => None,
    };
    let payment = args.payment;
    station.fee_assign(FeeAssign {
        round,
        payment,
        student,
    })?;
    terminal::line(&zh::fees::assigned(payment, args.student_no.as_deref()));
    Ok(Outcome::Done)
}

fn share(station: &Station, args: ShareArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let told = zh::fees::shared(args.payment, args.parts.len());
    let shares = args.parts.into_iter().map(|part| {
        Ok(FeePart {
            student: (station.student_numbered(round, &part.student_no)).map_err(|failure| {
                Failure {
                    message: format!("{}：{}", part.student_no, failure.message),
                    ..failure
                }
            })?,
            amount: part.amount,
        })
    });
    station.fee_share(FeeShare {
        round,
        payment: args.payment,
        shares: shares.collect::<Result<_, Failure>>()?,
    })?;
    terminal::line(&told);
    Ok(Outcome::Done)
}

fn remove(station: &Station, args: RemoveArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let lists = station.fee_show(RoundRef { round })?.lists;
    let file = args.list;
    let Some(list) = lists.iter().find(|list| list.file == file) else {
        let holds = |list: &&FeeList| list.also_in.contains(&file);
        let holders: Vec<&str> = named(lists.iter().filter(holds));
        let message = match holders.is_empty() {
            true => zh::fees::no_list(&file, &named(lists.iter())),
            false => zh::fees::all_elsewhere(&file, &holders),
        };
        return Err(Failure {
            code: Code::NotFound,
            message,
            detail: String::new(),
        });
    };
    let removed = zh::fees::removed(&file, list);
    station.fee_remove(FeeRemove { round, file })?;
    terminal::line(&removed);
    Ok(Outcome::Done)
}

fn named<'a>(lists: impl Iterator<Item = &'a FeeList>) -> Vec<&'a str> {
    lists.map(|list| list.file.as_str()).collect()
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
    // Those put aside are listed too, and ask for nothing.
    let open = total > 0 && station.fee_show(RoundRef { round })?.unknown_total > 0;
    Ok(Outcome::findings_if(open))
}

fn unknown_line(payment: &FeePayment) -> String {
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}",
        payment.payment, payment.amount, payment.paid_at, payment.text, payment.source, payment.how
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
    let payments = row.payments.iter().map(zh::fees::payment);
    format!(
        "{}\t{}\t{}\t{}\t{}",
        student.student_no,
        student.name,
        zh::fees::state(&row.state),
        row.paid,
        payments.collect::<Vec<_>>().join("、")
    )
}
