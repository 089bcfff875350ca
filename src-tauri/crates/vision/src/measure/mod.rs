//! Pixels to numbers: everything the rules judge, and no judgement.
//!
//! A photo larger than needed is scaled down once to a *working picture*; the networks and all statistics
//! look at that one, and positions are reported in px of the picture as displayed. Each part of the
//! measurements has its own module; thresholds of a standard live in none of them.

mod crown;
mod detail;
mod eye;
mod face;
mod faces;
mod landmarks;
mod light;
mod lobe;
mod mouth;
mod parse;
mod picture;
mod scene;
mod stat;
mod trace;

use std::borrow::Cow;

use fast_image_resize::FilterType;
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{Measurements, PixelRect, Point};

use crate::decode::Photo;
use crate::nets::{Mesh, PersonMask, Session, pose};
use crate::picture::Picture;
use landmarks::Landmarks;

/// Longest side of the working picture, px: the face of an ID photo then still has some 200 px between
/// the eyes, more than any network here resolves.
const WORKING_SIDE_PX: u32 = 1080;

/// Measures a photo that has been read. What cannot be measured is `None` or empty.
pub fn measure(photo: &Photo, session: &mut Session) -> Measurements {
    let mut measurements = Measurements {
        jpeg: photo.jpeg.clone(),
        ..Measurements::of_file(MEASUREMENT_VERSION, photo.file.clone())
    };
    if let Some(picture) = &photo.picture {
        measurements.picture = Some(picture::measure(picture));
        measure_person(picture, session, &mut measurements);
        let trace = trace::measure(photo, picture, measurements.face.as_ref());
        measurements.trace = Some(trace);
    }
    measurements
}

fn measure_person(displayed: &Picture, session: &mut Session, into: &mut Measurements) {
    let working = working(displayed);
    let scale = Scale::between(displayed, &working);
    let Some(view) = working.view() else { return };
    let found = faces::find(&working, &view, session);
    into.faces = found
        .boxes
        .into_iter()
        .map(|face| scale.face(face))
        .collect();
    let Some(mesh) = found.subject.filter(landmarks::is_usable) else {
        return;
    };
    let mask = session.person_mask(&view);
    let look = Look {
        picture: &working,
        scale,
        mesh: &mesh,
        mask: &mask,
    };
    let cells = scene::Cells::new(&look);
    into.scene = cells
        .as_ref()
        .and_then(|cells| scene::measure(&look, cells));
    let behind = into.scene.as_ref().map(|scene| scene.background_rgb);
    let pose = pose(&mesh, view.width_px(), view.height_px());
    let (crown, mouth) = (crown::find(&look, behind), mouth::measure(&look));
    into.face = Some(face::measure(&look, &pose, crown, mouth.as_ref()));
    into.light = light::measure(&look);
    into.detail = detail::measure(&look);
    into.parse = parse::measure(&look);
    if let Some(parse) = &mut into.parse {
        let sure = &mut parse.confidences;
        sure.lips = mouth.as_ref().and_then(|mouth| mouth.lips_confidence);
        sure.teeth = mouth.as_ref().and_then(|mouth| mouth.teeth_confidence);
        sure.neck = cells.and_then(|cells| scene::neck_confidence(&look, &cells));
    }
    into.lobes = lobe::measure(displayed, &look);
}

/// The picture itself, or a smaller copy when it is larger than the measures need.
fn working(displayed: &Picture) -> Cow<'_, Picture> {
    if displayed.width_px().max(displayed.height_px()) <= WORKING_SIDE_PX {
        return Cow::Borrowed(displayed);
    }
    match displayed.fitted(WORKING_SIDE_PX, WORKING_SIDE_PX, FilterType::Box) {
        Ok(smaller) => Cow::Owned(smaller),
        Err(_) => Cow::Borrowed(displayed),
    }
}

/// Displayed px per working px; the two differ by rounding only.
#[derive(Debug, Clone, Copy)]
struct Scale {
    x: f64,
    y: f64,
}

impl Scale {
    fn between(displayed: &Picture, working: &Picture) -> Self {
        Self {
            x: f64::from(displayed.width_px()) / f64::from(working.width_px()),
            y: f64::from(displayed.height_px()) / f64::from(working.height_px()),
        }
    }

    fn point(self, point: Point) -> Point {
        Point::new(point.x * self.x, point.y * self.y)
    }

    fn rect(self, rect: PixelRect) -> PixelRect {
        PixelRect::new(
            rect.x * self.x,
            rect.y * self.y,
            rect.width * self.x,
            rect.height * self.y,
        )
    }

    fn face(
        self,
        mut face: zhaoshen_model::measurement::FaceBox,
    ) -> zhaoshen_model::measurement::FaceBox {
        face.rect = self.rect(face.rect);
        face
    }
}

/// What the measures of the subject look at; positions in px of the working picture.
struct Look<'a> {
    picture: &'a Picture,
    scale: Scale,
    mesh: &'a Mesh,
    mask: &'a PersonMask,
}

impl Look<'_> {
    fn landmarks(&self) -> Landmarks<'_> {
        Landmarks(self.mesh)
    }

    fn is_inside(&self, point: Point) -> bool {
        let frame = self.picture.frame();
        point.x >= 0.0 && point.y >= 0.0 && point.x < frame.width && point.y < frame.height
    }
}

#[cfg(test)]
mod tests;
