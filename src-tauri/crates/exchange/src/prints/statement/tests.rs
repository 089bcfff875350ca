//! Pages of a statement: nothing is lost, torn apart or left alone.

#![allow(clippy::unwrap_used)]

use super::*;

fn statement(rows: usize) -> Statement {
    let table = StatementTable {
        titles: vec!["差异".to_owned(), "数量".to_owned()],
        shares: vec![3, 1],
        rows: (0..rows)
            .map(|at| (vec![format!("行{at}"), at.to_string()], false))
            .collect(),
    };
    Statement {
        title: "结项表".to_owned(),
        lines: vec!["批次".to_owned()],
        parts: vec![
            StatementPart::Heading("一、数目".to_owned()),
            StatementPart::Table(table),
        ],
        signed: vec!["经办人".to_owned(), "日期".to_owned()],
        foot: String::new(),
    }
}

fn texts(page: &[Mark]) -> Vec<&str> {
    let texts = page.iter().filter_map(|mark| match mark {
        Mark::Text(text, ..) | Mark::Strong(text, ..) => Some(text.as_str()),
        Mark::Frame(_) => None,
    });
    texts.collect()
}

#[test]
fn every_row_is_there_once_below_its_titles_and_within_the_page() {
    for rows in [0, 1, 30, 35, 36, 37, 38, 200] {
        let statement = statement(rows);
        let pages = Flow::of(&statement);
        let all: Vec<&str> = pages.iter().flat_map(|page| texts(page)).collect();
        for at in 0..rows {
            let row = format!("行{at}");
            assert_eq!(all.iter().filter(|text| **text == row).count(), 1, "{row}");
        }
        for page in &pages {
            let texts = texts(page);
            let first_row = texts.iter().position(|text| text.starts_with('行'));
            let titles = texts.iter().position(|text| *text == "差异");
            assert!(first_row.is_none() || titles < first_row, "{rows} rows");
            for mark in page {
                let (Mark::Text(_, area, ..) | Mark::Strong(_, area, ..) | Mark::Frame(area)) =
                    mark;
                assert!(area.y >= MARGIN_MM && area.y < BOTTOM_MM, "{rows} rows");
            }
        }
        let last = texts(pages.last().unwrap());
        assert!(last.ends_with(&["经办人", "日期"]), "signed together");
    }
}

#[test]
fn the_lines_to_be_signed_stand_below_something_and_no_heading_stands_alone() {
    for before in 0..40 {
        for rows in [1, 2, 5, 12, 36, 60] {
            let mut long = statement(rows);
            let first = StatementPart::Table(StatementTable {
                titles: vec!["项目".to_owned(), "数量".to_owned()],
                shares: vec![3, 1],
                rows: vec![(vec!["甲".to_owned(), "1".to_owned()], false); before],
            });
            long.parts.insert(0, first);
            let pages = Flow::of(&long);
            let last = texts(pages.last().unwrap());
            let row = format!("行{}", rows - 1);
            assert!(last.contains(&row.as_str()), "{before} {rows}: {last:?}");
            for page in &pages {
                let ends = texts(page).pop().unwrap_or_default();
                assert_ne!(ends, "一、数目", "{before} {rows}");
                for mark in page {
                    let (Mark::Text(_, area, ..) | Mark::Strong(_, area, ..) | Mark::Frame(area)) =
                        mark;
                    assert!(area.y < BOTTOM_MM, "{before} {rows}");
                }
            }
        }
    }
}

#[test]
fn no_line_begins_with_a_mark_that_may_not() {
    let text = "核对学生证件（原件），名单写错的，改正名单后重新导入；“学信网”写错的，先更正。";
    for width in 20..120 {
        let lines = broken(text, width as f32, TEXT_PT);
        assert_eq!(lines.concat(), text);
        for (at, line) in lines.iter().enumerate() {
            let (first, last) = (line.chars().next().unwrap(), line.chars().last().unwrap());
            assert!(!NOT_FIRST.contains(first), "{width}: {line}");
            assert!(
                at + 1 == lines.len() || !NOT_LAST.contains(last),
                "{width}: {line}"
            );
            let wide = line.chars().map(|c| if c.is_ascii() { 0.6 } else { 1.0 });
            assert!(
                wide.sum::<f32>() * TEXT_PT / PT_PER_MM <= width as f32 + 0.01,
                "{line}"
            );
        }
    }
}

#[test]
fn its_pages_are_numbered() {
    let mut fonts = Fonts::of_this_machine().unwrap();
    let bytes = statement_pdf(&statement(80), &mut fonts, |at, of| format!("{at}/{of}"));
    let document = lopdf::Document::load_mem(&bytes.unwrap()).unwrap();
    let pages = document.get_pages();
    for number in pages.keys() {
        let text = document.extract_text(&[*number]).unwrap();
        assert!(
            text.contains(&format!("{number}/{}", pages.len())),
            "{text}"
        );
    }
    assert!(pages.len() > 1);
}

