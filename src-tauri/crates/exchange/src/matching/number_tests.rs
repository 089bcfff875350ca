//! Numbers that machines write into names, on rosters whose 学号 look like them.
#![allow(clippy::unwrap_used)]

use zhaoshen_model::payment::Payment;
use zhaoshen_model::{RoundId, StudentDraft};

use super::tests::{ambiguous, matched};
use super::*;

fn roster(students: &[(&str, &str)]) -> Matcher {
    let listed: Vec<Student> = (1..)
        .zip(students)
        .map(|(id, (student_no, name))| Student {
            id: StudentId(id),
            round: RoundId(1),
            draft: StudentDraft {
                student_no: (*student_no).into(),
                name: (*name).into(),
                ..StudentDraft::default()
            },
        })
        .collect();
    Matcher::new(&listed)
}

#[test]
fn a_date_a_time_or_a_count_is_no_number_of_a_student_unless_a_name_agrees() {
    use MatchKey::{Name, StudentNo};
    let matcher = roster(&[
        ("20211105", "张三"),
        ("20211106", "李四"),
        ("20211107", "王五"),
        ("093012", "赵六"),
        ("0001", "钱七"),
        ("123", "孙八"),
        ("1010001", "周九"),
        ("2021001001", "吴十"),
        ("20190031", "郑一"),
        ("100540000000001", "冯二"),
    ]);
    for (path, expected) in [
        ("IMG_20211105_094512.png", ambiguous(&[1])),
        ("Screenshot_20211106-101010.png", ambiguous(&[2])),
        ("PXL_20211107_101010123.jpg", ambiguous(&[3])),
        ("VID20211107.jpg", ambiguous(&[3])),
        ("微信截图_20211105.png", ambiguous(&[1])),
        ("IMG_20201112_093012.jpg", ambiguous(&[4])),
        ("IMG_0001.jpg", ambiguous(&[5])),
        ("DSC0001.jpg", ambiguous(&[5])),
        ("WeChat_0001.png", ambiguous(&[5])),
        ("IMG_123.jpg", ambiguous(&[6])),
        ("P1010001.jpg", ambiguous(&[7])),
        // The whole name is meant, and so is what a name agrees with.
        ("20211105.png", matched(1, StudentNo)),
        ("20211105 (2).png", matched(1, StudentNo)),
        ("一班/0001.jpg", matched(5, StudentNo)),
        ("123.jpg", matched(6, StudentNo)),
        ("20211105张三.jpg", matched(1, StudentNo)),
        ("IMG_20211105_李四.jpg", ambiguous(&[1, 2])),
        ("0001-钱七.jpg", matched(5, StudentNo)),
        ("张三/IMG_20211105_094512.jpg", matched(1, Name)),
        ("李四/IMG_20211105_094512.jpg", ambiguous(&[1, 2])),
        // Longer numbers, and what is no date, are sure.
        ("IMG_2021001001.jpg", matched(8, StudentNo)),
        ("20190031-照片.jpg", matched(9, StudentNo)),
        ("093012-照片.jpg", matched(4, StudentNo)),
        ("照片100540000000001.jpg", matched(10, StudentNo)),
    ] {
        assert_eq!(matcher.match_path(path), expected, "{path}");
    }
}

