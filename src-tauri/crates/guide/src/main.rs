//! Writes the guide anew (`cargo xtask guide`): pages always, pictures when told where they were taken.

use std::fs;
use std::path::Path;

use anyhow::Result;
use zhaoshen_guide::{folder, html, page, pictures};

fn main() -> Result<()> {
    let folder = folder();
    // Refuses a page before anything is written.
    let files = html::files(&page::pages(&folder)?)?;
    if let Some(taken) = std::env::args_os().nth(1) {
        let total = pictures::write(Path::new(&taken), &folder.join("pictures"))?;
        println!("pictures: {} KB", total / 1024);
    }
    let html = folder.join("html");
    fs::create_dir_all(&html)?;
    for stale in page::names(&html, "html")? {
        fs::remove_file(html.join(format!("{stale}.html")))?;
    }
    println!("pages: {}", files.len());
    for (name, text) in files {
        fs::write(html.join(name), text)?;
    }
    Ok(())
}
