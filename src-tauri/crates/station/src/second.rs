//! Second, blind reviews: what can be chosen, what waits, what two verdicts came to, and what is withheld until
//! then.
//!
//! While a review waits nobody is shown its first verdict, whoever asks: the person at the desk is only a name, and
//! the next one at it may be the second reviewer. The second verdict itself is given by
//! [`Seat::submission_decide`].

use std::collections::BTreeMap;
use std::collections::HashSet;

use zhaoshen_checks::{HUMAN_REASONS, registry};
use zhaoshen_model::{DecisionKind, RoundId, SubmissionId};
use zhaoshen_store::{DecisionRow, ReviewChoice, ReviewRow, ReviewWhy};

use crate::agreement::kappa;
use crate::app::{count, now};
use crate::failure::{refused, store};
use crate::submission::decision_view;
use crate::wire::{
    Failure, PairFigures, ReviewAsk, ReviewBook, ReviewLine, ReviewView, ReviewsChanged, RoundRef,
    RuleAgreement,
};
use crate::{Seat, draw, zh};

/// Most reviews that are listed with both verdicts.
const LINES_MAX: usize = 500;

/// What two verdicts came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Open,
    Agreed,
    Differs,
    Settled,
    Resolved,
}

impl Came {
    fn of(row: &ReviewRow) -> Self {
        let Some((first, second)) = row.first.as_ref().zip(row.second.as_ref()) else {
            return Self::Open;
        };
        match (first.decision.kind, second.decision.kind) {
            (one, other) if one == other => Self::Agreed,
            // Whoever took the second verdict back and gave another settled it, a first 存疑 included.
            _ if row.settled.is_some() => Self::Settled,
            (DecisionKind::Held, _) => Self::Resolved,
            _ => Self::Differs,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Agreed => "agreed",
            Self::Differs => "differs",
            Self::Settled => "settled",
            Self::Resolved => "resolved",
        }
    }
}

/// What can be chosen for a second review now.
#[derive(Debug, Default)]
struct Choosable {
    held: Vec<SubmissionId>,
    sampled: Vec<SubmissionId>,
    decided: Vec<SubmissionId>,
}

impl Seat {
    /// The second reviews of a round.
    ///
    /// # Errors
    /// Not found.
    pub fn review_list(&self, args: RoundRef) -> Result<ReviewBook, Failure> {
        let round = self.round(args.round)?.id;
        let reviews = self.store().reviews(round).map_err(|error| store(&error))?;
        let counts = self
            .store()
            .queue_counts(round)
            .map_err(|error| store(&error))?;
        let choosable = self.choosable(round)?;
        let me = self.seated();
        let mine = counts
            .first_reviewers
            .iter()
            .find(|(name, _)| Some(name) == me.as_ref())
            .map_or(0, |(_, own)| *own);
        let came = |wanted| count(reviews.iter().filter(|row| Came::of(row) == wanted).count());
        let both = reviews.iter().rev().filter(|row| row.second.is_some());
        Ok(ReviewBook {
            held: count(choosable.held.len()),
            sampled: count(choosable.sampled.len()),
            decided: count(choosable.decided.len()),
            waiting: count(counts.reviewing),
            waiting_for_me: count(counts.reviewing - mine),
            others: count(self.other_reviewers(me.as_deref())?),
            agreed: came(Came::Agreed),
            differing: came(Came::Differs),
            settled: came(Came::Settled),
            resolved: came(Came::Resolved),
            released: count(after_release(&reviews).count()),
            released_faults: count(
                after_release(&reviews)
                    .filter(|second| second.decision.kind != DecisionKind::Approved)
                    .count(),
            ),
            lines: both
                .take(LINES_MAX)
                .filter_map(|row| self.line(row).transpose())
                .collect::<Result<_, _>>()?,
            pairs: pairs(&reviews),
            rules: rules(&reviews),
        })
    }

