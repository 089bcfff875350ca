//! Where the person is: selfie segmentation, 256×256.

/// Cells along each side of the mask grid.
pub const GRID: usize = 256;

/// Person probability over the whole picture.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonMask {
    grid: Vec<f32>,
    width_px: usize,
    height_px: usize,
}

impl PersonMask {
    pub(super) fn new(grid: Vec<f32>, width_px: usize, height_px: usize) -> Self {
        Self { grid, width_px, height_px }
    }

    /// [`GRID`]×[`GRID`] probabilities, row by row; the grid is stretched over the picture.
    #[must_use]
    pub fn grid(&self) -> &[f32] {
        &self.grid
    }

    /// Probability 0 to 1 at a point in picture pixels (pixel centres at .5), bilinear, clamped at the rim.
    #[must_use]
    pub fn at(&self, x_px: f32, y_px: f32) -> f32 {
        let place = |v: f32, side: usize| {
            let cell = (v / side as f32 * GRID as f32 - 0.5).clamp(0.0, (GRID - 1) as f32);
            let low = (cell as usize).min(GRID - 2);
            (low, cell - low as f32)
        };
        let (x, fx) = place(x_px, self.width_px);
        let (y, fy) = place(y_px, self.height_px);
        let row = |y: usize| {
            let cells = &self.grid[y * GRID + x..];
            cells[0] + (cells[1] - cells[0]) * fx
        };
        let (upper, lower) = (row(y), row(y + 1));
        upper + (lower - upper) * fy
    }
}
