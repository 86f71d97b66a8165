//! `charley`: does what the arguments say, prints an error once, and exits.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    charley::cli::run(std::env::args_os()).unwrap_or_else(|error| {
        // When even the error cannot be printed, the exit code still tells.
        let _ = writeln!(anstream::stderr().lock(), "charley: {error:#}");
        ExitCode::FAILURE
    })
}
