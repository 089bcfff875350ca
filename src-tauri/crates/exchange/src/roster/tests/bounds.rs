//! Claims larger than what is there, and keys that would do harm further on.

use super::super::sheet::{Cell, Sheet, Taker as _, Tops, Value};
use super::hostile::packed;
use super::{Error, RosterLimits, RowProblem, read, workbook};

fn with_part(name: &str, text: &str) -> Vec<u8> {
    packed(&[("[Content_Types].xml", "<Types/>"), (name, text)])
}

#[test]
fn shared_texts_that_are_only_claimed_are_not_made_room_for() {
    let shared = "xl/sharedStrings.xml";
    let claims = [
        (shared, r#"<sst uniqueCount="4294967295">"#),
        (shared, r#"<x:sst xmlns:x="y" uniqueCount = '4000001'>"#),
        (shared, r#"<sst count="4294967295">"#),
        (shared, r#"<sst x:uniqueCount="18446744073709551616">"#),
        (shared, "<sst\nuniqueCount=\"+0004294967295\">"),
        (shared, r#"<sst a=" count=" uniqueCount="4294967295">"#),
        (shared, r#"<sst a=" r=" uniqueCount="4294967295">"#),
        (shared, r#"junk<sst uniqueCount="4294967295">"#),
        ("xl/other.png", r#"<sst uniqueCount="4294967295">"#),
    ];
    for (name, start) in claims {
        let error = read(&with_part(name, &format!("{start}<si><t>x</t></si></sst>"))).unwrap_err();
        assert!(
            matches!(
                error,
                Error::WorkbookTooLarge { .. } | Error::BrokenWorkbook { .. }
            ),
            "{start}: {error:?}"
        );
        let told = format!("{error:?}");
        assert!(told.contains("自称") || told.contains("地址"), "{told}");
    }
    for honest in [
        r#"<sst count="4000000" uniqueCount="0000000012">"#,
        r#"<a discount="99999999">"#,
    ] {
        let told = format!("{:?}", read(&with_part(shared, honest)).unwrap_err());
        assert!(!told.contains("自称"), "{told}");
    }
}

#[test]
fn more_formats_than_a_workbook_may_have_never_reach_the_reader() {
    let many = |tag: &str, number| format!("<a>{}</a>", tag.repeat(number));
    for (name, tag) in [
        ("xl/styles.xml", "<xf/>"),
        ("xl/styles.xml", "<x:xf numFmtId=\"0\"/>"),
        ("xl/styles.xml", "<numFmt\tnumFmtId=\"9\">"),
        ("xl/workbook.xml", "<sheet />"),
        ("xl/workbook.xml", "<definedName>A</definedName>"),
    ] {
        let error = read(&with_part(name, &many(tag, 200_001))).unwrap_err();
        let told = format!("{error:?}");
        assert!(told.contains("格式过多"), "{tag}: {told}");
        let as_excel = read(&with_part(name, &many(tag, 131_000))).unwrap_err();
        assert!(!format!("{as_excel:?}").contains("过多"), "{tag}");
    }
    // Names that only begin or end alike.
    for tag in ["<xfs/>", "<si.xf/>", "<definedNames/>", "<axf/>", "</xf>"] {
        let told = format!(
            "{:?}",
            read(&with_part("xl/styles.xml", &many(tag, 200_001))).unwrap_err()
        );
        assert!(!told.contains("过多"), "{tag}: {told}");
    }
}

#[test]
fn the_first_rows_of_many_sheets_fill_no_memory() {
    // One shared text may stand in every cell of a small file.
    let long = "长".repeat(400);
    let limits = RosterLimits::default();
    let mut tops = Tops::new(&limits, "名单.xlsx");
    let mut fill = || -> Result<(), Error> {
        for index in 0..64 {
            tops.sheet(Sheet {
                index,
                name: "名单",
                visible: true,
            });
            for (row, column) in (0..20).flat_map(|row| (0..256).map(move |column| (row, column))) {
                tops.cell(Cell {
                    sheet: index,
                    row,
                    column,
                    value: Some(Value::Text(long.clone())),
                })?;
            }
        }
        Ok(())
    };
    let error = fill().unwrap_err();
    assert!(matches!(error, Error::WorkbookTooLarge { .. }), "{error:?}");
}

#[test]
fn an_attribute_within_a_value_hides_no_other() {
    let text = r#"<f a=" r=" si="4000000000">"#;
    let error = read(&with_part("xl/worksheets/sheet1.xml", text)).unwrap_err();
    assert!(matches!(error, Error::WorkbookTooLarge { .. }), "{error:?}");
}

#[test]
fn a_student_number_that_would_do_harm_is_refused() {
    let (long, longest) = ("9".repeat(65), "9".repeat(64));
    let unsafe_keys = [
        "2021/1",
        "..\\1",
        "１／２",
        "a..b",
        "．．",
        ".",
        "C:1",
        "=1+1",
        "＝1",
        "+1",
        "-1",
        "－１",
        "@x",
        "＠x",
        "CON",
        "nul",
        "ＮＵＬ",
        "com1.txt",
        "LPT²",
        "20\u{1}21",
        "conin$",
        "'=1",
    ];
    for key in unsafe_keys {
        let table = read(&workbook(&[
            &["学号", "姓名"],
            &[key, "张三"],
            &["1", "李四"],
        ]))
        .unwrap();
        assert_eq!(table.rows.len(), 1, "{key}: the other row goes on");
        let refused = &table.refused[0];
        assert_eq!(
            (refused.cell.as_str(), refused.code),
            ("A2", RowProblem::StudentNoUnsafe),
            "{key}"
        );
        assert!(refused.problem_zh.contains("学号") && !refused.remedy_zh.is_empty());
        assert!(refused.student_no.is_empty());
    }
    let table = read(&workbook(&[&["学号", "姓名"], &[&long, "张三"]])).unwrap();
    assert_eq!(table.refused[0].code, RowProblem::TooLong);
    assert!(table.refused[0].problem_zh.chars().count() < 50);
    let fine = [
        "2021-001",
        "S2021.1",
        "CONRAD",
        "COM12",
        "LPT",
        "张1",
        "２０２１＿1",
        &longest,
    ];
    for key in fine {
        let table = read(&workbook(&[&["学号", "姓名"], &[key, "张三"]])).unwrap();
        assert_eq!(table.refused, vec![], "{key}");
    }
}

#[test]
fn warnings_are_bounded_too() {
    let rows: Vec<[String; 3]> = (0..10_500)
        .map(|at| [format!("S{at}"), "张三".into(), "19000101".into()])
        .collect();
    let cells: Vec<[&str; 3]> = rows
        .iter()
        .map(|row| row.each_ref().map(String::as_str))
        .collect();
    let mut sheet: Vec<&[&str]> = vec![&["学号", "姓名", "出生日期"]];
    sheet.extend(cells.iter().map(|row| row.as_slice()));
    let table = read(&workbook(&sheet)).unwrap();
    assert_eq!((table.rows.len(), table.warnings.len()), (10_500, 10_000));
    assert!(
        table
            .remarks
            .iter()
            .any(|remark| remark.contains("还有500处")),
        "{:?}",
        table.remarks
    );
}
