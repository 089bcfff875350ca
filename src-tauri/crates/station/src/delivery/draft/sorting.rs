//! Students sorted into those who are delivered and those who are not, with why.

use std::collections::{HashMap, HashSet};

use zhaoshen_checks::{FinalFrame, final_frame, is_own_text};
use zhaoshen_exchange::delivery::{DeliveryItem, Undelivered};
use zhaoshen_model::measurement::{Completeness, MEASUREMENT_VERSION};
use zhaoshen_model::{
    DecisionKind, Measurements, PhotoHash, Profile, RoundId, Student, StudentDraft, StudentId,
    SubmissionId,
};
use zhaoshen_store::{DecisionRow, QueueKind, Store, SubmissionRow};

use super::Source;
use crate::delivery::codes::Codes;
use crate::delivery::privacy::shown;
use crate::delivery::went::Went;
use crate::failure::store;
use crate::fee::Ledger;
use crate::masking::lines_without_id_numbers;
use crate::wire::{DeliveryOptions, Failure, NotDelivered};
use crate::zh;

/// What the store knows of the photos of a round, by student or photo.
pub(super) struct Known {
    measured: HashMap<PhotoHash, Measurements>,
    newest: HashMap<StudentId, SubmissionRow>,
    decisions: HashMap<SubmissionId, DecisionRow>,
    doubts: HashMap<SubmissionId, &'static str>,
    /// Who paid, where nothing goes out without the fee.
    ledger: Option<Ledger>,
    /// What went out before, where only what is new is asked for.
    delivered: HashMap<SubmissionId, Went>,
    pub(super) codes: Codes,
}

impl Known {
    pub(super) fn load(
        store_: &Store,
        round: RoundId,
        options: &DeliveryOptions,
    ) -> Result<Self, Failure> {
        let measured = store_
            .round_measurements(round, MEASUREMENT_VERSION)
            .map_err(|error| store(&error))?;
        let newest = store_
            .newest_submissions(round)
            .map_err(|error| store(&error))?;
        let newest: HashMap<_, _> = newest
            .into_iter()
            .filter_map(|row| Some((row.student?, row)))
            .collect();
        let decisions = store_
            .standing_decisions(round)
            .map_err(|error| store(&error))?;
        let delivered = match options.shape.only_new {
            true => Went::load(store_, round, options.shape.in_house)?,
            false => HashMap::new(),
        };
        Ok(Self {
            measured: measured.into_iter().collect(),
            decisions,
            doubts: doubts(store_, round)?,
            ledger: Ledger::holding(store_, round)?,
            delivered,
            codes: Codes::load(store_, round, &newest)?,
            newest,
        })
    }

    fn standing(&self, student: StudentId) -> Standing<'_> {
        let row = self.newest.get(&student);
        let before = row.and_then(|row| {
            let went = self.delivered.get(&row.id)?;
            Some((went, self.codes.original(row.id)))
        });
        let ledger = self.ledger.as_ref();
        Standing {
            row,
            decision: row.and_then(|row| self.decisions.get(&row.id)),
            doubt: row.and_then(|row| self.doubts.get(&row.id)).copied(),
            is_unpaid: ledger.is_some_and(|ledger| ledger.owes(student)),
            before,
        }
    }
}

/// Where the photo of a student stands.
struct Standing<'a> {
    row: Option<&'a SubmissionRow>,
    decision: Option<&'a DecisionRow>,
    /// Why two people do not agree on it yet.
    doubt: Option<&'static str>,
    /// Whether it is not handed over, though it is approved, before the fee is paid.
    is_unpaid: bool,
    /// The delivery that held it, and the picture of the 采集码 that would go along now.
    before: Option<(&'a Went, Option<PhotoHash>)>,
}

/// Students sorted into those who are delivered and those who are not, with why.
pub(super) struct Sorting<'a> {
    profile: &'a Profile,
    known: &'a Known,
    pub(super) items: Vec<DeliveryItem>,
    pub(super) undelivered: Vec<Undelivered>,
    pub(super) left_out: Vec<NotDelivered>,
    pub(super) before: Vec<NotDelivered>,
    pub(super) went_before: Vec<Undelivered>,
    pub(super) again: Vec<String>,
    pub(super) unpaid: usize,
    pub(super) numbers: HashSet<String>,
    pub(super) typed: Vec<(NotDelivered, Vec<String>)>,
    pub(super) sources: HashMap<SubmissionId, Source>,
}

impl<'a> Sorting<'a> {
    pub(super) fn new(profile: &'a Profile, known: &'a Known, numbers: HashSet<String>) -> Self {
        Self {
            profile,
            known,
            items: Vec::new(),
            undelivered: Vec::new(),
            left_out: Vec::new(),
            before: Vec::new(),
            went_before: Vec::new(),
            again: Vec::new(),
            unpaid: 0,
            numbers,
            typed: Vec::new(),
            sources: HashMap::new(),
        }
    }

