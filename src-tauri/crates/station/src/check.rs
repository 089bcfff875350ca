//! Measuring and judging photos, with no workspace: what `zhaoshen check` and the jobs share.
//!
//! One [`Checker`] per process holds the networks; one [`CheckSession`] per thread holds scratch memory.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, mpsc};

use serde_json::{Value, json};
use zhaoshen_checks::{Role, judge, registry};
use zhaoshen_exchange::intake;
use zhaoshen_model::measurement::{Completeness, FileFormat};
use zhaoshen_model::{Finding, Measurements, PhotoHash, PhotoHistory, Profile, Verdict};
use zhaoshen_store::{DerivedKind, Store};
use zhaoshen_vision::{Analysis, Engine, Photo, Session, jpeg, preview};

use crate::failure::{internal, not_found, store};
use crate::job::lock;
use crate::profiles::profile;
use crate::wire::{Failure, FindingView};
use crate::{masking, view, zh};

/// A file of this size is decoded alone.
const LARGE_BYTES: usize = 8 << 20;
/// A picture of this many pixels is decoded alone.
const LARGE_PIXELS: u64 = 24_000_000;

/// The vision engine, loaded once.
#[derive(Debug)]
pub struct Checker {
    engine: Arc<Engine>,
    large: Arc<Mutex<()>>,
}

/// The scratch memory of one thread.
#[derive(Debug)]
pub struct CheckSession {
    engine: Arc<Engine>,
    session: Session,
    large: Arc<Mutex<()>>,
}

impl Checker {
    /// Loads the networks; some milliseconds.
    ///
    /// # Errors
    /// [`crate::wire::Code::Internal`] when the embedded weights cannot be understood.
    pub fn new() -> Result<Self, Failure> {
        Ok(Self {
            engine: Engine::embedded().map_err(|error| internal(&error))?,
            large: Arc::default(),
        })
    }

    /// Scratch memory for one more thread.
    pub fn session(&self) -> CheckSession {
        CheckSession {
            engine: Arc::clone(&self.engine),
            session: self.engine.session(),
            large: Arc::clone(&self.large),
        }
    }

    /// Makes the preview or thumbnail of a stored photo that has none yet, and keeps it.
    pub(crate) fn make_derived(
        &self,
        store_: &Store,
        hash: PhotoHash,
        kind: DerivedKind,
    ) -> Result<Vec<u8>, Failure> {
        let bytes = store_.read_photo(hash).map_err(|error| store(&error))?;
        let photo = Photo::open(&bytes, "");
        let picture = photo
            .picture
            .as_ref()
            .ok_or_else(|| not_found(zh::PHOTO_UNKNOWN))?;
        let small = match kind {
            DerivedKind::Thumb => preview::thumbnail(picture),
            DerivedKind::Preview | DerivedKind::Rendition { .. } => preview::preview(picture),
        };
        let small = small.map_err(|error| internal(&error))?;
        store_
            .put_derived(hash, kind, &small)
            .map_err(|error| store(&error))?;
        Ok(small)
    }
}

/// Keeps the preview and thumbnail of a photo that a row names; made again when a screen asks, where that fails.
pub(crate) fn keep_small(store_: &Store, photo: PhotoHash, analysis: &Analysis) {
    for (kind, small) in [
        (DerivedKind::Preview, &analysis.preview),
        (DerivedKind::Thumb, &analysis.thumbnail),
    ] {
        if let Some(small) = small {
            let _ = store_.put_derived(photo, kind, small);
        }
    }
}

impl CheckSession {
    /// Measures a photo.
    pub fn measure(&mut self, bytes: &[u8], file_name: &str) -> Measurements {
        let measured = self.guarded(bytes, |session| {
            zhaoshen_vision::check(bytes, file_name, session)
        });
        measured.unwrap_or_else(|| self.unmeasured(file_name))
    }

