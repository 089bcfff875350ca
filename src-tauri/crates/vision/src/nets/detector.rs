//! Finding faces: BlazeFace short range, 128×128.

/// One face found in the picture. All coordinates in picture pixels; they may lie outside the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// Left edge of the face box.
    pub left_px: f32,
    /// Top edge of the face box.
    pub top_px: f32,
    /// Width of the face box.
    pub width_px: f32,
    /// Height of the face box.
    pub height_px: f32,
    /// `[x, y]` of: eye at picture left, eye at picture right, nose tip, mouth centre,
    /// ear tragion at picture left, ear tragion at picture right (of an unmirrored upright face).
    pub keypoints_px: [[f32; 2]; 6],
    /// Confidence, 0.5 to 1.
    pub score: f32,
}
