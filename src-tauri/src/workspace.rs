//! Which folder is the workspace, and what to say when it cannot be opened.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use zhaoshen_station::wire::Failure;

/// Environment variable that names the workspace instead of the default folder.
pub(crate) const VARIABLE: &str = "ZHAOSHEN_WORKSPACE";

/// The workspace folder of this run.
pub(crate) fn folder() -> PathBuf {
    choose(std::env::var_os(VARIABLE))
}

fn choose(named: Option<OsString>) -> PathBuf {
    match named {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => zhaoshen_station::default_workspace(),
    }
}

/// The text of the message shown when the workspace cannot be opened.
pub(crate) fn sorry(folder: &Path, failure: &Failure) -> String {
    format!("{}\n\n工作区：{}", failure.message, folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhaoshen_station::wire::Code;

    #[test]
    fn a_named_folder_wins_and_an_empty_name_does_not_count() {
        assert_eq!(
            choose(Some("/srv/round".into())),
            PathBuf::from("/srv/round")
        );
        assert_eq!(
            choose(Some(OsString::new())),
            zhaoshen_station::default_workspace()
        );
        assert_eq!(choose(None), zhaoshen_station::default_workspace());
    }

    #[test]
    fn the_message_names_cause_and_folder() {
        let failure = Failure {
            code: Code::Workspace,
            message: "工作区正被占用".to_owned(),
            detail: String::new(),
        };
        let text = sorry(Path::new("/srv/采集"), &failure);
        assert!(
            text.contains("工作区正被占用") && text.contains("/srv/采集"),
            "{text}"
        );
    }
}
