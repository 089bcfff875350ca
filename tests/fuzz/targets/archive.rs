//! Archives of ours once, of anybody since: a round's that is checked, a backup in one file that is restored.
#![no_main]

use std::io::{Read as _, copy, sink};

use libfuzzer_sys::fuzz_target;
use zhaoshen_exchange::copy::Copy;
use zhaoshen_exchange::round_archive::verify;
use zhaoshen_fuzz::let_panics_be_caught;

const PASSPHRASE: &str = "a passphrase";
/// Most that is read of an entry, bytes: what the store reads of the first one.
const MOST: u64 = 1 << 20;

fuzz_target!(init: let_panics_be_caught(), |bytes: &[u8]| {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("归档.zip");
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    for passphrase in ["", PASSPHRASE] {
        let _ = verify(&path, (!passphrase.is_empty()).then_some(passphrase));
        let Ok(mut archive) = Copy::open(&path, passphrase) else { continue };
        for at in 0..archive.len().min(20) {
            let _ = archive.read(at, |_, entry| copy(&mut entry.take(MOST), &mut sink()));
        }
    }
});
