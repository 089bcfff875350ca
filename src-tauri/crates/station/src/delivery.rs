//! Deliveries: what would go, writing it, what went.
//!
//! The finished files are made from the originals on all cores, kept in the vault under the recipe that
//! made them (so that the same delivery again is only copying), written by `exchange`, and checked as
//! read back. Then comes the recorded act, and last the names by which it looks whole: what breaks off is noted before it
//! begins ([`crate::unfinished`]), and of what fails nothing stays.

mod archive;
mod codes;
mod columns;
mod draft;
mod frozen;
mod handed;
mod how;
mod left_out;
mod make;
mod part;
mod passphrase;
mod print_settings;
mod prints;
mod privacy;
mod repeat;
mod serials;
mod unmet;
mod unsampled;
mod ways;
mod went;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;
use zhaoshen_exchange::delivery::{self, DeliveryNotes, Destination, Packing, Verified, WithCodes};
use zhaoshen_exchange::source::{fingerprint_of, free_folder};
use zhaoshen_model::profile::RenditionSpec;
use zhaoshen_model::{Profile, RoundId};
use zhaoshen_store::{Approval, DeliveredFile, NewDelivery, NewWriting, WritingKind};
use zhaoshen_vision::{Photo, rendition};

pub use self::archive::verify_archive;
pub(crate) use self::prints::with_fonts;
use crate::app::{count, local_date, local_time, now};
use crate::failure::{exchange, refused, store};
use crate::job::Progress;
use crate::unfinished::{self, Begun};
use crate::wire::{
    Code, DeliveryCard, DeliveryOptions, DeliveryPack, DeliveryPreview, DeliveryReport,
    DeliveryWrite, Failure, JobKind, JobOutcome, JobStarted, RoundRef,
};
use crate::{Inner, Seat, zh};
use draft::Draft;
use frozen::Frozen;
pub(crate) use handed::{Delivered, files};
pub(crate) use how::How;
pub(crate) use left_out::LeftOut;
use make::{finished_bytes, make_and_check};
pub(crate) use passphrase::fresh_passphrase;
use privacy::shown;

/// File names shown as examples.
const EXAMPLES: usize = 5;
/// Photos named in a refusal.
const NAMED: usize = 5;

impl Seat {
    /// What a delivery would hold; nothing is written.
    ///
    /// # Errors
    /// Refused for a template the mode does not allow.
    pub fn delivery_preview(&self, args: DeliveryOptions) -> Result<DeliveryPreview, Failure> {
        // Taken first: a write meanwhile makes the next question read again.
        let writes = self.store().writes();
        let draft = Draft::searched(self.store(), &args)?;
        let mut problems = draft.problems(&args);
        let mut notices: Vec<String> = Vec::new();
        if draft.plan.files.is_empty() {
            match draft.is_nothing_new() {
                true => notices.push(draft.why_empty()),
                false if !draft.is_of_nobody() => problems.insert(0, draft.why_empty()),
                false => {}
            }
        }
        notices.extend(draft.told_again());
        let counts = self.store().round_counts(draft.round.id);
        let counts = counts.map_err(|error| store(&error))?;
        let unmet = self.unmet(&draft)?;
        let (not_ready, delivered_before) =
            (count(draft.left_out.len()), count(draft.before.len()));
        let preview = DeliveryPreview {
            listed: count(counts.students),
            due: count(counts.students.saturating_sub(counts.exempt)),
            exempt: count(counts.exempt),
            ready: count(draft.plan.files.len()),
            outside: count(draft.outside),
            parts: draft.parts.clone(),
            examples: draft
                .plan
                .files
                .iter()
                .take(EXAMPLES)
                .map(|file| privacy::shown(&file.path(), &file.item.student))
                .collect(),
            warnings: [columns::warnings(&args), draft.codes.warnings(&draft.plan)].concat(),
            codes: count(draft.plan.codes.len()),
            unsampled: self.unsampled(&draft)?,
            unmet: unmet.failed,
            hinted: unmet.hinted,
            blocked: draft.blocked(),
            telling: privacy::telling(&draft),
            codes_in_doubt: draft.in_doubt(|id| draft.codes.doubt(&draft.plan, id)),
            notices,
            delivered_before,
            not_ready,
            problems,
        };
        self.keep_left_out(args, writes, draft);
        Ok(preview)
    }

