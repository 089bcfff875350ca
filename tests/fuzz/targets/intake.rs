//! Archives of photos, archives within them, names in any encoding.
#![no_main]

use std::sync::atomic::AtomicBool;

use libfuzzer_sys::fuzz_target;
use zhaoshen_exchange::intake;
use zhaoshen_fuzz::{intake_limits, let_panics_be_caught};

fuzz_target!(init: let_panics_be_caught(), |bytes: &[u8]| {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("照片.zip");
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let cancel = AtomicBool::new(false);
    let limits = intake_limits();
    let counted = intake::count(&path, &limits, &cancel);
    let mut given = 0_u64;
    let walked = intake::walk(&path, &limits, &cancel, |_| given += 1);
    if let (Ok(counted), Ok(_)) = (counted, walked) {
        assert!(given <= counted, "{given} of {counted}");
    }
    let _ = intake::tables(&path, &limits, &cancel, |_, _| ());
});
