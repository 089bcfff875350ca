//! Whose photo a file is, told from its name and the folders it lies in.
//!
//! Every key that the path holds is looked up (学号, 证件号码, 考生号, 姓名). One student named by
//! all of them is a match; two students, or a key that contradicts another, is a question for a
//! person. It never guesses, and never looks at the picture.

mod indexed;
mod learnt;
mod namesake;
mod number;
#[cfg(test)]
mod number_tests;
mod proxy;
mod stranger;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use std::collections::{HashMap, HashSet};

use zhaoshen_model::identity;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{Student, StudentId, name};

pub use indexed::{Indexed, Told, file_key};
pub use learnt::Renumbering;
use namesake::Namesakes;
use number::{Shapes, is_id_number};
use text::{Run, Words};

/// Looks up students by the keys in a path. Built once for a roster, then asked per file.
#[derive(Debug, Clone)]
pub struct Matcher {
    numbers: HashMap<String, Vec<(StudentId, MatchKey)>>,
    /// By [`name_key`].
    names: HashMap<String, Vec<StudentId>>,
    /// By the first character of a name the length of the longest, characters.
    heads: HashMap<char, usize>,
    with_id_number: HashSet<StudentId>,
    shapes: Shapes,
    words: Words,
    namesakes: Namesakes,
}

impl Matcher {
    /// A matcher for the students of one round.
    pub fn new(students: &[Student]) -> Self {
        let mut matcher = Self {
            numbers: HashMap::with_capacity(students.len() * 2),
            names: HashMap::with_capacity(students.len()),
            heads: HashMap::new(),
            with_id_number: HashSet::new(),
            shapes: Shapes::default(),
            words: Words::new(students),
            namesakes: Namesakes::default(),
        };
        for student in students {
            matcher.add(student);
        }
        matcher.namesakes = Namesakes::new(students, &matcher.names);
        matcher
    }

    fn add(&mut self, student: &Student) {
        let draft = &student.draft;
        let id_number = identity::normalise(&draft.id_number);
        let keys = [
            (identity::normalise(&draft.student_no), MatchKey::StudentNo),
            (
                identity::comparison_key(&id_number).to_owned(),
                MatchKey::IdNumber,
            ),
            (identity::normalise(&draft.exam_no), MatchKey::ExamNo),
        ];
        for (key, kind) in keys {
            if key.is_empty() {
                continue;
            }
            if kind == MatchKey::StudentNo {
                self.shapes.learn(&key);
            }
            let holders = self.numbers.entry(key).or_default();
            if !holders.iter().any(|(holder, _)| *holder == student.id) {
                holders.push((student.id, kind));
            }
        }
        if !id_number.is_empty() {
            self.with_id_number.insert(student.id);
        }
        let folded = name_key(&draft.name);
        if let Some(head) = folded.chars().next() {
            let longest = self.heads.entry(head).or_default();
            *longest = folded.chars().count().max(*longest);
            self.names.entry(folded).or_default().push(student.id);
        }
    }

    /// Whose photo the file at `display_path` (parts joined by `/` or `\`) is.
    pub fn match_path(&self, display_path: &str) -> Matching {
        // The file's name first, then folder by folder outwards; what holds no key says nothing.
        let voices: Vec<(Matching, Evidence)> = text::parts(display_path)
            .map(|part| self.evidence(text::stem(part)))
            .map(|evidence| (evidence.judge(), evidence))
            .enumerate()
            .filter(|(at, (found, evidence))| {
                // A file that was handed in for somebody unknown, or is named after him, is not the folder's by its silence.
                *found != Matching::Unknown
                    || (*at == 0 && (evidence.is_doubtful || evidence.stranger.is_some()))
            })
            .map(|(_, voice)| voice)
            .collect();
        // With two voices the words beside a shared name settle nothing.
        let is_shared_name = matches!(voices.as_slice(), [(_, alone)] if alone.is_shared_name());
        let found = (voices.into_iter())
            .rev()
            .reduce(|(outer, _), (found, evidence)| (weigh(found, outer, &evidence), evidence));
        match found.map_or(Matching::Unknown, |(found, _)| found) {
            Matching::Ambiguous { candidates } if is_shared_name => {
                match self.namesakes.meant_by(display_path, &candidates) {
                    Some(student) => Matching::Matched {
                        student,
                        by: MatchKey::Name,
                    },
                    None => Matching::Ambiguous { candidates },
                }
            }
            found => found,
        }
    }

