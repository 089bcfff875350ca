//! From parameters to pixels: what is drawn, in which order.
//!
//! Soft shading is layered gradients over some forty curved shapes; nothing here is traced from a person.

mod body;
mod canvas;
mod face;
mod features;
mod finish;
mod hair;
mod scene;
mod thread;

use crate::head::Head;
use crate::portrait::{HairStyle, Picture, Portrait};
use canvas::Canvas;

/// Longest side that is painted; a portrait beyond it is painted at this size.
const LONGEST_SIDE_PX: u32 = 8192;
/// Shortest side that is painted.
const SHORTEST_SIDE_PX: u32 = 16;

/// Paints the portrait. The same portrait gives the same bytes.
#[must_use]
pub fn paint(portrait: &Portrait) -> Picture {
    let width = portrait.width_px.clamp(SHORTEST_SIDE_PX, LONGEST_SIDE_PX);
    let height = portrait.height_px.clamp(SHORTEST_SIDE_PX, LONGEST_SIDE_PX);
    let Some(mut canvas) = Canvas::new(width, height) else {
        return Picture {
            rgb: Vec::new(),
            width_px: 0,
            height_px: 0,
        };
    };
    scene::backdrop(&mut canvas, portrait);
    if let Some(other) = &portrait.bystander {
        person(&mut canvas, other);
    }
    scene::shadow(&mut canvas, portrait);
    // Only light from a side needs to know afterwards which pixels are the person.
    let before = (portrait.light_from_left > 0.0).then(|| canvas.pixmap.clone());
    person(&mut canvas, portrait);
    finish::develop(&canvas, before.as_ref(), portrait)
}

/// Draws one person over what is already there.
fn person(canvas: &mut Canvas, portrait: &Portrait) {
    let head = Head::new(portrait);
    let ears = !(portrait.ears_hidden || portrait.hair.style == HairStyle::OverEars);
    hair::behind(canvas, portrait, &head);
    body::neck_and_clothes(canvas, portrait, &head);
    if portrait.hair.style == HairStyle::TiedBack {
        body::ponytail(canvas, portrait, &head);
    }
    if ears {
        face::ears(canvas, portrait, &head);
    }
    face::skin(canvas, portrait, &head);
    features::draw(canvas, portrait, &head);
    hair::in_front(canvas, portrait, &head);
    scene::worn(canvas, portrait, &head);
}
