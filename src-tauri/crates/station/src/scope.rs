//! Whom a round collects (采集范围): showing it, trying it out, setting it, and what is said of single students.

mod choices;
mod collected;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use zhaoshen_model::scope::{Arrival, Cohort, Exclusion, Facts, Headcount};
use zhaoshen_model::{Eligibility, Exempt, Marks, RoundId, Scope, Student, StudentId};
use zhaoshen_store::{Act, Filed, MarkEdit, RoundRow, ScopeState, StudentKey};

use crate::app::{count, now};
use crate::checking::judge_round;
use crate::failure::{not_found, refused, store};
use crate::intake::limit::turns;
use crate::review::told;
use crate::round::window;
use crate::wire::{
    Failure, FiledRemove, FiledRemoved, RoundRef, ScopeCohort, ScopeCounts, ScopeReason, ScopeSet,
    ScopeStudent, ScopeView, StudentMark, StudentMarked, Undone,
};
use crate::{Seat, zh};

/// What the undo of the screen reaches.
const ACTS: [Act; 5] = [
    Act::ScopeChanged,
    Act::StudentsMarked,
    Act::CodesRemoved,
    Act::ReferencesRemoved,
    Act::RoundRenamed,
];
/// Most cohorts of a round.
const COHORTS_MAX: usize = 50;
/// Highest limit of submissions of a student; beyond it there might as well be none.
const LIMIT_MAX: u32 = 99;
/// Longest note beside a reason, characters.
const NOTE_MAX: usize = 100;

impl Seat {
    /// Whom the round collects, and what follows for its roster.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn scope_show(&self, args: RoundRef) -> Result<ScopeView, Failure> {
        let round = self.round(args.round)?;
        let scope = self
            .store()
            .scope(round.id)
            .map_err(|error| store(&error))?;
        let roster = Roster::load(self, round.id)?;
        let state = state_of(&round, scope);
        let (choices, together) = choices::of(&roster.students);
        Ok(ScopeView {
            choices,
            together,
            counts: roster.counts(&state),
            stragglers: roster.stragglers(&state.scope),
            collected: count(roster.marks.values().filter(|said| said.collected).count()),
            undo: self.scope_peek(round.id)?,
            scope: scope_view(round.id, state),
        })
    }

    /// What another scope would make of the roster; nothing is stored.
    ///
    /// # Errors
    /// Refused for days that are none, or too many cohorts.
    pub fn scope_preview(&self, args: ScopeSet) -> Result<ScopeCounts, Failure> {
        let round = self.round(args.round)?.id;
        let state = sound(args)?;
        Ok(Roster::load(self, round)?.counts(&state))
    }

    /// Says whom the round collects, and when.
    ///
    /// # Errors
    /// As [`Self::scope_preview`].
    pub fn scope_set(&self, args: ScopeSet) -> Result<ScopeView, Failure> {
        let round = self.round(args.round)?.id;
        let state = sound(args)?;
        let changed = self
            .store()
            .set_scope(round, &state, &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        if changed {
            judge_round(self.store(), round)?;
        }
        self.scope_show(RoundRef { round: round.0 })
    }

    /// Says something of students, in one act that is undone as one.
    ///
    /// # Errors
    /// Refused for a mark that is none, or without students; for students of another round.
    pub fn student_mark(&self, args: StudentMark) -> Result<StudentMarked, Failure> {
        let round = self.round(args.round)?.id;
        let students: Vec<StudentId> = args.students.iter().copied().map(StudentId).collect();
        let edit = edit(&args).ok_or_else(|| refused(zh::MARK_UNKNOWN))?;
        if students.is_empty() {
            return Err(refused(zh::MARK_NOBODY));
        }
        if args.note.chars().count() > NOTE_MAX {
            return Err(refused(zh::MARK_NOTE_LONG));
        }
        let changed = self.mark_all(round, &students, &edit, "")?;
        Ok(StudentMarked {
            changed: count(changed),
        })
    }

    /// Takes the pictures of their 采集码 away from students, in one act that [`Self::scope_undo`] takes back.
    ///
    /// # Errors
    /// Refused without students; for students of another round.
    pub fn codes_remove(&self, args: FiledRemove) -> Result<FiledRemoved, Failure> {
        self.remove_filed(args, Filed::Code)
    }

    /// Takes the reference photos away from students, in one act that [`Self::scope_undo`] takes back.
    ///
    /// # Errors
    /// Refused without students; for students of another round.
    pub fn references_remove(&self, args: FiledRemove) -> Result<FiledRemoved, Failure> {
        self.remove_filed(args, Filed::Reference)
    }

    fn remove_filed(&self, args: FiledRemove, kind: Filed) -> Result<FiledRemoved, Failure> {
        let round = self.round(args.round)?.id;
        let students: Vec<StudentId> = args.students.into_iter().map(StudentId).collect();
        if students.is_empty() {
            return Err(refused(zh::MARK_NOBODY));
        }
        let removed = self
            .store()
            .remove_pictures(kind, round, &students, &self.clerk()?, now());
        Ok(FiledRemoved {
            removed: count(removed.map_err(|error| store(&error))?),
        })
    }

    /// Takes back the last change of whom the round collects, of what was said of students, or of what is filed with
    /// them.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub fn scope_undo(&self, args: RoundRef) -> Result<Undone, Failure> {
        let round = self.round(args.round)?.id;
        let reverted = self.store().undo_of(&ACTS, round, &self.clerk()?, now());
        let undone = self.undone(reverted.map_err(|error| store(&error))?, zh::undone)?;
        judge_round(self.store(), round)?;
        Ok(undone)
    }

    /// Does again what [`Self::scope_undo`] last took back.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub fn scope_redo(&self, args: RoundRef) -> Result<Undone, Failure> {
        let round = self.round(args.round)?.id;
        let reverted = self.store().redo_of(&ACTS, round, &self.clerk()?, now());
        let redone = self.undone(reverted.map_err(|error| store(&error))?, zh::redone)?;
        judge_round(self.store(), round)?;
        Ok(redone)
    }

    /// The listed student of that 学号.
    ///
    /// # Errors
    /// Not found when there is none.
    pub fn student_numbered(&self, round: i64, student_no: &str) -> Result<i64, Failure> {
        let key = StudentKey::StudentNo(student_no);
        let found = self.store().find_students(RoundId(round), key);
        let found = found.map_err(|error| store(&error))?;
        let student = found.first().ok_or_else(|| not_found(zh::STUDENT_UNKNOWN));
        student.map(|student| student.id.0)
    }

    /// Marks students, and judges the photos of those who are due now.
    fn mark_all(
        &self,
        round: RoundId,
        students: &[StudentId],
        edit: &MarkEdit,
        source: &str,
    ) -> Result<u64, Failure> {
        let changed = self
            .store()
            .mark_students(round, students, edit, source, &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        if changed > 0 {
            judge_round(self.store(), round)?;
        }
        Ok(changed)
    }

    /// What [`Self::scope_undo`] would take back now.
    fn scope_peek(&self, round: RoundId) -> Result<Option<String>, Failure> {
        let next = self.store().peek_undo_of(&ACTS, round, &self.clerk()?);
        let next = next.map_err(|error| store(&error))?;
        Ok(next.map(|next| told(&next, None, 0)))
    }
}

