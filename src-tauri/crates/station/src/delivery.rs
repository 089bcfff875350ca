//! Deliveries: what would go, writing it, what went.
//!
//! The finished files are made from the originals on all cores, kept in the vault under the recipe that
//! made them (so that the same delivery again is only copying), written by `exchange`, and checked as
//! read back. The recorded act comes last: a broken-off delivery is not in the books.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use zhaoshen_checks::final_frame;
use zhaoshen_exchange::delivery::{
    self, DeliveryItem, DeliveryNotes, DeliveryPlan, Template, Undelivered, Verified,
};
use zhaoshen_exchange::source::free_folder;
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{
    DecisionKind, Measurements, PhotoHash, Profile, RoundId, Student, SubmissionId,
};
use zhaoshen_store::{
    DecisionRow, DeliveredFile, DerivedKind, NewDelivery, RoundRow, Store, SubmissionRow,
};
use zhaoshen_vision::{Photo, rendition};

use crate::app::{count, local_date, local_time, now};
use crate::failure::{cancelled, exchange, refused, store};
use crate::job::Progress;
use crate::wire::{
    DeliveryCard, DeliveryMode, DeliveryOptions, DeliveryPreview, DeliveryReport, DeliveryWrite,
    Failure, JobKind, JobOutcome, JobStarted, NotDelivered, RoundRef,
};
use crate::{Inner, Station, view, zh};

/// Raised when the encoder or the scaler changes, so that kept renditions are made anew.
const RECIPE_VERSION: u32 = 1;
/// File names shown as examples.
const EXAMPLES: usize = 5;

impl Station {
    /// What a delivery would hold; nothing is written.
    ///
    /// # Errors
    /// Refused for a template the mode does not allow.
    pub fn delivery_preview(&self, args: DeliveryOptions) -> Result<DeliveryPreview, Failure> {
        let draft = Draft::load(self.store(), &args)?;
        let mut problems: Vec<String> = draft.plan.problems.iter().map(plan_problem).collect();
        if draft.plan.files.is_empty() {
            problems.insert(0, zh::NOTHING_APPROVED.to_owned());
        }
        Ok(DeliveryPreview {
            ready: count(draft.plan.files.len()),
            examples: draft
                .plan
                .files
                .iter()
                .take(EXAMPLES)
                .map(|file| view::without_id_numbers(&file.file_name))
                .collect(),
            not_ready: draft.left_out,
            problems,
        })
    }

    /// Writes a delivery into a new folder inside `target`.
    ///
    /// # Errors
    /// Refused while another job runs, without a reviewer, or when the preview names problems.
    pub fn delivery_write(&self, args: DeliveryWrite) -> Result<JobStarted, Failure> {
        let round = self.round(args.options.round)?;
        let number = self
            .store()
            .deliveries(round.id)
            .map_err(|error| store(&error))?
            .len()
            + 1;
        let target = PathBuf::from(args.target);
        let name = zh::delivery_folder(number, &local_date(now()));
        self.delivery_start(args.options, free_folder(&target, &name))
    }

    /// Writes a delivery into `folder` itself, which must be new or empty.
    ///
    /// # Errors
    /// As [`Self::delivery_write`].
    pub fn delivery_write_to(
        &self,
        options: DeliveryOptions,
        folder: &Path,
    ) -> Result<JobStarted, Failure> {
        self.delivery_start(options, folder.to_owned())
    }

    /// Deliveries written so far, newest first.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn delivery_list(&self, args: RoundRef) -> Result<Vec<DeliveryCard>, Failure> {
        let rows = self
            .store()
            .deliveries(RoundId(args.round))
            .map_err(|error| store(&error))?;
        let cards = rows.into_iter().rev().map(|row| DeliveryCard {
            number: row.number,
            at: local_time(row.at),
            reviewer: row.reviewer,
            folder: row.target,
            files: count(row.files),
        });
        Ok(cards.collect())
    }

    fn delivery_start(
        &self,
        options: DeliveryOptions,
        folder: PathBuf,
    ) -> Result<JobStarted, Failure> {
        let reviewer = self.reviewer()?;
        let inner = Arc::clone(&self.inner);
        let job = self.inner.jobs.start(JobKind::Delivery, move |progress| {
            let report = deliver(&inner, &options, &folder, &reviewer, progress)?;
            Ok(JobOutcome::Delivery { report })
        })?;
        Ok(JobStarted { job })
    }
}

