//! Dropping a folder on the window as a file manager does: the XDND protocol, version 5.
//!
//! No event is forged inside the page. This process owns the selection, tells the window where the
//! pointer is, lets it read the list of files and waits for its receipt.
//! Protocol: freedesktop.org, "Drag-and-Drop Protocol for the X Window System".

use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Timestamp, Window,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::windows;

/// Version of the protocol spoken here.
const VERSION: u32 = 5;
/// Longest wait for the window's answers.
const WAIT: Duration = Duration::from_secs(20);

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        XdndAware, XdndSelection, XdndEnter, XdndPosition, XdndStatus, XdndDrop, XdndFinished,
        XdndActionCopy, TARGETS, URI_LIST: b"text/uri-list",
    }
}

/// Drops `path` on the window of this title, at `x`, `y` inside it.
///
/// # Errors
/// When there is no such window, or it does not take the drop.
pub fn drop_on(title: &str, path: &Path, x: i16, y: i16) -> Result<()> {
    let (connection, root) = windows::display()?;
    let atoms = Atoms::new(&connection)?.reply()?;
    let target = windows::titled(&connection, root, title)?.first().copied();
    let target = target.with_context(|| format!("no window {title}"))?;
    let place = connection
        .translate_coordinates(target, root, x, y)?
        .reply()?;
    let source = connection.generate_id()?;
    let aux = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
    connection.create_window(
        0,
        source,
        root,
        0,
        0,
        1,
        1,
        0,
        WindowClass::INPUT_ONLY,
        0,
        &aux,
    )?;
    let source = Source {
        connection,
        atoms,
        target,
        source,
        list: uri_list(path),
        at: (place.dst_x, place.dst_y),
    };
    source.carry_out()
}

/// A drag under way.
struct Source {
    connection: RustConnection,
    atoms: Atoms,
    target: Window,
    source: Window,
    list: Vec<u8>,
    at: (i16, i16),
}

impl Source {
    fn carry_out(&self) -> Result<()> {
        let time = self.now()?;
        self.connection
            .set_selection_owner(self.source, self.atoms.XdndSelection, time)?;
        self.send(
            self.atoms.XdndEnter,
            [self.source, VERSION << 24, self.atoms.URI_LIST, 0, 0],
        )?;
        let began = Instant::now();
        // A web page says yes only after it has been asked a few times: it looks at the data first.
        loop {
            let [x, y] = [self.at.0, self.at.1].map(|number| u32::from(number.unsigned_abs()));
            self.send(
                self.atoms.XdndPosition,
                [self.source, 0, x << 16 | y, time, self.atoms.XdndActionCopy],
            )?;
            if self
                .heard(self.atoms.XdndStatus, Duration::from_millis(300))?
                .is_some_and(|told| told[1] & 1 == 1)
            {
                break;
            }
            if began.elapsed() > WAIT {
                bail!("the window does not accept the drop");
            }
        }
        self.send(self.atoms.XdndDrop, [self.source, 0, time, 0, 0])?;
        self.heard(self.atoms.XdndFinished, WAIT)?
            .context("the window never took the drop")?;
        Ok(())
    }

    /// The server's time, read off a change of one of our own properties.
    fn now(&self) -> Result<Timestamp> {
        self.connection.change_property8(
            PropMode::REPLACE,
            self.source,
            AtomEnum::WM_NAME,
            AtomEnum::STRING,
            b"",
        )?;
        self.connection.flush()?;
        loop {
            if let Event::PropertyNotify(event) = self.connection.wait_for_event()? {
                return Ok(event.time);
            }
        }
    }

    fn send(&self, kind: Atom, words: [u32; 5]) -> Result<()> {
        let event = ClientMessageEvent::new(32, self.target, kind, words);
        self.connection
            .send_event(false, self.target, EventMask::NO_EVENT, event)?;
        self.connection.flush()?;
        Ok(())
    }

    /// Answers what is asked until a message of this kind comes or the time is over.
    fn heard(&self, kind: Atom, limit: Duration) -> Result<Option<[u32; 5]>> {
        let began = Instant::now();
        while began.elapsed() < limit {
            match self.connection.poll_for_event()? {
                Some(Event::ClientMessage(message)) if message.type_ == kind => {
                    return Ok(Some(message.data.as_data32()));
                }
                Some(Event::SelectionRequest(request)) => self.give(&request)?,
                Some(_) => {}
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        Ok(None)
    }

    /// Hands the list of files, or the list of what can be had, to whoever asks.
    fn give(&self, request: &SelectionRequestEvent) -> Result<()> {
        let atoms = &self.atoms;
        let mut property = request.property;
        if request.target == atoms.TARGETS {
            let kinds = [atoms.TARGETS, atoms.URI_LIST];
            self.connection.change_property32(
                PropMode::REPLACE,
                request.requestor,
                property,
                AtomEnum::ATOM,
                &kinds,
            )?;
        } else if request.target == atoms.URI_LIST {
            self.connection.change_property8(
                PropMode::REPLACE,
                request.requestor,
                property,
                atoms.URI_LIST,
                &self.list,
            )?;
        } else {
            property = x11rb::NONE;
        }
        let notice = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property,
        };
        self.connection
            .send_event(false, request.requestor, EventMask::NO_EVENT, notice)?;
        self.connection.flush()?;
        Ok(())
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        // The connection ends with this value and takes the window along.
        let _ = self.connection.destroy_window(self.source);
        let _ = self.connection.flush();
    }
}

/// One file as `text/uri-list`: RFC 2483, with every byte outside the unreserved set escaped (RFC 3986).
fn uri_list(path: &Path) -> Vec<u8> {
    let mut list = b"file://".to_vec();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
            list.push(*byte);
        } else {
            list.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    list.extend_from_slice(b"\r\n");
    list
}

#[cfg(test)]
mod tests {
    use super::uri_list;
    use std::path::Path;

    #[test]
    fn names_outside_ascii_are_escaped() {
        assert_eq!(
            uri_list(Path::new("/a b/照.jpg")),
            b"file:///a%20b/%E7%85%A7.jpg\r\n"
        );
    }
}
