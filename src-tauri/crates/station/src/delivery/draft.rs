//! Who is delivered and who is left out, and why; nothing is made or written here.

use std::collections::{HashMap, HashSet};

use zhaoshen_checks::{FinalFrame, final_frame, is_own_text};
use zhaoshen_exchange::delivery::{
    self, DeliveryItem, DeliveryPlan, Roll, Split, Template, Undelivered,
};
use zhaoshen_model::measurement::{Completeness, MEASUREMENT_VERSION};
use zhaoshen_model::{
    DecisionId, DecisionKind, Measurements, PhotoHash, Profile, RosterField, RoundId, Student,
    StudentDraft, StudentId, SubmissionId,
};
use zhaoshen_store::{DecisionRow, QueueKind, RoundRow, Store, SubmissionRow};

use super::codes::Codes;
use super::columns;
use super::part::Values;
use super::privacy::{self, shown};
use super::went::Went;
use crate::failure::{exchange, store};
use crate::fee::Ledger;
use crate::masking::{id_numbers, lines_without_id_numbers};
use crate::wire::{
    DeliveryMode, DeliveryOptions, DeliveryPart, DeliverySplit, Failure, NotDelivered, PhotoInDoubt,
};
use crate::zh;

/// Students named in a notice.
const NAMED: usize = 5;

/// A planned delivery with everything needed to make its files.
pub(super) struct Draft {
    pub(super) round: RoundRow,
    pub(super) plan: DeliveryPlan,
    pub(super) sources: HashMap<SubmissionId, Source>,
    pub(super) left_out: Vec<NotDelivered>,
    /// Those of them to whom staff wrote why, with what they wrote.
    pub(super) typed: Vec<(NotDelivered, Vec<String>)>,
    /// Who must not be named in what goes out; `None` where names may be.
    pub(super) roll: Option<Roll>,
    pub(super) codes: Codes,
    /// Students to be collected who are not of the part that was chosen.
    pub(super) outside: usize,
    /// What was chosen for a part and nobody has, in one line.
    unknown: String,
    /// What there is to choose a part by.
    pub(super) parts: DeliveryPart,
    /// Those whose photo an earlier delivery held, where only what is new is asked for.
    pub(super) before: Vec<NotDelivered>,
    /// Those of the photos to be delivered that an earlier delivery held otherwise: whose, what it was and why they go again.
    again: Vec<String>,
    /// Approved students who still owe, where nothing goes out without the fee.
    unpaid: usize,
    /// The identity numbers of the round: in no text of the account.
    pub(super) numbers: HashSet<String>,
}

/// What one finished file is made from.
pub(super) struct Source {
    pub(super) photo: PhotoHash,
    /// Whose it was when this was planned.
    pub(super) student: StudentId,
    /// What approved it then.
    pub(super) decision: DecisionId,
    pub(super) measurements: Measurements,
    pub(super) frame: FinalFrame,
}

impl Draft {
    /// What of the round would be delivered.
    pub(super) fn load(store_: &Store, options: &DeliveryOptions) -> Result<Self, Failure> {
        Self::gathered(store_, options, false)
    }

    /// As [`Draft::load`], searched for whom it names where nobody may be named.
    pub(super) fn searched(store_: &Store, options: &DeliveryOptions) -> Result<Self, Failure> {
        Self::gathered(store_, options, true)
    }

