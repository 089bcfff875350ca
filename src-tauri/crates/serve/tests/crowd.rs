//! Twenty-four callers at one workspace, all deciding, undoing, searching and counting at once: what was acknowledged is there, once,
//! and the log tells how everything came to stand as it does.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use zhaoshen_model::RoundId;
use zhaoshen_serve::{PERSON_HEADER, SESSION_HEADER, TOKEN_HEADER, Token};
use zhaoshen_station::wire::RoleSet;
use zhaoshen_store::{Act, LogFilter, Store, Subject, SubmissionRow};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::{PIN, add_person};

const CALLERS: usize = 24;
const ACTS: usize = 12;
const STUDENTS: u32 = 12;

/// One page: its own session, as a person of its own choice.
struct Page {
    port: u16,
    token: Token,
    session: String,
    person: i64,
}

/// What one caller was told.
#[derive(Default)]
struct Told {
    /// The notes of the decisions that were acknowledged; each is given once.
    decided: Vec<String>,
    undone: u64,
    conflicts: usize,
}

impl Page {
    /// Asks until the host has room.
    fn ask(&self, name: &str, body: &Value) -> (u16, Value) {
        loop {
            let (status, answer) = self.ask_once(name, body);
            if !matches!(status, 429 | 503) {
                return (status, answer);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn ask_once(&self, name: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let request = format!(
            "POST /api/{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{TOKEN_HEADER}: {}\r\n\
             {SESSION_HEADER}: {}\r\n{PERSON_HEADER}: {}\r\nContent-Length: {}\r\n\r\n{body}",
            self.token.as_str(),
            self.session,
            self.person,
            body.len()
        );
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        socket.write_all(request.as_bytes()).unwrap();
        let mut text = String::new();
        socket.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap())
    }

    fn decide(&self, submission: i64, kind: &str, note: String, told: &mut Told) {
        let (_, shown) = self.ask("submission_show", &json!({ "submission": submission }));
        let reasons = match kind {
            "rejected" => json!([{ "code": null, "text": "请重拍" }]),
            _ => json!([]),
        };
        let asked = json!({
            "submission": submission, "seen_decision": shown["item"]["decision_id"],
            "seen_student": shown["item"]["student_no"], "second": false, "kind": kind, "reasons": reasons, "note": note,
        });
        match self.ask("submission_decide", &asked) {
            // Whatever another decided by now, the answer is of this one.
            (200, answer) => {
                assert_eq!(answer["item"]["decision"], kind);
                told.decided.push(note);
            }
            (409, _) => told.conflicts += 1,
            other => panic!("{other:?}"),
        }
    }

    /// Works as one of a crowd: everybody at the same few photos.
    fn work(&self, round: i64, photos: &[i64], caller: usize) -> Told {
        let mut told = Told::default();
        let of_round = json!({ "round": round });
        for act in 0..ACTS {
            let photo = photos[(caller + act) % photos.len()];
            let kind = ["approved", "rejected", "held"][(caller + act) % 3];
            self.decide(photo, kind, format!("{caller}-{act}"), &mut told);
            match act % 3 {
                0 => {
                    let (status, undone) = self.ask("act_undo", &of_round);
                    assert_eq!(status, 200, "{undone}");
                    told.undone += undone["act"]["total"].as_u64().unwrap_or(0);
                }
                1 => {
                    let text = json!({ "round": round, "text": "2" });
                    let (status, hits) = self.ask("student_search", &text);
                    assert!(status == 200 && hits.is_array(), "{hits}");
                }
                _ => {
                    let (status, counted) = self.ask("statistics_show", &of_round);
                    assert_eq!(status, 200, "{counted}");
                }
            }
        }
        told
    }
}

#[test]
fn twenty_four_callers_lose_double_and_mix_up_nothing() {
    let taken = TakenIn::of(STUDENTS).unwrap();
    let round = taken.round;
    let reviewer = RoleSet {
        reviewer: true,
        lead: false,
        keeper: false,
    };
    let people = ["甲", "乙", "丙"].map(|name| add_person(&taken.station, name, reviewer).unwrap());
    let photos: Vec<i64> = taken
        .pending()
        .unwrap()
        .iter()
        .map(|row| row.submission)
        .collect();
    let TakenIn {
        station, folder, ..
    } = taken;
    let token = Token::random().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime.block_on(zhaoshen_serve::listen(0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let router = zhaoshen_serve::router(Arc::new(station), token.clone(), None);
    runtime.spawn(zhaoshen_serve::run(listener, router));
    let page = |caller: usize| Page {
        port,
        token: token.clone(),
        session: format!("{caller:032x}"),
        person: people[caller % people.len()],
    };
    let pages: Vec<Page> = (0..CALLERS).map(page).collect();
    // One after the other: PINs shown at once count as guesses.
    for page in &pages {
        let pin = json!({ "person": page.person, "pin": PIN });
        assert_eq!(page.ask("sign_in", &pin).0, 200);
    }
    let photos = &photos;
    let told: Vec<Told> = thread::scope(|scope| {
        let begin = |(caller, page)| scope.spawn(move || Page::work(page, round, photos, caller));
        let callers: Vec<_> = pages.iter().enumerate().map(begin).collect();
        callers.into_iter().map(|it| it.join().unwrap()).collect()
    });
    drop(runtime);
    let store = Store::open(&folder.path().join("workspace")).unwrap();
    all_is_told_by_the_log(&store, RoundId(round), &told);
}

fn all_is_told_by_the_log(store: &Store, round: RoundId, told: &[Told]) {
    let log = store.verify_log(&AtomicBool::new(false)).unwrap();
    assert!(log.holds(), "{log:?}");
    store.inspect().unwrap();
    let mut acknowledged: Vec<String> = told.iter().flat_map(|told| told.decided.clone()).collect();
    let rows = store.submissions(round).unwrap();
    let made = |row: &SubmissionRow| store.decisions_on(row.id).unwrap();
    let mut kept: Vec<String> = rows
        .iter()
        .flat_map(made)
        .map(|row| row.decision.note)
        .collect();
    acknowledged.sort();
    kept.sort();
    assert_eq!(kept, acknowledged);
    let count = |what| {
        let filter = LogFilter {
            what: Some(what),
            ..LogFilter::default()
        };
        store.log_count(&filter).unwrap()
    };
    assert_eq!(count(Act::Decided), acknowledged.len() as u64);
    let undone: u64 = told.iter().map(|told| told.undone).sum();
    assert_eq!(count(Act::Undone), undone);
    assert!(undone > 0, "nobody took anything back");
    let conflicts: usize = told.iter().map(|told| told.conflicts).sum();
    assert!(conflicts > 0, "nobody met anybody");
    stands_as_told(store, round);
}

/// Follows every photo through the log: each act found what the one before left, and the last left what stands.
fn stands_as_told(store: &Store, round: RoundId) {
    let mut standing: HashMap<i64, Option<i64>> = HashMap::new();
    let mut rows = store.log(&LogFilter::default(), 0, 10_000).unwrap();
    rows.reverse();
    let decision =
        |state: &Option<Value>| state.as_ref().and_then(|state| state["decision"].as_i64());
    for row in rows {
        if let Subject::Submission(id) = row.subject {
            let before = standing.insert(id.0, decision(&row.after)).flatten();
            assert_eq!(before, decision(&row.before), "row {} of the log", row.id);
        }
    }
    for row in store.submissions(round).unwrap() {
        let told = standing.get(&row.id.0).copied().flatten();
        assert_eq!(row.decision.map(|id| id.0), told);
    }
}
