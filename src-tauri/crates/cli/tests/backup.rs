//! Backups from the terminal, of a workspace that is sound and of one that cannot be opened.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod said;

use std::fs;

use said::zhaoshen;
use zhaoshen_station::wire::{Empty, LogQuery, SignIn};

#[test]
fn a_workspace_is_backed_up_carried_away_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let run = |arguments: &[&str]| zhaoshen(&workspace, arguments, "");
    let named = ["--reviewer", "王老师", "round", "new", "--name", "批次"];
    assert_eq!(run(&named).0, 0);
    assert!(run(&["backup", "list"]).1.contains("还没有备份"));
    let (status, said) = run(&["backup", "now"]);
    assert!(status == 0 && said.contains("手动"), "{said}");
    let (status, said) = run(&["backup", "verify"]);
    assert!(status == 0 && said.contains("完好"), "{said}");

    let stick = folder.path().join("U盘");
    fs::create_dir(&stick).unwrap();
    let target = stick.display().to_string();
    let (status, said) = run(&["backup", "copy", &target]);
    assert_eq!(status, 0, "{said}");
    let path = said
        .lines()
        .find_map(|line| line.strip_prefix("已写入 "))
        .unwrap();
    let passphrase = said
        .lines()
        .find_map(|line| line.strip_prefix("口令："))
        .unwrap();
    let passphrase = passphrase.split('（').next().unwrap();
    let read = ["backup", "verify", "--file", path, "--passphrase-stdin"];
    let (status, said) = zhaoshen(&workspace, &read, passphrase);
    assert!(status == 0 && said.contains("完好"), "{said}");
    let (status, wrong) = zhaoshen(&workspace, &read, "wrong\n");
    assert!(status == 2 && wrong.contains("口令不对"), "{wrong}");
    let from_file = [
        "backup",
        "restore",
        &target,
        "--file",
        path,
        "--passphrase-stdin",
    ];
    let (status, wrong) = zhaoshen(&workspace, &from_file, "wrong\n");
    assert!(status == 2 && wrong.contains("口令不对"), "{wrong}");
    let (status, right) = zhaoshen(&workspace, &from_file, passphrase);
    assert!(status == 0 && right.contains("批次 1"), "{right}");

    let (status, inside) = run(&["backup", "restore", &workspace.display().to_string()]);
    assert!(
        status == 2 && inside.contains("请选择其他文件夹"),
        "{inside}"
    );
    fs::write(workspace.join("zhaoshen.db"), "damaged").unwrap();
    let (status, refused) = run(&["round", "show"]);
    assert!(status == 2 && refused.contains("备份"), "{refused}");
    let again = folder.path().join("恢复");
    let (status, restored) = run(&["backup", "restore", &again.display().to_string()]);
    assert!(status == 0 && restored.contains("批次 1"), "{restored}");
    let made = fs::read_dir(&again)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    assert!(zhaoshen(&made, &["round", "show"], "").1.contains("批次"));
    assert_eq!(zhaoshen(&made, &["audit", "verify"], "").0, 0);
}

#[test]
fn a_workspace_that_opens_is_restored_by_its_keeper_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let run = |typed: &str, arguments: &[&str]| zhaoshen(&workspace, arguments, typed);
    let made = ["--as", "王", "round", "new", "--name", "批次"];
    assert_eq!(run("", &made).0, 0);
    assert_eq!(run("739154\n", &["people", "set-pin", "王"]).0, 0);
    let add = ["--as", "王", "people", "add", "李", "--role", "reviewer"];
    assert_eq!(run("739154\n864209\n", &add).0, 0);
    assert_eq!(run("739154\n", &["--as", "王", "backup", "now"]).0, 0);

    let out = folder.path().join("恢复");
    let target = out.display().to_string();
    let (status, nobody) = run("", &["backup", "restore", &target]);
    assert!(status == 2 && nobody.contains("--as 姓名"), "{nobody}");
    let by = |name: &'static str| ["--as", name, "backup", "restore", &target];
    let (status, reviewer) = run("864209\n", &by("李"));
    assert!(
        status == 2 && reviewer.contains("“恢复备份”由保管员办理"),
        "{reviewer}"
    );
    assert!(!out.exists());
    let (status, keeper) = run("739154\n", &by("王"));
    assert!(status == 0 && keeper.contains("批次 1"), "{keeper}");

    let station = zhaoshen_station::Station::open(&workspace).unwrap();
    let wang = station.app_status(Empty {}).unwrap().seat.people[0].person;
    let pin = "739154".to_owned();
    station.sign_in(SignIn { person: wang, pin }).unwrap();
    let (round, offset, limit) = (None, 0, 1);
    let last = LogQuery {
        round,
        offset,
        limit,
    };
    let entry = station.log_list(last).unwrap().entries.remove(0);
    assert_eq!(
        (entry.act.as_str(), entry.reviewer.as_str()),
        ("恢复备份", "王")
    );
    assert!(entry.after.contains(&target), "{}", entry.after);
    // Who has it open is who knows who sits there.
    let (status, open) = run("739154\n", &by("王"));
    assert!(
        status == 2 && open.contains("正被另一个照审台使用"),
        "{open}"
    );
}

