//! Native file dialogs, one per purpose, with Chinese titles and filters.
//!
//! They open here and not in the page, so that the page needs no right to the file system. In a
//! debug build the answer can be given by an environment variable, because no test can drive the
//! dialogs of every system; a release build does not look at it.

use serde::Deserialize;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};
use zhaoshen_station::wire::Failure;

use crate::bridge::internal;

/// A filter of a dialog: its name and endings without the dot.
type Filter = (&'static str, &'static [&'static str]);

/// Endings of files that can hold a roster.
const ROSTER_ENDINGS: &[&str] = &[
    "xlsx", "xlsm", "xls", "xlsb", "et", "ods", "fods", "csv", "tsv", "txt", "htm", "html", "xml",
    "dbf",
];

/// What the user is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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

impl Kind {
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
    paths
        .map_err(|error| internal(&error.to_string()))?
        .into_iter()
        .map(text)
        .collect()
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
