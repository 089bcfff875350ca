//! The list of commands: each name, its argument, its answer and whom it takes, declared once.
//!
//! Every host (window, loopback HTTP) hands `(name, JSON)` to [`dispatch_for`], the terminal calls the methods of
//! [`Station`] that are made here; both pass [`Station::admit`], so that no body runs for whom it is not. The TypeScript
//! table is generated from the same list. Not the bodies: those are the methods of [`crate::Seat`], one per command and
//! of the same name.

use serde_json::Value;

use crate::Station;
use crate::need::Need;
use crate::wire::{
    AppStatus, ArchiveCheck, ArchiveChecked, ArchiveWrite, AuditView, BackupCopy, BackupDismiss,
    BackupRef, BackupRestore, BackupView, ClosingSave, ClosingSaved, Code, CollectedImport,
    CollectedImported, DecideRequest, Decided, DeliveryCard, DeliveryOptions, DeliveryPreview,
    DeliveryRepeat, DeliveryWay, DeliveryWayRef, DeliveryWaySave, DeliveryWrite, DiagnosticsSave,
    Disputed, DoctorReport, Empty, EndingView, Failure, FeeAsk, FeeAssign, FeeImport, FeeImported,
    FeePage, FeeRemove, FeeSet, FeeShare, FeeUnknownAsk, FeeUnknownPage, FeeView, FileSaved,
    FiledRemove, FiledRemoved, FindingDispute, GridAsk, GridCard, HelpAsk, HelpPage, HumanItem,
    IdleSet, JobId, JobLines, JobLinesAsk, JobStarted, JobState, KeyBindings, KeyChanged,
    LeftOutAsk, LeftOutPage, LogPage, LogQuery, LogSave, NoticeAsk, NoticeMark, NoticeMarked,
    NoticeTemplate, NoticeView, PageCommit, PageCommitted, PaperAsk, PaperClass, PaperMark,
    PaperMarked, PaperRow, PassphraseChange, PassphraseGiven, PeopleView, PersonAdd, PersonDisable,
    PersonPin, PersonRename, PersonRoles, PhotosImport, PileAssign, PileAssignAll, PileDismiss,
    Piles, PinChange, PlanRef, PlanReleased, PlanView, PrintsAsked, PrintsOptions, PrintsPreview,
    PrintsWrite, ProfileCard, QueueCount, QueueFilter, QueueItem, QueueMore, QueueOpen,
    QueueOpened, ReasonTemplate, ReceiptAssign, ReceiptAssigned, ReceiptSettle, ReceiptSettled,
    ReceiptsDrop, ReceiptsDropped, ReceiptsImport, ReceiptsImported, ReceiptsReject,
    ReceiptsRejected, ReconcileAsk, ReconcilePage, ReconcileView, RecoveryGiven, RecoveryShown,
    RefusedSave, RetentionSet, RevealedNumber, ReviewAsk, ReviewBook, ReviewerSet, ReviewsChanged,
    RosterCommit, RosterCommitted, RosterMap, RosterPreview, RosterSource, RosterSurveyAsk,
    RosterSurveyView, RoundCard, RoundClose, RoundCreate, RoundEnter, RoundErase, RoundRef,
    RoundRename, RuleValues, SampleAsk, SampleOffer, ScopeCounts, ScopeSet, ScopeView, SeatView,
    SignIn, SmsAsk, SmsColumns, SmsPreview, SmsSave, SmsSaved, SmsSignature, StandardHistogram,
    StandardRef, StandardSave, StandardShift, StandardVersion, StandardView, StandardWhatIf,
    Statistics, StatisticsSave, StudentHit, StudentMark, StudentMarked, StudentPage, StudentRef,
    StudentSearch, StudentsQuery, SubmissionRef, SubmissionView, TableSave, UndoAsk, Undoable,
    Undone, UnfinishedCard, UnfinishedRef, WatchSet, WatchView,
};

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $name:ident: $args:ty => $answer:ty, $need:expr;)*) => {
        /// Name, argument type and answer type of every command and whom it takes, in the order declared.
        pub(crate) fn signatures<V: SignatureVisitor>(visitor: &mut V) {
            $(visitor.visit::<$args, $answer>(stringify!($name), $need, &[$($doc),*]);)*
        }

        /// Carries out the command `name` with its JSON argument for the person `shown` on the caller's screen; gives the
        /// answer as JSON text, since a queue of twenty thousand is not built as a tree only to be written out.
        ///
        /// # Errors
        /// [`Code::Refused`] for an unknown name or an argument of another shape; [`Code::SignedOut`], [`Code::NotAllowed`];
        /// [`Code::Conflict`] when another person is signed in by now than the one shown; else what the command says.
        pub fn dispatch_for(
            station: &Station,
            shown: Option<i64>,
            name: &str,
            args: Value,
        ) -> Result<String, Failure> {
            match name {
                $(stringify!($name) => {
                    let seat = station.admit(stringify!($name), $need, shown)?;
                    let args: $args = serde_json::from_value(args).map_err(|error| bad_argument(name, &error))?;
                    let answer: $answer = seat.$name(args)?;
                    serde_json::to_string(&answer).map_err(|error| bad_argument(name, &error))
                })*
                _ => Err(Failure {
                    code: Code::Refused,
                    message: format!("没有名为“{name}”的命令"),
                    detail: String::new(),
                }),
            }
        }

        impl Station {
            $(
                $(#[doc = $doc])*
                ///
                /// # Errors
                /// [`Code::SignedOut`], [`Code::NotAllowed`], or what the command cannot do.
                pub fn $name(&self, args: $args) -> Result<$answer, Failure> {
                    self.admit(stringify!($name), $need, None)?.$name(args)
                }
            )*
        }
    };
}

