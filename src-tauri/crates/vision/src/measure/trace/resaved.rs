//! Whether the picture was compressed before: what the quantisation of an earlier JPEG leaves in the coefficients of
//! this one, and a second block grid beside its own.
//!
//! A coarser compression first leaves gaps in the histogram of each coefficient. How the coefficients would lie had
//! there been none is estimated from the same picture half a block away, where no grid was (J. Lukáš, J. Fridrich,
//! "Estimation of primary quantization matrix in double compressed JPEG images", 2003). An earlier compression as fine
//! as this one, or finer, leaves nothing that could be told from chance.

use zhaoshen_model::measurement::EarlierSave;

use super::blocks::{Coefficients, FREQUENCIES, coefficients};
use super::window::{BLOCK, Window};
use crate::jpeg::ijg_step;
use crate::nets::kernels::{Wide, wide};

/// Most blocks looked at.
const MOST_BLOCKS: usize = 1200;
/// Coefficients up to this size are looked at.
const REACH: usize = 64;
/// Largest earlier step looked for.
const LARGEST_STEP: usize = 48;
/// Fewest coefficients other than 0 that a frequency needs.
const FEWEST: f32 = 30.0;
/// Spread of a coefficient by the rounding of pixels between two compressions.
const SPREAD: f32 = 0.5;
/// Share of coefficients granted to chance, so that no histogram is impossible.
const CHANCE: f32 = 0.01;

/// Measures a window of a file whose luma was quantised by `steps` (zigzag order).
pub(super) fn measure(window: &Window, steps: &[u16; 64]) -> EarlierSave {
    let blocks = window.width / BLOCK * (window.height / BLOCK);
    let stride = blocks.div_ceil(MOST_BLOCKS);
    let sample = |shift: usize| {
        wide(Sample {
            window,
            stride,
            shift,
        })
    };
    let evidence = Evidence {
        here: sample(0),
        beside: sample(BLOCK / 2),
    };
    let gains: Vec<Gains> = (0..FREQUENCIES.len())
        .filter_map(|index| evidence.gains(index, usize::from(steps[FREQUENCIES[index].2])))
        .collect();
    let count: f64 = gains.iter().map(|gains| gains.count).sum();
    let best: f64 = gains.iter().map(Gains::best).sum();
    let of_quality =
        |quality: u8| -> f64 { gains.iter().map(|gains| gains.by_quality(quality)).sum() };
    let quality = (1..=99).max_by(|&a, &b| of_quality(a).total_cmp(&of_quality(b)));
    EarlierSave {
        double_gain: best / count.max(1.0),
        earlier_quality: quality.filter(|&quality| best > 0.0 && of_quality(quality) > 0.8 * best),
        shifted_grid: shifted_grid(window),
    }
}

/// Every `stride`th block of the grid moved by `shift` px both ways.
struct Sample<'a> {
    window: &'a Window,
    stride: usize,
    shift: usize,
}

impl Wide for Sample<'_> {
    type Result = Vec<Coefficients>;

    #[inline(always)]
    fn run(self) -> Vec<Coefficients> {
        let Self {
            window,
            stride,
            shift,
        } = self;
        let across = (window.width - shift) / BLOCK;
        let down = (window.height - shift) / BLOCK;
        let mut blocks = Vec::with_capacity(across * down / stride.max(1) + 1);
        for block in (0..across * down).step_by(stride.max(1)) {
            let (column, row) = (block % across, block / across);
            let (x, y) = (shift + column * BLOCK, shift + row * BLOCK);
            blocks.extend(coefficients(window, x, y));
        }
        blocks
    }
}

/// The coefficients on the file's grid and half a block beside it.
struct Evidence {
    here: Vec<Coefficients>,
    beside: Vec<Coefficients>,
}

/// What each earlier step would explain of one frequency, in nats over no earlier step.
struct Gains {
    by_step: Vec<f64>,
    zigzag: usize,
    count: f64,
}

impl Gains {
    /// The best explanation, less what the best of so many explains by chance.
    fn best(&self) -> f64 {
        let chance = (LARGEST_STEP as f64).ln();
        let best = self.by_step.iter().copied().fold(0.0, f64::max);
        (best - chance).max(0.0)
    }

    fn by_quality(&self, quality: u8) -> f64 {
        let step = usize::from(ijg_step(self.zigzag, quality));
        self.by_step.get(step).copied().unwrap_or(0.0)
    }
}