    /// Measures a photo and makes its preview and thumbnail.
    pub fn analyse(&mut self, bytes: &[u8], file_name: &str) -> Analysis {
        let analysed = self.guarded(bytes, |session| {
            zhaoshen_vision::analyse(bytes, file_name, session)
        });
        analysed.unwrap_or_else(|| Analysis {
            measurements: self.unmeasured(file_name),
            preview: None,
            thumbnail: None,
        })
    }

    /// Runs `work` so that a fault of the engine costs one photo and not the job, and so that only
    /// one large photo is in memory at a time.
    fn guarded<T>(&mut self, bytes: &[u8], work: impl FnOnce(&mut Session) -> T) -> Option<T> {
        let large = Arc::clone(&self.large);
        let _alone = is_large(bytes).then(|| lock(&large));
        let session = &mut self.session;
        match catch_unwind(AssertUnwindSafe(|| work(session))) {
            Ok(done) => Some(done),
            Err(_) => {
                tracing::error!("measuring a photo panicked");
                self.session = self.engine.session();
                None
            }
        }
    }

    fn unmeasured(&mut self, file_name: &str) -> Measurements {
        let mut measurements = zhaoshen_vision::check(&[], file_name, &mut self.session);
        measurements.file.format = FileFormat::Unknown;
        measurements.file.completeness = Completeness::Undecodable("the engine failed".to_owned());
        measurements
    }
}

/// Whether decoding takes so much memory that only one such photo may be decoded at a time.
fn is_large(bytes: &[u8]) -> bool {
    let pixels = jpeg::read(bytes).map_or(0, |header| {
        u64::from(header.facts.stored_width_px) * u64::from(header.facts.stored_height_px)
    });
    bytes.len() >= LARGE_BYTES || pixels >= LARGE_PIXELS
}

/// The findings of a submitted photo that has no past.
pub fn judge_alone(measurements: &Measurements, profile: &Profile) -> Vec<Finding> {
    judge(
        measurements,
        profile,
        &PhotoHistory::default(),
        Role::Submission,
    )
}

/// A finding with its title, as screens show it.
pub(crate) fn finding_view(finding: Finding) -> FindingView {
    let title = registry::rule(&finding.code).map_or("", |rule| rule.title_zh());
    view::finding(finding, title)
}

/// One photo that `check` looked at.
#[derive(Debug)]
pub struct CheckedPhoto {
    /// The file as named on the command line or inside a folder or zip, to join results with; whatever a person
    /// reads shows [`CheckedPhoto::shown`] instead.
    pub file: String,
    measured: Measured,
}

#[derive(Debug)]
enum Measured {
    Judged(Box<Measurements>, Vec<Finding>),
    /// The file was refused before it could be measured.
    Refused(intake::Refusal),
    /// Nothing to say of it.
    Nothing,
}

impl CheckedPhoto {
    /// The file's name with identity numbers masked and nothing in it that a terminal obeys.
    pub fn shown(&self) -> String {
        masking::shown(&self.file)
    }

    /// `pass`, `warn`, `fail` or `unknown`; a refused file fails.
    pub fn verdict(&self) -> &'static str {
        match &self.measured {
            Measured::Judged(_, findings) => Verdict::of(findings).as_str(),
            Measured::Refused(_) => Verdict::Fail.as_str(),
            Measured::Nothing => Verdict::Unknown.as_str(),
        }
    }

    /// Failing first.
    pub fn findings(&self) -> Vec<FindingView> {
        match &self.measured {
            Measured::Judged(_, findings) => findings.iter().cloned().map(finding_view).collect(),
            Measured::Refused(refusal) => vec![refused_file(refusal)],
            Measured::Nothing => Vec::new(),
        }
    }

    /// The measurements as one flat JSON object, in px of the picture as displayed; what could not be measured is null.
    pub fn measurement_table(&self) -> Value {
        match &self.measured {
            Measured::Judged(measurements, _) => measurement_table(Some(measurements)),
            Measured::Refused(_) | Measured::Nothing => measurement_table(None),
        }
    }
}

