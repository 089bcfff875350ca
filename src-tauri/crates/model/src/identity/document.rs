//! The kind of document that a roster says a number is of (证件类型), and whether the number can be one.

use super::{IdHint, IdKind, IdProblem, Verified, check, infer_kind, normalise};

/// Longest number of a document that nobody has a rule for, characters.
const LONGEST_OTHER: usize = 40;

/// What the column 证件类型 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdDocument {
    /// 居民身份证.
    Resident,
    /// 港澳台居民居住证.
    ResidencePermit,
    /// 外国人永久居留身份证.
    PermanentResidence,
    /// 港澳居民来往内地通行证.
    HongKongMacaoPass,
    /// 台湾居民来往大陆通行证.
    TaiwanPass,
    /// 护照.
    Passport,
    /// Any other document: 军官证, 户口簿, 香港身份证 …
    Other,
}

impl IdDocument {
    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Resident => "居民身份证",
            Self::ResidencePermit => "港澳台居民居住证",
            Self::PermanentResidence => "外国人永久居留身份证",
            Self::HongKongMacaoPass => "港澳居民来往内地通行证",
            Self::TaiwanPass => "台湾居民来往大陆通行证",
            Self::Passport => "护照",
            Self::Other => "其他证件",
        }
    }

    /// The document that a cell names; `None` for a text that names none, such as a code: the number alone decides then.
    pub fn parse(text: &str) -> Option<Self> {
        let text = normalise(text);
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        Some(if has(&["永久居留", "永居"]) {
            Self::PermanentResidence
        } else if has(&["居住证"]) {
            Self::ResidencePermit
        } else if has(&["台胞证", "台湾居民", "来往大陆"]) {
            Self::TaiwanPass
        } else if has(&["回乡证", "港澳居民", "来往内地"]) {
            Self::HongKongMacaoPass
        } else if has(&["护照", "PASSPORT"]) {
            Self::Passport
        } else if has(&["香港", "澳门", "台湾", "港澳", "临时"]) {
            Self::Other
        } else if has(&["身份证"]) {
            Self::Resident
        } else if has(&["证", "户口", "其他", "其它", "OTHER"]) {
            Self::Other
        } else {
            return None;
        })
    }

    const fn is_of(self, kind: IdKind) -> bool {
        match self {
            // What is written of a 居住证 is as often 身份证.
            Self::Resident => matches!(
                kind,
                IdKind::Resident | IdKind::ResidentOld | IdKind::ResidencePermit
            ),
            Self::ResidencePermit => matches!(kind, IdKind::ResidencePermit),
            Self::PermanentResidence => matches!(
                kind,
                IdKind::PermanentResidence | IdKind::PermanentResidenceOld
            ),
            Self::HongKongMacaoPass => matches!(kind, IdKind::HongKongMacaoPass),
            Self::TaiwanPass => matches!(kind, IdKind::TaiwanPass),
            Self::Passport | Self::Other => true,
        }
    }
}

/// Verifies the number that `text` spells as one of the document `of`.
///
/// # Errors
/// As [`check`]; [`IdProblem::OfNoDocument`] where it can be none of such a document.
pub fn check_as(text: &str, of: IdDocument) -> Result<Verified, IdProblem> {
    let normalised = normalise(text);
    let length = normalised.chars().count();
    let unverified = |kind, hint| Verified {
        kind,
        birth_date: None,
        sex: None,
        normalised: normalised.clone(),
        hint: Some(hint),
    };
    let is_plain = normalised
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    match of {
        _ if length == 0 => Err(IdProblem::Empty),
        IdDocument::Passport if is_plain && (5..=17).contains(&length) => {
            Ok(unverified(IdKind::Passport, IdHint::UnverifiablePassport))
        }
        IdDocument::Other if length <= LONGEST_OTHER => {
            Ok(unverified(IdKind::Passport, IdHint::UnverifiablePassport))
        }
        IdDocument::TaiwanPass if is_plain && (10..=12).contains(&length) => {
            Ok(unverified(IdKind::TaiwanPass, IdHint::OldTaiwanPass))
        }
        IdDocument::Passport | IdDocument::Other => Err(IdProblem::OfNoDocument { document: of }),
        _ => match infer_kind(&normalised) {
            Some(kind) if of.is_of(kind) => check(text),
            // What is wrong at a place of a number that is long enough is told as that.
            None if length == 18 => check(text),
            _ => Err(IdProblem::OfNoDocument { document: of }),
        },
    }
}

