//! Rosters as Excel and WPS put them on the clipboard.

use super::{Error, RosterField, RowProblem, id_number, problems, read_roster_pasted};

#[test]
fn pasted_rows_are_read_as_if_in_a_sheet() {
    let id = id_number("19990101", 11);
    let pasted = format!(
        "华北某大学\t\t\r\n学号\t姓名\t证件号码\r\n2021001\t张三\t{id}\r\n\t\t\r\n2021002\t\"李\n四\"\t1.10105E+17\r\n"
    );
    let table = read_roster_pasted(&pasted).unwrap();
    assert_eq!((table.header_row, table.rows.len()), (2, 1));
    let first = &table.rows[0];
    assert_eq!((first.row_number, first.draft.name.as_str()), (3, "张三"));
    assert_eq!(first.draft.id_number, id);
    assert_eq!(
        problems(&table),
        [("C5".to_owned(), RowProblem::NumberPrecisionLost)]
    );
    assert!(table.fields().contains(&RosterField::IdNumber));
}

#[test]
fn what_is_no_roster_is_told() {
    for pasted in ["", "\t\t\n", "你好", "学号,姓名\n1,张三\n"] {
        let error = read_roster_pasted(pasted).unwrap_err();
        assert!(
            matches!(error, Error::ColumnMissing { .. }),
            "{pasted}: {error:?}"
        );
    }
    let error = read_roster_pasted("学号\t姓名\n").unwrap_err();
    assert!(matches!(error, Error::NoRows { .. }), "{error:?}");
}

#[test]
fn no_pasted_text_makes_the_reader_stumble() {
    for pasted in [
        "学号\t姓名\n\"1\t张三\n2\t李四",
        "学号\t姓名\n1\t张\u{0}三\n",
        "学号\t姓名\n1\n2\t李四\t多\t余\n",
        &format!("学号\t姓名\n1\t{}\n", "长".repeat(100_000)),
        &format!("学号\t姓名{}\n1\t张三\n", "\t列".repeat(10_000)),
    ] {
        let read = read_roster_pasted(pasted);
        assert!(
            matches!(
                &read,
                Ok(_)
                    | Err(Error::NoRows { .. }
                        | Error::SheetTooLarge { .. }
                        | Error::QuoteUnclosed { .. })
            ),
            "{read:?}"
        );
    }
}