    fn gathered(
        store_: &Store,
        options: &DeliveryOptions,
        is_searched: bool,
    ) -> Result<Self, Failure> {
        let round = store_
            .round(RoundId(options.round))
            .map_err(|error| store(&error))?;
        let mode = match options.mode {
            DeliveryMode::CollectionCode => delivery::DeliveryMode::CodeOnly,
            DeliveryMode::Roster => delivery::DeliveryMode::Roster,
        };
        let template =
            Template::parse(&options.template, mode).map_err(|error| exchange(&error))?;
        let columns = columns::fields(&options.columns)?;
        let measured = store_
            .round_measurements(round.id, MEASUREMENT_VERSION)
            .map_err(|error| store(&error))?;
        let measured: HashMap<PhotoHash, Measurements> = measured.into_iter().collect();
        let newest = store_
            .newest_submissions(round.id)
            .map_err(|error| store(&error))?;
        let newest: HashMap<_, _> = newest
            .into_iter()
            .filter_map(|row| Some((row.student?, row)))
            .collect();
        let decisions = store_
            .standing_decisions(round.id)
            .map_err(|error| store(&error))?;
        let doubts = doubts(store_, round.id)?;
        let ledger = Ledger::holding(store_, round.id)?;
        let exempt = store_.exempt(round.id).map_err(|error| store(&error))?;
        let delivered = match options.shape.only_new {
            true => Went::load(store_, round.id, options.shape.in_house)?,
            false => HashMap::new(),
        };
        let codes = Codes::load(store_, round.id, &newest)?;
        let mut outside = 0;
        let mut parts = Values::default();
        let students = store_.students(round.id).map_err(|error| store(&error))?;
        let unknown = options
            .part
            .unknown(students.iter().map(|student| &student.draft));
        let names_nobody = is_searched && options.mode == DeliveryMode::CollectionCode;
        let roll = names_nobody.then(|| Roll::of(students.iter().map(|student| &student.draft)));
        let mut draft = Sorting::new(&round.profile, measured, id_numbers(&students));
        for student in students {
            if exempt.contains_key(&student.id) {
                continue;
            }
            parts.add(&student.draft);
            if !options.part.holds(&student.draft) {
                outside += 1;
                continue;
            }
            let row = newest.get(&student.id);
            let decision = row.and_then(|row| decisions.get(&row.id));
            let doubt = row.and_then(|row| doubts.get(&row.id));
            let owes = |ledger: &Ledger| ledger.owes(student.id);
            let before = row.and_then(|row| {
                let went = delivered.get(&row.id)?;
                Some((went, codes.original(row.id)))
            });
            let standing = Standing {
                decision,
                doubt: doubt.copied(),
                is_unpaid: ledger.as_ref().is_some_and(owes),
                before,
            };
            draft.sort(student, row, &standing);
        }
        let Sorting {
            items,
            undelivered,
            left_out,
            before,
            went_before,
            again,
            unpaid,
            numbers,
            typed,
            sources,
            ..
        } = draft;
        let split = split_of(options.shape.split);
        let plan = delivery::plan(items, undelivered, &template, mode, split)
            .with_columns(&columns)
            .with_before(went_before)
            .with_codes(&codes.formats());
        let plan = match &roll {
            Some(roll) => plan.searched(roll),
            None => plan,
        };
        Ok(Self {
            outside,
            unknown,
            parts: parts.listed(),
            before,
            again,
            unpaid,
            numbers,
            round,
            plan,
            sources,
            left_out,
            typed,
            roll,
            codes,
        })
    }
}

impl Draft {
    /// Those of the photos to be delivered of which there is something to say, in the order of the delivery.
    pub(super) fn in_doubt(
        &self,
        why: impl Fn(SubmissionId) -> Option<String>,
    ) -> Vec<PhotoInDoubt> {
        let rows = self.plan.files.iter().filter_map(|file| {
            let (submission, student) = (file.item.submission, &file.item.student);
            Some(PhotoInDoubt {
                student_no: student.student_no.clone(),
                name: student.name.clone(),
                college: student.college.clone(),
                why: why(submission)?,
                submission: submission.0,
            })
        });
        rows.collect()
    }

    /// The photos that cannot be named, and why; with one of them nothing is delivered. No name shown here tells an
    /// identity number.
    pub(super) fn blocked(&self) -> Vec<PhotoInDoubt> {
        let files = self.plan.files.iter().map(|file| &file.item);
        let students: HashMap<SubmissionId, &StudentDraft> =
            files.map(|item| (item.submission, &item.student)).collect();
        let mut why: HashMap<SubmissionId, Vec<String>> = HashMap::new();
        for problem in &self.plan.problems {
            let student = students.get(&problem.submission);
            let name =
                student.map_or_else(String::new, |student| shown(&problem.file_name, student));
            let told = match name.as_str() {
                "" => problem.message_zh.clone(),
                name => format!("{name}：{}", problem.message_zh),
            };
            why.entry(problem.submission).or_default().push(told);
        }
        self.in_doubt(|submission| Some(why.get(&submission)?.join("；")))
    }

    /// What stops the delivery besides single photos: a part that nobody is of, and identity numbers that everybody could
    /// read.
    pub(super) fn problems(&self, options: &DeliveryOptions) -> Vec<String> {
        let unknown = match self.unknown.as_str() {
            "" => None,
            unknown => Some(zh::part_of_nobody(
                unknown,
                &self.parts.known(&options.part),
            )),
        };
        let listed = columns::problem(options).map(str::to_owned);
        let keys = columns::keys_in_the_open(&self.plan, options);
        let typed = privacy::problems(self, options);
        [unknown, listed, keys]
            .into_iter()
            .flatten()
            .chain(typed)
            .collect()
    }

