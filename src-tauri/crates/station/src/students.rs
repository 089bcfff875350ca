//! The list of students and the type-ahead: one key press over twenty thousand must be answered at once.
//!
//! What is looked through is little of each student and is kept until something is written; the rest is read for the
//! page that is shown.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use zhaoshen_model::notice::StudentState;
use zhaoshen_model::{CodeState, Exempt, PhotoHash, RoundId, Student, StudentId, code_picture};
use zhaoshen_store::{RosterLine, Store};

use crate::app::count;
use crate::failure::store;
use crate::needle::Needle;
use crate::piles::awaiting_claim;
use crate::queue::{DIFFERING, REVIEWING};
use crate::roster::{draft_row, student_hit};
use crate::wire::{Failure, StudentHit, StudentPage, StudentRow, StudentSearch, StudentsQuery};
use crate::{Seat, zh};

/// The wire's word for who handed in nothing.
const MISSING: &str = "missing";
/// Most students in one page.
const PAGE_MAX: u32 = 1000;
/// Students offered while typing.
const HITS_MAX: usize = 20;

/// The round looked through last.
#[derive(Debug, Default)]
pub(crate) struct Lines(Mutex<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    round: RoundId,
    /// [`Store::writes`] when it was read.
    writes: u64,
    lines: Arc<Vec<RosterLine>>,
    filed: Arc<Filed>,
}

/// What is filed with the students beside their submissions.
#[derive(Debug)]
struct Filed {
    /// How each with a picture of a 采集码 stands.
    codes: HashMap<StudentId, CodeState>,
    /// Who has a reference photo.
    references: HashSet<StudentId>,
    /// Who may have a photo in the piles, to be claimed.
    awaiting_claim: HashSet<StudentId>,
}

impl Lines {
    /// The roster of the round as it stands, from memory where nothing was written since.
    fn of(&self, store_: &Store, round: RoundId) -> Result<Arc<Vec<RosterLine>>, Failure> {
        Ok(self.with_filed(store_, round)?.0)
    }

    /// The roster, and what is filed with its students.
    fn with_filed(
        &self,
        store_: &Store,
        round: RoundId,
    ) -> Result<(Arc<Vec<RosterLine>>, Arc<Filed>), Failure> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Taken first: a write meanwhile makes the next question read again.
        let writes = store_.writes();
        if let Some(known) = kept
            .as_ref()
            .filter(|known| known.round == round && known.writes == writes)
        {
            return Ok((Arc::clone(&known.lines), Arc::clone(&known.filed)));
        }
        let lines = store_.roster_lines(round).map_err(|error| store(&error))?;
        let lines = Arc::new(lines);
        let pictures = store_.code_pictures(round).map_err(|error| store(&error))?;
        let filed = Arc::new(Filed {
            codes: code_picture::states(&pictures),
            references: store_.referenced(round).map_err(|error| store(&error))?,
            awaiting_claim: awaiting_claim(store_, round)?,
        });
        *kept = Some(Kept {
            round,
            writes,
            lines: Arc::clone(&lines),
            filed: Arc::clone(&filed),
        });
        Ok((lines, filed))
    }
}

