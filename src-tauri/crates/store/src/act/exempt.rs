//! Acts that are logged and not undone; [`super::EXEMPT_FROM_UNDO`] says why.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use zhaoshen_model::profile::RuleSettings;
use zhaoshen_model::{Profile, RoundId};

use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::delivery::{self, DeliveryRow, NewDelivery};
use crate::table::log::{self, Entry, Subject};
use crate::table::profile_version::{self, ProfileVersionRow};
use crate::table::round::{self, NewRound, RoundRow};
use crate::table::setting;
use crate::table::submission::{self, SubmissionVerdict};
use crate::table::unfinished::{self, Writing};

/// A version to be saved.
#[derive(Debug, Clone, Copy)]
pub struct NewProfileVersion<'a> {
    /// The version the editor began from.
    pub seen: u32,
    /// The whole profile.
    pub profile: &'a Profile,
    /// Why; may be empty.
    pub note: &'a str,
    /// What the rules say under it of every measured submission of the round.
    pub verdicts: &'a [SubmissionVerdict],
}

impl Store {
    /// Makes a round.
    ///
    /// # Errors
    /// [`crate::Error::RoundNameTaken`].
    pub fn create_round(&self, new: &NewRound, reviewer: &str, at: Timestamp) -> Result<RoundRow> {
        self.write(|transaction| {
            let id = round::insert(transaction, new, at)?;
            let first = ProfileVersionRow {
                round: id,
                version: 1,
                profile: new.profile.clone(),
                note: String::new(),
                reviewer: reviewer.to_owned(),
                saved_at: at,
            };
            profile_version::insert(transaction, &first)?;
            let after = json!({ "name": new.name, "profile": new.profile.name });
            let entry = Entry::of_round(id, Act::RoundCreated, (reviewer, at), after);
            log::append(transaction, &entry)?;
            round::get(transaction, id)
        })
    }

    /// Judges the round by another profile from now on, as the next version, together with what the
    /// rules say under it: queues never show verdicts of one version under another.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`]; [`crate::Error::ProfileMoved`] when another version than
    /// `seen` stands.
    pub fn save_profile_version(
        &self,
        id: RoundId,
        new: &NewProfileVersion<'_>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<ProfileVersionRow> {
        self.write(|transaction| {
            let before = profile_version::get(transaction, id, None)?;
            if before.version != new.seen {
                return Err(Error::ProfileMoved {
                    version: before.version,
                });
            }
            let row = ProfileVersionRow {
                round: id,
                version: before.version + 1,
                profile: new.profile.clone(),
                note: new.note.to_owned(),
                reviewer: reviewer.to_owned(),
                saved_at: at,
            };
            profile_version::insert(transaction, &row)?;
            round::set_profile(transaction, id, new.profile)?;
            submission::set_verdicts(transaction, new.verdicts)?;
            let after = logged(&row, &before.profile);
            let entry = Entry {
                before: Some(logged(&before, &row.profile)),
                ..Entry::of_round(id, Act::ProfileChanged, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            Ok(row)
        })
    }

    /// Records a delivery whose files were written and read back; it gets the number that its writing began with, else the
    /// round's next. Every photo of it must be approved still by the decision and for the student that it was planned
    /// with, the newest of a student who is collected, and in no question.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for the round, [`crate::Error::ApprovalTakenBack`], [`crate::Error::Database`] for a
    /// submission that is not there or a file name given twice.
    pub fn record_delivery(
        &self,
        round: RoundId,
        new: &NewDelivery,
        writing: Option<&Writing>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<DeliveryRow> {
        self.write(|transaction| {
            round::get(transaction, round)?;
            delivery::check_approved(transaction, round, new)?;
            let number = match writing {
                Some(writing) => unfinished::number(transaction, writing)?,
                None => unfinished::next_number(transaction, round)?,
            };
            let row = delivery::insert(transaction, (round, number), reviewer, new, at)?;
            unfinished::book(transaction, writing)?;
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
                        "how": new.how,
                    })),
                },
            )?;
            Ok(row)
        })
    }

    /// Records that a delivery was written again, file for file; it keeps its number.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn record_repeat(
        &self,
        row: &DeliveryRow,
        target: &str,
        writing: Option<&Writing>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            log::append(
                transaction,
                &Entry {
                    round: Some(row.round),
                    at,
                    reviewer,
                    what: Act::DeliveryRepeated,
                    subject: Subject::Delivery(row.id),
                    undo: None,
                    before: None,
                    after: Some(json!({
                        "number": row.number,
                        "target": target,
                        "files": row.files,
                    })),
                },
            )?;
            unfinished::book(transaction, writing)
        })
    }

    /// Records that a copy of the workspace was written to the file `target`, which opens with a passphrase that nobody was
    /// shown yet.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn record_copy(
        &self,
        target: &str,
        writing: &Writing,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let after = Some(json!({ "target": target }));
            let entry = Entry::of_workspace(Act::CopiedOut, (reviewer, at), None, after);
            log::append(transaction, &entry)?;
            unfinished::book(transaction, Some(writing))
        })
    }

    /// Records that a workspace was made in the folder `target` of the backup `from`, its name or a file's, and where what
    /// lay there before was put `aside` to; empty where nothing was. What was noted of it while it was `writing` goes.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn record_restored(
        &self,
        (from, target): (&str, &str),
        aside: &str,
        writing: Option<i64>,
        (reviewer, at): (&str, Timestamp),
    ) -> Result<()> {
        self.write(|transaction| {
            if let Some(id) = writing {
                unfinished::remove(transaction, id)?;
            }
            let mut after = json!({ "source": from, "target": target });
            if !aside.is_empty() {
                after["aside"] = json!(aside);
            }
            let after = Some(after);
            let entry = Entry::of_workspace(Act::Restored, (reviewer, at), None, after);
            log::append(transaction, &entry).map(|_| ())
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
        self.put_setting(None, (name, value), reviewer, at)
    }

    /// Sets a setting of one round: its row of the log is the round's, and what it says of persons goes with the round.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn set_round_setting(
        &self,
        round: RoundId,
        (name, value): (&str, &Value),
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.put_setting(Some(round), (name, value), reviewer, at)
    }

    fn put_setting(
        &self,
        round: Option<RoundId>,
        (name, value): (&str, &Value),
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let before = setting::get(transaction, name)?;
            setting::set(transaction, name, value)?;
            log::append(
                transaction,
                &Entry {
                    round,
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
}

/// A version as the log shows it: its number, its name, and the rules set otherwise than in `other`.
fn logged(row: &ProfileVersionRow, other: &Profile) -> Value {
    let differs =
        |(code, settings): &(&String, &RuleSettings)| other.rules.get(*code) != Some(*settings);
    let rules: BTreeMap<_, _> = row.profile.rules.iter().filter(differs).collect();
    json!({
        "version": row.version,
        "profile": row.profile.name,
        "title": row.profile.title,
        "note": row.note,
        "rules": rules,
    })
}
