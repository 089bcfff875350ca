//! Tests of running the rules.

#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use zhaoshen_model::profile::Outside;

use super::*;
use crate::band::Band;
use crate::fixture::Fixture;
use crate::profile_file::list;

/// The rules that fail.
fn failing(findings: &[Finding]) -> Vec<&str> {
    let failing = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Fail);
    failing.map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_good_photo_passes_under_every_built_in_profile() {
    for (name, _) in list() {
        let photo = Fixture::with(|f| f.under(&name));
        let findings = photo.judged();
        let off: Vec<_> = findings
            .iter()
            .filter(|f| f.severity != Severity::Pass)
            .collect();
        assert!(off.is_empty(), "{name}: {off:?}");
        assert_eq!(findings.len(), RULES.len(), "{name}");
    }
}

#[test]
fn findings_come_failing_first_and_carry_value_band_clause_and_marks() {
    let findings = Fixture::with(|f| {
        f.move_eyes(331.0);
        f.face().crown_y_px = None;
        f.scene().clothes_delta_e = Some(1.0);
    })
    .judged();
    let first = &findings[0];
    assert_eq!(
        (first.code.as_str(), first.severity),
        ("GEO-02", Severity::Fail)
    );
    assert_eq!(first.message, "眼睛距上边沿 331 px，应在 200–300 px");
    assert_eq!(first.clause, "99号 四2");
    assert_eq!(
        (first.value, first.min, first.max),
        (Some(331.0), Some(200.0), Some(300.0))
    );
    let line = zhaoshen_model::Mark::HorizontalLine {
        y: 331.0,
        min: Some(200.0),
        max: Some(300.0),
    };
    assert_eq!(first.marks, [line]);
    let order: Vec<u8> = findings
        .iter()
        .map(|finding| rank(finding.severity))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    let unknown: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Unknown)
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!(unknown, ["GEO-01", "GEO-05"]);
}

#[test]
fn marks_lie_in_the_picture_and_values_in_the_final_frame() {
    let findings = Fixture::with(|f| f.reframe((1440, 1920), 3.0, (0.0, 0.0))).judged();
    let eyes = findings
        .iter()
        .find(|finding| finding.code == "GEO-02")
        .unwrap();
    assert!((eyes.value.unwrap() - 250.0).abs() < 1e-9);
    let line = zhaoshen_model::Mark::HorizontalLine {
        y: 750.0,
        min: Some(600.0),
        max: Some(900.0),
    };
    assert_eq!(eyes.marks, [line]);
}

#[test]
fn of_an_undecodable_file_one_rule_fails_and_the_picture_rules_cannot_tell() {
    let findings = Fixture::with(Fixture::spoil).judged();
    let codes = |severity| -> Vec<&str> {
        let of = findings
            .iter()
            .filter(|finding| finding.severity == severity);
        of.map(|finding| finding.code.as_str()).collect()
    };
    assert_eq!(codes(Severity::Fail), ["FILE-01"]);
    assert_eq!(codes(Severity::Warn), Vec::<&str>::new());
    let pictured = ["FACE", "GEO", "POSE", "BG", "WEAR", "LIGHT", "SHARP"];
    for finding in &findings {
        let on_picture = pictured
            .iter()
            .any(|family| finding.code.starts_with(family));
        assert!(
            !on_picture || finding.severity == Severity::Unknown,
            "{finding:?}"
        );
    }
}

#[test]
fn without_a_face_the_face_rules_cannot_tell() {
    let findings = Fixture::with(Fixture::lose_face).judged();
    assert_eq!(
        (findings[0].code.as_str(), findings[0].severity),
        ("FACE-01", Severity::Fail)
    );
    let unknown = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Unknown);
    for finding in unknown {
        assert!(finding.message.contains("没有找到人脸"), "{finding:?}");
    }
}

#[test]
fn a_finished_file_is_judged_strictly_and_not_by_intake_rules() {
    let finished = |f: &mut Fixture| {
        f.role = Role::Rendition;
        f.measurements.file.size_bytes = 35_000;
    };
    let findings = Fixture::with(finished).judged();
    assert!(
        findings
            .iter()
            .all(|finding| finding.severity == Severity::Pass),
        "{findings:?}"
    );
    for code in ["FILE-04", "FILE-06", "FILE-07", "JPEG-02", "EDIT-01"] {
        assert!(
            findings.iter().all(|finding| finding.code != code),
            "{code}"
        );
    }
    let returned = Fixture::with(|f| {
        finished(f);
        f.role = Role::Returned;
        f.history.shared_with = vec!["2021001002".to_owned()];
    })
    .judged();
    assert_eq!(failing(&returned), ["FILE-06"], "whose picture it is");
    assert_eq!(returned.len(), findings.len() + 2);
    let spoilt = Fixture::with(|f| {
        finished(f);
        f.jpeg().density_dpi = None;
        f.picture().width_px = 481;
    })
    .judged();
    assert_eq!(failing(&spoilt), ["JPEG-01", "JPEG-03"]);
}

#[test]
fn rules_without_settings_or_switched_off_are_not_asked() {
    let findings = Fixture::with(|f| {
        f.profile.rules.remove("GEO-02");
        f.profile.rules.get_mut("FACE-03").unwrap().enabled = false;
    })
    .judged();
    assert_eq!(findings.len(), RULES.len() - 2);
    assert!(
        findings
            .iter()
            .all(|f| f.code != "GEO-02" && f.code != "FACE-03")
    );
}

