//! Takes pictures of every screen of the real window: light and dark, at the smallest size staff have and
//! at a large one, empty and full, and of what goes wrong.
//!
//! `cargo xtask pictures` builds and runs it; the pictures lie in `target/pictures`. They are looked at
//! by people: nothing here judges them.

use std::path::Path;

use anyhow::Result;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::steps::{give_name, moved_on, open_queue};
use zhaoshen_window_tests::workplace::Workplace;

/// The smallest screen that offices have, and a common large one.
const SIZES: [(u32, u32); 2] = [(1366, 768), (1920, 1080)];
const TONES: [&str; 2] = ["light", "dark"];

#[tokio::main]
async fn main() -> Result<()> {
    empty().await?;
    locked().await?;
    full().await
}

/// Payments of students of the example round, one of them paid twice, and one that nobody is known to have made.
const BILL: &str = "交易时间,交易对方,金额(元),交易单号,备注\n\
    2026-11-03 09:10:11,家长,20.00,1001,2020310002 蔡乐强\n\
    2026-11-03 10:02:45,韩清清,20.00,1002,学历照片\n\
    2026-11-03 11:30:09,萧亦阳,10.00,1003,2020310005\n\
    2026-11-04 08:15:30,杨华心,20.00,1004,2020310008\n\
    2026-11-04 08:16:02,杨华心,20.00,1005,2020310008\n\
    2026-11-04 19:40:51,平安是福,20.00,1006,谢谢老师\n";

/// Before there is anything, and what a workbook does that is none.
async fn empty() -> Result<()> {
    let place = Workplace::new()?;
    let bad = place.inside("名单（已损坏）.xlsx");
    std::fs::write(&bad, b"PK\x03\x04 this is no workbook")?;
    let answers: [(&str, &Path); 1] = [("ZHAOSHEN_PICK_ROSTER", &bad)];
    let page = Page::window("empty", &place.workspace(), &answers).await?;
    page.used(async |page| {
        page.find("door-plain").await?;
        all(page, "door").await?;
        page.click("door-plain").await?;
        page.find("round-example").await?;
        all(page, "first-start").await?;
        page.click("round-create").await?;
        page.find("round-form-name").await?;
        all(page, "round-form").await?;
        page.fill("round-form-name", "2026年非全日制研究生学历照片采集")
            .await?;
        page.click("round-form-submit").await?;
        page.find("screen-roster").await?;
        for screen in ["roster", "students", "photos", "desk", "delivery", "log"] {
            page.click(&format!("nav-{screen}")).await?;
            page.find(&format!("screen-{screen}")).await?;
            all(page, screen).await?;
        }
        page.click("nav-roster").await?;
        page.click("roster-pick").await?;
        page.find("failure").await?;
        all(page, "bad-workbook").await
    })
    .await
}

/// The door of a sealed workspace, and with a wrong passphrase.
async fn locked() -> Result<()> {
    let place = Workplace::new()?;
    let page = Page::window("new", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.fill("door-next", "示例口令一二三四五六").await?;
        page.fill("door-again", "示例口令一二三四五六").await?;
        page.click("door-sealed").await?;
        page.find("recovery-code").await?;
        all(page, "recovery-code").await
    })
    .await?;
    let page = Page::window("locked", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.find("door-passphrase").await?;
        all(page, "locked").await?;
        page.fill("door-passphrase", "不是它").await?;
        page.click("door-open").await?;
        page.find("failure").await?;
        all(page, "wrong-passphrase").await
    })
    .await
}

