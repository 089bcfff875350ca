//! The host as a caller meets it: raw requests over a real socket.
#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use zhaoshen_serve::{AT_ONCE, BODY_LIMIT_BYTES, Patience, Rate, Token};
use zhaoshen_station::Station;

const HASH: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

struct Host {
    port: u16,
    token: Token,
    _runtime: tokio::runtime::Runtime,
    folder: TempDir,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    fn has(&self, header: &str) -> bool {
        self.head.to_ascii_lowercase().contains(header)
    }
}

impl Host {
    fn start() -> Self {
        Self::at(Rate::OF_PAGES)
    }

    fn at(rate: Rate) -> Self {
        Self::with(rate, Patience::OF_PAGES)
    }

    fn with(rate: Rate, patience: Patience) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let screens = folder.path().join("screens");
        std::fs::create_dir_all(screens.join("assets")).unwrap();
        std::fs::write(
            screens.join("index.html"),
            "<!doctype html><title>照审台</title>",
        )
        .unwrap();
        std::fs::write(screens.join("assets/app.js"), "0").unwrap();
        std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        let station = Arc::new(Station::open(&folder.path().join("workspace")).unwrap());
        let token = Token::random().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(zhaoshen_serve::listen(0)).unwrap();
        assert!(listener.local_addr().unwrap().ip().is_loopback());
        let port = listener.local_addr().unwrap().port();
        let router =
            zhaoshen_serve::router_at(rate, patience, station, token.clone(), Some(screens));
        runtime.spawn(zhaoshen_serve::run_at(patience, listener, router));
        Self {
            port,
            token,
            _runtime: runtime,
            folder,
        }
    }

    fn raw(&self, request: &[u8]) -> Answer {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        socket
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        // The host may answer and close before a refused body is sent whole.
        let _ = socket.write_all(request);
        let mut bytes = Vec::new();
        let _ = socket.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        host: &str,
        token: Option<&str>,
        body: &str,
    ) -> Answer {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        if let Some(token) = token {
            request.push_str(&format!("x-zhaoshen-token: {token}\r\n"));
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        self.raw(request.as_bytes())
    }

    fn command(&self, name: &str, body: &str) -> Answer {
        self.send(
            "POST",
            &format!("/api/{name}"),
            "127.0.0.1",
            Some(self.token.as_str()),
            body,
        )
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "localhost", None, "")
    }
}

