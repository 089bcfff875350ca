//! Receipts as they are written, and what is refused of them.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::workbook::{Book, Column};

fn csv(text: &str, kind: Option<ReceiptKind>) -> Result<ReceiptTable, Error> {
    read_receipts_bytes(text.as_bytes(), "回执.csv", kind)
}

/// 学号 or file, state and text of every row.
fn rows(table: &ReceiptTable) -> Vec<(&str, &str, &str)> {
    table
        .rows
        .iter()
        .map(|row| {
            let who = match row.named.student_no.as_str() {
                "" => row.file_name.as_str(),
                number => number,
            };
            (who, row.state.as_str(), row.text.as_str())
        })
        .collect()
}

#[test]
fn a_studios_list_is_read_below_its_title() {
    let table = csv(
        "某某图片社 审核结果反馈,,,\n序号,学号,审核结果,退回原因\n\
         1,2021001,通过,\n2,2021002,驳回,头发遮眉\n3,2021003,审核中,\n4,2021004,,\n5,,通过,\n,,,\n\
         6,2021006,不合格：眼镜反光,\n",
        None,
    )
    .unwrap();
    assert_eq!(table.kinds, [ReceiptKind::Studio]);
    assert_eq!(
        rows(&table),
        [
            ("2021001", "accepted", ""),
            ("2021002", "returned", "头发遮眉"),
            ("2021003", "unsettled", "审核中"),
            ("2021006", "returned", "眼镜反光"),
        ]
    );
    assert_eq!(table.rows[1].cell, "B4");
    let skipped: Vec<(&str, bool)> = table
        .skipped
        .iter()
        .map(|row| (row.cell.as_str(), row.why_zh.contains("审核中")))
        .collect();
    assert_eq!(skipped, [("C5", true), ("C6", false), ("B7", false)]);
    assert!(table.skipped[0].why_zh.starts_with("2021003："));
}

#[test]
fn an_answer_that_is_neither_yes_nor_no_is_kept_in_its_own_words() {
    let text = "学号,审核结果,原因\n2021001,信息有误待核,\n2021002,处理中,排队\n2021003,,排队\n";
    let table = csv(text, None).unwrap();
    assert_eq!(
        rows(&table),
        [
            ("2021001", "unsettled", "信息有误待核"),
            ("2021002", "unsettled", "处理中：排队"),
        ]
    );
    let cells: Vec<&str> = table.skipped.iter().map(|row| row.cell.as_str()).collect();
    assert_eq!(cells, ["B2", "B3", "B4"], "each is told of");
}

#[test]
fn a_list_of_reasons_is_one_of_photos_given_back() {
    let table = csv("文件名,退回原因\n2021001.jpg,模糊\n2021002.jpg,\n", None).unwrap();
    assert_eq!(rows(&table), [("2021001.jpg", "returned", "模糊")]);
    assert_eq!(table.skipped.len(), 1);
    let by_serial = csv("序号,审核状态\n1,通过\n2,退回\n", None).unwrap();
    assert_eq!(
        rows(&by_serial),
        [("1", "accepted", ""), ("2", "returned", "")]
    );
}

#[test]
fn the_in_school_list_tells_several_things_at_once() {
    let text = "KSH,XH,XM,YJBYRQ,学历照片状态,图像校对,BZ\n\
                1,2021001,张三,20270701,已采集,正确,\n2,2021002,李四,20270701,未采集,,身份核验不确定\n";
    let table = csv(text, None).unwrap();
    assert_eq!(
        table.kinds,
        [
            ReceiptKind::Enrolment,
            ReceiptKind::Register,
            ReceiptKind::Confirmation
        ]
    );
    assert_eq!(
        rows(&table),
        [
            ("2021001", "listed", ""),
            ("2021001", "has_photo", ""),
            ("2021001", "right", ""),
            ("2021002", "unsure", ""),
            ("2021002", "no_photo", ""),
            ("2021002", "unanswered", ""),
        ]
    );
    let one = csv(text, Some(ReceiptKind::Register)).unwrap();
    assert_eq!(one.rows.len(), 2);
}

#[test]
fn a_list_without_a_word_is_one_of_enrolment_only_when_a_person_says_so() {
    let text = "学号,姓名,班级\n2021001,张三,一班\n";
    assert!(matches!(csv(text, None), Err(Error::NotReceipts { .. })));
    assert!(csv(text, Some(ReceiptKind::Studio)).is_err());
    let table = csv(text, Some(ReceiptKind::Enrolment)).unwrap();
    assert_eq!(rows(&table), [("2021001", "listed", "")]);
}

