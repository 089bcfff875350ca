//! Writes the pages of help on the rules into `assets/help` (`cargo xtask help`).

use std::fs;
use std::path::Path;

use zhaoshen_checks::help;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/help");
    let pages = help::pages();
    // Anew and whole, so that the page of a rule that is gone goes too.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("README.md"), help::index(&pages))?;
    for page in &pages {
        fs::write(
            folder.join(format!("{}.md", page.code)),
            help::markdown(page),
        )?;
    }
    Ok(())
}
