//! Names of nobody on the roster beside numbers of somebody, and words that only look like names.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use zhaoshen_model::matching::{MatchKey, Matching};

use super::super::tests::{ID_A, ambiguous, check, matched, matcher};

#[test]
fn a_name_of_nobody_on_the_roster_beside_a_number_is_for_a_person() {
    let doubt = || ambiguous(&[1]);
    check(&[
        ("2021001001-孙欣怡.jpg", doubt()),
        ("2021001001孙欣怡.jpg", doubt()),
        ("孙欣怡_2021001001_学历照.jpg", doubt()),
        ("2021001001-孙 欣怡.jpg", doubt()),
        ("2021001001-路人甲.jpg", doubt()),
        ("2021001001-欧阳娜娜 (1).jpg", doubt()),
        ("2021001001-古丽·买买提.jpg", doubt()),
        ("2021001001孙欣怡证件照.jpg", doubt()),
        ("我是孙欣怡2021001001.jpg", doubt()),
        ("2021001001-孙欣怡女.jpg", doubt()),
        ("2021001001-张三丰.jpg", doubt()),
        ("2021001001孙欣怡的照片.jpg", doubt()),
        ("这是孙欣怡的证件照2021001001.jpg", doubt()),
        ("2021001001孙欣怡大头照.jpg", doubt()),
        ("2021001001孙欣怡交.jpg", doubt()),
        ("专硕孙欣怡2021001001.jpg", doubt()),
        ("2021001001-古丽·买买提的照片.jpg", doubt()),
        ("2021001001-夏天宇.jpg", doubt()),
        ("2021001001-许可佳.jpg", doubt()),
        ("2021001001-胡伟.jpg", doubt()),
        (&format!("{ID_A} 孙欣怡.jpg"), doubt()),
        ("2021001001/孙欣怡.jpg", doubt()),
        ("2021001001-孙欣怡/1.jpg", doubt()),
        ("2021001001/2021001001-孙欣怡.jpg", doubt()),
        // Alone it says as much as before.
        ("孙欣怡.jpg", Matching::Unknown),
    ]);
    let told = matcher().stranger_told("照片/2021001001孙欣怡照片.jpg");
    assert_eq!(told.as_deref(), Some("孙欣怡"));
}

#[test]
fn whoever_is_said_to_be_another_is_left_out_and_nobody_else() {
    let one = || matched(1, MatchKey::StudentNo);
    let doubt = || ambiguous(&[1]);
    check(&[
        ("2021001001-班长孙欣怡收集.jpg", one()),
        ("2021001001-孙欣怡-班长收集.jpg", one()),
        ("2021001001_收集：孙欣怡.jpg", one()),
        ("2021001001 孙 欣怡-拍摄.jpg", one()),
        ("2021001001-孙欣怡老师.jpg", one()),
        ("2021001001-导师-孙欣怡.jpg", one()),
        ("2021001001-孙欣怡-导师李明.jpg", doubt()),
        ("2021001001-孙欣怡-一寸-班长收集.jpg", doubt()),
        ("手机拍摄 2021001001 孙欣怡.jpg", doubt()),
        ("老师您好我是孙欣怡2021001001.jpg", doubt()),
        ("2021001001-孙欣怡-谢谢老师.jpg", doubt()),
        ("2021001001-张三-导师李明.jpg", one()),
    ]);
}

#[test]
fn what_only_looks_like_a_name_beside_a_number_is_none() {
    let words = "证件照|蓝底|蓝底照|白底|最新|电子照|照片|修改|修改后|高清|高清版|原图|单人照|副本|方形|\
        金融|马院|石油系|江苏|应届生|成教|党员|电气工程|电气与电子工程学院|研电2101班|电工|\
        zhangsan|Zhang San|13800138000|(1)|1|张三|\
        张三照片|张三-导师李明|导师李明|老师您好|水利|计算机|车辆|项目组|班长孙欣怡收集|最终版|\
        换底|微信图片|2025届|张三 孙欣怡";
    for words in words.split('|') {
        let mut paths = vec![
            format!("2021001001-{words}.jpg"),
            format!("{words}_2021001001.jpg"),
        ];
        // Letters and digits that touch make another number.
        if !words.contains(|c: char| c.is_ascii_alphanumeric()) {
            paths.push(format!("2021001001{words}.jpg"));
        }
        for path in paths {
            let found = matcher().match_path(&path);
            assert_eq!(found, matched(1, MatchKey::StudentNo), "{path}");
        }
    }
    // Whoever collected them is not on each.
    check(&[
        ("孙欣怡/2021001001.jpg", matched(1, MatchKey::StudentNo)),
        ("2021001001-IMG_1234.jpg", matched(1, MatchKey::StudentNo)),
    ]);
}

proptest! {
    #[test]
    fn a_strangers_name_beside_a_number_is_never_matched(
        name in "((孙|欧阳|赵)(欣怡|宇轩|雨|诗涵)|卫(欣怡|宇轩|诗涵))",
        key in 0_usize..3,
        separator in "[-_+ ,，、（]",
        (before, after) in ("(照片-|电气工程-|蓝底_|)", "(-证件照|照片|_1| \\(2\\)|)"),
        folder in "(一班/|照片.zip/电气工程/|)",
        is_first in any::<bool>(),
    ) {
        let keys = ["2021001001", ID_A, "100540000000001"];
        let both = match is_first {
            true => format!("{name}{separator}{}", keys[key]),
            false => format!("{}{separator}{name}", keys[key]),
        };
        let path = format!("{folder}{before}{both}{after}.jpg");
        prop_assert_eq!(matcher().match_path(&path), ambiguous(&[1]), "{}", path);
        prop_assert_eq!(matcher().stranger_told(&path), Some(name), "{}", path);
    }
}