    /// Every key of a student that the path holds, so that a person can be told why several fit; each once, by student.
    pub fn keys_told(&self, display_path: &str) -> Vec<(StudentId, MatchKey)> {
        told_once(
            text::parts(display_path)
                .map(|part| self.evidence(text::stem(part)))
                .flat_map(Evidence::keys),
        )
    }

    /// Whether the path says that somebody handed the photo in for somebody else.
    pub fn is_for_another(&self, display_path: &str) -> bool {
        text::parts(display_path).any(|part| self.evidence(text::stem(part)).is_doubtful)
    }

    /// A name of nobody on the roster that stands in the path where a number of somebody's does.
    pub fn stranger_told(&self, display_path: &str) -> Option<String> {
        text::parts(display_path).find_map(|part| {
            let evidence = self.evidence(text::stem(part));
            evidence.stranger.filter(|_| evidence.by_name.is_empty())
        })
    }

    /// Everything that one name holds.
    fn evidence(&self, stem: &str) -> Evidence {
        self.evidence_among(stem, &[])
    }

    /// The same where `words` may stand beside a name too.
    fn evidence_among(&self, stem: &str, words: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        let trimmed = text::without_copy_mark(stem);
        // A number that is the whole name is meant, whatever it looks like.
        if self.note_number(&identity::normalise(stem), &mut evidence)
            || self.note_number(&identity::normalise(trimmed), &mut evidence)
        {
            evidence.is_certain = true;
            return evidence;
        }
        let by_machine = number::is_by_machine(trimmed);
        for segment in text::segments(trimmed) {
            self.note_name(&name_key(segment), &mut evidence);
            for run in text::runs(segment) {
                match run {
                    Run::Ascii(token) => self.note_token(&token, by_machine, &mut evidence),
                    Run::Han(run) => self.note_han(&run, words, &mut evidence),
                }
            }
        }
        // Whoever pays is no student.
        if words.is_empty() {
            evidence.stranger = stranger::in_stem(trimmed, &self.words, |piece| {
                self.words.read_whole(&name_key(piece), &self.names)
            });
        }
        self.settle(evidence)
    }

    fn note_number(&self, key: &str, evidence: &mut Evidence) -> bool {
        let Some(holders) = self
            .numbers
            .get(key)
            .or_else(|| self.numbers.get(identity::comparison_key(key)))
        else {
            return false;
        };
        evidence.by_number.extend(holders);
        true
    }

    fn note_name(&self, folded: &str, evidence: &mut Evidence) -> bool {
        let Some(holders) = self.names.get(folded) else {
            return false;
        };
        if !evidence.by_name.contains(holders) {
            evidence.by_name.push(holders.clone());
        }
        true
    }

    /// A run of letters and digits: a key as a whole, or its digits alone (`IMG2021001`).
    fn note_token(&self, token: &str, by_machine: bool, evidence: &mut Evidence) {
        if self.note_number(token, evidence) {
            evidence.is_certain |= !number::is_chance(token, by_machine);
            return;
        }
        let digits = text::longest_digits(token);
        if digits.len() < token.len() && digits.len() > 3 && self.note_number(digits, evidence) {
            evidence.is_certain |= !number::is_chance(digits, by_machine);
            return;
        }
        if is_id_number(token) {
            evidence.stray_id = Some(identity::mask(token));
        } else if self.shapes.fit(token) {
            evidence.stray_number = Some(token.to_owned());
        } else if self.shapes.fit(digits) {
            evidence.stray_number = Some(digits.to_owned());
        } else if number::looks_like_a_students(token, by_machine) {
            evidence.is_beside_number = true;
        }
    }

