//! The review desk: queues, one submission with its findings, decisions, undo.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A command about one submission.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct SubmissionRef {
    /// The submission.
    pub submission: i64,
}

/// A queue and how many submissions it holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueCount {
    /// Key: `pending`, `clear`, `hints`, `failing`, `unknown`, `held`, `resubmitted`, `shared`, `approved`, `rejected`, `second`, `differing`, `mine`, `rule:GEO-02`, `college:…`.
    pub queue: String,
    /// What staff read.
    pub title: String,
    /// How many.
    pub count: u32,
}

/// Open a queue.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueOpen {
    /// The round.
    pub round: i64,
    /// Key of the queue.
    pub queue: String,
    /// Most items to answer with, so that a long queue shows its first photo at once; `null` for all.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Go on with a queue of which the first part was opened.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueMore {
    /// The round.
    pub round: i64,
    /// Key of the queue.
    pub queue: String,
    /// 学号 of the last item there is.
    pub after: String,
    /// Most items to answer with; fewer mean that the queue is at its end.
    pub limit: u32,
}

/// A queue as it stood when it was opened; it does not move under the reviewer's hands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueOpened {
    /// Key of the queue.
    pub queue: String,
    /// Title of the queue.
    pub title: String,
    /// In the order of 学号; the first of them where a limit was asked for.
    pub items: Vec<QueueItem>,
    /// How many there are in all.
    pub total: u32,
}

/// One submission as lists show it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueItem {
    /// The submission.
    pub submission: i64,
    /// SHA-256 of the photo, for its address.
    pub photo: String,
    /// 学号; empty while unmatched.
    pub student_no: String,
    /// 姓名; empty while unmatched.
    pub name: String,
    /// 学院.
    pub college: String,
    /// The how-manieth submission of the student, from 1.
    pub sequence: u32,
    /// `pass`, `warn`, `fail`, `unknown`, or empty while unchecked.
    pub verdict: String,
    /// The failing rules' codes.
    pub failing: Vec<String>,
    /// `approved`, `rejected`, `held`, `reviewing` while a second review waits and the first verdict is withheld, or
    /// empty while undecided.
    pub decision: String,
    /// Id of the decision that stands; `null` while undecided or withheld.
    pub decision_id: Option<i64>,
}

/// A rectangle in px of the picture as displayed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct RectView {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Everything the desk shows of one submission.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SubmissionView {
    /// As lists show it.
    pub item: QueueItem,
    /// Whose it is; `null` while unmatched.
    pub student: Option<super::roster::StudentRow>,
    /// Others of the roster whose name is read as the same, the first few by 学号: the photo may be one of theirs.
    pub namesakes: Vec<super::photos::StudentHit>,
    /// How many there are.
    pub namesakes_total: u32,
    /// File name as received.
    pub file_name: String,
    /// Size in bytes.
    pub size_bytes: f64,
    /// When it was received, local time.
    pub received_at: String,
    /// The picture; `null` when it cannot be shown.
    pub picture: Option<PictureView>,
    /// The crop of the finished file; `null` without a face.
    pub frame: Option<FrameView>,
    /// Close looks.
    pub crops: Vec<Crop>,
    /// Failing first.
    pub findings: Vec<FindingView>,
    /// Reasons preset from the findings, for a rejection.
    pub preset_reasons: Vec<Reason>,
    /// Decision that stands; `null` while undecided or withheld.
    pub decision: Option<DecisionView>,
    /// How its second review stands; `null` without one.
    pub review: Option<super::second::ReviewView>,
    /// Every submission and decision of this student, oldest first.
    pub history: Vec<HistoryEntry>,
    /// The picture the school has of the student all along; `null` without one.
    pub reference: Option<super::filing::ReferenceView>,
    /// Codes of the findings that the reviewer called wrong.
    pub disputed: Vec<String>,
    /// Submissions whose pictures are the same, then those that look the same, this student's rejected ones first.
    pub near_photos: Vec<NearPhotoView>,
}

