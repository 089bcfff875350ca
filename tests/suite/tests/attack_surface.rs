//! What the programs leave open to a page, a file and a neighbour: read out of the configuration and the sources, so
//! that widening it is a decision somebody makes here.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn json(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    walkdir::WalkDir::new(root().join(folder))
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|found| found == ending)
        })
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap();
            (entry.into_path(), text)
        })
        .collect()
}

#[test]
fn the_page_loads_and_reaches_nothing_but_its_own_program() {
    let configuration = json("tauri.conf.json");
    let app = &configuration["app"];
    assert_eq!(app["withGlobalTauri"], false);
    assert!(
        app["security"]
            .get("dangerousDisableAssetCspModification")
            .is_none()
    );
    let policy = app["security"]["csp"].as_object().unwrap();
    for needed in [
        "default-src",
        "script-src",
        "connect-src",
        "object-src",
        "base-uri",
        "form-action",
        "frame-ancestors",
    ] {
        assert!(policy.contains_key(needed), "{needed}");
    }
    let allowed = [
        "'self'",
        "'none'",
        "data:",
        "blob:",
        "photo:",
        "ipc:",
        "http://ipc.localhost",
        "http://photo.localhost",
    ];
    for (directive, sources) in policy {
        for source in sources.as_str().unwrap().split(' ') {
            let styles = directive == "style-src" && source == "'unsafe-inline'";
            assert!(styles || allowed.contains(&source), "{directive} {source}");
        }
    }
    assert_eq!(policy["script-src"], "'self'");
    let page = fs::read_to_string(root().join("ui/index.html")).unwrap();
    assert!(
        !page.contains("http://") && !page.contains("https://"),
        "the page names another host"
    );
    assert!(!page.contains("<script>"), "the page has inline script");
}

#[test]
fn the_windows_may_call_what_the_page_calls_and_no_more() {
    let main = json("src-tauri/capabilities/main.json");
    let photo = json("src-tauri/capabilities/photo.json");
    let events = ["core:event:allow-listen", "core:event:allow-unlisten"];
    let is = |capability: &Value, own: &str| {
        let expected: Vec<&str> = [own].into_iter().chain(events).collect();
        assert_eq!(capability["permissions"], serde_json::json!(expected));
        assert!(capability.get("remote").is_none());
    };
    is(&main, "station");
    is(&photo, "alone");
    assert_eq!(files("src-tauri/capabilities", "json").len(), 2);
    let permissions: toml::Table =
        fs::read_to_string(root().join("src-tauri/permissions/station.toml"))
            .unwrap()
            .parse()
            .unwrap();
    let page: String = files("ui/src", "ts")
        .into_iter()
        .chain(files("ui/src", "tsx"))
        .map(|(_, text)| text)
        .collect();
    for permission in permissions["permission"].as_array().unwrap() {
        for command in permission["commands"]["allow"].as_array().unwrap() {
            let command = command.as_str().unwrap();
            assert!(
                page.contains(&format!("\"{command}\"")),
                "no page calls {command}"
            );
        }
    }
}

#[test]
fn no_program_starts_another_or_connects_anywhere() {
    let shipped = [
        "model", "checks", "vision", "store", "exchange", "station", "cli", "serve",
    ];
    let folders = shipped
        .iter()
        .map(|name| format!("src-tauri/crates/{name}/src"));
    for folder in folders.chain(["src-tauri/src".to_owned()]) {
        for (path, text) in files(&folder, "rs") {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for forbidden in [
                "process::Command",
                "Command::new(",
                "TcpStream",
                "UdpSocket",
                "UNSPECIFIED",
            ] {
                assert!(
                    !code.contains(forbidden),
                    "{} has {forbidden}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_program_leaves_no_dump_before_it_does_anything() {
    for (path, start) in [
        ("src-tauri/src/lib.rs", "pub fn start("),
        ("src-tauri/crates/cli/src/lib.rs", "pub fn run("),
        ("src-tauri/crates/serve/src/main.rs", "async fn main("),
    ] {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let (_, body) = text.split_once(start).unwrap();
        let first = body.lines().nth(1).unwrap().trim();
        assert_eq!(first, "zhaoshen_station::leave_no_dump();", "{path}");
    }
}

/// What a tag names can be changed by whoever owns the action; what a commit is cannot.
#[test]
fn workflows_take_actions_by_their_commit() {
    // Its branches are its versions: the compiler's channel is told by them alone.
    let by_branch = [
        "dtolnay/rust-toolchain@stable",
        "dtolnay/rust-toolchain@nightly",
    ];
    let mut pinned = 0;
    for (path, text) in files(".github/workflows", "yml") {
        let taken = text.lines().filter_map(|line| line.split_once("uses: "));
        for action in taken.map(|(_, action)| action.trim()) {
            if by_branch.contains(&action) {
                continue;
            }
            let told = action
                .split_once('@')
                .and_then(|(_, told)| told.split_once(" # v"));
            let commit = told.map_or("", |(commit, _)| commit);
            let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
            assert!(is_commit, "{}: {action}", path.display());
            pinned += 1;
        }
    }
    assert!(pinned > 0);
}
