//! Lists of payments that come again: with refunds, with other students of an order, or without their numbers.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod ledger;

use ledger::Fees;
use zhaoshen_station::wire::{FeePart, FeeShare, LogQuery, StudentSearch};

const HEADER: &str = "交易时间,金额,当前状态,交易单号,备注\n";

/// What the newest row of the log tells.
fn newest(fees: &Fees) -> String {
    let ask = LogQuery {
        round: Some(fees.round.round),
        offset: 0,
        limit: 1,
    };
    let told = fees.round.station.log_list(ask).unwrap().entries;
    told[0].after.clone()
}

#[test]
fn a_list_is_counted_alike_wherever_it_is_told() {
    let fees = Fees::new();
    let [(no, _), (other, _)] = [0, 1].map(|at| fees.student(at));
    // A student who paid, one who was paid back wholly by the state of the row, a stranger, and one with a refund's own row.
    let bill = format!(
        "交易时间,金额,当前状态,交易单号,备注\n\
         2026-11-01,20,支付成功,W1,{no}\n\
         2026-11-02,20,已全额退款,W2,{other}\n\
         2026-11-03,20,支付成功,W3,路人\n\
         2026-11-04,20,支付成功,W4,{other}\n\
         2026-11-05,-20,退款成功,W4,{other}\n"
    );
    let done = fees.import("账单.csv", &bill);
    assert_eq!(
        (done.added, done.matched, done.refunds),
        (4, 3, 2),
        "{done:?}"
    );
    assert_eq!((done.known, done.updated), (0, 0), "{done:?}");
    assert_eq!(done.skipped_total, 0, "{done:?}");
    let list = &fees.view().lists[0];
    assert_eq!((list.payments, list.sum.as_str()), (4, "80"));
    assert_eq!((list.refunds, list.refunded.as_str()), (2, "40"));
    assert_eq!(
        newest(&fees),
        "账单.csv：4 笔，共 80 元，退款 2 笔，共 40 元"
    );
    // Read again all of it is known.
    let again = fees.import("账单.csv", &bill);
    assert_eq!(
        (again.added, again.refunds, again.known),
        (0, 0, 5),
        "{again:?}"
    );
}

/// By the state of its payment's row and by a row of its own, in one list and in two.
#[test]
fn a_refund_that_is_told_twice_is_counted_once() {
    let paid = "2026-11-01,20,已全额退款,W1,";
    let back = "2026-11-05,-20,退款成功,W1,";
    for rows in [[paid, back], [back, paid]] {
        let fees = Fees::new();
        let (no, _) = fees.student(0);
        let rows = rows.map(|row| format!("{row}{no}\n")).concat();
        let done = fees.import("账单.csv", &format!("{HEADER}{rows}"));
        let counts = (done.added, done.refunds, done.updated, done.known);
        assert_eq!(counts, (1, 1, 0, 0), "{done:?}");
        let list = &fees.view().lists[0];
        assert_eq!((list.payments, list.refunds), (1, 1));
        assert_eq!(
            newest(&fees),
            "账单.csv：1 笔，共 20 元，退款 1 笔，共 20 元"
        );
        fees.remove("账单.csv");
        assert_eq!(
            newest(&fees),
            "账单.csv：1 笔，共 20 元，退款 1 笔，共 20 元"
        );
    }
    let fees = Fees::new();
    let (no, _) = fees.student(0);
    fees.import("一.csv", &format!("{HEADER}{paid}{no}\n"));
    let later = fees.import("二.csv", &format!("{HEADER}{back}{no}\n"));
    let counts = (later.added, later.refunds, later.updated, later.known);
    assert_eq!(counts, (0, 0, 0, 1), "{later:?}");
    assert_eq!(newest(&fees), "二.csv：0 笔，共 0 元");
    assert_eq!(fees.view().sum, "0");
}