#[test]
fn a_long_text_is_broken_and_stays_as_large_as_the_others() {
    let long = "核对这一行说的是谁：在名单里找到学生后，指给他；找不到的，退回采集单位重做，并在备注里写明来由";
    let table = StatementTable {
        titles: vec!["差异".to_owned(), "处理办法".to_owned(), "人数".to_owned()],
        shares: vec![2, 3, 1],
        rows: vec![(
            vec![
                "回执里的人不在名单".to_owned(),
                long.to_owned(),
                "12".to_owned(),
            ],
            false,
        )],
    };
    let row = Row::of(&table.rows[0].0, &table, (FULL.width, 1.0), false);
    assert_eq!(row.cells[1].0.concat(), long);
    assert!(row.cells[1].0.len() > 1 && row.height() > ROW_MM);
    for (lines, width) in &row.cells {
        for line in lines {
            let wide: f32 = line
                .chars()
                .map(|c| if c.is_ascii() { 0.6 } else { 1.0 })
                .sum();
            assert!(
                wide * row.size / PT_PER_MM <= width - 2.0 * PAD_MM + 0.01,
                "{line}"
            );
        }
    }
    assert!(Row::of(&table.titles, &table, (FULL.width, 1.0), true).height() <= ROW_MM);
}

/// A small round: seven sums, eight kinds of differences with what to do, and three lines to be signed.
fn small_round() -> Statement {
    let sum = |at: usize| StatementTable {
        titles: vec![format!("数目{at}"), "数量".to_owned()],
        shares: vec![5, 1],
        rows: (0..4)
            .map(|row| (vec![format!("数{at}份{row}"), "8".to_owned()], row == 3))
            .collect(),
    };
    let remedy = "核对此人是否另行拍摄；回执其实是别人的，指定学生改正；不该有的不计，交付后请采集单位重新回执";
    let kinds = StatementTable {
        titles: vec!["差异".to_owned(), "处理办法".to_owned(), "数量".to_owned()],
        shares: vec![6, 11, 2],
        rows: (0..8)
            .map(|at| {
                (
                    vec![format!("差异{at}"), remedy.to_owned(), "3".to_owned()],
                    false,
                )
            })
            .collect(),
    };
    Statement {
        parts: vec![
            StatementPart::Heading("一、数目".to_owned()),
            StatementPart::Beside((0..7).map(sum).collect()),
            StatementPart::Heading("二、未了结的差异".to_owned()),
            StatementPart::Table(kinds),
        ],
        signed: vec!["甲".to_owned(), "乙".to_owned(), "丙".to_owned()],
        ..statement(0)
    }
}

#[test]
fn a_small_round_stands_on_one_page_and_its_sums_are_heavy() {
    let pages = Flow::of(&small_round());
    assert_eq!(pages.len(), 1);
    let page = &pages[0];
    let all = texts(page);
    for sum in 0..7 {
        for part in 0..4 {
            let text = format!("数{sum}份{part}");
            assert_eq!(all.iter().filter(|one| **one == text).count(), 1, "{text}");
        }
    }
    let heavy = |text: &str| {
        page.iter()
            .any(|mark| matches!(mark, Mark::Strong(one, ..) if one == text))
    };
    assert!(heavy("数0份3") && heavy("差异") && !heavy("数0份2"));
    let frames: Vec<&Area> = page
        .iter()
        .filter_map(|mark| match mark {
            Mark::Frame(area) => Some(area),
            _ => None,
        })
        .collect();
    for (at, one) in frames.iter().enumerate() {
        assert!(one.y + one.height <= BOTTOM_MM && one.right() <= PAGE_MM.0 - MARGIN_MM + 0.01);
        for other in frames.iter().skip(at + 1) {
            let apart = one.right() <= other.x + 0.01
                || other.right() <= one.x + 0.01
                || one.y + one.height <= other.y + 0.01
                || other.y + other.height <= one.y + 0.01;
            assert!(apart, "{one:?} {other:?}");
        }
    }
}

#[test]
fn what_does_not_fit_on_one_page_is_written_in_full_size() {
    let mut long = small_round();
    long.parts.push(statement(40).parts.remove(1));
    let pages = Flow::of(&long);
    assert!(pages.len() > 1);
    let sizes = pages.iter().flatten().filter_map(|mark| match mark {
        Mark::Text(text, _, size, _) if text == "行1" => Some(*size),
        _ => None,
    });
    let sizes: Vec<f32> = sizes.collect();
    assert!(sizes.len() == 1 && (sizes[0] - (TEXT_PT - 0.5)).abs() < 0.01);
}
