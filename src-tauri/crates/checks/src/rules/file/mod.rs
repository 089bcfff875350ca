//! Rules on bytes and name.

pub(crate) mod file_unreadable;
pub(crate) mod final_size_out_of_band;
pub(crate) mod intake_size_out_of_band;
pub(crate) mod not_a_jpeg;
pub(crate) mod photo_shared_by_students;
pub(crate) mod rejected_photo_again;
pub(crate) mod wrong_extension;
