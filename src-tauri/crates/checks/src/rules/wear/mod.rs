//! Rules on clothes.

pub(crate) mod clothes_like_background;
