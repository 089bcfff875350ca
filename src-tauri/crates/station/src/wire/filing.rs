//! Pictures filed with students beside their submissions: of 采集码, and reference photos (对照照片).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::photos::IntakeLine;
use super::review::PictureView;

/// What an import of such pictures did; every file is in exactly one of the numbers up to `refused`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct FilingReport {
    /// Files met, system files and index workbooks not counted.
    pub files: u32,
    /// Pictures filed with a student who had none.
    pub filed: u32,
    /// Pictures that stand in place of an earlier one, each with a line.
    pub replaced: u32,
    /// Pictures that are filed already, byte for byte.
    pub already_there: u32,
    /// Pictures whose name means nobody, or several; they are not kept, each has a line.
    pub unmatched: u32,
    /// Files that are no such picture, or could not be read, each with a line.
    pub refused: u32,
    /// Of the students met, those in whose picture no code could be read, or no face found, each with a line.
    pub unreadable: u32,
    /// Of the students met, those whose code or reference photo is filed with another too, each with a line.
    pub shared: u32,
    /// The job was cancelled; what is counted above stays done.
    pub cancelled: bool,
    /// What is to be looked at; the first of it.
    pub lines: Vec<IntakeLine>,
    /// Further lines: `job_lines` has them.
    pub lines_left: u32,
}

/// Take such pictures away from students, in one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FiledRemove {
    /// The round.
    pub round: i64,
    /// The students.
    pub students: Vec<i64>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FiledRemoved {
    /// Students who had one.
    pub removed: u32,
}

/// The reference photo of a student, for a person's eye alone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReferenceView {
    /// SHA-256, for its address.
    pub photo: String,
    /// File name as received.
    pub file_name: String,
    /// The picture.
    pub picture: PictureView,
    /// Left and right iris, px of the picture; `null` where no face was found.
    pub eyes: Option<[[f64; 2]; 2]>,
}
