//! Every kind of document with numbers that are one, numbers that almost are, and what holds for all of them.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// The body of 17 digits with its check character.
fn closed(body: &str) -> String {
    format!("{body}{}", check_character(body).unwrap())
}

#[test]
fn every_kind_has_numbers_that_verify() {
    let permanent = closed("91156119900101001");
    let cases: &[(&str, IdKind, Option<&str>, Option<Sex>)] = &[
        (
            "11010519491231002X",
            IdKind::Resident,
            Some("19491231"),
            Some(Sex::Female),
        ),
        (
            "11010519491231002x",
            IdKind::Resident,
            Some("19491231"),
            Some(Sex::Female),
        ),
        (
            "440524188001010014",
            IdKind::Resident,
            Some("18800101"),
            Some(Sex::Male),
        ),
        // 29 February of a leap year, of a century divisible by 400.
        (
            &closed("11010520000229001"),
            IdKind::Resident,
            Some("20000229"),
            Some(Sex::Male),
        ),
        (
            "110108980101123",
            IdKind::ResidentOld,
            Some("19980101"),
            Some(Sex::Male),
        ),
        (
            "110108980101122",
            IdKind::ResidentOld,
            Some("19980101"),
            Some(Sex::Female),
        ),
        (
            "810000199901010014",
            IdKind::ResidencePermit,
            Some("19990101"),
            Some(Sex::Male),
        ),
        (
            "820000199901010024",
            IdKind::ResidencePermit,
            Some("19990101"),
            Some(Sex::Female),
        ),
        (
            "830000199901010034",
            IdKind::ResidencePermit,
            Some("19990101"),
            Some(Sex::Male),
        ),
        (&permanent, IdKind::PermanentResidence, None, None),
        ("USA110105990101", IdKind::PermanentResidenceOld, None, None),
        ("H12345678", IdKind::HongKongMacaoPass, None, None),
        ("M12345678", IdKind::HongKongMacaoPass, None, None),
        ("h1234567801", IdKind::HongKongMacaoPass, None, None),
        ("00123456", IdKind::TaiwanPass, None, None),
        ("1234567890", IdKind::TaiwanPass, None, None),
        ("123456789012", IdKind::TaiwanPass, None, None),
        ("E12345678", IdKind::Passport, None, None),
        ("EA1234567", IdKind::Passport, None, None),
        ("AB12345678901234", IdKind::Passport, None, None),
        ("12345", IdKind::Passport, None, None),
    ];
    for (number, kind, birth, sex) in cases {
        let found = check(number).unwrap();
        assert_eq!(found.kind, *kind, "{number}");
        assert_eq!(found.birth_date.as_deref(), *birth, "{number}");
        assert_eq!(found.sex, *sex, "{number}");
    }
}

#[test]
fn only_what_cannot_be_verified_asks_a_person_to_look() {
    let hinted = |number: &str| check(number).unwrap().hint.is_some();
    for number in ["110108980101123", "1234567890", "E12345678", "12345"] {
        assert!(hinted(number), "{number}");
    }
    for number in [
        "11010519491231002X",
        "810000199901010014",
        "H12345678",
        "12345678",
        "USA110105990101",
    ] {
        assert!(!hinted(number), "{number}");
    }
}

#[test]
fn what_is_almost_a_number_is_none() {
    use IdProblem::{BadArea, BadCharacter, BadChecksum, BadDate, WrongLength};
    let date = |text: &str| BadDate {
        text: text.to_owned(),
    };
    let cases: &[(&str, IdProblem)] = &[
        // The last character wrong, of each kind that has a check character.
        ("110105194912310020", BadChecksum),
        ("810000199901010015", BadChecksum),
        ("911561199001010010", BadChecksum),
        // No such day.
        (&closed("11010519000229001"), date("19000229")),
        (&closed("11010520010229001"), date("20010229")),
        (&closed("11010519990431001"), date("19990431")),
        (&closed("11010519991301001"), date("19991301")),
        (&closed("11010517991231001"), date("17991231")),
        (&closed("11010521000101001"), date("21000101")),
        ("110108980230123", date("19980230")),
        // No such place.
        (&closed("01010519491231002"), BadArea),
        ("010108980101123", BadArea),
        (&closed("81000119990101001"), BadArea),
        // An X anywhere but last; other characters.
        (
            "1101051949123100X1",
            BadCharacter {
                position: 17,
                found: 'X',
            },
        ),
        (
            "11010519491231002Y",
            BadCharacter {
                position: 18,
                found: 'Y',
            },
        ),
        (
            "H1234-5678",
            BadCharacter {
                position: 6,
                found: '-',
            },
        ),
        // Digits lost or doubled.
        ("11010519491231002", WrongLength { length: 17 }),
        ("1234", WrongLength { length: 4 }),
        ("1234567890123", WrongLength { length: 13 }),
        ("ABCDEFGH", WrongLength { length: 8 }),
    ];
    for (number, problem) in cases {
        assert_eq!(check(number).unwrap_err(), *problem, "{number}");
    }
}

