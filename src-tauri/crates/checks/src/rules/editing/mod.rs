//! Rules on traces of editing.

pub(crate) mod ai_marked;
pub(crate) mod editing_software_named;
pub(crate) mod re_photographed;
pub(crate) mod saved_more_than_once;
pub(crate) mod skin_smoothed;
pub(crate) mod taken_too_long_ago;