/// Checks every photo under `paths` on all cores and hands each to `each`, in the order met.
///
/// # Errors
/// When the profile is unknown or a path cannot be read at all; a bad photo is a finding.
pub fn check_paths(
    paths: &[PathBuf],
    profile_name: Option<&str>,
    mut each: impl FnMut(CheckedPhoto),
) -> Result<(), Failure> {
    let profile = profile(profile_name)?;
    let checker = Checker::new()?;
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let (work_in, work_out) = mpsc::sync_channel::<(usize, intake::IntakeItem)>(workers * 2);
    let (done_in, done_out) = mpsc::channel();
    let work_out = Mutex::new(work_out);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (done, queue, checker, profile) = (done_in.clone(), &work_out, &checker, &profile);
            scope.spawn(move || {
                let mut session = checker.session();
                loop {
                    let Ok((index, item)) = lock(queue).recv() else {
                        break;
                    };
                    if done
                        .send((index, check_item(item, profile, &mut session)))
                        .is_err()
                    {
                        break;
                    }
                }
            });
        }
        drop(done_in);
        let feeder = scope.spawn(move || feed(paths, &work_in));
        in_order(&done_out, &mut each);
        feeder
            .join()
            .unwrap_or_else(|_| Err(crate::failure::refused(zh::INTERNAL)))
    })
}

/// The bytes of one photo file named in a label file.
pub(crate) fn read_photo_file(path: &Path) -> Result<Vec<u8>, Failure> {
    zhaoshen_exchange::source::read_file(path).map_err(|error| crate::failure::exchange(&error))
}

fn feed(
    paths: &[PathBuf],
    work: &mpsc::SyncSender<(usize, intake::IntakeItem)>,
) -> Result<(), Failure> {
    let never = AtomicBool::new(false);
    let mut index = 0;
    let mut unreadable = None;
    for path in paths {
        let walked = intake::walk(path, &intake::Limits::default(), &never, |item| {
            if !matches!(item, intake::IntakeItem::Ignored { .. }) {
                // The receiving side lives as long as this scope.
                let _ = work.send((index, item));
                index += 1;
            }
        });
        // The other paths are still looked at; what could not be read is said in the end.
        if let Err(error) = walked {
            unreadable.get_or_insert(crate::failure::exchange(&error));
        }
    }
    unreadable.map_or(Ok(()), Err)
}

fn in_order(done: &mpsc::Receiver<(usize, CheckedPhoto)>, each: &mut impl FnMut(CheckedPhoto)) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (index, photo) in done {
        waiting.insert(index, photo);
        while let Some(photo) = waiting.remove(&next) {
            each(photo);
            next += 1;
        }
    }
}

fn check_item(
    item: intake::IntakeItem,
    profile: &Profile,
    session: &mut CheckSession,
) -> CheckedPhoto {
    match item {
        intake::IntakeItem::Photo(intake::Photo { path, bytes, .. }) => {
            let measurements = session.measure(&bytes, &path);
            let findings = judge_alone(&measurements, profile);
            CheckedPhoto {
                file: path,
                measured: Measured::Judged(Box::new(measurements), findings),
            }
        }
        intake::IntakeItem::Refused(refusal) => CheckedPhoto {
            file: refusal.path.clone(),
            measured: Measured::Refused(refusal),
        },
        // Left behind by systems, not sent by anybody: `feed` passes them over.
        intake::IntakeItem::Ignored { path } => CheckedPhoto {
            file: path,
            measured: Measured::Nothing,
        },
    }
}