#[test]
fn any_number_at_its_place_but_a_digit_less_is_refused_or_another_document() {
    for number in [
        "11010519491231002X",
        "810000199901010014",
        "USA110105990101",
    ] {
        for at in 0..number.len() {
            let mut short = number.to_owned();
            short.remove(at);
            let kind = check(&short).ok().map(|found| found.kind);
            assert!(
                matches!(kind, None | Some(IdKind::Passport)),
                "{short}: {kind:?}"
            );
        }
    }
}

/// Valid numbers of every kind.
fn any_number() -> impl Strategy<Value = String> {
    let body = |area: &'static str| {
        (area, 1950_u32..2010, 1_u32..13, 1_u32..29, 0_u32..1000).prop_map(
            |(area, year, month, day, last)| {
                closed(&format!("{area}{year}{month:02}{day:02}{last:03}"))
            },
        )
    };
    prop_oneof![
        body("[1-6][1-5]0[1-9]0[1-9]"),
        body("8[123]0000"),
        "9[0-9]{16}".prop_map(|body| closed(&body)),
        "[A-Z]{3}[0-9]{12}",
        "[HM][0-9]{8}([0-9]{2})?",
        "[0-9]{8}",
        "[A-Z]{1,2}[0-9]{7}",
    ]
}

/// The number as files have it: full width, lower case, blanks, a quote mark.
fn written(number: &str, style: u8) -> String {
    match style {
        0 => number.chars().map(full_width).collect(),
        1 => number.to_lowercase(),
        2 => format!(
            "\u{a0}{}\u{3000}",
            number.chars().map(|c| format!("{c} ")).collect::<String>()
        ),
        3 => format!("'{number}\u{200b}"),
        _ => format!("\u{feff}{number}\t"),
    }
}

fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xFEE0).unwrap()
}

proptest! {
    #[test]
    fn a_number_is_the_same_however_it_is_written(number in any_number(), style in 0_u8..5) {
        let found = check(&written(&number, style)).unwrap();
        prop_assert_eq!(&found.normalised, &number);
        prop_assert_eq!(found, check(&number).unwrap());
    }

    #[test]
    fn one_wrong_digit_verifies_for_no_kind_that_has_a_check_character(
        number in any_number().prop_filter("18", |number| number.len() == 18), at in 0_usize..17, step in 1_u8..10,
    ) {
        let mut bytes = number.into_bytes();
        bytes[at] = b'0' + (bytes[at] - b'0' + step) % 10;
        let wrong = String::from_utf8(bytes).unwrap();
        prop_assert!(check(&wrong).is_err(), "{}", wrong);
    }

    #[test]
    fn exactly_one_check_character_fits(number in any_number().prop_filter("18", |number| number.len() == 18)) {
        let body = number.get(..17).unwrap();
        let fitting = "0123456789X".chars().filter(|last| check(&format!("{body}{last}")).is_ok()).count();
        prop_assert_eq!(fitting, 1);
    }

    #[test]
    fn an_old_number_and_its_new_one_are_the_same_person(
        area in "[1-6][1-5]0[1-9]0[1-9]", year in 30_u32..99, month in 1_u32..13, day in 1_u32..29, last in 0_u32..1000,
    ) {
        let old = check(&format!("{area}{year:02}{month:02}{day:02}{last:03}")).unwrap();
        let Some(IdHint::OldNumber { converted }) = &old.hint else { panic!("no hint") };
        let new = check(converted).unwrap();
        prop_assert_eq!(new.kind, IdKind::Resident);
        prop_assert_eq!((new.birth_date, new.sex), (old.birth_date.clone(), old.sex));
    }

    #[test]
    fn a_pass_is_one_document_whatever_its_issue_and_another_with_another_number(
        number in "[HM][0-9]{8}", (one, two) in ("[0-9]{2}", "[0-9]{2}"), other in "[HM][0-9]{8}",
    ) {
        let key = |text: &str| comparison_key(&normalise(text)).to_owned();
        prop_assert_eq!(key(&format!("{number}{one}")), key(&format!("{number}{two}")));
        prop_assert_eq!(key(&format!("{number}{one}")), key(&number));
        prop_assert_eq!(key(&number) == key(&other), number == other);
    }
}