    /// A run of han characters: a name, or a name among known words. Where no `words` of remarks are known, a word of
    /// handing in for another leaves it to a person.
    fn note_han(&self, run: &str, words: &[&str], evidence: &mut Evidence) {
        let folded = name_key(run);
        let names = match self.names.contains_key(&folded) {
            true => vec![folded.clone()],
            false => self.words.names_within(&folded, words, &self.names),
        };
        for found in &names {
            self.note_name(found, evidence);
            if let Some(rest) = proxy::rest_of(found)
                && self.note_name(rest, evidence)
            {
                evidence.is_doubtful = true;
            }
        }
        let is_understood = !names.is_empty() || !words.is_empty() || !proxy::may_speak(&folded);
        if is_understood || self.words.read_whole(&folded, &self.names) {
            return;
        }
        if let Some(beside) = proxy::named_beside(&folded, |name| self.names.contains_key(name)) {
            evidence.is_doubtful = true;
            for found in beside {
                self.note_name(&found, evidence);
            }
        }
    }

    /// Weighs an unknown identity number: it proves nothing against a student whose own is not on
    /// the roster.
    fn settle(&self, mut evidence: Evidence) -> Evidence {
        let named = |student: &StudentId| self.with_id_number.contains(student);
        evidence.id_contradicts = evidence.stray_id.is_some()
            && (evidence.by_number.iter().any(|(student, _)| named(student))
                || evidence.by_name.iter().flatten().any(named));
        evidence
    }
}

/// The form in which names are looked up: that of [`name::fold`] without the dots, which many leave out.
fn name_key(name: &str) -> String {
    name::fold(name).replace(name::NAME_DOT, "")
}

/// What one name of a path holds.
#[derive(Debug, Clone, Default)]
struct Evidence {
    by_number: Vec<(StudentId, MatchKey)>,
    /// Whether one of those numbers is more than what may be a date, a time or a count.
    is_certain: bool,
    /// One list per name read; several students may share a name.
    by_name: Vec<Vec<StudentId>>,
    /// An identity number that nobody on the roster has, masked.
    stray_id: Option<String>,
    /// A text shaped like the roster's 学号 that nobody has.
    stray_number: Option<String>,
    /// Whether a number stands there that nobody has and that may be somebody's 学号 of another shape: beside a name it may
    /// tell of a namesake.
    is_beside_number: bool,
    /// Whether `stray_id` speaks against them.
    id_contradicts: bool,
    /// Whether a name stands in a text that was not understood, or a word of handing in for another.
    is_doubtful: bool,
    /// What reads as the name of somebody who is not on the roster.
    stranger: Option<String>,
}

impl Evidence {
    fn judge(&self) -> Matching {
        let mut students: Vec<StudentId> = self.by_number.iter().map(|found| found.0).collect();
        students.sort_unstable();
        students.dedup();
        match students.as_slice() {
            [] => self.judge_names(),
            [student] => {
                let agree = self.by_name.iter().all(|names| names.contains(student));
                // Beside the student's own name another may be the teacher's.
                let agree = agree && (self.stranger.is_none() || !self.by_name.is_empty());
                if agree && !self.speaks_against() && !self.is_chance() {
                    Matching::Matched {
                        student: *student,
                        by: self.strongest(),
                    }
                } else {
                    self.ambiguous()
                }
            }
            _ => self.ambiguous(),
        }
    }

    fn judge_names(&self) -> Matching {
        let stray = self.stray_id.as_ref().or(self.stray_number.as_ref());
        match (self.candidates().as_slice(), stray) {
            ([], Some(key)) => Matching::NotOnRoster { key: key.clone() },
            ([], None) => Matching::Unknown,
            ([student], _)
                if self.stray_number.is_none()
                    && !self.is_beside_number
                    && !self.speaks_against() =>
            {
                Matching::Matched {
                    student: *student,
                    by: MatchKey::Name,
                }
            }
            _ => self.ambiguous(),
        }
    }

