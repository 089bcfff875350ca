//! Draws a sheet of variants into a folder, for looking at them and for measuring them with other programs.
//!
//! `cargo run --example draw -p zhaoshen-portrait -- FOLDER [PEOPLE]`

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use zhaoshen_portrait::{
    Backdrop, Clothes, ClothesStyle, Glasses, Hair, HairStyle, JpegOptions, LIGHT_GREY, Portrait,
    WHITE, encode_jpeg, encode_png, example_round, paint, truth,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args().nth(1).unwrap_or_else(|| "portraits".to_owned());
    let people: u64 = env::args()
        .nth(2)
        .and_then(|n| n.parse().ok())
        .unwrap_or(12);
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let mut table = String::from("file,crown,chin,eyes,lx,ly,rx,ry,width,roll,lid,mouth\n");
    let mut all = variants();
    all.extend((0..people).map(|seed| (format!("person{seed:02}"), Portrait::person(seed))));
    for (name, portrait) in all {
        fs::write(
            folder.join(format!("{name}.png")),
            encode_png(&paint(&portrait))?,
        )?;
        let t = truth(&portrait);
        let ([lx, ly], [rx, ry]) = (t.left_iris_px, t.right_iris_px);
        writeln!(
            table,
            "{name}.png,{},{},{},{lx},{ly},{rx},{ry},{},{},{},{}",
            t.crown_y_px,
            t.chin_y_px,
            t.eye_line_y_px,
            t.face_width_px,
            t.roll_deg,
            t.lid_gap_px,
            t.mouth_gap_px
        )?;
    }
    fs::write(folder.join("truth.csv"), table)?;
    let round = example_round(36, 1);
    fs::create_dir_all(folder.join("round"))?;
    for photo in &round.photos {
        fs::write(folder.join("round").join(&photo.file_name), photo.bytes()?)?;
    }
    let large = paint(&Portrait::person(3).scaled(2.0));
    fs::write(
        folder.join("large.jpg"),
        encode_jpeg(&large, &JpegOptions::default())?,
    )?;
    Ok(())
}

fn variants() -> Vec<(String, Portrait)> {
    let base = Portrait::default;
    let hair = |style, fringe| Hair {
        style,
        fringe,
        ..base().hair
    };
    let clothes = |style, colour| Clothes {
        style,
        colour,
        ..base().clothes
    };
    let glasses = |tint, glare| {
        Some(Glasses {
            frame: [40, 38, 44],
            tint,
            glare,
        })
    };
    let list: Vec<(&str, Portrait)> = vec![
        ("default", base()),
        (
            "closed",
            Portrait {
                lid_gap: 0.0,
                ..base()
            },
        ),
        (
            "half_open",
            Portrait {
                lid_gap: 0.5,
                ..base()
            },
        ),
        (
            "mouth_open",
            Portrait {
                mouth_gap: 0.4,
                ..base()
            },
        ),
        (
            "teeth",
            Portrait {
                mouth_gap: 0.35,
                teeth: true,
                smile: 0.9,
                ..base()
            },
        ),
        (
            "smile",
            Portrait {
                smile: 0.8,
                ..base()
            },
        ),
        (
            "yaw_right",
            Portrait {
                yaw_deg: 15.0,
                ..base()
            },
        ),
        (
            "yaw_left",
            Portrait {
                yaw_deg: -20.0,
                ..base()
            },
        ),
        (
            "look_up",
            Portrait {
                pitch_deg: 15.0,
                ..base()
            },
        ),
        (
            "look_down",
            Portrait {
                pitch_deg: -12.0,
                ..base()
            },
        ),
        (
            "tilted",
            Portrait {
                roll_deg: 12.0,
                ..base()
            },
        ),
        (
            "tilted_left",
            Portrait {
                roll_deg: -8.0,
                ..base()
            },
        ),
        (
            "gradient",
            Portrait {
                backdrop: Backdrop {
                    fades_to: Some(WHITE),
                    ..base().backdrop
                },
                ..base()
            },
        ),
        (
            "shadow",
            Portrait {
                backdrop: Backdrop {
                    shadow: 0.6,
                    ..base().backdrop
                },
                ..base()
            },
        ),
        (
            "object",
            Portrait {
                backdrop: Backdrop {
                    object: true,
                    ..base().backdrop
                },
                ..base()
            },
        ),
        (
            "grey",
            Portrait {
                backdrop: Backdrop {
                    colour: LIGHT_GREY,
                    ..base().backdrop
                },
                ..base()
            },
        ),
        (
            "white",
            Portrait {
                backdrop: Backdrop {
                    colour: WHITE,
                    ..base().backdrop
                },
                ..base()
            },
        ),
        (
            "long_over",
            Portrait {
                hair: hair(HairStyle::OverEars, 0.0),
                ..base()
            },
        ),
        (
            "long_behind",
            Portrait {
                hair: hair(HairStyle::BehindEars, 0.0),
                ..base()
            },
        ),
        (
            "tied",
            Portrait {
                hair: hair(HairStyle::TiedBack, 0.0),
                earrings: true,
                ..base()
            },
        ),
        (
            "parted",
            Portrait {
                hair: hair(HairStyle::SideParted, 0.0),
                ..base()
            },
        ),
        (
            "fringe",
            Portrait {
                hair: hair(HairStyle::BehindEars, 1.0),
                ..base()
            },
        ),
        (
            "glasses",
            Portrait {
                glasses: glasses(0.0, 0.0),
                ..base()
            },
        ),
        (
            "sunglasses",
            Portrait {
                glasses: glasses(0.7, 0.0),
                ..base()
            },
        ),
        (
            "glare",
            Portrait {
                glasses: glasses(0.0, 0.9),
                ..base()
            },
        ),
        (
            "cap",
            Portrait {
                cap: Some([40, 60, 120]),
                ..base()
            },
        ),
        (
            "half_dark",
            Portrait {
                light_from_left: 0.8,
                ..base()
            },
        ),
        (
            "dark",
            Portrait {
                exposure: -1.5,
                ..base()
            },
        ),
        (
            "bright",
            Portrait {
                exposure: 0.9,
                ..base()
            },
        ),
        (
            "blurred",
            Portrait {
                blur_px: 5.0,
                ..base()
            },
        ),
        (
            "straps",
            Portrait {
                clothes: clothes(ClothesStyle::Straps, [200, 70, 90]),
                ..base()
            },
        ),
        (
            "blue_clothes",
            Portrait {
                clothes: clothes(ClothesStyle::RoundNeck, [110, 190, 245]),
                ..base()
            },
        ),
        (
            "shoulders",
            Portrait {
                shoulder_tilt_deg: 9.0,
                ..base()
            },
        ),
        (
            "low",
            Portrait {
                crown_y_px: 161.0,
                eye_line_y_px: 331.0,
                ..base()
            },
        ),
        (
            "two",
            Portrait {
                bystander: Some(Box::new(Portrait::person(9).placed(120.0, 254.0, 130.0))),
                ..base().placed(330.0, 280.0, 150.0)
            },
        ),
    ];
    list.into_iter()
        .map(|(name, portrait)| (name.to_owned(), portrait))
        .collect()
}
