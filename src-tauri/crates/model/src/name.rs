//! Names (姓名): the key under which two spellings are the same, and what looks broken in one.
//!
//! The raw text is what is stored and printed; the key is only for comparing. Han characters are
//! deliberately not put through Unicode normalisation, which would change legal names (U+F9DC
//! would become 隆).

use serde::{Deserialize, Serialize};

/// The dot between the parts of a name (GB 18030 A1A4).
pub const NAME_DOT: char = '\u{b7}';

/// Longest name staff systems hold (XM is 40 bytes wide; long foreign names exceed it), characters.
const LONGEST: usize = 60;

/// First of the private code points that GB 18030-2000 used for characters without a code then.
const GB18030_PRIVATE_START: u32 = 0xE815;

/// What became of them: the character for code point `E815 + index`, or 0 where it stays private.
/// Source: the mapping tables of GB 18030-2000 (FE50..FEA0) against Unicode 4.1 and later.
const GB18030_PRIVATE: [u32; 80] = [
    0x2E81, 0x20087, 0x20089, 0x200CC, 0x2E84, 0x3473, 0x3447, 0x2E88, 0x2E8B, 0x9FB4, 0x359E,
    0x361A, 0x360E, 0x2E8C, 0x2E97, 0x396E, 0x3918, 0x9FB5, 0x39CF, 0x39DF, 0x3A73, 0x39D0, 0x9FB6,
    0x9FB7, 0x3B4E, 0x3C6E, 0x3CE0, 0x2EA7, 0x215D7, 0x9FB8, 0x2EAA, 0x4056, 0x415F, 0x2EAE,
    0x4337, 0x2EB3, 0x2EB6, 0x2EB7, 0x2298F, 0x43B1, 0x43AC, 0x2EBB, 0x43DD, 0x44D6, 0x4661,
    0x464C, 0x9FB9, 0x4723, 0x4729, 0x477C, 0x478D, 0x2ECA, 0x4947, 0x497A, 0x497D, 0x4982, 0x4983,
    0x4985, 0x4986, 0x499F, 0x499B, 0x49B7, 0x49B6, 0x9FBA, 0x241FE, 0x4CA3, 0x4C9F, 0x4CA0,
    0x4CA1, 0x4C77, 0x4CA2, 0x4D13, 0x4D14, 0x4D15, 0x4D16, 0x4D17, 0x4D18, 0x4D19, 0x4DAE, 0x9FBB,
];

/// Something that looks broken in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "problem")]
pub enum NameProblem {
    /// No name at all.
    Empty,
    /// `?`, `□` or the like stands for a character that was lost.
    Placeholder {
        /// The character found.
        found: char,
    },
    /// A private code point: other computers show something else or nothing.
    PrivateCharacter {
        /// The character found.
        found: char,
    },
    /// Latin letters among han characters, such as pinyin for a rare character.
    PinyinMixed,
    /// A character described in brackets, such as （由页）.
    Described,
    /// Digits in a name.
    Digits,
    /// More than 60 characters.
    TooLong {
        /// How many.
        length: usize,
    },
}

impl NameProblem {
    /// One Chinese line for staff.
    pub fn message(self) -> String {
        match self {
            Self::Empty => "姓名为空".into(),
            Self::Placeholder { found } => {
                format!("姓名中有“{found}”，可能是生僻字丢失")
            }
            Self::PrivateCharacter { found } => format!(
                "姓名中有自造字（U+{:04X}），换一台电脑可能显示不出",
                u32::from(found)
            ),
            Self::PinyinMixed => "姓名中汉字与拼音混写，可能是生僻字未录入".into(),
            Self::Described => "姓名中有带括号的拆字写法，请换成规范汉字".into(),
            Self::Digits => "姓名中有数字".into(),
            Self::TooLong { length } => format!("姓名有{length}个字符，过长"),
        }
    }

    /// Whether a character is certainly lost, so that the name cannot be kept as it is.
    pub const fn is_loss(self) -> bool {
        matches!(
            self,
            Self::Empty | Self::Placeholder { .. } | Self::TooLong { .. }
        )
    }
}