/// Whether a text in place of a number says that there is none (yet).
pub fn says_none(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "无",
        "暂无",
        "没有",
        "未知",
        "不详",
        "空",
        "补办",
        "待补",
        "办理中",
        "未办",
        "遗失",
        "丢失",
    ];
    let text = normalise(text);
    let is_dash = text
        .chars()
        .all(|c| matches!(c, '-' | '—' | '－' | '/' | '\\' | '、'));
    !text.is_empty()
        && (is_dash
            || (!text.bytes().any(|byte| byte.is_ascii_digit())
                && WORDS.iter().any(|word| text.contains(word))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_read_as_offices_write_them() {
        for (text, expected) in [
            ("居民身份证", Some(IdDocument::Resident)),
            ("身份证", Some(IdDocument::Resident)),
            ("二代身份证", Some(IdDocument::Resident)),
            ("港澳台居民居住证", Some(IdDocument::ResidencePermit)),
            ("外国人永久居留身份证", Some(IdDocument::PermanentResidence)),
            (
                "港澳居民来往内地通行证",
                Some(IdDocument::HongKongMacaoPass),
            ),
            ("回乡证", Some(IdDocument::HongKongMacaoPass)),
            ("台湾居民来往大陆通行证", Some(IdDocument::TaiwanPass)),
            ("台胞证", Some(IdDocument::TaiwanPass)),
            ("护 照", Some(IdDocument::Passport)),
            ("军官证", Some(IdDocument::Other)),
            ("香港身份证", Some(IdDocument::Other)),
            ("其他", Some(IdDocument::Other)),
            ("A", None),
            ("01", None),
            ("", None),
        ] {
            assert_eq!(IdDocument::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_number_is_judged_by_its_document() {
        use IdDocument::{
            HongKongMacaoPass, Other, Passport, ResidencePermit, Resident, TaiwanPass,
        };
        for (text, of, is_one) in [
            ("11010519491231002X", Resident, true),
            ("110108980101123", Resident, true),
            ("810000199901010014", Resident, true),
            ("E12345678", Resident, false),
            ("110105194912310021", Resident, false),
            ("11010519491231002X", Passport, false),
            ("11010519491231002X", ResidencePermit, false),
            ("810000199901010014", ResidencePermit, true),
            ("E12345678", Passport, true),
            ("110105194912310", Passport, true),
            ("12345678", Passport, true),
            ("E1", Passport, false),
            ("军字第12345号", Passport, false),
            ("军字第12345号", Other, true),
            ("H12345678", HongKongMacaoPass, true),
            ("12345678", HongKongMacaoPass, false),
            ("12345678", TaiwanPass, true),
            ("A123456789B", TaiwanPass, true),
            ("", Other, false),
        ] {
            assert_eq!(check_as(text, of).is_ok(), is_one, "{text} {of:?}");
        }
        let problem = check_as("E12345678", Resident);
        assert_eq!(problem, Err(IdProblem::OfNoDocument { document: Resident }));
        assert_eq!(
            check_as("11010519491231002Y", Resident),
            check("11010519491231002Y"),
            "a wrong character is told with its place"
        );
        let officer = check_as("军字第12345号", Other).map(|verified| verified.hint);
        assert_eq!(officer, Ok(Some(IdHint::UnverifiablePassport)));
    }

    #[test]
    fn words_for_no_number_are_no_number() {
        for text in ["无", "暂无", "补办中", "身份证补办中", "—", "/", "--"] {
            assert!(says_none(text), "{text}");
        }
        for text in [
            "",
            "E12345678",
            "军字第12345号",
            "无1",
            "11010519491231002X",
        ] {
            assert!(!says_none(text), "{text}");
        }
    }
}
