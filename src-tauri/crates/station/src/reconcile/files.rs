//! Files that were handed over, as lists and returned photos name them.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;
use zhaoshen_exchange::matching::{Matcher, file_key};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{StudentId, StudentKeys, SubmissionId, identity};

use crate::delivery::Delivered;

/// The files that a list may answer.
pub(crate) struct Files<'a> {
    /// By name without ending; of several the last delivered. `None` where a name is of several students.
    by_name: HashMap<String, Option<&'a Delivered>>,
    /// By the 学号 under which it was delivered, the last.
    by_number: HashMap<String, &'a Delivered>,
    /// By student for whom it was delivered, the last.
    by_student: HashMap<StudentId, &'a Delivered>,
}

impl<'a> Files<'a> {
    /// Those of one delivery, or of all.
    pub(crate) fn new(files: &'a [Delivered], delivery: Option<u32>) -> Self {
        let files = files.iter();
        Self::of_all(files.filter(|file| delivery.is_none_or(|number| file.delivery == number)))
    }

    /// Those that a row may answer that was read then, and names a delivery or none.
    pub(crate) fn by(files: &'a [Delivered], read_at: Timestamp, delivery: Option<u32>) -> Self {
        let named = |file: &&Delivered| delivery.is_none_or(|number| file.delivery == number);
        let files = files.iter().filter(|file| file.at <= read_at);
        Self::of_all(files.filter(named))
    }

    fn of_all(files: impl Iterator<Item = &'a Delivered>) -> Self {
        let mut found = Self {
            by_name: HashMap::new(),
            by_number: HashMap::new(),
            by_student: HashMap::new(),
        };
        for file in files {
            let Some(student) = file.student else {
                continue;
            };
            found.by_student.insert(student, file);
            if let Some(number) = &file.number {
                found.by_number.insert(identity::normalise(number), file);
            }
            let name = found.by_name.entry(name_key(&file.file_name));
            name.and_modify(|known| {
                let same = known.is_some_and(|known| known.student == file.student);
                *known = same.then_some(file);
            })
            .or_insert(Some(file));
        }
        found
    }

    /// Whom a row of the studio is about: its 学号 is that under which a student was delivered, whatever the roster says
    /// since.
    pub(crate) fn whose_answer(
        &self,
        matcher: &Matcher,
        named: &StudentKeys,
        file_name: &str,
    ) -> Matching {
        self.whose(matcher, &self.as_now(named), file_name)
    }

    /// Whom a row is about, by its columns and by the file it names: both must mean one student.
    pub(crate) fn whose(
        &self,
        matcher: &Matcher,
        named: &StudentKeys,
        file_name: &str,
    ) -> Matching {
        let by_keys = matcher.match_keys(named);
        if file_name.is_empty() {
            return by_keys;
        }
        let by_file = match self.named(file_name).and_then(|file| file.student) {
            Some(student) => Matching::Matched {
                student,
                by: MatchKey::FileName,
            },
            None => matcher.match_path(file_name),
        };
        both(by_keys, by_file)
    }

    /// A row's columns with the 学号 that the student has now in place of that which was delivered.
    fn as_now<'b>(&self, named: &'b StudentKeys) -> Cow<'b, StudentKeys> {
        let number = self
            .numbered(named)
            .and_then(|file| file.number_now.as_ref());
        match number {
            Some(number) => Cow::Owned(StudentKeys {
                student_no: number.clone(),
                ..named.clone()
            }),
            None => Cow::Borrowed(named),
        }
    }

    /// The last file delivered under the 学号 of a row.
    fn numbered(&self, named: &StudentKeys) -> Option<&'a Delivered> {
        let number = identity::normalise(&named.student_no);
        self.by_number.get(&number).copied()
    }

    /// The file delivered under a name, where the name means one student.
    pub(crate) fn named(&self, file_name: &str) -> Option<&'a Delivered> {
        self.by_name.get(&name_key(file_name)).copied().flatten()
    }

    /// The last file delivered of each student.
    pub(crate) fn last(&self) -> impl Iterator<Item = (StudentId, &'a Delivered)> {
        self.by_student
            .iter()
            .map(|(student, file)| (*student, *file))
    }

    /// Whose each name is, where it means one student.
    pub(crate) fn names(&self) -> HashMap<String, StudentId> {
        let names = self.by_name.iter();
        let whose = names.filter_map(|(name, file)| Some((name.clone(), (*file)?.student?)));
        whose.collect()
    }

    /// The delivered photo that a row about the student answers, and in which delivery it was.
    pub(crate) fn of(
        &self,
        student: StudentId,
        (named, file_name): (&StudentKeys, &str),
    ) -> Option<(SubmissionId, u32)> {
        let is_theirs = |file: &&Delivered| file.student == Some(student);
        let by_name = self.named(file_name).filter(is_theirs);
        let file = by_name
            .or_else(|| self.numbered(named).filter(is_theirs))
            .or_else(|| self.by_student.get(&student).copied());
        file.map(|file| (file.submission, file.delivery))
    }
}

/// A name as lists write it: without ending, and numbers without zeros before them.
pub(crate) fn name_key(file_name: &str) -> String {
    let key = file_key(file_name);
    let is_serial = key.len() <= 6 && key.bytes().all(|byte| byte.is_ascii_digit());
    match is_serial {
        true => key.trim_start_matches('0').to_owned(),
        false => key,
    }
}

/// What two voices say together.
fn both(one: Matching, other: Matching) -> Matching {
    match (one.student(), other.student()) {
        (Some(first), Some(second)) if first == second => one,
        (Some(first), Some(second)) => Matching::Ambiguous {
            candidates: vec![first, second],
        },
        (Some(first), None) => match other {
            Matching::Ambiguous { candidates } if !candidates.contains(&first) => {
                Matching::Ambiguous { candidates }
            }
            _ => one,
        },
        (None, Some(second)) => match one {
            Matching::Unknown => other,
            Matching::Ambiguous { candidates } if candidates.contains(&second) => other,
            Matching::Ambiguous { candidates } => Matching::Ambiguous { candidates },
            // The columns name somebody else, whom the roster has not.
            _ => Matching::Ambiguous {
                candidates: vec![second],
            },
        },
        (None, None) if one == Matching::Unknown => other,
        (None, None) => one,
    }
}
