//! People: roles, PINs and what wrong ones cost, and that somebody can always do everything there is to do.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::time::Duration;

use desk::{Desk, at};
use rusqlite::Connection;
use serde_json::json;
use tempfile::tempdir;
use zhaoshen_model::{PersonId, Role, Roles, StudentId};
use zhaoshen_store::{Act, DATABASE_FILE, Error, LogFilter, PersonRow, PinCheck, Store};

const PIN: &str = "739154";

/// 王 may do everything, 李 reviews; both have the PIN.
fn two() -> (Desk, PersonId, PersonId) {
    let desk = Desk::new();
    let wang = desk.store.add_first_person(("王", None), at(1)).unwrap();
    desk.store.set_pin(wang, Some(PIN), "王", at(2)).unwrap();
    let reviewer = Roles::of(&[Role::Reviewer]);
    let li = desk.store.add_person(("李", reviewer, PIN), "王", at(3));
    let li = li.unwrap();
    (desk, wang, li)
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result.unwrap_err() {
        Error::People(why) => why,
        other => panic!("{other:?}"),
    }
}

fn row(store: &Store, id: PersonId) -> PersonRow {
    let mut people = store.people().unwrap();
    people.retain(|row| row.id == id);
    people.remove(0)
}

#[test]
fn the_first_person_may_do_everything_and_is_alone_without_a_pin() {
    let desk = Desk::new();
    let store = &desk.store;
    let wang = store.add_first_person((" 王 ", None), at(1)).unwrap();
    let row = row(store, wang);
    assert_eq!(
        (row.name.as_str(), row.roles, row.has_pin),
        ("王", Roles::ALL, false)
    );
    assert!(refused(store.add_first_person(("李", None), at(2))).contains("已经有人员"));
    let second = ("李", Roles::of(&[Role::Reviewer]), PIN);
    assert!(refused(store.add_person(second, "王", at(2))).contains("每个人都要有口令"));
    assert_eq!(store.people().unwrap().len(), 1);
    store.set_pin(wang, Some(PIN), "王", at(3)).unwrap();
    store.set_pin(wang, None, "王", at(4)).unwrap();
    store.set_pin(wang, Some(PIN), "王", at(5)).unwrap();
    let li = store.add_person(second, "王", at(6)).unwrap();
    assert!(refused(store.set_pin(wang, None, "王", at(7))).contains("每个人都要有口令"));
    store.set_disabled(li, true, "王", at(8)).unwrap();
    store.set_pin(wang, None, "王", at(9)).unwrap();
    assert!(refused(store.set_disabled(li, false, "王", at(10))).contains("每个人都要有口令"));
}

#[test]
fn the_first_person_comes_with_a_pin_or_not_at_all() {
    let desk = Desk::new();
    let store = &desk.store;
    let unfit = store.add_first_person(("王", Some("123456")), at(1));
    assert!(refused(unfit).contains("口令要 6 至 64 个字符"));
    assert!(store.people().unwrap().is_empty(), "the name is free still");
    let wang = store.add_first_person(("王", Some(PIN)), at(2)).unwrap();
    assert!(row(store, wang).has_pin);
    assert_eq!(store.check_pin(wang, PIN, at(3)).unwrap(), PinCheck::Right);
}

#[test]
fn the_last_keeper_stays_one() {
    let (desk, wang, li) = two();
    let store = &desk.store;
    let reviewer = Roles::of(&[Role::Reviewer]);
    for attempt in [
        store.set_roles(wang, reviewer, "王", at(4)),
        store.set_disabled(wang, true, "王", at(4)),
    ] {
        assert!(refused(attempt).contains("至少要有一名在用的保管员"));
    }
    assert_eq!(row(store, wang).roles, Roles::ALL);
    store.set_roles(li, Roles::ALL, "王", at(5)).unwrap();
    store.set_disabled(wang, true, "李", at(6)).unwrap();
    // A keeper who left is none.
    assert!(refused(store.set_roles(li, reviewer, "李", at(7))).contains("保管员"));
    assert!(refused(store.set_roles(li, Roles::default(), "李", at(7))).contains("角色"));
    let unknown = store.set_roles(PersonId(99), reviewer, "李", at(7));
    assert!(matches!(unknown, Err(Error::NotFound { .. })));
}

#[test]
fn a_name_is_given_once_to_those_who_left_too() {
    let (desk, _, li) = two();
    desk.store.set_disabled(li, true, "王", at(4)).unwrap();
    for name in ["李", " 李", "王 "] {
        let person = (name, Roles::ALL, PIN);
        assert!(
            refused(desk.store.add_person(person, "王", at(5))).contains("同名"),
            "{name}"
        );
    }
    for (name, pin) in [("", PIN), ("赵", "123456"), ("赵", "73915")] {
        refused(desk.store.add_person((name, Roles::ALL, pin), "王", at(5)));
    }
    assert_eq!(desk.store.people().unwrap().len(), 2);
}

