//! Reading FlexBuffers, the schema-less relative of FlatBuffers in which custom operators keep their options.
//!
//! Only maps with integer, float and integer-vector values, which is all the models use. Layout after the
//! FlexBuffers chapter of the FlatBuffers internals document: the last byte is the root's byte width, the
//! one before it its packed type; a map is a vector with two words before its length (offset and width of
//! its sorted keys) and one packed type byte per value after its values.

use super::Error;

const INT: u8 = 1;
const UINT: u8 = 2;
const FLOAT: u8 = 3;
const MAP: u8 = 9;
const VECTOR_INT: u8 = 11;
const VECTOR_UINT: u8 = 12;

/// A map of named options.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options<'a> {
    bytes: &'a [u8],
    at: usize,
    width: usize,
}

/// One value: where it is stored, how wide its slot is, and its packed type (`kind << 2 | log2 width`).
struct Value {
    at: usize,
    slot: usize,
    packed: u8,
}

impl<'a> Options<'a> {
    /// The map at the root of `bytes`.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let damaged = Error::OutOfBounds {
            offset: bytes.len(),
        };
        let [.., packed, width] = bytes else {
            return Err(damaged);
        };
        let width = usize::from(*width);
        let slot = bytes.len().checked_sub(2 + width).ok_or(damaged.clone())?;
        if packed >> 2 != MAP || !matches!(width, 1 | 2 | 4 | 8) {
            return Err(damaged);
        }
        let at = back(bytes, slot, width)?;
        Ok(Self {
            bytes,
            at,
            width: 1 << (packed & 3),
        })
    }

    /// The integer option `name`.
    pub(crate) fn int(&self, name: &'static str) -> Result<i64, Error> {
        let value = self.value(name)?;
        match value.packed >> 2 {
            INT => signed(self.bytes, value.at, value.slot),
            UINT => Ok(unsigned(self.bytes, value.at, value.slot)? as i64),
            FLOAT => Ok(float(self.bytes, value.at, value.slot)? as i64),
            _ => Err(Error::MissingOption { name }),
        }
    }

    /// The numeric option `name`.
    pub(crate) fn float(&self, name: &'static str) -> Result<f32, Error> {
        let value = self.value(name)?;
        match value.packed >> 2 {
            FLOAT => Ok(float(self.bytes, value.at, value.slot)? as f32),
            _ => Ok(self.int(name)? as f32),
        }
    }

    /// The integer list `name`.
    pub(crate) fn ints(&self, name: &'static str) -> Result<Vec<i64>, Error> {
        let value = self.value(name)?;
        let kind = value.packed >> 2;
        if kind != VECTOR_INT && kind != VECTOR_UINT {
            return Err(Error::MissingOption { name });
        }
        let start = back(self.bytes, value.at, value.slot)?;
        let width = 1usize << (value.packed & 3);
        let length = unsigned(self.bytes, before(start, width)?, width)?;
        if length > self.bytes.len() as u64 {
            return Err(Error::OutOfBounds { offset: start });
        }
        let number = if kind == VECTOR_INT {
            signed
        } else {
            |b: &[u8], at, w| Ok(unsigned(b, at, w)? as i64)
        };
        (0..length as usize)
            .map(|i| number(self.bytes, start + i * width, width))
            .collect()
    }

    fn value(&self, name: &'static str) -> Result<Value, Error> {
        let (bytes, width) = (self.bytes, self.width);
        let length = unsigned(bytes, before(self.at, width)?, width)? as usize;
        let key_width = unsigned(bytes, before(self.at, 2 * width)?, width)? as usize;
        let keys = back(bytes, before(self.at, 3 * width)?, width)?;
        if length > bytes.len() || !matches!(key_width, 1 | 2 | 4 | 8) {
            return Err(Error::OutOfBounds { offset: self.at });
        }
        for i in 0..length {
            let key = back(bytes, keys + i * key_width, key_width)?;
            let rest = bytes.get(key..).unwrap_or_default();
            if rest
                .strip_prefix(name.as_bytes())
                .is_some_and(|tail| tail.first() == Some(&0))
            {
                let types = self.at + length * width;
                let packed = *bytes
                    .get(types + i)
                    .ok_or(Error::OutOfBounds { offset: types })?;
                return Ok(Value {
                    at: self.at + i * width,
                    slot: width,
                    packed,
                });
            }
        }
        Err(Error::MissingOption { name })
    }
}

