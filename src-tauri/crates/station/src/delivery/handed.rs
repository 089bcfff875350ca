//! What was handed over, file by file, with what became another since. Whatever is held against deliveries is held against
//! this: what is new, receipts, the studio's returned set, the sums.

use std::collections::HashMap;

use jiff::Timestamp;
use zhaoshen_exchange::delivery::{NUMBER_WITHHELD, Template};
use zhaoshen_model::handover::{Handed, Last, Owner, Since};
use zhaoshen_model::profile::RenditionSpec;
use zhaoshen_model::{PhotoHash, RoundId, Student, StudentDraft, StudentId, SubmissionId};
use zhaoshen_store::{DeliveredFile, DeliveryRow, Store};

use super::frozen::{Frozen, FrozenFile};
use super::how::How;
use crate::failure::store;
use crate::roster::students_by_id;
use crate::wire::Failure;

/// A file handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delivered {
    pub(crate) submission: SubmissionId,
    /// For whom it was handed over; `None` where that is not known.
    pub(crate) student: Option<StudentId>,
    /// Whose photo it is now; `None` when it was taken away since.
    pub(crate) owner: Option<StudentId>,
    /// The 学号 under which it was handed over; `None` where that is not known, or none was told.
    pub(crate) number: Option<String>,
    /// The 学号 that `student` has now; `None` of one who is on the roster no longer.
    pub(crate) number_now: Option<String>,
    /// What became another since; `None` where it stands as it was.
    pub(crate) since: Option<Since>,
    pub(crate) delivery: u32,
    /// When.
    pub(crate) at: Timestamp,
    pub(crate) file_name: String,
    /// Of the file as written.
    pub(crate) sha256: PhotoHash,
    /// How it was made; `None` of one by an earlier version, which did not keep it.
    pub(super) made: Option<Made>,
}

/// How a finished file was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) recipe: [u64; 5],
    pub(super) crop: Option<[u64; 4]>,
    /// The picture of the 采集码 that went along.
    pub(super) code: Option<PhotoHash>,
}

impl Delivered {
    /// Whether the studio has it for another student, or under another 学号 or name, than it would be handed over now.
    pub(crate) const fn has_moved(&self) -> bool {
        matches!(
            self.since,
            Some(Since::Student | Since::Number | Since::Name)
        )
    }

    fn handed(&self) -> Handed<'_> {
        Handed {
            submission: self.submission,
            student: self.student,
            number: self.number.as_deref(),
            file_name: bare_name(&self.file_name),
        }
    }
}

/// What left the office, first to last.
pub(crate) fn files(store_: &Store, round: RoundId) -> Result<Vec<Delivered>, Failure> {
    handed(store_, round, false)
}

/// What left the office, or what stayed there, first to last.
pub(super) fn handed(
    store_: &Store,
    round: RoundId,
    in_house: bool,
) -> Result<Vec<Delivered>, Failure> {
    let students = students_by_id(store_, round)?;
    let people = People {
        by_number: students
            .values()
            .map(|student| (student.draft.student_no.as_str(), student.id))
            .collect(),
        students: &students,
        owners: store_.owners(round).map_err(|error| store(&error))?,
    };
    let mut files = Vec::new();
    let deliveries = store_.deliveries(round).map_err(|error| store(&error))?;
    for delivery in deliveries.iter().filter(|one| one.in_house == in_house) {
        let kept = Kept::load(store_, delivery)?;
        let of = store_.delivered_files(delivery.id);
        let of = of.map_err(|error| store(&error))?.into_iter();
        files.extend(of.map(|file| people.delivered(file, delivery, &kept)));
    }
    let last = Last::of(files.iter().map(Delivered::handed));
    let replaced = files.iter().map(|file| last.is_replaced(&file.handed()));
    let replaced: Vec<bool> = replaced.collect();
    for (file, is_replaced) in files.iter_mut().zip(replaced) {
        let photo = is_replaced.then_some(Since::Photo);
        file.since = file.since.or(photo);
    }
    Ok(files)
}

