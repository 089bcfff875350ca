//! Whether the compressed data of a sequential JPEG really hold every block of the picture.
//!
//! A file cut short and closed with an end marker decodes without complaint: decoders invent the rest.
//! This reads the Huffman codes of the first scan (ITU-T T.81 Annex F) without computing a single pixel.

use super::segments::Segments;

/// Bits of the codes that are looked up in a small table, which nearly all are.
const SHORT: u32 = 9;

/// A Huffman table as a direct lookup: symbol and code length, length 0 where no code stands.
struct Codes {
    /// By the first [`SHORT`] bits.
    short: [(u8, u8); 1 << SHORT],
    /// Longer codes, by their 16 bits less `long_from`.
    long: Vec<(u8, u8)>,
    long_from: usize,
}

impl Codes {
    /// From the 16 counts and the symbols; `None` when the counts overflow the code space.
    fn new(table: &[u8]) -> Option<Self> {
        let (counts, symbols) = table.split_at_checked(16)?;
        let mut short = [(0, 0); 1 << SHORT];
        let (mut long, mut long_from) = (Vec::new(), 0);
        let mut next = 0usize;
        let mut symbols = symbols.iter();
        for (length, &count) in (1u8..=16).zip(counts) {
            let span = 1usize << (16 - length);
            let is_short = u32::from(length) <= SHORT;
            if is_short {
                long_from = next + usize::from(count) * span;
            } else if long.is_empty() {
                long = vec![(0, 0); (1usize << 16).checked_sub(long_from)?];
            }
            for _ in 0..count {
                let symbol = *symbols.next()?;
                let cells = if is_short {
                    let cell = 1 << (16 - SHORT);
                    short.get_mut(next / cell..(next + span) / cell)?
                } else {
                    long.get_mut(next - long_from..next - long_from + span)?
                };
                cells.fill((symbol, length));
                next += span;
            }
        }
        Some(Self {
            short,
            long,
            long_from,
        })
    }

    /// Symbol and length of the code that 16 bits begin with.
    fn find(&self, bits: usize) -> Option<(u8, u8)> {
        match bits.checked_sub(self.long_from) {
            None => self.short.get(bits >> (16 - SHORT)),
            Some(beyond) => self.long.get(beyond),
        }
        .copied()
    }
}

/// Reads bits of entropy-coded data up to the first marker.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    held: u64,
    count: u32,
    /// Bits handed out that the file does not hold.
    missing: u32,
}

impl Bits<'_> {
    fn fill(&mut self) {
        // Four bytes at once, but where one of them may stand for something else.
        let next = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk::<4>);
        if let Some(four) = next.filter(|four| self.count <= 32 && !four.contains(&0xFF)) {
            self.at += 4;
            self.held = self.held << 32 | u64::from(u32::from_be_bytes(*four));
            self.count += 32;
            return;
        }
        while self.count <= 48 {
            let byte = match (self.bytes.get(self.at), self.bytes.get(self.at + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.at += 2;
                    0xFF
                }
                (Some(0xFF) | None, _) => {
                    self.missing += 8;
                    0
                }
                (Some(&byte), _) => {
                    self.at += 1;
                    byte
                }
            };
            self.held = self.held << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    fn skip(&mut self, bits: u8) {
        if self.count < u32::from(bits) {
            self.fill();
        }
        self.count = self.count.saturating_sub(u32::from(bits));
    }

    fn symbol(&mut self, codes: &Codes) -> Option<u8> {
        if self.count < 16 {
            self.fill();
        }
        let code = (self.held >> (self.count - 16)) & 0xFFFF;
        let (symbol, length) = codes.find(code as usize)?;
        self.count -= u32::from(length);
        (length > 0).then_some(symbol)
    }

    /// Offset after the last byte of which something was used.
    fn used(&self) -> usize {
        let mut at = self.at;
        for _ in 0..self.count.saturating_sub(self.missing) / 8 {
            let before = self.bytes.get(..at).unwrap_or_default();
            at -= if before.ends_with(&[0xFF, 0]) { 2 } else { 1 };
        }
        at
    }

    /// Whether bits beyond the data were used.
    fn overdrawn(&self) -> bool {
        self.missing > self.count
    }

    /// Steps over the restart marker that should stand here.
    fn restart(&mut self) -> bool {
        (self.held, self.count, self.missing) = (0, 0, 0);
        let here = self.bytes.get(self.at..self.at + 2);
        self.at += 2;
        matches!(here, Some([0xFF, 0xD0..=0xD7]))
    }
}

