//! The standard editor: a round's own profile, what a change would do, its versions.
//!
//! Nothing here knows a limit: the settings come from the round's profile and go through
//! [`zhaoshen_checks::edited`]. What a whole round measured is kept by [`reading`].

pub(crate) mod ahead;
pub(crate) mod reading;

use std::collections::BTreeMap;

use zhaoshen_checks::{RULES, Role, Rule, edited, help};
use zhaoshen_model::profile::{Outside, RuleSettings};
use zhaoshen_model::{Profile, Verdict};
use zhaoshen_store::{NewProfileVersion, ProfileVersionRow};

use self::ahead::{AT_ONCE, Ahead};
use self::reading::{Judged, Reading};
use crate::app::{local_time, now};
use crate::checking::verdicts_under;
use crate::failure::{no_queue, refused, store};
use crate::view::unit_word;
use crate::wire::{
    Failure, RoundRef, RuleEdit, RuleNumber, RuleShift, RuleValues, ShiftedItem, StandardHistogram,
    StandardRef, StandardRule, StandardSave, StandardShift, StandardVersion, StandardView,
    StandardWhatIf,
};
use crate::{Seat, zh};

/// Most photos in one page of a what-if.
const PAGE_MAX: u32 = 200;
/// Longest note, characters.
const NOTE_MAX: usize = 200;

impl Seat {
    /// A round's profile at one version, rule by rule. With the one that stands a screen opens: the session is in that round then,
    /// which is read behind it.
    ///
    /// # Errors
    /// Not found.
    pub fn standard_show(&self, args: StandardRef) -> Result<StandardView, Failure> {
        let round = self.round(args.round)?.id;
        let version = |version| {
            self.store()
                .profile_version(round, version)
                .map_err(|error| store(&error))
        };
        let current = version(None)?;
        if args.version.is_none() {
            let entered = Ahead::enter(&self.inner, &self.sitting, (round, AT_ONCE));
            if let Err(failure) = entered {
                // Without a thread the first question reads.
                tracing::warn!(?failure, "a round is not read ahead");
            }
        }
        let row = match args.version {
            Some(number) if number != current.version => version(Some(number))?,
            _ => current.clone(),
        };
        Ok(standard_view(&row, row.version == current.version))
    }

    /// The versions of a round's profile, newest first.
    ///
    /// # Errors
    /// Not found.
    pub fn standard_versions(&self, args: RoundRef) -> Result<Vec<StandardVersion>, Failure> {
        let round = self.round(args.round)?.id;
        let rows = self
            .store()
            .profile_versions(round)
            .map_err(|error| store(&error))?;
        let before = std::iter::once(None).chain(rows.iter().map(Some));
        let mut cards: Vec<StandardVersion> = rows
            .iter()
            .zip(before)
            .map(|(row, before)| StandardVersion {
                version: row.version,
                current: row.version as usize == rows.len(),
                reviewer: row.reviewer.clone(),
                at: local_time(row.saved_at),
                note: row.note.clone(),
                changes: before
                    .map_or_else(Vec::new, |before| changes(&before.profile, &row.profile)),
            })
            .collect();
        cards.reverse();
        Ok(cards)
    }

    /// The values one rule measured over the current photos of the round, by the profile that stands.
    ///
    /// # Errors
    /// Refused for an unknown code.
    pub fn standard_histogram(&self, args: StandardHistogram) -> Result<RuleValues, Failure> {
        let rule =
            zhaoshen_checks::registry::rule(&args.code).ok_or_else(|| refused(zh::RULE_UNKNOWN))?;
        let round = self.round(args.round)?;
        // A rule that is off is shown too: its values help to decide whether to switch it on.
        let mut profile = round.profile;
        if let Some(settings) = profile.rules.get_mut(rule.code) {
            settings.enabled = true;
        }
        let reading = self.inner.readings.of(self.store(), round.id)?;
        let findings = reading.findings(&profile, rule.code);
        let mut values = RuleValues {
            code: rule.code.to_owned(),
            title: rule.title_zh().to_owned(),
            ..RuleValues::default()
        };
        let mut valued: Vec<(f64, i64)> = Vec::with_capacity(findings.len());
        for (submission, finding) in findings {
            let Some(value) = finding.value else {
                values.without_value += 1;
                continue;
            };
            if values.unit.is_empty() {
                unit_word(finding.unit).clone_into(&mut values.unit);
            }
            (values.min, values.max) = (finding.min, finding.max);
            valued.push((value, submission.0));
        }
        valued.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        (values.values, values.submissions) = valued.into_iter().unzip();
        Ok(values)
    }

    /// What other settings would do to the verdicts of the round; stores nothing.
    ///
    /// # Errors
    /// Refused for settings that cannot be judged by and for an unknown list.
    pub fn standard_what_if(&self, args: StandardWhatIf) -> Result<StandardShift, Failure> {
        let listed = match args.list.as_str() {
            "" => None,
            word => Some(Verdict::parse(word).ok_or_else(no_queue)?),
        };
        let round = self.round(args.round)?.id;
        let stands = self
            .store()
            .profile_version(round, None)
            .map_err(|error| store(&error))?;
        let proposed = with_edits(&stands.profile, args.rules)?;
        let reading = self.inner.readings.of(self.store(), round)?;
        let before = reading.judged_by_version(&stands);
        let after = reading.judged(&proposed);
        let mut shift = shift(&reading, &before, &after);
        shift.version = stands.version;
        let changed = reading.rows.iter().zip(before.iter().zip(&after));
        let page = changed
            .filter(|(_, (before, after))| {
                before.verdict != after.verdict && Some(after.verdict) == listed
            })
            .skip(args.offset as usize)
            .take(args.limit.min(PAGE_MAX) as usize);
        shift.items = page
            .map(|(row, (_, after))| {
                Ok(ShiftedItem {
                    item: self.queue_item(row.id)?,
                    becomes: after.verdict.as_str().to_owned(),
                })
            })
            .collect::<Result<_, Failure>>()?;
        Ok(shift)
    }

