//! Photo import and the piles.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Import folders, zips and single files.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PhotosImport {
    /// The round.
    pub round: i64,
    /// Paths as chosen or dropped.
    pub paths: Vec<String>,
    /// What they are.
    #[serde(default)]
    pub kind: PhotosKind,
    /// Of what the studio gave back: which delivery it answers, from 1; `null` for the last one that each student was in.
    #[serde(default)]
    pub delivery: Option<u32>,
}

/// What the files of one import are: all of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhotosKind {
    /// Photos that students handed in.
    #[default]
    Photos,
    /// What the studio gave back of the photos delivered to it: named as they were delivered.
    Returned,
    /// Pictures of 采集码, which are filed with their students as they are.
    Codes,
    /// Reference photos (对照照片), which are filed with their students for the eye.
    References,
}

/// Have a round watch a folder, or stop.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WatchSet {
    /// The round.
    pub round: i64,
    /// The folder.
    pub folder: String,
    /// Whether it is watched.
    pub on: bool,
}

/// The folder that a round watches.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WatchView {
    /// The folder; empty when none was ever chosen.
    pub folder: String,
    /// Whether photos are taken from it: it was switched on, and the round has not ended.
    pub on: bool,
    /// Whether the round has ended: nothing is taken from it, however it was left.
    pub ended: bool,
    /// Whether it rests because the workspace was restored from a backup: the other one may be collecting from it still.
    pub paused: bool,
    /// Photos that came in from it since the program started.
    pub came_in: u32,
    /// When something last came in; empty for never.
    pub last_at: String,
    /// What came in then.
    pub last: Option<IntakeReport>,
    /// Files of it that were refused since the program started.
    pub refused: u32,
    /// Files that end in the middle and have not grown for long: they wait until they are written anew.
    pub unended: u32,
    /// What there is to tell of single files: those that wait, then the newest first; a bounded number.
    pub lines: Vec<WatchLine>,
    /// Why it cannot be looked at; empty when it can.
    pub problem: String,
}

/// A file of the watched folder that did not come in, or of which there is something to tell.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WatchLine {
    /// When; empty while it waits.
    pub at: String,
    /// The file, as seen from the folder.
    pub file: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

/// What an import did; every file is in exactly one number.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct IntakeReport {
    /// Files met, system files such as Thumbs.db not counted.
    pub files: u32,
    /// Photos matched to a student for the first time.
    pub matched: u32,
    /// Photos that became a further submission of a student.
    pub resubmitted: u32,
    /// Photos the round already has, byte for byte, for the same student or pile.
    pub already_there: u32,
    /// Photos of a set that the studio gave back, byte for byte as they were delivered: they are not taken in again.
    pub unchanged: u32,
    /// Photos that fit several students.
    pub ambiguous: u32,
    /// Photos whose key nobody on the roster has.
    pub not_on_roster: u32,
    /// Photos whose name tells nothing.
    pub unknown: u32,
    /// Photos of students who are exempt, each with a reason in `lines`.
    pub excluded: u32,
    /// Same bytes under two students; these are matched too and shown as a warning.
    pub shared: u32,
    /// Students of whom several new photos came at once: the newest is proposed, a person picks.
    pub together: u32,
    /// Files refused, each with a reason in `lines`.
    pub refused: u32,
    /// System files passed over.
    pub ignored: u32,
    /// Index workbooks that said whose photos the files are.
    pub indexes: u32,
    /// That they came before or after the round's window; empty when they did not.
    pub outside_window: String,
    /// Photos that came after the last submission the round allows; they are taken in and marked.
    pub over_limit: u32,
    /// Students of whom nothing was in the set that the studio gave back, each with a line in `lines`.
    pub not_returned: u32,
    /// Photos matched by name while a number in the same file's name is nobody's on the roster.
    pub beside_number: u32,
    /// The first of them, one by one.
    pub beside: Vec<IntakeLine>,
    /// The job was cancelled; what is counted above stays done.
    pub cancelled: bool,
    /// One line for every refused file, every photo of an exempt student, every file whose index and name disagree, every delivered photo that did not come back, and every source that could not be read; the first of them.
    pub lines: Vec<IntakeLine>,
    /// Further lines: `job_lines` has them.
    pub lines_left: u32,
}

/// Why a file was refused.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IntakeLine {
    /// The file, as seen from the chosen folder or zip.
    pub file: String,
    /// Whose it is taken to be, 学号 and 姓名; empty where that is not told.
    pub whose: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

/// Photos that wait for a person to say whose they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Piles {
    /// 不能确定是谁: there are candidates.
    pub ambiguous: Vec<PileItem>,
    /// 名单中无此人.
    pub not_on_roster: Vec<PileItem>,
    /// 认不出或已取出.
    pub unknown: Vec<PileItem>,
    /// 同一照片用于多名学生 (matched, but to be looked at).
    pub shared: Vec<PileItem>,
    /// 免采学生的照片: not collected, for the reason in `detail`.
    pub excluded: Vec<PileItem>,
    /// 不处理: put aside by hand.
    pub dismissed: Vec<PileItem>,
    /// What could be said of many photos of the piles at once; nothing is done before a person says so.
    pub proposals: Vec<PileProposal>,
}

/// Whose several photos of the piles are, for one reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PileProposal {
    /// The reason, in words.
    pub reason: String,
    /// Each photo and its student; no student twice, none who has a photo already.
    pub pairs: Vec<PilePair>,
}

/// A photo and the student it is proposed for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PilePair {
    /// The submission.
    pub submission: i64,
    /// File name as received.
    pub file_name: String,
    /// The student.
    pub student: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
}

/// Give several photos to their students in one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PileAssignAll {
    /// The round.
    pub round: i64,
    /// Which photo to whom.
    pub pairs: Vec<PileAssign>,
}

/// Put photos aside that are nobody's.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PileDismiss {
    /// The round.
    pub round: i64,
    /// The submissions.
    pub submissions: Vec<i64>,
}

/// One photo of a pile.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PileItem {
    /// The submission.
    pub submission: i64,
    /// SHA-256, for the photo's address.
    pub photo: String,
    /// File name as received.
    pub file_name: String,
    /// What was read from the name, or whose it is now; one line.
    pub detail: String,
    /// Students who fit.
    pub candidates: Vec<StudentHit>,
}

/// Say whose photo it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PileAssign {
    /// The submission.
    pub submission: i64,
    /// The student.
    pub student: i64,
}

/// Type-ahead for a student.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentSearch {
    /// The round.
    pub round: i64,
    /// Part of 学号, 姓名 or pinyin initials.
    pub text: String,
}

/// A student found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentHit {
    /// Id.
    pub student: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// 学院.
    pub college: String,
    /// SHA-256 of the photo the student has now; `null` when none.
    pub photo: Option<String>,
}