/// Where a photo that came at `at` lies, seen from the round's window.
pub(crate) fn arrival(at: Timestamp, round: &RoundRow) -> Arrival {
    let day = at.to_zoned(TimeZone::system()).date();
    Arrival::of(day, round.opens_on, round.closes_on)
}

/// The round's students with what was said of them and the day their newest photo came.
struct Roster {
    students: Vec<Student>,
    marks: HashMap<StudentId, Marks>,
    /// With which time of handing in of the student; neither where the studio alone gave one back.
    photos: HashMap<StudentId, (Option<Date>, u32)>,
}

impl Roster {
    fn load(station: &Seat, round: RoundId) -> Result<Self, Failure> {
        let store_ = station.store();
        let received = store_.received(round).map_err(|error| store(&error))?;
        let mut photos: HashMap<StudentId, (Option<Date>, u32)> = received
            .iter()
            .map(|row| (row.student, (None, 0)))
            .collect();
        let zone = TimeZone::system();
        for (row, turn) in turns(&received) {
            let day = row.received_at.to_zoned(zone.clone()).date();
            photos.insert(row.student, (Some(day), turn));
        }
        Ok(Self {
            photos,
            students: store_.students(round).map_err(|error| store(&error))?,
            marks: store_.marks(round).map_err(|error| store(&error))?,
        })
    }

    fn said(&self, student: StudentId) -> Marks {
        self.marks.get(&student).cloned().unwrap_or_default()
    }

    fn eligibility(&self, scope: &Scope, student: &Student) -> Eligibility {
        let facts = Facts::from(&student.draft);
        Eligibility::of(scope, facts, &self.said(student.id))
    }

