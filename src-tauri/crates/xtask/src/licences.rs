//! `cargo xtask licences`: what the program is made of and under which licences.
//!
//! Writes `THIRD-PARTY.md`, a list that is kept in the repository, and `target/licences/third-party.txt` with the texts,
//! which goes into the packages. Asks cargo and npm, which know; texts are read where the packages lie.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::place::Place;
use crate::process::output;

/// Files of a package that hold its licence or what it must be acknowledged with.
const TEXTS: [&str; 6] = [
    "license",
    "licence",
    "copying",
    "notice",
    "unlicense",
    "copyright",
];

/// One package.
struct Part {
    name: String,
    version: String,
    licence: String,
    folder: Option<PathBuf>,
}

/// Writes the list and the texts.
pub(crate) fn write(place: &Place) -> Result<bool> {
    let mut parts = crates(place)?;
    parts.extend(scripts(place)?);
    let mut list = "# Third parties\n\nWhat is linked into 照审台, made by `cargo xtask licences`. The texts go into the packages.\n\n\
        | package | version | licence |\n|---|---|---|\n"
        .to_owned();
    for part in &parts {
        let licence = part.licence.replace('|', "/");
        let _ = writeln!(list, "| {} | {} | {licence} |", part.name, part.version);
    }
    fs::write(place.root.join("THIRD-PARTY.md"), list)?;
    let folder = place.target.join("licences");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("third-party.txt"), texts(&parts))?;
    println!("THIRD-PARTY.md: {} packages", parts.len());
    Ok(true)
}

/// The crates of every system that the program is built for.
fn crates(place: &Place) -> Result<Vec<Part>> {
    let manifest = place.root.join("Cargo.toml");
    let manifest = manifest.to_string_lossy();
    let told = output(
        "cargo",
        &[
            "tree",
            "--manifest-path",
            &manifest,
            "--package",
            "zhaoshen-desktop",
            "--edges",
            "normal",
            "--target",
            "all",
            "--prefix",
            "none",
            "--format",
            "{p}\t{l}",
            "--locked",
        ],
    )
    .context("cargo tree")?;
    let sources = registry()?;
    let mut parts = BTreeMap::new();
    for line in told.lines() {
        let Some((package, licence)) = line.split_once('\t') else {
            continue;
        };
        let mut words = package.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else {
            continue;
        };
        let version = version.trim_start_matches('v');
        if name.starts_with("zhaoshen-") {
            continue;
        }
        let licence = licence.trim_end_matches(" (*)");
        ensure!(!licence.is_empty(), "{name} names no licence");
        let folder = format!("{name}-{version}");
        let folder = sources
            .iter()
            .map(|source| source.join(&folder))
            .find(|path| path.is_dir());
        let part = Part {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
            folder,
        };
        parts.insert((part.name.clone(), part.version.clone()), part);
    }
    ensure!(!parts.is_empty(), "cargo tree lists nothing");
    Ok(parts.into_values().collect())
}

/// Folders in which cargo keeps sources.
fn registry() -> Result<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let folder = home.context("no home folder")?.join("registry/src");
    let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

/// The npm packages that the screens are built of, and those whose models are embedded.
fn scripts(place: &Place) -> Result<Vec<Part>> {
    let told = output(
        "npm",
        &[
            "--prefix",
            &place.ui().to_string_lossy(),
            "ls",
            "--omit=dev",
            "--all",
            "--parseable",
        ],
    )
    .context("npm ls")?;
    let mut parts = BTreeMap::new();
    for folder in told.lines().map(PathBuf::from) {
        let Ok(manifest) = fs::read_to_string(folder.join("package.json")) else {
            continue;
        };
        let field = |name: &str| field(&manifest, name).unwrap_or_default();
        let (name, version, licence) = (field("name"), field("version"), field("license"));
        if licence.is_empty() || folder == place.ui() {
            continue;
        }
        let key = (name.clone(), version.clone());
        parts.insert(
            key,
            Part {
                name,
                version,
                licence,
                folder: Some(folder),
            },
        );
    }
    ensure!(!parts.is_empty(), "npm ls lists nothing");
    Ok(parts.into_values().collect())
}

/// A text field at the top of a package's manifest; npm writes them a line each.
fn field(manifest: &str, name: &str) -> Option<String> {
    let start = format!("\"{name}\":");
    let line = manifest
        .lines()
        .find_map(|line| line.trim_start().strip_prefix(&start))?;
    let value = line.trim().trim_end_matches(',').trim_matches('"');
    Some(value.to_owned())
}

/// Each text once, under the packages that have it.
fn texts(parts: &[Part]) -> String {
    let mut under: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in parts {
        let named = format!("{} {} ({})", part.name, part.version, part.licence);
        let found = part.folder.as_deref().map(texts_in).unwrap_or_default();
        if found.is_empty() {
            under.entry(String::new()).or_default().push(named);
            continue;
        }
        for text in found {
            under.entry(text).or_default().push(named.clone());
        }
    }
    let mut all = String::new();
    for (text, names) in &under {
        let _ = writeln!(all, "{}\n\n{text}\n{}\n", names.join("\n"), "=".repeat(72));
    }
    all
}

fn texts_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_lowercase();
            path.is_file() && TEXTS.iter().any(|word| name.starts_with(word))
        })
        .collect();
    files.sort();
    files
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn fields_are_read_from_a_manifest() {
        let manifest = "{\n  \"name\": \"react\",\n  \"license\": \"MIT\",\n  \"x\": {}\n}";
        assert_eq!(field(manifest, "name").as_deref(), Some("react"));
        assert_eq!(field(manifest, "license").as_deref(), Some("MIT"));
        assert_eq!(field(manifest, "version"), None);
    }
}
