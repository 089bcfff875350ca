//! Which columns of the roster go along in 名单模式, and what has to be known before they do.

use zhaoshen_exchange::delivery::{self, DeliveryPlan, Placeholder, holds_id_number};
use zhaoshen_model::{RosterField, StudentDraft};

use crate::failure::refused;
use crate::wire::{DeliveryMode, DeliveryOptions, DeliveryPack, Failure};
use crate::zh;

/// The fields that the titles name.
///
/// # Errors
/// Refused for a title that no column has.
pub(super) fn fields(titles: &[String]) -> Result<Vec<RosterField>, Failure> {
    let field = |title: &String| {
        let known = RosterField::ALL.into_iter();
        let mut named = known.filter(|field| field.title() == title);
        named.next().ok_or_else(|| refused(zh::no_column(title)))
    };
    titles.iter().map(field).collect()
}

/// What stops the delivery: ID numbers in a list that whoever finds it can read.
pub(super) fn problem(options: &DeliveryOptions) -> Option<&'static str> {
    unencrypted(options.mode, &options.columns, options.shape.pack)
}

/// As [`problem`], of what is only proposed.
pub(super) fn unencrypted(
    mode: DeliveryMode,
    columns: &[String],
    pack: DeliveryPack,
) -> Option<&'static str> {
    let number = RosterField::IdNumber.title();
    let listed = mode == DeliveryMode::Roster && columns.iter().any(|title| title == number);
    (listed && pack != DeliveryPack::Encrypted).then_some(zh::ID_NUMBERS_UNENCRYPTED)
}

/// What should be known before such lists and names leave the office: the mode allows them, the rules of today do not.
pub(super) fn warnings(options: &DeliveryOptions) -> Vec<String> {
    if options.mode != DeliveryMode::Roster {
        return Vec::new();
    }
    let mut warnings = Vec::new();
    let named = Placeholder::all_in(&options.template);
    let listed = fields(&options.columns).unwrap_or_default();
    let personal = |field: &RosterField| {
        let telling = !Placeholder::Field(*field).is_allowed(delivery::DeliveryMode::CodeOnly);
        telling && (listed.contains(field) || named.contains(&Placeholder::Field(*field)))
    };
    let titles: Vec<&str> = RosterField::ALL
        .iter()
        .filter(|field| personal(field))
        .map(|field| field.title())
        .collect();
    if !titles.is_empty() {
        warnings.push(zh::warn_roster(&titles.join("、")));
    }
    let seen =
        |field: &&RosterField| personal(field) && named.contains(&Placeholder::Field(**field));
    let seen = RosterField::ALL.iter().filter(seen);
    let seen: Vec<&str> = seen.map(|field| field.title()).collect();
    if options.shape.pack == DeliveryPack::Encrypted && !seen.is_empty() {
        warnings.push(zh::warn_names_seen(&seen.join("、")));
    }
    warnings
}

/// What stops the delivery: 学号 that are ID numbers, in a list that whoever finds it can read.
pub(super) fn keys_in_the_open(plan: &DeliveryPlan, options: &DeliveryOptions) -> Option<String> {
    if options.mode != DeliveryMode::Roster || options.shape.pack == DeliveryPack::Encrypted {
        return None;
    }
    let left_out = plan.undelivered.iter().chain(&plan.before);
    let left_out = left_out.map(|entry| &entry.student);
    let listed = plan.files.iter().map(|file| &file.item.student);
    let are_numbers = |student: &&StudentDraft| holds_id_number(&student.student_no, student);
    match listed.chain(left_out).filter(are_numbers).count() {
        0 => None,
        students => Some(zh::keys_unencrypted(students)),
    }
}
