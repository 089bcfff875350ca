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
