//! The windows on the screen, as the window system knows them: found by title, closed as their frame's button does.

use anyhow::{Context as _, Result};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, Window,
};
use x11rb::rust_connection::RustConnection;

x11rb::atom_manager! {
    pub(crate) Names: NamesCookie { _NET_WM_NAME, _NET_WM_PID, UTF8_STRING, WM_PROTOCOLS, WM_DELETE_WINDOW, }
}

/// The display, and its outermost window.
pub(crate) fn display() -> Result<(RustConnection, Window)> {
    let (connection, screen) = x11rb::connect(None)?;
    let root = connection.setup().roots.get(screen);
    let root = root.context("no screen")?.root;
    Ok((connection, root))
}

/// The outermost windows of this title.
pub(crate) fn titled(
    connection: &RustConnection,
    root: Window,
    title: &str,
) -> Result<Vec<Window>> {
    let names = Names::new(connection)?.reply()?;
    let mut found = Vec::new();
    for window in connection.query_tree(root)?.reply()?.children {
        let name = connection
            .get_property(false, window, names._NET_WM_NAME, names.UTF8_STRING, 0, 256)?
            .reply();
        // A window may close while the list is walked through.
        if name.is_ok_and(|name| name.value == title.as_bytes()) {
            found.push(window);
        }
    }
    Ok(found)
}

/// Whether a top-level window of this title is on the screen.
///
/// # Errors
/// When there is no display.
pub fn is_there(title: &str) -> Result<bool> {
    let (connection, root) = display()?;
    Ok(!titled(&connection, root, title)?.is_empty())
}

/// Asks the window of this title and one of these programs to close (ICCCM 4.2.8.1).
///
/// # Errors
/// When there is no such window.
pub fn close(title: &str, programs: &[u32]) -> Result<()> {
    let (connection, root) = display()?;
    let names = Names::new(&connection)?.reply()?;
    for window in titled(&connection, root, title)? {
        let pid = cardinal(&connection, window, names._NET_WM_PID)?;
        if pid.is_some_and(|pid| programs.contains(&pid)) {
            let what = [names.WM_DELETE_WINDOW, x11rb::CURRENT_TIME, 0, 0, 0];
            let event = ClientMessageEvent::new(32, window, names.WM_PROTOCOLS, what);
            connection.send_event(false, window, EventMask::NO_EVENT, event)?;
            // An answer means that the server has passed the message on before this connection ends.
            connection.get_input_focus()?.reply()?;
            return Ok(());
        }
    }
    anyhow::bail!("no window {title} of {programs:?}")
}

fn cardinal(connection: &RustConnection, window: Window, name: Atom) -> Result<Option<u32>> {
    let told = connection
        .get_property(false, window, name, AtomEnum::CARDINAL, 0, 1)?
        .reply();
    let value = told.map(|told| told.value32().and_then(|mut values| values.next()));
    Ok(value.unwrap_or(None))
}
