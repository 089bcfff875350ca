//! Several people on one workspace: each session is its own person, signs for nobody else, and does only what its roles allow.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use serde_json::{Value, json};
use zhaoshen_station::wire::{
    Code, DecideRequest, DeliveryMode, Empty, IdleSet, LogQuery, PersonDisable, PersonPin,
    PersonRoles, PinChange, ReviewerSet, RoleSet, SeatState, SignIn, StudentRef, StudentsQuery,
};
use zhaoshen_station::{PhotoKind, Station, dispatch_for};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{PIN, REVIEWER, add_person};

const ONLY_REVIEWER: RoleSet = RoleSet {
    reviewer: true,
    lead: false,
    keeper: false,
};
const ONLY_LEAD: RoleSet = RoleSet {
    reviewer: false,
    lead: true,
    keeper: false,
};

/// A round, and sessions of 李 (审核员) and 赵 (负责人) beside the one who may do everything.
struct Office {
    round: TakenIn,
    li: (i64, Station),
    zhao: (i64, Station),
}

fn sign_in(station: &Station, person: i64) {
    let pin = PIN.to_owned();
    station.sign_in(SignIn { person, pin }).unwrap();
}

impl Office {
    fn new() -> Self {
        let round = TakenIn::of(12).unwrap();
        let session = |name: &str, roles: RoleSet| {
            let person = add_person(&round.station, name, roles).unwrap();
            let station = round.station.session();
            assert_eq!(
                station.app_status(Empty {}).unwrap().seat.state,
                SeatState::SignedOut
            );
            sign_in(&station, person);
            (person, station)
        };
        let (li, zhao) = (session("李", ONLY_REVIEWER), session("赵", ONLY_LEAD));
        Self { round, li, zhao }
    }

    fn undecided(&self) -> Vec<i64> {
        let pending = self.round.pending().unwrap();
        pending.iter().map(|item| item.submission).collect()
    }

    fn held(&self, submission: i64) -> DecideRequest {
        DecideRequest {
            submission,
            seen_decision: None,
            seen_student: self.round.student_no(submission).unwrap(),
            second: false,
            kind: "held".to_owned(),
            reasons: Vec::new(),
            note: String::new(),
        }
    }
}

#[test]
fn the_first_name_and_its_pin_are_kept_together_or_neither() {
    let folder = tempfile::tempdir().unwrap();
    let station = Station::open(folder.path()).unwrap();
    let first = |pin: &str| {
        let (name, pin) = ("王老师".to_owned(), pin.to_owned());
        station.reviewer_set(ReviewerSet { name, pin })
    };
    let refused = first("123456").unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    let status = station.app_status(Empty {}).unwrap();
    assert_eq!(
        (status.reviewer.as_str(), status.seat.people.len()),
        ("", 0)
    );
    let status = first(PIN).unwrap();
    assert_eq!(status.reviewer, "王老师");
    assert_eq!(status.seat.state, SeatState::Seated);
    assert!(status.seat.has_pin);
    let other = station.session();
    let status = other.app_status(Empty {}).unwrap();
    assert_eq!(status.seat.state, SeatState::SignedOut);
}

/// The last rows of the log: who did what.
fn log(station: &Station, rows: u32) -> Vec<(String, String)> {
    let query = LogQuery {
        round: None,
        offset: 0,
        limit: rows,
    };
    let entries = station.log_list(query).unwrap().entries;
    entries
        .into_iter()
        .map(|row| (row.reviewer, row.act))
        .collect()
}

#[test]
fn each_session_signs_for_its_own_person() {
    let office = Office::new();
    let ids = office.undecided();
    // The other signs in between: whoever sat down last is not who signs.
    office.li.1.submission_decide(office.held(ids[0])).unwrap();
    office
        .round
        .station
        .submission_decide(office.held(ids[1]))
        .unwrap();
    office.li.1.submission_decide(office.held(ids[2])).unwrap();
    let by = |name: &str| (name.to_owned(), "审核".to_owned());
    assert_eq!(log(&office.li.1, 3), [by("李"), by(REVIEWER), by("李")]);
    let names = |station: &Station| station.app_status(Empty {}).unwrap().reviewer;
    assert_eq!(
        (names(&office.li.1), names(&office.round.station)),
        ("李".to_owned(), REVIEWER.to_owned())
    );
    // Undo takes back one's own.
    let round = zhaoshen_station::wire::RoundRef {
        round: office.round.round,
    };
    office.round.station.act_undo(round.into()).unwrap();
    assert!(office.undecided().contains(&ids[1]) && !office.undecided().contains(&ids[2]));
}

