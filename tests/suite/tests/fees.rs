//! The fee ledger: lists read once and again, payments that find their student, and those that do not.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod ledger;

use ledger::Fees;
use zhaoshen_station::wire::{
    DeliveryMode, FeeRemove, FeeRow, FeeSet, FeeUnknownAsk, FeeUnknownPage, LeftOutOf, LogQuery,
    RoundRef, StudentMark,
};
use zhaoshen_suite::import_roster;

#[test]
fn a_list_is_read_once_however_often_it_comes() {
    let fees = Fees::new();
    let [(no, _), (other, name), (third, _)] = [0, 1, 2].map(|at| fees.student(at));
    let bill = format!(
        "交易时间,交易对方,金额,交易单号,备注\n\
         2026-11-03,妈妈,20,A1,{no} 采集费\n2026-11-03,{name},20,A2,/\n\
         2026-11-04,爸爸,20,A3,{third}\n2026-11-04,爸爸,20,A4,{third}\n\
         2026-11-05,路人,20,A5,谢谢\n2026-11-05,路人,不是钱,A6,/\n"
    );
    let first = fees.import("第一周.csv", &bill);
    assert_eq!((first.added, first.known, first.matched), (5, 0, 4));
    assert_eq!(first.skipped.len(), 1);
    let again = fees.import(
        "第二周.csv",
        &format!("{bill}2026-11-06,奶奶,10,A7,{other}\n"),
    );
    assert_eq!((again.added, again.known, again.matched), (1, 5, 1));

    let view = fees.view();
    assert_eq!(
        (view.paid, view.short, view.over),
        (1, 0, 2),
        "{other} paid 30"
    );
    assert_eq!(view.unpaid, view.students - 3);
    assert_eq!((view.sum.as_str(), view.unknown_sum.as_str()), ("90", "20"));
    assert_eq!(view.lists.len(), 2);
    let over = fees.rows("over");
    let mut numbers: Vec<&str> = over
        .rows
        .iter()
        .map(|row| row.student.student_no.as_str())
        .collect();
    numbers.sort_unstable();
    let mut expected = [other.as_str(), third.as_str()];
    expected.sort_unstable();
    assert_eq!(numbers, expected);
    assert!(over.rows.iter().all(|row| row.payments.len() == 2));

    let round = fees.round.round;
    let file = "第二周.csv".to_owned();
    let view = fees
        .round
        .station
        .fee_remove(FeeRemove { round, file })
        .unwrap();
    assert_eq!((view.paid, view.over, view.sum.as_str()), (2, 1, "80"));
}

#[test]
fn two_lists_of_one_file_name_are_two() {
    let fees = Fees::new();
    let [(no, _), (other, _), _] = [0, 1, 2].map(|at| fees.student(at));
    let header = "交易时间,学号,金额,交易单号\n";
    let first = format!("{header}2026-11-03,{no},20,A1\n");
    let longer = format!("{first}2026-11-04,{no},20,A2\n");
    assert_eq!(fees.import("账单.csv", &first).file, "账单.csv");
    // The bill of next week begins as this one does.
    assert_eq!(fees.import("账单.csv", &longer).file, "账单.csv");
    let another = format!("{header}2026-11-03,{other},20,B1\n");
    assert_eq!(fees.import("账单.csv", &another).file, "账单 (2).csv");
    assert_eq!(fees.import("账单.csv", &another).known, 1);
    let (round, file) = (fees.round.round, "账单.csv".to_owned());
    let args = FeeRemove { round, file };
    let left = fees.round.station.fee_remove(args).unwrap().lists;
    let left: Vec<(&str, u32)> = left
        .iter()
        .map(|list| (&*list.file, list.payments))
        .collect();
    assert_eq!(left, [("账单 (2).csv", 1)]);
}

