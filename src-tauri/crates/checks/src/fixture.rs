//! A photo as good as photos get, to be spoilt by one thing at a time in tests.

#![allow(clippy::unwrap_used, reason = "test fixture")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use zhaoshen_model::detail::DetailFacts;
use zhaoshen_model::lobe::LobeFacts;
use zhaoshen_model::measurement::{
    Completeness, EarlierSave, FaceBox, FaceFacts, FaceRegions, FileFacts, FileFormat, FileMarks,
    IccProfile, JpegFacts, LightFacts, LookHash, MEASUREMENT_VERSION, Measurements, PictureFacts,
    SceneFacts, TraceFacts,
};
use zhaoshen_model::parse::{ParseFacts, RegionConfidences};
use zhaoshen_model::{
    Finding, NearPhoto, PhotoHistory, PixelRect, Point, Profile, Severity, SubmissionId,
};

use crate::judge::judge;
use crate::profile_file::builtin;
use crate::subject::Role;

/// One line of a rule's table: what is done to the good photo, and what the rule then says.
pub(crate) struct Case {
    pub name: &'static str,
    pub change: fn(&mut Fixture),
    pub expect: Severity,
    /// A part of the message.
    pub says: &'static str,
}

impl Case {
    pub const fn new(
        name: &'static str,
        change: fn(&mut Fixture),
        expect: Severity,
        says: &'static str,
    ) -> Self {
        Self {
            name,
            change,
            expect,
            says,
        }
    }
}

static STANDARD: LazyLock<Profile> = LazyLock::new(|| builtin("moe99").unwrap());

/// Everything a rule looks at, owned.
#[derive(Clone)]
pub(crate) struct Fixture {
    pub measurements: Measurements,
    pub profile: Profile,
    pub history: PhotoHistory,
    pub role: Role,
}

impl Fixture {
    /// A faultless 480×640 submission under the 99号 standard.
    pub fn good() -> Self {
        Self {
            measurements: measurements(),
            profile: STANDARD.clone(),
            history: PhotoHistory::default(),
            role: Role::Submission,
        }
    }

    /// The good photo after `change`.
    pub fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut fixture = Self::good();
        change(&mut fixture);
        fixture
    }

    /// What the rules find.
    pub fn judged(&self) -> Vec<Finding> {
        judge(&self.measurements, &self.profile, &self.history, self.role)
    }

    /// Judged by another built-in profile.
    pub fn under(&mut self, profile: &str) {
        self.profile = builtin(profile).unwrap();
    }

    pub fn jpeg(&mut self) -> &mut JpegFacts {
        self.measurements.jpeg.as_mut().unwrap()
    }

    pub fn picture(&mut self) -> &mut PictureFacts {
        self.measurements.picture.as_mut().unwrap()
    }

    pub fn face(&mut self) -> &mut FaceFacts {
        self.measurements.face.as_mut().unwrap()
    }

    pub fn parse(&mut self) -> &mut ParseFacts {
        self.measurements.parse.as_mut().unwrap()
    }

    pub fn scene(&mut self) -> &mut SceneFacts {
        self.measurements.scene.as_mut().unwrap()
    }

    pub fn light(&mut self) -> &mut LightFacts {
        self.measurements.light.as_mut().unwrap()
    }

    pub fn detail(&mut self) -> &mut DetailFacts {
        self.measurements.detail.as_mut().unwrap()
    }

    /// The lobe of one ear, where it shows.
    pub fn lobe(&mut self, side: usize) -> &mut LobeFacts {
        self.measurements.lobes[side].as_mut().unwrap()
    }

    pub fn trace(&mut self) -> &mut TraceFacts {
        self.measurements.trace.as_mut().unwrap()
    }

    pub fn earlier_save(&mut self) -> &mut EarlierSave {
        self.trace().earlier_save.as_mut().unwrap()
    }

    /// Taken at one time and judged on a day.
    pub fn taken(&mut self, at: &str, judged_on: &str) {
        self.jpeg().taken_at = Some(at.into());
        self.history.judged_on = Some(judged_on.into());
    }

    /// Nothing but the bytes could be read.
    pub fn spoil(&mut self) {
        self.measurements.file.completeness = Completeness::Undecodable("bad huffman".into());
        self.measurements.jpeg = None;
        self.measurements.picture = None;
        self.measurements.trace = None;
        self.lose_face();
    }

    /// The picture shows nobody.
    pub fn lose_face(&mut self) {
        self.measurements.faces.clear();
        self.measurements.face = None;
        self.measurements.scene = None;
        self.measurements.light = None;
        self.measurements.detail = None;
        self.measurements.parse = None;
        self.measurements.lobes = [None; 2];
        if let Some(trace) = self.measurements.trace.as_mut() {
            trace.resolved_share = None;
            trace.resolved_eye_distance_px = None;
            trace.skin_smoothness_ratio = None;
            trace.look = None;
        }
    }

    /// Moves the eye line without moving the head.
    pub fn move_eyes(&mut self, y: f64) {
        let face = self.face();
        face.eye_line_y_px = y;
        face.left_iris.y = y;
        face.right_iris.y = y;
    }

    /// Tilts the line between the irises by `degrees`, clockwise.
    pub fn tilt(&mut self, degrees: f64) {
        let face = self.face();
        let half = face.inter_eye_distance_px / 2.0;
        let (rise, run) = degrees.to_radians().sin_cos();
        face.left_iris = Point::new(240.0 - half * run, 250.0 - half * rise);
        face.right_iris = Point::new(240.0 + half * run, 250.0 + half * rise);
        face.roll_deg = degrees;
    }

    /// Gives the picture other dimensions and scales and shifts the person within it.
    pub fn reframe(&mut self, size: (u32, u32), factor: f64, shift: (f64, f64)) {
        let picture = self.picture();
        (picture.width_px, picture.height_px) = size;
        self.jpeg().stored_width_px = size.0;
        self.jpeg().stored_height_px = size.1;
        let place = |point: &mut Point| {
            *point = Point::new(point.x * factor + shift.0, point.y * factor + shift.1);
        };
        let face = self.face();
        for point in [
            &mut face.left_iris,
            &mut face.right_iris,
            &mut face.chin,
            &mut face.forehead,
            &mut face.cheek_left,
            &mut face.cheek_right,
        ] {
            place(point);
        }
        face.eye_line_y_px = face.eye_line_y_px * factor + shift.1;
        face.crown_y_px = face.crown_y_px.map(|crown| crown * factor + shift.1);
        face.face_centre_x_px = face.face_centre_x_px * factor + shift.0;
        face.face_width_px *= factor;
        face.inter_eye_distance_px *= factor;
    }
}

