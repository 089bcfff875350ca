//! Points and rectangles in pixels of a picture *as displayed* (after EXIF orientation).
//!
//! Origin is the top left corner of the top left pixel, x to the right, y down. Not a geometry
//! library: just the shapes that measurements and marks are made of.

use serde::{Deserialize, Serialize};

/// A position in pixels of the picture as displayed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Point {
    /// Distance from the left edge, px.
    pub x: f64,
    /// Distance from the top edge, px.
    pub y: f64,
}

impl Point {
    /// A point at (`x`, `y`) px.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Euclidean distance to `other`, px.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point halfway to `other`.
    pub fn midpoint(self, other: Self) -> Self {
        Self::new((self.x + other.x) / 2.0, (self.y + other.y) / 2.0)
    }
}

/// An axis-aligned rectangle in pixels; it may reach outside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct PixelRect {
    /// Left edge, px.
    pub x: f64,
    /// Top edge, px.
    pub y: f64,
    /// Width, px, not negative.
    pub width: f64,
    /// Height, px, not negative.
    pub height: f64,
}

impl PixelRect {
    /// A rectangle from its left top corner and its size, px.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The smallest rectangle around `points`, or `None` when there are none.
    pub fn around(points: &[Point]) -> Option<Self> {
        let first = points.first()?;
        let mut low = *first;
        let mut high = *first;
        for point in points {
            low = Point::new(low.x.min(point.x), low.y.min(point.y));
            high = Point::new(high.x.max(point.x), high.y.max(point.y));
        }
        Some(Self::new(low.x, low.y, high.x - low.x, high.y - low.y))
    }

    /// The centre of the rectangle.
    pub fn centre(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Area in square pixels.
    pub fn area(self) -> f64 {
        self.width * self.height
    }
}
