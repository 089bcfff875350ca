//! Calling a finding of the machine wrong, and right again.

use jiff::Timestamp;
use serde_json::json;

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::dispute::{self, Dispute};
use crate::table::log::{self, Entry, Subject};
use crate::table::submission;

impl Store {
    /// Records that the reviewer holds the finding for `wrong`, or for right again; nothing when that stands already.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for the submission.
    pub fn dispute_finding(&self, disputed: &Dispute, wrong: bool, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let row = submission::get(transaction, disputed.submission)?;
            if dispute::stands(transaction, disputed)? == wrong {
                return Ok(());
            }
            dispute::insert(transaction, disputed, wrong, at)?;
            let code = &disputed.code;
            log::append(
                transaction,
                &Entry {
                    round: Some(row.round),
                    at,
                    reviewer: &disputed.reviewer,
                    what: Act::FindingDisputed,
                    subject: Subject::Submission(row.id),
                    undo: None,
                    before: Some(json!({ "code": code, "wrong": !wrong })),
                    after: Some(json!({
                        "code": code,
                        "wrong": wrong,
                        "said": disputed.said,
                        "value": disputed.value,
                    })),
                },
            )?;
            Ok(())
        })
    }
}
