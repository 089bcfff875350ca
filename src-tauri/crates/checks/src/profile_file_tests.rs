//! Tests of reading and writing profiles.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

const ROOT: &str = r#"
name = "root"
[rendition]
width_px = 480
height_px = 640
dpi = 300
min_quality = 60
min_bytes = 20000
max_bytes = 40000
[background]
allowed = []
[rules.GEO-02]
min = 200
max = 300
outside = "fail"
clause = "c"
"#;

fn lookup(name: &str) -> Option<String> {
    match name {
        "root" => Some(ROOT.to_owned()),
        "loop" => Some("name = \"loop\"\nextends = \"loop\"\n".to_owned()),
        _ => None,
    }
}

fn child(text: &str) -> Result<Profile, Error> {
    parse(
        &format!("name = \"child\"\nextends = \"root\"\n{text}"),
        lookup,
    )
}

#[test]
fn built_in_profiles_load_and_the_default_is_the_first() {
    let names: Vec<String> = list().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["ncepu2021", "moe99", "blue-only", "no-glasses"]);
    assert_eq!(names[0], DEFAULT_PROFILE);
    assert_eq!(BUILTIN.len(), names.len());
}

#[test]
fn the_standard_reads_as_its_text() {
    let standard = builtin("moe99").unwrap();
    let band = |code: &str| (standard.rules[code].min, standard.rules[code].max);
    assert_eq!(band("GEO-01"), (Some(50.0), Some(110.0)));
    assert_eq!(band("GEO-02"), (Some(200.0), Some(300.0)));
    assert_eq!(band("GEO-03"), (Some(180.0), Some(300.0)));
    let spec = &standard.rendition;
    assert_eq!(
        (spec.width_px, spec.height_px, spec.dpi, spec.min_quality),
        (480, 640, 300, 60)
    );
    assert!(!standard.background.any_single_colour);
    assert_eq!(standard.background.allowed.len(), 3);
}

#[test]
fn the_notice_adds_to_the_standard_and_keeps_the_rest() {
    let (standard, notice) = (builtin("moe99").unwrap(), builtin("ncepu2021").unwrap());
    assert_eq!(notice.rules["FILE-04"].min, Some(51_201.0));
    assert_eq!(notice.rules["FILE-04"].max, standard.rules["FILE-04"].max);
    assert_eq!(notice.rules["GEO-02"], standard.rules["GEO-02"]);
    assert!(notice.background.any_single_colour);
    assert_eq!(notice.background.allowed, standard.background.allowed);
    assert_eq!(builtin("blue-only").unwrap().background.allowed.len(), 1);
}

#[test]
fn every_further_number_of_a_rule_is_either_set_in_the_standard_or_left_open_on_purpose() {
    let open = [
        ("FACE-02", "min_gap_ratio"),
        // Of standards that were saved before `max_teeth_ratio`.
        ("FACE-03", "max_teeth_share"),
        ("BG-02", "max_gradient"),
        ("WEAR-01", "max_glasses_evidence"),
    ];
    let standard = builtin("moe99").unwrap();
    for rule in crate::registry::RULES {
        for key in rule.also {
            let set = standard.rules[rule.code].also.contains_key(*key);
            assert_ne!(set, open.contains(&(rule.code, key)), "{} {key}", rule.code);
        }
    }
}

#[test]
fn what_is_written_reads_back_the_same() {
    for (name, _) in list() {
        let profile = builtin(&name).unwrap();
        let text = write(&profile).unwrap();
        assert_eq!(parse(&text, |_| None).unwrap(), profile, "{name}");
    }
}

#[test]
fn a_child_replaces_setting_by_setting() {
    let profile = child("[rules.GEO-02]\nmax = 310\n[rules.FACE-03]\nmax = 0.1\n").unwrap();
    let eyes = &profile.rules["GEO-02"];
    assert_eq!(
        (eyes.min, eyes.max, eyes.outside),
        (Some(200.0), Some(310.0), Outside::Fail)
    );
    assert_eq!(eyes.clause, "c");
    assert_eq!(profile.rules["FACE-03"].max, Some(0.1));
    assert_eq!(profile.name, "child");
}

#[test]
fn mistakes_are_refused_with_their_line() {
    let line = |error: &Error| match error {
        Error::Syntax { line, .. }
        | Error::UnknownRule { line, .. }
        | Error::UnknownSetting { line, .. }
        | Error::BadBand { line, .. } => Some(*line),
        _ => None,
    };
    for (text, at, says) in [
        ("[rules.GEO-99]\nmin = 1\n", 3, "没有编号为 GEO-99"),
        ("[rules.GEO-02]\nmim = 1\n", 4, "mim"),
        ("[rules.GEO-02]\nmin = \"low\"\n", 4, "第 4 行"),
        ("[rules.GEO-02]\nmin = 2\nmax = 1\n", 3, "限值无效"),
        ("[rules.GEO-02]\nmin = nan\n", 3, "限值无效"),
        ("[rules.GEO-02]\nwarn_margin = -1\n", 3, "限值无效"),
        ("[rules.FACE-02.also]\nmax_gaze = 1\n", 3, "max_gaze"),
        ("[rules.GEO-02\n", 3, "第 3 行"),
        ("[rules.GEO-02]\noutside = \"maybe\"\n", 4, "maybe"),
    ] {
        let error = child(text).unwrap_err();
        assert_eq!(line(&error), Some(at), "{text}{error}");
        assert!(error.to_string().contains(says), "{text}{error}");
        assert!(!error.to_string().contains("expected"), "{text}{error}");
    }
}

#[test]
fn parts_that_cannot_be_are_refused() {
    assert!(matches!(
        parse("name = \"x\"\n", lookup),
        Err(Error::Missing {
            part: "rendition",
            ..
        })
    ));
    assert!(matches!(
        parse("name = \"x\"\nextends = \"nobody\"\n", lookup),
        Err(Error::Unknown { .. })
    ));
    assert!(matches!(
        parse("name = \"x\"\nextends = \"loop\"\n", lookup),
        Err(Error::Circular { .. })
    ));
    assert!(matches!(builtin("nobody"), Err(Error::Unknown { .. })));
    for name in ["", "a/b", "..", "名"] {
        let text = ROOT.replace("name = \"root\"", &format!("name = \"{name}\""));
        assert!(
            matches!(parse(&text, lookup), Err(Error::BadName { .. })),
            "{name}"
        );
    }
    let flat = ROOT.replace("width_px = 480", "width_px = 0");
    assert!(matches!(
        parse(&flat, lookup),
        Err(Error::BadPart {
            part: "rendition",
            ..
        })
    ));
    // The child's limit and the parent's exclude each other.
    assert!(matches!(
        child("[rules.GEO-02]\nmin = 400\n"),
        Err(Error::BadBand { .. })
    ));
}
