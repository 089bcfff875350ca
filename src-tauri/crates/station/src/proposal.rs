//! What could be said of many photos of the piles at once: proposals learnt from names and from answers given by hand.
//! A proposal does nothing; a person looks it over and gives the photos.

use std::collections::{BTreeMap, HashSet};

use zhaoshen_exchange::matching::{Matcher, Renumbering};
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{StudentId, SubmissionId};
use zhaoshen_store::SubmissionRow;

use crate::zh;

/// Whose each of several photos is, for one reason.
pub(crate) struct Proposal {
    /// The reason, in words.
    pub(crate) reason: String,
    /// No student twice.
    pub(crate) pairs: Vec<(SubmissionId, StudentId)>,
}

/// What to propose for the photos in the piles: `piled`. `answered` are those given by hand before with the 学号 of
/// their students, `has_photo` tells whom nothing is proposed for.
pub(crate) fn proposals(
    matcher: &Matcher,
    piled: &[SubmissionRow],
    answered: &[(SubmissionRow, String)],
    has_photo: impl Fn(StudentId) -> bool,
) -> Vec<Proposal> {
    let by_name = piled
        .iter()
        .filter(|row| row.student.is_none() && is_asked_about(&row.matching))
        .filter_map(|row| Some((row.id, matcher.by_name_alone(&row.source)?)));
    let mut found = vec![Proposal {
        reason: zh::PROPOSE_BY_NAME.to_owned(),
        pairs: once_each(by_name.collect(), &has_photo),
    }];
    for (heads, times) in heads(matcher, answered) {
        let renumbered = piled.iter().filter_map(|row| match &row.matching {
            Matching::NotOnRoster { .. } | Matching::Unknown => {
                let key = matcher.foreign_number(&row.source)?;
                let student = matcher.by_student_no(&heads.apply(&key)?)?;
                Some((row.id, student))
            }
            _ => None,
        });
        found.push(Proposal {
            reason: zh::propose_renumbered(&heads.from, &heads.to, times),
            pairs: once_each(renumbered.collect(), &has_photo),
        });
    }
    found.retain(|proposal| !proposal.pairs.is_empty());
    found
}

fn is_asked_about(matching: &Matching) -> bool {
    matches!(
        matching,
        Matching::Ambiguous { .. } | Matching::NotOnRoster { .. } | Matching::Unknown
    )
}

/// The renumberings that answers teach, and how many answers teach each.
fn heads(matcher: &Matcher, answered: &[(SubmissionRow, String)]) -> BTreeMap<Renumbering, usize> {
    let mut heads = BTreeMap::new();
    for (row, student_no) in answered {
        if let Some(key) = matcher.foreign_number(&row.source)
            && let Some(learnt) = Renumbering::learn(&key, student_no)
        {
            *heads.entry(learnt).or_insert(0) += 1;
        }
    }
    heads
}

/// The pairs of students who come once and have no photo: two photos for one are for a person to look at.
fn once_each(
    pairs: Vec<(SubmissionId, StudentId)>,
    has_photo: &impl Fn(StudentId) -> bool,
) -> Vec<(SubmissionId, StudentId)> {
    let (mut seen, mut twice) = (HashSet::new(), HashSet::new());
    for (_, student) in &pairs {
        if !seen.insert(*student) {
            twice.insert(*student);
        }
    }
    pairs
        .into_iter()
        .filter(|(_, student)| !twice.contains(student) && !has_photo(*student))
        .collect()
}
