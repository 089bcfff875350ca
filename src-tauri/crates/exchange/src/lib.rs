//! What crosses the office's paths: rosters, photo intake, matching, deliveries, prints.
//!
//! The only crate that reads or writes where users point. It knows nothing of the database, of
//! pixels or of rules: it turns files into drafts and bytes, and finished bytes into files. A
//! broken row or photo is a value in a report; an [`Error`] means that the whole act stopped.

pub mod archive;
pub mod collected;
pub mod copy;
pub mod delivery;
pub mod error;
mod fresh;
mod headed;
pub mod index;
pub mod intake;
pub mod labels;
pub mod machine;
pub mod matching;
pub mod payments;
pub mod phones;
pub mod prints;
pub mod receipts;
pub mod roster;
pub mod round_archive;
pub mod source;
mod totals;
pub mod workbook;

pub use error::Error;
