//! Where the person is: selfie segmentation, 256×256.
//!
//! The picture is stretched onto the square, as in MediaPipe's graph; the mask is given as the network
//! makes it, without smoothing. What counts as person (0.5, say) is for the reader to decide.

use super::kernels::Simd;
use super::plan::{Memory, Plan};
use super::sample::{Range, Rim, sample};
use super::{Error, RgbView};

/// Cells along each side of the mask grid.
pub const GRID: usize = 256;

/// Person probability over the whole picture.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonMask {
    grid: Vec<f32>,
    width_px: usize,
    height_px: usize,
}

/// The segmentation network and where its result is.
#[derive(Debug)]
pub(super) struct MaskNet {
    plan: Plan,
    mask: usize,
}

impl MaskNet {
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let plan = Plan::read(bytes)?;
        plan.expect_input(GRID)?;
        let mask = plan.output("activation_10", GRID * GRID)?;
        Ok(Self { plan, mask })
    }

    pub fn memory(&self) -> Memory {
        self.plan.memory()
    }

    pub fn look(&self, simd: Simd, memory: &mut Memory, picture: &RgbView<'_>) -> PersonMask {
        let (width_px, height_px) = (picture.width_px(), picture.height_px());
        let map = [
            [width_px as f64 / GRID as f64, 0.0, 0.0],
            [0.0, height_px as f64 / GRID as f64, 0.0],
        ];
        sample(
            simd,
            picture,
            &map,
            Rim::Nearest,
            Range::ZERO_TO_ONE,
            GRID,
            self.plan.input(memory),
        );
        self.plan.run(simd, memory);
        PersonMask {
            grid: self.plan.output_values(memory, self.mask),
            width_px,
            height_px,
        }
    }
}

impl PersonMask {
    /// [`GRID`]×[`GRID`] probabilities, row by row; the grid is stretched over the picture.
    #[must_use]
    pub fn grid(&self) -> &[f32] {
        &self.grid
    }

    /// Probability 0 to 1 at a point in picture pixels (whole numbers are pixel centres, as everywhere in this
    /// module), bilinear between grid cells, clamped at the rim. Cell `i` of the grid lies at pixel `i * width / 256`.
    #[must_use]
    #[inline]
    pub fn at(&self, x_px: f32, y_px: f32) -> f32 {
        let place = |v: f32, side: usize| {
            // `max` before `min`: a NaN becomes 0.
            let cell = (v / side as f32 * GRID as f32)
                .max(0.0)
                .min((GRID - 1) as f32);
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
