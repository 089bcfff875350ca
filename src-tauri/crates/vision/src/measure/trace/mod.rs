//! Traces of editing, re-saving and re-photographing.
//!
//! Read at the picture's own resolution, from a window of bounded size: scaling is one of the traces, and a large
//! photo must not cost more. What each number proves and does not prove stands with its module; none is a verdict.

mod blocks;
mod detail;
mod edges;
mod look;
mod moire;
mod resaved;
mod skin;
mod window;

use zhaoshen_model::Point;
use zhaoshen_model::measurement::{FaceFacts, TraceFacts};

use crate::decode::Photo;
use crate::picture::Picture;
use window::{BLOCK, Window};

/// Measures `picture`, the picture of `photo` as displayed, around the subject's face where there is one.
pub(super) fn measure(photo: &Photo, picture: &Picture, face: Option<&FaceFacts>) -> TraceFacts {
    let grid = Grid::of(photo, picture);
    let frame = picture.frame();
    let centre = face.map_or(Point::new(frame.width / 2.0, frame.height / 2.0), |face| {
        face.left_iris.midpoint(face.right_iris)
    });
    let window = Window::around(picture, centre, grid.origin);
    let detail = face.and_then(|face| detail::measure(picture, face));
    let steps = grid.steps(photo.luma_steps.as_ref());
    TraceFacts {
        marks: photo.marks.clone(),
        earlier_save: window
            .as_ref()
            .zip(steps)
            .map(|(window, steps)| resaved::measure(window, &steps)),
        resolved_share: detail.as_ref().map(|detail| detail.share),
        resolved_eye_distance_px: detail.map(|detail| detail.eye_distance_px),
        skin_smoothness_ratio: face.and_then(|face| skin::measure(picture, face)),
        moire_peak: window.as_ref().and_then(moire::measure),
        edge_shares: (picture.width_px() >= 160 && picture.height_px() >= 160)
            .then(|| edges::measure(picture)),
        look: face.and_then(|face| look::measure(picture, face)),
    }
}

/// Where the file's block grid lies in the picture as displayed.
struct Grid {
    origin: [usize; 2],
    /// Whether rows and columns were swapped on the way to the display.
    turned: bool,
}

impl Grid {
    fn of(photo: &Photo, picture: &Picture) -> Self {
        let orientation = photo.jpeg.as_ref().map_or(1, |jpeg| jpeg.orientation);
        let rest = |side: u32| side as usize % BLOCK;
        let from_right = matches!(orientation, 2 | 3 | 6 | 7);
        let from_bottom = matches!(orientation, 3 | 4 | 7 | 8);
        Self {
            origin: [
                if from_right {
                    rest(picture.width_px())
                } else {
                    0
                },
                if from_bottom {
                    rest(picture.height_px())
                } else {
                    0
                },
            ],
            turned: (5..=8).contains(&orientation),
        }
    }

    /// The quantisation steps by the frequencies as displayed, in zigzag order.
    fn steps(&self, stored: Option<&[u16; 64]>) -> Option<[u16; 64]> {
        let stored = *stored?;
        if !self.turned {
            return Some(stored);
        }
        let mut turned = stored;
        for (across, down, place) in blocks::FREQUENCIES {
            let mirrored = blocks::FREQUENCIES
                .iter()
                .find(|(u, v, _)| (*u, *v) == (down, across));
            if let Some((_, _, mirrored)) = mirrored {
                turned[place] = stored[*mirrored];
            }
        }
        Some(turned)
    }
}

#[cfg(test)]
mod tests;
