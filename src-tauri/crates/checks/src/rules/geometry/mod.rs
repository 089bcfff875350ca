//! Rules on positions and sizes, in px of the final frame.

pub(crate) mod crown_out_of_band;
pub(crate) mod eyes_out_of_band;
pub(crate) mod face_off_centre;
pub(crate) mod face_width_out_of_band;
pub(crate) mod head_height_out_of_band;
pub(crate) mod head_touches_border;
pub(crate) mod shoulders_cut_off;
