//! Panics of third parties' decoders: a damaged file, not a fault to be printed.
//!
//! Only what happens on this thread while a file is read is kept quiet; every other panic is told as before.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread reads a file just now.
    static READING: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What the work yields; `None` when it panics.
pub(super) fn unwinding<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let told = take_hook();
        set_hook(Box::new(move |panic| {
            if !READING.get() {
                told(panic);
            }
        }));
    });
    let before = READING.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    READING.set(before);
    done.ok()
}
