//! Printing: what would be on paper, and writing it.
//!
//! Who may be printed is who would be delivered, and the pictures are the finished files of a delivery, checked
//! as a delivery checks them. `exchange` lays out and draws. Not here: printers; staff and studios print PDFs
//! with their own programs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhaoshen_exchange::delivery::{PlannedFile, Prepared, Roll, tells_id_number};
use zhaoshen_exchange::prints::{
    self, Fonts, Group, PrintItem, PrintNotes, PrintPlan, PrintReport, PrintSetup,
};
use zhaoshen_exchange::source::free_folder;
use zhaoshen_store::{NewPrints, NewWriting, WritingKind};

use super::draft::Draft;
use super::make::{finished_bytes, make_all};
use super::print_settings::can_be;
use super::privacy::shown;
use super::serials::Otherwise;
use super::{NAMED, absolute, verify};
use crate::app::{count, local_date, local_time, now};
use crate::failure::{exchange, refused, store};
use crate::job::{Progress, lock};
use crate::unfinished::{self, Begun};
use crate::wire::{
    DeliveryMode, DeliveryOptions, Failure, JobKind, JobOutcome, JobStarted, PrintsArea, PrintsKey,
    PrintsKind, PrintsOptions, PrintsPaper, PrintsPreview, PrintsReport, PrintsSplit,
    PrintsTwoInch, PrintsWrite,
};
use crate::{Inner, Seat, zh};

/// Pixels per inch that a print must have.
const LEAST_DPI: f32 = 300.0;
/// Most prints of one size.
pub(super) const MOST_EACH: u32 = 40;
/// Most lines of one kind that a preview shows.
const LINES_SHOWN: usize = 50;

impl Seat {
    /// What printing would give; nothing is written.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn prints_preview(&self, args: PrintsOptions) -> Result<PrintsPreview, Failure> {
        let draft = draft_of(&self.inner, &args)?;
        let mut problems = refusals(&draft, &args);
        let setup = setup_of(&args);
        let plan = match plan_of(&draft, &args) {
            Ok(plan) => plan,
            Err(failure) => {
                problems.push(failure.message);
                let nothing = PrintSetup {
                    kind: prints::PrintKind::Proof,
                    ..setup
                };
                prints::plan(&nothing, Vec::new(), &[]).map_err(|error| exchange(&error))?
            }
        };
        let mut missing = Vec::new();
        let mut families = Vec::new();
        let seen = with_fonts(&self.inner, |fonts| {
            missing = missing_characters(fonts, &draft, &args);
            families = fonts.families().into_iter().map(str::to_owned).collect();
            Ok(())
        });
        problems.extend(seen.err().map(|failure| failure.message));
        let spec = &draft.round.profile.rendition;
        let dpi = prints::effective_dpi(&plan.layout, spec.width_px, spec.height_px);
        missing.truncate(LINES_SHOWN);
        let (width_mm, height_mm) = plan.layout.paper.size_mm();
        Ok(PrintsPreview {
            students: count(draft.plan.files.len()),
            prints: count(plan.prints()),
            pages: count(plan.pages()),
            files: count(plan.volumes.len()),
            per_page: count(plan.layout.slots.len()),
            width_mm,
            height_mm,
            photos: photos_of(&plan),
            dpi: dpi as u32,
            fonts: families,
            missing,
            warnings: self.warnings(&draft, &args, dpi)?,
            problems,
        })
    }

    /// Prints into a new folder inside `target`.
    ///
    /// # Errors
    /// Refused while another job runs, without a reviewer, or when the preview names problems.
    pub fn prints_write(&self, args: PrintsWrite) -> Result<JobStarted, Failure> {
        let kind = kind_of(args.options.kind);
        let name = zh::prints_folder(kind.title(), &local_date(now()));
        let folder = free_folder(&PathBuf::from(args.target), &name);
        self.prints_write_to(args.options, &folder)
    }

    /// Prints into `folder` itself, which must be new or empty.
    ///
    /// # Errors
    /// As [`Self::prints_write`].
    pub fn prints_write_to(
        &self,
        options: PrintsOptions,
        folder: &Path,
    ) -> Result<JobStarted, Failure> {
        // A closed round is printed still: that changes nothing of it, and how is not kept.
        let round = self.round(options.round)?.id;
        let held = self.store().check_held(round);
        held.map_err(|error| store(&error))?;
        let reviewer = self.reviewer()?;
        if self.store().holds(folder) {
            return Err(refused(zh::TARGET_IN_WORKSPACE));
        }
        if self.store().check_open(round).is_ok() {
            self.keep(&options, &reviewer)?;
        }
        let inner = Arc::clone(&self.inner);
        let folder = absolute(folder);
        let job = self.inner.jobs.start(
            (JobKind::Prints, self.person()),
            Some(round),
            move |progress| {
                let report = print(&inner, &options, &folder, &reviewer, progress);
                let report = report.map_err(|why| nothing_stays(&inner, &folder, why))?;
                Ok(JobOutcome::Prints { report })
            },
        )?;
        Ok(JobStarted { job })
    }

    /// What is allowed and should be thought over.
    fn warnings(
        &self,
        draft: &Draft,
        options: &PrintsOptions,
        dpi: f32,
    ) -> Result<Vec<String>, Failure> {
        let mut warnings = warnings(options, dpi);
        if options.kind != PrintsKind::Contact
            && options.key == PrintsKey::Serial
            && let Some(Otherwise { number, photos }) = Otherwise::of(self.store(), draft)?
        {
            warnings.push(zh::prints_other_serials(number, photos));
        }
        Ok(warnings)
    }
}

