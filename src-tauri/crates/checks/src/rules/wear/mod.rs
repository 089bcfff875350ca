//! Rules on clothes and glasses.

pub(crate) mod clothes_like_background;
pub(crate) mod glasses_hide_eyes;
pub(crate) mod lenses_tinted;
