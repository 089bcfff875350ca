//! Head pose: the canonical face, turned and moved until a pinhole camera sees it where the landmarks are.
//!
//! Only points that keep their place on the skull take part (eye corners, nose, brows, temples, cheek outline; no
//! lips, no chin), and only where they are in the picture: the network's depth merely starts the search. The camera is taken
//! to stand one metre away and to aim at the picture's centre, which matters little: 0.6 or 1.5 times
//! the distance move the pitch of a portrait by less than a degree.
//!
//! People's faces differ from the canonical one, above all in height, so one person's pitch is only known to within
//! some 4° (standard deviation over 70 neutral frontal portraits; yaw 2.3°, roll 1.5°, both of which include
//! how people really held their heads). Thresholds should leave room for that.

use super::Mesh;

/// How the head is turned, in degrees. A frontal upright face has all three near 0. The turns apply
/// in the order pitch, yaw, roll.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadPose {
    /// −90 to 90. Positive: the face turns to the right side of the picture.
    pub yaw_deg: f32,
    /// −180 to 180. Positive: chin up.
    pub pitch_deg: f32,
    /// −180 to 180. Positive: the head tilts clockwise as seen.
    pub roll_deg: f32,
    /// Root mean square misfit of the landmarks, as a share of the distance between the outer eye corners; 1 at
    /// most. Portraits have 0.02 to 0.03; a mesh that is no face has more, a senseless one 1.
    pub residual_ratio: f32,
}

type Point = [f64; 3];
/// Rows of a rotation.
type Rotation = [Point; 3];

/// The canonical face as the build script found it: centimetres, x to picture right, y up, z to the viewer.
static CANONICAL: [Point; 468] = include!(concat!(env!("OUT_DIR"), "/canonical_face.rs"));

/// Landmarks that keep their place on the skull.
const RIGID: [usize; 29] = [
    33, 133, 362, 263, 168, 6, 197, 195, 5, 4, 1, 19, 94, 2, 98, 327, 10, 151, 9, 234, 454, 127,
    356, 132, 361, 93, 323, 58, 288,
];
/// Outer eye corners at picture left and right, forehead and nose base: enough for a first guess.
const FRAME: [usize; 4] = [33, 263, 10, 2];
const CAMERA_DISTANCE_CM: f64 = 100.0;
/// What the fit gives on average for people told to look straight ahead (70 neutral frontal portraits).
const NEUTRAL_PITCH_DEG: f64 = -0.2;
const ROUNDS: usize = 12;

/// Fits the canonical face to the landmarks; `width_px` and `height_px` are the picture's size.
///
/// A mesh that cannot be a face (points on top of each other, not finite) gives zero angles and a residual of 1.
#[must_use]
pub fn pose(mesh: &Mesh, width_px: usize, height_px: usize) -> HeadPose {
    let center = [width_px as f64 / 2.0, height_px as f64 / 2.0];
    let landmark = |i: usize| mesh.landmarks[i].map(f64::from);
    let nothing = HeadPose {
        yaw_deg: 0.0,
        pitch_deg: 0.0,
        roll_deg: 0.0,
        residual_ratio: 1.0,
    };
    let Some(fit) = Fit::start(landmark).and_then(|fit| fit.refine(landmark, center)) else {
        return nothing;
    };
    let [left, right] = [landmark(33), landmark(263)];
    let eyes_px = (right[0] - left[0]).hypot(right[1] - left[1]);
    let residual = fit.misfit_px(landmark, center) / eyes_px;
    let r = fit.rotation;
    let yaw = r[2][0].clamp(-1.0, 1.0).asin();
    let pitch = -r[2][1].atan2(r[2][2]);
    let roll = r[1][0].atan2(r[0][0]);
    let angles = [
        yaw.to_degrees(),
        pitch.to_degrees() - NEUTRAL_PITCH_DEG,
        roll.to_degrees(),
    ];
    if !residual.is_finite() || angles.iter().any(|angle| !angle.is_finite()) {
        return nothing;
    }
    let [yaw_deg, pitch_deg, roll_deg] = angles.map(|angle| angle as f32);
    HeadPose {
        yaw_deg,
        pitch_deg,
        roll_deg,
        residual_ratio: residual.min(1.0) as f32,
    }
}

/// A camera's view of the canonical face, in axes x to picture right, y down, z away from the viewer.
struct Fit {
    rotation: Rotation,
    /// Centimetres from the camera to the canonical origin.
    shift: Point,
    /// Pixels per unit of slope.
    focal_px: f64,
}

impl Fit {
    /// The turn that carries the canonical eye line and face height onto those of the landmarks.
    fn start(landmark: impl Fn(usize) -> Point) -> Option<Self> {
        let own = FRAME.map(model_point);
        let seen = FRAME.map(landmark);
        let (from, to) = (frame(&own)?, frame(&seen)?);
        let rotation = std::array::from_fn(|row| {
            std::array::from_fn(|column| {
                (0..3).map(|axis| to[axis][row] * from[axis][column]).sum()
            })
        });
        let px_per_cm = length(subtract(seen[1], seen[0])) / length(subtract(own[1], own[0]));
        Some(Self {
            rotation,
            shift: [0.0, 0.0, CAMERA_DISTANCE_CM],
            focal_px: px_per_cm * CAMERA_DISTANCE_CM,
        })
    }

