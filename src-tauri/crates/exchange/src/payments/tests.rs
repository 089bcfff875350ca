//! Bills and tables as offices have them, made here.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;

fn read(text: &str) -> PaymentTable {
    read_payments_bytes(text.as_bytes(), "账单.csv").unwrap()
}

fn amounts(table: &PaymentTable) -> Vec<i64> {
    table
        .rows
        .iter()
        .map(|row| row.payment.amount_fen)
        .collect()
}

fn why(table: &PaymentTable) -> Vec<(&str, &str)> {
    let skipped = table.skipped.iter();
    skipped
        .map(|row| (row.cell.as_str(), row.why_zh.as_str()))
        .collect()
}

/// The lines above the header, and the columns, of a personal bill.
const BILL: &str = "微信支付账单明细,,,,,,,,\n微信昵称：[研究生院],,,,,,,,\n共4笔记录,,,,,,,,\n\
    收入：3笔 60.00元,,,,,,,,\n,,,,,,,,\n\
    ----------------------微信支付账单明细列表--------------------,,,,,,,,\n\
    交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n";

#[test]
fn a_bill_of_wechat_is_read_below_its_preamble() {
    let table = read(&format!(
        "{BILL}\
         2026-11-03 09:10:11,二维码收款,小明妈妈,\"收款方备注:二维码收款付款方留言:2021310001张三\",收入,¥20.00,/,已收钱,\"1000\t\",1,/\n\
         2026-11-03 09:11:11,二维码收款,李四,/,收入,¥20.00,/,已收钱,1001,2,采集费\n\
         2026-11-03 09:12:11,二维码收款,王五,/,支出,¥20.00,零钱,支付成功,1002,3,/\n\
         2026-11-03 09:13:11,二维码收款,赵六,/,收入,¥20.00,/,已全额退款,1003,4,/\n\
         2026-11-03 09:14:11,二维码收款,钱七,/,收入,¥40.00,/,已退款(￥20.00),1004,5,/\n\
         2026-11-03 09:11:11,二维码收款,李四,/,收入,¥20.00,/,已收钱,1001,2,采集费\n"
    ));
    assert_eq!(table.header_row, 7);
    assert_eq!(amounts(&table), [2000, 2000, 2000]);
    let first = table.rows.first().unwrap();
    assert_eq!((first.row, first.payment.reference.as_str()), (8, "1000"));
    assert_eq!(first.payment.payer, "小明妈妈");
    assert!(
        first.payment.note.contains("2021310001张三"),
        "{}",
        first.payment.note
    );
    assert_eq!(table.rows.get(1).unwrap().payment.note, "采集费");
    assert_eq!(
        why(&table),
        [
            ("F10", "王五，¥20.00，2026-11-03 09:12:11：是支出，不是收款"),
            (
                "F13",
                "李四，¥20.00，2026-11-03 09:11:11：与上面一行的单号相同，只计一次"
            ),
        ]
    );
}

#[test]
fn a_merchants_bill_has_refunds_as_rows_of_their_own() {
    let table = read(
        "交易时间,微信订单号,商户订单号,用户标识,交易状态,应结订单金额,退款金额,商品名称,商户数据包\n\
         `2026-11-03 09:10:11,`4200001,`A1,`oX1,`SUCCESS,`20.00,`0.00,`采集费,`2021310001\n\
         `2026-11-04 09:10:11,`4200001,`A1,`oX1,`REFUND,`0.00,`20.00,`采集费,`2021310001\n\
         总交易单数,应结订单总金额,退款总金额\n`2,`20.00,`20.00\n",
    );
    assert_eq!(amounts(&table), [2000, -2000]);
    let notes: Vec<&str> = table
        .rows
        .iter()
        .map(|row| row.payment.note.as_str())
        .collect();
    assert_eq!(notes, ["采集费 2021310001"; 2]);
    assert_ne!(table.rows[0].key, table.rows[1].key);
    assert_eq!(why(&table), [("F4", "没有金额"), ("F5", "没有金额")]);
}

#[test]
fn a_table_of_the_office_names_the_student() {
    let table = read(
        "学号,姓名,缴费金额,状态\n2021310001,张三,20,已缴\n2021310002,李四,,未缴\n2021310003,王五,廿元,已缴\n2021310004,赵六,20,未支付\n2021310005,钱七,0,\n",
    );
    assert_eq!(amounts(&table), [2000]);
    let named = &table.rows.first().unwrap().payment.named;
    assert_eq!(
        (named.student_no.as_str(), named.name.as_str()),
        ("2021310001", "张三")
    );
    assert_eq!(
        why(&table),
        [
            ("C3", "没有金额"),
            ("C4", "“廿元”不是金额；请写成 20 或 20.50"),
            ("C5", "状态是“未支付”，没有收到钱"),
            ("C6", "金额为 0"),
        ]
    );
}

