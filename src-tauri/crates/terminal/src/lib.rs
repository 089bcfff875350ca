//! What every program that is started in a terminal needs of it: a secret asked for unseen, and texts that do not steer it.
//!
//! Knows nothing of the station. What is printed, and when, is for each program to say.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal};

use zeroize::Zeroizing;

/// Bytes of the longest secret that is typed, 200 signs of up to four bytes and some room.
const LONGEST_TYPED: usize = 1024;

/// Asks for a PIN or a passphrase, `what`, where it is not seen; from a pipe, takes the next line. Never an argument: those
/// are shown to everybody on the machine. Overwritten when dropped.
///
/// # Errors
/// When the terminal or the pipe cannot be read.
pub fn ask_secret(what: &str) -> io::Result<Zeroizing<String>> {
    if io::stdin().is_terminal() {
        let asked = format!("{}：", obeyed_by_no_terminal(what));
        return rpassword::prompt_password(asked).map(Zeroizing::new);
    }
    next_line(&mut io::stdin().lock())
}

/// The next line without its end; empty at the end of the input.
fn next_line(input: &mut impl BufRead) -> io::Result<Zeroizing<String>> {
    // Long enough for what is typed, so that growing leaves no copy behind.
    let mut typed = Zeroizing::new(String::with_capacity(LONGEST_TYPED));
    input.read_line(&mut typed)?;
    let length = typed.trim_end_matches(['\r', '\n']).len();
    typed.truncate(length);
    Ok(typed)
}

/// The text with a mark in place of control characters other than line ends and tabs. Paths are whatever a disk holds;
/// control characters in them must not move the cursor or clear the screen, nor turn the direction of writing, by which a
/// name reads as another (Unicode Standard Annex 9, explicit directional formatting characters).
#[must_use]
pub fn obeyed_by_no_terminal(text: &str) -> Cow<'_, str> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let steers = |c: char| turns(c) || (c.is_control() && !matches!(c, '\n' | '\t'));
    match text.contains(steers) {
        true => text
            .replace(steers, char::REPLACEMENT_CHARACTER.encode_utf8(&mut [0; 4]))
            .into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_line_is_taken_whole_and_without_its_end() {
        let mut piped = " 一句 口令 \r\nnext\n\nlast".as_bytes();
        for line in [" 一句 口令 ", "next", "", "last", ""] {
            assert_eq!(*next_line(&mut piped).unwrap(), line);
        }
    }

    #[test]
    fn what_steers_a_terminal_is_marked_and_the_rest_stays() {
        for (text, shown) in [
            ("名单\t1\n", "名单\t1\n"),
            ("\u{1b}[2J照片\r", "\u{fffd}[2J照片\u{fffd}"),
            ("\u{9b}1A\u{7}", "\u{fffd}1A\u{fffd}"),
            ("交付\u{202e}gpj.exe", "交付\u{fffd}gpj.exe"),
            ("\u{2067}照片\u{2069}", "\u{fffd}照片\u{fffd}"),
        ] {
            assert_eq!(obeyed_by_no_terminal(text), shown);
        }
    }
}
