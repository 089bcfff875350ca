//! JPEG quality on the IJG scale, read from the quantisation tables.
//!
//! The IJG library scales the example tables of ITU-T T.81 Annex K by `5000 / q` (q < 50) or
//! `200 - 2 q` per cent, rounds, and clamps to 1..=255. When a file's tables equal such scaled ones the
//! quality is exact; otherwise the nearest is an estimate.

use super::segments::Frame;

/// T.81 table K.1 (luminance), zigzag order.
const LUMA: [u16; 64] = [
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
    29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81,
    87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];
/// T.81 table K.2 (chrominance), zigzag order.
const CHROMA: [u16; 64] = [
    17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/// The quality 1..=100 and whether it is exact; `None` when the first component's table is missing.
pub(super) fn estimate(tables: &[Option<[u16; 64]>; 4], frame: &Frame) -> (Option<u8>, bool) {
    let of = |index: usize| {
        let component = frame.components.get(index)?;
        tables.get(usize::from(component.table))?.as_ref()
    };
    let Some(luma) = of(0) else {
        return (None, false);
    };
    let nearest = (1..=100u8).min_by_key(|&quality| distance(luma, &LUMA, quality));
    let Some(quality) = nearest else {
        return (None, false);
    };
    let chroma_fits = of(1).is_none_or(|chroma| distance(chroma, &CHROMA, quality) == 0);
    (
        Some(quality),
        distance(luma, &LUMA, quality) == 0 && chroma_fits,
    )
}

/// Sum of absolute differences between a table and the base table scaled to `quality`.
fn distance(table: &[u16; 64], base: &[u16; 64], quality: u8) -> u64 {
    table
        .iter()
        .zip(base)
        .map(|(&entry, &base)| u64::from(entry.abs_diff(scaled(base, quality))))
        .sum()
}

/// The luminance step that the IJG library writes at `quality` for the frequency at `zigzag` (0..64).
pub(crate) fn ijg_step(zigzag: usize, quality: u8) -> u16 {
    LUMA.get(zigzag).map_or(1, |&base| scaled(base, quality))
}

/// One base entry at `quality`, as the IJG library computes it for baseline files.
fn scaled(base: u16, quality: u8) -> u16 {
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 {
        5000 / quality
    } else {
        200 - 2 * quality
    };
    ((u32::from(base) * percent + 50) / 100).clamp(1, 255) as u16
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::jpeg::Component;

    fn frame() -> Frame {
        let component = |id, table| Component {
            id,
            factors: (1, 1),
            table,
        };
        Frame {
            bits: 8,
            width_px: 8,
            height_px: 8,
            components: vec![component(1, 0), component(2, 1), component(3, 1)],
            progressive: false,
            sequential: true,
        }
    }

    fn tables(quality: u8) -> [Option<[u16; 64]>; 4] {
        [
            Some(LUMA.map(|e| scaled(e, quality))),
            Some(CHROMA.map(|e| scaled(e, quality))),
            None,
            None,
        ]
    }

    #[test]
    fn scaled_tables_give_back_their_quality() {
        // Below 2 all entries are clamped to 255 and cannot be told apart.
        for quality in 3..=100 {
            assert_eq!(
                estimate(&tables(quality), &frame()),
                (Some(quality), true),
                "{quality}"
            );
        }
    }

    #[test]
    fn other_tables_are_an_estimate() {
        let mut own = tables(75);
        own[0].as_mut().unwrap()[5] += 3;
        assert_eq!(estimate(&own, &frame()), (Some(75), false));
        assert_eq!(estimate(&[None; 4], &frame()), (None, false));
    }

    #[test]
    fn a_missing_or_wild_table_number_is_no_quality() {
        let mut wild = frame();
        wild.components[0].table = 200;
        assert_eq!(estimate(&tables(75), &wild), (None, false));
    }
}
