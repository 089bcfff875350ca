//! `prints`: approved photos laid out on paper, as PDF.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zhaoshen_station::wire::{
    Code, DeliveryMode, Failure, JobOutcome, PrintsAsked, PrintsKey, PrintsKind, PrintsOptions,
    PrintsPaper, PrintsReport, PrintsSplit, PrintsTwoInch, RoundRef,
};

use crate::args::Mode;
use crate::workspace::{Place, choose_round};
use crate::{Outcome, progress, terminal, zh};

/// What is not given is as the round was printed last.
#[derive(Debug, Args)]
pub(crate) struct PrintsArgs {
    pub out: PathBuf,
    #[arg(long, help = zh::ROUND)]
    pub round: Option<i64>,
    #[arg(long, value_enum, help = zh::prints::KIND)]
    pub kind: Option<Kind>,
    #[arg(long, value_enum, help = zh::MODE)]
    pub mode: Option<Mode>,
    #[arg(long, value_enum, help = zh::prints::KEY)]
    pub key: Option<Key>,
    #[arg(long, help = zh::prints::NAMES)]
    pub names: Option<bool>,
    #[arg(long, value_enum, help = zh::prints::PAPER)]
    pub paper: Option<Paper>,
    #[arg(long, help = zh::prints::TWO_INCH, value_name = "N")]
    pub two_inch: Option<u32>,
    #[arg(long, value_enum, help = zh::prints::TWO_INCH_SIZE)]
    pub two_inch_size: Option<TwoInch>,
    #[arg(long, help = zh::prints::ONE_INCH, value_name = "N")]
    pub one_inch: Option<u32>,
    #[arg(long, value_enum, help = zh::prints::SPLIT)]
    pub split: Option<Split>,
    #[arg(long, help = zh::prints::ASKED)]
    pub asked: bool,
    #[arg(long, help = zh::prints::PREVIEW)]
    pub preview: bool,
    #[arg(long, help = zh::JSON)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    Layout,
    Proof,
    Contact,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Key {
    Serial,
    StudentNo,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Paper {
    A4,
    SixInch,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum TwoInch {
    Standard,
    Small,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Split {
    Whole,
    College,
    Class,
}

/// `prints`.
pub(crate) fn run(place: &Place, args: &PrintsArgs) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let round = choose_round(&station, args.round)?;
    let options = options(args, &station.prints_settings(RoundRef { round })?);
    if args.asked {
        station.prints_asked(PrintsAsked {
            round,
            two_inch: options.two_inch,
            one_inch: options.one_inch,
        })?;
    }
    let preview = station.prints_preview(options.clone())?;
    if args.preview {
        if args.json {
            terminal::json(&preview);
        } else {
            terminal::line(&zh::prints::preview(&preview));
            print_lines(&preview.problems, "✖");
            print_lines(&preview.warnings, "▲");
            print_lines(&preview.missing, "▲");
        }
        return Ok(Outcome::findings_if(!preview.problems.is_empty()));
    }
    if !args.json {
        print_lines(&preview.warnings, "▲");
    }
    let job = station.prints_write_to(options, &args.out)?;
    let report = match progress::wait(&station, job)? {
        JobOutcome::Prints { report } => report,
        other => {
            return Err(Failure {
                code: Code::Internal,
                message: zh::UNEXPECTED.to_owned(),
                detail: format!("printing ended as {other:?}"),
            });
        }
    };
    if args.json {
        terminal::json(&report);
    } else {
        print_report(&report);
    }
    Ok(Outcome::findings_if(!report.missing.is_empty()))
}

fn options(args: &PrintsArgs, kept: &PrintsOptions) -> PrintsOptions {
    PrintsOptions {
        round: kept.round,
        kind: args.kind.map_or(kept.kind, |kind| match kind {
            Kind::Layout => PrintsKind::Layout,
            Kind::Proof => PrintsKind::Proof,
            Kind::Contact => PrintsKind::Contact,
        }),
        mode: args.mode.map_or(kept.mode, |mode| match mode {
            Mode::Code => DeliveryMode::CollectionCode,
            Mode::Roster => DeliveryMode::Roster,
        }),
        key: args.key.map_or(kept.key, |key| match key {
            Key::Serial => PrintsKey::Serial,
            Key::StudentNo => PrintsKey::StudentNo,
        }),
        names: args.names.unwrap_or(kept.names),
        paper: args.paper.map_or(kept.paper, |paper| match paper {
            Paper::A4 => PrintsPaper::A4,
            Paper::SixInch => PrintsPaper::SixInch,
        }),
        two_inch: args.two_inch.unwrap_or(kept.two_inch),
        two_inch_size: args
            .two_inch_size
            .map_or(kept.two_inch_size, |size| match size {
                TwoInch::Standard => PrintsTwoInch::Standard,
                TwoInch::Small => PrintsTwoInch::Small,
            }),
        one_inch: args.one_inch.unwrap_or(kept.one_inch),
        split: args.split.map_or(kept.split, |split| match split {
            Split::Whole => PrintsSplit::Whole,
            Split::College => PrintsSplit::College,
            Split::Class => PrintsSplit::Class,
        }),
    }
}

fn print_report(report: &PrintsReport) {
    terminal::line(&zh::prints::report(report));
    for file in &report.files {
        terminal::line(&format!("    {file}"));
    }
    print_lines(&report.missing, "▲");
}

fn print_lines(lines: &[String], mark: &str) {
    for line in lines {
        terminal::line(&format!("    {mark} {line}"));
    }
}