#[test]
fn without_order_numbers_the_same_row_twice_is_two_payments_each_time() {
    let text = "姓名,金额\n张三,20\n张三,20\n李四,20\n";
    let (once, again) = (read(text), read(text));
    let keys = |table: &PaymentTable| -> Vec<String> {
        table.rows.iter().map(|row| row.key.clone()).collect()
    };
    assert_eq!(keys(&once), keys(&again));
    let different: HashSet<String> = keys(&once).into_iter().collect();
    assert_eq!(different.len(), 3);
}

#[test]
fn what_is_no_list_of_payments_says_what_one_needs() {
    for text in [
        "学号,姓名\n1,张三\n",
        "金额\n20\n",
        "交易时间,金额\n2026,20\n",
    ] {
        let error = read_payments_bytes(text.as_bytes(), "名单.csv").unwrap_err();
        assert!(matches!(error, Error::NotPayments { .. }), "{error}");
        assert!(error.to_string().contains("要有一列金额"), "{error}");
    }
    assert!(read_payments_bytes(b"PK\x03\x04broken", "账单.xlsx").is_err());
}

#[test]
fn a_total_is_no_payment() {
    let table = read(
        "序号,学号,姓名,金额\n1,2021001,张三,20\n2,2021002,合明,20\n合计,,,160\n,小计,,160\n,,共8人,160\n",
    );
    assert_eq!(amounts(&table), [2000, 2000]);
    let told = "是小计、合计一类的行，不是缴费";
    assert_eq!(
        why(&table),
        [
            ("D4", "只有金额，没有写是谁缴的（多半是合计）"),
            ("D5", told),
            ("D6", told),
        ]
    );
}

#[test]
fn another_sheet_of_payments_is_told_and_too_many_rows_are_refused() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["一月", "二月"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, text) in (0..).zip(["学号", "金额"]) {
            sheet.write_string(0, column, text).unwrap();
        }
        sheet.write_string(1, 0, "2021001").unwrap();
        sheet.write_number(1, 1, 20).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let table = read_payments_bytes(&bytes, "账单.xlsx").unwrap();
    assert_eq!(amounts(&table), [2000]);
    let told = why(&table);
    assert!(told[0].1.contains("工作表“二月”"), "{told:?}");
    let tall = "学号,金额\n".to_owned() + &"1,20\n".repeat(200_001);
    let error = read_payments_bytes(tall.as_bytes(), "账单.csv").unwrap_err();
    assert!(matches!(error, Error::SheetTooLarge { .. }), "{error:?}");
}

#[test]
fn one_order_may_be_paid_for_several_students() {
    let header = "单号,学号,金额\n";
    let keys = |rows: &str| -> Vec<(String, String)> {
        let table = read(&format!("{header}{rows}"));
        let keys = table.rows.into_iter();
        keys.map(|row| (row.payment.named.student_no, row.key))
            .collect()
    };
    let both = keys("W001,01,20\nW001,02,20\n");
    assert_eq!(both.len(), 2);
    // Alone, in the other order, or twice, each has the key it had.
    assert_eq!(keys("W001,01,20\n"), both[..1]);
    assert_eq!(keys("W001,02,20\n"), both[1..]);
    let turned = keys("W001,02,20\nW001,01,20\nW001,02,20\n");
    assert_eq!(turned, [both[1].clone(), both[0].clone()]);
    let table = read(&format!("{header}W001,01,20\nW001,01,20\n"));
    assert_eq!(table.rows.len(), 1);
    assert_eq!(why(&table), [("C3", "与上面一行的单号相同，只计一次")]);
}

#[test]
fn an_order_that_was_paid_back_wholly_is_no_payment_and_is_still_known() {
    let header = "单号,金额,退款金额,状态,备注\n";
    let rows = "W1,20,,已全额退款,a\nW2,20,20,SUCCESS,b\nW3,20,5,SUCCESS,c\n,20,,已全额退款,d\n";
    let table = read(&format!("{header}{rows}"));
    assert_eq!(amounts(&table), [1500]);
    let returned = table.returned.iter();
    let returned: Vec<(&str, i64)> = returned
        .map(|row| (row.key.as_str(), row.payment.amount_fen))
        .collect();
    assert_eq!(returned, [("收|W1", 0), ("收|W2", 0)]);
    // Without a number it can be taken from nothing: the cell that says so is named.
    assert_eq!(why(&table), [("D5", "已全额退款")]);
    let before = read(&format!("{header}W1,20,,支付成功,a\n"));
    assert_eq!(before.rows[0].key, table.returned[0].key);
}

/// Two bills pasted one below the other, the earlier first or the later.
#[test]
fn an_order_that_was_paid_back_wholly_further_down_is_paid_back() {
    let header = "单号,金额,状态,备注\n";
    let (paid, back) = ("W1,20,支付成功,a\n", "W1,20,已全额退款,a\n");
    for (rows, told) in [
        ([paid, back, ""], None),
        ([back, paid, ""], Some("B3")),
        ([paid, back, paid], Some("B4")),
        ([back, back, ""], Some("B3")),
    ] {
        let table = read(&format!("{header}{}", rows.concat()));
        assert_eq!(amounts(&table), [] as [i64; 0]);
        let returned: Vec<&str> = table.returned.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(returned, ["收|W1"]);
        let why: Vec<_> = why(&table).into_iter().map(|(cell, _)| cell).collect();
        assert_eq!(why, told.as_slice());
    }
}

