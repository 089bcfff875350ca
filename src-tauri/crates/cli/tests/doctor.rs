//! `zhaoshen doctor`, of a workspace that nothing can be read of.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod said;

use std::fs::{self, File};
use std::io::Read as _;

use said::zhaoshen;
use zhaoshen_station::Station;
use zhaoshen_station::wire::PassphraseGiven;
use zip::ZipArchive;

#[test]
fn a_workspace_that_stayed_shut_is_not_called_sound() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let given = PassphraseGiven {
        passphrase: "今天天气不错 2026".to_owned(),
    };
    drop(Station::create_sealed(&workspace, &given).unwrap());
    let (status, said) = zhaoshen(&workspace, &["doctor", "--all-photos"], "");
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("工作区没有打开，里面的数据库和照片没有检查"),
        "{said}"
    );
    assert!(!said.contains("没有发现需要处理的问题"), "{said}");
    let typed = format!("{}\n", given.passphrase);
    let (status, said) = zhaoshen(&workspace, &["doctor", "--passphrase-stdin"], &typed);
    assert!(
        status == 0 && said.contains("没有发现需要处理的问题"),
        "{said}"
    );
}

#[test]
fn what_was_found_is_packed_even_of_a_damaged_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let named = ["--reviewer", "王老师", "round", "new", "--name", "批次"];
    assert_eq!(zhaoshen(&workspace, &named, "").0, 0);
    fs::write(workspace.join("zhaoshen.db"), "damaged").unwrap();

    let inside = workspace.join("photos").display().to_string();
    let (status, refused) = zhaoshen(&workspace, &["doctor", "--package", &inside], "");
    assert_eq!(status, 2, "{refused}");
    let stick = folder.path().join("U盘");
    fs::create_dir(&stick).unwrap();
    let target = stick.display().to_string();
    let (status, said) = zhaoshen(&workspace, &["doctor", "--package", &target], "");
    assert_eq!(status, 1, "{said}");
    let path = said
        .lines()
        .find_map(|line| line.strip_prefix("已写入 "))
        .unwrap();
    let mut package = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut text = |name: &str| {
        let mut text = String::new();
        let mut entry = package.by_name(name).unwrap();
        entry.read_to_string(&mut text).unwrap();
        text
    };
    assert!(text("findings.txt").contains("Workspace open Bad"));
    assert!(text("about.txt").contains("could not be read"));
}