    pub(super) fn sort(&mut self, student: Student) {
        let standing = self.known.standing(student.id);
        let ready = match standing.doubt {
            Some(why) => Err(why.to_owned()),
            None => self.ready(standing.row, standing.decision),
        };
        // Said last: what is wrong with the photo has to be mended first.
        let (mut went_before, mut is_unpaid) = (false, false);
        let ready = ready.and_then(|(submission, source)| match standing.before {
            _ if standing.is_unpaid => {
                is_unpaid = true;
                Err(zh::WHY_UNPAID.to_owned())
            }
            Some((went, code)) if went.is_same(&source, self.profile, code) => {
                went_before = true;
                Err(zh::why_delivered(went.number()))
            }
            Some((went, _)) => {
                let told = told_again(went, &student.draft);
                let told = told.map(|told| {
                    lines_without_id_numbers(&told, |number| self.numbers.contains(number))
                });
                self.again.extend(told);
                Ok((submission, source))
            }
            None => Ok((submission, source)),
        });
        self.unpaid += usize::from(is_unpaid);
        match ready {
            Ok((submission, source)) => {
                self.sources.insert(submission, source);
                self.items.push(DeliveryItem {
                    submission,
                    student: student.draft,
                });
            }
            Err(why) => self.leave_out(student.draft, &standing, &why, went_before),
        }
    }

    fn leave_out(
        &mut self,
        student: StudentDraft,
        standing: &Standing<'_>,
        why: &str,
        went_before: bool,
    ) {
        // A reason is typed by hand, and stands in lists that anybody may open.
        let why = lines_without_id_numbers(why, |number| self.numbers.contains(number));
        let left_out = NotDelivered {
            student_no: student.student_no.clone(),
            name: student.name.clone(),
            college: student.college.clone(),
            why: why.clone(),
            submission: standing.row.map(|row| row.id.0),
        };
        let typed = standing.decision.map_or_else(Vec::new, typed_reasons);
        if !typed.is_empty() {
            self.typed.push((left_out.clone(), typed));
        }
        let undelivered = Undelivered {
            student,
            reason: why,
        };
        let (shown, listed) = match went_before {
            true => (&mut self.before, &mut self.went_before),
            false => (&mut self.left_out, &mut self.undelivered),
        };
        shown.push(left_out);
        listed.push(undelivered);
    }

    fn ready(
        &self,
        row: Option<&SubmissionRow>,
        decision: Option<&DecisionRow>,
    ) -> Result<(SubmissionId, Source), String> {
        let (row, student) = row
            .and_then(|row| Some((row, row.student?)))
            .ok_or_else(|| zh::WHY_MISSING.to_owned())?;
        if row.is_in_question() {
            return Err(zh::WHY_IN_QUESTION.to_owned());
        }
        let decision = decision.ok_or_else(|| zh::WHY_PENDING.to_owned())?;
        match decision.decision.kind {
            DecisionKind::Held => return Err(zh::WHY_HELD.to_owned()),
            DecisionKind::Rejected => return Err(why_rejected(decision)),
            DecisionKind::Approved => {}
        }
        let measurements = (self.known.measured)
            .get(&row.photo)
            .ok_or_else(|| zh::WHY_UNCHECKED.to_owned())?;
        let frame = frame_of(measurements, self.profile)?;
        Ok((
            row.id,
            Source {
                photo: row.photo,
                student,
                decision: decision.id,
                measurements: measurements.clone(),
                frame,
            },
        ))
    }
}

/// The crop of a photo of which a finished file can be made; else why none can.
pub(in crate::delivery) fn frame_of(
    measurements: &Measurements,
    profile: &Profile,
) -> Result<FinalFrame, &'static str> {
    if measurements.file.completeness == Completeness::Truncated {
        return Err(zh::WHY_INCOMPLETE);
    }
    let frame = final_frame(measurements, profile);
    if frame.rect.area() <= 0.0 {
        return Err(zh::WHY_NOT_DECODABLE);
    }
    if frame.violation("JPEG-02").is_some() {
        return Err(zh::WHY_TOO_FEW_PIXELS);
    }
    if frame.violation("FACE-01").is_some() {
        return Err(zh::WHY_NO_FACE);
    }
    Ok(frame)
}

/// What an earlier delivery held of a student, where that is not what the studio is to have now.
fn told_again(went: &Went, student: &StudentDraft) -> Option<String> {
    let why = zh::moved_since(went.since()?);
    let whose = format!("{} {}", shown(&student.student_no, student), student.name);
    let file = shown(went.file_name(), student);
    Some(zh::delivered_otherwise(&whose, (went.number(), &file), why))
}

/// Photos that no two people agree on yet: a second review waits, or came to another verdict.
fn doubts(store_: &Store, round: RoundId) -> Result<HashMap<SubmissionId, &'static str>, Failure> {
    let mut doubts = HashMap::new();
    let differing = store_.queue(round, &QueueKind::Differing);
    for id in differing.map_err(|error| store(&error))? {
        doubts.insert(id, zh::WHY_DIFFERING);
    }
    let reviewing = store_.queue(round, &QueueKind::Reviewing);
    for id in reviewing.map_err(|error| store(&error))? {
        doubts.insert(id, zh::WHY_REVIEWING);
    }
    Ok(doubts)
}

/// What staff wrote of why a photo goes back, without the program's own texts: in these a word is never a name.
fn typed_reasons(row: &DecisionRow) -> Vec<String> {
    let reasons = row.decision.reasons.iter().map(|reason| &reason.text);
    reasons.filter(|text| !is_own_text(text)).cloned().collect()
}

fn why_rejected(row: &DecisionRow) -> String {
    let reasons = row.decision.reasons.iter();
    zh::why_rejected(&zh::in_one_line(reasons.map(|reason| reason.text.as_str())))
}
