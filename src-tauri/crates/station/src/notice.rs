//! Notices to the students whose photos were rejected, and the list of those who have handed in nothing.
//!
//! Texts to be pasted or handed to an operator; nothing is sent from here. No text holds an identity number. While a
//! second review waits, a photo is 审核中 and nobody is told anything.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use zhaoshen_model::notice::{
    Placeholder, StudentState, fill, signed, sms_parts, unknown_placeholders,
};
use zhaoshen_model::{RoundId, Student, StudentId, SubmissionId};
use zhaoshen_store::{NoticeRow as Told, Standing};

use crate::app::{count, local_time, now};
use crate::failure::{refused, store};
use crate::masking::{id_numbers, lines_without_id_numbers};
use crate::piles::awaiting_claim;
use crate::roster::students_by_id;
use crate::wire::{
    ChaseRow, Failure, NoticeAsk, NoticeGroup, NoticeMark, NoticeMarked, NoticeRow, NoticeTemplate,
    NoticeView,
};
use crate::{Seat, zh};

/// Name of the setting that holds the template.
const TEMPLATE: &str = "notice_template";
/// Longest template, characters.
const TEMPLATE_MAX: usize = 500;

impl Seat {
    /// Who is to be told what, and who has handed in nothing.
    ///
    /// # Errors
    /// Refused for a template that is too long or a deadline that is no date or has passed; when the workspace cannot be
    /// read.
    pub fn notice_list(&self, args: NoticeAsk) -> Result<NoticeView, Failure> {
        let round = self.round(args.round)?;
        let template = match sound(&args.template)? {
            "" => self.kept_template()?,
            given => given.to_owned(),
        };
        let standings = self
            .store()
            .standings(round.id)
            .map_err(|error| store(&error))?;
        let exempt = self.store().exempt(round.id);
        let exempt = exempt.map_err(|error| store(&error))?;
        let students = students_by_id(self.store(), round.id)?;
        let told = self.store().told(round.id).map_err(|error| store(&error))?;
        let told: HashMap<SubmissionId, Told> =
            told.into_iter().map(|row| (row.submission, row)).collect();
        let asked = day_to_come(&args.deadline)?;
        let deadline = asked.or_else(|| last_told(&told)).or(round.closes_on);
        let known: Vec<(&Student, &Standing)> = standings
            .iter()
            .filter_map(|standing| Some((students.get(&standing.student)?, standing)))
            .collect();
        let words = Words {
            template: &template,
            round: &round.name,
            // Nobody can be asked for something until a day that has passed.
            deadline: deadline
                .filter(|day| !is_past(*day))
                .map(|day| day.to_string()),
            signature: self.kept_signature(round.id)?,
            numbers: id_numbers(students.values()),
        };
        let until = deadline.map(|day| day.to_string());
        let rows = rejected(&known, &told, &words);
        let missing = missing(&known, &awaiting_claim(self.store(), round.id)?);
        let missing_total = missing.iter().map(|row| row.missing).sum();
        let claimed_total = missing.iter().map(|row| row.claimed).sum();
        let days_left = deadline.and_then(|day| days_until(day, now()));
        Ok(NoticeView {
            placeholders: Placeholder::ALL
                .iter()
                .map(|known| known.word().to_owned())
                .collect(),
            unknown: unknown_placeholders(&template)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            groups: groups(&rows, &words),
            missing_line: zh::chase_line(
                &by_college(&missing),
                (missing_total, claimed_total),
                until.as_deref(),
                days_left,
            ),
            deadline: until.unwrap_or_default(),
            signature: words.signature,
            template,
            days_left,
            rows,
            missing,
            missing_total,
            claimed_total,
            students: count(known.len()),
            exempt: count(exempt.len()),
        })
    }

