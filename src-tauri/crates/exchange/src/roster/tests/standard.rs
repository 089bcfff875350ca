//! One roster that every format's tests write and read back: title, header, an empty row, a damaged number.

use rust_xlsxwriter::Workbook;

use super::{RosterTable, RowProblem, id_number, problems, read};

/// A cell of the roster below.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written {
    Nothing,
    Text(String),
    Number(f64),
}

/// An identity number as a spreadsheet keeps it once it is a number.
pub(super) const DAMAGED: f64 = 110_101_199_901_010_112.0;

pub(super) fn text(text: &str) -> Written {
    Written::Text(text.to_owned())
}

/// The roster's rows, the merged title first.
pub(super) fn rows() -> Vec<Vec<Written>> {
    let id = id_number("19990101", 11);
    let header = ["学号", "姓名", "证件号码", "性别", "年级", "备注"];
    vec![
        vec![text("华北某大学研究生名单 <2021> & 其他")],
        header.map(text).to_vec(),
        vec![
            text("0021001"),
            text("张三"),
            text(&id),
            text("男"),
            Written::Number(2021.0),
        ],
        vec![],
        vec![
            Written::Number(2_021_002.0),
            text("欧阳娜娜·买买提"),
            Written::Nothing,
            text("女"),
            Written::Number(2020.0),
            text("两\"引号\",逗号"),
        ],
        vec![text("2021003"), text("李四"), Written::Number(DAMAGED)],
    ]
}

/// The roster as a workbook of Excel 2007.
pub(super) fn xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows()) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Written::Nothing => {}
                Written::Text(text) => {
                    sheet.write_string(row, column, text).unwrap();
                }
                Written::Number(number) => {
                    sheet.write_number(row, column, number).unwrap();
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Whether the table is what every format makes of [`rows`].
pub(super) fn assert_read(table: &RosterTable) {
    assert_eq!(table.header_row, 2);
    assert_eq!(
        problems(table),
        [("C6".to_owned(), RowProblem::NumberPrecisionLost)],
        "{table:?}"
    );
    assert_eq!(table.refused[0].name, "李四");
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            let draft = &row.draft;
            let draft = [&draft.student_no, &draft.name, &draft.sex, &draft.grade];
            (row.row_number, draft.map(String::as_str))
        })
        .collect();
    assert_eq!(
        rows,
        [
            (3, ["0021001", "张三", "男", "2021"]),
            (5, ["2021002", "欧阳娜娜·买买提", "女", "2020"]),
        ]
    );
    assert_eq!(table.rows[0].draft.id_number, id_number("19990101", 11));
    assert_eq!(table.columns.len(), 6);
    assert_eq!(table.columns[5].column, "F");
    assert_eq!(table.columns[5].field, None);
}

#[test]
fn a_workbook_of_excel_2007_is_the_measure() {
    assert_read(&read(&xlsx()).unwrap());
}
