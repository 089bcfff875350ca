//! Names of files as students write them, and the traps in them.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use zhaoshen_model::{RoundId, StudentDraft};

use super::*;

pub(super) const ID_A: &str = "11010519491231002X";
const ID_B: &str = "440524188001010014";

fn student(id: i64, student_no: &str, name: &str, id_number: &str) -> Student {
    Student {
        id: StudentId(id),
        round: RoundId(1),
        draft: StudentDraft {
            student_no: student_no.into(),
            name: name.into(),
            id_number: id_number.into(),
            exam_no: format!("10054{id:010}"),
            college: "电气与电子工程学院".into(),
            major: "电气工程".into(),
            class: "研电2101班".into(),
            ..StudentDraft::default()
        },
    }
}

pub(super) fn matcher() -> Matcher {
    Matcher::new(&[
        student(1, "2021001001", "张三", ID_A),
        student(2, "2021001002", "李四", ID_B),
        student(3, "2021001003", "王小明", ""),
        student(4, "2021001004", "小明", ""),
        student(5, "2021001005", "王芳", ""),
        student(6, "2021001006", "王芳", ""),
        student(7, "2021001007", "阿依努尔·买买提", ""),
        student(8, "2021001008", "John Smith", "E12345678"),
        student(9, "2021001009", "刘\u{4DAE}", "H1234567801"),
        student(10, "2021001010", "阳小明", ""),
        student(11, "BX21001011", "赵电气", ""),
    ])
}

pub(super) fn matched(student: i64, by: MatchKey) -> Matching {
    Matching::Matched {
        student: StudentId(student),
        by,
    }
}

pub(super) fn ambiguous(candidates: &[i64]) -> Matching {
    Matching::Ambiguous {
        candidates: candidates.iter().copied().map(StudentId).collect(),
    }
}

pub(super) fn check(cases: &[(&str, Matching)]) {
    let matcher = matcher();
    for (path, expected) in cases {
        assert_eq!(&matcher.match_path(path), expected, "{path}");
    }
}

#[test]
fn one_key_in_the_file_name_is_enough() {
    use MatchKey::{ExamNo, IdNumber, Name, StudentNo};
    check(&[
        ("2021001001.jpg", matched(1, StudentNo)),
        ("照片/２０２１００１００１.JPG", matched(1, StudentNo)),
        ("bx21001011.jpeg", matched(11, StudentNo)),
        ("IMG2021001001.jpg", matched(1, StudentNo)),
        ("11010519491231002x.jpg", matched(1, IdNumber)),
        (
            "身份证１１０１０５１９４９１２３１００２Ｘ.jpg",
            matched(1, IdNumber),
        ),
        ("h12345678.jpg", matched(9, IdNumber)),
        ("H1234567802.jpg", matched(9, IdNumber)),
        ("100540000000002.jpg", matched(2, ExamNo)),
        ("张三.jpg", matched(1, Name)),
        ("张 三.jpg", matched(1, Name)),
        ("刘\u{E863}.jpg", matched(9, Name)),
        ("阿依努尔•买买提.jpg", matched(7, Name)),
        ("阿依努尔 ・ 买买提.jpg", matched(7, Name)),
        ("john  smith.jpg", matched(8, Name)),
        ("John Smith-照片.jpg", matched(8, Name)),
    ]);
}

#[test]
fn a_name_of_several_parts_is_known_with_and_without_its_dots() {
    use MatchKey::{Name, StudentNo};
    check(&[
        ("阿依努尔买买提.jpg", matched(7, Name)),
        ("2021001007-阿依努尔买买提.jpg", matched(7, StudentNo)),
        ("我是阿依努尔买买提的照片.jpg", matched(7, Name)),
        ("2021001001-阿依努尔买买提.jpg", ambiguous(&[1, 7])),
        ("阿依努尔.jpg", Matching::Unknown),
    ]);
    let without = |names: [&str; 2]| {
        let ids = [(1, "2021001001"), (2, "2021001002")];
        let students = ids.into_iter().zip(names);
        let students: Vec<Student> = students
            .map(|((id, number), name)| student(id, number, name, ""))
            .collect();
        Matcher::new(&students)
    };
    let found = without(["古丽艾山", "张三"]).match_path("古丽·艾山.jpg");
    assert_eq!(found, matched(1, Name));
    // Two whose names differ by the dot alone are asked about.
    let found = without(["古丽艾山", "古丽·艾山"]).match_path("古丽·艾山.jpg");
    assert_eq!(found, ambiguous(&[1, 2]));
}

