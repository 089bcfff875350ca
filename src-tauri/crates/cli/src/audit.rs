//! `zhaoshen audit`: follows the chain of the log, and saves it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use zhaoshen_station::wire::{Empty, Failure, LogSave};

use crate::workspace::{Place, absolute};
use crate::{Outcome, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    #[command(about = zh::audit::VERIFY)]
    Verify(VerifyArgs),
    #[command(about = zh::audit::EXPORT)]
    Export(ExportArgs),
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(help = zh::audit::FOLDER)]
    folder: PathBuf,
    #[arg(long, help = zh::audit::ROUND)]
    round: Option<i64>,
}

/// Carries out one of the commands.
pub(crate) fn run(place: &Place, command: AuditCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        AuditCommand::Verify(args) => {
            let audit = station.log_verify(Empty {})?;
            if args.json {
                terminal::json(&audit);
            } else {
                terminal::line(&zh::audit::verified(&audit));
                for fault in &audit.faults {
                    terminal::line(&format!("    ✖ {}", fault.text));
                }
            }
            Ok(Outcome::findings_if(!audit.holds))
        }
        AuditCommand::Export(args) => {
            let saved = station.log_save(LogSave {
                round: args.round,
                folder: absolute(&args.folder),
            })?;
            terminal::line(&format!("{}{}", zh::WRITTEN, saved.path));
            Ok(Outcome::Done)
        }
    }
}
