//! Key strokes as WebDriver sends them.

use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};

/// Strokes of `keys`, one after the other, each let go before the next.
pub fn strokes(keys: impl IntoIterator<Item = char>) -> KeyActions {
    keys.into_iter()
        .fold(KeyActions::new("keyboard".to_owned()), |actions, value| {
            actions
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value })
        })
}

/// Strokes of `keys` with `pause` from each to the next.
pub fn paced(keys: impl IntoIterator<Item = char>, pause: Duration) -> KeyActions {
    keys.into_iter()
        .fold(KeyActions::new("keyboard".to_owned()), |actions, value| {
            actions
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value })
                .then(KeyAction::Pause { duration: pause })
        })
}

/// A stroke of `key` while Ctrl is down.
pub fn with_ctrl(key: char) -> KeyActions {
    const CTRL: char = '\u{e009}';
    KeyActions::new("keyboard".to_owned())
        .then(KeyAction::Down { value: CTRL })
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key })
        .then(KeyAction::Up { value: CTRL })
}

/// `key` goes down and stays there.
pub fn down(value: char) -> KeyActions {
    KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value })
}

/// `key` is let go.
pub fn up(value: char) -> KeyActions {
    KeyActions::new("keyboard".to_owned()).then(KeyAction::Up { value })
}
