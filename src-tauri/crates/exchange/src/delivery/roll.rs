//! Whose name or identity number stands in a text: one search for a whole roster.
//!
//! Every word looked for lies in a table under its first character and its length, so that a text is read once however many
//! students there are. What counts differs. In what somebody typed any name and any end of a number counts. In what the
//! roster says, file names among it, the end of a number counts where it stands by itself: six digits in the middle of a
//! class number or of another student's 学号 are there by chance and name nobody, and a 学号 is the key the round chose.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use zhaoshen_model::{StudentDraft, identity, name};

use super::DeliveryPlan;
use super::plan::problem;
use super::privacy::{Secrets, shown_no};
use crate::delivery::DeliveryMode;

/// Numbers at least this long are found whole, whatever stands around them, characters.
const SHORTEST_WHOLE: usize = 15;

/// What stands in the account in place of a text that tells of a student.
const LEFT_OUT: &str = "（略）";
/// What stands there in place of a 学号 that is an identity number.
const NUMBER_LEFT_OUT: &str = "（含证件号码，略）";

/// Words, each with the students it tells of.
#[derive(Debug, Default)]
struct Words {
    whose: HashMap<String, Vec<usize>>,
    lengths: HashMap<char, BTreeSet<usize>>,
}

impl Words {
    fn add(&mut self, word: String, student: usize) {
        let Some(first) = word.chars().next() else {
            return;
        };
        let lengths = self.lengths.entry(first).or_default();
        lengths.insert(word.chars().count());
        self.whose.entry(word).or_default().push(student);
    }

    /// Where words stand in a text, in its order, with the students they tell of.
    fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a [usize])> {
        let ends = text.char_indices().map(|(at, _)| at);
        let ends: Vec<usize> = ends.chain([text.len()]).collect();
        let starts = text.char_indices().enumerate();
        starts.flat_map(move |(nth, (start, first))| {
            let lengths = self.lengths.get(&first).into_iter().flatten();
            let words = lengths.filter_map(|length| {
                let end = *ends.get(nth + length)?;
                let whose = self.whose.get(text.get(start..end)?)?;
                Some((start..end, whose.as_slice()))
            });
            words.collect::<Vec<_>>()
        })
    }
}

/// A student of whom a text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'a> {
    /// The 学号, where it is not itself an identity number.
    pub student_no: &'a str,
    /// The name that stands in the text; `None` where it is the identity number or its end.
    pub name: Option<&'a str>,
}

/// The names and numbers of a roster, to be looked for in texts.
#[derive(Debug, Default)]
pub struct Roll {
    names: Words,
    numbers: Words,
    students: Vec<Listed>,
}

/// A student as the roll tells of one.
#[derive(Debug)]
struct Listed {
    student_no: String,
    name: String,
    number: String,
}

