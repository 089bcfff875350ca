//! The use cases: the body of every command, and the wire types.
pub mod wire;
mod command;
pub mod typescript;
pub use command::dispatch;

/// temp
pub struct Station;
