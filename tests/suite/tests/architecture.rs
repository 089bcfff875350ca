//! The invariants of ARCHITECTURE.md that can be read off the sources and the manifests.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    missing_docs,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each crate and the crates of ours it may depend on.
const ARROWS: [(&str, &[&str]); 9] = [
    ("model", &[]),
    ("checks", &["model"]),
    ("vision", &["model"]),
    ("store", &["model"]),
    ("exchange", &["model"]),
    (
        "station",
        &["model", "checks", "vision", "store", "exchange", "portrait"],
    ),
    ("terminal", &[]),
    ("cli", &["station", "terminal"]),
    ("serve", &["station", "terminal"]),
];
/// Longest source file, lines.
const LONGEST_FILE: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

fn crate_folder(name: &str) -> PathBuf {
    root().join("src-tauri/crates").join(name)
}

/// Every Rust source below `folder` with its text.
fn sources(folder: &Path) -> BTreeMap<PathBuf, String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "target" && entry.file_name() != "node_modules")
        .map(Result::unwrap)
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "rs")
        })
        .map(|entry| {
            (
                entry.path().to_owned(),
                fs::read_to_string(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// The text without comments, so that prose may name what code may not.
fn code_of(text: &str) -> String {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn arrows_point_one_way() {
    for (name, allowed) in ARROWS {
        let manifest = fs::read_to_string(crate_folder(name).join("Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let dependencies = manifest["dependencies"].as_table().unwrap();
        for dependency in dependencies
            .keys()
            .filter_map(|key| key.strip_prefix("zhaoshen-"))
        {
            assert!(
                allowed.contains(&dependency),
                "{name} must not depend on {dependency}"
            );
        }
    }
}

#[test]
fn the_host_sees_only_station_and_carries_the_terminal() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let ours = manifest["dependencies"].as_table().unwrap().keys();
    let ours: Vec<&String> = ours.filter(|key| key.starts_with("zhaoshen-")).collect();
    assert_eq!(ours, ["zhaoshen-cli", "zhaoshen-station"]);
}

#[test]
fn tauri_is_named_in_the_host_alone() {
    for (name, _) in ARROWS {
        let manifest = fs::read_to_string(crate_folder(name).join("Cargo.toml")).unwrap();
        assert!(!manifest.contains("tauri"), "{name} names Tauri");
        for (path, text) in sources(&crate_folder(name).join("src")) {
            assert!(
                !code_of(&text).contains("tauri::"),
                "{} names Tauri",
                path.display()
            );
        }
    }
}

#[test]
fn sql_is_in_store_alone() {
    for (name, _) in ARROWS.iter().filter(|(name, _)| *name != "store") {
        let manifest: toml::Table = fs::read_to_string(crate_folder(name).join("Cargo.toml"))
            .unwrap()
            .parse()
            .unwrap();
        assert!(
            !manifest["dependencies"]
                .as_table()
                .unwrap()
                .contains_key("rusqlite"),
            "{name} uses SQLite"
        );
    }
}

#[test]
fn unsafe_is_in_vision_alone() {
    for (name, _) in ARROWS.iter().filter(|(name, _)| *name != "vision") {
        for (path, text) in sources(&crate_folder(name).join("src")) {
            let code = code_of(&text);
            let found = code.contains("unsafe {")
                || code.contains("unsafe fn")
                || code.contains("allow(unsafe_code");
            assert!(!found, "{} holds unsafe code", path.display());
        }
    }
}

#[test]
fn checks_and_model_do_no_io_and_read_no_clock() {
    for name in ["checks", "model"] {
        for (path, text) in sources(&crate_folder(name).join("src")) {
            let code = code_of(&text);
            for forbidden in [
                "std::fs",
                "std::net",
                "std::env",
                "std::time",
                "Instant::now",
                "SystemTime",
                "jiff::",
            ] {
                assert!(
                    !code.contains(forbidden),
                    "{} uses {forbidden}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn only_exchange_and_store_open_files() {
    for name in ["checks", "model", "vision", "station", "cli"] {
        for (path, text) in sources(&crate_folder(name).join("src")) {
            let code = code_of(&text)
                .split("#[cfg(test)]")
                .next()
                .unwrap_or_default()
                .to_owned();
            for forbidden in [
                "File::open",
                "File::create",
                "fs::write",
                "fs::remove",
                "fs::create_dir",
            ] {
                assert!(
                    !code.contains(forbidden),
                    "{} uses {forbidden}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    for folder in ["src-tauri", "tests"] {
        for (path, text) in sources(&root().join(folder)) {
            assert!(
                text.lines().count() <= LONGEST_FILE,
                "{} is too long",
                path.display()
            );
            let first = text
                .lines()
                .find(|line| !line.trim().is_empty())
                .unwrap_or_default();
            assert!(
                first.starts_with("//!"),
                "{} does not say what it is",
                path.display()
            );
        }
    }
}

#[test]
fn no_file_is_named_after_nothing() {
    for folder in ["src-tauri", "tests", "ui/src"] {
        for entry in walkdir::WalkDir::new(root().join(folder))
            .into_iter()
            .map(Result::unwrap)
        {
            let stem = entry
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .to_lowercase();
            let vague = [
                "util", "utils", "helper", "helpers", "manager", "common", "misc",
            ];
            assert!(
                !vague.contains(&stem.as_str()),
                "{} is named after nothing",
                entry.path().display()
            );
        }
    }
}
