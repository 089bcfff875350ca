//! Makes the user guide for clerks: `assets/guide/*.md` become pages, pictures of the window become its pictures.
//!
//! A tool of this repository (`cargo xtask guide`), linked into no program: the window carries the finished
//! pages and pictures, which a test holds to the Markdown. Knows nothing of the station.

pub mod html;
pub mod page;
pub mod pictures;
mod zh;

use std::path::{Path, PathBuf};

/// Every screen, and the picture of it that `cargo xtask pictures` takes in the example round.
///
/// The names are those of the screens in the window; in the Markdown a picture is `![说明](SCREEN)`.
pub const SCREENS: [(&str, &str); 18] = [
    ("rounds", "full-rounds"),
    ("roster", "full-roster"),
    ("students", "full-students"),
    ("scope", "full-scope"),
    ("photos", "full-photos"),
    ("desk", "full-desk-failing"),
    ("grid", "full-grid"),
    ("bulk", "full-bulk"),
    ("second", "full-second"),
    ("notices", "full-notices"),
    ("fees", "full-fees"),
    ("standard", "full-standard"),
    ("statistics", "full-statistics"),
    ("delivery", "full-delivery"),
    ("reconcile", "full-reconcile"),
    ("log", "full-log"),
    ("people", "full-people"),
    ("help", "full-help"),
];
/// What is shown before any screen or below one, as [`SCREENS`].
pub const ASIDE: [(&str, &str); 3] = [
    ("door", "empty-door"),
    ("locked", "locked-locked"),
    ("backup", "full-backup"),
];
/// Tones, the one a page shows first.
pub const TONES: [&str; 2] = ["light", "dark"];
/// Sizes of the window, the one a page shows first.
pub const SIZES: [(u32, u32); 2] = [(1366, 768), (1920, 1080)];

/// The folder of the guide in this repository.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/guide")
}

/// File name, without its ending, of a picture: screen or source, tone and size.
#[must_use]
pub fn picture(name: &str, tone: &str, (width, height): (u32, u32)) -> String {
    format!("{name}-{tone}-{width}x{height}")
}

/// Everything of which the guide has pictures.
pub fn pictured() -> impl Iterator<Item = (&'static str, &'static str)> {
    SCREENS.into_iter().chain(ASIDE)
}

/// Every tone at every size, in the order in which a page offers them.
pub fn variants() -> impl Iterator<Item = (&'static str, (u32, u32))> {
    TONES
        .into_iter()
        .flat_map(|tone| SIZES.into_iter().map(move |size| (tone, size)))
}
