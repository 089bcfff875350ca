//! Files of text that come from outside: standards in TOML, label files and hand-placed points of an evaluation.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhaoshen_checks::profile_file::{self, builtin_text};
use zhaoshen_exchange::labels::{read_labels, read_pupils};
use zhaoshen_fuzz::let_panics_be_caught;

fuzz_target!(init: let_panics_be_caught(), |bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let parents = |name: &str| builtin_text(name).map(str::to_owned);
        if let Ok(profile) = profile_file::parse(text, parents) {
            let _ = profile_file::write(&profile);
        }
    }
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("标注.csv");
    if std::fs::write(&path, bytes).is_ok() {
        let _ = read_labels(&path);
        let _ = read_pupils(&path);
    }
});