fn print(
    inner: &Inner,
    options: &PrintsOptions,
    folder: &Path,
    reviewer: &str,
    progress: &Progress,
) -> Result<PrintsReport, Failure> {
    let sheets = Sheets::of(inner, options)?;
    let (draft, plan) = (&sheets.draft, &sheets.plan);
    progress.begin(zh::STAGE_DELIVERY, count(plan.students()));
    make_all(&inner.store, draft, progress)?;
    progress.begin(zh::STAGE_PRINTING, count(plan.students()));
    let notes = sheets.notes(reviewer);
    let writing = NewWriting {
        round: Some(draft.round.id),
        kind: WritingKind::Prints,
        number: 0,
        target: folder.display().to_string(),
    };
    let begun = Begun::new(inner, &writing, reviewer)?;
    let (prepared, missing) = sheets.prepare(&notes, folder, progress)?;
    let new = sheets.booked(prepared.report());
    let writing = begun.writing(prepared.names(), None);
    inner
        .store
        .record_prints(draft.round.id, &new, Some(&writing), reviewer, now())
        .map_err(|error| store(&error))?;
    let written = match prepared.publish() {
        Ok(written) => written,
        Err(error) => return Err(begun.unpublished(exchange(&error))),
    };
    begun.published(&new.target, None);
    let files = written.files.into_iter().map(|file| file.file_name);
    Ok(PrintsReport {
        kind: options.kind,
        folder: new.target,
        files: files.collect(),
        students: count(plan.students()),
        prints: count(plan.prints()),
        pages: count(plan.pages()),
        missing,
    })
}

/// What is printed, and of whom.
struct Sheets<'a> {
    inner: &'a Inner,
    options: &'a PrintsOptions,
    draft: Draft,
    plan: PrintPlan,
}

impl<'a> Sheets<'a> {
    /// Refused for what the preview names as a problem.
    fn of(inner: &'a Inner, options: &'a PrintsOptions) -> Result<Self, Failure> {
        let draft = draft_of(inner, options)?;
        if let Some(problem) = refusals(&draft, options).into_iter().next() {
            return Err(refused(problem));
        }
        let plan = plan_of(&draft, options)?;
        Ok(Self {
            inner,
            options,
            draft,
            plan,
        })
    }

    /// What stands on every page.
    fn notes(&self, reviewer: &str) -> PrintNotes {
        let at = local_time(now());
        PrintNotes {
            round: self.draft.round.name.clone(),
            // A name of staff is a name too, and can be a student's.
            made: match names_nobody(self.options) {
                true => zh::printed_at(&at),
                false => zh::printed_by(reviewer, &at),
            },
        }
    }

    /// Draws the sheets into the new folder, and says of whose captions the machine's fonts lack something.
    fn prepare(
        &self,
        notes: &PrintNotes,
        folder: &Path,
        progress: &Progress,
    ) -> Result<(Prepared<PrintReport>, Vec<String>), Failure> {
        let picture = |submission| -> Result<Vec<u8>, String> {
            let bytes = finished_bytes(&self.inner.store, &self.draft, submission)
                .map_err(|failure| failure.message)?;
            verify(&bytes, &self.draft.round.profile.rendition)?;
            Ok(bytes)
        };
        with_fonts(self.inner, |fonts| {
            let missing = missing_characters(fonts, &self.draft, self.options);
            let prepared = prints::prepare(
                &self.plan,
                notes,
                fonts,
                folder,
                progress.stop_flag(),
                picture,
                |at| progress.set_done(count(at.done)),
            );
            Ok((prepared.map_err(|error| exchange(&error))?, missing))
        })
    }

