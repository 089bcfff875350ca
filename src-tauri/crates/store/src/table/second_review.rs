//! Second reviews (复审): photos that another person looks at again without seeing what the first decided.
//!
//! That a photo was chosen is written down; how its review stands is not. It follows from the decisions: a
//! review is open while a decision stands that no second verdict has been given on, so undoing the second
//! verdict opens it again, and undoing the first one lets it rest until somebody decides anew. Who may see
//! what while it is open is for the caller; here [`crate::QueueRow`] and its like only say that it is.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{DecisionId, DecisionKind, RoundId, SubmissionId};

use crate::column::{time, time_text, word};
use crate::error::Result;
use crate::migration::Step;
use crate::queue::DIFFERING;
use crate::store::Store;
use crate::table::decision::{self, DecisionRow};

pub(crate) const STEPS: &[Step] = &[Step {
    version: 16,
    sql: "CREATE TABLE second_review (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              submission INTEGER NOT NULL REFERENCES submission (id),
              why TEXT NOT NULL,
              chosen_by TEXT NOT NULL,
              chosen_at TEXT NOT NULL,
              withdrawn INTEGER NOT NULL DEFAULT 0
          ) STRICT;
          CREATE UNIQUE INDEX second_review_of ON second_review (submission) WHERE NOT withdrawn;
          CREATE TRIGGER second_review_kept BEFORE DELETE ON second_review
          BEGIN SELECT RAISE(ABORT, 'second reviews are kept'); END;
          CREATE TRIGGER second_review_unchanged BEFORE UPDATE OF
              id, submission, why, chosen_by, chosen_at ON second_review
          BEGIN SELECT RAISE(ABORT, 'second reviews are kept'); END;
          CREATE TABLE second_verdict (
              decision INTEGER PRIMARY KEY REFERENCES decision (id),
              review INTEGER NOT NULL REFERENCES second_review (id),
              first INTEGER NOT NULL REFERENCES decision (id),
              second INTEGER NOT NULL REFERENCES decision (id)
          ) STRICT;
          CREATE TRIGGER second_verdict_kept BEFORE DELETE ON second_verdict
          BEGIN SELECT RAISE(ABORT, 'second verdicts are kept'); END;
          CREATE TRIGGER second_verdict_unchanged BEFORE UPDATE ON second_verdict
          BEGIN SELECT RAISE(ABORT, 'second verdicts are kept'); END;
          CREATE VIEW open_review AS
              SELECT second_review.id AS review, second_review.submission, submission.round,
                     decision.id AS first, decision.reviewer AS first_reviewer
              FROM second_review
              JOIN submission ON submission.id = second_review.submission
              JOIN decision ON decision.id = submission.decision
              WHERE NOT withdrawn
                AND submission.decision NOT IN (SELECT decision FROM second_verdict)
                AND NOT EXISTS (SELECT 1 FROM submission AS later
                                WHERE later.student = submission.student AND later.n > submission.n);
          DROP VIEW newest_submission;
          CREATE VIEW newest_submission AS
              SELECT submission.*, student.student_no,
                     CASE WHEN submission.id IN (SELECT submission FROM open_review)
                          THEN 'reviewing' ELSE decision.kind END AS kind
              FROM submission
              JOIN student ON student.id = submission.student AND student.listed
              LEFT JOIN decision ON decision.id = submission.decision
              WHERE NOT EXISTS (SELECT 1 FROM submission AS later
                                WHERE later.student = submission.student AND later.n > submission.n);",
}];

/// Why a photo is looked at a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewWhy {
    /// The first verdict was 存疑.
    Held,
    /// It was in the sample of a sampling plan.
    Sampled,
    /// It was drawn from all decided photos.
    Share,
}

impl ReviewWhy {
    /// Every way to be chosen.
    pub const ALL: [Self; 3] = [Self::Held, Self::Sampled, Self::Share];

    /// The word written to the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Sampled => "sampled",
            Self::Share => "share",
        }
    }

    /// The value of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == word)
    }
}

/// A second review that waits for its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenReview {
    /// Row id of the review.
    pub(crate) review: i64,
    /// The decision that stands and is not to be shown.
    pub first: DecisionId,
    /// Whose it is; anybody else may give the second verdict.
    pub first_reviewer: String,
}

/// What a decision was in a second review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewPart {
    /// 初审: the verdict that was looked at again.
    First,
    /// 复审: the blind verdict.
    Second,
    /// 裁定: made when both were known.
    Settling,
}

impl ReviewPart {
    /// The word that crosses to the screens.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Settling => "settling",
        }
    }
}

