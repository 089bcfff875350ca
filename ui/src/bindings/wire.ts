// Generated from the station's wire types by `cargo xtask bindings`. Do not edit.

export type AppStatus = { 
/**
 * Version of the station.
 */
version: string, 
/**
 * Folder of the workspace.
 */
workspace: string, 
/**
 * Whether it is encrypted on the disk.
 */
sealed: boolean, 
/**
 * Whether nobody has shown yet that the recovery code was copied out.
 */
code_unconfirmed: boolean, 
/**
 * Whether a computer's keychain opens it without the passphrase.
 */
kept_here: boolean, 
/**
 * Fewest characters of a passphrase of the workspace.
 */
least_passphrase: number, 
/**
 * Who is reviewing; empty until somebody gave a name.
 */
reviewer: string, 
/**
 * Who sits at this session, and what may be done.
 */
seat: SeatView, 
/**
 * What is wrong with the workspace that staff must hear of, in Chinese; empty when nothing is.
 */
alarm: string, 
/**
 * Every round, newest first; empty on the first start, which offers the example round.
 */
rounds: Array<RoundCard>, };

export type ArchiveCheck = { 
/**
 * The file.
 */
path: string, 
/**
 * Its passphrase, or empty.
 */
passphrase: string, };

export type ArchiveChecked = { 
/**
 * SHA-256 of the file.
 */
sha256: string, 
/**
 * Entries in it.
 */
entries: number, 
/**
 * The round in this workspace whose archive it is by the log, or empty.
 */
round: string, 
/**
 * Why it counts no longer although it is that one, in Chinese; empty where it does, or nothing is known.
 */
voided: string, 
/**
 * What is wrong, one Chinese line each; empty when all is as it was written.
 */
problems: Array<string>, };

export type ArchiveChoice = { 
/**
 * Under AES-256; the passphrase is made anew and told once.
 */
encrypted: boolean, 
/**
 * ID numbers too; only under encryption.
 */
id_numbers: boolean, 
/**
 * The finished photos of all that is approved or was delivered.
 */
renditions: boolean, 
/**
 * Every original.
 */
originals: boolean, };

export type ArchiveReport = { 
/**
 * Where.
 */
path: string, 
/**
 * SHA-256 of the file.
 */
sha256: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * Entries in it.
 */
entries: number, 
/**
 * What it opens with; told this once, kept nowhere. `null` when not encrypted.
 */
passphrase: string | null, 
/**
 * Which finished photos it lacks, in Chinese; empty where it holds all that are approved or were delivered.
 */
lacks: string, };

export type ArchiveView = { 
/**
 * When it was written and by whom.
 */
made: string, 
/**
 * Name of the file.
 */
file: string, 
/**
 * SHA-256 of the file.
 */
sha256: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * Entries in it.
 */
entries: number, 
/**
 * Whether it asks for a passphrase.
 */
encrypted: boolean, 
/**
 * Whether ID numbers are in it.
 */
id_numbers: boolean, 
/**
 * Whether finished photos are in it.
 */
renditions: boolean, 
/**
 * Whether originals are in it.
 */
originals: boolean, 
/**
 * Why deleting asks for a reason in spite of it, in Chinese; empty where it does not.
 */
lacks: string, };

export type ArchiveWrite = { 
/**
 * The round.
 */
round: number, 
/**
 * What goes in.
 */
choice: ArchiveChoice, 
/**
 * Folder to write into.
 */
target: string, };

export type AuditFault = { 
/**
 * Number of the row, the first of several; 0 when it is no row.
 */
row: number, 
/**
 * What is wrong with which row, in Chinese.
 */
text: string, };

export type AuditView = { 
/**
 * Whether no row was changed, moved, put in or taken out.
 */
holds: boolean, 
/**
 * Rows there are.
 */
rows: number, 
/**
 * Hash of the last row, 64 hexadecimal digits; empty when nothing tells it.
 */
head: string, 
/**
 * When it was followed, as "YYYY-MM-DD HH:MM:SS" local time.
 */
at: string, 
/**
 * How many backups keep an end of the log that is still found in it.
 */
backups: number, 
/**
 * What breaks it, at most 200.
 */
faults: Array<AuditFault>, 
/**
 * How many more there are.
 */
more: number, };

export type BackupCard = { 
/**
 * Its name.
 */
name: string, 
/**
 * When, as "YYYY-MM-DD HH:MM:SS" local time.
 */
at: string, 
/**
 * Why it was made, in Chinese.
 */
why: string, 
/**
 * Rounds in it.
 */
rounds: number, 
/**
 * Students in it.
 */
students: number, 
/**
 * Photos in it.
 */
photos: number, 
/**
 * Photos that were missing already.
 */
missing: number, 
/**
 * Photos that were known to be damaged.
 */
damaged: number, 
/**
 * Rows of its log.
 */
log_rows: number, 
/**
 * Size of database and photos, mebibytes.
 */
mebibytes: number, 
/**
 * What is lost with it that newer backups have, in Chinese; mostly empty.
 */
caution: string, };

export type BackupCopied = { 
/**
 * The file.
 */
path: string, 
/**
 * What opens it; told this once and kept nowhere.
 */
passphrase: string, 
/**
 * Photos in it.
 */
photos: number, 
/**
 * Its size, mebibytes.
 */
mebibytes: number, };

export type BackupCopy = { 
/**
 * Folder to write into, a USB stick as a rule.
 */
folder: string, };

export type BackupDismiss = { 
/**
 * Which, by [`UnfinishedCard::id`].
 */
id: number, };

export type BackupRef = { 
/**
 * Its name.
 */
name: string, };

export type BackupRestore = { 
/**
 * Name of a backup of this workspace; empty to use the file.
 */
name: string, 
/**
 * File that a backup was written into; empty to use the name.
 */
file: string, 
/**
 * What opens the file.
 */
passphrase: string, 
/**
 * Folder in which a new folder is made for the workspace.
 */
folder: string, };

export type BackupRestored = { 
/**
 * Its folder.
 */
folder: string, 
/**
 * Rounds.
 */
rounds: number, 
/**
 * Students.
 */
students: number, 
/**
 * Photos.
 */
photos: number, 
/**
 * Photos that the backup did not have whole.
 */
missing: number, 
/**
 * Rows of the log.
 */
log_rows: number, 
/**
 * Whether it is encrypted: it opens with the passphrase of the workspace at the time of the backup, or one since.
 */
sealed: boolean, };

export type BackupVerified = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether everything can be restored from it.
 */
whole: boolean, 
/**
 * Photos that are whole.
 */
photos: number, 
/**
 * What is wrong, in Chinese.
 */
problems: Array<string>, };

export type BackupView = { 
/**
 * Where they lie.
 */
folder: string, 
/**
 * They, newest first.
 */
backups: Array<BackupCard>, 
/**
 * Log rows since the newest.
 */
behind: number, 
/**
 * Why the last backup that the program made by itself failed, in Chinese; empty when it did not.
 */
problem: string, 
/**
 * Files and restored workspaces that were broken off while they were written.
 */
unfinished: Array<UnfinishedCard>, };

export type ChaseRow = { 
/**
 * 学院.
 */
college: string, 
/**
 * 班级.
 */
class: string, 
/**
 * Students of the class on the roster.
 */
students: number, 
/**
 * Of them, those without a photo.
 */
missing: number, 
/**
 * Of those without, who may have one among the photos that wait to be claimed.
 */
claimed: number, 
/**
 * Who, as a text for the class's group; those whose photo may wait to be claimed apart.
 */
text: string, };

export type ChooseRequest = { 
/**
 * The submission that does.
 */
submission: number, 
/**
 * 学号 that the page showed beside the photo. Another student meanwhile is a conflict.
 */
seen_student: string, };

export type ClosingSave = { 
/**
 * The round.
 */
round: number, 
/**
 * Folder to write into.
 */
folder: string, };

export type ClosingSaved = { 
/**
 * The workbook.
 */
workbook: string, 
/**
 * The page to be signed.
 */
pdf: string, };

export type Code = "not_found" | "refused" | "nameless" | "no_queue" | "signed_out" | "not_allowed" | "conflict" | "file" | "roster" | "workspace" | "damaged" | "cancelled" | "internal";

export type CollectedImport = { 
/**
 * The round.
 */
round: number, 
/**
 * Path of the list.
 */
path: string, };

export type CollectedImported = { 
/**
 * The list's file name.
 */
file: string, 
/**
 * Rows below the header.
 */
rows: number, 
/**
 * Students marked now.
 */
marked: number, 
/**
 * Rows of students who were marked before, here or further up in the list.
 */
known: number, 
/**
 * Rows of nobody on the roster.
 */
strangers: number, 
/**
 * Rows that fit several students, or contradict themselves.
 */
ambiguous: number, 
/**
 * Rows that say that the student has no photo.
 */
without: number, 
/**
 * Rows whose column of states says neither.
 */
unclear: number, 
/**
 * Of the marked, those found by 姓名 alone.
 */
by_name: number, 
/**
 * Cells that should name a student and from which a spreadsheet has lost what it held.
 */
lost: number, 
/**
 * What to say of the file's sheets: a hidden one was read, or was not.
 */
remarks: Array<string>, 
/**
 * The rows to be looked at: cells that are lost, rows that fit several, that say neither and those found by 姓名 alone, then
 * strangers; the first 500.
 */
lines: Array<CollectedLine>, };

export type CollectedLine = { 
/**
 * Row as Excel counts.
 */
row: number, 
/**
 * What stands there, ID numbers masked.
 */
text: string, 
/**
 * What is to be said of it.
 */
why: string, };

export type CollegeFigures = { 
/**
 * 学院; empty where the roster has none.
 */
college: string, 
/**
 * Students who are to be collected (应采).
 */
students: number, 
/**
 * With a photo.
 */
submitted: number, 
/**
 * Newest photos that fail by the machine.
 */
failing: number, 
/**
 * 通过.
 */
approved: number, 
/**
 * 退回.
 */
rejected: number, };

export type Crop = { 
/**
 * `eyes`, `ear_left`, `ear_right`, `mouth`.
 */
key: string, 
/**
 * What staff read.
 */
title: string, 
/**
 * Where.
 */
rect: RectView, };

export type DayFigures = { 
/**
 * `YYYY-MM-DD`, local.
 */
day: string, 
/**
 * Newest photos that came.
 */
received: number, 
/**
 * Of them, failing by the machine.
 */
failing: number, 
/**
 * Decisions made, those taken back later included.
 */
decided: number, };

export type DecideRequest = { 
/**
 * The submission.
 */
submission: number, 
/**
 * Id of the decision the reviewer saw; `null` when undecided. Another one meanwhile is a conflict, never overwritten.
 */
seen_decision: number | null, 
/**
 * 学号 that the page showed beside the photo; empty when it showed none. Another student meanwhile is a conflict.
 */
seen_student: string, 
/**
 * The photo was shown as one that waits for a second, blind verdict. Without such a review by now it is a
 * conflict: the first verdict was taken back, and this one would pass for it.
 */
second: boolean, 
/**
 * `approved`, `rejected`, `held`.
 */
kind: string, 
/**
 * Reasons; at least one for a rejection.
 */
reasons: Array<Reason>, 
/**
 * Note for colleagues.
 */
note: string, };

export type Decided = { 
/**
 * The submission as it stands now.
 */
item: QueueItem, 
/**
 * How a second review stands that this decision was the second verdict of; `null` otherwise.
 */
review: ReviewView | null, };

export type DecisionView = { 
/**
 * Id.
 */
decision_id: number, 
/**
 * `approved`, `rejected`, `held`.
 */
kind: string, 
/**
 * Reasons of a rejection.
 */
reasons: Array<Reason>, 
/**
 * Note for colleagues.
 */
note: string, 
/**
 * Who.
 */
reviewer: string, 
/**
 * When, local time.
 */
at: string, 
/**
 * `first`, `second` or `settling` in the history of a photo with a second review; empty else.
 */
part: string, 
/**
 * It was taken back, and not done again; told in a history alone.
 */
undone: boolean, };

export type DeliveryCard = { 
/**
 * Number within the round.
 */
number: number, 
/**
 * When, local time.
 */
at: string, 
/**
 * 审核人.
 */
reviewer: string, 
/**
 * Folder written.
 */
folder: string, 
/**
 * Photos.
 */
files: number, 
/**
 * How it was made, in a line; empty where that was not kept yet.
 */
how: string, 
/**
 * Whether it can be written again.
 */
repeatable: boolean, };

export type DeliveryMode = "collection_code" | "roster";

export type DeliveryOptions = { 
/**
 * The round.
 */
round: number, 
/**
 * What may leave the office.
 */
mode: DeliveryMode, 
/**
 * File name template, e.g. "{学号}.jpg".
 */
template: string, 
/**
 * What it is written as, and how much of the round.
 */
shape: DeliveryShape, 
/**
 * Titles of the columns of the roster that go into the list beside 学号; for 名单模式 alone.
 */
columns: Array<string>, 
/**
 * What it is for, as its list says; empty for what is said of all.
 */
purpose: string, 
/**
 * Which students it is about; all where nothing is chosen.
 */
part: DeliveryPart, };

export type DeliveryPack = "folder" | "zip" | "encrypted";

export type DeliveryPart = { 
/**
 * 学院.
 */
colleges: Array<string>, 
/**
 * 班级.
 */
classes: Array<string>, 
/**
 * 层次.
 */
levels: Array<string>, };

export type DeliveryPreview = { 
/**
 * 名单 = 应采 + 免采.
 */
listed: number, 
/**
 * 应采: everybody who is ready or left out.
 */
due: number, 
/**
 * 免采: neither delivered nor left out.
 */
exempt: number, 
/**
 * Approved students.
 */
ready: number, 
/**
 * Of them, those whose picture of the 采集码 goes along.
 */
codes: number, 
/**
 * Students who are to be collected and not of the chosen part: neither delivered nor left out.
 */
outside: number, 
/**
 * What the roster has to choose a part by, each value once, in order.
 */
parts: DeliveryPart, 
/**
 * Some file names as they would be.
 */
examples: Array<string>, 
/**
 * How many are left out; who they are and why is read page by page.
 */
not_ready: number, 
/**
 * How many have a photo that an earlier delivery held, where only what is new is asked for.
 */
delivered_before: number, 
/**
 * Photos to be delivered of whose 采集码 there is something to know: none filed, that of another, not readable.
 */
codes_in_doubt: Array<PhotoInDoubt>, 
/**
 * Photos to be delivered that were approved by a sample which no longer stands approved: to be looked at first.
 */
unsampled: Array<PhotoInDoubt>, 
/**
 * Photos to be delivered that the machine fails, passed by a person all the same: to be looked at once more.
 */
unmet: Array<PhotoInDoubt>, 
/**
 * Photos to be delivered of which the machine only hints at something, passed by a person: to be known.
 */
hinted: Array<PhotoInDoubt>, 
/**
 * Photos that cannot be named as the template asks, each with what is wrong: nothing is delivered while there are any.
 */
blocked: Array<PhotoInDoubt>, 
/**
 * Photos left out whose reasons, as somebody typed them, name a student where nobody may be named: nothing is
 * delivered while there are any.
 */
telling: Array<PhotoInDoubt>, 
/**
 * What is allowed and should be thought over, one Chinese line each: shown before the button is pressed.
 */
warnings: Array<string>, 
/**
 * What else stops the delivery.
 */
problems: Array<string>, 
/**
 * What is no problem and leaves nothing to deliver.
 */
notices: Array<string>, };

export type DeliveryRepeat = { 
/**
 * The round.
 */
round: number, 
/**
 * Number of the delivery within it.
 */
number: number, 
/**
 * Folder to write into; a new folder is made inside.
 */
target: string, };

export type DeliveryRepeated = { 
/**
 * Number of the delivery within the round.
 */
number: number, 
/**
 * Folder written.
 */
folder: string, 
/**
 * Photos written.
 */
files: number, 
/**
 * Whether what lies in the folder is the same byte for byte; of encrypted archives the contents are.
 */
bit_for_bit: boolean, 
/**
 * SHA-256 of `manifest.json`, then and now.
 */
manifest_sha256: string, 
/**
 * What opens the archives this time; kept nowhere. `null` where they are not encrypted.
 */
passphrase: string | null, };