/// Whose photos are, and who they are.
struct People<'a> {
    students: &'a HashMap<StudentId, Student>,
    by_number: HashMap<&'a str, StudentId>,
    owners: HashMap<SubmissionId, StudentId>,
}

impl<'a> People<'a> {
    fn draft(&self, student: StudentId) -> Option<&'a StudentDraft> {
        self.students.get(&student).map(|student| &student.draft)
    }

    /// For whom a file went of which only the 学号 is kept: who has it now, or else whose the photo is.
    fn then(&self, owner: Option<StudentId>, number: Option<&str>) -> Option<StudentId> {
        let of_owner = owner.and_then(|owner| self.draft(owner));
        let is_owners = of_owner.is_some_and(|draft| Some(draft.student_no.as_str()) == number);
        let holder = number.and_then(|number| self.by_number.get(number));
        match is_owners {
            true => owner,
            false => holder.copied().or(owner),
        }
    }

    fn delivered(&self, file: DeliveredFile, of: &DeliveryRow, kept: &Kept) -> Delivered {
        let owner = self.owners.get(&file.submission).copied();
        let frozen = kept.files.get(&file.submission);
        let number = frozen
            .map(|frozen| frozen.student_no.as_str())
            .filter(|number| !number.is_empty() && *number != NUMBER_WITHHELD);
        let student = frozen.and_then(|frozen| frozen.student);
        let student = student.or_else(|| self.then(owner, number));
        let then = student.and_then(|student| self.draft(student));
        let mut delivered = Delivered {
            submission: file.submission,
            student,
            owner,
            number: number.map(str::to_owned),
            number_now: then.map(|draft| draft.student_no.clone()),
            since: None,
            delivery: of.number,
            at: of.at,
            file_name: file.file_name,
            sha256: file.sha256,
            made: frozen.map(|frozen| frozen.made(kept.recipe)),
        };
        delivered.since = owner.and_then(|student| {
            let draft = self.draft(student)?;
            let name = kept.name_of(frozen?, draft);
            delivered.handed().since(&Owner {
                student,
                number: &draft.student_no,
                file_name: name.as_deref(),
            })
        });
        delivered
    }
}

/// What is kept of a delivery; of one by an earlier version, nothing.
#[derive(Default)]
struct Kept {
    naming: Option<Template>,
    recipe: [u64; 5],
    files: HashMap<SubmissionId, FrozenFile>,
}

impl Kept {
    fn load(store_: &Store, delivery: &DeliveryRow) -> Result<Self, Failure> {
        let of = (delivery.round, delivery.number);
        let again = store_.delivery_again(of.0, of.1);
        let again = again.map_err(|error| store(&error))?;
        let Some(frozen) = again.and_then(|kept| serde_json::from_str::<Frozen>(&kept).ok()) else {
            return Ok(Self::default());
        };
        let how = store_.delivery_how(of.0, of.1);
        let how = how.map_err(|error| store(&error))?;
        let how: Option<How> = how.and_then(|how| serde_json::from_value(how).ok());
        let files = frozen.files.into_iter();
        Ok(Self {
            naming: how.and_then(|how| how.naming()),
            recipe: recipe(&frozen.spec),
            files: files.map(|file| (file.submission, file)).collect(),
        })
    }

    /// What the student's file would be named, were it delivered so now.
    fn name_of(&self, file: &FrozenFile, student: &StudentDraft) -> Option<String> {
        self.naming.as_ref()?.name_of(student, file.serial)
    }
}

impl FrozenFile {
    fn made(&self, recipe: [u64; 5]) -> Made {
        let code = self.code.as_ref();
        Made {
            recipe,
            crop: self.crop,
            code: code.map(|code| code.original.unwrap_or(code.sha256)),
        }
    }
}

/// A file's name without the part of the delivery that it lies in.
fn bare_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What of a standard decides the bytes of a finished file, besides its crop.
pub(super) fn recipe(spec: &RenditionSpec) -> [u64; 5] {
    [
        spec.width_px.into(),
        spec.height_px.into(),
        spec.dpi.into(),
        spec.min_quality.into(),
        spec.max_bytes,
    ]
}
