//! The standards a round can choose from, with the failure a wrong name brings.

use std::path::Path;

use zhaoshen_checks::profile_file;
use zhaoshen_exchange::source::read_file;
use zhaoshen_model::Profile;

use crate::failure::{exchange, refused};
use crate::wire::{Failure, ProfileCard};

/// Id of the profile used where none is named.
pub const fn default_profile() -> &'static str {
    zhaoshen_checks::DEFAULT_PROFILE
}

/// The profile called `name`, or the default one; a name that ends in `.toml` is the path of a file.
pub(crate) fn profile(name: Option<&str>) -> Result<Profile, Failure> {
    let name = name.unwrap_or(default_profile());
    if name.ends_with(".toml") {
        return profile_in_file(Path::new(name));
    }
    profile_file::builtin(name).map_err(|error| Failure {
        detail: error.to_string(),
        ..refused(format!(
            "没有名为“{name}”的检测标准，可用：{}",
            names().join("、")
        ))
    })
}

fn profile_in_file(path: &Path) -> Result<Profile, Failure> {
    let bytes = read_file(path).map_err(|error| exchange(&error))?;
    let text = String::from_utf8_lossy(&bytes);
    let parents = |name: &str| profile_file::builtin_text(name).map(str::to_owned);
    profile_file::parse(&text, parents).map_err(|error| {
        let detail = match &error {
            profile_file::Error::Syntax { message, .. } => message.clone(),
            _ => String::new(),
        };
        Failure {
            detail,
            ..refused(format!("{}：{error}", path.display()))
        }
    })
}

/// Every profile that comes with the station.
pub(crate) fn cards() -> Result<Vec<ProfileCard>, Failure> {
    names()
        .iter()
        .map(|name| {
            let profile = profile(Some(name))?;
            Ok(ProfileCard {
                name: profile.name,
                title: profile.title,
                source: profile.source,
            })
        })
        .collect()
}

fn names() -> Vec<String> {
    profile_file::list()
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}
