//! The walk over marker segments (ITU-T T.81 Annex B): bounded, never beyond the slice, never panicking.

/// Largest ICC profile put together from its chunks, bytes.
const MAX_ICC_BYTES: usize = 4 << 20;

/// Most comments, and most boxes, that are kept.
const MOST_SEGMENTS: usize = 64;

/// One colour component of the frame header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Component {
    /// Component identifier.
    pub id: u8,
    /// Horizontal and vertical sampling factors, 1..=4 in valid files.
    pub factors: (u8, u8),
    /// Which quantisation table it uses.
    pub table: u8,
}

/// The frame header (SOF).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Bits per component.
    pub bits: u8,
    /// Stored width, px.
    pub width_px: u32,
    /// Stored height, px.
    pub height_px: u32,
    /// The components in file order.
    pub components: Vec<Component>,
    /// Progressive (SOF2, 6, 10, 14).
    pub progressive: bool,
    /// Baseline or extended sequential with Huffman coding (SOF0, SOF1).
    pub sequential: bool,
}

/// What the walk found, borrowed from the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Segments<'a> {
    /// The first frame header.
    pub frame: Option<Frame>,
    /// Quantisation tables by number, in zigzag order.
    pub tables: [Option<[u16; 64]>; 4],
    /// Huffman tables as (class << 4 | number, 16 counts and the symbols), in file order up to the first scan.
    pub huffman: Vec<(u8, &'a [u8])>,
    /// Restart interval in force at the first scan, MCUs; 0 for none.
    pub restart_interval: u16,
    /// The first scan header (the bytes after its length) and the offset of its compressed data.
    pub first_scan: Option<(&'a [u8], usize)>,
    /// Density of the JFIF header in dots per inch; `None` for absent or unit-less.
    pub jfif_dpi: Option<(f64, f64)>,
    /// The TIFF structure of the EXIF segment.
    pub exif: Option<&'a [u8]>,
    /// The XMP packet.
    pub xmp: Option<&'a [u8]>,
    /// Comment segments.
    pub comments: Vec<&'a [u8]>,
    /// Segments of JUMBF boxes (APP11), which carry C2PA manifests.
    pub boxes: Vec<&'a [u8]>,
    /// Photoshop's resources (APP13) are there.
    pub photoshop: bool,
    /// The note of Adobe's "Save for Web" (APP12) is there.
    pub ducky: bool,
    /// The ICC profile put together; empty when absent.
    pub icc: Vec<u8>,
    /// Offset just after the end-of-image marker.
    pub end: Option<usize>,
}

impl<'a> Segments<'a> {
    /// Walks the file from its start marker; `None` when it has none.
    pub fn walk(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(&[0xFF, 0xD8]) {
            return None;
        }
        let mut found = Self::default();
        let mut icc_chunks = Vec::new();
        let mut at = 2;
        while let Some((marker, after)) = next_marker(bytes, at) {
            match marker {
                0xD9 => {
                    found.end = Some(after);
                    break;
                }
                0x01 | 0xD0..=0xD8 => at = after,
                _ => {
                    let Some((body, next)) = segment(bytes, after) else {
                        break;
                    };
                    found.take(marker, body, next, &mut icc_chunks);
                    at = if marker == 0xDA {
                        end_of_scan(bytes, next)
                    } else {
                        next
                    };
                }
            }
        }
        found.icc = joined(icc_chunks);
        Some(found)
    }

    fn take(&mut self, marker: u8, body: &'a [u8], next: usize, icc: &mut Vec<(u8, &'a [u8])>) {
        match marker {
            0xC4 if self.first_scan.is_none() => self.take_huffman(body),
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                self.frame = self.frame.take().or_else(|| frame(marker, body));
            }
            0xDB => self.take_tables(body),
            0xDD if self.first_scan.is_none() => {
                if let &[high, low, ..] = body {
                    self.restart_interval = u16::from_be_bytes([high, low]);
                }
            }
            0xDA if self.first_scan.is_none() => self.first_scan = Some((body, next)),
            0xE0 => self.jfif_dpi = self.jfif_dpi.or_else(|| jfif_dpi(body)),
            0xE1 => self.take_app1(body),
            0xE2 => {
                if let Some([number, _, chunk @ ..]) = body.strip_prefix(b"ICC_PROFILE\0") {
                    icc.push((*number, chunk));
                }
            }
            0xEB if self.boxes.len() < MOST_SEGMENTS => self.boxes.push(body),
            0xEC => self.ducky |= body.starts_with(b"Ducky"),
            0xED => self.photoshop |= body.starts_with(b"Photoshop 3.0\0"),
            0xFE if self.comments.len() < MOST_SEGMENTS => self.comments.push(body),
            _ => {}
        }
    }

    fn take_app1(&mut self, body: &'a [u8]) {
        if let Some(tiff) = body.strip_prefix(b"Exif\0\0") {
            self.exif = self.exif.or(Some(tiff));
        } else if let Some(packet) = body.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0") {
            self.xmp = self.xmp.or(Some(packet));
        }
    }

    fn take_tables(&mut self, mut body: &[u8]) {
        while let Some((&head, rest)) = body.split_first() {
            let wide = head >> 4 != 0;
            let length = if wide { 128 } else { 64 };
            let (Some(values), Some(slot)) = (
                rest.get(..length),
                self.tables.get_mut(usize::from(head & 15)),
            ) else {
                return;
            };
            let mut table = [0u16; 64];
            for (i, entry) in table.iter_mut().enumerate() {
                *entry = if wide {
                    u16::from_be_bytes([values[2 * i], values[2 * i + 1]])
                } else {
                    u16::from(values[i])
                };
            }
            // The first definition is the one the first scan uses.
            slot.get_or_insert(table);
            body = &rest[length..];
        }
    }

    fn take_huffman(&mut self, mut body: &'a [u8]) {
        while let Some((&head, rest)) = body.split_first() {
            let Some(counts) = rest.get(..16) else { return };
            let symbols: usize = counts.iter().map(|&count| usize::from(count)).sum();
            let Some(table) = rest.get(..16 + symbols) else {
                return;
            };
            self.huffman.push((head, table));
            body = &rest[16 + symbols..];
        }
    }
}