/// One block's work: which tables it uses.
struct Block<'a> {
    dc: &'a Codes,
    ac: &'a Codes,
}

/// Whether the first scan of a sequential, interleaved file holds all its blocks; `None` when that cannot
/// be told (progressive, several scans, tables missing).
pub(crate) fn scan_is_complete(bytes: &[u8]) -> Option<bool> {
    Some(blocks_end(bytes)?.is_some())
}

/// Offset after the last byte that the blocks of the first scan use; the inner `None` where the data do not hold them all,
/// the outer one as in [`scan_is_complete`].
pub(crate) fn blocks_end(bytes: &[u8]) -> Option<Option<usize>> {
    let segments = Segments::walk(bytes)?;
    let frame = segments
        .frame
        .as_ref()
        .filter(|frame| frame.sequential && frame.bits == 8)?;
    let (header, data) = segments.first_scan?;
    let (&count, selectors) = header.split_first()?;
    if usize::from(count) != frame.components.len() || frame.components.is_empty() {
        return None;
    }
    let tables: Vec<(u8, Codes)> = segments
        .huffman
        .iter()
        .filter_map(|&(head, table)| Some((head, Codes::new(table)?)))
        .collect();
    let table = |head: u8| {
        tables
            .iter()
            .rev()
            .find(|(h, _)| *h == head)
            .map(|(_, codes)| codes)
    };
    let single = frame.components.len() == 1;
    let mut blocks = Vec::new();
    for (component, selector) in frame.components.iter().zip(selectors.chunks_exact(2)) {
        let (dc, ac) = (table(selector[1] >> 4)?, table(0x10 | (selector[1] & 15))?);
        let each = if single {
            1
        } else {
            component.factors.0.min(4) * component.factors.1.min(4)
        };
        blocks.extend((0..each).map(|_| Block { dc, ac }));
    }
    let largest = |pick: fn((u8, u8)) -> u8| {
        let factor = frame
            .components
            .iter()
            .map(|c| pick(c.factors))
            .max()
            .unwrap_or(1)
            .clamp(1, 4);
        if single { 8 } else { u32::from(factor) * 8 }
    };
    let units = u64::from(frame.width_px.div_ceil(largest(|f| f.0)))
        * u64::from(frame.height_px.div_ceil(largest(|f| f.1)));
    let bits = Bits {
        bytes,
        at: data,
        held: 0,
        count: 0,
        missing: 0,
    };
    Some(end_of_all(
        bits,
        &blocks,
        units,
        u64::from(segments.restart_interval),
    ))
}

/// Where the data of all blocks end; `None` where they are not all there.
fn end_of_all(
    mut bits: Bits<'_>,
    blocks: &[Block<'_>],
    units: u64,
    restart_interval: u64,
) -> Option<usize> {
    for unit in 0..units {
        if restart_interval > 0 && unit > 0 && unit % restart_interval == 0 && !bits.restart() {
            return None;
        }
        let whole = blocks
            .iter()
            .all(|block| skip_block(&mut bits, block).is_some());
        if !whole || bits.overdrawn() {
            return None;
        }
    }
    Some(bits.used())
}

fn skip_block(bits: &mut Bits<'_>, block: &Block<'_>) -> Option<()> {
    let size = bits.symbol(block.dc)?;
    bits.skip(size.min(16));
    let mut index = 1;
    while index < 64 {
        let symbol = bits.symbol(block.ac)?;
        let (run, size) = (symbol >> 4, symbol & 15);
        match (run, size) {
            (15, 0) => index += 16,
            (_, 0) => break,
            _ => {
                index += usize::from(run) + 1;
                bits.skip(size);
            }
        }
    }
    Some(())
}
