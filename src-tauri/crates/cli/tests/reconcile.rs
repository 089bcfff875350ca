//! `zhaoshen reconcile` as a person runs it: a receipt read once, what it gives back rejected, the last page.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The example of twelve students, delivered; where it lies.
struct Demo {
    folder: tempfile::TempDir,
}

impl Demo {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("示例").display().to_string();
        let made = Command::new(env!("CARGO_BIN_EXE_zhaoshen"))
            .args(["demo", &place, "--students", "12"])
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        Self { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Exit status and what was said.
    fn reconcile(&self, arguments: &[&str]) -> (i32, String) {
        self.run(&[&["reconcile"], arguments].concat())
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_zhaoshen"))
            .args(["--workspace", &self.path("示例/工作区")])
            .args(arguments)
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).unwrap();
        (output.status.code().unwrap(), text)
    }

    fn kind(&self, kind: &str) -> u64 {
        let (_, text) = self.reconcile(&["show", "--json"]);
        let view: Value = serde_json::from_str(text.trim()).unwrap();
        let kinds = view["kinds"].as_array().unwrap();
        let found = kinds.iter().find(|known| known["kind"] == kind);
        found.map_or(0, |found| found["count"].as_u64().unwrap())
    }
}

#[test]
fn a_round_is_reconciled_without_a_window() {
    let demo = Demo::new();
    let (status, listed) = demo.reconcile(&["list", "--kind", "unanswered"]);
    assert_eq!(status, 1, "there is something to look at");
    let numbers: Vec<&str> = listed
        .lines()
        .map(|line| line.split('\t').nth(1).unwrap())
        .collect();
    assert!(numbers.len() > 2, "{listed}");

    let list = demo.path("回执.csv");
    let (one, two) = (numbers[0], numbers[1]);
    let text = format!("学号,审核结果,退回原因\n{one},通过,\n{two},退回,反光\n");
    fs::write(&list, &text).unwrap();
    let (status, said) = demo.reconcile(&["receipts", &list]);
    assert!(
        status == 0 && said.contains("新增 2 条，其中退回 1 条"),
        "{said}"
    );
    let (_, again) = demo.reconcile(&["receipts", &list]);
    assert!(again.contains("新增 0 条"), "{again}");
    assert_eq!(demo.kind("unanswered") as usize, numbers.len() - 2);

    assert_eq!(demo.reconcile(&["reject"]).0, 0);
    assert_eq!(
        demo.reconcile(&["reject"]).0,
        2,
        "nothing is left to reject"
    );
    assert_eq!(demo.kind("returned"), 0);
    assert!(demo.reconcile(&["undo"]).1.contains("按回执退回"));
    assert_eq!(demo.kind("returned"), 1);

    // A row that names nobody is given to a student, who has an answer then; the list read again brings nothing.
    let misspelt = demo.path("第二周.csv");
    let text = format!(
        "学号,审核结果\n{}9,通过\n路人,通过\n{one},通过\n",
        numbers[2]
    );
    fs::write(&misspelt, &text).unwrap();
    assert_eq!(demo.reconcile(&["receipts", &misspelt]).0, 1);
    let (_, strays) = demo.reconcile(&["list", "--kind", "receipt_unlisted"]);
    let ids: Vec<&str> = strays
        .lines()
        .filter_map(|line| line.rsplit('\t').next())
        .collect();
    assert_eq!(ids.len(), 2, "{strays}");
    let unanswered = demo.kind("unanswered");
    let (status, said) = demo.reconcile(&["assign", ids[0], numbers[2]]);
    assert!(status == 0 && said.contains(numbers[2]), "{said}");
    assert!(said.contains("第 1 次交付"), "{said}");
    assert_eq!(demo.reconcile(&["assign", ids[1], "没有这个号"]).0, 2);
    assert_eq!(demo.reconcile(&["drop", ids[1]]).0, 0);
    assert_eq!(demo.kind("receipt_unlisted"), 0);
    assert_eq!(demo.kind("unanswered"), unanswered - 1);
    assert!(demo.reconcile(&["undo"]).1.contains("不计回执"));
    assert!(demo.reconcile(&["undo"]).1.contains("指定回执学生"));
    assert_eq!(demo.kind("receipt_unlisted"), 2);

    let out = demo.path("结项");
    fs::create_dir(&out).unwrap();
    let (status, said) = demo.reconcile(&["closing", &out]);
    assert_eq!(status, 0, "{said}");
    for line in said.lines() {
        assert!(
            fs::metadata(Path::new(line)).unwrap().len() > 1000,
            "{line}"
        );
    }
    let bad = demo.path("不是回执.csv");
    fs::write(&bad, "甲,乙\n1,2\n").unwrap();
    let (status, said) = demo.reconcile(&["receipts", &bad]);
    assert!(status == 2 && said.contains("没有找到回执"), "{said}");
}

#[test]
fn paper_photos_are_ticked_off_for_one_class_and_no_other() {
    let demo = Demo::new();
    // The example has no classes: each of its students goes to the 一班 of their college.
    let (_, listed) = demo.reconcile(&["list", "--kind", "unanswered"]);
    let mut roster = "学号,姓名,班级\n".to_owned();
    for line in listed.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        roster.push_str(&format!("{},{},一班\n", cells[1], cells[2]));
    }
    let list = demo.path("班级.csv");
    fs::write(&list, roster).unwrap();
    let (status, said) = demo.run(&["roster", "import", &list, "--accept-updates"]);
    assert_eq!(status, 0, "{said}");
    let classes = || -> Vec<(String, String, String)> {
        let (_, listed) = demo.reconcile(&["paper"]);
        let rows = listed.lines().map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [college, class, arrived] = cells.as_slice() else {
                panic!("{line}")
            };
            [college, class, arrived]
                .map(|cell| (*cell).to_owned())
                .into()
        });
        rows.collect()
    };
    let before = classes();
    // A class of that name in two colleges: refused until one of them is named.
    let alike = before.iter().find(|(college, class, arrived)| {
        !arrived.ends_with("/0")
            && (before.iter()).any(|other| other.1 == *class && other.0 != *college)
    });
    let (college, class, arrived) = alike.unwrap();
    let (college, class) = (college.as_str(), class.as_str());
    for (arguments, why) in [
        (vec![class], college),
        (vec![""], "没有写班级"),
        (vec![" "], "没有写班级"),
        (vec!["没有这个班"], "没有这个班"),
        (vec![class, "--college", "没有这个学院"], "有的学院"),
        (vec!["--college", college], "CLASS"),
    ] {
        let (status, said) = demo.reconcile(&[&["paper"], arguments.as_slice()].concat());
        assert!(
            status == 2 && said.contains(why),
            "{arguments:?} {status} {said}"
        );
        assert_eq!(classes(), before, "{arguments:?}");
    }
    let (status, said) = demo.reconcile(&["paper", class, "--college", college]);
    assert_eq!(status, 0, "{said}");
    let due = arrived.trim_start_matches("0/");
    for (before, after) in before.iter().zip(classes()) {
        let is_it = (before.0.as_str(), before.1.as_str()) == (college, class);
        let expected = match is_it {
            true => format!("{due}/{due}"),
            false => before.2.clone(),
        };
        assert_eq!(after.2, expected, "{after:?}");
    }
}
