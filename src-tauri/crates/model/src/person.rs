//! People who work at the station: what each may do, what a name and a PIN may be, and how long a wrong PIN costs.
//!
//! A name stands for its person in every decision and every row of the log; it is not changed once it signed something.

use serde::{Deserialize, Serialize};

/// Longest name, characters.
pub const NAME_MAX: usize = 40;
/// Shortest PIN, characters.
pub const PIN_MIN: usize = 6;
/// Longest PIN, characters.
pub const PIN_MAX: usize = 64;
/// Wrong PINs that cost no wait: a slip of the finger.
pub const FREE_SLIPS: u32 = 2;
/// What the first wrong PIN after these costs, seconds.
const FIRST_WAIT: u32 = 5;
/// The longest wait, seconds.
pub const LONGEST_WAIT: u32 = 15 * 60;

/// What a person may do. One person may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 审核员: rosters, photos, decisions.
    Reviewer,
    /// 负责人: standards, approval by sample, deliveries, full ID numbers.
    Lead,
    /// 保管员: people, backups, archives, deletion.
    Keeper,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Reviewer, Self::Lead, Self::Keeper];

    /// The word for wire, database and log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reviewer => "reviewer",
            Self::Lead => "lead",
            Self::Keeper => "keeper",
        }
    }

    /// The role of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Reviewer => "审核员",
            Self::Lead => "负责人",
            Self::Keeper => "保管员",
        }
    }
}

/// The roles of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roles {
    /// Whether 审核员.
    pub reviewer: bool,
    /// Whether 负责人.
    pub lead: bool,
    /// Whether 保管员.
    pub keeper: bool,
}

impl Roles {
    /// All three: who works alone.
    pub const ALL: Self = Self {
        reviewer: true,
        lead: true,
        keeper: true,
    };

    /// These roles.
    pub fn of(roles: &[Role]) -> Self {
        Self {
            reviewer: roles.contains(&Role::Reviewer),
            lead: roles.contains(&Role::Lead),
            keeper: roles.contains(&Role::Keeper),
        }
    }

    /// Whether this is one of them.
    pub const fn has(self, role: Role) -> bool {
        match role {
            Role::Reviewer => self.reviewer,
            Role::Lead => self.lead,
            Role::Keeper => self.keeper,
        }
    }

    /// In the order of [`Role::ALL`].
    pub fn list(self) -> Vec<Role> {
        Role::ALL
            .into_iter()
            .filter(|role| self.has(*role))
            .collect()
    }
}

/// The name as kept; `None` for an empty one, a longer one than [`NAME_MAX`], or one that a terminal would obey.
pub fn name(typed: &str) -> Option<&str> {
    let name = typed.trim();
    let fits = !name.is_empty() && name.chars().count() <= NAME_MAX;
    (fits && !name.chars().any(char::is_control)).then_some(name)
}

/// Whether two names would be taken for one: spaces, case and width apart.
pub fn same_name(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

fn folded(name: &str) -> String {
    name.chars()
        .map(crate::name::half_width)
        .filter(|c| !c.is_whitespace() && !crate::name::is_invisible(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a PIN is long enough and not the first that anybody tries: one character throughout, or a run such as 123456.
pub fn is_fit_pin(pin: &str) -> bool {
    let characters: Vec<u32> = pin.chars().map(u32::from).collect();
    let steps = |step: i64| {
        let mut pairs = characters.windows(2);
        pairs.all(|pair| i64::from(pair[1]) - i64::from(pair[0]) == step)
    };
    (PIN_MIN..=PIN_MAX).contains(&characters.len()) && ![0, 1, -1].into_iter().any(steps)
}

/// What must pass after the `wrong`th wrong PIN in a row before another is looked at, seconds: nothing for [`FREE_SLIPS`],
/// then five seconds, doubled each time, at most [`LONGEST_WAIT`].
pub fn wait_after(wrong: u32) -> u32 {
    match wrong.checked_sub(FREE_SLIPS + 1) {
        None => 0,
        Some(more) => FIRST_WAIT
            .saturating_mul(2_u32.saturating_pow(more))
            .min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_quarter_of_an_hour_and_no_further() {
        let waits: Vec<u32> = (0..13).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn pins_are_six_characters_and_no_run() {
        for pin in [
            "",
            "73915",
            "111111",
            "123456",
            "987654",
            "abcdef",
            &"7x".repeat(33),
        ] {
            assert!(!is_fit_pin(pin), "{pin}");
        }
        for pin in ["739154", "123457", "照审台的口令", "112233"] {
            assert!(is_fit_pin(pin), "{pin}");
        }
    }

    #[test]
    fn names_that_look_alike_are_one() {
        for (a, b) in [("王 老师", "王老师"), ("Li", "ＬＩ"), ("李\u{200b}", "李")] {
            assert!(same_name(a, b), "{a} {b}");
        }
        assert!(!same_name("王老师", "王老帅"));
        assert_eq!(name("  王 "), Some("王"));
        assert_eq!((name(" "), name("a\u{7}")), (None, None));
        assert_eq!(name(&"长".repeat(41)), None);
    }

    #[test]
    fn roles_are_words_both_ways() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
            assert_eq!(Roles::of(&[role]).list(), [role]);
        }
        assert_eq!(Roles::of(&Role::ALL), Roles::ALL);
    }
}
