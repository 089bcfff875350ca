//! Runs the program as a person at a terminal does, and hears what it says. Knows nothing of what is asked of it.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::ffi::OsStr;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Exit status and everything said, of the program with this workspace; `typed` is its standard input.
pub(crate) fn zhaoshen(
    workspace: impl AsRef<OsStr>,
    arguments: &[&str],
    typed: &str,
) -> (i32, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_zhaoshen"))
        .arg("--workspace")
        .arg(workspace)
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

/// Who acts, where nobody else is named.
#[allow(dead_code, reason = "some tests name whom they are about")]
pub(crate) const BY: [&str; 2] = ["--reviewer", "王老师"];
