//! Whom a page of the ledger lists.

use zhaoshen_model::StudentId;
use zhaoshen_model::payment::FeeState;

use super::Ledger;

/// Of those whom the fee concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Everybody.
    All,
    /// Those of one state.
    State(FeeState),
    /// Those of whom no photo is collected, and who paid all the same (免采而缴费).
    ExemptPaid,
}

impl Wanted {
    /// What the screen asks for by name.
    pub(super) fn of(name: &str) -> Self {
        let state = FeeState::ALL
            .into_iter()
            .find(|state| state.as_str() == name);
        match (name, state) {
            (_, Some(state)) => Self::State(state),
            ("exempt", None) => Self::ExemptPaid,
            _ => Self::All,
        }
    }

    /// Whether the student is one of them.
    pub(super) fn takes(self, ledger: &Ledger, student: StudentId) -> bool {
        match self {
            Self::All => true,
            Self::State(state) => ledger.state(student) == state,
            Self::ExemptPaid => ledger.is_exempt_paid(student),
        }
    }
}