/// One order of several students, paid and paid back as a whole within one list.
#[test]
fn a_refund_of_several_in_the_list_of_their_payments_is_new() {
    let fees = Fees::new();
    let rows = [0, 1, 2].map(|at| format!("2026-11-01,20,支付成功,W1,{}\n", fees.student(at).0));
    let back = "2026-11-05,-60,退款成功,W1,\n";
    let header = HEADER.replace("备注", "学号");
    let done = fees.import("账单.csv", &format!("{header}{}{back}", rows.concat()));
    let counts = (done.added, done.refunds, done.updated, done.known);
    assert_eq!(counts, (3, 3, 0, 0), "{done:?}");
    let list = &fees.view().lists[0];
    assert_eq!((list.payments, list.refunds), (3, 3));
}

#[test]
fn a_refund_that_comes_with_a_later_bill_is_booked_once_and_goes_with_it() {
    let fees = Fees::new();
    let [(no, _), (other, _), (third, _)] = [0, 1, 2].map(|at| fees.student(at));
    let header = "交易时间,金额,当前状态,交易单号,备注\n";
    let bill = |states: [&str; 3]| {
        let rows = [&no, &other, &third].into_iter().zip(states).zip(1..);
        let rows = rows.map(|((no, state), n)| format!("2026-11-0{n},20,{state},W{n},{no}\n"));
        header.to_owned() + &rows.collect::<String>()
    };
    let before = bill(["支付成功"; 3]);
    let after = bill(["已全额退款", "已退款(￥15.00)", "支付成功"]);
    assert_eq!(fees.import("一.csv", &before).added, 3);
    for updated in [2, 0] {
        let done = fees.import("二.csv", &after);
        assert_eq!((done.added, done.updated), (0, updated));
        let view = fees.view();
        assert_eq!((view.paid, view.short, view.sum.as_str()), (1, 1, "25"));
    }
    let ask = LogQuery {
        round: Some(fees.round.round),
        offset: 0,
        limit: 2,
    };
    let told = fees.round.station.log_list(ask).unwrap().entries;
    assert_eq!(told[1].after, "二.csv：0 笔，共 0 元，退款 2 笔，共 35 元");
    // The bill of the week before undoes nothing, and says so.
    let older = fees.import("一.csv", &before);
    assert_eq!((older.added, older.updated, older.skipped.len()), (0, 0, 2));
    assert!(older.skipped[0].why.contains("账上是 0 元"), "{older:?}");
    assert_eq!(fees.view().sum, "25");
    assert_eq!(fees.remove("二.csv").sum, "60");
    fees.import("二.csv", &after);
    let view = fees.remove("一.csv");
    assert_eq!((view.sum.as_str(), view.lists.len()), ("0", 0));
}

#[test]
fn an_order_of_several_students_is_each_ones_whatever_list_comes_first() {
    let fees = Fees::new();
    let [(no, name), (other, _)] = [0, 1].map(|at| fees.student(at));
    let of = |rows: &[&str]| {
        let rows = rows.iter().map(|no| format!("{no},20,ORD1\n"));
        "学号,金额,订单号\n".to_owned() + &rows.collect::<String>()
    };
    for first in [&no, &other] {
        assert_eq!(fees.import("部分.csv", &of(&[first])).added, 1);
        let whole = fees.import("全部.csv", &of(&[&no, &other]));
        assert_eq!((whole.added, whole.known), (1, 1));
        assert_eq!(fees.view().paid, 2);
        // With the name beside the number it is the same payment.
        let named = format!("学号,姓名,金额,订单号\n{no},{name},20,ORD1\n");
        assert_eq!(fees.import("姓名.csv", &named).known, 1);
        fees.remove("全部.csv");
        assert_eq!(fees.remove("部分.csv").paid, 0);
    }
}

