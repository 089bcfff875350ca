//! `zhaoshen seal forget`: what a keychain kept opens the workspace no more.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use zhaoshen_station::wire::PassphraseGiven;
use zhaoshen_station::{Station, seal};

const PASSPHRASE: &str = "今天天气不错 2026";

fn zhaoshen(workspace: &Path, arguments: &[&str], typed: &str) -> (i32, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_zhaoshen"))
        .arg("--workspace")
        .arg(workspace)
        .args(["--reviewer", "王老师"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that reads nothing may be gone already.
    let _ = program.stdin.take().unwrap().write_all(typed.as_bytes());
    let output = program.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn what_a_keychain_kept_opens_nothing_once_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let given = PassphraseGiven {
        passphrase: PASSPHRASE.to_owned(),
    };
    let (station, _) = Station::create_sealed(&workspace, &given).unwrap();
    let secret = seal::here_secret().unwrap();
    station.keep_here(PASSPHRASE, &secret).unwrap();
    drop(station);
    drop(Station::unlock_here(&workspace, &secret).unwrap());
    assert!(
        zhaoshen(&workspace, &["seal", "show"], "")
            .1
            .contains("记住了口令")
    );

    let (status, said) = zhaoshen(&workspace, &["seal", "forget"], "不是这个口令\n");
    assert!(status != 0, "{said}");
    drop(Station::unlock_here(&workspace, &secret).unwrap());

    let typed = format!("{PASSPHRASE}\n");
    let (status, said) = zhaoshen(&workspace, &["seal", "forget"], &typed);
    assert!(status == 0 && said.contains("不再记住口令"), "{said}");
    assert!(Station::unlock_here(&workspace, &secret).is_err());
    assert!(
        !zhaoshen(&workspace, &["seal", "show"], "")
            .1
            .contains("记住了口令")
    );

    let (status, said) = zhaoshen(&workspace, &["seal", "forget"], "");
    assert!(status == 0 && said.contains("没有改动"), "{said}");
}