#[test]
fn combinations_and_free_text_name_one_student() {
    use MatchKey::{Name, StudentNo};
    check(&[
        ("2021001001-张三.jpg", matched(1, StudentNo)),
        ("2021001001张三.jpg", matched(1, StudentNo)),
        ("张三_2021001001_学历照.jpg", matched(1, StudentNo)),
        (
            "电气工程-张三-11010519491231002X-13800138000.jpg",
            matched(1, MatchKey::IdNumber),
        ),
        ("电气工程-李四-13800138000.jpg", matched(2, Name)),
        ("研电2101班李四.jpg", matched(2, Name)),
        ("电气与电子工程学院 李四.jpg", matched(2, Name)),
        ("我是李四的照片.jpg", matched(2, Name)),
        ("王小明证件照蓝底.jpg", matched(3, Name)),
        ("老师您好，附件是李四的毕业证照，谢谢.jpg", matched(2, Name)),
        ("电气工程-2021001001-13800138000.jpg", matched(1, StudentNo)),
        ("学号2021001001电话13800138000.jpg", matched(1, StudentNo)),
        (
            "【采集照】2021001001(张三)+13800138000.jpg",
            matched(1, StudentNo),
        ),
        ("姓名：李四，学号：2021001002.jpg", matched(2, StudentNo)),
        ("微信图片_20210915101010_李四.jpg", matched(2, Name)),
    ]);
}

#[test]
fn what_one_hands_in_for_another_is_nobodys_by_guess() {
    check(&[
        ("代李四.jpg", ambiguous(&[2])),
        ("代李四交.jpg", ambiguous(&[2])),
        ("帮李四交的照片.jpg", ambiguous(&[2])),
        ("李四代交.jpg", ambiguous(&[2])),
        ("李四 代交.jpg", ambiguous(&[2])),
        ("李四（代）.jpg", ambiguous(&[2])),
        ("代 李四.jpg", ambiguous(&[2])),
        ("李四-代张三交.jpg", ambiguous(&[1, 2])),
        ("李四代张三交.jpg", ambiguous(&[1, 2])),
        ("张三（李四代交）.jpg", ambiguous(&[1, 2])),
        ("2021001001代李四交.jpg", ambiguous(&[1, 2])),
        ("2021001001-代赵六.jpg", ambiguous(&[1])),
        ("2021001001 室友代交.jpg", ambiguous(&[1])),
        ("代2021001001交.jpg", ambiguous(&[1])),
        ("电气工程 代王芳.jpg", ambiguous(&[5, 6])),
        ("代赵六交.jpg", Matching::Unknown),
        // Nor the folder's.
        ("张三/代李四.jpg", ambiguous(&[1, 2])),
        ("2021001001/代赵六.jpg", ambiguous(&[1])),
        ("2021001001/代李四.jpg", ambiguous(&[1, 2])),
        ("李四代交/IMG_1.jpg", ambiguous(&[2])),
        // A folder of what was handed in for others names them file by file.
        ("班长代交/张三.jpg", matched(1, MatchKey::Name)),
        ("李四代张三/2021001001.jpg", matched(1, MatchKey::StudentNo)),
        ("现代交通 李四.jpg", matched(2, MatchKey::Name)),
        ("老师帮忙审核 李四.jpg", matched(2, MatchKey::Name)),
    ]);
}