#[test]
fn a_name_is_mended_until_something_is_signed_by_it() {
    let (desk, wang, li) = two();
    let store = &desk.store;
    store.rename_person(li, "李明", "王", at(4)).unwrap();
    assert_eq!(row(store, li).name, "李明");
    assert!(refused(store.rename_person(li, "王", "王", at(5))).contains("同名"));
    refused(store.rename_person(li, " ", "王", at(5)));
    let reviewer = Roles::of(&[Role::Reviewer]);
    let again = store.add_person(("李", reviewer, PIN), "王", at(5));
    assert!(refused(again).contains("改名前用过"));
    let zhao = store
        .add_person(("赵", reviewer, PIN), "王", at(5))
        .unwrap();
    assert!(refused(store.rename_person(zhao, "李", "王", at(5))).contains("改名前用过"));
    store.rename_person(li, "李", "王", at(5)).unwrap();
    store.rename_person(li, "李明", "王", at(5)).unwrap();
    store
        .create_round(&desk::new_round("二"), "王", at(6))
        .unwrap();
    assert!(refused(store.rename_person(wang, "汪", "王", at(7))).contains("署名"));
    let signers: Vec<String> = store.signers().unwrap().into_iter().collect();
    assert_eq!(
        signers,
        ["王"],
        "what was done to people is signed by nobody"
    );
    assert_eq!(row(store, wang).name, "王");
}

#[test]
fn an_act_that_this_version_does_not_know_is_signed_like_any_other() {
    let (desk, wang, _) = two();
    let folder = desk.close();
    let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    raw.execute("DROP TRIGGER log_chained", []).unwrap();
    raw.execute(
        "INSERT INTO log (at, reviewer, what, subject) VALUES ('2026-01-01T00:00:09Z', '王', 'of_a_newer_one', 'workspace')",
        [],
    )
    .unwrap();
    drop(raw);
    let store = Store::open(folder.path()).unwrap();
    let signers: Vec<String> = store.signers().unwrap().into_iter().collect();
    assert_eq!(signers, ["王"]);
    assert!(refused(store.rename_person(wang, "汪", "王", at(9))).contains("署名"));
}

#[test]
fn a_lone_keepers_pin_is_reset_without_the_old_one_and_the_log_says_how() {
    let (desk, wang, li) = two();
    let (store, by) = (&desk.store, "（系统账户 user）");
    for second in 10..16 {
        store.check_pin(wang, "wrong!", at(second)).unwrap();
    }
    assert!(refused(store.reset_lone_keeper("李", "951623", by, at(20))).contains("请保管员"));
    refused(store.reset_lone_keeper("孙", "951623", by, at(20)));
    refused(store.reset_lone_keeper("王", "111111", by, at(20)));
    store
        .reset_lone_keeper(" 王 ", "951623", by, at(20))
        .unwrap();
    let right = store.check_pin(wang, "951623", at(21)).unwrap();
    assert_eq!(right, PinCheck::Right, "wrong ones before are forgiven");
    let last = store.log(&LogFilter::default(), 0, 1).unwrap().remove(0);
    assert_eq!((last.what, last.reviewer.as_str()), (Act::PinSet, by));
    assert_eq!(last.after.unwrap()["at_the_terminal"], json!(true));

    store.set_roles(li, Roles::ALL, "王", at(22)).unwrap();
    let another = store.reset_lone_keeper("王", "864209", by, at(23));
    assert!(refused(another).contains("另有在用的保管员"));
    store.set_disabled(li, true, "王", at(24)).unwrap();
    store.reset_lone_keeper("王", "864209", by, at(25)).unwrap();
    refused(store.reset_lone_keeper("李", "864209", by, at(26)));
}

#[test]
fn wrong_pins_cost_growing_waits_that_outlast_the_program() {
    let (desk, wang, li) = two();
    let store = &desk.store;
    let wait = |seconds| Duration::from_secs(seconds);
    let try_pin = |store: &Store, pin: &str, second| store.check_pin(li, pin, at(second)).unwrap();
    for (second, seconds) in [(10, 0), (11, 0), (12, 5)] {
        let wait = wait(seconds);
        assert_eq!(try_pin(store, "000111", second), PinCheck::Wrong { wait });
    }
    // The right one is not looked at either, and asking too soon makes the wait no longer.
    for second in [13, 14] {
        let wait = wait(17 - u64::try_from(second).unwrap());
        assert_eq!(try_pin(store, PIN, second), PinCheck::TooSoon { wait });
    }
    assert_eq!(
        try_pin(store, "000111", 17),
        PinCheck::Wrong { wait: wait(10) }
    );
    let folder = desk.close();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(
        try_pin(&store, PIN, 20),
        PinCheck::TooSoon { wait: wait(7) }
    );
    assert_eq!(row(&store, li).wrong, 4);
    // The others are not kept waiting.
    assert_eq!(store.check_pin(wang, PIN, at(20)).unwrap(), PinCheck::Right);
    assert_eq!(try_pin(&store, PIN, 27), PinCheck::Right);
    assert_eq!((row(&store, li).wrong, row(&store, li).retry_at), (0, None));
    assert_eq!(
        try_pin(&store, "000111", 28),
        PinCheck::Wrong { wait: wait(0) }
    );
}

