//! A whole desk in memory, written from what the acts promise and sharing nothing with the store: who collects, what stands
//! on every photo, second reviews, sampling plans, and each reviewer's line of acts.
#![allow(
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod line;
mod op;

use std::collections::BTreeSet;

use zhaoshen_model::DecisionKind;

pub use op::{No, Op};

/// Students, each with one photo on which every rule passed; a second one, not checked yet, may come.
pub const STUDENTS: usize = 3;
/// Who works at it.
pub const REVIEWERS: [&str; 3] = ["赵", "钱", "孙"];

/// A decision that was ever made.
#[derive(Debug, Clone, Copy)]
struct Made {
    kind: DecisionKind,
    who: usize,
    /// A second verdict, or made where one had been given.
    reviewed: bool,
    /// Of a blind second verdict: the first.
    first: Option<DecisionKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Review {
    Never,
    Chosen,
    GivenUp,
}

/// A photo and what is true of it.
#[derive(Debug, Clone)]
struct Photo {
    student: usize,
    standing: Option<usize>,
    review: Review,
    /// A second verdict was given, standing or not: whoever gave it saw the first, and no other is blind.
    judged: bool,
}

impl Photo {
    const fn of(student: usize) -> Self {
        Self {
            student,
            standing: None,
            review: Review::Never,
            judged: false,
        }
    }
}

/// A plan over the first photos of all.
#[derive(Debug, Clone)]
struct Plan {
    sample: BTreeSet<usize>,
    withdrawn: bool,
    released_by: Option<usize>,
    /// What that act approved.
    released: BTreeSet<usize>,
}

/// One thing an act changed.
#[derive(Debug, Clone)]
enum Change {
    Decision(usize, Option<usize>, usize),
    Mark(usize, bool, bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Plain,
    Second,
    Release,
}

#[derive(Debug, Clone)]
struct Done {
    number: usize,
    what: What,
    changes: Vec<Change>,
}

/// The desk.
#[derive(Debug)]
pub struct Model {
    photos: Vec<Photo>,
    made: Vec<Made>,
    /// Students who have a photo already: nothing is decided on theirs.
    marks: [bool; STUDENTS],
    plans: Vec<Plan>,
    done: [Vec<Done>; 3],
    undone: [Vec<Done>; 3],
    acts: usize,
    /// Rows of the log that the acts wrote.
    pub log_rows: u64,
}

/// What of a photo can be asked of a store.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub standing: Option<(DecisionKind, String)>,
    pub waits: bool,
}

impl Model {
    pub fn new() -> Self {
        Self {
            photos: (0..STUDENTS).map(Photo::of).collect(),
            made: Vec::new(),
            marks: [false; STUDENTS],
            plans: Vec::new(),
            done: Default::default(),
            undone: Default::default(),
            acts: 0,
            log_rows: 0,
        }
    }

    /// Every photo as it should be found.
    pub fn seen(&self) -> Vec<Seen> {
        let seen = |(at, photo): (usize, &Photo)| Seen {
            standing: photo.standing.map(|id| {
                let made = &self.made[id];
                (made.kind, REVIEWERS[made.who].to_owned())
            }),
            waits: self.waits(at),
        };
        self.photos.iter().enumerate().map(seen).collect()
    }

    /// Students who are not collected.
    pub fn exempt(&self) -> Vec<usize> {
        (0..STUDENTS).filter(|one| self.marks[*one]).collect()
    }

    /// How many newest photos of students to be collected lie undecided, approved, rejected, held, under
    /// review, judged otherwise by two people.
    pub fn queues(&self) -> [u64; 6] {
        let mut queues = [0; 6];
        for (at, photo) in self.photos.iter().enumerate() {
            if self.marks[photo.student] || !self.is_newest(at) {
                continue;
            }
            let place = match (self.waits(at), self.kind(at)) {
                (true, _) => 4,
                (false, _) if self.differs(at) => 5,
                (false, None) => 0,
                (false, Some(DecisionKind::Approved)) => 1,
                (false, Some(DecisionKind::Rejected)) => 2,
                (false, Some(DecisionKind::Held)) => 3,
            };
            queues[place] += 1;
        }
        queues
    }

    /// Of every plan, first to newest: given up, released.
    pub fn plans(&self) -> Vec<(bool, bool)> {
        let state = |plan: &Plan| (plan.withdrawn, self.is_released(plan));
        self.plans.iter().map(state).collect()
    }

    /// How far each could undo and redo.
    pub fn depths(&self) -> [(u64, u64); 3] {
        std::array::from_fn(|who| (self.done[who].len() as u64, self.undone[who].len() as u64))
    }

    pub fn photos_of(&self, student: usize) -> usize {
        let of = |photo: &&Photo| photo.student == student;
        self.photos.iter().filter(of).count()
    }

