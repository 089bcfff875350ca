//! Pictures of the guide: those of the window, made small without blurring a letter.
//!
//! WebP without loss but for the lowest bits, in which nobody sees a difference and which are most of
//! what a photo weighs. Text and lines are kept as they are. Screens that are mostly photos weigh twice
//! as much that way as photos do by themselves: those are compressed as photos are.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail, ensure};

use crate::page::names;
use crate::{picture, pictured, variants};

/// How much of the lowest bits is kept, 100 being all.
const NEARNESS: i32 = 40;
/// Effort, not loss: the highest, which takes a few seconds more in all.
const EFFORT: f32 = 100.0;
/// Quality of what is compressed as photos are, 100 being the best; letters stay sharp from here on.
const PHOTO_QUALITY: f32 = 82.0;
/// A picture counts as mostly photos when compressing it as such leaves less than this share, per cent.
const PHOTO_SHARE: usize = 65;

/// Writes the pictures of every screen out of those in `from`; how many bytes they are.
///
/// Writes nothing unless all of them are there, and leaves nothing from before that no page shows.
///
/// # Errors
/// A picture is missing (the error names all that are) or cannot be read, made or written.
pub fn write(from: &Path, to: &Path) -> Result<usize> {
    let wanted = wanted();
    let missing: Vec<&str> = wanted
        .iter()
        .map(|(source, _)| source.as_str())
        .filter(|source| !from.join(source).is_file())
        .collect();
    if !missing.is_empty() {
        bail!(
            "missing in {}, run `cargo xtask pictures` first: {}",
            from.display(),
            missing.join(" ")
        );
    }
    fs::create_dir_all(to)?;
    let mut total = 0;
    for (source, name) in &wanted {
        let path = from.join(source);
        let made = smaller(&path).with_context(|| path.display().to_string())?;
        total += made.len();
        fs::write(to.join(format!("{name}.webp")), made)?;
    }
    for name in names(to, "webp")? {
        if !wanted.iter().any(|(_, known)| *known == name) {
            fs::remove_file(to.join(format!("{name}.webp")))?;
        }
    }
    Ok(total)
}

/// Names without ending of every picture of the guide.
pub fn all() -> impl Iterator<Item = String> {
    wanted().into_iter().map(|(_, name)| name)
}

/// File names of what is read, and names of what is made of it.
fn wanted() -> Vec<(String, String)> {
    let of_screen = |(screen, source): (&str, &str)| {
        let (screen, source) = (screen.to_owned(), source.to_owned());
        variants().map(move |(tone, size)| {
            (
                format!("{}.png", picture(&source, tone, size)),
                picture(&screen, tone, size),
            )
        })
    };
    pictured().flat_map(of_screen).collect()
}

/// A picture as WebP.
fn smaller(path: &Path) -> Result<Vec<u8>> {
    let picture = image::open(path)?.into_rgb8();
    ensure!(
        picture.width() > 0 && picture.height() > 0,
        "an empty picture"
    );
    let drawn = encoded(&picture, |how| {
        how.lossless = 1;
        how.near_lossless = NEARNESS;
        how.quality = EFFORT;
    })?;
    let photographed = encoded(&picture, |how| {
        how.quality = PHOTO_QUALITY;
        how.method = 6;
        how.use_sharp_yuv = 1;
    })?;
    let is_mostly_photos = photographed.len() * 100 < drawn.len() * PHOTO_SHARE;
    Ok(if is_mostly_photos {
        photographed
    } else {
        drawn
    })
}

fn encoded(picture: &image::RgbImage, set: impl FnOnce(&mut webp::WebPConfig)) -> Result<Vec<u8>> {
    let mut how = webp::WebPConfig::new().map_err(|()| anyhow!("this WebP library is none"))?;
    set(&mut how);
    let (width, height) = picture.dimensions();
    let encoder = webp::Encoder::from_rgb(picture, width, height);
    let made = encoder.encode_advanced(&how);
    Ok(made.map_err(|error| anyhow!("WebP: {error:?}"))?.to_vec())
}
