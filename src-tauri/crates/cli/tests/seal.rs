//! `zhaoshen seal`: a plain workspace is sealed and backed up; what a keychain kept opens it no more once forgotten.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod said;

use zhaoshen_station::wire::PassphraseGiven;
use zhaoshen_station::{Station, seal};

use said::{BY, zhaoshen};

const PASSPHRASE: &str = "今天天气不错 2026";

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
        zhaoshen(&workspace, &[BY[0], BY[1], "seal", "show"], "")
            .1
            .contains("记住了口令")
    );

    let (status, said) = zhaoshen(
        &workspace,
        &[BY[0], BY[1], "seal", "forget"],
        "不是这个口令\n",
    );
    assert!(status != 0, "{said}");
    drop(Station::unlock_here(&workspace, &secret).unwrap());

    let typed = format!("{PASSPHRASE}\n");
    let (status, said) = zhaoshen(&workspace, &[BY[0], BY[1], "seal", "forget"], &typed);
    assert!(status == 0 && said.contains("不再记住口令"), "{said}");
    assert!(Station::unlock_here(&workspace, &secret).is_err());
    assert!(
        !zhaoshen(&workspace, &[BY[0], BY[1], "seal", "show"], "")
            .1
            .contains("记住了口令")
    );

    let (status, said) = zhaoshen(&workspace, &[BY[0], BY[1], "seal", "forget"], "");
    assert!(status == 0 && said.contains("没有改动"), "{said}");
}

#[test]
fn a_workspace_that_was_sealed_has_its_code_told_and_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let named = [BY[0], BY[1], "round", "new", "--name", "批次"];
    assert_eq!(zhaoshen(&workspace, &named, "").0, 0);
    let typed = format!("{PASSPHRASE}\n{PASSPHRASE}\n");
    let (status, said) = zhaoshen(&workspace, &[BY[0], BY[1], "seal", "now"], &typed);
    assert!(status == 0 && said.contains("恢复码"), "{said}");
    let typed = format!("{PASSPHRASE}\n");
    let (status, listed) = zhaoshen(&workspace, &["backup", "list"], &typed);
    assert!(status == 0 && listed.contains("加密后"), "{listed}");
}

/// A sealed workspace with a backup, closed; what was printed at its making.
fn sealed(workspace: &std::path::Path) -> String {
    let given = PassphraseGiven {
        passphrase: PASSPHRASE.to_owned(),
    };
    let (station, shown) = Station::create_sealed(workspace, &given).unwrap();
    drop(station);
    let typed = format!("{PASSPHRASE}\n");
    let named = [BY[0], BY[1], "round", "new", "--name", "批次"];
    assert_eq!(zhaoshen(workspace, &named, &typed).0, 0);
    assert_eq!(zhaoshen(workspace, &["backup", "now"], &typed).0, 0);
    shown.code
}

#[test]
fn the_recovery_code_serves_where_the_passphrase_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let code = format!("{}\n", sealed(&workspace).to_lowercase());
    let (status, shown) = zhaoshen(&workspace, &["round", "show"], &code);
    assert!(status == 0 && shown.contains("批次"), "{shown}");
    let (status, verified) = zhaoshen(&workspace, &["backup", "verify"], &code);
    assert!(status == 0 && verified.contains("完好"), "{verified}");
    let other = "0000-0000-0000-0000-0000-0000-0000-0000-0000\n";
    assert_ne!(zhaoshen(&workspace, &["round", "show"], other).0, 0);
    std::fs::remove_file(workspace.join("zhaoshen.db")).unwrap();
    let target = folder.path().join("恢复").display().to_string();
    let (status, restored) = zhaoshen(&workspace, &["backup", "restore", &target], &code);
    assert!(status == 0 && restored.contains("批次 1"), "{restored}");
}

#[test]
fn what_is_said_of_a_damaged_sealed_workspace_is_chinese_alone() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    sealed(&workspace);
    let database = workspace.join("zhaoshen.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(7);
    std::fs::write(&database, bytes).unwrap();
    let typed = format!("{PASSPHRASE}\n");
    let (status, said) = zhaoshen(&workspace, &["round", "show"], &typed);
    assert!(status == 2 && said.contains("请从备份恢复"), "{said}");
    for english in ["cipher", "ERROR", "database", "Tree", "malformed"] {
        assert!(!said.contains(english), "{said}");
    }
}
