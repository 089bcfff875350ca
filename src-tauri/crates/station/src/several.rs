//! Why several students fit one file or one payment, told by the keys that were weighed, and who they are.

use std::collections::HashMap;

use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{PhotoHash, Student, StudentId};

use crate::wire::StudentHit;
use crate::{roster, zh};

/// Contradicting keys are told one by one up to this many students.
const WHOSE_MAX: usize = 4;

/// Which key says whom, where they contradict each other; `None` where one name is shared. `place` says where the keys
/// were read.
pub(crate) fn contradiction(
    candidates: &[StudentId],
    told: &[(StudentId, MatchKey)],
    students: &HashMap<StudentId, Student>,
    place: &str,
) -> Option<String> {
    let keys_of = |student: &StudentId| -> Vec<&str> {
        let own = told.iter().filter(|(of, _)| of == student);
        own.map(|(_, key)| zh::match_key(*key)).collect()
    };
    let whose: Vec<(Vec<&str>, &Student)> = candidates
        .iter()
        .filter_map(|student| Some((keys_of(student), students.get(student)?)))
        .collect();
    let is_contradiction = (2..=WHOSE_MAX).contains(&whose.len())
        && whose.iter().all(|(keys, _)| !keys.is_empty())
        && whose.windows(2).any(|pair| pair[0].0 != pair[1].0);
    is_contradiction.then(|| {
        // Several who have one name are told as its owners.
        let mut by_keys: Vec<(String, Vec<String>)> = Vec::new();
        for (keys, student) in &whose {
            let keys = keys.join("和");
            let student = zh::student_named(&student.draft);
            match by_keys.iter_mut().find(|(known, _)| *known == keys) {
                Some((_, students)) => students.push(student),
                None => by_keys.push((keys, vec![student])),
            }
        }
        let told = by_keys.iter().map(|(keys, of)| zh::key_is_of(keys, of));
        zh::keys_contradict(place, told)
    })
}

/// Those among whom a person chooses, with the photo that each has.
pub(crate) fn hits(
    matching: &Matching,
    students: &HashMap<StudentId, Student>,
    photos: &HashMap<StudentId, PhotoHash>,
) -> Vec<StudentHit> {
    let Matching::Ambiguous { candidates } = matching else {
        return Vec::new();
    };
    let known = candidates
        .iter()
        .filter_map(|student| students.get(student));
    known
        .map(|student| roster::student_hit(student, photos.get(&student.id).copied()))
        .collect()
}