/// A submission that looks like the same picture.
pub(crate) fn near_photo(student_no: &str, distance_bits: u32) -> NearPhoto {
    NearPhoto {
        submission: SubmissionId(7),
        student_no: student_no.into(),
        distance_bits,
    }
}

fn measurements() -> Measurements {
    Measurements {
        version: MEASUREMENT_VERSION,
        file: FileFacts {
            extension: "jpg".into(),
            size_bytes: 60_000,
            format: FileFormat::Jpeg,
            completeness: Completeness::Complete,
            trailing_bytes: 0,
        },
        jpeg: Some(jpeg()),
        picture: Some(PictureFacts {
            width_px: 480,
            height_px: 640,
            mean_chroma: 20.0,
            border_px: [0; 4],
            blockiness_ratio: 1.0,
        }),
        faces: vec![FaceBox {
            rect: PixelRect::new(125.0, 170.0, 230.0, 230.0),
            score: 0.95,
        }],
        face: Some(face()),
        scene: Some(scene()),
        parse: Some(ParseFacts {
            skin_hair_separation: Some(5.0),
            ear_areas: [Some(0.1); 2],
            ear_hair_shares: [Some(0.2); 2],
            covered_brow_shares: [Some(0.0); 2],
            covered_eye_shares: [Some(0.0); 2],
            hairline_y_px: Some(132.0),
            hair_lab: Some([15.0, 2.0, 2.0]),
            confidences: RegionConfidences {
                skin: Some(0.95),
                hair: Some(0.95),
                background: Some(0.95),
                ears: [Some(0.9); 2],
                brows: [Some(0.9); 2],
                eyes: [Some(0.9); 2],
                lips: Some(0.9),
                teeth: Some(0.9),
                neck: Some(0.9),
            },
        }),
        lobes: [Some(LobeFacts {
            spot: 2.5,
            yellow: 0.3,
            hang: 0.0,
        }); 2],
        light: Some(LightFacts {
            face_lightness: 65.0,
            overexposed_share: 0.0,
            underexposed_share: 0.0,
            cheek_lightness_difference: 1.0,
            cheek_ab: [12.0, 18.0],
            sharpness: 1e4,
            eye_sharpness: 1e4,
        }),
        detail: Some(DetailFacts {
            glasses_evidence: 1.0,
            lens_lightness_ratios: [0.95, 0.95],
            lens_colour_shift: 2.0,
            glare_shares: [0.0; 2],
            highlight_share: 0.0,
            highlight_rect: None,
            pupil_rednesses: [-10.0; 2],
        }),
        trace: Some(TraceFacts {
            marks: FileMarks::default(),
            earlier_save: Some(EarlierSave {
                double_gain: 0.0,
                earlier_quality: None,
                shifted_grid: 0.01,
            }),
            resolved_share: Some(1.0),
            resolved_eye_distance_px: Some(100.0),
            skin_smoothness_ratio: Some(6.0),
            moire_peak: Some(0.8),
            edge_shares: Some([0.05; 4]),
            look: Some(LookHash([0; 32])),
        }),
    }
}

