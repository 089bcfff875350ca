//! What offices are used to: tables that are copied and saved, menus under the pointer, a larger size of everything,
//! and the photo alone on a second screen.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use calamine::{Reader as _, Xlsx, open_workbook};
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::steps::{give_name, open_queue};
use zhaoshen_window_tests::windows;
use zhaoshen_window_tests::workplace::{Workplace, files};

/// Title of the second window.
const SECOND: &str = "照审台 · 照片";
/// Backspace and Escape, as WebDriver names them.
const BACKSPACE: &str = "\u{e003}";
const ESCAPE: &str = "\u{e00c}";

#[tokio::test]
async fn tables_are_copied_and_saved() -> Result<()> {
    let place = Workplace::plain()?;
    let target = place.folder("存表")?;
    let answers: [(&str, &Path); 1] = [("ZHAOSHEN_PICK_DELIVERY_FOLDER", &target)];
    let page = Page::window("tables", &place.workspace(), &answers).await?;
    page.used(async |page| {
        page.click("round-example").await?;
        page.desk_ready().await?;
        page.click("nav-students").await?;
        page.find("screen-students").await?;
        page.click("students-table-copy").await?;
        page.until_true("document.querySelector('[data-testid=students-table-said]').textContent.includes('已复制')")
            .await?;
        page.photograph("1-copied").await?;
        let pasted = paste(page).await?;
        ensure!(pasted.starts_with("学号\t姓名\t"), "{pasted}");
        ensure!(!pasted.contains('*'), "a masked number left: {pasted}");

        page.click("students-table-save").await?;
        page.until_true("document.querySelector('[data-testid=students-table-said]').textContent.includes('已保存')")
            .await?;
        page.photograph("2-saved").await?;

        page.click("nav-log").await?;
        page.click_right("log-table").await?;
        page.find("menu-copy-row").await?;
        page.photograph("3-menu").await?;
        page.click("menu-copy-table").await?;
        page.until_true("document.querySelector('[data-testid=log-table-said]').textContent.includes('已复制')")
            .await
    })
    .await?;
    let written = files(&target, "xlsx")?;
    let [saved] = &written[..] else {
        anyhow::bail!("{written:?}");
    };
    let mut book: Xlsx<_> = open_workbook(saved)?;
    let sheet = book.worksheet_range_at(0).context("no sheet")??;
    assert_eq!(
        sheet.get_value((0, 0)).context("no cell")?.to_string(),
        "学号"
    );
    ensure!(sheet.height() > 10, "{} rows", sheet.height());
    Ok(())
}

/// What a paste into the search box puts there; line ends are left out by the box.
async fn paste(page: &Page) -> Result<String> {
    page.click("students-search").await?;
    page.press_ctrl('v').await?;
    page.until_true("document.querySelector('[data-testid=students-search]').value !== ''")
        .await?;
    let value = page
        .look("return document.querySelector('[data-testid=students-search]').value;")
        .await?;
    page.press_ctrl('a').await?;
    page.press(BACKSPACE).await?;
    page.until_true(
        "document.querySelector('[data-testid=students-table] [aria-rowindex=\"2\"]') !== null",
    )
    .await?;
    Ok(value.as_str().context("a text")?.to_owned())
}

#[tokio::test]
async fn the_photo_has_a_menu_and_a_window_of_its_own() -> Result<()> {
    let place = Workplace::plain()?;
    let page = Page::window("menus", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click("round-example").await?;
        page.desk_ready().await?;
        give_name(page, "王老师").await?;
        open_queue(page, "clear").await?;
        let first = page.on_desk().await?;

        page.click_right("desk-photo").await?;
        page.find("menu-approve").await?;
        page.photograph("1-menu").await?;
        // Below the pointer is no room for all of it.
        page.until_true(
            "(r => r.height > 0 && r.top >= 0 && r.bottom <= innerHeight)(document.querySelector('.context-menu').getBoundingClientRect())",
        )
        .await?;
        // While the menu is open its keys are not the desk's.
        page.press("f").await?;
        page.press(ESCAPE).await?;
        page.until_true("!document.querySelector('[data-testid=menu-approve]')")
            .await?;
        ensure!(
            page.on_desk().await? == first,
            "a key went through the menu"
        );
        page.click_right("desk-photo").await?;
        page.click("menu-approve").await?;
        page.until_true(&format!(
            "document.querySelector('[data-testid=desk]').dataset.submission !== '{first}'"
        ))
        .await?;
        page.desk_ready().await?;

        page.press("w").await?;
        page.until("the second window", async || windows::is_there(SECOND))
            .await?;
        // The keys stay with the desk.
        let second = page.on_desk().await?;
        page.press("f").await?;
        page.until_true(&format!(
            "document.querySelector('[data-testid=desk]').dataset.submission !== '{second}'"
        ))
        .await?;
        page.desk_ready().await?;
        let on_desk = page
            .look("return document.querySelector('[data-testid=desk-photo]').dataset.sha;")
            .await?;
        page.in_other_window(async |page| {
            page.until_true(&format!(
                "document.querySelector('[data-testid=photo-alone]')?.dataset.sha === {on_desk}"
            ))
            .await?;
            page.photograph("2-alone").await?;
            Ok(())
        })
        .await?;
        page.press("w").await?;
        page.until("the second window closes", async || {
            Ok(!windows::is_there(SECOND)?)
        })
        .await
    })
    .await
}

/// Apart from the test above: after a click with the right button that a driver made, GTK holds back a close.
#[tokio::test]
async fn the_second_window_ends_with_the_main_one() -> Result<()> {
    let place = Workplace::plain()?;
    let page = Page::window("ends", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click("round-example").await?;
        page.desk_ready().await?;
        page.press("w").await?;
        page.until("the second window", async || windows::is_there(SECOND))
            .await?;
        page.until("the program ends", async || {
            // A close that comes while the second window is still being shown is not taken.
            if windows::is_there("照审台")? {
                windows::close("照审台", &page.programs()).ok();
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok(page.programs().is_empty())
        })
        .await
    })
    .await
}

#[tokio::test]
async fn everything_can_be_made_larger() -> Result<()> {
    let place = Workplace::plain()?;
    let page = Page::window("zoom", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click("round-example").await?;
        page.desk_ready().await?;
        give_name(page, "王老师").await?;
        open_queue(page, "failing").await?;
        page.resize(1366, 768).await?;
        for (keys, percent) in [("===", 150), ("==", 200)] {
            for key in keys.chars() {
                page.press_ctrl(key).await?;
            }
            page.until_true(&format!("Math.abs(window.innerWidth - {}) < 12", 136_600 / percent))
                .await?;
            page.photograph(&format!("desk-{percent}")).await?;
            for act in ["desk-approve", "desk-reject", "desk-hold", "desk-undo", "desk-photo"] {
                let inside = format!(
                    "(box => box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1)\
                     (document.querySelector('[data-testid={act}]').getBoundingClientRect())"
                );
                page.until_true(&inside).await.context(act)?;
            }
        }
        page.press_ctrl('0').await?;
        page.until_true("window.innerWidth > 1300").await
    })
    .await
}
