//! All forms of the kernels against the definitions, over sizes that leave every kind of remainder.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

/// Repeatable values between −1 and 1.
fn values(n: usize, seed: usize) -> Vec<f32> {
    (0..n)
        .map(|i| ((i * 7919 + seed * 104_729) % 2003) as f32 / 1001.5 - 1.0)
        .collect()
}

fn forms() -> Vec<Simd> {
    vec![Simd::Portable, Simd::best().narrow(), Simd::best()]
}

fn assert_near(own: f32, wanted: f32, what: &str) {
    assert!(
        (own - wanted).abs() < 1e-4 * (1.0 + wanted.abs()),
        "{what}: {own} instead of {wanted}"
    );
}

fn activate(x: f32, lane: usize, activation: &Activation) -> f32 {
    match activation {
        Activation::None => x,
        Activation::Relu => x.max(0.0),
        Activation::Relu6 => x.clamp(0.0, 6.0),
        Activation::Slopes(slopes) => {
            if x < 0.0 {
                slopes[lane] * x
            } else {
                x
            }
        }
        Activation::HardSwish => x * (x + 3.0).clamp(0.0, 6.0) / 6.0,
    }
}

#[test]
fn products_follow_the_definition() {
    for (rows, depth, columns) in [
        (1, 1, 1),
        (2, 3, 8),
        (5, 7, 9),
        (6, 16, 16),
        (13, 5, 24),
        (17, 12, 42),
        (9, 4, 56),
    ] {
        let (segments, gap) = (1 + rows % 2, 5);
        let (a, weights) = (
            values(rows * 40 + 60, rows),
            values(segments * depth * columns, depth),
        );
        let bias = values(columns, 3);
        let packed = Packed::new([segments, depth], columns, &bias, |row, column| {
            weights[row * columns + column]
        });
        let lanes = packed.lanes();
        let residual_lanes = if lanes < 24 { 8 } else { 16 };
        let residual = values(rows * residual_lanes, 11);
        for activation in [
            Activation::None,
            Activation::Relu6,
            Activation::Slopes(values(lanes, 5)),
            Activation::HardSwish,
        ] {
            for simd in forms() {
                let mut out = vec![9.0; rows * lanes];
                let product = Product {
                    a: Matrix {
                        values: &a,
                        stride: 20,
                    },
                    segment_stride: gap,
                    rows,
                    residual: Some(Matrix {
                        values: &residual,
                        stride: residual_lanes,
                    }),
                    activation: &activation,
                };
                gemm(simd, &packed, &product, &mut out);
                for (i, own) in out.iter().enumerate().filter(|(i, _)| i % lanes < columns) {
                    let (row, column) = (i / lanes, i % lanes);
                    let mut sum = bias[column]
                        + if column < residual_lanes {
                            residual[row * residual_lanes + column]
                        } else {
                            0.0
                        };
                    for inner in 0..segments * depth {
                        let at = row * 20 + inner / depth * gap + inner % depth;
                        sum += a[at] * weights[inner * columns + column];
                    }
                    assert_near(
                        *own,
                        activate(sum, column, &activation),
                        &format!("{rows}x{columns} at {i}"),
                    );
                }
            }
        }
    }
}

