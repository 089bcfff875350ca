//! Whose name or identity number stands in a text: one search for a whole roster.
//!
//! Every word looked for lies in a table under its first character and its length, so that a text is read once however many
//! students there are. What counts differs. In what somebody typed any name and any end of a number counts. In what the
//! roster says, file names among it, the end of a number counts where it stands by itself: six digits in the middle of a
//! class number or of another student's 学号 are there by chance and name nobody, and a 学号 is the key the round chose.
//! Typed texts are read across separators (07-0003, 姜-海涵): there it is for the hand that wrote them to be understood.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use zhaoshen_model::identity::Spelled;
use zhaoshen_model::{RosterField, StudentDraft, identity, name};

use super::plan::problem;
use super::privacy::{Secrets, shown_no};
use super::{DeliveryPlan, Placeholder};
use crate::delivery::DeliveryMode;

/// Numbers at least this long are found whole, whatever stands around them, characters.
const SHORTEST_WHOLE: usize = 15;

/// Shortest name in letters that is looked for in another student's 学号: shorter ones are beginnings of keys, too (LI, BA).
const SHORTEST_IN_KEY: usize = 4;

/// What stands in the account in place of a text that tells of a student.
pub(super) const LEFT_OUT: &str = "（略）";

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

/// Why a 学号 does not leave the office in 采集码模式.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTrouble<'a> {
    /// A student's name stands in it, or a whole identity number.
    Tells(Told<'a>),
    /// It is no number of a school's: it may be a name in another spelling.
    IsNoNumber,
}

impl KeyTrouble<'_> {
    /// What is wrong with it, in Chinese.
    pub fn what(&self) -> String {
        match self {
            Self::Tells(told) => format!("里面有{}", told.what()),
            Self::IsNoNumber => "不像学校编的号码（应是字母和数字，以数字为主）".to_owned(),
        }
    }
}