/// A photo chosen for a second review, with the decisions that bear on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// The photo.
    pub submission: SubmissionId,
    /// Why it was chosen.
    pub why: ReviewWhy,
    /// Who chose it.
    pub chosen_by: String,
    /// When.
    pub chosen_at: Timestamp,
    /// Given up, or never to be: the student handed in a newer photo.
    pub withdrawn: bool,
    /// The first verdict; `None` while it is taken back.
    pub first: Option<DecisionRow>,
    /// The first verdict came of a release that approved the photo on the strength of others: nobody looked at it.
    pub first_unseen: bool,
    /// The second verdict, the first one ever given where one was taken back; `None` while the review is open.
    pub second: Option<DecisionRow>,
    /// What stands now, where it was decided again after the second verdict.
    pub settled: Option<DecisionRow>,
}

impl Store {
    /// The second review that waits on a submission, if any.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn open_review(&self, submission: SubmissionId) -> Result<Option<OpenReview>> {
        self.read(|connection| open_on(connection, submission))
    }

    /// The submissions of the round whose second review waits.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn open_reviews(&self, round: RoundId) -> Result<Vec<SubmissionId>> {
        self.read(|connection| open_in(connection, round))
    }

    /// The review of one submission that was not given up, if any.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn review_of(&self, submission: SubmissionId) -> Result<Option<ReviewRow>> {
        self.read(|connection| {
            let sql = format!("{REVIEWS} WHERE second_review.submission = ?1 AND NOT withdrawn");
            let chosen = connection
                .prepare_cached(&sql)?
                .query_row([submission.0], read_row)
                .optional()?;
            chosen.map(|chosen| chosen.complete(connection)).transpose()
        })
    }

    /// What the decisions on a submission were in its second review; of those not named, none was part of one.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn review_parts(
        &self,
        submission: SubmissionId,
    ) -> Result<HashMap<DecisionId, ReviewPart>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT decision, first, second FROM second_verdict
                 JOIN second_review ON second_review.id = review WHERE submission = ?1",
            )?;
            let mut parts = HashMap::new();
            let mut rows = query.query([submission.0])?;
            while let Some(row) = rows.next()? {
                let [decision, first, second] =
                    [row.get(0)?, row.get(1)?, row.get(2)?].map(DecisionId);
                parts.entry(decision).or_insert(ReviewPart::Settling);
                parts.insert(first, ReviewPart::First);
                parts.insert(second, ReviewPart::Second);
            }
            Ok(parts)
        })
    }

    /// The current photos of the round that can be chosen for a second review, by 学号, each with the verdict that stands: two
    /// people do not disagree on it, and it was never chosen. A review that was given up showed the first verdict: the photo
    /// cannot be judged blind any more.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn choosable_for_review(
        &self,
        round: RoundId,
    ) -> Result<Vec<(SubmissionId, DecisionKind)>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT id, kind FROM newest_submission
                 WHERE round = ?1 AND kind IN ('approved', 'rejected', 'held') AND NOT ({DIFFERING})
                       AND id NOT IN (SELECT submission FROM second_review)
                 ORDER BY student_no"
            ))?;
            let rows = query.query_map([round.0], |row| {
                Ok((
                    SubmissionId(row.get("id")?),
                    word(row, "kind", DecisionKind::parse)?,
                ))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Every second review of the round, in the order chosen.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn reviews(&self, round: RoundId) -> Result<Vec<ReviewRow>> {
        self.read(|connection| {
            let sql = format!("{REVIEWS} WHERE submission.round = ?1 ORDER BY second_review.id");
            let mut query = connection.prepare_cached(&sql)?;
            let chosen: Vec<Chosen> = query
                .query_map([round.0], read_row)?
                .collect::<rusqlite::Result<_>>()?;
            chosen
                .into_iter()
                .map(|chosen| chosen.complete(connection))
                .collect()
        })
    }
}

const REVIEWS: &str = "SELECT second_review.submission, why, chosen_by, chosen_at,
        withdrawn OR EXISTS (SELECT 1 FROM submission AS later
                             WHERE later.student = submission.student AND later.n > submission.n
                               AND second_verdict.decision IS NULL) AS over,
        submission.decision, second_verdict.first, second_verdict.second
    FROM second_review
    JOIN submission ON submission.id = second_review.submission
    LEFT JOIN second_verdict ON second_verdict.decision = submission.decision
                            AND second_verdict.review = second_review.id";

/// A review with the decisions on it by id.
struct Chosen {
    row: ReviewRow,
    standing: Option<DecisionId>,
    verdicts: Option<(DecisionId, DecisionId)>,
}

impl Chosen {
    fn complete(self, connection: &Connection) -> Result<ReviewRow> {
        let get = |id: DecisionId| decision::get(connection, id);
        let mut row = self.row;
        match self.verdicts {
            Some((first, second)) => {
                row.first = Some(get(first)?);
                row.second = Some(get(second)?);
                let later = self.standing.filter(|standing| *standing != second);
                row.settled = later.map(get).transpose()?;
            }
            None => row.first = self.standing.map(get).transpose()?,
        }
        if let Some(first) = &row.first {
            row.first_unseen = decision::is_unseen(connection, first.id)?;
        }
        Ok(row)
    }
}

/// The second review that waits on a submission, if any.
pub(crate) fn open_on(
    connection: &Connection,
    submission: SubmissionId,
) -> Result<Option<OpenReview>> {
    Ok(connection
        .prepare_cached(
            "SELECT review, first, first_reviewer FROM open_review WHERE submission = ?1",
        )?
        .query_row([submission.0], |row| {
            Ok(OpenReview {
                review: row.get(0)?,
                first: DecisionId(row.get(1)?),
                first_reviewer: row.get(2)?,
            })
        })
        .optional()?)
}

/// The submissions of the round whose second review waits.
pub(crate) fn open_in(connection: &Connection, round: RoundId) -> Result<Vec<SubmissionId>> {
    let mut query = connection
        .prepare_cached("SELECT submission FROM open_review WHERE round = ?1 ORDER BY review")?;
    let rows = query.query_map([round.0], |row| row.get(0).map(SubmissionId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The submissions of the round whose second review waits and whose first verdict is another person's.
pub(crate) fn open_of_others(
    connection: &Connection,
    round: RoundId,
    reviewer: &str,
) -> Result<Vec<SubmissionId>> {
    let mut query = connection.prepare_cached(
        "SELECT submission FROM open_review WHERE round = ?1 AND first_reviewer <> ?2
         ORDER BY review",
    )?;
    let rows = query.query_map((round.0, reviewer), |row| row.get(0).map(SubmissionId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a review of the submission was ever chosen. One that was given up showed the first verdict again, so
/// that another look would not be blind.
pub(crate) fn is_chosen(connection: &Connection, submission: SubmissionId) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM second_review WHERE submission = ?1)")?
        .query_row([submission.0], |row| row.get(0))?)
}

/// Chooses a submission.
pub(crate) fn insert(
    connection: &Connection,
    submission: SubmissionId,
    why: ReviewWhy,
    by: &str,
    at: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO second_review (submission, why, chosen_by, chosen_at)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((submission.0, why.as_str(), by, time_text(at)))?;
    Ok(())
}

/// Gives up the reviews of these submissions.
pub(crate) fn set_withdrawn(connection: &Connection, submissions: &[SubmissionId]) -> Result<()> {
    let mut update = connection.prepare_cached(
        "UPDATE second_review SET withdrawn = 1 WHERE submission = ?1 AND NOT withdrawn",
    )?;
    for submission in submissions {
        update.execute([submission.0])?;
    }
    Ok(())
}

/// Records that `decision` closes an open review. Where a second verdict had been given before and was taken back,
/// that one keeps its place: whoever gave it was shown the first verdict by it, so that what is decided now settles
/// and is no blind judgement.
pub(crate) fn give(connection: &Connection, open: &OpenReview, decision: DecisionId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO second_verdict (decision, review, first, second)
             SELECT ?1, ?2, coalesce(blind.first, ?3), coalesce(blind.second, ?1)
             FROM (SELECT 1) LEFT JOIN
                  (SELECT first, second FROM second_verdict WHERE review = ?2
                   ORDER BY decision LIMIT 1) AS blind",
        )?
        .execute((decision.0, open.review, open.first.0))?;
    Ok(())
}

/// Whether a second verdict that was taken back still has its review open to be given to.
pub(crate) fn is_open_for(connection: &Connection, verdict: DecisionId) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM second_verdict
                            JOIN open_review ON open_review.review = second_verdict.review
                            WHERE second_verdict.decision = ?1)",
        )?
        .query_row([verdict.0], |row| row.get(0))?)
}

/// Records that `later` stands in place of `earlier`: where two verdicts had been given, both stay known.
pub(crate) fn carry_over(
    connection: &Connection,
    earlier: DecisionId,
    later: DecisionId,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO second_verdict (decision, review, first, second)
             SELECT ?2, review, first, second FROM second_verdict WHERE decision = ?1",
        )?
        .execute((earlier.0, later.0))?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Chosen> {
    let id = |name: &str| -> rusqlite::Result<Option<DecisionId>> {
        Ok(row.get::<_, Option<i64>>(name)?.map(DecisionId))
    };
    Ok(Chosen {
        row: ReviewRow {
            submission: SubmissionId(row.get("submission")?),
            why: word(row, "why", ReviewWhy::parse)?,
            chosen_by: row.get("chosen_by")?,
            chosen_at: time(row, "chosen_at")?,
            withdrawn: row.get("over")?,
            first: None,
            first_unseen: false,
            second: None,
            settled: None,
        },
        standing: id("decision")?,
        verdicts: id("first")?.zip(id("second")?),
    })
}
