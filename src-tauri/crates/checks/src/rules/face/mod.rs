//! Rules on the number of faces, eyes, mouth, brows and ears.

pub(crate) mod ears_hidden;
pub(crate) mod eyes_not_open;
pub(crate) mod hair_over_brows;
pub(crate) mod hair_over_eyes;
pub(crate) mod mouth_open;
pub(crate) mod not_one_face;