#[test]
fn depthwise_rows_follow_the_definition() {
    for (width, window, stride, pad, lanes) in [
        (1, 3, 1, 1, 8),
        (2, 3, 1, 1, 16),
        (9, 3, 1, 1, 8),
        (21, 5, 2, 1, 24),
        (16, 3, 2, 0, 8),
        (40, 5, 1, 2, 8),
    ] {
        let out_width = usize::div_ceil(width, stride);
        let lines = [values(width * lanes, 1), values(width * lanes, 2)];
        let rows: Vec<&[f32]> = lines.iter().map(Vec::as_slice).collect();
        let (weights, bias) = (values(2 * window * lanes, 3), values(lanes, 4));
        let late = values(out_width * lanes, 5);
        for simd in forms() {
            let mut out = vec![9.0; out_width * lanes];
            let row = DepthwiseRow {
                rows: &rows,
                weights: &weights,
                bias: &bias,
                window_width: window,
                stride,
                pad_left: pad,
                in_width: width,
                lanes,
                activation: &Activation::Relu,
                late: Some(&late),
            };
            depthwise_row(simd, &row, &mut out);
            for (i, own) in out.iter().enumerate() {
                let (x, lane) = (i / lanes, i % lanes);
                let mut sum = bias[lane];
                for (cell, weight) in weights.chunks(lanes).enumerate() {
                    let at = (x * stride + cell % window)
                        .checked_sub(pad)
                        .filter(|at| *at < width);
                    sum += at.map_or(0.0, |at| {
                        lines[cell / window][at * lanes + lane] * weight[lane]
                    });
                }
                assert_near(
                    *own,
                    sum.max(0.0) + late[i],
                    &format!("width {width} window {window} at {i}"),
                );
            }
        }
    }
}

#[test]
fn the_logistic_is_exact_enough_everywhere() {
    let x: Vec<f32> = (-2000..=2000)
        .map(|i| i as f32 / 20.0)
        .chain([f32::MIN, f32::MAX])
        .collect();
    for simd in forms() {
        let mut out = vec![0.0; x.len()];
        logistic(simd, &x, &mut out);
        for (x, own) in x.iter().zip(out) {
            let wanted = 1.0 / (1.0 + (-f64::from(*x)).exp());
            assert!(
                (f64::from(own) - wanted).abs() < 3e-7,
                "{x}: {own} instead of {wanted}"
            );
        }
    }
}

#[test]
fn samples_in_blocks_equal_samples_one_by_one() {
    let (width, height) = (37, 29);
    let pixels: Vec<u8> = (0..width * height * 3)
        .map(|i| (i * 7919 % 251) as u8)
        .collect();
    let rim = |x: f32, y: f32| [x, y, x - y];
    // Inside, across the left and the right end, along the last rows, and nowhere.
    for (start, step) in [
        ([1.3, 2.1], [0.9, 0.4]),
        ([-4.0, 3.0], [1.1, 0.0]),
        ([30.2, 20.7], [0.7, -0.2]),
        ([0.0, 27.9], [1.0, 0.01]),
        ([f64::NAN, 1e30], [1.0, 1.0]),
    ] {
        for simd in forms() {
            let row = |start: [f64; 2]| SampleRow {
                pixels: &pixels,
                width,
                height,
                start,
                step,
                scale: 1.0 / 255.0,
                shift: -0.5,
                rim: &rim,
            };
            let mut together = vec![9.0; 30 * 3];
            sample_row(simd, &row(start), &mut together);
            for (u, cell) in together.chunks_exact(3).enumerate() {
                let mut alone = [0.0; 3];
                let place = [0, 1].map(|axis| step[axis] * u as f64 + start[axis]);
                sample_row(simd, &row(place), &mut alone);
                let bits = |cell: &[f32]| cell.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(cell), bits(&alone), "cell {u} from {start:?}");
            }
        }
    }
}

#[test]
fn pooled_rows_follow_the_definition() {
    for (width, lanes, size, stride, before) in [
        (9, 8, 2, 2, 0),
        (8, 24, 2, 2, 0),
        (7, 3, 3, 2, 1),
        (5, 19, 2, 1, 0),
    ] {
        let row = values(width * lanes, width);
        let columns = (width + before - size) / stride + 1;
        for simd in forms() {
            let mut out = vec![-0.25; columns * lanes];
            max_row(simd, &row, lanes, [size, stride, before], &mut out);
            for (i, own) in out.iter().enumerate() {
                let (x, lane) = (i / lanes, i % lanes);
                let seen = (x * stride..x * stride + size)
                    .filter_map(|at| at.checked_sub(before).filter(|at| *at < width));
                let wanted = seen.fold(-0.25f32, |most, at| most.max(row[at * lanes + lane]));
                assert_near(*own, wanted, &format!("{width}x{lanes} at {i}"));
            }
        }
    }
}
