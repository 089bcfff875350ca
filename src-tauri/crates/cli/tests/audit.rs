//! The log followed and saved from the terminal.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod said;

use std::fs;

use said::{BY, zhaoshen};

#[test]
fn the_log_is_verified_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区").display().to_string();
    let run = |arguments: &[&str]| zhaoshen(&workspace, &[&BY[..], arguments].concat(), "");
    assert_eq!(run(&["round", "new", "--name", "批次"]).0, 0);
    let (status, said) = run(&["audit", "verify"]);
    assert!(status == 0 && said.contains("日志完整："), "{said}");
    let (_, json) = run(&["audit", "verify", "--json"]);
    assert!(json.contains("\"holds\":true"), "{json}");
    let out = folder.path().display().to_string();
    let (status, said) = run(&["audit", "export", &out]);
    assert!(status == 0 && said.contains("日志-"), "{said}");
    let saved = fs::read_dir(folder.path()).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".xlsx")
    });
    assert_eq!(saved.count(), 1);
}