impl Seat {
    /// A page of the round's students in the order of 学号.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn student_list(&self, args: StudentsQuery) -> Result<StudentPage, Failure> {
        let round = RoundId(args.round);
        let (_, filed) = self.inner.lines.with_filed(self.store(), round)?;
        let why = args.state.strip_prefix("exempt:").and_then(Exempt::parse);
        let wanted = |line: &RosterLine| match args.state.as_str() {
            "" => true,
            "due" => line.exempt.is_none(),
            "straggler" => line.straggler,
            "reference:yes" => filed.references.contains(&line.student),
            "reference:no" => !filed.references.contains(&line.student),
            _ if why.is_some() => line.exempt == why,
            other => match other.strip_prefix("code:") {
                Some(wanted) => code_word(filed.codes.get(&line.student)) == wanted,
                None => state(line) == other,
            },
        };
        self.student_page(&args, wanted)
    }

    /// The page that a query asks for of those students whom `wanted` keeps; the query's state is for the caller.
    pub(crate) fn student_page(
        &self,
        query: &StudentsQuery,
        wanted: impl Fn(&RosterLine) -> bool,
    ) -> Result<StudentPage, Failure> {
        let round = RoundId(query.round);
        let (lines, filed) = self.inner.lines.with_filed(self.store(), round)?;
        let needle = Needle::of(&query.text);
        let is_found = |line: &RosterLine| {
            let fits = |needle: &Needle| needle.fits(&line.student_no, &line.name);
            needle.as_ref().is_none_or(fits)
        };
        let found: Vec<&RosterLine> = lines
            .iter()
            .filter(|line| is_found(line))
            .filter(|line| wanted(line))
            .collect();
        let limit = query.limit.min(PAGE_MAX) as usize;
        let page: Vec<&RosterLine> = found
            .iter()
            .skip(query.offset as usize)
            .take(limit)
            .copied()
            .collect();
        let students = self.students_of(&page)?;
        let others: HashSet<StudentId> = page
            .iter()
            .filter_map(|line| match filed.codes.get(&line.student)? {
                CodeState::SameAs(other) => Some(*other),
                _ => None,
            })
            .collect();
        let others: HashMap<StudentId, &RosterLine> = (lines.iter())
            .filter(|line| others.contains(&line.student))
            .map(|line| (line.student, line))
            .collect();
        Ok(StudentPage {
            total: count(found.len()),
            students: page
                .into_iter()
                .filter_map(|line| {
                    let mut row = row(line, students.get(&line.student)?);
                    row.reference = filed.references.contains(&line.student);
                    row.awaiting_claim =
                        state(line) == MISSING && filed.awaiting_claim.contains(&line.student);
                    let state = filed.codes.get(&line.student);
                    code_word(state).clone_into(&mut row.code);
                    if let Some(CodeState::SameAs(other)) = state
                        && let Some(other) = others.get(other)
                    {
                        row.code_same_as = format!("{} {}", other.student_no, other.name);
                    }
                    Some(row)
                })
                .collect(),
        })
    }

    /// Type-ahead for a student: 学号, 姓名 or pinyin initials.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn student_search(&self, args: StudentSearch) -> Result<Vec<StudentHit>, Failure> {
        let Some(needle) = Needle::of(&args.text) else {
            return Ok(Vec::new());
        };
        let lines = self.inner.lines.of(self.store(), RoundId(args.round))?;
        let found: Vec<&RosterLine> = lines
            .iter()
            .filter(|line| needle.fits(&line.student_no, &line.name))
            .take(HITS_MAX)
            .collect();
        let students = self.students_of(&found)?;
        Ok(found
            .into_iter()
            .filter_map(|line| {
                let student = students.get(&line.student)?;
                Some(student_hit(student, line.photo))
            })
            .collect())
    }

    /// The photo that each listed student has now.
    pub(crate) fn present_photos(
        &self,
        round: RoundId,
    ) -> Result<HashMap<StudentId, PhotoHash>, Failure> {
        let lines = self.inner.lines.of(self.store(), round)?;
        Ok(lines
            .iter()
            .filter_map(|line| Some((line.student, line.photo?)))
            .collect())
    }

    fn students_of(&self, lines: &[&RosterLine]) -> Result<HashMap<StudentId, Student>, Failure> {
        let ids: Vec<StudentId> = lines.iter().map(|line| line.student).collect();
        let students = self.store().students_with(&ids);
        let students = students.map_err(|error| store(&error))?;
        Ok(students
            .into_iter()
            .map(|student| (student.id, student))
            .collect())
    }
}

fn row(line: &RosterLine, student: &Student) -> StudentRow {
    let submission = line.submission.map(|submission| submission.0);
    let mut row = student_row(student, state(line), submission);
    row.exempt = line
        .exempt
        .map_or_else(String::new, |why| zh::exempt(why, &line.note));
    row.straggler = line.straggler;
    row.told = told(line).to_owned();
    row
}

/// A student as tables show one.
pub(crate) fn student_row(student: &Student, state: &str, submission: Option<i64>) -> StudentRow {
    let mut row = draft_row(&student.draft);
    row.student = student.id.0;
    state.clone_into(&mut row.state);
    row.submission = submission;
    row
}

/// The wire's word for how a student stands with the picture of the 采集码.
fn code_word(state: Option<&CodeState>) -> &'static str {
    state.map_or("", |state| state.as_str())
}

/// The wire's word for how a student stands.
fn state(line: &RosterLine) -> &'static str {
    if line.exempt.is_some() {
        return "exempt";
    }
    match (line.submission, line.decision) {
        (None, _) => MISSING,
        (Some(_), _) if line.reviewing => REVIEWING,
        (Some(_), Some(_)) if line.differing => DIFFERING,
        (Some(_), None) => "pending",
        (Some(_), Some(kind)) => kind.as_str(),
    }
}

/// How a student stands as students know it; nothing is told to who is exempt.
fn told(line: &RosterLine) -> &'static str {
    if line.exempt.is_some() {
        return "";
    }
    let open = line.reviewing || line.differing;
    let decision = line.decision.filter(|_| !open);
    StudentState::of(line.submission.is_some(), decision).title()
}
