//! Colours at places between the pixels of a picture, a row of places at a time, so that loops become vectors.

use std::array::from_fn;

use zhaoshen_model::Point;

use crate::picture::Picture;

/// Places in a row, source px.
#[derive(Clone, Copy)]
pub(super) struct Places {
    pub(super) first: Point,
    /// From each to the next.
    pub(super) step: Point,
}

/// Bytes of up to five pixels, weighted and summed over some rows.
type Sums = [f32; 16];

/// The colours at `COUNT` places: each between two px either way, or between four when `smooth`.
#[inline(always)]
pub(super) fn colours<const COUNT: usize>(
    picture: &Picture,
    places: Places,
    smooth: bool,
) -> [[u8; 3]; COUNT] {
    let (mut columns, across) = split::<COUNT>(places.first.x, places.step.x);
    let (mut rows, down) = split::<COUNT>(places.first.y, places.step.y);
    if smooth {
        for place in columns.iter_mut().chain(&mut rows) {
            *place = place.wrapping_sub(1);
        }
        mixed::<COUNT, 4, 16>(picture, [columns, rows], [cubic(across), cubic(down)])
    } else {
        mixed::<COUNT, 2, 8>(picture, [columns, rows], [linear(across), linear(down)])
    }
}

/// Where places along one axis lie: whole pixels, and the parts of the way to the next.
#[inline(always)]
fn split<const COUNT: usize>(first: f64, step: f64) -> ([i32; COUNT], [f32; COUNT]) {
    let (mut whole, mut part) = ([0; COUNT], [0.0; COUNT]);
    for i in 0..COUNT {
        let place = first + f64::from(i as i32) * step;
        let towards_zero = place as i32;
        let below = towards_zero.wrapping_sub(i32::from(f64::from(towards_zero) > place));
        whole[i] = below;
        part[i] = (place - f64::from(below)) as f32;
    }
    (whole, part)
}

/// Weights of two px for places some parts of the way from the first to the second.
#[inline(always)]
fn linear<const COUNT: usize>(parts: [f32; COUNT]) -> [[f32; COUNT]; 2] {
    let mut first = [0.0; COUNT];
    for i in 0..COUNT {
        first[i] = 1.0 - parts[i];
    }
    [first, parts]
}

/// Weights of four px in a row for places some parts of the way from the second to the third.
#[inline(always)]
fn cubic<const COUNT: usize>(parts: [f32; COUNT]) -> [[f32; COUNT]; 4] {
    const SHARPNESS: f32 = -0.75;
    let far = |at: f32| {
        ((SHARPNESS * at - 5.0 * SHARPNESS) * at + 8.0 * SHARPNESS) * at - 4.0 * SHARPNESS
    };
    let near = |at: f32| ((SHARPNESS + 2.0) * at - (SHARPNESS + 3.0)) * at * at + 1.0;
    let mut weights = [[0.0; COUNT]; 4];
    for i in 0..COUNT {
        let part = parts[i];
        let (first, second, third) = (far(part + 1.0), near(part), near(1.0 - part));
        weights[0][i] = first;
        weights[1][i] = second;
        weights[2][i] = third;
        weights[3][i] = 1.0 - first - second - third;
    }
    weights
}

/// The weighted sums of `N` by `N` px from each column and row on; `BYTES` hold at least `N` px.
#[inline(always)]
fn mixed<const COUNT: usize, const N: usize, const BYTES: usize>(
    picture: &Picture,
    [columns, rows]: [[i32; COUNT]; 2],
    [across, down]: [[[f32; COUNT]; N]; 2],
) -> [[u8; 3]; COUNT] {
    // The places lie on a line: where both ends are clear of the rim, all are.
    let all_inside = [0, COUNT - 1]
        .into_iter()
        .all(|end| is_inside::<N, BYTES>(picture, columns[end], rows[end]));
    let mut sums: [Sums; COUNT] = [[0.0; 16]; COUNT];
    for (i, sums) in sums.iter_mut().enumerate() {
        let mut weights = [0.0; N];
        for row in 0..N {
            weights[row] = down[row][i];
        }
        let block = if all_inside {
            block_inside::<N, BYTES>(picture, columns[i], rows[i])
        } else {
            block::<N, BYTES>(picture, columns[i], rows[i])
        };
        if let Some(block) = block {
            weigh(block, weights, sums);
        } else {
            let block = block_at_rim::<N, BYTES>(picture, columns[i], rows[i]);
            weigh(block.each_ref(), weights, sums);
        }
    }
    // Four values are summed as quickly as three.
    let mut colours = [[0; 3]; COUNT];
    for i in 0..COUNT {
        let mut mixed = [0.5f32; 4];
        for pixel in 0..N {
            for channel in 0..4 {
                mixed[channel] += sums[i][3 * pixel + channel] * across[pixel][i];
            }
        }
        let mut whole = [0i32; 4];
        for channel in 0..4 {
            whole[channel] = mixed[channel].clamp(0.0, 255.0) as i32;
        }
        colours[i] = [whole[0] as u8, whole[1] as u8, whole[2] as u8];
    }
    colours
}