impl Evidence {
    fn gains(&self, index: usize, step: usize) -> Option<Gains> {
        let step = Some(step).filter(|step| (1..REACH).contains(step))?;
        let counts = histogram(&self.here, index, step);
        let count: f32 = counts.iter().skip(1).sum();
        if count < FEWEST {
            return None;
        }
        let plain = smoothed(&histogram(&self.beside, index, 1));
        let single = likelihood(&counts, &expected(&plain, 1, step));
        let gain = |earlier: usize| {
            if earlier < 2 || earlier == step {
                0.0
            } else {
                likelihood(&counts, &expected(&plain, earlier, step)) - single
            }
        };
        Some(Gains {
            by_step: (0..=LARGEST_STEP).map(gain).collect(),
            zigzag: FREQUENCIES[index].2,
            count: f64::from(count),
        })
    }
}

/// How many coefficients of one frequency round to each multiple of `step`, by magnitude, up to [`REACH`].
fn histogram(blocks: &[Coefficients], index: usize, step: usize) -> Vec<f32> {
    let mut counts = vec![0.0; REACH / step + 1];
    for block in blocks {
        // Rounds as `round` does, which is a call without SSE 4.1.
        let level = (block[index].abs() / step as f32 + 0.5) as usize;
        if let Some(count) = counts.get_mut(level) {
            *count += 1.0;
        }
    }
    counts
}

/// A histogram smoothed over a quarter of the magnitude, nowhere quite empty.
fn smoothed(counts: &[f32]) -> Vec<f32> {
    (0..counts.len())
        .map(|level| {
            let reach = (level / 4 + 2).min(level);
            let near = &counts[level - reach..(level + reach + 1).min(counts.len())];
            near.iter().sum::<f32>() / near.len() as f32 + 0.02
        })
        .collect()
}

/// The histogram to expect had magnitudes distributed as `plain` been quantised by `earlier`, then by `step`.
fn expected(plain: &[f32], earlier: usize, step: usize) -> Vec<f32> {
    let mut counts = vec![0.0f32; REACH / step + 1];
    let spread = if earlier == 1 { SPREAD / 2.0 } else { SPREAD };
    for middle in (0..plain.len()).step_by(earlier) {
        let from = middle.saturating_sub(earlier / 2);
        let to = (middle + earlier.div_ceil(2)).min(plain.len());
        let mass: f32 = plain[from..to].iter().sum();
        requantise(&mut counts, middle as f32, mass, step as f32, spread);
    }
    counts
}

/// Adds `mass` at `value`, blurred by `spread`, to the levels of `step` it rounds to.
fn requantise(counts: &mut [f32], value: f32, mass: f32, step: f32, spread: f32) {
    // The logistic curve stands for the normal distribution's.
    let below = |edge: f32| 1.0 / (1.0 + (-1.7 * (edge - value) / spread).exp());
    let nearest = ((value / step + 0.5) as u32) as f32;
    let (low, high) = (below((nearest - 0.5) * step), below((nearest + 0.5) * step));
    for (level, share) in [
        (nearest - 1.0, low),
        (nearest, high - low),
        (nearest + 1.0, 1.0 - high),
    ] {
        if level >= 0.0
            && let Some(count) = counts.get_mut(level as usize)
        {
            *count += mass * share.max(0.0);
        }
    }
}

/// Logarithm of the likelihood of the counts other than 0, which smooth background fills.
fn likelihood(counts: &[f32], expected: &[f32]) -> f64 {
    let total: f32 = expected.iter().skip(1).sum::<f32>().max(1e-6);
    let even = CHANCE / (expected.len() - 1).max(1) as f32;
    let pairs = counts.iter().zip(expected).skip(1);
    pairs
        .filter(|(count, _)| **count > 0.0)
        .map(|(&count, &mass)| f64::from(count * ((1.0 - CHANCE) * mass / total + even).ln()))
        .sum()
}

/// How a block grid at phase 0 shows in the mean step by phase; measured on portraits saved once at quality 60 to 90.
const GRID: [f64; BLOCK] = [1.0, 0.85, -0.35, -0.1, -0.3, -0.1, -0.35, 0.85];

/// Strength of a grid at another phase than the file's own.
///
/// The file's own grid shows the same on both sides of its lines; what differs between phases +i and -i is a grid
/// elsewhere. One moved by just half a block cannot be told from the own one.
fn shifted_grid(window: &Window) -> f64 {
    wide(StepsByPhase(window))
        .map(|means| strength(&means))
        .into_iter()
        .fold(0.0, f64::max)
}