/// A submission whose picture is or looks the same.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NearPhotoView {
    /// The submission.
    pub submission: i64,
    /// SHA-256 of its photo, for its address.
    pub photo: String,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// In how many of 256 bits the two pictures differ.
    pub distance_bits: u32,
    /// Its file is the same, byte for byte.
    pub same: bool,
    /// It was rejected, and is this student's own.
    pub rejected: bool,
    /// The picture; `null` when it cannot be shown.
    pub picture: Option<PictureView>,
    /// Left and right iris, px of the picture; `null` without a face.
    pub eyes: Option<[[f64; 2]; 2]>,
}

/// Size of the picture as displayed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct PictureView {
    /// Width, px of the original.
    pub width_px: u32,
    /// Height, px of the original.
    pub height_px: u32,
}

/// The frame of the finished file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FrameView {
    /// Where it lies, px of the picture as displayed.
    pub rect: RectView,
    /// The picture is used as it is.
    pub as_is: bool,
    /// Every band can be met.
    pub feasible: bool,
}

/// A close look at a part of the photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Crop {
    /// `eyes`, `ear_left`, `ear_right`, `mouth`.
    pub key: String,
    /// What staff read.
    pub title: String,
    /// Where.
    pub rect: RectView,
}

/// One rule's result.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingView {
    /// Fault-named id.
    pub rule: String,
    /// Stable code.
    pub code: String,
    /// Short title, e.g. "眼睛位置".
    pub title: String,
    /// `pass`, `warn`, `fail`, `unknown`.
    pub severity: String,
    /// Measured value.
    pub value: Option<f64>,
    /// Unit symbol, may be empty.
    pub unit: String,
    /// Lowest allowed.
    pub min: Option<f64>,
    /// Highest allowed.
    pub max: Option<f64>,
    /// One Chinese line.
    pub message: String,
    /// Source clause.
    pub clause: String,
    /// What to draw, px of the picture as displayed.
    pub marks: Vec<MarkView>,
}

/// Something to draw; which fields are set depends on `shape`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum MarkView {
    /// A horizontal line with its allowed band.
    HorizontalLine {
        /// y.
        y: f64,
        /// Lowest allowed y.
        min: Option<f64>,
        /// Highest allowed y.
        max: Option<f64>,
    },
    /// A vertical line with its allowed band.
    VerticalLine {
        /// x.
        x: f64,
        /// Lowest allowed x.
        min: Option<f64>,
        /// Highest allowed x.
        max: Option<f64>,
    },
    /// A segment `[x, y]` to `[x, y]`.
    Segment {
        /// One end.
        from: [f64; 2],
        /// The other end.
        to: [f64; 2],
    },
    /// A rectangle.
    Rect {
        /// Where.
        rect: RectView,
    },
    /// Points.
    Points {
        /// Each `[x, y]`.
        points: Vec<[f64; 2]>,
    },
}

/// A reason of a rejection.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reason {
    /// Code of the rule it comes from; `null` when typed by hand.
    pub code: Option<String>,
    /// What the student reads.
    pub text: String,
}

/// A reason staff can choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReasonTemplate {
    /// Code of the rule.
    pub code: String,
    /// Short title.
    pub title: String,
    /// What the student reads.
    pub text: String,
    /// Pinyin initials of title and text, to be found by without an input method.
    pub initials: String,
}

/// A decision that was made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DecisionView {
    /// Id.
    pub decision_id: i64,
    /// `approved`, `rejected`, `held`.
    pub kind: String,
    /// Reasons of a rejection.
    pub reasons: Vec<Reason>,
    /// Note for colleagues.
    pub note: String,
    /// Who.
    pub reviewer: String,
    /// When, local time.
    pub at: String,
    /// `first`, `second` or `settling` in the history of a photo with a second review; empty else.
    pub part: String,
    /// It was taken back, and not done again; told in a history alone.
    pub undone: bool,
}

