//! Answering a native file dialog as a person does: by typing a path into it. A release build takes no answer from
//! elsewhere.
//!
//! The keys are pressed through the XTEST extension, so the dialog cannot tell them from a keyboard's. There is no window
//! manager on a display of tests, and the focus is given by hand.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, InputFocus, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::windows;

/// Longest wait for the dialog, and for its end.
const WAIT: Duration = Duration::from_secs(30);
/// Pause of a typist between two keys.
const BETWEEN_KEYS: Duration = Duration::from_millis(30);
/// Pause in which the dialog shows what was typed, and its list follows.
const SETTLED: Duration = Duration::from_secs(1);
/// Where the button that chooses is, px from the dialog's right and lower edge to its middle.
const BUTTON: (u16, u16) = (50, 24);
/// Keysyms (X11/keysymdef.h).
const RETURN: u32 = 0xff0d;
const SHIFT: u32 = 0xffe1;

/// Types `path`, of ASCII alone, into the dialog of this title and confirms; done when the dialog has gone.
///
/// # Errors
/// When there is no such dialog, the keyboard lacks a letter, or the dialog stays.
pub fn choose(title: &str, path: &Path) -> Result<()> {
    let path = path.to_str().context("a path of plain letters")?;
    ensure!(
        path.is_ascii(),
        "{path}: the keyboard has only plain letters"
    );
    let (connection, root) = windows::display()?;
    let dialog = appeared(&connection, root, title)?;
    std::thread::sleep(SETTLED);
    connection
        .set_input_focus(InputFocus::PARENT, dialog, x11rb::CURRENT_TIME)?
        .check()?;
    let keyboard = Keyboard::of(connection, root)?;
    // A slash opens the dialog's own box for a path.
    for letter in path.chars() {
        keyboard.strike(u32::from(letter))?;
    }
    std::thread::sleep(SETTLED);
    // Goes to the folder; what is chosen is said by the button.
    keyboard.strike(RETURN)?;
    std::thread::sleep(SETTLED);
    let began = Instant::now();
    while is_shown(&keyboard.connection, dialog) {
        ensure!(began.elapsed() < WAIT, "the dialog {title} stays");
        // It may have gone between the look and the click.
        let _ = click_last_button(&keyboard.connection, root, dialog);
        std::thread::sleep(SETTLED);
    }
    Ok(())
}

/// Whether it is on the screen; GTK keeps the window of a dialog that was answered for a while.
fn is_shown(connection: &RustConnection, dialog: Window) -> bool {
    let asked = connection.get_window_attributes(dialog).ok();
    let told = asked.and_then(|asked| asked.reply().ok());
    told.is_some_and(|told| told.map_state == MapState::VIEWABLE)
}

/// Clicks the button in the dialog's lower right corner, which is the one that chooses.
fn click_last_button(connection: &RustConnection, root: Window, dialog: Window) -> Result<()> {
    let size = connection.get_geometry(dialog)?.reply()?;
    let [x, y] = [(size.width, BUTTON.0), (size.height, BUTTON.1)]
        .map(|(side, from)| i16::try_from(side.saturating_sub(from)));
    let at = connection
        .translate_coordinates(dialog, root, x?, y?)?
        .reply()?;
    let send = |what: u8, detail: u8| {
        connection.xtest_fake_input(
            what,
            detail,
            x11rb::CURRENT_TIME,
            root,
            at.dst_x,
            at.dst_y,
            0,
        )
    };
    send(MOTION_NOTIFY_EVENT, 0)?.check()?;
    send(BUTTON_PRESS_EVENT, 1)?.check()?;
    send(BUTTON_RELEASE_EVENT, 1)?.check()?;
    Ok(())
}

fn appeared(connection: &RustConnection, root: Window, title: &str) -> Result<Window> {
    let began = Instant::now();
    loop {
        if let Some(window) = windows::titled(connection, root, title)?.first() {
            return Ok(*window);
        }
        ensure!(began.elapsed() < WAIT, "no dialog {title}");
        std::thread::sleep(BETWEEN_KEYS);
    }
}

/// The display's keyboard: which key makes which sign.
struct Keyboard {
    connection: RustConnection,
    root: Window,
    first: u8,
    per_key: usize,
    signs: Vec<u32>,
}

impl Keyboard {
    fn of(connection: RustConnection, root: Window) -> Result<Self> {
        let (first, last) = {
            let setup = connection.setup();
            (setup.min_keycode, setup.max_keycode)
        };
        let mapping = connection
            .get_keyboard_mapping(first, last - first + 1)?
            .reply()?;
        Ok(Self {
            connection,
            root,
            first,
            per_key: usize::from(mapping.keysyms_per_keycode),
            signs: mapping.keysyms,
        })
    }

    /// The key of a sign, and whether it wants shift.
    fn key(&self, sign: u32) -> Option<(u8, bool)> {
        let keys = self.signs.chunks(self.per_key.max(1));
        let mut found = keys.enumerate().filter_map(|(place, signs)| {
            let level = signs.iter().take(2).position(|known| *known == sign)?;
            Some((self.first + u8::try_from(place).ok()?, level == 1))
        });
        found.next()
    }

    /// Presses and lets go the key of a sign.
    fn strike(&self, sign: u32) -> Result<()> {
        let (key, shifted) = self
            .key(sign)
            .with_context(|| format!("no key {sign:#x}"))?;
        let shift = self.key(SHIFT).context("no shift key")?.0;
        if shifted {
            self.send(KEY_PRESS_EVENT, shift)?;
        }
        self.send(KEY_PRESS_EVENT, key)?;
        self.send(KEY_RELEASE_EVENT, key)?;
        if shifted {
            self.send(KEY_RELEASE_EVENT, shift)?;
        }
        std::thread::sleep(BETWEEN_KEYS);
        Ok(())
    }

    fn send(&self, what: u8, key: u8) -> Result<()> {
        self.connection
            .xtest_fake_input(what, key, x11rb::CURRENT_TIME, self.root, 0, 0, 0)?
            .check()?;
        Ok(())
    }
}
