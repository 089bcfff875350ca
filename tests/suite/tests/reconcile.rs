//! Reconciliation from end to end: receipts read once, given-back photos rejected and taken back, paper, the last page.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod books;

use books::{Books, DELIVERED, adds_up, of};
use calamine::{Reader as _, open_workbook_auto};
use lopdf::Document;
use zhaoshen_station::wire::{
    ClosingSave, LogQuery, PaperAsk, PaperMark, ReceiptsDrop, ReceiptsImport, ReceiptsReject,
    RoundClose,
};

/// Every cell of a workbook, as another library reads it.
fn cells(path: &str) -> String {
    let mut book = open_workbook_auto(path).unwrap();
    let mut text = String::new();
    for (_, range) in book.worksheets() {
        for cell in range.cells() {
            text.push_str(&format!("{}\n", cell.2));
        }
    }
    text
}

#[test]
fn a_receipt_is_read_once_and_what_was_given_back_is_told_to_the_student() {
    let books = Books::new();
    assert_eq!(of(&books.kinds(), "unanswered"), 6);
    let [one, two, three] = [0, 1, 2].map(|at| books.delivered[at].as_str());
    let list = format!(
        "采集单位反馈\n学号,审核结果,驳回原因\n{one},通过,\n{two},驳回,眼镜反光\n{three},待定,\n9999999999,通过,\n"
    );
    let first = books.import("第一周.csv", &list);
    assert_eq!((first.added, first.known, first.returned), (4, 0, 1));
    let cells: Vec<&str> = first
        .unclear
        .iter()
        .map(|cell| cell.cell.as_str())
        .collect();
    assert_eq!(cells, ["B5", "A6"], "{:?}", first.unclear);

    // The same list, the same under another name, and a longer one that holds the same rows.
    assert_eq!(books.import("第一周.csv", &list).added, 0);
    assert_eq!(books.import("改名.csv", &list).added, 0);
    let longer = list.replace("待定", "通过");
    let second = books.import("第二周.csv", &longer);
    assert_eq!((second.added, second.known), (1, 3));

    let kinds = books.kinds();
    assert_eq!(of(&kinds, "returned"), 1);
    assert_eq!(of(&kinds, "unanswered"), 3);
    assert_eq!(of(&kinds, "receipt_unlisted"), 1);
    let row = books.rows("returned").remove(0);
    assert_eq!(row.student_no, two);
    assert!(row.text.contains("眼镜反光") && row.source.contains("第一周.csv"));

    let station = &books.round.station;
    let before = books.rejected_notices();
    let all = ReceiptsReject {
        round: books.round.round,
        receipts: Vec::new(),
    };
    assert_eq!(station.receipts_reject(all.clone()).unwrap().rejected, 1);
    assert!(station.receipts_reject(all).is_err(), "nothing is left");
    let notices = books.rejected_notices();
    assert_eq!(notices.len(), before.len() + 1);
    assert!(notices.iter().any(|text| text.contains("眼镜反光")));
    let kinds = books.kinds();
    assert_eq!(of(&kinds, "returned"), 0);
    assert_eq!(of(&kinds, "not_resubmitted"), 1);

    // And back again: the rejection, then the longer list, then the first.
    let undo = || station.reconcile_undo(books.round()).unwrap().act;
    assert!(undo().unwrap().summary.contains("按回执退回"));
    assert_eq!(of(&books.kinds(), "returned"), 1);
    assert!(undo().is_some());
    let kinds = books.kinds();
    assert_eq!((of(&kinds, "unanswered"), of(&kinds, "unsettled")), (3, 1));
    assert!(undo().is_some());
    assert_eq!(of(&books.kinds(), "unanswered"), 6);
    assert!(undo().is_none());
    station.reconcile_redo(books.round()).unwrap();
    assert_eq!(of(&books.kinds(), "returned"), 1);
}

