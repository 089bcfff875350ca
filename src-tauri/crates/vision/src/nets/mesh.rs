//! 478 landmarks of one face.
use super::Detection;

/// The turned square of the picture that the mesh network looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Roi {
    /// Centre, x.
    pub center_x_px: f32,
    /// Centre, y.
    pub center_y_px: f32,
    /// Side length.
    pub side_px: f32,
    /// Turn in radians, clockwise as seen.
    pub rotation_rad: f32,
}

impl Roi {
    /// The square around a detected face.
    #[must_use]
    pub fn of_detection(face: &Detection) -> Self {
        Self {
            center_x_px: face.left_px + face.width_px / 2.0,
            center_y_px: face.top_px + face.height_px / 2.0,
            side_px: face.width_px.max(face.height_px) * 1.5,
            rotation_rad: 0.0,
        }
    }
}

/// The landmarks of one face.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    /// `[x, y, z]` in picture pixels (z: depth on the same scale, smaller is nearer the camera).
    /// 0–467 canonical mesh, 468–472 iris at picture left, 473–477 iris at picture right; the first of each is the centre.
    pub landmarks: [[f32; 3]; 478],
    /// Probability that the region holds a face, 0 to 1.
    pub face_probability: f32,
    /// The region looked at.
    pub roi: Roi,
}
