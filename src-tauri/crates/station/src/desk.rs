//! What the desk has besides queues and decisions: disputed findings, the tick list, the keys.

use std::collections::HashSet;

use serde_json::json;
use zhaoshen_checks::{CropRegion, HUMAN_REASONS, HUMAN_RULES, HumanRule};
use zhaoshen_model::{SubmissionId, Verdict};
use zhaoshen_store::Dispute;

use crate::app::now;
use crate::failure::{refused, store};
use crate::wire::{
    Disputed, Empty, Failure, FindingDispute, HumanItem, KeyBinding, KeyBindings, Reason,
    SubmissionRef,
};
use crate::{Seat, zh};

/// Name of the setting that holds changed keys: everybody's start, and with the person's number behind it that person's.
const KEYS: &str = "keys";
/// Most acts with keys of their own, and most keys of one act: more is no key map.
const KEYS_MAX: usize = 64;
/// Longest name of an act or a key, characters.
const KEY_NAME_MAX: usize = 32;

impl Seat {
    /// Calls a finding wrong (误报), or right again; decides nothing.
    ///
    /// # Errors
    /// Refused without a reviewer, and for a rule that says nothing of this photo; not found.
    pub fn finding_dispute(&self, args: FindingDispute) -> Result<Disputed, Failure> {
        let reviewer = self.reviewer()?;
        let submission = SubmissionId(args.submission);
        let view = self.submission_show(SubmissionRef {
            submission: args.submission,
        })?;
        let finding = view
            .findings
            .into_iter()
            .find(|finding| finding.code == args.code)
            .ok_or_else(|| refused(zh::FINDING_UNKNOWN))?;
        if finding.severity == Verdict::Pass.as_str() {
            return Err(refused(zh::FINDING_PASSED));
        }
        let dispute = Dispute {
            submission,
            code: finding.code,
            said: Verdict::parse(&finding.severity).unwrap_or(Verdict::Unknown),
            value: finding.value,
            reviewer,
        };
        self.store()
            .dispute_finding(&dispute, args.wrong, now())
            .map_err(|error| store(&error))?;
        Ok(Disputed {
            codes: self.disputed(submission)?,
        })
    }

    /// Codes of the findings on a photo that the reviewer at the desk holds for wrong.
    pub(crate) fn disputed(&self, submission: SubmissionId) -> Result<Vec<String>, Failure> {
        let store_ = self.store();
        let reviewer = self.seated();
        let standing = store_
            .disputes_on(submission)
            .map_err(|error| store(&error))?;
        let mine = standing
            .into_iter()
            .filter(|row| Some(&row.dispute.reviewer) == reviewer.as_ref());
        Ok(mine.map(|row| row.dispute.code).collect())
    }

    /// What only a person can see, in the order of looking.
    ///
    /// # Errors
    /// None.
    pub fn human_list(&self, _: Empty) -> Result<Vec<HumanItem>, Failure> {
        Ok(HUMAN_RULES.iter().map(human_item).collect())
    }

    /// The keys that the person at the desk changed; who changed none has those of the workspace.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn keys_show(&self, _: Empty) -> Result<KeyBindings, Failure> {
        let own = self.store().setting(&self.keys_name());
        let stored = match own.map_err(|error| store(&error))? {
            Some(own) => Some(own),
            None => self.store().setting(KEYS).map_err(|error| store(&error))?,
        };
        // A map that cannot be read (any more) is none: the first keys are always good.
        Ok(stored
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default())
    }

    /// Changes the keys of the person at the desk; before anybody gave a name, everybody's start.
    ///
    /// # Errors
    /// Refused for what is no key map, and for a key of two acts; when the workspace cannot be written.
    pub fn keys_set(&self, args: KeyBindings) -> Result<KeyBindings, Failure> {
        let sound = args.bindings.len() <= KEYS_MAX && args.bindings.iter().all(is_sound);
        if !sound {
            return Err(refused(zh::KEYS_UNSOUND));
        }
        let mut taken = HashSet::new();
        let mut codes = args.bindings.iter().flat_map(|binding| &binding.codes);
        if !codes.all(|code| taken.insert(code)) {
            return Err(refused(zh::KEYS_TWICE));
        }
        self.store()
            .set_setting(&self.keys_name(), &json!(args), &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        self.keys_show(Empty {})
    }

    fn keys_name(&self) -> String {
        match &self.who {
            Some(person) => format!("{KEYS}:{}", person.id),
            None => KEYS.to_owned(),
        }
    }
}

fn is_sound(binding: &KeyBinding) -> bool {
    let name = |text: &String| {
        !text.is_empty()
            && text.len() <= KEY_NAME_MAX
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name(&binding.act) && binding.codes.len() <= KEYS_MAX && binding.codes.iter().all(name)
}

fn human_item(rule: &HumanRule) -> HumanItem {
    let reason = HUMAN_REASONS
        .iter()
        .find(|reason| reason.code == rule.code)
        .map_or(rule.title, |reason| reason.text);
    HumanItem {
        code: rule.code.to_owned(),
        title: rule.title.to_owned(),
        region: match rule.region {
            CropRegion::Eyes => "eyes",
            CropRegion::Ears => "ears",
            CropRegion::Mouth => "mouth",
            CropRegion::Whole => "whole",
        }
        .to_owned(),
        reason: Reason {
            code: Some(rule.code.to_owned()),
            text: reason.to_owned(),
        },
    }
}