#[test]
fn a_surname_that_means_to_hand_in_for_another_leaves_two_to_a_person() {
    let one = |name: &str, others: &[&str]| {
        let names = std::iter::once(&name).chain(others);
        let students: Vec<Student> = (1..)
            .zip(names)
            .map(|(id, name)| student(id, &format!("202100100{id}"), name, ""))
            .collect();
        Matcher::new(&students)
    };
    let both = one("代吴九", &["吴九"]);
    assert_eq!(both.match_path("代吴九.jpg"), ambiguous(&[1, 2]));
    assert_eq!(both.match_path("代吴九交.jpg"), ambiguous(&[1, 2]));
    assert_eq!(
        both.match_path("2021001001.jpg"),
        matched(1, MatchKey::StudentNo)
    );
    let alone = one("代吴九", &["张三"]);
    assert_eq!(alone.match_path("代吴九.jpg"), matched(1, MatchKey::Name));
    assert_eq!(
        alone.match_path("代吴九证件照.jpg"),
        matched(1, MatchKey::Name)
    );
    let meant = one("吴九", &["张三"]);
    assert_eq!(meant.match_path("代吴九.jpg"), ambiguous(&[1]));
    assert_eq!(meant.by_name_alone("31904567代吴九.jpg"), None);
    assert!(meant.is_for_another("照片/代吴九.jpg") && !meant.is_for_another("吴九.jpg"));
}

#[test]
fn marks_of_copies_are_no_keys() {
    use MatchKey::{Name, StudentNo};
    check(&[
        ("2021001001_1.jpg", matched(1, StudentNo)),
        ("2021001001 (2).jpg", matched(1, StudentNo)),
        ("2021001001（12）.jpg", matched(1, StudentNo)),
        ("2021001001 - 副本.jpg", matched(1, StudentNo)),
        ("2021001001 - 副本 (3).jpg", matched(1, StudentNo)),
        ("张三-2.jpg", matched(1, Name)),
        ("张三副本.jpg", matched(1, Name)),
        ("2021001001.jpg.jpg", matched(1, StudentNo)),
    ]);
}

#[test]
fn a_name_inside_a_longer_name_is_not_that_student() {
    check(&[
        ("王小明.jpg", matched(3, MatchKey::Name)),
        ("小明.jpg", matched(4, MatchKey::Name)),
        ("欧阳小明.jpg", Matching::Unknown),
        ("张三丰.jpg", Matching::Unknown),
        ("张三丰照片.jpg", Matching::Unknown),
        ("大李四.jpg", Matching::Unknown),
        ("李四光.jpg", Matching::Unknown),
        ("于小明.jpg", Matching::Unknown),
    ]);
}

#[test]
fn keys_that_disagree_are_for_a_person() {
    check(&[
        ("2021001001-李四.jpg", ambiguous(&[1, 2])),
        ("2021001001-2021001002.jpg", ambiguous(&[1, 2])),
        (&format!("2021001001-{ID_B}.jpg"), ambiguous(&[1, 2])),
        ("张三李四.jpg", ambiguous(&[1, 2])),
        ("张三的照片李四.jpg", ambiguous(&[1, 2])),
        ("张三张三.jpg", matched(1, MatchKey::Name)),
        ("张三-李四.jpg", ambiguous(&[1, 2])),
        ("2021001099-张三.jpg", ambiguous(&[1])),
        ("张三-11010519491231003X.jpg", ambiguous(&[1])),
        ("2021001001-110105200001010019.jpg", ambiguous(&[1])),
    ]);
}

#[test]
fn a_shared_name_waits_for_another_key() {
    check(&[
        ("王芳.jpg", ambiguous(&[5, 6])),
        ("王芳-2021001006.jpg", matched(6, MatchKey::StudentNo)),
        ("2021001005/王芳.jpg", matched(5, MatchKey::StudentNo)),
        ("2021001001/王芳.jpg", ambiguous(&[1, 5, 6])),
    ]);
}

#[test]
fn a_shared_name_is_settled_by_what_stands_beside_it() {
    let of = |id: i64, major: &str, class: &str| {
        let mut student = student(id, &format!("202100100{id}"), "王芳", "");
        student.draft.major = major.into();
        student.draft.class = class.into();
        student
    };
    let matcher = Matcher::new(&[
        of(1, "电气工程", "研电2101班"),
        of(2, "电气工程及其自动化", "研电2102班"),
        of(3, "会计", "研会2101班"),
    ]);
    for (path, expected) in [
        ("会计-王芳-13800138000.jpg", matched(3, MatchKey::Name)),
        ("电气工程及其自动化-王芳.jpg", matched(2, MatchKey::Name)),
        ("电气工程王芳.jpg", matched(1, MatchKey::Name)),
        ("研电2102班/王芳.jpg", matched(2, MatchKey::Name)),
        ("会计/王芳/IMG_1.jpg", matched(3, MatchKey::Name)),
        // The words speak of two, of none, or against another key.
        ("会计-研电2101班-王芳.jpg", ambiguous(&[1, 2, 3])),
        ("电气与电子工程学院-王芳.jpg", ambiguous(&[1, 2, 3])),
        ("会计-王芳-2021001077.jpg", ambiguous(&[1, 2, 3])),
        ("2021001077/会计-王芳.jpg", ambiguous(&[1, 2, 3])),
    ] {
        assert_eq!(matcher.match_path(path), expected, "{path}");
    }
}

