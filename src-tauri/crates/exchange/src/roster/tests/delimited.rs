//! CSV and TSV rosters in the encodings and with the separators that offices have.

use encoding_rs::GB18030;

use super::standard::{self, DAMAGED, Written};
use super::{Error, RosterTable, RowProblem, problems, read};

/// The standard roster between `separator`s.
pub(super) fn standard_text(separator: char) -> String {
    let cell = |cell: &Written| match cell {
        Written::Nothing => String::new(),
        Written::Text(text) if text.contains(['"', separator]) => {
            format!("\"{}\"", text.replace('"', "\"\""))
        }
        Written::Text(text) => text.clone(),
        // As Excel saves it.
        Written::Number(number) if *number == DAMAGED => "1.10101E+17".to_owned(),
        Written::Number(number) => number.to_string(),
    };
    let row = |row: &Vec<Written>| row.iter().map(cell).collect::<Vec<_>>();
    let lines = standard::rows();
    let lines = lines
        .iter()
        .map(|line| row(line).join(&separator.to_string()));
    lines.map(|line| line + "\r\n").collect()
}

fn read_text(text: &str) -> Result<RosterTable, Error> {
    read(text.as_bytes())
}

#[test]
fn every_encoding_and_separator_gives_the_same_cells() {
    for separator in [',', '\t', ';', '|'] {
        let text = standard_text(separator);
        let mut encoded = vec![
            text.clone().into_bytes(),
            GB18030.encode(&text).0.into_owned(),
        ];
        encoded.push(format!("\u{FEFF}{text}").into_bytes());
        for mark in ["", "\u{FEFF}"] {
            let text = format!("{mark}{text}");
            let units = || text.encode_utf16();
            encoded.push(units().flat_map(u16::to_le_bytes).collect());
            encoded.push(units().flat_map(u16::to_be_bytes).collect());
        }
        for bytes in encoded {
            standard::assert_read(&read(&bytes).unwrap());
        }
        let unix = text.replace("\r\n", "\n");
        standard::assert_read(&read_text(&unix).unwrap());
        standard::assert_read(&read_text(unix.trim_end()).unwrap());
    }
}

#[test]
fn the_sheet_bears_the_name_of_the_file() {
    let table = read_text("学号,姓名\n1,张三\n").unwrap();
    assert_eq!((table.sheet.as_str(), table.header_row), ("名单", 1));
}

#[test]
fn guards_against_excel_are_taken_off() {
    let table =
        read_text("sep=;\r\n学号;姓名;考生号\r\n=\"007\";\"张;三\";\t0012\r\n'008;李四;\r\n")
            .unwrap();
    let drafts: Vec<_> = table.rows.iter().map(|row| &row.draft).collect();
    assert_eq!(drafts[0].student_no, "007");
    assert_eq!(drafts[0].name, "张;三");
    assert_eq!(drafts[0].exam_no, "0012");
    assert_eq!(drafts[1].student_no, "008");
    assert_eq!(table.rows[0].row_number, 2, "Excel hides the first line");
}

