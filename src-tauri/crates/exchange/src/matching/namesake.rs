//! Students who share a name, told apart by what stands beside it: `电气工程-王芳`.

use std::collections::{HashMap, HashSet};

use zhaoshen_model::{Student, StudentId, identity, name};

/// What is known of each student who shares a name: class, major, college and grade.
#[derive(Debug, Clone, Default)]
pub(super) struct Namesakes {
    known: HashMap<StudentId, Vec<String>>,
}

impl Namesakes {
    /// Those of `students` whose name several in `names` have.
    pub(super) fn new(students: &[Student], names: &HashMap<String, Vec<StudentId>>) -> Self {
        let shared: HashSet<StudentId> = names
            .values()
            .filter(|holders| holders.len() > 1)
            .flatten()
            .copied()
            .collect();
        let known = students
            .iter()
            .filter(|student| shared.contains(&student.id))
            .map(|student| (student.id, texts_of(student)))
            .collect();
        Self { known }
    }

    /// The one of `candidates` whom every text in `path` fits that any of them has: a text within a
    /// longer one (电气工程 in 电气工程及其自动化) does not count.
    pub(super) fn meant_by(&self, path: &str, candidates: &[StudentId]) -> Option<StudentId> {
        let path = folded(path);
        let texts_of = |student: &StudentId| self.known.get(student).into_iter().flatten();
        let found: HashSet<&str> = candidates
            .iter()
            .flat_map(texts_of)
            .map(String::as_str)
            .filter(|text| path.contains(text))
            .collect();
        let whole: Vec<&str> = found
            .iter()
            .filter(|text| {
                !found
                    .iter()
                    .any(|other| other.len() > text.len() && other.contains(**text))
            })
            .copied()
            .collect();
        if whole.is_empty() {
            return None;
        }
        let mut fitting = candidates.iter().filter(|student| {
            whole
                .iter()
                .all(|text| texts_of(student).any(|own| own == text))
        });
        match (fitting.next(), fitting.next()) {
            (Some(student), None) => Some(*student),
            _ => None,
        }
    }
}

fn texts_of(student: &Student) -> Vec<String> {
    let draft = &student.draft;
    [&draft.class, &draft.major, &draft.college, &draft.grade]
        .into_iter()
        .map(|text| folded(text))
        .filter(|text| text.chars().nth(1).is_some())
        .collect()
}

/// A text for comparison: half width, without blanks.
fn folded(text: &str) -> String {
    name::fold(&identity::normalise(text))
}
