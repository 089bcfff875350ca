//! Native file dialogs, one per purpose, with Chinese titles and filters.
//!
//! They open here and not in the page, so that the page needs no right to the file system. In a
//! debug build the answer can be given by an environment variable, because no test can drive the
//! dialogs of every system; a release build does not look at it.
//!
//! A dialog begins where the last one of its kind ended, at first in the user's own folder: left to itself, the one of GTK
//! begins in a list of recent files, where no folder can be typed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::{DialogExt, FilePath};
use zhaoshen_station::wire::Failure;

use crate::WINDOW;
use crate::bridge::internal;

/// A filter of a dialog: its name and endings without the dot.
type Filter = (&'static str, &'static [&'static str]);

/// Endings of files that can hold a roster.
const ROSTER_ENDINGS: &[&str] = &[
    "xlsx", "xlsm", "xls", "xlsb", "et", "ods", "fods", "csv", "tsv", "txt", "htm", "html", "xml",
    "dbf",
];

/// What the user is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// One roster file.
    Roster,
    /// One folder of photos.
    PhotosFolder,
    /// Zips of photos, several at once.
    PhotosZip,
    /// The folder a delivery is written into.
    DeliveryFolder,
}

/// Where the dialogs of this run begin next.
static BEGIN: Mutex<BTreeMap<Kind, PathBuf>> = Mutex::new(BTreeMap::new());

impl Kind {
    /// Where the next dialog begins after `chosen`: in the same folder when one is written into, else where it lies.
    fn begin_after(self, chosen: &Path) -> Option<&Path> {
        match self {
            Self::DeliveryFolder => Some(chosen),
            Self::Roster | Self::PhotosFolder | Self::PhotosZip => chosen.parent(),
        }
    }

    /// Title of the dialog.
    fn title(self) -> &'static str {
        match self {
            Self::Roster => "选择名单",
            Self::PhotosFolder => "选择照片所在文件夹",
            Self::PhotosZip => "选择照片压缩包",
            Self::DeliveryFolder => "选择导出位置",
        }
    }

    /// The filters' names and the endings they let through, the usual one first; none for folders.
    fn filters(self) -> &'static [Filter] {
        match self {
            // Rosters are told by content, and some systems invent endings.
            Self::Roster => &[("名单表格", ROSTER_ENDINGS), ("所有文件", &["*"])],
            Self::PhotosZip => &[("压缩包", &["zip"])],
            Self::PhotosFolder | Self::DeliveryFolder => &[],
        }
    }

    /// Variable that answers for the user in a debug build; several paths as in `PATH`.
    #[cfg(debug_assertions)]
    fn variable(self) -> &'static str {
        match self {
            Self::Roster => "ZHAOSHEN_PICK_ROSTER",
            Self::PhotosFolder => "ZHAOSHEN_PICK_PHOTOS_FOLDER",
            Self::PhotosZip => "ZHAOSHEN_PICK_PHOTOS_ZIP",
            Self::DeliveryFolder => "ZHAOSHEN_PICK_DELIVERY_FOLDER",
        }
    }
}