fn strength(means: &[f64; BLOCK]) -> f64 {
    let mut sorted = *means;
    sorted.sort_by(f64::total_cmp);
    let texture = sorted[BLOCK / 2].max(1e-3);
    let odd_part = |values: &[f64; BLOCK]| {
        [1, 2, 3].map(|phase| (values[phase] - values[BLOCK - phase]) / 2.0)
    };
    let found = odd_part(means);
    let match_at = |shift: usize| {
        let moved: [f64; BLOCK] =
            std::array::from_fn(|phase| GRID[(phase + BLOCK - shift) % BLOCK]);
        let wanted = odd_part(&moved);
        let norm = wanted.iter().map(|value| value * value).sum::<f64>().sqrt();
        let product: f64 = found.iter().zip(wanted).map(|(a, b)| a * b).sum();
        product / norm.max(1e-9)
    };
    let best = (1..BLOCK).filter(|shift| *shift != BLOCK / 2).map(match_at);
    best.fold(0.0, f64::max) / texture
}

/// Pixels summed along a line before steps across it are taken: noise averages out, block edges do not.
const RUN: usize = 4;
/// Larger steps are edges of what is shown.
const EDGE: f32 = 24.0;

/// Mean step (third difference of [`RUN`] pixels' sum) by phase within the block, across and down.
struct StepsByPhase<'a>(&'a Window);

impl Wide for StepsByPhase<'_> {
    type Result = [[f64; BLOCK]; 2];

    #[inline(always)]
    fn run(self) -> [[f64; BLOCK]; 2] {
        let window = self.0;
        let (mut across, mut down) = (Steps::default(), Steps::default());
        let mut sums = vec![0.0f32; window.width];
        for y in (0..window.height).step_by(RUN) {
            sums.fill(0.0);
            for row in y..y + RUN {
                for (sum, pixel) in sums.iter_mut().zip(window.row(row)) {
                    *sum += pixel;
                }
            }
            across.add_row(&sums);
        }
        let columns = window.width / RUN;
        let mut runs = vec![0.0f32; window.luma.len() / RUN];
        for (sum, [a, b, c, d]) in runs.iter_mut().zip(window.luma.as_chunks::<RUN>().0) {
            *sum = a + b + c + d;
        }
        for y in 0..window.height.saturating_sub(3) {
            let rows = [0, 1, 2, 3].map(|row| &runs[(y + row) * columns..(y + row + 1) * columns]);
            down.add_rows((y + 2) % BLOCK, rows);
        }
        [across.means(), down.means()]
    }
}

/// Sums over the phases of the block, in as many lanes as it has.
#[derive(Default)]
struct Steps {
    sums: [f32; BLOCK],
    counts: [f32; BLOCK],
}

/// Adds one step to its sum, unless it is an edge of what is shown.
#[inline(always)]
fn add(sum: &mut f32, count: &mut f32, four: [f32; 4]) {
    let step = (four[0] - 3.0 * four[1] + 3.0 * four[2] - four[3]).abs();
    let counts = if step < EDGE { 1.0 } else { 0.0 };
    *sum += step * counts;
    *count += counts;
}

impl Steps {
    /// The steps along one row that begins on the grid: the one between pixels `x + 1` and `x + 2` has phase `x + 2`.
    #[inline(always)]
    fn add_row(&mut self, row: &[f32]) {
        let (mut sums, mut counts) = ([0.0; BLOCK], [0.0; BLOCK]);
        for piece in row.windows(BLOCK + 3).step_by(BLOCK) {
            let Some(piece) = piece.first_chunk::<{ BLOCK + 3 }>() else {
                break;
            };
            for lane in 0..BLOCK {
                let four = [
                    piece[lane],
                    piece[lane + 1],
                    piece[lane + 2],
                    piece[lane + 3],
                ];
                add(&mut sums[lane], &mut counts[lane], four);
            }
        }
        for lane in 0..BLOCK {
            self.sums[(lane + 2) % BLOCK] += sums[lane];
            self.counts[(lane + 2) % BLOCK] += counts[lane];
        }
    }

    /// The steps down between four rows, all of one phase.
    #[inline(always)]
    fn add_rows(&mut self, phase: usize, rows: [&[f32]; 4]) {
        let (mut sums, mut counts) = ([0.0; BLOCK], [0.0; BLOCK]);
        let pieces = rows.map(|row| row.as_chunks::<BLOCK>().0.iter());
        let [first, second, third, fourth] = pieces;
        for (((a, b), c), d) in first.zip(second).zip(third).zip(fourth) {
            for lane in 0..BLOCK {
                let four = [a[lane], b[lane], c[lane], d[lane]];
                add(&mut sums[lane], &mut counts[lane], four);
            }
        }
        self.sums[phase] += sums.iter().sum::<f32>();
        self.counts[phase] += counts.iter().sum::<f32>();
    }

    fn means(&self) -> [f64; BLOCK] {
        std::array::from_fn(|phase| f64::from(self.sums[phase] / self.counts[phase].max(1.0)))
    }
}
