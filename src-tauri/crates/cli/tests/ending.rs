//! The end of a round on the terminal: closed, archived, checked, deleted with a certificate.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod said;

use std::fs;
use std::path::Path;

use said::{BY, zhaoshen};

const ROSTER: &str = "学号,姓名,证件号码,学院\n\
    2020310001,张小明,11010519491231002X,经济学院\n\
    2021310002,李娜,440524188001010014,法学院\n";

/// Whether any file beneath the folder holds the text.
fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|found| {
        let path = found.unwrap().path();
        if path.is_dir() {
            return holds(&path, text);
        }
        let bytes = fs::read(&path).unwrap();
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

/// The archive in the folder.
fn zip_in(folder: &Path) -> String {
    let mut names = fs::read_dir(folder)
        .unwrap()
        .map(|found| found.unwrap().path());
    let zip = names.find(|path| path.extension().is_some_and(|ending| ending == "zip"));
    zip.unwrap().display().to_string()
}

#[test]
fn a_round_is_closed_archived_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("工作区");
    let workspace = place.display().to_string();
    let roster = folder.path().join("名单.csv");
    fs::write(&roster, ROSTER).unwrap();
    let roster = roster.display().to_string();
    let out = folder.path().join("归档");
    fs::create_dir(&out).unwrap();
    let target = out.display().to_string();
    let run = |arguments: &[&str]| zhaoshen(&workspace, &[&BY[..], arguments].concat(), "");
    assert_eq!(run(&["round", "new", "--name", "旧名"]).0, 0);
    assert!(run(&["round", "rename", "2026批"]).1.contains("2026批"));
    assert_eq!(run(&["roster", "import", &roster]).0, 0);
    let picture = folder.path().join("2020310001.png");
    fs::write(&picture, b"\x89PNG\r\n\x1A\n and no more").unwrap();
    let picture = picture.display().to_string();
    let (_, said) = run(&["photos", "import", "--codes", &picture]);
    assert!(said.contains("新存放 1"), "{said}");

    let (status, said) = run(&["archive", "write", &target]);
    assert!(status == 2 && said.contains("请先结束本批"), "{said}");
    let (status, said) = run(&["round", "close"]);
    assert!(status == 2 && said.contains("不再处理的理由"), "{said}");
    let (_, said) = run(&["round", "close", "--reason", "试用批次，不采集"]);
    assert!(
        said.contains("已结束") && said.contains("试用批次，不采集"),
        "{said}"
    );
    let (status, said) = run(&["round", "close", "--reason", "另一个理由"]);
    assert!(status == 2 && said.contains("本批已经结束"), "{said}");
    let (status, said) = run(&["round", "rename", "新名"]);
    assert!(status == 2 && said.contains("本批次已结束"), "{said}");
    let (status, said) = run(&["archive", "write", &target, "--id-numbers"]);
    assert!(status == 2 && said.contains("必须同时加密"), "{said}");

    let (status, said) = run(&["archive", "write", &target]);
    assert!(status == 0 && said.contains("已读回核对"), "{said}");
    let zip = zip_in(&out);
    let (status, said) = run(&["archive", "verify", &zip]);
    assert!(status == 0 && said.contains("“2026批”归档一致"), "{said}");
    // Its sums need no workspace, and none is made.
    let nowhere = folder.path().join("没有").display().to_string();
    let (status, said) = zhaoshen(&nowhere, &["archive", "verify", &zip], "");
    assert!(status == 0 && said.contains("都与写入时一致"), "{said}");
    assert!(said.contains("没有工作区") && !folder.path().join("没有").exists());
    assert!(holds(&out, "张小明"), "entries are stored as they are");
    for number in ["11010519491231002X", "440524188001010014"] {
        assert!(!holds(&out, number), "{number}");
    }
    let bytes = fs::read(&zip).unwrap();
    let at = bytes
        .windows(9)
        .position(|part| part == "张小明".as_bytes());
    let mut changed = bytes.clone();
    changed[at.unwrap()] ^= 1;
    fs::write(&zip, &changed).unwrap();
    let (status, said) = run(&["archive", "verify", &zip]);
    assert!(status == 1 && said.contains("与写入时不一致"), "{said}");
    assert!(said.contains("不是日志记载的那一份"), "{said}");

    assert_eq!(run(&["retention", "set", "2999-01-01"]).0, 0);
    let (status, said) = run(&["delete", "round", "--name", "2026批"]);
    assert!(status == 2 && said.contains("提前删除的理由"), "{said}");
    assert!(holds(&place, "张小明"));
    assert_eq!(run(&["retention", "set", "2020-01-01"]).0, 0);
    let (status, said) = run(&["retention", "show"]);
    assert!(status == 1 && said.contains("已过期"), "{said}");
    let (status, said) = run(&["delete", "round", "--name", "2026"]);
    assert!(status == 2 && said.contains("没有删除任何内容"), "{said}");
    assert!(holds(&place, "张小明"));
    // A day that was moved earlier is no leave.
    let (status, said) = run(&["delete", "round", "--name", "2026批"]);
    assert!(status == 2 && said.contains("以原定的为准"), "{said}");
    assert!(holds(&place, "张小明"));
    let arguments = [
        "delete",
        "round",
        "--name",
        "2026批",
        "--reason",
        "学校要求，张小明（2020310001）同意",
        "--certificate",
        &target,
    ];
    let (status, said) = run(&arguments);
    assert!(status == 0 && said.contains("2\t学生记录"), "{said}");
    for line in ["0\t原始照片", "1\t采集码图片", "0\t对照照片"] {
        assert!(said.lines().any(|told| told.trim() == line), "{said}");
    }
    assert_eq!(said.matches("销毁证明-2026批").count(), 2, "{said}");
    assert!(said.contains("删除后新做的备份"), "{said}");
    let (_, backups) = run(&["backup", "list"]);
    assert!(backups.contains("删除批次后"), "{backups}");
    assert_eq!(run(&["backup", "verify"]).0, 0);
    for gone in ["张小明", "2020310001", "11010519491231002X", "名单.csv"] {
        assert!(!holds(&place, gone), "{gone}");
    }
    let (status, said) = run(&["retention", "show"]);
    assert!(status == 0 && said.contains("数据已删除"), "{said}");
    assert_eq!(run(&["round", "reopen"]).0, 2);
}

