//! What the fuzz targets share: the bounds they read within, and how panics of other people's decoders are taken.
//!
//! A target fails where our code panics, hangs, or takes more memory than it may. Not a place for assertions on what is
//! read: those are the readers' own tests.

use std::sync::Once;

use zhaoshen_exchange::intake;
use zhaoshen_exchange::roster::RosterLimits;

/// Bounds a thousandth of the program's own, so that reaching them takes no time.
#[must_use]
pub fn roster_limits() -> RosterLimits {
    RosterLimits {
        max_file_bytes: 1 << 20,
        max_expanded_bytes: 4 << 20,
        max_rows: 2_000,
        max_columns: 64,
        max_cells: 20_000,
    }
}

/// The same for photos in archives.
#[must_use]
pub fn intake_limits() -> intake::Limits {
    intake::Limits {
        max_file_bytes: 1 << 20,
        max_total_bytes: 8 << 20,
        max_entries: 200,
        max_held_bytes: 4 << 20,
        ..intake::Limits::default()
    }
}

/// Lets the readers catch what the decoders they call throw: libFuzzer would end at the panic itself. One that nobody
/// catches still ends the target.
pub fn let_panics_be_caught() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|told| eprintln!("{told}"))));
}