    /// Keeps a template for the rounds to come; an empty one brings back the program's own.
    ///
    /// # Errors
    /// Refused when it is too long or has a placeholder that stands for nothing; when the workspace cannot be written.
    pub fn notice_template(&self, args: NoticeTemplate) -> Result<NoticeTemplate, Failure> {
        let template = sound(&args.template)?;
        if let Some(unknown) = unknown_placeholders(template).first() {
            return Err(refused(unknown_placeholder(unknown)));
        }
        self.store()
            .set_setting(TEMPLATE, &json!(template), &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        Ok(NoticeTemplate {
            template: self.kept_template()?,
        })
    }

    /// Marks rejections as told to the students, or takes the marks back; answers how many marks changed.
    ///
    /// # Errors
    /// Refused without a reviewer, for a deadline that is no date, or for photos of another round.
    pub fn notice_mark(&self, args: NoticeMark) -> Result<NoticeMarked, Failure> {
        let submissions: Vec<SubmissionId> =
            args.submissions.iter().copied().map(SubmissionId).collect();
        let deadline = day(&args.deadline)?;
        let marked = self.store().mark_told(
            RoundId(args.round),
            &submissions,
            args.told,
            deadline,
            &self.reviewer()?,
            now(),
        );
        let changed = marked.map_err(|error| store(&error))?;
        Ok(NoticeMarked {
            changed: count(changed),
        })
    }

    fn kept_template(&self) -> Result<String, Failure> {
        let kept = self
            .store()
            .setting(TEMPLATE)
            .map_err(|error| store(&error))?;
        let kept = kept.and_then(|value| value.as_str().map(str::to_owned));
        Ok(kept
            .filter(|kept| !kept.is_empty())
            .unwrap_or_else(|| zh::NOTICE_TEMPLATE.to_owned()))
    }
}

/// What a notice is filled from, beside the student.
struct Words<'a> {
    template: &'a str,
    round: &'a str,
    deadline: Option<String>,
    signature: String,
    /// The identity numbers of the roster: in none of the texts.
    numbers: HashSet<String>,
}

impl Words<'_> {
    fn masked(&self, text: &str) -> String {
        lines_without_id_numbers(text, |number| self.numbers.contains(number))
    }
}

/// What is said of a placeholder that stands for nothing.
pub(crate) fn unknown_placeholder(word: &str) -> String {
    let known = Placeholder::ALL.iter().map(|known| known.word());
    zh::notice_unknown(word, &known.collect::<Vec<_>>())
}

fn sound(template: &str) -> Result<&str, Failure> {
    let template = template.trim();
    match template.chars().count() {
        0..=TEMPLATE_MAX => Ok(template),
        _ => Err(refused(zh::NOTICE_TEMPLATE_LONG)),
    }
}

fn day(text: &str) -> Result<Option<Date>, Failure> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_no_date| refused(zh::NOTICE_DEADLINE)),
    }
}

/// As [`day`], but none that has passed.
fn day_to_come(text: &str) -> Result<Option<Date>, Failure> {
    let day = day(text)?;
    match day.filter(|day| is_past(*day)) {
        Some(passed) => Err(refused(zh::notice_deadline_past(&passed.to_string()))),
        None => Ok(day),
    }
}

/// Whole days from the day of `at` where the station runs until `day`.
fn days_until(day: Date, at: Timestamp) -> Option<i32> {
    let today = at.to_zoned(TimeZone::system()).date();
    today.until(day).ok().map(|span| span.get_days())
}

/// Whether a day is over where the station runs.
pub(crate) fn is_past(day: Date) -> bool {
    days_until(day, now()).is_some_and(|days| days < 0)
}

/// The day that students were told last, while it has not passed: who is told now has as long.
fn last_told(told: &HashMap<SubmissionId, Told>) -> Option<Date> {
    let last = told.values().max_by_key(|row| row.at)?.deadline?;
    (!is_past(last)).then_some(last)
}