#[test]
fn with_id_numbers_an_archive_opens_by_its_passphrase_alone() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区").display().to_string();
    let roster = folder.path().join("名单.csv");
    fs::write(&roster, ROSTER).unwrap();
    let out = folder.path().join("归档");
    fs::create_dir(&out).unwrap();
    let run = |arguments: &[&str]| zhaoshen(&workspace, &[&BY[..], arguments].concat(), "");
    assert_eq!(run(&["round", "new", "--name", "批次"]).0, 0);
    assert_eq!(
        run(&["roster", "import", &roster.display().to_string()]).0,
        0
    );
    assert_eq!(run(&["round", "close", "--reason", "试用批次"]).0, 0);
    let target = out.display().to_string();
    let arguments = [
        "archive",
        "write",
        &target,
        "--encrypt",
        "--id-numbers",
        "--json",
    ];
    let (status, said) = run(&arguments);
    assert_eq!(status, 0, "{said}");
    let report: serde_json::Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    let passphrase = report["passphrase"].as_str().unwrap();
    let zip = zip_in(&out);
    assert!(!holds(&out, "张小明") && !holds(&out, "11010519491231002X"));
    assert_eq!(run(&["archive", "verify", &zip]).0, 2);
    let verify = ["archive", "verify", &zip, "--passphrase-stdin"];
    assert_eq!(
        zhaoshen(&workspace, &[&BY[..], &verify[..]].concat(), "wrong\n").0,
        2
    );
    let (status, said) = zhaoshen(
        &workspace,
        &[&BY[..], &verify[..]].concat(),
        &format!("{passphrase}\n"),
    );
    assert!(status == 0 && said.contains("都与写入时一致"), "{said}");
    // An argument would stand in the list of processes.
    let as_argument = run(&["archive", "verify", &zip, "--passphrase", passphrase]);
    assert_eq!(as_argument.0, 2);
    for kept in fs::read_dir(folder.path().join("工作区")).unwrap() {
        let path = kept.unwrap().path();
        let bytes = fs::read(&path).unwrap_or_default();
        let told = bytes
            .windows(passphrase.len())
            .any(|part| part == passphrase.as_bytes());
        assert!(!told, "the passphrase is kept nowhere: {}", path.display());
    }
}
