//! What a JPEG file says about itself, read from its segments and not from a decoder.
//!
//! [`read`] walks the markers once and copes with any bytes: a broken segment ends the walk, what was
//! read before it stays. Deliberately not a decoder: no pixel is produced here.

pub(crate) mod entropy;
mod exif;
mod icc;
mod marks;
mod quality;
pub(crate) mod segments;

use zhaoshen_model::measurement::{FileMarks, IccProfile, JpegFacts};

pub(crate) use entropy::scan_is_complete;
pub(crate) use quality::ijg_step;
pub use segments::{Component, Frame, Segments};

/// The facts of a JPEG and where its picture ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// What the headers say.
    pub facts: JpegFacts,
    /// What the segments tell of the programs that wrote it.
    pub marks: FileMarks,
    /// Quantisation steps of the first component, in zigzag order.
    pub luma_steps: Option<[u16; 64]>,
    /// Offset just after the end-of-image marker; `None` when the file stops without one.
    pub end: Option<usize>,
    /// Sequential, but with a scan of its own for some component, which not every decoder can read.
    pub separate_scans: bool,
}

/// Reads the headers; `None` when there is no start marker or no frame header before the data end.
pub fn read(bytes: &[u8]) -> Option<Header> {
    let segments = Segments::walk(bytes)?;
    let frame = segments.frame.as_ref()?;
    let exif = segments.exif.map(exif::read).unwrap_or_default();
    let mut software = exif.software;
    if let Some(tool) = segments.xmp.and_then(exif::creator_tool)
        && !software.contains(&tool)
    {
        software.push(tool);
    }
    let in_first_scan = segments
        .first_scan
        .and_then(|(header, _)| header.first().copied());
    let separate_scans = !frame.progressive
        && in_first_scan.is_some_and(|count| usize::from(count) < frame.components.len());
    let (quality, standard_tables) = quality::estimate(&segments.tables, frame);
    let facts = JpegFacts {
        stored_width_px: frame.width_px,
        stored_height_px: frame.height_px,
        components: frame.components.len().min(255) as u8,
        bits_per_component: frame.bits,
        progressive: frame.progressive,
        subsampling: subsampling(&frame.components),
        quality,
        standard_tables,
        density_dpi: segments.jfif_dpi.or(exif.density_dpi),
        icc: icc::profile(&segments.icc),
        orientation: exif.orientation,
        software,
        taken_at: exif.taken_at,
        camera: exif.camera,
        has_gps: exif.has_gps,
    };
    let luma_table = frame.components.first().map(|luma| usize::from(luma.table));
    Some(Header {
        marks: marks::read(&segments, exif.comments),
        luma_steps: luma_table.and_then(|table| *segments.tables.get(table)?),
        facts,
        end: segments.end,
        separate_scans,
    })
}

/// Whether the embedded profile is sRGB or none, so that the numbers can be read as sRGB.
pub fn is_srgb(icc: &IccProfile) -> bool {
    matches!(icc, IccProfile::Absent | IccProfile::Srgb)
}

/// "4:2:0" and its kin from the sampling factors; other factors are spelt out as "2x2,1x2,1x2".
fn subsampling(components: &[Component]) -> String {
    let [luma, first, second] = components else {
        return String::new();
    };
    let plain = first.factors == second.factors && first.factors == (1, 1);
    match (plain, luma.factors) {
        (true, (1, 1)) => "4:4:4".to_owned(),
        (true, (2, 1)) => "4:2:2".to_owned(),
        (true, (2, 2)) => "4:2:0".to_owned(),
        (true, (1, 2)) => "4:4:0".to_owned(),
        (true, (4, 1)) => "4:1:1".to_owned(),
        _ if luma.factors == first.factors && first.factors == second.factors => "4:4:4".to_owned(),
        _ => components
            .iter()
            .map(|c| format!("{}x{}", c.factors.0, c.factors.1))
            .collect::<Vec<_>>()
            .join(","),
    }
}

#[cfg(test)]
mod tests;
