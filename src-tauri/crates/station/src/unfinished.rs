//! Writing to folders outside that is known before it begins: what was broken off is told until somebody saw to it, and
//! what was in the books already is finished. Of a round it is told where deliveries are, of the whole workspace where
//! backups are.
//!
//! What is booked lacks the names of its last files at most. One that is not is nobody's: it lies in a folder of
//! the user's, and is never deleted here. What opens with a passphrase is never finished: nobody was shown it, so that its
//! note stays until the passphrase is handed out, and what is found then is to be written anew.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use zhaoshen_exchange::delivery::{LastName, Remains, give_last_names, remains};
use zhaoshen_model::RoundId;
use zhaoshen_store::{NamedLast, NewWriting, Store, UnfinishedRow, Writing, WritingKind};

use crate::app::{local_time, now};
use crate::failure::{not_found, store};
use crate::job::lock;
use crate::wire::{Failure, JobOutcome, RoundRef, UnfinishedCard, UnfinishedRef};
use crate::{Inner, Seat, zh};

/// The writing that goes on now. A job at a time writes.
#[derive(Debug, Default)]
pub(crate) struct Current {
    /// Its row; 0 for none.
    row: AtomicI64,
    /// Rows whose passphrase was not handed out yet, and where what it opens lies.
    unshown: Mutex<Vec<(i64, String)>>,
}

/// Writing that goes on. Dropped, its note goes too: what was written is published or was taken away. Where it could not be
/// taken away, on a disk that is gone by now or for a program that holds it open, the note stays.
pub(crate) struct Begun<'a> {
    inner: &'a Inner,
    row: UnfinishedRow,
    /// What lay there before.
    before: Remains,
    outcome: Outcome,
}

/// What came of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing.
    Failed,
    /// It is in the books and looks whole.
    Published,
    /// So it is, and what opens it was not handed out yet.
    Unshown,
    /// It is in the books, and its last files have no names yet.
    Unpublished,
}

impl<'a> Begun<'a> {
    /// Notes that writing begins, before anything is written.
    pub(crate) fn new(inner: &'a Inner, new: &NewWriting, reviewer: &str) -> Result<Self, Failure> {
        let row = inner.store.begin_writing(new, reviewer, now());
        let row = row.map_err(|error| store(&error))?;
        inner.writing.row.store(row.id, Ordering::Relaxed);
        Ok(Self {
            inner,
            before: remains(Path::new(&row.target)),
            row,
            outcome: Outcome::Failed,
        })
    }

    /// The row.
    pub(crate) const fn id(&self) -> i64 {
        self.row.id
    }

    /// 第几次交付.
    pub(crate) const fn number(&self) -> u32 {
        self.row.number
    }

    /// What an act is recorded with; `passphrase` is what opens it.
    pub(crate) fn writing(&self, names: &[LastName], passphrase: Option<&str>) -> Writing {
        let names = names.iter().map(|last| NamedLast {
            name: last.name.clone(),
            sha256: last.sha256,
            unshown: passphrase.is_some(),
        });
        Writing {
            id: self.row.id,
            names: names.collect(),
        }
    }

    /// It is in the books, looks whole, and lies at `target`: its note stays until the passphrase that opens it is handed
    /// out, if any.
    pub(crate) fn published(mut self, target: &str, passphrase: Option<&str>) {
        self.outcome = Outcome::Published;
        if passphrase.is_some() {
            self.outcome = Outcome::Unshown;
            let unshown = (self.row.id, target.to_owned());
            lock(&self.inner.writing.unshown).push(unshown);
        }
    }

    /// It is in the books, and its last files have no names yet: the note stays, and the failure says so.
    pub(crate) fn unpublished(mut self, failure: Failure) -> Failure {
        self.outcome = Outcome::Unpublished;
        Failure {
            message: zh::unpublished(&what(&self.row), self.row.kind, &failure.message),
            ..failure
        }
    }

    /// Whether something is to be told of it still.
    fn stays(&self) -> bool {
        match self.outcome {
            Outcome::Published | Outcome::Unshown => false,
            Outcome::Unpublished => true,
            // What lay there before was refused, and is somebody else's.
            Outcome::Failed => {
                self.before == Remains::Nothing
                    && remains(Path::new(&self.row.target)) != Remains::Nothing
            }
        }
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.inner.writing.row.store(0, Ordering::Relaxed);
        let store_ = &self.inner.store;
        if self.outcome == Outcome::Unshown {
            return;
        }
        if self.stays() {
            if let Ok(told) = told(store_) {
                lock(&self.inner.keeping.alarms).writing = told;
            }
        } else if store_.end_writing(self.row.id).is_err() {
            // It is looked at again when the workspace opens.
            tracing::warn!("the note of writing that ended stays");
        }
    }
}

