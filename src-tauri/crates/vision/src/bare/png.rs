//! A PNG without what is not picture (PNG, third edition, clause 11).

mod data;

/// Largest number that stands for a chromaticity, a gamma or a density of a picture there is: none of ASCII is as small.
const LARGEST: u32 = 1_000_000;

/// Whether data is nothing but so many sensible numbers.
fn are_numbers(data: &[u8], count: usize) -> bool {
    let (numbers, rest) = data.as_chunks::<4>();
    numbers.len() == count
        && rest.is_empty()
        && numbers
            .iter()
            .all(|four| u32::from_be_bytes(*four) <= LARGEST)
}

/// The header's word on the picture's size and on what a pixel is: bits of a sample, and the colour type.
#[derive(Debug, Clone, Copy)]
struct Pixels {
    width: u32,
    height: u32,
    bits: u8,
    colour: u8,
    is_interlaced: bool,
}

impl Pixels {
    /// From the data of IHDR.
    fn of(header: &[u8]) -> Option<Self> {
        match *header {
            [
                w3,
                w2,
                w1,
                w0,
                h3,
                h2,
                h1,
                h0,
                bits,
                colour,
                _,
                _,
                interlace,
            ] => Some(Self {
                width: u32::from_be_bytes([w3, w2, w1, w0]),
                height: u32::from_be_bytes([h3, h2, h1, h0]),
                bits,
                colour,
                is_interlaced: interlace != 0,
            }),
            _ => None,
        }
    }

    /// Whether data is a colour that shows through: a sample or three of them, or the opacity of each entry of a palette.
    fn shows_through(self, data: &[u8]) -> bool {
        let (samples, rest) = data.as_chunks::<2>();
        let fit = |count: usize| {
            let top = (1u32 << u32::from(self.bits.min(16))) - 1;
            let fits = |two: &[u8; 2]| u32::from(u16::from_be_bytes(*two)) <= top;
            samples.len() == count && rest.is_empty() && samples.iter().all(fits)
        };
        match self.colour {
            0 => fit(1),
            2 => fit(3),
            3 => data.len() <= 256,
            _ => false,
        }
    }

    /// Whether a chunk is needed to show the picture, and as long as it must be. A colour profile is not: its name and its
    /// texts are free.
    fn need(self, kind: &[u8; 4], data: &[u8]) -> bool {
        match kind {
            b"PLTE" => self.colour == 3 && data.len().is_multiple_of(3) && data.len() <= 768,
            b"tRNS" => self.shows_through(data),
            b"gAMA" => are_numbers(data, 1),
            b"cHRM" => are_numbers(data, 8),
            b"sRGB" => data.len() == 1,
            b"sBIT" => data.len() <= 4 && data.iter().all(|bits| *bits <= 16),
            b"pHYs" => match data.split_last() {
                Some((unit, density)) => *unit <= 1 && are_numbers(density, 2),
                None => false,
            },
            _ => false,
        }
    }
}

/// The PNG without text, EXIF, time, colour profile and whatever nobody knows, and without what follows its image data or
/// its end; `None` for what is no PNG that can be followed from start to end, or that has no whole picture.
#[must_use]
pub fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    /// A chunk with nothing in it, and its checksum.
    const END: &[u8] = b"\0\0\0\0IEND\xAE\x42\x60\x82";
    if !bytes.starts_with(SIGNATURE) {
        return None;
    }
    let mut kept = SIGNATURE.to_vec();
    let mut at = SIGNATURE.len();
    let mut pixels: Option<Pixels> = None;
    let mut image: Vec<&[u8]> = Vec::new();
    loop {
        let head = bytes.get(at..at + 8)?;
        let (length, kind) = head.split_first_chunk::<4>()?;
        let kind: &[u8; 4] = kind.try_into().ok()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        let data = chunk.get(8..8 + length)?;
        match (kind, pixels) {
            (b"IHDR", None) => {
                pixels = Some(Pixels::of(data)?);
                kept.extend_from_slice(chunk);
            }
            (b"IEND", Some(pixels)) => {
                kept.extend(data::whole(pixels, &image)?);
                kept.extend_from_slice(END);
                return Some(kept);
            }
            (b"IDAT", Some(_)) => image.push(chunk),
            // What is needed stands before the image data.
            (_, Some(pixels)) if image.is_empty() && pixels.need(kind, data) => {
                kept.extend_from_slice(chunk);
            }
            // Before the header nothing belongs.
            (_, None) => return None,
            _ => {}
        }
        at = end;
    }
}
