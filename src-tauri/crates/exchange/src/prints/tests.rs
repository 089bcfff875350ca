//! Pages are measured in the written files, by another PDF library than the one that wrote them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod published;

use std::sync::atomic::AtomicBool;

use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId};
use zhaoshen_model::SubmissionId;

use super::*;
use crate::error::Error;

/// A point in mm.
const MM: f32 = 25.4 / 72.0;

const EIGHT: Counts = Counts {
    two_inch: 8,
    one_inch: 0,
    size: TwoInch::Standard,
};

const SETUP: PrintSetup = PrintSetup {
    kind: PrintKind::Layout,
    paper: Paper::A4,
    counts: EIGHT,
    split: PrintSplit::Whole,
    caption_lines: 1,
};

/// A rendition of one colour, 480×640 px.
fn rendition(shade: u8) -> Vec<u8> {
    let pixels = vec![shade; 480 * 640 * 3];
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 80)
        .encode(&pixels, 480, 640, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

fn item(number: usize, class: &str, caption: &[&str]) -> PrintItem {
    PrintItem {
        submission: SubmissionId(number as i64),
        group: Group {
            college: "能源学院".to_owned(),
            class: class.to_owned(),
        },
        caption: caption.iter().map(|line| (*line).to_owned()).collect(),
    }
}

fn items(count: usize) -> Vec<PrintItem> {
    (1..=count)
        .map(|number| item(number, "热动1班", &[&format!("2021{number:04}")]))
        .collect()
}

/// Writes a plan and opens what was written.
fn printed(plan: &PrintPlan) -> Vec<(String, Document)> {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("打印");
    let notes = PrintNotes {
        round: "2026年春".to_owned(),
        made: "王老师　2026-11-27".to_owned(),
    };
    let mut fonts = Fonts::of_this_machine().unwrap();
    let report = prepare(
        plan,
        &notes,
        &mut fonts,
        &target,
        &AtomicBool::new(false),
        |submission| Ok(rendition(submission.0 as u8)),
        |_| {},
    )
    .unwrap()
    .publish()
    .unwrap();
    let open = |file: PrintedFile| {
        let bytes = std::fs::read(target.join(&file.file_name)).unwrap();
        assert_eq!(bytes.len() as u64, file.bytes);
        let document = Document::load_mem(&bytes).unwrap();
        assert_eq!(document.get_pages().len(), file.pages);
        (file.file_name, document)
    };
    report.files.into_iter().map(open).collect()
}

/// Everything drawn on a page, mm from the upper left corner.
#[derive(Debug, Default)]
struct Drawn {
    width: f32,
    height: f32,
    /// What each photo is clipped to.
    photos: Vec<Area>,
    /// Pixels per inch of each photo.
    dpi: Vec<f32>,
    /// Ends of every straight line.
    lines: Vec<((f32, f32), (f32, f32))>,
}

fn number(object: &Object) -> f32 {
    object
        .as_float()
        .unwrap_or_else(|_| object.as_i64().unwrap() as f32)
}

/// `inner` as seen through `outer`: both as six numbers.
fn through(outer: [f32; 6], inner: [f32; 6]) -> [f32; 6] {
    let [a, b, c, d, e, f] = inner;
    let [oa, ob, oc, od, oe, of] = outer;
    [
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    ]
}

fn drawn(document: &Document, page: ObjectId) -> Drawn {
    let dictionary = document.get_dictionary(page).unwrap();
    let media = dictionary.get(b"MediaBox").unwrap().as_array().unwrap();
    let mut drawn = Drawn {
        width: number(&media[2]) * MM,
        height: number(&media[3]) * MM,
        ..Drawn::default()
    };
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let identity = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let mut now = identity;
    let mut kept = Vec::new();
    let mut path: Vec<(f32, f32)> = Vec::new();
    let mut clip: Option<Area> = None;
    let page_height = drawn.height;
    let place = |now: [f32; 6], x: f32, y: f32| {
        let at = through(now, [1.0, 0.0, 0.0, 1.0, x, y]);
        (at[4] * MM, page_height - at[5] * MM)
    };
    for operation in content.operations {
        let n: Vec<f32> = match operation.operator.as_str() {
            "cm" | "m" | "l" | "re" => operation.operands.iter().map(number).collect(),
            _ => Vec::new(),
        };
        match operation.operator.as_str() {
            "q" => kept.push(now),
            "Q" => now = kept.pop().unwrap(),
            "cm" => now = through(now, [n[0], n[1], n[2], n[3], n[4], n[5]]),
            "m" => path = vec![place(now, n[0], n[1])],
            "l" => path.push(place(now, n[0], n[1])),
            "re" => {
                path = vec![place(now, n[0], n[1]), place(now, n[0] + n[2], n[1] + n[3])];
            }
            "W" | "W*" => clip = Some(bounds(&path)),
            "S" if path.len() == 2 => drawn.lines.push((path[0], path[1])),
            "Do" => {
                drawn.photos.push(clip.unwrap());
                drawn.dpi.push(480.0 / (now[0].hypot(now[1]) / 72.0));
            }
            _ => {}
        }
    }
    drawn
}

fn bounds(path: &[(f32, f32)]) -> Area {
    let edge = |pick: fn(&(f32, f32)) -> f32, start: f32, choose: fn(f32, f32) -> f32| {
        path.iter().map(pick).fold(start, choose)
    };
    let (left, right) = (
        edge(|p| p.0, f32::MAX, f32::min),
        edge(|p| p.0, 0.0, f32::max),
    );
    let (top, bottom) = (
        edge(|p| p.1, f32::MAX, f32::min),
        edge(|p| p.1, 0.0, f32::max),
    );
    Area {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
    }
}

fn pages(document: &Document) -> Vec<Drawn> {
    let pages = document.get_pages();
    pages.values().map(|page| drawn(document, *page)).collect()
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.02
}

#[test]
fn prints_have_their_size_to_a_fiftieth_of_a_millimetre() {
    let mixed = Counts {
        two_inch: 6,
        one_inch: 6,
        size: TwoInch::Small,
    };
    for (paper, counts, two, each) in [
        (Paper::A4, EIGHT, (35.0, 49.0), 8),
        (Paper::SixInch, EIGHT, (35.0, 49.0), 8),
        (Paper::A4, mixed, (33.0, 48.0), 12),
    ] {
        let setup = PrintSetup {
            paper,
            counts,
            ..SETUP
        };
        let plan = plan(&setup, items(3), &[]).unwrap();
        let files = printed(&plan);
        let pages = pages(&files[0].1);
        let photos: usize = pages.iter().map(|page| page.photos.len()).sum();
        assert_eq!(photos, 3 * each, "{paper:?}");
        for page in &pages {
            let (width, height) = paper.size_mm();
            assert!(near(page.width, width) && near(page.height, height));
            for photo in &page.photos {
                let large = near(photo.width, two.0) && near(photo.height, two.1);
                let small = near(photo.width, 25.0) && near(photo.height, 35.0);
                assert!(large || (small && counts.one_inch > 0), "{photo:?}");
                assert!(photo.x > 1.9 && photo.right() < width - 1.9, "{photo:?}");
                assert!(photo.y > 1.9 && photo.bottom() < height - 1.9, "{photo:?}");
            }
            assert!(page.dpi.iter().all(|dpi| *dpi >= 300.0), "{:?}", page.dpi);
        }
    }
}

#[test]
fn photos_never_overlap_and_crop_marks_never_touch_one() {
    for paper in [Paper::A4, Paper::SixInch] {
        let plan = plan(&PrintSetup { paper, ..SETUP }, items(2), &[]).unwrap();
        for page in pages(&printed(&plan)[0].1) {
            for (at, a) in page.photos.iter().enumerate() {
                for b in &page.photos[..at] {
                    let apart = a.x >= b.right() - 0.02
                        || b.x >= a.right() - 0.02
                        || a.y >= b.bottom() - 0.02
                        || b.y >= a.bottom() - 0.02;
                    assert!(apart, "{a:?} {b:?}");
                }
            }
            // Every edge of every photo is pointed at from outside, in line with it.
            for photo in &page.photos {
                for x in [photo.x, photo.right()] {
                    let pointed = |line: &&((f32, f32), (f32, f32))| {
                        near(line.0.0, x) && near(line.1.0, x) && !inside(line, &page.photos)
                    };
                    assert!(
                        page.lines.iter().any(|line| pointed(&line)),
                        "{x} {paper:?}"
                    );
                }
            }
        }
    }
}

/// Whether the middle of a line lies within a photo, borders left out.
fn inside(line: &((f32, f32), (f32, f32)), photos: &[Area]) -> bool {
    let middle = (
        f32::midpoint(line.0.0, line.1.0),
        f32::midpoint(line.0.1, line.1.1),
    );
    photos.iter().any(|photo| {
        middle.0 > photo.x - 0.02
            && middle.0 < photo.right() + 0.02
            && middle.1 > photo.y - 0.02
            && middle.1 < photo.bottom() + 0.02
    })
}

#[test]
fn one_picture_is_kept_once_and_byte_for_byte() {
    let plan = plan(&SETUP, items(2), &[]).unwrap();
    let (_, document) = printed(&plan).remove(0);
    let mut pictures: Vec<Vec<u8>> = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| {
            stream
                .dict
                .get(b"Subtype")
                .is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Image"))
        })
        .map(|stream| stream.content.clone())
        .collect();
    pictures.sort();
    let mut sent = vec![rendition(1), rendition(2)];
    sent.sort();
    assert_eq!(pictures, sent);
}

