//! Photos of students who sent several in one import, kept back until all of them are known, so that
//! the newest becomes the last submission.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::DateTime;
use zhaoshen_exchange::intake::{self, Limits, Source};
use zhaoshen_model::StudentId;
use zhaoshen_model::matching::Matching;
use zhaoshen_store::IntakeRecord;

use crate::job::Progress;

/// How many photos the sources hold, and the students of whom they hold several.
pub(super) fn counted(
    sources: &[Source<'_>],
    progress: &Progress,
    whose: impl Fn(&str) -> Matching,
) -> (u32, HashSet<StudentId>) {
    let mut total = 0;
    let mut photos_of: HashMap<StudentId, u32> = HashMap::new();
    for source in sources {
        // A source that cannot be listed is a line of the report when its turn comes.
        let _ = intake::list(*source, &Limits::default(), progress.stop_flag(), |path| {
            total += 1;
            if let Matching::Matched { student, .. } = whose(path) {
                *photos_of.entry(student).or_default() += 1;
            }
        });
    }
    let several = photos_of.into_iter().filter(|(_, photos)| *photos > 1);
    (total, several.map(|(student, _)| student).collect())
}

/// What is kept back; the bytes are in the vault already.
#[derive(Debug, Default)]
pub(super) struct Held {
    of: BTreeMap<StudentId, Vec<Dated>>,
}

#[derive(Debug)]
struct Dated {
    record: IntakeRecord,
    taken_at: Option<DateTime>,
    changed_at: Option<DateTime>,
}

impl Held {
    pub(super) fn add(
        &mut self,
        student: StudentId,
        record: IntakeRecord,
        taken_at: Option<DateTime>,
        changed_at: Option<DateTime>,
    ) {
        self.of.entry(student).or_default().push(Dated {
            record,
            taken_at,
            changed_at,
        });
    }

    /// How many photos are kept back.
    pub(super) fn photos(&self) -> u32 {
        crate::app::count(self.of.values().map(Vec::len).sum::<usize>())
    }

    /// Batches of about `size` records, those of one student together and oldest first.
    pub(super) fn into_batches(self, size: usize) -> Vec<Vec<IntakeRecord>> {
        let mut batches: Vec<Vec<IntakeRecord>> = Vec::new();
        for photos in self.of.into_values() {
            let records = oldest_first(photos);
            match batches.last_mut() {
                Some(last) if last.len() < size => last.extend(records),
                _ => batches.push(records.collect()),
            }
        }
        batches
    }
}

/// By the camera when it dated all of them; else by their files, unless these carry one and the same
/// time or none; else, and for equal times, in the order of their names.
fn oldest_first(mut photos: Vec<Dated>) -> impl Iterator<Item = IntakeRecord> {
    let all =
        |time: fn(&Dated) -> Option<DateTime>| photos.iter().all(|dated| time(dated).is_some());
    if all(|dated| dated.taken_at) {
        photos.sort_by_key(|dated| dated.taken_at);
    } else if all(|dated| dated.changed_at) {
        photos.sort_by_key(|dated| dated.changed_at);
    }
    photos.into_iter().map(|dated| dated.record)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use zhaoshen_model::PhotoHash;

    use super::*;

    fn dated(name: &str, taken_on: Option<i8>, changed_on: Option<i8>) -> Dated {
        let at = |day: i8| date(2021, 9, day).at(8, 0, 0, 0);
        Dated {
            record: IntakeRecord {
                photo: PhotoHash([0; 32]),
                matching: Matching::Unknown,
                file_name: name.to_owned(),
                source: name.to_owned(),
            },
            taken_at: taken_on.map(at),
            changed_at: changed_on.map(at),
        }
    }

    #[test]
    fn the_newest_comes_last_by_the_best_time_there_is() {
        for (photos, expected) in [
            // The camera knows better than the files.
            (
                [("a", Some(9), Some(1)), ("b", Some(3), Some(2))],
                ["b", "a"],
            ),
            ([("a", Some(9), Some(2)), ("b", None, Some(1))], ["b", "a"]),
            ([("a", None, Some(5)), ("b", None, Some(5))], ["a", "b"]),
            ([("a", None, Some(5)), ("b", None, None)], ["a", "b"]),
        ] {
            let photos = photos.map(|(name, taken, changed)| dated(name, taken, changed));
            let names: Vec<String> = oldest_first(photos.into())
                .map(|record| record.file_name)
                .collect();
            assert_eq!(names, expected);
        }
    }

    #[test]
    fn one_student_is_never_split_between_batches() {
        let mut held = Held::default();
        for student in 0..5 {
            for name in ["a", "b", "c"] {
                let Dated { record, .. } = dated(name, None, None);
                held.add(StudentId(student), record, None, None);
            }
        }
        let sizes: Vec<usize> = held.into_batches(4).iter().map(Vec::len).collect();
        assert_eq!(sizes, [6, 6, 3]);
    }
}