    fn strongest(&self) -> MatchKey {
        [MatchKey::StudentNo, MatchKey::IdNumber]
            .into_iter()
            .find(|key| self.by_number.iter().any(|found| found.1 == *key))
            .unwrap_or(MatchKey::ExamNo)
    }

    fn candidates(&self) -> Vec<StudentId> {
        let mut all: Vec<StudentId> = self
            .by_number
            .iter()
            .map(|found| found.0)
            .chain(self.by_name.iter().flatten().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn keys(self) -> impl Iterator<Item = (StudentId, MatchKey)> {
        let named = self.by_name.into_iter().flatten();
        (self.by_number.into_iter()).chain(named.map(|student| (student, MatchKey::Name)))
    }

    fn ambiguous(&self) -> Matching {
        Matching::Ambiguous {
            candidates: self.candidates(),
        }
    }

    /// Whether several students fit only because they share one name.
    fn is_shared_name(&self) -> bool {
        self.by_number.is_empty()
            && self.by_name.len() == 1
            && self.stray_id.is_none()
            && self.stray_number.is_none()
            && !self.is_beside_number
            && !self.is_doubtful
    }

    const fn speaks_against(&self) -> bool {
        self.id_contradicts || self.is_doubtful
    }

    /// Adds what another text says.
    fn join(&mut self, other: Self) {
        self.by_number.extend(other.by_number);
        self.is_certain |= other.is_certain;
        self.by_name.extend(other.by_name);
        self.id_contradicts |= other.id_contradicts;
        self.is_doubtful |= other.is_doubtful;
    }

    /// Takes in a name that stands in a text: one that is not told of already leaves the answer to a person.
    fn doubt_beside(&mut self, holders: Vec<StudentId>) {
        let mut told = self.by_number.iter().map(|found| found.0);
        if !self.by_name.contains(&holders) && !told.any(|student| holders.contains(&student)) {
            self.by_name.push(holders);
            self.is_doubtful = true;
        }
    }

    /// Whether all that speaks is a number that may be there by chance.
    fn is_chance(&self) -> bool {
        !self.by_number.is_empty()
            && !self.is_certain
            && self.by_name.is_empty()
            && !self.is_doubtful
    }
}

/// The inner name speaks first; a folder around it settles a shared name, or contradicts.
fn weigh(file: Matching, folder: Matching, evidence: &Evidence) -> Matching {
    match (file, folder) {
        // A name is weak: a folder that names a stranger's number may mean a namesake.
        (
            Matching::Matched {
                student,
                by: MatchKey::Name,
            },
            Matching::NotOnRoster { .. },
        ) => Matching::Ambiguous {
            candidates: vec![student],
        },
        (file, Matching::NotOnRoster { .. }) => file,
        (Matching::Matched { student, by }, Matching::Matched { student: other, .. })
            if student == other =>
        {
            Matching::Matched { student, by }
        }
        (Matching::Matched { student, by }, Matching::Ambiguous { candidates })
            if candidates.contains(&student) && by != MatchKey::Name =>
        {
            Matching::Matched { student, by }
        }
        (Matching::Ambiguous { candidates }, Matching::Matched { student, by })
            if (evidence.is_shared_name() || evidence.is_chance())
                && candidates.contains(&student) =>
        {
            Matching::Matched { student, by }
        }
        (file, folder) => {
            let mut candidates = students_of(file);
            candidates.extend(students_of(folder));
            candidates.sort_unstable();
            candidates.dedup();
            Matching::Ambiguous { candidates }
        }
    }
}

fn students_of(matching: Matching) -> Vec<StudentId> {
    match matching {
        Matching::Matched { student, .. } => vec![student],
        Matching::Ambiguous { candidates } => candidates,
        _ => Vec::new(),
    }
}

/// By student, and of one student the stronger key first.
fn told_once(keys: impl Iterator<Item = (StudentId, MatchKey)>) -> Vec<(StudentId, MatchKey)> {
    let mut told: Vec<(StudentId, MatchKey)> = keys.collect();
    told.sort_by_key(|(student, key)| (*student, *key as u8));
    told.dedup();
    told
}
