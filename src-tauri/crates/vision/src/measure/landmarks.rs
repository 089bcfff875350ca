//! Names for the points of the 468-point canonical face mesh that are measured.
//!
//! "Left" and "right" are sides of the picture, not of the subject.

use zhaoshen_model::Point;

use crate::nets::Mesh;

/// Chin.
pub(super) const CHIN: usize = 152;
/// Top of the forehead.
pub(super) const FOREHEAD: usize = 10;
/// Face edge at cheekbone height, left and right.
pub(super) const CHEEKS: [usize; 2] = [234, 454];
/// Outer contour from the forehead clockwise as seen.
pub(super) const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
/// Iris centres, left and right.
pub(super) const IRISES: [usize; 2] = [468, 473];
/// Eye corners, each from left to right.
pub(super) const EYE_CORNERS: [[usize; 2]; 2] = [[33, 133], [362, 263]];
/// Facing points of the upper and lower lid, by eye.
pub(super) const LIDS: [[(usize, usize); 7]; 2] = [
    [
        (246, 7),
        (161, 163),
        (160, 144),
        (159, 145),
        (158, 153),
        (157, 154),
        (173, 155),
    ],
    [
        (466, 249),
        (388, 390),
        (387, 373),
        (386, 374),
        (385, 380),
        (384, 381),
        (398, 382),
    ],
];
/// The two lid pairs of the eye aspect ratio (Soukupová & Čech 2016), by eye.
pub(super) const ASPECT_LIDS: [[(usize, usize); 2]; 2] =
    [[(160, 144), (158, 153)], [(387, 373), (385, 380)]];
/// Outline of each eye's opening.
pub(super) const EYE_OUTLINES: [[usize; 16]; 2] = [
    [
        33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7,
    ],
    [
        362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382,
    ],
];
/// Both brows.
pub(super) const BROWS: [usize; 20] = [
    70, 63, 105, 66, 107, 46, 53, 52, 65, 55, 300, 293, 334, 296, 336, 276, 283, 282, 295, 285,
];
/// Facing points of the inner edge of the upper and lower lip.
pub(super) const INNER_LIPS: [(usize, usize); 9] = [
    (191, 95),
    (80, 88),
    (81, 178),
    (82, 87),
    (13, 14),
    (312, 317),
    (311, 402),
    (310, 318),
    (415, 324),
];
/// Outline of the opening between the lips.
pub(super) const INNER_LIP_OUTLINE: [usize; 20] = [
    78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
];
/// Inner corners of the mouth, left and right.
pub(super) const MOUTH_CORNERS: [usize; 2] = [78, 308];
/// Outer edge of the lips.
pub(super) const OUTER_LIP_OUTLINE: [usize; 20] = [
    61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
];
/// Fleshy middle of each cheek: the mean of these.
pub(super) const CHEEK_PATCHES: [[usize; 2]; 2] = [[50, 205], [280, 425]];

/// The landmarks of one face in px of the working picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Landmarks<'a>(pub(super) &'a Mesh);

impl Landmarks<'_> {
    /// One landmark.
    pub(super) fn at(self, index: usize) -> Point {
        let [x, y, _] = self.0.landmarks[index];
        Point::new(f64::from(x), f64::from(y))
    }

    /// Several landmarks.
    pub(super) fn all(self, indices: &[usize]) -> Vec<Point> {
        indices.iter().map(|&index| self.at(index)).collect()
    }

    /// Distance of two landmarks, px.
    pub(super) fn gap(self, (first, second): (usize, usize)) -> f64 {
        self.at(first).distance(self.at(second))
    }

    /// Distance of the iris centres, px.
    pub(super) fn inter_eye(self) -> f64 {
        self.gap((IRISES[0], IRISES[1]))
    }

    /// Midpoint of the four eye corners: unlike the irises it does not move with the gaze.
    pub(super) fn eye_midpoint(self) -> Point {
        let centre = |[left, right]: [usize; 2]| self.at(left).midpoint(self.at(right));
        centre(EYE_CORNERS[0]).midpoint(centre(EYE_CORNERS[1]))
    }

    /// Distance from the eye midpoint to the chin, px: the T of ISO/IEC 29794-5.
    pub(super) fn eye_to_chin(self) -> f64 {
        self.eye_midpoint().distance(self.at(CHIN))
    }

    /// Distance between the cheeks, px.
    pub(super) fn face_width(self) -> f64 {
        self.gap((CHEEKS[0], CHEEKS[1]))
    }
}

/// Whether every landmark is a finite number and the eyes are apart, so that ratios mean something.
pub(super) fn is_usable(mesh: &Mesh) -> bool {
    let landmarks = Landmarks(mesh);
    let finite = mesh
        .landmarks
        .iter()
        .flatten()
        .all(|value| value.is_finite());
    finite
        && landmarks.inter_eye() >= 4.0
        && landmarks.eye_to_chin() >= 4.0
        && landmarks.face_width() >= 4.0
}

/// A polygon that is asked about many points, most of them one after the other at one height.
pub(super) struct Outline<'a> {
    polygon: &'a [Point],
    /// The height at which `crossings` holds the places where the polygon's sides pass.
    y: f64,
    crossings: Vec<f64>,
}

impl<'a> Outline<'a> {
    /// The polygon with these corners.
    pub(super) fn new(polygon: &'a [Point]) -> Self {
        Self {
            polygon,
            y: f64::NAN,
            crossings: Vec::new(),
        }
    }

    /// Whether `point` lies inside (even-odd rule).
    pub(super) fn contains(&mut self, point: Point) -> bool {
        if self.y.to_bits() != point.y.to_bits() {
            self.cross(point.y);
        }
        let beyond = self.crossings.iter().filter(|place| point.x < **place);
        beyond.count() % 2 == 1
    }

    fn cross(&mut self, y: f64) {
        self.y = y;
        self.crossings.clear();
        let mut previous = self.polygon.last().copied().unwrap_or_default();
        for &corner in self.polygon {
            if (corner.y > y) != (previous.y > y) {
                let along = (y - corner.y) / (previous.y - corner.y);
                self.crossings
                    .push(corner.x + along * (previous.x - corner.x));
            }
            previous = corner;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_inside_or_outside_a_polygon() {
        let arrow = [(0.0, 0.0), (4.0, 0.0), (2.0, 1.0), (4.0, 4.0), (0.0, 4.0)]
            .map(|(x, y)| Point::new(x, y));
        let mut outline = Outline::new(&arrow);
        assert!(outline.contains(Point::new(1.0, 2.0)));
        assert!(!outline.contains(Point::new(3.5, 1.5)));
        assert!(outline.contains(Point::new(0.5, 1.5)));
        assert!(!outline.contains(Point::new(-1.0, 2.0)));
        assert!(!Outline::new(&[]).contains(Point::new(0.0, 0.0)));
    }
}