    fn counts(&self, state: &ScopeState) -> ScopeCounts {
        let mut head = Headcount::default();
        let (mut outside_window, mut over_limit) = (0, 0);
        for student in &self.students {
            let eligibility = self.eligibility(&state.scope, student);
            let came = self.photos.get(&student.id);
            head.add(eligibility, came.is_some());
            let is_over = came.is_some_and(|(_, n)| state.scope.limit_passed(*n).is_some());
            over_limit += u32::from(eligibility == Eligibility::Due && is_over);
            let in_time = came.and_then(|(day, _)| *day).is_none_or(|day| {
                Arrival::of(day, state.opens_on, state.closes_on) == Arrival::InTime
            });
            outside_window += u32::from(eligibility == Eligibility::Due && !in_time);
        }
        let reasons = Exempt::ALL.into_iter().filter_map(|why| {
            Some(ScopeReason {
                why: why.as_str().to_owned(),
                title: why.title().to_owned(),
                students: count(*head.exempt.get(&why)?),
            })
        });
        ScopeCounts {
            reasons: reasons.collect(),
            listed: count(head.listed),
            due: count(head.due),
            submitted: count(head.submitted),
            missing: count(head.missing),
            exempt: count(head.exempt_total()),
            exempt_with_photo: count(head.exempt_with_photo),
            outside_window,
            over_limit,
        }
    }

    fn stragglers(&self, scope: &Scope) -> Vec<ScopeStudent> {
        let named = self
            .students
            .iter()
            .filter(|student| self.said(student.id).straggler);
        let told = named.map(|student| ScopeStudent {
            student: student.id.0,
            student_no: student.draft.student_no.clone(),
            name: student.draft.name.clone(),
            exempt: self
                .eligibility(scope, student)
                .exempt()
                .map_or("", Exempt::title)
                .to_owned(),
        });
        told.collect()
    }
}

fn state_of(round: &RoundRow, scope: Scope) -> ScopeState {
    ScopeState {
        opens_on: round.opens_on,
        closes_on: round.closes_on,
        scope,
    }
}

/// The state that the wire asks for; a cohort that names everybody makes the others needless.
fn sound(args: ScopeSet) -> Result<ScopeState, Failure> {
    let (opens_on, closes_on) = window(&args.opens_on, &args.closes_on)?;
    if args.cohorts.len() > COHORTS_MAX {
        return Err(refused(zh::COHORTS_MANY));
    }
    if args.limit > LIMIT_MAX {
        return Err(refused(zh::LIMIT_HIGH));
    }
    let mut cohorts: Vec<Cohort> = Vec::new();
    for cohort in args.cohorts.into_iter().map(cohort) {
        if !cohorts.contains(&cohort) {
            cohorts.push(cohort);
        }
    }
    if cohorts.iter().any(Cohort::is_everybody) {
        cohorts.clear();
    }
    Ok(ScopeState {
        opens_on,
        closes_on,
        scope: Scope {
            cohorts,
            redo: args.redo,
            limit: (args.limit > 0).then_some(args.limit),
        },
    })
}

fn cohort(from: ScopeCohort) -> Cohort {
    Cohort {
        grades: from.grades,
        study_modes: from.study_modes,
        levels: from.levels,
        campuses: from.campuses,
        colleges: from.colleges,
        majors: from.majors,
        classes: from.classes,
    }
}

fn scope_view(round: RoundId, state: ScopeState) -> ScopeSet {
    let text = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let cohorts = state.scope.cohorts.into_iter().map(|cohort| ScopeCohort {
        grades: cohort.grades,
        study_modes: cohort.study_modes,
        levels: cohort.levels,
        campuses: cohort.campuses,
        colleges: cohort.colleges,
        majors: cohort.majors,
        classes: cohort.classes,
    });
    ScopeSet {
        round: round.0,
        opens_on: text(state.opens_on),
        closes_on: text(state.closes_on),
        cohorts: cohorts.collect(),
        redo: state.scope.redo,
        limit: state.scope.limit.unwrap_or(0),
    }
}

/// What the wire asks to be said; `None` for a word that is none.
fn edit(args: &StudentMark) -> Option<MarkEdit> {
    let excluded = |why| match args.on {
        true => MarkEdit::Excluded(Some(why), args.note.trim().to_owned()),
        false => MarkEdit::Excluded(None, String::new()),
    };
    Some(match args.mark.as_str() {
        "collected" => MarkEdit::Collected(args.on),
        "straggler" => MarkEdit::Straggler(args.on),
        "suspended" => excluded(Exclusion::Suspended),
        "left" => excluded(Exclusion::Left),
        "other" => excluded(Exclusion::Other),
        "nothing" => MarkEdit::Nothing,
        _ => return None,
    })
}