/// The next marker code at or after `at` and the offset after it; junk before it is skipped as decoders do.
pub(crate) fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += first_ff(bytes.get(at..)?)?;
        at += bytes.get(at..)?.iter().position(|&byte| byte != 0xFF)?;
        let marker = *bytes.get(at)?;
        at += 1;
        if marker != 0 {
            return Some((marker, at));
        }
    }
}

/// The body of the segment whose length field stands at `at`, and the offset after it.
pub(crate) fn segment(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let &[high, low] = bytes.get(at..at + 2)? else {
        return None;
    };
    let length = usize::from(u16::from_be_bytes([high, low]));
    let body = bytes.get(at + 2..at + length.max(2))?;
    (length >= 2).then_some((body, at + length))
}

/// Offset of the first byte of 255, looked for in pieces that the compiler compares at once.
fn first_ff(bytes: &[u8]) -> Option<usize> {
    const PIECE: usize = 32;
    let (pieces, _) = bytes.as_chunks::<PIECE>();
    let has_one = |piece: &[u8; PIECE]| piece.iter().fold(false, |has, &byte| has | (byte == 0xFF));
    let clear = pieces.iter().take_while(|piece| !has_one(piece)).count() * PIECE;
    let found = bytes[clear..].iter().position(|&byte| byte == 0xFF)?;
    Some(clear + found)
}

/// Offset of the first marker after compressed data that is neither stuffing nor a restart.
pub(crate) fn end_of_scan(bytes: &[u8], mut at: usize) -> usize {
    while let Some(offset) = bytes.get(at..).and_then(first_ff) {
        at += offset;
        match bytes.get(at + 1) {
            Some(0x00 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}

fn frame(marker: u8, body: &[u8]) -> Option<Frame> {
    let &[bits, h1, h0, w1, w0, count, ref rest @ ..] = body else {
        return None;
    };
    let components: Vec<Component> = rest
        .chunks_exact(3)
        .take(usize::from(count))
        .map(|c| Component {
            id: c[0],
            factors: (c[1] >> 4, c[1] & 15),
            table: c[2],
        })
        .collect();
    (components.len() == usize::from(count)).then(|| Frame {
        bits,
        width_px: u32::from(u16::from_be_bytes([w1, w0])),
        height_px: u32::from(u16::from_be_bytes([h1, h0])),
        components,
        progressive: marker & 3 == 2,
        sequential: marker == 0xC0 || marker == 0xC1,
    })
}

/// Density in dots per inch (JFIF 1.02: unit 1 per inch, 2 per cm; 0 only states the pixel shape).
fn jfif_dpi(body: &[u8]) -> Option<(f64, f64)> {
    let &[_, _, unit, x1, x0, y1, y0, ..] = body.strip_prefix(b"JFIF\0")? else {
        return None;
    };
    let factor = match unit {
        1 => 1.0,
        2 => 2.54,
        _ => return None,
    };
    let dots = |high, low| f64::from(u16::from_be_bytes([high, low])) * factor;
    Some((dots(x1, x0), dots(y1, y0)))
}

fn joined(mut chunks: Vec<(u8, &[u8])>) -> Vec<u8> {
    chunks.sort_by_key(|(number, _)| *number);
    let mut profile = Vec::new();
    for (_, chunk) in chunks {
        if profile.len() + chunk.len() > MAX_ICC_BYTES {
            break;
        }
        profile.extend_from_slice(chunk);
    }
    profile
}