#[test]
fn a_number_that_a_spreadsheet_rounded_is_none_and_is_named() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["交易时间", "交易对方", "金额", "交易单号"]) {
        sheet.write_string(0, column, text).unwrap();
    }
    for (row, payer) in (1..).zip(["张三", "李四"]) {
        sheet.write_string(row, 0, "2026-11-01 10:00:00").unwrap();
        sheet.write_string(row, 1, payer).unwrap();
        sheet.write_number(row, 2, 20).unwrap();
        sheet.write_number(row, 3, 4.2e27).unwrap();
    }
    let stored = read_payments_bytes(&book.save_to_buffer().unwrap(), "账单.xlsx").unwrap();
    let written = read(
        "交易时间,交易对方,金额,交易单号\n2026-11-01,张三,20,4.20E+27\n2026-11-01,李四,20,4.20E+27\n2026-11-01,王五,20,E+27\n",
    );
    for (table, payments) in [(stored, 2), (written, 3)] {
        assert_eq!(table.rows.len(), payments);
        let unnumbered = table
            .rows
            .iter()
            .filter(|row| row.payment.reference.is_empty());
        assert_eq!(unnumbered.count(), 2);
        let told = why(&table);
        assert_eq!([told[0].0, told[1].0], ["D2", "D3"]);
        assert!(told[0].1.contains("单号被表格软件存成了数字"), "{told:?}");
    }
}

#[test]
fn a_cell_that_is_no_amount_says_what_it_is() {
    let table = read("姓名,金额\n张三,90000000\n张三,\"¥1,000,000.01\"\n李四,20元整\n王五,两百\n");
    assert_eq!(amounts(&table), [2000]);
    let above = "超过 1000000 元，多半不是金额";
    assert_eq!(
        why(&table),
        [
            ("B2", &*format!("“90000000”{above}")),
            ("B3", &*format!("“¥1,000,000.01”{above}")),
            ("B5", "“两百”不是金额；请写成 20 或 20.50"),
        ]
    );
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["姓名", "金额"]) {
        sheet.write_string(0, column, text).unwrap();
    }
    sheet.write_string(1, 0, "张三").unwrap();
    sheet.write_boolean(1, 1, true).unwrap();
    sheet.write_string(2, 0, "李四").unwrap();
    sheet.write_number(2, 1, 1e308).unwrap();
    let table = read_payments_bytes(&book.save_to_buffer().unwrap(), "账单.xlsx").unwrap();
    let told = why(&table);
    assert!(told[0].1.starts_with("金额是逻辑值"), "{told:?}");
    assert!(
        told[1].1.starts_with("金额是数字格式，超过 15 位"),
        "{told:?}"
    );
}

#[test]
fn each_refund_of_an_order_has_a_key_of_its_own() {
    let keys = |text: &str| -> Vec<String> {
        let rows = read(text).rows.into_iter();
        rows.map(|row| row.key).collect()
    };
    let numbered = "交易时间,微信订单号,金额,退款金额,微信退款单号,备注\n\
        03-01,W1,40,0,0,/\n03-02,W1,0,10,5001,/\n03-02,W1,0,10,5002,/\n03-02,W1,0,10,5002,/\n";
    assert_eq!(keys(numbered), ["收|W1", "退款5001|W1", "退款5002|W1"]);
    let unnumbered = "交易时间,单号,金额,备注\n\
        03-01,W1,40,/\n03-02,W1,-10,/\n03-03,W1,-10,/\n03-03,W1,-5,/\n03-03,W1,-5,/\n";
    assert_eq!(
        keys(unnumbered),
        [
            "收|W1",
            "退@03-02 -1000|W1",
            "退@03-03 -1000|W1",
            "退@03-03 -500|W1"
        ]
    );
}

#[test]
fn an_expense_is_a_refund_where_the_bill_says_so() {
    for (kind, state, note, fen) in [
        ("二维码收款-退款", "支付成功", "/", Some(-2000)),
        ("二维码收款-退款", "已退款", "/", Some(-2000)),
        ("转账", "支付成功", "退款 2021310001", Some(-2000)),
        ("转账", "退款成功", "/", Some(-2000)),
        ("商户消费", "支付成功", "/", None),
        ("商户消费", "已全额退款", "退款", None),
        ("退款", "支付失败", "/", None),
    ] {
        let table = read(&format!(
            "交易类型,收/支,金额,当前状态,交易单号,备注\n{kind},支出,20,{state},X1,{note}\n"
        ));
        let rows = table.rows.iter();
        let read: Vec<(i64, bool)> = rows
            .map(|row| (row.payment.amount_fen, row.is_spent))
            .collect();
        let expected: Vec<(i64, bool)> = fen.into_iter().map(|fen| (fen, true)).collect();
        assert_eq!(read, expected, "{kind} {state} {note}");
        assert_eq!(table.skipped.is_empty(), fen.is_some(), "{kind} {state}");
    }
}