/// The key under which two spellings of a name are the same.
///
/// Full-width letters become half width, letters lower case, every middle dot becomes `·`, private
/// code points of GB 18030-2000 become the characters since encoded (䶮), invisible characters go.
/// Spaces go from names with han characters and are single in others.
pub fn fold(name: &str) -> String {
    let characters: Vec<char> = name
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| encoded_since(half_width(c)))
        .flat_map(char::to_lowercase)
        .collect();
    let has_han = characters.iter().any(|c| is_han(*c));
    let mut key = String::with_capacity(name.len());
    for (at, &c) in characters.iter().enumerate() {
        if c.is_whitespace() {
            if !has_han && !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        } else if is_dot(c) && stands_between_letters(&characters, at) {
            key.truncate(key.trim_end().len());
            key.push(NAME_DOT);
        } else {
            key.push(c);
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// `name` without the blanks that only make a short name as wide as a long one (张　三); `None` where there is none.
///
/// Blanks between han characters alone go: those of other scripts part the words of a name.
pub fn without_padding(name: &str) -> Option<String> {
    let mut tight = String::with_capacity(name.len());
    let mut blanks = String::new();
    for c in name.trim().chars() {
        if c.is_whitespace() {
            blanks.push(c);
            continue;
        }
        let is_padding = is_han(c) && tight.chars().next_back().is_some_and(is_han);
        if !is_padding {
            tight.push_str(&blanks);
        }
        blanks.clear();
        tight.push(c);
    }
    (tight != name.trim()).then_some(tight)
}

/// Everything that looks broken in `name`, each kind once.
pub fn problems(name: &str) -> Vec<NameProblem> {
    let trimmed = name.trim();
    let mut found = Vec::new();
    if trimmed.is_empty() {
        return vec![NameProblem::Empty];
    }
    let has_han = trimmed.chars().any(is_han);
    if let Some(found_character) = trimmed.chars().find(|c| is_placeholder(*c)) {
        found.push(NameProblem::Placeholder {
            found: found_character,
        });
    }
    if let Some(found_character) = trimmed.chars().find(|c| is_private(*c)) {
        found.push(NameProblem::PrivateCharacter {
            found: found_character,
        });
    }
    let latin = |c: char| c.is_alphabetic() && !is_han(c) && !is_private(c);
    if has_han && trimmed.chars().any(latin) {
        found.push(NameProblem::PinyinMixed);
    }
    if has_han && trimmed.contains(['(', '（', '[', '【', '〔']) {
        found.push(NameProblem::Described);
    }
    if trimmed.chars().any(|c| half_width(c).is_ascii_digit()) {
        found.push(NameProblem::Digits);
    }
    let length = trimmed.chars().count();
    if length > LONGEST {
        found.push(NameProblem::TooLong { length });
    }
    found
}

/// Whether `c` is a han character of any block, 〇 included.
pub const fn is_han(c: char) -> bool {
    matches!(
        c,
        '\u{3007}'
            | '\u{2E80}'..='\u{2FDF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{323AF}'
    )
}

/// `c` in half width where it is a full-width ASCII character or the ideographic space.
pub const fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(half) => half,
            None => c,
        },
        _ => c,
    }
}

/// Whether `c` takes no room: zero-width characters, marks of direction, the byte order mark,
/// control characters other than white space.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{61C}' | '\u{FEFF}' | '\u{AD}'
    ) || (c.is_control() && !c.is_whitespace())
}

const fn is_dot(c: char) -> bool {
    matches!(
        c,
        NAME_DOT
            | '.'
            | '\u{2022}'
            | '\u{2027}'
            | '\u{2219}'
            | '\u{22C5}'
            | '\u{A78F}'
            | '\u{30FB}'
            | '\u{FF65}'
            | '\u{FE52}'
            | '\u{2024}'
            | '\u{25CF}'
            | '\u{2E31}'
            | '\u{0387}'
    )
}

fn stands_between_letters(characters: &[char], at: usize) -> bool {
    let letter = |c: &&char| !c.is_whitespace();
    let before = characters.iter().take(at).rev().find(letter);
    let after = characters.iter().skip(at + 1).find(letter);
    // "J. Smith" keeps its full stop; 阿依努尔. 买买提 means the dot.
    let plain_stop = characters.get(at) == Some(&'.')
        && !(before.is_some_and(|c| is_han(*c)) && after.is_some_and(|c| is_han(*c)));
    before.is_some_and(|c| c.is_alphabetic())
        && after.is_some_and(|c| c.is_alphabetic())
        && !plain_stop
}

const fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

const fn is_placeholder(c: char) -> bool {
    matches!(c, '?' | '？' | '□' | '■' | '\u{FFFD}' | '*' | '＊' | '〓')
}