/// A planned delivery with everything needed to make its files.
struct Draft {
    round: RoundRow,
    plan: DeliveryPlan,
    sources: HashMap<SubmissionId, Source>,
    left_out: Vec<NotDelivered>,
}

/// What one finished file is made from.
struct Source {
    photo: PhotoHash,
    measurements: Measurements,
}

impl Draft {
    fn load(store_: &Store, options: &DeliveryOptions) -> Result<Self, Failure> {
        let round = store_
            .round(RoundId(options.round))
            .map_err(|error| store(&error))?;
        let mode = match options.mode {
            DeliveryMode::CollectionCode => delivery::DeliveryMode::CodeOnly,
            DeliveryMode::Roster => delivery::DeliveryMode::Roster,
        };
        let template =
            Template::parse(&options.template, mode).map_err(|error| exchange(&error))?;
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
        let mut draft = Sorting::new(&round.profile, measured);
        for student in store_.students(round.id).map_err(|error| store(&error))? {
            let row = newest.get(&student.id);
            let decision = row.and_then(|row| decisions.get(&row.id));
            draft.sort(student, row, decision);
        }
        let Sorting {
            items,
            undelivered,
            left_out,
            sources,
            ..
        } = draft;
        let plan = delivery::plan(items, undelivered, &template, mode);
        Ok(Self {
            round,
            plan,
            sources,
            left_out,
        })
    }
}