fn jpeg() -> JpegFacts {
    JpegFacts {
        stored_width_px: 480,
        stored_height_px: 640,
        components: 3,
        bits_per_component: 8,
        progressive: false,
        subsampling: "4:2:0".into(),
        quality: Some(92),
        standard_tables: true,
        density_dpi: Some((300.0, 300.0)),
        icc: IccProfile::Absent,
        orientation: 1,
        software: Vec::new(),
        taken_at: None,
        camera: None,
        has_gps: false,
    }
}

fn face() -> FaceFacts {
    FaceFacts {
        probability: 0.99,
        left_iris: Point::new(190.0, 250.0),
        right_iris: Point::new(290.0, 250.0),
        eye_line_y_px: 250.0,
        inter_eye_distance_px: 100.0,
        chin: Point::new(240.0, 410.0),
        crown_y_px: Some(80.0),
        forehead: Point::new(240.0, 130.0),
        cheek_left: Point::new(125.0, 300.0),
        cheek_right: Point::new(355.0, 300.0),
        face_width_px: 230.0,
        face_centre_x_px: 240.0,
        yaw_deg: 0.0,
        pitch_deg: 0.0,
        roll_deg: 0.0,
        pose_residual_ratio: 0.01,
        eye_gap_ratios: [0.07, 0.07],
        eye_aspect_ratios: [0.3, 0.3],
        gaze_ratios: [0.5, 0.5],
        mouth_gap_ratio: 0.0,
        teeth_share: None,
        teeth_ratio: None,
        regions: FaceRegions {
            eyes: PixelRect::new(150.0, 210.0, 180.0, 70.0),
            ear_left: PixelRect::new(95.0, 230.0, 40.0, 90.0),
            ear_right: PixelRect::new(345.0, 230.0, 40.0, 90.0),
            mouth: PixelRect::new(190.0, 330.0, 100.0, 50.0),
        },
    }
}

fn scene() -> SceneFacts {
    SceneFacts {
        background_share: 0.45,
        background_rgb: [100, 197, 255],
        background_lab: crate::colour::lab_of([100, 197, 255]),
        background_lightness_std: 0.5,
        background_zone_delta_e: 1.0,
        background_gradient: 0.1,
        background_outlier_share: 0.0,
        background_outlier_rect: None,
        background_shadow_share: 0.0,
        clothes_rgb: Some([30, 30, 40]),
        clothes_delta_e: Some(60.0),
        shoulder_skin_share: Some(0.0),
        shoulder_confidence: Some(0.9),
        clothes_pattern: Some(1.0),
        clothes_confidence: Some(0.9),
        touches_top_share: 0.0,
        touches_sides_share: 0.0,
        shoulder_tilt_deg: Some(0.0),
        shoulder_reach: Some(1.0),
        shoulders: Some((Point::new(40.0, 520.0), Point::new(440.0, 520.0))),
    }
}

/// Names of all that is measured, after the version they are of.
const NAMES: &str = include_str!("fixture_names.txt");

#[test]
fn another_number_is_measured_under_another_version() {
    let value = serde_json::to_value(measurements()).unwrap_or_default();
    let mut names = BTreeSet::new();
    gather(&value, String::new(), &mut names);
    let mut found = format!("version {MEASUREMENT_VERSION}\n");
    for name in names {
        found.push_str(&name);
        found.push('\n');
    }
    assert!(
        found == NAMES,
        "the measurements hold other numbers than fixture_names.txt names, or their version is another: photos of \
         running rounds would keep what was measured before, or not be read at all. Raise MEASUREMENT_VERSION in \
         src-tauri/crates/model/src/measurement.rs by one, unless that was done, and have \
         src-tauri/crates/checks/src/fixture_names.txt say:\n{found}"
    );
}

/// The names of every number, text and flag; of several alike, of the first.
fn gather(value: &Value, name: String, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                let dot = if name.is_empty() { "" } else { "." };
                gather(value, format!("{name}{dot}{field}"), into);
            }
        }
        Value::Array(items) if !items.is_empty() => gather(&items[0], format!("{name}[]"), into),
        Value::Array(_) => {
            into.insert(format!("{name}[]"));
        }
        _ => {
            into.insert(name);
        }
    }
}
