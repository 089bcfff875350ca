//! `zhaoshen notices` as a person runs it: who is in the file for text messages is marked as told, and nobody else.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fs;
use std::process::Command;

use serde_json::Value;

fn run(workspace: &str, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_zhaoshen"))
        .args(["--workspace", workspace])
        .args(arguments)
        .output()
        .unwrap();
    let mut text = String::from_utf8(output.stdout).unwrap();
    if !arguments.contains(&"--json") {
        text.push_str(&String::from_utf8(output.stderr).unwrap());
    }
    (output.status.code().unwrap(), text)
}

#[test]
fn only_who_is_in_the_file_for_text_messages_is_marked() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("示例").display().to_string();
    let made = Command::new(env!("CARGO_BIN_EXE_zhaoshen"))
        .args(["demo", &place, "--students", "40"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let workspace = folder.path().join("示例/工作区").display().to_string();
    let rows = |arguments: &[&str]| -> Vec<String> {
        let (_, text) = run(&workspace, &[&["notices", "--json"], arguments].concat());
        let rows: Value = serde_json::from_str(text.trim()).unwrap();
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row["student_no"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = rows(&[]);
    assert!(all.len() > 2, "{all:?}");
    let phones = folder.path().join("电话.csv").display().to_string();
    fs::write(&phones, format!("学号,手机号\n{},13975310001\n", all[0])).unwrap();
    let out = folder.path().join("短信");
    fs::create_dir(&out).unwrap();
    let out = out.display().to_string();
    let (_, said) = run(
        &workspace,
        &["notices", "--sms", &out, "--phones", &phones, "--mark-told"],
    );
    assert!(said.contains(&all[0]), "{said}");
    assert_eq!(rows(&["--untold"]), all[1..]);
    assert_eq!(rows(&[]), all);

    // What is doubtful in the table is told on the terminal as in the window.
    let list = format!(
        "学号,手机号\n{},13975310001\n{},13975310001\n{},13975310002\n0000000000,13975310003\n",
        all[0], all[1], all[1]
    );
    fs::write(&phones, list).unwrap();
    let arguments = ["notices", "--sms", &out, "--phones", &phones, "--mark-told"];
    let (_, said) = run(&workspace, &arguments);
    let left = all.len() - 2;
    for line in [
        "2 人与别人是同一个手机号".to_owned(),
        "1 人在名单里有不同的手机号".to_owned(),
        "1 行没有用".to_owned(),
        format!("不在文件里的 {left} 人没有标为已通知"),
    ] {
        assert!(said.contains(&line), "{line}: {said}");
    }
    assert_eq!(rows(&["--untold"]), all[2..]);
}
