//! Which round is read ahead, when, and for whom.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::Seat;
use crate::profiles::default_profile;
use crate::sitting::Moment;
use crate::wire::{JobKind, RoundCreate, RoundEnter, StandardRef};

fn new_round(seat: &Seat, name: &str) -> i64 {
    let made = seat.round_create(RoundCreate {
        name: name.to_owned(),
        school_code: String::new(),
        opens_on: String::new(),
        closes_on: String::new(),
        profile: default_profile().to_owned(),
    });
    made.unwrap().round
}

/// Another session over the same workspace.
fn session(seat: &Seat) -> Seat {
    seat.of(sitting(), None)
}

fn sitting() -> Arc<Sitting> {
    Arc::new(Sitting::new(Moment::now()))
}

fn enter(seat: &Seat, round: Option<i64>) {
    seat.round_enter(RoundEnter { round }).unwrap();
}

/// Waits for what another thread does.
fn until(holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_round_that_is_open_is_read_and_judged_before_anybody_asks_and_another_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let seat = Seat::open(folder.path()).unwrap();
    let rounds = ["甲", "乙"].map(|name| new_round(&seat, name));
    for round in rounds {
        enter(&seat, Some(round));
        until(|| seat.inner.readings.has_judged(RoundId(round)));
    }
    let is_open = || rounds.map(|round| seat.inner.ahead.is_open(RoundId(round)));
    assert_eq!(is_open(), [false, true]);
    enter(&seat, None);
    assert_eq!(is_open(), [false, false]);
    let gone = Some(999);
    assert!(seat.round_enter(RoundEnter { round: gone }).is_err());
}

#[test]
fn opening_the_screen_reads_and_judges_the_round_and_showing_an_older_version_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let seat = Seat::open(folder.path()).unwrap();
    let round = new_round(&seat, "批次");
    let show = |version| seat.standard_show(StandardRef { round, version }).unwrap();
    show(Some(1));
    assert!(!seat.inner.ahead.is_open(RoundId(round)));
    show(None);
    until(|| seat.inner.readings.has_judged(RoundId(round)));
}

#[test]
fn what_one_session_leaves_is_read_on_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let seat = Seat::open(folder.path()).unwrap();
    let [round, other] = ["甲", "乙"].map(|name| new_round(&seat, name));
    let pages = [session(&seat), session(&seat)];
    for page in &pages {
        enter(page, Some(round));
    }
    enter(&pages[1], Some(other));
    let ahead = &seat.inner.ahead;
    assert!(ahead.is_open(RoundId(round)) && ahead.is_open(RoundId(other)));
    for round in [round, other] {
        until(|| seat.inner.readings.has_judged(RoundId(round)));
    }
    enter(&pages[1], None);
    assert!(ahead.is_open(RoundId(round)) && !ahead.is_open(RoundId(other)));
    // A page that is gone took no leave.
    drop(pages);
    assert!(!ahead.is_open(RoundId(round)));
}

#[test]
fn nothing_is_read_while_a_job_runs_and_all_of_it_once_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let seat = Seat::open(folder.path()).unwrap();
    let round = new_round(&seat, "甲");
    let id = RoundId(round);
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let job = seat
        .inner
        .jobs
        .start((JobKind::Backup, None), None, move |_| {
            let _ = ended.recv();
            Err(crate::failure::cancelled())
        });
    job.unwrap();
    enter(&seat, Some(round));
    assert!(!read(&seat.inner, id).unwrap());
    assert!(!seat.inner.readings.has_judged(id));
    end.send(()).unwrap();
    until(|| !seat.inner.jobs.is_busy());
    assert!(read(&seat.inner, id).unwrap());
    assert!(seat.inner.readings.has_judged(id));
    // Left meanwhile, it is not read to its end; what was known stays.
    enter(&seat, None);
    assert!(!read(&seat.inner, id).unwrap());
    assert!(seat.inner.readings.has_judged(id));
}

#[test]
fn any_write_makes_it_read_again_once_nobody_goes_on_writing() {
    let folder = tempfile::tempdir().unwrap();
    let seat = Seat::open(folder.path()).unwrap();
    let round = RoundId(new_round(&seat, "甲"));
    let (session, now) = (sitting(), Instant::now());
    let mut open = Open::default();
    open.enter(&session, (round, AT_ONCE), now);
    let writes = seat.store().writes();
    assert_eq!(open.due((writes, false), now), [round], "never read");
    open.was_read(round, writes);
    assert!(open.due((writes, true), now).is_empty());
    // No job did it.
    new_round(&seat, "乙");
    let after = seat.store().writes();
    assert!(open.due((after, false), now).is_empty());
    assert_eq!(open.due((after, true), now), [round]);
    // Whoever looks at its standard does not wait for others to end writing; opening the round anew begins nothing.
    open.enter(&session, (round, OPENING), now);
    assert!(open.due((after, false), now).is_empty());
    open.enter(&session, (round, AT_ONCE), now);
    assert_eq!(open.due((after, false), now), [round]);
}

#[test]
fn a_round_is_read_when_its_screens_had_their_time_and_the_last_entered_come_first() {
    let (sessions, began) = ([sitting(), sitting(), sitting()], Instant::now());
    let [first, second, third] = [1, 2, 3].map(RoundId);
    let mut open = Open::default();
    assert_eq!(open.pause(began), LOOK);
    open.enter(&sessions[0], (first, OPENING), began);
    assert_eq!(open.pause(began), OPENING);
    assert!(open.due((7, true), began).is_empty());
    let later = began + OPENING;
    assert_eq!(open.due((7, true), later), [first]);
    // Nothing wakes it more often while a job keeps it from reading.
    assert_eq!(open.pause(later), LOOK);
    open.enter(&sessions[1], (second, AT_ONCE), later);
    open.enter(&sessions[2], (third, AT_ONCE), later);
    assert_eq!(open.due((7, true), later), [third, second], "room for two");
    open.leave(&sessions[2]);
    open.enter(&sessions[2], (second, AT_ONCE), later);
    assert_eq!(open.due((7, true), later), [second, first]);
    open.was_read(second, 7);
    assert_eq!(open.due((7, true), later), [first]);
}
