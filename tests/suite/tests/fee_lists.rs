//! Lists of payments that come again: with refunds, with other students of an order, or without their numbers.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_station::wire::{FeeImport, FeeImported, FeeRemove, FeeView, LogQuery, RoundRef};
use zhaoshen_suite::example::TakenIn;

struct Fees {
    round: TakenIn,
    folder: tempfile::TempDir,
}

impl Fees {
    fn new() -> Self {
        Self {
            round: TakenIn::new().unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn student(&self, at: usize) -> (String, String) {
        let student = &self.round.plan.students[at];
        (student.student_no.clone(), student.name.clone())
    }

    fn import(&self, name: &str, text: &str) -> FeeImported {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let (round, path) = (self.round.round, path.display().to_string());
        let station = &self.round.station;
        station.fee_import(FeeImport { round, path }).unwrap()
    }

    fn view(&self) -> FeeView {
        let round = self.round.round;
        self.round.station.fee_show(RoundRef { round }).unwrap()
    }

    fn remove(&self, file: &str) -> FeeView {
        let (round, file) = (self.round.round, file.to_owned());
        let station = &self.round.station;
        station.fee_remove(FeeRemove { round, file }).unwrap()
    }
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
    assert_eq!(told[1].after, "二.csv：0 笔，共 -35 元，更新退款 2 笔");
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
