//! Every command asked for by every role, and by nobody: the lists below are what the office was promised, not the table
//! that is tested.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use serde_json::Value;
use zhaoshen_model::{Role, Roles};

use super::*;
use crate::command::{SignatureVisitor, dispatch, signatures};
use crate::wire::SignIn;

const PIN: &str = "739154";

/// Without signing in.
const OPEN: [&str; 5] = [
    "app_status",
    "reviewer_set",
    "sign_in",
    "seat_lock",
    "seal_code_confirm",
];
/// Whoever is signed in: nothing of students, or nothing that the roles part.
const ANYONE: [&str; 25] = [
    "doctor_run",
    "diagnostics_save",
    "seat_awake",
    "pin_change",
    "profile_list",
    "reason_list",
    "help_list",
    "human_list",
    "keys_show",
    "keys_set",
    "table_save",
    "job_list",
    "job_show",
    "job_lines",
    "job_cancel",
    "round_show",
    "log_list",
    "log_verify",
    "log_save",
    "statistics_show",
    "statistics_save",
    "ending_show",
    "delivery_list",
    "delivery_unfinished",
    "backup_list",
];
/// 负责人: standards, approval by sample, deliveries, full numbers.
const LEAD: [&str; 12] = [
    "standard_save",
    "sample_plan",
    "sample_release",
    "sample_withdraw",
    "sample_take_back",
    "review_withdraw",
    "delivery_write",
    "delivery_repeat",
    "delivery_dismiss",
    "delivery_way_save",
    "delivery_way_remove",
    "number_reveal",
];
/// 保管员: people, backups, archives and deletion.
const KEEPER: [&str; 21] = [
    "seal_ready",
    "seal_passphrase",
    "seal_code",
    "seal_forget",
    "people_list",
    "person_add",
    "person_rename",
    "person_roles",
    "person_disable",
    "person_pin",
    "idle_set",
    "backup_now",
    "backup_copy",
    "backup_restore",
    "backup_verify",
    "backup_dismiss",
    "archive_write",
    "archive_verify",
    "retention_set",
    "round_erase",
    "certificate_save",
];
/// 负责人 or 保管员: what was signed off is open again.
const HEAD: [&str; 1] = ["round_reopen"];
/// Looking at students, by 审核员 and 负责人 alike.
const LOOKING: [&str; 42] = [
    "round_enter",
    "act_undo",
    "act_redo",
    "standard_show",
    "standard_versions",
    "standard_histogram",
    "standard_what_if",
    "roster_survey",
    "roster_preview",
    "roster_peek",
    "scope_show",
    "scope_preview",
    "student_list",
    "student_search",
    "watch_show",
    "pile_list",
    "notice_list",
    "sms_columns",
    "sms_preview",
    "fee_show",
    "fee_list",
    "fee_unknown",
    "reconcile_show",
    "reconcile_list",
    "paper_list",
    "paper_class",
    "closing_save",
    "queue_counts",
    "queue_open",
    "queue_more",
    "queue_filter",
    "grid_cards",
    "sample_offer",
    "sample_plans",
    "review_list",
    "submission_show",
    "act_peek",
    "delivery_preview",
    "delivery_left_out",
    "delivery_ways",
    "prints_settings",
    "prints_preview",
];

/// Names of all commands.
#[derive(Default)]
struct Names(Vec<String>);

impl SignatureVisitor for Names {
    fn visit<A: ts_rs::TS + 'static, R: ts_rs::TS + 'static>(
        &mut self,
        name: &str,
        _: Need,
        _: &[&str],
    ) {
        self.0.push(name.to_owned());
    }
}

/// Who was promised the command.
fn promised(name: &str) -> &'static [Role] {
    if OPEN.contains(&name) || ANYONE.contains(&name) {
        return &Role::ALL;
    }
    if LEAD.contains(&name) {
        return &[Role::Lead];
    }
    if KEEPER.contains(&name) {
        return &[Role::Keeper];
    }
    if HEAD.contains(&name) {
        return &[Role::Lead, Role::Keeper];
    }
    if LOOKING.contains(&name) {
        return &[Role::Reviewer, Role::Lead];
    }
    &[Role::Reviewer]
}

fn names() -> Vec<String> {
    let mut names = Names::default();
    signatures(&mut names);
    names.0
}

#[test]
fn every_command_takes_the_roles_it_was_promised_to_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let station = Station::open(folder.path()).unwrap();
    let store = station.seat.store();
    let first = store.add_first_person(("首位", None), now()).unwrap();
    store.set_pin(first, Some(PIN), "首位", now()).unwrap();
    let known = names();
    for name in OPEN.iter().chain(&ANYONE).chain(&LEAD).chain(&KEEPER) {
        assert!(
            known.iter().any(|known| known == name),
            "{name} is no command"
        );
    }
    for role in Role::ALL {
        let person = (role.title(), Roles::of(&[role]), PIN);
        let id = store.add_person(person, "首位", now()).unwrap();
        let session = station.session();
        let (person, pin) = (id.0, PIN.to_owned());
        session.sign_in(SignIn { person, pin }).unwrap();
        for name in &known {
            // No command takes null: whoever is let in gets no further.
            let failure = dispatch(&session, name, Value::Null).unwrap_err();
            let let_in = promised(name).contains(&role);
            let expected = if let_in {
                Code::Refused
            } else {
                Code::NotAllowed
            };
            assert_eq!(failure.code, expected, "{name} by {}", role.title());
        }
    }
    let nobody = station.session();
    for name in &known {
        let failure = dispatch(&nobody, name, Value::Null).unwrap_err();
        let expected = match OPEN.contains(&name.as_str()) {
            true => Code::Refused,
            false => Code::SignedOut,
        };
        assert_eq!(failure.code, expected, "{name} by nobody");
    }
}

#[test]
fn before_there_are_people_nothing_is_refused_for_a_role() {
    let folder = tempfile::tempdir().unwrap();
    let station = Station::open(folder.path()).unwrap();
    for name in names() {
        let failure = dispatch(&station, &name, Value::Null).unwrap_err();
        assert_eq!(failure.code, Code::Refused, "{name}");
    }
}

#[test]
fn what_is_said_of_a_role_names_somebody_or_says_that_nobody_has_it() {
    let row = |name: &str, roles: &[Role]| PersonRow {
        id: zhaoshen_model::PersonId(1),
        name: name.to_owned(),
        roles: Roles::of(roles),
        has_pin: true,
        wrong: 0,
        retry_at: None,
        disabled: false,
    };
    let li = row("李", &[Role::Reviewer]);
    let left = PersonRow {
        disabled: true,
        ..row("钱", &[Role::Lead])
    };
    let said = not_allowed(Need::Lead("导出交付"), &li, &[li.clone(), left]).message;
    assert!(
        said.contains("由负责人办理") && said.contains("请保管员在“人员”里指定"),
        "{said}"
    );
    assert!(!said.contains('钱'), "{said}");
    let keeper = row("王", &[Role::Keeper]);
    let said = not_allowed(Need::Desk, &keeper, &[li]).message;
    assert!(
        said.contains("由审核员或负责人办理") && said.contains("可请李"),
        "{said}"
    );
}
