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
    /// A custom operator lacks an option, or has it with another type.
    #[error("custom operator lacks option {name}")]
    MissingOption {
        /// Name of the option.
        name: &'static str,
    },
    /// An operator this crate does not implement.
    #[error("operator {name} is not supported")]
    UnknownOperator {
        /// Builtin code or custom name.
        name: String,
    },
    /// An operator of a known kind with operands or options this crate does not implement.
    #[error("operator number {node} ({what}) is not supported in this form")]
    UnsupportedForm {
        /// Place of the operator in the graph.
        node: usize,
        /// Kind of operator.
        what: &'static str,
    },
    /// A tensor or operator refers to something that is not there, or sizes do not agree.
    #[error("tensor {tensor} is missing or has the wrong size")]
    BadTensor {
        /// Number of the tensor.
        tensor: usize,
    },
    /// The model's inputs or outputs are not those this crate was written for.
    #[error("model has no {what}")]
    MissingPart {
        /// Name of the input, output or table.
        what: &'static str,
    },
}