#[test]
fn rows_are_matched_by_file_and_serial_and_never_guessed() {
    let books = Books::new();
    let files = books.import("序号.csv", "序号,状态\n1,通过\n2,退回：模糊\n");
    assert_eq!((files.added, files.returned), (2, 1));
    let [first, second, third] = [0, 1, 2].map(|at| books.delivered[at].as_str());
    assert_eq!(books.rows("returned")[0].student_no, second);
    // The number of one, the file of another.
    let mixed = books.import(
        "矛盾.csv",
        &format!("学号,文件名,审核结果\n{first},3.jpg,通过\n"),
    );
    assert_eq!(mixed.unclear.len(), 1, "{mixed:?}");
    assert!(mixed.unclear[0].why.contains(third), "{:?}", mixed.unclear);
    assert_eq!(of(&books.kinds(), "receipt_unclear"), 1);
    let stray = books.rows("receipt_unclear")[0].receipt.unwrap();
    let station = &books.round.station;
    let drop = ReceiptsDrop {
        round: books.round.round,
        receipts: vec![stray],
    };
    assert_eq!(station.receipts_drop(drop).unwrap().dropped, 1);
    assert_eq!(of(&books.kinds(), "receipt_unclear"), 0);
    station.reconcile_undo(books.round()).unwrap();
    assert_eq!(of(&books.kinds(), "receipt_unclear"), 1);
    // What is put aside stays so, also when the list comes again, and is asked about where it was not.
    let again = books.rows("receipt_unclear")[0].receipt.unwrap();
    let drop = |receipt| ReceiptsDrop {
        round: books.round.round,
        receipts: vec![receipt],
    };
    station.receipts_drop(drop(again)).unwrap();
    let mixed = format!("学号,文件名,审核结果\n{first},3.jpg,通过\n");
    for name in ["矛盾.csv", "再来.csv"] {
        let read = books.import(name, &mixed);
        assert_eq!(
            (read.added, read.dropped, read.unclear_total),
            (0, 1, 0),
            "{name}"
        );
    }
    assert_eq!(of(&books.kinds(), "receipt_unclear"), 0);
    let returned = books.rows("returned")[0].receipt.unwrap();
    station.receipts_drop(drop(returned)).unwrap();
    let read = books.import(
        "再一次.csv",
        &format!("学号,审核结果\n{second},退回：模糊\n"),
    );
    assert_eq!((read.added, read.dropped), (0, 1));
    station.reconcile_undo(books.round()).unwrap();
    assert_eq!(of(&books.kinds(), "returned"), 1);
    // Two rows of one list disagree about one student.
    let twice = books.import(
        "两种.csv",
        &format!("学号,审核结果\n{third},通过\n{third},退回\n"),
    );
    assert_eq!((twice.added, twice.unclear.len()), (0, 2));
    let why = &twice.unclear[0].why;
    assert!(
        why.starts_with(third) && why.contains("A3") && why.contains("再导入一次"),
        "{why}"
    );
    assert_eq!(of(&books.kinds(), "unanswered"), 4);
}

#[test]
fn the_answer_to_a_second_delivery_is_not_taken_for_the_first() {
    let books = Books::new();
    let one = books.delivered[0].as_str();
    let list = format!("学号,审核结果,驳回原因\n{one},退回,模糊\n");
    books.import("一.csv", &list);
    books
        .round
        .station
        .receipts_reject(ReceiptsReject {
            round: books.round.round,
            receipts: Vec::new(),
        })
        .unwrap();
    // A person passes the photo after all, and it is delivered again.
    let submission = books.round.submission(one).unwrap();
    books.round.decide(submission, "approved").unwrap();
    books.deliver("二");
    assert_eq!(
        (
            of(&books.kinds(), "returned"),
            of(&books.kinds(), "unanswered")
        ),
        (0, DELIVERED as u32),
        "the same photo, passed anew: what was said of the first delivery is no answer to the second"
    );
    assert_eq!(books.import("一.csv", &list).added, 0);

    // A row that names its delivery answers that one, whatever was delivered since.
    let named =
        |delivery: &str| format!("学号,交付,审核结果,驳回原因\n{one},{delivery},退回,模糊\n");
    assert_eq!(books.import("旧.csv", &named("交付 1")).added, 0);
    let unknown = books.import("错.csv", &named("7"));
    assert_eq!(unknown.added, 0);
    assert!(
        unknown.unclear[0].why.contains("第 7 次交付"),
        "{:?}",
        unknown.unclear
    );
    assert_eq!(of(&books.kinds(), "returned"), 0);
    assert_eq!(books.import("新.csv", &named("交付 2")).added, 1);
    let row = books.rows("returned").remove(0);
    assert!(row.source.contains("交付 2"), "{}", row.source);
}

#[test]
fn a_number_with_another_name_is_a_difference_of_that_student() {
    let books = Books::new();
    let [one, two] = [0, 1].map(|at| books.delivered[at].as_str());
    let list = format!(
        "XH,XM,证件号码,BZ\n{one},完全不同,110101199901010015,\n{two},张*,1101**********0015,\n"
    );
    let read = books.import("在校生名单.csv", &list);
    assert_eq!((read.added, read.elsewhere), (2, 0), "{:?}", read.unclear);
    assert_eq!(read.unclear.len(), 0);
    let kinds = books.kinds();
    assert_eq!(of(&kinds, "enrolled_otherwise"), 1);
    let told = books.rows("enrolled_otherwise").remove(0).text;
    assert!(
        told.contains("在校名单“完全不同”") && told.contains("证件号码的"),
        "{told}"
    );
    assert!(!told.contains("110101199901010015"), "{told}");
    let students = books.round.plan.students.len();
    assert_eq!(of(&kinds, "not_enrolled") as usize, students - 2);
}