    /// What goes into the books.
    fn booked(&self, report: &PrintReport) -> NewPrints {
        NewPrints {
            kind: self.plan.kind.title().to_owned(),
            target: report.folder.display().to_string(),
            students: self.plan.students() as u64,
            prints: self.plan.prints() as u64,
            pages: self.plan.pages() as u64,
            names: has_names(self.options),
        }
    }
}

/// Why nothing was printed: where not all that was written could be taken away, it is told where it lies.
fn nothing_stays(inner: &Inner, folder: &Path, failure: Failure) -> Failure {
    if !unfinished::is_left(inner, folder) {
        return failure;
    }
    Failure {
        message: zh::left_behind(&failure.message, &folder.display().to_string()),
        ..failure
    }
}

/// Who would be printed: who would be delivered.
fn draft_of(inner: &Inner, options: &PrintsOptions) -> Result<Draft, Failure> {
    let delivery = DeliveryOptions::plain(options.round, options.mode, zh::PRINTS_TEMPLATE);
    match names_nobody(options) {
        true => Draft::searched(&inner.store, &delivery),
        false => Draft::load(&inner.store, &delivery),
    }
}

/// Whether it may leave the office, where nobody may be named: everything in 采集码模式 but 核对表, which stays.
fn names_nobody(options: &PrintsOptions) -> bool {
    options.kind != PrintsKind::Contact && options.mode == DeliveryMode::CollectionCode
}

fn plan_of(draft: &Draft, options: &PrintsOptions) -> Result<PrintPlan, Failure> {
    let items = draft.plan.files.iter().map(|file| PrintItem {
        submission: file.item.submission,
        group: group_of(&file.item.student),
        caption: caption(file, options),
    });
    let others: Vec<Group> = draft
        .plan
        .undelivered
        .iter()
        .map(|left_out| group_of(&left_out.student))
        .collect();
    prints::plan(&setup_of(options), items.collect(), &others).map_err(|error| exchange(&error))
}

fn group_of(student: &zhaoshen_model::StudentDraft) -> Group {
    Group {
        college: shown(&student.college, student),
        class: shown(&student.class, student),
    }
}

fn caption(file: &PlannedFile, options: &PrintsOptions) -> Vec<String> {
    let student = &file.item.student;
    let key = match options.key {
        PrintsKey::Serial => zh::prints_serial(file.serial),
        PrintsKey::StudentNo => shown(&student.student_no, student),
    };
    let name = shown(&student.name, student);
    match options.kind {
        PrintsKind::Contact => vec![name, shown(&student.student_no, student)],
        _ if has_names(options) => vec![key, name],
        _ => vec![key],
    }
}

/// 采集码模式 lets no name out; a teacher cannot tell a face without one.
fn has_names(options: &PrintsOptions) -> bool {
    options.kind == PrintsKind::Contact || (options.names && options.mode == DeliveryMode::Roster)
}

fn setup_of(options: &PrintsOptions) -> PrintSetup {
    PrintSetup {
        kind: kind_of(options.kind),
        paper: match options.paper {
            PrintsPaper::A4 => prints::Paper::A4,
            PrintsPaper::SixInch => prints::Paper::SixInch,
        },
        counts: prints::Counts {
            two_inch: options.two_inch.min(MOST_EACH),
            one_inch: options.one_inch.min(MOST_EACH),
            size: match options.two_inch_size {
                PrintsTwoInch::Standard => prints::TwoInch::Standard,
                PrintsTwoInch::Small => prints::TwoInch::Small,
            },
        },
        split: match options.split {
            PrintsSplit::Whole => prints::PrintSplit::Whole,
            PrintsSplit::College => prints::PrintSplit::College,
            PrintsSplit::Class => prints::PrintSplit::Class,
        },
        caption_lines: match options.kind {
            PrintsKind::Contact => 2,
            _ if has_names(options) => 2,
            _ => 1,
        },
    }
}

const fn kind_of(kind: PrintsKind) -> prints::PrintKind {
    match kind {
        PrintsKind::Layout => prints::PrintKind::Layout,
        PrintsKind::Proof => prints::PrintKind::Proof,
        PrintsKind::Contact => prints::PrintKind::Contact,
    }
}

