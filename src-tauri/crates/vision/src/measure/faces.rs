//! Which faces are in the picture, and the mesh of the subject's.

use zhaoshen_model::PixelRect;
use zhaoshen_model::measurement::FaceBox;

use crate::nets::{Detection, Mesh, RgbView, Session};
use crate::picture::Picture;

/// From this score on a detection counts without a second opinion. Below it the detector also finds
/// masks, prints on clothes and the like, and the mesh's face flag decides.
const SURE_SCORE: f32 = 0.75;
/// Mesh face flag from which an unsure detection counts.
const FACE_FLAG: f32 = 0.5;
/// Most unsure detections that get a second opinion, so that a crowd stays cheap.
const MOST_DOUBTS: usize = 6;

/// The faces found.
pub(super) struct Found {
    /// All faces, strongest first, px of the working picture.
    pub(super) boxes: Vec<FaceBox>,
    /// The mesh of the strongest; `None` when there is no face.
    pub(super) subject: Option<Mesh>,
}

/// Finds all faces. Strength is score times size: the subject is the large face, not a poster behind.
pub(super) fn find(_picture: &Picture, view: &RgbView<'_>, session: &mut Session) -> Found {
    let mut detections = session.detect(view);
    detections.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    let mut found = Found {
        boxes: Vec::new(),
        subject: None,
    };
    let mut doubts = 0;
    for detection in &detections {
        if found.subject.is_none() {
            let mesh = session.mesh(view, detection);
            if detection.score < SURE_SCORE && mesh.face_probability < FACE_FLAG {
                continue;
            }
            found.subject = Some(mesh);
        } else if detection.score < SURE_SCORE {
            doubts += 1;
            if doubts > MOST_DOUBTS || session.mesh(view, detection).face_probability < FACE_FLAG {
                continue;
            }
        }
        found.boxes.push(face_box(detection));
    }
    found
}

fn strength(face: &Detection) -> f32 {
    face.score * face.width_px.max(0.0)
}

fn face_box(face: &Detection) -> FaceBox {
    let [x, y, width, height] =
        [face.left_px, face.top_px, face.width_px, face.height_px].map(f64::from);
    FaceBox {
        rect: PixelRect::new(x, y, width, height),
        score: f64::from(face.score),
    }
}