export type DeliveryReport = { 
/**
 * Number of the delivery within the round.
 */
number: number, 
/**
 * Folder written.
 */
folder: string, 
/**
 * Photos written.
 */
files: number, 
/**
 * Pictures of 采集码 written beside them.
 */
codes: number, 
/**
 * Of the photos, the original without its metadata, not encoded anew.
 */
identical: number, 
/**
 * Files outside the usual 20–40 KB or with another deviation, one line each: the first of very many.
 */
deviations: Array<string>, 
/**
 * How many there are.
 */
deviations_total: number, 
/**
 * Those left out, the first of very many; the list of the delivery has them all.
 */
not_delivered: Array<NotDelivered>, 
/**
 * How many were left out.
 */
not_delivered_total: number, 
/**
 * Those whose photo an earlier delivery held, the first of very many; the list of the delivery has them all.
 */
delivered_before: Array<NotDelivered>, 
/**
 * How many there are.
 */
delivered_before_total: number, 
/**
 * Path of the manifest workbook, or of the archive that holds it.
 */
manifest: string, 
/**
 * What opens the archives; kept nowhere. `null` where they are not encrypted.
 */
passphrase: string | null, };

export type DeliveryShape = { 
/**
 * Into which parts it is divided.
 */
split: DeliverySplit, 
/**
 * As what it is written.
 */
pack: DeliveryPack, 
/**
 * Whether photos that an earlier delivery of the round held are left out: one that left the office, or one that stayed
 * where this one stays.
 */
only_new: boolean, 
/**
 * 校内留存: it stays in the office, and is in no account with the studio.
 */
in_house: boolean, };

export type DeliverySplit = "whole" | "college" | "class" | "level" | { "every": number };

export type DeliveryWay = { 
/**
 * Its name; no other profile has it.
 */
name: string, 
/**
 * What it is for; stands in the list of the delivery.
 */
purpose: string, 
/**
 * What may leave the office.
 */
mode: DeliveryMode, 
/**
 * File name template.
 */
template: string, 
/**
 * What it is written as, and how much of the round.
 */
shape: DeliveryShape, 
/**
 * Titles of the columns of the roster that go along in 名单模式.
 */
columns: Array<string>, 
/**
 * Whether it came with the program: it is not changed.
 */
shipped: boolean, };

export type DeliveryWayRef = { 
/**
 * Its name.
 */
name: string, };

export type DeliveryWaySave = { 
/**
 * Its name so far; empty to make a new one.
 */
was: string, 
/**
 * What it is to be.
 */
way: DeliveryWay, };

export type DeliveryWrite = { 
/**
 * How.
 */
options: DeliveryOptions, 
/**
 * Folder to write into; a new folder is made inside.
 */
target: string, };

export type DeskAct = "decided" | "returned_rejected" | "second_reviewed" | "photo_assigned" | "photo_put_back" | "photo_dismissed" | "photo_chosen" | "bulk_approved";

export type DiagnosticsSave = { 
/**
 * Folder to write into.
 */
folder: string, };

export type Disputed = { 
/**
 * Codes of the rules.
 */
codes: Array<string>, };

export type DoctorArea = "machine" | "workspace";

export type DoctorFinding = { 
/**
 * Its word, the same in every version.
 */
code: string, 
/**
 * Where.
 */
area: DoctorArea, 
/**
 * What looking gave.
 */
state: DoctorState, 
/**
 * What was looked at, in Chinese.
 */
title: string, 
/**
 * What was found, in Chinese.
 */
text: string, 
/**
 * How to mend it, in Chinese; empty where nothing is to be done.
 */
remedy: string, };

export type DoctorReport = { 
/**
 * Version of the program.
 */
version: string, 
/**
 * When, as "YYYY-MM-DD HH:MM:SS" local time.
 */
at: string, 
/**
 * Whether nothing is to be mended.
 */
sound: boolean, 
/**
 * The findings: the computer's first.
 */
findings: Array<DoctorFinding>, };

export type DoctorState = "good" | "note" | "bad" | "unknown";

export type DoorBackups = { 
/**
 * They, newest first.
 */
backups: Array<BackupCard>, 
/**
 * Whether the workspace's passphrase is needed to restore one.
 */
sealed: boolean, 
/**
 * Who answers for restoring.
 */
keepers: DoorKeepers, 
/**
 * The keepers who have a PIN, where they are known.
 */
names: Array<string>, 
/**
 * Folders beside the workspace that hold, whole or not, what was restored before.
 */
beside: Array<string>, };

export type DoorCopy = { 
/**
 * The file.
 */
file: string, 
/**
 * What opens it.
 */
passphrase: string, };

export type DoorKeepers = "named" | "nobody" | "locked" | "unread";

export type DoorKey = { 
/**
 * The passphrase; empty where the code is used.
 */
passphrase: string, 
/**
 * The recovery code as typed; empty where the passphrase is used.
 */
recovery: string, 
/**
 * With a recovery code, the passphrase from now on.
 */
next: string, 
/**
 * Whether this computer's keychain is to open the workspace from now on.
 */
keep: boolean, };

export type DoorOpened = { 
/**
 * Why the passphrase was not kept in the keychain, where that was asked for; empty otherwise. The door is open all
 * the same.
 */
unkept: string, };

export type DoorRestore = { 
/**
 * Name of a backup; empty to use the file.
 */
name: string, 
/**
 * File that a backup was written into; empty to use the name.
 */
file: string, 
/**
 * What opens the file, or, for a backup that is sealed, the workspace's passphrase or its recovery code.
 */
passphrase: string, 
/**
 * PIN of a keeper of the workspace; empty where none was asked for.
 */
pin: string, 
/**
 * Passphrase or recovery code of the sealed workspace whose place a file takes; empty otherwise.
 */
workspace: string, 
/**
 * Whether somebody confirmed that the keepers can be read nowhere, and that no PIN is asked for therefore.
 */
unread: boolean, };

export type DoorRestored = { 
/**
 * What is in it, and where it is.
 */
report: BackupRestored, 
/**
 * Where what did not open is now, with its backups; empty where there was nothing.
 */
aside: string, };

export type DoorState = "new" | "locked" | "damaged" | "open";

export type DoorView = { 
/**
 * How it stands.
 */
state: DoorState, 
/**
 * Folder of the workspace.
 */
folder: string, 
/**
 * Fewest characters of a passphrase.
 */
least: number, 
/**
 * Whether this computer may be able to open it by its keychain.
 */
kept: boolean, 
/**
 * Why it opens for nobody, in Chinese; empty where it may open.
 */
problem: string, };

export type Empty = Record<symbol, never>;

export type EndingView = { 
/**
 * The round.
 */
round: number, 
/**
 * What it is called: what is typed to delete its data.
 */
name: string, 
/**
 * Students on the roster.
 */
students: number, 
/**
 * Photos that came in, one handed in twice counted twice.
 */
submissions: number, 
/**
 * Originals in the workspace, each file once.
 */
photos: number, 
/**
 * Those of them that another round holds too: deleting this round leaves them.
 */
shared: number, 
/**
 * Students whose photo waits for a decision: to be thought over before the round is closed.
 */
pending: number, 
/**
 * Photos whose second review waits: the round cannot be closed before, since its archive would tell the first
 * verdicts.
 */
reviewing: number, 
/**
 * Students whose photo is 存疑: to be thought over before it is closed.
 */
held: number, 
/**
 * Students whose photo two people judged otherwise: likewise.
 */
differing: number, 
/**
 * Differences of the reconciliation that are open: likewise.
 */
differences: number, 
/**
 * When it was closed and by whom, or empty.
 */
closed: string, 
/**
 * Differences that were open when it was closed.
 */
left_open: number, 
/**
 * Why it was closed over them, or empty.
 */
left_open_why: string, 
/**
 * Its archive since it was closed; `null` without one.
 */
archive: ArchiveView | null, 
/**
 * Last day that photos and personal data are kept, "YYYY-MM-DD", or empty.
 */
keep_until: string, 
/**
 * Days until then, today excluded; negative when past, `null` when no day is set.
 */
days_left: number | null, 
/**
 * Why that alone asks for a reason before deleting, in Chinese; empty where it does not.
 */
kept_why: string, 
/**
 * What was written outside the workspace, first to last: a deletion does not reach it. Empty while the round is open,
 * and after the deletion, which has its own list.
 */
outside: Array<OutsideLine>, 
/**
 * The deletion; `null` while the data is there.
 */
erased: ErasedView | null, };

export type ErasedLine = { 
/**
 * What.
 */
title: string, 
/**
 * How many, or how much.
 */
number: string, };

export type ErasedView = { 
/**
 * When and by whom.
 */
made: string, 
/**
 * Whether there was an archive.
 */
archived: boolean, 
/**
 * Whether the day until which the data was to be kept had not passed.
 */
early: boolean, 
/**
 * Why without an archive or before its day, or empty.
 */
waived: string, 
/**
 * What, and how many.
 */
lines: Array<ErasedLine>, 
/**
 * What stays, and how many: what other rounds hold too, and what is known to be nobody's. Empty where nothing does.
 */
kept: Array<ErasedLine>, 
/**
 * What was written outside the workspace and is to be cleared away there, names of students masked.
 */
outside: Array<OutsideLine>, };

export type Failure = { 
/**
 * Which case.
 */
code: Code, 
/**
 * What happened and what to do, in Chinese, naming the file.
 */
message: string, 
/**
 * The technical chain, for the log.
 */
detail: string, };

export type FeeAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * Part of 学号, 姓名 or pinyin initials; empty for all.
 */
text: string, 
/**
 * Only this state: `unpaid`, `short`, `paid`, `over`, or `exempt` for who is exempt and paid; empty for all.
 */
state: string, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 1000.
 */
limit: number, };

export type FeeAssign = { 
/**
 * The round.
 */
round: number, 
/**
 * The payment.
 */
payment: number, 
/**
 * The student; `null` when it is nobody's of this round.
 */
student: number | null, };

export type FeeCandidate = { 
/**
 * Who.
 */
hit: StudentHit, 
/**
 * What the student paid already, 元, or empty: a namesake who has is hardly the one who did.
 */
paid: string, };

export type FeeImport = { 
/**
 * The round.
 */
round: number, 
/**
 * The file.
 */
path: string, };

export type FeeImported = { 
/**
 * File name.
 */
file: string, 
/**
 * Payments that were new, whatever was paid back of them.
 */
added: number, 
/**
 * Refunds that were new, those of payments of earlier lists not counted.
 */
refunds: number, 
/**
 * Payments that were in the ledger already.
 */
known: number, 
/**
 * Payments of earlier lists of which this one says that some or all was paid back.
 */
updated: number, 
/**
 * Of the new ones, those that found their student.
 */
matched: number, 
/**
 * Rows that are no payment, or that a person should look at, with why; the first 500.
 */
skipped: Array<FeeSkipped>, 
/**
 * How many there are.
 */
skipped_total: number, };

export type FeeList = { 
/**
 * File name.
 */
file: string, 
/**
 * Payments that came with it first, whatever was paid back of them.
 */
payments: number, 
/**
 * Their sum, 元.
 */
sum: string, 
/**
 * Refunds that came with it first.
 */
refunds: number, 
/**
 * What was paid back by them, 元; positive.
 */
refunded: string, 
/**
 * Other lists in which some of them stand as well: those are to be read again when this one is taken out.
 */
also_in: Array<string>, };

export type FeePage = { 
/**
 * How many match.
 */
total: number, 
/**
 * The rows asked for.
 */
rows: Array<FeeRow>, };

export type FeePart = { 
/**
 * The student.
 */
student: number, 
/**
 * 元.
 */
amount: string, };

export type FeePayment = { 
/**
 * Id.
 */
payment: number, 
/**
 * 元; negative for what was paid back.
 */
amount: string, 
/**
 * When, as the list writes it, or empty.
 */
paid_at: string, 
/**
 * Who paid and for what, as the list writes it; identity numbers masked.
 */
text: string, 
/**
 * The order number, or empty.
 */
reference: string, 
/**
 * The list and its row.
 */
source: string, 
/**
 * How the student is known, or why none is, in Chinese.
 */
how: string, 
/**
 * Put aside as nobody's of this round, or because all of it was paid back before anybody was known to have made it.
 */
dismissed: boolean, 
/**
 * Students whose it may be.
 */
candidates: Array<FeeCandidate>, 
/**
 * What each would have of it where all of them may have paid it together, or may have it back together; else empty.
 */
together: Array<FeePart>, 
/**
 * What the student it is listed under has of it, 元, where it was divided among several.
 */
share: string | null, };

export type FeeRemove = { 
/**
 * The round.
 */
round: number, 
/**
 * File name of the list.
 */
file: string, };

export type FeeRow = { 
/**
 * The student, and where the photo stands.
 */
student: StudentRow, 
/**
 * `unpaid`, `short`, `paid` or `over`.
 */
state: string, 
/**
 * Sum of what was paid, 元.
 */
paid: string, 
/**
 * Each payment.
 */
payments: Array<FeePayment>, };

export type FeeSet = { 
/**
 * The round.
 */
round: number, 
/**
 * The fee of one student, 元; `0` for none.
 */
fee: string, 
/**
 * Hold back photos of students who have not paid in full.
 */
hold: boolean, };

export type FeeShare = { 
/**
 * The round.
 */
round: number, 
/**
 * The payment.
 */
payment: number, 
/**
 * Two students or more; together they have all of it.
 */
shares: Array<FeePart>, };

export type FeeSkipped = { 
/**
 * The cell.
 */
cell: string, 
/**
 * Why.
 */
why: string, };

export type FeeUnknownAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * Part of what the list says of payer and payment, of the order number, or of the list's name; empty for all.
 */
text: string, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 1000.
 */
limit: number, };

export type FeeUnknownPage = { 
/**
 * How many match.
 */
total: number, 
/**
 * The rows asked for.
 */
rows: Array<FeePayment>, };

export type FeeView = { 
/**
 * The fee of one student, 元.
 */
fee: string, 
/**
 * Whether photos of students who have not paid in full are held back from deliveries.
 */
hold: boolean, 
/**
 * Students who are to be collected, and others who paid.
 */
students: number, 
/**
 * Of them, those of whom no photo is collected and who paid all the same.
 */
exempt_paid: number, 
/**
 * Of them: nothing paid.
 */
unpaid: number, 
/**
 * Less than the fee.
 */
short: number, 
/**
 * The fee.
 */
paid: number, 
/**
 * More than the fee, mostly paid twice.
 */
over: number, 
/**
 * Sum of all payments that have a student, 元.
 */
sum: string, 
/**
 * Sum of those that have none and are not put aside, 元.
 */
unknown_sum: string, 
/**
 * Payments without a student, those put aside last: the first thousand. Every one is on a page of [`FeeUnknownPage`].
 */
unknown: Array<FeePayment>, 
/**
 * How many there are that are not put aside.
 */
unknown_total: number, 
/**
 * How many are put aside.
 */
aside_total: number, 
/**
 * Sum of those, 元.
 */
aside_sum: string, 
/**
 * The lists that were read.
 */
lists: Array<FeeList>, };

export type FieldChange = { 
/**
 * Title of the column.
 */
field: string, 
/**
 * As stored now.
 */
before: string, 
/**
 * As the file has it.
 */
after: string, };

export type FieldLeft = { 
/**
 * 学号.
 */
student_no: string, 
/**
 * Title of the column, as [`FieldChange::field`].
 */
field: string, };

export type FileSaved = { 
/**
 * Its path.
 */
path: string, };

export type FiledRemove = { 
/**
 * The round.
 */
round: number, 
/**
 * The students.
 */
students: Array<number>, };

export type FiledRemoved = { 
/**
 * Students who had one.
 */
removed: number, };

export type FilingReport = { 
/**
 * Files met, system files and index workbooks not counted.
 */
files: number, 
/**
 * Pictures filed with a student who had none.
 */
filed: number, 
/**
 * Pictures that stand in place of an earlier one, each with a line.
 */
replaced: number, 
/**
 * Pictures that are filed already, byte for byte.
 */
already_there: number, 
/**
 * Pictures whose name means nobody, or several; they are not kept, each has a line.
 */
unmatched: number, 
/**
 * Files that are no such picture, or could not be read, each with a line.
 */
refused: number, 
/**
 * Of the students met, those in whose picture no code could be read, or no face found, each with a line.
 */
unreadable: number, 
/**
 * Of the students met, those whose code or reference photo is filed with another too, each with a line.
 */
shared: number, 
/**
 * The job was cancelled; what is counted above stays done.
 */
cancelled: boolean, 
/**
 * What is to be looked at; the first of it.
 */
lines: Array<IntakeLine>, 
/**
 * Further lines: `job_lines` has them.
 */
lines_left: number, };

export type FindingDispute = { 
/**
 * The photo.
 */
submission: number, 
/**
 * Code of the rule.
 */
code: string, 
/**
 * Wrong, or right again.
 */
wrong: boolean, };

export type FindingView = { 
/**
 * Fault-named id.
 */
rule: string, 
/**
 * Stable code.
 */
code: string, 
/**
 * Short title, e.g. "眼睛位置".
 */
title: string, 
/**
 * `pass`, `warn`, `fail`, `unknown`.
 */
severity: string, 
/**
 * Measured value.
 */
value: number | null, 
/**
 * Unit symbol, may be empty.
 */
unit: string, 
/**
 * Lowest allowed.
 */
min: number | null, 
/**
 * Highest allowed.
 */
max: number | null, 
/**
 * One Chinese line.
 */
message: string, 
/**
 * Source clause.
 */
clause: string, 
/**
 * What to draw, px of the picture as displayed.
 */
marks: Array<MarkView>, };

