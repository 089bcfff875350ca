//! Our results against those of the official runtime, on pictures drawn here with integer arithmetic.
//!
//! `nets_golden.py` draws the same bytes, runs the same weights in MediaPipe 0.10.21 and wrote `nets_golden.json`.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use serde_json::Value;
use zhaoshen_vision::nets::{Engine, ModelFiles, RgbView, Roi, Session};

const WIDTH: usize = 480;
const HEIGHT: usize = 640;
/// Outer ring of the lips, in the order of the network's first twenty lip points.
const LIP_RING: [usize; 20] = [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
];
const LEFT_OUTLINE: [usize; 16] = [
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173,
];
const RIGHT_OUTLINE: [usize; 16] = [
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398,
];

fn golden() -> Value {
    serde_json::from_str(include_str!("nets_golden.json")).unwrap()
}

fn oval(x: i64, y: i64, [cx, cy]: [i64; 2], [a, b]: [i64; 2]) -> i64 {
    let (dx, dy) = (x - cx, y - cy);
    (dx * dx * b * b + dy * dy * a * a) * 1000 / (a * a * b * b)
}

/// The layers of the face at one point, bottom to top: whether they cover it, their shade and colour.
fn layers(x: i64, y: i64) -> Vec<(bool, i64, [i64; 3])> {
    let within = |center, axes| oval(x, y, center, axes) < 1000;
    let face = oval(x, y, [240, 300], [108, 142]);
    let mid = (x - 240).abs();
    let mut layers = vec![
        (within([240, 650], [190, 180]), 0, [40, 42, 60]),
        (mid < 48 && y > 380 && y < 520, mid / 2, [205, 160, 135]),
        (within([240, 275], [122, 158]), 0, [38, 28, 24]),
        (within([128, 305], [17, 34]), 0, [200, 150, 125]),
        (within([352, 305], [17, 34]), 0, [200, 150, 125]),
        (face < 1000 && y > 190, face / 18, [228, 184, 158]),
    ];
    for eye in [194, 286] {
        layers.extend([
            (within([eye, 254], [30, 6]), 0, [52, 38, 32]),
            (within([eye, 284], [24, 14]), 0, [150, 105, 90]),
            (within([eye, 285], [21, 10]), 0, [240, 236, 232]),
            (within([eye, 285], [10, 10]), 0, [82, 54, 36]),
            (within([eye, 285], [5, 5]), 0, [18, 12, 10]),
        ]);
    }
    layers.extend([
        (
            y > 280 && y < 340 && mid < 5 + (y - 280) / 8,
            mid * 2,
            [240, 200, 172],
        ),
        (within([240, 344], [24, 10]), 0, [198, 146, 122]),
        (within([230, 348], [6, 3]), 0, [110, 70, 60]),
        (within([250, 348], [6, 3]), 0, [110, 70, 60]),
        (within([240, 384], [38, 13]), 0, [176, 88, 86]),
        (
            within([240, 384], [36, 12]) && (y - 383).abs() < 2,
            0,
            [110, 48, 50],
        ),
    ]);
    layers
}

fn color(kind: &str, x: i64, y: i64) -> [i64; 3] {
    if kind == "noise" {
        let value = (x * 7919 + y * 104_729 + x * y * 31) % 65521;
        return [value % 251, value / 7 % 241, value / 13 % 239];
    }
    let sky = [90 + y / 16, 170 - y / 16, 245 - x / 32];
    let top = layers(x, y).into_iter().rev().find(|(covers, ..)| *covers);
    top.map_or(sky, |(_, shade, color)| {
        color.map(|channel| (channel - shade).max(0))
    })
}

fn draw(kind: &str) -> Vec<u8> {
    let points = (0..HEIGHT as i64).flat_map(|y| (0..WIDTH as i64).map(move |x| (x, y)));
    points
        .flat_map(|(x, y)| color(kind, x, y).map(|channel| u8::try_from(channel).unwrap()))
        .collect()
}

fn numbers(value: &Value) -> Vec<f32> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap() as f32)
        .collect()
}

fn session() -> Session {
    Engine::embedded().unwrap().session()
}

#[test]
fn both_languages_draw_the_same_pictures() {
    for (kind, sum) in golden()["checksum"].as_object().unwrap() {
        let own: u64 = draw(kind)
            .iter()
            .enumerate()
            .map(|(i, byte)| u64::from(*byte) * (i as u64 % 97 + 1))
            .sum();
        assert_eq!(own, sum.as_u64().unwrap(), "{kind}");
    }
}

#[test]
fn faces_are_found_where_the_official_detector_finds_them() {
    let mut session = session();
    for case in golden()["detections"].as_array().unwrap() {
        let pixels = draw(case["picture"].as_str().unwrap());
        let found = session.detect(&RgbView::new(&pixels, WIDTH, HEIGHT).unwrap());
        let wanted = case["faces"].as_array().unwrap();
        assert_eq!(found.len(), wanted.len());
        for (face, wanted) in found.iter().zip(wanted) {
            let own = [face.left_px, face.top_px, face.width_px, face.height_px];
            assert_near(&own, &numbers(&wanted["box"]), 0.1, "box");
            for (own, wanted) in face
                .keypoints_px
                .iter()
                .zip(wanted["keypoints"].as_array().unwrap())
            {
                assert_near(own, &numbers(wanted), 0.1, "keypoint");
            }
            assert_near(
                &[face.score],
                &[wanted["score"].as_f64().unwrap() as f32],
                1e-3,
                "score",
            );
        }
    }
}