/// What stops it, besides a page that is too small.
fn refusals(draft: &Draft, options: &PrintsOptions) -> Vec<String> {
    let mut problems = Vec::new();
    if draft.plan.files.is_empty() {
        problems.push(zh::NOTHING_APPROVED.to_owned());
    }
    if options.kind == PrintsKind::Layout && !can_be(options.two_inch, options.one_inch) {
        problems.push(zh::prints_counts(MOST_EACH));
    }
    if let Some(roll) = &draft.roll {
        problems.extend(telling(roll, draft, options));
    }
    problems
}

/// What of a sheet on which nobody may be named tells of a student of the round: its 学号, its headings and the names of
/// its files.
fn telling(roll: &Roll, draft: &Draft, options: &PrintsOptions) -> Vec<String> {
    let mut problems = Vec::new();
    if options.key == PrintsKey::StudentNo {
        let students = draft.plan.files.iter().map(|file| &file.item.student);
        let telling: Vec<_> = students
            .filter(|student| {
                let no = &student.student_no;
                tells_id_number(no, student) || roll.key_trouble(no, &student.name).is_some()
            })
            .collect();
        if !telling.is_empty() {
            let named = telling.iter().take(NAMED);
            let named: Vec<String> = named
                .map(|student| format!("{} {}", shown(&student.student_no, student), student.name))
                .collect();
            let named = zh::and_more(&named, telling.len());
            problems.push(zh::prints_leak(telling.len(), &named));
        }
    }
    if let Some(told) = roll.in_typed(&draft.round.name) {
        problems.push(zh::prints_tell(&draft.round.name, &told.what()));
    }
    let students = draft.plan.files.iter().map(|file| &file.item.student);
    let headings: BTreeSet<&str> = students
        .flat_map(|student| match options.split {
            PrintsSplit::Whole => [None, None],
            PrintsSplit::College => [Some(&student.college), None],
            PrintsSplit::Class => [Some(&student.college), Some(&student.class)],
        })
        .flatten()
        .map(String::as_str)
        .collect();
    let named = headings.into_iter().filter_map(|heading| {
        let told = roll.in_listed(heading, "")?;
        Some(zh::prints_tell(heading, &told.what()))
    });
    problems.extend(named.take(LINES_SHOWN));
    problems
}

fn warnings(options: &PrintsOptions, dpi: f32) -> Vec<String> {
    let mut warnings = Vec::new();
    match options.kind {
        PrintsKind::Contact => warnings.push(zh::WARN_CONTACT_STAYS.to_owned()),
        _ if has_names(options) => warnings.push(zh::WARN_NAMES_ON_PRINTS.to_owned()),
        _ => {}
    }
    if dpi < LEAST_DPI {
        warnings.push(zh::prints_coarse(dpi as u32));
    }
    warnings
}

/// A line for every student of whose caption the machine's fonts lack something.
fn missing_characters(fonts: &mut Fonts, draft: &Draft, options: &PrintsOptions) -> Vec<String> {
    let stand_in = fonts.stand_in();
    let mut lines = Vec::new();
    for file in &draft.plan.files {
        let text = caption(file, options).concat();
        let missing: BTreeSet<char> = fonts.missing(&text).into_iter().collect();
        if !missing.is_empty() {
            let student_no = shown(&file.item.student.student_no, &file.item.student);
            lines.push(zh::prints_missing(&student_no, &missing, stand_in));
        }
    }
    lines
}

fn photos_of(plan: &PrintPlan) -> Vec<PrintsArea> {
    let slots = plan.layout.slots.iter().enumerate();
    slots
        .flat_map(|(student, slot)| slot.photos.iter().map(move |area| (student, area)))
        .map(|(student, area)| PrintsArea {
            x: area.x,
            y: area.y,
            width: area.width,
            height: area.height,
            student: count(student),
        })
        .collect()
}

/// The machine's fonts, read once for the run of the station; a machine without any is asked again. They are
/// taken out while they are used: a preview does not wait for a job that prints.
pub(crate) fn with_fonts<T>(
    inner: &Inner,
    work: impl FnOnce(&mut Fonts) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let kept = lock(&inner.fonts).take();
    let mut fonts = match kept {
        Some(fonts) => fonts,
        None => Fonts::of_this_machine().map_err(|error| exchange(&error))?,
    };
    let result = work(&mut fonts);
    *lock(&inner.fonts) = Some(fonts);
    result
}
