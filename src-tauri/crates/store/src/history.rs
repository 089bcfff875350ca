//! The past of a photo within its round: who else handed it in, whether it was rejected before, and
//! which other submissions look like the same picture, by which day its age is judged, and whether it is what the studio
//! gave back.
//!
//! Others are named up to [`MOST_NAMED`]: were a whole round to hand in one placeholder picture,
//! naming everybody to everybody would take hundreds of millions of names.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{NearPhoto, PhotoHash, PhotoHistory, RoundId, StudentId, SubmissionId};

use crate::column::hash;
use crate::error::Result;
use crate::store::Store;
use crate::table::{look, submission};

/// How many other students a history names at most, the lowest 学号 first.
pub const MOST_NAMED: usize = 20;

/// The listed students who handed in a photo, by 学号; one more than are named.
type Owners = Vec<(StudentId, String)>;

impl Store {
    /// The past of one submission's photo.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn photo_history(&self, id: SubmissionId) -> Result<PhotoHistory> {
        self.read(|connection| {
            let mine = submission::get(connection, id)?;
            let owners = owners(connection, mine.round, mine.photo)?;
            let alike = Alike::load(connection, mine.round, Some(mine.photo))?;
            let (near, near_rejected) = alike.of(mine.id, mine.photo);
            Ok(PhotoHistory {
                shared_with: others(&owners, mine.student),
                rejected_before: mine.rejected_before,
                near,
                near_rejected,
                judged_on: Some(day_of(connection, mine.id)?),
                returned: is_returned(&mine.matching),
            })
        })
    }

    /// Submissions by which other listed students of the round handed in the same bytes, the last of each, by 学号.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`], [`crate::Error::Database`].
    pub fn sharing(&self, id: SubmissionId) -> Result<Vec<SubmissionId>> {
        self.read(|connection| {
            let mine = submission::get(connection, id)?;
            let mut query = connection.prepare_cached(
                "SELECT submission.id, max(submission.n) FROM submission
                 JOIN student ON student.id = submission.student AND student.listed
                 WHERE submission.round = ?1 AND submission.photo = ?2 AND student.id IS NOT ?3
                 GROUP BY student.id ORDER BY student.student_no LIMIT ?4",
            )?;
            let student = mine.student.map(|student| student.0);
            let asked = (mine.round.0, &mine.photo.0, student, MOST_NAMED);
            let rows = query.query_map(asked, |row| row.get(0).map(SubmissionId))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The past of every submission of the round: photos shared with other students, photos rejected
    /// before, pictures that look the same, and the day the photo's age is judged by. A submission in a pile is not told whose photos it equals.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn photo_histories(&self, round: RoundId) -> Result<HashMap<SubmissionId, PhotoHistory>> {
        self.read(|connection| {
            let mut histories = HashMap::new();
            let mut last: Option<(PhotoHash, Owners)> = None;
            for one in notable(connection, round)? {
                let owners = match last.take() {
                    Some((of, owners)) if of == one.photo => owners,
                    _ => owners(connection, round, one.photo)?,
                };
                if one.rejected_before || owners.len() > 1 {
                    let history = PhotoHistory {
                        shared_with: others(&owners, Some(one.student)),
                        rejected_before: one.rejected_before,
                        ..PhotoHistory::default()
                    };
                    histories.insert(one.id, history);
                }
                last = Some((one.photo, owners));
            }
            Alike::load(connection, round, None)?.add_to(&mut histories);
            for (id, day, returned) in days(connection, round)? {
                let history: &mut PhotoHistory = histories.entry(id).or_default();
                history.judged_on = Some(day);
                history.returned = returned;
            }
            Ok(histories)
        })
    }
}

/// A submission whose photo came more than once, or was rejected before.
struct Notable {
    id: SubmissionId,
    student: StudentId,
    photo: PhotoHash,
    rejected_before: bool,
}

/// Those of the round that have a student, by photo. Asked of the index of photos and of the rows apart: asked at once,
/// every row of the round is fetched.
fn notable(connection: &Connection, round: RoundId) -> Result<Vec<Notable>> {
    let twice = "photo IN (SELECT photo FROM submission WHERE round = ?1 GROUP BY photo HAVING count(*) > 1)";
    let mut notable = Vec::new();
    for which in [
        format!("round = ?1 AND {twice}"),
        format!("{} AND rejected_before", submission::OF_ROUND_IN_ORDER),
    ] {
        let mut query = connection.prepare_cached(&format!(
            "SELECT id, student, photo, rejected_before FROM submission
             WHERE student IS NOT NULL AND {which}"
        ))?;
        let rows = query.query_map([round.0], |row| {
            Ok(Notable {
                id: SubmissionId(row.get("id")?),
                student: StudentId(row.get("student")?),
                photo: hash(row, "photo")?,
                rejected_before: row.get("rejected_before")?,
            })
        })?;
        for row in rows {
            notable.push(row?);
        }
    }
    notable.sort_unstable_by_key(|one| (one.photo, one.id));
    Ok(notable)
}

/// The day by which a photo's age is judged: the first day of the round, else the day (UTC) it came in.
const DAY: &str = "coalesce(round.opens_on, substr(received_at, 1, 10))
         FROM submission JOIN round ON round.id = submission.round";

fn day_of(connection: &Connection, id: SubmissionId) -> Result<String> {
    let mut query = connection.prepare_cached(&format!("SELECT {DAY} WHERE submission.id = ?1"))?;
    Ok(query.query_row([id.0], |row| row.get(0))?)
}

/// Whether the photo came under the name by which it was delivered, which only the studio's set is read by.
const fn is_returned(matching: &Matching) -> bool {
    matches!(
        matching,
        Matching::Matched {
            by: MatchKey::FileName,
            ..
        }
    )
}

/// The day of every submission, and whether it is what the studio gave back.
fn days(connection: &Connection, round: RoundId) -> Result<Vec<(SubmissionId, String, bool)>> {
    let sql = format!(
        "SELECT submission.id, submission.matching ->> '$.by' IS 'file_name', {DAY}
         WHERE {}",
        submission::OF_ROUND_IN_ORDER
    );
    let mut query = connection.prepare_cached(&sql)?;
    let read = |row: &rusqlite::Row<'_>| Ok((SubmissionId(row.get(0)?), row.get(2)?, row.get(1)?));
    let rows = query.query_map([round.0], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The submissions of a round whose photos look alike.
struct Alike {
    /// Submissions of listed students by photo, in the order they came.
    by_photo: BTreeMap<PhotoHash, Vec<Owned>>,
    /// Photos that look the same, nearest first.
    pairs: BTreeMap<PhotoHash, Vec<(PhotoHash, u32)>>,
}

/// A submission of a listed student.
struct Owned {
    id: SubmissionId,
    student: StudentId,
    student_no: String,
    rejected: bool,
}

impl Alike {
    /// Everything alike in the round, or only what is alike to one photo.
    fn load(connection: &Connection, round: RoundId, photo: Option<PhotoHash>) -> Result<Self> {
        let mut pairs: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut by_photo: BTreeMap<_, Vec<Owned>> = BTreeMap::new();
        for (first, second, distance) in look::pairs(connection, round, photo)? {
            pairs.entry(first).or_default().push((second, distance));
            by_photo.entry(first).or_default();
            by_photo.entry(second).or_default();
        }
        let mut query = connection.prepare_cached(
            "SELECT submission.id, submission.student, student.student_no,
                    coalesce(decision.kind = 'rejected', 0)
             FROM submission
             JOIN student ON student.id = submission.student AND student.listed
             LEFT JOIN decision ON decision.id = submission.decision
             WHERE submission.round = ?1 AND submission.photo = ?2
             ORDER BY submission.id",
        )?;
        for (photo, owned) in &mut by_photo {
            let rows = query.query_map((round.0, &photo.0), |row| {
                Ok(Owned {
                    id: SubmissionId(row.get(0)?),
                    student: StudentId(row.get(1)?),
                    student_no: row.get(2)?,
                    rejected: row.get(3)?,
                })
            })?;
            *owned = rows.collect::<rusqlite::Result<_>>()?;
        }
        Ok(Self { by_photo, pairs })
    }

    /// Other students' submissions alike to `id`, and earlier rejected ones of the same student.
    fn of(&self, id: SubmissionId, photo: PhotoHash) -> (Vec<NearPhoto>, Vec<NearPhoto>) {
        let (mut near, mut rejected) = (Vec::new(), Vec::new());
        let mine = self
            .by_photo
            .get(&photo)
            .into_iter()
            .flatten()
            .find(|owned| owned.id == id);
        let pairs = self.pairs.get(&photo).into_iter().flatten();
        let Some(mine) = mine else {
            return (near, rejected);
        };
        for (other, distance) in pairs {
            for owned in self.by_photo.get(other).into_iter().flatten() {
                let same = owned.student == mine.student;
                let list = if same { &mut rejected } else { &mut near };
                let counts = !same || (owned.rejected && owned.id < id);
                if counts && list.len() < MOST_NAMED {
                    list.push(NearPhoto {
                        submission: owned.id,
                        student_no: owned.student_no.clone(),
                        distance_bits: *distance,
                    });
                }
                if near.len() == MOST_NAMED && rejected.len() == MOST_NAMED {
                    return (near, rejected);
                }
            }
        }
        (near, rejected)
    }

    fn add_to(&self, histories: &mut HashMap<SubmissionId, PhotoHistory>) {
        for photo in self.pairs.keys() {
            for owned in self.by_photo.get(photo).into_iter().flatten() {
                let (near, near_rejected) = self.of(owned.id, *photo);
                if !near.is_empty() || !near_rejected.is_empty() {
                    let history = histories.entry(owned.id).or_default();
                    history.near = near;
                    history.near_rejected = near_rejected;
                }
            }
        }
    }
}

fn owners(connection: &Connection, round: RoundId, photo: PhotoHash) -> Result<Owners> {
    let mut query = connection.prepare_cached(
        "SELECT DISTINCT student.id, student.student_no FROM submission
         JOIN student ON student.id = submission.student AND student.listed
         WHERE submission.round = ?1 AND submission.photo = ?2
         ORDER BY student.student_no LIMIT ?3",
    )?;
    let rows = query.query_map((round.0, &photo.0, MOST_NAMED + 1), |row| {
        Ok((StudentId(row.get(0)?), row.get(1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn others(owners: &Owners, mine: Option<StudentId>) -> Vec<String> {
    let others = owners.iter().filter(|(id, _)| Some(*id) != mine);
    others.take(MOST_NAMED).map(|(_, no)| no.clone()).collect()
}
