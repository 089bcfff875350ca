//! `zhaoshen reconcile`: reads receipts, tells what is open, writes the last page of a round.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    ClosingSave, Code, Failure, PaperAsk, PaperClass, PaperMark, ReceiptAssign, ReceiptSettle,
    ReceiptsDrop, ReceiptsImport, ReceiptsReject, ReconcileAsk, ReconcileRow, RoundRef,
};

use crate::workspace::{Place, absolute, choose_round};
use crate::{Outcome, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum ReconcileCommand {
    #[command(about = zh::reconcile::SHOW)]
    Show(ShowArgs),
    #[command(about = zh::reconcile::LIST)]
    List(ListArgs),
    #[command(about = zh::reconcile::RECEIPTS)]
    Receipts(ReceiptsArgs),
    #[command(about = zh::reconcile::ASSIGN)]
    Assign(AssignArgs),
    #[command(about = zh::reconcile::SETTLE)]
    Settle(SettleArgs),
    #[command(about = zh::reconcile::DROP)]
    Drop(DropArgs),
    #[command(about = zh::reconcile::REJECT)]
    Reject(RoundArgs),
    #[command(about = zh::reconcile::PAPER)]
    Paper(PaperArgs),
    #[command(about = zh::reconcile::UNDO)]
    Undo(RoundArgs),
    #[command(about = zh::reconcile::CLOSING)]
    Closing(ClosingArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RoundArgs {
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[arg(long, default_value = "", help = zh::reconcile::DIFFERENCE)]
    kind: String,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReceiptsArgs {
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, help = zh::reconcile::KIND)]
    kind: Option<Kind>,
    #[arg(long, help = zh::reconcile::DELIVERY)]
    delivery: Option<u32>,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AssignArgs {
    #[arg(help = zh::reconcile::RECEIPT)]
    receipt: i64,
    #[arg(help = zh::reconcile::STUDENT)]
    student_no: String,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct SettleArgs {
    #[arg(help = zh::reconcile::RECEIPT)]
    receipt: i64,
    #[arg(value_enum, help = zh::reconcile::MEANING)]
    meaning: Meaning,
    #[arg(long, help = zh::reconcile::WHY, default_value = "")]
    reason: String,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct DropArgs {
    #[arg(required = true, help = zh::reconcile::RECEIPT)]
    receipts: Vec<i64>,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct PaperArgs {
    #[arg(help = zh::reconcile::CLASS)]
    class: Option<String>,
    #[arg(long, requires = "class", help = zh::reconcile::COLLEGE)]
    college: Option<String>,
    #[arg(long, help = zh::reconcile::MISSING)]
    missing: bool,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct ClosingArgs {
    out: PathBuf,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Meaning {
    Accepted,
    Returned,
}

impl Meaning {
    /// The word of the station.
    const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Returned => "returned",
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Studio,
    Enrolment,
    Register,
    Confirmation,
}

impl Kind {
    /// The word of the station.
    const fn word(self) -> &'static str {
        match self {
            Self::Studio => "studio",
            Self::Enrolment => "enrolment",
            Self::Register => "register",
            Self::Confirmation => "confirmation",
        }
    }
}

/// Carries out one of the commands.
pub(crate) fn run(place: &Place, command: ReconcileCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        ReconcileCommand::Show(args) => show(&station, &args),
        ReconcileCommand::List(args) => list(&station, &args),
        ReconcileCommand::Receipts(args) => receipts(&station, &args),
        ReconcileCommand::Assign(args) => {
            let round = choose_round(&station, args.round)?;
            let student = station.student_numbered(round, &args.student_no)?;
            let receipt = args.receipt;
            let done = station.receipt_assign(ReceiptAssign {
                round,
                receipt,
                student,
            })?;
            terminal::line(&zh::reconcile::assigned(&done));
            Ok(Outcome::Done)
        }
        ReconcileCommand::Settle(args) => {
            let round = choose_round(&station, args.round)?;
            let done = station.receipt_settle(ReceiptSettle {
                round,
                receipt: args.receipt,
                state: args.meaning.word().to_owned(),
                reason: args.reason,
            })?;
            terminal::line(&zh::reconcile::settled(&done));
            Ok(Outcome::Done)
        }
        ReconcileCommand::Drop(args) => {
            let round = choose_round(&station, args.round)?;
            let receipts = args.receipts;
            let done = station.receipts_drop(ReceiptsDrop { round, receipts })?;
            terminal::line(&zh::reconcile::dropped(done.dropped, &done.whom));
            Ok(Outcome::Done)
        }
        ReconcileCommand::Reject(args) => {
            let round = choose_round(&station, args.round)?;
            let receipts = Vec::new();
            let done = station.receipts_reject(ReceiptsReject { round, receipts })?;
            terminal::line(&zh::reconcile::rejected(done.rejected));
            Ok(Outcome::Done)
        }
        ReconcileCommand::Paper(args) => paper(&station, &args),
        ReconcileCommand::Undo(args) => {
            let round = choose_round(&station, args.round)?;
            let undone = station.reconcile_undo(RoundRef { round })?;
            let summary = undone.act.map(|act| act.summary);
            terminal::line(summary.as_deref().unwrap_or(zh::reconcile::NOTHING));
            Ok(Outcome::Done)
        }
        ReconcileCommand::Closing(args) => closing(&station, &args),
    }
}

fn show(station: &Station, args: &ShowArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let view = station.reconcile_show(RoundRef { round })?;
    let open = Outcome::findings_if(view.differences > 0);
    if args.json {
        terminal::json(&view);
        return Ok(open);
    }
    for sum in &view.sums {
        terminal::line(&format!("{}\t{}", sum.title, sum.whole));
        for part in sum.parts.iter().filter(|part| part.number > 0) {
            terminal::line(&format!("  {}\t{}", part.title, part.number));
        }
    }
    terminal::line(&zh::reconcile::differences(view.differences));
    for kind in &view.kinds {
        terminal::line(&format!(
            "  {}\t{}\t{}\t{}",
            kind.count, kind.title, kind.remedy, kind.kind
        ));
    }
    Ok(open)
}

fn list(station: &Station, args: &ListArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let total = terminal::pages(args.json, line, |offset, limit| {
        let page = station.reconcile_list(ReconcileAsk {
            round,
            kind: args.kind.clone(),
            text: String::new(),
            offset,
            limit,
        })?;
        Ok((page.total, page.rows))
    })?;
    Ok(Outcome::findings_if(total > 0))
}

fn line(row: &ReconcileRow) -> String {
    let receipt = row.receipt.map_or_else(String::new, |id| id.to_string());
    [
        &row.title,
        &row.student_no,
        &row.name,
        &row.college,
        &row.class,
        &row.text,
        &row.source,
        &receipt,
    ]
    .map(String::as_str)
    .join("\t")
}

fn receipts(station: &Station, args: &ReceiptsArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let mut unclear = false;
    for file in &args.files {
        let done = station.receipts_import(ReceiptsImport {
            round,
            path: absolute(file),
            kind: args.kind.map_or("", Kind::word).to_owned(),
            delivery: args.delivery,
        })?;
        unclear |= !done.unclear.is_empty();
        if args.json {
            terminal::json(&done);
            continue;
        }
        terminal::line(&zh::reconcile::imported(&done));
        for cell in &done.unclear {
            terminal::line(&format!("  {}\t{}", cell.cell, cell.why));
        }
        let shown = u32::try_from(done.unclear.len()).unwrap_or(u32::MAX);
        if done.unclear_total > shown {
            let left = done.unclear_total - shown;
            terminal::line(&format!("  {}", zh::reconcile::more(left)));
        }
        for cell in &done.strangers {
            let told = zh::reconcile::stranger(&cell.why);
            terminal::line(&format!("  {}\t{told}", cell.cell));
        }
    }
    Ok(Outcome::findings_if(unclear))
}

/// Lists the classes, or ticks the whole of the one that is named off.
fn paper(station: &Station, args: &PaperArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let arrived = !args.missing;
    if let Some(class) = &args.class {
        let classes = station.paper_list(RoundRef { round })?;
        let of = class_named(&classes, class.trim(), args.college.as_deref())?;
        let rows = station.paper_class(PaperAsk {
            round,
            college: of.college.clone(),
            class: of.class.clone(),
        })?;
        let due = rows.into_iter().filter(|row| row.expected || !arrived);
        let marked = station.paper_mark(PaperMark {
            round,
            students: due.map(|row| row.student).collect(),
            arrived,
        })?;
        terminal::line(&zh::reconcile::marked(
            marked.changed,
            arrived,
            &marked.whom,
        ));
    }
    for of in station.paper_list(RoundRef { round })? {
        terminal::line(&format!(
            "{}\t{}\t{}/{}",
            of.college, of.class, of.arrived, of.expected
        ));
    }
    Ok(Outcome::Done)
}

/// The one class that is called so, of the college that is named or of any.
fn class_named<'a>(
    classes: &'a [PaperClass],
    class: &str,
    college: Option<&str>,
) -> Result<&'a PaperClass, Failure> {
    let refused = |code, message| Failure {
        code,
        message,
        detail: String::new(),
    };
    if class.is_empty() {
        return Err(refused(
            Code::Refused,
            zh::reconcile::CLASS_EMPTY.to_owned(),
        ));
    }
    let mut known: Vec<&str> = classes.iter().map(|of| of.college.as_str()).collect();
    known.dedup();
    if let Some(college) = college.map(str::trim)
        && !known.contains(&college)
    {
        let message = zh::reconcile::no_college(college, &known);
        return Err(refused(Code::NotFound, message));
    }
    let of_college = |of: &&PaperClass| college.is_none_or(|college| of.college == college.trim());
    let named = classes.iter().filter(|of| of.class == class);
    let found: Vec<&PaperClass> = named.clone().filter(of_college).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let elsewhere: Vec<&str> = named.map(|of| of.college.as_str()).collect();
            let message = zh::reconcile::no_class(class, college, &elsewhere);
            Err(refused(Code::NotFound, message))
        }
        several => {
            let colleges: Vec<&str> = several.iter().map(|of| of.college.as_str()).collect();
            let message = zh::reconcile::classes_alike(class, &colleges);
            Err(refused(Code::Refused, message))
        }
    }
}

fn closing(station: &Station, args: &ClosingArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let folder = absolute(&args.out);
    let saved = station.closing_save(ClosingSave { round, folder })?;
    terminal::line(&saved.workbook);
    terminal::line(&saved.pdf);
    Ok(Outcome::Done)
}
