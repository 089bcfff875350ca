//! Keeping `student.exempt` what scope, marks and roster make of it: called by every act that changes one of them, in its
//! transaction. No act of its own, and not logged.

use rusqlite::Connection;
use zhaoshen_model::scope::Facts;
use zhaoshen_model::{Eligibility, RoundId, StudentId};

use crate::error::Result;
use crate::table::{scope, student};

/// Judges every student of the round, listed or not, and writes where something else follows now.
pub(crate) fn keep_current(connection: &Connection, round: RoundId) -> Result<()> {
    let asked = scope::get(connection, round)?;
    let marks = scope::marks(connection, round)?;
    let mut changed = Vec::new();
    for (id, facts, was) in student::facts(connection, round)? {
        let said = marks.get(&id).cloned().unwrap_or_default();
        let is = Eligibility::of(&asked, Facts::from(&facts), &said).exempt();
        if is != was {
            changed.push((id, is));
        }
    }
    for (id, is) in changed {
        student::set_exempt(connection, id, is)?;
    }
    Ok(())
}

/// Refuses what only a student to be collected can have.
pub(crate) fn check_due(connection: &Connection, id: StudentId) -> Result<()> {
    match student::exempt(connection, id)? {
        Some(why) => Err(crate::Error::Exempt { why }),
        None => Ok(()),
    }
}
