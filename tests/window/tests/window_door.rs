//! A sealed workspace in the window: made at the first start, locked at the next, unlocked by passphrase, by code and by the
//! system's keychain; a plain one sealed from 备份与加密; and one that is damaged, restored in its place.
#![cfg(target_os = "linux")]

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::json;
use zhaoshen_station::example::write_files;
use zhaoshen_station::seal::door;
use zhaoshen_station::wire::{BackupCopy, DoorKey, DoorState, JobOutcome};
use zhaoshen_station::{Progress, Station, backup};
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::keychain::Keychain;
use zhaoshen_window_tests::steps::give_name;
use zhaoshen_window_tests::workplace::{Workplace, call};

const PASSPHRASE: &str = "correct horse battery";
const NEXT: &str = "staple of another horse";

async fn type_new(page: &Page, passphrase: &str) -> Result<()> {
    page.fill("door-next", passphrase).await?;
    page.fill("door-again", passphrase).await
}

/// Reads the code off the page, and types its last group back.
async fn copy_out(page: &Page) -> Result<String> {
    let groups = "[...document.querySelectorAll('[data-testid=recovery-code] span')].map((group) => group.textContent).join('-')";
    page.find("recovery-code").await?;
    let code = page.look(&format!("return {groups};")).await?;
    let code = code.as_str().context("a code")?.to_owned();
    let last = code.rsplit('-').next().context("groups")?;
    page.fill("recovery-last", last).await?;
    page.click("recovery-done").await?;
    Ok(code)
}

fn key(passphrase: &str) -> DoorKey {
    DoorKey {
        passphrase: passphrase.to_owned(),
        ..DoorKey::default()
    }
}

#[tokio::test]
async fn a_sealed_workspace_opens_with_its_passphrase_or_its_code() -> Result<()> {
    let place = Workplace::new()?;
    let page = Page::window("door-new", &place.workspace(), &[]).await?;
    let code = page
        .used(async |page| {
            type_new(page, PASSPHRASE).await?;
            page.photograph("1-new").await?;
            page.click("door-sealed").await?;
            page.find("recovery-code").await?;
            page.photograph("2-code").await?;
            let code = copy_out(page).await?;
            page.click("round-example").await?;
            page.desk_ready().await?;
            give_name(page, "王老师").await?;
            Ok(code)
        })
        .await?;
    assert_eq!(
        door(&place.workspace()).map_err(wrong)?.state,
        DoorState::Locked
    );
    let page = Page::window("door-locked", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.fill("door-passphrase", "not the passphrase").await?;
        page.click("door-open").await?;
        page.find("failure").await?;
        page.photograph("1-wrong").await?;
        page.fill("door-passphrase", PASSPHRASE).await?;
        page.click("door-open").await?;
        page.click("round-open-1").await?;
        page.click("nav-desk").await?;
        page.desk_ready().await
    })
    .await?;
    let page = Page::window("door-code", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click("door-other").await?;
        page.fill("door-recovery", &code.to_lowercase()).await?;
        type_new(page, NEXT).await?;
        page.photograph("1-by-code").await?;
        page.click("door-open").await?;
        page.find("round-open-1").await.map(|_| ())
    })
    .await?;
    assert!(Station::unlock(&place.workspace(), &key(PASSPHRASE)).is_err());
    Station::unlock(&place.workspace(), &key(NEXT)).map_err(wrong)?;
    Ok(())
}

/// Opens by the passphrase, and ticks that this computer's keychain may do it from now on.
async fn open_and_keep(page: &Page) -> Result<()> {
    page.fill("door-passphrase", PASSPHRASE).await?;
    page.tick("door-keep").await?;
    page.click("door-open").await
}

#[tokio::test]
async fn a_keychain_opens_a_sealed_workspace_until_it_is_to_forget() -> Result<()> {
    let place = Workplace::new()?;
    let keychain = Keychain::start(&place.folder("钥匙串")?).await?;
    let workspace = place.workspace();
    let asking = [keychain.env()];
    let page = Page::window("keychain-new", &workspace, &asking).await?;
    page.used(async |page| {
        type_new(page, PASSPHRASE).await?;
        page.click("door-sealed").await?;
        page.find("recovery-code").await?;
        copy_out(page).await?;
        page.click("round-example").await?;
        page.desk_ready().await?;
        give_name(page, "王老师").await
    })
    .await?;
    let nowhere = [("DBUS_SESSION_BUS_ADDRESS", Path::new("unix:path=/nowhere"))];
    let page = Page::window("keychain-none", &workspace, &nowhere).await?;
    page.used(async |page| {
        open_and_keep(page).await?;
        page.find("door-unkept").await?;
        page.photograph("1-none").await?;
        page.click("door-go-on").await?;
        page.find("round-open-1").await.map(|_| ())
    })
    .await?;
    let page = Page::window("keychain-keep", &workspace, &asking).await?;
    page.used(async |page| {
        open_and_keep(page).await?;
        page.find("round-open-1").await.map(|_| ())
    })
    .await?;
    let page = Page::window("keychain-open", &workspace, &asking).await?;
    page.used(async |page| {
        // Nothing is typed.
        page.find("round-open-1").await?;
        page.click("backup-more").await?;
        page.click("seal-forget").await?;
        let is_gone = "!document.querySelector('[data-testid=seal-forget]')";
        page.until_true(is_gone).await
    })
    .await?;
    let page = Page::window("keychain-forgot", &workspace, &asking).await?;
    page.used(async |page| {
        page.fill("door-passphrase", PASSPHRASE).await?;
        page.click("door-open").await?;
        page.find("round-open-1").await.map(|_| ())
    })
    .await
}

