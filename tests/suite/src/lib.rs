//! Suites over the headless crates.
