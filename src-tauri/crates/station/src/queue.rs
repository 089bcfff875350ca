//! Queues: their counts, and one opened as it stands.

use std::collections::HashMap;

use zhaoshen_checks::registry;
use zhaoshen_model::{RoundId, SamplingPlanId, Student, SubmissionId, Verdict};
use zhaoshen_store::{
    DecisionRow, QueueCounts, QueueKind, QueueRow, Searchable, Selection, SubmissionRow,
};

use crate::app::count;
use crate::failure::{no_queue, refused, store};
use crate::needle::Needle;
use crate::wire::{
    Failure, QueueCount, QueueFilter, QueueItem, QueueMore, QueueOpen, QueueOpened, RoundRef,
};
use crate::{Seat, view, zh};

/// Prefix of the key of a rule's queue.
const RULE_PREFIX: &str = "rule:";
/// Prefix of the key of a college's queue.
const COLLEGE_PREFIX: &str = "college:";
/// Prefix of the key of a sampling plan's queue: its sample among other photos.
const PLAN_PREFIX: &str = "plan:";
/// Key of the queue of what no check has run on.
const UNCHECKED: &str = "unchecked";
/// Key of the queue of what the reviewer at the desk decided.
const MINE: &str = "mine";
/// Key of the queue of second reviews that the reviewer at the desk may give.
const SECOND: &str = "second";
/// Longest text that is searched for, characters.
const SEARCH_MAX: usize = 40;

/// Word for a decision that is withheld while a second review waits.
pub(crate) const REVIEWING: &str = "reviewing";
/// As [`REVIEWING`], of a photo that two people judged otherwise.
pub(crate) const DIFFERING: &str = "differing";

/// A queue that is of no single word.
struct Fixed {
    key: &'static str,
    kind: QueueKind,
    title: &'static str,
    count: fn(&QueueCounts) -> u64,
}

const fn fixed(
    key: &'static str,
    kind: QueueKind,
    title: &'static str,
    count: fn(&QueueCounts) -> u64,
) -> Fixed {
    Fixed {
        key,
        kind,
        title,
        count,
    }
}

/// The queues that are of no single word, in the order shown.
static QUEUES: [Fixed; 12] = [
    fixed("pending", QueueKind::Pending, zh::QUEUE_PENDING, |of| {
        of.pending
    }),
    fixed("failing", QueueKind::Failing, zh::QUEUE_FAILING, |of| {
        of.failing
    }),
    fixed(
        "unknown",
        QueueKind::Unknown,
        zh::QUEUE_UNKNOWN_VERDICT,
        |of| of.unknown,
    ),
    fixed("hints", QueueKind::Hints, zh::QUEUE_HINTS, |of| of.hints),
    fixed("clear", QueueKind::Clear, zh::QUEUE_CLEAR, |of| of.clear),
    fixed(UNCHECKED, QueueKind::Unchecked, zh::QUEUE_UNCHECKED, |of| {
        of.unchecked
    }),
    fixed("held", QueueKind::Held, zh::QUEUE_HELD, |of| of.held),
    fixed(
        "differing",
        QueueKind::Differing,
        zh::QUEUE_DIFFERING,
        |of| of.differing,
    ),
    fixed(
        "resubmitted",
        QueueKind::Resubmitted,
        zh::QUEUE_RESUBMITTED,
        |of| of.resubmitted,
    ),
    fixed("shared", QueueKind::Duplicates, zh::QUEUE_SHARED, |of| {
        of.duplicates
    }),
    fixed("approved", QueueKind::Approved, zh::QUEUE_APPROVED, |of| {
        of.approved
    }),
    fixed("rejected", QueueKind::Rejected, zh::QUEUE_REJECTED, |of| {
        of.rejected
    }),
];