#[test]
fn a_disk_that_is_missing_becomes_no_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let mount = folder.path().join("移动硬盘");
    fs::create_dir(&mount).unwrap();
    let out = folder.path().join("输出");
    fs::create_dir(&out).unwrap();
    let out = out.display().to_string();
    let reading = [
        &["round", "show"][..],
        &["round", "close"],
        &["review", "list", "--queue", "pending"],
        &["people", "list"],
        &["audit", "verify"],
        &["backup", "list"],
        &["backup", "now"],
        &["doctor", "--package", &out],
        &["export", &out],
    ];
    for place in [&mount, &mount.join("工作区")] {
        for arguments in reading {
            let (status, said) = zhaoshen(place, arguments, "");
            assert!(
                status == 2 && said.contains("这个文件夹里没有工作区"),
                "{arguments:?}: {said}"
            );
        }
        assert_eq!(fs::read_dir(&mount).unwrap().count(), 0);
    }
    let begun = mount.join("工作区");
    let (status, said) = zhaoshen(&begun, &["round", "new", "--name", "批次"], "");
    assert!(
        status == 0 && said.contains("已新建工作区（不加密）"),
        "{said}"
    );
    let (status, said) = zhaoshen(&begun, &["round", "new", "--name", "另一批"], "");
    assert!(status == 0 && !said.contains("已新建"), "{said}");
}

/// Nobody is asked who looks at the list, so that it is for everybody to read: numbers and days, and nobody's name.
#[test]
fn the_list_and_the_check_name_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("workspace");
    let run = |arguments: &[&str]| zhaoshen(&workspace, arguments, "");
    let person = "欧阳不在场";
    let round = "不写在清单上的批次";
    let named = ["--reviewer", person, "round", "new", "--name", round];
    assert_eq!(run(&named).0, 0);
    let roster = folder.path().join("名单.csv");
    let student = ["2026990001", "司马不提名", "11010519491231002X"];
    fs::write(
        &roster,
        format!("学号,姓名,证件号码\n{}\n", student.join(",")),
    )
    .unwrap();
    let import = [
        "--reviewer",
        person,
        "roster",
        "import",
        &roster.display().to_string(),
    ];
    let (status, said) = run(&import);
    assert_eq!(status, 0, "{said}");
    assert_eq!(run(&["backup", "now"]).0, 0);
    let shown = [
        vec!["backup", "list"],
        vec!["backup", "list", "--json"],
        vec!["backup", "verify"],
    ];
    let told = shown.map(|arguments| {
        let (status, said) = run(&arguments);
        assert_eq!(status, 0, "{said}");
        said
    });
    assert!(told[0].contains("学生 1"), "{told:?}");
    let texts = told.iter().flat_map(|said| {
        let personal = student.into_iter().chain([person, round]);
        personal.filter(move |word| said.contains(*word))
    });
    assert_eq!(texts.count(), 0, "{told:?}");
}

#[test]
fn a_backup_without_pins_is_told_before_it_is_restored_while_newer_ones_have_them() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("workspace");
    let run = |typed: &str, arguments: &[&str]| zhaoshen(&workspace, arguments, typed);
    assert_eq!(
        run("", &["--as", "王", "round", "new", "--name", "批次"]).0,
        0
    );
    assert_eq!(run("", &["backup", "now"]).0, 0);
    assert_eq!(run("739154\n", &["people", "set-pin", "王"]).0, 0);
    assert_eq!(run("739154\n", &["--as", "王", "backup", "now"]).0, 0);
    let listed = zhaoshen_station::backup::list(&workspace).unwrap().backups;
    let [late, early] = &listed[..] else {
        panic!("{listed:?}");
    };
    fs::write(workspace.join("zhaoshen.db"), "damaged").unwrap();
    let out = folder.path().join("恢复").display().to_string();
    for (card, is_told) in [(early, true), (late, false)] {
        let (status, said) = run("", &["backup", "restore", &out, "--name", &card.name]);
        assert_eq!(status, 0, "{said}");
        assert_eq!(said.contains("没有人设登录口令"), is_told, "{said}");
    }
}