#[test]
fn a_bill_whose_numbers_a_spreadsheet_rounded_doubles_nothing() {
    let fees = Fees::new();
    let [(no, _), (other, _)] = [0, 1].map(|at| fees.student(at));
    let bill = |numbers: [&str; 2]| {
        format!(
            "交易时间,交易对方,商品,金额(元),交易单号\n\
             2026-11-01 10:00:00,妈妈,{no},20,{}\n2026-11-01 10:01:00,爸爸,{other},20,{}\n",
            numbers[0], numbers[1]
        )
    };
    let (rounded, written) = (["4.20E+27"; 2], ["4200000001", "4200000002"]);
    for lists in [[rounded, written], [written, rounded]] {
        let first = fees.import("一.csv", &bill(lists[0]));
        assert_eq!(first.added, 2);
        let then = fees.import("二.csv", &bill(lists[1]));
        assert_eq!((then.added, then.known), (0, 2));
        let told = then.skipped.iter();
        let alike = told.filter(|row| row.why.contains("一.csv 第 "));
        assert_eq!(alike.count(), 2, "{:?}", then.skipped);
        assert_eq!(fees.view().paid, 2);
        assert_eq!(fees.remove("一.csv").paid, 0);
    }
}

const BILL: &str = "交易时间,交易类型,收/支,交易对方,金额,当前状态,交易单号,备注\n";

#[test]
fn a_refund_in_rows_of_its_own_and_in_the_payments_row_is_one() {
    let [paid, back, gone] = [
        "2026-03-01 10:00:00,收款,收入,张,20,支付成功,42000001,",
        "2026-03-02 10:00:00,退款,收入,张,-20,退款成功,42000001,",
        "2026-03-01 10:00:00,收款,收入,张,20,已全额退款,42000001,",
    ];
    for rows in [[paid, back, gone], [back, paid, gone], [gone, back, paid]] {
        let fees = Fees::new();
        let (no, _) = fees.student(0);
        for (n, row) in (1..).zip(rows) {
            fees.import(&format!("{n}.csv"), &format!("{BILL}{row}{no}\n"));
        }
        let view = fees.view();
        assert_eq!((view.sum.as_str(), view.paid, view.over), ("0", 0, 0));
        // What is paid anew counts.
        let anew = format!("{BILL}2026-03-05 10:00:00,收款,收入,张,20,支付成功,42000007,{no}\n");
        fees.import("4.csv", &anew);
        assert_eq!(fees.view().paid, 1);
    }
}

#[test]
fn every_refund_of_an_order_counts() {
    let fees = Fees::new();
    let (no, _) = fees.student(0);
    let header =
        "交易时间,微信订单号,用户标识,交易状态,应结订单金额,微信退款单号,退款金额,商户数据包\n";
    let rows = [
        "`2026-03-01 10:00:00,`4200000001,`oA,`SUCCESS,`40.00,`0,`0.00,`",
        "`2026-03-02 10:00:00,`4200000001,`oA,`REFUND,`0.00,`5001,`10.00,`",
        "`2026-03-02 10:00:00,`4200000001,`oA,`REFUND,`0.00,`5002,`10.00,`",
    ];
    let rows = rows.map(|row| format!("{row}{no}\n"));
    for (n, row) in (1..).zip(&rows) {
        let done = fees.import(&format!("{n}.csv"), &format!("{header}{row}"));
        assert_eq!(
            (done.added + done.refunds, done.skipped_total),
            (1, 0),
            "{row}"
        );
    }
    assert_eq!(fees.view().sum, "20");
    let whole = fees.import("全.csv", &format!("{header}{}", rows.concat()));
    assert_eq!((whole.added, whole.known, whole.skipped_total), (0, 3, 0));
    assert_eq!((fees.view().sum.as_str(), fees.view().paid), ("20", 1));
}

