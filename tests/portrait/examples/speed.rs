//! Prints how long painting and encoding take, for judging a change to the painter.
//!
//! `cargo run --example speed -p zhaoshen-portrait`

use std::time::Instant;

use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    const ROUNDS: u32 = 20;
    for factor in [1.0, 2.0] {
        let start = Instant::now();
        let pictures: Vec<_> = (0..ROUNDS)
            .map(|seed| paint(&Portrait::person(u64::from(seed)).scaled(factor)))
            .collect();
        let painted = start.elapsed() / ROUNDS;
        let start = Instant::now();
        let mut bytes = 0;
        for picture in &pictures {
            bytes += encode_jpeg(picture, &JpegOptions::default())?.len();
        }
        let encoded = start.elapsed() / ROUNDS;
        println!(
            "x{factor}: paint {painted:?}, encode {encoded:?}, {} bytes",
            bytes / ROUNDS as usize
        );
    }
    Ok(())
}
