//! The fitted limits as a profile file: what it extends, and only what moved, each with how it was come by.

use std::fmt::Write as _;
use std::path::Path;

use zhaoshen_checks::profile_file::{self, DEFAULT_PROFILE};

use super::{Evaluation, Moved};
use crate::failure::{internal, refused};
use crate::wire::Failure;
use crate::zh;

/// The text of the profile that is to be written to `path`, on top of the built-in `base`.
pub(super) fn text(
    evaluation: &Evaluation,
    base: Option<&str>,
    path: &Path,
) -> Result<String, Failure> {
    let Some(fit) = &evaluation.fit else {
        return Err(refused(zh::evaluate::NOTHING_FITTED));
    };
    let base = base.unwrap_or(DEFAULT_PROFILE);
    if profile_file::builtin(base).is_err() {
        return Err(refused(zh::evaluate::FIT_NEEDS_BUILTIN));
    }
    let mut text = zh::evaluate::fitted_head(&name(path), base, evaluation);
    let mut code = "";
    let mut moved: Vec<&Moved> = fit.moved.iter().collect();
    moved.sort_by(|one, other| one.setting.cmp(&other.setting));
    let mut also: Vec<String> = Vec::new();
    for moved in moved {
        let (rule, key) = moved
            .setting
            .split_once('.')
            .unwrap_or((&moved.setting, ""));
        if rule != code {
            finish(&mut text, &mut also);
            let _ = write!(text, "\n[rules.{rule}]\n");
            code = rule;
        }
        let _ = writeln!(text, "# {}", zh::evaluate::fitted_limit(moved, fit));
        match key {
            "" => {
                let _ = writeln!(text, "min = {}\nmax = {}", -moved.to, moved.to);
            }
            "min" | "max" => {
                let _ = writeln!(text, "{key} = {}", moved.to);
            }
            _ => also.push(format!("{key} = {}", moved.to)),
        }
    }
    finish(&mut text, &mut also);
    // What is written must be what is read.
    profile_file::parse(&text, |parent| {
        profile_file::builtin_text(parent).map(str::to_owned)
    })
    .map_err(|error| internal(&error))?;
    Ok(text)
}

/// Writes the further numbers of a rule, which TOML wants together.
fn finish(text: &mut String, also: &mut Vec<String>) {
    if !also.is_empty() {
        let _ = writeln!(text, "also = {{ {} }}", also.join(", "));
        also.clear();
    }
}

/// The file's stem where it can be a profile's name.
fn name(path: &Path) -> String {
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match !stem.is_empty() && stem.len() <= 64 && stem.bytes().all(letter) {
        true => stem,
        false => "fitted".to_owned(),
    }
}