/// A name or a text as names are looked for in it: without blanks, since they go where han characters stand.
fn without_blanks(text: &str) -> String {
    let folded = name::fold(text);
    folded.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Roll {
    /// Of the students of a round.
    pub fn of<'a>(students: impl IntoIterator<Item = &'a StudentDraft>) -> Self {
        let mut roll = Self::default();
        for (at, student) in students.into_iter().enumerate() {
            let secrets = Secrets::of(student);
            roll.names.add(without_blanks(&secrets.name), at);
            roll.numbers.add(secrets.number, at);
            roll.students.push(Listed {
                student_no: shown_no(student, true).to_owned(),
                name: student.name.clone(),
                number: identity::normalise(&student.id_number),
            });
        }
        roll
    }

    fn named(&self, text: &str) -> Option<Told<'_>> {
        let text = without_blanks(text);
        let mut found = self.names.found(&text);
        let student = found.find_map(|(_, whose)| self.students.get(*whose.first()?));
        student.map(|student| Told {
            student_no: &student.student_no,
            name: Some(&student.name),
        })
    }

    /// The first student whose number, or its end, stands in a normalised text where `counts` says so: told the place and
    /// whether the number stands there whole.
    fn numbered(
        &self,
        text: &str,
        counts: impl Fn(&Range<usize>, bool) -> bool,
    ) -> Option<Told<'_>> {
        let mut found = self.numbers.found(text);
        let student = found.find_map(|(place, whose)| {
            let until = text.get(..place.end)?;
            let mut listed = whose.iter().filter_map(|at| self.students.get(*at));
            listed.find(|student| {
                let is_whole = student.number.chars().count() >= SHORTEST_WHOLE
                    && until.ends_with(&student.number);
                counts(&place, is_whole)
            })
        });
        student.map(|student| Told {
            student_no: &student.student_no,
            name: None,
        })
    }

    /// Of whom a text tells that somebody typed.
    pub fn in_typed(&self, text: &str) -> Option<Told<'_>> {
        self.named(text)
            .or_else(|| self.numbered(&identity::normalise(text), |_, _| true))
    }

    /// Of whom a text tells that is made of what the roster says of a student: names anywhere but in the student's own 学号,
    /// numbers that are whole or stand by themselves.
    pub fn in_listed(&self, text: &str, student_no: &str) -> Option<Told<'_>> {
        let besides = match student_no {
            "" => text.to_owned(),
            own => text.replace(own, "\u{FFFC}"),
        };
        let text = identity::normalise(text);
        let own = identity::normalise(student_no);
        let is_own = |place: &Range<usize>| {
            let mut places = text.match_indices(&own).filter(|(_, own)| !own.is_empty());
            places.any(|(at, own)| at <= place.start && place.end <= at + own.len())
        };
        let alone = |place: &Range<usize>| {
            let before = text.get(..place.start).and_then(|text| text.chars().last());
            let behind = text.get(place.end..).and_then(|text| text.chars().next());
            !before
                .into_iter()
                .chain(behind)
                .any(|c| c.is_ascii_alphanumeric())
        };
        self.named(&besides).or_else(|| {
            self.numbered(&text, |place, is_whole| {
                is_whole || (alone(place) && !is_own(place))
            })
        })
    }
}

impl Told<'_> {
    /// What of the student stands there.
    pub fn what(&self) -> String {
        let no = self.student_no;
        match self.name {
            Some(name) => format!("学生（学号{no}）的姓名“{name}”"),
            None => format!("学生（学号{no}）的证件号码或其后六位"),
        }
    }
}

impl DeliveryPlan {
    /// The plan with a problem for every file whose name, or whose folder's, tells of a student of the roster, and without
    /// such texts in the account of who is left out. In 名单模式 names may stand there.
    #[must_use]
    pub fn searched(mut self, roll: &Roll) -> Self {
        if self.mode != DeliveryMode::CodeOnly {
            return self;
        }
        for file in &self.files {
            let student = &file.item.student;
            let told = roll.in_listed(&file.path(), &student.student_no);
            // In the account it stands whatever the files are called.
            let told = told.or_else(|| roll.in_listed(&student.student_no, &student.student_no));
            if let Some(told) = told {
                let message = format!(
                    "里面有{}，采集码模式下会交出去，请不按它分包、命名时不用它，或改正名单",
                    told.what()
                );
                let problem = problem(&file.item, &file.path(), message);
                self.problems.push(problem);
            }
        }
        for entry in self.undelivered.iter_mut().chain(&mut self.before) {
            let student = &mut entry.student;
            if roll.in_listed(&student.college, "").is_some() {
                LEFT_OUT.clone_into(&mut student.college);
            }
            let no = student.student_no.clone();
            if roll.in_listed(&no, &no).is_some() {
                NUMBER_LEFT_OUT.clone_into(&mut student.student_no);
            }
        }
        self
    }
}

#[cfg(test)]
#[path = "roll_tests.rs"]
mod tests;
