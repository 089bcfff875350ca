//! Rules on the number of faces, eyes and mouth.

pub(crate) mod eyes_not_open;
pub(crate) mod mouth_open;
pub(crate) mod not_one_face;