fn code(answer: &Answer) -> String {
    answer.json()["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_command_with_the_token_is_carried_out() {
    let host = Host::start();
    for body in ["{}", ""] {
        let answer = host.command("app_status", body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let workspace = answer.json()["workspace"].as_str().unwrap().to_owned();
        assert_eq!(Path::new(&workspace).file_name().unwrap(), "workspace");
        assert!(answer.has("cache-control: no-store"));
    }
}

#[test]
fn without_the_token_nothing_of_the_station_is_told() {
    let host = Host::start();
    let nearly = format!("{}g", host.token.as_str().get(..31).unwrap());
    for token in [None, Some(""), Some("0"), Some(nearly.as_str())] {
        let answer = host.send("POST", "/api/app_status", "127.0.0.1", token, "{}");
        assert_eq!(answer.status, 401, "{token:?}");
        assert_eq!(code(&answer), "refused");
        assert!(!answer.body.contains("workspace\""));
        let photo = host.send(
            "GET",
            &format!("/photo/preview/{HASH}"),
            "127.0.0.1",
            token,
            "",
        );
        assert_eq!(photo.status, 401, "{token:?}");
    }
}

#[test]
fn the_token_in_the_address_opens_photos_only() {
    let host = Host::start();
    let token = host.token.as_str().to_owned();
    let photo = host.get(&format!("/photo/preview/{HASH}?token={token}"));
    assert_eq!((photo.status, code(&photo).as_str()), (404, "not_found"));
    let command = host.send(
        "POST",
        &format!("/api/app_status?token={token}"),
        "127.0.0.1",
        None,
        "{}",
    );
    assert_eq!(command.status, 401);
}

#[test]
fn a_foreign_host_name_is_turned_away_even_with_the_token() {
    let host = Host::start();
    let token = Some(host.token.as_str());
    for name in [
        "station.example",
        "127.0.0.1.station.example",
        "192.168.0.7",
    ] {
        let answer = host.send("POST", "/api/app_status", name, token, "{}");
        assert_eq!(answer.status, 403, "{name}");
        assert_eq!(host.send("GET", "/", name, None, "").status, 403, "{name}");
    }
    let nameless = host.raw(b"GET / HTTP/1.0\r\n\r\n");
    assert_eq!(nameless.status, 403);
}

#[test]
fn unknown_commands_and_wrong_arguments_are_failures() {
    let host = Host::start();
    let unknown = host.command("workspace_burn", "{}");
    assert_eq!((unknown.status, code(&unknown).as_str()), (400, "refused"));
    assert!(
        unknown.json()["message"]
            .as_str()
            .unwrap()
            .contains("workspace_burn")
    );
    let shapeless = host.command("round_show", &json!({"round": "one"}).to_string());
    assert_eq!(
        (shapeless.status, code(&shapeless).as_str()),
        (400, "refused")
    );
    let torn = host.command("app_status", "{");
    assert_eq!((torn.status, code(&torn).as_str()), (400, "refused"));
    let missing = host.command("round_show", &json!({"round": 4711}).to_string());
    assert_eq!(
        (missing.status, code(&missing).as_str()),
        (404, "not_found")
    );
    assert_eq!(
        host.send(
            "GET",
            "/api/app_status",
            "127.0.0.1",
            Some(host.token.as_str()),
            ""
        )
        .status,
        405
    );
}

#[test]
fn a_body_past_the_limit_is_refused_and_the_next_request_answered() {
    let host = Host::start();
    let long = format!("\"{}\"", "x".repeat(BODY_LIMIT_BYTES));
    let head = format!(
        "POST /api/app_status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-zhaoshen-token: {}\r\nContent-Length: {}\r\n\r\n",
        host.token.as_str(),
        long.len()
    );
    let answer = host.raw(format!("{head}{long}").as_bytes());
    assert_eq!((answer.status, code(&answer).as_str()), (413, "refused"));
    assert_eq!(host.command("app_status", "{}").status, 200);
}

#[test]
fn screens_are_served_and_nothing_beside_them() {
    let host = Host::start();
    let page = host.get("/");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("照审台"));
    assert!(page.has("content-type: text/html"), "{}", page.head);
    assert!(
        page.has("content-security-policy: default-src 'self'"),
        "{}",
        page.head
    );
    assert!(page.has("x-content-type-options: nosniff"));
    assert_eq!(host.get("/assets/app.js").status, 200);
    assert!(host.folder.path().join("secret.txt").exists());
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "//secret.txt",
        "/nothing.js",
    ] {
        let answer = host.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[test]
fn only_the_two_small_pictures_have_an_address() {
    let host = Host::start();
    let token = host.token.as_str().to_owned();
    for path in [
        format!("/photo/original/{HASH}"),
        "/photo/preview/abc".to_owned(),
        format!("/photo/thumb/{}", HASH.to_uppercase()),
    ] {
        let answer = host.get(&format!("{path}?token={token}"));
        assert_eq!(
            (answer.status, code(&answer).as_str()),
            (404, "not_found"),
            "{path}"
        );
    }
}

const ONE_PAGE: &str = "0123456789abcdef0123456789abcdef";
const OTHER_PAGE: &str = "fedcba9876543210fedcba9876543210";

impl Host {
    /// A command of a page: its session, and whom it shows.
    fn of_page(&self, page: &str, shown: Option<i64>, name: &str, body: &Value) -> Answer {
        let (token, body) = (self.token.as_str(), body.to_string());
        let shown = shown.map_or_else(String::new, |id| format!("x-zhaoshen-person: {id}\r\n"));
        let request = format!(
            "POST /api/{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nx-zhaoshen-token: {token}\r\n\
             x-zhaoshen-session: {page}\r\n{shown}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.raw(request.as_bytes())
    }
}

#[test]
fn each_page_is_its_own_person_and_signs_for_no_other() {
    let host = Host::start();
    let pin = "739154";
    let ask = |page: &str, shown, name: &str, body: Value| host.of_page(page, shown, name, &body);
    ask(ONE_PAGE, None, "reviewer_set", json!({ "name": "王" }));
    ask(
        ONE_PAGE,
        Some(1),
        "pin_change",
        json!({ "old": "", "new": pin }),
    );
    let all = json!({ "reviewer": true, "lead": true, "keeper": true });
    let li = json!({ "name": "李", "roles": all, "pin": pin });
    assert_eq!(ask(ONE_PAGE, Some(1), "person_add", li).status, 200);

    let photo = |session: &str| {
        let token = host.token.as_str();
        let answer = host.get(&format!("/photo/thumb/{HASH}?token={token}{session}"));
        (answer.status, code(&answer))
    };
    let of_other = format!("&session={OTHER_PAGE}");
    let locked = ask(OTHER_PAGE, None, "people_list", json!({}));
    assert_eq!((locked.status, code(&locked).as_str()), (403, "signed_out"));
    for session in [of_other.as_str(), ""] {
        assert_eq!(photo(session), (403, "signed_out".to_owned()), "{session}");
    }
    assert_eq!(photo("&session=short").0, 404);
    let signed = ask(
        OTHER_PAGE,
        None,
        "sign_in",
        json!({ "person": 2, "pin": pin }),
    );
    assert_eq!(signed.json()["reviewer"], "李");
    assert_eq!(photo(&of_other), (404, "not_found".to_owned()));
    let minutes = |page: &str, shown, minutes: u32| {
        ask(page, shown, "idle_set", json!({ "minutes": minutes }))
    };
    // The other page's person signed in last, and this one still signs for its own.
    assert_eq!(minutes(ONE_PAGE, Some(1), 7).status, 200);
    assert_eq!(minutes(OTHER_PAGE, Some(2), 8).status, 200);
    let wrong = minutes(OTHER_PAGE, Some(1), 9);
    assert_eq!((wrong.status, code(&wrong).as_str()), (409, "conflict"));
    let query = json!({ "round": null, "offset": 0, "limit": 2 });
    let log = ask(ONE_PAGE, Some(1), "log_list", query).json();
    let by: Vec<&str> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["reviewer"].as_str().unwrap())
        .collect();
    assert_eq!(by, ["李", "王"]);
    for word in ["", "short", "0123456789abcdef0123456789abcdeg"] {
        let refused = ask(word, None, "app_status", json!({}));
        assert_eq!(refused.status, 400, "{word}");
    }
}

#[test]
fn a_page_from_elsewhere_is_turned_away_even_with_the_token() {
    let host = Host::start();
    let ask = |origin: &str| {
        let request = format!(
            "POST /api/app_status HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {origin}\r\nConnection: close\r\n\
             x-zhaoshen-token: {}\r\nContent-Length: 2\r\n\r\n{{}}",
            host.port,
            host.token.as_str()
        );
        host.raw(request.as_bytes()).status
    };
    assert_eq!(ask(&format!("http://127.0.0.1:{}", host.port)), 200);
    for origin in [
        "null",
        "http://example.com",
        "http://127.0.0.1:1",
        &format!("https://127.0.0.1:{}", host.port),
        &format!("http://127.0.0.1:{}.example.com", host.port),
    ] {
        assert_eq!(ask(origin), 403, "{origin}");
    }
}

#[test]
fn more_requests_than_there_is_room_for_are_refused_until_there_is() {
    let host = Host::start();
    let begun = format!(
        "POST /api/app_status HTTP/1.1\r\nHost: 127.0.0.1\r\nx-zhaoshen-token: {}\r\nContent-Length: 2\r\n\r\n",
        host.token.as_str()
    );
    let wait = || {
        let mut socket = TcpStream::connect(("127.0.0.1", host.port)).unwrap();
        socket.write_all(begun.as_bytes()).unwrap();
        socket
    };
    let mut asked = (0..2_000).map(|_| {
        std::thread::sleep(Duration::from_millis(5));
        host.command("app_status", "{}").status
    });
    let mut waiting: Vec<TcpStream> = (0..AT_ONCE).map(|_| wait()).collect();
    // The question itself may have taken the place of one that was to wait: one more takes it after it.
    let full = asked.by_ref().take(200).any(|status| {
        waiting.push(wait());
        status == 503
    });
    assert!(full, "there is no bound");
    drop(waiting);
    assert!(
        asked.any(|status| status == 200),
        "the room was not given back"
    );
}

#[test]
fn who_asks_too_fast_is_told_so_and_takes_nothing_from_others_without_the_token() {
    let host = Host::at(Rate {
        burst: 4.0,
        per_second: 0.0,
    });
    for _ in 0..9 {
        let stranger = host.send("POST", "/api/app_status", "127.0.0.1", None, "{}");
        assert_eq!(stranger.status, 401);
    }
    let photo = format!("/photo/preview/{HASH}?token={}", host.token.as_str());
    let mut told = vec![host.get(&photo).status];
    told.extend((0..4).map(|_| host.command("app_status", "{}").status));
    assert_eq!(told, [404, 200, 200, 200, 429]);
    let refused = host.get(&photo);
    assert_eq!((refused.status, code(&refused).as_str()), (429, "refused"));
    assert!(refused.has("retry-after: 1") && refused.body.contains("请稍候再试"));
    assert_eq!(
        host.get("/").status,
        200,
        "the screens themselves are still given"
    );
}

#[test]
fn who_sends_slowly_keeps_no_place() {
    let host = Host::with(
        Rate::OF_PAGES,
        Patience {
            head: Duration::from_millis(400),
            body: Duration::from_millis(400),
            ..Patience::OF_PAGES
        },
    );
    let connect = |begin: &str| {
        let mut socket = TcpStream::connect(("127.0.0.1", host.port)).unwrap();
        let patient = Some(Duration::from_secs(20));
        socket.set_read_timeout(patient).unwrap();
        socket.write_all(begin.as_bytes()).unwrap();
        socket
    };
    let body = format!(
        "POST /api/app_status HTTP/1.1\r\nHost: localhost\r\nx-zhaoshen-token: {}\r\nContent-Length: 9\r\n\r\n{{",
        host.token.as_str()
    );
    let slow: Vec<TcpStream> = (0..AT_ONCE).map(|_| connect(&body)).collect();
    for mut socket in slow {
        let mut said = String::new();
        // Closed after the answer, since the body is not there to its end.
        let _ = socket.read_to_string(&mut said);
        assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
    }
    let mut half_a_head = connect("GET / HTTP/1.1\r\nHost: loc");
    let mut said = Vec::new();
    // Either closed without a word or told that it took too long; a socket that stays open runs into the timeout here.
    let read = half_a_head.read_to_end(&mut said);
    assert!(read.is_ok() || !said.is_empty(), "{read:?}");
    assert_eq!(host.command("app_status", "{}").status, 200);
}
