//! The Markdown of the guide: which pages there are, in what order, and what they are called.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// One page as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// File name without its ending, such as `04-desk`.
    pub name: String,
    /// The first heading.
    pub title: String,
    /// All of the Markdown.
    pub markdown: String,
}

impl Page {
    /// A page out of its text.
    ///
    /// # Errors
    /// The text does not begin with a heading of the first level.
    pub fn new(name: &str, text: &str) -> Result<Self> {
        let markdown = text.replace("\r\n", "\n");
        let first = markdown.lines().next().unwrap_or_default();
        let Some(title) = first.strip_prefix("# ") else {
            bail!("{name}.md does not begin with its title");
        };
        Ok(Self {
            name: name.to_owned(),
            title: title.trim().to_owned(),
            markdown,
        })
    }
}

/// The pages of a folder, in the order of their names.
///
/// # Errors
/// The folder or a page cannot be read, or a page has no title.
pub fn pages(folder: &Path) -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    for name in names(folder, "md")? {
        let path = folder.join(format!("{name}.md"));
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        pages.push(Page::new(&name, &text)?);
    }
    Ok(pages)
}

/// The names, without it, of the files with an ending, sorted; none of a folder that is not there.
///
/// # Errors
/// The folder cannot be listed.
pub fn names(folder: &Path, ending: &str) -> Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy());
        if let Some(stem) = stem
            && path.extension().is_some_and(|found| found == ending)
        {
            names.push(stem.into_owned());
        }
    }
    names.sort();
    Ok(names)
}