fn encoded_since(c: char) -> char {
    let index = u32::from(c).wrapping_sub(GB18030_PRIVATE_START) as usize;
    GB18030_PRIVATE
        .get(index)
        .and_then(|&code| char::from_u32(code))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dots_of_every_kind_are_one() {
        let key = fold("阿依努尔·买买提");
        for dot in [
            '•', '‧', '∙', '⋅', 'ꞏ', '・', '･', '．', '﹒', '.', '\u{b7}',
        ] {
            assert_eq!(fold(&format!("阿依努尔{dot}买买提")), key, "{dot:?}");
            assert_eq!(fold(&format!("阿依努尔 {dot} 买买提")), key, "{dot:?}");
        }
    }

    #[test]
    fn spaces_go_from_han_names_only() {
        assert_eq!(fold("张　 三"), "张三");
        assert_eq!(fold(" 张三\u{200b} "), "张三");
        assert_eq!(fold("John  Smith "), "john smith");
        assert_ne!(fold("Ann Lee"), fold("Annlee"));
    }

    #[test]
    fn blanks_that_pad_go_and_others_stay() {
        for padded in ["杨　佳", "杨 佳", " 杨\u{a0}\u{3000}佳 "] {
            assert_eq!(
                without_padding(padded).as_deref(),
                Some("杨佳"),
                "{padded:?}"
            );
        }
        for name in [
            "杨佳",
            " 杨佳 ",
            "John Smith",
            "阿依努尔 · 买买提",
            "欧阳 Anna",
            "",
        ] {
            assert_eq!(without_padding(name), None, "{name:?}");
        }
        assert_eq!(
            without_padding("欧 阳 Anna 佳").as_deref(),
            Some("欧阳 Anna 佳")
        );
    }

    #[test]
    fn full_width_letters_are_the_same() {
        assert_eq!(fold("ＪＯＨＮ　Ｓｍｉｔｈ"), "john smith");
    }

    #[test]
    fn characters_encoded_later_equal_their_private_code() {
        assert_eq!(fold("张\u{E863}"), fold("张䶮"));
        assert_eq!(fold("张\u{E863}"), "张\u{4DAE}");
        assert_eq!(fold("\u{E81E}"), "\u{9FB4}");
        assert_eq!(fold("\u{E864}"), "\u{9FBB}");
        assert_eq!(
            fold("\u{E865}"),
            "\u{E865}",
            "beyond the table nothing changes"
        );
    }

    #[test]
    fn compatibility_characters_are_left_alone() {
        assert_ne!(fold("\u{F9DC}"), fold("隆"));
        assert_eq!(fold("𬱖"), "𬱖");
    }

    #[test]
    fn broken_names_say_what_is_wrong() {
        assert_eq!(problems("张三"), vec![]);
        assert_eq!(problems("阿依努尔·买买提"), vec![]);
        assert_eq!(problems("John Smith"), vec![]);
        assert_eq!(problems("张𬱖"), vec![]);
        assert_eq!(problems(" "), vec![NameProblem::Empty]);
        assert_eq!(
            problems("张？"),
            vec![NameProblem::Placeholder { found: '？' }]
        );
        assert_eq!(
            problems("张\u{E863}"),
            vec![NameProblem::PrivateCharacter { found: '\u{E863}' }]
        );
        assert_eq!(problems("张yan"), vec![NameProblem::PinyinMixed]);
        assert_eq!(problems("张（由页）"), vec![NameProblem::Described]);
        assert_eq!(
            problems(&"长".repeat(61)),
            vec![NameProblem::TooLong { length: 61 }]
        );
        assert!(NameProblem::Placeholder { found: '?' }.is_loss());
        assert!(!NameProblem::PinyinMixed.is_loss());
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in "[\\u{4e00}-\\u{4e20}a-zA-Zａ-ｚ ·•．.　]{0,12}") {
            let once = fold(&name);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn any_text_folds(name in "\\PC{0,40}") {
            let _ = problems(&name);
            prop_assert!(fold(&name).chars().count() <= name.chars().count() * 3);
        }

        #[test]
        fn dots_widths_and_blanks_make_no_other_name(
            parts in proptest::collection::vec("[\\u{4e00}-\\u{4e20}]{1,3}", 2..4),
            dot in "[·•‧∙⋅ꞏ・･．﹒.]",
            blank in "[ \\u{a0}\\u{3000}\\u{200b}]{0,2}",
        ) {
            let plain = parts.join("·");
            let written = parts.join(&format!("{blank}{dot}{blank}"));
            prop_assert_eq!(fold(&format!("{blank}{written}{blank}")), fold(&plain));
            prop_assert_eq!(fold(&plain), plain);
        }

        #[test]
        fn letters_are_one_in_either_width_and_case(name in "[a-z]{1,6}( [a-z]{1,6}){0,2}") {
            let wide: String = name
                .chars()
                .map(|c| if c == ' ' { '\u{3000}' } else { char::from_u32(u32::from(c) + 0xFEE0).unwrap() })
                .collect();
            prop_assert_eq!(fold(&wide), name.clone());
            prop_assert_eq!(fold(&wide.to_uppercase()), name.clone());
            prop_assert_eq!(fold(&name.to_uppercase().replace(' ', "  ")), name);
        }

        #[test]
        fn two_han_names_are_one_only_when_they_are(
            one in "[\\u{4e00}-\\u{4e08}隆\\u{F9DC}神\\u{FA19}𬱖]{1,3}", other in "[\\u{4e00}-\\u{4e08}隆\\u{F9DC}神\\u{FA19}𬱖]{1,3}",
        ) {
            prop_assert_eq!(fold(&one) == fold(&other), one == other);
        }
    }
}
