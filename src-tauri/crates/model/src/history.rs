//! What the round knows of a photo's past, for the two rules that need more than the photo itself.

use serde::{Deserialize, Serialize};

/// The past of one submission's photo within its round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoHistory {
    /// 学号 of every other student who handed in the same bytes.
    pub shared_with: Vec<String>,
    /// Whether the same bytes were rejected before for this student.
    pub rejected_before: bool,
}
