//! What the round knows of a photo's past, for the rules that need more than the photo itself.

use serde::{Deserialize, Serialize};

use crate::ids::SubmissionId;

/// The past of one submission's photo within its round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoHistory {
    /// 学号 of every other student who handed in the same bytes.
    pub shared_with: Vec<String>,
    /// Whether the same bytes were rejected before for this student.
    pub rejected_before: bool,
    /// Other students' submissions that look like the same picture, nearest first.
    pub near: Vec<NearPhoto>,
    /// This student's rejected submissions that look like the same picture, nearest first.
    pub near_rejected: Vec<NearPhoto>,
    /// The day by which the photo's age is judged, "YYYY-MM-DD"; `None` when nobody said.
    pub judged_on: Option<String>,
    /// Whether it came back from the 采集单位 under the name by which it was delivered.
    pub returned: bool,
}

/// Another submission that looks like the same picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearPhoto {
    /// The other submission.
    pub submission: SubmissionId,
    /// Whose it is, 学号.
    pub student_no: String,
    /// Bits in which the two look hashes differ, 0..=256.
    pub distance_bits: u32,
}
