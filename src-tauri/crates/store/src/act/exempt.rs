//! Acts that are logged and not undone; [`super::EXEMPT_FROM_UNDO`] says why.

use jiff::Timestamp;
use serde_json::{Value, json};
use zhaoshen_model::{Profile, RoundId};

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::delivery::{self, DeliveryRow, NewDelivery};
use crate::table::log::{self, Entry, Subject};
use crate::table::round::{self, NewRound, RoundRow};
use crate::table::setting;

impl Store {
    /// Makes a round.
    ///
    /// # Errors
    /// [`crate::Error::RoundNameTaken`].
    pub fn create_round(&self, new: &NewRound, reviewer: &str, at: Timestamp) -> Result<RoundRow> {
        self.write(|transaction| {
            let id = round::insert(transaction, new, at)?;
            log::append(
                transaction,
                &Entry {
                    round: Some(id),
                    at,
                    reviewer,
                    what: Act::RoundCreated,
                    subject: Subject::Round(id),
                    undo: None,
                    before: None,
                    after: Some(json!({ "name": new.name, "profile": new.profile.name })),
                },
            )?;
            round::get(transaction, id)
        })
    }

    /// Judges the round by another profile from now on. Cached verdicts are the caller's to redo.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn set_round_profile(
        &self,
        id: RoundId,
        profile: &Profile,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let before = round::get(transaction, id)?.profile;
            round::set_profile(transaction, id, profile)?;
            log::append(
                transaction,
                &Entry {
                    round: Some(id),
                    at,
                    reviewer,
                    what: Act::ProfileChanged,
                    subject: Subject::Round(id),
                    undo: None,
                    before: Some(json!(before)),
                    after: Some(json!(profile)),
                },
            )?;
            Ok(())
        })
    }

    /// Records a delivery whose files were written and read back; it gets the round's next number.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for the round, [`crate::Error::Database`] for a submission that
    /// is not there or a file name given twice.
    pub fn record_delivery(
        &self,
        round: RoundId,
        new: &NewDelivery,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<DeliveryRow> {
        self.write(|transaction| {
            round::get(transaction, round)?;
            let row = delivery::insert(transaction, round, reviewer, new, at)?;
            log::append(
                transaction,
                &Entry {
                    round: Some(round),
                    at,
                    reviewer,
                    what: Act::Delivered,
                    subject: Subject::Delivery(row.id),
                    undo: None,
                    before: None,
                    after: Some(json!({
                        "number": row.number,
                        "target": row.target,
                        "profile": row.profile_name,
                        "files": row.files,
                    })),
                },
            )?;
            Ok(row)
        })
    }

    /// Sets a setting of the workspace.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn set_setting(
        &self,
        name: &str,
        value: &Value,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let before = setting::get(transaction, name)?;
            setting::set(transaction, name, value)?;
            log::append(
                transaction,
                &Entry {
                    round: None,
                    at,
                    reviewer,
                    what: Act::SettingChanged,
                    subject: Subject::Workspace,
                    undo: None,
                    before: before.map(|before| json!({ name: before })),
                    after: Some(json!({ name: value })),
                },
            )?;
            Ok(())
        })
    }

    /// Says who sits at the desk from now on.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn set_reviewer(&self, name: &str, at: Timestamp) -> Result<()> {
        self.set_setting(setting::REVIEWER, &json!(name), name, at)
    }
}