#[tokio::test]
async fn a_plain_workspace_is_sealed_from_its_backups() -> Result<()> {
    let place = Workplace::new()?;
    {
        let station = place.open()?;
        let files = write_files(&place.inside("示例"), 12).map_err(wrong)?;
        call(&station, "reviewer_set", json!({"name": "李老师"}))?;
        station.example_import(&files).map_err(wrong)?;
    }
    let page = Page::window("seal", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click("backup-more").await?;
        page.click("seal-begin").await?;
        type_new(page, PASSPHRASE).await?;
        page.photograph("1-begin").await?;
        page.click("seal-now").await?;
        copy_out(page).await?;
        // The same screens over the sealed workspace, without being asked again.
        page.click("backup-more").await?;
        page.find("seal-change").await?;
        page.photograph("2-sealed").await?;
        page.click("seal-change").await?;
        page.fill("seal-old", PASSPHRASE).await?;
        type_new(page, NEXT).await?;
        page.click("seal-save").await?;
        page.find("seal-change").await?;
        page.click("round-open-1").await?;
        page.click("nav-desk").await?;
        page.desk_ready().await
    })
    .await?;
    let shelf = backup::Shelf::of(&place.workspace(), &key(NEXT)).map_err(wrong)?;
    for card in backup::list(&place.workspace()).map_err(wrong)?.backups {
        let verified = backup::verify(&shelf, &card.name, &Progress::default()).map_err(wrong)?;
        assert!(verified.whole, "{verified:?}");
    }
    Station::unlock(&place.workspace(), &key(NEXT)).map_err(wrong)?;
    Ok(())
}

#[tokio::test]
async fn a_damaged_workspace_is_restored_in_its_place_by_its_backup_and_by_a_file() -> Result<()> {
    let place = Workplace::new()?;
    let (name, copy) = {
        let station = place.open()?;
        let files = write_files(&place.inside("示例"), 12).map_err(wrong)?;
        call(&station, "reviewer_set", json!({"name": "李老师"}))?;
        station.example_import(&files).map_err(wrong)?;
        let stick = place.folder("U盘")?.display().to_string();
        let made = station
            .backup_copy(BackupCopy { folder: stick })
            .map_err(wrong)?;
        let JobOutcome::CopiedOut { report } = station.job_wait(made).map_err(wrong)? else {
            anyhow::bail!("no copy");
        };
        let listed = backup::list(&place.workspace()).map_err(wrong)?.backups;
        (listed[0].name.clone(), report)
    };
    let damage = || std::fs::write(place.workspace().join("zhaoshen.db"), "damaged");
    damage()?;
    let page = Page::window("door-damaged", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.find("rescue-problem").await?;
        page.photograph("1-damaged").await?;
        page.click(&format!("rescue-choose-{name}")).await?;
        page.find("rescue-confirm").await?;
        page.photograph("2-confirm").await?;
        page.click("rescue-restore").await?;
        page.find("rescue-done").await?;
        page.photograph("3-restored").await?;
        page.click("rescue-open").await?;
        page.click("round-open-1").await?;
        page.click("nav-desk").await?;
        page.desk_ready().await
    })
    .await?;
    drop(place.open()?);
    // Once more, and this time of the stick: nothing is left that tells who is keeper.
    let backups = place.workspace().join("备份");
    if backups.exists() {
        std::fs::remove_dir_all(backups)?;
    }
    damage()?;
    let file = Path::new(&copy.path);
    let picked = [("ZHAOSHEN_PICK_BACKUP", file)];
    let page = Page::window("door-file", &place.workspace(), &picked).await?;
    page.used(async |page| {
        page.click("rescue-file").await?;
        page.fill("rescue-file-passphrase", &copy.passphrase)
            .await?;
        page.click("rescue-look").await?;
        page.find("rescue-confirm").await?;
        page.photograph("1-looked").await?;
        page.tick("rescue-unread").await?;
        page.click("rescue-restore").await?;
        page.click("rescue-open").await?;
        page.find("round-open-1").await.map(|_| ())
    })
    .await?;
    drop(place.open()?);
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn wrong(failure: zhaoshen_station::wire::Failure) -> anyhow::Error {
    anyhow::anyhow!("{failure}: {}", failure.detail)
}