/// Whether it is told of `target` that what was written there is in no books.
pub(crate) fn is_left(inner: &Inner, target: &Path) -> bool {
    let target = target.display().to_string();
    let rows = inner.store.unfinished().unwrap_or_default();
    rows.iter()
        .any(|row| row.booked.is_none() && row.target == target)
}

/// Sees to all that was broken off: finishes what is in the books, forgets what left nothing. What is to be told when the
/// workspace opens; empty where nothing is.
pub(crate) fn see_to(store_: &Store) -> Result<String, Failure> {
    let rows = store_.unfinished().map_err(|error| store(&error))?;
    for row in &rows {
        if is_settled(row) {
            store_.end_writing(row.id).map_err(|error| store(&error))?;
        }
    }
    told(store_)
}

/// Forgets what was broken off of the whole workspace and lies nowhere any more.
pub(crate) fn forget_gone(inner: &Inner) -> Result<(), Failure> {
    let rows = inner.store.unfinished().map_err(|error| store(&error))?;
    let of_workspace = rows.iter().filter(|row| row.round.is_none());
    for row in of_workspace.filter(|row| inner.is_broken_off(row)) {
        if is_settled(row) {
            let ended = inner.store.end_writing(row.id);
            ended.map_err(|error| store(&error))?;
        }
    }
    lock(&inner.keeping.alarms).writing = told(&inner.store)?;
    Ok(())
}

/// The lines for everybody who opens the workspace: no path, which only those who sign in are told.
fn told(store_: &Store) -> Result<String, Failure> {
    let rows = store_.unfinished().map_err(|error| store(&error))?;
    let (of_rounds, of_workspace): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row.round.is_some());
    let mut lines = Vec::new();
    if let Some((first, round)) = of_rounds.first().and_then(|row| Some((row, row.round?))) {
        let round = store_.round(round).map_err(|error| store(&error))?;
        let alarm = zh::unfinished_alarm(&round.name, &what(first), of_rounds.len());
        lines.push(alarm);
    }
    if let Some(first) = of_workspace.first() {
        lines.push(zh::unfinished_copy_alarm(&what(first), of_workspace.len()));
    }
    Ok(lines.join("。"))
}

fn is_settled(row: &UnfinishedRow) -> bool {
    let target = Path::new(&row.target);
    match &row.booked {
        // Of a backup there are others: once it is gone, nothing hangs on it.
        _ if row.round.is_none() => remains(target) == Remains::Nothing,
        // Nobody was shown what opens it.
        Some(_) if row.is_unshown() => false,
        None => remains(target) == Remains::Nothing,
        Some(names) => {
            let names: Vec<LastName> = names
                .iter()
                .map(|last| LastName {
                    name: last.name.clone(),
                    sha256: last.sha256,
                })
                .collect();
            let folder = match row.kind {
                WritingKind::Archive => target.parent().unwrap_or(target),
                _ => target,
            };
            let finished = give_last_names(folder, &names);
            finished
                .inspect_err(|_| tracing::warn!("a delivery in the books could not be finished"))
                .is_ok()
        }
    }
}

fn what(row: &UnfinishedRow) -> String {
    match row.kind {
        WritingKind::Delivery => zh::nth_delivery(row.number),
        WritingKind::Repeat => zh::nth_repeat(row.number),
        WritingKind::Archive => zh::AN_ARCHIVE.to_owned(),
        WritingKind::Prints => zh::SOME_PRINTS.to_owned(),
        WritingKind::Copy => zh::A_COPY.to_owned(),
        WritingKind::Restore => zh::A_RESTORED_WORKSPACE.to_owned(),
    }
}

/// One of them in a line, with what to do.
fn line(row: &UnfinishedRow) -> String {
    match row.is_unshown() {
        true => zh::unshown(&what(row), &row.target, row.kind),
        false => zh::unfinished(&what(row), &row.target, row.kind, row.booked.is_some()),
    }
}

/// Lines for the doctor.
pub(crate) fn lines(inner: &Inner) -> Result<Vec<String>, Failure> {
    let rows = inner.store.unfinished().map_err(|error| store(&error))?;
    let broken = rows.iter().filter(|row| inner.is_broken_off(row));
    Ok(broken.map(line).collect())
}

impl Inner {
    /// Whether it does not go on at this very moment.
    fn is_broken_off(&self, row: &UnfinishedRow) -> bool {
        let mut unshown = lock(&self.writing.unshown).clone().into_iter();
        row.id != self.writing.row.load(Ordering::Relaxed) && unshown.all(|(id, _)| row.id != id)
    }

    /// Notes that a job's outcome is handed out, with the passphrase in it.
    pub(crate) fn hand_out(&self, outcome: Option<&JobOutcome>) {
        let Some(target) = outcome.and_then(JobOutcome::opened_by_passphrase) else {
            return;
        };
        let stays = |id: i64| match self.store.end_writing(id) {
            Ok(()) => false,
            Err(_) => {
                tracing::warn!("the note of writing that ended stays");
                true
            }
        };
        lock(&self.writing.unshown).retain(|(id, at)| at != target || stays(*id));
    }
}