#[test]
fn a_common_word_tells_of_the_studio_only_where_nothing_else_tells() {
    let studio = csv("学号,状态\n1,通过\n", None).unwrap();
    assert_eq!(studio.kinds, [ReceiptKind::Studio]);
    let register = csv("学号,状态,学历照片状态\n1,在籍,有\n", None).unwrap();
    assert_eq!(register.kinds, [ReceiptKind::Register]);
    assert!(register.skipped.is_empty());
}

#[test]
fn a_workbook_is_read_as_a_list_is_and_known_by_its_bytes() {
    let mut book = Book::new();
    let columns = [
        Column::new("学号", 10.0),
        Column::new("文件名", 10.0),
        Column::new("审核结果", 10.0),
    ];
    let row = |texts: [&str; 3]| texts.map(str::to_owned).to_vec();
    book.sheet(
        "交付清单",
        &columns,
        [row(["2021001", "2021001.jpg", "合格"])],
    )
    .unwrap();
    let bytes = book.into_bytes().unwrap();
    let table = read_receipts_bytes(&bytes, "交付清单.xlsx", None).unwrap();
    assert_eq!(rows(&table), [("2021001", "accepted", "")]);
    assert_eq!(table.rows[0].file_name, "2021001.jpg");
    assert_eq!(
        table.sha256,
        read_receipts_bytes(&bytes, "改名.xlsx", None)
            .unwrap()
            .sha256
    );
    assert!(read_receipts_bytes(b"PK\x03\x04broken", "x.xlsx", None).is_err());
}

#[test]
fn a_row_may_say_which_delivery_it_answers() {
    let table = csv(
        "学号,交付,审核结果\n1,交付 2,通过\n2,第１次交付,退回\n3,3,通过\n4,,通过\n5,上一次,通过\n6,0,通过\n",
        None,
    )
    .unwrap();
    let said: Vec<Option<u32>> = table.rows.iter().map(|row| row.delivery).collect();
    assert_eq!(said, [Some(2), Some(1), Some(3), None]);
    let skipped: Vec<&str> = table.skipped.iter().map(|row| row.cell.as_str()).collect();
    assert_eq!(skipped, ["B6", "B7"]);
    assert!(table.skipped[0].why_zh.contains("第几次交付"));
}

#[test]
fn what_names_nobody_or_says_nothing_is_told_as_it_is() {
    let table = csv("学号,审核结果\n2021001,\n,通过\n", None).unwrap();
    let told = |table: &ReceiptTable| -> Vec<(String, String)> {
        let skipped = table.skipped.iter();
        skipped
            .map(|row| (row.cell.clone(), row.why_zh.clone()))
            .collect()
    };
    assert_eq!(
        told(&table)[0],
        (
            "B2".to_owned(),
            "2021001：审核结果是空的；请问清后在表里补写，再导入一次".to_owned()
        )
    );
    assert!(told(&table)[1].1.contains("没有写学号"), "{table:?}");

    let mut book = Book::new();
    let columns = [
        Column::number("证件号码", 20.0),
        Column::new("审核结果", 20.0),
    ];
    let rows = vec![vec!["110101199901010015".to_owned(), "通过".to_owned()]];
    book.sheet("回执", &columns, rows).unwrap();
    let bytes = book.into_bytes().unwrap();
    let table = read_receipts_bytes(&bytes, "回执.xlsx", None).unwrap();
    let (cell, why) = told(&table).remove(0);
    assert!(cell == "A2" && why.contains("数字格式"), "{cell} {why}");

    let list = "XH,BZ\n2021001,身份核验通过\n2021002,学籍待查\n2021003,身份核验异常\n";
    let table = csv(list, None).unwrap();
    assert_eq!(table.rows.len(), 3, "the student is listed all the same");
    let (cell, why) = told(&table).remove(0);
    assert!(cell == "B3" && why.contains("学籍待查"), "{cell} {why}");
    assert_eq!(table.skipped.len(), 1, "{table:?}");
}

#[test]
fn a_text_that_is_called_a_workbook_is_told_to_be_none() {
    let text = "今天没有回执".as_bytes();
    let refused = |file| {
        read_receipts_bytes(text, file, None)
            .unwrap_err()
            .to_string()
    };
    assert!(
        refused("回执.xlsx").contains("不是工作簿"),
        "{}",
        refused("回执.xlsx")
    );
    assert!(!refused("回执.csv").contains("不是工作簿"));
}

