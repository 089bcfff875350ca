//! The rules, one file each, by family.
//!
//! Every file documents its rule under the same five headings and carries its own table of cases;
//! the registry's tests walk them all.

pub(crate) mod background;
pub(crate) mod editing;
pub(crate) mod face;
pub(crate) mod file;
pub(crate) mod geometry;
pub(crate) mod jpeg;
pub(crate) mod light;
pub(crate) mod pose;
pub(crate) mod sharpness;
pub(crate) mod wear;

/// A whole number as a measured value; exact up to 2^53, far above any file size.
pub(crate) const fn bytes(count: u64) -> f64 {
    count as f64
}