    /// Gauss–Newton on the distances in the picture.
    fn refine(mut self, landmark: impl Fn(usize) -> Point, center: [f64; 2]) -> Option<Self> {
        let [x, y, _] = landmark(RIGID[10]);
        for (axis, at) in [x - center[0], y - center[1]].into_iter().enumerate() {
            self.shift[axis] = at * CAMERA_DISTANCE_CM / self.focal_px;
        }
        for _ in 0..ROUNDS {
            let step = self.step(&landmark, center)?;
            let [a, b, c, shift @ ..] = step;
            self.rotation = turned(&self.rotation, [a, b, c]);
            self.shift = std::array::from_fn(|axis| self.shift[axis] + shift[axis]);
            if step.iter().all(|part| part.abs() < 1e-7) {
                break;
            }
        }
        Some(self)
    }

    /// The canonical point turned, and the same seen from the camera.
    fn place(&self, i: usize) -> (Point, Point) {
        let point = model_point(i);
        let turned = self.rotation.map(|row| dot(row, point));
        (
            turned,
            std::array::from_fn(|axis| turned[axis] + self.shift[axis]),
        )
    }

    /// Where the camera sees canonical point `i`, less where the landmark is.
    fn error(&self, i: usize, landmark: Point, center: [f64; 2]) -> [f64; 2] {
        let (_, seen) = self.place(i);
        [0, 1].map(|axis| self.focal_px * seen[axis] / seen[2] + center[axis] - landmark[axis])
    }

    fn misfit_px(&self, landmark: impl Fn(usize) -> Point, center: [f64; 2]) -> f64 {
        let squares = RIGID.iter().map(|&i| {
            let [x, y] = self.error(i, landmark(i), center);
            x * x + y * y
        });
        (squares.sum::<f64>() / RIGID.len() as f64).sqrt()
    }

    /// The least-squares step: three small turns, three shifts.
    fn step(&self, landmark: impl Fn(usize) -> Point, center: [f64; 2]) -> Option<[f64; 6]> {
        let mut normal = [[0.0; 7]; 6];
        for &i in &RIGID {
            let error = self.error(i, landmark(i), center);
            let ([x, y, z], seen) = self.place(i);
            // Columns: how the seen point moves with each of the six unknowns.
            let moves = [
                [0.0, -z, y],
                [z, 0.0, -x],
                [-y, x, 0.0],
                [1.0, 0.0, 0.0],
                [0.0, 1.0, 0.0],
                [0.0, 0.0, 1.0],
            ];
            for axis in 0..2 {
                let slope = moves
                    .map(|m| self.focal_px * (m[axis] - m[2] * seen[axis] / seen[2]) / seen[2]);
                for (row, part) in normal.iter_mut().zip(slope) {
                    for (cell, other) in row.iter_mut().zip(slope) {
                        *cell += part * other;
                    }
                    row[6] -= part * error[axis];
                }
            }
        }
        solve(normal)
    }
}

/// A canonical point in the camera's axes.
fn model_point(i: usize) -> Point {
    let [x, y, z] = CANONICAL[i];
    [x, -y, -z]
}

/// Three perpendicular directions: along the eyes, down the face, away from the viewer.
fn frame([left, right, forehead, nose]: &[Point; 4]) -> Option<[Point; 3]> {
    let across = unit(subtract(*right, *left))?;
    let down = subtract(*nose, *forehead);
    let away = unit(cross(across, down))?;
    Some([across, cross(away, across), away])
}