export type FrameView = { 
/**
 * Where it lies, px of the picture as displayed.
 */
rect: RectView, 
/**
 * The picture is used as it is.
 */
as_is: boolean, 
/**
 * Every band can be met.
 */
feasible: boolean, };

export type GridAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * The submissions in sight, at most 200.
 */
submissions: Array<number>, };

export type GridCard = { 
/**
 * The submission.
 */
submission: number, 
/**
 * Where the face lies; `null` when none was measured.
 */
pose: GridPose | null, 
/**
 * Title of the worst finding, or of the one nearest a limit.
 */
worst_title: string, 
/**
 * Its value; `null` when nothing was measured.
 */
worst_value: number | null, 
/**
 * The unit of the value, as on [`FindingView`](super::review::FindingView).
 */
worst_unit: string, 
/**
 * `pass`, `warn`, `fail`, `unknown`, or empty while unchecked.
 */
worst_severity: string, 
/**
 * Other students with the same picture.
 */
partners: Array<GridPartner>, 
/**
 * It came with other photos of its student, and nobody said which of them counts; it is approved only then.
 */
unpicked: boolean, };

export type GridPartner = { 
/**
 * The photo of theirs that is the same.
 */
submission: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, };

export type GridPose = { 
/**
 * Middle between the irises, x.
 */
eyes_x: number, 
/**
 * Middle between the irises, y.
 */
eyes_y: number, 
/**
 * Crown to chin, of the height; from the eyes and the chin where the crown is not known.
 */
head_height: number, 
/**
 * Width over height of the picture.
 */
aspect_ratio: number, };

export type HelpAllowance = { 
/**
 * Title of the profile.
 */
profile: string, 
/**
 * The limits in words, one line each; empty where there are none.
 */
limits: Array<string>, 
/**
 * What lies outside amounts to.
 */
outside: string, 
/**
 * The clause it rests on.
 */
clause: string, };

export type HelpAsk = { 
/**
 * The round that is open; `null` without one.
 */
round: number | null, };

export type HelpMachine = { 
/**
 * What is checked.
 */
checks: string, 
/**
 * How it is measured.
 */
measured: string, 
/**
 * When it cannot tell.
 */
cannot_tell: string, 
/**
 * What is known to alarm it falsely.
 */
false_alarms: string, 
/**
 * What each profile allows: the round's own where one was named, then the built-in ones, the default first.
 */
allowances: Array<HelpAllowance>, };

export type HelpPage = { 
/**
 * Stable code, e.g. `GEO-02`.
 */
code: string, 
/**
 * What staff call it.
 */
title: string, 
/**
 * The word for its family.
 */
family: string, 
/**
 * What the machine does; `null` where only a person can tell.
 */
machine: HelpMachine | null, 
/**
 * What a person looks at; `null` where the machine's finding is enough.
 */
person: HelpPerson | null, 
/**
 * What the student reads when the photo is sent back for it.
 */
advice: Array<string>, };

export type HelpPerson = { 
/**
 * The item of the tick list.
 */
confirms: string, 
/**
 * Where and how to look.
 */
look: string, 
/**
 * Exceptions, and what to record.
 */
exception: string, };

export type HistoryEntry = { 
/**
 * The submission.
 */
submission: number, 
/**
 * SHA-256.
 */
photo: string, 
/**
 * Its place among the student's photos, from 1; the last one counts. Choosing another to count changes it.
 */
sequence: number, 
/**
 * The how-manieth of the student's photos it came as, from 1; it stays, whichever counts.
 */
arrival: number, 
/**
 * When it was received, local time.
 */
received_at: string, 
/**
 * Its file's name, ID numbers masked.
 */
file_name: string, 
/**
 * It came in one import with other photos of this student; which one counts is for a person to say.
 */
together: boolean, 
/**
 * A person is still to say whether this one counts, or another of those marked so; nothing is decided before.
 */
unpicked: boolean, 
/**
 * That it came before or after the round's window; empty when it did not.
 */
outside_window: string, 
/**
 * That it came after the last submission the round allows; empty when it did not.
 */
over_limit: string, 
/**
 * The decision that stands, if any.
 */
decision: DecisionView | null, 
/**
 * Every decision ever made on it, first to last, those taken back included; none while a second review waits.
 */
decisions: Array<DecisionView>, 
/**
 * Its picture; `null` when it cannot be shown.
 */
picture: PictureView | null, 
/**
 * Both iris centres, px of the picture as displayed, the one on the picture's left first; `null` without a face.
 */
eyes: [[number, number], [number, number]] | null, };

export type HumanItem = { 
/**
 * Code of the rule table.
 */
code: string, 
/**
 * What to confirm.
 */
title: string, 
/**
 * Where to look: `eyes`, `ears`, `mouth` or `whole`.
 */
region: string, 
/**
 * The reason of a rejection when it is not so.
 */
reason: Reason, };

export type IdleSet = { 
/**
 * Minutes without work; 0 for never.
 */
minutes: number, };

export type IntakeLine = { 
/**
 * The file, as seen from the chosen folder or zip.
 */
file: string, 
/**
 * Whose it is taken to be, 学号 and 姓名; empty where that is not told.
 */
whose: string, 
/**
 * What is wrong.
 */
problem: string, 
/**
 * What to do.
 */
remedy: string, };

export type IntakeReport = { 
/**
 * Files met, system files such as Thumbs.db not counted.
 */
files: number, 
/**
 * Photos matched to a student for the first time.
 */
matched: number, 
/**
 * Photos that became a further submission of a student.
 */
resubmitted: number, 
/**
 * Photos the round already has, byte for byte, for the same student or pile.
 */
already_there: number, 
/**
 * Photos of a set that the studio gave back, byte for byte as they were delivered: they are not taken in again.
 */
unchanged: number, 
/**
 * Photos that fit several students.
 */
ambiguous: number, 
/**
 * Photos whose key nobody on the roster has.
 */
not_on_roster: number, 
/**
 * Photos whose name tells nothing.
 */
unknown: number, 
/**
 * Photos of students who are exempt, each with a reason in `lines`.
 */
excluded: number, 
/**
 * Same bytes under two students; these are matched too and shown as a warning.
 */
shared: number, 
/**
 * Students of whom several new photos came at once: the newest is proposed, a person picks.
 */
together: number, 
/**
 * Files refused, each with a reason in `lines`.
 */
refused: number, 
/**
 * System files passed over.
 */
ignored: number, 
/**
 * Index workbooks that said whose photos the files are.
 */
indexes: number, 
/**
 * That they came before or after the round's window; empty when they did not.
 */
outside_window: string, 
/**
 * Photos that came after the last submission the round allows; they are taken in and marked.
 */
over_limit: number, 
/**
 * Students of whom nothing was in the set that the studio gave back, each with a line in `lines`.
 */
not_returned: number, 
/**
 * Photos matched by name while a number in the same file's name is nobody's on the roster.
 */
beside_number: number, 
/**
 * The first of them, one by one.
 */
beside: Array<IntakeLine>, 
/**
 * The job was cancelled; what is counted above stays done.
 */
cancelled: boolean, 
/**
 * One line for every refused file, every photo of an exempt student, every file whose index and name disagree, every delivered photo that did not come back, and every source that could not be read; the first of them.
 */
lines: Array<IntakeLine>, 
/**
 * Further lines: `job_lines` has them.
 */
lines_left: number, };

export type JobId = { 
/**
 * Its number.
 */
job: number, };

export type JobKind = "example" | "intake" | "checks" | "delivery" | "prints" | "archive" | "erase" | "backup";

export type JobLines = { 
/**
 * How many there are.
 */
total: number, 
/**
 * The lines asked for.
 */
rows: Array<IntakeLine>, };

export type JobLinesAsk = { 
/**
 * Its number.
 */
job: number, 
/**
 * Lines to skip.
 */
offset: number, 
/**
 * Lines wanted, at most 1000.
 */
limit: number, };

export type JobOutcome = { "kind": "example", 
/**
 * Its id.
 */
round: number, } | { "kind": "intake", 
/**
 * The counts.
 */
report: IntakeReport, } | { "kind": "codes", 
/**
 * The counts.
 */
report: FilingReport, } | { "kind": "references", 
/**
 * The counts.
 */
report: FilingReport, } | { "kind": "checks", 
/**
 * How many.
 */
checked: number, 
/**
 * Stopped early by the reviewer.
 */
cancelled: boolean, } | { "kind": "delivery", 
/**
 * The report.
 */
report: DeliveryReport, } | { "kind": "repeated", 
/**
 * The report.
 */
report: DeliveryRepeated, } | { "kind": "prints", 
/**
 * The report.
 */
report: PrintsReport, } | { "kind": "archive", 
/**
 * The report.
 */
report: ArchiveReport, } | { "kind": "erase", 
/**
 * What.
 */
report: ErasedView, } | { "kind": "backed_up", 
/**
 * It.
 */
backup: BackupCard, } | { "kind": "copied_out", 
/**
 * The report.
 */
report: BackupCopied, } | { "kind": "restored", 
/**
 * The report.
 */
report: BackupRestored, } | { "kind": "backup_verified", 
/**
 * The report.
 */
report: BackupVerified, };

export type JobStarted = { 
/**
 * Its number.
 */
job: number, };

export type JobState = { 
/**
 * Its number.
 */
job: number, 
/**
 * What kind.
 */
kind: JobKind, 
/**
 * The round it works on; `null` while the example round is being made.
 */
round: number | null, 
/**
 * What it is doing now, in Chinese.
 */
stage: string, 
/**
 * Photos done in this stage.
 */
done: number, 
/**
 * Photos in this stage; 0 while it is being counted.
 */
total: number, 
/**
 * Seconds since the stage began.
 */
seconds: number, 
/**
 * Cancelling was asked for.
 */
cancelling: boolean, 
/**
 * Whether whoever asks may cancel it: who started it, and who may start one of its kind.
 */
may_cancel: boolean, 
/**
 * It has ended.
 */
finished: boolean, 
/**
 * Why it failed; `null` unless it did.
 */
failure: Failure | null, 
/**
 * What it brought; `null` until it has ended well.
 */
outcome: JobOutcome | null, };

export type KeyBinding = { 
/**
 * The act, as the screens name it.
 */
act: string, 
/**
 * Places of keys, as `KeyboardEvent.code` names them.
 */
codes: Array<string>, };

export type KeyBindings = { 
/**
 * One per act.
 */
bindings: Array<KeyBinding>, };

export type KeyChanged = { 
/**
 * What is still to be done; mostly empty. A station has nothing to say here: it is for a host with a keychain.
 */
note: string, };

export type LeftOutAsk = { 
/**
 * How it would be delivered.
 */
options: DeliveryOptions, 
/**
 * Which of them.
 */
which: LeftOutOf, 
/**
 * First row.
 */
offset: number, 
/**
 * Most rows.
 */
limit: number, };

export type LeftOutOf = "not_ready" | "before";

export type LeftOutPage = { 
/**
 * How many there are.
 */
total: number, 
/**
 * The rows.
 */
rows: Array<NotDelivered>, };

export type LogEntry = { 
/**
 * Running number.
 */
id: number, 
/**
 * When, as "YYYY-MM-DD HH:MM:SS" local time.
 */
at: string, 
/**
 * 审核人.
 */
reviewer: string, 
/**
 * What was done, in Chinese.
 */
act: string, 
/**
 * To whom or what: 学号 and 姓名, a file, a folder.
 */
subject: string, 
/**
 * State before, one line; empty when there was none.
 */
before: string, 
/**
 * State after, one line.
 */
after: string, };

export type LogPage = { 
/**
 * How many rows there are in all.
 */
total: number, 
/**
 * The rows asked for.
 */
entries: Array<LogEntry>, };

export type LogQuery = { 
/**
 * The round; `null` for all.
 */
round: number | null, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 500.
 */
limit: number, };

export type LogSave = { 
/**
 * The round; `null` for all.
 */
round: number | null, 
/**
 * Folder to write into.
 */
folder: string, };

export type MappedColumn = { 
/**
 * Letter, e.g. "C".
 */
letter: string, 
/**
 * Title of its field.
 */
field: string, };

export type MarkView = { "shape": "horizontal_line", 
/**
 * y.
 */
y: number, 
/**
 * Lowest allowed y.
 */
min: number | null, 
/**
 * Highest allowed y.
 */
max: number | null, } | { "shape": "vertical_line", 
/**
 * x.
 */
x: number, 
/**
 * Lowest allowed x.
 */
min: number | null, 
/**
 * Highest allowed x.
 */
max: number | null, } | { "shape": "segment", 
/**
 * One end.
 */
from: [number, number], 
/**
 * The other end.
 */
to: [number, number], } | { "shape": "rect", 
/**
 * Where.
 */
rect: RectView, } | { "shape": "points", 
/**
 * Each `[x, y]`.
 */
points: Array<[number, number]>, };

export type NearPhotoView = { 
/**
 * The submission.
 */
submission: number, 
/**
 * SHA-256 of its photo, for its address.
 */
photo: string, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * In how many of 256 bits the two pictures differ.
 */
distance_bits: number, 
/**
 * Its file is the same, byte for byte.
 */
same: boolean, 
/**
 * It was rejected, and is this student's own.
 */
rejected: boolean, 
/**
 * The picture; `null` when it cannot be shown.
 */
picture: PictureView | null, 
/**
 * Left and right iris, px of the picture; `null` without a face.
 */
eyes: [[number, number], [number, number]] | null, };

export type NotDelivered = { 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * 学院.
 */
college: string, 
/**
 * Why.
 */
why: string, 
/**
 * The current submission; `null` when none.
 */
submission: number | null, };

export type NoticeAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * The template to fill; empty for the one that was kept.
 */
template: string, 
/**
 * The day until which another photo may come, YYYY-MM-DD; empty for the day that was told last, where it has not
 * passed, else the last day of the round.
 */
deadline: string, };

export type NoticeGroup = { 
/**
 * 学院; empty where the roster has none.
 */
college: string, 
/**
 * How many.
 */
students: number, 
/**
 * Of them, those not marked as told.
 */
untold: number, 
/**
 * A text for the college's group: every student with the reasons.
 */
text: string, 
/**
 * The same of those not marked as told; empty where all were.
 */
untold_text: string, };

export type NoticeMark = { 
/**
 * The round.
 */
round: number, 
/**
 * The rejected submissions.
 */
submissions: Array<number>, 
/**
 * Told, or not told after all.
 */
told: boolean, 
/**
 * The day they were told of, YYYY-MM-DD, or empty.
 */
deadline: string, };

export type NoticeMarked = { 
/**
 * Photos whose mark changed.
 */
changed: number, };

export type NoticeRow = { 
/**
 * The rejected submission.
 */
submission: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * 学院.
 */
college: string, 
/**
 * 班级.
 */
class: string, 
/**
 * Where the photo stands, as students know it: 审核失败.
 */
state: string, 
/**
 * The reasons, as one text.
 */
reasons: string, 
/**
 * The template filled.
 */
text: string, 
/**
 * In how many parts it goes out as a text message, the signature counted.
 */
parts: number, 
/**
 * When it was marked as told, local time; empty when it was not.
 */
told_at: string, 
/**
 * The day until which another may come, as the student was told, YYYY-MM-DD; empty when none was told.
 */
told_until: string, 
/**
 * That day has passed, and nothing came.
 */
is_overdue: boolean, };

export type NoticeTemplate = { 
/**
 * The template; empty for the one the program brings.
 */
template: string, };

export type NoticeView = { 
/**
 * The template that was filled.
 */
template: string, 
/**
 * Words that may stand between braces.
 */
placeholders: Array<string>, 
/**
 * Words between braces that mean nothing.
 */
unknown: Array<string>, 
/**
 * The day that was filled in, YYYY-MM-DD, or empty.
 */
deadline: string, 
/**
 * Whole days from today until then, 0 on the day, negative after it; `null` without one.
 */
days_left: number | null, 
/**
 * Students whose newest photo is rejected, by college, class and 学号.
 */
rows: Array<NoticeRow>, 
/**
 * The same by college, as one text each.
 */
groups: Array<NoticeGroup>, 
/**
 * Those without a photo, by college and class; only those where somebody is missing.
 */
missing: Array<ChaseRow>, 
/**
 * Students without a photo.
 */
missing_total: number, 
/**
 * Of them, those of whom a photo may wait in the piles to be claimed: texts name them apart.
 */
claimed_total: number, 
/**
 * Students who are to be collected (应采).
 */
students: number, 
/**
 * 免采: on the roster, and not chased.
 */
exempt: number, 
/**
 * One line that sums up who is missing.
 */
missing_line: string, 
/**
 * The signature of its text messages, without brackets; empty for none.
 */
signature: string, };

