//! What can be wrong with a model file.

/// A model file that this crate cannot run. Never caused by a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An offset or length leads outside the file.
    #[error("model file is truncated or damaged at byte {offset}")]
    OutOfBounds {
        /// Byte offset of the read that failed.
        offset: usize,
    },
}