    /// The newest photo of a student.
    pub fn newest(&self, student: usize) -> usize {
        let of = |photo: &Photo| photo.student == student;
        self.photos.iter().rposition(of).unwrap_or_default()
    }

    /// The photo that is meant: below [`STUDENTS`] a student's first, from there on the newest.
    pub fn aimed_at(&self, aim: usize) -> usize {
        match aim < STUDENTS {
            true => aim,
            false => self.newest(aim % STUDENTS),
        }
    }

    fn is_newest(&self, photo: usize) -> bool {
        self.newest(self.photos[photo].student) == photo
    }

    fn kind(&self, photo: usize) -> Option<DecisionKind> {
        Some(self.made[self.photos[photo].standing?].kind)
    }

    /// Whether a second verdict is waited for.
    pub fn waits(&self, photo: usize) -> bool {
        let it = &self.photos[photo];
        let judged = it.standing.is_none_or(|id| self.made[id].reviewed);
        it.review == Review::Chosen && !judged && self.is_newest(photo)
    }

    /// Whether what stands is a second verdict other than the first; ending a hold is what a second one is for.
    fn differs(&self, photo: usize) -> bool {
        let standing = self.photos[photo].standing.map(|id| self.made[id]);
        standing.is_some_and(|made| {
            made.first
                .is_some_and(|first| first != made.kind && first != DecisionKind::Held)
        })
    }

    fn is_released(&self, plan: &Plan) -> bool {
        let stands = |number| self.done.iter().flatten().any(|done| done.number == number);
        plan.released_by.is_some_and(stands)
    }

    fn is_open(&self, plan: &Plan) -> bool {
        !plan.withdrawn && !self.is_released(plan)
    }

    fn record(&mut self, who: usize, what: What, changes: Vec<Change>, rows: u64) {
        self.acts += 1;
        let number = self.acts;
        self.undone[who].clear();
        self.done[who].push(Done {
            number,
            what,
            changes,
        });
        self.log_rows += rows;
    }

    fn takes_decision(&self, photo: usize, seen: Option<usize>) -> Result<(), No> {
        match self.photos[photo].standing == seen {
            false => Err(No::Conflict),
            true if self.marks[self.photos[photo].student] => Err(No::Exempt),
            true if !self.is_newest(photo) => Err(No::Superseded),
            true => Ok(()),
        }
    }

    fn put(&mut self, photo: usize, made: Made) -> Change {
        let before = self.photos[photo].standing;
        let earlier = before.is_some_and(|id| self.made[id].reviewed);
        let reviewed = made.reviewed || earlier;
        self.made.push(Made { reviewed, ..made });
        let id = self.made.len() - 1;
        self.photos[photo].standing = Some(id);
        Change::Decision(photo, before, id)
    }

    pub fn decide(
        &mut self,
        who: usize,
        photo: usize,
        kind: DecisionKind,
        look: bool,
    ) -> Result<u64, No> {
        let standing = self.photos[photo].standing;
        let waits = self.waits(photo);
        let seen = standing.filter(|_| look);
        if waits && standing.is_some_and(|id| self.made[id].who == who) {
            return Err(No::UnderReview);
        }
        if waits && seen.is_some() {
            return Err(No::Conflict);
        }
        self.takes_decision(photo, if waits { standing } else { seen })?;
        let reviewed = waits;
        let first = self
            .kind(photo)
            .filter(|_| waits && !self.photos[photo].judged);
        self.photos[photo].judged |= waits;
        let change = self.put(
            photo,
            Made {
                kind,
                who,
                reviewed,
                first,
            },
        );
        let what = if waits { What::Second } else { What::Plain };
        self.record(who, what, vec![change], 1);
        Ok(1)
    }

    pub fn decide_all(
        &mut self,
        who: usize,
        photos: &[usize],
        kind: DecisionKind,
        look: bool,
    ) -> Result<u64, No> {
        let seen = |photo: &usize| self.photos[*photo].standing.filter(|_| look);
        let sampled = |photo: &usize| {
            let listed = |plan: &Plan| self.is_open(plan) && plan.sample.contains(photo);
            seen(photo).is_none() && self.plans.iter().any(listed)
        };
        if photos.iter().any(sampled) {
            return Err(No::Sampling);
        }
        for photo in photos {
            self.takes_decision(*photo, seen(photo))?;
            if self.waits(*photo) {
                return Err(No::UnderReview);
            }
        }
        let made = Made {
            kind,
            who,
            reviewed: false,
            first: None,
        };
        let put = |photo: &usize| self.put(*photo, made);
        let changes: Vec<Change> = photos.iter().map(put).collect();
        let count = changes.len() as u64;
        self.record(who, What::Plain, changes, count);
        Ok(count)
    }

