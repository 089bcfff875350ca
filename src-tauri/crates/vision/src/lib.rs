//! Bytes of a photo to measurements, previews and renditions.

pub mod nets;