export type OutsideLine = { 
/**
 * What, in Chinese.
 */
what: string, 
/**
 * The folder or file; empty where it is not known.
 */
path: string, 
/**
 * When it was written.
 */
at: string, };

export type PageCommit = { 
/**
 * The round.
 */
round: number, 
/**
 * The ticked ones; what is not named stays as it is.
 */
approve: Array<PageItem>, };

export type PageCommitted = { 
/**
 * The approved ones as they stand now.
 */
items: Array<QueueItem>, 
/**
 * Left out: they came with other photos of their students, and nobody said which of them counts.
 */
unpicked: number, };

export type PageItem = { 
/**
 * The submission.
 */
submission: number, 
/**
 * Id of the decision the reviewer saw; `null` when undecided.
 */
seen_decision: number | null, 
/**
 * 学号 that the card showed; another student meanwhile is a conflict.
 */
seen_student: string, };

export type PairFigures = { 
/**
 * One of them.
 */
one: string, 
/**
 * The other.
 */
other: string, 
/**
 * Photos.
 */
photos: number, 
/**
 * Of them, with the same verdict.
 */
agreed: number, 
/**
 * Cohen's κ over 通过/退回/存疑; `null` where chance alone would agree on all.
 */
kappa: number | null, };

export type PaperAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * 学院.
 */
college: string, 
/**
 * 班级.
 */
class: string, };

export type PaperClass = { 
/**
 * 学院.
 */
college: string, 
/**
 * 班级.
 */
class: string, 
/**
 * Students on the roster.
 */
students: number, 
/**
 * Students whose paper photos are to come: delivered, and neither given back nor put in question since.
 */
expected: number, 
/**
 * Of those, whose paper photo has come.
 */
arrived: number, 
/**
 * Students whose paper photo has come though none is to come.
 */
besides: number, };

export type PaperMark = { 
/**
 * The round.
 */
round: number, 
/**
 * The students.
 */
students: Array<number>, 
/**
 * Whether they have come.
 */
arrived: boolean, };

export type PaperMarked = { 
/**
 * Students.
 */
changed: number, 
/**
 * Who, where they are few; else empty.
 */
whom: string, };

export type PaperRow = { 
/**
 * The student.
 */
student: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * How far the student has come.
 */
stage: string, 
/**
 * Whether one is to come: a photo was delivered, and neither given back nor put in question since.
 */
expected: boolean, 
/**
 * Whether it has come.
 */
arrived: boolean, };

export type PassphraseChange = { 
/**
 * The one so far.
 */
old: string, 
/**
 * The one from now on.
 */
new: string, };

export type PassphraseGiven = { 
/**
 * It; empty for a workspace that is to be plain.
 */
passphrase: string, };

export type PeopleView = { 
/**
 * In the order they were added.
 */
people: Array<PersonCard>, 
/**
 * Minutes without work until a session locks; 0 for never.
 */
idle_minutes: number, };

export type PersonAdd = { 
/**
 * Name.
 */
name: string, 
/**
 * What the person may do.
 */
roles: RoleSet, 
/**
 * The first PIN.
 */
pin: string, };

export type PersonCard = { 
/**
 * Id.
 */
person: number, 
/**
 * Name.
 */
name: string, 
/**
 * What the person may do.
 */
roles: RoleSet, 
/**
 * Whether a PIN is set.
 */
has_pin: boolean, 
/**
 * Wrong PINs since the last right one.
 */
wrong: number, 
/**
 * Whether the person left.
 */
disabled: boolean, 
/**
 * Whether the name stands under something, and can be mended no more.
 */
signed: boolean, };

export type PersonDisable = { 
/**
 * Who.
 */
person: number, 
/**
 * Whether the person left.
 */
disabled: boolean, };

export type PersonName = { 
/**
 * Id.
 */
person: number, 
/**
 * Name.
 */
name: string, };

export type PersonPin = { 
/**
 * Whose.
 */
person: number, 
/**
 * The new PIN.
 */
pin: string, };

export type PersonRename = { 
/**
 * Whose.
 */
person: number, 
/**
 * The right name.
 */
name: string, };

export type PersonRoles = { 
/**
 * Whose.
 */
person: number, 
/**
 * What the person may do.
 */
roles: RoleSet, };

export type PhotoInDoubt = { 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * 学院.
 */
college: string, 
/**
 * Why it is told.
 */
why: string, 
/**
 * The submission.
 */
submission: number, };

export type PhotosImport = { 
/**
 * The round.
 */
round: number, 
/**
 * Paths as chosen or dropped.
 */
paths: Array<string>, 
/**
 * What they are.
 */
kind: PhotosKind, 
/**
 * Of what the studio gave back: which delivery it answers, from 1; `null` for the last one that each student was in.
 */
delivery: number | null, };

export type PhotosKind = "photos" | "returned" | "codes" | "references";

export type PictureView = { 
/**
 * Width, px of the original.
 */
width_px: number, 
/**
 * Height, px of the original.
 */
height_px: number, };

export type PileAssign = { 
/**
 * The submission.
 */
submission: number, 
/**
 * The student.
 */
student: number, };

export type PileAssignAll = { 
/**
 * The round.
 */
round: number, 
/**
 * Which photo to whom.
 */
pairs: Array<PileAssign>, };

export type PileDismiss = { 
/**
 * The round.
 */
round: number, 
/**
 * The submissions.
 */
submissions: Array<number>, };

export type PileItem = { 
/**
 * The submission.
 */
submission: number, 
/**
 * SHA-256, for the photo's address.
 */
photo: string, 
/**
 * File name as received.
 */
file_name: string, 
/**
 * What was read from the name, or whose it is now; one line.
 */
detail: string, 
/**
 * Students who fit.
 */
candidates: Array<StudentHit>, };

export type PilePair = { 
/**
 * The submission.
 */
submission: number, 
/**
 * File name as received.
 */
file_name: string, 
/**
 * The student.
 */
student: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, };

export type PileProposal = { 
/**
 * The reason, in words.
 */
reason: string, 
/**
 * Each photo and its student; no student twice, none who has a photo already.
 */
pairs: Array<PilePair>, };

export type Piles = { 
/**
 * 不能确定是谁: there are candidates.
 */
ambiguous: Array<PileItem>, 
/**
 * 名单中无此人.
 */
not_on_roster: Array<PileItem>, 
/**
 * 认不出或已取出.
 */
unknown: Array<PileItem>, 
/**
 * 同一照片用于多名学生 (matched, but to be looked at).
 */
shared: Array<PileItem>, 
/**
 * 免采学生的照片: not collected, for the reason in `detail`.
 */
excluded: Array<PileItem>, 
/**
 * 不处理: put aside by hand.
 */
dismissed: Array<PileItem>, 
/**
 * What could be said of many photos of the piles at once; nothing is done before a person says so.
 */
proposals: Array<PileProposal>, };

export type PinChange = { 
/**
 * The PIN so far; empty for none.
 */
old: string, 
/**
 * The new one; empty for none.
 */
new: string, };

export type PlanRef = { 
/**
 * The plan.
 */
plan: number, };

export type PlanReleased = { 
/**
 * Approved.
 */
approved: number, 
/**
 * Of the set, but changed since, and left alone.
 */
passed_over: number, 
/**
 * The plan.
 */
plan: PlanView, };

export type PlanView = { 
/**
 * Id.
 */
plan: number, 
/**
 * Queue in which the sample lies among other photos.
 */
queue: string, 
/**
 * Who made it.
 */
reviewer: string, 
/**
 * When, local time.
 */
at: string, 
/**
 * Greatest share of faulty photos let through, in 1/1000.
 */
defect_limit_permille: number, 
/**
 * Confidence, percent.
 */
confidence_percent: number, 
/**
 * Seed of the draw, as text: JSON numbers end at 2^53.
 */
seed: string, 
/**
 * Photos in the set.
 */
set: number, 
/**
 * Photos in the sample.
 */
sample_size: number, 
/**
 * Photos in the mixed queue, and how many of them are decided.
 */
mixed: number, 
/**
 * Of those, decided.
 */
mixed_decided: number, 
/**
 * `reviewing`, `clean`, `blocked`, `released`, `withdrawn`.
 */
state: string, 
/**
 * Rejected or held of what was looked at of the set.
 */
faults: number, 
/**
 * Rules named by the rejections, to be tightened.
 */
tighten: Array<string>, 
/**
 * What a release would approve now.
 */
rest: number, 
/**
 * Of the sample, undecided and to be decided on no more: replaced by a newer photo, or the student is exempt or off
 * the roster. Such a plan comes to no end.
 */
gone: number, };

export type PrintsArea = { 
/**
 * Left edge.
 */
x: number, 
/**
 * Upper edge.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, 
/**
 * Which student of the page, from 0.
 */
student: number, };

export type PrintsAsked = { 
/**
 * The round.
 */
round: number, 
/**
 * Prints of 2寸.
 */
two_inch: number, 
/**
 * Prints of 1寸.
 */
one_inch: number, };

export type PrintsKey = "serial" | "student_no";

export type PrintsKind = "layout" | "proof" | "contact";

export type PrintsOptions = { 
/**
 * The round.
 */
round: number, 
/**
 * What.
 */
kind: PrintsKind, 
/**
 * What may leave the office; 核对表 does not leave it.
 */
mode: DeliveryMode, 
/**
 * What tells a student.
 */
key: PrintsKey, 
/**
 * Whether the name is written too; never in 采集码模式, always on 核对表.
 */
names: boolean, 
/**
 * The paper of 排版.
 */
paper: PrintsPaper, 
/**
 * Prints of 2寸 a student gets, 0 to 40.
 */
two_inch: number, 
/**
 * What 2寸 is.
 */
two_inch_size: PrintsTwoInch, 
/**
 * Prints of 1寸 (25×35 mm) a student gets, 0 to 40.
 */
one_inch: number, 
/**
 * What begins a new file; 核对表 is always by class.
 */
split: PrintsSplit, };

export type PrintsPaper = "a4" | "six_inch";

export type PrintsPreview = { 
/**
 * Approved students.
 */
students: number, 
/**
 * Photos on paper.
 */
prints: number, 
/**
 * Pages.
 */
pages: number, 
/**
 * PDF files.
 */
files: number, 
/**
 * Students on a full page.
 */
per_page: number, 
/**
 * Width of the paper, mm.
 */
width_mm: number, 
/**
 * Height of the paper, mm.
 */
height_mm: number, 
/**
 * The photos of a full page.
 */
photos: Array<PrintsArea>, 
/**
 * Pixels per inch that the finished photos have in the largest print.
 */
dpi: number, 
/**
 * The fonts that captions are set in, first the main one.
 */
fonts: Array<string>, 
/**
 * Characters that no font of this computer has, one Chinese line per student.
 */
missing: Array<string>, 
/**
 * What should be thought over, one Chinese line each.
 */
warnings: Array<string>, 
/**
 * What stops it; empty when it can be printed.
 */
problems: Array<string>, };

export type PrintsReport = { 
/**
 * What.
 */
kind: PrintsKind, 
/**
 * Folder written.
 */
folder: string, 
/**
 * The PDF files, by name.
 */
files: Array<string>, 
/**
 * Students.
 */
students: number, 
/**
 * Photos on paper.
 */
prints: number, 
/**
 * Pages.
 */
pages: number, 
/**
 * Characters to be added by hand, one Chinese line per student.
 */
missing: Array<string>, };

export type PrintsSplit = "whole" | "college" | "class";

export type PrintsTwoInch = "standard" | "small";

export type PrintsWrite = { 
/**
 * How.
 */
options: PrintsOptions, 
/**
 * Folder to write into; a new folder is made inside.
 */
target: string, };

export type ProfileCard = { 
/**
 * Id, e.g. `moe99`.
 */
name: string, 
/**
 * What staff read.
 */
title: string, 
/**
 * Where it comes from.
 */
source: string, };

export type QueueCount = { 
/**
 * Key: `pending`, `clear`, `hints`, `failing`, `unknown`, `held`, `resubmitted`, `shared`, `approved`, `rejected`, `second`, `differing`, `mine`, `rule:GEO-02`, `college:…`.
 */
queue: string, 
/**
 * What staff read.
 */
title: string, 
/**
 * How many.
 */
count: number, };

export type QueueFilter = { 
/**
 * The round.
 */
round: number, 
/**
 * Keys of fixed queues (`failing`, `held`, …).
 */
queues: Array<string>, 
/**
 * Codes of failing rules.
 */
codes: Array<string>, 
/**
 * 学院.
 */
colleges: Array<string>, 
/**
 * Only what the reviewer at the desk decided.
 */
mine: boolean, 
/**
 * Part of 学号 or 姓名, or pinyin initials of the name; may be empty.
 */
text: string, 
/**
 * Most photos of the answer, by 学号; `null` for all. How many there are is told all the same.
 */
limit: number | null, };

export type QueueItem = { 
/**
 * The submission.
 */
submission: number, 
/**
 * SHA-256 of the photo, for its address.
 */
photo: string, 
/**
 * 学号; empty while unmatched.
 */
student_no: string, 
/**
 * 姓名; empty while unmatched.
 */
name: string, 
/**
 * 学院.
 */
college: string, 
/**
 * The how-manieth submission of the student, from 1.
 */
sequence: number, 
/**
 * `pass`, `warn`, `fail`, `unknown`, or empty while unchecked.
 */
verdict: string, 
/**
 * The failing rules' codes.
 */
failing: Array<string>, 
/**
 * `approved`, `rejected`, `held`, `reviewing` while a second review waits and the first verdict is withheld, or
 * empty while undecided.
 */
decision: string, 
/**
 * Id of the decision that stands; `null` while undecided or withheld.
 */
decision_id: number | null, };

export type QueueMore = { 
/**
 * The round.
 */
round: number, 
/**
 * Key of the queue.
 */
queue: string, 
/**
 * 学号 of the last item there is.
 */
after: string, 
/**
 * Most items to answer with; fewer mean that the queue is at its end.
 */
limit: number, };

export type QueueOpen = { 
/**
 * The round.
 */
round: number, 
/**
 * Key of the queue.
 */
queue: string, 
/**
 * Most items to answer with, so that a long queue shows its first photo at once; `null` for all.
 */
limit: number | null, };

export type QueueOpened = { 
/**
 * Key of the queue.
 */
queue: string, 
/**
 * Title of the queue.
 */
title: string, 
/**
 * In the order of 学号; the first of them where a limit was asked for.
 */
items: Array<QueueItem>, 
/**
 * How many there are in all.
 */
total: number, };

export type Reason = { 
/**
 * Code of the rule it comes from; `null` when typed by hand.
 */
code: string | null, 
/**
 * What the student reads.
 */
text: string, };

export type ReasonTemplate = { 
/**
 * Code of the rule.
 */
code: string, 
/**
 * Short title.
 */
title: string, 
/**
 * What the student reads.
 */
text: string, 
/**
 * Pinyin initials of title and text, to be found by without an input method.
 */
initials: string, };

export type ReceiptAssign = { 
/**
 * The round.
 */
round: number, 
/**
 * The row.
 */
receipt: number, 
/**
 * The student.
 */
student: number, };

export type ReceiptAssigned = { 
/**
 * 学号 and name.
 */
whose: string, 
/**
 * The delivered file that the row answers, or empty where none had been delivered when the list was read.
 */
delivered: string, };

export type ReceiptCell = { 
/**
 * The cell.
 */
cell: string, 
/**
 * What is wrong, and what to do.
 */
why: string, };

export type ReceiptList = { 
/**
 * File name.
 */
file: string, 
/**
 * What it told of.
 */
kinds: string, 
/**
 * Rows that stand.
 */
rows: number, 
/**
 * Who read it.
 */
reviewer: string, 
/**
 * When, local time.
 */
read_at: string, };

export type ReceiptSettle = { 
/**
 * The round.
 */
round: number, 
/**
 * The row.
 */
receipt: number, 
/**
 * `accepted` or `returned`.
 */
state: string, 
/**
 * Why it was given back, as the student is to read it; empty for what the row itself says.
 */
reason: string, };

export type ReceiptSettled = { 
/**
 * 学号 and name, or empty where it is about nobody yet.
 */
whose: string, 
/**
 * 已接收 or 退回.
 */
meaning: string, };

export type ReceiptsDrop = { 
/**
 * The round.
 */
round: number, 
/**
 * The rows.
 */
receipts: Array<number>, };

export type ReceiptsDropped = { 
/**
 * Rows.
 */
dropped: number, 
/**
 * Whose, where that is known and they are few; else empty.
 */
whom: string, };