/// Whether a 学号 looks like what schools give: letters and digits, most of them digits. `-`, `_` and `.` part them.
fn is_number(key: &str) -> bool {
    let is_among = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let of = |wanted: fn(&char) -> bool| key.chars().filter(wanted).count();
    let digits = of(char::is_ascii_digit);
    key.chars().all(is_among) && digits > 0 && digits >= of(char::is_ascii_alphabetic)
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
    /// The names as they are looked for in typed texts: without what may stand between their characters.
    joined: Words,
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

/// As [`without_blanks`], and without separators.
fn without_separators(text: &str) -> String {
    let folded = name::fold(text);
    folded
        .chars()
        .filter(|c| !identity::is_separator(*c))
        .collect()
}

impl Roll {
    /// Of the students of a round.
    pub fn of<'a>(students: impl IntoIterator<Item = &'a StudentDraft>) -> Self {
        let mut roll = Self::default();
        for (at, student) in students.into_iter().enumerate() {
            let secrets = Secrets::of(student);
            roll.names.add(without_blanks(&secrets.name), at);
            roll.joined.add(without_separators(&secrets.name), at);
            roll.numbers.add(secrets.number, at);
            roll.students.push(Listed {
                student_no: shown_no(student, true).to_owned(),
                name: student.name.clone(),
                number: identity::normalise(&student.id_number),
            });
        }
        roll
    }

    fn named(&self, names: &Words, text: &str) -> Option<Told<'_>> {
        let mut found = names.found(text);
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

    /// What keeps a 学号 from leaving the office: whose name stands in it, the student's own or another's, a whole identity
    /// number, or that it is no number at all.
    pub fn key_trouble(&self, student_no: &str, own_name: &str) -> Option<KeyTrouble<'_>> {
        if student_no.is_empty() {
            return None;
        }
        let named = self.named_in_key(student_no, own_name);
        let told = named.or_else(|| self.in_listed(student_no, student_no));
        match told {
            Some(told) => Some(KeyTrouble::Tells(told)),
            None => (!is_number(student_no)).then_some(KeyTrouble::IsNoNumber),
        }
    }

    /// Whose name stands in a 学号. One in letters counts where no letter stands beside it.
    fn named_in_key(&self, student_no: &str, own_name: &str) -> Option<Told<'_>> {
        let key = without_separators(student_no);
        let own = without_separators(own_name);
        let counts = |place: &Range<usize>| {
            let word = key.get(place.clone()).unwrap_or_default();
            let before = key.get(..place.start).and_then(|key| key.chars().last());
            let behind = key.get(place.end..).and_then(|key| key.chars().next());
            let parted = !before
                .into_iter()
                .chain(behind)
                .any(|c| c.is_ascii_alphabetic());
            word.contains(name::is_han)
                || (parted && (word == own || word.chars().count() >= SHORTEST_IN_KEY))
        };
        let mut found = self.joined.found(&key);
        let (_, whose) = found.find(|(place, _)| counts(place))?;
        let mut listed = whose.iter().filter_map(|at| self.students.get(*at));
        let student = listed
            .clone()
            .find(|student| student.name == own_name)
            .or_else(|| listed.next())?;
        Some(Told {
            student_no: &student.student_no,
            name: Some(&student.name),
        })
    }

    /// Of whom a text tells that somebody typed.
    pub fn in_typed(&self, text: &str) -> Option<Told<'_>> {
        let named = self.named(&self.joined, &without_separators(text));
        let spelled = || {
            Spelled::all_in(text).iter().find_map(|spelled| {
                self.numbered(spelled.text(), |place, is_whole| {
                    is_whole || spelled.is_one(place)
                })
            })
        };
        // Numbers with other characters than letters and digits stand in no spelling.
        let text = identity::normalise(text);
        let strange =
            |place: &Range<usize>, _: bool| !text.get(place.clone()).is_some_and(str::is_ascii);
        named
            .or_else(spelled)
            .or_else(|| self.numbered(&text, strange))
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
        self.named(&self.names, &without_blanks(&besides))
            .or_else(|| {
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
    /// The plan with a problem for every file whose name, or whose folder's, tells of a student of the roster or is made of a
    /// 学号 that does, and without such texts in the account. In 名单模式 names may stand there.
    #[must_use]
    pub fn searched(mut self, roll: &Roll) -> Self {
        if self.mode != DeliveryMode::CodeOnly {
            return self;
        }
        let template = Placeholder::all_in(&self.template);
        let by_no = template.contains(&Placeholder::Field(RosterField::StudentNo));
        let mut untold = HashSet::new();
        for file in &self.files {
            let student = &file.item.student;
            let no = &student.student_no;
            let trouble = roll.key_trouble(no, &student.name);
            if trouble.is_some() {
                untold.insert(no.clone());
            }
            let message = match trouble.filter(|_| by_no) {
                Some(trouble) => Some(format!(
                    "学号{}，采集码模式下不能交出去：请改用{{序号}}命名，或在名单里改成学校编的学号",
                    trouble.what()
                )),
                None => roll.in_listed(&file.path(), no).map(|told| {
                    format!(
                        "里面有{}，采集码模式下会交出去，请不按它分包、命名时不用它，或改正名单",
                        told.what()
                    )
                }),
            };
            if let Some(message) = message {
                self.problems
                    .push(problem(&file.item, &file.path(), message));
            }
        }
        for entry in self.undelivered.iter_mut().chain(&mut self.before) {
            let student = &mut entry.student;
            if roll.in_listed(&student.college, "").is_some() {
                LEFT_OUT.clone_into(&mut student.college);
            }
            if roll
                .key_trouble(&student.student_no, &student.name)
                .is_some()
            {
                LEFT_OUT.clone_into(&mut student.student_no);
            }
        }
        self.untold = untold;
        self
    }
}

#[cfg(test)]
#[path = "roll_tests.rs"]
mod tests;