impl Seat {
    /// What was broken off while it was written, with what to do.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn delivery_unfinished(&self, args: RoundRef) -> Result<Vec<UnfinishedCard>, Failure> {
        self.unfinished_of(Some(RoundId(args.round)))
    }

    /// The same of a round, or of the whole workspace.
    pub(crate) fn unfinished_of(
        &self,
        round: Option<RoundId>,
    ) -> Result<Vec<UnfinishedCard>, Failure> {
        let rows = self.store().unfinished().map_err(|error| store(&error))?;
        let of_round = rows
            .into_iter()
            .filter(|row| row.round == round && self.inner.is_broken_off(row));
        let cards = of_round.map(|row| UnfinishedCard {
            id: row.id,
            text: line(&row),
            started: local_time(row.started),
            reviewer: row.reviewer,
            folder: row.target,
        });
        Ok(cards.collect())
    }

    /// Tells no more of writing that was broken off: somebody saw to what lies there.
    ///
    /// # Errors
    /// Not found, and while it goes on still.
    pub fn delivery_dismiss(&self, args: UnfinishedRef) -> Result<Vec<UnfinishedCard>, Failure> {
        self.dismiss(Some(RoundId(args.round)), args.id)
    }

    /// The same of a round, or of the whole workspace.
    pub(crate) fn dismiss(
        &self,
        round: Option<RoundId>,
        id: i64,
    ) -> Result<Vec<UnfinishedCard>, Failure> {
        let cards = self.unfinished_of(round)?;
        if !cards.iter().any(|card| card.id == id) {
            return Err(not_found(zh::NO_UNFINISHED));
        }
        self.store()
            .dismiss_writing(id, &self.reviewer()?, now())
            .map_err(|error| store(&error))?;
        lock(&self.inner.keeping.alarms).writing = told(self.store())?;
        self.unfinished_of(round)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::wire::RoundCreate;

    fn open(folder: &Path) -> (Seat, i64) {
        let seat = Seat::open(&folder.join("workspace")).unwrap();
        let round = RoundCreate {
            name: "批次".to_owned(),
            school_code: "10054".to_owned(),
            opens_on: "2026-11-01".to_owned(),
            closes_on: "2026-11-30".to_owned(),
            profile: "moe99".to_owned(),
        };
        let round = seat.round_create(round).unwrap().round;
        (seat, round)
    }

    fn writing(round: i64, target: &Path) -> NewWriting {
        NewWriting {
            round: Some(RoundId(round)),
            kind: WritingKind::Delivery,
            number: 0,
            target: target.display().to_string(),
        }
    }

    #[test]
    fn what_could_not_be_taken_away_is_told_and_what_was_there_before_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (seat, round) = open(folder.path());
        let target = folder.path().join("U盘/交付");
        let told = || seat.delivery_unfinished(RoundRef { round }).unwrap().len();
        let fail = |target: &Path, meanwhile: &dyn Fn()| {
            let begun = Begun::new(&seat.inner, &writing(round, target), "王").unwrap();
            meanwhile();
            drop(begun);
            is_left(&seat.inner, target)
        };
        let nothing = || ();
        assert!(!fail(&target, &nothing), "no such disk");
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        assert!(!fail(&target, &nothing), "all of it was taken away");
        std::fs::create_dir(&target).unwrap();
        std::fs::write(target.join("别人的"), b"theirs").unwrap();
        assert!(!fail(&target, &nothing), "a folder that was refused");
        assert_eq!(told(), 0);

        let other = folder.path().join("U盘/交付二");
        let left = fail(&other, &|| {
            std::fs::create_dir(&other).unwrap();
            std::fs::write(other.join("1.jpg"), b"locked by another program").unwrap();
        });
        assert!(left);
        assert_eq!(told(), 1);
        assert!(!lock(&seat.inner.keeping.alarms).writing.is_empty());

        let third = folder.path().join("U盘/交付三");
        let away = folder.path().join("拔出");
        let left = fail(&third, &|| {
            std::fs::rename(folder.path().join("U盘"), &away).unwrap();
        });
        assert!(left);
        assert_eq!(told(), 2);
    }

    #[test]
    fn what_was_published_is_told_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let (seat, round) = open(folder.path());
        let target = folder.path().join("交付");
        let begun = Begun::new(&seat.inner, &writing(round, &target), "王").unwrap();
        std::fs::create_dir(&target).unwrap();
        std::fs::write(target.join("manifest.json"), b"{}").unwrap();
        begun.published(&target.display().to_string(), None);
        assert_eq!(seat.store().unfinished().unwrap(), []);
    }
}