#[test]
fn the_short_way_agrees_with_the_worded_one_on_every_case_of_every_rule() {
    for case in RULES.iter().flat_map(|rule| rule.cases) {
        let photo = Fixture::with(case.change);
        let Fixture {
            measurements,
            profile,
            history,
            role,
        } = &photo;
        let mut short = severities(measurements, profile, history, *role);
        short.sort_by_key(|(_, severity)| rank(*severity));
        let findings = photo.judged();
        let long: Vec<_> = findings
            .iter()
            .map(|f| (f.code.as_str(), f.severity))
            .collect();
        assert_eq!(short, long, "{}", case.name);
        let worst = verdict(measurements, profile, history, *role);
        assert_eq!(worst, Verdict::of(&findings), "{}", case.name);
    }
}

fn hostile() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => -100.0..1000.0f64,
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308]),
    ]
}

proptest! {
    #[test]
    fn no_numbers_make_it_panic_or_write_nonsense(
        values in prop::collection::vec(hostile(), 30),
        size in (0u32..u32::MAX, 0u32..u32::MAX),
        bytes in any::<u64>(),
        score in any::<f64>(),
    ) {
        let photo = Fixture::with(|f| spoil_with(f, &values, size, bytes, score));
        for finding in photo.judged() {
            prop_assert!(finding.value.is_none_or(f64::is_finite), "{finding:?}");
            prop_assert!(!finding.message.is_empty());
            prop_assert!(!finding.message.contains("NaN") && !finding.message.contains("inf"));
        }
    }

    #[test]
    fn a_value_moving_outward_never_gets_better(
        min in -50.0..50.0f64,
        breadth in 0.0..100.0f64,
        margin in 0.0..60.0f64,
        steps in prop::collection::vec(0.0..20.0f64, 1..20),
        downward in any::<bool>(),
        fails in any::<bool>(),
    ) {
        let outside = if fails { Severity::Fail } else { Severity::Warn };
        let band = Band { min: Some(min), max: Some(min + breadth), margin, outside };
        let mut value = min + breadth / 2.0;
        let mut last = rank(band.severity(value));
        for step in steps {
            value += if downward { -step } else { step };
            let next = rank(band.severity(value));
            prop_assert!(next <= last, "{value} in {band:?}");
            last = next;
        }
    }

    /// The same through a whole rule: mouth, yaw and eye line of the good photo.
    #[test]
    fn moving_one_measurement_across_its_limit_changes_its_rule_monotonically(
        steps in prop::collection::vec(0.0..0.08f64, 1..25),
    ) {
        let mut away = 0.0;
        let mut last = [u8::MAX; 3];
        for step in steps {
            away += step;
            let photo = Fixture::with(|f| {
                f.face().mouth_gap_ratio = away;
                f.face().yaw_deg = -60.0 * away;
                f.move_eyes(250.0 + 120.0 * away);
            });
            let findings = photo.judged();
            let of = |code: &str| rank(findings.iter().find(|f| f.code == code).unwrap().severity);
            let next = ["FACE-03", "POSE-02", "GEO-02"].map(of);
            for (next, last) in next.iter().zip(last) {
                prop_assert!(*next <= last, "{away}");
            }
            last = next;
        }
    }

    /// A wider band never makes a verdict worse.
    #[test]
    fn widening_a_limit_never_objects_more(value in 0.0..0.2f64, limit in 0.0..0.2f64, more in 0.0..0.1f64) {
        let severity = |max: f64| {
            let photo = Fixture::with(|f| {
                f.face().mouth_gap_ratio = value;
                let settings = f.profile.rules.get_mut("FACE-03").unwrap();
                settings.max = Some(max);
                settings.outside = Outside::Fail;
            });
            let Fixture { measurements, profile, history, role } = &photo;
            let all = severities(measurements, profile, history, *role);
            rank(all.iter().find(|(code, _)| *code == "FACE-03").unwrap().1)
        };
        prop_assert!(severity(limit + more) >= severity(limit));
    }
}

fn spoil_with(f: &mut Fixture, values: &[f64], size: (u32, u32), bytes: u64, score: f64) {
    let mut values = values.iter().copied().cycle();
    let mut next = || values.next().unwrap_or_default();
    f.measurements.file.size_bytes = bytes;
    f.jpeg().density_dpi = Some((next(), next()));
    f.measurements.faces[0].score = score;
    f.measurements.faces[0].rect.width = next();
    let picture = f.picture();
    (picture.width_px, picture.height_px) = size;
    (picture.mean_chroma, picture.blockiness_ratio) = (next(), next());
    let face = f.face();
    face.crown_y_px = Some(next());
    (
        face.eye_line_y_px,
        face.face_width_px,
        face.face_centre_x_px,
    ) = (next(), next(), next());
    (face.left_iris.x, face.left_iris.y, face.chin.y) = (next(), next(), next());
    (face.yaw_deg, face.pitch_deg, face.inter_eye_distance_px) = (next(), next(), next());
    face.eye_aspect_ratios = [next(), next()];
    face.gaze_ratios = [next(), next()];
    face.pose_residual_ratio = next();
    (face.mouth_gap_ratio, face.teeth_share) = (next(), Some(next()));
    face.teeth_ratio = Some(next());
    let scene = f.scene();
    scene.background_lab = [next(), next(), next()];
    (scene.background_share, scene.background_zone_delta_e) = (next(), next());
    (scene.background_outlier_share, scene.touches_top_share) = (next(), next());
    scene.clothes_delta_e = Some(next());
    let light = f.light();
    (light.face_lightness, light.sharpness) = (next(), next());
    light.cheek_lightness_difference = next();
}
