//! The list of commands: each name, its argument and its answer, declared once.
//!
//! Every host (window, loopback HTTP) hands `(name, JSON)` to [`dispatch`]; the TypeScript table is
//! generated from the same list. Not the bodies: those are the methods of [`Station`], one per
//! command and of the same name.

use serde_json::Value;

use crate::Station;
use crate::wire::{
    AppStatus, ArchiveCheck, ArchiveChecked, ArchiveWrite, AuditView, BackupCopy, BackupRef,
    BackupRestore, BackupView, ClosingSave, ClosingSaved, Code, CollectedImport, CollectedImported,
    DecideRequest, Decided, DeliveryCard, DeliveryOptions, DeliveryPreview, DeliveryWrite,
    Disputed, Empty, EndingView, Failure, FeeAsk, FeeAssign, FeeImport, FeeImported, FeePage,
    FeeRemove, FeeSet, FeeView, FileSaved, FindingDispute, GridAsk, GridCard, HelpAsk, HelpPage,
    HumanItem, JobId, JobStarted, JobState, KeyBindings, LogPage, LogQuery, LogSave, NoticeAsk,
    NoticeMark, NoticeMarked, NoticeTemplate, NoticeView, PageCommit, PageCommitted, PaperAsk,
    PaperClass, PaperMark, PaperMarked, PaperRow, PhotosImport, PileAssign, PileAssignAll,
    PileDismiss, Piles, PlanRef, PlanReleased, PlanView, PrintsOptions, PrintsPreview, PrintsWrite,
    ProfileCard, QueueCount, QueueFilter, QueueItem, QueueMore, QueueOpen, QueueOpened,
    ReasonTemplate, ReceiptsDrop, ReceiptsDropped, ReceiptsImport, ReceiptsImported,
    ReceiptsReject, ReceiptsRejected, ReconcileAsk, ReconcilePage, ReconcileView, RefusedSave,
    RetentionSet, ReviewAsk, ReviewBook, ReviewerSet, ReviewsChanged, RosterCommit,
    RosterCommitted, RosterMap, RosterPreview, RosterSource, RosterSurveyAsk, RosterSurveyView,
    RoundCard, RoundCreate, RoundErase, RoundRef, RoundRename, RuleValues, SampleAsk, SampleOffer,
    ScopeCounts, ScopeSet, ScopeView, StandardHistogram, StandardRef, StandardSave, StandardShift,
    StandardVersion, StandardView, StandardWhatIf, Statistics, StatisticsSave, StudentHit,
    StudentMark, StudentMarked, StudentPage, StudentSearch, StudentsQuery, SubmissionRef,
    SubmissionView, TableSave, Undoable, Undone, WatchSet, WatchView,
};

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $name:ident: $args:ty => $answer:ty;)*) => {
        /// Name, argument type and answer type of every command, in the order declared.
        pub(crate) fn signatures<V: SignatureVisitor>(visitor: &mut V) {
            $(visitor.visit::<$args, $answer>(stringify!($name), &[$($doc),*]);)*
        }

        /// Carries out the command `name` with its JSON argument; gives the answer as JSON text, since a
        /// queue of twenty thousand is not built as a tree only to be written out.
        ///
        /// # Errors
        /// [`Code::Refused`] for an unknown name or an argument of another shape, else what the command says.
        pub fn dispatch(station: &Station, name: &str, args: Value) -> Result<String, Failure> {
            match name {
                $(stringify!($name) => {
                    let args: $args = serde_json::from_value(args).map_err(|error| bad_argument(name, &error))?;
                    let answer: $answer = station.$name(args)?;
                    serde_json::to_string(&answer).map_err(|error| bad_argument(name, &error))
                })*
                _ => Err(Failure {
                    code: Code::Refused,
                    message: format!("没有名为“{name}”的命令"),
                    detail: String::new(),
                }),
            }
        }
    };
}