#[test]
fn another_person_than_the_one_shown_signs_nothing() {
    let office = Office::new();
    let submission = office.undecided()[0];
    let (li, zhao) = (office.li.0, office.zhao.0);
    let decide = |shown| {
        let args = serde_json::to_value(office.held(submission)).unwrap();
        dispatch_for(&office.li.1, shown, "submission_decide", args)
    };
    let all = RoleSet {
        reviewer: true,
        ..ONLY_LEAD
    };
    let roles = PersonRoles {
        person: zhao,
        roles: all,
    };
    office.round.station.person_roles(roles).unwrap();
    sign_in(&office.li.1, zhao);
    let refused = decide(Some(li)).unwrap_err();
    assert_eq!(refused.code, Code::Conflict);
    assert!(refused.message.contains("赵"), "{}", refused.message);
    assert!(office.undecided().contains(&submission));
    decide(Some(zhao)).unwrap();
    assert_eq!(log(&office.li.1, 1)[0].0, "赵");
}

#[test]
fn a_refusal_says_what_and_who_may() {
    let office = Office::new();
    let options = || {
        office
            .round
            .options(DeliveryMode::CollectionCode, "{学号}.jpg")
    };
    let refused = office
        .li
        .1
        .delivery_write_to(options(), &office.round.folder.path().join("out"))
        .unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    assert_eq!(
        refused.message,
        "“导出交付”由负责人办理；李是审核员。可请测试员、赵办理"
    );
    let refused = office.zhao.1.people_list(Empty {}).unwrap_err();
    assert_eq!(
        refused.message,
        "“人员管理”由保管员办理；赵是负责人。可请测试员办理"
    );
    let submission = office.undecided()[0];
    let refused = office
        .zhao
        .1
        .submission_decide(office.held(submission))
        .unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    let reveal = office.li.1.number_reveal(StudentRef { student: 1 });
    assert_eq!(reveal.unwrap_err().code, Code::NotAllowed);
}

#[test]
fn a_keeper_is_shown_no_photo() {
    let office = Office::new();
    let only_keeper = RoleSet {
        reviewer: false,
        lead: false,
        keeper: true,
    };
    let person = add_person(&office.round.station, "钱", only_keeper).unwrap();
    let station = office.round.station.session();
    sign_in(&station, person);
    let photo = |station: &Station| {
        let photo = station.photo(PhotoKind::Preview, &"0".repeat(64));
        photo.unwrap_err().code
    };
    assert_eq!(photo(&station), Code::NotAllowed);
    assert_eq!(photo(&office.li.1), Code::NotFound);
    assert_eq!(photo(&office.zhao.1), Code::NotFound);
}

#[test]
fn locking_is_the_sessions_own_and_wrong_pins_open_nothing() {
    let office = Office::new();
    let (li, station) = (office.li.0, &office.li.1);
    let photo = || {
        let photo = station.photo(PhotoKind::Thumb, &"0".repeat(64));
        photo.unwrap_err().code
    };
    assert_eq!(photo(), Code::NotFound);
    let status = station.seat_lock(Empty {}).unwrap();
    assert_eq!(photo(), Code::SignedOut, "no face is shown to nobody");
    assert_eq!(
        (status.seat.state, status.seat.person),
        (SeatState::SignedOut, Some(li))
    );
    assert_eq!(
        (status.reviewer.as_str(), status.seat.roles),
        ("", RoleSet::default())
    );
    let submission = office.undecided()[0];
    let refused = station
        .submission_decide(office.held(submission))
        .unwrap_err();
    assert_eq!(refused.code, Code::SignedOut);
    let try_pin = |pin: &str| {
        let pin = pin.to_owned();
        station.sign_in(SignIn { person: li, pin })
    };
    for _ in 0..3 {
        assert!(
            try_pin("000111")
                .unwrap_err()
                .message
                .contains("口令不正确")
        );
    }
    assert!(try_pin(PIN).unwrap_err().message.contains("输错次数较多"));
    assert_eq!(
        station.job_list(Empty {}).unwrap_err().code,
        Code::SignedOut
    );
    // The others work on, and the keeper may give a new PIN.
    let pin = PersonPin {
        person: li,
        pin: "246802".to_owned(),
    };
    office.round.station.person_pin(pin).unwrap();
    try_pin("246802").unwrap();
    station.submission_decide(office.held(submission)).unwrap();
}

