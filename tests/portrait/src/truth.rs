//! Where the features of a portrait lie, and the frame that the painter draws them in.
//!
//! The head is drawn in its own frame: origin between the eyes, x to the right, y down, in pixels. [`Head`] turns a
//! point of the frame by yaw and pitch (features slide over a round head) and then by roll (a true rotation).

use tiny_skia::Transform;

use crate::paint::hair_outline;
use crate::portrait::Portrait;

/// Lid gap of a calm open eye as a share of the distance from eyes to chin.
const OPEN_LID_GAP: f32 = 0.090;
/// Lip gap of a wide open mouth as a share of the distance from eyes to chin.
const WIDE_MOUTH_GAP: f32 = 0.30;

/// What was drawn, in pixels of the picture; left and right are the viewer's.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// Row of the highest hair, after the head's roll.
    pub crown_y_px: f32,
    /// Row of the chin's lowest point, after the roll.
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
    /// Greatest height of the opening between the lids, of either eye.
    pub lid_gap_px: f32,
    /// Greatest height of the opening between the lips.
    pub mouth_gap_px: f32,
}

/// Says where [`crate::paint`] draws the features of this portrait.
#[must_use]
pub fn truth(portrait: &Portrait) -> Truth {
    let head = Head::new(portrait);
    let half = head.inter_eye / 2.0;
    let left = head.in_picture(head.turned(-half, 0.0));
    let right = head.in_picture(head.turned(half, 0.0));
    let crown = hair_outline(portrait, &head).iter().map(|&p| head.in_picture(p).1).fold(f32::MAX, f32::min);
    let chin = (-40..=40)
        .map(|step| head.in_picture(head.jaw_point(step as f32 / 40.0)).1)
        .fold(f32::MIN, f32::max);
    Truth {
        crown_y_px: crown,
        chin_y_px: chin,
        eye_line_y_px: (left.1 + right.1) / 2.0,
        left_iris_px: [left.0, left.1],
        right_iris_px: [right.0, right.1],
        face_width_px: head.width,
        roll_deg: portrait.roll_deg,
        lid_gap_px: head.lid_gap,
        mouth_gap_px: head.mouth_gap,
    }
}
