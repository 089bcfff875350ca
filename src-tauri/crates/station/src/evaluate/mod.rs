//! How good the rules are on labelled photos, and which limits would suit them better.
//!
//! A label column is answered by the rules that [`zhaoshen_checks`] names for it. A photo counts as flagged when one
//! of them is `fail` or `warn`, because both make a reviewer look; as unknown when none flags and one cannot tell.
//! Blank labels are skipped. Every photo is measured once (`sample`); everything else here judges those
//! measurements under this or that profile. Nothing is stored and no workspace is needed.

mod eye_line;
mod fit;
mod group;
mod interval;
mod listed;
mod page;
mod profile_text;
mod sample;
mod score;
mod setting;
mod split;
mod sweep;

use std::path::{Path, PathBuf};

use serde::Serialize;
use zhaoshen_checks::answers::ANSWERS;
use zhaoshen_exchange::labels::{read_labels, read_pupils};
use zhaoshen_exchange::source::write_new_file;

pub use eye_line::{EyeLine, EyeLineError};
pub use fit::{Fit, Moved};
pub use group::{GroupLine, GroupRate, Groups};
pub use interval::Share;
pub use listed::{Listed, Worst};
pub use score::RuleScore;
pub use split::{Split, SplitLine};
pub use sweep::{Sweep, SweepPoint};

use crate::check::Checker;
use crate::failure::exchange;
use crate::profiles::profile;
use crate::wire::Failure;
use sample::{Profiles, Sample};
use setting::Setting;

/// Share of false alarms that limits are chosen for where none is asked for.
pub const DEFAULT_RATE: f64 = 0.01;

/// What to evaluate, and what to find out besides the table.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The label file.
    pub labels: PathBuf,
    /// The folder its file names are relative to.
    pub folder: PathBuf,
    /// Name or TOML file of the profile to judge by; the default one where `None`.
    pub profile: Option<String>,
    /// Settings to sweep, e.g. `FACE-03.max_teeth_ratio`.
    pub sweeps: Vec<String>,
    /// Column, or pattern on the file name, that tells whose photo it is.
    pub split: Option<String>,
    /// Column, or pattern on the file name, that names a group of people.
    pub group: Option<String>,
    /// File of hand-placed pupils.
    pub landmarks: Option<PathBuf>,
    /// Share of false alarms, 0..1, that limits are chosen for.
    pub rate: f64,
    /// Whether to choose limits on all photos.
    pub fit: bool,
}

/// Everything that was found out; `zhaoshen evaluate --json` prints it.
#[derive(Debug, Clone, Serialize)]
pub struct Evaluation {
    /// One line per label column that a rule answers and that the file has.
    pub rules: Vec<RuleScore>,
    /// Photos evaluated.
    pub photos: usize,
    /// Photos the label file names that could not be read.
    pub unreadable: Vec<String>,
    /// Name of the profile.
    pub profile: String,
    /// Its title.
    pub profile_title: String,
    /// Share of false alarms that limits were chosen for.
    pub rate: f64,
    /// The sweeps asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sweeps: Vec<Sweep>,
    /// Limits chosen on one half of the subjects, figures of the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
    /// False alarms and objections by group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// Eye line against hand-placed pupils.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eye_line: Option<EyeLine>,
    /// Limits chosen on all photos.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
}

/// Checks every photo that the label file names and compares; `progress` hears done and total, from any thread.
///
/// # Errors
/// When a file cannot be read, has no `file` column, or an option names what there is not.
pub fn evaluate(
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Evaluation, Failure> {
    let asked = profile(options.profile.as_deref())?;
    let settings: Vec<Setting> = options
        .sweeps
        .iter()
        .map(|text| Setting::parse(text, &asked))
        .collect::<Result<_, _>>()?;
    let by = |key: &Option<String>| key.as_deref().map(sample::By::parse).transpose();
    let (split_by, group_by) = (by(&options.split)?, by(&options.group)?);
    let rows = read_labels(&options.labels).map_err(|error| exchange(&error))?;
    let pupils = options.landmarks.as_deref().map(read_pupils).transpose();
    let pupils = pupils.map_err(|error| exchange(&error))?;
    let profiles = Profiles::load(asked)?;
    let sample = Sample::measure(rows, &options.folder, &Checker::new()?, progress);
    let photos = sample.all();
    let rate = options.rate;
    Ok(Evaluation {
        rules: score::scores(&photos, &profiles),
        photos: sample.photos.len(),
        unreadable: sample.unreadable.clone(),
        profile: profiles.asked().name.clone(),
        profile_title: profiles.asked().title.clone(),
        rate,
        sweeps: sweep::sweeps(&settings, &photos, profiles.asked(), rate),
        split: split_by.map(|by| split::split(&photos, &profiles, &by, rate)),
        groups: group_by.map(|by| group::groups(&photos, &profiles, &by)),
        eye_line: pupils.map(|pupils| eye_line::compare(&photos, &pupils)),
        fit: options
            .fit
            .then(|| fit::fit_all(&photos, profiles.asked(), rate)),
    })
}

/// Writes the evaluation as one HTML file with the pictures of its lists in it.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_page(evaluation: &Evaluation, folder: &Path, path: &Path) -> Result<(), Failure> {
    let html = page::html(evaluation, folder)?;
    write_new_file(path, html.as_bytes()).map_err(|error| exchange(&error))
}

/// Writes the fitted limits as a profile that `--profile` takes.
///
/// # Errors
/// When no limits were fitted, or the file exists or cannot be written.
pub fn write_profile(
    evaluation: &Evaluation,
    base: Option<&str>,
    path: &Path,
) -> Result<(), Failure> {
    let text = profile_text::text(evaluation, base, path)?;
    write_new_file(path, text.as_bytes()).map_err(|error| exchange(&error))
}

/// The label columns that machine rules answer.
fn measured_answers() -> impl Iterator<Item = &'static zhaoshen_checks::Answer> {
    ANSWERS.iter().filter(|answer| answer.is_measured())
}