#[test]
fn a_payment_is_given_to_a_student_and_taken_away() {
    let fees = Fees::new();
    fees.import("缴费.csv", "姓名,金额\n无此人,20\n");
    let view = fees.view();
    let payment = view.unknown.first().unwrap();
    assert!(!payment.dismissed && !payment.how.is_empty());
    let row = fees.rows("unpaid").rows.remove(0).student;
    let someone = row.student;
    let given = fees.assign(payment.payment, Some(someone));
    let ask = LogQuery {
        round: Some(fees.round.round),
        offset: 0,
        limit: 2,
    };
    let told = fees.round.station.log_list(ask).unwrap().entries;
    let told = told
        .iter()
        .map(|row| (&*row.act, &*row.before, &*row.after));
    let given_to = format!(
        "{} {}（人工）；20 元，缴费.csv 第 2 行",
        row.student_no, row.name
    );
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("指定缴费人", &*payment.how, &*given_to),
            ("导入缴费记录", "", "缴费.csv：1 笔，共 20 元"),
        ]
    );
    assert_eq!((given.paid, given.unknown.len()), (1, 0));
    let taken = fees.assign(payment.payment, None);
    assert_eq!((taken.paid, taken.unknown.len()), (0, 1));
    assert_eq!((taken.unknown_total, taken.aside_total), (0, 1));
    assert_eq!(
        (taken.unknown_sum.as_str(), taken.aside_sum.as_str()),
        ("0", "20")
    );
    assert!(taken.unknown.first().unwrap().dismissed);
    assert!(
        fees.assign(payment.payment, Some(someone))
            .unknown
            .is_empty()
    );
}

#[test]
fn a_payment_that_fits_several_says_why_and_offers_them() {
    let fees = Fees::new();
    let all = &fees.round.plan.students;
    let is_alone = |name: &str| all.iter().filter(|student| student.name == name).count() == 1;
    let mut alone = all.iter().filter(|student| is_alone(&student.name));
    let (one, other) = (alone.next().unwrap(), alone.next().unwrap());
    fees.import(
        "缴费.csv",
        &format!(
            "学号,姓名,金额,备注\n{},{},20,/\n20990000,{},20,/\n,,20,{} {}\n",
            one.student_no, other.name, one.name, other.student_no, one.name
        ),
    );
    let view = fees.view();
    let [columns, stray, note] = view.unknown.as_slice() else {
        panic!("{:?}", view.unknown);
    };
    for (payment, number, name) in [(columns, one, other), (note, other, one)] {
        let how = &payment.how;
        assert!(how.starts_with("这笔缴费里的"), "{how}");
        for (key, whose) in [("学号", number), ("姓名", name)] {
            let told = format!("{key}是 {} {} 的", whose.student_no, whose.name);
            assert!(how.contains(&told), "{how}");
        }
        let mut offered: Vec<&str> = (payment.candidates.iter())
            .map(|one| one.hit.student_no.as_str())
            .collect();
        offered.sort_unstable();
        let mut expected = [one.student_no.as_str(), other.student_no.as_str()];
        expected.sort_unstable();
        assert_eq!(offered, expected);
    }
    assert_eq!(stray.candidates.len(), 1);
    assert!(
        stray.how.contains("这笔缴费里") && !stray.how.contains("文件名"),
        "{}",
        stray.how
    );
    let chosen = stray.candidates.first().unwrap().hit.student;
    let given = fees.assign(stray.payment, Some(chosen));
    assert_eq!((given.paid, given.unknown.len()), (1, 2));
}

#[test]
fn a_candidate_is_offered_with_what_was_paid_already() {
    let fees = Fees::new();
    let alone = fees.alone();
    let [(no, _), (other_no, other)] = &alone[..2] else {
        panic!("{alone:?}");
    };
    fees.import("一.csv", &format!("学号,金额\n{no},12.5\n"));
    fees.import("二.csv", &format!("学号,姓名,金额\n{no},{other},20\n"));
    let unknown = fees.view().unknown;
    let mut offered: Vec<(&str, &str)> = (unknown[0].candidates.iter())
        .map(|one| (one.hit.student_no.as_str(), one.paid.as_str()))
        .collect();
    offered.sort_unstable();
    let mut expected = [(no.as_str(), "12.50"), (other_no.as_str(), "")];
    expected.sort_unstable();
    assert_eq!(offered, expected);
}