#[test]
fn the_registers_word_is_held_against_the_books() {
    let books = Books::new();
    let [one, two] = [0, 1].map(|at| books.delivered[at].as_str());
    let list = format!(
        "XH,XM,学历照片状态,图像校对,BZ\n{one},,已采集,有误,\n{two},,未采集,,身份核验未通过\n1111111111,路人,有,,\n"
    );
    let read = books.import("在校生名单.csv", &list);
    assert_eq!((read.added, read.elsewhere), (6, 3));
    let stranger = &read.strangers[0];
    assert_eq!(
        (stranger.cell.as_str(), stranger.why.as_str()),
        ("A4", "1111111111 路人")
    );
    let kinds = books.kinds();
    let students = books.round.plan.students.len();
    assert_eq!(of(&kinds, "not_enrolled") as usize, students - 2);
    assert_eq!(of(&kinds, "compared"), 1);
    assert_eq!(of(&kinds, "confirmed_wrong"), 1);
    assert_eq!(
        of(&kinds, "receipt_unlisted"),
        0,
        "the list is the school's"
    );
    // A state that changes and changes back is each time the newest.
    for (name, word, wrong) in [("二", "正确", 0), ("三", "有误", 1)] {
        let text = format!("学号,图像校对\n{one},{word}\n");
        assert_eq!(books.import(&format!("{name}.csv"), &text).added, 1);
        assert_eq!(of(&books.kinds(), "confirmed_wrong"), wrong, "{word}");
    }
    let bare = format!("学号,姓名\n{one},\n");
    let path = books.folder.path().join("无列.csv");
    std::fs::write(&path, &bare).unwrap();
    let ask = ReceiptsImport {
        round: books.round.round,
        path: path.display().to_string(),
        kind: String::new(),
        delivery: None,
    };
    assert!(books.round.station.receipts_import(ask.clone()).is_err());
    let asked = ReceiptsImport {
        kind: "enrolment".to_owned(),
        ..ask
    };
    assert_eq!(books.round.station.receipts_import(asked).unwrap().known, 1);
}

#[test]
fn paper_photos_are_ticked_off_by_class_and_back() {
    let books = Books::new();
    let station = &books.round.station;
    let classes = station.paper_list(books.round()).unwrap();
    let expected: u32 = classes.iter().map(|class| class.expected).sum();
    assert_eq!(expected as usize, DELIVERED);
    let class = classes.iter().find(|class| class.expected > 0).unwrap();
    let ask = || PaperAsk {
        round: books.round.round,
        college: class.college.clone(),
        class: class.class.clone(),
    };
    let rows = station.paper_class(ask()).unwrap();
    assert_eq!(rows.len(), class.students as usize);
    let due: Vec<i64> = rows
        .iter()
        .filter(|row| row.expected)
        .map(|row| row.student)
        .collect();
    assert_eq!(of(&books.kinds(), "paper_missing"), 0, "none has come");
    let absent = || {
        let sums = station.reconcile_show(books.round()).unwrap().sums;
        let parts = sums.into_iter().flat_map(|sum| sum.parts);
        let mut parts = parts.filter(|part| part.title.starts_with("未到"));
        parts.next().map(|part| (part.title, part.number)).unwrap()
    };
    let (title, number) = absent();
    assert!(
        number as usize == DELIVERED && title.contains("不列为差异"),
        "{number} {title}: what is no difference says why"
    );
    let mark = |arrived| {
        let students = due.clone();
        let round = books.round.round;
        let args = PaperMark {
            round,
            students,
            arrived,
        };
        station.paper_mark(args).unwrap().changed
    };
    assert_eq!(mark(true) as usize, due.len());
    assert_eq!(mark(true), 0);
    let one = PaperMark {
        round: books.round.round,
        students: vec![due[0]],
        arrived: false,
    };
    let said = station.paper_mark(one).unwrap().whom;
    let row = rows.iter().find(|row| row.student == due[0]).unwrap();
    assert_eq!(said, format!("{} {}", row.student_no, row.name));
    let logged = station.log_list(LogQuery {
        round: Some(books.round.round),
        offset: 0,
        limit: 1,
    });
    let logged = logged.unwrap().entries.remove(0).after;
    assert_eq!(logged, format!("取消 1 人：{said}"));
    station.reconcile_undo(books.round()).unwrap();
    assert_eq!(absent().0, "未到");
    assert_eq!(
        of(&books.kinds(), "paper_missing") as usize,
        DELIVERED - due.len()
    );
    // Of a photo that the studio gave back no paper is to come: neither on the class's list nor in the sums.
    let answers = books.delivered.join(",退回,模糊\n");
    books.import(
        "全退.csv",
        &format!("学号,审核结果,驳回原因\n{answers},退回,模糊\n"),
    );
    let classes = station.paper_list(books.round()).unwrap();
    assert!(
        (classes.iter()).all(|class| (class.expected, class.arrived) == (0, 0)),
        "{classes:?}"
    );
    let besides: u32 = classes.iter().map(|class| class.besides).sum();
    assert_eq!(besides as usize, due.len());
    let sums = station.reconcile_show(books.round()).unwrap().sums;
    let paper = sums
        .iter()
        .find(|sum| sum.title.contains("纸质照片"))
        .unwrap();
    let absent = paper
        .parts
        .iter()
        .find(|part| part.title == "未到")
        .unwrap();
    assert_eq!((absent.number, of(&books.kinds(), "paper_missing")), (0, 0));
    station.reconcile_undo(books.round()).unwrap();
    let arrived = |arrived| {
        let rows = station.paper_class(ask()).unwrap();
        rows.iter().filter(|row| row.arrived == arrived).count()
    };
    assert_eq!(arrived(true), due.len());
    let undone = station.reconcile_undo(books.round()).unwrap();
    assert!(undone.act.unwrap().summary.contains("纸质照片"));
    assert_eq!(arrived(true), 0);
}

