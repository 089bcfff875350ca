//! What the camera does to the scene: light from a side, exposure, blur, noise.

use tiny_skia::Pixmap;

use super::canvas::Canvas;
use crate::portrait::{Picture, Portrait};

/// Widest blur that is drawn.
const LARGEST_BLUR_PX: f32 = 100.0;
/// Sum of the three channels' changes from which on a pixel counts as the person's alone.
const PERSON_CHANGE: u32 = 120;

/// Turns the drawn scene into the photographed picture; `before` is the scene without the person, where light comes
/// from one side.
pub(super) fn develop(canvas: &Canvas, before: Option<&Pixmap>, portrait: &Portrait) -> Picture {
    let (width_px, height_px) = (canvas.pixmap.width(), canvas.pixmap.height());
    let mut rgb: Vec<u8> = Vec::with_capacity(width_px as usize * height_px as usize * 3);
    for pixel in canvas.pixmap.data().chunks_exact(4) {
        rgb.extend_from_slice(&pixel[..3]);
    }
    if let Some(before) = before {
        one_sided(&mut rgb, before, portrait);
    }
    if portrait.exposure.abs() > 0.001 {
        expose(&mut rgb, portrait.exposure);
    }
    if portrait.blur_px >= 0.5 {
        blur(
            &mut rgb,
            width_px as usize,
            height_px as usize,
            portrait.blur_px,
        );
    }
    if portrait.noise > 0.0 {
        grain(&mut rgb, portrait.noise, portrait.seed);
    }
    Picture {
        rgb,
        width_px,
        height_px,
    }
}

/// Darkens what of the person lies right of the middle of the face; the backdrop has its own lamps.
fn one_sided(rgb: &mut [u8], before: &Pixmap, portrait: &Portrait) {
    let strength = portrait.light_from_left.clamp(0.0, 1.0) * 0.85;
    let half = portrait.face_width_px * 0.16;
    let width = before.width() as usize;
    let kept: Vec<u32> = (0..width)
        .map(|x| {
            let across = ((x as f32 - portrait.centre_x_px) / half).clamp(-1.0, 1.0) * 0.5 + 0.5;
            let step = across * across * (3.0 - 2.0 * across);
            ((1.0 - strength * step) * 256.0) as u32
        })
        .collect();
    let rows = rgb
        .chunks_exact_mut(width * 3)
        .zip(before.data().chunks_exact(width * 4));
    for (row, old_row) in rows {
        for ((pixel, old), &factor) in row
            .chunks_exact_mut(3)
            .zip(old_row.chunks_exact(4))
            .zip(&kept)
        {
            let change: u32 = pixel
                .iter()
                .zip(old)
                .map(|(new, old)| u32::from(new.abs_diff(*old)))
                .sum();
            // An edge pixel is only partly the person.
            let factor = 256 - (256 - factor) * change.min(PERSON_CHANGE) / PERSON_CHANGE;
            pixel
                .iter_mut()
                .for_each(|value| *value = ((u32::from(*value) * factor) >> 8) as u8);
        }
    }
}

fn expose(rgb: &mut [u8], stops: f32) {
    let stops = f64::from(stops.clamp(-5.0, 5.0));
    // 2^stops by repeated squares of exact constants, the same on every machine.
    let mut factor = 1.0;
    let (mut rest, mut root) = (stops.abs(), 2.0f64);
    while rest >= 1.0 {
        factor *= 2.0;
        rest -= 1.0;
    }
    for _ in 0..20 {
        root = root.sqrt();
        rest *= 2.0;
        if rest >= 1.0 {
            factor *= root;
            rest -= 1.0;
        }
    }
    let factor = if stops < 0.0 { 1.0 / factor } else { factor };
    let table: Vec<u8> = (0..256)
        .map(|v| (f64::from(v) * factor + 0.5).clamp(0.0, 255.0) as u8)
        .collect();
    for value in rgb {
        *value = table[usize::from(*value)];
    }
}

/// Three passes of a box, near to a Gaussian of standard deviation `radius`.
fn blur(rgb: &mut [u8], width: usize, height: usize, radius: f32) {
    let reach = (radius.min(LARGEST_BLUR_PX) + 0.5) as usize;
    for _ in 0..3 {
        let mut line = Vec::new();
        for y in 0..height {
            smooth(rgb, y * width, 1, width, reach, &mut line);
        }
        for x in 0..width {
            smooth(rgb, x, width, height, reach, &mut line);
        }
    }
}

/// Replaces each pixel of one line by the mean of its neighbours up to `reach` away; the ends are repeated.
fn smooth(
    rgb: &mut [u8],
    start: usize,
    step: usize,
    count: usize,
    reach: usize,
    line: &mut Vec<[u8; 3]>,
) {
    let at = |i: usize| (start + i * step) * 3;
    line.clear();
    line.extend((0..count).map(|i| [rgb[at(i)], rgb[at(i) + 1], rgb[at(i) + 2]]));
    let get = |i: isize| line[i.clamp(0, count as isize - 1) as usize];
    let (reach, span) = (reach as isize, 2 * reach as u32 + 1);
    let mut sum = [0u32; 3];
    for i in -reach..=reach {
        let pixel = get(i);
        (0..3).for_each(|c| sum[c] += u32::from(pixel[c]));
    }
    for i in 0..count {
        for c in 0..3 {
            rgb[at(i) + c] = ((sum[c] + span / 2) / span) as u8;
        }
        let (old, new) = (get(i as isize - reach), get(i as isize + reach + 1));
        (0..3).for_each(|c| sum[c] = sum[c] + u32::from(new[c]) - u32::from(old[c]));
    }
}

/// Adds noise of about `strength` levels (standard deviation), mostly the same on all three channels.
fn grain(rgb: &mut [u8], strength: f32, seed: u64) {
    // 2048 over the standard deviation of `common * 3 + own` below.
    let scale = (strength * 6.4 + 0.5) as i32;
    let mut state = seed | 1;
    for pixel in rgb.chunks_exact_mut(3) {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bits = state >> 24;
        // The sum of two even spreads is a triangle, near enough to a bell.
        let common = (bits & 0xff) as i32 + ((bits >> 8) & 0xff) as i32 - 255;
        for (channel, value) in pixel.iter_mut().enumerate() {
            let own = ((bits >> (16 + 8 * channel)) & 0xff) as i32 - 128;
            let change = ((common * 3 + own) * scale) >> 11;
            *value = (i32::from(*value) + change).clamp(0, 255) as u8;
        }
    }
}