#[test]
fn captions_can_be_searched_and_their_font_is_a_small_part_of_its_file() {
    let setup = PrintSetup {
        caption_lines: 2,
        ..SETUP
    };
    let rare = item(1, "热动1班", &["20210001", "张䶮喆"]);
    let plan = plan(&setup, vec![rare], &[]).unwrap();
    let (_, document) = printed(&plan).remove(0);
    let text = document.extract_text(&[1]).unwrap();
    assert!(
        text.contains("20210001") && text.contains("张䶮喆"),
        "{text}"
    );
    let embedded = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.has(b"Subtype") || stream.dict.has(b"Length1"))
        .map(|stream| stream.content.len())
        .filter(|size| *size > 0)
        .max()
        .unwrap();
    assert!(embedded < 100_000, "{embedded}");
}

#[test]
fn characters_that_no_font_has_are_named() {
    let mut fonts = Fonts::of_this_machine().unwrap();
    // Private use: what old systems wrote for characters that they lacked.
    assert_eq!(fonts.missing("张\u{F0AB7}"), ['\u{F0AB7}']);
    assert!(fonts.missing("张䶮 喆0").is_empty());
    assert!("〓□?".contains(fonts.stand_in()));
    let setup = PrintSetup {
        caption_lines: 2,
        ..SETUP
    };
    let lacking = item(1, "1", &["1", "张\u{F0AB7}"]);
    let plan = plan(&setup, vec![lacking], &[]).unwrap();
    let text = printed(&plan)[0].1.extract_text(&[1]).unwrap();
    assert!(text.contains(&format!("张{}", fonts.stand_in())), "{text}");
}

