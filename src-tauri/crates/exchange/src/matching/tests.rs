//! Names of files as students write them, and the traps in them.
