//! Rules on focus and pixels.

pub(crate) mod blurred;
pub(crate) mod enlarged;
pub(crate) mod stretched;
pub(crate) mod too_small_or_blocky;