    /// Makes edited settings the round's next version and judges the round by it, as one act.
    ///
    /// # Errors
    /// Refused without a reviewer, for settings that cannot be judged by, or when nothing differs; a
    /// conflict when another version than the one seen stands.
    pub fn standard_save(&self, args: StandardSave) -> Result<StandardView, Failure> {
        let round = self.round(args.round)?;
        let reviewer = self.reviewer()?;
        let note = args.note.trim();
        if note.chars().count() > NOTE_MAX || note.chars().any(char::is_control) {
            return Err(refused(zh::STANDARD_NOTE));
        }
        let proposed = with_edits(&round.profile, args.rules)?;
        if proposed == round.profile {
            return Err(refused(zh::STANDARD_UNCHANGED));
        }
        let verdicts = verdicts_under(self.store(), round.id, &proposed)?;
        let saved = self.store().save_profile_version(
            round.id,
            &NewProfileVersion {
                seen: args.seen_version,
                profile: &proposed,
                note,
                verdicts: &verdicts,
            },
            &reviewer,
            now(),
        );
        Ok(standard_view(&saved.map_err(|error| store(&error))?, true))
    }
}

fn shift(reading: &Reading, before: &[Judged], after: &[Judged]) -> StandardShift {
    let mut shift = StandardShift::default();
    let mut rules: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (row, (before, after)) in reading.rows.iter().zip(before.iter().zip(after)) {
        shift.judged += 1;
        for code in after
            .failing
            .iter()
            .filter(|code| !before.failing.contains(*code))
        {
            rules.entry(*code).or_default().0 += 1;
        }
        for code in before
            .failing
            .iter()
            .filter(|code| !after.failing.contains(*code))
        {
            rules.entry(*code).or_default().1 += 1;
        }
        if before.verdict == after.verdict {
            continue;
        }
        shift.decided += u32::from(row.decided);
        match after.verdict {
            Verdict::Fail => shift.newly_fail += 1,
            Verdict::Pass => shift.newly_pass += 1,
            Verdict::Warn => shift.newly_warn += 1,
            Verdict::Unknown => shift.newly_unknown += 1,
        }
    }
    shift.rules = rules
        .into_iter()
        .map(|(code, (newly_fail, no_longer_fail))| RuleShift {
            code: code.to_owned(),
            newly_fail,
            no_longer_fail,
        })
        .collect();
    shift
}

fn with_edits(profile: &Profile, edits: Vec<RuleEdit>) -> Result<Profile, Failure> {
    let edits = edits
        .into_iter()
        .map(|edit| Ok((edit.code.clone(), settings(edit)?)))
        .collect::<Result<BTreeMap<_, _>, Failure>>()?;
    edited(profile, edits).map_err(|error| refused(error.to_string()))
}

fn settings(edit: RuleEdit) -> Result<RuleSettings, Failure> {
    let outside = match edit.outside.as_str() {
        "fail" => Outside::Fail,
        "warn" => Outside::Warn,
        _ => return Err(refused(zh::STANDARD_OUTSIDE)),
    };
    Ok(RuleSettings {
        enabled: edit.enabled,
        outside,
        min: edit.min,
        max: edit.max,
        warn_margin: edit.warn_margin,
        also: edit.also,
        clause: String::new(),
    })
}

fn standard_view(row: &ProfileVersionRow, current: bool) -> StandardView {
    let rules = RULES
        .iter()
        .filter(|rule| rule.applies_to(Role::Submission));
    StandardView {
        round: row.round.0,
        version: row.version,
        current,
        profile: row.profile.name.clone(),
        title: row.profile.title.clone(),
        rules: rules
            .map(|rule| standard_rule(rule, &row.profile))
            .collect(),
    }
}

fn standard_rule(rule: &Rule, profile: &Profile) -> StandardRule {
    let own = profile.rules.get(rule.code);
    StandardRule {
        code: rule.code.to_owned(),
        title: rule.title_zh().to_owned(),
        family: rule.family.title_zh().to_owned(),
        clause: own.map_or_else(String::new, |own| own.clause.clone()),
        numbers: help::numbers(rule.code).into_iter().map(number).collect(),
        settings: RuleEdit {
            code: rule.code.to_owned(),
            // A rule without an entry is not asked.
            enabled: own.is_some_and(|own| own.enabled),
            outside: match own.map(|own| own.outside).unwrap_or_default() {
                Outside::Fail => "fail".to_owned(),
                Outside::Warn => "warn".to_owned(),
            },
            min: own.and_then(|own| own.min),
            max: own.and_then(|own| own.max),
            warn_margin: own.map_or(0.0, |own| own.warn_margin),
            also: own.map(|own| own.also.clone()).unwrap_or_default(),
        },
    }
}

fn number(number: help::NamedNumber) -> RuleNumber {
    RuleNumber {
        key: number.key.to_owned(),
        title: number.title.to_owned(),
        unit: unit_word(number.unit).to_owned(),
    }
}

/// What differs between two versions, one line per rule.
fn changes(before: &Profile, after: &Profile) -> Vec<String> {
    RULES
        .iter()
        .filter_map(|rule| {
            let pair = (before.rules.get(rule.code), after.rules.get(rule.code));
            (pair.0 != pair.1).then(|| zh::rule_change(rule.code, rule.title_zh(), pair.0, pair.1))
        })
        .collect()
}