#[test]
fn who_is_disabled_is_out_at_once_and_roles_hold_at_once() {
    let office = Office::new();
    let station = &office.li.1;
    let roles = PersonRoles {
        person: office.li.0,
        roles: ONLY_LEAD,
    };
    office.round.station.person_roles(roles).unwrap();
    let submission = office.undecided()[0];
    let refused = station
        .submission_decide(office.held(submission))
        .unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    let left = PersonDisable {
        person: office.li.0,
        disabled: true,
    };
    office.round.station.person_disable(left).unwrap();
    assert_eq!(
        station.job_list(Empty {}).unwrap_err().code,
        Code::SignedOut
    );
    let names = station.app_status(Empty {}).unwrap().seat.people;
    assert!(names.iter().all(|row| row.name != "李"), "{names:?}");
}

#[test]
fn who_is_alone_needs_no_pin_until_one_is_set() {
    let round = TakenIn::of(4).unwrap();
    let other = round.station.session();
    let seat = |station: &Station| station.app_status(Empty {}).unwrap().seat;
    assert_eq!(
        (seat(&other).state, seat(&other).has_pin),
        (SeatState::Seated, false)
    );
    round.station.seat_lock(Empty {}).unwrap();
    assert_eq!(seat(&round.station).state, SeatState::Seated);
    let change = |old: &str, new: &str| {
        let (old, new) = (old.to_owned(), new.to_owned());
        round.station.pin_change(PinChange { old, new })
    };
    change("", PIN).unwrap();
    assert_eq!(
        (seat(&round.station).state, seat(&other).state),
        (SeatState::Seated, SeatState::SignedOut)
    );
    assert!(
        change("000111", "")
            .unwrap_err()
            .message
            .contains("口令不正确")
    );
    change(PIN, "").unwrap();
    assert_eq!(seat(&other).state, SeatState::Seated);
    assert_eq!(
        round
            .station
            .idle_set(IdleSet { minutes: 0 })
            .unwrap()
            .idle_minutes,
        0
    );
    assert_eq!(
        round
            .station
            .idle_set(IdleSet { minutes: 241 })
            .unwrap_err()
            .code,
        Code::Refused
    );
}

/// Every answer about students; none may hold a number in full.
fn everything(office: &Office, submission: i64) -> Vec<(&'static str, String)> {
    let id = office.round.round;
    let roster = office.round.roster.display().to_string();
    let ask = |name: &'static str, args: Value| {
        (
            name,
            dispatch_for(&office.round.station, None, name, args).unwrap(),
        )
    };
    vec![
        ask(
            "roster_survey",
            json!({ "round": id, "path": roster, "pasted": "", "sheet": "", "header_row": 0 }),
        ),
        ask(
            "roster_preview",
            json!({ "round": id, "path": roster, "pasted": "" }),
        ),
        ask(
            "student_list",
            json!({ "round": id, "text": "", "state": "", "offset": 0, "limit": 200 }),
        ),
        ask("student_search", json!({ "round": id, "text": "2021" })),
        ask("submission_show", json!({ "submission": submission })),
        ask("queue_open", json!({ "round": id, "queue": "pending" })),
        ask("pile_list", json!({ "round": id })),
        ask(
            "log_list",
            json!({ "round": null, "offset": 0, "limit": 500 }),
        ),
        ask(
            "delivery_preview",
            json!(
                office
                    .round
                    .options(DeliveryMode::CollectionCode, "{学号}.jpg")
            ),
        ),
    ]
}

#[test]
fn a_number_crosses_in_full_only_to_a_lead_who_asked_for_it_and_is_logged() {
    let office = Office::new();
    let query = StudentsQuery {
        round: office.round.round,
        text: String::new(),
        state: String::new(),
        offset: 0,
        limit: 200,
    };
    let rows = office.zhao.1.student_list(query).unwrap().students;
    let row = rows
        .iter()
        .find(|row| row.id_number_masked.contains('*'))
        .unwrap();
    let student = StudentRef {
        student: row.student,
    };
    let shown = office.zhao.1.number_reveal(student).unwrap();
    let number = shown.number;
    assert_eq!(number.len(), 18);
    assert!(number.starts_with(row.id_number_masked.trim_end_matches('*')));
    assert!(shown.seconds > 0);
    let what = "查看证件号".to_owned();
    assert_eq!(log(&office.zhao.1, 1), [("赵".to_owned(), what)]);
    let submission = office.undecided()[0];
    for (asked, text) in everything(&office, submission) {
        assert!(!text.contains(&number), "{asked}");
    }
    let unknown = office.zhao.1.number_reveal(StudentRef { student: 9_999 });
    assert_eq!(unknown.unwrap_err().code, Code::NotFound);
}