#[test]
fn many_attempts_at_once_are_all_right_or_cost_what_wrong_ones_cost() {
    let (desk, _, li) = two();
    let store = &desk.store;
    let at_once = |pin: &'static str, second| -> Vec<PinCheck> {
        std::thread::scope(|scope| {
            let begun: Vec<_> = (0..12)
                .map(|_| scope.spawn(move || store.check_pin(li, pin, at(second)).unwrap()))
                .collect();
            begun.into_iter().map(|one| one.join().unwrap()).collect()
        })
    };
    assert_eq!(at_once(PIN, 10), [PinCheck::Right; 12]);
    assert_eq!((row(store, li).wrong, row(store, li).retry_at), (0, None));
    let wrong = at_once("000111", 20);
    let looked_at = wrong
        .iter()
        .filter(|check| matches!(check, PinCheck::Wrong { .. }))
        .count();
    assert_eq!((looked_at, row(store, li).wrong), (3, 3));
}

#[test]
fn a_clock_set_back_locks_nobody_out_and_who_left_does_not_sign_in() {
    let (desk, _, li) = two();
    let store = &desk.store;
    for _ in 0..4 {
        store.check_pin(li, "000111", at(100_000)).unwrap();
    }
    assert_eq!(store.check_pin(li, PIN, at(5)).unwrap(), PinCheck::Right);
    store.set_disabled(li, true, "王", at(6)).unwrap();
    assert!(refused(store.check_pin(li, PIN, at(7))).contains("停用"));
}

#[test]
fn acts_on_people_are_logged_without_their_pins() {
    let (desk, _, li) = two();
    let store = &desk.store;
    store.set_roles(li, Roles::ALL, "王", at(4)).unwrap();
    store.set_roles(li, Roles::ALL, "王", at(5)).unwrap();
    let mut rows = store.log(&LogFilter::default(), 0, 20).unwrap();
    rows.reverse();
    let people: Vec<_> = rows
        .iter()
        .filter(|row| row.what != Act::RoundCreated)
        .map(|row| (row.what, row.reviewer.as_str()))
        .collect();
    assert_eq!(
        people,
        [
            (Act::PersonAdded, "王"),
            (Act::PinSet, "王"),
            (Act::PersonAdded, "王"),
            (Act::PersonChanged, "王"),
        ]
    );
    let last = rows.last().unwrap();
    let state =
        |roles: &[&str]| json!({ "person": "李", "roles": roles, "pin": true, "disabled": false });
    assert_eq!(last.before, Some(state(&["reviewer"])));
    assert_eq!(last.after, Some(state(&["reviewer", "lead", "keeper"])));
    let text = serde_json::to_string(&rows).unwrap();
    assert!(!text.contains(PIN) && !text.contains("argon2"), "{text}");
}

#[test]
fn a_number_is_shown_after_the_log_says_to_whom() {
    let desk = Desk::new();
    let student = desk.roster(&["2021001"])[0];
    let number = desk.store.reveal_id_number(student, "王", at(9)).unwrap();
    assert_eq!(number, "ID2021001");
    let rows = desk.store.log(&LogFilter::default(), 0, 1).unwrap();
    let row = &rows[0];
    assert_eq!(
        (row.what, row.reviewer.as_str(), row.round),
        (Act::NumberRevealed, "王", Some(desk.round))
    );
    let after = row.after.as_ref().unwrap();
    assert_eq!(
        (&after["revealed"], &after["key"]),
        (&json!(1), &json!("2021001"))
    );
    assert!(!serde_json::to_string(row).unwrap().contains("ID2021001"));
    let unknown = desk.store.reveal_id_number(StudentId(99), "王", at(9));
    assert!(matches!(unknown, Err(Error::NotFound { .. })));
}

#[test]
fn whoever_reviewed_before_there_were_people_may_do_everything() {
    for (value, expected) in [
        (Some("\"赵老师\""), Some("赵老师")),
        (Some("\" \""), None),
        (None, None),
    ] {
        let folder = tempdir().unwrap();
        drop(Store::create(folder.path()).unwrap());
        let database = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
        database
            .execute_batch("DROP TABLE payment_list; DROP TABLE drop_folder_rest; ALTER TABLE payment DROP COLUMN shares; ALTER TABLE receipt DROP COLUMN delivery; ALTER TABLE receipt DROP COLUMN reason; ALTER TABLE delivery DROP COLUMN in_house; DROP TABLE unfinished; DROP TABLE reference; DROP TABLE code_picture; DROP TABLE person;\n                 PRAGMA user_version = 24;")
            .unwrap();
        if let Some(value) = value {
            database
                .execute("INSERT INTO setting VALUES ('reviewer', ?1)", [value])
                .unwrap();
        }
        drop(database);
        let people = Store::open(folder.path()).unwrap().people().unwrap();
        let found = people.first().map(|row| row.name.as_str());
        assert_eq!(found, expected);
        assert!(
            people
                .iter()
                .all(|row| row.roles == Roles::ALL && !row.has_pin && !row.disabled)
        );
    }
}
