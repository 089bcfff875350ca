//! `cargo xtask package`: what staff install. On Linux the .deb and the .rpm, elsewhere what the system takes.
//!
//! The package's name and the desktop entry are plain ASCII with a Chinese title (`src-tauri/package`): dpkg takes no
//! other. `--check` installs the .deb into an empty root, starts it on a display of its own, and removes it again.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};

use crate::place::Place;
use crate::process::Run;
use crate::start::{self, Profile};
use crate::{licences, screens, system};

/// Name of the list of the packages' SHA-256.
const SUMS: &str = "SHA256SUMS";
/// Most that a package for Linux may weigh, bytes.
const MOST_BYTES: u64 = 15 * 1024 * 1024;
/// What is told to the bundler for Linux, beside `tauri.conf.json`.
const LINUX: &str = "src-tauri/package/linux.json";
/// How what is installed is built: for its size.
const SMALL: &str = "src-tauri/package/small.toml";

/// Builds the program and its packages, prints their sizes, and writes their SHA-256 beside them; whether none for Linux is
/// too large.
pub(crate) fn package(place: &Place) -> Result<bool> {
    system::install(&[system::BUILD])?;
    screens::install(place)?;
    licences::write(place)?;
    screens::build(place)?;
    start::building(place, Profile::Release)
        .args(["--config", SMALL])
        .done()?;
    bundle(place)
}

/// The packages of a program that was built; as [`package`].
pub(crate) fn bundle(place: &Place) -> Result<bool> {
    let kinds = match std::env::consts::OS {
        "windows" => "nsis",
        "macos" => "dmg",
        _ => "deb,rpm",
    };
    let tauri = place
        .ui()
        .join("node_modules/.bin")
        .join(crate::process::script("tauri"));
    let mut run = Run::new(tauri, &place.root).args(["bundle", "--bundles", kinds]);
    if cfg!(target_os = "linux") {
        run = run.args(["--config", LINUX]);
    }
    run.done()?;
    let made = made(place, &["deb", "rpm", "exe", "dmg"])?;
    for path in made.iter().filter(|path| has_ending(path, "deb")) {
        press(path)?;
    }
    let mut small = true;
    for path in &made {
        let bytes = fs::metadata(path)?.len();
        // What Windows is given with its browser weighs ten times that.
        let is_bounded = has_ending(path, "deb") || has_ending(path, "rpm");
        small &= !is_bounded || bytes <= MOST_BYTES;
        println!("{:>12} {}", grouped(bytes), path.display());
    }
    let sums = sums(&made)?;
    let file = place.target.join("release/bundle").join(SUMS);
    fs::write(&file, &sums).with_context(|| file.display().to_string())?;
    println!("{sums}{}", file.display());
    if !small {
        println!("有安装包超过 15 MB / a package is larger than 15 MB");
    }
    Ok(small)
}

/// SHA-256 and name of each package, as `sha256sum --check` reads them where the packages lie in one folder.
fn sums(packages: &[PathBuf]) -> Result<String> {
    let mut lines = String::new();
    for path in packages {
        let bytes = fs::read(path).with_context(|| path.display().to_string())?;
        for byte in Sha256::digest(&bytes) {
            write!(lines, "{byte:02x}")?;
        }
        let name = path.file_name().unwrap_or_default();
        writeln!(lines, "  {}", name.to_string_lossy())?;
    }
    Ok(lines)
}

/// The packages in the bundler's folders, by name.
pub(crate) fn made(place: &Place, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let folder = place.target.join("release/bundle");
    let mut found = Vec::new();
    for kind in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let kind = kind?.path();
        if !kind.is_dir() {
            continue;
        }
        for entry in fs::read_dir(kind)? {
            let path = entry?.path();
            if path.is_file() && endings.iter().any(|ending| has_ending(&path, ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    if found.is_empty() {
        bail!("没有安装包 / no package in {}", folder.display());
    }
    Ok(found)
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

/// Packs a .deb anew with xz, which Debian's own packages use; the bundler writes gzip, a fifth larger.
fn press(deb: &Path) -> Result<()> {
    let folder = deb.parent().context("a package lies in a folder")?;
    let laid_out = folder.join("laid-out");
    if laid_out.exists() {
        fs::remove_dir_all(&laid_out)?;
    }
    let at = |path: &Path| path.as_os_str().to_owned();
    Run::new("dpkg-deb", folder)
        .args(["-R".into(), at(deb), at(&laid_out)])
        .done()?;
    Run::new("dpkg-deb", folder)
        .args(["--root-owner-group", "-Zxz", "-z9", "-b"])
        .args([at(&laid_out), at(deb)])
        .done()?;
    fs::remove_dir_all(&laid_out)?;
    Ok(())
}

/// Digits in threes.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::{fs, grouped, sums};

    #[test]
    fn a_list_of_sums_is_what_sha256sum_reads() {
        let folder = std::env::temp_dir().join(format!("zhaoshen-sums-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let package = folder.join("zhaoshen_0.1.0_amd64.deb");
        fs::write(&package, b"abc").unwrap();
        let lines = sums(&[package]).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            lines,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  zhaoshen_0.1.0_amd64.deb\n"
        );
    }

    #[test]
    fn sizes_are_read_easily() {
        assert_eq!(grouped(16_570_768), "16 570 768");
        assert_eq!(grouped(0), "0");
    }
}
