//! What to say when the workspace cannot be opened.

use std::path::Path;

use zhaoshen_station::wire::Failure;

/// The text of the message: cause, remedy and which folder is meant.
pub(crate) fn sorry(folder: &Path, failure: &Failure) -> String {
    format!("{}\n\n工作区：{}", failure.message, folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhaoshen_station::wire::Code;

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
