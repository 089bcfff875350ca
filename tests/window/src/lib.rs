//! Drives the real window, and the same screens in a browser, through WebDriver.
//!
//! The tests find things by the names of `ui/src/testids.ts`, and judge by what stands on disk
//! afterwards: files written, and the workspace opened anew. Not a place for tests of rules or of
//! storage; those run without a display.

#[cfg(unix)]
pub mod dialog;
pub mod drawn;
mod driver;
#[cfg(unix)]
pub mod dropping;
#[cfg(target_os = "linux")]
pub mod keychain;
pub mod keys;
mod page;
pub mod steps;
#[cfg(unix)]
pub mod windows;
pub mod workplace;

pub use page::Page;