#[test]
fn a_number_of_another_shape_beside_a_name_is_for_a_person() {
    let matcher = roster(&[("2021001001", "欧阳文"), ("2021001002", "夏侯惇")]);
    for (path, expected, alone) in [
        ("old/1921000100欧阳文.jpg", ambiguous(&[1]), Some(1)),
        ("2018310150夏侯惇.jpg", ambiguous(&[2]), Some(2)),
        ("夏侯惇 31904567.jpg", ambiguous(&[2]), Some(2)),
        ("S1904567-夏侯惇.jpg", ambiguous(&[2]), Some(2)),
        ("夏侯惇 190456.jpg", ambiguous(&[2]), Some(2)),
        ("夏侯惇 2018110112.jpg", ambiguous(&[2]), Some(2)),
        ("夏侯惇 201811010930.jpg", matched(2, MatchKey::Name), None),
        (
            "夏侯惇 20181101093015123.jpg",
            matched(2, MatchKey::Name),
            None,
        ),
        ("夏侯惇 13812345678.jpg", matched(2, MatchKey::Name), None),
        ("夏侯惇 8613812345678.jpg", matched(2, MatchKey::Name), None),
        ("夏侯惇20211105.jpg", matched(2, MatchKey::Name), None),
        ("夏侯惇19980512.jpg", matched(2, MatchKey::Name), None),
        (
            "IMG_20211105_093012 夏侯惇.jpg",
            matched(2, MatchKey::Name),
            None,
        ),
        (
            "夏侯惇 mmexport1632900000000.jpg",
            matched(2, MatchKey::Name),
            None,
        ),
        ("1921000100.jpg", Matching::Unknown, None),
        (
            "1921000100 2021001001欧阳文.jpg",
            matched(1, MatchKey::StudentNo),
            None,
        ),
    ] {
        assert_eq!(matcher.match_path(path), expected, "{path}");
        assert_eq!(
            matcher.by_name_alone(path),
            alone.map(StudentId),
            "{path}: by name alone"
        );
    }
}

#[test]
fn words_of_files_and_folders_surround_names() {
    let matcher = roster(&[("2021001001", "令狐冲"), ("2021001002", "夏侯惇")]);
    for path in [
        "夏侯惇的采集码.png",
        "夏侯惇二维码.png",
        "夏侯惇先生20220101.jpg",
        "夏侯惇女士.jpg",
        "夏侯惇同学的资料.jpg",
        "夏侯惇的材料/1.jpg",
    ] {
        assert_eq!(
            matcher.match_path(path),
            matched(2, MatchKey::Name),
            "{path}"
        );
    }
}

#[test]
fn a_payment_is_never_given_to_who_paid_against_its_remark() {
    use MatchKey::{Name, StudentNo};
    let matcher = roster(&[
        ("2021001001", "周八"),
        ("2021001002", "吴九"),
        ("123", "小明"),
        ("20211105", "郑十"),
    ]);
    for (payer, note, expected) in [
        ("周八", "替吴九交", matched(2, Name)),
        ("周八", "吴九采集费", matched(2, Name)),
        ("周八", "替吴九缴费", matched(2, Name)),
        ("周八", "给吴九交20", matched(2, Name)),
        ("周八", "吴九的采集费", matched(2, Name)),
        ("周八", "帮舍友吴九付", matched(2, Name)),
        ("周八", "吴九学费", matched(2, Name)),
        ("周八", "室友吴九的", matched(2, Name)),
        ("周八", "吴九", matched(2, Name)),
        (
            "周八",
            "收款方备注:二维码收款付款方留言:吴九",
            matched(2, Name),
        ),
        ("周八", "2021001002", matched(2, StudentNo)),
        ("周八", "退款 2021001002", matched(2, StudentNo)),
        ("周八", "吴九退款", matched(2, Name)),
        ("周八", "代吴九", ambiguous(&[1, 2])),
        ("周八", "周八替吴九", ambiguous(&[1, 2])),
        ("周八", "吴九那一份也一起", ambiguous(&[1, 2])),
        ("周八", "那一份也一起给吴九-周八", ambiguous(&[1, 2])),
        ("周父", "吴九那一份也一起", ambiguous(&[2])),
        ("周八", "周八那一份", matched(1, Name)),
        ("周八", "采集费", matched(1, Name)),
        ("周八", "", matched(1, Name)),
        // 付 is a surname: 付小明 may be somebody else.
        ("周八", "付小明", ambiguous(&[1, 3])),
        ("甲乙丙123", "", ambiguous(&[3])),
        ("小明123", "", matched(3, StudentNo)),
        ("周八", "20211105缴费", ambiguous(&[1, 4])),
        ("郑十", "20211105缴费", matched(4, StudentNo)),
    ] {
        let payment = Payment {
            payer: payer.into(),
            note: note.into(),
            ..Payment::default()
        };
        assert_eq!(matcher.match_payment(&payment), expected, "{payer} {note}");
        if let Matching::Ambiguous { candidates } = expected {
            let told = matcher.payment_keys_told(&payment);
            for student in candidates {
                assert!(told.iter().any(|of| of.0 == student), "{payer} {note}");
            }
        }
    }
}