impl Draft {
    /// A line for every approved photo whose crop cannot keep all bands: a person passed it knowingly.
    fn outside_bands(&self) -> Vec<String> {
        let lines = self.plan.files.iter().filter_map(|file| {
            let source = self.sources.get(&file.item.submission)?;
            let frame = final_frame(&source.measurements, &self.round.profile);
            let codes: Vec<&str> = frame
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

/// Students sorted into those who are delivered and those who are not, with why.
struct Sorting<'a> {
    profile: &'a Profile,
    measured: HashMap<PhotoHash, Measurements>,
    items: Vec<DeliveryItem>,
    undelivered: Vec<Undelivered>,
    left_out: Vec<NotDelivered>,
    sources: HashMap<SubmissionId, Source>,
}

impl<'a> Sorting<'a> {
    fn new(profile: &'a Profile, measured: HashMap<PhotoHash, Measurements>) -> Self {
        Self {
            profile,
            measured,
            items: Vec::new(),
            undelivered: Vec::new(),
            left_out: Vec::new(),
            sources: HashMap::new(),
        }
    }

    fn sort(
        &mut self,
        student: Student,
        row: Option<&SubmissionRow>,
        decision: Option<&DecisionRow>,
    ) {
        match self.ready(row, decision) {
            Ok((submission, source)) => {
                self.sources.insert(submission, source);
                self.items.push(DeliveryItem {
                    submission,
                    student: student.draft,
                });
            }
            Err(why) => {
                self.left_out.push(NotDelivered {
                    student_no: student.draft.student_no.clone(),
                    name: student.draft.name.clone(),
                    college: student.draft.college.clone(),
                    why: why.clone(),
                    submission: row.map(|row| row.id.0),
                });
                self.undelivered.push(Undelivered {
                    student: student.draft,
                    reason: why,
                });
            }
        }
    }

    fn ready(
        &self,
        row: Option<&SubmissionRow>,
        decision: Option<&DecisionRow>,
    ) -> Result<(SubmissionId, Source), String> {
        let row = row.ok_or_else(|| zh::WHY_MISSING.to_owned())?;
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
        let frame = final_frame(measurements, self.profile);
        if frame.rect.area() <= 0.0 {
            return Err(zh::WHY_NOT_DECODABLE.to_owned());
        }
        if frame.violation("JPEG-02").is_some() {
            return Err(zh::WHY_TOO_FEW_PIXELS.to_owned());
        }
        if frame.violation("FACE-01").is_some() {
            return Err(zh::WHY_NO_FACE.to_owned());
        }
        Ok((
            row.id,
            Source {
                photo: row.photo,
                measurements: measurements.clone(),
            },
        ))
    }
}

fn why_rejected(row: &DecisionRow) -> String {
    let texts: Vec<&str> = row
        .decision
        .reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect();
    zh::why_rejected(&texts.join("；"))
}

fn deliver(
    inner: &Inner,
    options: &DeliveryOptions,
    folder: &Path,
    reviewer: &str,
    progress: &Progress,
) -> Result<DeliveryReport, Failure> {
    let store_ = &inner.store;
    let draft = Draft::load(store_, options)?;
    if draft.plan.files.is_empty() {
        return Err(refused(zh::NOTHING_APPROVED));
    }
    progress.begin(zh::STAGE_DELIVERY, count(draft.plan.files.len()));
    let profile = &draft.round.profile;
    let identical = make_all(store_, &draft, progress)?;
    progress.begin(zh::STAGE_WRITING, count(draft.plan.files.len()));
    let notes = DeliveryNotes {
        round: draft.round.name.clone(),
        profile: profile.title.clone(),
        reviewer: reviewer.to_owned(),
        made_at: local_time(now()),
    };
    let written = delivery::write(
        &draft.plan,
        &notes,
        folder,
        progress.stop_flag(),
        |submission| finished_bytes(store_, &draft, submission).map_err(|failure| failure.message),
        |bytes| verify(bytes, profile),
        |at| progress.set_done(count(at.done)),
    )
    .map_err(|error| exchange(&error))?;
    let mut deviations = draft.outside_bands();
    deviations.extend(
        written
            .files
            .iter()
            .filter_map(|file| unusual_size(file, profile)),
    );
    let new = NewDelivery {
        target: written.folder.display().to_string(),
        profile_name: profile.name.clone(),
        files: written.files.iter().map(delivered_file).collect(),
    };
    let row = store_
        .record_delivery(draft.round.id, &new, reviewer, now())
        .map_err(|error| store(&error))?;
    Ok(DeliveryReport {
        number: row.number,
        folder: written.folder.display().to_string(),
        files: count(written.files.len()),
        identical,
        deviations,
        not_delivered: draft.left_out,
        manifest: written.workbook.display().to_string(),
    })
}

/// Makes every finished file that is not kept yet; how many are the original byte for byte.
fn make_all(store_: &Store, draft: &Draft, progress: &Progress) -> Result<u32, Failure> {
    let made: Vec<bool> = draft
        .plan
        .files
        .par_iter()
        .map(|file| {
            if progress.is_cancelled() {
                return Err(cancelled());
            }
            let identical = make(store_, draft, file.item.submission)?;
            progress.advance(1);
            Ok(identical)
        })
        .collect::<Result<_, _>>()?;
    Ok(count(
        made.into_iter().filter(|identical| *identical).count(),
    ))
}

/// Makes and keeps one finished file; whether it is the original byte for byte.
fn make(store_: &Store, draft: &Draft, submission: SubmissionId) -> Result<bool, Failure> {
    let source = source_of(draft, submission)?;
    let profile = &draft.round.profile;
    if is_original(source, profile) {
        return Ok(true);
    }
    let kind = DerivedKind::Rendition {
        recipe: recipe(source, profile),
    };
    if store_
        .read_derived(source.photo, kind)
        .map_err(|error| store(&error))?
        .is_none()
    {
        let original = store_
            .read_photo(source.photo)
            .map_err(|error| store(&error))?;
        let frame = final_frame(&source.measurements, profile);
        let made = rendition::render_bytes(&original, frame.rect, &profile.rendition)
            .map_err(|error| refused(zh::cannot_render(&error.to_string())))?;
        store_
            .put_derived(source.photo, kind, &made.bytes)
            .map_err(|error| store(&error))?;
    }
    Ok(false)
}

fn finished_bytes(
    store_: &Store,
    draft: &Draft,
    submission: SubmissionId,
) -> Result<Vec<u8>, Failure> {
    let source = source_of(draft, submission)?;
    let profile = &draft.round.profile;
    if is_original(source, profile) {
        return store_
            .read_photo(source.photo)
            .map_err(|error| store(&error));
    }
    let kind = DerivedKind::Rendition {
        recipe: recipe(source, profile),
    };
    let kept = store_
        .read_derived(source.photo, kind)
        .map_err(|error| store(&error))?;
    kept.ok_or_else(|| refused(zh::INTERNAL))
}

fn source_of(draft: &Draft, submission: SubmissionId) -> Result<&Source, Failure> {
    draft
        .sources
        .get(&submission)
        .ok_or_else(|| refused(zh::SUBMISSION_UNKNOWN))
}

/// Whether the original may be handed over byte for byte.
fn is_original(source: &Source, profile: &Profile) -> bool {
    final_frame(&source.measurements, profile).as_is
        && rendition::conforms(&source.measurements, &profile.rendition).is_empty()
}

/// Fingerprint of everything but the photo that decides a finished file's bytes.
fn recipe(source: &Source, profile: &Profile) -> u64 {
    let rect = final_frame(&source.measurements, profile).rect;
    let spec = &profile.rendition;
    let mut hasher = DefaultHasher::new();
    RECIPE_VERSION.hash(&mut hasher);
    for edge in [rect.x, rect.y, rect.width, rect.height] {
        edge.to_bits().hash(&mut hasher);
    }
    (
        spec.width_px,
        spec.height_px,
        spec.dpi,
        spec.min_quality,
        spec.max_bytes,
    )
        .hash(&mut hasher);
    hasher.finish()
}

/// Re-checks a finished file; what is wrong with it stops the delivery. Its size is judged later, by name.
fn verify(bytes: &[u8], profile: &Profile) -> Result<Verified, String> {
    let wrong = rendition::verify(bytes, &profile.rendition)
        .into_iter()
        .find(|deviation| !matches!(deviation, rendition::Deviation::Bytes(_)));
    if let Some(wrong) = wrong {
        return Err(zh::deviates(&format!("{wrong:?}")));
    }
    let photo = Photo::open(bytes, "");
    let picture = photo
        .picture
        .as_ref()
        .ok_or_else(|| zh::WHY_NOT_DECODABLE.to_owned())?;
    Ok(Verified {
        width_px: picture.width_px(),
        height_px: picture.height_px(),
        quality: photo.jpeg.as_ref().and_then(|jpeg| jpeg.quality),
    })
}

/// A line for a file that is smaller or larger than usual ("一般", 99号 四1).
fn unusual_size(file: &delivery::WrittenFile, profile: &Profile) -> Option<String> {
    let spec = &profile.rendition;
    let usual = spec.min_bytes <= file.bytes && file.bytes <= spec.max_bytes;
    (!usual).then(|| zh::unusual_file(&file.file_name, file.bytes, spec))
}

fn delivered_file(file: &delivery::WrittenFile) -> DeliveredFile {
    DeliveredFile {
        file_name: file.file_name.clone(),
        submission: file.submission,
        sha256: file.sha256,
        size_bytes: file.bytes,
    }
}

fn plan_problem(problem: &delivery::PlanProblem) -> String {
    format!(
        "{} {}：{}",
        problem.student_no, problem.file_name, problem.message_zh
    )
}
