//! Tests of identity numbers, with the public test vectors.

#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;

#[test]
fn published_numbers_verify() {
    let cases = [
        (
            "11010519491231002X",
            IdKind::Resident,
            "19491231",
            Sex::Female,
        ),
        (
            "440524188001010014",
            IdKind::Resident,
            "18800101",
            Sex::Male,
        ),
        (
            "810000199901010014",
            IdKind::ResidencePermit,
            "19990101",
            Sex::Male,
        ),
        (
            "820000199901010024",
            IdKind::ResidencePermit,
            "19990101",
            Sex::Female,
        ),
        (
            "830000199901010034",
            IdKind::ResidencePermit,
            "19990101",
            Sex::Male,
        ),
    ];
    for (number, kind, birth_date, sex) in cases {
        let verified = check(number).unwrap();
        assert_eq!(verified.kind, kind, "{number}");
        assert_eq!(verified.birth_date.as_deref(), Some(birth_date));
        assert_eq!(verified.sex, Some(sex));
        assert_eq!(verified.hint, None);
    }
}

#[test]
fn an_old_number_is_accepted_and_converted() {
    let verified = check("110108980101123").unwrap();
    assert_eq!(verified.kind, IdKind::ResidentOld);
    assert_eq!(verified.normalised, "110108980101123", "kept as written");
    assert_eq!(verified.birth_date.as_deref(), Some("19980101"));
    assert_eq!(
        verified.hint,
        Some(IdHint::OldNumber {
            converted: "11010819980101123X".into()
        })
    );
}

#[test]
fn other_documents_are_told_apart() {
    let cases = [
        ("H12345678", IdKind::HongKongMacaoPass),
        ("m1234567801", IdKind::HongKongMacaoPass),
        ("12345678", IdKind::TaiwanPass),
        ("1234567890", IdKind::TaiwanPass),
        ("E12345678", IdKind::Passport),
        ("123456789", IdKind::Passport),
        ("USA123456789012", IdKind::PermanentResidenceOld),
    ];
    for (number, kind) in cases {
        assert_eq!(check(number).unwrap().kind, kind, "{number}");
    }
    let permanent = format!("9{}", "1156119900101001");
    let with_check = format!("{permanent}{}", check_character(&permanent).unwrap());
    assert_eq!(check(&with_check).unwrap().kind, IdKind::PermanentResidence);
}

#[test]
fn a_reissued_pass_is_the_same_document() {
    let first = check("H1234567801").unwrap();
    let second = check("H1234567802").unwrap();
    assert_eq!(first.comparison_key(), second.comparison_key());
    assert_eq!(first.comparison_key(), "H12345678");
}

#[test]
fn spreadsheet_residue_is_taken_off() {
    for written in [
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002x",
        "\u{a0}110105 19491231 002X\u{200b}",
    ] {
        assert_eq!(check(written).unwrap().normalised, "11010519491231002X");
    }
    assert_eq!(normalise("440524188001010014.0"), "440524188001010014");
}

#[test]
fn impossible_numbers_say_why() {
    use IdProblem::{BadArea, BadCharacter, BadChecksum, BadDate, Empty, WrongLength};
    let cases = [
        ("", Empty),
        ("  ", Empty),
        ("110105194912310021", BadChecksum),
        ("1101051949123100", WrongLength { length: 16 }),
        ("1101051949123100211", WrongLength { length: 19 }),
        ("010105194912310021", BadArea),
        ("810001199901010014", BadArea),
        (
            "11010519490231002X",
            BadDate {
                text: "19490231".into(),
            },
        ),
        (
            "11010519490229002X",
            BadDate {
                text: "19490229".into(),
            },
        ),
        (
            "1101051949123100AX",
            BadCharacter {
                position: 17,
                found: 'A',
            },
        ),
        (
            "1101051949-31002X",
            BadCharacter {
                position: 11,
                found: '-',
            },
        ),
    ];
    for (number, problem) in cases {
        assert_eq!(check(number).unwrap_err(), problem, "{number:?}");
    }
}

#[test]
fn masks_never_show_the_last_six() {
    assert_eq!(mask("11010519491231002X"), "110***************");
    assert_eq!(mask("12345678"), "12******");
    assert_eq!(mask("123456"), "******");
    assert_eq!(mask(""), "");
    for length in 0..30 {
        let id = "7".repeat(length);
        let masked = mask(&id);
        assert_eq!(masked.chars().count(), length);
        assert!(masked.chars().rev().take(6).all(|c| c == '*'));
    }
}

#[test]
fn sex_is_read_from_words_and_codes() {
    assert_eq!(Sex::parse("男"), Some(Sex::Male));
    assert_eq!(Sex::parse(" 女性 "), Some(Sex::Female));
    assert_eq!(Sex::parse("2"), Some(Sex::Female));
    assert_eq!(Sex::parse("未知"), None);
}

/// A valid resident number drawn from its parts.
fn resident_number() -> impl Strategy<Value = String> {
    (
        110_000_u32..660_000,
        1950_u32..2010,
        1_u32..13,
        1_u32..29,
        0_u32..1000,
    )
        .prop_map(|(area, year, month, day, sequence)| {
            let body = format!("{area}{year:04}{month:02}{day:02}{sequence:03}");
            let check = check_character(&body).unwrap();
            format!("{body}{check}")
        })
}

proptest! {
    #[test]
    fn every_single_digit_error_is_detected(number in resident_number(), at in 0_usize..17, step in 1_u8..10) {
        let mut bytes = number.into_bytes();
        bytes[at] = b'0' + (bytes[at] - b'0' + step) % 10;
        let wrong = String::from_utf8(bytes).unwrap();
        // A changed first digit may turn it into another kind of 18 characters; none verifies.
        prop_assert!(check(&wrong).is_err(), "{wrong}");
    }

    #[test]
    fn every_adjacent_swap_is_detected(number in resident_number(), at in 0_usize..16) {
        let mut bytes = number.clone().into_bytes();
        prop_assume!(bytes[at] != bytes[at + 1]);
        bytes.swap(at, at + 1);
        let wrong = String::from_utf8(bytes).unwrap();
        prop_assert!(check(&wrong).is_err(), "{number} -> {wrong}");
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}") {
        if let Ok(verified) = check(&text) {
            prop_assert_eq!(normalise(&verified.normalised), verified.normalised);
        }
        prop_assert_eq!(mask(&text).chars().count(), text.chars().count());
    }

    #[test]
    fn verified_residents_carry_their_date(number in resident_number()) {
        let verified = check(&number).unwrap();
        prop_assert_eq!(verified.birth_date.as_deref(), number.get(6..14));
    }
}
