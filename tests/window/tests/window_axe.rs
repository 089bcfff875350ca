//! Every screen in the real window against axe-core: no serious or critical fault, in light and in dark.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::steps::{give_name, open_queue};
use zhaoshen_window_tests::workplace::Workplace;

/// The faults that count, one line each, and where they are.
const FAULTS: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then((told) => done(told.violations
        .filter((one) => one.impact === 'serious' || one.impact === 'critical')
        .map((one) => `${one.id}: ${one.help} — ` + one.nodes.slice(0, 3).map((node) => node.html).join(' | '))),
        (error) => done([String(error)]));";

#[tokio::test]
async fn no_screen_has_a_serious_fault() -> Result<()> {
    let script =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/axe-core/axe.min.js");
    let script = fs::read_to_string(&script).with_context(|| script.display().to_string())?;
    let place = Workplace::new()?;
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
                "photos",
                "grid",
                "bulk",
                "second",
                "standard",
                "delivery",
                "statistics",
                "log",
                "help",
            ] {
                page.click(&format!("nav-{screen}")).await?;
                page.find(&format!("screen-{screen}")).await?;
                look(page, screen, &mut faults).await?;
                if screen == "rounds" {
                    page.click("round-open-1").await?;
                }
            }
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
        let found = page.later(FAULTS).await?;
        let found = found.as_array().context("a list")?;
        faults.extend(
            found
                .iter()
                .filter_map(Value::as_str)
                .map(|fault| format!("{screen} ({tone}) {fault}")),
        );
    }
    Ok(())
}