fn rejected(
    known: &[(&Student, &Standing)],
    told: &HashMap<SubmissionId, Told>,
    words: &Words<'_>,
) -> Vec<NoticeRow> {
    let mut rows: Vec<NoticeRow> = known
        .iter()
        .filter_map(|(student, standing)| {
            let newest = standing.submission.as_ref()?;
            let (kind, reasons) = newest.decision.as_ref()?;
            // Two people differ: what is told now may be settled the other way.
            let state = StudentState::of(true, Some(*kind).filter(|_| !newest.differing));
            if state != StudentState::Failed {
                return None;
            }
            let reasons: Vec<&str> = reasons.iter().map(|reason| reason.text.trim()).collect();
            let reasons = words.masked(&zh::notice_reasons(&reasons));
            let draft = &student.draft;
            let text = fill(words.template, |placeholder| match placeholder {
                Placeholder::Name => draft.name.clone(),
                Placeholder::StudentNo => draft.student_no.clone(),
                Placeholder::College => draft.college.clone(),
                Placeholder::Class => draft.class.clone(),
                Placeholder::Reasons => reasons.clone(),
                Placeholder::Deadline => zh::notice_deadline(words.deadline.as_deref()),
                Placeholder::Round => words.round.to_owned(),
                Placeholder::State => state.title().to_owned(),
            });
            let text = words.masked(&text);
            let until = told.get(&newest.id).and_then(|told| told.deadline);
            Some(NoticeRow {
                submission: newest.id.0,
                student_no: draft.student_no.clone(),
                name: draft.name.clone(),
                college: draft.college.clone(),
                class: draft.class.clone(),
                state: state.title().to_owned(),
                parts: count(sms_parts(&signed(&words.signature, &text))),
                reasons,
                text,
                told_at: told
                    .get(&newest.id)
                    .map_or_else(String::new, |told| local_time(told.at)),
                told_until: until.map_or_else(String::new, |day| day.to_string()),
                is_overdue: until.is_some_and(is_past),
            })
        })
        .collect();
    rows.sort_by(|a, b| {
        (&a.college, &a.class, &a.student_no).cmp(&(&b.college, &b.class, &b.student_no))
    });
    rows
}

/// The rows by college, in the order they stand.
fn groups(rows: &[NoticeRow], words: &Words<'_>) -> Vec<NoticeGroup> {
    rows.chunk_by(|a, b| a.college == b.college)
        .map(|rows| {
            let untold = rows.iter().filter(|row| row.told_at.is_empty());
            let untold: Vec<&NoticeRow> = untold.collect();
            let deadline = words.deadline.as_deref();
            let text = |rows: &[&NoticeRow]| words.masked(&zh::notice_group(rows, deadline));
            NoticeGroup {
                college: rows
                    .first()
                    .map_or_else(String::new, |row| row.college.clone()),
                students: count(rows.len()),
                untold: count(untold.len()),
                text: text(&rows.iter().collect::<Vec<_>>()),
                untold_text: match untold.as_slice() {
                    [] => String::new(),
                    untold => text(untold),
                },
            }
        })
        .collect()
}

/// A class as the roster has it, on the way to its [`ChaseRow`].
#[derive(Default)]
struct Class<'a> {
    students: u32,
    /// Nothing came of them.
    silent: Vec<&'a Student>,
    /// A photo that waits to be claimed may be theirs.
    claimed: Vec<&'a Student>,
}

/// Those without a photo by college and class, in that order; `awaiting` are those who may have one in the piles.
fn missing(known: &[(&Student, &Standing)], awaiting: &HashSet<StudentId>) -> Vec<ChaseRow> {
    let mut classes: BTreeMap<(&str, &str), Class<'_>> = BTreeMap::new();
    for (student, standing) in known {
        let of = (student.draft.college.as_str(), student.draft.class.as_str());
        let class = classes.entry(of).or_default();
        class.students += 1;
        match (&standing.submission, awaiting.contains(&student.id)) {
            (Some(_), _) => {}
            (None, false) => class.silent.push(student),
            (None, true) => class.claimed.push(student),
        }
    }
    classes
        .into_iter()
        .filter(|(_, class)| !(class.silent.is_empty() && class.claimed.is_empty()))
        .map(|((college, name), class)| ChaseRow {
            college: college.to_owned(),
            class: name.to_owned(),
            students: class.students,
            missing: count(class.silent.len() + class.claimed.len()),
            claimed: count(class.claimed.len()),
            text: zh::chase_class(college, name, &class.silent, &class.claimed),
        })
        .collect()
}

fn by_college(rows: &[ChaseRow]) -> Vec<(&str, u32)> {
    rows.chunk_by(|a, b| a.college == b.college)
        .filter_map(|rows| {
            let college = rows.first()?.college.as_str();
            Some((college, rows.iter().map(|row| row.missing).sum()))
        })
        .collect()
}
