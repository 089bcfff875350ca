//! Every screen in the real window against axe-core: no serious or critical fault, in light and in dark.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::steps::{give_name, make_round, open_queue};
use zhaoshen_window_tests::workplace::Workplace;

/// The faults that count, one line each, and where they are.
const FAULTS: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then((told) => done(told.violations
        .filter((one) => one.impact === 'serious' || one.impact === 'critical')
        .map((one) => `${one.id}: ${one.help} — ` + one.nodes.slice(0, 3).map((node) => node.html).join(' | '))),
        (error) => done([String(error)]));";

/// The checker itself.
fn axe() -> Result<String> {
    let script =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&script).with_context(|| script.display().to_string())
}

/// What is open only for a while: menus, lists of keys, reasons, a comparison, help, and what went wrong.
#[tokio::test]
async fn nothing_that_opens_has_a_serious_fault() -> Result<()> {
    let script = axe()?;
    let place = Workplace::plain()?;
    let bad = place.inside("坏的名单.xlsx");
    fs::write(&bad, b"PK\x03\x04 this is no workbook")?;
    let nowhere = place.inside("不是文件夹");
    fs::write(&nowhere, b"")?;
    let answers: [(&str, &Path); 2] = [
        ("ZHAOSHEN_PICK_ROSTER", &bad),
        ("ZHAOSHEN_PICK_DELIVERY_FOLDER", &nowhere),
    ];
    let page = Page::window("axe-open", &place.workspace(), &answers).await?;
    let faults = page
        .used(async |page| {
            page.find("round-example").await?;
            page.look(&script).await?;
            let mut faults = Vec::new();
            page.click("round-example").await?;
            page.desk_ready().await?;
            give_name(page, "王老师").await?;
            open_queue(page, "resubmitted").await?;
            page.press("e").await?;
            look(page, "close look", &mut faults).await?;
            page.press("e").await?;
            page.look(SHIFT_C).await?;
            page.find("desk-compare").await?;
            look(page, "two photos", &mut faults).await?;
            page.press(ESCAPE).await?;
            page.click("desk-keys-button").await?;
            look(page, "keys", &mut faults).await?;
            page.press(ESCAPE).await?;
            open_queue(page, "clear").await?;
            page.press("d").await?;
            page.find("reason-strip").await?;
            look(page, "reasons", &mut faults).await?;
            page.press(ESCAPE).await?;
            page.click("findings-passed").await?;
            page.click("human-fold").await?;
            look(page, "everything unfolded", &mut faults).await?;
            page.click("help-link-GEO-02").await?;
            page.find("help-page-GEO-02").await?;
            look(page, "help on a rule", &mut faults).await?;
            page.click("nav-roster").await?;
            page.click("roster-pick").await?;
            page.find("failure").await?;
            look(page, "a workbook that is none", &mut faults).await?;
            page.click("nav-statistics").await?;
            page.click("statistics-rules-table-save").await?;
            page.until_true("document.querySelector('[data-testid=statistics-rules-table-said]').textContent !== ''")
                .await?;
            look(page, "a table that could not be saved", &mut faults).await?;

            page.click("nav-rounds").await?;
            make_round(page, "空批次").await?;
            for screen in ["roster", "students", "scope", "photos", "desk", "grid", "bulk", "second", "notices", "fees", "standard", "delivery", "reconcile", "statistics", "log", "people"] {
                page.click(&format!("nav-{screen}")).await?;
                page.find(&format!("screen-{screen}")).await?;
                look(page, &format!("empty {screen}"), &mut faults).await?;
            }
            page.click("nav-rounds").await?;
            page.click("round-open-1").await?;
            page.click("nav-desk").await?;
            page.desk_ready().await?;
            page.click_right("desk-photo").await?;
            page.find("menu-approve").await?;
            // Last, since GTK holds keys back after a right click that a driver made. The tone's button lies behind the menu's mask: this tone only.
            look_once(page, "menu", &mut faults).await?;
            Ok(faults)
        })
        .await?;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// Escape, as WebDriver names it.
const ESCAPE: &str = "\u{e00c}";
/// Puts two photos side by side.
const SHIFT_C: &str = "document.body.dispatchEvent(
    new KeyboardEvent('keydown', { code: 'KeyC', shiftKey: true, bubbles: true, cancelable: true }));";

#[tokio::test]
async fn no_screen_has_a_serious_fault() -> Result<()> {
    let script = axe()?;
    let place = Workplace::plain()?;
    let page = Page::window("axe", &place.workspace(), &[]).await?;
    let faults = page
        .used(async |page| {
            page.find("round-example").await?;
            page.look(&script).await?;
            let mut faults = Vec::new();
            look(page, "first start", &mut faults).await?;
            page.click("round-example").await?;
            page.desk_ready().await?;
            give_name(page, "王老师").await?;
            open_queue(page, "failing").await?;
            look(page, "desk", &mut faults).await?;
            page.press("d").await?;
            for screen in [
                "rounds",
                "roster",
                "students",
                "scope",
                "photos",
                "grid",
                "bulk",
                "second",
                "notices",
                "fees",
                "standard",
                "delivery",
                "reconcile",
                "statistics",
                "log",
                "people",
                "help",
            ] {
                page.click(&format!("nav-{screen}")).await?;
                page.find(&format!("screen-{screen}")).await?;
                look(page, screen, &mut faults).await?;
                if screen == "rounds" {
                    page.click("round-open-1").await?;
                }
                if screen == "notices" {
                    page.click("sms-box").await?;
                    page.find("sms-title-1").await?;
                    look(page, "notices as text messages", &mut faults).await?;
                }
            }
            page.click("help-entry-04-desk").await?;
            page.find("help-page-04-desk").await?;
            look(page, "guide", &mut faults).await?;
            page.click("nav-rounds").await?;
            page.click("round-create").await?;
            page.find("round-form-name").await?;
            look(page, "new round", &mut faults).await?;
            Ok(faults)
        })
        .await?;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// Adds what axe finds on the screen as it stands, in both tones.
async fn look(page: &Page, screen: &str, faults: &mut Vec<String>) -> Result<()> {
    for tone in ["light", "dark"] {
        let other = format!("return document.documentElement.dataset.theme !== '{tone}';");
        if page.look(&other).await? == true {
            page.click("theme-toggle").await?;
        }
        look_once(page, &format!("{screen} ({tone})"), faults).await?;
    }
    Ok(())
}

/// Adds what axe finds on the screen in the tone it has.
async fn look_once(page: &Page, screen: &str, faults: &mut Vec<String>) -> Result<()> {
    let found = page.later(FAULTS).await?;
    let found = found.as_array().context("a list")?;
    let found = found.iter().filter_map(Value::as_str);
    faults.extend(found.map(|fault| format!("{screen} {fault}")));
    Ok(())
}
