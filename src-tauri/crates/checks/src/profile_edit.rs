//! A profile with some rules set otherwise: what the standard editor saves. Files are not read here.

use std::collections::BTreeMap;

use thiserror::Error;
use zhaoshen_model::Profile;
use zhaoshen_model::profile::RuleSettings;

use crate::draft::UNSET;
use crate::registry::rule;

/// What is wrong with an edit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// No rule of that code.
    #[error("没有编号为 {code} 的检查项")]
    UnknownRule {
        /// The code.
        code: String,
    },
    /// A further number that the rule does not read.
    #[error("检查项 {code} 没有名为 {key} 的设置")]
    UnknownSetting {
        /// Code of the rule.
        code: String,
        /// The name.
        key: String,
    },
    /// A lowest value above the highest, a strip narrower than nothing, or a number that is none.
    #[error("检查项 {code} 的限值无效：下限不能高于上限，提示带宽不能为负")]
    BadLimits {
        /// Code of the rule.
        code: String,
    },
}

/// `profile` with the settings of `edits` in place of its own, by code. Clauses stay as they are, and
/// so do further numbers that an edit leaves out.
///
/// # Errors
/// See [`EditError`]; the first by code.
pub fn edited(
    profile: &Profile,
    edits: BTreeMap<String, RuleSettings>,
) -> Result<Profile, EditError> {
    let mut edited = profile.clone();
    for (code, settings) in edits {
        check(&code, &settings)?;
        let own = edited.rules.remove(&code).unwrap_or_else(|| UNSET.clone());
        let mut also = own.also;
        also.extend(settings.also);
        let settings = RuleSettings {
            also,
            clause: own.clause,
            ..settings
        };
        edited.rules.insert(code, settings);
    }
    Ok(edited)
}

fn check(code: &str, settings: &RuleSettings) -> Result<(), EditError> {
    let code = code.to_owned();
    let Some(rule) = rule(&code) else {
        return Err(EditError::UnknownRule { code });
    };
    let unread = |key: &&String| !rule.also.contains(&key.as_str());
    if let Some(key) = settings.also.keys().find(unread) {
        let key = key.clone();
        return Err(EditError::UnknownSetting { code, key });
    }
    let limits = settings.min.into_iter().chain(settings.max);
    let mut numbers = limits
        .chain([settings.warn_margin])
        .chain(settings.also.values().copied());
    let reversed = matches!((settings.min, settings.max), (Some(min), Some(max)) if min > max);
    if numbers.any(|number| !number.is_finite()) || reversed || settings.warn_margin < 0.0 {
        return Err(EditError::BadLimits { code });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::profile_file::builtin;

    fn edit(change: impl FnOnce(&mut RuleSettings)) -> Result<Profile, EditError> {
        let profile = builtin("moe99").unwrap();
        let mut settings = profile.rules.get("GEO-02").unwrap().clone();
        change(&mut settings);
        edited(&profile, BTreeMap::from([("GEO-02".to_owned(), settings)]))
    }

    #[test]
    fn an_edit_replaces_limits_and_keeps_clause_and_further_numbers() {
        let before = builtin("moe99").unwrap();
        let own = before.rules.get("GEO-02").unwrap();
        let after = edit(|settings| {
            settings.max = Some(320.0);
            settings.clause = "改过".to_owned();
            settings.also.clear();
        });
        let after = after.unwrap();
        let set = after.rules.get("GEO-02").unwrap();
        assert_eq!(set.max, Some(320.0));
        assert_eq!((&set.clause, &set.also), (&own.clause, &own.also));
        assert_eq!(before.rules.len(), after.rules.len());
    }

    #[test]
    fn what_cannot_be_judged_by_is_refused() {
        let bad = |change: fn(&mut RuleSettings)| edit(change).unwrap_err();
        let limits = EditError::BadLimits {
            code: "GEO-02".to_owned(),
        };
        assert_eq!(bad(|settings| settings.min = Some(9999.0)), limits);
        assert_eq!(bad(|settings| settings.max = Some(f64::NAN)), limits);
        assert_eq!(bad(|settings| settings.warn_margin = -1.0), limits);
        assert!(matches!(
            bad(|settings| {
                settings.also.insert("nothing".to_owned(), 1.0);
            }),
            EditError::UnknownSetting { .. }
        ));
        let profile = builtin("moe99").unwrap();
        let unknown = BTreeMap::from([("XXX-01".to_owned(), UNSET.clone())]);
        assert!(matches!(
            edited(&profile, unknown).unwrap_err(),
            EditError::UnknownRule { .. }
        ));
    }
}