    /// Whether the part that was chosen is of nobody: that says more than that nothing of it is approved.
    pub(super) const fn is_of_nobody(&self) -> bool {
        !self.unknown.is_empty()
    }

    /// Whether all that is approved went out before, and nothing of that is asked for again.
    pub(super) fn is_nothing_new(&self) -> bool {
        self.plan.files.is_empty() && self.unpaid == 0 && !self.before.is_empty()
    }

    /// What goes out again because the studio has it for another student, or under another 学号 or name.
    pub(super) fn told_again(&self) -> Option<String> {
        let named: Vec<String> = self.again.iter().take(NAMED).cloned().collect();
        (!named.is_empty()).then(|| zh::delivered_again(&named, self.again.len()))
    }

    /// Why nothing is to be delivered, where nothing is.
    pub(super) fn why_empty(&self) -> String {
        match (self.is_nothing_new(), self.unpaid) {
            (true, _) => zh::NOTHING_NEW.to_owned(),
            (false, 0) => zh::NOTHING_APPROVED.to_owned(),
            (false, unpaid) => zh::nothing_paid(unpaid),
        }
    }

    /// A line for every approved photo whose crop cannot keep all bands: a person passed it knowingly.
    pub(super) fn outside_bands(&self) -> Vec<String> {
        let lines = self.plan.files.iter().filter_map(|file| {
            let source = self.sources.get(&file.item.submission)?;
            let codes: Vec<&str> = source
                .frame
                .violations
                .iter()
                .map(|found| found.code.as_str())
                .collect();
            (!codes.is_empty())
                .then(|| zh::outside_bands(&file.item.student.student_no, &codes.join("、")))
        });
        lines.collect()
    }
}

fn split_of(split: DeliverySplit) -> Split {
    match split {
        DeliverySplit::Whole => Split::Whole,
        DeliverySplit::College => Split::By(RosterField::College),
        DeliverySplit::Class => Split::By(RosterField::Class),
        DeliverySplit::Level => Split::By(RosterField::Level),
        DeliverySplit::Every(size) => Split::Every(usize::try_from(size).unwrap_or(usize::MAX)),
    }
}

/// Where the photo of a student stands.
struct Standing<'a> {
    decision: Option<&'a DecisionRow>,
    /// Why two people do not agree on it yet.
    doubt: Option<&'static str>,
    /// Whether it is not handed over, though it is approved, before the fee is paid.
    is_unpaid: bool,
    /// The delivery that held it, and the picture of the 采集码 that would go along now.
    before: Option<(&'a Went, Option<PhotoHash>)>,
}

/// Students sorted into those who are delivered and those who are not, with why.
struct Sorting<'a> {
    profile: &'a Profile,
    measured: HashMap<PhotoHash, Measurements>,
    items: Vec<DeliveryItem>,
    undelivered: Vec<Undelivered>,
    left_out: Vec<NotDelivered>,
    before: Vec<NotDelivered>,
    went_before: Vec<Undelivered>,
    again: Vec<String>,
    unpaid: usize,
    numbers: HashSet<String>,
    typed: Vec<(NotDelivered, Vec<String>)>,
    sources: HashMap<SubmissionId, Source>,
}

impl<'a> Sorting<'a> {
    fn new(
        profile: &'a Profile,
        measured: HashMap<PhotoHash, Measurements>,
        numbers: HashSet<String>,
    ) -> Self {
        Self {
            profile,
            measured,
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

    fn sort(&mut self, student: Student, row: Option<&SubmissionRow>, standing: &Standing<'_>) {
        let ready = match standing.doubt {
            Some(why) => Err(why.to_owned()),
            None => self.ready(row, standing.decision),
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
            Err(why) => {
                // A reason is typed by hand, and stands in lists that anybody may open.
                let why = lines_without_id_numbers(&why, |number| self.numbers.contains(number));
                let left_out = NotDelivered {
                    student_no: student.draft.student_no.clone(),
                    name: student.draft.name.clone(),
                    college: student.draft.college.clone(),
                    why: why.clone(),
                    submission: row.map(|row| row.id.0),
                };
                let typed = standing.decision.map_or_else(Vec::new, typed_reasons);
                if !typed.is_empty() {
                    self.typed.push((left_out.clone(), typed));
                }
                let undelivered = Undelivered {
                    student: student.draft,
                    reason: why,
                };
                let (shown, listed) = match went_before {
                    true => (&mut self.before, &mut self.went_before),
                    false => (&mut self.left_out, &mut self.undelivered),
                };
                shown.push(left_out);
                listed.push(undelivered);
            }
        }
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
        let measurements = self
            .measured
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
pub(super) fn frame_of(
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