#[test]
fn unknown_keys_are_named_and_masked() {
    let masked = identity::mask("110105200001010019");
    check(&[
        (
            "2021009999.jpg",
            Matching::NotOnRoster {
                key: "2021009999".into(),
            },
        ),
        (
            "110105200001010019.jpg",
            Matching::NotOnRoster { key: masked },
        ),
        ("IMG_20210915_101010.jpg", Matching::Unknown),
        ("20210915101010.jpg", Matching::Unknown),
        ("13800138000.jpg", Matching::Unknown),
        ("DSC00012.jpg", Matching::Unknown),
        ("照片.jpg", Matching::Unknown),
        ("", Matching::Unknown),
        ("///", Matching::Unknown),
        (".jpg", Matching::Unknown),
    ]);
}

#[test]
fn folders_fill_the_silence_of_a_file_name() {
    use MatchKey::{Name, StudentNo};
    check(&[
        ("照片/2021001001-张三/IMG_0001.jpg", matched(1, StudentNo)),
        ("照片\\张三\\1.jpg", matched(1, Name)),
        ("李四.zip/1.jpg", matched(2, Name)),
        ("2021001001/2021001001.jpg", matched(1, StudentNo)),
        ("2021001001/张三.jpg", matched(1, Name)),
        ("2021001002/张三.jpg", ambiguous(&[1, 2])),
        ("2021001001/2021009999.jpg", ambiguous(&[1])),
        ("电气工程/李四.jpg", matched(2, Name)),
        ("2021009999/张三.jpg", ambiguous(&[1])),
        ("2021001001/李四/1.jpg", ambiguous(&[1, 2])),
        ("2021001001/电气工程/李四/1.jpg", ambiguous(&[1, 2])),
        ("2021001002/电气工程/李四/1.jpg", matched(2, Name)),
        ("2021001005/王芳/1.jpg", matched(5, StudentNo)),
        ("2021009999/电气工程/李四/1.jpg", ambiguous(&[2])),
    ]);
}

#[test]
fn a_student_without_number_on_the_roster_is_not_contradicted_by_one() {
    check(&[("王小明-110105200001010019.jpg", matched(3, MatchKey::Name))]);
}