export type ReceiptsImport = { 
/**
 * The round.
 */
round: number, 
/**
 * The file.
 */
path: string, 
/**
 * What it tells of: `studio`, `enrolment`, `register`, `confirmation`; empty to tell by its columns.
 */
kind: string, 
/**
 * Which delivery it answers, from 1; `null` for the last one that each student was in.
 */
delivery: number | null, };

export type ReceiptsImported = { 
/**
 * File name.
 */
file: string, 
/**
 * What it told of.
 */
kinds: string, 
/**
 * Rows added.
 */
added: number, 
/**
 * Rows that say what is known already.
 */
known: number, 
/**
 * Of these, rows of which a person has said before what they mean, or whose they are.
 */
settled: number, 
/**
 * Rows that a person has put aside (不计) before.
 */
dropped: number, 
/**
 * Rows of 学信网's lists about students who are not on the roster.
 */
elsewhere: number, 
/**
 * The first of them: the cell, and whom it names.
 */
strangers: Array<ReceiptCell>, 
/**
 * Of those added, rows that say the studio gave a photo back.
 */
returned: number, 
/**
 * Of those added, rows of which a person is to say whether the photo was taken or given back.
 */
unsettled: number, 
/**
 * Cells that are not understood, or that name no student or several.
 */
unclear_total: number, 
/**
 * The first of them.
 */
unclear: Array<ReceiptCell>, };

export type ReceiptsReject = { 
/**
 * The round.
 */
round: number, 
/**
 * Rows of receipts; empty for all that are open.
 */
receipts: Array<number>, };

export type ReceiptsRejected = { 
/**
 * Photos rejected.
 */
rejected: number, };

export type ReconcileAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * Only this kind; empty for all.
 */
kind: string, 
/**
 * Part of a 学号 or of a name; empty for all.
 */
text: string, 
/**
 * First row.
 */
offset: number, 
/**
 * Most rows.
 */
limit: number, };

export type ReconcileKind = { 
/**
 * Its word.
 */
kind: string, 
/**
 * Its name.
 */
title: string, 
/**
 * What to do.
 */
remedy: string, 
/**
 * How many there are.
 */
count: number, };

export type ReconcilePage = { 
/**
 * How many there are.
 */
total: number, 
/**
 * The rows.
 */
rows: Array<ReconcileRow>, };

export type ReconcilePart = { 
/**
 * What falls into it.
 */
title: string, 
/**
 * How many.
 */
number: number, 
/**
 * Word of the kind of difference by which they are listed, `all` for those of every kind; empty where nothing is to be
 * done about them.
 */
kind: string, };

export type ReconcileRow = { 
/**
 * The kind's word.
 */
kind: string, 
/**
 * The kind's name.
 */
title: string, 
/**
 * What to do.
 */
remedy: string, 
/**
 * 学号, or empty.
 */
student_no: string, 
/**
 * 姓名, or what a list has in its place.
 */
name: string, 
/**
 * 学院.
 */
college: string, 
/**
 * 班级.
 */
class: string, 
/**
 * More about it: the reason, the delivered file, what a list says.
 */
text: string, 
/**
 * The list and the cell that say so, or empty.
 */
source: string, 
/**
 * The photo concerned; `null` when none.
 */
submission: number | null, 
/**
 * The row of a receipt; `null` when none.
 */
receipt: number | null, 
/**
 * The students who fit what a receipt says, where several do.
 */
candidates: Array<StudentHit>, };

export type ReconcileSum = { 
/**
 * What is summed up.
 */
title: string, 
/**
 * How many there are.
 */
whole: number, 
/**
 * The parts; they add up to the whole.
 */
parts: Array<ReconcilePart>, };

export type ReconcileView = { 
/**
 * The sums: every whole with parts that add up to it.
 */
sums: Array<ReconcileSum>, 
/**
 * Every kind of difference there is, in the order in which they are dealt with.
 */
kinds: Array<ReconcileKind>, 
/**
 * All differences.
 */
differences: number, 
/**
 * Students on the roster.
 */
students: number, 
/**
 * Of them, those of whom nothing is open.
 */
clear: number, 
/**
 * Photos that the studio gave back and that are still approved here.
 */
returned: number, 
/**
 * The lists that were read, first to last.
 */
lists: Array<ReceiptList>, 
/**
 * How many deliveries there were: a list may be said to answer one of them.
 */
deliveries: number, };

export type RecoveryGiven = { 
/**
 * As typed.
 */
code: string, };

export type RecoveryShown = { 
/**
 * Nine groups of four signs with hyphens; empty for a plain workspace, which has none.
 */
code: string, 
/**
 * What is still to be done beside keeping the code; mostly empty.
 */
note: string, };

export type RectView = { 
/**
 * Left.
 */
x: number, 
/**
 * Top.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, };

export type ReferenceView = { 
/**
 * SHA-256, for its address.
 */
photo: string, 
/**
 * File name as received.
 */
file_name: string, 
/**
 * The picture.
 */
picture: PictureView, 
/**
 * Left and right iris, px of the picture; `null` where no face was found.
 */
eyes: [[number, number], [number, number]] | null, };

export type RefusedCell = { 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row as in Excel.
 */
row: number, 
/**
 * Column letter; empty when the whole row is meant.
 */
column: string, 
/**
 * Cell address, e.g. "C17".
 */
cell: string, 
/**
 * 学号 of the row where it could be read.
 */
student_no: string, 
/**
 * 姓名 of the row where it could be read.
 */
name: string, 
/**
 * What is wrong.
 */
problem: string, 
/**
 * What to do.
 */
remedy: string, };

export type RefusedSave = { 
/**
 * The round that the roster was to be of: the list of what lies outside the workspace has the file.
 */
round: number, 
/**
 * The file; empty for what was pasted.
 */
path: string, 
/**
 * What was pasted; empty for a file.
 */
pasted: string, 
/**
 * The preview's digest.
 */
digest: string, 
/**
 * Folder to write into.
 */
folder: string, };

export type RemedyGroup = { 
/**
 * What is wrong, in a few words.
 */
title: string, 
/**
 * What to do.
 */
remedy: string, 
/**
 * How many cells.
 */
cells: number, 
/**
 * The addresses of the first of them, e.g. "C17".
 */
first: Array<string>, };

export type RetentionSet = { 
/**
 * The round.
 */
round: number, 
/**
 * Last day, "YYYY-MM-DD", or empty for none.
 */
keep_until: string, };

export type RevealedNumber = { 
/**
 * As the roster has it.
 */
number: string, 
/**
 * How long it may be shown, seconds.
 */
seconds: number, };

export type ReviewAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * `held`, `sampled` or `share`.
 */
why: string, 
/**
 * Of `share`: how much of the decided photos that can be chosen, percent, 1 to 100.
 */
percent: number, };

export type ReviewBook = { 
/**
 * Photos that can be chosen: 存疑.
 */
held: number, 
/**
 * Photos that can be chosen: decided in the sample of a sampling plan.
 */
sampled: number, 
/**
 * Photos that can be chosen: decided, whichever way.
 */
decided: number, 
/**
 * Reviews that wait for a second verdict.
 */
waiting: number, 
/**
 * Of them, those the reviewer at the desk may give.
 */
waiting_for_me: number, 
/**
 * People besides the reviewer at the desk who could give a second verdict.
 */
others: number, 
/**
 * Two verdicts that are the same.
 */
agreed: number, 
/**
 * Two verdicts that differ, and nobody decided since.
 */
differing: number, 
/**
 * Two verdicts that differed until somebody decided anew.
 */
settled: number, 
/**
 * A hold that the second verdict ended.
 */
resolved: number, 
/**
 * Photos approved by a release, unseen, that got a second verdict: no opinions of two, and in no pair and no rule.
 */
released: number, 
/**
 * Of them, not approved: found after the release.
 */
released_faults: number, 
/**
 * Reviews with both verdicts, newest choice first; at most 500.
 */
lines: Array<ReviewLine>, 
/**
 * Agreement of two people, the pair with most photos first.
 */
pairs: Array<PairFigures>, 
/**
 * Agreement on the reasons of rejections, the most named first.
 */
rules: Array<RuleAgreement>, };

export type ReviewLine = { 
/**
 * The submission.
 */
submission: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * Why it was chosen: `held`, `sampled` or `share`.
 */
why: string, 
/**
 * `agreed`, `differs`, `settled` or `resolved`.
 */
state: string, 
/**
 * The first verdict.
 */
first: DecisionView, 
/**
 * The second verdict.
 */
second: DecisionView, 
/**
 * What stands since, where somebody decided anew.
 */
last: DecisionView | null, };

export type ReviewView = { 
/**
 * `open`, `agreed`, `differs`, `settled` or `resolved`.
 */
state: string, 
/**
 * While open: the first verdict is that of the reviewer at the desk, who may not give the second.
 */
own: boolean, 
/**
 * The first verdict; `null` while open.
 */
first: DecisionView | null, 
/**
 * The second verdict; `null` while open.
 */
second: DecisionView | null, };

export type ReviewerFigures = { 
/**
 * Name.
 */
reviewer: string, 
/**
 * Decisions that stand.
 */
standing: number, 
/**
 * Decisions made in all.
 */
made: number, 
/**
 * Median seconds from one decision to the next within a sitting; `null` while too few were made.
 */
seconds_per_photo: number | null, 
/**
 * Standing approvals of photos that the machine fails.
 */
passed_failing: number, 
/**
 * Standing rejections of photos in which the machine found nothing.
 */
rejected_clear: number, };

export type ReviewerSet = { 
/**
 * 审核人, 1 to 40 characters.
 */
name: string, 
/**
 * The PIN, which whoever works alone may go without; empty for none.
 */
pin: string, };

export type ReviewsChanged = { 
/**
 * Chosen, or given up.
 */
count: number, };

export type RoleSet = { 
/**
 * 审核员.
 */
reviewer: boolean, 
/**
 * 负责人.
 */
lead: boolean, 
/**
 * 保管员.
 */
keeper: boolean, };

export type RosterColumn = { 
/**
 * Letter, e.g. "C".
 */
letter: string, 
/**
 * Header text.
 */
header: string, 
/**
 * Title of its field; `null` when ignored.
 */
field: string | null, 
/**
 * `sure`, `likely`, `doubtful`, `ignored`, or `remembered` when a person said so before.
 */
confidence: string, 
/**
 * Why it should be looked at; may be empty.
 */
why: string, 
/**
 * Some values, numbers of persons masked.
 */
samples: Array<string>, };

export type RosterCommit = { 
/**
 * The round.
 */
round: number, 
/**
 * Path of the workbook; empty when pasted.
 */
path: string, 
/**
 * What was pasted; empty for a file.
 */
pasted: string, 
/**
 * `digest` of the preview.
 */
digest: string, 
/**
 * Whether changed students are taken over; new ones are in any case.
 */
accept_updates: boolean, 
/**
 * 学号 of new and changed students that are left as they are all the same.
 */
without: Array<string>, 
/**
 * Columns of changed students that are left as they are, while their others are taken.
 */
without_fields: Array<FieldLeft>, 
/**
 * Students that the file does not list and that are to be taken off the roster; their photos stay.
 */
take_off: Array<number>, };

export type RosterCommitted = { 
/**
 * New students.
 */
added: number, 
/**
 * Changed students taken over.
 */
updated: number, 
/**
 * Changed students left as they were.
 */
kept: number, 
/**
 * Students taken off the roster.
 */
taken_off: number, 
/**
 * Unchanged.
 */
unchanged: number, 
/**
 * Refused rows.
 */
refused: number, 
/**
 * Photos out of the piles that now match a student.
 */
rematched: number, 
/**
 * Photos matched by 姓名 alone that now fit several students; they wait in the piles.
 */
questioned: number, };

export type RosterMap = { 
/**
 * Path of the workbook; empty when pasted.
 */
path: string, 
/**
 * Rows of text between tabs; empty for a file.
 */
pasted: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row of headers as Excel counts.
 */
header_row: number, 
/**
 * The columns that are kept; none forgets what was remembered.
 */
columns: Array<MappedColumn>, };

export type RosterPreview = { 
/**
 * Path read; empty when pasted.
 */
path: string, 
/**
 * Stands for the file or the pasted text and for the roster it was compared with, to be handed back to `roster_commit`
 * so that what is committed is what was seen.
 */
digest: string, 
/**
 * Sheet the roster was found on.
 */
sheet: string, 
/**
 * Row of the headers, counted as Excel does.
 */
header_row: number, 
/**
 * Rows read below the header.
 */
rows: number, 
/**
 * Students that are new.
 */
added: number, 
/**
 * The first 200 new students.
 */
added_sample: Array<StudentRow>, 
/**
 * Students whose columns change.
 */
updated: Array<StudentChange>, 
/**
 * Students that stay as they are.
 */
unchanged: number, 
/**
 * Students of the round that this file does not list; they are kept.
 */
not_in_file: number, 
/**
 * Those students, by 学号.
 */
vanished: Array<VanishedStudent>, 
/**
 * Rows whose 证件号码 another student of the round has; they are refused, and not listed there.
 */
conflicts: Array<RefusedCell>, 
/**
 * Rows that are refused; one with several problems counts once.
 */
refused_rows: number, 
/**
 * Their problems by kind, the most frequent first.
 */
remedies: Array<RemedyGroup>, 
/**
 * The first 1,000 problems of refused rows, with where and what to do.
 */
refused: Array<RefusedCell>, 
/**
 * Rows that are taken with a hint.
 */
hints: Array<RefusedCell>, 
/**
 * What staff may not notice of the sheet: hidden rows, merged titles and cells, formulas without a value.
 */
remarks: Array<string>, };

export type RosterSheet = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether staff see it when they open the file.
 */
visible: boolean, 
/**
 * Its likeliest row of headers as Excel counts.
 */
header_row: number, };

export type RosterSource = { 
/**
 * The round.
 */
round: number, 
/**
 * Path of the workbook; empty when pasted.
 */
path: string, 
/**
 * Rows of text between tabs; empty for a file.
 */
pasted: string, };

export type RosterSurveyAsk = { 
/**
 * Path of the workbook; empty when pasted.
 */
path: string, 
/**
 * Rows of text between tabs; empty for a file.
 */
pasted: string, 
/**
 * Sheet to look at; empty for the likeliest, or the one remembered.
 */
sheet: string, 
/**
 * Row of headers as Excel counts; 0 for the likeliest.
 */
header_row: number, };

export type RosterSurveyView = { 
/**
 * Its sheets.
 */
sheets: Array<RosterSheet>, 
/**
 * The sheet looked at.
 */
sheet: string, 
/**
 * The row of headers looked at, as Excel counts.
 */
header_row: number, 
/**
 * Every column with a header, left to right.
 */
columns: Array<RosterColumn>, 
/**
 * Titles of the fields to choose from.
 */
fields: Array<string>, 
/**
 * Titles of the fields that a roster needs and that no column has.
 */
missing: Array<string>, 
/**
 * Whether a person mapped a roster with these headers before, and that is shown.
 */
remembered: boolean, 
/**
 * What to know of the sheet: hidden, a header of two rows.
 */
remarks: Array<string>, };

export type RoundCard = { 
/**
 * Id.
 */
round: number, 
/**
 * Name.
 */
name: string, 
/**
 * 院校代码.
 */
school_code: string, 
/**
 * First day or empty.
 */
opens_on: string, 
/**
 * Last day or empty.
 */
closes_on: string, 
/**
 * Profile id.
 */
profile: string, 
/**
 * Profile title.
 */
profile_title: string, 
/**
 * 名单 = 应采 + 免采.
 */
students: number, 
/**
 * 应采 = 已交 + 未交.
 */
due: number, 
/**
 * 免采: on the roster, and not to be collected.
 */
exempt: number, 
/**
 * Students due with at least one photo (已交): those that wait, the decided, and those in question.
 */
submitted: number, 
/**
 * Students due without a photo (未交).
 */
missing: number, 
/**
 * Photos waiting for the automatic checks.
 */
unchecked: number, 
/**
 * Students whose current photo waits for a decision (待审).
 */
pending: number, 
/**
 * 通过.
 */
approved: number, 
/**
 * 退回.
 */
rejected: number, 
/**
 * 存疑.
 */
held: number, 
/**
 * Decided, and a second review waits (复审中).
 */
reviewing: number, 
/**
 * Two people judged it otherwise, not settled (意见不一).
 */
differing: number, 
/**
 * Students whose current photo might be another's (归属待确认): it lies in a pile, too.
 */
questioned: number, 
/**
 * Photos in piles: unknown, ambiguous, not on the roster, in question.
 */
in_piles: number, 
/**
 * Photos of students who are exempt.
 */
excluded: number, 
/**
 * Students with a picture of their 采集码.
 */
codes: number, 
/**
 * Students with a reference photo.
 */
references: number, 
/**
 * Students delivered.
 */
delivered: number, 
/**
 * It is closed: for reading only.
 */
closed: boolean, 
/**
 * It is archived.
 */
archived: boolean, 
/**
 * Its photos and personal data are deleted.
 */
erased: boolean, 
/**
 * Last day that its data is kept, or empty.
 */
keep_until: string, 
/**
 * Days until then, negative when past; `null` when no day is set.
 */
days_left: number | null, };

