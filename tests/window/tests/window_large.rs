//! A round of twenty thousand students is opened, scrolled and searched.
#![cfg(target_os = "linux")]

use std::path::Path;

use anyhow::Result;
use rust_xlsxwriter::Workbook;
use serde_json::json;
use zhaoshen_window_tests::Page;
use zhaoshen_window_tests::workplace::{Workplace, call};

const STUDENTS: u32 = 20_000;

/// A workbook with 学号, 姓名 and 学院 only: invented people need no ID number.
fn write_roster(path: &Path) -> Result<()> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in [(0, "学号"), (1, "姓名"), (2, "学院")] {
        sheet.write(0, column, title)?;
    }
    for row in 1..=STUDENTS {
        sheet.write(row, 0, format!("2021{row:06}"))?;
        sheet.write(
            row,
            1,
            format!(
                "学生{}",
                char::from_u32(0x4E00 + row % 5000).unwrap_or('某')
            ),
        )?;
        sheet.write(row, 2, format!("第{}学院", row % 20 + 1))?;
    }
    book.save(path)?;
    Ok(())
}

fn prepared(place: &Workplace) -> Result<i64> {
    let path = place.inside("名单.xlsx");
    write_roster(&path)?;
    let station = place.open()?;
    call(&station, "reviewer_set", json!({"name": "李老师"}))?;
    let profiles = call(&station, "profile_list", json!({}))?;
    let round = call(
        &station,
        "round_create",
        json!({"name": "两万人的批次", "school_code": "", "opens_on": "", "closes_on": "", "profile": profiles[0]["name"]}),
    )?["round"]
        .as_i64()
        .unwrap_or_default();
    let preview = call(
        &station,
        "roster_preview",
        json!({"round": round, "path": path}),
    )?;
    let commit =
        json!({"round": round, "path": path, "digest": preview["digest"], "accept_updates": false});
    assert_eq!(
        call(&station, "roster_commit", commit)?["added"],
        json!(STUDENTS)
    );
    Ok(round)
}

#[tokio::test]
async fn twenty_thousand_students_are_listed_and_found() -> Result<()> {
    let place = Workplace::new()?;
    let round = prepared(&place)?;
    let page = Page::window("large", &place.workspace(), &[]).await?;
    page.used(async |page| {
        page.click(&format!("round-open-{round}")).await?;
        page.find("student-2021000001").await?;
        let total = page.text("students-total").await?;
        assert!(
            total
                .replace([',', ' ', '\u{a0}', '\u{202f}'], "")
                .contains("20000"),
            "{total}"
        );
        // Only what is in sight stands in the page, or twenty thousand rows would choke it.
        let rows = page
            .look("return document.querySelectorAll('[data-testid^=student-]').length;")
            .await?;
        assert!(rows.as_u64().is_some_and(|rows| rows < 200), "{rows}");
        page.photograph("top").await?;
        page.look(TO_THE_END).await?;
        page.find("student-2021020000").await?;
        page.photograph("end").await?;
        page.fill("students-search", "2021012345").await?;
        page.find("student-2021012345").await?;
        page.until_true("document.querySelectorAll('[data-testid^=student-]').length === 1")
            .await?;
        page.photograph("found").await?;
        Ok(())
    })
    .await
}

/// Scrolls whatever scrolls the rows to its end.
const TO_THE_END: &str = "
    let box = document.querySelector('[data-testid=\"student-2021000001\"]');
    while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
    box.scrollTop = box.scrollHeight;";