/// `sums` of the block's rows, each weighted.
#[inline(always)]
fn weigh<const N: usize, const BYTES: usize>(
    block: [&[u8; BYTES]; N],
    down: [f32; N],
    sums: &mut Sums,
) {
    for i in 0..BYTES {
        let mut sum = f32::from(block[0][i]) * down[0];
        for row in 1..N {
            sum += f32::from(block[row][i]) * down[row];
        }
        sums[i] = sum;
    }
}

/// Whether all bytes of a block are within the rows they are of, and these within the picture.
fn is_inside<const N: usize, const BYTES: usize>(picture: &Picture, column: i32, row: i32) -> bool {
    let (width, height) = (picture.width_px(), picture.height_px());
    let end = 3 * i64::from(column) + BYTES as i64;
    column >= 0
        && row >= 0
        && end <= 3 * i64::from(width)
        && i64::from(row) + N as i64 <= i64::from(height)
}

/// What [`block`] gives, for a block that [`is_inside`].
#[inline(always)]
fn block_inside<const N: usize, const BYTES: usize>(
    picture: &Picture,
    column: i32,
    row: i32,
) -> Option<[&[u8; BYTES]; N]> {
    let stride = (picture.width_px() as usize).wrapping_mul(3);
    let mut start = (row as usize).wrapping_mul(stride);
    start = start.wrapping_add((column as usize).wrapping_mul(3));
    let mut block = [&[0; BYTES]; N];
    for line in &mut block {
        *line = picture.rgb().get(start..)?.first_chunk()?;
        start = start.wrapping_add(stride);
    }
    Some(block)
}

/// `N` rows of at least `N` px each from a column and row on; `None` where some of those bytes are not the picture's.
#[inline(always)]
fn block<const N: usize, const BYTES: usize>(
    picture: &Picture,
    column: i32,
    row: i32,
) -> Option<[&[u8; BYTES]; N]> {
    let (width, height) = (picture.width_px() as usize, picture.height_px() as usize);
    let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
    if column + N > width || row + N > height {
        return None;
    }
    let start = (row * width + column) * 3;
    let bytes = picture
        .rgb()
        .get(start..)?
        .get(..(N - 1) * width * 3 + BYTES)?;
    let mut block = [&[0; BYTES]; N];
    for (y, line) in block.iter_mut().enumerate() {
        *line = bytes.get(y * width * 3..)?.first_chunk()?;
    }
    Some(block)
}

/// The same, clamped to the rim.
#[cold]
#[inline(never)]
fn block_at_rim<const N: usize, const BYTES: usize>(
    picture: &Picture,
    column: i32,
    row: i32,
) -> [[u8; BYTES]; N] {
    from_fn(|y| {
        let mut line = [0; BYTES];
        for (x, pixel) in line.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            *pixel = picture.at(i64::from(column) + x as i64, i64::from(row) + y as i64);
        }
        line
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_row_has_the_colours_that_each_of_its_places_has() {
        let (width, height) = (40u32, 30u32);
        let rgb = (0..width * height * 3).map(|i| (i * i / 7 % 251) as u8);
        let picture = Picture::new(rgb.collect(), width, height).unwrap();
        // Clear of the rim, beside it, over it, and beyond the last row's end.
        for (x, y, step) in [
            (5.3, 4.1, 0.7),
            (0.0, 0.2, 0.9),
            (-6.5, 12.0, 1.9),
            (34.0, 26.4, -0.8),
            (39.0, 29.0, 0.1),
        ] {
            let step = Point::new(step, 0.07);
            for smooth in [false, true] {
                let first = Point::new(x, y);
                let row: [_; 24] = colours(&picture, Places { first, step }, smooth);
                for (i, colour) in row.into_iter().enumerate() {
                    let i = i as f64;
                    let first = Point::new(x + i * step.x, y + i * step.y);
                    let step = Point::new(1e9, 0.0);
                    // The second place lies outside, so that the first is looked up by itself.
                    let [alone, _] = colours::<2>(&picture, Places { first, step }, smooth);
                    assert_eq!(colour, alone, "{x} {y} {smooth} {i}");
                }
            }
        }
    }
}
