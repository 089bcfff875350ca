//! Writes a plan file by file: one PDF is in memory at a time, and goes to the disk whole and read back. The last one gets
//! its name when all are in the books.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use krilla::Document;
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use serde::Serialize;
use zhaoshen_model::{PhotoHash, SubmissionId};

use super::canvas::{Canvas, PT_PER_MM};
use super::font::Fonts;
use super::plan::{PrintItem, PrintNotes, PrintPlan, Volume};
use super::sheet::{self, PageNumber};
use crate::delivery::target::{Pending, Target, make_durable};
use crate::delivery::{Prepared, Progress, Unnamed};
use crate::error::Error;

/// One PDF as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedFile {
    /// File name.
    pub file_name: String,
    /// Students in it.
    pub students: usize,
    /// Pages.
    pub pages: usize,
    /// Size, bytes.
    pub bytes: u64,
    /// SHA-256 of the file as read back.
    pub sha256: PhotoHash,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintReport {
    /// The folder.
    pub folder: PathBuf,
    /// Every file.
    pub files: Vec<PrintedFile>,
}

/// Writes `plan` into the new folder `target`.
///
/// `provider` gives the finished JPEG of a submission or a Chinese line when it cannot; the progress counts
/// students. A file is under its name only when it is whole, and the last one when they are published: until then the
/// sheets are in nobody's books. What fails, is stopped or is dropped takes all that was written away again, faces and
/// names. What is killed leaves the files before it, whose names say how many there should be.
///
/// # Errors
/// A target that is not new, a disk that refuses, a picture that cannot be had or is no JPEG, or
/// [`Error::Cancelled`].
pub fn prepare(
    plan: &PrintPlan,
    notes: &PrintNotes,
    fonts: &mut Fonts,
    target: &Path,
    cancel: &AtomicBool,
    provider: impl FnMut(SubmissionId) -> Result<Vec<u8>, String>,
    progress: impl FnMut(Progress),
) -> Result<Prepared<PrintReport>, Error> {
    let folder = Target::create(target)?;
    match volumes(&folder, plan, notes, fonts, cancel, provider, progress) {
        Ok((files, last)) => {
            let report = PrintReport {
                folder: target.to_owned(),
                files,
            };
            let unnamed = last.map(|(name, pending)| {
                let sha256 = PhotoHash(pending.sha256());
                (name, sha256, Unnamed::File(pending))
            });
            Prepared::new(folder, report, unnamed.into_iter().collect())
        }
        Err(error) => {
            let error = folder.explained(error);
            folder.take_back();
            Err(error)
        }
    }
}

/// What was written of each file, and the last one with the name that it is to get.
type Volumes = (Vec<PrintedFile>, Option<(String, Pending)>);

/// Writes every file of the plan; the last one under its temporary name, with the name that it is to get.
fn volumes(
    folder: &Target,
    plan: &PrintPlan,
    notes: &PrintNotes,
    fonts: &mut Fonts,
    cancel: &AtomicBool,
    mut provider: impl FnMut(SubmissionId) -> Result<Vec<u8>, String>,
    mut progress: impl FnMut(Progress),
) -> Result<Volumes, Error> {
    let total = plan.students();
    let mut done = 0;
    let mut files = Vec::with_capacity(plan.volumes.len());
    let mut last = None;
    for (nth, volume) in plan.volumes.iter().enumerate() {
        let is_last = nth + 1 == plan.volumes.len();
        let path = folder.path(&volume.file_name);
        let mut document = begin(plan, volume);
        let per_page = plan.layout.slots.len().max(1);
        let of = plan.pages_of(volume);
        for (at, items) in volume.items.chunks(per_page).enumerate() {
            let mut photos = Vec::with_capacity(items.len());
            for item in items {
                if cancel.load(Ordering::Relaxed) {
                    return Err(Error::Cancelled);
                }
                photos.push(picture(item, volume, &mut provider)?);
                done += 1;
                progress(Progress { done, total });
            }
            let number = PageNumber { page: at + 1, of };
            let settings = settings(plan).ok_or_else(|| pdf(&path, "page size".to_owned()))?;
            page(&mut document, settings, fonts, |canvas| {
                sheet::draw(canvas, plan, volume, notes, (items, &photos), number);
            });
        }
        let bytes = document
            .finish()
            .map_err(|error| pdf(&path, format!("{error:?}")))?;
        let sha256 = match is_last {
            true => {
                let pending = folder.begin(&volume.file_name, &bytes)?;
                make_durable(&[&pending])?;
                let sha256 = pending.sha256();
                last = Some((volume.file_name.clone(), pending));
                sha256
            }
            false => folder.put(&volume.file_name, &bytes)?,
        };
        files.push(PrintedFile {
            file_name: volume.file_name.clone(),
            students: volume.items.len(),
            pages: of,
            bytes: bytes.len() as u64,
            sha256: PhotoHash(sha256),
        });
    }
    Ok((files, last))
}

/// An empty file: no name, no time, nothing of the machine in its metadata.
fn begin(plan: &PrintPlan, volume: &Volume) -> Document {
    let title = match volume.title.is_empty() {
        true => plan.kind.title().to_owned(),
        false => format!("{} {}", plan.kind.title(), volume.title),
    };
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title).language("zh-CN".to_owned()));
    document
}

/// Draws one page.
pub(super) fn page(
    document: &mut Document,
    settings: PageSettings,
    fonts: &mut Fonts,
    draw: impl FnOnce(&mut Canvas<'_, '_>),
) {
    let mut page = document.start_page_with(settings);
    let surface = page.surface();
    let mut canvas = Canvas { surface, fonts };
    draw(&mut canvas);
    drop(canvas);
    page.finish();
}

fn settings(plan: &PrintPlan) -> Option<PageSettings> {
    let (width, height) = plan.layout.paper.size_mm();
    PageSettings::from_wh(width * PT_PER_MM, height * PT_PER_MM)
}

fn picture(
    item: &PrintItem,
    volume: &Volume,
    provider: &mut impl FnMut(SubmissionId) -> Result<Vec<u8>, String>,
) -> Result<Image, Error> {
    let refused = |problem| Error::Provider {
        file: volume.file_name.clone(),
        problem,
    };
    let bytes = provider(item.submission).map_err(refused)?;
    // As it is, not encoded again: the print is made of the very bytes that are delivered.
    Image::from_jpeg(bytes.into(), false).map_err(refused)
}

fn pdf(path: &Path, detail: String) -> Error {
    Error::Pdf {
        path: path.to_owned(),
        detail,
    }
}