#[test]
fn the_last_page_adds_up_and_holds_no_identity_number() {
    let books = Books::new();
    let number = &books.round.plan.students[0].id_number;
    books.import(
        "回执.csv",
        &format!("证件号码,审核结果,备注\n{number},驳回,{number}不清\n110101199003077777,通过,\n"),
    );
    let one = &books.delivered[1];
    books.import("待核.csv", &format!("学号,审核结果\n{one},{number}待核\n"));
    let out = tempfile::tempdir().unwrap();
    let folder = || books.round.station.closing_folder(books.round.round);
    folder().unwrap_err();
    let saved = books
        .round
        .station
        .closing_save(ClosingSave {
            round: books.round.round,
            folder: out.path().display().to_string(),
        })
        .unwrap();
    assert_eq!(folder().unwrap(), out.path().display().to_string());
    let document = Document::load(&saved.pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).unwrap();
    assert!(text.contains("签字"), "{text}");
    assert_eq!(pages.len(), 1, "one page to be signed");
    assert!(text.contains("10054"), "{text}");
    assert!(!text.contains("到“"), "no screen is named on paper: {text}");
    let sheet = cells(&saved.workbook);
    for named in ["到“", "点“", "按“"] {
        assert!(!sheet.contains(named), "nor in the workbook: {sheet}");
    }
    assert!(
        sheet.contains("回执看不出接收还是退回") && sheet.contains("待核”"),
        "{sheet}"
    );
    for tail in [number.get(12..).unwrap(), "077777"] {
        assert!(!text.contains(tail) && !sheet.contains(tail), "{tail}");
    }
    let view = books.round.station.reconcile_show(books.round()).unwrap();
    adds_up(&view);
    assert!(sheet.contains(&view.differences.to_string()));
}

#[test]
fn a_round_closed_over_differences_says_why_on_its_last_page() {
    let books = Books::new();
    let station = &books.round.station;
    let close = |reason: &str| {
        station.round_close(RoundClose {
            round: books.round.round,
            reason: reason.to_owned(),
        })
    };
    let open = station.reconcile_show(books.round()).unwrap().differences;
    assert!(open > 0);
    let refused = close(" ").unwrap_err().message;
    assert!(refused.contains("不再处理的理由"), "{refused}");
    assert!(
        station
            .ending_show(books.round())
            .unwrap()
            .closed
            .is_empty()
    );
    let why = "余下学生随下一批采集";
    let ending = close(why).unwrap();
    assert_eq!(
        (ending.left_open, ending.left_open_why.as_str()),
        (open, why)
    );
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().display().to_string();
    let round = books.round.round;
    let saved = station.closing_save(ClosingSave { round, folder }).unwrap();
    let document = Document::load(&saved.pdf).unwrap();
    let text = document.extract_text(&[1]).unwrap();
    assert!(text.contains(why), "{text}");
    assert!(cells(&saved.workbook).contains(why));
    let ask = LogQuery {
        round: Some(round),
        offset: 0,
        limit: 5,
    };
    let log = station.log_list(ask).unwrap();
    assert!(log.entries.iter().any(|row| row.after.contains(why)));
}