#[test]
fn a_payment_for_two_is_offered_to_both_and_divided() {
    let fees = Fees::new();
    let alone = fees.alone();
    let [(no, one), (other_no, other), (third_no, _)] = &alone[..3] else {
        panic!("{alone:?}");
    };
    fees.import(
        "账单.csv",
        &format!(
            "交易时间,交易对方,金额,交易单号,备注\n\
             2026-11-03,妈妈,40,A1,{one}、{other}\n\
             2026-11-03,爸爸,40,A2,{no} {other_no}\n\
             2026-11-03,奶奶,50,A3,{one}、{other}\n\
             2026-11-03,爷爷,40,A4,{no} {other}\n\
             2026-11-03,妈妈,20,A5,{third_no}\n"
        ),
    );
    let view = fees.view();
    let together: Vec<bool> = view
        .unknown
        .iter()
        .map(|row| !row.together.is_empty())
        .collect();
    // Fifty is not the fee of two, and a number beside another's name is a contradiction.
    assert_eq!(together, [true, true, false, false]);
    let payment = view.unknown.first().unwrap();
    let both: Vec<i64> = (payment.candidates.iter())
        .map(|one| one.hit.student)
        .collect();
    assert!(payment.how.contains("合缴"), "{}", payment.how);
    assert_eq!((view.paid, view.unknown_sum.as_str()), (1, "170"));

    for uneven in [
        vec![(both[0], "20"), (both[1], "10")],
        vec![(both[0], "20"), (both[0], "20")],
        vec![(both[0], "40"), (both[1], "0")],
        vec![(both[0], "40")],
        vec![(both[0], "二十"), (both[1], "20")],
    ] {
        assert!(fees.share(payment.payment, &uneven).is_err(), "{uneven:?}");
    }
    let each = [(both[0], "20"), (both[1], "20")];
    let shared = fees.share(payment.payment, &each).unwrap();
    assert_eq!((shared.paid, shared.over, shared.unknown_total), (3, 0, 3));
    assert_eq!(
        (shared.sum.as_str(), shared.unknown_sum.as_str()),
        ("60", "130")
    );
    assert_eq!(
        (shared.lists[0].payments, shared.lists[0].sum.as_str()),
        (5, "190")
    );
    let rows = fees.rows("paid").rows;
    for (number, _) in &alone[..2] {
        let row = rows.iter().find(|row| row.student.student_no == *number);
        let row = row.unwrap();
        assert_eq!(row.paid, "20");
        let [part] = row.payments.as_slice() else {
            panic!("{row:?}");
        };
        assert_eq!(
            (part.amount.as_str(), part.share.as_deref()),
            ("40", Some("20"))
        );
        assert_eq!(part.how, "2 名学生合缴，共 40 元");
    }
    // The same bill again brings nothing, and the division stands.
    let again = fees.import(
        "账单.csv",
        &format!("交易单号,金额,备注\nA1,40,{one}、{other}\n"),
    );
    assert_eq!((again.added, again.known), (0, 1));
    assert_eq!(fees.view().paid, 3);

    // Divided anew, given to one of them, and taken away.
    let anew = fees.share(payment.payment, &[(both[0], "25"), (both[1], "15")]);
    let anew = anew.unwrap();
    assert_eq!((anew.paid, anew.short, anew.over), (1, 1, 1));
    let given = fees.assign(payment.payment, Some(both[0]));
    assert_eq!((given.paid, given.over, given.sum.as_str()), (1, 1, "60"));
    let shared = fees.share(payment.payment, &each).unwrap();
    assert_eq!((shared.paid, shared.over), (3, 0));
    let taken = fees.assign(payment.payment, None);
    assert_eq!(
        (taken.paid, taken.unknown_total, taken.sum.as_str()),
        (1, 3, "20")
    );
    assert_eq!(taken.aside_total, 1);
    assert!(taken.unknown.last().unwrap().dismissed);
}

#[test]
fn a_share_of_a_student_who_left_the_roster_is_told_and_adds_up() {
    let fees = Fees::new();
    let (station, round) = (&fees.round.station, fees.round.round);
    let late = fees.list("补录.csv", "学号,姓名,证件号码\n2099000001,补录生,\n");
    import_roster(station, round, &late, true).unwrap();
    fees.import("缴费.csv", "单号,金额,备注\nA1,40,谢谢\n");
    let rows = fees.rows("unpaid").rows;
    let id = |is_late: bool| {
        let is_wanted = |row: &&FeeRow| (row.student.student_no == "2099000001") == is_late;
        rows.iter().find(is_wanted).unwrap().student.student
    };
    let payment = fees.view().unknown[0].payment;
    let each = [(id(false), "20"), (id(true), "20")];
    assert_eq!(fees.share(payment, &each).unwrap().paid, 2);
    let undone = station.roster_undo(RoundRef { round }).unwrap();
    assert!(undone.act.is_some());
    let view = fees.view();
    assert_eq!((view.paid, view.unknown_total), (1, 1));
    assert_eq!((view.sum.as_str(), view.unknown_sum.as_str()), ("20", "20"));
    assert!(view.unknown[0].how.contains("已不在名单上"));
}

