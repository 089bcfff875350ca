//! Whose photo a file is by an index workbook: it decides where the file's name says nothing else, and a contradiction
//! between the two is for a person. And whose a payment is.

use std::collections::HashMap;

use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::payment::Payment;
use zhaoshen_model::{StudentId, StudentKeys, identity, name};

use super::number::is_id_number;
use super::{Evidence, Matcher, name_key, text};
use crate::index::IndexRow;

/// The rows of one or more indexes, looked up by file name.
#[derive(Debug, Clone, Default)]
pub struct Indexed {
    by_name: HashMap<String, Matching>,
}

/// What a file's index and name say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whose it is.
    pub matching: Matching,
    /// The index says another than the file's name.
    pub disagree: bool,
}

impl Indexed {
    /// Adds rows; a file that two rows give to different students is for a person.
    pub fn add(&mut self, matcher: &Matcher, rows: &[IndexRow]) {
        for row in rows {
            let found = matcher.match_keys(&row.named);
            let known = self.by_name.entry(file_key(&row.file_name));
            known
                .and_modify(|known| *known = both(known, &found))
                .or_insert(found);
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Whether there is a row for files of this key, see [`file_key`].
    pub fn names(&self, key: &str) -> bool {
        self.by_name.contains_key(key)
    }

    /// Whose the file at `path` is, where its name says `by_name`.
    pub fn tell(&self, path: &str, by_name: Matching) -> Told {
        let Some(indexed) = self.by_name.get(&file_key(path)) else {
            return Told {
                matching: by_name,
                disagree: false,
            };
        };
        let students = students_of(&by_name);
        let disagree = !students.is_empty()
            && match indexed {
                Matching::Matched { student, .. } => !students.contains(student),
                Matching::NotOnRoster { .. } => true,
                _ => false,
            };
        let matching = match (indexed, &by_name) {
            (Matching::Unknown, _) => by_name,
            // One key more settles what the index leaves open.
            (Matching::Ambiguous { candidates }, Matching::Matched { student, .. })
                if candidates.contains(student) =>
            {
                by_name
            }
            // Two that contradict each other are never guessed between.
            (indexed, _)
                if !students.is_empty()
                    && (disagree || !matches!(indexed, Matching::Matched { .. })) =>
            {
                let mut candidates = students;
                candidates.extend(students_of(indexed));
                candidates.sort_unstable();
                candidates.dedup();
                Matching::Ambiguous { candidates }
            }
            _ => indexed.clone(),
        };
        Told { matching, disagree }
    }
}

/// The form of a file name by which it is looked up: its last part without ending, in one case and width.
pub fn file_key(path: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = text::stem(file.trim());
    let folded = stem.trim().chars().map(name::half_width);
    folded.flat_map(char::to_lowercase).collect()
}

fn students_of(matching: &Matching) -> Vec<StudentId> {
    super::students_of(matching.clone())
}

fn or_else(found: Matching, next: impl FnOnce() -> Matching) -> Matching {
    match found {
        Matching::Unknown => next(),
        found => found,
    }
}

fn both(one: &Matching, other: &Matching) -> Matching {
    if one == other {
        return one.clone();
    }
    let mut candidates = students_of(one);
    candidates.extend(students_of(other));
    candidates.sort_unstable();
    candidates.dedup();
    Matching::Ambiguous { candidates }
}

impl Matcher {
    /// Whose a payment is: by the columns that name a student, else by what the remark says, else by who paid. A remark that
    /// is not understood and holds the name of another than who paid leaves it to a person.
    pub fn match_payment(&self, payment: &Payment) -> Matching {
        or_else(self.match_keys(&payment.named), || {
            self.spoken(payment).judge()
        })
    }

    /// Every key of a student in what [`Self::match_payment`] decides by, so that a person can be told why several fit.
    pub fn payment_keys_told(&self, payment: &Payment) -> Vec<(StudentId, MatchKey)> {
        let columns = self.column_keys(&payment.named).told();
        if !columns.is_empty() {
            return columns;
        }
        super::told_once(self.spoken(payment).keys())
    }

    /// What the remark and the name of who paid say together. A number of an order is no number of a student.
    fn spoken(&self, payment: &Payment) -> Evidence {
        let said = |text: &str| {
            let mut said = self.evidence_among(text, text::IN_REMARKS);
            said.is_beside_number = false;
            said
        };
        let mut spoken = said(&payment.note);
        if spoken.is_chance() {
            spoken.join(said(&payment.payer));
        } else if spoken.judge() == Matching::Unknown {
            spoken = said(&payment.payer);
        }
        for holders in self.names_inside(&payment.note) {
            spoken.doubt_beside(holders);
        }
        spoken
    }

    /// Who has a name that stands anywhere in the text, of names within one another the longest.
    fn names_inside(&self, text: &str) -> Vec<Vec<StudentId>> {
        let folded: Vec<char> = name_key(text).chars().collect();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(head) = folded.get(at) {
            let longest = self.heads.get(head).copied().unwrap_or(0);
            let longest = (2..=longest.min(folded.len() - at))
                .rev()
                .find_map(|length| {
                    let part: String = folded.iter().skip(at).take(length).collect();
                    Some((length, self.names.get(&part)?))
                });
            match longest {
                Some((length, holders)) => {
                    found.push(holders.clone());
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whom the keys in a row of a table mean: all of them must name one student.
    pub fn match_keys(&self, row: &StudentKeys) -> Matching {
        let ColumnKeys {
            named,
            stray,
            named_otherwise,
        } = self.column_keys(row);
        let mut fitting: Vec<StudentId> = named.iter().flat_map(|(all, _)| all).copied().collect();
        fitting.sort_unstable();
        fitting.dedup();
        let candidates = fitting.clone();
        fitting.retain(|student| named.iter().all(|(all, _)| all.contains(student)));
        match (fitting.as_slice(), named.first(), stray) {
            ([student], Some((_, by)), None) if !named_otherwise => Matching::Matched {
                student: *student,
                by: *by,
            },
            (_, None, Some(key)) => Matching::NotOnRoster { key },
            (_, None, None) => Matching::Unknown,
            _ => Matching::Ambiguous { candidates },
        }
    }

    /// The first number in the row of a table that nobody on the roster has, and what it should be; ID numbers masked.
    pub fn stray_key(&self, row: &StudentKeys) -> Option<(MatchKey, String)> {
        numbers_of(row)
            .into_iter()
            .find_map(|(text, key)| match self.number_in(text) {
                Number::Stray(number) => Some((key, number)),
                Number::Of(_) | Number::None => None,
            })
    }

    fn number_in(&self, cell: &str) -> Number {
        let number = identity::normalise(cell);
        let known = self
            .numbers
            .get(&number)
            .or_else(|| self.numbers.get(identity::comparison_key(&number)));
        match known {
            Some(holders) => Number::Of(holders.iter().map(|held| held.0).collect()),
            None if number.is_empty() => Number::None,
            None if is_id_number(&number) => Number::Stray(identity::mask(&number)),
            None => Number::Stray(number),
        }
    }

    fn column_keys(&self, row: &StudentKeys) -> ColumnKeys {
        let mut named: Vec<(Vec<StudentId>, MatchKey)> = Vec::new();
        let mut stray = None;
        for (text, key) in numbers_of(row) {
            match self.number_in(text) {
                Number::Of(students) => named.push((students, key)),
                Number::Stray(number) => stray = Some(number),
                Number::None => {}
            }
        }
        let folded = name_key(&row.name);
        let named_otherwise = match self.names.get(&folded) {
            Some(holders) => {
                named.push((holders.clone(), MatchKey::Name));
                false
            }
            // A number of one student beside a name that nobody has: one of the two is wrong, and which is a person's to say.
            None => !folded.is_empty() && !named.is_empty(),
        };
        ColumnKeys {
            named,
            stray,
            named_otherwise,
        }
    }
}

/// The cells of a row that hold numbers, each with what it should be.
fn numbers_of(row: &StudentKeys) -> [(&str, MatchKey); 3] {
    [
        (row.student_no.as_str(), MatchKey::StudentNo),
        (row.id_number.as_str(), MatchKey::IdNumber),
        (row.exam_no.as_str(), MatchKey::ExamNo),
    ]
}

/// What a cell with a number says.
enum Number {
    /// Who has it.
    Of(Vec<StudentId>),
    /// Nobody has it; an ID number is masked.
    Stray(String),
    /// The cell is empty.
    None,
}

/// What the columns of a row name.
struct ColumnKeys {
    /// Per key, who has it.
    named: Vec<(Vec<StudentId>, MatchKey)>,
    /// A number that nobody has.
    stray: Option<String>,
    /// A name that nobody has stands beside a key that somebody has.
    named_otherwise: bool,
}

impl ColumnKeys {
    fn told(self) -> Vec<(StudentId, MatchKey)> {
        let each = (self.named.into_iter())
            .flat_map(|(students, key)| students.into_iter().map(move |student| (student, key)));
        super::told_once(each)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ambiguous, matched, matcher};
    use super::*;

    fn row(file_name: &str, student_no: &str, name: &str) -> IndexRow {
        IndexRow {
            cell: String::new(),
            file_name: file_name.into(),
            named: StudentKeys {
                student_no: student_no.into(),
                name: name.into(),
                ..StudentKeys::default()
            },
        }
    }

    #[test]
    fn the_index_decides_and_a_name_that_disagrees_leaves_it_to_a_person() {
        let matcher = matcher();
        let mut indexed = Indexed::default();
        indexed.add(
            &matcher,
            &[
                row("IMG_0001.JPG", "2021001001", "张三"),
                row("李四.jpg", "2021001001", ""),
                row("王芳.jpg", "2021001001", ""),
                row("8.jpg", "2021001001", ""),
                row("3.jpg", "2021001001", "李四"),
                row("4", "", "王芳"),
                row("5.jpg", "2021009999", "张三"),
                row("6.jpg", "2021009999", ""),
                row("7.jpg", "2021001001", ""),
                row("7.jpg", "2021001002", ""),
                row("9.jpg", "2021001007", "阿依努尔买买提"),
            ],
        );
        let told = |path: &str| indexed.tell(path, matcher.match_path(path));
        let not_on_roster = Matching::NotOnRoster {
            key: "2021009999".into(),
        };
        for (path, matching, disagree) in [
            ("照片/img_0001.jpg", matched(1, MatchKey::StudentNo), false),
            ("照片/李四.jpg", ambiguous(&[1, 2]), true),
            ("照片/王芳.jpg", ambiguous(&[1, 5, 6]), true),
            ("照片/张三/8.jpg", matched(1, MatchKey::StudentNo), false),
            ("3.jpg", ambiguous(&[1, 2]), false),
            ("4.jpg", ambiguous(&[5, 6]), false),
            ("2021001005/4.jpg", matched(5, MatchKey::StudentNo), false),
            ("5.jpg", ambiguous(&[1]), false),
            ("6.jpg", not_on_roster, false),
            ("李四/6.jpg", ambiguous(&[2]), true),
            ("7.jpg", ambiguous(&[1, 2]), false),
            ("9.jpg", matched(7, MatchKey::StudentNo), false),
            ("张三.jpg", matched(1, MatchKey::Name), false),
        ] {
            assert_eq!(told(path), Told { matching, disagree }, "{path}");
        }
    }

    #[test]
    fn a_number_that_nobody_has_is_named_with_what_it_should_be() {
        let matcher = matcher();
        let of = |student_no: &str, exam_no: &str, name: &str| {
            let exam_no = exam_no.to_owned();
            StudentKeys {
                exam_no,
                ..row("", student_no, name).named
            }
        };
        let stray = |key, text: &str| Some((key, text.to_owned()));
        for (keys, found) in [
            (of("2021001001", "", "张三"), None),
            (of("", "", "张三"), None),
            (
                of("2021009999", "", ""),
                stray(MatchKey::StudentNo, "2021009999"),
            ),
            (
                of("2021009999", "99999", "张三"),
                stray(MatchKey::StudentNo, "2021009999"),
            ),
            (
                of("2021001001", "99999", ""),
                stray(MatchKey::ExamNo, "99999"),
            ),
        ] {
            assert_eq!(matcher.stray_key(&keys), found, "{keys:?}");
        }
    }
}
