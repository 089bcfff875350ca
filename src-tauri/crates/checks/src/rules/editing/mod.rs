//! Rules on traces of editing.

pub(crate) mod editing_software_named;
