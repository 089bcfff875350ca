//! The neural part of the vision engine: three frozen networks and the head pose they allow.
//!
//! [`Engine`] holds the weights and is shared by every thread; a [`Session`] holds the scratch memory
//! of one thread. Pixels come in as [`RgbView`]; what comes out is measured in pixels of that picture, where a
//! point with whole coordinates is the centre of a pixel. Deliberately not here: decoding, rules,
//! thresholds of the photo standard, and any network that would recognise who a face belongs to.
//!
//! The networks are MediaPipe's (Apache-2.0), cut from two pinned npm packages by the build script. They run on
//! an interpreter of our own: `flatbuffer` and `flexbuffer` read the file, `model` checks it, `fuse` plans fewer and
//! larger steps, `plan` places their memory, `step` carries them out with `kernels`.

mod attention;
pub mod detector;
mod error;
mod flatbuffer;
mod flexbuffer;
mod floats;
mod fuse;
pub(crate) mod kernels;
pub mod mask;
pub mod mesh;
mod model;
mod plan;
pub mod pose;
mod rgb;
mod sample;
mod step;

use std::sync::Arc;

pub use detector::Detection;
pub use error::Error;
pub use mask::PersonMask;
pub use mesh::{Mesh, Roi};
pub use pose::{HeadPose, pose};
pub use rgb::RgbView;

use detector::Detector;
use kernels::Simd;
use mask::MaskNet;
use mesh::MeshNet;
use plan::Memory;

/// The bytes of the three networks' `.tflite` files.
#[derive(Debug, Clone, Copy)]
pub struct ModelFiles<'a> {
    /// BlazeFace short range.
    pub detector: &'a [u8],
    /// Face mesh with attention.
    pub mesh: &'a [u8],
    /// Selfie segmentation.
    pub mask: &'a [u8],
}

impl ModelFiles<'static> {
    /// The files built into this program.
    pub const EMBEDDED: Self = Self {
        detector: include_bytes!(concat!(env!("OUT_DIR"), "/detector.tflite")),
        mesh: include_bytes!(concat!(env!("OUT_DIR"), "/mesh.tflite")),
        mask: include_bytes!(concat!(env!("OUT_DIR"), "/mask.tflite")),
    };
}

/// The weights of all networks, unpacked once; share it through the [`Arc`].
#[derive(Debug)]
pub struct Engine {
    simd: Simd,
    detector: Detector,
    mesh: MeshNet,
    mask: MaskNet,
}

impl Engine {
    /// Unpacks the embedded weights. Takes some 20 ms; do it once per process.
    ///
    /// # Errors
    /// [`Error`] when the embedded bytes are not what the interpreter understands.
    pub fn embedded() -> Result<Arc<Self>, Error> {
        Self::read(ModelFiles::EMBEDDED).map(Arc::new)
    }

    /// Unpacks weights from any bytes; damaged ones give an error, never a panic.
    ///
    /// # Errors
    /// [`Error`] when a file is damaged, or is not the network it should be.
    pub fn read(files: ModelFiles<'_>) -> Result<Self, Error> {
        Ok(Self {
            simd: Simd::best(),
            detector: Detector::read(files.detector)?,
            mesh: MeshNet::read(files.mesh)?,
            mask: MaskNet::read(files.mask)?,
        })
    }

    /// Whether the fast kernels are used: the processor has AVX2 and FMA.
    #[must_use]
    pub fn is_vectorised(&self) -> bool {
        self.simd != Simd::Portable
    }

    /// The same engine held to the portable kernels, whatever the processor offers. Slower; for comparison.
    #[must_use]
    pub fn portable(self) -> Self {
        Self {
            simd: Simd::Portable,
            ..self
        }
    }

    /// Scratch memory for one thread.
    #[must_use]
    pub fn session(self: &Arc<Self>) -> Session {
        Session {
            detector: self.detector.memory(),
            mesh: self.mesh.memory(),
            mask: self.mask.memory(),
            engine: Arc::clone(self),
        }
    }
}

/// The scratch memory of one thread; reuse it from photo to photo.
#[derive(Debug, Clone)]
pub struct Session {
    engine: Arc<Engine>,
    detector: Memory,
    mesh: Memory,
    mask: Memory,
}

impl Session {
    /// Faces in the picture, best score first. Meant for faces that fill a good part of the picture.
    pub fn detect(&mut self, picture: &RgbView<'_>) -> Vec<Detection> {
        self.engine
            .detector
            .detect(self.engine.simd, &mut self.detector, picture)
    }

    /// Landmarks of the face that `face` points at.
    pub fn mesh(&mut self, picture: &RgbView<'_>, face: &Detection) -> Mesh {
        self.mesh_in(picture, Roi::of_detection(face))
    }

    /// Landmarks of the face in region `roi`.
    pub fn mesh_in(&mut self, picture: &RgbView<'_>, roi: Roi) -> Mesh {
        self.engine
            .mesh
            .look(self.engine.simd, &mut self.mesh, picture, roi)
    }

    /// Where the person is in the picture.
    pub fn person_mask(&mut self, picture: &RgbView<'_>) -> PersonMask {
        self.engine
            .mask
            .look(self.engine.simd, &mut self.mask, picture)
    }
}