export type RoundClose = { 
/**
 * The round.
 */
round: number, 
/**
 * Why it is closed over the differences that are open; empty where there are none.
 */
reason: string, };

export type RoundCreate = { 
/**
 * Its name, e.g. "2026年非全日制研究生学历照片采集".
 */
name: string, 
/**
 * 院校代码, five digits, or empty.
 */
school_code: string, 
/**
 * First day, "YYYY-MM-DD", or empty.
 */
opens_on: string, 
/**
 * Last day, "YYYY-MM-DD", or empty.
 */
closes_on: string, 
/**
 * Profile id; see `profile_list`.
 */
profile: string, };

export type RoundEnter = { 
/**
 * The round's id; none where no round is open any more.
 */
round: number | null, };

export type RoundErase = { 
/**
 * The round.
 */
round: number, 
/**
 * Its name, typed to be sure.
 */
name: string, 
/**
 * Why it is deleted without an archive that holds every finished photo, or while the day its data is kept until was
 * not said or has not passed; empty where there is one and it has.
 */
waived: string, };

export type RoundProgress = { 
/**
 * 名单 = 应采 + 免采.
 */
students: number, 
/**
 * 免采.
 */
exempt: number, 
/**
 * 应采 = 已交 + 未交.
 */
due: number, 
/**
 * 已交: of those due, with a photo.
 */
submitted: number, 
/**
 * 未交: of those due, without.
 */
missing: number, 
/**
 * Without a decision on the newest photo.
 */
pending: number, 
/**
 * 通过, in no doubt.
 */
approved: number, 
/**
 * 退回, in no doubt.
 */
rejected: number, 
/**
 * 存疑, in no doubt.
 */
held: number, 
/**
 * Decided, and a second review waits.
 */
reviewing: number, 
/**
 * 意见不一: two people judged otherwise, and nobody settled it.
 */
differing: number, 
/**
 * Newest photos the machine has judged.
 */
judged: number, 
/**
 * Of them, 合格 by the machine on the student's newest photo.
 */
clear: number, 
/**
 * Median seconds from one decision to the next of all reviewers; `null` while too few were made.
 */
seconds_per_photo: number | null, 
/**
 * Seconds left for what is pending at that pace; `null` while it cannot be told.
 */
seconds_left: number | null, };

export type RoundRef = { 
/**
 * The round's id.
 */
round: number, };

export type RoundRename = { 
/**
 * The round.
 */
round: number, 
/**
 * What it is to be called.
 */
name: string, };

export type RuleAgreement = { 
/**
 * Code of the rule.
 */
code: string, 
/**
 * Short title.
 */
title: string, 
/**
 * Photos rejected for it by both.
 */
both: number, 
/**
 * By the first only.
 */
first_only: number, 
/**
 * By the second only.
 */
second_only: number, 
/**
 * Cohen's κ over "rejected for it" and "not"; `null` where chance alone would agree on all.
 */
kappa: number | null, };

export type RuleEdit = { 
/**
 * Stable code.
 */
code: string, 
/**
 * Whether the rule is asked.
 */
enabled: boolean, 
/**
 * What a value outside the band is: `fail` or `warn`.
 */
outside: string, 
/**
 * Lowest allowed value in the rule's unit; `null` for no limit.
 */
min: number | null, 
/**
 * Highest allowed value; `null` for no limit.
 */
max: number | null, 
/**
 * Width of the strip inside the band that is still a hint, at least 0.
 */
warn_margin: number, 
/**
 * Further numbers of the rule, by name; names the rule does not read are refused.
 */
also: { [key in string]: number }, };

export type RuleFigures = { 
/**
 * Stable code.
 */
code: string, 
/**
 * Short title.
 */
title: string, 
/**
 * Newest photos that fail it.
 */
failing: number, 
/**
 * Findings on newest photos, hints included, that a person called wrong (误报) and that stand so.
 */
false_alarms: number, 
/**
 * Photos rejected for it though the machine did not fail it (漏报).
 */
missed: number, };

export type RuleNumber = { 
/**
 * Key in [`RuleEdit::also`]; empty for `min` and `max`.
 */
key: string, 
/**
 * What it limits, in Chinese.
 */
title: string, 
/**
 * Unit word: `ratio` for a share, else the symbol.
 */
unit: string, };

export type RuleShift = { 
/**
 * Stable code.
 */
code: string, 
/**
 * Photos it would fail and does not fail now.
 */
newly_fail: number, 
/**
 * Photos it fails now and would not fail.
 */
no_longer_fail: number, };

export type RuleValues = { 
/**
 * Stable code.
 */
code: string, 
/**
 * Short title.
 */
title: string, 
/**
 * Unit symbol, may be empty.
 */
unit: string, 
/**
 * Lowest allowed, as the findings state it.
 */
min: number | null, 
/**
 * Highest allowed.
 */
max: number | null, 
/**
 * The values, lowest first; empty for a rule that measures no number.
 */
values: Array<number>, 
/**
 * The submission of each value.
 */
submissions: Array<number>, 
/**
 * Photos of which the rule could not tell, or that have no number.
 */
without_value: number, };

export type SampleAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * Greatest share of faulty photos to be let through, in 1/1000: 50, 20, 10 or 5.
 */
defect_limit_permille: number, };

export type SampleOffer = { 
/**
 * Photos in the set: undecided, every rule passed with its margin, nothing unknown.
 */
set: number, 
/**
 * Of them, those that a plan given up had drawn and nobody decided on: they come into the next sample.
 */
carried: number, 
/**
 * Not in the set, though every rule passed so: they came with other photos of their students, and nobody said which
 * of them counts.
 */
unpicked: number, 
/**
 * What each limit to choose from takes and saves.
 */
sizes: Array<SampleSize>, };

export type SampleSize = { 
/**
 * The limit, in 1/1000.
 */
defect_limit_permille: number, 
/**
 * Photos in the sample.
 */
sample_size: number, 
/**
 * Photos to look at: the sample and what it is mixed with.
 */
mixed: number, 
/**
 * Photos of the set that a release would then approve unseen; 0 where the plan saves nothing.
 */
rest: number, };

export type ScopeChoice = { 
/**
 * As cohorts compare it: 2021级 is 2021.
 */
value: string, 
/**
 * Students on the roster who have it.
 */
students: number, };

export type ScopeChoices = { 
/**
 * 年级.
 */
grades: Array<ScopeChoice>, 
/**
 * 学习形式.
 */
study_modes: Array<ScopeChoice>, 
/**
 * 层次.
 */
levels: Array<ScopeChoice>, 
/**
 * 校区.
 */
campuses: Array<ScopeChoice>, 
/**
 * 学院.
 */
colleges: Array<ScopeChoice>, 
/**
 * 专业.
 */
majors: Array<ScopeChoice>, 
/**
 * 班级.
 */
classes: Array<ScopeChoice>, };

export type ScopeCohort = { 
/**
 * 年级.
 */
grades: Array<string>, 
/**
 * 学习形式.
 */
study_modes: Array<string>, 
/**
 * 层次.
 */
levels: Array<string>, 
/**
 * 校区.
 */
campuses: Array<string>, 
/**
 * 学院.
 */
colleges: Array<string>, 
/**
 * 专业.
 */
majors: Array<string>, 
/**
 * 班级.
 */
classes: Array<string>, };

export type ScopeCounts = { 
/**
 * 名单.
 */
listed: number, 
/**
 * 应采.
 */
due: number, 
/**
 * 已交, of those due.
 */
submitted: number, 
/**
 * 未交, of those due.
 */
missing: number, 
/**
 * 免采.
 */
exempt: number, 
/**
 * 免采 by reason; a reason nobody has is left out.
 */
reasons: Array<ScopeReason>, 
/**
 * Of the exempt, those whose photo came all the same.
 */
exempt_with_photo: number, 
/**
 * Photos of those due that came outside the window.
 */
outside_window: number, 
/**
 * Photos of those due that came after the last submission allowed.
 */
over_limit: number, };

export type ScopeReason = { 
/**
 * `collected`, `suspended`, `left`, `other` or `out_of_scope`.
 */
why: string, 
/**
 * In words.
 */
title: string, 
/**
 * How many students.
 */
students: number, };

export type ScopeSet = { 
/**
 * The round.
 */
round: number, 
/**
 * First day, "YYYY-MM-DD", or empty.
 */
opens_on: string, 
/**
 * Last day, "YYYY-MM-DD", or empty.
 */
closes_on: string, 
/**
 * A student of any of these is to be collected; without one everybody on the roster is.
 */
cohorts: Array<ScopeCohort>, 
/**
 * Whether those who have a 学历照片 already are collected again.
 */
redo: boolean, 
/**
 * How often a student may hand in, at most 99; 0 for as often as they like.
 */
limit: number, };

export type ScopeStudent = { 
/**
 * Id.
 */
student: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * Why exempt all the same; empty for who is due.
 */
exempt: string, };

export type ScopeTogether = { 
/**
 * Where they stand in the lists of [`ScopeChoices`], from 0, in the order of its fields.
 */
places: Array<number>, 
/**
 * Students on the roster who have all of them.
 */
students: number, };

export type ScopeView = { 
/**
 * As it stands.
 */
scope: ScopeSet, 
/**
 * What the roster has to choose from.
 */
choices: ScopeChoices, 
/**
 * Which of it students have together: what is chosen of one column leaves these of the others.
 */
together: Array<ScopeTogether>, 
/**
 * How many are to be collected and how many not.
 */
counts: ScopeCounts, 
/**
 * Students named to be collected though of no cohort (点名补采), by 学号.
 */
stragglers: Array<ScopeStudent>, 
/**
 * Students marked as having a 学历照片 already, whatever follows.
 */
collected: number, 
/**
 * What undo would take back now; `null` for nothing.
 */
undo: string | null, };

export type SealProgress = { 
/**
 * Originals done.
 */
done: number, 
/**
 * Of how many.
 */
of: number, };

export type SeatState = "unclaimed" | "seated" | "signed_out";

export type SeatView = { 
/**
 * Whether somebody does.
 */
state: SeatState, 
/**
 * Who does, or did before it was locked.
 */
person: number | null, 
/**
 * What may be done here now.
 */
roles: RoleSet, 
/**
 * Whether that person has a PIN; without one nothing is locked.
 */
has_pin: boolean, 
/**
 * Who can sign in.
 */
people: Array<PersonName>, 
/**
 * Minutes without work until it locks; 0 for never.
 */
idle_minutes: number, };

export type ShiftedItem = { 
/**
 * As lists show it, with the verdict that stands.
 */
item: QueueItem, 
/**
 * The verdict it would have: `pass`, `warn`, `fail` or `unknown`.
 */
becomes: string, };

export type SignIn = { 
/**
 * Who.
 */
person: number, 
/**
 * The PIN.
 */
pin: string, };

export type SmsAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * A table with the students' numbers; empty for none.
 */
path: string, 
/**
 * Leave out those who are marked as told.
 */
only_untold: boolean, 
/**
 * The template to fill; empty for the one that was kept.
 */
template: string, 
/**
 * The day until which another photo may come, YYYY-MM-DD; empty for the last day of the round.
 */
deadline: string, };

export type SmsColumn = { 
/**
 * What it holds.
 */
what: SmsWhat, 
/**
 * Its title, as the operator's system asks for it.
 */
title: string, };

export type SmsColumns = { 
/**
 * Those that were kept, or the program's own.
 */
columns: Array<SmsColumn>, };

export type SmsPreview = { 
/**
 * Name of the table of numbers, or empty.
 */
file: string, 
/**
 * What to say of its sheets: a hidden one was read, or another has numbers too.
 */
remarks: Array<string>, 
/**
 * Students to be told.
 */
students: number, 
/**
 * Of them, those with a number.
 */
numbered: number, 
/**
 * One of the numbers, masked, or empty.
 */
example: string, 
/**
 * Those without a number, the first of them.
 */
unnumbered: Array<SmsStudent>, 
/**
 * Students to be told whose number is another's to be told too.
 */
shared: number, 
/**
 * Students to be told of whom the table has several numbers: only the first is used.
 */
several: number, 
/**
 * Rows of the table that hold no mobile number.
 */
unreadable: number, 
/**
 * Rows that name a student by 姓名 alone, contradict themselves, or mean nobody of the round: not used.
 */
unmatched: number, };

export type SmsSave = { 
/**
 * What is to go into it.
 */
ask: SmsAsk, 
/**
 * Its columns, left to right.
 */
columns: Array<SmsColumn>, 
/**
 * Folder to write into.
 */
folder: string, };

export type SmsSaved = { 
/**
 * Where.
 */
path: string, 
/**
 * Its rows.
 */
rows: number, 
/**
 * Students who are not in it for want of a number.
 */
left_out: number, 
/**
 * The rejected photos of those who are in it: they may be marked as told.
 */
submissions: Array<number>, 
/**
 * What was found in the table of numbers.
 */
found: SmsPreview, };

export type SmsSignature = { 
/**
 * The round.
 */
round: number, 
/**
 * What stands between 【 and 】; empty for none.
 */
signature: string, };

export type SmsStudent = { 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, };

export type SmsWhat = "phone" | "text" | "name" | "student_no" | "college" | "class" | "reasons" | "deadline";

export type StandardHistogram = { 
/**
 * The round.
 */
round: number, 
/**
 * Code of the rule.
 */
code: string, };

export type StandardRef = { 
/**
 * The round.
 */
round: number, 
/**
 * Which version, from 1; `null` for the one that stands.
 */
version: number | null, };

export type StandardRule = { 
/**
 * Stable code, e.g. `GEO-02`.
 */
code: string, 
/**
 * Short title, e.g. "眼睛位置".
 */
title: string, 
/**
 * Title of the group it is shown in, e.g. "构图".
 */
family: string, 
/**
 * The clause it rests on.
 */
clause: string, 
/**
 * What its numbers are about.
 */
numbers: Array<RuleNumber>, 
/**
 * What can be edited.
 */
settings: RuleEdit, };

export type StandardSave = { 
/**
 * The round.
 */
round: number, 
/**
 * The version the edit began from; another one meanwhile is a conflict, never overwritten.
 */
seen_version: number, 
/**
 * The rules edited; the others stay as they stand.
 */
rules: Array<RuleEdit>, 
/**
 * Why, for colleagues; may be empty.
 */
note: string, };

export type StandardShift = { 
/**
 * Version of the profile it was compared with.
 */
version: number, 
/**
 * Photos judged: those that were measured.
 */
judged: number, 
/**
 * Verdict becomes 不合格 and was something else.
 */
newly_fail: number, 
/**
 * Verdict becomes 合格 and was something else.
 */
newly_pass: number, 
/**
 * Verdict becomes 提示 and was something else.
 */
newly_warn: number, 
/**
 * Verdict becomes 无法判断 and was something else.
 */
newly_unknown: number, 
/**
 * Of all whose verdict changes, those a person has decided on already: their decision stands.
 */
decided: number, 
/**
 * Each rule by which some photo would be judged otherwise.
 */
rules: Array<RuleShift>, 
/**
 * The page asked for, in the order of 学号.
 */
items: Array<ShiftedItem>, };

export type StandardVersion = { 
/**
 * From 1.
 */
version: number, 
/**
 * Whether the round is judged by it.
 */
current: boolean, 
/**
 * Who saved it.
 */
reviewer: string, 
/**
 * When, local time.
 */
at: string, 
/**
 * Why.
 */
note: string, 
/**
 * What differs from the version before, one line per rule; empty for the first.
 */
changes: Array<string>, };

export type StandardView = { 
/**
 * The round.
 */
round: number, 
/**
 * Its version, from 1.
 */
version: number, 
/**
 * Whether the round is judged by this version.
 */
current: boolean, 
/**
 * Id of the profile it began with.
 */
profile: string, 
/**
 * Title of that profile.
 */
title: string, 
/**
 * Every rule, in the order of the rule table.
 */
rules: Array<StandardRule>, };

export type StandardWhatIf = { 
/**
 * The round.
 */
round: number, 
/**
 * The rules edited; the others stay as they stand.
 */
rules: Array<RuleEdit>, 
/**
 * Which photos to list: `fail`, `pass`, `warn` or `unknown` (those that would become it), or empty for none.
 */
list: string, 
/**
 * How many of them to pass over.
 */
offset: number, 
/**
 * How many to list, at most 200.
 */
limit: number, };