    /// Writes a delivery into a new folder inside `target`.
    ///
    /// # Errors
    /// Refused while another job runs, without a reviewer, or when the preview names problems.
    pub fn delivery_write(&self, args: DeliveryWrite) -> Result<JobStarted, Failure> {
        let round = self.round(args.options.round)?;
        let number = self.store().next_delivery(round.id);
        let number = number.map_err(|error| store(&error))?;
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
        let cards = rows.into_iter().rev().map(|row| {
            let how = self.store().delivery_how(row.round, row.number);
            let how = how.map_err(|error| store(&error))?;
            let how: Option<How> = how.and_then(|how| serde_json::from_value(how).ok());
            Ok(DeliveryCard {
                number: row.number,
                at: local_time(row.at),
                reviewer: row.reviewer,
                folder: row.target,
                files: count(row.files),
                repeatable: how.is_some(),
                how: how.map_or_else(String::new, |how| how.text()),
            })
        });
        cards.collect()
    }

    fn delivery_start(
        &self,
        options: DeliveryOptions,
        folder: PathBuf,
    ) -> Result<JobStarted, Failure> {
        self.open_round(options.round)?;
        let reviewer = self.reviewer()?;
        if self.store().holds(&folder) {
            return Err(refused(zh::TARGET_IN_WORKSPACE));
        }
        let folder = absolute(&folder);
        let inner = Arc::clone(&self.inner);
        let round = RoundId(options.round);
        let job = self.inner.jobs.start(
            (JobKind::Delivery, self.person()),
            Some(round),
            move |progress| {
                let report = deliver(&inner, &options, &folder, &reviewer, progress);
                let report = report.map_err(|why| nothing_written(&inner, &folder, why))?;
                Ok(JobOutcome::Delivery { report })
            },
        )?;
        Ok(JobStarted { job })
    }
}

fn deliver(
    inner: &Inner,
    options: &DeliveryOptions,
    folder: &Path,
    reviewer: &str,
    progress: &Progress,
) -> Result<DeliveryReport, Failure> {
    let store_ = &inner.store;
    let draft = Draft::searched(store_, options)?;
    if draft.plan.files.is_empty() && !draft.is_of_nobody() {
        return Err(refused(draft.why_empty()));
    }
    if let Some(problem) = draft.problems(options).into_iter().next() {
        return Err(refused(problem));
    }
    let telling = privacy::telling(&draft);
    if let Some(first) = telling.first() {
        let count = telling.len();
        return Err(refused(zh::reasons_tell(
            count,
            &first.student_no,
            &first.why,
        )));
    }
    progress.begin(zh::STAGE_DELIVERY, count(draft.plan.files.len()));
    let profile = &draft.round.profile;
    let made = make_and_check(store_, &draft, progress)?;
    progress.begin(zh::STAGE_WRITING, count(draft.plan.files.len()));
    let packing = packing(options.shape.pack)?;
    let writing = NewWriting {
        round: Some(draft.round.id),
        kind: WritingKind::Delivery,
        number: 0,
        target: folder.display().to_string(),
    };
    let begun = Begun::new(inner, &writing, reviewer)?;
    let notes = DeliveryNotes {
        round: draft.round.name.clone(),
        profile: privacy::standard(&draft),
        reviewer: reviewer.to_owned(),
        purpose: options.purpose.trim().to_owned(),
        made_at: local_time(now()),
        number: begun.number(),
    };
    let prepared = delivery::prepare(
        &draft.plan,
        &notes,
        Destination {
            folder,
            packing: &packing,
        },
        progress.stop_flag(),
        WithCodes {
            photos: |id| finished_bytes(store_, &draft, id).map_err(|failure| failure.message),
            codes: |id| {
                let bytes = draft.codes.bytes(store_, id);
                bytes.map_err(|failure| failure.message)
            },
        },
        // The very bytes that were checked; what is on the disk afterwards is compared with them.
        |bytes| match made.checked.get(&fingerprint_of(bytes)) {
            Some(verified) => Ok(*verified),
            None => verify(bytes, &profile.rendition),
        },
        |at| progress.set_done(count(at.done)),
    )
    .map_err(|error| exchange(&error))?;
    let written = prepared.report();
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
        approvals: approvals(&draft),
        in_house: options.shape.in_house,
        how: json!(How::of(options)),
        again: json!(Frozen::of(&draft, options.shape.pack, written)),
    };
    let row = store_
        .record_delivery(
            draft.round.id,
            &new,
            Some(&begun.writing(prepared.names(), packing.passphrase())),
            reviewer,
            now(),
        )
        .map_err(|error| unbooked(&error, &draft))?;
    let written = match prepared.publish() {
        Ok(written) => written,
        Err(error) => return Err(begun.unpublished(exchange(&error))),
    };
    let folder = written.folder.display().to_string();
    begun.published(&folder, packing.passphrase());
    Ok(DeliveryReport {
        number: row.number,
        folder,
        files: count(written.files.len()),
        codes: count(draft.plan.codes.len()),
        identical: made.identical,
        deviations_total: count(deviations.len()),
        deviations,
        not_delivered_total: count(draft.left_out.len()),
        not_delivered: draft.left_out,
        delivered_before_total: count(draft.before.len()),
        delivered_before: draft.before,
        manifest: written.workbook.display().to_string(),
        passphrase: match packing {
            Packing::Zip { passphrase } => passphrase,
            Packing::Loose => None,
        },
    })
}