fn subtract(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn dot(a: Point, b: Point) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn length(a: Point) -> f64 {
    dot(a, a).sqrt()
}

fn unit(a: Point) -> Option<Point> {
    let length = length(a);
    (length > 1e-9 && length.is_finite()).then(|| a.map(|v| v / length))
}

fn cross(a: Point, b: Point) -> Point {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

/// `rotation` turned further by the small rotation vector `by` (Rodrigues' formula).
fn turned(rotation: &Rotation, by: Point) -> Rotation {
    let angle = length(by);
    let Some(axis) = unit(by) else {
        return *rotation;
    };
    let (sin, cos) = angle.sin_cos();
    let turn = |v: Point| -> Point {
        let (along, across) = (dot(axis, v) * (1.0 - cos), cross(axis, v));
        std::array::from_fn(|i| v[i] * cos + across[i] * sin + axis[i] * along)
    };
    let columns = [0, 1, 2].map(|column| {
        turn([
            rotation[0][column],
            rotation[1][column],
            rotation[2][column],
        ])
    });
    std::array::from_fn(|row| std::array::from_fn(|column| columns[column][row]))
}

/// Gaussian elimination with pivoting; the seventh column is the right-hand side.
fn solve(mut rows: [[f64; 7]; 6]) -> Option<[f64; 6]> {
    for i in 0..6 {
        let pivot = (i..6).max_by(|a, b| rows[*a][i].abs().total_cmp(&rows[*b][i].abs()))?;
        rows.swap(i, pivot);
        let head = rows[i];
        if !(head[i].abs() > 1e-12 && head[i].is_finite()) {
            return None;
        }
        for row in &mut rows[i + 1..] {
            let factor = row[i] / head[i];
            for (cell, above) in row.iter_mut().zip(head).skip(i) {
                *cell -= factor * above;
            }
        }
    }
    let mut solution = [0.0; 6];
    for i in (0..6).rev() {
        let known: f64 = (i + 1..6).map(|j| rows[i][j] * solution[j]).sum();
        solution[i] = (rows[i][6] - known) / rows[i][i];
    }
    solution.iter().all(|v| v.is_finite()).then_some(solution)
}

#[cfg(test)]
mod tests {
    use super::super::Roi;
    use super::*;

    const SIZE: usize = 600;

    /// The canonical face, turned by pitch, then yaw, then roll (degrees), as a camera `distance` centimetres away sees it.
    fn mesh([yaw, pitch, roll]: [f64; 3], distance: f64) -> Mesh {
        let mut rotation: Rotation = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        rotation = turned(&rotation, [-pitch.to_radians(), 0.0, 0.0]);
        rotation = turned(&rotation, [0.0, -yaw.to_radians(), 0.0]);
        rotation = turned(&rotation, [0.0, 0.0, roll.to_radians()]);
        let mut landmarks = [[0.0; 3]; 478];
        let focal_px = 15.0 * distance;
        for (i, landmark) in landmarks.iter_mut().take(468).enumerate() {
            let [x, y, z] = rotation.map(|row| dot(row, model_point(i)));
            let z_seen = z + distance;
            let place = [
                focal_px * x / z_seen + 300.0,
                focal_px * y / z_seen + 300.0,
                z * 15.0,
            ];
            *landmark = place.map(|v| v as f32);
        }
        let roi = Roi {
            center_x_px: 300.0,
            center_y_px: 300.0,
            side_px: 300.0,
            rotation_rad: 0.0,
        };
        Mesh {
            landmarks,
            face_probability: 1.0,
            roi,
        }
    }

    #[test]
    fn known_turns_are_found_again() {
        let turns = [
            [0.0, 0.0, 0.0],
            [20.0, 0.0, 0.0],
            [0.0, -25.0, 0.0],
            [0.0, 0.0, 40.0],
            [-15.0, 12.0, -8.0],
            [35.0, 20.0, 170.0],
        ];
        for turn in turns {
            let found = pose(&mesh(turn, CAMERA_DISTANCE_CM), SIZE, SIZE);
            let own = [
                found.yaw_deg,
                found.pitch_deg + NEUTRAL_PITCH_DEG as f32,
                found.roll_deg,
            ];
            for (own, wanted) in own.into_iter().zip(turn) {
                assert!((f64::from(own) - wanted).abs() < 0.5, "{turn:?}: {found:?}");
            }
            assert!(found.residual_ratio < 0.01, "{found:?}");
        }
    }

    #[test]
    fn the_signs_are_as_documented() {
        let nose_x = |mesh: &Mesh| {
            mesh.landmarks[1][0] - f32::midpoint(mesh.landmarks[234][0], mesh.landmarks[454][0])
        };
        let right = mesh([20.0, 0.0, 0.0], 100.0);
        assert!(
            nose_x(&right) > 10.0 && pose(&right, SIZE, SIZE).yaw_deg > 15.0,
            "nose towards picture right"
        );
        let nose_y = |mesh: &Mesh| {
            mesh.landmarks[1][1] - f32::midpoint(mesh.landmarks[234][1], mesh.landmarks[454][1])
        };
        let up = mesh([0.0, 20.0, 0.0], 100.0);
        assert!(
            nose_y(&up) < nose_y(&mesh([0.0; 3], 100.0)) - 10.0
                && pose(&up, SIZE, SIZE).pitch_deg > 15.0
        );
        let tilted = mesh([0.0, 0.0, 20.0], 100.0);
        let eyes = [tilted.landmarks[33], tilted.landmarks[263]];
        assert!(
            eyes[1][1] > eyes[0][1] + 10.0 && pose(&tilted, SIZE, SIZE).roll_deg > 15.0,
            "right eye lower"
        );
    }

    #[test]
    fn another_camera_distance_matters_little() {
        for distance in [60.0, 250.0] {
            let found = pose(&mesh([10.0, -10.0, 5.0], distance), SIZE, SIZE);
            assert!(
                (found.yaw_deg - 10.0).abs() < 2.0 && (found.pitch_deg + 10.0).abs() < 3.0,
                "{distance}: {found:?}"
            );
        }
    }

    #[test]
    fn senseless_meshes_fit_nothing() {
        for bad in [0.0, f32::NAN, f32::INFINITY, 1e30] {
            let mut mesh = mesh([0.0; 3], 100.0);
            mesh.landmarks = [[bad; 3]; 478];
            assert!(pose(&mesh, SIZE, SIZE).residual_ratio > 0.9, "{bad}");
        }
    }
}
