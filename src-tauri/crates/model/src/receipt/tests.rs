//! The words of lists, and those that are no words of theirs.

use super::*;

#[test]
fn words_of_lists_are_read_and_others_are_not_guessed() {
    use ReceiptKind as K;
    use ReceiptState as S;
    for (kind, cell, state, rest) in [
        (K::Studio, "审核通过", Some(S::Accepted), ""),
        (K::Studio, " 合 格 ", Some(S::Accepted), ""),
        (K::Studio, "不合格", Some(S::Returned), ""),
        (K::Studio, "驳回：头发遮眉", Some(S::Returned), "头发遮眉"),
        (K::Studio, "退回（眼镜反光）", Some(S::Returned), "眼镜反光"),
        (K::Studio, "审核中", None, ""),
        (K::Studio, "通过率高", None, ""),
        (K::Studio, "", None, ""),
        (K::Enrolment, "", Some(S::Listed), ""),
        (K::Enrolment, "身份核验未通过", Some(S::Mismatch), ""),
        (K::Enrolment, "身份核验不确定", Some(S::Unsure), ""),
        (K::Enrolment, "身份核验异常", Some(S::Abnormal), ""),
        (K::Enrolment, "不确定", Some(S::Unsure), ""),
        (K::Enrolment, "未通过", Some(S::Mismatch), ""),
        (K::Enrolment, "四级未通过", Some(S::Listed), "四级未通过"),
        (
            K::Enrolment,
            "身份核验通过",
            Some(S::Listed),
            "身份核验通过",
        ),
        (K::Enrolment, "学籍异常", Some(S::Listed), "学籍异常"),
        (K::Register, "已采集", Some(S::HasPhoto), ""),
        (K::Register, "未采集", Some(S::NoPhoto), ""),
        (K::Register, "采集中", None, ""),
        (K::Confirmation, "正确", Some(S::Right), ""),
        (
            K::Confirmation,
            "有误，不是本人",
            Some(S::Wrong),
            "不是本人",
        ),
        (K::Confirmation, "", Some(S::Unanswered), ""),
        (K::Confirmation, "已校对", None, ""),
    ] {
        let expected = state.map(|state| said(state, rest));
        assert_eq!(read(kind, cell), expected, "{} {cell:?}", kind.title());
    }
}

#[test]
fn a_remark_that_nobody_knows_is_told_and_no_other() {
    for (cell, unknown) in [
        ("", false),
        ("正 常", false),
        ("身份核验通过", false),
        ("人脸比对一致", false),
        ("身份核验未通过", false),
        ("身份核验不确定", false),
        ("身份核验待复核", true),
        ("学籍异常", true),
        ("转专业", true),
    ] {
        assert_eq!(is_unknown_remark(cell), unknown, "{cell}");
    }
}

#[test]
fn no_word_means_two_states_of_a_kind() {
    for lists in [
        &[&ACCEPTED[..], &RETURNED][..],
        &[&HAS_PHOTO[..], &NO_PHOTO],
        &[&RIGHT[..], &WRONG, &UNANSWERED],
    ] {
        let words = lists.concat();
        for (at, word) in words.iter().enumerate() {
            let others = words.get(at + 1..).unwrap_or_default();
            assert!(!others.contains(word), "{word}");
            assert_eq!(plain(word), *word);
        }
    }
}

#[test]
fn stored_words_read_back() {
    for state in ReceiptState::all() {
        assert_eq!(ReceiptState::parse(state.as_str()), Some(state));
        assert!(ReceiptKind::ALL.contains(&state.kind()));
    }
    for kind in ReceiptKind::ALL {
        assert_eq!(ReceiptKind::parse(kind.as_str()), Some(kind));
    }
}