    pub fn choose(&mut self, photos: &BTreeSet<usize>) -> u64 {
        let mut chosen = 0;
        for photo in 0..self.photos.len() {
            let decided = self.photos[photo].standing.is_some() && self.is_newest(photo);
            if photos.contains(&photo) && decided && self.photos[photo].review == Review::Never {
                self.photos[photo].review = Review::Chosen;
                chosen += 1;
            }
        }
        self.log_rows += u64::from(chosen > 0);
        chosen
    }

    pub fn withdraw_reviews(&mut self, who: usize) -> u64 {
        let is_of_another = |at: &usize| {
            let first = self.photos[*at].standing;
            first.is_some_and(|id| self.made[id].who != who)
        };
        let waiting: Vec<usize> = (0..self.photos.len())
            .filter(|at| self.waits(*at) && is_of_another(at))
            .collect();
        for photo in &waiting {
            self.photos[*photo].review = Review::GivenUp;
        }
        self.log_rows += u64::from(!waiting.is_empty());
        waiting.len() as u64
    }

    pub fn mark(&mut self, who: usize, students: &BTreeSet<usize>, has: bool) -> u64 {
        let other = |student: &&usize| self.marks[**student] != has;
        let changed: Vec<usize> = students.iter().filter(other).copied().collect();
        if changed.is_empty() {
            return 0;
        }
        for student in &changed {
            self.marks[*student] = has;
        }
        let changes = changed.iter().map(|one| Change::Mark(*one, !has, has));
        self.record(who, What::Plain, changes.collect(), 1);
        changed.len() as u64
    }

    pub fn resubmit(&mut self, student: usize) {
        self.photos.push(Photo::of(student));
        self.log_rows += 1;
    }

    fn sample_kinds(&self, plan: &Plan) -> Vec<Option<DecisionKind>> {
        plan.sample.iter().map(|photo| self.kind(*photo)).collect()
    }

    /// Neither a second verdict waited for nor a photo that did not pass: in the sample, and in what a release that was
    /// taken back had approved.
    fn is_clean(&self, plan: &Plan) -> bool {
        let faulty = |photo: &usize| {
            let kind = self.kind(*photo);
            kind.is_some_and(|kind| kind != DecisionKind::Approved)
        };
        let found = plan.released.iter().filter(|_| !self.is_released(plan));
        let mut evidence = plan.sample.iter().chain(found);
        !evidence.any(|photo| self.waits(*photo) || faulty(photo))
    }

    fn is_approved(&self, plan: &Plan) -> bool {
        let approved = |kind: &Option<DecisionKind>| *kind == Some(DecisionKind::Approved);
        self.is_clean(plan) && self.sample_kinds(plan).iter().all(approved)
    }

    pub fn plan(&mut self, sample: &BTreeSet<usize>) -> Result<u64, No> {
        for plan in &self.plans {
            if self.is_open(plan) || (!self.is_released(plan) && !self.is_clean(plan)) {
                return Err(No::Sampling);
            }
        }
        // What an earlier sample left undecided comes into this one.
        for plan in self.plans.iter().filter(|plan| plan.withdrawn) {
            let left = |photo: &usize| self.kind(*photo).is_none() && !sample.contains(photo);
            if plan.sample.iter().any(left) {
                return Err(No::Sampling);
            }
        }
        self.plans.push(Plan {
            sample: sample.clone(),
            withdrawn: false,
            released_by: None,
            released: BTreeSet::new(),
        });
        self.log_rows += 1;
        Ok(0)
    }

    pub fn withdraw_plan(&mut self) -> Result<u64, No> {
        let open = self.plans.last().is_some_and(|plan| self.is_open(plan));
        let Some(plan) = self.plans.last_mut().filter(|_| open) else {
            return Err(No::Sampling);
        };
        plan.withdrawn = true;
        self.log_rows += 1;
        Ok(0)
    }

    pub fn release(&mut self, who: usize) -> Result<u64, No> {
        let Some(plan) = self.plans.last().cloned() else {
            return Err(No::Sampling);
        };
        let left = |photo: &usize| {
            !plan.sample.contains(photo)
                && !self.marks[*photo]
                && self.is_newest(*photo)
                && self.kind(*photo).is_none()
        };
        let rest: Vec<usize> = (0..STUDENTS).filter(left).collect();
        if !self.is_open(&plan) || !self.is_approved(&plan) || rest.is_empty() {
            return Err(No::Sampling);
        }
        let made = Made {
            kind: DecisionKind::Approved,
            who,
            reviewed: false,
            first: None,
        };
        let put = |photo: &usize| self.put(*photo, made);
        let changes: Vec<Change> = rest.iter().map(put).collect();
        self.record(who, What::Release, changes, rest.len() as u64 + 1);
        let number = self.acts;
        if let Some(plan) = self.plans.last_mut() {
            plan.released_by = Some(number);
            plan.released = rest.iter().copied().collect();
        }
        Ok(rest.len() as u64)
    }
}
