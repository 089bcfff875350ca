//! Notices that were written to a file for whoever sends text messages: logged, since names and telephone numbers leave
//! the house; not undone. No name and no number is in the log.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::RoundId;

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::round;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSms<'a> {
    /// The folder it is written to.
    pub target: &'a str,
    /// Students in the file.
    pub students: u64,
    /// Whether their telephone numbers are in it.
    pub numbers: bool,
}

impl Store {
    /// Records a file that was written.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for the round.
    pub fn record_sms(
        &self,
        round: RoundId,
        new: NewSms<'_>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            round::get(transaction, round)?;
            let after =
                json!({ "sms": new.students, "numbers": new.numbers, "target": new.target });
            let by = (reviewer, at);
            log::append(
                transaction,
                &Entry::of_round(round, Act::SmsWritten, by, after),
            )?;
            Ok(())
        })
    }
}
