//! What a preview of a roster was made of, in one word that the screen hands back.

use std::fmt;
use std::str::FromStr;

use zhaoshen_exchange::source::fingerprint_of;
use zhaoshen_model::Student;

use crate::failure::internal;
use crate::wire::Failure;

/// Between the two; no fingerprint has it.
const BETWEEN: char = '+';

/// What was previewed, against what: an import is taken only while both stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PreviewDigest {
    /// Fingerprint of the roster as it was read.
    pub(super) roster: String,
    /// Fingerprint of the round's students as they stood.
    pub(super) students: String,
}

/// The text is no preview's.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the digest of a roster's preview")]
pub(super) struct NoPreview;

impl PreviewDigest {
    /// Of a roster's fingerprint and the students that it was shown against.
    ///
    /// # Errors
    /// None that is known: students are plain data.
    pub(super) fn of(roster: String, students: &[Student]) -> Result<Self, Failure> {
        Ok(Self {
            roster,
            students: fingerprint(students)?,
        })
    }

    /// Whether the round's students are still those that the preview was made against.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub(super) fn is_of(&self, students: &[Student]) -> Result<bool, Failure> {
        Ok(self.students == fingerprint(students)?)
    }
}

fn fingerprint(students: &[Student]) -> Result<String, Failure> {
    let text = serde_json::to_vec(students).map_err(|error| internal(&error))?;
    Ok(fingerprint_of(&text))
}

impl fmt::Display for PreviewDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{BETWEEN}{}", self.roster, self.students)
    }
}

impl FromStr for PreviewDigest {
    type Err = NoPreview;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_one = |part: &str| !part.is_empty() && !part.contains(BETWEEN);
        match text.split_once(BETWEEN) {
            Some((roster, students)) if is_one(roster) && is_one(students) => Ok(Self {
                roster: roster.to_owned(),
                students: students.to_owned(),
            }),
            _ => Err(NoPreview),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use zhaoshen_model::{RoundId, StudentDraft, StudentId};

    use super::*;

    fn student(name: &str) -> Student {
        Student {
            id: StudentId(1),
            round: RoundId(1),
            draft: StudentDraft {
                student_no: "2202002180".to_owned(),
                name: name.to_owned(),
                ..StudentDraft::default()
            },
        }
    }

    #[test]
    fn its_text_reads_back_and_knows_the_students() {
        let digest = PreviewDigest::of(fingerprint_of(b"roster"), &[student("陈晓彤")]).unwrap();
        let read: PreviewDigest = digest.to_string().parse().unwrap();
        assert_eq!(read, digest);
        assert_eq!(read.roster, fingerprint_of(b"roster"));
        assert!(read.is_of(&[student("陈晓彤")]).unwrap());
        assert!(!read.is_of(&[student("陈晓桐")]).unwrap());
        assert!(!read.is_of(&[]).unwrap());
    }

    #[test]
    fn what_no_preview_wrote_is_none() {
        for text in ["", "+", "ab", "ab+", "+cd", "ab+cd+ef"] {
            assert_eq!(text.parse::<PreviewDigest>(), Err(NoPreview), "{text:?}");
        }
    }
}
