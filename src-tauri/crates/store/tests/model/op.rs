//! What people ask for, and why it is refused.

use std::collections::BTreeSet;

use zhaoshen_model::DecisionKind;

/// What somebody asks for. Photos and students are numbered from 0.
#[derive(Debug, Clone)]
pub enum Op {
    /// Decides on one photo, having seen what is shown of it, or otherwise.
    Decide(usize, usize, DecisionKind, bool),
    /// Decides on several students' newest photos in one act.
    DecideAll(usize, BTreeSet<usize>, DecisionKind, bool),
    /// Chooses photos for a second review.
    Choose(usize, BTreeSet<usize>),
    /// Gives the reviews that wait up.
    WithdrawReviews(usize),
    /// Says of students that they have a photo already, or not.
    Mark(usize, BTreeSet<usize>, bool),
    /// A student hands in another photo.
    Resubmit(usize),
    /// Plans to approve every first photo by a sample of them.
    Plan(usize, BTreeSet<usize>),
    /// Gives the newest plan up.
    WithdrawPlan(usize),
    /// Approves the rest of the newest plan's set.
    Release(usize),
    /// Takes back.
    Undo(usize),
    /// Does again.
    Redo(usize),
    /// The program is closed and opened.
    Reopen,
}

/// Why something is not done; what is done answers a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum No {
    Conflict,
    UnderReview,
    Superseded,
    Exempt,
    Sampling,
}
