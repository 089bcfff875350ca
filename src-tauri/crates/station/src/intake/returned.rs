//! The set that the studio gave back (返回的照片): files under the names by which they were delivered.
//!
//! What comes back as it went out is no new photo of its student. What differs is one, to be reviewed as any other; what
//! does not come back, and a photo that comes back under another's name, is told.

use std::collections::{BTreeMap, HashMap, HashSet};

use zhaoshen_exchange::source::fingerprint_of;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{RoundId, Student, StudentId};
use zhaoshen_store::Store;

use super::file_name;
use crate::failure::{refused, store};
use crate::reconcile::books::files;
use crate::reconcile::files::{Files, name_key};
use crate::wire::{Failure, IntakeLine};
use crate::zh;

/// What was delivered, and what of it has been met.
#[derive(Debug)]
pub(super) struct Returned {
    names: HashMap<String, StudentId>,
    /// Whose the bytes of a delivered file are, by their SHA-256.
    went_out: HashMap<String, StudentId>,
    /// Who is waited for, by 学号 and name, and the file delivered last.
    due: BTreeMap<String, (StudentId, String)>,
    met: HashSet<StudentId>,
}

/// What the bytes of a file say, beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bytes {
    /// They did not go out so.
    New,
    /// They went out so.
    Unchanged,
    /// They went out so, and for another student than the name says.
    OfAnother,
}

impl Returned {
    /// What was delivered of the students on the roster.
    ///
    /// # Errors
    /// Refused when nothing was.
    pub(super) fn load(
        store_: &Store,
        round: RoundId,
        students: &[Student],
    ) -> Result<Self, Failure> {
        let rows = store_.submissions(round).map_err(|error| store(&error))?;
        let delivered = files(store_, round, &rows)?;
        if delivered.is_empty() {
            return Err(refused(zh::RETURNED_NOTHING));
        }
        let of: HashMap<StudentId, &Student> = students
            .iter()
            .map(|student| (student.id, student))
            .collect();
        let by_name = Files::new(&delivered, None);
        let due = by_name.last().filter_map(|(id, file)| {
            let draft = &of.get(&id)?.draft;
            let whose = format!("{} {}", draft.student_no, draft.name);
            let went_as = zh::delivered_as(file.delivery, &file.file_name);
            Some((whose, (id, went_as)))
        });
        let went_out = delivered
            .iter()
            .filter_map(|file| Some((file.sha256.to_string(), file.student?)));
        Ok(Self {
            due: due.collect(),
            names: by_name.names(),
            went_out: went_out.collect(),
            met: HashSet::new(),
        })
    }

    /// Whose a file was delivered as; `None` where its name means no delivered file, or several.
    pub(super) fn named(&self, path: &str) -> Option<Matching> {
        let student = *self.names.get(&name_key(file_name(path)))?;
        let by = MatchKey::FileName;
        Some(Matching::Matched { student, by })
    }

    /// Takes note that a file has come, which its name gives to `named`.
    pub(super) fn meet(&mut self, bytes: &[u8], named: Option<StudentId>) -> Bytes {
        let went_out = self.went_out.get(&fingerprint_of(bytes)).copied();
        let (found, met) = match (went_out, named) {
            (None, _) => (Bytes::New, named),
            (Some(of), Some(named)) if of != named => (Bytes::OfAnother, None),
            (Some(of), _) => (Bytes::Unchanged, Some(of)),
        };
        self.met.extend(met);
        found
    }

    /// A line for each student of whom nothing came back.
    pub(super) fn missing(&self) -> Vec<IntakeLine> {
        let missing = self
            .due
            .iter()
            .filter(|(_, (id, _))| !self.met.contains(id));
        let lines = missing.map(|(whose, (_, went_as))| IntakeLine {
            file: whose.clone(),
            whose: String::new(),
            problem: zh::not_returned(went_as),
            remedy: zh::NOT_RETURNED_REMEDY.to_owned(),
        });
        lines.collect()
    }
}