#[test]
fn a_machine_without_fonts_is_told_which_to_install() {
    let error = Fonts::of(fontdb::Database::new()).unwrap_err();
    assert!(matches!(error, Error::NoFont));
    assert!(error.to_string().contains("思源黑体"), "{error}");
}

#[test]
fn a_class_has_a_file_of_its_own_that_counts_who_is_missing() {
    let setup = PrintSetup {
        kind: PrintKind::Contact,
        caption_lines: 2,
        ..SETUP
    };
    let all = [
        item(1, "热动1班", &["张三", "1"]),
        item(2, "热动2班/夜", &["李四", "2"]),
        item(3, "热动1班", &["王五", "3"]),
    ];
    let others = [all[0].group.clone()];
    let plan = plan(&setup, all.to_vec(), &others).unwrap();
    let files = printed(&plan);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "核对表-001-能源学院-热动1班.pdf",
            "核对表-002-能源学院-热动2班-夜.pdf"
        ]
    );
    let text = files[0].1.extract_text(&[1]).unwrap();
    for expected in [
        "热动1班",
        "张三",
        "王五",
        "本班名单 3 人",
        "已通过 2 人",
        "班主任签名",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("李四"), "{text}");
    let page = &pages(&files[0].1)[0];
    assert!(
        page.photos
            .iter()
            .all(|photo| near(photo.width, 30.0) && near(photo.height, 40.0))
    );
}

#[test]
fn files_stay_small_however_many_students_there_are() {
    let setup = PrintSetup {
        paper: Paper::SixInch,
        ..SETUP
    };
    let plan = plan(&setup, items(MOST_IN_A_FILE * 2 + 1), &[]).unwrap();
    let names: Vec<&str> = plan
        .volumes
        .iter()
        .map(|volume| volume.file_name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "排版-第01册-共03册.pdf",
            "排版-第02册-共03册.pdf",
            "排版-第03册-共03册.pdf"
        ]
    );
    assert_eq!(
        (plan.students(), plan.pages(), plan.prints()),
        (401, 401, 3208)
    );
}

#[test]
fn what_does_not_fit_on_the_paper_is_refused() {
    let counts = Counts {
        two_inch: 9,
        ..EIGHT
    };
    let setup = PrintSetup {
        paper: Paper::SixInch,
        counts,
        ..SETUP
    };
    let error = plan(&setup, items(1), &[]).unwrap_err();
    assert!(error.to_string().contains("6寸相纸上放不下"), "{error}");
    let counts = Counts {
        two_inch: 0,
        ..EIGHT
    };
    let none = PrintSetup { counts, ..SETUP };
    assert!(plan(&none, items(1), &[]).is_err());
}

#[test]
fn a_stopped_run_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("打印");
    let plan = plan(&SETUP, items(MOST_IN_A_FILE + 5), &[]).unwrap();
    let stop = AtomicBool::new(false);
    let mut was_there = false;
    let mut fonts = Fonts::of_this_machine().unwrap();
    let jpeg = rendition(9);
    let stopped = prepare(
        &plan,
        &PrintNotes::default(),
        &mut fonts,
        &target,
        &stop,
        |submission| {
            was_there |= target.join("排版-第01册-共02册.pdf").exists();
            let last = submission.0 as usize == MOST_IN_A_FILE + 2;
            stop.store(last, std::sync::atomic::Ordering::Relaxed);
            Ok(jpeg.clone())
        },
        |_| {},
    );
    let stopped = stopped.map(|_| ());
    assert!(matches!(stopped, Err(Error::Cancelled)), "{stopped:?}");
    assert!(was_there, "the first file was written");
    assert!(!target.exists(), "faces that are in nobody's books");
}