impl Seat {
    /// The queues with their counts: the fixed ones, that of unchecked photos where there are some, what the reviewer decided and what waits for a second verdict of
    /// the reviewer, then one per rule that some
    /// pending photo fails, and one per college that has pending photos.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn queue_counts(&self, args: RoundRef) -> Result<Vec<QueueCount>, Failure> {
        let counts = self
            .store()
            .queue_counts(RoundId(args.round))
            .map_err(|error| store(&error))?;
        let shown = QUEUES
            .iter()
            .filter(|queue| queue.key != UNCHECKED || counts.unchecked > 0);
        let fixed = shown.map(|queue| QueueCount {
            queue: queue.key.to_owned(),
            title: queue.title.to_owned(),
            count: count((queue.count)(&counts)),
        });
        let by_rule = counts.codes.iter().map(|(code, number)| QueueCount {
            queue: format!("{RULE_PREFIX}{code}"),
            title: rule_title(code),
            count: count(*number),
        });
        let by_college = counts.colleges.iter().map(|(college, number)| QueueCount {
            queue: format!("{COLLEGE_PREFIX}{college}"),
            title: college_title(college),
            count: count(*number),
        });
        let reviewer = self.seated();
        let me = reviewer.filter(|name| !name.is_empty());
        let mine = me.clone().map(|name| {
            let decided = counts.reviewers.iter().find(|(known, _)| *known == name);
            QueueCount {
                queue: MINE.to_owned(),
                title: zh::QUEUE_MINE.to_owned(),
                count: count(decided.map_or(0, |(_, number)| *number)),
            }
        });
        let own = counts
            .first_reviewers
            .iter()
            .find(|(name, _)| Some(name) == me.as_ref());
        let second = me.is_some().then(|| QueueCount {
            queue: SECOND.to_owned(),
            title: zh::QUEUE_SECOND.to_owned(),
            count: count(counts.reviewing - own.map_or(0, |(_, number)| *number)),
        });
        Ok(fixed
            .chain(mine)
            .chain(second)
            .chain(by_rule)
            .chain(by_college)
            .collect())
    }

    /// The current submissions that a filter keeps, by 学号: AND between kinds of condition, OR within one. The text
    /// is part of the 学号 or of the 姓名, or how the name's pinyin initials begin.
    ///
    /// # Errors
    /// Refused for an unknown queue or one of a single word, or a text of more than 40 characters.
    pub fn queue_filter(&self, args: QueueFilter) -> Result<QueueOpened, Failure> {
        if args.text.chars().count() > SEARCH_MAX {
            return Err(refused(zh::SEARCH_TOO_LONG));
        }
        let round = RoundId(args.round);
        let fixed = |key: &String| {
            let found = QUEUES.iter().find(|queue| queue.key == key);
            found.map(|queue| queue.kind.clone())
        };
        let queues: Option<Vec<QueueKind>> = args.queues.iter().map(fixed).collect();
        let mut among = self.found(round, &args.text)?;
        let by_text_alone = args.queues.is_empty()
            && args.codes.is_empty()
            && args.colleges.is_empty()
            && !args.mine;
        let most = args.limit.map_or(usize::MAX, |limit| limit as usize);
        // Nothing else keeps photos out: no more rows are read than are answered.
        let found = match &mut among {
            Some(found) if by_text_alone => {
                let all = found.len();
                found.truncate(most);
                Some(all)
            }
            _ => None,
        };
        let selection = Selection {
            queues: queues.ok_or_else(no_queue)?,
            codes: args.codes,
            colleges: args.colleges,
            reviewers: if args.mine {
                vec![self.reviewer()?]
            } else {
                Vec::new()
            },
            among,
        };
        let rows = self
            .store()
            .selected_rows(round, &selection)
            .map_err(|error| store(&error))?;
        Ok(QueueOpened {
            queue: String::new(),
            title: zh::QUEUE_FILTERED.to_owned(),
            total: count(found.unwrap_or(rows.len())),
            items: rows.into_iter().take(most).map(listed).collect(),
        })
    }

    /// The submissions a text finds; `None` for no text, which finds all.
    fn found(&self, round: RoundId, text: &str) -> Result<Option<Vec<SubmissionId>>, Failure> {
        let Some(needle) = Needle::of(text) else {
            return Ok(None);
        };
        let all = self
            .store()
            .searchable(round)
            .map_err(|error| store(&error))?;
        let fits = |row: &Searchable| needle.fits(&row.student_no, &row.name);
        Ok(Some(
            all.into_iter()
                .filter(fits)
                .map(|row| row.submission)
                .collect(),
        ))
    }

    /// A sampling plan's photos in its own order, decided ones too: the desk shows how far the sample is. A photo is not
    /// among them once a newer one replaced it or its student left the roster or is exempt.
    fn plan_items(&self, plan: SamplingPlanId) -> Result<Vec<QueueItem>, Failure> {
        let row = self
            .store()
            .sampling_plan(plan)
            .map_err(|error| store(&error))?;
        let selection = Selection {
            among: Some(row.plan.mixed.clone()),
            ..Selection::default()
        };
        let rows = self.store().selected_rows(row.round, &selection);
        let mut items: HashMap<i64, QueueItem> = rows
            .map_err(|error| store(&error))?
            .into_iter()
            .map(|row| (row.submission.0, listed(row)))
            .collect();
        let mixed = row.plan.mixed.iter();
        Ok(mixed.filter_map(|id| items.remove(&id.0)).collect())
    }

    /// Opens a queue, frozen as it stands, in the order of 学号.
    ///
    /// # Errors
    /// Refused for an unknown key.
    pub fn queue_open(&self, args: QueueOpen) -> Result<QueueOpened, Failure> {
        let plan = args.queue.strip_prefix(PLAN_PREFIX);
        if let Some(plan) = plan.and_then(|id| id.parse().ok()) {
            let items = self.plan_items(SamplingPlanId(plan))?;
            return Ok(QueueOpened {
                total: count(items.len()),
                items,
                queue: args.queue,
                title: zh::QUEUE_PLAN.to_owned(),
            });
        }
        let (kind, title) = self.queue_of(&args.queue)?;
        let round = RoundId(args.round);
        let (rows, total) = match args.limit {
            Some(most) => self.store().queue_head(round, &kind, most),
            None => self.store().queue_rows(round, &kind).map(|rows| {
                let total = rows.len() as u64;
                (rows, total)
            }),
        }
        .map_err(|error| store(&error))?;
        Ok(QueueOpened {
            queue: args.queue,
            title,
            items: rows.into_iter().map(listed).collect(),
            total: count(total),
        })
    }

    /// The items of a queue behind those that were opened, as they stand now. What left the queue or came into it
    /// before the last one there is, is not told of.
    ///
    /// # Errors
    /// Refused for an unknown key, and for a sample, which is opened whole.
    pub fn queue_more(&self, args: QueueMore) -> Result<Vec<QueueItem>, Failure> {
        let (kind, _) = self.queue_of(&args.queue)?;
        let rows = self
            .store()
            .queue_behind(RoundId(args.round), &kind, &args.after, args.limit)
            .map_err(|error| store(&error))?;
        Ok(rows.into_iter().map(listed).collect())
    }

    fn queue_of(&self, key: &str) -> Result<(QueueKind, String), Failure> {
        if let Some(code) = key.strip_prefix(RULE_PREFIX)
            && registry::rule(code).is_some()
        {
            return Ok((QueueKind::Code(code.to_owned()), rule_title(code)));
        }
        if let Some(college) = key.strip_prefix(COLLEGE_PREFIX) {
            let kind = QueueKind::College(college.to_owned());
            return Ok((kind, college_title(college)));
        }
        if key == MINE {
            let kind = QueueKind::DecidedBy(self.reviewer()?);
            return Ok((kind, zh::QUEUE_MINE.to_owned()));
        }
        if key == SECOND {
            let kind = QueueKind::Second(self.reviewer()?);
            return Ok((kind, zh::QUEUE_SECOND.to_owned()));
        }
        let found = QUEUES.iter().find(|queue| queue.key == key);
        found
            .map(|queue| (queue.kind.clone(), queue.title.to_owned()))
            .ok_or_else(no_queue)
    }

    /// One submission as lists show it.
    pub(crate) fn queue_item(&self, id: SubmissionId) -> Result<QueueItem, Failure> {
        let row = self.store().submission(id).map_err(|error| store(&error))?;
        let student = row
            .student
            .map(|student| self.store().student(student))
            .transpose();
        let decision = row
            .decision
            .map(|decision| self.store().decision(decision))
            .transpose();
        let mut item = item(
            &row,
            student.map_err(|error| store(&error))?.as_ref(),
            decision.map_err(|error| store(&error))?.as_ref(),
        );
        if self.is_blind(id)? {
            REVIEWING.clone_into(&mut item.decision);
            item.decision_id = None;
        }
        Ok(item)
    }
}

