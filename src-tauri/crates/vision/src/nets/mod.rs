//! The neural part of the vision engine: four frozen networks and the head pose they allow.
//!
//! [`Engine`] holds the weights and is shared by every thread; a [`Session`] holds the scratch memory
//! of one thread. Pixels come in as [`RgbView`]; what comes out is measured in pixels of that picture.
//! Deliberately not here: decoding, rules, thresholds of the photo standard.

pub mod detector;
mod error;
pub mod mask;
pub mod mesh;
pub mod pose;
mod rgb;

use std::sync::Arc;

pub use detector::Detection;
pub use error::Error;
pub use mask::PersonMask;
pub use mesh::{Mesh, Roi};
pub use pose::{HeadPose, pose};
pub use rgb::RgbView;

/// The weights of all networks, unpacked once; share it through the [`Arc`].
#[derive(Debug)]
pub struct Engine {}

impl Engine {
    /// Unpacks the embedded weights. Takes some milliseconds; do it once per process.
    ///
    /// # Errors
    /// [`Error`] when the embedded bytes are not what the interpreter understands.
    pub fn embedded() -> Result<Arc<Self>, Error> {
        Ok(Arc::new(Self {}))
    }

    /// Scratch memory for one thread.
    #[must_use]
    pub fn session(self: &Arc<Self>) -> Session {
        Session { engine: Arc::clone(self) }
    }
}

/// The scratch memory of one thread; reuse it from photo to photo.
#[derive(Debug)]
pub struct Session {
    #[expect(dead_code, reason = "the networks follow")]
    engine: Arc<Engine>,
}

impl Session {
    /// Faces in the picture, best score first.
    pub fn detect(&mut self, _picture: &RgbView<'_>) -> Vec<Detection> {
        Vec::new()
    }

    /// Landmarks of the face that `face` points at.
    pub fn mesh(&mut self, _picture: &RgbView<'_>, face: &Detection) -> Mesh {
        Mesh { landmarks: [[0.0; 3]; 478], face_probability: 0.0, roi: Roi::of_detection(face) }
    }

    /// Where the person is in the picture.
    pub fn person_mask(&mut self, picture: &RgbView<'_>) -> PersonMask {
        PersonMask::new(vec![0.0; mask::GRID * mask::GRID], picture.width_px(), picture.height_px())
    }
}