/// One submission in a student's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HistoryEntry {
    /// The submission.
    pub submission: i64,
    /// SHA-256.
    pub photo: String,
    /// Its place among the student's photos, from 1; the last one counts. Choosing another to count changes it.
    pub sequence: u32,
    /// The how-manieth of the student's photos it came as, from 1; it stays, whichever counts.
    pub arrival: u32,
    /// When it was received, local time.
    pub received_at: String,
    /// Its file's name, ID numbers masked.
    pub file_name: String,
    /// It came in one import with other photos of this student; which one counts is for a person to say.
    pub together: bool,
    /// A person is still to say whether this one counts, or another of those marked so; nothing is decided before.
    pub unpicked: bool,
    /// That it came before or after the round's window; empty when it did not.
    pub outside_window: String,
    /// That it came after the last submission the round allows; empty when it did not.
    pub over_limit: String,
    /// The decision that stands, if any.
    pub decision: Option<DecisionView>,
    /// Every decision ever made on it, first to last, those taken back included; none while a second review waits.
    pub decisions: Vec<DecisionView>,
    /// Its picture; `null` when it cannot be shown.
    pub picture: Option<PictureView>,
    /// Both iris centres, px of the picture as displayed, the one on the picture's left first; `null` without a face.
    pub eyes: Option<[[f64; 2]; 2]>,
}

/// Say which of a student's photos counts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChooseRequest {
    /// The submission that does.
    pub submission: i64,
    /// 学号 that the page showed beside the photo. Another student meanwhile is a conflict.
    pub seen_student: String,
}

/// Decide on a submission.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DecideRequest {
    /// The submission.
    pub submission: i64,
    /// Id of the decision the reviewer saw; `null` when undecided. Another one meanwhile is a conflict, never overwritten.
    pub seen_decision: Option<i64>,
    /// 学号 that the page showed beside the photo; empty when it showed none. Another student meanwhile is a conflict.
    pub seen_student: String,
    /// The photo was shown as one that waits for a second, blind verdict. Without such a review by now it is a
    /// conflict: the first verdict was taken back, and this one would pass for it.
    #[serde(default)]
    pub second: bool,
    /// `approved`, `rejected`, `held`.
    pub kind: String,
    /// Reasons; at least one for a rejection.
    pub reasons: Vec<Reason>,
    /// Note for colleagues.
    pub note: String,
}

/// The decision is on disk.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Decided {
    /// The submission as it stands now.
    pub item: QueueItem,
    /// How a second review stands that this decision was the second verdict of; `null` otherwise.
    pub review: Option<super::second::ReviewView>,
}

/// What the desk's undo reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeskAct {
    /// A decision, or a page of them.
    Decided,
    /// Photos that the studio gave back were rejected.
    ReturnedRejected,
    /// A second verdict.
    SecondReviewed,
    /// A photo was given to a student.
    PhotoAssigned,
    /// A photo was taken away from a student, or back from those put aside.
    PhotoPutBack,
    /// Photos were put aside as nobody's.
    PhotoDismissed,
    /// It was said which of one student's photos counts.
    PhotoChosen,
    /// The rest of a set was approved on the strength of its sample.
    BulkApproved,
}

/// What an undo would take back now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Undoable {
    /// One Chinese line; `null` when there is nothing.
    pub summary: Option<String>,
    /// What kind of act it is; `null` when there is nothing.
    pub what: Option<DeskAct>,
    /// The sampling plan whose release it is; `null` where it is something else.
    pub plan: Option<i64>,
    /// How many photos it concerns.
    pub total: u32,
    /// The act itself, to undo just this one; `null` when there is nothing.
    pub act: Option<i64>,
}

/// Whatever was done last in a round.
impl From<super::RoundRef> for UndoAsk {
    fn from(of: super::RoundRef) -> Self {
        Self {
            round: of.round,
            seen: None,
        }
    }
}

/// Take back what was done last.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UndoAsk {
    /// The round.
    pub round: i64,
    /// The act that was seen to come next: another is not taken back in its place.
    #[serde(default)]
    #[ts(optional)]
    pub seen: Option<i64>,
}

/// An undo or redo; `act` is `null` when there was nothing left.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Undone {
    /// What was taken back or done again.
    pub act: Option<UndoneAct>,
}

/// What an undo or redo changed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UndoneAct {
    /// One Chinese line.
    pub summary: String,
    /// The submission concerned, as it stands now; the first of several.
    pub item: Option<QueueItem>,
    /// The submissions concerned as they stand now, at most 200 of them.
    pub items: Vec<QueueItem>,
    /// How many are concerned.
    pub total: u32,
}