fn listed(row: QueueRow) -> QueueItem {
    QueueItem {
        submission: row.submission.0,
        photo: row.photo.to_string(),
        student_no: row.student_no,
        name: row.name,
        college: row.college,
        sequence: row.n,
        verdict: row.verdict.map_or("", Verdict::as_str).to_owned(),
        failing: row.failing,
        decision: match row.reviewing {
            true => REVIEWING.to_owned(),
            false => view::decision_word(row.decision.map(|(_, kind)| kind)),
        },
        decision_id: row.decision.map(|(id, _)| id.0),
    }
}

fn item(
    row: &SubmissionRow,
    student: Option<&Student>,
    decision: Option<&DecisionRow>,
) -> QueueItem {
    let text = |read: fn(&Student) -> &String| student.map(read).cloned().unwrap_or_default();
    QueueItem {
        submission: row.id.0,
        photo: row.photo.to_string(),
        student_no: text(|student| &student.draft.student_no),
        name: text(|student| &student.draft.name),
        college: text(|student| &student.draft.college),
        sequence: row.n.unwrap_or(1),
        verdict: row.verdict.map_or("", Verdict::as_str).to_owned(),
        failing: row.failing.clone(),
        decision: view::decision_word(decision.map(|row| row.decision.kind)),
        decision_id: decision.map(|row| row.id.0),
    }
}

fn college_title(college: &str) -> String {
    match college {
        "" => zh::NO_COLLEGE.to_owned(),
        named => named.to_owned(),
    }
}

fn rule_title(code: &str) -> String {
    registry::rule(code).map_or_else(|| code.to_owned(), |rule| rule.title_zh().to_owned())
}
