//! The terminal program: everything is in the library, which the window's program carries as well.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(zhaoshen_cli::run(std::env::args_os()))
}
