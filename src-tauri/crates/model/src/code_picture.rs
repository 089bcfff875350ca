//! The picture of a student's 采集码, filed as it came.
//!
//! What such a code says is for the 采集单位 alone to read. Here it is a picture that either holds a code that a
//! program can read or does not, and a fingerprint by which two students with one code are told; the words of the code
//! are kept nowhere. Not here: reading the picture (`vision::code`), whose it is (`exchange::matching`).

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::ids::{PhotoHash, StudentId};

/// What kind of file the picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl CodeFormat {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Jpeg, Self::Png];

    /// The word stored, which is also the ending of a file's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The kind of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }
}

/// SHA-256 over a code's payload, under a word of its own: good for telling that two are the same and for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeDigest(pub [u8; 32]);

/// The picture filed with a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePicture {
    /// Whose it is.
    pub student: StudentId,
    /// The file, in the vault.
    pub photo: PhotoHash,
    /// What kind of file it is.
    pub format: CodeFormat,
    /// Of what the code says; `None` where no program could read it.
    pub digest: Option<CodeDigest>,
    /// Name of the file as it came.
    pub file_name: String,
}

/// How a student stands with the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// 可识读.
    Readable,
    /// 无法识读: no code is found in it, or a damaged one. The studio may still be able to.
    Unreadable,
    /// 与他人相同: the same file, or another picture of the same code, is filed with this student too.
    SameAs(StudentId),
}

impl CodeState {
    /// The word sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Readable => "readable",
            Self::Unreadable => "unreadable",
            Self::SameAs(_) => "same",
        }
    }
}

/// How each student with a picture stands. "One 学籍 has one 采集码": one code at two students is wrong at one of them.
pub fn states(pictures: &[CodePicture]) -> HashMap<StudentId, CodeState> {
    let mut by_file: BTreeMap<PhotoHash, Vec<StudentId>> = BTreeMap::new();
    let mut by_code: BTreeMap<CodeDigest, Vec<StudentId>> = BTreeMap::new();
    for picture in pictures {
        by_file
            .entry(picture.photo)
            .or_default()
            .push(picture.student);
        if let Some(digest) = picture.digest {
            by_code.entry(digest).or_default().push(picture.student);
        }
    }
    let other = |students: Option<&Vec<StudentId>>, own: StudentId| {
        students?.iter().copied().find(|student| *student != own)
    };
    let state = |picture: &CodePicture| {
        let own = picture.student;
        let same = other(by_file.get(&picture.photo), own)
            .or_else(|| other(by_code.get(&picture.digest?), own));
        match (same, picture.digest) {
            (Some(same), _) => CodeState::SameAs(same),
            (None, Some(_)) => CodeState::Readable,
            (None, None) => CodeState::Unreadable,
        }
    };
    pictures
        .iter()
        .map(|picture| (picture.student, state(picture)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(student: i64, file: u8, code: Option<u8>) -> CodePicture {
        CodePicture {
            student: StudentId(student),
            photo: PhotoHash([file; 32]),
            format: CodeFormat::Png,
            digest: code.map(|code| CodeDigest([code; 32])),
            file_name: String::new(),
        }
    }

    #[test]
    fn one_code_or_one_file_at_two_students_is_told_of_both() {
        let states = states(&[
            picture(1, 1, Some(1)),
            picture(2, 2, Some(2)),
            picture(3, 3, Some(2)),
            picture(4, 4, None),
            picture(5, 4, None),
            picture(6, 6, None),
        ]);
        let told: Vec<CodeState> = (1..=6).map(|id| states[&StudentId(id)]).collect();
        let same = |id| CodeState::SameAs(StudentId(id));
        let expected = [
            CodeState::Readable,
            same(3),
            same(2),
            same(5),
            same(4),
            CodeState::Unreadable,
        ];
        assert_eq!(told, expected);
    }
}