    /// Chooses photos for a second review; a share is drawn from the decided ones with a recorded seed.
    ///
    /// # Errors
    /// Refused without a reviewer, and for an unknown reason or a share out of 1 to 100 percent.
    pub fn review_choose(&self, args: ReviewAsk) -> Result<ReviewsChanged, Failure> {
        let why = ReviewWhy::parse(&args.why).ok_or_else(|| refused(zh::REVIEW_WHY))?;
        let (round, reviewer) = (self.round(args.round)?.id, self.reviewer()?);
        let choosable = self.choosable(round)?;
        let (submissions, drawn) = match why {
            ReviewWhy::Held => (choosable.held, None),
            ReviewWhy::Sampled => (choosable.sampled, None),
            ReviewWhy::Share => {
                if !(1..=100).contains(&args.percent) {
                    return Err(refused(zh::REVIEW_PERCENT));
                }
                let size = choosable.decided.len() * args.percent as usize;
                let seed = draw::fresh_seed();
                let drawn = draw::draw(&choosable.decided, size.div_ceil(100), seed);
                (drawn, Some((args.percent, seed)))
            }
        };
        let choice = ReviewChoice {
            why,
            submissions,
            drawn,
        };
        let chosen = self
            .store()
            .choose_for_review(round, &choice, &reviewer, now());
        Ok(ReviewsChanged {
            count: count(chosen.map_err(|error| store(&error))?),
        })
    }

    /// Gives up the second reviews that wait, but those of the caller's own verdicts; the first verdicts stand again.
    ///
    /// # Errors
    /// Refused without a name, and when all that wait are of the caller's own verdicts.
    pub fn review_withdraw(&self, args: RoundRef) -> Result<ReviewsChanged, Failure> {
        let round = self.round(args.round)?.id;
        let withdrawn = self
            .store()
            .withdraw_reviews(round, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        let open = self.store().open_reviews(round);
        if withdrawn == 0 && !open.map_err(|error| store(&error))?.is_empty() {
            return Err(refused(zh::REVIEW_OWN));
        }
        Ok(ReviewsChanged {
            count: count(withdrawn),
        })
    }

    /// Whether a second review waits on the submission, so that nothing decided on it may be shown.
    pub(crate) fn is_blind(&self, submission: SubmissionId) -> Result<bool, Failure> {
        let open = self.store().open_review(submission);
        Ok(open.map_err(|error| store(&error))?.is_some())
    }

    /// How the second review of a submission stands, for the desk.
    pub(crate) fn review_view(
        &self,
        submission: SubmissionId,
    ) -> Result<Option<ReviewView>, Failure> {
        let store_ = self.store();
        if let Some(open) = store_
            .open_review(submission)
            .map_err(|error| store(&error))?
        {
            let me = self.seated();
            return Ok(Some(ReviewView {
                state: Came::Open.as_str().to_owned(),
                own: me.as_ref() == Some(&open.first_reviewer),
                first: None,
                second: None,
            }));
        }
        let row = store_
            .review_of(submission)
            .map_err(|error| store(&error))?;
        // Without a second verdict it rests: the first one was taken back, or a newer photo came.
        Ok(row
            .filter(|row| row.second.is_some())
            .map(|row| ReviewView {
                state: Came::of(&row).as_str().to_owned(),
                own: false,
                first: row.first.map(decision_view),
                second: row.second.map(decision_view),
            }))
    }

    fn choosable(&self, round: RoundId) -> Result<Choosable, Failure> {
        let store_ = self.store();
        let mut sample = HashSet::new();
        for plan in store_
            .sampling_plans(round)
            .map_err(|error| store(&error))?
        {
            sample.extend(plan.plan.sample);
        }
        let all = store_.choosable_for_review(round);
        let all = all.map_err(|error| store(&error))?;
        let of = |wanted| {
            let of_kind = all.iter().filter(move |(_, kind)| *kind == wanted);
            of_kind.map(|(submission, _)| *submission)
        };
        // A seed of earlier days draws the same from this order.
        let decided: Vec<SubmissionId> = of(DecisionKind::Held)
            .chain(of(DecisionKind::Approved))
            .chain(of(DecisionKind::Rejected))
            .collect();
        Ok(Choosable {
            held: of(DecisionKind::Held).collect(),
            sampled: decided
                .iter()
                .copied()
                .filter(|submission| sample.contains(submission))
                .collect(),
            decided,
        })
    }

    /// How many others could give a second verdict on what the person at the desk reviewed.
    fn other_reviewers(&self, me: Option<&str>) -> Result<usize, Failure> {
        let people = self.store().people().map_err(|error| store(&error))?;
        let others = people.iter().filter(|person| {
            person.roles.reviewer && !person.disabled && Some(person.name.as_str()) != me
        });
        Ok(others.count())
    }

    fn line(&self, row: &ReviewRow) -> Result<Option<ReviewLine>, Failure> {
        let Some((first, second)) = row.first.clone().zip(row.second.clone()) else {
            return Ok(None);
        };
        let item = self.queue_item(row.submission)?;
        Ok(Some(ReviewLine {
            submission: row.submission.0,
            student_no: item.student_no,
            name: item.name,
            why: row.why.as_str().to_owned(),
            state: Came::of(row).as_str().to_owned(),
            first: decision_view(first),
            second: decision_view(second),
            last: row.settled.clone().map(decision_view),
        }))
    }
}

/// The two verdicts of each review that has both, but those first held: a hold asks for an opinion and is none; nor is an
/// approval by a release one.
fn opinions(reviews: &[ReviewRow]) -> impl Iterator<Item = (&DecisionRow, &DecisionRow)> {
    reviews
        .iter()
        .filter(|row| !row.first_unseen)
        .filter_map(|row| row.first.as_ref().zip(row.second.as_ref()))
        .filter(|(first, _)| first.decision.kind != DecisionKind::Held)
}

/// The second verdicts on photos that a release had approved: the first ones anybody gave who looked.
fn after_release(reviews: &[ReviewRow]) -> impl Iterator<Item = &DecisionRow> {
    let released = reviews.iter().filter(|row| row.first_unseen);
    released.filter_map(|row| row.second.as_ref())
}

fn pairs(reviews: &[ReviewRow]) -> Vec<PairFigures> {
    let mut by_pair: BTreeMap<(&str, &str), Vec<(&str, &str)>> = BTreeMap::new();
    for (first, second) in opinions(reviews) {
        let mut two = [first, second];
        two.sort_by(|one, other| one.decision.reviewer.cmp(&other.decision.reviewer));
        let [one, other] = two.map(|row| &row.decision);
        by_pair
            .entry((&one.reviewer, &other.reviewer))
            .or_default()
            .push((one.kind.as_str(), other.kind.as_str()));
    }
    let mut pairs: Vec<PairFigures> = by_pair
        .into_iter()
        .map(|((one, other), ratings)| PairFigures {
            one: one.to_owned(),
            other: other.to_owned(),
            photos: count(ratings.len()),
            agreed: count(ratings.iter().filter(|(one, other)| one == other).count()),
            kappa: kappa(&ratings),
        })
        .collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.photos));
    pairs
}