commands! {
    /// Version, workspace, reviewer and rounds.
    app_status: Empty => AppStatus;
    /// Gives the reviewer's name.
    reviewer_set: ReviewerSet => AppStatus;
    /// Makes the example round of drawn portraits.
    example_start: Empty => JobStarted;
    /// Standards to choose from.
    profile_list: Empty => Vec<ProfileCard>;
    /// A round's profile at one version, rule by rule.
    standard_show: StandardRef => StandardView;
    /// The versions of a round's profile, newest first.
    standard_versions: RoundRef => Vec<StandardVersion>;
    /// The values one rule measured over the round.
    standard_histogram: StandardHistogram => RuleValues;
    /// What other settings would do; stores nothing.
    standard_what_if: StandardWhatIf => StandardShift;
    /// Makes edited settings the round's next version and judges by it.
    standard_save: StandardSave => StandardView;
    /// How far a round is, what fails, who decided how.
    statistics_show: RoundRef => Statistics;
    /// Writes the figures to a workbook.
    statistics_save: StatisticsSave => FileSaved;
    /// Writes a table of the screens to a workbook.
    table_save: TableSave => FileSaved;
    /// Reasons to choose from.
    reason_list: Empty => Vec<ReasonTemplate>;
    /// Help on every rule.
    help_list: HelpAsk => Vec<HelpPage>;
    /// Makes a round.
    round_create: RoundCreate => RoundCard;
    /// A round with its numbers.
    round_show: RoundRef => RoundCard;
    /// What a roster file looks like, column by column.
    roster_survey: RosterSurveyAsk => RosterSurveyView;
    /// Takes the clerk's word on the columns of rosters with these headers.
    roster_map: RosterMap => RosterSurveyView;
    /// What importing a roster would do.
    roster_preview: RosterSource => RosterPreview;
    /// Saves the refused rows of a roster that was previewed.
    roster_refused_save: RefusedSave => FileSaved;
    /// Imports a roster that was previewed.
    roster_commit: RosterCommit => RosterCommitted;
    /// Takes back the last import of a roster.
    roster_undo: RoundRef => Undone;
    /// Does the import of a roster again that was taken back.
    roster_redo: RoundRef => Undone;
    /// Whom a round collects, and what follows for its roster.
    scope_show: RoundRef => ScopeView;
    /// What another scope would make of the roster; stores nothing.
    scope_preview: ScopeSet => ScopeCounts;
    /// Says whom a round collects, and when.
    scope_set: ScopeSet => ScopeView;
    /// Says something of students: why they are exempt, or that they are collected all the same.
    student_mark: StudentMark => StudentMarked;
    /// Reads a list of students who have a photo already.
    collected_import: CollectedImport => CollectedImported;
    /// Takes back the last change of a round's scope or of what was said of students.
    scope_undo: RoundRef => Undone;
    /// Does again what was last taken back of these.
    scope_redo: RoundRef => Undone;
    /// A page of the round's students.
    student_list: StudentsQuery => StudentPage;
    /// Type-ahead for a student.
    student_search: StudentSearch => Vec<StudentHit>;
    /// Imports photos and checks them.
    photos_import: PhotosImport => JobStarted;
    /// Which folder a round keeps taking photos from.
    watch_show: RoundRef => WatchView;
    /// Has a round keep taking photos from a folder, or stop.
    watch_set: WatchSet => WatchView;
    /// Checks the photos that were not checked yet.
    checks_run: RoundRef => JobStarted;
    /// The jobs of this run of the station, newest first.
    job_list: Empty => Vec<JobState>;
    /// Where a job stands.
    job_show: JobId => JobState;
    /// Asks a job to stop; what was done stays done.
    job_cancel: JobId => JobState;
    /// Photos waiting for a person to say whose they are.
    pile_list: RoundRef => Piles;
    /// Says whose photo it is.
    pile_assign: PileAssign => Piles;
    /// Gives several photos to their students at once.
    pile_assign_all: PileAssignAll => Piles;
    /// Takes a photo away from its student, or back from those put aside.
    pile_put_back: SubmissionRef => Piles;
    /// Makes an earlier submission the one that counts.
    submission_choose: SubmissionRef => QueueItem;
    /// Puts photos aside that are nobody's.
    pile_dismiss: PileDismiss => Piles;
    /// Who is to be told what, and who has handed in nothing.
    notice_list: NoticeAsk => NoticeView;
    /// Keeps a template of notices.
    notice_template: NoticeTemplate => NoticeTemplate;
    /// Marks rejections as told to the students, or takes the marks back.
    notice_mark: NoticeMark => NoticeMarked;
    /// The fee of a round, and who has paid.
    fee_show: RoundRef => FeeView;
    /// A page of the fee ledger.
    fee_list: FeeAsk => FeePage;
    /// Sets the fee of a round.
    fee_set: FeeSet => FeeView;
    /// Reads a list of payments.
    fee_import: FeeImport => FeeImported;
    /// Takes a list of payments out again.
    fee_remove: FeeRemove => FeeView;
    /// Says whose a payment is.
    fee_assign: FeeAssign => FeeView;
    /// The sums of a round and its differences by kind.
    reconcile_show: RoundRef => ReconcileView;
    /// A page of the differences.
    reconcile_list: ReconcileAsk => ReconcilePage;
    /// Reads a list of the studio or of 学信网.
    receipts_import: ReceiptsImport => ReceiptsImported;
    /// Puts rows of receipts aside: they count no longer.
    receipts_drop: ReceiptsDrop => ReceiptsDropped;
    /// Rejects photos that the studio gave back.
    receipts_reject: ReceiptsReject => ReceiptsRejected;
    /// Paper photos, class by class.
    paper_list: RoundRef => Vec<PaperClass>;
    /// The paper photos of a class.
    paper_class: PaperAsk => Vec<PaperRow>;
    /// Ticks paper photos off, or takes the ticks back.
    paper_mark: PaperMark => PaperMarked;
    /// Takes back the last list, rejection or tick of reconciliation.
    reconcile_undo: RoundRef => Undone;
    /// Does again what was last taken back.
    reconcile_redo: RoundRef => Undone;
    /// Writes the last page of a round, as a workbook and to be signed.
    closing_save: ClosingSave => ClosingSaved;
    /// How far a round has ended.
    ending_show: RoundRef => EndingView;
    /// Closes a round: it is for reading only.
    round_close: RoundRef => EndingView;
    /// Opens a closed round again.
    round_reopen: RoundRef => EndingView;
    /// Gives a round another name.
    round_rename: RoundRename => RoundCard;
    /// Says how long a round's data is kept.
    retention_set: RetentionSet => EndingView;
    /// Writes the archive of a closed round.
    archive_write: ArchiveWrite => JobStarted;
    /// Holds an archive to its own list of sums.
    archive_verify: ArchiveCheck => ArchiveChecked;
    /// Deletes the photos and personal data of a round, for good.
    round_erase: RoundErase => JobStarted;
    /// Writes the certificate of a deletion.
    certificate_save: ClosingSave => ClosingSaved;
    /// The queues with their counts.
    queue_counts: RoundRef => Vec<QueueCount>;
    /// Opens a queue, frozen as it stands.
    queue_open: QueueOpen => QueueOpened;
    /// Goes on with a queue that was opened in part.
    queue_more: QueueMore => Vec<QueueItem>;
    /// Lists what a filter and a search keep.
    queue_filter: QueueFilter => QueueOpened;
    /// What the cards of a grid show besides their photos.
    grid_cards: GridAsk => Vec<GridCard>;
    /// Approves the ticked photos of a grid page in one act.
    grid_commit: PageCommit => PageCommitted;
    /// What approving a set by a sample would take.
    sample_offer: RoundRef => SampleOffer;
    /// Draws a sample and mixes it with other photos.
    sample_plan: SampleAsk => PlanView;
    /// The round's sampling plans.
    sample_plans: RoundRef => Vec<PlanView>;
    /// Approves the rest of a set whose sample was clean.
    sample_release: PlanRef => PlanReleased;
    /// Gives a sampling plan up.
    sample_withdraw: PlanRef => PlanView;
    /// The second reviews of a round: what can be chosen, what waits, how two verdicts compare.
    review_list: RoundRef => ReviewBook;
    /// Chooses photos for a second, blind review.
    review_choose: ReviewAsk => ReviewsChanged;
    /// Gives up the second reviews that wait.
    review_withdraw: RoundRef => ReviewsChanged;
    /// Everything about one submission.
    submission_show: SubmissionRef => SubmissionView;
    /// Calls a finding wrong (误报), or right again.
    finding_dispute: FindingDispute => Disputed;
    /// What only a person can see, with the reason of a rejection for each.
    human_list: Empty => Vec<HumanItem>;
    /// The keys that were changed.
    keys_show: Empty => KeyBindings;
    /// Changes keys; the acts not named keep their first ones.
    keys_set: KeyBindings => KeyBindings;
    /// Decides on a submission; on disk when it answers.
    submission_decide: DecideRequest => Decided;
    /// Takes back the round's last act.
    act_undo: RoundRef => Undone;
    /// What taking back the round's last act would take back.
    act_peek: RoundRef => Undoable;
    /// Does again what was last taken back.
    act_redo: RoundRef => Undone;
    /// A page of the log.
    log_list: LogQuery => LogPage;
    /// Follows the chain of the log: whether a row was changed or is missing.
    log_verify: Empty => AuditView;
    /// Writes the log to a workbook.
    log_save: LogSave => FileSaved;
    /// The backups of the workspace.
    backup_list: Empty => BackupView;
    /// Makes a backup now.
    backup_now: Empty => JobStarted;
    /// Makes a backup and writes it into one encrypted file.
    backup_copy: BackupCopy => JobStarted;
    /// Makes a workspace of a backup, in a new folder.
    backup_restore: BackupRestore => JobStarted;
    /// Reads a backup through.
    backup_verify: BackupRef => JobStarted;
    /// What a delivery would hold.
    delivery_preview: DeliveryOptions => DeliveryPreview;
    /// Writes a delivery.
    delivery_write: DeliveryWrite => JobStarted;
    /// Deliveries written so far.
    delivery_list: RoundRef => Vec<DeliveryCard>;
    /// How the round was printed last.
    prints_settings: RoundRef => PrintsOptions;
    /// What printing would give.
    prints_preview: PrintsOptions => PrintsPreview;
    /// Prints to PDF files.
    prints_write: PrintsWrite => JobStarted;
}

/// Walks the command list with the types in hand.
pub(crate) trait SignatureVisitor {
    /// Called once per command.
    fn visit<A: ts_rs::TS + 'static, R: ts_rs::TS + 'static>(&mut self, name: &str, doc: &[&str]);
}

fn bad_argument(name: &str, error: &serde_json::Error) -> Failure {
    Failure {
        code: Code::Refused,
        message: format!("命令“{name}”的参数不正确"),
        detail: error.to_string(),
    }
}
