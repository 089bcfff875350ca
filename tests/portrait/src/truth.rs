//! Where the features of a portrait were drawn.

use crate::head::{Head, along};
use crate::portrait::Portrait;

/// What was drawn, in pixels of the picture; left and right are the viewer's.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// Row of the highest hair, after the head's roll. A cap is not counted.
    pub crown_y_px: f32,
    /// Row of the face's lowest point, after the roll.
    pub chin_y_px: f32,
    /// Mean row of the two iris centres.
    pub eye_line_y_px: f32,
    /// Centre of the iris that is on the left of the picture, x and y.
    pub left_iris_px: [f32; 2],
    /// Centre of the iris that is on the right of the picture, x and y.
    pub right_iris_px: [f32; 2],
    /// Width of the face at the cheekbones.
    pub face_width_px: f32,
    /// Roll of the head, clockwise positive.
    pub roll_deg: f32,
    /// Greatest height of the opening between the lids, along the head's own vertical.
    pub lid_gap_px: f32,
    /// Greatest height of the opening between the lips, along the head's own vertical.
    pub mouth_gap_px: f32,
}

/// Says where [`crate::paint`] draws the features of this portrait.
#[must_use]
pub fn truth(portrait: &Portrait) -> Truth {
    let head = Head::new(portrait);
    let half = head.inter_eye / 2.0;
    let left = head.in_picture(head.turned(-half, 0.0));
    let right = head.in_picture(head.turned(half, 0.0));
    let rows = |knots: &[(f32, f32)], closed| -> Vec<f32> {
        along(knots, closed)
            .into_iter()
            .map(|p| head.in_picture(p).1)
            .collect()
    };
    Truth {
        crown_y_px: rows(&head.skull_hair(portrait.hair.style), false)
            .into_iter()
            .fold(f32::MAX, f32::min),
        chin_y_px: rows(&head.face_outline(), true)
            .into_iter()
            .fold(f32::MIN, f32::max),
        eye_line_y_px: (left.1 + right.1) / 2.0,
        left_iris_px: [left.0, left.1],
        right_iris_px: [right.0, right.1],
        face_width_px: head.width,
        roll_deg: portrait.roll_deg,
        lid_gap_px: head.lid_gap,
        mouth_gap_px: head.mouth_gap,
    }
}