/// Why nothing was delivered: nothing of it stays, or it is told that something does.
fn nothing_written(inner: &Inner, folder: &Path, failure: Failure) -> Failure {
    let is_cancelled = failure.code == Code::Cancelled;
    let left_behind = |why: &str| zh::left_behind(why, &folder.display().to_string());
    let message = match (is_cancelled, unfinished::is_left(inner, folder)) {
        (true, false) => zh::NOTHING_WRITTEN.to_owned(),
        (true, true) => left_behind(zh::NOTHING_DELIVERED),
        (false, true) => left_behind(&failure.message),
        (false, false) => return failure,
    };
    Failure { message, ..failure }
}

/// Why a delivery is in no books; whose approval was taken back while it was written is named.
fn unbooked(error: &zhaoshen_store::Error, draft: &Draft) -> Failure {
    let zhaoshen_store::Error::ApprovalTakenBack { submissions } = error else {
        return store(error);
    };
    let files = draft.plan.files.iter().map(|file| &file.item);
    let gone = files.filter(|item| submissions.contains(&item.submission));
    let named = gone.take(NAMED).map(|item| {
        let student_no = shown(&item.student.student_no, &item.student);
        format!("{student_no} {}", item.student.name)
    });
    let named = zh::and_more(&named.collect::<Vec<_>>(), submissions.len());
    refused(zh::approval_taken_back(submissions.len(), &named))
}

/// Where the folder lies, wherever the program was started: the books are read from elsewhere.
pub(crate) fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}

fn packing(pack: DeliveryPack) -> Result<Packing, Failure> {
    let passphrase = match pack {
        DeliveryPack::Folder => return Ok(Packing::Loose),
        DeliveryPack::Zip => None,
        DeliveryPack::Encrypted => Some(fresh_passphrase()?),
    };
    Ok(Packing::Zip { passphrase })
}

/// Re-checks a finished file; what is wrong with it stops the delivery. Its size is judged later, by name.
fn verify(bytes: &[u8], spec: &RenditionSpec) -> Result<Verified, String> {
    let photo = Photo::open(bytes, "");
    let wrong = rendition::verify_opened(&photo, spec)
        .into_iter()
        .find(|deviation| !matches!(deviation, rendition::Deviation::Bytes(_)));
    if let Some(wrong) = wrong {
        return Err(zh::deviates(&format!("{wrong:?}")));
    }
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

/// Every photo as it was planned, to be held to when it is booked.
fn approvals(draft: &Draft) -> Vec<Approval> {
    let sources = draft.sources.iter();
    let planned = sources.map(|(submission, source)| Approval {
        submission: *submission,
        student: source.student,
        decision: source.decision,
    });
    planned.collect()
}

fn delivered_file(file: &delivery::WrittenFile) -> DeliveredFile {
    DeliveredFile {
        file_name: file.path(),
        submission: file.submission,
        sha256: file.sha256,
        size_bytes: file.bytes,
    }
}
