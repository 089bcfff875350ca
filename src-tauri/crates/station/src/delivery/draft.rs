//! Who is delivered and who is left out, and why; nothing is made or written here.

mod sorting;

use std::collections::{HashMap, HashSet};

use zhaoshen_checks::FinalFrame;
use zhaoshen_exchange::delivery::{self, DeliveryPlan, Roll, Split, Template};
use zhaoshen_model::{
    DecisionId, Measurements, PhotoHash, RosterField, RoundId, StudentDraft, StudentId,
    SubmissionId,
};
use zhaoshen_store::{RoundRow, Store};

pub(super) use self::sorting::frame_of;
use self::sorting::{Known, Sorting};
use super::codes::Codes;
use super::columns;
use super::part::Values;
use super::privacy::{self, shown};
use crate::failure::{exchange, store};
use crate::masking::id_numbers;
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
        let known = Known::load(store_, round.id, options)?;
        let exempt = store_.exempt(round.id).map_err(|error| store(&error))?;
        let students = store_.students(round.id).map_err(|error| store(&error))?;
        let unknown = options
            .part
            .unknown(students.iter().map(|student| &student.draft));
        let names_nobody = is_searched && options.mode == DeliveryMode::CollectionCode;
        let roll = names_nobody.then(|| Roll::of(students.iter().map(|student| &student.draft)));
        let mut outside = 0;
        let mut parts = Values::default();
        let mut sorting = Sorting::new(&round.profile, &known, id_numbers(&students));
        for student in students {
            if exempt.contains_key(&student.id) {
                continue;
            }
            parts.add(&student.draft);
            match options.part.holds(&student.draft) {
                true => sorting.sort(student),
                false => outside += 1,
            }
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
        } = sorting;
        let codes = known.codes;
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
