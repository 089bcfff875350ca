//! Pixels to numbers: everything the rules judge, and no judgement.

use zhaoshen_model::Measurements;
use zhaoshen_model::measurement::MEASUREMENT_VERSION;

use crate::decode::Photo;
use crate::nets::Session;

/// Measures a photo that has been read. What cannot be measured is `None` or empty.
pub fn measure(photo: &Photo, _session: &mut Session) -> Measurements {
    Measurements {
        version: MEASUREMENT_VERSION,
        file: photo.file.clone(),
        jpeg: photo.jpeg.clone(),
        picture: None,
        faces: Vec::new(),
        face: None,
        scene: None,
        light: None,
    }
}