proptest! {
    #[test]
    fn any_path_is_answered(path in "\\PC{0,60}") {
        let _ = matcher().match_path(&path);
    }

    #[test]
    fn the_student_number_alone_always_matches(
        at in 0_usize..11,
        before in "(照片-|IMG_|蓝底|)",
        after in "(_1| \\(2\\)|-副本|)",
        extension in "(jpg|JPG|jpeg|png)",
    ) {
        let numbers = ["2021001001", "2021001002", "2021001003", "2021001004", "2021001005", "2021001006",
            "2021001007", "2021001008", "2021001009", "2021001010", "BX21001011"];
        let path = format!("夹/{before}{}{after}.{extension}", numbers[at]);
        prop_assert_eq!(
            matcher().match_path(&path),
            matched(i64::try_from(at).unwrap() + 1, MatchKey::StudentNo),
            "{}", path
        );
    }

    #[test]
    fn keys_of_two_students_in_one_name_are_never_matched(
        (one, other) in (0_usize..3, 0_usize..3).prop_filter("two students", |(one, other)| one != other),
        (kind_one, kind_other) in (0_usize..4, 0_usize..4),
        separator in "[-_+ ,，、（]",
        (before, between, after) in ("(照片-|电气工程-|)", "(13800138000-|证件照-|)", "(-证件照|_1| \\(2\\)|)"),
    ) {
        let students = [
            ["2021001001", ID_A, "100540000000001", "张三"],
            ["2021001002", ID_B, "100540000000002", "李四"],
            ["2021001003", "2021001003", "100540000000003", "王小明"],
        ];
        let (a, b) = (students[one][kind_one], students[other][kind_other]);
        let path = format!("{before}{a}{separator}{between}{b}{after}.jpg");
        let found = matcher().match_path(&path);
        let both = [one, other].map(|at| StudentId(i64::try_from(at).unwrap() + 1));
        match found {
            Matching::Ambiguous { candidates } => {
                prop_assert!(both.iter().all(|student| candidates.contains(student)), "{path} {candidates:?}");
            }
            found => prop_assert!(false, "{path} gave {found:?}"),
        }
    }

    #[test]
    fn keys_of_two_students_anywhere_in_a_path_are_never_matched(
        (one, other) in (0_usize..3, 0_usize..3).prop_filter("two students", |(one, other)| one != other),
        (kind_one, kind_other) in (0_usize..4, 0_usize..4),
        (outer, between, around) in ("(照片/|名单[.]zip/|)", "(/|/电气工程/|\\\\|[.]zip/一班/)", "(/IMG_0001|/照片/1|)"),
    ) {
        let students = [
            ["2021001001", ID_A, "100540000000001", "张三"],
            ["2021001002", ID_B, "100540000000002", "李四"],
            ["2021001003", "2021001003", "100540000000003", "王小明"],
        ];
        let path = format!("{outer}{}{between}{}{around}.jpg", students[one][kind_one], students[other][kind_other]);
        match matcher().match_path(&path) {
            Matching::Ambiguous { candidates } => {
                for student in [one, other].map(|at| StudentId(i64::try_from(at).unwrap() + 1)) {
                    prop_assert!(candidates.contains(&student), "{path} {candidates:?}");
                }
            }
            found => prop_assert!(false, "{path} gave {found:?}"),
        }
    }

    #[test]
    fn all_keys_of_one_student_match_in_any_order(
        at in 0_usize..2,
        keys in proptest::sample::subsequence(vec![0_usize, 1, 2, 3], 1..=4).prop_shuffle(),
        separator in "[-_+ ,，、（]",
        folder in "(一班/|照片.zip/电气工程/|)",
    ) {
        let students = [
            ["2021001001", ID_A, "100540000000001", "张三"],
            ["2021001002", ID_B, "100540000000002", "李四"],
        ];
        let texts: Vec<&str> = keys.iter().map(|key| students[at][*key]).collect();
        let path = format!("{folder}{}-电气工程-13800138000.jpg", texts.join(&separator));
        match matcher().match_path(&path) {
            Matching::Matched { student, .. } => {
                prop_assert_eq!(student, StudentId(i64::try_from(at).unwrap() + 1), "{}", path);
            }
            found => prop_assert!(false, "{path} gave {found:?}"),
        }
    }

    #[test]
    fn a_match_is_always_someone_named_in_the_path(
        parts in proptest::collection::vec("(张三|李四|王芳|小明|王|丰|2021001001|2021001002|照片|-|_|/| )", 1..6),
    ) {
        let path = parts.concat();
        if let Matching::Matched { student, .. } = matcher().match_path(&path) {
            let keys = [(1, ["张三", "2021001001"]), (2, ["李四", "2021001002"]), (3, ["王小明", "王小明"]), (4, ["小明", "小明"])];
            let (_, texts) = keys.into_iter().find(|(id, _)| StudentId(*id) == student).unwrap();
            let joined = path.replace([' '], "");
            prop_assert!(texts.iter().any(|text| joined.contains(text)), "{path}");
        }
    }
}

#[test]
fn every_key_of_a_path_is_told_with_its_student() {
    let matcher = matcher();
    let told = |path: &str| -> Vec<(i64, MatchKey)> {
        let keys = matcher.keys_told(path).into_iter();
        keys.map(|(student, key)| (student.0, key)).collect()
    };
    let (no, name) = (MatchKey::StudentNo, MatchKey::Name);
    assert_eq!(told("2021001001_李四.jpg"), [(1, no), (2, name)]);
    assert_eq!(
        told("李四/2021001001-张三.jpg"),
        [(1, no), (1, name), (2, name)]
    );
    assert_eq!(
        told(&format!("{ID_A} 王芳.jpg")),
        [(1, MatchKey::IdNumber), (5, name), (6, name)]
    );
    assert_eq!(told("IMG_0001.jpg"), []);
}
