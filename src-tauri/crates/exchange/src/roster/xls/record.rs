//! Records of a BIFF stream, and numbers within them: nothing is read that is not there.

/// One record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    /// Its number.
    pub kind: u16,
    /// Its body.
    pub body: Body<'a>,
}

/// A record's bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body<'a>(pub &'a [u8]);

impl<'a> Body<'a> {
    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..)?.first_chunk().copied()
    }

    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(super) fn u16(self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    pub(super) fn f64(self, at: usize) -> Option<f64> {
        self.array(at).map(f64::from_le_bytes)
    }

    /// The bytes from `at` on.
    pub(super) fn from(self, at: usize) -> Option<Body<'a>> {
        self.0.get(at..).map(Body)
    }

    /// `length` bytes from `at` on, fewer when there are fewer.
    pub(super) fn part(self, at: usize, length: usize) -> &'a [u8] {
        let rest = self.0.get(at..).unwrap_or(&[]);
        rest.get(..length).unwrap_or(rest)
    }
}

/// The records of a stream, one after the other; ends where the stream is cut off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
}

impl<'a> Records<'a> {
    /// From the byte `start` on.
    pub(super) fn from(stream: &'a [u8], start: usize) -> Self {
        Self {
            stream: stream.get(start..).unwrap_or(&[]),
        }
    }

    /// Bytes behind the records read so far.
    pub(super) const fn left(&self) -> usize {
        self.stream.len()
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let head = Body(self.stream);
        let (kind, length) = (head.u16(0)?, usize::from(head.u16(2)?));
        let body = self.stream.get(4..4 + length)?;
        self.stream = self.stream.get(4 + length..)?;
        Some(Record {
            kind,
            body: Body(body),
        })
    }
}
