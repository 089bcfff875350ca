//! Walks an XML document: elements that open and close and the text between, nothing more.
//!
//! quick-xml reads it as a stream and expands no entity but the five of XML, so a document cannot grow while it is
//! read. What is cut off or nested without reason is damage. Encodings other than UTF-8 are decoded before.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::sheet::Next;
use crate::error::Error;

/// Most elements within one another; tables need a dozen.
const DEEPEST: usize = 500;

/// Whoever follows a document.
pub(super) trait Walker {
    /// An element opens at `depth`, the root at 1.
    ///
    /// # Errors
    /// What a taker of cells says.
    fn open(&mut self, element: &Element<'_>, depth: usize) -> Result<Next, Error>;

    /// Text within the element that opened last and has not closed.
    fn text(&mut self, piece: &str);

    /// The element with this name, prefix left out, closes at `depth`.
    ///
    /// # Errors
    /// What a taker of cells says.
    fn close(&mut self, name: &str, depth: usize) -> Result<Next, Error>;
}

/// An element's start.
pub(super) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Its name, prefix left out.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The attributes, with names as written.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            (attribute.key.into_inner(), value.unwrap_or_default())
        })
    }
}

/// Leads `walker` through the document until it stops.
///
/// # Errors
/// [`Error::BrokenWorkbook`] when it is no XML or cut off, or what the walker says.
pub(super) fn walk(
    document: impl BufRead,
    file: &str,
    walker: &mut dyn Walker,
) -> Result<(), Error> {
    let mut reader = Reader::from_reader(document);
    reader.config_mut().allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let next = match event.map_err(|error| broken(file, error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                walker.open(&Element(&start), depth)?
            }
            Event::Empty(start) => {
                let element = Element(&start);
                match walker.open(&element, depth + 1)? {
                    Next::Stop => Next::Stop,
                    _ => walker.close(element.name(), depth + 1)?,
                }
            }
            Event::End(end) => {
                let closed = walker.close(end.local_name().into_inner(), depth)?;
                depth -= 1;
                closed
            }
            event => {
                if matches!(event, Event::Eof) {
                    break;
                }
                pass_text(&event, walker);
                Next::Go
            }
        };
        if next == Next::Stop {
            return Ok(());
        }
        if depth > DEEPEST {
            return Err(broken(file, "嵌套过深".into()));
        }
    }
    if depth > 0 {
        return Err(broken(file, "文件不完整".into()));
    }
    Ok(())
}

fn pass_text(event: &Event<'_>, walker: &mut dyn Walker) {
    match event {
        Event::Text(text) => walker.text(&text.xml10_content()),
        Event::CData(text) => walker.text(&text.xml10_content()),
        Event::GeneralRef(reference) => pass_reference(reference, walker),
        _ => {}
    }
}

fn pass_reference(reference: &BytesRef<'_>, walker: &mut dyn Walker) {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => walker.text(c.encode_utf8(&mut [0; 4])),
        // An entity that the document defines is shown as written and never expanded.
        _ => match resolve_predefined_entity(reference) {
            Some(text) => walker.text(text),
            None => {
                for piece in ["&", reference, ";"] {
                    walker.text(piece);
                }
            }
        },
    }
}

fn broken(file: &str, detail: String) -> Error {
    Error::BrokenWorkbook {
        file: file.to_owned(),
        detail,
    }
}
