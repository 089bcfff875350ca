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
    /// The records of who paid.
    Payments,
    /// A list that the studio or 学信网 gave: receipts and the like.
    Receipt,
    /// A list of students who have been collected.
    Collected,
    /// One folder of photos.
    PhotosFolder,
    /// Zips of photos, several at once.
    PhotosZip,
    /// The archive of a round.
    Archive,
    /// A backup in one file.
    Backup,
    /// The folder a delivery is written into.
    DeliveryFolder,
}

/// What is chosen in a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    File,
    Files,
    /// A folder that is read from, or written into.
    Folder,
}

/// Where the dialogs of this run begin next.
static BEGIN: Mutex<BTreeMap<Kind, PathBuf>> = Mutex::new(BTreeMap::new());

// Tables are told by content, and some systems invent endings.
const TABLES: &[Filter] = &[("表格", ROSTER_ENDINGS), ("所有文件", &["*"])];
const ZIPS: &[Filter] = &[("压缩包", &["zip"])];

impl Kind {
    #[cfg(test)]
    const ALL: [Self; 9] = [
        Self::Roster,
        Self::Payments,
        Self::Receipt,
        Self::Collected,
        Self::PhotosFolder,
        Self::PhotosZip,
        Self::Archive,
        Self::Backup,
        Self::DeliveryFolder,
    ];

    /// Where the next dialog begins after `chosen`: in the same folder when one is written into, else where it lies.
    fn begin_after(self, chosen: &Path) -> Option<&Path> {
        match self {
            Self::DeliveryFolder => Some(chosen),
            _ => chosen.parent(),
        }
    }

    /// Title of the dialog, what is chosen in it, and the filters' names and the endings they let through, the usual one
    /// first; none for folders.
    fn dialog(self) -> (&'static str, Choice, &'static [Filter]) {
        match self {
            Self::Roster => ("选择名单", Choice::File, TABLES),
            Self::Payments => ("选择缴费记录", Choice::File, TABLES),
            Self::Receipt => ("选择回执或清单", Choice::File, TABLES),
            Self::Collected => ("选择已采集名单", Choice::File, TABLES),
            Self::PhotosFolder => ("选择照片所在文件夹", Choice::Folder, &[]),
            Self::PhotosZip => ("选择照片压缩包", Choice::Files, ZIPS),
            Self::Archive => ("选择归档包", Choice::File, ZIPS),
            Self::Backup => ("选择备份文件", Choice::File, ZIPS),
            Self::DeliveryFolder => ("选择导出位置", Choice::Folder, &[]),
        }
    }

    /// Variable that answers for the user in a debug build; several paths as in `PATH`.
    #[cfg(debug_assertions)]
    fn variable(self) -> &'static str {
        match self {
            Self::Roster => "ZHAOSHEN_PICK_ROSTER",
            Self::Payments => "ZHAOSHEN_PICK_PAYMENTS",
            Self::Receipt => "ZHAOSHEN_PICK_RECEIPT",
            Self::Collected => "ZHAOSHEN_PICK_COLLECTED",
            Self::PhotosFolder => "ZHAOSHEN_PICK_PHOTOS_FOLDER",
            Self::PhotosZip => "ZHAOSHEN_PICK_PHOTOS_ZIP",
            Self::Archive => "ZHAOSHEN_PICK_ARCHIVE",
            Self::Backup => "ZHAOSHEN_PICK_BACKUP",
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
    let (title, choice, filters) = kind.dialog();
    let mut dialog = app.dialog().file().set_title(title);
    if let Some(folder) = begin(kind, app.path().home_dir().ok()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(window) = app.get_webview_window(WINDOW) {
        dialog = dialog.set_parent(&window);
    }
    for (name, endings) in filters {
        dialog = dialog.add_filter(*name, endings);
    }
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    let answer = move |paths: Vec<FilePath>| {
        // The receiver only goes away when the program ends.
        let _ = sender.send(paths);
    };
    match choice {
        Choice::File => dialog.pick_file(move |path| answer(path.into_iter().collect())),
        Choice::Files => dialog.pick_files(move |paths| answer(paths.unwrap_or_default())),
        Choice::Folder => dialog.pick_folder(move |path| answer(path.into_iter().collect())),
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
            ("payments", Kind::Payments),
            ("receipt", Kind::Receipt),
            ("collected", Kind::Collected),
            ("archive", Kind::Archive),
            ("backup", Kind::Backup),
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
        let mut titles = std::collections::BTreeSet::new();
        for kind in Kind::ALL {
            let (title, choice, filters) = kind.dialog();
            assert!(title.starts_with("选择"));
            assert!(titles.insert(title), "{title} is said of two things");
            assert_eq!(filters.is_empty(), choice == Choice::Folder);
        }
    }
}