/// The finding of a file that is no picture at all: FILE-01 for an empty one, else FILE-02.
fn refused_file(refusal: &intake::Refusal) -> FindingView {
    let code = if refusal.code == intake::RefusalCode::Empty {
        "FILE-01"
    } else {
        "FILE-02"
    };
    let (rule, title) = registry::rule(code).map_or(("", ""), |rule| (rule.id, rule.title_zh()));
    FindingView {
        rule: rule.to_owned(),
        code: code.to_owned(),
        title: title.to_owned(),
        severity: "fail".to_owned(),
        value: None,
        unit: String::new(),
        min: None,
        max: None,
        message: refusal.message_zh.clone(),
        clause: String::new(),
        marks: Vec::new(),
    }
}

/// Everything measured of a photo as one flat JSON object.
pub(crate) fn measurement_table_of(measurements: &Measurements) -> Value {
    measurement_table(Some(measurements))
}

fn measurement_table(measurements: Option<&Measurements>) -> Value {
    let face = measurements.and_then(|measurements| measurements.face.as_ref());
    let scene = measurements.and_then(|measurements| measurements.scene.as_ref());
    let light = measurements.and_then(|measurements| measurements.light.as_ref());
    let picture = measurements.and_then(|measurements| measurements.picture.as_ref());
    let file = measurements.map(|measurements| &measurements.file);
    let jpeg = measurements.and_then(|measurements| measurements.jpeg.as_ref());
    json!({
        "faces": measurements.map(|measurements| measurements.faces.len()),
        "left_iris_px": face.map(|face| [face.left_iris.x, face.left_iris.y]),
        "right_iris_px": face.map(|face| [face.right_iris.x, face.right_iris.y]),
        "eye_line_y_px": face.map(|face| face.eye_line_y_px),
        "crown_y_px": face.and_then(|face| face.crown_y_px),
        "chin_y_px": face.map(|face| face.chin.y),
        "face_width_px": face.map(|face| face.face_width_px),
        "face_centre_x_px": face.map(|face| face.face_centre_x_px),
        "inter_eye_distance_px": face.map(|face| face.inter_eye_distance_px),
        "yaw_deg": face.map(|face| face.yaw_deg),
        "pitch_deg": face.map(|face| face.pitch_deg),
        "roll_deg": face.map(|face| face.roll_deg),
        "pose_residual_ratio": face.map(|face| face.pose_residual_ratio),
        "mouth_gap_ratio": face.map(|face| face.mouth_gap_ratio),
        "teeth_share": face.and_then(|face| face.teeth_share),
        "teeth_ratio": face.and_then(|face| face.teeth_ratio),
        "eye_gap_ratio": face.map(|face| face.eye_gap_ratios[0].min(face.eye_gap_ratios[1])),
        "eye_aspect_ratio": face.map(|face| face.eye_aspect_ratios[0].min(face.eye_aspect_ratios[1])),
        "width_px": picture.map(|picture| picture.width_px),
        "height_px": picture.map(|picture| picture.height_px),
        "background_rgb": scene.map(|scene| scene.background_rgb),
        "background_lightness_std": scene.map(|scene| scene.background_lightness_std),
        "background_zone_delta_e": scene.map(|scene| scene.background_zone_delta_e),
        "background_gradient": scene.map(|scene| scene.background_gradient),
        "background_outlier_share": scene.map(|scene| scene.background_outlier_share),
        "shoulder_reach": scene.and_then(|scene| scene.shoulder_reach),
        "shoulder_tilt_deg": scene.and_then(|scene| scene.shoulder_tilt_deg),
        "clothes_delta_e": scene.and_then(|scene| scene.clothes_delta_e),
        "face_lightness": light.map(|light| light.face_lightness),
        "cheek_lightness_difference": light.map(|light| light.cheek_lightness_difference),
        "sharpness": light.map(|light| light.sharpness),
        "size_bytes": file.map(|file| file.size_bytes),
        "format": file.map(|file| file.format),
        "completeness": file.map(|file| file.completeness.clone()),
        "quality": jpeg.and_then(|jpeg| jpeg.quality),
    })
}
