//! Which rules answer a column of a labelled photo set, for measuring how well they do.

use crate::registry::rule;

/// How a label column is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The column, e.g. `mouth_closed`.
    pub label: &'static str,
    /// The label's value that is a fault, to be caught: 0 or 1.
    pub bad_value: u8,
    /// Codes of the rules that answer it: caught when any of them objects, so the worst of them counts.
    pub codes: &'static [&'static str],
    /// The profile under which alone the question makes sense; `None` for any.
    pub profile: Option<&'static str>,
}

impl Answer {
    /// Whether a machine rule answers it; otherwise only a person can, so far.
    pub fn is_measured(&self) -> bool {
        self.codes.iter().any(|code| rule(code).is_some())
    }
}

const fn answer(label: &'static str, bad_value: u8, codes: &'static [&'static str]) -> Answer {
    Answer {
        label,
        bad_value,
        codes,
        profile: None,
    }
}

/// Every label column that is known.
pub static ANSWERS: &[Answer] = &[
    answer("one_face", 0, &["FACE-01"]),
    answer("frontal", 0, &["POSE-01", "POSE-02", "POSE-03"]),
    answer("eyes_open", 0, &["FACE-02"]),
    answer("mouth_closed", 0, &["FACE-03"]),
    answer("uniform_background", 0, &["BG-02", "BG-03"]),
    Answer {
        profile: Some("blue-only"),
        ..answer("blue_background", 0, &["BG-01"])
    },
    answer("ears_visible", 0, &["FACE-05"]),
    answer("hair_over_brows", 1, &["FACE-04"]),
    answer("earrings", 1, &["WEAR-04"]),
    answer("tinted_glasses", 1, &["WEAR-02"]),
    answer("headwear", 1, &["WEAR-03"]),
    // Glasses are no fault in the standard: whether they are seen is asked where they are refused.
    Answer {
        profile: Some("no-glasses"),
        ..answer("glasses", 1, &["WEAR-01"])
    },
    answer("blurred", 1, &["SHARP-01"]),
    answer("lighting_bad", 1, &["LIGHT-01", "LIGHT-02", "LIGHT-03"]),
];

/// How the label column called `label` is answered, where it is known.
pub fn answers(label: &str) -> Option<&'static Answer> {
    ANSWERS.iter().find(|answer| answer.label == label)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::human::HUMAN_RULES;

    #[test]
    fn every_answer_names_rules_that_exist() {
        for answer in ANSWERS {
            for code in answer.codes {
                let human = HUMAN_RULES.iter().any(|item| item.code == *code);
                assert!(human || rule(code).is_some(), "{} -> {code}", answer.label);
            }
        }
    }

    #[test]
    fn columns_map_to_rules() {
        let mouth = answers("mouth_closed").unwrap();
        assert_eq!((mouth.bad_value, mouth.codes), (0, &["FACE-03"][..]));
        assert!(mouth.is_measured());
        assert_eq!(
            answers("blue_background").unwrap().profile,
            Some("blue-only")
        );
        let earrings = answers("earrings").unwrap();
        assert_eq!((earrings.bad_value, earrings.codes), (1, &["WEAR-04"][..]));
        assert!(earrings.is_measured());
        assert_eq!(answers("width"), None);
    }
}
