//! Rules on light.

pub(crate) mod exposure_out_of_band;
pub(crate) mod glare_on_face;
pub(crate) mod light_uneven;
