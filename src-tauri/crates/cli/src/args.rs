//! The shape of the command line. Only declarations; what commands do is in their own modules.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use zhaoshen_station::evaluate::DEFAULT_RATE;
use zhaoshen_station::wire::{
    DeliveryMode, DeliveryPack, DeliveryPart, DeliveryShape, DeliverySplit,
};

use crate::audit::AuditCommand;
use crate::backup::BackupCommand;
use crate::columns;
use crate::deliveries::DeliveriesCommand;
use crate::doctor::DoctorArgs;
use crate::ending::{ArchiveCommand, DeleteCommand, RetentionCommand};
use crate::fees::FeesCommand;
use crate::people::PeopleCommand;
use crate::pick::PickArgs;
use crate::prints::PrintsArgs;
use crate::reconcile::ReconcileCommand;
use crate::scope::ScopeCommand;
use crate::seal::SealCommand;
use crate::zh;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "zhaoshen", version, about = zh::ABOUT)]
pub(crate) struct Cli {
    /// Workspace folder.
    #[arg(long, global = true, help = zh::WORKSPACE)]
    pub workspace: Option<PathBuf>,
    /// Who acts.
    #[arg(long = "as", alias = "reviewer", value_name = "NAME", global = true, help = zh::people::ACTING)]
    pub acting: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = zh::CHECK)]
    Check(CheckArgs),
    #[command(subcommand, about = zh::ROUND_COMMAND)]
    Round(RoundCommand),
    #[command(subcommand, about = zh::ROSTER)]
    Roster(RosterCommand),
    #[command(subcommand, about = zh::PHOTOS)]
    Photos(PhotosCommand),
    #[command(subcommand, about = zh::REVIEW)]
    Review(ReviewCommand),
    #[command(about = zh::EXPORT)]
    Export(ExportArgs),
    #[command(subcommand, about = zh::deliveries::DELIVERIES)]
    Deliveries(DeliveriesCommand),
    #[command(about = zh::prints::PRINTS)]
    Prints(PrintsArgs),
    #[command(about = zh::NOTICES)]
    Notices(NoticesArgs),
    #[command(about = zh::CHASE)]
    Chase(ChaseArgs),
    #[command(subcommand, about = zh::scope::SCOPE)]
    Scope(ScopeCommand),
    #[command(subcommand, about = zh::fees::FEES)]
    Fees(FeesCommand),
    #[command(subcommand, about = zh::reconcile::RECONCILE)]
    Reconcile(ReconcileCommand),
    #[command(subcommand, about = zh::people::PEOPLE)]
    People(PeopleCommand),
    #[command(subcommand, about = zh::audit::AUDIT)]
    Audit(AuditCommand),
    #[command(subcommand, about = zh::ending::ARCHIVE)]
    Archive(ArchiveCommand),
    #[command(subcommand, about = zh::ending::RETENTION)]
    Retention(RetentionCommand),
    #[command(subcommand, about = zh::ending::DELETE)]
    Delete(DeleteCommand),
    #[command(subcommand, about = zh::backup::BACKUP)]
    Backup(BackupCommand),
    #[command(subcommand, about = zh::seal::SEAL)]
    Seal(SealCommand),
    #[command(about = zh::doctor::DOCTOR)]
    Doctor(DoctorArgs),
    #[command(about = zh::DEMO)]
    Demo(DemoArgs),
    #[command(about = zh::EVALUATE)]
    Evaluate(EvaluateArgs),
    #[command(about = zh::BENCH)]
    Bench(BenchArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    #[arg(long, help = zh::PROFILE)]
    pub profile: Option<String>,
    #[arg(long, help = zh::JSON)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RoundCommand {
    #[command(about = zh::ROUND_NEW)]
    New {
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "")]
        school_code: String,
        #[arg(long, default_value = "")]
        opens_on: String,
        #[arg(long, default_value = "")]
        closes_on: String,
        #[arg(long, help = zh::PROFILE)]
        profile: Option<String>,
    },
    #[command(about = zh::ROUND_SHOW)]
    Show {
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
    #[command(about = zh::ending::CLOSE)]
    Close {
        #[arg(long, default_value = "", help = zh::ending::LEFT_OPEN)]
        reason: String,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
    },
    #[command(about = zh::ending::REOPEN)]
    Reopen {
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
    },
    #[command(about = zh::ending::RENAME)]
    Rename {
        name: String,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum RosterCommand {
    #[command(about = zh::columns::COLUMNS)]
    Columns(columns::ColumnsArgs),
    #[command(about = zh::columns::MAP)]
    Map(columns::MapArgs),
    #[command(about = zh::ROSTER_IMPORT)]
    Import {
        file: PathBuf,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
        #[arg(long, help = zh::ACCEPT_UPDATES)]
        accept_updates: bool,
        #[arg(long, conflicts_with = "accept_updates", help = zh::ACCEPT_FIELD)]
        accept_field: Vec<String>,
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PhotosCommand {
    #[command(about = zh::PHOTOS_IMPORT)]
    Import {
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        #[arg(long, help = zh::PHOTOS_RETURNED)]
        returned: bool,
        #[arg(long, requires = "returned", help = zh::PHOTOS_DELIVERY)]
        delivery: Option<u32>,
        #[arg(long, conflicts_with = "returned", help = zh::PHOTOS_CODES)]
        codes: bool,
        #[arg(long, conflicts_with_all = ["returned", "codes"], help = zh::PHOTOS_REFERENCES)]
        references: bool,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
    #[command(about = zh::PHOTOS_REMOVE_CODE)]
    RemoveCode(FiledRemoveArgs),
    #[command(about = zh::PHOTOS_REMOVE_REFERENCE)]
    RemoveReference(FiledRemoveArgs),
}

#[derive(Debug, Args)]
pub(crate) struct FiledRemoveArgs {
    #[arg(required = true)]
    pub(crate) student_nos: Vec<String>,
    #[arg(long, help = zh::ROUND)]
    pub(crate) round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    #[command(about = zh::REVIEW_LIST)]
    List {
        #[arg(long, default_value = "pending", help = zh::QUEUE)]
        queue: String,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
    #[command(about = zh::REVIEW_APPROVE)]
    Approve(DecideArgs),
    #[command(about = zh::REVIEW_REJECT)]
    Reject {
        #[command(flatten)]
        decide: DecideArgs,
        #[arg(long, help = zh::REASON)]
        reason: Vec<String>,
    },
    #[command(about = zh::pick::PICK)]
    Pick(PickArgs),
    #[command(about = zh::REVIEW_UNDO)]
    Undo {
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DecideArgs {
    #[arg(required = true)]
    pub student_nos: Vec<String>,
    #[arg(long, help = zh::ROUND)]
    pub round: Option<i64>,
}

/// What may leave the office.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Mode {
    /// 采集码模式.
    Code,
    /// 名单模式.
    Roster,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    pub out: PathBuf,
    #[arg(long, help = zh::ROUND)]
    pub round: Option<i64>,
    #[arg(long, help = zh::deliveries::WAY, conflicts_with_all = ["mode", "template", "columns", "split", "every", "pack", "only_new", "in_house", "purpose"])]
    pub way: Option<String>,
    #[command(flatten)]
    pub told: WayArgs,
    #[command(flatten)]
    pub part: PartArgs,
    #[arg(long, help = zh::JSON)]
    pub json: bool,
}

/// Which students a delivery is about.
#[derive(Debug, Args)]
pub(crate) struct PartArgs {
    #[arg(long = "college", value_delimiter = ',', help = zh::ONLY_COLLEGE)]
    pub colleges: Vec<String>,
    #[arg(long = "class", value_delimiter = ',', help = zh::ONLY_CLASS)]
    pub classes: Vec<String>,
    #[arg(long = "level", value_delimiter = ',', help = zh::ONLY_LEVEL)]
    pub levels: Vec<String>,
}

impl PartArgs {
    /// The part as the station takes it.
    pub(crate) fn part(&self) -> DeliveryPart {
        DeliveryPart {
            colleges: self.colleges.clone(),
            classes: self.classes.clone(),
            levels: self.levels.clone(),
        }
    }
}

/// How to deliver, said on the line.
#[derive(Debug, Args)]
pub(crate) struct WayArgs {
    #[arg(long, value_enum, default_value = "code", help = zh::MODE)]
    pub mode: Mode,
    #[arg(long, default_value = "{学号}.jpg", help = zh::TEMPLATE)]
    pub template: String,
    #[arg(long, value_delimiter = ',', help = zh::deliveries::LIST_COLUMNS)]
    pub columns: Option<Vec<String>>,
    #[arg(long, value_enum, help = zh::SPLIT, conflicts_with = "every")]
    pub split: Option<SplitBy>,
    #[arg(long, help = zh::EVERY, value_parser = clap::value_parser!(u32).range(1..))]
    pub every: Option<u32>,
    #[arg(long, value_enum, default_value = "folder", help = zh::PACK)]
    pub pack: Pack,
    #[arg(long, help = zh::ONLY_NEW)]
    pub only_new: bool,
    #[arg(long, help = zh::IN_HOUSE)]
    pub in_house: bool,
    #[arg(long, help = zh::deliveries::PURPOSE)]
    pub purpose: Option<String>,
}

/// By which column a delivery is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SplitBy {
    /// 学院.
    College,
    /// 班级.
    Class,
    /// 层次.
    Level,
}

/// As what a delivery is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Pack {
    /// A folder of photos.
    Folder,
    /// Zip archives.
    Zip,
    /// Zip archives under a passphrase.
    Encrypted,
}

impl WayArgs {
    /// What may leave the office.
    pub(crate) const fn mode(&self) -> DeliveryMode {
        match self.mode {
            Mode::Code => DeliveryMode::CollectionCode,
            Mode::Roster => DeliveryMode::Roster,
        }
    }

    /// The naming template.
    pub(crate) fn template(&self) -> String {
        self.template.clone()
    }

    /// Columns of the roster that go along; 姓名 in 名单模式 unless something else is asked for.
    pub(crate) fn columns(&self) -> Vec<String> {
        match (&self.columns, self.mode) {
            (Some(columns), _) => columns.clone(),
            (None, Mode::Roster) => vec![zh::deliveries::NAME_COLUMN.to_owned()],
            (None, Mode::Code) => Vec::new(),
        }
    }

    /// What the delivery is written as, and how much of the round.
    pub(crate) fn shape(&self) -> DeliveryShape {
        let split = match (self.split, self.every) {
            (Some(SplitBy::College), _) => DeliverySplit::College,
            (Some(SplitBy::Class), _) => DeliverySplit::Class,
            (Some(SplitBy::Level), _) => DeliverySplit::Level,
            (None, Some(size)) => DeliverySplit::Every(size),
            (None, None) => DeliverySplit::Whole,
        };
        let pack = match self.pack {
            Pack::Folder => DeliveryPack::Folder,
            Pack::Zip => DeliveryPack::Zip,
            Pack::Encrypted => DeliveryPack::Encrypted,
        };
        DeliveryShape {
            split,
            pack,
            only_new: self.only_new,
            in_house: self.in_house,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct NoticesArgs {
    #[arg(long, help = zh::ROUND)]
    pub round: Option<i64>,
    #[arg(long, help = zh::NOTICE_TEMPLATE, default_value = "")]
    pub template: String,
    #[arg(long, help = zh::DEADLINE, default_value = "")]
    pub deadline: String,
    #[arg(long, help = zh::MARK_TOLD)]
    pub mark_told: bool,
    #[arg(long, help = zh::UNTOLD)]
    pub untold: bool,
    #[arg(long, help = zh::SMS, value_name = "DIR")]
    pub sms: Option<PathBuf>,
    #[arg(long, help = zh::SMS_SIGNATURE)]
    pub signature: Option<String>,
    #[arg(long, help = zh::PHONES, value_name = "FILE", requires = "sms")]
    pub phones: Option<PathBuf>,
    #[arg(long, help = zh::JSON)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ChaseArgs {
    #[arg(long, help = zh::ROUND)]
    pub round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    pub folder: PathBuf,
    #[arg(long, default_value_t = 72, help = zh::STUDENTS)]
    pub students: u32,
}

#[derive(Debug, Args)]
pub(crate) struct EvaluateArgs {
    pub labels: PathBuf,
    pub folder: PathBuf,
    #[arg(long, help = zh::PROFILE)]
    pub profile: Option<String>,
    #[arg(long, help = zh::evaluate::SWEEP, value_name = "RULE[.KEY]")]
    pub sweep: Vec<String>,
    #[arg(long, help = zh::evaluate::SPLIT, value_name = "SUBJECT")]
    pub split: Option<String>,
    #[arg(long, help = zh::evaluate::GROUP, value_name = "GROUP")]
    pub group: Option<String>,
    #[arg(long, help = zh::evaluate::RATE, default_value_t = DEFAULT_RATE)]
    pub rate: f64,
    #[arg(long, help = zh::evaluate::LANDMARKS, value_name = "CSV")]
    pub landmarks: Option<PathBuf>,
    #[arg(long, help = zh::evaluate::HTML, value_name = "FILE")]
    pub html: Option<PathBuf>,
    #[arg(long, help = zh::evaluate::FIT_FILE, value_name = "TOML")]
    pub fit: Option<PathBuf>,
    #[arg(long, help = zh::JSON)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    #[arg(required_unless_present_any = ["sealed", "handover", "standard"])]
    pub folder: Option<PathBuf>,
    #[arg(long, conflicts_with = "folder", help = zh::BENCH_SEALED)]
    pub sealed: bool,
    #[arg(long, conflicts_with_all = ["folder", "sealed"], help = zh::BENCH_HANDOVER)]
    pub handover: bool,
    #[arg(long, conflicts_with_all = ["folder", "sealed", "handover"], help = zh::BENCH_STANDARD)]
    pub standard: bool,
    #[arg(long, help = zh::JSON)]
    pub json: bool,
}
