//! Node, the npm packages and the built screens.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::place::Place;
use crate::process::{Run, output};

/// Oldest Node that the pinned packages run on.
const NODE: (u32, u32) = (20, 19);

/// Installs the npm packages exactly as locked, unless that was done for this lock file already.
///
/// They carry the model weights too, so nothing that measures photos can be built before.
pub(crate) fn install(place: &Place) -> Result<()> {
    check_node()?;
    let lock = fs::read(place.ui().join("package-lock.json")).context("ui/package-lock.json")?;
    let stamp = place.ui().join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    Run::npm(
        place,
        &["ci", "--no-audit", "--no-fund", "--loglevel=error"],
    )
    .done()?;
    fs::write(&stamp, lock).with_context(|| stamp.display().to_string())
}

/// Builds the screens into `ui/dist`.
pub(crate) fn build(place: &Place) -> Result<()> {
    Run::npm(place, &["run", "build", "--silent"]).done()
}

fn check_node() -> Result<()> {
    let version = output("node", &["--version"]).unwrap_or_default();
    if version_of(&version).is_some_and(|found| found >= NODE) {
        return Ok(());
    }
    let found = if version.trim().is_empty() {
        "没有找到 / none found"
    } else {
        version.trim()
    };
    bail!(
        "需要 Node.js {}.{} 或更新版本 / Node.js of at least that version is needed: {found}",
        NODE.0,
        NODE.1
    );
}

/// Major and minor number out of `v20.19.5`.
fn version_of(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{NODE, version_of};

    #[test]
    fn node_versions_are_read_and_compared() {
        assert_eq!(version_of("v20.19.5\n"), Some((20, 19)));
        assert_eq!(version_of(""), None);
        assert_eq!(version_of("20.1"), None);
        assert!(version_of("v22.0.0") >= Some(NODE));
        assert!(version_of("v20.9.0") < Some(NODE));
    }
}