#[test]
fn a_bill_without_payers_that_excel_saved_again_doubles_nothing() {
    let fees = Fees::new();
    let [(no, _), (other, _)] = [0, 1].map(|at| fees.student(at));
    let header = "交易时间,交易单号,金额,备注\n";
    let first = fees.import(
        "原.csv",
        &format!(
            "{header}2026-03-01 10:00:00,4200000000000000000000000001,20.00,{no}\n\
             2026-03-01 10:00:05,4200000000000000000000000002,20.00,{other}\n"
        ),
    );
    assert_eq!((first.added, first.matched), (2, 2));
    let again = fees.import(
        "另存.csv",
        &format!("{header}2026/3/1 10:00,4.2E+27,20,{no}\n2026/3/1 10:00,4.2E+27,20,{other}\n"),
    );
    assert_eq!((again.added, again.known), (0, 2));
    assert_eq!((fees.view().paid, fees.view().over), (2, 0));
}

#[test]
fn an_expense_that_is_plainly_a_refund_is_one() {
    let fees = Fees::new();
    let (no, _) = fees.student(0);
    let row = |what: &str| format!("{BILL}2026-03-0{what}\n");
    let paid = row(&format!("1,二维码收款,收入,张,20,已收钱,W1,{no}"));
    assert_eq!(fees.import("一.csv", &paid).matched, 1);
    for (n, what, why) in [
        (
            2,
            "2,商户消费,支出,文具店,20,支付成功,X1,/",
            "是支出，不是收款",
        ),
        (
            3,
            "2,商户消费,支出,文具店,20,已全额退款,X2,/",
            "是支出，不是收款",
        ),
        (
            4,
            "2,二维码收款-退款,支出,张,20,支付成功,X3,/",
            "写明学号和金额",
        ),
    ] {
        let done = fees.import(&format!("{n}.csv"), &row(what));
        assert_eq!((done.added, done.skipped_total), (0, 1), "{what}");
        assert!(done.skipped[0].why.contains(why), "{:?}", done.skipped);
        assert_eq!(fees.view().paid, 1);
    }
    let back = row(&format!(
        "2,二维码收款-退款,支出,张,20,支付成功,X4,退款 {no}"
    ));
    let done = fees.import("五.csv", &back);
    assert_eq!((done.added, done.refunds), (0, 1), "{done:?}");
    assert_eq!((fees.view().paid, fees.view().sum.as_str()), (0, "0"));
    // The payment's own row tells the same refund.
    let gone = row(&format!("1,二维码收款,收入,张,20,已全额退款,W1,{no}"));
    fees.import("六.csv", &gone);
    assert_eq!(fees.view().sum, "0");
}

#[test]
fn what_was_told_as_paid_back_is_not_told_as_left_out_too() {
    let fees = Fees::new();
    let (no, _) = fees.student(0);
    let bill = |state: &str| format!("{BILL}2026-03-01,收款,收入,张,20,{state},W1,{no}\n");
    fees.import("一.csv", &bill("支付成功"));
    let done = fees.import("二.csv", &bill("已全额退款"));
    assert_eq!((done.updated, done.skipped_total), (1, 0), "{done:?}");
}

#[test]
fn a_list_tells_which_others_hold_its_payments_before_they_go_with_it() {
    let fees = Fees::new();
    let rows = |numbers: &[&str]| {
        let rows = numbers
            .iter()
            .map(|number| format!("2026-03-01,收款,收入,张,20,支付成功,{number},/\n"));
        format!("{BILL}{}", rows.collect::<String>())
    };
    let also_in = |file: &str| {
        let lists = fees.view().lists.into_iter();
        let mut found = lists.filter(|list| list.file == file);
        found.next().map(|list| list.also_in)
    };
    fees.import("一.csv", &rows(&["W1", "W2"]));
    fees.import("二.csv", &rows(&["W2", "W3"]));
    fees.import("三.csv", &rows(&["W1", "W2"]));
    assert_eq!(also_in("一.csv").unwrap(), ["三.csv", "二.csv"]);
    assert_eq!(also_in("二.csv").unwrap(), [""; 0]);
    fees.remove("一.csv");
    assert_eq!(fees.view().lists.len(), 1);
    // Read again as was told, they bring the payments themselves.
    fees.import("二.csv", &rows(&["W2", "W3"]));
    fees.import("三.csv", &rows(&["W1", "W2"]));
    assert_eq!(also_in("二.csv").unwrap(), ["三.csv"]);
    assert_eq!(also_in("三.csv").unwrap(), [""; 0]);
    assert_eq!(fees.view().unknown_total, 3);
}