fn before(at: usize, distance: usize) -> Result<usize, Error> {
    at.checked_sub(distance)
        .ok_or(Error::OutOfBounds { offset: at })
}

/// The position that the backward offset stored at `at` points to.
fn back(bytes: &[u8], at: usize, width: usize) -> Result<usize, Error> {
    let distance = usize::try_from(unsigned(bytes, at, width)?)
        .map_err(|_| Error::OutOfBounds { offset: at })?;
    before(at, distance)
}

fn word<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Error> {
    let damaged = Error::OutOfBounds { offset: at };
    let end = at.checked_add(N).ok_or(damaged.clone())?;
    bytes
        .get(at..end)
        .and_then(|part| part.try_into().ok())
        .ok_or(damaged)
}

fn unsigned(bytes: &[u8], at: usize, width: usize) -> Result<u64, Error> {
    Ok(match width {
        1 => u64::from(u8::from_le_bytes(word(bytes, at)?)),
        2 => u64::from(u16::from_le_bytes(word(bytes, at)?)),
        4 => u64::from(u32::from_le_bytes(word(bytes, at)?)),
        _ => u64::from_le_bytes(word(bytes, at)?),
    })
}

fn signed(bytes: &[u8], at: usize, width: usize) -> Result<i64, Error> {
    Ok(match width {
        1 => i64::from(i8::from_le_bytes(word(bytes, at)?)),
        2 => i64::from(i16::from_le_bytes(word(bytes, at)?)),
        4 => i64::from(i32::from_le_bytes(word(bytes, at)?)),
        _ => i64::from_le_bytes(word(bytes, at)?),
    })
}

fn float(bytes: &[u8], at: usize, width: usize) -> Result<f64, Error> {
    match width {
        4 => Ok(f64::from(f32::from_le_bytes(word(bytes, at)?))),
        8 => Ok(f64::from_le_bytes(word(bytes, at)?)),
        _ => Err(Error::OutOfBounds { offset: at }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// `{"h": 16, "w": [3, -4]}`, one byte wide.
    const SAMPLE: [u8; 20] = [
        b'h',
        0,
        b'w',
        0, // keys at 0 and 2
        2,
        3,
        0xfc, // vector of two at 5
        2,
        8,
        7, // key vector at 8: offsets back to 0 and 2
        2,
        1,
        2, // the map's: keys at 10 - 2, key width, length
        16,
        9, // values at 13: 16, and the vector 9 back from 14
        INT << 2,
        VECTOR_INT << 2, // their types
        4,
        MAP << 2,
        1, // root: 4 back from 17
    ];

    #[test]
    fn reads_numbers_and_lists() {
        let options = Options::read(&SAMPLE).unwrap();
        assert_eq!(options.int("h").unwrap(), 16);
        assert!((options.float("h").unwrap() - 16.0).abs() < 1e-6);
        assert_eq!(options.ints("w").unwrap(), [3, -4]);
        assert_eq!(options.int("x"), Err(Error::MissingOption { name: "x" }));
    }

    #[test]
    fn no_damage_panics() {
        for place in 0..SAMPLE.len() {
            for byte in 0..=255 {
                let mut bytes = SAMPLE;
                bytes[place] = byte;
                if let Ok(options) = Options::read(&bytes) {
                    let _ = (options.int("h"), options.ints("w"), options.float("w"));
                }
            }
            assert!(
                Options::read(&SAMPLE[..place])
                    .and_then(|o| o.ints("w"))
                    .is_err(),
                "cut at {place}"
            );
        }
    }
}