#[test]
fn every_payment_without_a_student_is_on_a_page_and_found_by_a_search() {
    let fees = Fees::new();
    let rows = (0..2345).map(|n| format!("W{n:05},20,付款人{n}\n"));
    let list = "商户单号,金额,付款人\n".to_owned() + &rows.collect::<String>();
    assert_eq!(fees.import("账单.csv", &list).added, 2345);
    let view = fees.view();
    assert_eq!((view.unknown_total, view.unknown.len()), (2345, 1000));
    let page = |text: &str, offset: u32, limit: u32| -> FeeUnknownPage {
        let asked = FeeUnknownAsk {
            round: fees.round.round,
            text: text.to_owned(),
            offset,
            limit,
        };
        fees.round.station.fee_unknown(asked).unwrap()
    };
    let mut met: Vec<i64> = Vec::new();
    for offset in (0..2345).step_by(1000) {
        let page = page("", offset, 5000);
        assert_eq!(page.total, 2345);
        met.extend(page.rows.iter().map(|row| row.payment));
    }
    met.sort_unstable();
    met.dedup();
    assert_eq!(met.len(), 2345);
    let found = page("付款人2344", 0, 50);
    assert_eq!((found.total, found.rows.len()), (1, 1));
    // Full width and case do not matter; what was put aside is still reached, behind the others.
    fees.assign(found.rows[0].payment, None);
    let found = page("ｗ0234", 0, 50);
    assert_eq!(found.total, 10 - 5);
    assert!(found.rows.last().unwrap().dismissed);
}

#[test]
fn identity_numbers_of_a_list_are_never_shown() {
    let fees = Fees::new();
    let number = fees
        .round
        .plan
        .students
        .iter()
        .map(|student| student.id_number.clone())
        .find(|number| number.len() == 18)
        .unwrap();
    let imported = fees.import(
        "缴费.csv",
        &format!("证件号码,金额,备注\n{number},20,{number}缴\n"),
    );
    assert_eq!(imported.matched, 1);
    let page = serde_json::to_string(&fees.rows("paid")).unwrap();
    assert!(page.contains("20"));
    assert!(!page.contains(&number), "{page}");
}

#[test]
fn who_paid_though_exempt_is_listed_alone_and_counted_the_same() {
    let fees = Fees::new();
    let round = fees.round.round;
    let [(no, _), (other, _)] = [0, 1].map(|at| fees.student(at));
    fees.import("缴费.csv", &format!("学号,金额\n{no},20\n{other},20\n"));
    assert_eq!(fees.rows("exempt").total, 0);
    let paid = fees.rows("paid").rows;
    let row = paid.iter().find(|row| row.student.student_no == no);
    let mark = StudentMark {
        round,
        students: vec![row.unwrap().student.student],
        mark: "left".to_owned(),
        on: true,
        note: String::new(),
    };
    fees.round.station.student_mark(mark).unwrap();
    let exempt = fees.rows("exempt");
    assert_eq!((exempt.total, fees.view().exempt_paid), (1, 1));
    assert_eq!(exempt.rows[0].student.student_no, no);
    assert_eq!(exempt.rows[0].state, "over", "nothing was asked");
}

#[test]
fn only_a_round_that_says_so_holds_photos_back() {
    let fees = Fees::new();
    let round = fees.round.round;
    fees.round.station.example_review(round).unwrap();
    let options = fees
        .round
        .options(DeliveryMode::CollectionCode, "{学号}.jpg");
    let ready = || {
        let preview = fees.round.station.delivery_preview(options.clone());
        preview.unwrap()
    };
    let unpaid = || {
        let left = fees.round.left_out(&options, LeftOutOf::NotReady).unwrap();
        let unpaid = left.into_iter().filter(|row| row.why == "费用未缴清");
        unpaid.collect::<Vec<_>>()
    };
    let all = ready();
    assert!(unpaid().is_empty());
    let set = |fee: &str, hold| {
        let fee = fee.to_owned();
        fees.round.station.fee_set(FeeSet { round, fee, hold })
    };
    let view = set("20", true).unwrap();
    assert!(view.hold);
    let held = ready();
    assert!(unpaid().len() > 1);
    assert_eq!(
        held.not_ready as usize,
        all.not_ready as usize + unpaid().len()
    );
    assert_eq!(held.ready, 0);
    let [why] = held.problems.as_slice() else {
        panic!("{:?}", held.problems)
    };
    assert!(why.contains("费用未缴清"), "{why}");
    // Who pays is delivered.
    let owing = unpaid();
    let student = &owing[0];
    fees.import(
        "缴费.csv",
        &format!("学号,金额\n{},20\n", student.student_no),
    );
    assert_eq!(unpaid().len(), owing.len() - 1);
    assert!(set("二十", true).is_err() && set("-1", true).is_err());
    set("0", true).unwrap();
    assert!(unpaid().is_empty(), "without a fee nobody owes anything");
}