#[test]
fn a_payment_nobody_made_that_was_paid_back_is_nothing_to_handle() {
    let fees = Fees::new();
    let bill = |state: &str| format!("{BILL}2026-03-01,收款,收入,路人,20,{state},W1,/\n");
    fees.import("一.csv", &bill("支付成功"));
    assert_eq!((fees.view().unknown_total, fees.view().aside_total), (1, 0));
    fees.import("二.csv", &bill("已全额退款"));
    let view = fees.view();
    assert_eq!((view.unknown_total, view.aside_total), (0, 2));
    assert_eq!(
        (view.unknown_sum.as_str(), view.aside_sum.as_str()),
        ("0", "0")
    );
    assert!(
        view.unknown
            .iter()
            .all(|row| row.dismissed && row.how.contains("已全额退款"))
    );
}

#[test]
fn a_divided_payment_that_is_paid_back_is_paid_back_to_each() {
    let fees = Fees::new();
    let rows = |state: &str, more: &str| {
        format!("{BILL}2026-03-01 10:00:00,收款,收入,妈妈,40,{state},W1,/\n{more}")
    };
    fees.import("一.csv", &rows("支付成功", ""));
    let (station, round) = (&fees.round.station, fees.round.round);
    let both = [0, 1].map(|at| {
        let text = fees.student(at).0;
        let found = station
            .student_search(StudentSearch { round, text })
            .unwrap();
        found[0].student
    });
    let share = |payment: i64, amount: &str| {
        let shares = both.map(|student| FeePart {
            student,
            amount: amount.to_owned(),
        });
        let shares = shares.to_vec();
        let args = FeeShare {
            round,
            payment,
            shares,
        };
        station.fee_share(args).unwrap()
    };
    assert_eq!(share(fees.view().unknown[0].payment, "20").paid, 2);
    let ask = LogQuery {
        round: Some(round),
        offset: 0,
        limit: 1,
    };
    let told = station.log_list(ask).unwrap().entries.remove(0).after;
    for at in [0, 1] {
        let (no, name) = fees.student(at);
        assert!(told.contains(&format!("{no} {name} 20 元")), "{told}");
    }
    // In part it is a person's to say to whom, with the shares proposed.
    let part = "2026-03-02 10:00:00,退款,收入,妈妈,-10,退款成功,W1,/\n";
    fees.import("二.csv", &rows("支付成功", part));
    let view = fees.view();
    let [back] = view.unknown.as_slice() else {
        panic!("{:?}", view.unknown);
    };
    let proposed: Vec<(i64, &str)> = (back.together.iter())
        .map(|part| (part.student, part.amount.as_str()))
        .collect();
    assert_eq!(proposed, both.map(|student| (student, "-5")));
    assert!(back.how.contains("合缴的一笔的退款"), "{}", back.how);
    let view = share(back.payment, "-5");
    assert_eq!((view.short, view.unknown_total), (2, 0));
    // The rest goes back to each at once.
    let rest = "2026-03-03 10:00:00,退款,收入,妈妈,-30,退款成功,W1,/\n";
    fees.import("三.csv", &rows("已全额退款", &format!("{part}{rest}")));
    let view = fees.view();
    assert_eq!((view.short, view.paid, view.unknown_total), (0, 0, 0));
    assert_eq!((view.sum.as_str(), view.unknown_sum.as_str()), ("0", "0"));
}
