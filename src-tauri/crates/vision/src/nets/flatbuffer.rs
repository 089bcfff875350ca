//! Reading FlatBuffers: tables, vectors and strings, every offset checked against the file.
//!
//! Only what a TFLite file needs; no writing and no code generation. Layout after the FlatBuffers
//! internals document: a table starts with a signed distance back to its vtable, whose `u16` entries
//! are field positions relative to the table; strings and vectors are reached by unsigned forward offsets.

use super::Error;

/// A FlatBuffers file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct File<'a> {
    bytes: &'a [u8],
}

impl<'a> File<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The table the file starts from.
    pub(crate) fn root(self) -> Result<Table<'a>, Error> {
        Ok(Table {
            file: self,
            at: self.follow(0)?,
        })
    }

    fn array<const N: usize>(self, at: usize) -> Result<[u8; N], Error> {
        let damaged = Error::OutOfBounds { offset: at };
        let end = at.checked_add(N).ok_or(damaged.clone())?;
        let part = self.bytes.get(at..end).ok_or(damaged.clone())?;
        part.try_into().map_err(|_| damaged)
    }

    fn u32(self, at: usize) -> Result<u32, Error> {
        Ok(u32::from_le_bytes(self.array(at)?))
    }

    fn i32(self, at: usize) -> Result<i32, Error> {
        Ok(i32::from_le_bytes(self.array(at)?))
    }

    fn u16(self, at: usize) -> Result<u16, Error> {
        Ok(u16::from_le_bytes(self.array(at)?))
    }

    /// The position that the forward offset stored at `at` points to.
    fn follow(self, at: usize) -> Result<usize, Error> {
        let target = at
            .checked_add(self.u32(at)? as usize)
            .ok_or(Error::OutOfBounds { offset: at })?;
        if target < self.bytes.len() {
            Ok(target)
        } else {
            Err(Error::OutOfBounds { offset: at })
        }
    }
}

/// One table; fields are asked for by their number in the schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'a> {
    file: File<'a>,
    at: usize,
}

impl<'a> Table<'a> {
    /// Where field `field` is stored, `None` when it has its default value.
    fn place(&self, field: usize) -> Result<Option<usize>, Error> {
        let damaged = Error::OutOfBounds { offset: self.at };
        let back = i64::from(self.file.i32(self.at)?);
        let vtable = usize::try_from(self.at as i64 - back).map_err(|_| damaged)?;
        let entry = 4 + 2 * field;
        if entry + 2 > usize::from(self.file.u16(vtable)?) {
            return Ok(None);
        }
        let distance = usize::from(self.file.u16(vtable + entry)?);
        Ok((distance != 0).then_some(self.at + distance))
    }

    pub(crate) fn u8(&self, field: usize, default: u8) -> Result<u8, Error> {
        self.place(field)?
            .map_or(Ok(default), |at| Ok(self.file.array::<1>(at)?[0]))
    }

    pub(crate) fn i32(&self, field: usize, default: i32) -> Result<i32, Error> {
        self.place(field)?
            .map_or(Ok(default), |at| self.file.i32(at))
    }

    pub(crate) fn u32(&self, field: usize, default: u32) -> Result<u32, Error> {
        self.place(field)?
            .map_or(Ok(default), |at| self.file.u32(at))
    }

    pub(crate) fn table(&self, field: usize) -> Result<Option<Table<'a>>, Error> {
        let Some(at) = self.place(field)? else {
            return Ok(None);
        };
        Ok(Some(Table {
            file: self.file,
            at: self.file.follow(at)?,
        }))
    }

    /// The elements of a vector field as raw bytes, `width` bytes each; empty when absent.
    fn elements(&self, field: usize, width: usize) -> Result<(usize, &'a [u8]), Error> {
        let Some(at) = self.place(field)? else {
            return Ok((0, &[]));
        };
        let start = self.file.follow(at)?;
        let damaged = Error::OutOfBounds { offset: start };
        let length = (self.file.u32(start)? as usize)
            .checked_mul(width)
            .ok_or(damaged.clone())?;
        let end = (start + 4).checked_add(length).ok_or(damaged.clone())?;
        Ok((
            start + 4,
            self.file.bytes.get(start + 4..end).ok_or(damaged)?,
        ))
    }

    pub(crate) fn bytes(&self, field: usize) -> Result<&'a [u8], Error> {
        Ok(self.elements(field, 1)?.1)
    }

    pub(crate) fn text(&self, field: usize) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(self.bytes(field)?).into_owned())
    }

    pub(crate) fn ints(&self, field: usize) -> Result<Vec<i32>, Error> {
        let (_, bytes) = self.elements(field, 4)?;
        Ok(bytes
            .as_chunks()
            .0
            .iter()
            .map(|four| i32::from_le_bytes(*four))
            .collect())
    }

    pub(crate) fn tables(&self, field: usize) -> Result<Vec<Table<'a>>, Error> {
        let (start, bytes) = self.elements(field, 4)?;
        (0..bytes.len() / 4)
            .map(|i| {
                Ok(Table {
                    file: self.file,
                    at: self.file.follow(start + 4 * i)?,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// A root table with one `i32` field (7) and one vector field ([1, 2]).
    fn sample() -> Vec<u8> {
        let mut bytes = vec![];
        bytes.extend(12u32.to_le_bytes()); // root offset
        bytes.extend([8u16, 12, 4, 8].iter().flat_map(|v| v.to_le_bytes())); // vtable at 4
        bytes.extend(8i32.to_le_bytes()); // table at 12, vtable 8 bytes before
        bytes.extend(7i32.to_le_bytes());
        bytes.extend(4u32.to_le_bytes()); // vector at 24
        bytes.extend([2u32, 1, 2].iter().flat_map(|v| v.to_le_bytes()));
        bytes
    }

    #[test]
    fn reads_fields_and_defaults() {
        let bytes = sample();
        let root = File::new(&bytes).root().unwrap();
        assert_eq!(root.i32(0, -1).unwrap(), 7);
        assert_eq!(root.ints(1).unwrap(), [1, 2]);
        assert_eq!(root.i32(2, -1).unwrap(), -1, "absent field");
    }

    #[test]
    fn every_truncation_is_an_error_or_a_value_and_never_a_panic() {
        let bytes = sample();
        for end in 0..bytes.len() {
            let outcome = File::new(&bytes[..end])
                .root()
                .and_then(|root| root.ints(1));
            assert!(outcome.is_err(), "cut at {end}");
        }
    }
}
