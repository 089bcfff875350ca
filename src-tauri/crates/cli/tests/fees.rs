//! The fee ledger on the terminal: read, mended, and what is refused with its remedy.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod round;
mod said;

use round::Round;
use said::zhaoshen;

const ROSTER: &str = "学号,姓名,学院\n2020310001,张小明,经济学院\n2021310002,李娜,法学院\n";

#[test]
fn a_payment_made_for_two_is_divided_among_them() {
    let round = Round::of(ROSTER);
    let run = |arguments: &[&str]| round.run(arguments);
    let bill = "交易单号,付款人,金额\nW1,妈妈,40\n";
    let bill = round.write("账单.csv", bill.as_bytes());
    assert_eq!(run(&["fees", "import", &bill]).0, 0);
    let share = |parts: &[&str]| run(&[&["fees", "share", "1"], parts].concat());

    for (parts, why) in [
        (vec!["2020310001=20", "2021310002=10"], "加起来要正好"),
        (vec!["2020310001=20", "2021310002"], "学号=金额"),
        (vec!["2020310001=20", "2099=20"], "2099"),
    ] {
        let (status, said) = share(&parts);
        assert!(status == 2 && said.contains(why), "{parts:?}: {said}");
        assert_eq!(run(&["fees", "list", "--state", "unknown"]).0, 1);
    }
    let (status, said) = share(&["2020310001=25", "2021310002＝15"]);
    assert!(status == 0 && said.contains("分给 2 名学生"), "{said}");
    assert_eq!(run(&["fees", "list", "--state", "unknown"]).0, 0);
    let (_, listed) = run(&["fees", "list"]);
    for line in [
        "2020310001\t张小明\t多缴\t25\t编号 1：25 元",
        "2021310002\t李娜\t少缴\t15\t编号 1：15 元",
    ] {
        assert!(listed.contains(line), "{listed}");
    }
}

#[test]
fn a_payment_is_given_to_a_student_and_a_list_taken_out() {
    let round = Round::of(ROSTER);
    let run = |arguments: &[&str]| round.run(arguments);
    let bill_text = "交易单号,付款人,金额\nW1,妈妈,20\n";
    let bill = round.write("账单.csv", bill_text.as_bytes());
    assert_eq!(run(&["fees", "import", &bill]).0, 0);

    let (status, unknown) = run(&["fees", "list", "--state", "unknown"]);
    assert!(status == 1 && unknown.starts_with("1\t20\t"), "{unknown}");
    let (status, said) = run(&["fees", "assign", "1", "2021310002"]);
    assert!(status == 0 && said.contains("记到 2021310002"), "{said}");
    let (_, listed) = run(&["fees", "list", "--state", "paid"]);
    assert!(
        listed.contains("2021310002") && listed.contains("编号 1：20 元"),
        "{listed}"
    );
    assert_eq!(run(&["fees", "assign", "1", "--nobody"]).0, 0);
    // What was put aside is still listed, and asks for nothing.
    let (status, listed) = run(&["fees", "list", "--state", "unknown"]);
    assert!(status == 0 && listed.contains("不属于本批次"), "{listed}");

    let (status, said) = run(&["fees", "remove", "账单"]);
    assert!(
        status == 2 && said.contains("已导入的有：账单.csv"),
        "{said}"
    );
    // A copy under another name brings nothing, and says with what list its payments go.
    let copy = round.write("副本.csv", bill_text.as_bytes());
    assert_eq!(run(&["fees", "import", &copy]).0, 0);
    let (status, said) = run(&["fees", "remove", "副本.csv"]);
    assert!(
        status == 2 && said.contains("先导入的“账单.csv”名下"),
        "{said}"
    );
    let (status, said) = run(&["fees", "remove", "账单.csv"]);
    assert!(status == 0 && said.contains("1 笔"), "{said}");
    assert_eq!(run(&["fees", "list", "--state", "unknown"]).0, 0);

    // What is refused says what to do on the terminal.
    let (status, said) = run(&["review", "approve", "2021310002"]);
    assert!(status != 0 && said.contains("还没有交照片"), "{said}");
    let (status, said) = run(&["review", "list", "--queue", "unmatched"]);
    assert!(status == 2 && said.contains("pending"), "{said}");
    let nobody = round.path("没有姓名的");
    let unsigned = |arguments: &[&str]| zhaoshen(&nobody, arguments, "");
    assert_eq!(unsigned(&["round", "new", "--name", "批次"]).0, 0);
    let (status, said) = unsigned(&["fees", "import", &bill]);
    assert!(status == 2 && said.contains("--as 姓名"), "{said}");
    assert!(!said.contains("右上角"), "{said}");
    let (status, said) = run(&["roster", "import", &round.path("")]);
    assert!(
        status == 2 && said.contains("这是文件夹而不是文件"),
        "{said}"
    );
}