/// Asks and waits for the answer; empty when the user closed the dialog.
///
/// # Errors
/// [`zhaoshen_station::wire::Code::Internal`] when the dialog vanished without an answer, or a
/// chosen path has no place in the file system.
pub(crate) async fn ask(app: &AppHandle, kind: Kind) -> Result<Vec<String>, Failure> {
    #[cfg(debug_assertions)]
    if let Some(answer) = std::env::var_os(kind.variable()) {
        return std::env::split_paths(&answer)
            .map(|path| text(FilePath::Path(path)))
            .collect();
    }
    let mut dialog = app.dialog().file().set_title(kind.title());
    if let Some(folder) = begin(kind, app.path().home_dir().ok()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(window) = app.get_webview_window(WINDOW) {
        dialog = dialog.set_parent(&window);
    }
    for (name, endings) in kind.filters() {
        dialog = dialog.add_filter(*name, endings);
    }
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    let answer = move |paths: Vec<FilePath>| {
        // The receiver only goes away when the program ends.
        let _ = sender.send(paths);
    };
    match kind {
        Kind::Roster => dialog.pick_file(move |path| answer(path.into_iter().collect())),
        Kind::PhotosZip => dialog.pick_files(move |paths| answer(paths.unwrap_or_default())),
        Kind::PhotosFolder | Kind::DeliveryFolder => {
            dialog.pick_folder(move |path| answer(path.into_iter().collect()));
        }
    }
    let paths = tauri::async_runtime::spawn_blocking(move || receiver.recv()).await;
    let paths = paths.map_err(|error| internal(&error.to_string()))?;
    let paths: Vec<String> = paths
        .map_err(|error| internal(&error.to_string()))?
        .into_iter()
        .map(text)
        .collect::<Result<_, _>>()?;
    if let Some(chosen) = paths.first() {
        remember(kind, Path::new(chosen));
    }
    Ok(paths)
}

/// Where a dialog begins: where the last one of its kind ended when that is still there, else in `home`.
fn begin(kind: Kind, home: Option<PathBuf>) -> Option<PathBuf> {
    let kept = BEGIN.lock().unwrap_or_else(PoisonError::into_inner);
    let last = kept.get(&kind).filter(|folder| folder.is_dir()).cloned();
    last.or(home)
}

/// Keeps where the next dialog of this kind begins.
fn remember(kind: Kind, chosen: &Path) {
    if let Some(folder) = kind.begin_after(chosen) {
        let mut kept = BEGIN.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(kind, folder.to_owned());
    }
}

fn text(path: FilePath) -> Result<String, Failure> {
    let path = path
        .into_path()
        .map_err(|error| internal(&error.to_string()))?;
    // The wire is JSON: a name that is no Unicode cannot cross, and says so instead of arriving changed.
    path.into_os_string()
        .into_string()
        .map_err(|name| internal(&format!("not a Unicode path: {}", name.to_string_lossy())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_page_names_kinds_in_snake_case() {
        for (name, kind) in [
            ("roster", Kind::Roster),
            ("photos_zip", Kind::PhotosZip),
            ("photos_folder", Kind::PhotosFolder),
            ("delivery_folder", Kind::DeliveryFolder),
        ] {
            assert_eq!(serde_json::from_value::<Kind>(name.into()).unwrap(), kind);
        }
        assert!(serde_json::from_value::<Kind>("anything".into()).is_err());
    }

    #[test]
    fn a_dialog_begins_where_the_last_of_its_kind_ended() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("照片");
        std::fs::create_dir(&inside).unwrap();
        let home = || Some(PathBuf::from("/home/someone"));
        assert_eq!(begin(Kind::PhotosFolder, home()), home());
        remember(Kind::PhotosFolder, &inside);
        assert_eq!(
            begin(Kind::PhotosFolder, home()).unwrap(),
            folder.path(),
            "beside the folder taken last"
        );
        assert_eq!(begin(Kind::Roster, home()), home(), "of another kind");
        remember(Kind::DeliveryFolder, &inside);
        assert_eq!(
            begin(Kind::DeliveryFolder, home()).unwrap(),
            inside,
            "in the folder written into last"
        );
        std::fs::remove_dir(&inside).unwrap();
        assert_eq!(
            begin(Kind::DeliveryFolder, home()),
            home(),
            "it is gone meanwhile"
        );
    }

    #[test]
    fn folders_have_no_filter_and_titles_are_chinese() {
        for kind in [
            Kind::Roster,
            Kind::PhotosZip,
            Kind::PhotosFolder,
            Kind::DeliveryFolder,
        ] {
            assert!(kind.title().starts_with("选择"));
            let folder = matches!(kind, Kind::PhotosFolder | Kind::DeliveryFolder);
            assert_eq!(kind.filters().is_empty(), folder);
        }
    }
}
