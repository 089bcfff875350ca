//! How a photo was matched to a student, or why it was not: the piles of the photo import.

use serde::{Deserialize, Serialize};

use crate::ids::StudentId;

/// The key that named the student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchKey {
    /// 学号.
    StudentNo,
    /// 证件号码.
    IdNumber,
    /// 考生号.
    ExamNo,
    /// 姓名.
    Name,
    /// The name of a file that was delivered for the student.
    FileName,
    /// A member of staff chose.
    ByHand,
}

/// Where an imported photo went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "pile")]
pub enum Matching {
    /// Exactly one student.
    Matched {
        /// Whose photo it is.
        student: StudentId,
        /// What said so.
        by: MatchKey,
    },
    /// More than one student fits, or two keys name different students; never guessed.
    Ambiguous {
        /// Everyone who fits.
        candidates: Vec<StudentId>,
    },
    /// A key was read, but nobody on the roster has it.
    NotOnRoster {
        /// The text that looks like a 学号 or 证件号码, the latter masked.
        key: String,
    },
    /// Nothing in the name tells whose it is.
    Unknown,
    /// Taken away from a student by a member of staff: no later import or roster gives it back by its name.
    PutBack {
        /// Whose it was said to be.
        from: StudentId,
    },
    /// Said by a member of staff to be nobody's photo: kept, and no longer asked about.
    Dismissed {
        /// The pile it lay in.
        was: Box<Matching>,
    },
}

impl Matching {
    /// The one student whose it is.
    pub const fn student(&self) -> Option<StudentId> {
        match self {
            Self::Matched { student, .. } => Some(*student),
            _ => None,
        }
    }

    /// Those among whom a person has still to choose: the photo of one of them has come.
    pub fn candidates(&self) -> &[StudentId] {
        match self {
            Self::Ambiguous { candidates } => candidates,
            _ => &[],
        }
    }

    /// Nobody's, kept with what was known of it.
    #[must_use]
    pub fn dismissed(self) -> Self {
        match self {
            Self::Dismissed { .. } => self,
            was => Self::Dismissed { was: Box::new(was) },
        }
    }

    /// Whether a person said that this file is not the student's, which its name does not outweigh.
    pub fn refuses(&self, student: StudentId) -> bool {
        match self {
            Self::PutBack { from } => *from == student,
            Self::Dismissed { .. } => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_photo_that_several_fit_waits_for_one_of_them() {
        let [one, other] = [StudentId(1), StudentId(2)];
        let ambiguous = Matching::Ambiguous {
            candidates: vec![one, other],
        };
        let by = MatchKey::Name;
        for (matching, candidates) in [
            (ambiguous.clone(), &[one, other][..]),
            (ambiguous.dismissed(), &[]),
            (Matching::Matched { student: one, by }, &[]),
            (Matching::PutBack { from: one }, &[]),
            (Matching::NotOnRoster { key: "1".into() }, &[]),
            (Matching::Unknown, &[]),
        ] {
            assert_eq!(matching.candidates(), candidates, "{matching:?}");
        }
    }
}
