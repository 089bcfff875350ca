//! Rules on JPEG headers and pixels.

pub(crate) mod compressed_too_hard;
pub(crate) mod final_density_wrong;
pub(crate) mod final_pixels_wrong;
pub(crate) mod not_true_colour;
pub(crate) mod rotated_by_tag;
pub(crate) mod too_few_pixels;
pub(crate) mod unusual_encoding;
