//! The use cases: the body of every command, and the wire types.