/// [`dispatch_for`] of a caller that shows nobody's name.
///
/// # Errors
/// As [`dispatch_for`].
pub fn dispatch(station: &Station, name: &str, args: Value) -> Result<String, Failure> {
    dispatch_for(station, None, name, args)
}

commands! {
    /// Version, workspace, reviewer and rounds.
    app_status: Empty => AppStatus, Need::Open;
    /// Looks over this computer and the workspace.
    doctor_run: Empty => DoctorReport, Need::Anyone;
    /// Writes a package of diagnostics without personal data.
    diagnostics_save: DiagnosticsSave => FileSaved, Need::Anyone;
    /// Gives the reviewer's name.
    reviewer_set: ReviewerSet => AppStatus, Need::Open;
    /// Signs a person in, or unlocks.
    sign_in: SignIn => AppStatus, Need::Open;
    /// Locks the session: whoever goes on signs in.
    seat_lock: Empty => AppStatus, Need::Open;
    /// Says that somebody is at work here.
    seat_awake: Empty => SeatView, Need::Anyone;
    /// Changes one's own PIN, or takes it away from who works alone.
    pin_change: PinChange => AppStatus, Need::Anyone;
    /// Everybody who works or worked here.
    people_list: Empty => PeopleView, Need::Keeper("人员管理");
    /// Adds a person.
    person_add: PersonAdd => PeopleView, Need::Keeper("人员管理");
    /// Mends a name by which nothing was signed.
    person_rename: PersonRename => PeopleView, Need::Keeper("人员管理");
    /// Sets what a person may do.
    person_roles: PersonRoles => PeopleView, Need::Keeper("人员管理");
    /// Says that a person left, or is back.
    person_disable: PersonDisable => PeopleView, Need::Keeper("人员管理");
    /// Gives a person a new PIN.
    person_pin: PersonPin => PeopleView, Need::Keeper("人员管理");
    /// Sets after how long without work a session locks.
    idle_set: IdleSet => PeopleView, Need::Keeper("人员管理");
    /// A student's ID number in full; logged.
    number_reveal: StudentRef => RevealedNumber, Need::Lead("查看完整证件号");
    /// Makes the example round of drawn portraits.
    example_start: Empty => JobStarted, Need::Reviewer;
    /// Standards to choose from.
    profile_list: Empty => Vec<ProfileCard>, Need::Anyone;
    /// A round's profile at one version, rule by rule.
    standard_show: StandardRef => StandardView, Need::Desk;
    /// The versions of a round's profile, newest first.
    standard_versions: RoundRef => Vec<StandardVersion>, Need::Desk;
    /// The values one rule measured over the round.
    standard_histogram: StandardHistogram => RuleValues, Need::Desk;
    /// What other settings would do; stores nothing.
    standard_what_if: StandardWhatIf => StandardShift, Need::Desk;
    /// Makes edited settings the round's next version and judges by it.
    standard_save: StandardSave => StandardView, Need::Lead("修改检测标准");
    /// How far a round is, what fails, who decided how.
    statistics_show: RoundRef => Statistics, Need::Anyone;
    /// Writes the figures to a workbook.
    statistics_save: StatisticsSave => FileSaved, Need::Anyone;
    /// Writes a table of the screens to a workbook.
    table_save: TableSave => FileSaved, Need::Anyone;
    /// Reasons to choose from.
    reason_list: Empty => Vec<ReasonTemplate>, Need::Anyone;
    /// Help on every rule.
    help_list: HelpAsk => Vec<HelpPage>, Need::Anyone;
    /// Makes a round.
    round_create: RoundCreate => RoundCard, Need::Reviewer;
    /// A round with its numbers.
    round_show: RoundRef => RoundCard, Need::Anyone;
    /// Takes note of the round that is open, so that what its photos measured is at hand.
    round_enter: RoundEnter => Empty, Need::Desk;
    /// What a roster file looks like, column by column.
    roster_survey: RosterSurveyAsk => RosterSurveyView, Need::Desk;
    /// Takes the clerk's word on the columns of rosters with these headers.
    roster_map: RosterMap => RosterSurveyView, Need::Reviewer;
    /// What importing a roster would do.
    roster_preview: RosterSource => RosterPreview, Need::Desk;
    /// Saves the refused rows of a roster that was previewed.
    roster_refused_save: RefusedSave => FileSaved, Need::Reviewer;
    /// Imports a roster that was previewed.
    roster_commit: RosterCommit => RosterCommitted, Need::Reviewer;
    /// Which import of a roster would be taken back, if any.
    roster_peek: RoundRef => Undoable, Need::Desk;
    /// Takes back the last import of a roster.
    roster_undo: RoundRef => Undone, Need::Reviewer;
    /// Does the import of a roster again that was taken back.
    roster_redo: RoundRef => Undone, Need::Reviewer;
    /// Whom a round collects, and what follows for its roster.
    scope_show: RoundRef => ScopeView, Need::Desk;
    /// What another scope would make of the roster; stores nothing.
    scope_preview: ScopeSet => ScopeCounts, Need::Desk;
    /// Says whom a round collects, and when.
    scope_set: ScopeSet => ScopeView, Need::Reviewer;
    /// Says something of students: why they are exempt, or that they are collected all the same.
    student_mark: StudentMark => StudentMarked, Need::Reviewer;
    /// Takes the pictures of their 采集码 away from students.
    codes_remove: FiledRemove => FiledRemoved, Need::Reviewer;
    /// Takes the reference photos away from students.
    references_remove: FiledRemove => FiledRemoved, Need::Reviewer;
    /// Reads a list of students who have a photo already.
    collected_import: CollectedImport => CollectedImported, Need::Reviewer;
    /// Takes back the last change of a round's scope, of what was said of students, or of what is filed with them.
    scope_undo: RoundRef => Undone, Need::Reviewer;
    /// Does again what was last taken back of these.
    scope_redo: RoundRef => Undone, Need::Reviewer;
    /// A page of the round's students.
    student_list: StudentsQuery => StudentPage, Need::Desk;
    /// Type-ahead for a student.
    student_search: StudentSearch => Vec<StudentHit>, Need::Desk;
    /// Imports photos and checks them.
    photos_import: PhotosImport => JobStarted, Need::Reviewer;
    /// Which folder a round keeps taking photos from.
    watch_show: RoundRef => WatchView, Need::Desk;
    /// Has a round keep taking photos from a folder, or stop.
    watch_set: WatchSet => WatchView, Need::Reviewer;
    /// Checks the photos that were not checked yet.
    checks_run: RoundRef => JobStarted, Need::Reviewer;
    /// The jobs of this run of the station, newest first.
    job_list: Empty => Vec<JobState>, Need::Anyone;
    /// Where a job stands.
    job_show: JobId => JobState, Need::Anyone;
    /// Lines of what an import brought, those included that its report only counts.
    job_lines: JobLinesAsk => JobLines, Need::Anyone;
    /// Asks a job to stop; what was done stays done.
    job_cancel: JobId => JobState, Need::Anyone;
    /// Photos waiting for a person to say whose they are.
    pile_list: RoundRef => Piles, Need::Desk;
    /// Says whose photo it is.
    pile_assign: PileAssign => Piles, Need::Reviewer;
    /// Gives several photos to their students at once.
    pile_assign_all: PileAssignAll => Piles, Need::Reviewer;
    /// Takes a photo away from its student, or back from those put aside.
    pile_put_back: SubmissionRef => Piles, Need::Reviewer;
    /// Says which of a student's photos counts.
    submission_choose: crate::wire::ChooseRequest => QueueItem, Need::Reviewer;
    /// Puts photos aside that are nobody's.
    pile_dismiss: PileDismiss => Piles, Need::Reviewer;
    /// Who is to be told what, and who has handed in nothing.
    notice_list: NoticeAsk => NoticeView, Need::Desk;
    /// Keeps a template of notices.
    notice_template: NoticeTemplate => NoticeTemplate, Need::Reviewer;
    /// Marks rejections as told to the students, or takes the marks back.
    notice_mark: NoticeMark => NoticeMarked, Need::Reviewer;
    /// The columns of the file for whoever sends text messages.
    sms_columns: Empty => SmsColumns, Need::Desk;
    /// Says with what signature a round's text messages go out.
    sms_signature: SmsSignature => SmsSignature, Need::Reviewer;
    /// What the file for whoever sends text messages would hold.
    sms_preview: SmsAsk => SmsPreview, Need::Desk;
    /// Writes the file for whoever sends text messages, telephone numbers among it.
    sms_save: SmsSave => SmsSaved, Need::Reviewer;
    /// The fee of a round, and who has paid.
    fee_show: RoundRef => FeeView, Need::Desk;
    /// A page of the fee ledger.
    fee_list: FeeAsk => FeePage, Need::Desk;
    /// A page of the payments without a student.
    fee_unknown: FeeUnknownAsk => FeeUnknownPage, Need::Desk;
    /// Sets the fee of a round.
    fee_set: FeeSet => FeeView, Need::Reviewer;
    /// Reads a list of payments.
    fee_import: FeeImport => FeeImported, Need::Reviewer;
    /// Takes a list of payments out again.
    fee_remove: FeeRemove => FeeView, Need::Reviewer;
    /// Says whose a payment is.
    fee_assign: FeeAssign => FeeView, Need::Reviewer;
    /// Divides a payment among the students for whom it was made together.
    fee_share: FeeShare => FeeView, Need::Reviewer;
    /// The sums of a round and its differences by kind.
    reconcile_show: RoundRef => ReconcileView, Need::Desk;
    /// A page of the differences.
    reconcile_list: ReconcileAsk => ReconcilePage, Need::Desk;
    /// Reads a list of the studio or of 学信网.
    receipts_import: ReceiptsImport => ReceiptsImported, Need::Reviewer;
    /// Puts rows of receipts aside: they count no longer.
    receipts_drop: ReceiptsDrop => ReceiptsDropped, Need::Reviewer;
    /// Says whose a row of a receipt is.
    receipt_assign: ReceiptAssign => ReceiptAssigned, Need::Reviewer;
    /// Says whether words of the studio that say neither mean that it took the photo or gave it back.
    receipt_settle: ReceiptSettle => ReceiptSettled, Need::Reviewer;
    /// Rejects photos that the studio gave back.
    receipts_reject: ReceiptsReject => ReceiptsRejected, Need::Reviewer;
    /// Paper photos, class by class.
    paper_list: RoundRef => Vec<PaperClass>, Need::Desk;
    /// The paper photos of a class.
    paper_class: PaperAsk => Vec<PaperRow>, Need::Desk;
    /// Ticks paper photos off, or takes the ticks back.
    paper_mark: PaperMark => PaperMarked, Need::Reviewer;
    /// Takes back the last list, rejection or tick of reconciliation.
    reconcile_undo: RoundRef => Undone, Need::Reviewer;
    /// Does again what was last taken back.
    reconcile_redo: RoundRef => Undone, Need::Reviewer;
    /// Writes the last page of a round, as a workbook and to be signed.
    closing_save: ClosingSave => ClosingSaved, Need::Desk;
    /// How far a round has ended.
    ending_show: RoundRef => EndingView, Need::Anyone;
    /// Closes a round: it is for reading only.
    round_close: RoundClose => EndingView, Need::Reviewer;
    /// Opens a closed round again.
    round_reopen: RoundRef => EndingView, Need::Head("重新打开已结束的批次");
    /// Gives a round another name.
    round_rename: RoundRename => RoundCard, Need::Reviewer;
    /// Says how long a round's data is kept.
    retention_set: RetentionSet => EndingView, Need::Keeper("设定保存期限");
    /// Writes the archive of a closed round.
    archive_write: ArchiveWrite => JobStarted, Need::Keeper("归档");
    /// Holds an archive to its own list of sums.
    archive_verify: ArchiveCheck => ArchiveChecked, Need::Keeper("核对归档包");
    /// Deletes the photos and personal data of a round, for good.
    round_erase: RoundErase => JobStarted, Need::Keeper("删除本批数据");
    /// Writes the certificate of a deletion.
    certificate_save: ClosingSave => ClosingSaved, Need::Keeper("保存销毁证明");
    /// The queues with their counts.
    queue_counts: RoundRef => Vec<QueueCount>, Need::Desk;
    /// Opens a queue, frozen as it stands.
    queue_open: QueueOpen => QueueOpened, Need::Desk;
    /// Goes on with a queue that was opened in part.
    queue_more: QueueMore => Vec<QueueItem>, Need::Desk;
    /// Lists what a filter and a search keep.
    queue_filter: QueueFilter => QueueOpened, Need::Desk;
    /// What the cards of a grid show besides their photos.
    grid_cards: GridAsk => Vec<GridCard>, Need::Desk;
    /// Approves the ticked photos of a grid page in one act.
    grid_commit: PageCommit => PageCommitted, Need::Reviewer;
    /// What approving a set by a sample would take.
    sample_offer: RoundRef => SampleOffer, Need::Desk;
    /// Draws a sample and mixes it with other photos.
    sample_plan: SampleAsk => PlanView, Need::Lead("抽样批量通过");
    /// The round's sampling plans.
    sample_plans: RoundRef => Vec<PlanView>, Need::Desk;
    /// Approves the rest of a set whose sample was clean.
    sample_release: PlanRef => PlanReleased, Need::Lead("抽样批量通过");
    /// Gives a sampling plan up.
    sample_withdraw: PlanRef => PlanView, Need::Lead("放弃抽样方案");
    sample_take_back: PlanRef => Undone, Need::Lead("撤销批量通过");
    /// The second reviews of a round: what can be chosen, what waits, how two verdicts compare.
    review_list: RoundRef => ReviewBook, Need::Desk;
    /// Chooses photos for a second, blind review.
    review_choose: ReviewAsk => ReviewsChanged, Need::Reviewer;
    /// Gives up the second reviews that wait, but those of the caller's own verdicts.
    review_withdraw: RoundRef => ReviewsChanged, Need::Lead("撤回复审");
    /// Everything about one submission.
    submission_show: SubmissionRef => SubmissionView, Need::Desk;
    /// Calls a finding wrong (误报), or right again.
    finding_dispute: FindingDispute => Disputed, Need::Reviewer;
    /// What only a person can see, with the reason of a rejection for each.
    human_list: Empty => Vec<HumanItem>, Need::Anyone;
    /// The keys that the person at the desk changed.
    keys_show: Empty => KeyBindings, Need::Anyone;
    /// Changes the keys of the person at the desk; the acts not named keep their first ones.
    keys_set: KeyBindings => KeyBindings, Need::Anyone;
    /// Decides on a submission; on disk when it answers.
    submission_decide: DecideRequest => Decided, Need::Reviewer;
    /// Takes back the round's last act.
    act_undo: UndoAsk => Undone, Need::Desk;
    /// What taking back the round's last act would take back.
    act_peek: RoundRef => Undoable, Need::Desk;
    /// Does again what was last taken back.
    act_redo: RoundRef => Undone, Need::Desk;
    /// A page of the log.
    log_list: LogQuery => LogPage, Need::Anyone;
    /// Follows the chain of the log: whether a row was changed or is missing.
    log_verify: Empty => AuditView, Need::Anyone;
    /// Writes the log to a workbook.
    log_save: LogSave => FileSaved, Need::Anyone;
    /// The backups of the workspace.
    backup_list: Empty => BackupView, Need::Anyone;
    /// Makes a backup now.
    backup_now: Empty => JobStarted, Need::Keeper("备份");
    /// Makes a backup and writes it into one encrypted file.
    backup_copy: BackupCopy => JobStarted, Need::Keeper("备份到文件");
    /// Makes a workspace of a backup, in a new folder.
    backup_restore: BackupRestore => JobStarted, Need::Keeper("恢复备份");
    /// Reads a backup through.
    backup_verify: BackupRef => JobStarted, Need::Keeper("核对备份");
    /// Tells no more of a file or a restored workspace that was broken off.
    backup_dismiss: BackupDismiss => BackupView, Need::Keeper("备份到文件");
    /// Whether the workspace may be closed now to be sealed; sealing itself is the host's.
    seal_ready: Empty => Empty, Need::Keeper("加密工作区");
    /// Sets another passphrase of the sealed workspace.
    seal_passphrase: PassphraseChange => KeyChanged, Need::Keeper("更改工作区口令");
    /// Keeps the key of the sealed workspace for no computer any more.
    seal_forget: Empty => KeyChanged, Need::Keeper("取消本机记住口令");
    /// Makes another recovery code of the sealed workspace; the one so far opens nothing any more.
    seal_code: PassphraseGiven => RecoveryShown, Need::Keeper("更换恢复码");
    /// Says that the recovery code was copied out: whoever knows it may, also before somebody signs in.
    seal_code_confirm: RecoveryGiven => KeyChanged, Need::Open;
    /// What a delivery would hold.
    delivery_preview: DeliveryOptions => DeliveryPreview, Need::Desk;
    /// A page of those whom a delivery would not hold, with why.
    delivery_left_out: LeftOutAsk => LeftOutPage, Need::Desk;
    /// Writes a delivery.
    delivery_write: DeliveryWrite => JobStarted, Need::Lead("导出交付");
    /// Writes a delivery again, file for file.
    delivery_repeat: DeliveryRepeat => JobStarted, Need::Lead("导出交付");
    /// Deliveries written so far.
    delivery_list: RoundRef => Vec<DeliveryCard>, Need::Anyone;
    /// What was broken off while it was written.
    delivery_unfinished: RoundRef => Vec<UnfinishedCard>, Need::Anyone;
    /// Tells no more of what was broken off.
    delivery_dismiss: UnfinishedRef => Vec<UnfinishedCard>, Need::Lead("导出交付");
    /// Delivery profiles to choose from.
    delivery_ways: Empty => Vec<DeliveryWay>, Need::Desk;
    /// Makes, changes or renames a delivery profile.
    delivery_way_save: DeliveryWaySave => Vec<DeliveryWay>, Need::Lead("修改交付方案");
    /// Removes a delivery profile.
    delivery_way_remove: DeliveryWayRef => Vec<DeliveryWay>, Need::Lead("修改交付方案");
    /// How the round was printed last.
    prints_settings: RoundRef => PrintsOptions, Need::Desk;
    /// Says how many prints of each student the round's notice asks for.
    prints_asked: PrintsAsked => PrintsOptions, Need::Reviewer;
    /// What printing would give.
    prints_preview: PrintsOptions => PrintsPreview, Need::Desk;
    /// Prints to PDF files.
    prints_write: PrintsWrite => JobStarted, Need::Reviewer;
}

/// Walks the command list with the types in hand.
pub(crate) trait SignatureVisitor {
    /// Called once per command.
    fn visit<A: ts_rs::TS + 'static, R: ts_rs::TS + 'static>(
        &mut self,
        name: &str,
        need: Need,
        doc: &[&str],
    );
}

fn bad_argument(name: &str, error: &serde_json::Error) -> Failure {
    Failure {
        code: Code::Refused,
        message: format!("命令“{name}”的参数不正确"),
        detail: error.to_string(),
    }
}
