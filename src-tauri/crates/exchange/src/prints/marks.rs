//! Crop marks: short lines outside the photos, and hairlines where photos touch.

use super::layout::{Area, Cut, SLACK};

/// Length of a crop mark and its distance from the photo, mm.
pub(super) const MARK: (f32, f32) = (1.4, 0.5);

/// Eight short lines that point at the corners of one photo.
pub(super) fn marks_around(photo: &Area) -> Vec<Cut> {
    let mut cuts = Vec::with_capacity(8);
    for x in [photo.x, photo.right()] {
        cuts.extend(upright(x, photo.y, -1.0));
        cuts.extend(upright(x, photo.bottom(), 1.0));
    }
    for y in [photo.y, photo.bottom()] {
        cuts.extend(level(photo.x, y, -1.0));
        cuts.extend(level(photo.right(), y, 1.0));
    }
    cuts
}

/// A mark above (−1) or below (1) the edge `y`.
fn upright(x: f32, y: f32, way: f32) -> [Cut; 1] {
    let near = y + way * MARK.1;
    [Cut {
        from: (x, near),
        to: (x, near + way * MARK.0),
        inside: false,
    }]
}

/// A mark left (−1) or right (1) of the edge `x`.
fn level(x: f32, y: f32, way: f32) -> [Cut; 1] {
    let near = x + way * MARK.1;
    [Cut {
        from: (near, y),
        to: (near + way * MARK.0, y),
        inside: false,
    }]
}

/// Marks outside a block of photos that touch, and a hairline along every edge inside it.
pub(super) fn marks_of_block(photos: &[Area]) -> Vec<Cut> {
    let top = photos.iter().map(|photo| photo.y).fold(f32::MAX, f32::min);
    let bottom = photos.iter().map(Area::bottom).fold(0.0, f32::max);
    let mut cuts = Vec::new();
    for photo in photos {
        for x in [photo.x, photo.right()] {
            if photo.y - top < SLACK {
                cuts.extend(upright(x, top, -1.0));
            }
            if bottom - photo.bottom() < SLACK {
                cuts.extend(upright(x, bottom, 1.0));
            }
            cuts.push(Cut {
                from: (x, photo.y),
                to: (x, photo.bottom()),
                inside: true,
            });
        }
        for y in [photo.y, photo.bottom()] {
            let leftmost = !photos.iter().any(|other| beside(other, photo, -1.0));
            let rightmost = !photos.iter().any(|other| beside(other, photo, 1.0));
            if leftmost {
                cuts.extend(level(photo.x, y, -1.0));
            }
            if rightmost {
                cuts.extend(level(photo.right(), y, 1.0));
            }
            cuts.push(Cut {
                from: (photo.x, y),
                to: (photo.right(), y),
                inside: true,
            });
        }
    }
    cuts
}

/// Whether `other` stands in the row of `photo`, left (−1) or right (1) of it.
fn beside(other: &Area, photo: &Area, way: f32) -> bool {
    (other.y - photo.y).abs() < SLACK && (other.x - photo.x) * way > SLACK
}