#[test]
fn landmarks_are_within_a_tenth_of_a_pixel_of_the_official_ones() {
    let mut session = session();
    for case in golden()["meshes"].as_array().unwrap() {
        let pixels = draw(case["picture"].as_str().unwrap());
        let picture = RgbView::new(&pixels, WIDTH, HEIGHT).unwrap();
        let &[center_x_px, center_y_px, side_px, rotation_rad] = &numbers(&case["region"])[..]
        else {
            panic!()
        };
        let roi = Roi {
            center_x_px,
            center_y_px,
            side_px,
            rotation_rad,
        };
        let mesh = session.mesh_in(&picture, roi);
        let logit = case["face_logit"].as_f64().unwrap() as f32;
        assert_near(
            &[mesh.face_probability],
            &[1.0 / (1.0 + (-logit).exp())],
            1e-3,
            "face flag",
        );
        if case["surface"].is_null() {
            continue;
        }
        let check = |i: usize, cell: &[f32], what: &str| {
            let wanted = to_picture(cell, &roi);
            assert_near(
                &mesh.landmarks[i][..cell.len()],
                &wanted[..cell.len()],
                0.1,
                &format!("{what} {i} {roi:?}"),
            );
        };
        let irises: [Vec<usize>; 2] = [(468..473).collect(), (473..478).collect()];
        for (part, points) in [
            ("lips", &LIP_RING[..]),
            ("left_eye", &LEFT_OUTLINE),
            ("right_eye", &RIGHT_OUTLINE),
            ("left_iris", &irises[0]),
            ("right_iris", &irises[1]),
        ] {
            for (i, cell) in points.iter().zip(numbers(&case[part]).chunks(2)) {
                check(*i, cell, part);
            }
        }
        for (n, cell) in case["surface"].as_array().unwrap().iter().enumerate() {
            let wanted = to_picture(&numbers(cell), &roi);
            assert_near(&[mesh.landmarks[9 * n][2]], &wanted[2..], 0.1, "depth");
            if OUTSIDE_THE_REFINED_PARTS.contains(&(9 * n)) {
                check(9 * n, &numbers(cell), "surface");
            }
        }
    }
}

/// Multiples of nine among the landmarks that no refined part replaces.
const OUTSIDE_THE_REFINED_PARTS: [usize; 21] = [
    9, 18, 36, 45, 54, 99, 108, 126, 135, 162, 171, 198, 207, 216, 234, 279, 288, 297, 333, 351,
    432,
];

/// A point of the network's 192×192 input in picture pixels.
fn to_picture(cell: &[f32], roi: &Roi) -> [f32; 3] {
    let (sin, cos) = roi.rotation_rad.sin_cos();
    let [u, v] = [cell[0], cell[1]].map(|v| (v / 192.0 - 0.5) * roi.side_px);
    let z = cell.get(2).map_or(0.0, |z| z / 192.0 * roi.side_px);
    [
        roi.center_x_px + u * cos - v * sin,
        roi.center_y_px + u * sin + v * cos,
        z,
    ]
}

#[test]
fn masks_agree_with_the_official_ones() {
    let mut session = session();
    for case in golden()["masks"].as_array().unwrap() {
        let pixels = draw(case["picture"].as_str().unwrap());
        let mask = session.person_mask(&RgbView::new(&pixels, WIDTH, HEIGHT).unwrap());
        let own: Vec<f32> = mask.grid().iter().step_by(331).copied().collect();
        assert_near(&own, &numbers(&case["every_331st_cell"]), 0.01, "mask");
    }
}

#[test]
fn portable_kernels_give_the_same_results() {
    let pixels = draw("face");
    let picture = RgbView::new(&pixels, WIDTH, HEIGHT).unwrap();
    let portable = Arc::new(Engine::read(ModelFiles::EMBEDDED).unwrap().portable());
    let (mut fast, mut plain) = (session(), portable.session());
    let (face, other) = (fast.detect(&picture)[0], plain.detect(&picture)[0]);
    assert_near(
        face.keypoints_px.as_flattened(),
        other.keypoints_px.as_flattened(),
        1e-2,
        "keypoints",
    );
    let (mesh, other) = (fast.mesh(&picture, &face), plain.mesh(&picture, &face));
    assert_near(
        mesh.landmarks.as_flattened(),
        other.landmarks.as_flattened(),
        1e-2,
        "landmarks",
    );
    assert_near(
        fast.person_mask(&picture).grid(),
        plain.person_mask(&picture).grid(),
        1e-3,
        "mask",
    );
}

#[test]
fn a_session_remembers_nothing() {
    let (face, noise) = (draw("face"), draw("noise"));
    let (face, noise) = (
        RgbView::new(&face, WIDTH, HEIGHT).unwrap(),
        RgbView::new(&noise, WIDTH, HEIGHT).unwrap(),
    );
    let mut used = session();
    let first = (used.detect(&face), used.person_mask(&face));
    let mesh = used.mesh(&face, &first.0[0]);
    used.detect(&noise);
    used.person_mask(&noise);
    used.mesh(&noise, &first.0[0]);
    assert!(
        used.mesh(&face, &first.0[0]) == mesh
            && (used.detect(&face), used.person_mask(&face)) == first
    );
}

fn assert_near(own: &[f32], wanted: &[f32], tolerance: f32, what: &str) {
    assert_eq!(own.len(), wanted.len(), "{what}");
    for (i, (own, wanted)) in own.iter().zip(wanted).enumerate() {
        assert!(
            (own - wanted).abs() <= tolerance,
            "{what}[{i}]: {own} instead of {wanted}"
        );
    }
}