export type Statistics = { 
/**
 * How far the round is.
 */
progress: RoundProgress, 
/**
 * Rules that failed, were disputed or missed something, the most failing first.
 */
rules: Array<RuleFigures>, 
/**
 * Colleges, by name.
 */
colleges: Array<CollegeFigures>, 
/**
 * Days on which something came or was decided, first to last.
 */
days: Array<DayFigures>, 
/**
 * Reviewers, the busiest first.
 */
reviewers: Array<ReviewerFigures>, };

export type StatisticsSave = { 
/**
 * The round.
 */
round: number, 
/**
 * Folder to write into.
 */
folder: string, };

export type StudentChange = { 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名 as stored now.
 */
name: string, 
/**
 * Column by column.
 */
changes: Array<FieldChange>, };

export type StudentHit = { 
/**
 * Id.
 */
student: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * 学院.
 */
college: string, 
/**
 * SHA-256 of the photo the student has now; `null` when none.
 */
photo: string | null, };

export type StudentMark = { 
/**
 * The round.
 */
round: number, 
/**
 * The students.
 */
students: Array<number>, 
/**
 * `collected`, `suspended`, `left`, `other`, `straggler`, or `nothing` to take back all that was said.
 */
mark: string, 
/**
 * Whether it is said or taken back.
 */
on: boolean, 
/**
 * Why, for `other`, or a remark; may be empty.
 */
note: string, };

export type StudentMarked = { 
/**
 * Students of whom it was not said before.
 */
changed: number, };

export type StudentPage = { 
/**
 * How many match.
 */
total: number, 
/**
 * The rows asked for.
 */
students: Array<StudentRow>, };

export type StudentRef = { 
/**
 * Id.
 */
student: number, };

export type StudentRow = { 
/**
 * Id; 0 in a preview.
 */
student: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * 证件号码, masked.
 */
id_number_masked: string, 
/**
 * 性别.
 */
sex: string, 
/**
 * 学院.
 */
college: string, 
/**
 * 专业.
 */
major: string, 
/**
 * 年级.
 */
grade: string, 
/**
 * 班级.
 */
class: string, 
/**
 * 层次.
 */
level: string, 
/**
 * 学习形式.
 */
study_mode: string, 
/**
 * 校区.
 */
campus: string, 
/**
 * `missing`, `pending`, `approved`, `rejected`, `held`, or `exempt` (免采).
 */
state: string, 
/**
 * The same as students know it: 未提交, 审核中, 审核失败, 审核成功; empty for who is exempt, and in a preview.
 */
told: string, 
/**
 * Why exempt, in words, with a note where one was written; empty for who is to be collected.
 */
exempt: string, 
/**
 * Named to be collected though of no cohort.
 */
straggler: boolean, 
/**
 * The picture of the 采集码 filed: `readable`, `unreadable` or `same` (as another's); empty when none is.
 */
code: string, 
/**
 * Whose code is the same, 学号 and 姓名; empty unless it is.
 */
code_same_as: string, 
/**
 * A reference photo is filed.
 */
reference: boolean, 
/**
 * Nothing was handed in, and a photo that waits in the piles to be claimed may be the student's.
 */
awaiting_claim: boolean, 
/**
 * The current submission; `null` when none.
 */
submission: number | null, };

export type StudentSearch = { 
/**
 * The round.
 */
round: number, 
/**
 * Part of 学号, 姓名 or pinyin initials.
 */
text: string, };

export type StudentsQuery = { 
/**
 * The round.
 */
round: number, 
/**
 * Part of 学号, 姓名 or pinyin initials; empty for all.
 */
text: string, 
/**
 * Only this state: `missing`, `pending`, `approved`, `rejected`, `held`, of students who are to be collected;
 * `due` for all of those, `exempt` for the others or `exempt:` and a reason, `straggler` for those named; `code:` and
 * the word of [`StudentRow::code`] by the picture of the 采集码; `reference:yes` and `reference:no` by the
 * reference photo; empty for all.
 */
state: string, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 1000.
 */
limit: number, };

export type SubmissionRef = { 
/**
 * The submission.
 */
submission: number, };

export type SubmissionView = { 
/**
 * As lists show it.
 */
item: QueueItem, 
/**
 * Whose it is; `null` while unmatched.
 */
student: StudentRow | null, 
/**
 * Others of the roster whose name is read as the same, the first few by 学号: the photo may be one of theirs.
 */
namesakes: Array<StudentHit>, 
/**
 * How many there are.
 */
namesakes_total: number, 
/**
 * File name as received.
 */
file_name: string, 
/**
 * Size in bytes.
 */
size_bytes: number, 
/**
 * When it was received, local time.
 */
received_at: string, 
/**
 * The picture; `null` when it cannot be shown.
 */
picture: PictureView | null, 
/**
 * The crop of the finished file; `null` without a face.
 */
frame: FrameView | null, 
/**
 * Close looks.
 */
crops: Array<Crop>, 
/**
 * Failing first.
 */
findings: Array<FindingView>, 
/**
 * Reasons preset from the findings, for a rejection.
 */
preset_reasons: Array<Reason>, 
/**
 * Decision that stands; `null` while undecided or withheld.
 */
decision: DecisionView | null, 
/**
 * How its second review stands; `null` without one.
 */
review: ReviewView | null, 
/**
 * Every submission and decision of this student, oldest first.
 */
history: Array<HistoryEntry>, 
/**
 * The picture the school has of the student all along; `null` without one.
 */
reference: ReferenceView | null, 
/**
 * Codes of the findings that the reviewer called wrong.
 */
disputed: Array<string>, 
/**
 * Submissions whose pictures are the same, then those that look the same, this student's rejected ones first.
 */
near_photos: Array<NearPhotoView>, };

export type TableColumn = { 
/**
 * Its title.
 */
title: string, 
/**
 * Whether its texts are counts or sizes that may be summed; never so for numbers that name somebody.
 */
is_number: boolean, };

export type TableSave = { 
/**
 * What the table shows; names the sheet and the file.
 */
title: string, 
/**
 * Its columns, left to right.
 */
columns: Array<TableColumn>, 
/**
 * A text per column and row.
 */
rows: Array<Array<string>>, 
/**
 * Folder to write into.
 */
folder: string, 
/**
 * The round whose students it may name: the list of what lies outside the workspace has it; none for a table that
 * is about no round.
 */
round: number | null, };

export type UndoAsk = { 
/**
 * The round.
 */
round: number, 
/**
 * The act that was seen to come next: another is not taken back in its place.
 */
seen?: number, };

export type Undoable = { 
/**
 * One Chinese line; `null` when there is nothing.
 */
summary: string | null, 
/**
 * What kind of act it is; `null` when there is nothing.
 */
what: DeskAct | null, 
/**
 * The sampling plan whose release it is; `null` where it is something else.
 */
plan: number | null, 
/**
 * How many photos it concerns.
 */
total: number, 
/**
 * The act itself, to undo just this one; `null` when there is nothing.
 */
act: number | null, };

export type Undone = { 
/**
 * What was taken back or done again.
 */
act: UndoneAct | null, };

export type UndoneAct = { 
/**
 * One Chinese line.
 */
summary: string, 
/**
 * The submission concerned, as it stands now; the first of several.
 */
item: QueueItem | null, 
/**
 * The submissions concerned as they stand now, at most 200 of them.
 */
items: Array<QueueItem>, 
/**
 * How many are concerned.
 */
total: number, };

export type UnfinishedCard = { 
/**
 * Its number among all of them.
 */
id: number, 
/**
 * What it is and what to do, in Chinese.
 */
text: string, 
/**
 * Since when, local time.
 */
started: string, 
/**
 * Who began it.
 */
reviewer: string, 
/**
 * The folder, or the file of an archive or a backup.
 */
folder: string, };

export type UnfinishedRef = { 
/**
 * The round.
 */
round: number, 
/**
 * Which.
 */
id: number, };

export type VanishedStudent = { 
/**
 * Id.
 */
student: number, 
/**
 * 学号.
 */
student_no: string, 
/**
 * 姓名.
 */
name: string, };

export type WatchLine = { 
/**
 * When; empty while it waits.
 */
at: string, 
/**
 * The file, as seen from the folder.
 */
file: string, 
/**
 * What is wrong.
 */
problem: string, 
/**
 * What to do.
 */
remedy: string, };

export type WatchSet = { 
/**
 * The round.
 */
round: number, 
/**
 * The folder.
 */
folder: string, 
/**
 * Whether it is watched.
 */
on: boolean, };

export type WatchView = { 
/**
 * The folder; empty when none was ever chosen.
 */
folder: string, 
/**
 * Whether photos are taken from it: it was switched on, and the round has not ended.
 */
on: boolean, 
/**
 * Whether the round has ended: nothing is taken from it, however it was left.
 */
ended: boolean, 
/**
 * Whether it rests because the workspace was restored from a backup: the other one may be collecting from it still.
 */
paused: boolean, 
/**
 * Photos that came in from it since the program started.
 */
came_in: number, 
/**
 * When something last came in; empty for never.
 */
last_at: string, 
/**
 * What came in then.
 */
last: IntakeReport | null, 
/**
 * Files of it that were refused since the program started.
 */
refused: number, 
/**
 * Files that end in the middle and have not grown for long: they wait until they are written anew.
 */
unended: number, 
/**
 * What there is to tell of single files: those that wait, then the newest first; a bounded number.
 */
lines: Array<WatchLine>, 
/**
 * Why it cannot be looked at; empty when it can.
 */
problem: string, };