fn rules(reviews: &[ReviewRow]) -> Vec<RuleAgreement> {
    let named: Vec<[HashSet<&str>; 2]> = opinions(reviews)
        .map(|(first, second)| [first, second].map(codes))
        .collect();
    let mut all: Vec<&str> = named.iter().flatten().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let mut rules: Vec<RuleAgreement> = all
        .into_iter()
        .map(|code| {
            let ratings: Vec<(bool, bool)> = named
                .iter()
                .map(|[first, second]| (first.contains(code), second.contains(code)))
                .collect();
            let of = |wanted| count(ratings.iter().filter(|rating| **rating == wanted).count());
            RuleAgreement {
                code: code.to_owned(),
                title: title(code),
                both: of((true, true)),
                first_only: of((true, false)),
                second_only: of((false, true)),
                kappa: kappa(&ratings),
            }
        })
        .collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.both + rule.first_only + rule.second_only));
    rules
}

/// Codes a rejection names.
fn codes(row: &DecisionRow) -> HashSet<&str> {
    let reasons = row.decision.reasons.iter();
    reasons
        .filter_map(|reason| reason.code.as_deref())
        .collect()
}

fn title(code: &str) -> String {
    let of_person = || HUMAN_REASONS.iter().find(|reason| reason.code == code);
    registry::rule(code)
        .map(|rule| rule.title_zh())
        .or_else(|| of_person().map(|reason| reason.title))
        .unwrap_or(code)
        .to_owned()
}