/// The example round, from its cards to its log.
async fn full() -> Result<()> {
    let place = Workplace::plain()?;
    // A file where a folder is wanted cannot be written into, whoever asks.
    let nowhere = place.inside("不是文件夹");
    std::fs::write(&nowhere, b"")?;
    let bill = place.inside("缴费记录.csv");
    std::fs::write(&bill, BILL)?;
    let answers: [(&str, &Path); 2] = [
        ("ZHAOSHEN_PICK_DELIVERY_FOLDER", &nowhere),
        ("ZHAOSHEN_PICK_PAYMENTS", &bill),
    ];
    let page = Page::window("full", &place.workspace(), &answers).await?;
    page.used(async |page| {
        page.click("round-example").await?;
        page.desk_ready().await?;
        give_name(page, "王老师").await?;
        all(page, "tour-offered").await?;
        page.click("tour-start").await?;
        // Its mask keeps the tone's button away, and that is right.
        page.photograph("tour").await?;
        page.press("\u{e00c}").await?;
        page.until_true("!document.querySelector('.ant-tour')")
            .await?;
        desk(page).await?;
        open_queue(page, "clear").await?;
        for _ in 0..3 {
            let submission = page.on_desk().await?;
            page.press("f").await?;
            moved_on(page, submission).await?;
        }
        // What the drawing of the example came to is said, and would stand above every screen.
        page.click("nav-roster").await?;
        page.click("job-close").await?;
        for screen in [
            "roster",
            "students",
            "scope",
            "photos",
            "grid",
            "bulk",
            "second",
            "notices",
            "delivery",
            "reconcile",
            "statistics",
            "log",
            "people",
            "help",
        ] {
            page.click(&format!("nav-{screen}")).await?;
            page.find(&format!("screen-{screen}")).await?;
            all(page, screen).await?;
        }
        page.click("nav-fees").await?;
        page.click("fee-pick").await?;
        page.find("fee-imported").await?;
        all(page, "fees").await?;
        page.click("nav-help").await?;
        page.click("help-entry-04-desk").await?;
        page.find("guide-picture-desk").await?;
        all(page, "help-guide").await?;
        standard(page).await?;
        page.click("nav-delivery").await?;
        page.click("delivery-pick").await?;
        page.click("delivery-write").await?;
        page.find_after_job("failure").await?;
        all(page, "no-folder").await?;
        page.click("job-close").await?;
        page.click("nav-rounds").await?;
        page.find("screen-rounds").await?;
        all(page, "rounds").await?;
        page.click("backup-now").await?;
        page.find_after_job("backup-newest").await?;
        page.click("backup-more").await?;
        page.find("seal-begin").await?;
        page.look("document.querySelector('[data-testid=backup]').scrollIntoView();")
            .await?;
        all(page, "backup").await
    })
    .await
}

/// The standard editor as it stands, and with a limit moved.
async fn standard(page: &Page) -> Result<()> {
    page.click("nav-standard").await?;
    page.find("standard-handle-max").await?;
    all(page, "standard").await?;
    page.look(PUSH_LIMIT).await?;
    page.find("standard-becomes-fail").await?;
    page.click("standard-list-fail").await?;
    page.find("standard-photos").await?;
    all(page, "standard-moved").await
}

/// The desk's many faces.
async fn desk(page: &Page) -> Result<()> {
    open_queue(page, "failing").await?;
    all(page, "desk-failing").await?;
    page.press("\u{e004}").await?;
    page.press("m").await?;
    all(page, "desk-disputed").await?;
    page.press("m").await?;
    page.press("r").await?;
    all(page, "desk-ears").await?;
    page.press("r").await?;
    page.press("?").await?;
    if page.look(HAS_KEYS).await? == false {
        // Some keyboards of test displays have no "?" of their own.
        page.click("desk-keys-button").await?;
    }
    all(page, "desk-keys").await?;
    page.click("desk-keys-button").await?;
    page.click("human-fold").await?;
    all(page, "desk-human").await?;
    page.click("human-fold").await?;
    open_queue(page, "resubmitted").await?;
    all(page, "desk-again").await?;
    page.look(SHIFT_C).await?;
    page.find("desk-compare").await?;
    all(page, "desk-side-by-side").await?;
    page.look(SHIFT_C).await?;
    open_queue(page, "clear").await?;
    page.press("d").await?;
    page.find("reason-strip").await?;
    all(page, "desk-reasons").await?;
    page.press("\u{e00c}").await?;
    Ok(())
}

const PUSH_LIMIT: &str =
    "const handle = document.querySelector('[data-testid=standard-handle-max]');
    for (let press = 0; press < 6; press += 1) handle.dispatchEvent(new KeyboardEvent('keydown',
        { code: 'ArrowLeft', shiftKey: true, bubbles: true, cancelable: true }));";
const HAS_KEYS: &str = "return Boolean(document.querySelector('[data-testid=desk-keys]'));";
const SHIFT_C: &str = "document.body.dispatchEvent(
    new KeyboardEvent('keydown', { code: 'KeyC', shiftKey: true, bubbles: true, cancelable: true }));";

/// A picture in each tone at each size.
async fn all(page: &Page, name: &str) -> Result<()> {
    for (width, height) in SIZES {
        page.resize(width, height).await?;
        for tone in TONES {
            let other = format!("return document.documentElement.dataset.theme !== '{tone}';");
            if page.look(&other).await? == true {
                page.click("theme-toggle").await?;
            }
            page.photograph(&format!("{name}-{tone}-{width}x{height}"))
                .await?;
        }
    }
    Ok(())
}