/** Every command with its argument and its answer. */
export interface Commands {
  /** Version, workspace, reviewer and rounds. */
  app_status: { args: Empty; answer: AppStatus };
  /** Looks over this computer and the workspace. */
  doctor_run: { args: Empty; answer: DoctorReport };
  /** Writes a package of diagnostics without personal data. */
  diagnostics_save: { args: DiagnosticsSave; answer: FileSaved };
  /** Gives the reviewer's name. */
  reviewer_set: { args: ReviewerSet; answer: AppStatus };
  /** Signs a person in, or unlocks. */
  sign_in: { args: SignIn; answer: AppStatus };
  /** Locks the session: whoever goes on signs in. */
  seat_lock: { args: Empty; answer: AppStatus };
  /** Says that somebody is at work here. */
  seat_awake: { args: Empty; answer: SeatView };
  /** Changes one's own PIN, or takes it away from who works alone. */
  pin_change: { args: PinChange; answer: AppStatus };
  /** Everybody who works or worked here. */
  people_list: { args: Empty; answer: PeopleView };
  /** Adds a person. */
  person_add: { args: PersonAdd; answer: PeopleView };
  /** Mends a name by which nothing was signed. */
  person_rename: { args: PersonRename; answer: PeopleView };
  /** Sets what a person may do. */
  person_roles: { args: PersonRoles; answer: PeopleView };
  /** Says that a person left, or is back. */
  person_disable: { args: PersonDisable; answer: PeopleView };
  /** Gives a person a new PIN. */
  person_pin: { args: PersonPin; answer: PeopleView };
  /** Sets after how long without work a session locks. */
  idle_set: { args: IdleSet; answer: PeopleView };
  /** A student's ID number in full; logged. */
  number_reveal: { args: StudentRef; answer: RevealedNumber };
  /** Makes the example round of drawn portraits. */
  example_start: { args: Empty; answer: JobStarted };
  /** Standards to choose from. */
  profile_list: { args: Empty; answer: Array<ProfileCard> };
  /** A round's profile at one version, rule by rule. */
  standard_show: { args: StandardRef; answer: StandardView };
  /** The versions of a round's profile, newest first. */
  standard_versions: { args: RoundRef; answer: Array<StandardVersion> };
  /** The values one rule measured over the round. */
  standard_histogram: { args: StandardHistogram; answer: RuleValues };
  /** What other settings would do; stores nothing. */
  standard_what_if: { args: StandardWhatIf; answer: StandardShift };
  /** Makes edited settings the round's next version and judges by it. */
  standard_save: { args: StandardSave; answer: StandardView };
  /** How far a round is, what fails, who decided how. */
  statistics_show: { args: RoundRef; answer: Statistics };
  /** Writes the figures to a workbook. */
  statistics_save: { args: StatisticsSave; answer: FileSaved };
  /** Writes a table of the screens to a workbook. */
  table_save: { args: TableSave; answer: FileSaved };
  /** Reasons to choose from. */
  reason_list: { args: Empty; answer: Array<ReasonTemplate> };
  /** Help on every rule. */
  help_list: { args: HelpAsk; answer: Array<HelpPage> };
  /** Makes a round. */
  round_create: { args: RoundCreate; answer: RoundCard };
  /** A round with its numbers. */
  round_show: { args: RoundRef; answer: RoundCard };
  /** Takes note of the round that is open, so that what its photos measured is at hand. */
  round_enter: { args: RoundEnter; answer: Empty };
  /** What a roster file looks like, column by column. */
  roster_survey: { args: RosterSurveyAsk; answer: RosterSurveyView };
  /** Takes the clerk's word on the columns of rosters with these headers. */
  roster_map: { args: RosterMap; answer: RosterSurveyView };
  /** What importing a roster would do. */
  roster_preview: { args: RosterSource; answer: RosterPreview };
  /** Saves the refused rows of a roster that was previewed. */
  roster_refused_save: { args: RefusedSave; answer: FileSaved };
  /** Imports a roster that was previewed. */
  roster_commit: { args: RosterCommit; answer: RosterCommitted };
  /** Which import of a roster would be taken back, if any. */
  roster_peek: { args: RoundRef; answer: Undoable };
  /** Takes back the last import of a roster. */
  roster_undo: { args: RoundRef; answer: Undone };
  /** Does the import of a roster again that was taken back. */
  roster_redo: { args: RoundRef; answer: Undone };
  /** Whom a round collects, and what follows for its roster. */
  scope_show: { args: RoundRef; answer: ScopeView };
  /** What another scope would make of the roster; stores nothing. */
  scope_preview: { args: ScopeSet; answer: ScopeCounts };
  /** Says whom a round collects, and when. */
  scope_set: { args: ScopeSet; answer: ScopeView };
  /** Says something of students: why they are exempt, or that they are collected all the same. */
  student_mark: { args: StudentMark; answer: StudentMarked };
  /** Takes the pictures of their 采集码 away from students. */
  codes_remove: { args: FiledRemove; answer: FiledRemoved };
  /** Takes the reference photos away from students. */
  references_remove: { args: FiledRemove; answer: FiledRemoved };
  /** Reads a list of students who have a photo already. */
  collected_import: { args: CollectedImport; answer: CollectedImported };
  /** Takes back the last change of a round's scope, of what was said of students, or of what is filed with them. */
  scope_undo: { args: RoundRef; answer: Undone };
  /** Does again what was last taken back of these. */
  scope_redo: { args: RoundRef; answer: Undone };
  /** A page of the round's students. */
  student_list: { args: StudentsQuery; answer: StudentPage };
  /** Type-ahead for a student. */
  student_search: { args: StudentSearch; answer: Array<StudentHit> };
  /** Imports photos and checks them. */
  photos_import: { args: PhotosImport; answer: JobStarted };
  /** Which folder a round keeps taking photos from. */
  watch_show: { args: RoundRef; answer: WatchView };
  /** Has a round keep taking photos from a folder, or stop. */
  watch_set: { args: WatchSet; answer: WatchView };
  /** Checks the photos that were not checked yet. */
  checks_run: { args: RoundRef; answer: JobStarted };
  /** The jobs of this run of the station, newest first. */
  job_list: { args: Empty; answer: Array<JobState> };
  /** Where a job stands. */
  job_show: { args: JobId; answer: JobState };
  /** Lines of what an import brought, those included that its report only counts. */
  job_lines: { args: JobLinesAsk; answer: JobLines };
  /** Asks a job to stop; what was done stays done. */
  job_cancel: { args: JobId; answer: JobState };
  /** Photos waiting for a person to say whose they are. */
  pile_list: { args: RoundRef; answer: Piles };
  /** Says whose photo it is. */
  pile_assign: { args: PileAssign; answer: Piles };
  /** Gives several photos to their students at once. */
  pile_assign_all: { args: PileAssignAll; answer: Piles };
  /** Takes a photo away from its student, or back from those put aside. */
  pile_put_back: { args: SubmissionRef; answer: Piles };
  /** Says which of a student's photos counts. */
  submission_choose: { args: ChooseRequest; answer: QueueItem };
  /** Puts photos aside that are nobody's. */
  pile_dismiss: { args: PileDismiss; answer: Piles };
  /** Who is to be told what, and who has handed in nothing. */
  notice_list: { args: NoticeAsk; answer: NoticeView };
  /** Keeps a template of notices. */
  notice_template: { args: NoticeTemplate; answer: NoticeTemplate };
  /** Marks rejections as told to the students, or takes the marks back. */
  notice_mark: { args: NoticeMark; answer: NoticeMarked };
  /** The columns of the file for whoever sends text messages. */
  sms_columns: { args: Empty; answer: SmsColumns };
  /** Says with what signature a round's text messages go out. */
  sms_signature: { args: SmsSignature; answer: SmsSignature };
  /** What the file for whoever sends text messages would hold. */
  sms_preview: { args: SmsAsk; answer: SmsPreview };
  /** Writes the file for whoever sends text messages, telephone numbers among it. */
  sms_save: { args: SmsSave; answer: SmsSaved };
  /** The fee of a round, and who has paid. */
  fee_show: { args: RoundRef; answer: FeeView };
  /** A page of the fee ledger. */
  fee_list: { args: FeeAsk; answer: FeePage };
  /** A page of the payments without a student. */
  fee_unknown: { args: FeeUnknownAsk; answer: FeeUnknownPage };
  /** Sets the fee of a round. */
  fee_set: { args: FeeSet; answer: FeeView };
  /** Reads a list of payments. */
  fee_import: { args: FeeImport; answer: FeeImported };
  /** Takes a list of payments out again. */
  fee_remove: { args: FeeRemove; answer: FeeView };
  /** Says whose a payment is. */
  fee_assign: { args: FeeAssign; answer: FeeView };
  /** Divides a payment among the students for whom it was made together. */
  fee_share: { args: FeeShare; answer: FeeView };
  /** The sums of a round and its differences by kind. */
  reconcile_show: { args: RoundRef; answer: ReconcileView };
  /** A page of the differences. */
  reconcile_list: { args: ReconcileAsk; answer: ReconcilePage };
  /** Reads a list of the studio or of 学信网. */
  receipts_import: { args: ReceiptsImport; answer: ReceiptsImported };
  /** Puts rows of receipts aside: they count no longer. */
  receipts_drop: { args: ReceiptsDrop; answer: ReceiptsDropped };
  /** Says whose a row of a receipt is. */
  receipt_assign: { args: ReceiptAssign; answer: ReceiptAssigned };
  /** Says whether words of the studio that say neither mean that it took the photo or gave it back. */
  receipt_settle: { args: ReceiptSettle; answer: ReceiptSettled };
  /** Rejects photos that the studio gave back. */
  receipts_reject: { args: ReceiptsReject; answer: ReceiptsRejected };
  /** Paper photos, class by class. */
  paper_list: { args: RoundRef; answer: Array<PaperClass> };
  /** The paper photos of a class. */
  paper_class: { args: PaperAsk; answer: Array<PaperRow> };
  /** Ticks paper photos off, or takes the ticks back. */
  paper_mark: { args: PaperMark; answer: PaperMarked };
  /** Takes back the last list, rejection or tick of reconciliation. */
  reconcile_undo: { args: RoundRef; answer: Undone };
  /** Does again what was last taken back. */
  reconcile_redo: { args: RoundRef; answer: Undone };
  /** Writes the last page of a round, as a workbook and to be signed. */
  closing_save: { args: ClosingSave; answer: ClosingSaved };
  /** How far a round has ended. */
  ending_show: { args: RoundRef; answer: EndingView };
  /** Closes a round: it is for reading only. */
  round_close: { args: RoundClose; answer: EndingView };
  /** Opens a closed round again. */
  round_reopen: { args: RoundRef; answer: EndingView };
  /** Gives a round another name. */
  round_rename: { args: RoundRename; answer: RoundCard };
  /** Says how long a round's data is kept. */
  retention_set: { args: RetentionSet; answer: EndingView };
  /** Writes the archive of a closed round. */
  archive_write: { args: ArchiveWrite; answer: JobStarted };
  /** Holds an archive to its own list of sums. */
  archive_verify: { args: ArchiveCheck; answer: ArchiveChecked };
  /** Deletes the photos and personal data of a round, for good. */
  round_erase: { args: RoundErase; answer: JobStarted };
  /** Writes the certificate of a deletion. */
  certificate_save: { args: ClosingSave; answer: ClosingSaved };
  /** The queues with their counts. */
  queue_counts: { args: RoundRef; answer: Array<QueueCount> };
  /** Opens a queue, frozen as it stands. */
  queue_open: { args: QueueOpen; answer: QueueOpened };
  /** Goes on with a queue that was opened in part. */
  queue_more: { args: QueueMore; answer: Array<QueueItem> };
  /** Lists what a filter and a search keep. */
  queue_filter: { args: QueueFilter; answer: QueueOpened };
  /** What the cards of a grid show besides their photos. */
  grid_cards: { args: GridAsk; answer: Array<GridCard> };
  /** Approves the ticked photos of a grid page in one act. */
  grid_commit: { args: PageCommit; answer: PageCommitted };
  /** What approving a set by a sample would take. */
  sample_offer: { args: RoundRef; answer: SampleOffer };
  /** Draws a sample and mixes it with other photos. */
  sample_plan: { args: SampleAsk; answer: PlanView };
  /** The round's sampling plans. */
  sample_plans: { args: RoundRef; answer: Array<PlanView> };
  /** Approves the rest of a set whose sample was clean. */
  sample_release: { args: PlanRef; answer: PlanReleased };
  /** Gives a sampling plan up. */
  sample_withdraw: { args: PlanRef; answer: PlanView };
  /**  */
  sample_take_back: { args: PlanRef; answer: Undone };
  /** The second reviews of a round: what can be chosen, what waits, how two verdicts compare. */
  review_list: { args: RoundRef; answer: ReviewBook };
  /** Chooses photos for a second, blind review. */
  review_choose: { args: ReviewAsk; answer: ReviewsChanged };
  /** Gives up the second reviews that wait, but those of the caller's own verdicts. */
  review_withdraw: { args: RoundRef; answer: ReviewsChanged };
  /** Everything about one submission. */
  submission_show: { args: SubmissionRef; answer: SubmissionView };
  /** Calls a finding wrong (误报), or right again. */
  finding_dispute: { args: FindingDispute; answer: Disputed };
  /** What only a person can see, with the reason of a rejection for each. */
  human_list: { args: Empty; answer: Array<HumanItem> };
  /** The keys that the person at the desk changed. */
  keys_show: { args: Empty; answer: KeyBindings };
  /** Changes the keys of the person at the desk; the acts not named keep their first ones. */
  keys_set: { args: KeyBindings; answer: KeyBindings };
  /** Decides on a submission; on disk when it answers. */
  submission_decide: { args: DecideRequest; answer: Decided };
  /** Takes back the round's last act. */
  act_undo: { args: UndoAsk; answer: Undone };
  /** What taking back the round's last act would take back. */
  act_peek: { args: RoundRef; answer: Undoable };
  /** Does again what was last taken back. */
  act_redo: { args: RoundRef; answer: Undone };
  /** A page of the log. */
  log_list: { args: LogQuery; answer: LogPage };
  /** Follows the chain of the log: whether a row was changed or is missing. */
  log_verify: { args: Empty; answer: AuditView };
  /** Writes the log to a workbook. */
  log_save: { args: LogSave; answer: FileSaved };
  /** The backups of the workspace. */
  backup_list: { args: Empty; answer: BackupView };
  /** Makes a backup now. */
  backup_now: { args: Empty; answer: JobStarted };
  /** Makes a backup and writes it into one encrypted file. */
  backup_copy: { args: BackupCopy; answer: JobStarted };
  /** Makes a workspace of a backup, in a new folder. */
  backup_restore: { args: BackupRestore; answer: JobStarted };
  /** Reads a backup through. */
  backup_verify: { args: BackupRef; answer: JobStarted };
  /** Tells no more of a file or a restored workspace that was broken off. */
  backup_dismiss: { args: BackupDismiss; answer: BackupView };
  /** Whether the workspace may be closed now to be sealed; sealing itself is the host's. */
  seal_ready: { args: Empty; answer: Empty };
  /** Sets another passphrase of the sealed workspace. */
  seal_passphrase: { args: PassphraseChange; answer: KeyChanged };
  /** Keeps the key of the sealed workspace for no computer any more. */
  seal_forget: { args: Empty; answer: KeyChanged };
  /** Makes another recovery code of the sealed workspace; the one so far opens nothing any more. */
  seal_code: { args: PassphraseGiven; answer: RecoveryShown };
  /** Says that the recovery code was copied out: whoever knows it may, also before somebody signs in. */
  seal_code_confirm: { args: RecoveryGiven; answer: KeyChanged };
  /** What a delivery would hold. */
  delivery_preview: { args: DeliveryOptions; answer: DeliveryPreview };
  /** A page of those whom a delivery would not hold, with why. */
  delivery_left_out: { args: LeftOutAsk; answer: LeftOutPage };
  /** Writes a delivery. */
  delivery_write: { args: DeliveryWrite; answer: JobStarted };
  /** Writes a delivery again, file for file. */
  delivery_repeat: { args: DeliveryRepeat; answer: JobStarted };
  /** Deliveries written so far. */
  delivery_list: { args: RoundRef; answer: Array<DeliveryCard> };
  /** What was broken off while it was written. */
  delivery_unfinished: { args: RoundRef; answer: Array<UnfinishedCard> };
  /** Tells no more of what was broken off. */
  delivery_dismiss: { args: UnfinishedRef; answer: Array<UnfinishedCard> };
  /** Delivery profiles to choose from. */
  delivery_ways: { args: Empty; answer: Array<DeliveryWay> };
  /** Makes, changes or renames a delivery profile. */
  delivery_way_save: { args: DeliveryWaySave; answer: Array<DeliveryWay> };
  /** Removes a delivery profile. */
  delivery_way_remove: { args: DeliveryWayRef; answer: Array<DeliveryWay> };
  /** How the round was printed last. */
  prints_settings: { args: RoundRef; answer: PrintsOptions };
  /** Says how many prints of each student the round's notice asks for. */
  prints_asked: { args: PrintsAsked; answer: PrintsOptions };
  /** What printing would give. */
  prints_preview: { args: PrintsOptions; answer: PrintsPreview };
  /** Prints to PDF files. */
  prints_write: { args: PrintsWrite; answer: JobStarted };
}

/** The roles of which one is enough for a command. */
export const NEEDS: Record<keyof Commands, readonly (keyof RoleSet)[]> = {
  app_status: ["reviewer", "lead", "keeper"],
  doctor_run: ["reviewer", "lead", "keeper"],
  diagnostics_save: ["reviewer", "lead", "keeper"],
  reviewer_set: ["reviewer", "lead", "keeper"],
  sign_in: ["reviewer", "lead", "keeper"],
  seat_lock: ["reviewer", "lead", "keeper"],
  seat_awake: ["reviewer", "lead", "keeper"],
  pin_change: ["reviewer", "lead", "keeper"],
  people_list: ["keeper"],
  person_add: ["keeper"],
  person_rename: ["keeper"],
  person_roles: ["keeper"],
  person_disable: ["keeper"],
  person_pin: ["keeper"],
  idle_set: ["keeper"],
  number_reveal: ["lead"],
  example_start: ["reviewer"],
  profile_list: ["reviewer", "lead", "keeper"],
  standard_show: ["reviewer", "lead"],
  standard_versions: ["reviewer", "lead"],
  standard_histogram: ["reviewer", "lead"],
  standard_what_if: ["reviewer", "lead"],
  standard_save: ["lead"],
  statistics_show: ["reviewer", "lead", "keeper"],
  statistics_save: ["reviewer", "lead", "keeper"],
  table_save: ["reviewer", "lead", "keeper"],
  reason_list: ["reviewer", "lead", "keeper"],
  help_list: ["reviewer", "lead", "keeper"],
  round_create: ["reviewer"],
  round_show: ["reviewer", "lead", "keeper"],
  round_enter: ["reviewer", "lead"],
  roster_survey: ["reviewer", "lead"],
  roster_map: ["reviewer"],
  roster_preview: ["reviewer", "lead"],
  roster_refused_save: ["reviewer"],
  roster_commit: ["reviewer"],
  roster_peek: ["reviewer", "lead"],
  roster_undo: ["reviewer"],
  roster_redo: ["reviewer"],
  scope_show: ["reviewer", "lead"],
  scope_preview: ["reviewer", "lead"],
  scope_set: ["reviewer"],
  student_mark: ["reviewer"],
  codes_remove: ["reviewer"],
  references_remove: ["reviewer"],
  collected_import: ["reviewer"],
  scope_undo: ["reviewer"],
  scope_redo: ["reviewer"],
  student_list: ["reviewer", "lead"],
  student_search: ["reviewer", "lead"],
  photos_import: ["reviewer"],
  watch_show: ["reviewer", "lead"],
  watch_set: ["reviewer"],
  checks_run: ["reviewer"],
  job_list: ["reviewer", "lead", "keeper"],
  job_show: ["reviewer", "lead", "keeper"],
  job_lines: ["reviewer", "lead", "keeper"],
  job_cancel: ["reviewer", "lead", "keeper"],
  pile_list: ["reviewer", "lead"],
  pile_assign: ["reviewer"],
  pile_assign_all: ["reviewer"],
  pile_put_back: ["reviewer"],
  submission_choose: ["reviewer"],
  pile_dismiss: ["reviewer"],
  notice_list: ["reviewer", "lead"],
  notice_template: ["reviewer"],
  notice_mark: ["reviewer"],
  sms_columns: ["reviewer", "lead"],
  sms_signature: ["reviewer"],
  sms_preview: ["reviewer", "lead"],
  sms_save: ["reviewer"],
  fee_show: ["reviewer", "lead"],
  fee_list: ["reviewer", "lead"],
  fee_unknown: ["reviewer", "lead"],
  fee_set: ["reviewer"],
  fee_import: ["reviewer"],
  fee_remove: ["reviewer"],
  fee_assign: ["reviewer"],
  fee_share: ["reviewer"],
  reconcile_show: ["reviewer", "lead"],
  reconcile_list: ["reviewer", "lead"],
  receipts_import: ["reviewer"],
  receipts_drop: ["reviewer"],
  receipt_assign: ["reviewer"],
  receipt_settle: ["reviewer"],
  receipts_reject: ["reviewer"],
  paper_list: ["reviewer", "lead"],
  paper_class: ["reviewer", "lead"],
  paper_mark: ["reviewer"],
  reconcile_undo: ["reviewer"],
  reconcile_redo: ["reviewer"],
  closing_save: ["reviewer", "lead"],
  ending_show: ["reviewer", "lead", "keeper"],
  round_close: ["reviewer"],
  round_reopen: ["lead", "keeper"],
  round_rename: ["reviewer"],
  retention_set: ["keeper"],
  archive_write: ["keeper"],
  archive_verify: ["keeper"],
  round_erase: ["keeper"],
  certificate_save: ["keeper"],
  queue_counts: ["reviewer", "lead"],
  queue_open: ["reviewer", "lead"],
  queue_more: ["reviewer", "lead"],
  queue_filter: ["reviewer", "lead"],
  grid_cards: ["reviewer", "lead"],
  grid_commit: ["reviewer"],
  sample_offer: ["reviewer", "lead"],
  sample_plan: ["lead"],
  sample_plans: ["reviewer", "lead"],
  sample_release: ["lead"],
  sample_withdraw: ["lead"],
  sample_take_back: ["lead"],
  review_list: ["reviewer", "lead"],
  review_choose: ["reviewer"],
  review_withdraw: ["lead"],
  submission_show: ["reviewer", "lead"],
  finding_dispute: ["reviewer"],
  human_list: ["reviewer", "lead", "keeper"],
  keys_show: ["reviewer", "lead", "keeper"],
  keys_set: ["reviewer", "lead", "keeper"],
  submission_decide: ["reviewer"],
  act_undo: ["reviewer", "lead"],
  act_peek: ["reviewer", "lead"],
  act_redo: ["reviewer", "lead"],
  log_list: ["reviewer", "lead", "keeper"],
  log_verify: ["reviewer", "lead", "keeper"],
  log_save: ["reviewer", "lead", "keeper"],
  backup_list: ["reviewer", "lead", "keeper"],
  backup_now: ["keeper"],
  backup_copy: ["keeper"],
  backup_restore: ["keeper"],
  backup_verify: ["keeper"],
  backup_dismiss: ["keeper"],
  seal_ready: ["keeper"],
  seal_passphrase: ["keeper"],
  seal_forget: ["keeper"],
  seal_code: ["keeper"],
  seal_code_confirm: ["reviewer", "lead", "keeper"],
  delivery_preview: ["reviewer", "lead"],
  delivery_left_out: ["reviewer", "lead"],
  delivery_write: ["lead"],
  delivery_repeat: ["lead"],
  delivery_list: ["reviewer", "lead", "keeper"],
  delivery_unfinished: ["reviewer", "lead", "keeper"],
  delivery_dismiss: ["lead"],
  delivery_ways: ["reviewer", "lead"],
  delivery_way_save: ["lead"],
  delivery_way_remove: ["lead"],
  prints_settings: ["reviewer", "lead"],
  prints_asked: ["reviewer"],
  prints_preview: ["reviewer", "lead"],
  prints_write: ["reviewer"],
};
