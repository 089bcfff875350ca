//! People on the terminal: who acts is named by `--as`, PINs come from standard input and are never an argument.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod said;

use said::zhaoshen;

#[test]
fn people_are_added_sign_in_and_do_what_their_roles_allow() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区").display().to_string();
    let run = |typed: &str, arguments: &[&str]| zhaoshen(&workspace, arguments, typed);
    // Who is alone is asked nothing.
    assert_eq!(
        run("", &["--as", "王", "round", "new", "--name", "批次"]).0,
        0
    );
    let (status, listed) = run("", &["people", "list"]);
    assert!(
        status == 0 && listed.contains("王\t审核员、负责人、保管员\t未设口令"),
        "{listed}"
    );
    let (status, said) = run("", &["--as", "李", "round", "show"]);
    assert!(status == 2 && said.contains("现在登录的是“王”"), "{said}");
    let add = ["people", "add", "李", "--role", "reviewer"];
    let (status, said) = run("864209\n", &add);
    assert!(status == 2 && said.contains("每个人都要有口令"), "{said}");

    assert_eq!(run("739154\n", &["people", "set-pin", "王"]).0, 0);
    let (status, said) = run("", &["round", "show"]);
    assert!(status == 2 && said.contains("--as 姓名"), "{said}");
    let as_wang = |rest: &[&'static str]| [&["--as", "王"], rest].concat();
    let (status, said) = run("739154\n864209\n", &as_wang(&add));
    assert!(status == 0 && said.contains("李\t审核员\t"), "{said}");
    assert!(!said.contains("864209"), "{said}");

    let (status, said) = run("864209\n", &["--as", "李", "people", "list"]);
    assert!(
        status == 2 && said.contains("“人员管理”由保管员办理"),
        "{said}"
    );
    assert_eq!(run("864209\n", &["--as", "李", "round", "show"]).0, 0);
    let (status, said) = run("000111\n", &["--as", "李", "round", "show"]);
    assert!(status == 2 && said.contains("口令不正确"), "{said}");
    let (status, said) = run("", &["--as", "孙", "round", "show"]);
    assert!(
        status == 2 && said.contains("没有名为“孙”的在用人员"),
        "{said}"
    );

    // 王 alone is keeper and forgot the PIN; nobody signs in for this.
    let (status, said) = run("951623\n", &["people", "reset", "李"]);
    assert!(
        status == 2 && said.contains("请保管员在“人员”里重设"),
        "{said}"
    );
    let (status, said) = run("951623\n", &["people", "reset", "王"]);
    assert!(status == 0 && said.contains("已记入日志"), "{said}");
    let list = as_wang(&["people", "list"]);
    assert_eq!((run("739154\n", &list).0, run("951623\n", &list).0), (2, 0));
    let back = as_wang(&["people", "set-pin", "王"]);
    assert_eq!(run("951623\n951623\n739154\n", &back).0, 0);

    let rename = as_wang(&["people", "rename", "李", "李明"]);
    assert!(run("739154\n", &rename).1.contains("李明\t审核员"));
    let back = as_wang(&["people", "rename", "李明", "李"]);
    assert_eq!(run("739154\n", &back).0, 0);
    let roles = as_wang(&["people", "roles", "李", "--role", "lead,keeper"]);
    assert!(run("739154\n", &roles).1.contains("李\t负责人、保管员"));
    let leave = as_wang(&["people", "disable", "李"]);
    assert!(run("739154\n", &leave).1.contains("已停用"));
    let last = as_wang(&["people", "disable", "王"]);
    let (status, said) = run("739154\n", &last);
    assert!(
        status == 2 && said.contains("至少要有一名在用的保管员"),
        "{said}"
    );
}