#[test]
fn line_breaks_and_empty_lines_count_as_in_excel() {
    let table = read_text("\n\n学号,姓名,备注\n1,张三,\"三\n行\n字\"\n\n2,李四,\n").unwrap();
    assert_eq!(table.header_row, 3);
    let rows: Vec<u32> = table.rows.iter().map(|row| row.row_number).collect();
    assert_eq!(rows, [4, 6]);
    let old_mac = read_text("学号,姓名\r1,张三\r2,李四\r").unwrap();
    assert_eq!(old_mac.rows.len(), 2);
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_its_row() {
    let mut text = "学号\t姓名\n1\t张三\n2\t\"李四\n".to_owned();
    for number in 3..100 {
        text += &format!("{number}\t学生\n");
    }
    let error = read_text(&text).unwrap_err();
    assert!(
        matches!(error, Error::QuoteUnclosed { row: 3, .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("第3行"));
}

#[test]
fn text_that_is_no_roster_names_what_is_missing() {
    for text in ["你好", "姓名,电话\n张三,1\n", "<>", "{\"学号\": 1}"] {
        let error = read_text(text).unwrap_err();
        assert!(
            matches!(
                error,
                Error::ColumnMissing { .. } | Error::NotAWorkbook { .. }
            ),
            "{text}: {error:?}"
        );
    }
}

#[test]
fn a_million_columns_are_refused_and_long_cells_are_not_kept() {
    let wide = format!("学号,姓名{}\n1,张三\n", ",列".repeat(1_000_000));
    let error = read_text(&wide).unwrap_err();
    assert!(matches!(error, Error::SheetTooLarge { .. }), "{error:?}");
    let empty = format!("学号,姓名{}\n1,张三\n", ",".repeat(1_000_000));
    assert_eq!(
        read_text(&empty).unwrap().rows.len(),
        1,
        "empty cells are nothing"
    );
    let long = format!("学号,姓名\n1,{}\n", "长".repeat(1_000_000));
    assert_eq!(
        problems(&read_text(&long).unwrap()),
        [("B2".to_owned(), RowProblem::TooLong)]
    );
    let tall = "学号,姓名\n".to_owned() + &"1,张\n".repeat(200_001);
    let error = read_text(&tall).unwrap_err();
    assert!(matches!(error, Error::SheetTooLarge { .. }), "{error:?}");
}

/// A roster of 35 rows with a note in the last column.
fn noted(note: impl Fn(u32) -> &'static str) -> String {
    let rows = (1..=35).map(|at| format!("2021{at:03},学生{at},计算机学院,{}\n", note(at)));
    "学号,姓名,学院,备注\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn a_stray_quote_swallows_no_student() {
    let alone = noted(|at| if at == 5 { "\"需补材料" } else { "" });
    let paired = noted(|at| match at {
        5 => "\"需补材料",
        14 => "\"已补",
        _ => "",
    });
    let neighbours = noted(|at| match at {
        5 => "\"需补材料",
        6 => "已补\"",
        _ => "",
    });
    let last = noted(|at| if at == 35 { "\"" } else { "" });
    for (text, row) in [(alone, 6), (paired, 6), (neighbours, 6), (last, 36)] {
        let error = read_text(&text).unwrap_err();
        assert!(
            matches!(error, Error::QuoteUnclosed { row: told, .. } if told == row),
            "{error:?}"
        );
    }
    let meant = noted(|at| match at {
        5 => "\"需补材料,\n见\"\"通知\"\"\"",
        _ => "6\"屏",
    });
    assert_eq!(read_text(&meant).unwrap().rows.len(), 35);
}

#[test]
fn a_wide_table_may_have_line_breaks_and_separators_within_a_cell() {
    let text =
        "学号,姓名,学院,专业,班级,年级,校区,备注\n1,张三,,,,,,\"甲,\n乙,丙\n丁\"\n2,李四,,,,,,\n";
    assert_eq!(read_text(text).unwrap().rows.len(), 2);
    let cut = "学号,姓名,学院,专业,班级,年级,校区,备注\n1,张三,,,,,,\"甲\n2,李四,,,二班\",,,\n3,王五,,,,,,\n";
    assert!(matches!(
        read_text(cut).unwrap_err(),
        Error::QuoteUnclosed { row: 2, .. }
    ));
}

#[test]
fn a_short_name_that_was_padded_comes_in_tight_and_is_told() {
    let text = "学号,姓名\n1,杨　佳\n2,欧阳娜娜\n3,John Smith\n";
    let table = read(text.as_bytes()).unwrap();
    let names: Vec<&str> = table
        .rows
        .iter()
        .map(|row| row.draft.name.as_str())
        .collect();
    assert_eq!(names, ["杨佳", "欧阳娜娜", "John Smith"]);
    assert_eq!(table.warnings.len(), 1, "{:?}", table.warnings);
    assert_eq!(table.warnings[0].cell, "B2");
    assert!(table.warnings[0].message_zh.contains("“杨佳”"));
}

#[test]
fn characters_that_nobody_sees_go_and_their_cell_is_told() {
    let text = "学号,姓名,学院\n1,张\u{202E}\u{200B}三,文\u{2066}学院\n2,\u{200F},文学院\n";
    let table = read(text.as_bytes()).unwrap();
    let [row] = table.rows.as_slice() else {
        panic!("{:?}", table.rows);
    };
    assert_eq!(
        (row.draft.name.as_str(), row.draft.college.as_str()),
        ("张三", "文学院")
    );
    let told = table.warnings.iter();
    let told: Vec<(&str, &str)> = told
        .map(|warning| (warning.cell.as_str(), warning.message_zh.as_str()))
        .collect();
    assert!(
        told[0].0 == "B2" && told[0].1.contains("U+200B、U+202E"),
        "{told:?}"
    );
    assert!(
        told[1].0 == "C2" && told[1].1.contains("学院中有看不见的字符"),
        "{told:?}"
    );
    assert_eq!(table.refused[0].cell, "B3");
}