#[test]
fn a_row_that_says_taken_and_given_back_is_for_a_person_to_settle() {
    let text = "学号,审核状态,审核结果,退回原因,备注\n\
                1,合格,退回,,\n2,合格,合格,闭眼，请重拍,\n3,接收 退回,,,\n4,接收（待补）,,,\n\
                5,,退回,闭眼,\n6,合格,合格,无,已邮寄\n7,退回,处理中,反光,\n";
    let table = csv(text, None).unwrap();
    assert_eq!(
        rows(&table),
        [
            ("1", "unsettled", "审核状态“合格”，审核结果“退回”"),
            ("2", "unsettled", "合格"),
            ("3", "unsettled", "接收 退回"),
            ("4", "unsettled", "接收（待补）"),
            ("5", "returned", "闭眼"),
            ("6", "accepted", ""),
            ("7", "returned", "反光"),
        ]
    );
    let reasons: Vec<Option<&str>> = (table.rows.iter())
        .map(|row| row.reason.as_deref())
        .collect();
    let apart = [Some(""), Some("闭眼，请重拍"), Some(""), Some("待补")];
    assert_eq!(reasons, [&apart[..], &[None; 3]].concat());
    let cells: Vec<&str> = table.skipped.iter().map(|row| row.cell.as_str()).collect();
    assert_eq!(cells, ["B2", "B3", "B4", "B5"], "each is told of");
    let why = &table.skipped[1].why_zh;
    assert!(why.contains("闭眼") && why.contains("认定"), "{why}");

    // What photos that were taken have beside their state is no reason to ask.
    let opinions = csv(
        "学号,审核结果,审核意见\n1,通过,照片清晰\n2,通过,同意\n",
        None,
    )
    .unwrap();
    assert_eq!(
        rows(&opinions),
        [("1", "accepted", ""), ("2", "accepted", "")]
    );
    // Of two lists side by side only the first is read.
    let beside = csv("学号,审核结果,学号,审核结果\n1,通过,2,退回\n", None).unwrap();
    assert_eq!(rows(&beside), [("1", "accepted", "")]);
}

#[test]
fn a_header_printed_again_and_a_total_are_nobody() {
    let text = "序号,学号,姓名,审核结果\n1,2021001,张三,通过\n序号,学号,姓名,审核结果\n\
                2,2021002,李四,退回\n小计,,,2人\n,合计,,\n,,共 2 名学生,\n,总计：2,,通过\n";
    let table = csv(text, None).unwrap();
    assert_eq!(
        rows(&table),
        [("2021001", "accepted", ""), ("2021002", "returned", "")]
    );
    assert_eq!(table.skipped, [], "nothing is to be told of them");
    let bare = "学号,姓名\n2021001,张三\n学号,姓名\n合计,1\n";
    let listed = csv(bare, Some(ReceiptKind::Enrolment)).unwrap();
    assert_eq!(rows(&listed), [("2021001", "listed", "")]);
    // Somebody may be called so, and a remark may count.
    let called = csv("学号,姓名,审核结果,备注\n2021001,合明,通过,共2人\n", None).unwrap();
    assert_eq!(rows(&called), [("2021001", "accepted", "")]);
}

#[test]
fn a_number_that_begins_in_a_short_text_is_whole() {
    for (text, told) in [
        ("不清楚", "不清楚"),
        (
            "一二三四五六七八九十一二三四五六七八九十甲乙",
            "一二三四五六七八九十一二三四五六七八九十",
        ),
        (
            "证件号码不符119999198601060012请核对",
            "证件号码不符119999198601060012",
        ),
        (
            "名单上的证件号码不对应当是这样11999919860106001X请核对",
            "名单上的证件号码不对应当是这样11999919860106001X",
        ),
        (
            "名单上的证件号码应当是1199 9919-8601 ０６００\t1X 请核对",
            "名单上的证件号码应当是1199 9919-8601 ０６００1X",
        ),
        (
            "名单上的证件号码应当是1 1 9 9 9 9 1 9 8 6 0 1 0 6 0 0 1 X",
            "名单上的证件号码应当是1 1 9 9 9 9 1 9 8 6 0 1 0 6 0 0 1 X",
        ),
        (
            "名单上的证件号码要与学籍一致，不是的呢 请核对",
            "名单上的证件号码要与学籍一致，不是的呢",
        ),
    ] {
        assert_eq!(short(text, 20), told, "{text}");
    }
}
