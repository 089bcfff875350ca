//! The windows on the screen, as the window system knows them: found by title, closed as their frame's button does.

use std::collections::HashMap;

use anyhow::{Context as _, Result, ensure};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, ImageFormat, Window,
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

/// A rectangle of a window, px of the screen from its upper left corner.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// From the left.
    pub x: i16,
    /// From the top.
    pub y: i16,
    /// Wide.
    pub width: u16,
    /// High.
    pub height: u16,
}

/// Share, from 0 to 1, that the commonest colour has of what the screen shows of a window: 1 where nothing is drawn. The
/// driver's own screenshot is no witness of that, it asks the page to draw itself once more.
///
/// # Errors
/// When there is no such window, or the part is not on the screen.
pub fn plainness(title: &str, part: Part) -> Result<f64> {
    let (connection, root) = display()?;
    let windows = titled(&connection, root, title)?;
    let window = *windows.first().context("no such window")?;
    let Part {
        x,
        y,
        width,
        height,
    } = part;
    let format = ImageFormat::Z_PIXMAP;
    let shown = connection.get_image(format, window, x, y, width, height, u32::MAX)?;
    let shown = shown.reply().with_context(|| format!("{part:?}"))?.data;
    let (pixels, []) = shown.as_chunks::<4>() else {
        anyhow::bail!("the screen has no four bytes per pixel");
    };
    ensure!(!pixels.is_empty(), "an empty part");
    let mut colours: HashMap<[u8; 4], u32> = HashMap::new();
    for pixel in pixels {
        *colours.entry(*pixel).or_default() += 1;
    }
    let commonest = colours.into_values().max().unwrap_or_default();
    Ok(f64::from(commonest) / (f64::from(width) * f64::from(height)))
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
