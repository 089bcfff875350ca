//! Rules on clothes, headwear, glasses and jewellery.

pub(crate) mod clothes_like_background;
pub(crate) mod clothes_patterned;
pub(crate) mod earrings;
pub(crate) mod glasses_hide_eyes;
pub(crate) mod head_covered;
pub(crate) mod lenses_tinted;
pub(crate) mod shoulders_bare;
