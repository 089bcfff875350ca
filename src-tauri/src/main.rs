//! The desktop program: everything is in the library, so that it can be tested.
// A release build on Windows opens no console behind the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    std::process::exit(zhaoshen_desktop::start(std::env::args_os()));
}
